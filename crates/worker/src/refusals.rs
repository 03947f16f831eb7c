//! Whether a refusal is about its recipient or about us.
//!
//! The words of a mail server can mislead (a wrong table, a quota, a filter that calls everybody unknown), but what it
//! does to others can't: where several different recipients get the same permanent answer and none is accepted, it is
//! about us, and nobody is buried for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use candor_store::{Claim, Content, Recipient};
use tokio::{
    sync::watch,
    time::{Instant, timeout},
};

/// So many different recipients with the same answer are several.
const SEVERAL: usize = 3;
/// Most different answers that are kept apart.
const MAX_ANSWERS: usize = 64;
/// How long an accepted mail says that the other side takes mails from us.
const LATELY: Duration = Duration::from_secs(60 * 60);

/// What the other side of one queue has refused since it accepted something.
#[derive(Default)]
pub(crate) struct Refusals {
    seen: Mutex<Seen>,
    /// Told whenever something is accepted or refused.
    changed: watch::Sender<()>,
}

#[derive(Default)]
struct Seen {
    /// How many were accepted.
    accepted: u64,
    accepted_at: Option<Instant>,
    /// Who was refused, by what was said.
    refused: BTreeMap<String, BTreeSet<String>>,
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// Its recipient.
    Recipient,
    /// Us, and so it may be of anybody else's mail.
    Us {
        /// Whether nothing should be claimed until the other side was asked. Addresses that nobody has confirmed don't
        /// bring that about: any stranger can ask for a mail to one that doesn't exist.
        close: bool,
    },
}

impl Refusals {
    /// The other side accepted a delivery.
    pub(crate) fn accepted(&self) {
        let mut seen = self.seen();
        seen.accepted += 1;
        seen.accepted_at = Some(Instant::now());
        seen.refused.clear();
        drop(seen);
        self.changed.send_replace(());
    }

    /// Whether something was accepted within the last hour.
    pub(crate) fn accepted_lately(&self) -> bool {
        self.seen().accepted_at.is_some_and(|at| at.elapsed() < LATELY)
    }

    /// What a permanent refusal is about. Waits up to `patience` for what happens to others, but not for the sake of an
    /// address that nobody has confirmed.
    pub(crate) async fn about(&self, claim: &Claim, said: &str, patience: Duration) -> About {
        let answer = self.note(claim, said);
        let before = self.seen().accepted;
        let mut changed = self.changed.subscribe();
        let others = async {
            loop {
                {
                    let seen = self.seen();
                    if seen.accepted != before {
                        return About::Recipient;
                    }
                    if seen.refused.get(&answer).is_some_and(|who| who.len() >= SEVERAL) {
                        return About::Us { close: is_wanted(claim) };
                    }
                }
                if changed.changed().await.is_err() {
                    return About::Recipient;
                }
            }
        };
        let patience = if is_wanted(claim) { patience } else { Duration::ZERO };
        timeout(patience, others).await.unwrap_or(About::Recipient)
    }

    /// Whether a refusal whose words say that it is about us should stop the queue: at once, unless others were accepted
    /// lately; then, if it is said to several.
    pub(crate) fn concerns_all(&self, claim: &Claim) -> bool {
        let answer = self.note(claim, "about us");
        let several = self.seen().refused.get(&answer).is_some_and(|who| who.len() >= SEVERAL);
        is_wanted(claim) && (several || !self.accepted_lately())
    }

    /// Notes who was refused; under which answer.
    fn note(&self, claim: &Claim, said: &str) -> String {
        let who = match &claim.recipient {
            Recipient::Subscriber { id, .. } => id.to_string(),
            Recipient::Room(name) => name.clone(),
        };
        // Those whom nobody has confirmed are counted apart.
        let answer = format!("{} {}", is_wanted(claim), without_numbers(said));
        let mut seen = self.seen();
        if seen.refused.len() >= MAX_ANSWERS && !seen.refused.contains_key(&answer) {
            seen.refused.clear();
        }
        let recipients = seen.refused.entry(answer.clone()).or_default();
        if recipients.len() < SEVERAL {
            recipients.insert(who);
        }
        drop(seen);
        self.changed.send_replace(());
        answer
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the recipient has confirmed.
fn is_wanted(claim: &Claim) -> bool {
    !matches!(claim.content, Content::ConfirmSubscription)
}

/// What was said, without what differs from mail to mail: queue ids, times, addresses. Reply codes stay.
fn without_numbers(said: &str) -> String {
    let is_code = |word: &str| {
        word.len() <= 8 && word.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ':')
    };
    let stays = |word: &&str| is_code(word) || !word.contains(|c: char| c.is_ascii_digit());
    said.split_whitespace().filter(stays).collect::<Vec<_>>().join(" ")
}
