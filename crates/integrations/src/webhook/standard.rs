//! Standard Webhooks: how a program knows that a message is ours.
//!
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;
use uuid::Uuid;

/// What stands before a secret in its text form.
const PREFIX: &str = "whsec_";

/// The headers by which the other side knows that `body` is ours; none if the secret can't be read.
///
/// They are the delivery's id, the same at every try; the time of the try; and the signature with `secret`
/// (`whsec_…`).
#[must_use]
pub fn sign(secret: &str, delivery: Uuid, at: Timestamp, body: &str) -> Option<HeaderMap> {
    let key = BASE64.decode(secret.strip_prefix(PREFIX)?.as_bytes()).ok()?;
    let (id, at) = (delivery.to_string(), at.as_second());
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    let signature = format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()));
    let headers = [
        ("webhook-id", id),
        ("webhook-timestamp", at.to_string()),
        ("webhook-signature", signature),
    ];
    let header = |(name, value): (&'static str, String)| {
        Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?))
    };
    headers.into_iter().map(header).collect()
}

/// The text form of a secret.
pub(crate) fn secret(key: &[u8]) -> String {
    format!("{PREFIX}{}", BASE64.encode(key))
}
