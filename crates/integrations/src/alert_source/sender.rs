//! Calls our own alert hook as a monitoring system would, for `candor simulate`.

use std::time::Duration;

use reqwest::Client;

use crate::http;

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

/// The hook is our own: no proxy stands before it.
fn client() -> Result<Client, SendError> {
    let builder = http::builder().map_err(SendError::Tls)?;
    let builder = builder.no_proxy().connect_timeout(CONNECT_TIMEOUT).timeout(TIMEOUT);
    builder.build().map_err(|error| SendError::Tls(causes(&error)))
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
