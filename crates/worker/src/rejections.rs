//! Whether a mail server's rejection concerns its recipient or us.
//!
//! A mail server's text can mislead (a wrong table, a quota, a filter that calls everybody unknown), but what it does
//! to others can't: if several recipients get the same permanent answer and none is accepted, it concerns us, and no
//! delivery is given up for it. Nor is one given up for an answer that isn't clearly about its recipient while the
//! server accepts nothing from us.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use candor_store::{Claim, DeliveryContent, DeliveryRecipient};
use tokio::{
    sync::watch,
    time::{Instant, timeout},
};

/// How many different recipients with the same answer are several.
const MIN_RECIPIENTS: usize = 3;
/// The maximum number of different answers that are told apart.
const MAX_ANSWERS: usize = 64;
/// How long after an accepted mail the other side counts as accepting our mails.
const ACCEPTED_WINDOW: Duration = Duration::from_secs(60 * 60);
/// How long a rejection counts as a problem: longer than the longest delay between two attempts of a delivery.
const PROBLEM_WINDOW: Duration = Duration::from_secs(12 * 60 * 60);

/// What the other side of one queue has rejected since it last accepted a delivery.
#[derive(Default)]
pub(crate) struct Rejections {
    seen: Mutex<RejectionsSeen>,
    /// Notified whenever a delivery is accepted or rejected.
    changed: watch::Sender<()>,
}

#[derive(Default)]
struct RejectionsSeen {
    /// How many deliveries were accepted.
    accepted: u64,
    accepted_at: Option<Instant>,
    /// The rejected recipients, by answer.
    rejected: BTreeMap<ComparedAnswer, BTreeSet<String>>,
    /// Rejected recipients who haven't confirmed, as far as that tells something about the other side.
    unconfirmed: BTreeSet<String>,
    /// When and how the other side last indicated that it accepts nothing from us.
    problem: Option<(Instant, String)>,
}

impl RejectionsSeen {
    fn accepted_lately(&self) -> bool {
        self.accepted_at.is_some_and(|at| at.elapsed() < ACCEPTED_WINDOW)
    }

    fn is_said_to_several(&self, answer: &ComparedAnswer) -> bool {
        self.rejected.get(answer).is_some_and(|who| who.len() >= MIN_RECIPIENTS)
    }
}

/// The part of an answer that is compared. Its text is not: it holds queue ids, hosts, and parts of the recipient's
/// address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ComparedAnswer {
    /// Unconfirmed recipients are counted separately.
    is_wanted: bool,
    codes: String,
}

/// Whom the text of a rejection is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RejectionSubject {
    Recipient,
    Nothing,
    Us,
}

/// Whom a rejection concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// Its recipient.
    Recipient,
    /// Us, or possibly us, and so others may be rejected, too.
    Us {
        /// The reason for this conclusion.
        why: &'static str,
        /// Whether to stop claims until a probe succeeds. Unconfirmed addresses never do that, since any stranger can
        /// request a mail to an address that doesn't exist.
        trip: bool,
    },
}

impl Rejections {
    /// The other side accepted a delivery.
    pub(crate) fn accepted(&self) {
        let mut seen = self.seen();
        let accepted = seen.accepted + 1;
        *seen = RejectionsSeen {
            accepted,
            accepted_at: Some(Instant::now()),
            ..RejectionsSeen::default()
        };
        drop(seen);
        self.changed.send_replace(());
    }

    /// Whether a delivery was accepted within the last hour.
    pub(crate) fn accepted_lately(&self) -> bool {
        self.seen().accepted_lately()
    }

    /// The last rejection that should not have happened, if no delivery was accepted since.
    ///
    /// Of unconfirmed addresses, only several together count, and "there is no such mailbox" only if no delivery was
    /// ever accepted: a stranger can request mails to addresses that don't exist.
    pub(crate) fn problem(&self) -> Option<String> {
        let seen = self.seen();
        let (at, answer_text) = seen.problem.as_ref()?;
        (at.elapsed() < PROBLEM_WINDOW)
            .then(|| format!("no mail was accepted since this was refused: {answer_text}"))
    }

    /// Whom a permanent rejection concerns; `is_clear` if its text says that it concerns the recipient. Waits up to
    /// `wait` for what happens to others, except for unconfirmed addresses.
    pub(crate) async fn about(
        &self,
        claim: &Claim,
        answer_text: &str,
        is_clear: bool,
        wait: Duration,
    ) -> About {
        // An error that we found ourselves says nothing about the other side.
        let Some(codes) = codes(answer_text) else { return About::Recipient };
        let before = self.seen().accepted;
        let says = if is_clear { RejectionSubject::Recipient } else { RejectionSubject::Nothing };
        let answer = self.note(claim, codes, says, answer_text);
        let is_wanted = answer.is_wanted;
        let mut changed = self.changed.subscribe();
        let others = async {
            loop {
                {
                    let seen = self.seen();
                    if seen.accepted != before {
                        return About::Recipient;
                    }
                    if seen.is_said_to_several(&answer) {
                        let why = "several recipients got the same refusal and none was accepted";
                        return About::Us { why, trip: is_wanted };
                    }
                }
                if changed.changed().await.is_err() {
                    return About::Recipient;
                }
            }
        };
        let wait = if is_wanted { wait } else { Duration::ZERO };
        match timeout(wait, others).await {
            Ok(about) => about,
            Err(_) if is_clear || self.accepted_lately() => About::Recipient,
            Err(_) => About::Us {
                why: "nothing was accepted lately, so this may be about us",
                trip: false,
            },
        }
    }

    /// Whether a rejection whose text says that it concerns us should stop the queue: at once, or, if others were
    /// accepted lately, when several recipients get it.
    pub(crate) fn concerns_all(&self, claim: &Claim, answer_text: &str) -> bool {
        let answer = self.note(claim, "about us".to_owned(), RejectionSubject::Us, answer_text);
        let seen = self.seen();
        answer.is_wanted && (seen.is_said_to_several(&answer) || !seen.accepted_lately())
    }

    /// Records a rejected recipient; returns the answer it is counted under.
    fn note(
        &self,
        claim: &Claim,
        codes: String,
        says: RejectionSubject,
        answer_text: &str,
    ) -> ComparedAnswer {
        let who = match &claim.recipient {
            DeliveryRecipient::Subscriber { id, .. } => id.to_string(),
            DeliveryRecipient::ChatChannel(name) => name.clone(),
        };
        let answer = ComparedAnswer { is_wanted: is_wanted(claim), codes };
        let mut seen = self.seen();
        if seen.rejected.len() >= MAX_ANSWERS && !seen.rejected.contains_key(&answer) {
            seen.rejected.clear();
        }
        let recipients = seen.rejected.entry(answer.clone()).or_default();
        if recipients.len() < MIN_RECIPIENTS {
            recipients.insert(who.clone());
        }
        let nothing_lately = !seen.accepted_lately();
        let is_trouble = if answer.is_wanted {
            seen.is_said_to_several(&answer)
                || (nothing_lately && says != RejectionSubject::Recipient)
        } else {
            let counts = says != RejectionSubject::Recipient || seen.accepted_at.is_none();
            if counts && seen.unconfirmed.len() < MIN_RECIPIENTS {
                seen.unconfirmed.insert(who);
            }
            nothing_lately && counts && seen.unconfirmed.len() >= MIN_RECIPIENTS
        };
        if is_trouble {
            seen.problem = Some((Instant::now(), answer_text.to_owned()));
        }
        drop(seen);
        self.changed.send_replace(());
        answer
    }

    fn seen(&self) -> MutexGuard<'_, RejectionsSeen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the recipient has confirmed.
fn is_wanted(claim: &Claim) -> bool {
    !matches!(claim.content, DeliveryContent::ConfirmSubscription)
}

/// The reply code, and the enhanced code if one follows (RFC 5321, RFC 3463); none if the server said nothing.
fn codes(answer_text: &str) -> Option<String> {
    let is_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let is_enhanced = |word: &&str| word.split('.').count() == 3 && word.split('.').all(is_digits);
    let mut words = answer_text
        .split_whitespace()
        .skip_while(|word| !(word.len() == 3 && word.starts_with('5') && is_digits(word)));
    let reply = words.next()?;
    let enhanced =
        words.next().map(|word| word.trim_end_matches([':', ';', ','])).filter(is_enhanced);
    Some(enhanced.map_or_else(|| reply.to_owned(), |enhanced| format!("{reply} {enhanced}")))
}
