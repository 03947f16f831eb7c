//! A way to tell the team without an app: an incoming webhook of Slack, Mattermost or Discord. It is send-only.

use reqwest::{Client, Url};
use serde_json::{Value, json};

use super::{
    Credential,
    api::{ApiError, ErrorClass},
    http,
};

/// The longest message: in Discord (its "Execute Webhook"), and in Slack before it is cut, in UTF-16 units.
const MAX_DISCORD: usize = 2_000;
const MAX_TEXT: usize = 40_000;

/// How to reach the webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookSettings {
    /// Its address, which is all that one needs to write there: a secret.
    pub url: Credential,
}

/// What the receiver understands, by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookFlavor {
    /// Slack and Mattermost, and what imitates them: `{"text"}` in Slack's markup.
    Slack,
    /// Discord: `{"content"}` in Markdown, up to 2,000 characters.
    Discord,
}

/// An incoming webhook.
#[derive(Debug, Clone)]
pub struct IncomingWebhook {
    url: Credential,
    client: Client,
    local: Client,
}

impl IncomingWebhook {
    /// A client for the webhook. Nothing is sent yet, and its address is looked at only then: it may change.
    ///
    /// # Errors
    /// TLS can't be set up.
    pub fn new(settings: &WebhookSettings) -> Result<Self, ApiError> {
        let client = |base: &str| {
            let base = Url::parse(base).map_err(|_wrong| invalid("invalid_url"))?;
            http::client(&base).map_err(|_why| invalid("no_tls"))
        };
        let (url, local) = (settings.url.clone(), client("http://localhost")?);
        Ok(Self { url, client: client("https://hooks.slack.com")?, local })
    }

    /// What the receiver understands: write the message in that.
    ///
    /// # Errors
    /// There is no usable address at the moment.
    pub fn flavour(&self) -> Result<WebhookFlavor, ApiError> {
        Ok(flavour(&self.address()?))
    }

    /// Posts a message; what is too long is cut. It pings nobody in Discord; for Slack, who wrote it has escaped it.
    ///
    /// # Errors
    /// There is no usable address at the moment, or the receiver says no, or nothing.
    pub async fn post(&self, text: &str) -> Result<(), ApiError> {
        let url = self.address()?;
        let body = body(flavour(&url), text);
        let client = if http::is_loopback(&url) { &self.local } else { &self.client };
        let request = client.post(url).header("content-type", "application/json; charset=utf-8");
        let unanswered = |error: reqwest::Error| ApiError::unanswered(&error, true);
        let response = request.body(body.to_string()).send().await.map_err(unanswered)?;
        if response.status().is_success() {
            return Ok(());
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let error = ApiError::of_status(status, &headers, true);
        // What these say: the webhook was removed, its Slack channel is archived, the body isn't understood.
        let said = http::body(response).await.unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        Err(match (status.as_u16(), said.trim()) {
            (400, "invalid_payload" | "no_text" | "user_not_found") => {
                ApiError::new(ErrorClass::OurFault, "invalid_payload")
            }
            (404 | 410, _) => ApiError::new(ErrorClass::Credentials, "webhook_removed"),
            _ => error,
        })
    }

    fn address(&self) -> Result<Url, ApiError> {
        let url = self.url.current().map_err(|_none| invalid("no_url"))?;
        let url = Url::parse(&url).map_err(|_wrong| invalid("invalid_url"))?;
        if http::is_safe(&url) { Ok(url) } else { Err(invalid("unsafe_url")) }
    }
}

fn invalid(code: &str) -> ApiError {
    ApiError::new(ErrorClass::Configuration, code)
}

fn flavour(url: &Url) -> WebhookFlavor {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("ptb.").or_else(|| host.strip_prefix("canary.")).unwrap_or(host);
    let is_discords = matches!(host, "discord.com" | "discordapp.com");
    // Discord understands Slack's bodies, too, at an address that says so.
    let as_slack = url.path().trim_end_matches('/').ends_with("/slack");
    let hook = url.path().starts_with("/api/webhooks/");
    if is_discords && hook && !as_slack { WebhookFlavor::Discord } else { WebhookFlavor::Slack }
}

fn body(flavour: WebhookFlavor, text: &str) -> Value {
    match flavour {
        WebhookFlavor::Slack => json!({ "text": cut(text, MAX_TEXT) }),
        WebhookFlavor::Discord => {
            json!({ "content": cut(text, MAX_DISCORD), "allowed_mentions": { "parse": [] } })
        }
    }
}

/// At most so many UTF-16 units, the last one being an ellipsis if something is missing.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_receiver_understands_is_told_by_its_address() {
        for (url, expected) in [
            ("https://hooks.slack.com/services/T1/B1/x", WebhookFlavor::Slack),
            ("https://chat.example.org/hooks/x", WebhookFlavor::Slack),
            ("https://discord.com/api/webhooks/1/x", WebhookFlavor::Discord),
            ("https://discordapp.com/api/webhooks/1/x", WebhookFlavor::Discord),
            ("https://canary.discord.com/api/webhooks/1/x", WebhookFlavor::Discord),
            ("https://discord.com/api/webhooks/1/x/slack", WebhookFlavor::Slack),
            ("https://discord.com.example.org/api/webhooks/1/x", WebhookFlavor::Slack),
        ] {
            assert_eq!(flavour(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn a_message_is_cut_to_what_the_receiver_takes_and_pings_nobody() {
        let long = "🔥".repeat(1_500) + "@everyone";
        let said = body(WebhookFlavor::Discord, &long);
        let content = said["content"].as_str().unwrap();
        assert!((1_999..=2_000).contains(&content.encode_utf16().count()));
        assert!(content.ends_with("🔥…"));
        assert_eq!(said["allowed_mentions"]["parse"], json!([]));
        assert_eq!(body(WebhookFlavor::Slack, &long), json!({ "text": long }));
        assert_eq!(cut("12345", 5), "12345");
        assert_eq!(cut("123456", 5), "1234…");
    }
}
