//! Why the store could not do what was asked, by what can be done about it.

use std::time::Duration;

use diesel::result::{DatabaseErrorKind, Error};
use metrics::counter;

/// Why the store could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database is gone, or doesn't answer in time. Trying again can help.
    #[error("the database can't be reached: {0}")]
    Unavailable(String),
    /// The log has not been read to its end yet. Trying again can help.
    #[error("the log is still being read: {0}")]
    Unread(String),
    /// Somebody else holds what is needed: a lock, or the same rows. Trying again can help.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The database takes no writes: it is a standby, or its files may not be written.
    #[error("the database takes no writes: {0}")]
    ReadOnly(String),
    /// There is no room for what is to be written.
    #[error("the database's disk is full: {0}")]
    DiskFull(String),
    /// The disk doesn't do what it was asked.
    #[error("the database's disk fails: {0}")]
    DiskFailed(String),
    /// The schema isn't there.
    #[error("the database's tables are missing, run `candor migrate`: {0}")]
    NotMigrated(String),
    /// A rule of the schema refuses the rows: the same again would be refused again.
    #[error("the database refuses the rows: {0}")]
    Constraint(String),
    /// The database doesn't understand what was asked, or we don't understand its answer: a fault of this program.
    #[error("the database can't do what was asked: {0}")]
    Query(String),
    /// The log can't be read on: a hole, an unknown event. The last good board stays.
    #[error("the log can't be read: {0}")]
    Halted(String),
    /// The log has another past than the one that was read before. The last good board stays.
    #[error("the log was replaced: {0}")]
    Forked(String),
    /// The database was made by a newer version of Candor.
    #[error("{0}")]
    NewerDatabase(String),
    /// The settings of the database are wrong (URL, TLS, folder), or the database can't be used as it is set up.
    #[error("{0}")]
    Config(String),
}

impl StoreError {
    /// The answer did not come within `limit`.
    pub(crate) fn no_answer(limit: Duration) -> Self {
        Self::Unavailable(format!("no answer within {} s", limit.as_secs()))
    }

    /// Whether the same can work later without anybody changing the program or what was asked.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unavailable(_)
            | Self::Unread(_)
            | Self::Busy(_)
            | Self::ReadOnly(_)
            | Self::DiskFull(_)
            | Self::DiskFailed(_)
            | Self::NotMigrated(_)
            | Self::Halted(_)
            | Self::Forked(_)
            | Self::NewerDatabase(_) => true,
            Self::Constraint(_) | Self::Query(_) | Self::Config(_) => false,
        }
    }

    /// What is wrong, in words that may be shown to anybody: no host, no path, no SQL.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Unavailable(_) => "the database does not answer",
            Self::Unread(_) => "the log is still being read",
            Self::Busy(_) => "the database is busy",
            Self::ReadOnly(_) => "the database takes no writes",
            Self::DiskFull(_) => "the database's disk is full",
            Self::DiskFailed(_) => "the database's disk fails",
            Self::NotMigrated(_) => "the database's tables are missing",
            Self::Constraint(_) | Self::Query(_) => "the database refused the request",
            Self::Halted(_) => "the log can't be read on by this version",
            Self::Forked(_) => "the log was replaced by one with another past",
            Self::NewerDatabase(_) => "the database is of a newer version",
            Self::Config(_) => "the database can't be used as it is set up",
        }
    }

    /// What was asked and could not be done is counted once, where it is answered.
    pub(crate) fn count(&self) {
        let kind = match self {
            Self::Unavailable(_) | Self::Unread(_) => "unavailable",
            Self::Busy(_) => "busy",
            Self::ReadOnly(_) => "read-only",
            Self::DiskFull(_) | Self::DiskFailed(_) => "disk",
            Self::Constraint(_) | Self::Query(_) => "refused",
            Self::Halted(_) | Self::Forked(_) => "halted",
            Self::NewerDatabase(_) => "newer",
            Self::NotMigrated(_) | Self::Config(_) => "config",
        };
        counter!("candor_db_errors_total", "kind" => kind).increment(1);
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let said = error.to_string();
        if matches!(error, Error::BrokenTransactionManager | Error::RollbackTransaction) {
            return Self::Unavailable(said);
        }
        let Error::DatabaseError(kind, _) = error else { return Self::Query(said) };
        match kind {
            DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::ForeignKeyViolation
            | DatabaseErrorKind::NotNullViolation
            | DatabaseErrorKind::CheckViolation
            | DatabaseErrorKind::RestrictViolation
            | DatabaseErrorKind::ExclusionViolation => Self::Constraint(said),
            DatabaseErrorKind::ReadOnlyTransaction => Self::ReadOnly(said),
            DatabaseErrorKind::SerializationFailure => Self::Busy(said),
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                Self::Unavailable(said)
            }
            _ => by_words(said),
        }
    }
}

/// What diesel has no kind for is told by the servers' own words: PostgreSQL's messages (errcodes.txt names the classes
/// 08, 25, 40, 53, 55, 57, 58) and SQLite's `sqlite3_errstr`.
fn by_words(said: String) -> StoreError {
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if has(&["no such table"]) || (has(&["relation"]) && has(&["does not exist"])) {
        StoreError::NotMigrated(said)
    } else if has(&["disk is full", "No space left on device", "Disk quota exceeded"]) {
        StoreError::DiskFull(said)
    } else if has(&[
        "disk I/O error",
        "Input/output error",
        "could not extend file",
        "could not fsync",
    ]) {
        StoreError::DiskFailed(said)
    } else if has(&[
        "readonly database",
        "read-only transaction",
        "recovery is in progress",
        "during recovery",
    ]) {
        StoreError::ReadOnly(said)
    } else if has(&[
        "is locked",
        "lock timeout",
        "deadlock detected",
        "could not serialize",
        "could not obtain lock",
    ]) || has(&["canceling statement", "conflict with recovery"])
    {
        StoreError::Busy(said)
    } else if has(&[
        "terminating connection",
        "the database system is",
        "unable to open database file",
    ]) || has(&[
        "too many connections",
        "too many clients",
        "remaining connection slots",
        "connection",
    ]) {
        StoreError::Unavailable(said)
    } else {
        StoreError::Query(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_databases_say_is_told_by_kind() {
        let kinds = [
            ("no such table: event", "NotMigrated"),
            ("relation \"event\" does not exist", "NotMigrated"),
            ("database or disk is full", "DiskFull"),
            ("could not extend file \"base/5/1\": No space left on device", "DiskFull"),
            ("disk I/O error", "DiskFailed"),
            ("attempt to write a readonly database", "ReadOnly"),
            ("cannot execute INSERT in a read-only transaction", "ReadOnly"),
            ("cannot execute LISTEN during recovery", "ReadOnly"),
            ("database is locked", "Busy"),
            ("canceling statement due to lock timeout", "Busy"),
            ("terminating connection due to administrator command", "Unavailable"),
            ("the database system is shutting down", "Unavailable"),
            ("syntax error at or near \"WHERE\"", "Query"),
        ];
        for (said, kind) in kinds {
            let error = StoreError::from(Error::DatabaseError(
                DatabaseErrorKind::Unknown,
                Box::new(said.to_owned()),
            ));
            assert!(format!("{error:?}").starts_with(kind), "{said}: {error:?}");
            assert_eq!(error.may_pass(), kind != "Query", "{said}");
        }
        let twice = Error::DatabaseError(
            DatabaseErrorKind::UniqueViolation,
            Box::new("UNIQUE constraint failed: event.event_id".to_owned()),
        );
        assert!(!StoreError::from(twice).may_pass());
    }
}
