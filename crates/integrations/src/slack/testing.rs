//! A Slack workspace for tests.

use jiff::Timestamp;

use super::signature;

/// The signature that Slack would give a body at `at`, and the time as it stands in the header.
#[must_use]
pub fn sign(secret: &str, at: Timestamp, body: &[u8]) -> (String, String) {
    let timestamp = at.as_second().to_string();
    let signature = signature::sign(secret, &timestamp, body);
    (timestamp, signature)
}
