//! The one HTTP client of this crate, which addresses it may call, and the TLS below it.

use std::{net::IpAddr, sync::Arc, time::Duration};

use reqwest::{Client, ClientBuilder, Response, Url, redirect};
use rustls::{ClientConfig, RootCertStore, crypto::ring};

/// How long connecting may take, unless set otherwise.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long a call may take, its answer included, unless set otherwise.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The longest answer that is read, in bytes: 500 Slack channels with their topics are well below 1 MiB.
const MAX_ANSWER: usize = 8 * 1024 * 1024;

/// Why an HTTP client can't be made.
#[derive(Debug, thiserror::Error)]
pub enum HttpSetupError {
    /// rustls refuses the cryptography that it is given.
    #[error("TLS can't be set up")]
    Tls(#[from] rustls::Error),
    /// reqwest refuses its settings.
    #[error("the HTTP client can't be set up")]
    Client(#[from] reqwest::Error),
}

/// TLS by rustls with ring and the system's authorities, whatever the process has set up for itself.
pub(crate) fn tls() -> Result<ClientConfig, HttpSetupError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// What all clients have in common. None follows a redirect: a token or a message is for one address only.
pub(crate) fn builder() -> Result<ClientBuilder, HttpSetupError> {
    Ok(Client::builder()
        .tls_backend_preconfigured(tls()?)
        .user_agent(concat!("candor/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT))
}

/// A client for `base`. A proxy of the environment is used, but not for this machine itself.
pub(crate) fn client(base: &Url) -> Result<Client, HttpSetupError> {
    let mut builder = builder()?;
    if is_loopback(base) {
        builder = builder.no_proxy();
    }
    Ok(builder.build()?)
}

/// Whether what is sent there can't be read on the way: by TLS, or because it never leaves this machine.
pub(crate) fn is_safe(url: &Url) -> bool {
    url.host_str().is_some_and(|host| !host.is_empty())
        && (url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)))
}

/// Whether it is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// The answer's body, read up to [`MAX_ANSWER`].
pub(crate) async fn body(mut response: Response) -> Result<Vec<u8>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            break;
        }
    }
    Ok(body)
}
