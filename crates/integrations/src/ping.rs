//! A dead man's switch: an address of someone else that is called as long as Candor works.
//!
//! Its owner tells the operator when the calls stop (Healthchecks.io, Dead Man's Snitch, Cronitor): a process that is dead
//! reports nothing itself.

use reqwest::{Client, Url};

use crate::http::{self, HttpSetupError};

/// An address to call. It may hold a secret, so it is never shown.
#[derive(Clone)]
pub struct PingTarget {
    client: Client,
    url: Url,
}

/// Why an address can't be called.
#[derive(Debug, thiserror::Error)]
pub enum InvalidPingTarget {
    /// It can't be read, or isn't safe.
    #[error("it is not an address that begins with https://")]
    NotHttps,
    /// The client can't be made.
    #[error(transparent)]
    Setup(#[from] HttpSetupError),
}

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum PingError {
    /// There was no answer.
    #[error("it can't be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The answer says that it was not taken.
    #[error("it answered {0}")]
    Refused(u16),
}

impl PingTarget {
    /// Reads an address: https, or this machine's own.
    ///
    /// # Errors
    /// It isn't such an address, or TLS can't be set up.
    pub fn new(url: &str) -> Result<Self, InvalidPingTarget> {
        let url: Url = url.parse().map_err(|_unreadable| InvalidPingTarget::NotHttps)?;
        if !http::is_safe(&url) {
            return Err(InvalidPingTarget::NotHttps);
        }
        Ok(Self { client: http::client(&url)?, url })
    }

    /// Calls it once, by GET.
    ///
    /// # Errors
    /// It doesn't answer within 10 seconds, or not with 2xx.
    pub async fn ping(&self) -> Result<(), PingError> {
        let answer = self.client.get(self.url.clone()).send().await;
        let answer = answer.map_err(|error| PingError::Unreachable(error.without_url()))?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(PingError::Refused(status.as_u16())) }
    }
}

impl std::fmt::Debug for PingTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PingTarget(…)")
    }
}
