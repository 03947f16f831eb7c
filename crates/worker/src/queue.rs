//! The queues, and what carries tickets to them.
//!
//! A **ticket** says "there is work", and SQL says which. So a ticket may be lost, or come twice, without harm; nothing
//! here has an error that could end a worker.
//!
//! All tickets of a queue come into its [`Inbox`], which is the apalis backend, and are handled from there. Three
//! things put them in: the relay of the same process ([`Transport::InProcess`]), a look at SQL every 2 s
//! ([`Transport::Sql`], and whenever Redis is away), and a reader of a Redis stream ([`Transport::Redis`]).

mod inbox;
mod poll;
pub(crate) mod streams;

pub(crate) use inbox::{Inbox, TicketReceipt, WakeUpOutcome, register};
pub(crate) use poll::QueuePoll;
pub use streams::{RedisProblem, RedisReport, RedisSettings};

/// What carries tickets from whoever knows of work to whoever does it.
#[derive(Debug, Clone, Default)]
pub enum Transport {
    /// Nothing: one process does both. With other processes beside it ([`WorkerSettings::alone`] unset) it is
    /// [`Transport::Sql`].
    ///
    /// [`WorkerSettings::alone`]: crate::WorkerSettings::alone
    #[default]
    InProcess,
    /// SQL is looked at every 2 s, and when a commit is seen.
    Sql,
    /// Streams in Redis; while that can't be reached, as [`Transport::Sql`].
    Redis(RedisSettings),
}

/// What rings for a queue.
pub(crate) trait WakeSignal: Send + Sync {
    /// Makes sure that this many tickets wait, or as many as there is room for. Never blocks, never fails: what can't
    /// be rung now is rung by the relay's next pass.
    fn ring(&self, tickets: u32);
}
