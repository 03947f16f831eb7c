//! The log, the outbox, deliveries and people in SQL: SQLite or PostgreSQL. Nothing else knows SQL.
//!
//! Its three main types:
//!
//! * [`Store`]: a database. [`Store::execute`] decides a command under the lock of the log, and appends its events and
//!   outbox entries in one transaction: when it returns, they are on disk. [`Store::claim`] and [`Store::finish`] hand
//!   out deliveries, one recipient at a time, under a lease.
//! * [`AppendRequest`]: a command with who asks for it, and the key by which it is recognized when it is repeated;
//! * [`Snapshot`]: the board at one position of the log, kept in memory: readers never ask the database.
//!
//! ```no_run
//! use candor_core::{AlertKey, AlertMessage, Command, Occurrence};
//! use candor_store::{AppendOutcome, AppendRequest, Store};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let store = Store::open("sqlite:candor.sqlite3")?;
//! store.migrate().await?;
//! store.follow();
//! let raise = Command::RaiseAlert {
//!     alert: AlertKey::new("opsgenie", "one")?,
//!     message: AlertMessage::lenient("Checkout does not answer"),
//!     occurrence: Occurrence::Only,
//! };
//! let outcome = store.execute(AppendRequest::new(raise, None, "opsgenie")).await?;
//! assert!(matches!(outcome, AppendOutcome::Appended(_)));
//! # Ok(())
//! # }
//! ```

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
mod unread_alert;
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
pub use unread_alert::UnreadAlert;
pub use verify::{NotedHead, Verifier, VerifyReport};
