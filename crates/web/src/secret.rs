//! A shared secret that can be compared and not read.

use std::fmt;

use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

/// A secret that a sender has to know. Only its SHA-256 is kept, so it can't get into a log or an answer.
#[derive(Clone)]
pub struct SenderSecret([u8; 32]);

impl SenderSecret {
    /// Takes the secret as it is written in the settings.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// Whether `given` is one of `active`. Takes the same time whichever it is, and whether it is one at all.
    pub(crate) fn is_one_of(given: &[u8], active: &[Self]) -> bool {
        let given = Self(Sha256::digest(given).into());
        active.iter().fold(Choice::from(0), |found, secret| found | secret.0.ct_eq(&given.0)).into()
    }
}

impl fmt::Debug for SenderSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
