//! Whether requests should be sent to a process, and what is wrong: answered the same way on the page and on the
//! admin listener.

use candor_store::Store;
use serde::Serialize;

/// Which pages a process serves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ServedPages {
    /// It serves none.
    #[default]
    NotServed,
    /// There are none yet.
    Missing,
    /// They show the state of the log, or say how old they are.
    Current,
    /// The last change could not be rendered: they show the state before it.
    Outdated,
}

/// The answer to a probe.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether the process does its job. A process with pages is ready: if that depended on the database, all
    /// processes would be taken out of service at the moment it fails.
    pub ready: bool,
    /// What is wrong, in our own words: an inner error's may name hosts.
    pub reasons: Vec<&'static str>,
}

impl Readiness {
    /// The readiness now, from memory. A process that serves no pages is ready if nothing is wrong with its database.
    #[must_use]
    pub fn of(store: &Store, pages: ServedPages) -> Self {
        let mut reasons = Vec::new();
        match pages {
            ServedPages::NotServed | ServedPages::Current => {}
            ServedPages::Missing => reasons.push("there are no pages yet"),
            ServedPages::Outdated => reasons.push("the pages can't be rendered"),
        }
        reasons.extend(store.snapshot().borrow().freshness.problem());
        reasons.extend(store.writable().err().map(|error| error.public_reason()));
        let ready = match pages {
            ServedPages::NotServed => reasons.is_empty(),
            ServedPages::Missing => false,
            ServedPages::Current | ServedPages::Outdated => true,
        };
        Self { ready, reasons }
    }

    /// Adds what else is wrong ([`crate::Metrics::troubles`]) without making the process unready.
    #[must_use]
    pub fn with(mut self, reasons: impl IntoIterator<Item = &'static str>) -> Self {
        for reason in reasons {
            if !self.reasons.contains(&reason) {
                self.reasons.push(reason);
            }
        }
        self
    }
}

/// The public reason of an unhealthy check. None for checks that [`Readiness::of`] covers, and for what isn't
/// this process's fault: that other processes' workers are missing.
pub(crate) fn reason(check: &str) -> Option<&'static str> {
    match check {
        "redis" => Some("Redis can't be used"),
        "mail" => Some("mails can't be sent"),
        "chat" => Some("the team can't be told in chat"),
        "outbox" => Some("something that has to be sent can't be read by this version"),
        _ => None,
    }
}
