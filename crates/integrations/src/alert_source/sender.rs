//! Calls our own alert hook as a monitoring system would, for `candor simulate`.

use std::time::Duration;

use reqwest::Client;

use crate::http::{self, HttpSetupError};

/// How long connecting may take, and how long the whole call.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(15);

/// Why a call got no answer. It never holds the URL, which may contain the secret.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The call could not be prepared.
    #[error(transparent)]
    Setup(#[from] HttpSetupError),
    /// No answer came.
    #[error("the hook can't be reached")]
    Unreachable(#[source] reqwest::Error),
}

/// Posts `body` as JSON to `url`, with `secret` as a bearer token; returns the status of the answer, whatever it is.
///
/// # Errors
/// There was no answer within 15 seconds.
pub async fn send(url: &str, secret: Option<&str>, body: String) -> Result<u16, SendError> {
    let mut request = client()?.post(url).header("content-type", "application/json").body(body);
    if let Some(secret) = secret {
        request = request.bearer_auth(secret);
    }
    let answer = request.send().await;
    let answer = answer.map_err(|error| SendError::Unreachable(error.without_url()))?;
    Ok(answer.status().as_u16())
}

/// The hook is our own, so no proxy is used.
fn client() -> Result<Client, HttpSetupError> {
    let builder = http::builder()?.no_proxy().connect_timeout(CONNECT_TIMEOUT).timeout(TIMEOUT);
    Ok(builder.build()?)
}
