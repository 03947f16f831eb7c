//! The state that the store's tasks share: the pools, the published snapshot, and the channels between them.

use std::{
    collections::BTreeMap,
    hash::{BuildHasher as _, RandomState},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Instant,
};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{MutexGuard, Notify, watch};

use crate::{
    database_watch::DatabaseWatch,
    db::Db,
    error::{StoreError, StoreErrorKind},
    row,
    snapshot::{Freshness, Snapshot},
};

/// The tables whose rows were counted: when, and how many there were.
pub(crate) type TableSizes = Mutex<BTreeMap<&'static str, (Instant, u64)>>;

/// What the store's tasks share.
pub(crate) struct StoreShared {
    pub(crate) db: Db,
    pub(crate) snapshot: watch::Sender<Snapshot>,
    /// Counts up when there may be something new to send.
    pub(crate) work: watch::Sender<u64>,
    pub(crate) closed: watch::Sender<bool>,
    /// Wakes the log's task when another process may have written the log.
    pub(crate) log_grown: Notify,
    pub(crate) watch: DatabaseWatch,
    pub(crate) progress: ReadProgress,
    /// Whether chat channels are configured, so that every event may mean work.
    pub(crate) has_chat_channels: AtomicBool,
    /// As in [`crate::StoreSettings`].
    pub(crate) refire: SignedDuration,
    pub(crate) sizes: TableSizes,
    /// One request to subscribe per mailbox at a time.
    pub(crate) mailbox_locks: KeyedLocks,
}

/// Makes calls for the same key queue up here, before they take a connection. The database would make them wait, too,
/// but each with a connection in its hands.
#[derive(Debug, Default)]
pub(crate) struct KeyedLocks {
    locks: [tokio::sync::Mutex<()>; 32],
    /// Random, so that no one can predict who shares a lock.
    hasher: RandomState,
}

impl KeyedLocks {
    /// Locks `key` until the guard is dropped.
    pub(crate) async fn lock(&self, key: &str) -> Option<MutexGuard<'_, ()>> {
        let hash = usize::try_from(self.hasher.hash_one(key) % 32).unwrap_or_default();
        Some(self.locks.get(hash)?.lock().await)
    }
}

impl StoreShared {
    pub(crate) fn new(db: Db, refire: SignedDuration) -> Self {
        Self {
            db,
            snapshot: watch::Sender::new(Snapshot::unread()),
            work: watch::Sender::new(0),
            closed: watch::Sender::new(false),
            log_grown: Notify::new(),
            watch: DatabaseWatch::default(),
            progress: ReadProgress::default(),
            has_chat_channels: AtomicBool::new(false),
            refire,
            sizes: TableSizes::default(),
            mailbox_locks: KeyedLocks::default(),
        }
    }

    /// There may be something new to send.
    pub(crate) fn notify_work(&self) {
        self.work.send_modify(|changes| *changes = changes.wrapping_add(1));
    }

    /// A transaction was committed. It means work if it wrote outbox entries, or if chat channels are configured.
    pub(crate) fn committed(&self, has_outbox_entries: bool) {
        if has_outbox_entries || self.has_chat_channels.load(Ordering::Relaxed) {
            self.notify_work();
        }
    }

    /// The log could not be read on.
    pub(crate) fn not_read(&self, error: &StoreError) {
        let since = Timestamp::now();
        let freshness = if error.kind() == StoreErrorKind::Halted {
            Freshness::Halted { since, why: error.detail() }
        } else if error.kind() == StoreErrorKind::Forked {
            Freshness::Forked { since, why: error.detail() }
        } else {
            return self.unreachable(error);
        };
        self.snapshot.send_if_modified(|snapshot| {
            let same =
                std::mem::discriminant(&snapshot.freshness) == std::mem::discriminant(&freshness);
            if !same {
                let error = error.chain();
                tracing::error!(%error, "the log can't be read on; the last good board stays");
                snapshot.freshness = freshness.clone();
            }
            !same
        });
    }

    /// The database doesn't answer.
    pub(crate) fn unreachable(&self, error: &StoreError) {
        let why = if error.kind() == StoreErrorKind::Unavailable {
            error.detail()
        } else {
            error.chain().to_string()
        };
        self.snapshot.send_if_modified(|snapshot| {
            let since = match &snapshot.freshness {
                Freshness::Unreachable { why: known, .. } if *known == why => return false,
                // The reason may change; the start doesn't.
                Freshness::Unreachable { since, .. } | Freshness::Unread { since } => *since,
                Freshness::Fresh | Freshness::Halted { .. } | Freshness::Forked { .. } => {
                    Timestamp::now()
                }
            };
            tracing::warn!(why, "the log can't be read");
            snapshot.freshness = Freshness::Unreachable { since, why: why.clone() };
            true
        });
    }

    /// Why there is no board to decide on.
    pub(crate) fn why_unread(&self) -> StoreError {
        match &self.snapshot.borrow().freshness {
            Freshness::Halted { why, .. } => StoreError::halted(why.clone()),
            Freshness::Forked { why, .. } => StoreError::new(StoreErrorKind::Forked, why.clone()),
            Freshness::Unreachable { why, .. } => StoreError::unavailable(why.clone()),
            Freshness::Unread { .. } | Freshness::Fresh => {
                StoreError::new(StoreErrorKind::NotReadYet, self.progress.to_string())
            }
        }
    }

    /// Returns when the store was closed.
    pub(crate) async fn until_closed(&self) {
        // The sender is in `self`, so this can't fail.
        let _ = self.closed.subscribe().wait_for(|closed| *closed).await;
    }
}

/// How far the log was read from its first event.
#[derive(Debug, Default)]
pub(crate) struct ReadProgress {
    read: AtomicU64,
    of: AtomicU64,
}

impl ReadProgress {
    pub(crate) fn set(&self, read: u64, of: i64) {
        self.read.store(read, Ordering::Relaxed);
        self.of.store(row::count(of), Ordering::Relaxed);
    }
}

impl std::fmt::Display for ReadProgress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (read, of) = (self.read.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed));
        write!(f, "{read} of {of} events")
    }
}
