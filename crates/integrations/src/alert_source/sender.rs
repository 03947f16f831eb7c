//! Sends a call to a hook as a provider would: for `candor simulate`.

use std::{sync::Arc, time::Duration};

use reqwest::{Client, redirect};
use rustls::{ClientConfig, RootCertStore, crypto::ring};

/// How long connecting may take, and how long the whole call.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(15);

/// Why a call didn't get an answer; never with the secret, which may stand in the URL.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The TLS set-up of this machine can't be used.
    #[error("TLS can't be set up: {0}")]
    Tls(String),
    /// Nobody answered.
    #[error("the hook can't be reached: {0}")]
    Unreachable(String),
}

/// Posts `body` as JSON to `url`, with `secret` as a bearer token; the status that came back, whatever it is.
///
/// # Errors
/// There was no answer within 15 seconds.
pub async fn send(url: &str, secret: Option<&str>, body: String) -> Result<u16, SendError> {
    let unreachable = |error: reqwest::Error| SendError::Unreachable(causes(&error.without_url()));
    let mut request = client()?.post(url).header("content-type", "application/json").body(body);
    if let Some(secret) = secret {
        request = request.bearer_auth(secret);
    }
    Ok(request.send().await.map_err(unreachable)?.status().as_u16())
}

/// A client that follows no redirect and uses no proxy (the hook is our own), and that brings its own TLS provider, so that nothing is
/// assumed about the process it runs in.
fn client() -> Result<Client, SendError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| SendError::Tls(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .user_agent(concat!("candor/", env!("CARGO_PKG_VERSION")))
        .no_proxy()
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .timeout(TIMEOUT)
        .build()
        .map_err(|error| SendError::Tls(causes(&error)))
}

/// The error and what is behind it, in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        line = format!("{line}: {cause}");
        source = cause.source();
    }
    line
}
