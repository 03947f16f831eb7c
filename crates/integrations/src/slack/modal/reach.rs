//! How many subscribers a notification reaches, in the words of a form.

use candor_core::{Audience, IncidentNumber, Severity};

use crate::slack::words::{SlackContext, plural};

/// Who subscribed.
#[derive(Debug, Clone, Default)]
pub struct Subscribers {
    /// All of them.
    pub all: Audience,
    /// Those who can be notified now: the others' mails wait, because no running process has a mail server.
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
    /// One of the messages that say how many there are.
    pub(super) fn say(self, id: &str, context: &SlackContext<'_>) -> String {
        count(id, self.now.saturating_add(self.waiting), context)
    }

    /// That some of them have to wait for a mail server.
    pub(super) fn waiting(self, context: &SlackContext<'_>) -> Option<String> {
        (self.waiting > 0).then(|| count("slack-waiting", self.waiting, context))
    }

    /// Whether there are no subscribers.
    pub(super) fn is_nobody(self) -> bool {
        self.now == 0 && self.waiting == 0
    }
}

impl From<u64> for Subscribers {
    /// A number of subscribers to everything who can be notified now.
    fn from(all: u64) -> Self {
        Self { all: all.into(), now: all.into() }
    }
}

impl From<u64> for Reach {
    /// A number of subscribers who can be notified now.
    fn from(now: u64) -> Self {
        Self { now, waiting: 0 }
    }
}

fn count(id: &str, count: u64, context: &SlackContext<'_>) -> String {
    let number = context.number(count);
    context.say_with(id, &[("count", plural(count)), ("number", (&number).into())])
}
