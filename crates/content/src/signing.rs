//! Signed statements about the log, so that others can prove what the site published: Ed25519 (RFC 8032).

use std::sync::Arc;

use data_encoding::{BASE64, HEXLOWER};
use ring::signature::{Ed25519KeyPair, KeyPair as _};

use crate::link::Links;

/// The bytes before the 32 of an Ed25519 key in a `SubjectPublicKeyInfo` (RFC 8410 section 4).
const SPKI: &str = "302a300506032b6570032100";

/// Signs for one site.
#[derive(Clone)]
pub struct Signer(Arc<Ed25519KeyPair>);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Signer").field(&self.key()).finish()
    }
}

impl Signer {
    /// The signer of the site with these links: its key is derived from theirs, so all processes of the site have the
    /// same. None if there is no key, which doesn't happen.
    #[must_use]
    pub fn of(links: &Links) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(&links.seed()).ok().map(Arc::new).map(Self)
    }

    /// The signature of `statement`, in Base64.
    #[must_use]
    pub fn sign(&self, statement: &str) -> String {
        BASE64.encode(self.0.sign(statement.as_bytes()).as_ref())
    }

    /// The public key as PEM, as OpenSSL reads it.
    #[must_use]
    pub fn key(&self) -> String {
        let mut der = HEXLOWER.decode(SPKI.as_bytes()).unwrap_or_default();
        der.extend_from_slice(self.0.public_key().as_ref());
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", BASE64.encode(&der))
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{ED25519, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_signed_statement_is_verified_with_the_public_key_alone() {
        let signer = Signer::of(&Links::new("https://status.example.org", &[7; 32]).unwrap());
        let signer = signer.unwrap();
        let pem = signer.key();
        let der = BASE64.decode(pem.lines().nth(1).unwrap().as_bytes()).unwrap();
        let key = UnparsedPublicKey::new(&ED25519, &der[der.len() - 32..]);
        let signature = BASE64.decode(signer.sign("a statement").as_bytes()).unwrap();
        assert!(key.verify(b"a statement", &signature).is_ok());
        assert!(key.verify(b"a Statement", &signature).is_err());
        let other = Links::new("https://status.example.org", &[8; 32]).unwrap();
        assert_ne!(
            Signer::of(&other).unwrap().key(),
            pem,
            "each installation has a key of its own"
        );
    }
}
