//! The messages to subscribers' webhooks: JSON by Standard Webhooks for programs, chat messages for chats.
//!
//! Whatever others wrote is text there: it can't ping anybody, and nothing in it acts.

use candor_content::{
    link::Links,
    markdown,
    notification_text::{NoticeWords, NotificationBody, ReaderPreferences, VerdictColor},
};
use candor_core::{HookKind, Notification, NotifyReason, Text};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{challenge, chat::ChatText};
use crate::slack::block::cut;

/// The longest text in a message to a program: messages should stay below 20 KB.
const LONGEST_DATA: usize = 4_000;
/// So many of the newest superseded texts go with a message to a program.
const MANY_UNSENT: usize = 3;

/// The sender and the receiver of a message.
#[derive(Debug, Clone, Copy)]
pub struct MessageParties<'a> {
    /// Makes the links.
    pub links: &'a Links,
    /// What the page is called.
    pub site_name: &'a str,
    /// What understands the message.
    pub kind: HookKind,
    /// Who gets it.
    pub subscriber: Uuid,
    /// When the delivery was made: also of a later try.
    pub date: Timestamp,
    /// In which language, and with times of which zone.
    pub reader: &'a ReaderPreferences,
}

/// The message that tells of this news.
#[must_use]
pub fn notice<'a>(news: impl Into<NotificationBody<'a>>, sender: &MessageParties<'_>) -> String {
    let NotificationBody { notification: notice, ends_subscription } = news.into();
    let (links, language) = (sender.links, sender.reader.language);
    let url = links.incident_url(&notice.path);
    let told = NoticeWords::of(notice, sender.reader);
    if sender.kind == HookKind::Webhook {
        let text = |text: &Text| {
            let written = language.of_text(text).0;
            let plain = markdown::to_plain(written);
            json!({ "markdown": cut(written, LONGEST_DATA), "plain": cut(&plain, LONGEST_DATA) })
        };
        let skipped = notice.unsent.len().saturating_sub(MANY_UNSENT);
        let unsent = notice.unsent.iter().skip(skipped);
        let unsent: Vec<_> =
            unsent.map(|unsent| json!({ "at": unsent.at, "text": text(&unsent.text) })).collect();
        let data = json!({
            "number": notice.incident, "url": url, "title": told.title,
            "status": notice.status, "severity": notice.severity,
            "text": notice.text.as_ref().map(text), "unsent": unsent,
            "started_at": notice.started_at, "ended_at": notice.ended_at, "window": notice.window,
            "language": language.tag(), "manage_url": links.manage_url(sender.subscriber, sender.date),
            "subscription_ends": ends_subscription,
        });
        return event(type_of(notice), notice.at, &data);
    }
    let said = ChatText {
        tone: told.tone,
        verdict: told.verdict,
        sentence: told.sentence,
        title: Some(told.title),
        facts: told.facts,
        written: told.written,
        action: (language.say("do-details"), url),
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
    if sender.kind == HookKind::Webhook {
        let challenge = challenge(sender.links, sender.subscriber);
        let secret = sender.links.webhook_secret(sender.subscriber);
        let data = json!({ "challenge": challenge, "confirm_url": url, "signing_secret": secret });
        return event("subscription.confirm", sender.date, &data);
    }
    let words = ["confirm-verdict", "confirm-sentence", "why-confirm"];
    asked(words, ("do-confirm", url), Vec::new(), sender)
}

/// The message that messages come here already.
#[must_use]
pub fn known(sender: &MessageParties<'_>) -> String {
    let url = sender.links.manage_url(sender.subscriber, sender.date);
    if sender.kind == HookKind::Webhook {
        return event("subscription.known", sender.date, &json!({ "manage_url": url }));
    }
    let words = ["known-verdict", "known-sentence", "why-known"];
    asked(words, ("do-manage", url), choices(sender), sender)
}

fn asked(
    words: [&str; 3],
    (action, url): (&str, String),
    choices: Vec<(String, String)>,
    sender: &MessageParties<'_>,
) -> String {
    let language = sender.reader.language;
    let [verdict, sentence, foot] =
        words.map(|id| language.say_with(id, &[("site", sender.site_name.into())]));
    let said = ChatText {
        tone: VerdictColor::Neutral,
        verdict,
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
        (language.say("do-manage"), links.manage_url(sender.subscriber, sender.date)),
        (language.say("do-unsubscribe"), links.unsubscribe_url(sender.subscriber)),
    ]
}

/// The body by the convention of Standard Webhooks. The same arguments give the same bytes.
fn event(name: &str, at: Timestamp, data: &Value) -> String {
    json!({ "type": name, "timestamp": at, "data": data }).to_string()
}

fn type_of(notice: &Notification) -> &'static str {
    match notice.reason {
        NotifyReason::Confirmed => "incident.confirmed",
        NotifyReason::Watching => "incident.watching",
        NotifyReason::Resolved => "incident.resolved",
        NotifyReason::MaintenancePlanned => "maintenance.planned",
        NotifyReason::MaintenanceStarted => "maintenance.started",
        NotifyReason::MaintenanceEnded => "maintenance.ended",
        NotifyReason::MaintenanceRescheduled => "maintenance.rescheduled",
        NotifyReason::MaintenanceCanceled => "maintenance.canceled",
        NotifyReason::AskedByOperator if notice.is_maintenance() => "maintenance.updated",
        NotifyReason::AskedByOperator => "incident.updated",
    }
}
