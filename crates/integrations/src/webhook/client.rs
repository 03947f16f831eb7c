//! Calls an address that anybody may have given.
//!
//! The name is resolved here, every address that it has must be one that may be called, and the connection goes to one
//! of those: nothing is resolved a second time, so a name can't point elsewhere meanwhile. No connection is kept for the
//! next message, no redirect is followed, no proxy of the environment is used.

use std::{error::Error as _, fmt, net::SocketAddr, sync::Arc, time::Duration};

use candor_core::HookUrl;
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use reqwest::{
    Client, Response, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{HeaderMap, RETRY_AFTER},
};

use super::{AllowedTargets, RefusedUrl, Targets};
use crate::http::{self, HttpSetupError};

/// How long a call may take, its answer included.
const TIMEOUT: Duration = Duration::from_secs(15);
/// The longest answer that is read, in bytes.
const MAX_ANSWER: usize = 64 * 1024;

/// How addresses are called.
#[derive(Clone)]
pub struct HookSettings {
    /// Where the page is reached: never called.
    pub site_url: String,
    /// What is called although it is not public.
    pub allow: AllowedTargets,
    /// How long a call may take.
    pub timeout: Duration,
    /// The resolver of host names.
    pub resolver: Arc<dyn Resolve>,
}

impl HookSettings {
    /// The usual ones: 15 seconds, the system's resolver.
    #[must_use]
    pub fn new(site_url: impl Into<String>, allow: AllowedTargets) -> Self {
        Self {
            site_url: site_url.into(),
            allow,
            timeout: TIMEOUT,
            resolver: Arc::new(SystemResolver),
        }
    }
}

impl fmt::Debug for HookSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookSettings").field("allow", &self.allow).finish_non_exhaustive()
    }
}

/// What was answered with a 2xx.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookResponse {
    /// The status.
    pub status: u16,
    /// What was said, as far as it was wanted; never shown to anybody.
    pub body: Vec<u8>,
}

/// Why a message didn't arrive. It holds no part of the address, and nothing of what was answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// The address is none that is called.
    #[error("the address is not called: {0}")]
    Refused(#[from] RefusedUrl),
    /// The other side wants no more messages (410).
    #[error("HTTP 410: the other side wants nothing any more")]
    Gone,
    /// Another time, perhaps.
    #[error("{error}")]
    Later {
        /// It asked not to be tried before that time has passed.
        wait: Option<Duration>,
        /// What happened.
        error: String,
    },
}

impl WebhookError {
    fn later(error: impl Into<String>) -> Self {
        Self::Later { wait: None, error: error.into() }
    }
}

/// Calls the addresses that subscribers gave.
#[derive(Debug, Clone)]
pub struct HookClient {
    targets: Arc<Targets>,
    secure: Client,
    plain: Client,
}

impl HookClient {
    /// Gets ready; nothing is called.
    ///
    /// # Errors
    /// The HTTP client can't be set up.
    pub fn new(settings: &HookSettings) -> Result<Self, HttpSetupError> {
        let targets = Arc::new(Targets::new(&settings.site_url, settings.allow.clone()));
        let client = |plain| -> Result<Client, HttpSetupError> {
            let lookup = settings.resolver.clone();
            let builder = http::builder()?
                .retry(reqwest::retry::never())
                .referer(false)
                .no_proxy()
                .http1_only()
                .pool_max_idle_per_host(0)
                .dns_resolver(Guard { lookup, targets: targets.clone(), plain })
                .connect_timeout(settings.timeout)
                .timeout(settings.timeout);
            Ok(builder.build()?)
        };
        Ok(Self { secure: client(false)?, plain: client(true)?, targets })
    }

    /// Posts JSON there. `listen`: whether the answer's body is wanted, up to 64 KiB.
    ///
    /// # Errors
    /// It didn't arrive, or it isn't known whether it did.
    pub async fn post(
        &self,
        to: &HookUrl,
        headers: HeaderMap,
        body: String,
        listen: bool,
    ) -> Result<WebhookResponse, WebhookError> {
        let url = self.targets.check(to.as_str())?;
        let client = if url.scheme() == "http" { &self.plain } else { &self.secure };
        let request = client.post(url).headers(headers).header("content-type", "application/json");
        let response = request.body(body).send().await.map_err(|error| unanswered(&error))?;
        let status = response.status();
        if status.is_success() {
            let body = if listen { body_of(response).await } else { Vec::new() };
            return Ok(WebhookResponse { status: status.as_u16(), body });
        }
        if status == StatusCode::GONE {
            return Err(WebhookError::Gone);
        }
        let error = format!("HTTP {}", status.as_u16());
        Err(WebhookError::Later { wait: wait(status, response.headers()), error })
    }
}

/// The body, up to the wanted length. If it breaks off, the part that came counts.
async fn body_of(mut response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        let remaining = MAX_ANSWER.saturating_sub(body.len());
        body.extend(chunk.iter().take(remaining));
        if body.len() >= MAX_ANSWER {
            break;
        }
    }
    body
}

/// How long it asks us to wait, in seconds or until a date (RFC 9110, 10.2.3).
fn wait(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let slow_down = matches!(status.as_u16(), 429 | 502..=504);
    let given = headers.get(RETRY_AFTER).filter(|_| slow_down)?.to_str().ok()?.trim();
    if let Ok(seconds) = given.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::DateTimeParser::new().parse_timestamp(given).ok()?;
    let wait: SignedDuration = until.duration_since(Timestamp::now());
    wait.try_into().ok()
}

/// What went wrong, in words without an address.
fn unanswered(error: &reqwest::Error) -> WebhookError {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(refused) = cause.downcast_ref::<RefusedUrl>() {
            return WebhookError::Refused(*refused);
        }
        source = cause.source();
    }
    WebhookError::later(match () {
        () if error.is_timeout() => "no answer in time",
        () if error.is_connect() => "no connection",
        () => "the connection broke off",
    })
}

/// Turns names into addresses, and refuses those that have one which may not be called.
struct Guard {
    lookup: Arc<dyn Resolve>,
    targets: Arc<Targets>,
    /// For connections without TLS: only what is allowed by name or network.
    plain: bool,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (targets, plain) = (self.targets.clone(), self.plain);
        let host = name.as_str().to_owned();
        let found = self.lookup.resolve(name);
        Box::pin(async move {
            let found: Vec<SocketAddr> = found.await?.collect();
            if found.iter().all(|address| targets.may_connect(&host, address.ip(), plain)) {
                let found: Addrs = Box::new(found.into_iter());
                return Ok(found);
            }
            Err(RefusedUrl::NotPublic.into())
        })
    }
}

/// The system's resolver.
struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Addrs = Box::new(found.collect::<Vec<_>>().into_iter());
            Ok(found)
        })
    }
}
