//! Wake-ups over Redis: one bounded list per queue.
//!
//! The leader pushes ([`RedisWaker`]: `LPUSH`, `LTRIM`), and every worker waits for the next one, blocked in Redis
//! ([`RedisReader`]: `BLPOP`). A wake-up is gone once it was popped: if its worker dies, the leader's next pass, at
//! most 2 s later, sees in SQL that more is due than wake-ups wait. So Redis may be empty, restarted, flushed or wrong
//! at any time; every error is retried here and ends nothing. See `docs/decisions/0001-wake-ups-over-a-redis-list.md`.

mod link;
mod probe;
mod reader;
mod settings;
mod waker;

pub(crate) use link::RedisLink;
pub(crate) use reader::RedisReader;
pub use settings::{RedisProblem, RedisReport, RedisSettings};
pub(crate) use waker::RedisWaker;

/// The maximum number of wake-ups of a queue that wait in Redis. Further work waits in SQL.
const MAX_WAITING: u32 = 1_000;

/// The key of a queue's list.
fn key(prefix: &str, queue: candor_store::Queue) -> String {
    format!("{prefix}:queue:{queue}")
}
