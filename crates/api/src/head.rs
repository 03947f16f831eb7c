//! The head of the log, signed.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// The head of the log, signed: with a kept copy, a reader can prove later that the log was cut or replaced.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Head)]
pub struct SignedHead<'a> {
    /// The last event.
    pub seq: u64,
    /// SHA-256 over the last event and the hash before it, hexadecimal.
    pub hash: &'a str,
    /// None on an empty log.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub recorded_at: Option<Timestamp>,
    /// What is signed: the text `candor log head v1`, the site's address, `seq`, `hash` and `recorded_at`, each followed
    /// by a line end (LF).
    pub statement: String,
    /// Ed25519 (RFC 8032), in Base64.
    pub signature: String,
    /// The public key, as PEM. Keep it: later heads are signed with the same key.
    pub key: String,
}

impl<'a> SignedHead<'a> {
    /// The head of the log of `site`, whose last event has this `hash`. `sign` signs the statement; `key` checks it.
    pub fn new(
        site: &str,
        seq: u64,
        hash: &'a str,
        recorded_at: Option<Timestamp>,
        sign: impl FnOnce(&str) -> String,
        key: String,
    ) -> Self {
        let at = recorded_at.map(|at| at.to_string()).unwrap_or_default();
        let statement = format!("candor log head v1\n{site}\n{seq}\n{hash}\n{at}\n");
        let signature = sign(&statement);
        Self { seq, hash, recorded_at, statement, signature, key }
    }
}
