//! Whether the database answers, and whether it takes writes, as far as this process has seen.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::error::{StoreError, StoreErrorKind};

/// After an answer within this time no probe is needed.
const RECENT: Duration = Duration::from_secs(2);
/// How often a write is probed when nothing else was written.
const WRITE_PROBE_INTERVAL: Duration = Duration::from_secs(10);

/// When the database answered last, and how the last write ended.
#[derive(Debug, Default)]
pub(crate) struct DatabaseWatch {
    answered_at: Mutex<Option<Instant>>,
    last_write: Mutex<LastWrite>,
}

#[derive(Debug, Default)]
struct LastWrite {
    at: Option<Instant>,
    error: Option<StoreError>,
}

impl DatabaseWatch {
    /// The database has answered something.
    pub(crate) fn mark_answered(&self) {
        *self.answered_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    pub(crate) fn answered_recently(&self) -> bool {
        let answered_at = *self.answered_at.lock().unwrap_or_else(PoisonError::into_inner);
        answered_at.is_some_and(|at| at.elapsed() < RECENT)
    }

    /// Records how a write ended. A log that can't be read is not a failed write: the reader reports it.
    pub(crate) fn record_write(&self, outcome: Result<(), &StoreError>) {
        let error = outcome.err();
        if error.is_some_and(|error| {
            matches!(error.kind(), StoreErrorKind::Halted | StoreErrorKind::Forked)
        }) {
            return;
        }
        let mut last_write = self.last_write.lock().unwrap_or_else(PoisonError::into_inner);
        match (&last_write.error, error) {
            (None, Some(error)) => {
                tracing::warn!(error = %error.chain(), "the database can't be written");
            }
            (Some(_), None) => tracing::info!("the database can be written again"),
            (None, None) | (Some(_), Some(_)) => {}
        }
        *last_write = LastWrite { at: Some(Instant::now()), error: error.cloned() };
    }

    /// Why the last write failed, if it did.
    pub(crate) fn write_error(&self) -> Option<StoreError> {
        self.last_write.lock().unwrap_or_else(PoisonError::into_inner).error.clone()
    }

    pub(crate) fn is_write_probe_due(&self) -> bool {
        let last_write = self.last_write.lock().unwrap_or_else(PoisonError::into_inner);
        last_write.at.is_none_or(|at| at.elapsed() >= WRITE_PROBE_INTERVAL)
    }
}
