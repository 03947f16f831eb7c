//! Signatures of alert sources that sign their calls: HMAC-SHA256 of the body as it was sent, in hexadecimal digits.

use data_encoding::HEXLOWER_PERMISSIVE;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A key that calls may be signed with. The secret itself isn't kept.
#[derive(Clone)]
pub struct SigningKey(Hmac<Sha256>);

impl SigningKey {
    /// The key of this secret.
    #[must_use]
    pub fn new(secret: &str) -> Option<Self> {
        Hmac::new_from_slice(secret.as_bytes()).ok().map(Self)
    }

    /// Whether `header` is a signature of `body` by this key: digits, or several such as `v1=…,v1=…` while keys change. Takes
    /// the same time for every wrong one.
    #[must_use]
    pub fn has_signed(&self, body: &[u8], header: &str) -> bool {
        header.split([',', ' ']).any(|one| {
            let digits = one.split_once('=').map_or(one, |(_version, digits)| digits);
            let given = HEXLOWER_PERMISSIVE.decode(digits.trim().as_bytes());
            given.is_ok_and(|given| self.0.clone().chain_update(body).verify_slice(&given).is_ok())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signature_holds_for_its_body_and_key_alone() {
        // RFC 4231, test case 2.
        let digits = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let key = SigningKey::new("Jefe").unwrap();
        let body = b"what do ya want for nothing?";
        for header in [
            digits.to_owned(),
            digits.to_uppercase(),
            format!("v1={digits}"),
            format!("v1=00,v1={digits}"),
        ] {
            assert!(key.has_signed(body, &header), "{header}");
        }
        let half = "5bdcc146bf60754e6a042426089575c7";
        for header in ["", "v1=", "v1=zz", half, &format!("v1={half}")] {
            assert!(!key.has_signed(body, header), "{header}");
        }
        assert!(!key.has_signed(b"what do ya want for something?", digits));
        assert!(!SigningKey::new("jefe").unwrap().has_signed(body, digits));
    }
}
