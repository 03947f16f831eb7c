//! What readers see of the log: the last good board, and how good it is.

use std::sync::Arc;

use candor_core::Board;
use jiff::Timestamp;

use crate::{read, row};

/// Whether the board is what the log says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// The log was read less than a moment ago.
    Fresh,
    /// The log has not been read yet; a long one takes a while.
    Unread {
        /// Since when it is waited for.
        since: Timestamp,
    },
    /// The database has not answered since then.
    Unreachable {
        /// When it was noticed.
        since: Timestamp,
        /// What the database said, or didn't.
        why: String,
    },
    /// The log can't be read on.
    Halted {
        /// When it was noticed.
        since: Timestamp,
        /// At which event, and why.
        why: String,
    },
    /// The log has another past than the one that was read before: a backup was restored, or two logs were mixed up.
    Forked {
        /// When it was noticed.
        since: Timestamp,
        /// How that is seen.
        why: String,
    },
}

impl Freshness {
    /// What is wrong, in words that may be shown to anybody.
    #[must_use]
    pub fn trouble(&self) -> Option<&'static str> {
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

/// What readers see: the last good board, and how good it is.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// None until the log was read for the first time.
    pub board: Option<Arc<Board>>,
    /// The hash of the last event (hexadecimal), with `board.seq` the head of the log.
    pub head_hash: Option<String>,
    /// The epoch of the log: restoring a backup begins a new one, in which the same numbers name other events.
    pub epoch: u32,
    /// Whether it is what the log says now.
    pub freshness: Freshness,
    pub(crate) head: Option<read::LogHead>,
}

impl Snapshot {
    pub(crate) fn of(known: &read::FoldedBoard) -> Self {
        Self {
            board: Some(Arc::clone(&known.board)),
            head_hash: Some(row::hex(&known.head.hash)),
            epoch: known.head.epoch(),
            freshness: Freshness::Fresh,
            head: Some(known.head.clone()),
        }
    }

    /// The name of the log.
    #[must_use]
    pub fn log_id(&self) -> Option<&str> {
        self.head.as_ref().map(|head| head.log_id.as_str())
    }

    /// What was read, to be read on from.
    pub(crate) fn known(&self) -> Option<read::FoldedBoard> {
        Some(read::FoldedBoard {
            board: Arc::clone(self.board.as_ref()?),
            head: self.head.clone()?,
        })
    }
}
