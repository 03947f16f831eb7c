//! A worker's health, in memory: reading it costs nothing and never waits.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use candor_store::Queue;

use crate::{circuit_breaker::CircuitBreaker, rejections::Rejections};

/// The health of a worker; clones share it. It is passed to [`run`](crate::run()) in the settings.
#[derive(Clone, Default)]
pub struct WorkerHealth(Arc<HealthInner>);

#[derive(Default)]
struct HealthInner {
    /// The problems with Redis, by part.
    redis: Mutex<BTreeMap<String, String>>,
    queues: Mutex<BTreeMap<Queue, WatchedQueue>>,
    /// Queues with waiting deliveries that this worker can't send, and what to do about it.
    unserved: Mutex<BTreeMap<Queue, &'static str>>,
}

/// What tells whether the other side of a queue accepts our messages.
struct WatchedQueue {
    breaker: Arc<CircuitBreaker>,
    rejections: Arc<Rejections>,
}

impl WorkerHealth {
    /// Whether Redis carries wake-ups; also fine where Redis isn't used.
    ///
    /// # Errors
    /// Why it doesn't.
    pub fn redis(&self) -> Result<(), String> {
        self.problems().values().next().map_or(Ok(()), |why| Err(why.clone()))
    }

    /// Whether the mail server accepted mails when it was last needed; also fine where no mail waits.
    ///
    /// # Errors
    /// Why it didn't.
    pub fn mail(&self) -> Result<(), String> {
        let unserved = self.unserved().get(&Queue::Mail).map(|sentence| (*sentence).to_owned());
        let queues = self.queues();
        let problem = queues
            .get(&Queue::Mail)
            .and_then(|queue| queue.breaker.problem().or_else(|| queue.rejections.problem()));
        unserved.or(problem).map_or(Ok(()), Err)
    }

    /// Sets or clears the Redis problem of a part. Returns whether that is new.
    pub(crate) fn set_redis(&self, part: &str, problem: Option<&str>) -> bool {
        let mut problems = self.problems();
        let is_new = match problem {
            Some(why) => problems.insert(part.to_owned(), why.to_owned()).is_none(),
            None => problems.remove(part).is_some(),
        };
        metrics::gauge!("candor_redis_up").set(if problems.is_empty() { 1.0 } else { 0.0 });
        is_new
    }

    /// Sets or clears that deliveries wait on a queue for which this worker has no channel. Returns whether that is
    /// new.
    pub(crate) fn set_unserved(&self, queue: Queue, sentence: Option<&'static str>) -> bool {
        match sentence {
            Some(sentence) => self.unserved().insert(queue, sentence).is_none(),
            None => self.unserved().remove(&queue).is_some(),
        }
    }

    pub(crate) fn watch(
        &self,
        queue: Queue,
        breaker: Arc<CircuitBreaker>,
        rejections: Arc<Rejections>,
    ) {
        self.queues().insert(queue, WatchedQueue { breaker, rejections });
    }

    fn problems(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.0.redis.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unserved(&self) -> MutexGuard<'_, BTreeMap<Queue, &'static str>> {
        self.0.unserved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn queues(&self) -> MutexGuard<'_, BTreeMap<Queue, WatchedQueue>> {
        self.0.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for WorkerHealth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (redis, mail) = (self.redis(), self.mail());
        f.debug_struct("WorkerHealth").field("redis", &redis).field("mail", &mail).finish()
    }
}
