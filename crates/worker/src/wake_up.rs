//! Wake-ups: hints that a queue has work. SQL says what the work is, so a wake-up may be lost or come twice without
//! harm, and nothing here can end a worker.
//!
//! The wake-ups of a queue are collected in its [`WakeUps`], which is the apalis backend. Three things add them: the
//! leader's relay in the same process ([`Transport::InProcess`]), a [`QueuePoll`] of SQL every 2 s ([`Transport::Sql`],
//! and whenever Redis is away), and a [`RedisReader`] of a list in Redis ([`Transport::Redis`]).

mod backend;
mod poll;
pub(crate) mod redis;

use std::collections::BTreeMap;

use candor_store::Queue;

pub(crate) use backend::{WakeUps, register};
pub(crate) use poll::QueuePoll;
pub(crate) use redis::{RedisLink, RedisReader, RedisWaker};
pub use redis::{RedisProblem, RedisReport, RedisSettings};

/// How wake-ups get from the leader to the workers.
#[derive(Debug, Clone, Default)]
pub enum Transport {
    /// Within the one process that does both. With other processes beside it ([`WorkerSettings::alone`] unset) it is
    /// [`Transport::Sql`].
    ///
    /// [`WorkerSettings::alone`]: crate::WorkerSettings::alone
    #[default]
    InProcess,
    /// SQL is polled every 2 s, and when a commit is seen.
    Sql,
    /// Through lists in Redis; while that is unreachable, the same as [`Transport::Sql`].
    Redis(RedisSettings),
}

/// How the relay wakes the workers of a queue.
pub(crate) enum Waker {
    /// Those of this process.
    Local(BTreeMap<Queue, WakeUps>),
    /// Those of all processes.
    Redis(Box<RedisWaker>),
}

impl Waker {
    /// Makes sure that this many wake-ups wait for `queue`, or as many as it can hold. Never blocks and never fails:
    /// what can't be sent now is sent after the relay's next pass.
    pub(crate) fn wake(&self, queue: Queue, wake_ups: u64) {
        let wake_ups = u32::try_from(wake_ups).unwrap_or(u32::MAX);
        match self {
            Self::Local(queues) => {
                if let Some(queue) = queues.get(&queue) {
                    queue.add(wake_ups);
                }
            }
            Self::Redis(waker) => waker.wake(queue, wake_ups),
        }
    }

    /// The queues that can be woken.
    pub(crate) fn queues(&self) -> Vec<Queue> {
        match self {
            Self::Local(queues) => queues.keys().copied().collect(),
            Self::Redis(_) => Queue::ALL.to_vec(),
        }
    }
}
