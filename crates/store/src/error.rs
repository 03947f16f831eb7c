//! Why the store could not do something: what was attempted, what kind of failure it was, and what caused it.

use std::{borrow::Cow, error::Error, sync::Arc, time::Duration};

use candor_core::ErrorChain;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use metrics::counter;

/// Why the store could not do what was asked. `source` is the database driver's own error, if there is one.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct StoreError {
    kind: StoreErrorKind,
    /// What was attempted, such as `load the subscribers`.
    attempt: Option<&'static str>,
    /// What is wrong in particular, in our own words.
    detail: Cow<'static, str>,
    #[source]
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// What kind of failure it was, and so what can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// The database is gone, or does not answer in time.
    Unavailable,
    /// The log has not been read to its end yet.
    NotReadYet,
    /// Another transaction holds a lock or the same rows.
    Busy,
    /// The database takes no writes: it is a standby, or its files are write-protected.
    ReadOnly,
    /// The database's disk is full.
    DiskFull,
    /// The database's disk reports errors.
    DiskFailed,
    /// The schema is missing.
    NotMigrated,
    /// A row with the same unique key exists already; repeating the request cannot help.
    Duplicate,
    /// Another rule of the schema refuses the rows: a bug of this program.
    Constraint,
    /// A stored value has a form that this program can't decode.
    Decode,
    /// The database doesn't understand the statement: a bug in this program.
    Query,
    /// The log can't be read on: an event is missing or unknown. The last good board stays.
    Halted,
    /// The log has another past than the one that was read before. The last good board stays.
    Forked,
    /// The database was made by a newer version of Candor.
    NewerDatabase,
    /// The database settings (URL, TLS, folder) are wrong, or the database can't be used as it is set up.
    Config,
}

impl StoreErrorKind {
    /// The failure in a few words, for operators.
    fn sentence(self) -> &'static str {
        match self {
            Self::Unavailable => "the database can't be reached",
            Self::NotReadYet => "the log is still being read",
            Self::Busy => "the database is busy",
            Self::ReadOnly => "the database takes no writes",
            Self::DiskFull => "the database's disk is full",
            Self::DiskFailed => "the database's disk fails",
            Self::NotMigrated => "the database's tables are missing, run `candor migrate`",
            Self::Duplicate => "the database has such a row already",
            Self::Constraint => "the database refuses the rows",
            Self::Decode => "the database holds a value that can't be decoded",
            Self::Query => "the database can't do what was asked",
            Self::Halted => "the log can't be read",
            Self::Forked => "the log was replaced",
            Self::NewerDatabase => "the database was made by a newer version",
            Self::Config => "the database can't be used as it is set up",
        }
    }
}

impl StoreError {
    /// A failure of this kind; `detail` says what is wrong in particular.
    pub(crate) fn new(kind: StoreErrorKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, attempt: None, detail: detail.into(), source: None }
    }

    /// The same with its cause.
    pub(crate) fn caused_by(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    /// The database, or this process's way to it, does not answer.
    #[must_use]
    pub fn unavailable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StoreErrorKind::Unavailable, detail)
    }

    /// No answer came within `limit`.
    #[must_use]
    pub fn timeout(limit: Duration) -> Self {
        Self::unavailable(format!("no answer within {} s", limit.as_secs()))
    }

    /// The settings can't be used.
    pub(crate) fn config(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StoreErrorKind::Config, detail)
    }

    /// The log, or a row of another table, can't be read by this version.
    pub(crate) fn halted(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StoreErrorKind::Halted, detail)
    }

    /// The same error, with what was attempted unless that is known already.
    pub(crate) fn attempting(mut self, attempt: &'static str) -> Self {
        self.attempt.get_or_insert(attempt);
        self
    }

    /// What kind of failure it was.
    #[must_use]
    pub fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    /// Whether the same request can succeed later, without a change to it or to this program.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self.kind {
            StoreErrorKind::Unavailable
            | StoreErrorKind::NotReadYet
            | StoreErrorKind::Busy
            | StoreErrorKind::ReadOnly
            | StoreErrorKind::DiskFull
            | StoreErrorKind::DiskFailed
            | StoreErrorKind::NotMigrated
            | StoreErrorKind::Halted
            | StoreErrorKind::Forked
            | StoreErrorKind::NewerDatabase => true,
            StoreErrorKind::Duplicate
            | StoreErrorKind::Constraint
            | StoreErrorKind::Decode
            | StoreErrorKind::Query
            | StoreErrorKind::Config => false,
        }
    }

    /// What is wrong, in words that may be shown to anybody: no host, no path, no SQL.
    #[must_use]
    pub fn public_reason(&self) -> &'static str {
        match self.kind {
            StoreErrorKind::Unavailable => "the database does not answer",
            StoreErrorKind::NotReadYet => "the log is still being read",
            StoreErrorKind::Busy => "the database is busy",
            StoreErrorKind::ReadOnly => "the database takes no writes",
            StoreErrorKind::DiskFull => "the database's disk is full",
            StoreErrorKind::DiskFailed => "the database's disk fails",
            StoreErrorKind::NotMigrated => "the database's tables are missing",
            StoreErrorKind::Duplicate
            | StoreErrorKind::Constraint
            | StoreErrorKind::Decode
            | StoreErrorKind::Query => "the database refused the request",
            StoreErrorKind::Halted => "the log can't be read on by this version",
            StoreErrorKind::Forked => "the log was replaced by one with another past",
            StoreErrorKind::NewerDatabase => "the database is of a newer version",
            StoreErrorKind::Config => "the database can't be used as it is set up",
        }
    }

    /// The error and its causes on one line.
    #[must_use]
    pub fn chain(&self) -> ErrorChain<'_> {
        ErrorChain(self)
    }

    /// What is wrong in particular, with its causes, but without the kind of failure and what was attempted.
    #[must_use]
    pub fn detail(&self) -> String {
        let Some(source) = &self.source else { return self.detail.to_string() };
        let source = ErrorChain(source);
        if self.detail.is_empty() {
            source.to_string()
        } else {
            format!("{}: {source}", self.detail)
        }
    }

    fn sentence(&self) -> String {
        if let StoreErrorKind::NewerDatabase | StoreErrorKind::Config = self.kind
            && !self.detail.is_empty()
        {
            // Written for the operator, and complete.
            return self.detail.to_string();
        }
        let attempt = self.attempt.map(|attempt| format!("could not {attempt}"));
        let detail = Some(self.detail.as_ref()).filter(|detail| !detail.is_empty());
        let parts = attempt.as_deref().into_iter().chain([self.kind.sentence()]).chain(detail);
        parts.collect::<Vec<_>>().join(": ")
    }

    /// Counts the failure; called once per request, where it is answered.
    pub(crate) fn count(&self) {
        let kind = match self.kind {
            StoreErrorKind::Unavailable | StoreErrorKind::NotReadYet => "unavailable",
            StoreErrorKind::Busy => "busy",
            StoreErrorKind::ReadOnly => "read-only",
            StoreErrorKind::DiskFull | StoreErrorKind::DiskFailed => "disk",
            StoreErrorKind::Duplicate
            | StoreErrorKind::Constraint
            | StoreErrorKind::Decode
            | StoreErrorKind::Query => "refused",
            StoreErrorKind::Halted | StoreErrorKind::Forked => "halted",
            StoreErrorKind::NewerDatabase => "newer",
            StoreErrorKind::NotMigrated | StoreErrorKind::Config => "config",
        };
        counter!("candor_db_errors_total", "kind" => kind).increment(1);
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        Self::new(kind_of(&error), "").caused_by(error)
    }
}

fn kind_of(error: &DieselError) -> StoreErrorKind {
    if let DieselError::BrokenTransactionManager | DieselError::RollbackTransaction = error {
        return StoreErrorKind::Unavailable;
    }
    if let DieselError::DeserializationError(_) = error {
        return StoreErrorKind::Decode;
    }
    let DieselError::DatabaseError(kind, info) = error else { return StoreErrorKind::Query };
    match kind {
        DatabaseErrorKind::UniqueViolation => StoreErrorKind::Duplicate,
        DatabaseErrorKind::ForeignKeyViolation
        | DatabaseErrorKind::NotNullViolation
        | DatabaseErrorKind::CheckViolation
        | DatabaseErrorKind::RestrictViolation
        | DatabaseErrorKind::ExclusionViolation => StoreErrorKind::Constraint,
        DatabaseErrorKind::ReadOnlyTransaction => StoreErrorKind::ReadOnly,
        DatabaseErrorKind::SerializationFailure => StoreErrorKind::Busy,
        DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
            StoreErrorKind::Unavailable
        }
        _ => kind_by_message(info.message()),
    }
}

/// Where diesel has no kind of its own, the server's message decides: PostgreSQL's (errcodes.txt, classes 08, 25, 40, 53,
/// 55, 57 and 58) and those of SQLite's `sqlite3_errstr`.
fn kind_by_message(message: &str) -> StoreErrorKind {
    const MESSAGES: [(StoreErrorKind, &[&str]); 6] = [
        (
            StoreErrorKind::DiskFull,
            &["disk is full", "No space left on device", "Disk quota exceeded"],
        ),
        (
            StoreErrorKind::DiskFailed,
            &["disk I/O error", "Input/output error", "could not extend file", "could not fsync"],
        ),
        (
            StoreErrorKind::ReadOnly,
            &[
                "readonly database",
                "read-only transaction",
                "recovery is in progress",
                "during recovery",
            ],
        ),
        (
            StoreErrorKind::Busy,
            &[
                "is locked",
                "lock timeout",
                "deadlock detected",
                "could not serialize",
                "could not obtain lock",
                "canceling statement",
                "conflict with recovery",
            ],
        ),
        (
            StoreErrorKind::Unavailable,
            &[
                "terminating connection",
                "the database system is",
                "unable to open database file",
                "too many connections",
                "too many clients",
                "remaining connection slots",
                "connection",
            ],
        ),
        (StoreErrorKind::NotMigrated, &["no such table"]),
    ];
    if message.contains("relation") && message.contains("does not exist") {
        return StoreErrorKind::NotMigrated;
    }
    let known = MESSAGES.iter().find(|(_, words)| words.iter().any(|word| message.contains(word)));
    known.map_or(StoreErrorKind::Query, |(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database_error(kind: DatabaseErrorKind, message: &str) -> StoreError {
        DieselError::DatabaseError(kind, Box::new(message.to_owned())).into()
    }

    #[test]
    fn the_servers_message_decides_the_kind() {
        for (message, kind) in [
            ("no such table: event", StoreErrorKind::NotMigrated),
            ("relation \"event\" does not exist", StoreErrorKind::NotMigrated),
            ("database or disk is full", StoreErrorKind::DiskFull),
            (
                "could not extend file \"base/5/1\": No space left on device",
                StoreErrorKind::DiskFull,
            ),
            ("disk I/O error", StoreErrorKind::DiskFailed),
            ("attempt to write a readonly database", StoreErrorKind::ReadOnly),
            ("cannot execute INSERT in a read-only transaction", StoreErrorKind::ReadOnly),
            ("cannot execute LISTEN during recovery", StoreErrorKind::ReadOnly),
            ("database is locked", StoreErrorKind::Busy),
            ("canceling statement due to lock timeout", StoreErrorKind::Busy),
            ("terminating connection due to administrator command", StoreErrorKind::Unavailable),
            ("the database system is shutting down", StoreErrorKind::Unavailable),
            ("syntax error at or near \"WHERE\"", StoreErrorKind::Query),
        ] {
            let error = database_error(DatabaseErrorKind::Unknown, message);
            assert_eq!(error.kind(), kind, "{message}");
            assert_eq!(error.is_transient(), kind != StoreErrorKind::Query, "{message}");
        }
    }

    #[test]
    fn a_duplicate_a_value_that_cannot_be_decoded_and_a_lost_connection_are_three_things() {
        let duplicate = database_error(DatabaseErrorKind::UniqueViolation, "UNIQUE failed");
        let lost = database_error(DatabaseErrorKind::ClosedConnection, "closed");
        let decode = StoreError::from(DieselError::DeserializationError("not UTF-8".into()));
        for (error, kind, is_transient) in [
            (duplicate, StoreErrorKind::Duplicate, false),
            (lost, StoreErrorKind::Unavailable, true),
            (decode, StoreErrorKind::Decode, false),
        ] {
            assert_eq!((error.kind(), error.is_transient()), (kind, is_transient));
        }
    }

    #[test]
    fn an_error_names_what_was_attempted_and_its_chain_the_cause() {
        let error = database_error(DatabaseErrorKind::ClosedConnection, "server closed");
        let error = error.attempting("load the subscribers").attempting("something else");
        let sentence = "could not load the subscribers: the database can't be reached";
        assert_eq!(error.to_string(), sentence);
        assert_eq!(error.chain().to_string(), format!("{sentence}: server closed"));
        assert_eq!(error.detail(), "server closed");
    }
}
