//! Interactions: buttons, menus, submissions and shortcuts.

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    Person, SubmittedView, key,
    lenient::{below, id, list, text},
    view::{self, chosen},
};

/// Something a user did in Slack.
#[derive(Debug, Clone, PartialEq)]
pub struct Interaction {
    /// Who.
    pub person: Person,
    /// Where.
    pub place: InteractionPlace,
    /// Opens a modal, once, within three seconds.
    pub trigger_id: Option<String>,
    /// Answers the person, up to five times within half an hour; absent in modals and the home tab.
    pub response_url: Option<String>,
    /// What they did.
    pub kind: InteractionKind,
    identity: String,
}

/// Where a person did something: at a message, in a modal, or in the home tab.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InteractionPlace {
    /// The Slack channel's id.
    pub channel: Option<String>,
    /// The message.
    pub message_ts: Option<String>,
    /// The message that began the thread it is in.
    pub thread_ts: Option<String>,
    /// Whether the message is ephemeral: then it can't be updated.
    pub is_ephemeral: bool,
    /// The modal's or the home tab's id.
    pub view_id: Option<String>,
    /// Guards an update of the view against another one.
    pub view_hash: Option<String>,
    /// Whether it is the home tab.
    pub from_home: bool,
}

/// What a person did.
#[derive(Debug, Clone, PartialEq)]
pub enum InteractionKind {
    /// Pressed buttons or chose options; usually one.
    Actions(Vec<ClickedAction>),
    /// Submitted a modal.
    Submission(SubmittedView),
    /// Closed a modal without submitting it.
    Closed,
    /// Used a shortcut on a message.
    MessageShortcut {
        /// Which shortcut.
        callback_id: String,
        /// Where the message is.
        channel: String,
        /// Which message.
        ts: String,
        /// The message that began the thread it is in.
        thread_ts: Option<String>,
        /// What it says, in Slack's markup.
        text: String,
        /// Who wrote it: a user's id; absent for a bot's.
        author: Option<String>,
    },
    /// Used a shortcut that is about nothing.
    Shortcut {
        /// Which shortcut.
        callback_id: String,
    },
    /// Anything else, by its type.
    Unknown(String),
}

/// A button that was pressed, or an option that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClickedAction {
    /// Which one.
    pub action_id: String,
    /// In which block.
    pub block_id: String,
    /// The button's value, or what was chosen.
    pub value: Option<String>,
    /// When, as Slack counts.
    pub ts: Option<String>,
}

impl Interaction {
    /// Identifies the action: the same for each retry of Slack, different for each press.
    ///
    /// A modal is submitted once: two submissions of it have one key.
    #[must_use]
    pub fn key(&self) -> String {
        self.identity.clone()
    }
}

/// Reads an interaction; none if it names no user.
pub(super) fn read(kind: String, body: &Value) -> Option<Interaction> {
    let person = person(body)?;
    let place = place(body);
    let trigger_id = text(body, "trigger_id");
    let known = match kind.as_str() {
        "block_actions" => {
            Some(InteractionKind::Actions(list(body, "actions").iter().map(clicked).collect()))
        }
        "view_submission" => view::submitted(below(body, "view")).map(InteractionKind::Submission),
        "view_closed" => Some(InteractionKind::Closed),
        "message_action" => message_shortcut(body, &place),
        "shortcut" => {
            text(body, "callback_id").map(|callback_id| InteractionKind::Shortcut { callback_id })
        }
        _ => None,
    };
    let kind = known.unwrap_or(InteractionKind::Unknown(kind));
    let identity = identity(&person, &place, &kind, body);
    let response_url = text(body, "response_url")
        .or_else(|| text(list(body, "response_urls").first()?, "response_url"));
    Some(Interaction { person, place, trigger_id, response_url, kind, identity })
}

fn person(body: &Value) -> Option<Person> {
    let user = below(body, "user");
    // Their own workspace: in a shared Slack channel, the request's may be ours.
    let team = text(user, "team_id")
        .or_else(|| id(body, "team"))
        .or_else(|| id(body, "enterprise"))
        .or_else(|| text(body, "team_id"));
    let name = text(user, "name").or_else(|| text(user, "username"));
    Some(Person { id: id(body, "user")?, team, name })
}

fn place(body: &Value) -> InteractionPlace {
    let (container, message, view) =
        (below(body, "container"), below(body, "message"), below(body, "view"));
    InteractionPlace {
        channel: id(body, "channel").or_else(|| text(container, "channel_id")),
        message_ts: text(container, "message_ts")
            .or_else(|| text(message, "ts"))
            .or_else(|| text(body, "message_ts")),
        thread_ts: text(container, "thread_ts").or_else(|| text(message, "thread_ts")),
        is_ephemeral: below(container, "is_ephemeral") == &Value::Bool(true),
        view_id: text(view, "id").or_else(|| text(container, "view_id")),
        view_hash: text(view, "hash"),
        from_home: text(view, "type").is_some_and(|kind| kind == "home"),
    }
}

fn clicked(action: &Value) -> ClickedAction {
    ClickedAction {
        action_id: text(action, "action_id").unwrap_or_default(),
        block_id: text(action, "block_id").unwrap_or_default(),
        value: chosen(action),
        ts: text(action, "action_ts"),
    }
}

fn message_shortcut(body: &Value, place: &InteractionPlace) -> Option<InteractionKind> {
    let message = below(body, "message");
    Some(InteractionKind::MessageShortcut {
        callback_id: text(body, "callback_id")?,
        channel: place.channel.clone()?,
        ts: place.message_ts.clone()?,
        thread_ts: place.thread_ts.clone(),
        text: text(message, "text").unwrap_or_default(),
        author: id(message, "user"),
    })
}

fn identity(
    person: &Person,
    place: &InteractionPlace,
    kind: &InteractionKind,
    body: &Value,
) -> String {
    let who = person.key();
    let once = || {
        let once = text(body, "trigger_id").or_else(|| text(body, "action_ts"));
        once.unwrap_or_else(|| HEXLOWER.encode(&Sha256::digest(body.to_string())))
    };
    match kind {
        InteractionKind::Actions(actions) => {
            let target = place.message_ts.as_deref().or(place.view_id.as_deref());
            let mut parts = vec!["action", &who, target.unwrap_or_default()];
            for action in actions {
                parts.push(&action.action_id);
                parts.extend(action.ts.as_deref());
            }
            let once = once();
            if actions.iter().all(|action| action.ts.is_none()) {
                parts.push(&once);
            }
            key(&parts)
        }
        InteractionKind::Submission(view) => key(&["submission", &who, &view.root_id]),
        InteractionKind::Closed
        | InteractionKind::MessageShortcut { .. }
        | InteractionKind::Shortcut { .. }
        | InteractionKind::Unknown(_) => key(&["other", &who, &once()]),
    }
}
