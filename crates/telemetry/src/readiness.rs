//! Whether requests should be sent to a process, and what isn't as it should be: said the same way on the page and on the
//! admin listener.

use candor_store::Store;
use serde::Serialize;

/// What a probe is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether the process does what it is for. Whoever has pages serves them: if that hung on the database, all
    /// processes would be taken away from the viewers at the moment it goes.
    pub ready: bool,
    /// What isn't as it should be. The words are ours, never an inner error's: those may name hosts.
    pub reasons: Vec<&'static str>,
}

impl Readiness {
    /// How it is now, from memory. `has_pages` is none for a process that serves none: it is ready if nothing is wrong.
    #[must_use]
    pub fn of(store: &Store, has_pages: Option<bool>) -> Self {
        let mut reasons = Vec::new();
        if has_pages == Some(false) {
            reasons.push("there are no pages yet");
        }
        reasons.extend(store.snapshot().borrow().freshness.trouble());
        reasons.extend(store.writable().err().map(|error| error.reason()));
        Self { ready: has_pages.unwrap_or(reasons.is_empty()), reasons }
    }

    /// Adds what else is wrong.
    pub(crate) fn but(mut self, reason: &'static str) -> Self {
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
        self
    }
}
