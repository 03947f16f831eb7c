//! TLS to PostgreSQL, with the meanings that libpq gives to `sslmode`
//! (<https://www.postgresql.org/docs/current/libpq-ssl.html>).

use std::{fs::File, io::Read as _, path::Path, sync::Arc};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};

use super::CertificateCheck;

/// As much is read of a file of authorities, in bytes; what systems come with has a quarter of a megabyte.
const LONGEST_AUTHORITIES: u64 = 4 * 1024 * 1024;

/// A client that checks as much as `verify` says; the authorities come from the PEM file, or from the system.
///
/// The provider is named here, so that it doesn't matter which one the process has installed, or whether.
pub(super) fn client(
    verify: CertificateCheck,
    authority: Option<&Path>,
) -> Result<ClientConfig, String> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    if verify == CertificateCheck::Host {
        return Ok(builder.with_root_certificates(roots(authority)?).with_no_client_auth());
    }
    let chain = match verify {
        CertificateCheck::Nothing => None,
        CertificateCheck::Authority | CertificateCheck::Host => {
            let roots = Arc::new(roots(authority)?);
            let verifier =
                WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build();
            Some(verifier.map_err(|error| error.to_string())?)
        }
    };
    let lenient = Arc::new(LenientVerifier { chain, provider });
    Ok(builder.dangerous().with_custom_certificate_verifier(lenient).with_no_client_auth())
}

fn roots(authority: Option<&Path>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    if let Some(file) = authority {
        let unreadable =
            |why: &dyn std::fmt::Display| format!("sslrootcert={}: {why}", file.display());
        let file = File::open(file).map_err(|error| unreadable(&error))?.take(LONGEST_AUTHORITIES);
        for certificate in CertificateDer::pem_reader_iter(file) {
            let certificate = certificate.map_err(|error| unreadable(&error))?;
            roots.add(certificate).map_err(|error| unreadable(&error))?;
        }
        if roots.is_empty() {
            return Err(unreadable(&"no certificate in it"));
        }
    } else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            return Err(
                "this system trusts no certificate authority; name one by sslrootcert=FILE"
                    .to_owned(),
            );
        }
    }
    Ok(roots)
}

/// Accepts any certificate, or any of a trusted authority whatever the host's name. The handshake itself is checked.
#[derive(Debug)]
struct LenientVerifier {
    chain: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for LenientVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
