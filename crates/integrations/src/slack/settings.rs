//! Settings: how to reach Slack, and how the team works there.

use crate::Credential;

/// How to reach Slack, and how the team works there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlackSettings {
    /// The base of the Web API: [`SlackSettings::API_URL`], unless set otherwise.
    pub api_url: String,
    /// The bot's token (`xoxb-…`).
    pub bot_token: Credential,
    /// What Slack signs its requests with; two, separated by a comma, while it is changed. Not needed with
    /// [`SlackSettings::app_token`].
    pub signing_secret: Option<Credential>,
    /// The app's token (`xapp-…`): Socket Mode instead of requests from outside.
    pub app_token: Option<Credential>,
    /// The team's Slack channel: its name or id.
    pub channel: String,
    /// Who may act, besides being in the channel: the id of a user group (`S…`).
    pub user_group: Option<String>,
    /// Whether a second operator has to confirm, too.
    pub two_people: bool,
    /// The reaction that proposes a message as an update, without colons: `mega`.
    pub reaction: Option<String>,
}

impl SlackSettings {
    /// Slack's own Web API.
    pub const API_URL: &str = "https://slack.com/api/";

    /// Settings with the usual address, and nothing that is optional.
    #[must_use]
    pub fn new(bot_token: Credential, channel: impl Into<String>) -> Self {
        Self {
            api_url: Self::API_URL.to_owned(),
            bot_token,
            signing_secret: None,
            app_token: None,
            channel: channel.into(),
            user_group: None,
            two_people: false,
            reaction: None,
        }
    }
}
