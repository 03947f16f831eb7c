//! Proves that an address's owner agrees to get our messages: a program confirms by echoing a challenge.

use candor_content::link::Links;
use serde_json::Value;
use uuid::Uuid;

use crate::json;

/// What the owner of the subscriber's address sends back to confirm: the token of the link to confirm.
#[must_use]
pub fn challenge(links: &Links, subscriber: Uuid) -> String {
    let url = links.confirm_url(subscriber);
    url.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Whether the answer's body is `{"challenge": "…"}` with just this challenge.
#[must_use]
pub fn is_echoed(challenge: &str, body: &[u8]) -> bool {
    let answer: Value = json::value(body).unwrap_or_default();
    answer.get("challenge").and_then(Value::as_str) == Some(challenge)
}
