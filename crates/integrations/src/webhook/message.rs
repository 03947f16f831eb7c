//! What is posted: for a program JSON as Standard Webhooks suggests, for a chat what that chat understands.
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

use super::challenge;
use crate::slack::{
    block::{Block, cut, split},
    mrkdwn,
};

/// The longest text of a person in a message, in UTF-16 units: Discord takes 4,096 in all, and nobody reads more in a
/// chat.
const LONGEST_TEXT: usize = 2_500;
/// The longest text in a message to a program: messages should stay below 20 KB.
const LONGEST_DATA: usize = 4_000;
/// So many of the newest superseded texts go with a message to a program.
const MANY_UNSENT: usize = 3;

/// By whom and to whom a message is.
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
    let NotificationBody { notice, ends_subscription } = news.into();
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
    said.to(sender.kind).to_string()
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
    said.to(sender.kind).to_string()
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
        NotifyReason::MaintenanceCancelled => "maintenance.cancelled",
        NotifyReason::AskedByOperator if notice.is_maintenance() => "maintenance.updated",
        NotifyReason::AskedByOperator => "incident.updated",
    }
}

/// What a chat is told, before it has a form.
struct ChatText {
    tone: VerdictColor,
    verdict: String,
    sentence: String,
    title: Option<String>,
    facts: Vec<(String, String)>,
    /// What a person wrote, as Markdown.
    written: Option<String>,
    action: (String, String),
    foot: Option<String>,
    choices: Vec<(String, String)>,
}

impl ChatText {
    fn to(&self, kind: HookKind) -> Value {
        match kind {
            HookKind::Webhook | HookKind::Slack => self.to_slack(),
            HookKind::Discord => self.to_discord(),
            HookKind::Teams => self.to_teams(),
        }
    }

    /// What a person wrote, in Slack's markup.
    fn written(&self) -> Option<String> {
        let written = self.written.as_deref().map(mrkdwn::from_markdown)?;
        let mut pieces = split(&written, LONGEST_TEXT).into_iter();
        let first = pieces.next().filter(|first| !first.trim().is_empty())?;
        Some(if pieces.next().is_some() { format!("{first}\n…") } else { first })
    }

    /// Slack, and what imitates it: all of it stands in `text` too, because others don't know blocks.
    fn to_slack(&self) -> Value {
        let link = |(words, url): &(String, String)| mrkdwn::link(url, words);
        let mut lines =
            vec![format!("{} {}", mrkdwn::bold(&self.verdict), mrkdwn::text(&self.sentence))];
        lines.extend(self.title.iter().map(|title| mrkdwn::bold(title)));
        let facts = self.facts.iter();
        lines.extend(facts.map(|(name, value)| mrkdwn::text(&format!("{name} {value}"))));
        let mut parts = vec![lines.join("\n")];
        parts.extend(self.written());
        parts.push(link(&self.action));
        parts.extend(self.foot.iter().map(|foot| mrkdwn::text(foot)));
        let choices: Vec<_> = self.choices.iter().map(link).collect();
        let mut blocks: Vec<Block> = parts.iter().flat_map(|part| Block::sections(part)).collect();
        if !choices.is_empty() {
            let choices = choices.join(" · ");
            blocks.push(Block::context(&[&choices]));
            parts.push(choices);
        }
        let text = mrkdwn::anywhere(&parts.join("\n\n"));
        json!({ "text": text, "blocks": blocks, "unfurl_links": false, "unfurl_media": false })
    }

    /// Discord ("Execute Webhook"): nobody is ever mentioned.
    fn to_discord(&self) -> Value {
        let link = |(words, url): &(String, String)| format!("[{words}]({url})");
        let markdown = |text: &str| mrkdwn::elsewhere(&mrkdwn::text(text));
        let mut description = vec![markdown(&self.sentence)];
        let facts = self.facts.iter().map(|(name, value)| markdown(&format!("{name} {value}")));
        description.push(facts.collect::<Vec<_>>().join("\n"));
        description.extend(self.written().map(|written| mrkdwn::elsewhere(&written)));
        description.extend(self.foot.iter().map(|foot| markdown(foot)));
        let links: Vec<_> = [&self.action].into_iter().chain(&self.choices).map(link).collect();
        description.push(links.join(" · "));
        description.retain(|part| !part.is_empty());
        let title = self
            .title
            .as_ref()
            .map_or_else(|| self.verdict.clone(), |title| format!("{}: {title}", self.verdict));
        json!({
            "embeds": [{
                "title": cut(&title, 256),
                "url": self.action.1,
                "description": cut(&description.join("\n\n"), 4_096),
                "color": self.colour(),
            }],
            "allowed_mentions": { "parse": [] },
        })
    }

    /// A workflow of Teams that takes an Adaptive Card: runs of text have no markup, and a mention would need an entity
    /// of its own.
    fn to_teams(&self) -> Value {
        let run = |text: &str, weight: &str, size: &str| {
            json!({ "type": "RichTextBlock", "inlines": [
                { "type": "TextRun", "text": text, "weight": weight, "size": size },
            ]})
        };
        let mut body =
            vec![run(&self.verdict, "Bolder", "Large"), run(&self.sentence, "Default", "Default")];
        body.extend(self.title.iter().map(|title| run(title, "Bolder", "Medium")));
        if !self.facts.is_empty() {
            let fact = |(name, value): &(String, String)| json!({ "title": name, "value": value });
            let facts: Vec<_> = self.facts.iter().map(fact).collect();
            body.push(json!({ "type": "FactSet", "facts": facts }));
        }
        let written = self.written.as_deref().map(markdown::to_plain);
        body.extend(written.map(|text| run(&cut(&text, LONGEST_TEXT), "Default", "Default")));
        body.extend(self.foot.iter().map(|foot| run(foot, "Default", "Small")));
        let open = |(words, url): &(String, String)| json!({ "type": "Action.OpenUrl", "title": words, "url": url });
        let actions: Vec<_> = [&self.action].into_iter().chain(&self.choices).map(open).collect();
        json!({
            "type": "message",
            "attachments": [{
                "contentType": "application/vnd.microsoft.card.adaptive",
                "contentUrl": null,
                "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "fallbackText": format!("{} {}", self.verdict, self.action.1),
                    "body": body,
                    "actions": actions,
                },
            }],
        })
    }

    /// The tone as a number, as Discord wants it.
    fn colour(&self) -> u32 {
        match self.tone {
            VerdictColor::Outage => 0x00a1_1d18,
            VerdictColor::Partial => 0x0096_430a,
            VerdictColor::Watching => 0x001c_5a85,
            VerdictColor::Good => 0x001b_683d,
            VerdictColor::Maintenance => 0x0047_4b8c,
            VerdictColor::Neutral => 0x004f_4a43,
        }
    }
}
