//! Whether requests should be sent to a process, and what is wrong: answered the same way on the page and on the
//! admin listener.

use candor_store::Store;
use serde::Serialize;

/// The pages that a process serves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ServedPages {
    /// It serves none.
    #[default]
    NotServed,
    /// There are none yet.
    Missing,
    /// They say what the log says, or how old they are.
    Current,
    /// The last change could not be rendered: they say what the log said before.
    Outdated,
}

/// What a probe is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether the process does what it is for. Whoever has pages serves them: if that hung on the database, all
    /// processes would be taken away from the viewers at the moment it goes.
    pub ready: bool,
    /// What is wrong. The words are ours, never an inner error's, which may name hosts.
    pub reasons: Vec<&'static str>,
}

impl Readiness {
    /// How it serves now, from memory. A process that serves no pages is ready if nothing is wrong with its database.
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

/// What anybody may be told of a bad check. None of those that say it themselves ([`Readiness::of`]), and of what isn't
/// this process's illness: that other processes' workers are missing.
pub(crate) fn reason(check: &str) -> Option<&'static str> {
    match check {
        "redis" => Some("Redis can't be used"),
        "mail" => Some("mails can't be sent"),
        "chat" => Some("the team can't be told in chat"),
        "outbox" => Some("something that has to be sent can't be read by this version"),
        _ => None,
    }
}
