//! `conversations.*`: Slack channels and their messages.

use serde_json::{Map, Value, json};

use super::{FakeRefusal, MethodOutcome, flag, text};
use crate::slack::state::{BOT_USER, FakeChannel, FakeState, SlackMessage};

/// The page size limit.
const MAX_PAGE: usize = 999;

/// One page of a list, and the cursor of the next one: empty on the last.
fn page<T>(all: Vec<T>, arguments: &Map<String, Value>) -> Result<(Vec<T>, String), FakeRefusal> {
    let cursor = text(arguments, "cursor");
    let start: usize = match cursor {
        "" => 0,
        cursor => cursor
            .strip_prefix("next:")
            .and_then(|start| start.parse().ok())
            .ok_or("invalid_cursor")?,
    };
    let limit = match arguments.get("limit") {
        Some(Value::Number(limit)) => limit.as_u64(),
        Some(Value::String(limit)) => Some(limit.parse().map_err(|_wrong| "invalid_limit")?),
        _ => None,
    };
    let limit = usize::try_from(limit.unwrap_or(100)).unwrap_or(MAX_PAGE);
    if limit == 0 || limit > MAX_PAGE {
        return Err("invalid_limit".into());
    }
    let end = start.saturating_add(limit);
    let next = if end < all.len() { format!("next:{end}") } else { String::new() };
    Ok((all.into_iter().skip(start).take(limit).collect(), next))
}

/// Whether a message lies in the asked-for time. Texts of one length compare as numbers do.
fn within(ts: &str, arguments: &Map<String, Value>) -> bool {
    let (oldest, latest) = (text(arguments, "oldest"), text(arguments, "latest"));
    let inclusive = flag(arguments, "inclusive");
    (oldest.is_empty() || ts > oldest || (inclusive && ts == oldest))
        && (latest.is_empty() || ts < latest || (inclusive && ts == latest))
}

fn described(channel: &FakeChannel) -> Value {
    json!({
        "id": channel.id,
        "name": channel.name,
        "is_channel": !channel.private,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_member": channel.has_bot(),
        "num_members": channel.members.len(),
    })
}

impl FakeState {
    pub(super) fn list_channels(&self, arguments: &Map<String, Value>) -> MethodOutcome {
        let types = match text(arguments, "types") {
            "" => "public_channel",
            types => types,
        };
        for kind in types.split(',').map(str::trim) {
            match kind {
                "public_channel" => self.granted(&["channels:read"])?,
                "private_channel" => self.granted(&["groups:read"])?,
                "im" | "mpim" => {}
                _ => return Err("invalid_types".into()),
            }
        }
        // Slack takes a page first and leaves out afterwards: pages may be short, or empty.
        let (channels, next) = page(self.channels.iter().collect(), arguments)?;
        let unarchived = flag(arguments, "exclude_archived");
        let wanted = |channel: &FakeChannel| {
            let kind = if channel.private { "private_channel" } else { "public_channel" };
            types.contains(kind)
                && (!channel.private || channel.has_bot())
                && !(unarchived && channel.archived)
        };
        let channels = channels.into_iter().filter(|channel| wanted(channel)).map(described);
        Ok(json!({
            "channels": channels.collect::<Vec<_>>(), "response_metadata": { "next_cursor": next },
        }))
    }

    /// A Slack channel that the bot can see and has the scope for: `channels:…` or `groups:…`.
    fn seen(
        &mut self,
        arguments: &Map<String, Value>,
        may: &str,
    ) -> Result<FakeChannel, FakeRefusal> {
        let channel = self.channel(text(arguments, "channel")).ok_or("channel_not_found")?.clone();
        let kind = if channel.private { "groups" } else { "channels" };
        self.granted(&[&format!("{kind}:{may}")])?;
        Ok(channel)
    }

    pub(super) fn channel_info(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        Ok(json!({ "channel": described(&self.seen(arguments, "read")?) }))
    }

    pub(super) fn channel_members(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        let channel = self.seen(arguments, "read")?;
        let (members, next) = page(channel.members.into_iter().collect(), arguments)?;
        Ok(json!({ "members": members, "response_metadata": { "next_cursor": next } }))
    }

    pub(super) fn join(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        self.granted(&["channels:join"])?;
        let channel = self.channel(text(arguments, "channel")).ok_or("channel_not_found")?;
        if channel.archived {
            return Err("is_archived".into());
        }
        if channel.private {
            return Err("method_not_supported_for_channel_type".into());
        }
        let news = channel.members.insert(BOT_USER.to_owned());
        let mut answer = json!({ "channel": described(channel) });
        if let (false, Some(fields)) = (news, answer.as_object_mut()) {
            fields.insert("warning".to_owned(), json!("already_in_channel"));
        }
        Ok(answer)
    }

    fn read(&mut self, arguments: &Map<String, Value>) -> Result<FakeChannel, FakeRefusal> {
        let channel = self.seen(arguments, "history")?;
        if channel.has_bot() { Ok(channel) } else { Err("not_in_channel".into()) }
    }

    pub(super) fn history(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        let channel = self.read(arguments)?;
        // The newest first, and of threads only what shows in the Slack channel.
        let messages = channel.messages.iter().rev().filter(|message| {
            (message.thread_ts.is_none() || message.broadcast) && within(&message.ts, arguments)
        });
        shown(&channel, messages.collect(), arguments)
    }

    pub(super) fn replies(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        let mut channel = self.read(arguments)?;
        let asked = channel.message(text(arguments, "ts")).ok_or("thread_not_found")?.clone();
        let mut messages = vec![&asked];
        // Asked for a reply, Slack gives the reply alone.
        if asked.thread_ts.is_none() {
            messages.extend(channel.messages.iter().filter(|message| {
                message.thread_ts.as_ref() == Some(&asked.ts) && within(&message.ts, arguments)
            }));
        }
        shown(&channel, messages, arguments)
    }
}

/// One page of messages, in the form of Slack.
fn shown(
    channel: &FakeChannel,
    messages: Vec<&SlackMessage>,
    arguments: &Map<String, Value>,
) -> MethodOutcome {
    let (messages, next) = page(messages, arguments)?;
    let with_metadata = flag(arguments, "include_all_metadata");
    let list: Vec<_> =
        messages.into_iter().map(|message| channel.shown(message, with_metadata)).collect();
    Ok(json!({
        "messages": list, "has_more": !next.is_empty(), "response_metadata": { "next_cursor": next },
    }))
}
