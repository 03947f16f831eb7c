//! From what is owed to tickets.
//!
//! A pass expands outbox entries and what rooms have to be told into deliveries, and rings for what is due. It is made at the start, at every commit with
//! work, when the next retry or expired lease is due, when Redis is connected to (anew), and every 30 s whatever
//! happened: so this loop is also the reconciler that finds what a crash left behind. One worker at a time does it; as
//! long as there are others, whose retries it isn't told of, it looks every 2 s.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use candor_store::{Queue, Store, StoreError};
use tokio::{select, sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{WorkerHealth, job::counted, queue::WakeSignal};

/// A pass is made at least so often.
const RECONCILE_INTERVAL: Duration = Duration::from_secs(30);
/// And so often while other processes work, too.
const SHARED_POLL_INTERVAL: Duration = Duration::from_secs(2);
/// More slots than this needn't be awake for the slow lane, which may not take them.
const MAX_SLOW_WAKE_UPS: u64 = 16;
/// Pause after a pass that failed.
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// Not even skewed clocks make passes follow each other faster than this, unless there is news.
const MIN_INTERVAL: Duration = Duration::from_millis(100);
/// Deliveries made in the first transaction of a pass, and in each further one: enough to send at first, so that the
/// first mail doesn't wait for a long list.
const PAGE_SIZES: (u32, u32) = (20, 500);

/// The relay of a process.
pub(crate) struct Relay {
    pub(crate) store: Store,
    /// The queues, and their bells.
    pub(crate) queues: Vec<(Queue, Arc<dyn WakeSignal>)>,
    /// Queues without a way out, and the sentence for the operator when something waits there.
    pub(crate) unserved: Vec<(Queue, &'static str)>,
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
        let most = if self.alone { RECONCILE_INTERVAL } else { SHARED_POLL_INTERVAL };
        loop {
            work.mark_unchanged();
            let pause = match self.pass(&mut told).await {
                Ok(next) => {
                    failing = false;
                    next.map_or(most, |next| next.clamp(MIN_INTERVAL, most))
                }
                Err(error) => {
                    if !failing {
                        tracing::warn!(error = %error.chain(), "what is owed can't be read; trying again every second");
                    }
                    failing = true;
                    RETRY_DELAY
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
    async fn pass(&self, told: &mut BTreeSet<Queue>) -> Result<Option<Duration>, StoreError> {
        let mut page = PAGE_SIZES.0;
        loop {
            // The team first, and between the pages of a long list: nobody knows better what the others are told.
            let threads = counted("expand", self.store.expand_chat()).await?;
            self.ring(Queue::Chat, threads);
            let made = counted("expand", self.store.expand_outbox(page)).await?;
            #[cfg(feature = "failpoints")]
            if made.mails > 0 {
                fail::fail_point!("ticket-owed");
            }
            page = PAGE_SIZES.1;
            // Before the depth is known, and while the other pages are expanded.
            self.ring(Queue::Mail, made.mails);
            self.ring(Queue::Hooks, made.hooks);
            if !made.left {
                break;
            }
        }
        let mut next = None;
        let queues: Vec<_> = self.queues.iter().map(|(queue, _)| *queue).collect();
        let depths = self.store.queue_depths(&queues).await?;
        for ((_, bell), depth) in self.queues.iter().zip(depths) {
            let slow = depth.due_slow.min(MAX_SLOW_WAKE_UPS);
            bell.ring(tickets(depth.due - depth.due_slow + slow));
            next = next.into_iter().chain(depth.next_in).min();
        }
        for &(queue, sentence) in &self.unserved {
            let waits = self.store.queue_depth(queue).await?.due > 0;
            self.health.set_unserved(queue, waits.then_some(sentence));
            if waits && told.insert(queue) {
                tracing::warn!(queue = queue.as_str(), "{sentence}");
            }
        }
        Ok(next)
    }

    fn ring(&self, queue: Queue, deliveries: u64) {
        for (_, bell) in self.queues.iter().filter(|(name, _)| *name == queue && deliveries > 0) {
            bell.ring(tickets(deliveries));
        }
    }
}

fn tickets(deliveries: u64) -> u32 {
    u32::try_from(deliveries).unwrap_or(u32::MAX)
}
