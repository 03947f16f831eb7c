//! Finds messages again.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use super::{Api, ApiError, messages::EVENT_TYPE, string};

/// How much earlier than we tried a message may have been posted, by Slack's clock.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

/// A message of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundMessage {
    /// What it says, in Slack's markup.
    pub text: String,
    /// Who wrote it; absent for some bots'.
    pub user: Option<String>,
    /// The message that began its thread, if it is in one.
    pub thread_ts: Option<String>,
}

impl Api {
    /// The `ts` of our message with this id, posted at `since` or later; none if it isn't there.
    ///
    /// Only what was posted in the Slack channel itself is looked at, or with `thread_ts` only what is in that
    /// thread. At most 5,000 messages are looked through.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn find_message(
        &self,
        channel: &str,
        thread_ts: Option<&str>,
        since: Timestamp,
        id: Uuid,
    ) -> Result<Option<String>, ApiError> {
        let since = since.checked_sub(CLOCKS).unwrap_or(since).as_second().max(0);
        let (since, id) = (format!("{since}.000000"), id.to_string());
        let mut arguments = vec![
            ("channel", channel),
            ("oldest", &since),
            ("inclusive", "true"),
            ("include_all_metadata", "true"),
            ("limit", "100"),
        ];
        let method = match thread_ts {
            Some(thread) => {
                arguments.push(("ts", thread));
                "conversations.replies"
            }
            None => "conversations.history",
        };
        let mut found = None;
        let read = self.pages(method, &arguments, |page| {
            found = messages(page).find(|message| is_ours(message, &id)).and_then(ts);
            found.is_some()
        });
        match read.await {
            // The message that began the thread is gone, and its thread with it.
            Err(error) if error.code == "thread_not_found" => Ok(None),
            Err(error) => Err(error),
            Ok(()) => Ok(found),
        }
    }

    /// A message, wherever in the Slack channel it is. `thread_hint`: what began its thread, if that is known.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn message(
        &self,
        channel: &str,
        wanted: &str,
        thread_hint: Option<&str>,
    ) -> Result<Option<FoundMessage>, ApiError> {
        let only_it = [
            ("channel", channel),
            ("oldest", wanted),
            ("latest", wanted),
            ("inclusive", "true"),
            ("limit", "10"),
        ];
        if thread_hint.is_none_or(|thread| thread == wanted) {
            let page = self.ask("conversations.history", &only_it).await?;
            if let Some(message) = pick(&page, wanted) {
                return Ok(Some(message));
            }
        }
        let mut in_thread = only_it.to_vec();
        // Asked for a reply, Slack gives the reply.
        in_thread.push(("ts", thread_hint.unwrap_or(wanted)));
        match self.ask("conversations.replies", &in_thread).await {
            Ok(page) => Ok(pick(&page, wanted)),
            Err(error)
                if matches!(error.code.as_str(), "thread_not_found" | "message_not_found") =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

fn messages(page: &Value) -> impl Iterator<Item = &Value> {
    page.get("messages").and_then(Value::as_array).into_iter().flatten()
}

fn ts(message: &Value) -> Option<String> {
    string(message, "ts")
}

fn is_ours(message: &Value, id: &str) -> bool {
    let metadata = |path| message.pointer(path).and_then(Value::as_str);
    metadata("/metadata/event_type") == Some(EVENT_TYPE)
        && metadata("/metadata/event_payload/id") == Some(id)
}

fn pick(page: &Value, wanted: &str) -> Option<FoundMessage> {
    let message = messages(page).find(|message| ts(message).as_deref() == Some(wanted))?;
    Some(FoundMessage {
        text: string(message, "text").unwrap_or_default(),
        user: string(message, "user"),
        thread_ts: string(message, "thread_ts"),
    })
}
