//! The messages to subscribers' webhooks: JSON by Standard Webhooks for programs, chat messages for chats.
//!
//! Text from others stays text: it pings no one, and nothing in it acts.

use candor_content::{
    link::Links,
    markdown,
    notification_text::{
        NotificationBody, NotificationColor, NotificationWords, ReaderPreferences,
    },
};
use candor_core::{HookKind, Notification, NotifyReason, Text};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{challenge, chat::ChatText};
use crate::slack::block::cut;

/// The longest text in a message to a program: messages should stay below 20 KB.
const LONGEST_DATA: usize = 4_000;
/// How many of the newest superseded texts a message to a program has.
const MANY_UNSENT: usize = 3;

/// The sender and the receiver of a message.
#[derive(Debug, Clone, Copy)]
pub struct MessageParties<'a> {
    /// Makes the links.
    pub links: &'a Links,
    /// What the page is called.
    pub site_name: &'a str,
    /// The kind of receiver.
    pub kind: HookKind,
    /// Who gets it.
    pub subscriber: Uuid,
    /// When the delivery was made: also of a later try.
    pub date: Timestamp,
    /// In which language, and with times of which zone.
    pub reader: &'a ReaderPreferences,
}

/// The message that notifies a subscriber.
#[must_use]
pub fn notification<'a>(
    message: impl Into<NotificationBody<'a>>,
    sender: &MessageParties<'_>,
) -> String {
    let NotificationBody { notification, ends_subscription } = message.into();
    let (links, language) = (sender.links, sender.reader.language);
    let url = links.incident_url(&notification.path);
    let words = NotificationWords::of(notification, sender.reader);
    if sender.kind.is_program() {
        let text = |text: &Text| {
            let written = language.of_text(text).0;
            let plain = markdown::to_plain(written);
            json!({ "markdown": cut(written, LONGEST_DATA), "plain": cut(&plain, LONGEST_DATA) })
        };
        let skipped = notification.unsent.len().saturating_sub(MANY_UNSENT);
        let unsent = notification.unsent.iter().skip(skipped);
        let unsent: Vec<_> =
            unsent.map(|unsent| json!({ "at": unsent.at, "text": text(&unsent.text) })).collect();
        let data = json!({
            "number": notification.incident, "url": url, "title": words.title,
            "status": notification.status, "severity": notification.severity,
            "text": notification.text.as_ref().map(text), "unsent": unsent,
            "started_at": notification.started_at, "ended_at": notification.ended_at, "window": notification.window,
            "language": language.tag(), "manage_url": links.manage_url(sender.subscriber, sender.date),
            "subscription_ends": ends_subscription,
        });
        return event(type_of(notification), notification.at, &data);
    }
    let said = ChatText {
        tone: words.tone,
        heading: words.heading,
        sentence: words.sentence,
        title: Some(words.title),
        facts: words.facts,
        written: words.written,
        action: (language.say("button-details"), url),
        foot: ends_subscription.then(|| language.say("subscription-ends")),
        choices: if ends_subscription { Vec::new() } else { choices(sender) },
    };
    said.encode(sender.kind).to_string()
}

/// The message that asks whether messages are wanted here. A program also gets the secret with which all messages are
/// signed, and never again.
#[must_use]
pub fn confirmation(sender: &MessageParties<'_>) -> String {
    let url = sender.links.confirm_url(sender.subscriber);
    if sender.kind.is_program() {
        let challenge = challenge(sender.links, sender.subscriber);
        let secret = sender.links.webhook_secret(sender.subscriber);
        let data = json!({ "challenge": challenge, "confirm_url": url, "signing_secret": secret });
        return event("subscription.confirm", sender.date, &data);
    }
    let words = ["confirm-heading", "confirm-sentence", "why-confirm"];
    asked(words, ("button-confirm", url), Vec::new(), sender)
}

/// The message that messages come here already.
#[must_use]
pub fn already_subscribed(sender: &MessageParties<'_>) -> String {
    let url = sender.links.manage_url(sender.subscriber, sender.date);
    if sender.kind.is_program() {
        return event("subscription.known", sender.date, &json!({ "manage_url": url }));
    }
    let words =
        ["already-subscribed-heading", "already-subscribed-sentence", "why-already-subscribed"];
    asked(words, ("button-manage", url), choices(sender), sender)
}

fn asked(
    words: [&str; 3],
    (action, url): (&str, String),
    choices: Vec<(String, String)>,
    sender: &MessageParties<'_>,
) -> String {
    let language = sender.reader.language;
    let [heading, sentence, foot] =
        words.map(|id| language.say_with(id, &[("site", sender.site_name.into())]));
    let said = ChatText {
        tone: NotificationColor::Neutral,
        heading,
        sentence,
        title: None,
        facts: Vec::new(),
        written: None,
        action: (language.say(action), url),
        foot: Some(foot),
        choices,
    };
    said.encode(sender.kind).to_string()
}

fn choices(sender: &MessageParties<'_>) -> Vec<(String, String)> {
    let (links, language) = (sender.links, sender.reader.language);
    vec![
        (language.say("button-manage"), links.manage_url(sender.subscriber, sender.date)),
        (language.say("button-unsubscribe"), links.unsubscribe_url(sender.subscriber)),
    ]
}

/// The body by the convention of Standard Webhooks. The same arguments give the same bytes.
fn event(name: &str, at: Timestamp, data: &Value) -> String {
    json!({ "type": name, "timestamp": at, "data": data }).to_string()
}

fn type_of(notification: &Notification) -> &'static str {
    match notification.reason {
        NotifyReason::Confirmed => "incident.confirmed",
        NotifyReason::Watching => "incident.watching",
        NotifyReason::Resolved => "incident.resolved",
        NotifyReason::MaintenancePlanned => "maintenance.planned",
        NotifyReason::MaintenanceStarted => "maintenance.started",
        NotifyReason::MaintenanceEnded => "maintenance.ended",
        NotifyReason::MaintenanceRescheduled => "maintenance.rescheduled",
        NotifyReason::MaintenanceCanceled => "maintenance.canceled",
        NotifyReason::AskedByOperator if notification.is_maintenance() => "maintenance.updated",
        NotifyReason::AskedByOperator => "incident.updated",
    }
}
