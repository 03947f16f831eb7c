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
    /// Updates whose command said that it was done, and who was confirmed then.
    acknowledged: BTreeMap<u64, Arc<Vec<String>>>,
    /// Updates whose command said that it failed: in the log or not.
    unknown: BTreeSet<u64>,
}

/// The expectations against the sink.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Audit {
    /// Mails that must have come.
    pub(crate) expected: usize,
    /// Mails that were accepted, every copy of them.
    pub(crate) accepted: usize,
    /// Expected mails that never came.
    pub(crate) lost: usize,
    /// Copies beyond the first.
    pub(crate) repeated: usize,
    /// Copies that can't be recognized: another `Message-ID` or `Date` than the first.
    pub(crate) unlike: usize,
    /// Mails that nobody owed: of an unknown update, to a stranger.
    pub(crate) uncalled: usize,
}

impl Expectations {
    pub(crate) fn confirm(&mut self, addresses: Vec<String>) {
        self.confirmed = addresses.into();
    }

    /// The confirmed one at this place is one no longer; their address.
    pub(crate) fn leave(&mut self, folder: usize) -> String {
        Arc::make_mut(&mut self.confirmed).remove(folder)
    }

    /// One more, after all others in the alphabet.
    pub(crate) fn join(&mut self, address: &str) {
        Arc::make_mut(&mut self.confirmed).push(address.to_owned());
    }

    /// The updates whose command said that it was done.
    pub(crate) fn updates(&self) -> impl Iterator<Item = u64> {
        self.acknowledged.keys().copied()
    }

    /// All that are confirmed.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = &str> {
        self.confirmed.iter().map(String::as_str)
    }

    pub(crate) fn acknowledge(&mut self, update: u64) {
        self.acknowledged.insert(update, self.confirmed.clone());
    }

    pub(crate) fn not_known(&mut self, update: u64) {
        self.unknown.insert(update);
    }

    /// How many mails must come.
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
                audit.uncalled += 1;
                continue;
            };
            match first.get(&(update, mail.to.as_str())) {
                Some(earlier) => {
                    audit.repeated += 1;
                    audit.unlike += usize::from(earlier.id != mail.id || earlier.date != mail.date);
                }
                None => {
                    // Another mail under an id that was used before could be thrown away as its copy.
                    audit.unlike += usize::from(!ids.insert(mail.id.as_str()));
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
            audit.uncalled += strangers.count();
        }
        audit
    }
}

/// The number in a subscriber's address.
pub(crate) fn number(address: &str) -> usize {
    address.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// Shows that the audit finds what it is for: asked before every run, because a harness that can't fail proves nothing.
pub(crate) fn prove() {
    let mail = |update: Option<u64>, to: &str, id: &str, date: &str| Mail {
        id: id.to_owned(),
        date: date.to_owned(),
        to: to.to_owned(),
        update,
        at: Instant::now(),
        bytes: 0,
        heard: true,
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
    // c was never told; two came twice, one of them under another date; the id "two" names two mails; the stranger, the
    // update nobody made and the mail about nothing were not called for.
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
            self.expected, self.accepted, self.lost, self.repeated, self.unlike, self.uncalled
        )
    }
}
