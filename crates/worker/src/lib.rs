//! Background work: sends deliveries, and runs the schedule.
//!
//! SQL is the record of what has to be sent. The relay expands the outbox into deliveries and wakes the queues. A slot
//! of a queue then claims one delivery at a time under a lease, sends it through its [`DeliveryChannel`], and records
//! the result, until nothing is due: all of that is in `queue_runtime.rs`. A wake-up carries nothing, so it may be lost
//! or come twice without harm: whatever is due is found again in SQL.
//!
//! Its three main types:
//!
//! * [`WorkerSettings`]: what a worker sends, and how much at a time; [`run()`] works until it is stopped;
//! * [`DeliveryChannel`]: one way out (mail, webhooks, chat). It sends one delivery, and says of a failure whether trying
//!   again can help ([`DeliveryError`]);
//! * [`Transport`]: what carries wake-ups: this process, SQL, or Redis.
//!
//! Chat has no outbox entries: the log is the record, and new events make threads due. apalis runs the slots. Retry,
//! backoff and dead letters are SQL's, never the queue's. Many workers may run over one PostgreSQL, and all of them send.
//! The one that holds the lease in SQL is also the leader: it runs the relay, the schedule and housekeeping.
//!
//! ```no_run
//! # async fn example(
//! #     settings: candor_worker::WorkerSettings,
//! #     store: candor_store::Store,
//! # ) -> Result<(), candor_worker::WorkerError> {
//! let stop = tokio_util::sync::CancellationToken::new();
//! // Until `stop` is canceled; then it finishes what it is sending.
//! candor_worker::run(settings, store, stop).await
//! # }
//! ```

mod channel;
mod circuit_breaker;
mod claims;
mod dead_mans_switch;
mod health;
mod heartbeat;
mod housekeeping;
mod job;
mod leader;
mod process;
mod queue_runtime;
mod rejections;
mod relay;
mod results;
mod run;
mod schedule;
mod sender;
mod settings;
mod wake_up;

pub use channel::{ChatChannel, DeliveryChannel, DeliveryError, HooksChannel, MailChannel};
pub use health::WorkerHealth;
pub use run::{run, run_channels};
pub use settings::{WorkerError, WorkerSettings};
pub use wake_up::{RedisProblem, RedisReport, RedisSettings, Transport};
