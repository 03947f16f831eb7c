//! TLS to PostgreSQL, with the meanings that libpq gives to `sslmode`
//! (<https://www.postgresql.org/docs/current/libpq-ssl.html>).

use std::{error::Error, fs::File, io::Read as _, path::Path, sync::Arc};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};

use super::CertificateCheck;
use crate::error::StoreError;

/// As much is read of a file of authorities, in bytes; what systems come with has a quarter of a megabyte.
const LONGEST_AUTHORITIES: u64 = 4 * 1024 * 1024;

/// A client that checks as much as `verify` says; the authorities come from the PEM file, or from the system.
///
/// The provider is named here, so that it doesn't matter which one the process has installed, or whether.
pub(super) fn client(
    verify: CertificateCheck,
    authority: Option<&Path>,
) -> Result<ClientConfig, StoreError> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?;
    if verify == CertificateCheck::Host {
        return Ok(builder.with_root_certificates(roots(authority)?).with_no_client_auth());
    }
    let chain = match verify {
        CertificateCheck::Nothing => None,
        CertificateCheck::Authority | CertificateCheck::Host => {
            let roots = Arc::new(roots(authority)?);
            let verifier =
                WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build();
            Some(verifier.map_err(unusable)?)
        }
    };
    let lenient = Arc::new(LenientVerifier { chain, provider });
    Ok(builder.dangerous().with_custom_certificate_verifier(lenient).with_no_client_auth())
}

fn unusable(error: impl Error + Send + Sync + 'static) -> StoreError {
    StoreError::config("TLS to PostgreSQL can't be set up").caused_by(error)
}

fn roots(authority: Option<&Path>) -> Result<RootCertStore, StoreError> {
    let mut roots = RootCertStore::empty();
    if let Some(file) = authority {
        let unreadable = |cause: Box<dyn Error + Send + Sync>| {
            StoreError::config(format!("sslrootcert={} can't be used", file.display()))
                .caused_by(cause)
        };
        let file =
            File::open(file).map_err(|error| unreadable(error.into()))?.take(LONGEST_AUTHORITIES);
        for certificate in CertificateDer::pem_reader_iter(file) {
            let certificate = certificate.map_err(|error| unreadable(error.into()))?;
            roots.add(certificate).map_err(|error| unreadable(error.into()))?;
        }
        if roots.is_empty() {
            return Err(unreadable("no certificate in it".into()));
        }
    } else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            return Err(StoreError::config(
                "this system trusts no certificate authority; name one by sslrootcert=FILE",
            ));
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
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(rustls::Error::InvalidCertificate(
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
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
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
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
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
