//! What must arrive, counted by the harness itself: acknowledged updates × the subscribers confirmed by then.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
    time::Instant,
};

use crate::sink::Mail;

/// The expectations of one site.
#[derive(Default)]
pub(crate) struct Expectations {
    /// The subscribers that are confirmed now.
    confirmed: Arc<Vec<String>>,
    /// Updates whose command succeeded, and who was confirmed then.
    acknowledged: BTreeMap<u64, Arc<Vec<String>>>,
    /// Updates whose command failed, which may be in the log or not.
    unknown: BTreeSet<u64>,
}

/// The comparison of the expectations with the sink.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Audit {
    /// Mails that must have come.
    pub(crate) expected: usize,
    /// Accepted mails, including every copy.
    pub(crate) accepted: usize,
    /// Expected mails that never came.
    pub(crate) lost: usize,
    /// Copies beyond the first.
    pub(crate) repeated: usize,
    /// Copies that can't be recognized: with another `Message-ID` or `Date` than the first.
    pub(crate) unrecognizable: usize,
    /// Mails that should not have been sent: of an unknown update, or to a stranger.
    pub(crate) unexpected: usize,
}

impl Expectations {
    pub(crate) fn confirm(&mut self, addresses: Vec<String>) {
        self.confirmed = addresses.into();
    }

    /// Removes the confirmed subscriber at this index; returns the address.
    pub(crate) fn leave(&mut self, folder: usize) -> String {
        Arc::make_mut(&mut self.confirmed).remove(folder)
    }

    /// Adds a subscriber, alphabetically after all others.
    pub(crate) fn join(&mut self, address: &str) {
        Arc::make_mut(&mut self.confirmed).push(address.to_owned());
    }

    /// The updates whose command succeeded.
    pub(crate) fn updates(&self) -> impl Iterator<Item = u64> {
        self.acknowledged.keys().copied()
    }

    /// All that are confirmed.
    pub(crate) fn all_confirmed(&self) -> impl Iterator<Item = &str> {
        self.confirmed.iter().map(String::as_str)
    }

    pub(crate) fn acknowledge(&mut self, update: u64) {
        self.acknowledged.insert(update, self.confirmed.clone());
    }

    pub(crate) fn not_known(&mut self, update: u64) {
        self.unknown.insert(update);
    }

    /// How many mails must arrive.
    pub(crate) fn expected(&self) -> usize {
        self.acknowledged.values().map(|recipients| recipients.len()).sum()
    }

    pub(crate) fn audit(&self, mails: &[Mail]) -> Audit {
        let mut audit = Audit { expected: self.expected(), ..Audit::default() };
        let mut first: BTreeMap<(u64, &str), &Mail> = BTreeMap::new();
        let mut ids = BTreeSet::new();
        for mail in mails {
            audit.accepted += 1;
            let known = mail
                .update
                .filter(|at| self.acknowledged.contains_key(at) || self.unknown.contains(at));
            let Some(update) = known else {
                audit.unexpected += 1;
                continue;
            };
            match first.get(&(update, mail.to.as_str())) {
                Some(earlier) => {
                    audit.repeated += 1;
                    audit.unrecognizable +=
                        usize::from(earlier.id != mail.id || earlier.date != mail.date);
                }
                None => {
                    // Another mail under a used id could be discarded as a copy.
                    audit.unrecognizable += usize::from(!ids.insert(mail.id.as_str()));
                    first.insert((update, mail.to.as_str()), mail);
                }
            }
        }
        for (update, recipients) in &self.acknowledged {
            let arrived = |to: &&String| first.contains_key(&(*update, to.as_str()));
            audit.lost += recipients.iter().filter(|to| !arrived(to)).count();
            let strangers = first.range((*update, "")..(*update + 1, "")).filter(|((_, to), _)| {
                recipients.binary_search_by(|known| known.as_str().cmp(to)).is_err()
            });
            audit.unexpected += strangers.count();
        }
        audit
    }
}

/// The number in a subscriber's address.
pub(crate) fn number(address: &str) -> usize {
    address.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// Proves that the audit finds errors, before every run: a harness that can't fail proves nothing.
pub(crate) fn prove() {
    let mail = |update: Option<u64>, to: &str, id: &str, date: &str| Mail {
        id: id.to_owned(),
        date: date.to_owned(),
        to: to.to_owned(),
        update,
        at: Instant::now(),
        bytes: 0,
        answer_was_read: true,
    };
    let mut expectations = Expectations::default();
    expectations.confirm(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]);
    expectations.acknowledge(1);
    expectations.not_known(2);
    let mails = [
        mail(Some(1), "a", "one", "today"),
        mail(Some(1), "a", "one", "today"),
        mail(Some(1), "b", "two", "today"),
        mail(Some(1), "b", "two", "newer_version"),
        mail(Some(1), "stranger", "three", "today"),
        mail(Some(2), "a", "two", "today"),
        mail(Some(3), "a", "four", "today"),
        mail(None, "a", "five", "today"),
    ];
    let audit = expectations.audit(&mails);
    // c got nothing; two mails came twice, one of them with another date; the id "two" names two mails; the stranger,
    // the unknown update and the mail without one were unexpected.
    assert_eq!(
        audit.to_string(),
        "expected 3 accepted 8 lost 1 repeated 2 unlike 2 uncalled 3",
        "the audit is blind"
    );
}

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected {} accepted {} lost {} repeated {} unlike {} uncalled {}",
            self.expected,
            self.accepted,
            self.lost,
            self.repeated,
            self.unrecognizable,
            self.unexpected
        )
    }
}
