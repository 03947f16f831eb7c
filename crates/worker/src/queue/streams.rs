//! Tickets over Redis Streams: one stream and one consumer group a queue.
//!
//! * The leader's [`WakeUpSender`]s add tickets, never more than are owed and never more than [`MOST`] in all.
//! * A [`StreamReader`] a queue waits for them, blocked in Redis, and takes over what dead workers held.
//! * A [`TicketKeeper`] a queue says how tickets ended, renews those that are being handled, and sweeps dead consumers away.
//!
//! SQL is the record of what is owed, so Redis may be empty, restarted, flushed or wrong at any time: every error is
//! retried here and ends nothing. Scripts run in Redis because each must be one step; times are Redis's own.

mod keeper;
mod link;
mod probe;
mod pusher;
mod reader;
mod settings;

pub(crate) use keeper::TicketKeeper;
pub(crate) use link::RedisLink;
pub(crate) use pusher::WakeUpSender;
pub(crate) use reader::StreamReader;
pub use settings::{RedisProblem, RedisReport, RedisSettings};

/// The consumer group of every stream.
const GROUP: &str = "workers";
/// At most so many tickets of a queue are outstanding, waiting or handled: what is owed beyond waits in SQL.
const MOST: u32 = 1_000;
