//! Whether deliveries of a queue may be claimed now.
//!
//! It closes for three reasons: the process stops; a result could not be written down, so claiming more would make
//! more messages that might be repeated; or the other side is unreachable, so claiming more would only use up tries.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Notify, watch},
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::DeliveryChannel;

/// So many sends in a row must fail before the other side counts as unreachable.
const FAILURE_THRESHOLD: u32 = 3;
/// How long the other side may take to say that it is there again.
const PROBE_TIMEOUT: Duration = Duration::from_secs(10);
/// After a refusal that is about us the other side is asked so many times less often than one that doesn't answer, ...
const REFUSED_DELAY_FACTOR: u32 = 6;
/// ... and twice as seldom after each further one, down to once in this time.
const MAX_PROBE_INTERVAL: Duration = Duration::from_secs(5 * 60);
/// How often those who wait for the circuit breaker look at it.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// The breaker of one queue.
pub(crate) struct CircuitBreaker {
    stop: CancellationToken,
    relay: Arc<Notify>,
    unsaved: AtomicU32,
    failures: AtomicU32,
    /// How often it was closed by a refusal since something was accepted.
    refusals: AtomicU32,
    unreachable: watch::Sender<bool>,
    /// What the other side said, or didn't, when it was last knocked at.
    why: Mutex<String>,
}

impl CircuitBreaker {
    /// A breaker that is open until `stop`; `relay` is told when it opens again.
    pub(crate) fn new(stop: CancellationToken, relay: Arc<Notify>) -> Self {
        Self {
            stop,
            relay,
            unsaved: AtomicU32::new(0),
            failures: AtomicU32::new(0),
            refusals: AtomicU32::new(0),
            unreachable: watch::Sender::new(false),
            why: Mutex::default(),
        }
    }

    /// Whether deliveries may be claimed.
    pub(crate) fn is_open(&self) -> bool {
        !self.stop.is_cancelled()
            && self.unsaved.load(Ordering::Acquire) == 0
            && !*self.unreachable.borrow()
    }

    /// Ends when deliveries may be claimed. Rarely waited for, so it looks every now and then.
    pub(crate) async fn opened(&self) {
        while !self.is_open() {
            sleep(POLL_INTERVAL).await;
        }
    }

    /// Why the other side can't be reached, if it can't.
    pub(crate) fn problem(&self) -> Option<String> {
        let why = self.why.lock().unwrap_or_else(PoisonError::into_inner);
        self.unreachable.borrow().then(|| match why.as_str() {
            "" => "the other side does not answer".to_owned(),
            why => why.to_owned(),
        })
    }

    fn set_why(&self, error: String) {
        *self.why.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }

    /// Ends when the process stops.
    pub(crate) async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    /// Keeps the circuit breaker closed as long as the answer lives: a result waits to be written down.
    pub(crate) fn unsaved(&self) -> UnsavedResult<'_> {
        self.unsaved.fetch_add(1, Ordering::AcqRel);
        UnsavedResult(self)
    }

    /// A send got an answer, good or bad.
    pub(crate) fn answered(&self) {
        self.failures.store(0, Ordering::Release);
    }

    /// Something was accepted.
    pub(crate) fn accepted(&self) {
        self.refusals.store(0, Ordering::Release);
        self.answered();
    }

    /// A send got no answer. The breaker closes when that happens again and again.
    pub(crate) fn unanswered(&self, error: &str) {
        if self.failures.fetch_add(1, Ordering::AcqRel) + 1 >= FAILURE_THRESHOLD {
            self.close(error);
        }
    }

    /// A send got a refusal that is about us: the circuit breaker closes.
    pub(crate) fn refused(&self, error: &str) {
        if !*self.unreachable.borrow() {
            self.refusals.fetch_add(1, Ordering::AcqRel);
            self.close(error);
        }
    }

    fn close(&self, error: &str) {
        self.set_why(error.to_owned());
        self.unreachable.send_replace(true);
    }

    /// How long it waits before the other side is asked.
    fn pause(&self, usual: Duration) -> Duration {
        match self.refusals.load(Ordering::Acquire) {
            0 => usual,
            again => (usual * REFUSED_DELAY_FACTOR * 2_u32.saturating_pow((again - 1).min(8)))
                .min(MAX_PROBE_INTERVAL),
        }
    }

    /// Knocks at the other side every `pause` while it is unreachable, and opens the circuit breaker when it answers.
    pub(crate) async fn probe(&self, channel: &dyn DeliveryChannel, pause: Duration) {
        let mut unreachable = self.unreachable.subscribe();
        while unreachable.wait_for(|&unreachable| unreachable).await.is_ok() {
            tracing::warn!(
                queue = channel.queue().as_str(),
                why = self.problem(),
                "the other side takes nothing from us; nothing is claimed until it does"
            );
            loop {
                sleep(self.pause(pause)).await;
                match timeout(PROBE_TIMEOUT, channel.reachable()).await {
                    Ok(Ok(())) => break,
                    Ok(Err(error)) => {
                        tracing::debug!(queue = channel.queue().as_str(), error, "no answer");
                        self.set_why(error);
                    }
                    Err(_) => {
                        tracing::debug!(queue = channel.queue().as_str(), "no answer in time");
                    }
                }
            }
            tracing::info!(queue = channel.queue().as_str(), "the other side answers again");
            self.answered();
            self.unreachable.send_replace(false);
            self.relay.notify_one();
        }
    }
}

/// A result that waits to be written down.
pub(crate) struct UnsavedResult<'a>(&'a CircuitBreaker);

impl Drop for UnsavedResult<'_> {
    fn drop(&mut self) {
        if self.0.unsaved.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.relay.notify_one();
        }
    }
}
