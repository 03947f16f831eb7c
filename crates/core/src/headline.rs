//! The headline: the first sentence of the page.

use crate::{Headline, Severity, Status};

impl Headline {
    /// The headline for an incident with this status and severity.
    #[must_use]
    pub fn of_status(status: Status, severity: Severity) -> Self {
        match (status, severity) {
            (Status::Planned | Status::Dismissed | Status::Resolved, _) => Self::AllGood,
            (Status::Suspected, _) => Self::Suspected,
            (Status::Confirmed, Severity::Outage) => Self::Outage,
            (Status::Confirmed, Severity::Partial) => Self::Partial,
            // Only outages recover; bugs and maintenance keep their headline until they are over.
            (Status::Watching, Severity::Outage | Severity::Partial) => Self::Watching,
            (Status::Confirmed | Status::Watching, Severity::Bug) => Self::Bug,
            (Status::Confirmed | Status::Watching, Severity::Maintenance) => Self::Maintenance,
            (Status::Confirmed | Status::Watching, Severity::Notice) => Self::Notice,
        }
    }
}
