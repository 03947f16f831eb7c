//! How a command fails: one clear sentence on stderr, with what to do, and an exit code that scripts can use.

use std::{fmt, io, process::ExitCode};

use candor_store::{StoreError, StoreErrorKind};

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum CliError {
    /// It didn't work, and the sentence says why. Exit code 1.
    Failed(String),
    /// Wrong settings, arguments or values. Exit code 2.
    Settings(Vec<String>),
    /// The command changes nothing: the state isn't the expected one. Exit code 3.
    Refused(String),
    /// The database can't be reached, or takes no writes; trying again can help. Exit code 4.
    Unavailable(String),
    /// The log isn't what was written. Exit code 5.
    Damaged(String),
    /// The command was done, but its answer could not be printed; the sentence says why. Exit code 0: a script that goes by the
    /// code must not do it again.
    Unsaid(String),
    /// The reader of stdout has closed it, as `head` does. Exit code 0, and no sentence.
    NoReader,
}

impl CliError {
    /// A failure of the operating system while doing `what`.
    pub(crate) fn io(what: impl fmt::Display, source: io::Error) -> Self {
        Self::Failed(format!("can't {what}: {source}"))
    }

    /// The answer of a command that was carried out: that it can't be given doesn't undo anything.
    pub(crate) fn after_doing(answered: Result<(), Self>) -> Result<(), Self> {
        answered.map_err(|why| match why {
            Self::NoReader => Self::Unsaid("it was done; nobody reads the answer".to_owned()),
            Self::Unsaid(_) => why,
            Self::Failed(_)
            | Self::Settings(_)
            | Self::Refused(_)
            | Self::Unavailable(_)
            | Self::Damaged(_) => {
                Self::Unsaid(format!("it was done, so don't repeat it; but then: {why}"))
            }
        })
    }

    /// One wrong value.
    pub(crate) fn wrong(sentence: impl fmt::Display) -> Self {
        Self::Settings(vec![sentence.to_string()])
    }

    /// The exit code, as `docs/reference/commands.md` lists them.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Unsaid(_) | Self::NoReader => 0,
            Self::Failed(_) => 1,
            Self::Settings(_) => 2,
            Self::Refused(_) => 3,
            Self::Unavailable(_) => 4,
            Self::Damaged(_) => 5,
        })
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(sentence)
            | Self::Refused(sentence)
            | Self::Unavailable(sentence)
            | Self::Damaged(sentence)
            | Self::Unsaid(sentence) => f.write_str(sentence),
            Self::Settings(sentences) => f.write_str(&sentences.join("\n")),
            Self::NoReader => f.write_str("nobody reads what is printed"),
        }
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let sentence = error.chain().to_string();
        match error.kind() {
            StoreErrorKind::Unavailable
            | StoreErrorKind::NotReadYet
            | StoreErrorKind::Busy
            | StoreErrorKind::ReadOnly
            | StoreErrorKind::DiskFull
            | StoreErrorKind::DiskFailed
            | StoreErrorKind::NotMigrated => Self::Unavailable(sentence),
            StoreErrorKind::Halted | StoreErrorKind::Forked => Self::Damaged(sentence),
            StoreErrorKind::Duplicate
            | StoreErrorKind::Constraint
            | StoreErrorKind::Decode
            | StoreErrorKind::Query
            | StoreErrorKind::NewerDatabase => Self::Failed(sentence),
            StoreErrorKind::Config => Self::wrong(sentence),
        }
    }
}

impl From<candor_core::InvalidValue> for CliError {
    fn from(error: candor_core::InvalidValue) -> Self {
        Self::wrong(error)
    }
}
