//! What the store's tasks share: the pools, what readers see, and who is told of what.

use std::{
    hash::{BuildHasher as _, RandomState},
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{MutexGuard, Notify, watch as changes};

use crate::{Freshness, Snapshot, StoreError, counts, db::Db, row, watch};

/// What the store's tasks share.
pub(crate) struct StoreShared {
    pub(crate) db: Db,
    pub(crate) snapshot: changes::Sender<Snapshot>,
    pub(crate) work: changes::Sender<u64>,
    pub(crate) closed: changes::Sender<bool>,
    /// Somebody says that the log has grown.
    pub(crate) nudge: Notify,
    pub(crate) watch: watch::DatabaseWatch,
    pub(crate) progress: ReadProgress,
    /// Rooms are told by this process, so every event may mean work.
    pub(crate) rooms: AtomicBool,
    /// As in [`crate::StoreSettings`].
    pub(crate) refire: SignedDuration,
    /// When the rows of the big tables were counted last, and how many there were.
    pub(crate) sizes: counts::TableSizes,
    /// Who wants to subscribe, by mailbox.
    pub(crate) asking: Turns,
}

/// Lets whoever asks for the same thing come one after the other, before a connection is taken: the database would let
/// them wait, too, but with all connections in their hands.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    turns: [tokio::sync::Mutex<()>; 32],
    /// Random, so that nobody can choose whom to wait with.
    hasher: RandomState,
}

impl Turns {
    /// The turn of whoever asks for `key`, until what is returned is dropped.
    pub(crate) async fn take(&self, key: &str) -> Option<MutexGuard<'_, ()>> {
        let hash = usize::try_from(self.hasher.hash_one(key) % 32).unwrap_or_default();
        Some(self.turns.get(hash)?.lock().await)
    }
}

impl StoreShared {
    /// There may be work.
    pub(crate) fn ring(&self) {
        self.work.send_modify(|rings| *rings = rings.wrapping_add(1));
    }

    /// Something was committed: there is work if it owes something, or if rooms have to be told.
    pub(crate) fn committed(&self, owes: bool) {
        if owes || self.rooms.load(Ordering::Relaxed) {
            self.ring();
        }
    }

    /// The log could not be read on.
    pub(crate) fn not_read(&self, error: &StoreError) {
        let since = Timestamp::now();
        let why = error.to_string();
        let freshness = if let StoreError::Halted(why) = error {
            Freshness::Halted { since, why: why.clone() }
        } else if let StoreError::Forked(why) = error {
            Freshness::Forked { since, why: why.clone() }
        } else {
            return self.unreachable(&why);
        };
        self.snapshot.send_if_modified(|snapshot| {
            let same =
                std::mem::discriminant(&snapshot.freshness) == std::mem::discriminant(&freshness);
            if !same {
                tracing::error!(why, "the log can't be read on; the last good board stays");
                snapshot.freshness = freshness.clone();
            }
            !same
        });
    }

    /// The database doesn't answer.
    pub(crate) fn unreachable(&self, why: &str) {
        self.snapshot.send_if_modified(|snapshot| {
            let since = match &snapshot.freshness {
                Freshness::Unreachable { why: known, .. } if known == why => return false,
                // The reason may change; since when it lasts doesn't.
                Freshness::Unreachable { since, .. } | Freshness::Unread { since } => *since,
                Freshness::Fresh | Freshness::Halted { .. } | Freshness::Forked { .. } => {
                    Timestamp::now()
                }
            };
            tracing::warn!(why, "the log can't be read");
            snapshot.freshness = Freshness::Unreachable { since, why: why.to_owned() };
            true
        });
    }

    /// Why there is no board to decide on.
    pub(crate) fn why_unread(&self) -> StoreError {
        match &self.snapshot.borrow().freshness {
            Freshness::Halted { why, .. } => StoreError::Halted(why.clone()),
            Freshness::Forked { why, .. } => StoreError::Forked(why.clone()),
            Freshness::Unreachable { why, .. } => StoreError::Unavailable(why.clone()),
            Freshness::Unread { .. } | Freshness::Fresh => {
                StoreError::Unread(self.progress.to_string())
            }
        }
    }

    /// Comes back when the store was closed.
    pub(crate) async fn until_closed(&self) {
        // The sender stands beside it, so this can't fail.
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
