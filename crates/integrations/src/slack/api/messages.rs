//! Posts, updates and deletes messages, and those that one user alone sees.

use reqwest::Url;
use serde_json::Value;
use uuid::Uuid;

use super::{Api, ApiError, ErrorClass, returned};
use crate::{http, json, slack::block::Message};

/// The type of the metadata by which a message of ours is found again.
pub(super) const EVENT_TYPE: &str = "candor_message";

/// A message to post.
#[derive(Debug, Clone, Copy)]
pub struct PostMessage<'a> {
    /// The Slack channel's id.
    pub channel: &'a str,
    /// The message whose thread it belongs to.
    pub thread_ts: Option<&'a str>,
    /// Whether a reply shows in the Slack channel, too.
    pub broadcast: bool,
    /// What it says.
    pub message: &'a Message,
    /// Finds the message again ([`Api::find_message`]) when it isn't known whether it was posted.
    pub id: Option<Uuid>,
}

/// Where a message is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRef {
    /// The Slack channel's id.
    pub channel: String,
    /// Its key there: a text that looks like a number and is none.
    pub ts: String,
}

impl Api {
    /// Posts a message.
    ///
    /// # Errors
    /// Slack says no, or nothing; [`ErrorClass::Unknown`]: it may be there.
    pub async fn post_message(&self, post: &PostMessage<'_>) -> Result<MessageRef, ApiError> {
        let mut call = content(post.message);
        set(&mut call, "channel", serde_json::json!(post.channel));
        if let Some(thread) = post.thread_ts {
            set(&mut call, "thread_ts", serde_json::json!(thread));
            if post.broadcast {
                set(&mut call, "reply_broadcast", serde_json::json!(true));
            }
        }
        if let Some(id) = post.id {
            let metadata =
                serde_json::json!({ "event_type": EVENT_TYPE, "event_payload": { "id": id } });
            set(&mut call, "metadata", metadata);
        }
        set(&mut call, "unfurl_links", serde_json::json!(false));
        set(&mut call, "unfurl_media", serde_json::json!(false));
        let answer = self.change("chat.postMessage", call).await?;
        Ok(MessageRef { channel: returned(&answer, "channel")?, ts: returned(&answer, "ts")? })
    }

    /// Makes a message of ours say something else. It keeps what it is found by.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn update_message(
        &self,
        channel: &str,
        ts: &str,
        message: &Message,
    ) -> Result<(), ApiError> {
        let mut call = content(message);
        set(&mut call, "channel", serde_json::json!(channel));
        set(&mut call, "ts", serde_json::json!(ts));
        self.change("chat.update", call).await.map(drop)
    }

    /// Deletes a message of ours.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn delete_message(&self, channel: &str, ts: &str) -> Result<(), ApiError> {
        self.change("chat.delete", serde_json::json!({ "channel": channel, "ts": ts }))
            .await
            .map(drop)
    }

    /// Posts a message that only one user sees, until they reload.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn post_ephemeral(
        &self,
        channel: &str,
        user: &str,
        thread_ts: Option<&str>,
        message: &Message,
    ) -> Result<(), ApiError> {
        let mut call = content(message);
        set(&mut call, "channel", serde_json::json!(channel));
        set(&mut call, "user", serde_json::json!(user));
        if let Some(thread) = thread_ts {
            set(&mut call, "thread_ts", serde_json::json!(thread));
        }
        self.change("chat.postEphemeral", call).await.map(drop)
    }

    /// Answers where a user clicked or typed: only they see it, and it replaces nothing.
    ///
    /// # Errors
    /// The address isn't Slack's (nothing is sent then), it is used up, or Slack says no, or nothing.
    pub async fn respond(&self, response_url: &str, message: &Message) -> Result<(), ApiError> {
        let url = Url::parse(response_url).ok().filter(|url| self.trusts(url));
        let url =
            url.ok_or_else(|| ApiError::new(ErrorClass::OurFault, "untrusted_response_url"))?;
        let mut call = content(message);
        set(&mut call, "response_type", serde_json::json!("ephemeral"));
        set(&mut call, "replace_original", serde_json::json!(false));
        // No token: the address itself is what lets us in.
        let request = self
            .client
            .post(url)
            .header("content-type", "application/json; charset=utf-8")
            .body(call.to_string());
        let response = request.send().await.map_err(|error| ApiError::unanswered(&error, true))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = http::body(response).await.unwrap_or_default();
        let answer: Value = json::value(&body).unwrap_or_default();
        match (status.as_u16(), answer.get("ok").and_then(Value::as_bool)) {
            (404 | 410, _) => Err(ApiError::new(ErrorClass::State, "expired_url")),
            (200..=299, Some(false)) => Err(ApiError::of_answer(&answer, &headers, true)),
            (200..=299, _) => Ok(()),
            _ => Err(ApiError::of_status(status, &headers, true)),
        }
    }

    /// Slack's own host for answers, or wherever the API was said to be.
    fn trusts(&self, url: &Url) -> bool {
        let slacks = url.scheme() == "https"
            && url.host_str() == Some("hooks.slack.com")
            && url.port_or_known_default() == Some(443);
        let is_usual = self.base.host_str() == Some("slack.com");
        slacks || (!is_usual && url.origin() == self.base.origin())
    }
}

/// What a message says; the empty list takes away the blocks that it had.
fn content(message: &Message) -> Value {
    serde_json::json!({ "text": message.text, "blocks": message.blocks })
}

fn set(call: &mut Value, field: &str, value: Value) {
    if let Some(fields) = call.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
}
