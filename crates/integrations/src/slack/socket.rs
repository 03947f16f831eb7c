//! Socket Mode: Slack's requests come over a connection that we open, for sites behind a firewall (docs.slack.dev,
//! "Using Socket Mode").
//!
//! An envelope is acknowledged when it has been taken, never before: one that isn't comes again.

mod connection;

use std::{future::Future, sync::Arc, time::Duration};

use candor_core::ErrorChain;
use serde_json::Value;
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{api::Api, inbound::Inbound};
use crate::{Credential, http};
use connection::{ConnectionEvent, SocketConnection};

/// How long to wait before the next try, at first and at most.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const MAX_WAIT: Duration = Duration::from_secs(30);
/// A connection that lasted this long was good: after it, the retry delay starts from its minimum.
const GOOD: Duration = Duration::from_secs(10);
/// How long handlers under way may take to answer when all ends.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// Something that Slack sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SocketEnvelope {
    /// What it says.
    pub inbound: Inbound,
    /// Whether the answer may have a payload: for a submission, what the modal does next.
    pub accepts_payload: bool,
    /// How often it was sent before.
    pub retry: u64,
}

/// The outcome of an envelope.
#[derive(Debug, Clone, PartialEq)]
pub enum EnvelopeReply {
    /// It is taken.
    Taken,
    /// It is taken, and this is the answer to the person.
    With(Value),
    /// It isn't, and should come again.
    NotTaken,
}

impl From<Option<Value>> for EnvelopeReply {
    fn from(payload: Option<Value>) -> Self {
        payload.map_or(Self::Taken, Self::With)
    }
}

/// How the connection is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketStatus {
    /// Not there yet.
    Connecting,
    /// Slack said hello.
    Connected,
    /// There is none, and why: one sentence.
    Trouble(String),
}

/// Keeps a connection to Slack until `stop`, and gives each envelope to `handler`, in a task of its own.
///
/// It never fails: it reconnects, after 1 s to 30 s. It ends when the handlers under way have answered, but no
/// later than 3 s after `stop`.
pub async fn run<H, F>(api: Api, app_token: Credential, handler: H, stop: CancellationToken)
where
    H: Fn(SocketEnvelope) -> F + Send + Sync + 'static,
    F: Future<Output: Into<EnvelopeReply>> + Send + 'static,
{
    run_watched(api, app_token, handler, stop, &watch::Sender::new(SocketStatus::Connecting)).await;
}

/// The same, and says how the connection is: for the health of the whole.
pub async fn run_watched<H, F>(
    api: Api,
    app_token: Credential,
    handler: H,
    stop: CancellationToken,
    status: &watch::Sender<SocketStatus>,
) where
    H: Fn(SocketEnvelope) -> F + Send + Sync + 'static,
    F: Future<Output: Into<EnvelopeReply>> + Send + 'static,
{
    let handler = Arc::new(handler);
    // Every line and every handler holds a sender: when all are gone, nothing is under way.
    let (under_way, mut all_done) = mpsc::channel::<()>(1);
    let mut wait = FIRST_WAIT;
    while !stop.is_cancelled() {
        let (lived, is_replaced, not_before) = tokio::select! {
            () = stop.cancelled() => break,
            opened = open(&api, &app_token) => match opened {
                Ok(line) => {
                    let since = Instant::now();
                    let news = serve(line, &handler, &stop, status, &under_way).await;
                    if news == ConnectionEvent::Lost && !stop.is_cancelled() {
                        trouble(status, "the connection to Slack was lost".to_owned());
                    }
                    (since.elapsed(), news == ConnectionEvent::Ending, Duration::ZERO)
                }
                Err(SocketError { why, not_before }) => {
                    trouble(status, why);
                    (Duration::ZERO, false, not_before)
                }
            },
        };
        let was_good = lived >= GOOD;
        if was_good {
            wait = FIRST_WAIT;
        }
        // After "this connection will be closed", the next one is opened at once, while it lasts.
        let pause = if was_good && is_replaced { Duration::ZERO } else { wait.max(not_before) };
        wait = (wait * 2).min(MAX_WAIT);
        tokio::select! {
            () = stop.cancelled() => break,
            () = sleep(pause) => {}
        }
    }
    drop(under_way);
    drop(timeout(LAST_WORDS, all_done.recv()).await);
}

/// Serves a line in a task of its own until it is time for the next one.
async fn serve<H, F>(
    line: SocketConnection,
    handler: &Arc<H>,
    stop: &CancellationToken,
    status: &watch::Sender<SocketStatus>,
    under_way: &mpsc::Sender<()>,
) -> ConnectionEvent
where
    H: Fn(SocketEnvelope) -> F + Send + Sync + 'static,
    F: Future<Output: Into<EnvelopeReply>> + Send + 'static,
{
    let (news, mut heard) = mpsc::channel(4);
    let (handler, stop) = (Arc::clone(handler), stop.clone());
    tokio::spawn(line.hold(handler, stop, news, under_way.clone()));
    loop {
        match heard.recv().await.unwrap_or(ConnectionEvent::Lost) {
            ConnectionEvent::Hello => {
                tracing::info!("connected to Slack (Socket Mode)");
                status.send_replace(SocketStatus::Connected);
            }
            news @ (ConnectionEvent::Ending | ConnectionEvent::Lost) => return news,
        }
    }
}

fn trouble(status: &watch::Sender<SocketStatus>, why: String) {
    tracing::warn!(why, "no connection to Slack (Socket Mode)");
    status.send_replace(SocketStatus::Trouble(why));
}

/// Why there is no connection.
struct SocketError {
    why: String,
    not_before: Duration,
}

async fn open(api: &Api, app_token: &Credential) -> Result<SocketConnection, SocketError> {
    let url = api.open_connection(app_token).await.map_err(|error| SocketError {
        why: error.to_string(),
        not_before: error.retry_after.unwrap_or_default(),
    })?;
    let tls = http::tls().map_err(|error| SocketError {
        why: ErrorChain(&error).to_string(),
        not_before: MAX_WAIT,
    })?;
    // Not in the library's words: they may hold the address, which lets anybody in.
    let unreachable =
        || SocketError { why: "Slack can't be reached".to_owned(), not_before: Duration::ZERO };
    SocketConnection::open(&url, tls).await.ok_or_else(unreachable)
}
