//! The log, the outbox, deliveries and people in SQL: SQLite or PostgreSQL. Nothing else knows SQL.
//!
//! * [`Store::execute`] decides a command under the lock of the log, and appends its events and outbox entries in one
//!   transaction. When it returns, they are on disk.
//! * [`Store::snapshot`] is the current board, kept in memory: readers never ask the database.
//! * [`Store::claim`] and [`Store::finish`] hand out deliveries, one recipient at a time, under a lease.

mod append;
mod append_request;
mod chain;
mod chat;
mod counts;
mod database_watch;
mod db;
mod deliveries;
mod error;
mod fold;
mod group_commit;
mod handle;
pub mod import;
mod log;
mod log_task;
mod migrate;
mod operator;
mod outbox;
mod probe;
mod queue;
mod row;
mod schema;
mod shared;
mod snapshot;
mod states;
mod subscriber;
#[cfg(feature = "testing")]
mod testing;
mod text_enum;
mod verify;
mod wal;

pub use append_request::{AppendOutcome, AppendRequest, Series};
pub use chat::{ChatChannelRow, ChatMessage, SlackChannel, Thread};
pub use counts::{LogCounts, PoolStatus, SubscriberCount};
pub use deliveries::{
    AttemptOutcome, Claim, DeliveryContent, DeliveryRecipient, DeliveryRow, Expanded, HostLimit,
    QueueDepth, UnreadableEntry, WorkerCapacity, WorkerCount,
};
pub use error::{StoreError, StoreErrorKind};
pub use handle::{Store, StoreSettings};
pub use operator::OperatorRow;
pub use queue::{Queue, UnknownQueue};
pub use row::{StoredEvent, SubscriberId};
pub use snapshot::{Freshness, Snapshot};
pub use states::{DeliveryKind, DeliveryState, SubscriberState};
pub use subscriber::{CONFIRMATION_PERIOD, ConfirmOutcome, SubscribeOutcome, SubscriberRow};
pub use verify::{NotedHead, Verifier, VerifyReport};
