//! Leader election: the holder of a lease in SQL does the work that one worker does for all.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use candor_store::Store;
use jiff::{SignedDuration, Timestamp};
use tokio::{
    select,
    time::{Instant, sleep, sleep_until, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

/// The name of the lease.
const NAME: &str = "relay";
/// How long a lease lasts. Since others try every second, another worker leads within 10 s.
const LEASE: Duration = Duration::from_secs(9);
/// How often the lease is renewed.
const RENEW_INTERVAL: Duration = Duration::from_secs(3);
/// How often others try to take it, and the holder after a failed renewal.
const RETRY_INTERVAL: Duration = Duration::from_secs(1);
/// The leader stops this long before its lease ends, because stopping takes time.
const STOP_MARGIN: Duration = Duration::from_secs(1);
/// How far the leader's clock may differ from the database's.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);
/// How long the last call may take.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// A process's part in the election.
pub(crate) struct LeaderElection {
    store: Store,
    /// This process's unique name.
    holder: String,
    /// No other process can exist: this one leads without asking.
    alone: bool,
    clock_is_right: AtomicBool,
}

impl LeaderElection {
    pub(crate) fn new(store: Store, holder: String, alone: bool) -> Self {
        Self { store, holder, alone, clock_is_right: AtomicBool::new(true) }
    }

    /// Runs `work` whenever this process leads, until `stop`; then releases the lease. Work under way is dropped when
    /// the lease is lost.
    pub(crate) async fn run<W>(&self, stop: &CancellationToken, work: impl Fn() -> W)
    where
        W: Future<Output = ()>,
    {
        let leads = metrics::gauge!("candor_leader");
        leads.set(if self.alone { 1.0 } else { 0.0 });
        if self.alone {
            return work().await;
        }
        while !stop.is_cancelled() {
            let asked = Instant::now();
            let taken = select! {
                taken = timeout(LEASE - STOP_MARGIN, self.ask()) => taken == Ok(Some(true)),
                () = stop.cancelled() => break,
            };
            if taken {
                tracing::info!("this worker leads");
                leads.set(1.0);
                select! {
                    () = work() => {}
                    () = self.renew(asked) => tracing::warn!("this worker leads no longer"),
                    () = stop.cancelled() => {}
                }
                leads.set(0.0);
            }
            select! {
                () = sleep(RETRY_INTERVAL) => {}
                () = stop.cancelled() => {}
            }
        }
        let given_up = timeout(SHUTDOWN_TIMEOUT, self.store.yield_lead(NAME, &self.holder)).await;
        if !given_up.is_ok_and(|given_up| given_up.is_ok()) {
            tracing::debug!("the lead, if we had it, was not given up; it runs out");
        }
    }

    /// Renews the lease that was taken at `asked`. Returns when it is lost, before another worker can have it.
    async fn renew(&self, mut asked: Instant) {
        let mut pause = RENEW_INTERVAL;
        loop {
            let end = asked + LEASE - STOP_MARGIN;
            sleep_until((Instant::now() + pause).min(end)).await;
            let now = Instant::now();
            match timeout_at(end, self.ask()).await {
                Ok(Some(true)) => (asked, pause) = (now, RENEW_INTERVAL),
                Ok(None) => pause = RETRY_INTERVAL,
                Ok(Some(false)) | Err(_) => return,
            }
            if Instant::now() >= asked + LEASE - STOP_MARGIN {
                return;
            }
        }
    }

    /// Whether this process leads; none if the database doesn't answer. A process with a wrong clock doesn't lead,
    /// since it would put wrong times on what it sends.
    async fn ask(&self) -> Option<bool> {
        let off = Timestamp::now().duration_since(self.store.now().await.ok()?).abs();
        let is_right = off <= CLOCK_TOLERANCE;
        if is_right != self.clock_is_right.swap(is_right, Ordering::Relaxed) {
            if is_right {
                tracing::info!("this machine's clock is right again");
            } else {
                tracing::error!(
                    seconds = off.as_secs(),
                    "this machine's clock and the database's differ: this worker does not lead until they agree"
                );
            }
        }
        if is_right {
            self.store.take_lead(NAME, &self.holder, LEASE).await.ok()
        } else {
            Some(false)
        }
    }
}
