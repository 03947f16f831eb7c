//! The circuit breaker of a queue: whether deliveries may be claimed now.
//!
//! Three things prevent that: the process stops; a result could not be recorded, so claiming more would make more
//! messages that might be repeated; or the other side is unreachable, so claiming more would only use up attempts.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Notify, watch},
    time::sleep,
};
use tokio_util::sync::CancellationToken;

/// The other side counts as unreachable after this many failed sends in a row.
const FAILURE_THRESHOLD: u32 = 3;
/// After a rejection that concerns us, the other side is probed less often than one that doesn't answer, by this
/// factor, …
const REFUSED_DELAY_FACTOR: u32 = 6;
/// … and half as often after each further one, down to once in this time.
const MAX_PROBE_INTERVAL: Duration = Duration::from_secs(5 * 60);
/// How often callers that wait check again.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// The circuit breaker of one queue.
pub(crate) struct CircuitBreaker {
    stop: CancellationToken,
    relay: Arc<Notify>,
    unrecorded: AtomicU32,
    failures: AtomicU32,
    /// How many rejections have tripped it since a delivery was accepted.
    rejections: AtomicU32,
    tripped: watch::Sender<bool>,
    /// The other side's last error.
    why: Mutex<String>,
}

impl CircuitBreaker {
    /// Allows claims until `stop`; `relay` is notified when it allows them again.
    pub(crate) fn new(stop: CancellationToken, relay: Arc<Notify>) -> Self {
        Self {
            stop,
            relay,
            unrecorded: AtomicU32::new(0),
            failures: AtomicU32::new(0),
            rejections: AtomicU32::new(0),
            tripped: watch::Sender::new(false),
            why: Mutex::default(),
        }
    }

    /// Whether deliveries may be claimed.
    pub(crate) fn allows_claims(&self) -> bool {
        !self.stop.is_cancelled()
            && self.unrecorded.load(Ordering::Acquire) == 0
            && !*self.tripped.borrow()
    }

    /// Waits until deliveries may be claimed.
    pub(crate) async fn wait_until_allowed(&self) {
        while !self.allows_claims() {
            sleep(POLL_INTERVAL).await;
        }
    }

    /// Why the other side is unreachable, if it is.
    pub(crate) fn problem(&self) -> Option<String> {
        let why = self.why.lock().unwrap_or_else(PoisonError::into_inner);
        self.tripped.borrow().then(|| match why.as_str() {
            "" => "the other side does not answer".to_owned(),
            why => why.to_owned(),
        })
    }

    /// Sets why the other side is unreachable.
    pub(crate) fn set_why(&self, error: String) {
        *self.why.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }

    /// Waits until the process stops.
    pub(crate) async fn stopped(&self) {
        self.stop.cancelled().await;
    }

    /// Stops claims until the guard is dropped, because a result is waiting to be recorded.
    pub(crate) fn unrecorded(&self) -> UnrecordedResult<'_> {
        self.unrecorded.fetch_add(1, Ordering::AcqRel);
        UnrecordedResult(self)
    }

    /// A send got an answer, whatever it was.
    pub(crate) fn answered(&self) {
        self.failures.store(0, Ordering::Release);
    }

    /// A delivery was accepted.
    pub(crate) fn accepted(&self) {
        self.rejections.store(0, Ordering::Release);
        self.answered();
    }

    /// A send got no answer. Trips after several in a row.
    pub(crate) fn unanswered(&self, error: &str) {
        if self.failures.fetch_add(1, Ordering::AcqRel) + 1 >= FAILURE_THRESHOLD {
            self.trip(error);
        }
    }

    /// A send got a rejection that concerns us. Trips at once.
    pub(crate) fn refused(&self, error: &str) {
        if !*self.tripped.borrow() {
            self.rejections.fetch_add(1, Ordering::AcqRel);
            self.trip(error);
        }
    }

    fn trip(&self, error: &str) {
        self.set_why(error.to_owned());
        self.tripped.send_replace(true);
    }

    /// Waits until it has tripped; false if it never can again.
    pub(crate) async fn wait_until_tripped(&self) -> bool {
        self.tripped.subscribe().wait_for(|&tripped| tripped).await.is_ok()
    }

    /// How long to wait before the next probe.
    pub(crate) fn probe_delay(&self, interval: Duration) -> Duration {
        match self.rejections.load(Ordering::Acquire) {
            0 => interval,
            rejections => {
                let factor = REFUSED_DELAY_FACTOR * 2_u32.saturating_pow((rejections - 1).min(8));
                (interval * factor).min(MAX_PROBE_INTERVAL)
            }
        }
    }

    /// The other side answers again.
    pub(crate) fn reset(&self) {
        self.answered();
        self.tripped.send_replace(false);
        self.relay.notify_one();
    }
}

/// A result that is waiting to be recorded.
pub(crate) struct UnrecordedResult<'a>(&'a CircuitBreaker);

impl Drop for UnrecordedResult<'_> {
    fn drop(&mut self) {
        if self.0.unrecorded.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.relay.notify_one();
        }
    }
}
