//! Pushes wake-ups to the lists.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use candor_store::Queue;
use tokio::{sync::Notify, time::sleep};

use super::{MAX_WAITING, RedisLink, link::LinkError};

/// How long to wait after a push that failed.
const RETRY_DELAY: Duration = Duration::from_millis(500);

/// Wakes the workers of all processes; clones share it.
#[derive(Clone)]
pub(crate) struct RedisWaker {
    link: RedisLink,
    wanted: Arc<WantedWakeUps>,
}

/// The wanted number of waiting wake-ups, by queue.
#[derive(Default)]
struct WantedWakeUps {
    by_queue: Mutex<BTreeMap<Queue, u32>>,
    changed: Notify,
}

impl RedisWaker {
    pub(crate) fn new(link: RedisLink) -> Self {
        Self { link, wanted: Arc::default() }
    }

    /// Makes sure that this many wake-ups wait, once Redis can be reached.
    pub(crate) fn wake(&self, queue: Queue, wake_ups: u32) {
        if wake_ups == 0 {
            return;
        }
        let mut by_queue = self.by_queue();
        let wanted = by_queue.entry(queue).or_default();
        *wanted = wake_ups.min(MAX_WAITING).max(*wanted);
        drop(by_queue);
        self.wanted.changed.notify_one();
    }

    /// Pushes wanted wake-ups, forever. Failed pushes are retried, so that the state of Redis is known.
    pub(crate) async fn run(&self) {
        loop {
            self.wanted.changed.notified().await;
            let wanted = std::mem::take(&mut *self.by_queue());
            for (queue, wake_ups) in wanted {
                let part = format!("pushing to {queue}");
                let pushed = self.push(queue, wake_ups).await;
                self.link.report(&part, pushed.as_ref().err());
                if pushed.is_err() {
                    self.wake(queue, wake_ups);
                    sleep(RETRY_DELAY).await;
                }
            }
        }
    }

    /// Tops the list up. Trimming bounds it, whatever else is pushed there.
    async fn push(&self, queue: Queue, wanted: u32) -> Result<(), LinkError> {
        let key = self.link.key(queue);
        let waiting: u32 = self.link.query(redis::cmd("LLEN").arg(&key)).await?;
        let missing = usize::try_from(wanted.saturating_sub(waiting)).unwrap_or_default();
        if missing == 0 {
            return Ok(());
        }
        let mut push = redis::pipe();
        push.cmd("LPUSH").arg(&key).arg(vec!["1"; missing]).ignore();
        push.cmd("LTRIM").arg(&key).arg(0).arg(MAX_WAITING - 1).ignore();
        self.link.pipeline::<()>(&push).await?;
        tracing::debug!(queue = queue.as_str(), missing, "wake-ups were pushed");
        Ok(())
    }

    fn by_queue(&self) -> MutexGuard<'_, BTreeMap<Queue, u32>> {
        self.wanted.by_queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
