//! `WebSub` (<https://www.w3.org/TR/websub/>): telling a hub that a feed has something new, so that its subscribers
//! needn't ask.

use std::{fmt, str::FromStr};

use form_urlencoded::Serializer;
use reqwest::{Client, Url};

use crate::slack::http;

/// The address of a hub.
#[derive(Clone, PartialEq, Eq)]
pub struct HubUrl(Url);

/// What was given is no address of a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "is not the address of a hub, such as https://hub.example.org/; http is for this machine alone"
)]
pub struct InvalidHub;

/// A hub didn't take the news.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct HubError(String);

impl HubUrl {
    /// Its address, as feeds name it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for HubUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hub").field(&self.0.host_str()).finish()
    }
}

impl FromStr for HubUrl {
    type Err = InvalidHub;

    fn from_str(raw: &str) -> Result<Self, InvalidHub> {
        let url = Url::parse(raw.trim()).map_err(|_wrong| InvalidHub)?;
        let secretless = url.username().is_empty() && url.password().is_none();
        (http::is_safe(&url) && secretless).then_some(Self(url)).ok_or(InvalidHub)
    }
}

/// Tells a hub.
#[derive(Debug, Clone)]
pub struct Publisher {
    hub: HubUrl,
    client: Client,
}

impl Publisher {
    /// Gets ready; nothing is called.
    ///
    /// # Errors
    /// TLS can't be set up, and why.
    pub fn new(hub: HubUrl) -> Result<Self, String> {
        let client = http::client(&hub.0)?;
        Ok(Self { hub, client })
    }

    /// Says that there is something new at these addresses, one after the other.
    ///
    /// # Errors
    /// The hub can't be reached, or didn't answer with a 2xx.
    pub async fn publish(&self, topics: &[String]) -> Result<(), HubError> {
        for topic in topics {
            self.publish_one(topic).await?;
        }
        Ok(())
    }

    async fn publish_one(&self, topic: &str) -> Result<(), HubError> {
        // Hubs differ in whether they read `hub.url` or `hub.topic`.
        let form = Serializer::new(String::new())
            .append_pair("hub.mode", "publish")
            .append_pair("hub.topic", topic)
            .append_pair("hub.url", topic)
            .finish();
        let unheard = |error: reqwest::Error| HubError(error.without_url().to_string());
        let kind = "application/x-www-form-urlencoded";
        let request = self.client.post(self.hub.0.clone()).header("content-type", kind);
        let answer = request.body(form).send().await.map_err(unheard)?;
        if answer.status().is_success() {
            Ok(())
        } else {
            Err(HubError(format!("HTTP {}", answer.status().as_u16())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hub_is_reached_by_https_or_on_this_machine() {
        for good in
            ["https://hub.example.org/", "https://hub.example.org/x?y=1", "http://127.0.0.1:9/"]
        {
            assert!(good.parse::<HubUrl>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "hub.example.org",
            "http://hub.example.org/",
            "ftp://hub.example.org/",
            "https://ada:x@hub.example.org/",
        ] {
            assert_eq!(bad.parse::<HubUrl>(), Err(InvalidHub), "{bad}");
        }
    }
}
