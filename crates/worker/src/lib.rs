//! What happens later: everything that is owed is sent, and what the clock calls for is done.
//!
//! SQL is the record of what is owed. A commit rings [`Store::work`](candor_store::Store::work); the relay turns
//! outbox entries into deliveries and puts **tickets** ("there is work") on a queue; a ticket's handler claims one delivery
//! at a time under a lease, sends it through its [`DeliveryChannel`] and records how it ended, until nothing is due. A ticket
//! carries nothing, so it may be lost or come twice without harm: whatever is due is found again in SQL.
//!
//! What the team is told in chat stands in no outbox entry: the log is the record, and what it says makes threads due.
//!
//! The runtime is apalis; retry, backoff and dead letters are SQL's, never the queue's.
//!
//! Many workers may run over one PostgreSQL. Each sends; one of them, whoever holds the lease in SQL, also leads: it
//! expands, rings, and does what the clock calls for.

mod channel;
mod circuit_breaker;
mod claims;
mod deliver;
mod health;
mod heartbeat;
mod housekeeping;
mod job;
mod leader;
mod process;
mod queue;
mod refusals;
mod relay;
mod results;
mod rooms;
mod run;
mod schedule;

pub use channel::{ChatChannel, DeliveryChannel, DeliveryError, HooksChannel, MailChannel};
pub use health::WorkerHealth;
pub use queue::{RedisProblem, RedisReport, RedisSettings, Transport};
pub use run::{WorkerError, WorkerSettings, run, run_channels};
