//! The team's incoming webhook in Slack, Mattermost or Discord: a way to reach them without an app. It only sends.

use candor_core::HookKind;
use reqwest::{Client, Url};

use super::chat;
use crate::{
    Credential, http,
    slack::api::{ApiError, ErrorClass},
};

/// How to reach the webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookSettings {
    /// Its address, which is all that one needs to write there: a secret.
    pub url: Credential,
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

    /// What the receiver understands, by its address.
    ///
    /// # Errors
    /// There is no usable address right now.
    pub fn kind(&self) -> Result<HookKind, ApiError> {
        Ok(kind(&self.address()?))
    }

    /// Posts a message, given in Slack's markup, in the form that the receiver understands. What is too long is cut.
    ///
    /// # Errors
    /// There is no usable address at the moment, or the receiver says no, or nothing.
    pub async fn post(&self, markup: &str) -> Result<(), ApiError> {
        let url = self.address()?;
        let body = chat::plain(kind(&url), markup);
        let client = if http::is_loopback(&url) { &self.local } else { &self.client };
        let request = client.post(url).header("content-type", "application/json; charset=utf-8");
        let unanswered = |error: reqwest::Error| ApiError::unanswered(&error, true);
        let response = request.body(body.to_string()).send().await.map_err(unanswered)?;
        if response.status().is_success() {
            return Ok(());
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let error = ApiError::of_status(status, &headers, true);
        // These mean: the webhook was removed, its Slack channel is archived, the body isn't understood.
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

/// Discord's own address, unless it takes Slack's bodies (`…/slack`); anything else understands what Slack does.
fn kind(url: &Url) -> HookKind {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("ptb.").or_else(|| host.strip_prefix("canary.")).unwrap_or(host);
    let is_discords = matches!(host, "discord.com" | "discordapp.com");
    let as_slack = url.path().trim_end_matches('/').ends_with("/slack");
    let hook = url.path().starts_with("/api/webhooks/");
    if is_discords && hook && !as_slack { HookKind::Discord } else { HookKind::Slack }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_decides_what_a_receiver_understands() {
        for (url, expected) in [
            ("https://hooks.slack.com/services/T1/B1/x", HookKind::Slack),
            ("https://chat.example.org/hooks/x", HookKind::Slack),
            ("https://discord.com/api/webhooks/1/x", HookKind::Discord),
            ("https://discordapp.com/api/webhooks/1/x", HookKind::Discord),
            ("https://canary.discord.com/api/webhooks/1/x", HookKind::Discord),
            ("https://discord.com/api/webhooks/1/x/slack", HookKind::Slack),
            ("https://discord.com.example.org/api/webhooks/1/x", HookKind::Slack),
        ] {
            assert_eq!(kind(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn a_message_is_cut_to_the_receivers_limit_and_pings_no_one() {
        let long = "🔥".repeat(1_500) + "@everyone";
        let said = chat::plain(HookKind::Discord, &long);
        let content = said["content"].as_str().unwrap();
        assert!((1_999..=2_000).contains(&content.encode_utf16().count()));
        assert!(content.ends_with("🔥…"));
        assert_eq!(said["allowed_mentions"]["parse"], serde_json::json!([]));
        let said = chat::plain(HookKind::Slack, &long);
        assert_eq!(said["text"], long.replace('@', "@\u{200b}"));
        assert!(said.get("blocks").is_none());
    }
}
