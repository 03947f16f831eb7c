//! The installation's key, from which every signature is derived.

use std::str::FromStr;

use data_encoding::HEXLOWER;

/// The key that signs, and the older one that it replaces.
#[derive(Clone)]
pub(crate) struct SecretKeys {
    pub(crate) current: [u8; 32],
    /// The older key: its signatures are still accepted.
    pub(crate) older: Option<[u8; 32]>,
}

/// The error for any other text. The text isn't quoted, since it may be a mistyped secret.
const INVALID: &str =
    "is not 64 hexadecimal digits (or two such keys, old,new); make one with: openssl rand -hex 32";

impl FromStr for SecretKeys {
    type Err = &'static str;

    /// Reads a key of 64 hexadecimal digits, or two of them: `old,new`.
    fn from_str(text: &str) -> Result<Self, &'static str> {
        let read = |text: &str| {
            let bytes = HEXLOWER.decode(text.trim().to_ascii_lowercase().as_bytes()).ok();
            bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(INVALID)
        };
        match text.split_once(',') {
            Some((older, new)) => Ok(Self { current: read(new)?, older: Some(read(older)?) }),
            None => Ok(Self { current: read(text)?, older: None }),
        }
    }
}
