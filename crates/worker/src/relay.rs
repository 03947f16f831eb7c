//! The relay: expands the outbox and chat into deliveries, and wakes workers for what is due.
//!
//! It makes a pass at the start, after every commit that leaves something to send, when the next attempt is due or a
//! lease expires, when Redis is (re)connected, and every 30 s in any case, so this loop also finds what a crash left
//! behind. One worker at a time runs it. While there are other workers, whose attempts it doesn't see, it makes a pass
//! every 2 s.

use std::{sync::Arc, time::Duration};

use candor_store::{Queue, Store, StoreError};
use tokio::{select, sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{health::WorkerHealth, job::counted, wake_up::Waker};

/// The longest time between two passes.
const RECONCILE_INTERVAL: Duration = Duration::from_secs(30);
/// The same while other processes are working.
const SHARED_POLL_INTERVAL: Duration = Duration::from_secs(2);
/// The shortest time between two passes without news, even with skewed clocks.
const MIN_INTERVAL: Duration = Duration::from_millis(100);
/// How long to wait after a pass that failed.
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// The maximum number of wake-ups for the slow lane, which may take few slots anyway.
const MAX_SLOW_WAKE_UPS: u64 = 16;
/// Deliveries made in the first transaction of a pass: few, so that the first mail doesn't wait for a long list.
const FIRST_PAGE_SIZE: u32 = 20;
/// Deliveries made in each further transaction.
const PAGE_SIZE: u32 = 500;

/// The relay of a process.
pub(crate) struct Relay {
    pub(crate) store: Store,
    pub(crate) waker: Waker,
    /// A queue that this worker should serve but has no channel for, and what to tell the operator when deliveries wait
    /// there.
    pub(crate) unserved: Option<(Queue, &'static str)>,
    /// Where that is reported.
    pub(crate) health: WorkerHealth,
    /// Notified in this process when the next due time may have changed.
    pub(crate) notify: Arc<Notify>,
    /// There are no other processes.
    pub(crate) alone: bool,
}

impl Relay {
    /// Makes passes until `stop`.
    pub(crate) async fn run(&self, stop: &CancellationToken) {
        let mut work = self.store.work();
        let mut is_failing = false;
        let longest = if self.alone { RECONCILE_INTERVAL } else { SHARED_POLL_INTERVAL };
        loop {
            work.mark_unchanged();
            let delay = match self.pass().await {
                Ok(next) => {
                    is_failing = false;
                    next.map_or(longest, |next| next.clamp(MIN_INTERVAL, longest))
                }
                Err(error) => {
                    if !is_failing {
                        let error = error.chain();
                        tracing::warn!(%error, "the outbox can't be expanded; trying again every second");
                    }
                    is_failing = true;
                    RETRY_DELAY
                }
            };
            select! {
                () = stop.cancelled() => return,
                changed = work.changed(), if !is_failing => if changed.is_err() { return },
                () = self.notify.notified(), if !is_failing => {}
                () = sleep(delay) => {}
            }
        }
    }

    /// Expands, and wakes workers; returns the time until something becomes due.
    async fn pass(&self) -> Result<Option<Duration>, StoreError> {
        let mut page_size = FIRST_PAGE_SIZE;
        loop {
            // Chat first, and between the pages of a long list: the team should know what subscribers are told.
            let threads = counted("expand", self.store.expand_chat()).await?;
            self.waker.wake(Queue::Chat, threads);
            let expanded = counted("expand", self.store.expand_outbox(page_size)).await?;
            #[cfg(feature = "failpoints")]
            if expanded.mails > 0 {
                fail::fail_point!("before-wake-up");
            }
            page_size = PAGE_SIZE;
            // Before the depth is known, and while the other pages are expanded.
            self.waker.wake(Queue::Mail, expanded.mails);
            self.waker.wake(Queue::Hooks, expanded.hooks);
            if !expanded.left {
                break;
            }
        }
        let mut next = None;
        let queues = self.waker.queues();
        let depths = self.store.queue_depths(&queues).await?;
        for (queue, depth) in queues.into_iter().zip(depths) {
            let slow = depth.due_slow.min(MAX_SLOW_WAKE_UPS);
            self.waker.wake(queue, depth.due - depth.due_slow + slow);
            next = next.into_iter().chain(depth.next_in).min();
        }
        if let Some((queue, sentence)) = self.unserved {
            let waits = self.store.queue_depth(queue).await?.due > 0;
            if self.health.set_unserved(queue, waits.then_some(sentence)) && waits {
                tracing::warn!(queue = queue.as_str(), "{sentence}");
            }
        }
        Ok(next)
    }
}
