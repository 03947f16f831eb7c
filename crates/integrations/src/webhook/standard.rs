//! Standard Webhooks: the signature by which a program recognizes our messages.
//!
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use candor_content::link::WEBHOOK_SECRET_PREFIX;
use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;
use uuid::Uuid;

/// The headers by which the receiver recognizes `body` as ours; none if a secret can't be read.
///
/// They are the delivery's id, the same at every try; the time of the try; and a signature with each of the secrets
/// (`whsec_…`): while one is being replaced there are two, and either side may be the first to change.
#[must_use]
pub fn sign(secrets: &[String], delivery: Uuid, at: Timestamp, body: &str) -> Option<HeaderMap> {
    let (id, at) = (delivery.to_string(), at.as_second());
    let signed = |secret: &String| {
        let key = BASE64.decode(secret.strip_prefix(WEBHOOK_SECRET_PREFIX)?.as_bytes()).ok()?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
        mac.update(format!("{id}.{at}.{body}").as_bytes());
        Some(format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes())))
    };
    let signatures = secrets.iter().map(signed).collect::<Option<Vec<_>>>()?;
    let headers = [
        ("webhook-signature", signatures.join(" ")),
        ("webhook-timestamp", at.to_string()),
        ("webhook-id", id),
    ];
    let header = |(name, value): (&'static str, String)| {
        Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?))
    };
    headers.into_iter().map(header).collect()
}
