//! How many subscribers hear of something, in the words of a form.

use candor_core::{Audience, IncidentNumber, Severity};

use crate::slack::words;

/// Who subscribed.
#[derive(Debug, Clone, Default)]
pub struct Subscribers {
    /// All of them.
    pub all: Audience,
    /// Those who can be told now: the others' mails wait, because no running process has a mail server.
    pub now: Audience,
}

/// How many of them a notice reaches.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    now: u64,
    waiting: u64,
}

impl Subscribers {
    /// How many a notice reaches; `incident` is none for one that isn't open yet.
    #[must_use]
    pub fn reaches(&self, incident: Option<IncidentNumber>, severity: Severity) -> Reach {
        let [all, now] = [&self.all, &self.now].map(|some| some.count(incident, severity));
        Reach { now, waiting: all.saturating_sub(now) }
    }
}

impl Reach {
    /// `1,219 subscribers`, and who of them will be told later.
    pub(super) fn words(self) -> String {
        let later = |waiting| format!("{waiting} whose mails wait for a mail server");
        match self {
            Self { now, waiting: 0 } => words::count(now, "subscriber"),
            Self { now: 0, waiting: 1 } => {
                "1 subscriber whose mail waits for a mail server".to_owned()
            }
            Self { now: 0, waiting } => later(words::count(waiting, "subscriber")),
            Self { now, waiting } => {
                let now = words::count(now, "subscriber");
                format!("{now}, and {}", later(words::number(waiting)))
            }
        }
    }

    /// Whether there is nobody.
    pub(super) fn is_nobody(self) -> bool {
        self.now == 0 && self.waiting == 0
    }
}

impl From<u64> for Subscribers {
    /// So many who want everything, and can be told now.
    fn from(all: u64) -> Self {
        Self { all: all.into(), now: all.into() }
    }
}

impl From<u64> for Reach {
    /// So many who can be told now.
    fn from(now: u64) -> Self {
        Self { now, waiting: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_mail_waits_is_not_said_to_be_told() {
        let words = |all: u64, now: u64| {
            let subscribers = Subscribers { all: all.into(), now: now.into() };
            subscribers.reaches(None, Severity::Outage).words()
        };
        assert_eq!(words(1, 1), "1 subscriber");
        assert_eq!(words(2, 0), "2 subscribers whose mails wait for a mail server");
        assert_eq!(words(3_000, 1), "1 subscriber, and 2,999 whose mails wait for a mail server");
    }
}
