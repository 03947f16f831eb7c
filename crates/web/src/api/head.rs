//! The head of the log, signed: who keeps it can prove later that the log was longer, or another one.
//!
//! Each event's hash covers the one before it, so the head stands for the whole log up to there.

use candor_content::signing::Signer;
use jiff::Timestamp;
use serde::Serialize;

/// `/log/head` and `/api/v1/head`.
#[derive(Serialize)]
pub(crate) struct SignedHead<'a> {
    seq: u64,
    hash: &'a str,
    recorded_at: Option<Timestamp>,
    /// What is signed, byte for byte.
    statement: String,
    /// Ed25519 (RFC 8032), in Base64.
    signature: String,
    /// The public key, as PEM.
    key: String,
}

impl<'a> SignedHead<'a> {
    /// What `site` says of its log: its last event is `seq` and has this hash.
    pub(crate) fn new(
        signer: &Signer,
        site: &str,
        seq: u64,
        hash: &'a str,
        recorded_at: Option<Timestamp>,
    ) -> Self {
        let at = recorded_at.map(|at| at.to_string()).unwrap_or_default();
        let statement = format!("candor log head v1\n{site}\n{seq}\n{hash}\n{at}\n");
        let signature = signer.sign(&statement);
        Self { seq, hash, recorded_at, statement, signature, key: signer.key() }
    }
}
