//! The headline: the first sentence of the page.

use serde::Serialize;

use crate::{Severity, Status};

/// What the page says first, the worst first. "All good" is never said over an open outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Headline {
    /// A person has confirmed that the service is down.
    Outage,
    /// A person has confirmed that part of it is down.
    Partial,
    /// Monitoring says so; a person is checking.
    Suspected,
    /// A fix for an outage is in place and is being watched.
    Watching,
    /// A person has confirmed a small fault.
    Bug,
    /// Maintenance is going on.
    Maintenance,
    /// There is something to know.
    Notice,
    /// Nothing is known to be wrong.
    AllGood,
}

impl Headline {
    /// The headline that an incident of this status and severity calls for.
    #[must_use]
    pub fn of_status(status: Status, severity: Severity) -> Self {
        match (status, severity) {
            (Status::Planned | Status::Dismissed | Status::Resolved, _) => Self::AllGood,
            (Status::Suspected, _) => Self::Suspected,
            (Status::Confirmed, Severity::Outage) => Self::Outage,
            (Status::Confirmed, Severity::Partial) => Self::Partial,
            // Only what was down can recover; bugs and maintenance keep their headline until they are over.
            (Status::Watching, Severity::Outage | Severity::Partial) => Self::Watching,
            (Status::Confirmed | Status::Watching, Severity::Bug) => Self::Bug,
            (Status::Confirmed | Status::Watching, Severity::Maintenance) => Self::Maintenance,
            (Status::Confirmed | Status::Watching, Severity::Notice) => Self::Notice,
        }
    }

    /// The word for it, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Partial => "partial",
            Self::Suspected => "suspected",
            Self::Watching => "watching",
            Self::Bug => "bug",
            Self::Maintenance => "maintenance",
            Self::Notice => "notice",
            Self::AllGood => "all-good",
        }
    }
}
