//! A TLS certificate for a test's server, issued by its own authority.

use std::{fs, path::Path};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

/// Certificates and key, as PEM.
#[derive(Debug)]
pub struct Certificate {
    /// The authority's own certificate.
    pub authority: String,
    /// The server's certificate.
    pub certificate: String,
    /// Its key.
    pub key: String,
}

impl Certificate {
    /// For this host name or address.
    pub fn of(name: &str) -> Self {
        let authority_key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = params.self_signed(&authority_key).unwrap().pem();
        let issuer = Issuer::new(params, authority_key);
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap().pem();
        Self { authority, certificate, key: key.serialize_pem() }
    }

    /// Writes it to `ca.pem`, `server.pem` and `server.key` in this folder.
    pub fn write(&self, folder: &Path) {
        for (name, pem) in [
            ("ca.pem", &self.authority),
            ("server.pem", &self.certificate),
            ("server.key", &self.key),
        ] {
            fs::write(folder.join(name), pem).unwrap();
        }
    }
}
