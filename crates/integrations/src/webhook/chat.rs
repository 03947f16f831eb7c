//! The bodies that the incoming webhooks of chats take, for the team's messages and for subscribers' alike.
//!
//! Text from others stays text: it pings no one, and nothing in it acts.

use candor_content::{markdown, notification_text::NotificationColor};
use candor_core::HookKind;
use serde_json::{Value, json};

use crate::slack::{
    block::{Block, cut, split},
    mrkdwn,
};

/// The longest operator's text in a message, in UTF-16 units: Discord takes 4,096 in all, and nobody reads more in a
/// chat.
const LONGEST_TEXT: usize = 2_500;
/// The longest message that Slack takes before it cuts it, in UTF-16 units.
const MAX_SLACK_TEXT: usize = 40_000;
/// The longest message in Discord ("Execute Webhook"), in UTF-16 units.
const MAX_DISCORD_TEXT: usize = 2_000;

/// The body for one text in Slack's markup; what is too long is cut.
pub(super) fn plain(kind: HookKind, markup: &str) -> Value {
    match kind {
        HookKind::Webhook | HookKind::Slack => slack(markup, &[]),
        HookKind::Discord => {
            let text = cut(&mrkdwn::elsewhere(markup), MAX_DISCORD_TEXT);
            discord("content", &json!(text))
        }
        HookKind::Teams => {
            let text = markdown::to_plain(&mrkdwn::to_markdown(markup));
            teams(&text, &[run(&cut(&text, LONGEST_TEXT), "Default", "Default")], &[])
        }
    }
}

/// Slack, and what imitates it. `text` says all that the blocks say, because others don't know blocks.
fn slack(text: &str, blocks: &[Block]) -> Value {
    let text = cut(&mrkdwn::anywhere(text), MAX_SLACK_TEXT);
    let mut body = json!({ "text": text, "unfurl_links": false, "unfurl_media": false });
    if let (false, Some(fields)) = (blocks.is_empty(), body.as_object_mut()) {
        fields.insert("blocks".to_owned(), json!(blocks));
    }
    body
}

/// Discord ("Execute Webhook"): no one is ever mentioned.
fn discord(field: &str, value: &Value) -> Value {
    json!({ field: value, "allowed_mentions": { "parse": [] } })
}

/// A workflow of Teams that takes an Adaptive Card.
fn teams(fallback: &str, body: &[Value], actions: &[Value]) -> Value {
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "fallbackText": fallback,
                "body": body,
                "actions": actions,
            },
        }],
    })
}

/// A run of text in Teams, which has no markup.
fn run(text: &str, weight: &str, size: &str) -> Value {
    json!({ "type": "RichTextBlock", "inlines": [
        { "type": "TextRun", "text": text, "weight": weight, "size": size },
    ]})
}

/// What a chat message says, before it has the form of one chat.
pub(super) struct ChatText {
    pub(super) tone: NotificationColor,
    pub(super) heading: String,
    pub(super) sentence: String,
    pub(super) title: Option<String>,
    pub(super) facts: Vec<(String, String)>,
    /// What a person wrote, as Markdown.
    pub(super) written: Option<String>,
    pub(super) action: (String, String),
    pub(super) foot: Option<String>,
    pub(super) choices: Vec<(String, String)>,
}

impl ChatText {
    /// The body for a chat of this kind.
    pub(super) fn encode(&self, kind: HookKind) -> Value {
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

    /// Slack, and servers that imitate it: `text` has all of it, too, because others don't know blocks.
    fn to_slack(&self) -> Value {
        let link = |(words, url): &(String, String)| mrkdwn::link(url, words);
        let mut lines =
            vec![format!("{} {}", mrkdwn::bold(&self.heading), mrkdwn::text(&self.sentence))];
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
        slack(&parts.join("\n\n"), &blocks)
    }

    /// Discord: an embed.
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
            .map_or_else(|| self.heading.clone(), |title| format!("{}: {title}", self.heading));
        let embed = json!({
            "title": cut(&title, 256),
            "url": self.action.1,
            "description": cut(&description.join("\n\n"), 4_096),
            "color": self.color(),
        });
        discord("embeds", &json!([embed]))
    }

    /// A workflow of Teams that takes an Adaptive Card: runs of text have no markup, and a mention would need an entity
    /// of its own.
    fn to_teams(&self) -> Value {
        let mut body =
            vec![run(&self.heading, "Bolder", "Large"), run(&self.sentence, "Default", "Default")];
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
        let fallback = format!("{} {}", self.heading, self.action.1);
        teams(&fallback, &body, &actions)
    }

    /// The color as a number, for Discord.
    fn color(&self) -> u32 {
        match self.tone {
            NotificationColor::Outage => 0x00a1_1d18,
            NotificationColor::Partial => 0x0096_430a,
            NotificationColor::Watching => 0x001c_5a85,
            NotificationColor::Good => 0x001b_683d,
            NotificationColor::Maintenance => 0x0047_4b8c,
            NotificationColor::Neutral => 0x004f_4a43,
        }
    }
}
