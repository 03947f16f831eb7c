//! Is it from Slack? Request signing, version 0 (docs.slack.dev, "Verifying requests from Slack").
//!
//! The signature covers the body byte for byte: encoding a form again would change it.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

/// The header that says when Slack signed: seconds since 1970.
pub const TIMESTAMP_HEADER: &str = "x-slack-request-timestamp";
/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-slack-signature";

/// How far Slack's clock and ours may be apart, in both directions.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);

const VERSION: &str = "v0";

/// Why a request isn't taken for Slack's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSignature {
    /// A header is missing.
    #[error("the request is not signed")]
    Missing,
    /// A header isn't of the form that Slack gives it.
    #[error("the request's signature can't be read")]
    Malformed,
    /// It was signed too long ago, or in the future: it is replayed, or a clock is wrong.
    #[error("the request was signed at another time; is this machine's clock right?")]
    Stale,
    /// It was signed with another secret, or the body is another one.
    #[error("the request's signature is wrong; is the signing secret right?")]
    Wrong,
    /// There is no secret to verify it with.
    #[error("there is no signing secret")]
    NoSecret,
}

/// Whether one of `secrets` (separated by commas, while one is replaced by another) signed `body` within five minutes
/// of `now`. An empty secret signs nothing.
///
/// # Errors
/// None did; see [`BadSignature`].
pub fn verify(
    secrets: &str,
    timestamp: Option<&str>,
    signature: Option<&str>,
    body: &[u8],
    now: Timestamp,
) -> Result<(), BadSignature> {
    let (timestamp, signature) = timestamp.zip(signature).ok_or(BadSignature::Missing)?;
    let signed_at = seconds(timestamp).ok_or(BadSignature::Malformed)?;
    let given = signature.strip_prefix("v0=").ok_or(BadSignature::Malformed)?;
    let given: [u8; 32] = HEXLOWER
        .decode(given.as_bytes())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(BadSignature::Malformed)?;
    if now.duration_since(signed_at).abs() > WINDOW {
        return Err(BadSignature::Stale);
    }
    let mut secrets = secrets.split(',').map(str::trim).filter(|secret| !secret.is_empty());
    let first = secrets.next().ok_or(BadSignature::NoSecret)?;
    // All of them are tried: how long it takes says nothing about which one it was.
    let matches = std::iter::once(first)
        .chain(secrets)
        .map(|secret| mac(secret, timestamp, body).as_slice().ct_eq(given.as_slice()))
        .fold(Choice::from(0), |any, one| any | one);
    if bool::from(matches) { Ok(()) } else { Err(BadSignature::Wrong) }
}

fn mac(secret: &str, timestamp: &str, body: &[u8]) -> Vec<u8> {
    // HMAC takes a key of any length; were it otherwise, nothing would equal it.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return Vec::new() };
    for part in [VERSION.as_bytes(), b":", timestamp.as_bytes(), b":", body] {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// A time in whole seconds since 1970, and nothing else that parsers take for a number.
fn seconds(text: &str) -> Option<Timestamp> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    Timestamp::from_second(digits.then(|| text.parse().ok()).flatten()?).ok()
}
