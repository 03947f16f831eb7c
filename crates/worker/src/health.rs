//! What a worker knows of its own health, in memory: asking costs nothing and waits for nobody.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use candor_store::Queue;

use crate::{circuit_breaker::CircuitBreaker, refusals::Refusals};

/// The health of a worker; clones share it. One is given to [`run`](crate::run()) in its settings, and asked meanwhile.
#[derive(Clone, Default)]
pub struct WorkerHealth(Arc<HealthInner>);

#[derive(Default)]
struct HealthInner {
    /// Which part has problem with Redis, and what.
    redis: Mutex<BTreeMap<String, String>>,
    queues: Mutex<BTreeMap<Queue, WatchedQueue>>,
    /// Where something waits and nothing is set up to send it, and what to do about it.
    unserved: Mutex<BTreeMap<Queue, &'static str>>,
}

/// What tells whether the other side of a queue takes something from us.
struct WatchedQueue {
    breaker: Arc<CircuitBreaker>,
    refusals: Arc<Refusals>,
}

impl WorkerHealth {
    /// Whether Redis carries tickets; also good where Redis isn't used.
    ///
    /// # Errors
    /// It doesn't, and why.
    pub fn redis(&self) -> Result<(), String> {
        self.problems().values().next().map_or(Ok(()), |why| Err(why.clone()))
    }

    /// Whether the mail server took mails from us when it was last needed; also good where no mail is owed.
    ///
    /// # Errors
    /// It could not, and why.
    pub fn mail(&self) -> Result<(), String> {
        let unserved = self.unserved().get(&Queue::Mail).map(|sentence| (*sentence).to_owned());
        let queues = self.queues();
        let problem = queues
            .get(&Queue::Mail)
            .and_then(|queue| queue.breaker.problem().or_else(|| queue.refusals.problem()));
        unserved.or(problem).map_or(Ok(()), Err)
    }

    /// A part has problem with Redis, or none any more; whether that is news.
    pub(crate) fn set_redis(&self, part: &str, problem: Option<&str>) -> bool {
        let mut problems = self.problems();
        let news = match problem {
            Some(why) => problems.insert(part.to_owned(), why.to_owned()).is_none(),
            None => problems.remove(part).is_some(),
        };
        metrics::gauge!("candor_redis_up").set(if problems.is_empty() { 1.0 } else { 0.0 });
        news
    }

    /// Something waits on a queue that nothing is set up to send, or no longer.
    pub(crate) fn set_unserved(&self, queue: Queue, sentence: Option<&'static str>) {
        match sentence {
            Some(sentence) => drop(self.unserved().insert(queue, sentence)),
            None => drop(self.unserved().remove(&queue)),
        }
    }

    pub(crate) fn watch(
        &self,
        queue: Queue,
        breaker: Arc<CircuitBreaker>,
        refusals: Arc<Refusals>,
    ) {
        self.queues().insert(queue, WatchedQueue { breaker, refusals });
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
