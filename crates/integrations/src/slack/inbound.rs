//! Reads Slack's requests: events, clicks, submitted modals, shortcuts and slash commands.
//!
//! Real bodies vary: by the age of the app, by the kind of workspace (a whole organization, one that shares channels
//! with others), and with features nobody here uses. So only what is needed is looked at, everything may be missing,
//! `null` or of another type, and what isn't known is [`Inbound::Unknown`], never an error. Only a body that is no
//! JSON and no form at all is [`UnreadableRequest`].

mod event;
mod interaction;
mod lenient;
mod view;

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};

pub use event::{EventCallback, SlackEvent};
pub use interaction::{ClickedAction, Interaction, InteractionKind, InteractionPlace};
pub use view::{InputValues, SubmittedView};

use crate::json;
use lenient::text;

/// One request of Slack's.
#[derive(Debug, Clone, PartialEq)]
pub enum Inbound {
    /// Slack looks whether our certificate is good; unsigned, to be answered with nothing. Never one with anything
    /// else in it: that would be a way around the signature.
    SslCheck,
    /// Slack looks whether this address is ours.
    UrlVerification {
        /// To be sent back.
        challenge: String,
    },
    /// Something happened in the workspace.
    Event(EventCallback),
    /// A person pressed, chose or submitted something.
    Interaction(Box<Interaction>),
    /// A person typed a command.
    Command(SlashCommand),
    /// Slack holds events back, because there were too many.
    RateLimited,
    /// Anything else: to be answered with nothing, and logged.
    Unknown {
        /// What Slack calls it; empty if it doesn't say.
        kind: String,
    },
}

/// A Slack user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The user's id.
    pub id: String,
    /// The workspace's id, or the organization's where it is installed for all of it.
    pub team: Option<String>,
    /// How Slack calls them, where it says so.
    pub name: Option<String>,
}

impl Person {
    /// The user's permanent id: `team/id`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.team.as_deref().unwrap_or_default(), self.id)
    }
}

/// A slash command, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlashCommand {
    /// Who.
    pub person: Person,
    /// In which Slack channel, by id.
    pub channel: Option<String>,
    /// The command itself: `/candor`.
    pub command: String,
    /// The text after the command.
    pub text: String,
    /// Opens a modal, once, within three seconds.
    pub trigger_id: Option<String>,
    /// Answers the person, up to five times within half an hour.
    pub response_url: Option<String>,
    identity: String,
}

impl SlashCommand {
    /// Identifies the call: the same for each retry.
    #[must_use]
    pub fn key(&self) -> String {
        self.identity.clone()
    }
}

/// It is neither JSON nor a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the body is neither JSON nor a form")]
pub struct UnreadableRequest;

/// Reads the body of a request.
///
/// # Errors
/// It is neither JSON nor a form with JSON in its field `payload`.
pub fn read(content_type: Option<&str>, body: &[u8]) -> Result<Inbound, UnreadableRequest> {
    let declared = content_type.unwrap_or_default().to_ascii_lowercase();
    let looks_like_json = || body.trim_ascii_start().first().is_some_and(|b| b"{[".contains(b));
    let is_form = declared.contains("form-urlencoded");
    if declared.contains("json") || (!is_form && looks_like_json()) {
        return Ok(of_json(&json(body)?));
    }
    // No text of ours may hold a NUL: PostgreSQL takes none.
    let fields: Vec<_> = form_urlencoded::parse(body)
        .map(|(field, value)| (field.into_owned(), value.replace('\0', "\u{fffd}")))
        .collect();
    let field = |name: &str| {
        fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    };
    if let Some(payload) = field("payload") {
        return Ok(of_json(&json(payload.as_bytes())?));
    }
    if field("command").is_some() {
        return Ok(command(field, body));
    }
    Ok(match field("ssl_check") {
        Some("1") => Inbound::SslCheck,
        _ => Inbound::Unknown { kind: String::new() },
    })
}

/// Reads an envelope of Socket Mode: its `type`, and in `payload` what a request would have held.
#[must_use]
pub fn of_envelope(envelope: &Value) -> Inbound {
    let payload = envelope.get("payload").unwrap_or(&Value::Null);
    match text(envelope, "type").as_deref() {
        Some("events_api" | "interactive") => of_json(payload),
        Some("slash_commands") => command(
            |name| payload.get(name).and_then(Value::as_str),
            payload.to_string().as_bytes(),
        ),
        kind => Inbound::Unknown { kind: kind.unwrap_or_default().to_owned() },
    }
}

fn of_json(body: &Value) -> Inbound {
    let kind = text(body, "type").unwrap_or_default();
    match kind.as_str() {
        "url_verification" => match text(body, "challenge") {
            Some(challenge) => Inbound::UrlVerification { challenge },
            None => Inbound::Unknown { kind },
        },
        "event_callback" => Inbound::Event(event::read(body)),
        "app_rate_limited" => Inbound::RateLimited,
        _ => interaction::read(kind.clone(), body)
            .map_or(Inbound::Unknown { kind }, |it| Inbound::Interaction(Box::new(it))),
    }
}

fn command<'a>(field: impl Fn(&str) -> Option<&'a str>, body: &[u8]) -> Inbound {
    let given = |name: &str| field(name).filter(|text| !text.is_empty()).map(str::to_owned);
    let Some(id) = given("user_id") else {
        return Inbound::Unknown { kind: "slash_command".to_owned() };
    };
    let person = Person {
        id,
        team: given("team_id").or_else(|| given("enterprise_id")),
        name: given("user_name"),
    };
    let trigger_id = given("trigger_id");
    let identity = match &trigger_id {
        Some(trigger) => key(&["command", &person.key(), trigger]),
        None => key(&["command", &person.key(), &HEXLOWER.encode(&Sha256::digest(body))]),
    };
    Inbound::Command(SlashCommand {
        person,
        channel: given("channel_id"),
        command: given("command").unwrap_or_default(),
        text: given("text").unwrap_or_default(),
        trigger_id,
        response_url: given("response_url"),
        identity,
    })
}

fn json(body: &[u8]) -> Result<Value, UnreadableRequest> {
    json::value(body).map_err(|_wrong| UnreadableRequest)
}

/// A key made of unambiguous parts; hashed, because it is kept forever and its parts name people.
fn key(parts: &[&str]) -> String {
    HEXLOWER.encode(&Sha256::digest(serde_json::json!(parts).to_string()))
}
