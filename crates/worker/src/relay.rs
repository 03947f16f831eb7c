//! From what is owed to tickets.
//!
//! A pass expands follow-ups and what rooms have to be told into deliveries, and rings for what is due. It is made at the start, at every commit with
//! work, when the next retry or expired lease is due, when Redis is connected to (anew), and every 30 s whatever
//! happened: so this loop is also the reconciler that finds what a crash left behind. One worker at a time does it; as
//! long as there are others, whose retries it isn't told of, it looks every 2 s.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use candor_store::{Store, StoreError};
use tokio::{select, sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    WorkerHealth,
    channel::{CHAT, HOOKS, MAIL},
    job::counted,
    queue::WakeSignal,
};

/// A pass is made at least so often.
const RECONCILE: Duration = Duration::from_secs(30);
/// And so often while other processes work, too.
const LOOK: Duration = Duration::from_secs(2);
/// More slots than this needn't be awake for the slow lane, which may not take them.
const SLOW_TICKETS: u64 = 16;
/// Pause after a pass that failed.
const PAUSE: Duration = Duration::from_secs(1);
/// Not even skewed clocks make passes follow each other faster than this, unless there is news.
const BREATH: Duration = Duration::from_millis(100);
/// Deliveries made in the first transaction of a pass, and in each further one: enough to send at first, so that the
/// first mail doesn't wait for a long list.
const PAGE: (u32, u32) = (20, 500);

/// The relay of a process.
pub(crate) struct Relay {
    pub(crate) store: Store,
    /// The queues, and their bells.
    pub(crate) queues: Vec<(&'static str, Arc<dyn WakeSignal>)>,
    /// Queues without a way out, and the sentence for the operator when something waits there.
    pub(crate) unserved: Vec<(&'static str, &'static str)>,
    /// Where it is said that something waits on one of them.
    pub(crate) health: WorkerHealth,
    /// Rung in this process when the next due time may have changed.
    pub(crate) again: Arc<Notify>,
    /// Nothing is owed that this process doesn't hear of.
    pub(crate) alone: bool,
}

impl Relay {
    /// Passes until `stop`.
    pub(crate) async fn run(&self, stop: &CancellationToken) {
        let mut work = self.store.work();
        let mut told = BTreeSet::new();
        let mut failing = false;
        let most = if self.alone { RECONCILE } else { LOOK };
        loop {
            work.mark_unchanged();
            let pause = match self.pass(&mut told).await {
                Ok(next) => {
                    failing = false;
                    next.map_or(most, |next| next.clamp(BREATH, most))
                }
                Err(error) => {
                    if !failing {
                        tracing::warn!(%error, "what is owed can't be read; trying again every second");
                    }
                    failing = true;
                    PAUSE
                }
            };
            select! {
                () = stop.cancelled() => return,
                changed = work.changed(), if !failing => if changed.is_err() { return },
                () = self.again.notified(), if !failing => {}
                () = sleep(pause) => {}
            }
        }
    }

    /// Expands and rings; in how long something becomes due next.
    async fn pass(
        &self,
        told: &mut BTreeSet<&'static str>,
    ) -> Result<Option<Duration>, StoreError> {
        let mut page = PAGE.0;
        loop {
            // The team first, and between the pages of a long list: nobody knows better what the others are told.
            let threads = counted("expand", self.store.expand_rooms()).await?;
            self.ring(CHAT, threads);
            let made = counted("expand", self.store.expand_follow_ups(page)).await?;
            #[cfg(feature = "failpoints")]
            if made.mails > 0 {
                fail::fail_point!("ticket-owed");
            }
            page = PAGE.1;
            // Before the depth is known, and while the other pages are expanded.
            self.ring(MAIL, made.mails);
            self.ring(HOOKS, made.hooks);
            if !made.left {
                break;
            }
        }
        let mut next = None;
        let queues: Vec<_> = self.queues.iter().map(|(queue, _)| *queue).collect();
        let depths = self.store.queue_depths(&queues).await?;
        for ((_, bell), depth) in self.queues.iter().zip(depths) {
            let slow = depth.due_slow.min(SLOW_TICKETS);
            bell.ring(tickets(depth.due - depth.due_slow + slow));
            next = next.into_iter().chain(depth.next_in).min();
        }
        for &(queue, sentence) in &self.unserved {
            let waits = self.store.queue_depth(queue).await?.due > 0;
            self.health.set_unserved(queue, waits.then_some(sentence));
            if waits && told.insert(queue) {
                tracing::warn!(queue, "{sentence}");
            }
        }
        Ok(next)
    }

    fn ring(&self, queue: &str, deliveries: u64) {
        for (_, bell) in self.queues.iter().filter(|(name, _)| *name == queue && deliveries > 0) {
            bell.ring(tickets(deliveries));
        }
    }
}

fn tickets(deliveries: u64) -> u32 {
    u32::try_from(deliveries).unwrap_or(u32::MAX)
}
