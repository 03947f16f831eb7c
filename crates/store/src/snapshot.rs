//! The last good board of the log, and how fresh it is.

use std::sync::Arc;

use candor_core::Board;
use jiff::Timestamp;

use crate::{
    fold::{FoldedBoard, LogHead},
    row,
};

/// Whether the board is what the log says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// The log was read a moment ago.
    Fresh,
    /// The log has not been read yet; a long one takes a while.
    Unread {
        /// When the reading began.
        since: Timestamp,
    },
    /// The database does not answer.
    Unreachable {
        /// When that was noticed.
        since: Timestamp,
        /// The database's error, or that there was no answer.
        why: String,
    },
    /// The log can't be read on.
    Halted {
        /// When that was noticed.
        since: Timestamp,
        /// At which event, and why.
        why: String,
    },
    /// The log has another past than the one that was read before: a backup was restored, or two logs were mixed up.
    Forked {
        /// When that was noticed.
        since: Timestamp,
        /// How the two differ.
        why: String,
    },
}

impl Freshness {
    /// What is wrong, in words that may be shown to anybody; none if the board is fresh.
    #[must_use]
    pub fn problem(&self) -> Option<&'static str> {
        match self {
            Self::Fresh => None,
            Self::Unread { .. } => Some("the log is still being read"),
            Self::Unreachable { .. } => {
                Some("the log was not read lately: the database does not answer")
            }
            Self::Halted { .. } => Some("the log can't be read on"),
            Self::Forked { .. } => Some(
                "the log was replaced by one with another past; if a backup was restored, restart Candor",
            ),
        }
    }
}

/// The last good board of the log, and how fresh it is.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// None until the log was read for the first time.
    pub board: Option<Arc<Board>>,
    /// The hash of the last event (hexadecimal); with `board.seq` the head of the log.
    pub head_hash: Option<String>,
    /// The epoch of the log. Restoring a backup begins a new one, in which the same numbers name other events.
    pub epoch: u32,
    /// Whether the board is what the log says now.
    pub freshness: Freshness,
    pub(crate) head: Option<LogHead>,
}

impl Snapshot {
    /// Before the log was read.
    pub(crate) fn unread() -> Self {
        let freshness = Freshness::Unread { since: Timestamp::now() };
        Self { board: None, head_hash: None, epoch: 0, freshness, head: None }
    }

    pub(crate) fn of(folded: &FoldedBoard) -> Self {
        Self {
            board: Some(Arc::clone(&folded.board)),
            head_hash: Some(row::hex(&folded.head.hash)),
            epoch: folded.head.epoch(),
            freshness: Freshness::Fresh,
            head: Some(folded.head.clone()),
        }
    }

    /// The id of the log.
    #[must_use]
    pub fn log_id(&self) -> Option<&str> {
        self.head.as_ref().map(|head| head.log_id.as_str())
    }

    /// The board and its head, from which the log can be read on.
    pub(crate) fn folded(&self) -> Option<FoldedBoard> {
        Some(FoldedBoard { board: Arc::clone(self.board.as_ref()?), head: self.head.clone()? })
    }
}
