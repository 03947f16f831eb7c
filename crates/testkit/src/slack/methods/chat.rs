//! `chat.*`, and response URLs: messages.

use serde_json::{Map, Value, json};

use super::{FakeRefusal, MethodOutcome, flag, text};
use crate::slack::{
    judge,
    state::{BOT_USER, FakeChannel, FakeEphemeral, FakeState, SlackMessage},
};

/// The longest text.
const MAX_TEXT: usize = 40_000;

/// The text and blocks of a call, judged. Slack only warns of blocks without a text beside them; here they are
/// refused, since notifications and screen readers have nothing else.
fn content(arguments: &Map<String, Value>) -> Result<(String, Value), FakeRefusal> {
    let said = text(arguments, "text");
    let blocks = match arguments.get("blocks") {
        None | Some(Value::Null) => json!([]),
        Some(blocks @ Value::Array(_)) => blocks.clone(),
        Some(_) => return Err("invalid_blocks_format".into()),
    };
    if said.trim().is_empty() {
        return Err("no_text".into());
    }
    if said.encode_utf16().count() > MAX_TEXT {
        return Err("msg_too_long".into());
    }
    judge::message(&blocks)?;
    Ok((said.to_owned(), blocks))
}

fn unthreaded(ts: String, (text, blocks): (String, Value)) -> SlackMessage {
    let user = BOT_USER.to_owned();
    let (thread_ts, metadata, broadcast, edits) = (None, None, false, 0);
    SlackMessage { ts, thread_ts, user, text, blocks, metadata, broadcast, edits }
}

fn metadata(arguments: &Map<String, Value>) -> Result<Option<Value>, FakeRefusal> {
    let Some(metadata) = arguments.get("metadata") else { return Ok(None) };
    let named = metadata.get("event_type").and_then(Value::as_str).is_some();
    if named && metadata.get("event_payload").is_some_and(Value::is_object) {
        Ok(Some(metadata.clone()))
    } else {
        Err("invalid_metadata_format".into())
    }
}

impl FakeState {
    /// A Slack channel that the bot may write to.
    fn writable(
        &mut self,
        arguments: &Map<String, Value>,
    ) -> Result<&mut FakeChannel, FakeRefusal> {
        self.granted(&["chat:write"])?;
        let channel = self.channel(text(arguments, "channel")).ok_or("channel_not_found")?;
        if channel.archived {
            return Err("is_archived".into());
        }
        if !channel.has_bot() {
            return Err("not_in_channel".into());
        }
        Ok(channel)
    }

    pub(super) fn post_message(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        let ts = self.ts();
        let channel = self.writable(arguments)?;
        let (text_beside, blocks) = content(arguments)?;
        let thread = Some(text(arguments, "thread_ts")).filter(|thread| !thread.is_empty());
        if let Some(thread) = thread
            && channel.message(thread).is_none_or(|root| root.thread_ts.is_some())
        {
            return Err("thread_not_found".into());
        }
        let message = SlackMessage {
            ts: ts.clone(),
            thread_ts: thread.map(str::to_owned),
            user: BOT_USER.to_owned(),
            text: text_beside,
            blocks,
            metadata: metadata(arguments)?,
            broadcast: flag(arguments, "reply_broadcast"),
            edits: 0,
        };
        let shown = channel.shown(&message, true);
        channel.messages.push(message);
        Ok(json!({ "channel": channel.id, "ts": ts, "message": shown }))
    }

    pub(super) fn update_message(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        let channel = self.writable(arguments)?;
        let message = channel.message(text(arguments, "ts")).ok_or("message_not_found")?;
        if message.user != BOT_USER {
            return Err("cant_update_message".into());
        }
        (message.text, message.blocks) = content(arguments)?;
        if let Some(metadata) = metadata(arguments)? {
            message.metadata = Some(metadata);
        }
        message.edits += 1;
        let (ts, text) = (message.ts.clone(), message.text.clone());
        Ok(json!({ "channel": channel.id, "ts": ts, "text": text }))
    }

    pub(super) fn delete_message(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        let channel = self.writable(arguments)?;
        let message = channel.message(text(arguments, "ts")).ok_or("message_not_found")?;
        if message.user != BOT_USER {
            return Err("cant_delete_message".into());
        }
        let ts = message.ts.clone();
        channel.messages.retain(|message| message.ts != ts);
        Ok(json!({ "channel": channel.id, "ts": ts }))
    }

    pub(super) fn post_ephemeral(&mut self, arguments: &Map<String, Value>) -> MethodOutcome {
        let channel = self.writable(arguments)?;
        let user = text(arguments, "user").to_owned();
        if !channel.members.contains(&user) {
            return Err("user_not_in_channel".into());
        }
        let channel = channel.id.clone();
        let (text_beside, blocks) = content(arguments)?;
        let thread_ts = Some(text(arguments, "thread_ts")).filter(|thread| !thread.is_empty());
        let thread_ts = thread_ts.map(str::to_owned);
        self.ephemerals.push(FakeEphemeral { user, channel, thread_ts, text: text_beside, blocks });
        Ok(json!({ "message_ts": self.ts() }))
    }

    /// Posts to an incoming webhook, which needs no token and no membership.
    pub(in crate::slack) fn answer_webhook(
        &mut self,
        channel: &str,
        arguments: &Map<String, Value>,
    ) -> Value {
        match self.post_by_webhook(channel, arguments) {
            Ok(()) => json!({ "ok": true }),
            Err(FakeRefusal(fields)) => Value::Object(fields),
        }
    }

    fn post_by_webhook(
        &mut self,
        channel: &str,
        arguments: &Map<String, Value>,
    ) -> Result<(), FakeRefusal> {
        let content = content(arguments)?;
        let ts = self.ts();
        let channel = self.channels.iter_mut().find(|one| one.id == channel);
        let channel = channel.ok_or("channel_not_found")?;
        if channel.archived {
            return Err("is_archived".into());
        }
        channel.messages.push(unthreaded(ts, content));
        Ok(())
    }

    /// Posts to a response URL; none if it is used up.
    pub(in crate::slack) fn answer_response(
        &mut self,
        id: &str,
        arguments: &Map<String, Value>,
    ) -> Option<Value> {
        let (user, channel, message) = self.respond(id)?;
        Some(match self.take_response(user, channel, message, arguments) {
            Ok(()) => json!({ "ok": true }),
            Err(FakeRefusal(fields)) => Value::Object(fields),
        })
    }

    fn take_response(
        &mut self,
        user: String,
        channel: String,
        message: Option<String>,
        arguments: &Map<String, Value>,
    ) -> Result<(), FakeRefusal> {
        let about = message.clone().unwrap_or_default();
        if flag(arguments, "delete_original") {
            let channel = self.channel(&channel).ok_or("channel_not_found")?;
            channel.messages.retain(|message| message.ts != about);
            return Ok(());
        }
        let (text_beside, blocks) = content(arguments)?;
        if flag(arguments, "replace_original") {
            let channel = self.channel(&channel).ok_or("channel_not_found")?;
            let message = channel.message(&about).ok_or("message_not_found")?;
            (message.text, message.blocks) = (text_beside, blocks);
            message.edits += 1;
        } else if text(arguments, "response_type") == "in_channel" {
            let ts = self.ts();
            let channel = self.channel(&channel).ok_or("channel_not_found")?;
            channel.messages.push(unthreaded(ts, (text_beside, blocks)));
        } else {
            let thread_ts = None;
            self.ephemerals.push(FakeEphemeral {
                user,
                channel,
                thread_ts,
                text: text_beside,
                blocks,
            });
        }
        Ok(())
    }
}
