//! How Slack is reached, and the incoming webhook beside it.

use candor_core::ErrorChain;
use candor_integrations::{
    Credential,
    slack::SlackSettings,
    webhook::{IncomingWebhook, WebhookSettings},
};

use super::SettingsReader;

impl SettingsReader<'_> {
    /// The settings of Slack; none without a bot token.
    pub(super) fn slack(&mut self) -> Option<SlackSettings> {
        if self.given.is_empty("SLACK_SIGNING_SECRET") {
            self.wrong("SLACK_SIGNING_SECRET", "is empty: an empty secret would let anybody in");
        }
        let two_people = self.flag("SLACK_TWO_PEOPLE").unwrap_or(false);
        let Some(bot_token) = self.credential("SLACK_BOT_TOKEN") else {
            if self.text("SLACK_CHANNEL").is_some() || self.text("SLACK_SIGNING_SECRET").is_some() {
                self.wrong("SLACK_BOT_TOKEN", "is missing: without it nothing is said in Slack");
            }
            return None;
        };
        if self.text("SLACK_BOT_TOKEN").is_some_and(|token| !token.starts_with("xox")) {
            self.wrong("SLACK_BOT_TOKEN", "is no bot token; it begins with xoxb-");
        }
        if self.text("SLACK_APP_TOKEN").is_some_and(|token| !token.starts_with("xapp-")) {
            self.wrong("SLACK_APP_TOKEN", "is no app-level token; it begins with xapp-");
        }
        let (signing_secret, app_token) =
            (self.credential("SLACK_SIGNING_SECRET"), self.credential("SLACK_APP_TOKEN"));
        let said = self.given.is_empty("SLACK_SIGNING_SECRET");
        if signing_secret.is_none() && app_token.is_none() && !said {
            self.wrong(
                "SLACK_SIGNING_SECRET",
                "is missing: without it (or CANDOR_SLACK_APP_TOKEN, for Socket Mode) no button works",
            );
        }
        let Some(channel) = self.text("SLACK_CHANNEL") else {
            self.wrong("SLACK_CHANNEL", "is missing: the channel's name or id, such as #incidents");
            return None;
        };
        let slack = SlackSettings {
            api_url: self.text("SLACK_API_URL").unwrap_or(SlackSettings::API_URL.to_owned()),
            signing_secret,
            app_token,
            user_group: self.text("SLACK_USER_GROUP"),
            two_people,
            reaction: self.text("SLACK_REACTION").map(|name| name.trim_matches(':').to_owned()),
            ..SlackSettings::new(bot_token, channel.trim_start_matches('#'))
        };
        if let Err(why) = candor_integrations::slack::api::Api::new(&slack) {
            self.wrong("SLACK_API_URL", &format!("can't be used: {}", ErrorChain(&why)));
        }
        Some(slack)
    }

    /// The incoming webhook that gets the team's messages as well.
    pub(super) fn chat_webhook(&mut self) -> Option<WebhookSettings> {
        let webhook = WebhookSettings { url: self.credential("CHAT_WEBHOOK_URL")? };
        let usable = IncomingWebhook::new(&webhook).and_then(|webhook| webhook.kind());
        if usable.is_err() {
            self.wrong("CHAT_WEBHOOK_URL", "is not an address that begins with https://");
        }
        Some(webhook)
    }

    /// A secret, or the file from which it is read each time it is needed.
    pub(super) fn credential(&self, name: &str) -> Option<Credential> {
        let value = self.text(name)?;
        Some(match self.given.file(name) {
            Some(file) => Credential::File(file.to_owned()),
            None => Credential::Fixed(value),
        })
    }
}
