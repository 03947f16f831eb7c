//! Who may read the metrics: basic authentication (RFC 7617), compared in constant time.

use std::fmt;

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

/// The user and passphrase that a scrape has to give; without a passphrase, anybody who reaches the listener may read.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The user's name.
    pub user: String,
    /// The passphrase; none if anybody may read.
    pub passphrase: Option<Passphrase>,
}

/// A passphrase, kept only as its SHA-256, so that it can't get into a log or an answer.
#[derive(Clone)]
pub struct Passphrase([u8; 32]);

impl Passphrase {
    /// Reads the passphrase from the settings.
    #[must_use]
    pub fn new(passphrase: &str) -> Self {
        Self(Sha256::digest(passphrase.as_bytes()).into())
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

impl Credentials {
    /// Credentials with this passphrase, or without one.
    #[must_use]
    pub fn new(user: impl Into<String>, passphrase: Option<&str>) -> Self {
        Self { user: user.into(), passphrase: passphrase.map(Passphrase::new) }
    }

    /// Whether a request with this `Authorization` header may read. An unreadable header is a wrong one.
    #[must_use]
    pub fn admit(&self, authorization: Option<&[u8]>) -> bool {
        let Some(passphrase) = &self.passphrase else { return true };
        let given = authorization.and_then(decode).unwrap_or_default();
        let mut parts = given.splitn(2, |byte| *byte == b':');
        let (user, word) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let wanted_user = Passphrase::new(&self.user);
        let same = |given: &[u8], wanted: &Passphrase| -> Choice {
            let given: [u8; 32] = Sha256::digest(given).into();
            given.ct_eq(&wanted.0)
        };
        let (same_user, same_word) = (same(user, &wanted_user), same(word, passphrase));
        (same_user & same_word).into()
    }
}

/// What follows `Basic `.
fn decode(header: &[u8]) -> Option<Vec<u8>> {
    let (scheme, rest) = header.split_at_checked(6)?;
    let encoded = rest.trim_ascii();
    scheme.eq_ignore_ascii_case(b"basic ").then(|| BASE64.decode(encoded).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(header: &str) -> bool {
        Credentials::new("metrics", Some("let me: in")).admit(Some(header.as_bytes()))
    }

    #[test]
    fn only_the_right_user_with_the_right_passphrase_may_read() {
        let basic = |pair: &str| format!("Basic {}", BASE64.encode(pair.as_bytes()));
        assert!(admits(&basic("metrics:let me: in")));
        assert!(admits(&basic("metrics:let me: in").replace("Basic", "bAsIc")));
        for wrong in ["", ":", "metrics", "metrics:", "metrics:let me", "other:let me: in"] {
            assert!(!admits(&basic(wrong)), "{wrong:?}");
        }
    }

    #[test]
    fn a_header_that_makes_no_sense_is_a_wrong_one() {
        for wrong in ["", "Basic", "Basic ", "Basic !!!", "Bearer x", "Basic bWV0cmljcw", "\u{e9}"]
        {
            assert!(!admits(wrong), "{wrong:?}");
        }
        assert!(!Credentials::new("metrics", Some("x")).admit(None));
    }

    #[test]
    fn without_a_passphrase_nobody_is_asked_for_one() {
        assert!(Credentials::new("metrics", None).admit(None));
    }

    #[test]
    fn the_passphrase_is_not_shown() {
        let shown = format!("{:?}", Credentials::new("metrics", Some("hunter2")));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
