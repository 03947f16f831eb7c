//! Events of the workspace (Events API).

use serde_json::Value;

use super::{
    Person,
    lenient::{below, id, list, text},
};

/// An event, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventCallback {
    /// Identifies the event: the same for each retry (`Ev…`).
    pub id: Option<String>,
    /// The workspace.
    pub team: Option<String>,
    /// What happened.
    pub event: SlackEvent,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlackEvent {
    /// A user opened our app.
    HomeOpened {
        /// Who.
        user: Person,
        /// Whether it is the home tab that they see: only that one is ours to fill.
        tab_is_home: bool,
    },
    /// A user reacted to a message.
    ReactionAdded {
        /// Who.
        user: Person,
        /// With what, without colons and without skin tone.
        reaction: String,
        /// Where.
        channel: String,
        /// To which message.
        ts: String,
    },
    /// Tokens were revoked.
    TokensRevoked {
        /// Whether the bot's is among them.
        bot: bool,
    },
    /// The app was removed.
    AppUninstalled,
    /// A user, perhaps the bot, joined a Slack channel.
    MemberJoined {
        /// Who.
        user: Person,
        /// Where.
        channel: String,
    },
    /// A user, perhaps the bot, left a Slack channel or was removed.
    MemberLeft {
        /// Who.
        user: Person,
        /// Where.
        channel: String,
    },
    /// The bot itself is no longer in a Slack channel.
    BotLeft {
        /// Where.
        channel: String,
    },
    /// A Slack channel was archived.
    ChannelArchived {
        /// Where.
        channel: String,
    },
    /// It can be written to again.
    ChannelUnarchived {
        /// Where.
        channel: String,
    },
    /// It has another name.
    ChannelRenamed {
        /// Which.
        channel: String,
        /// The new name, without `#`.
        name: String,
    },
    /// It has another id.
    ChannelIdChanged {
        /// What it was called so far.
        old: String,
        /// From now on.
        new: String,
    },
    /// It is gone.
    ChannelDeleted {
        /// Which.
        channel: String,
    },
    /// Anything else, by its type; also one of the above that lacks what it is about.
    Other(String),
}

/// Reads an `event_callback`.
pub(super) fn read(body: &Value) -> EventCallback {
    let event = below(body, "event");
    let authorized = list(body, "authorizations").first().unwrap_or(&Value::Null);
    let team = text(body, "team_id")
        .or_else(|| text(authorized, "team_id"))
        .or_else(|| id(event, "team"))
        .or_else(|| text(body, "enterprise_id"))
        .or_else(|| text(authorized, "enterprise_id"));
    let kind = text(event, "type").unwrap_or_default();
    let known = known(&kind, event, team.as_ref());
    EventCallback {
        id: text(body, "event_id"),
        team,
        event: known.unwrap_or(SlackEvent::Other(kind)),
    }
}

fn known(kind: &str, event: &Value, team: Option<&String>) -> Option<SlackEvent> {
    let user = || Some(Person { id: id(event, "user")?, team: team.cloned(), name: None });
    let channel = || id(event, "channel");
    Some(match kind {
        "app_home_opened" => SlackEvent::HomeOpened {
            user: user()?,
            // Absent in old apps, which had but one tab.
            tab_is_home: text(event, "tab").is_none_or(|tab| tab == "home"),
        },
        "reaction_added" => {
            let item = below(event, "item");
            let reaction = text(event, "reaction")?;
            SlackEvent::ReactionAdded {
                user: user()?,
                reaction: reaction.split("::").next().unwrap_or_default().to_owned(),
                channel: id(item, "channel")?,
                ts: text(item, "ts")?,
            }
        }
        "tokens_revoked" => {
            SlackEvent::TokensRevoked { bot: !list(below(event, "tokens"), "bot").is_empty() }
        }
        "app_uninstalled" => SlackEvent::AppUninstalled,
        "member_joined_channel" => SlackEvent::MemberJoined { user: user()?, channel: channel()? },
        "member_left_channel" => SlackEvent::MemberLeft { user: user()?, channel: channel()? },
        "channel_left" | "group_left" => SlackEvent::BotLeft { channel: channel()? },
        "channel_archive" | "group_archive" => SlackEvent::ChannelArchived { channel: channel()? },
        "channel_unarchive" | "group_unarchive" => {
            SlackEvent::ChannelUnarchived { channel: channel()? }
        }
        "channel_rename" | "group_rename" => SlackEvent::ChannelRenamed {
            channel: channel()?,
            name: text(below(event, "channel"), "name").or_else(|| text(event, "name"))?,
        },
        "channel_id_changed" => SlackEvent::ChannelIdChanged {
            old: text(event, "old_channel_id")?,
            new: text(event, "new_channel_id")?,
        },
        "channel_deleted" | "group_deleted" => SlackEvent::ChannelDeleted { channel: channel()? },
        _ => return None,
    })
}
