//! The lead: what must be done by one worker at a time is done by the one that holds the lease.

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

/// What is led.
const NAME: &str = "relay";
/// How long the lead is ours after we asked for it. With a try every second, somebody else leads within 10 s.
const LEASE: Duration = Duration::from_secs(9);
/// How often the lease is renewed.
const RENEW_INTERVAL: Duration = Duration::from_secs(3);
/// How often it is asked for by those who don't lead, and by one whose renewal failed.
const RETRY_INTERVAL: Duration = Duration::from_secs(1);
/// We stop this long before the lease ends, because stopping takes time, too.
const STOP_MARGIN: Duration = Duration::from_secs(1);
/// Who leads has a clock that differs from the database's by no more than this.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);
/// A goodbye may take so long.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// One who may lead.
pub(crate) struct LeaderElection {
    store: Store,
    /// By which this process is known.
    holder: String,
    /// No other process can live: it leads without asking.
    alone: bool,
    clock_is_right: AtomicBool,
}

impl LeaderElection {
    pub(crate) fn new(store: Store, holder: String, alone: bool) -> Self {
        Self { store, holder, alone, clock_is_right: AtomicBool::new(true) }
    }

    /// Does `work` whenever this process leads, until `stop`; then gives the lead up. Work that is under way when the
    /// lead is lost is dropped.
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

    /// Renews the lease that was asked for then; ends when it is lost, before somebody else can have it.
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

    /// Whether we lead; none if the database doesn't say. A process whose clock is wrong doesn't: it would put wrong times
    /// on what it sends.
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
