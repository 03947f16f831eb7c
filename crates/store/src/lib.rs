//! The log, the ledger and the people in SQL: SQLite or PostgreSQL, one transaction. Nothing else knows SQL.

mod append;
mod ledger;
mod log;
mod people;

pub use append::{Answer, Request};
pub use ledger::{Claim, Content, DeliveryRow, DeliveryState, Outcome, QueueDepth};
pub use log::{StoredEvent, VerifyReport};
pub use people::{SubscribeOutcome, SubscriberId, SubscriberRow, SubscriberState};

use std::{sync::Arc, time::Duration};

use candor_core::Board;
use jiff::Timestamp;
use tokio::sync::watch;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is gone, locked or full: nothing was written, trying again can help.
    #[error("the database can't be reached: {0}")]
    Unavailable(String),
    /// The log can't be read on: a hole, an unknown event. The last good board stays.
    #[error("the log can't be read: {0}")]
    Halted(String),
    /// The database was made by a newer version of Candor.
    #[error("{0}")]
    NewerDatabase(String),
    /// The settings of the database are wrong (URL, TLS, folder).
    #[error("{0}")]
    Config(String),
}

/// Whether the board is what the log says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// The log was read less than a moment ago.
    Fresh,
    /// The database has not answered since then.
    Unreachable { since: Timestamp, why: String },
    /// The log can't be read on.
    Halted { since: Timestamp, why: String },
}

/// What readers see: the last good board, and how good it is.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// None until the log was read for the first time.
    pub board: Option<Arc<Board>>,
    /// The hash of the last event (hex), with `board.seq` the head of the log.
    pub head_hash: Option<String>,
    /// Whether it is what the log says now.
    pub freshness: Freshness,
}

/// A handle on the database; clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    snapshot: watch::Sender<Snapshot>,
    work: watch::Sender<u64>,
}

impl Store {
    /// Makes the pools for `sqlite:PATH` or `postgres://…`. Connects to nothing yet, so that a page can be served
    /// without a database.
    pub fn open(_url: &str) -> Result<Self, StoreError> {
        todo!()
    }

    /// Brings the schema up to date; the names of what was applied.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        todo!()
    }

    /// How many migrations are missing.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        todo!()
    }

    /// Starts the task that writes the log and follows it (other processes write too); until `stop` is called.
    /// Returns at once; `snapshot()` tells when the log has been read.
    pub fn follow(&self) {
        todo!()
    }

    /// Reads the log once (for commands that end again), and returns the board.
    pub async fn load(&self) -> Result<Arc<Board>, StoreError> {
        todo!()
    }

    /// The board as it changes; a new value after each commit, own or other processes', and on a change of freshness.
    pub fn snapshot(&self) -> watch::Receiver<Snapshot> {
        self.inner.snapshot.subscribe()
    }

    /// Rings whenever there may be new work in the ledger (a commit with follow-ups or owed mails was made or seen).
    pub fn work(&self) -> watch::Receiver<u64> {
        self.inner.work.subscribe()
    }

    /// Whether the database answers, within `deadline`.
    pub async fn ping(&self, _deadline: Duration) -> Result<(), StoreError> {
        todo!()
    }

    /// Decides the command under the lock of the log and appends what it gives, with the follow-ups, in one
    /// transaction. When it answers, it is on disk. An unknown outcome of COMMIT is retried inside with the same ids.
    pub async fn execute(&self, _request: Request) -> Result<Answer, StoreError> {
        todo!()
    }
}
