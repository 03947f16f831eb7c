//! What a ticket's handler does: claim, send, record, until nothing is due.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use candor_store::{AttemptOutcome, Claim, DeliveryContent};
use futures::FutureExt as _;
use metrics::{counter, histogram};
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};
use tracing::Instrument as _;

use crate::{
    DeliveryChannel, DeliveryError,
    circuit_breaker::CircuitBreaker,
    claims::{DeliverySource, InFlightGuard},
    refusals::{About, Refusals},
    results::Results,
};

/// A delivery that makes the program panic so often is given up.
const MAX_PANICS: u32 = 3;
/// How long a confirmation request may take: anybody can cause one, to an address that they know to be slow.
const CONFIRMATION_TIMEOUT: Duration = Duration::from_secs(15);
/// Pauses between the tries to write a result down: from, to.
const RECORD_RETRY_DELAYS: (Duration, Duration) =
    (Duration::from_millis(100), Duration::from_secs(2));

/// All that the handlers of one queue share.
pub(crate) struct DeliveryContext {
    pub(crate) claims: DeliverySource,
    pub(crate) results: Results,
    pub(crate) sender: DeliverySender,
    pub(crate) relay: Arc<Notify>,
}

impl DeliveryContext {
    /// Handles a ticket. Whatever happens is recorded in SQL; the queue has nothing to repeat.
    pub(crate) async fn handle_ticket(&self) {
        #[cfg(feature = "failpoints")]
        fail::fail_point!("ticket-taken");
        let mut again = false;
        while let Some(mut in_hand) = self.claims.next().await {
            let claim = in_hand.claim();
            let traceparent = claim.traceparent.as_deref();
            let span = tracing::info_span!(
                target: "candor::trace",
                "deliver",
                otel.kind = "consumer",
                traceparent,
                queue = self.sender.channel.queue().as_str(),
                job = claim.kind().as_str(),
                delivery = %claim.delivery,
                attempt = claim.attempt,
            );
            let deliver = async {
                let outcome = self.sender.send(in_hand.claim()).await;
                #[cfg(feature = "failpoints")]
                fail::fail_point!("delivery-answered");
                again |=
                    matches!(outcome, AttemptOutcome::Later { .. } | AttemptOutcome::Held { .. });
                self.record(in_hand, &outcome).await;
                #[cfg(feature = "failpoints")]
                fail::fail_point!("delivery-recorded");
            };
            deliver.instrument(span).await;
        }
        if again {
            // The relay's timer doesn't know yet when the next try is due.
            self.relay.notify_one();
        }
    }

    /// Writes the outcome down, however long that takes. Until then nothing is claimed, so that only what was being
    /// sent at this moment could ever be repeated.
    async fn record(&self, mut in_hand: InFlightGuard, outcome: &AttemptOutcome) {
        let answered = Instant::now();
        let queue = self.sender.channel.queue().as_str();
        let mut unsaved = None;
        let mut delay = RECORD_RETRY_DELAYS.0;
        loop {
            let claim = in_hand.claim();
            let (delivery, job) = (claim.delivery, claim.kind().as_str());
            match self.results.record(claim.clone(), outcome.clone()).await {
                Ok(true) => {
                    histogram!("candor_delivery_record_seconds", "channel" => queue)
                        .record(answered.elapsed());
                    return;
                }
                Ok(false) if in_hand.was_renewed() => {}
                Ok(false) => {
                    let outcome = "lost_lease";
                    counter!("candor_deliveries_total", "channel" => queue, "outcome" => outcome)
                        .increment(1);
                    tracing::warn!(
                        %delivery,
                        "the lease was lost before the result was written down; another worker has it"
                    );
                    return;
                }
                Err(error) => {
                    if unsaved.is_none() {
                        count_error(queue, job, "database");
                        unsaved = Some(self.sender.breaker.unsaved());
                        tracing::warn!(%delivery, error = %error.chain(), "a result waits to be written down");
                    }
                    sleep(delay).await;
                    delay = (delay * 2).min(RECORD_RETRY_DELAYS.1);
                }
            }
        }
    }
}

/// Sending through a channel that may be slow, absent or wrong.
pub(crate) struct DeliverySender {
    pub(crate) channel: Arc<dyn DeliveryChannel>,
    pub(crate) breaker: Arc<CircuitBreaker>,
    pub(crate) refusals: Arc<Refusals>,
    /// Shorter than the lease, so that a worker that lives never loses it.
    pub(crate) timeout: Duration,
    /// How long a permanent refusal waits for what happens to others.
    pub(crate) refusal_wait: Duration,
}

impl DeliverySender {
    /// Sends one delivery, and says how that ended: always, and in time.
    pub(crate) async fn send(&self, claim: &Claim) -> AttemptOutcome {
        let (queue, job) = (self.channel.queue().as_str(), claim.kind().as_str());
        counter!("candor_jobs_started_total", "queue" => queue, "job" => job).increment(1);
        histogram!("candor_job_wait_seconds", "queue" => queue).record(claim.waited);
        let span =
            tracing::info_span!(target: "candor::trace", "send", otel.kind = "client", queue);
        let begun = Instant::now();
        let (outcome, error) = self.attempt(claim).instrument(span).await;
        histogram!("candor_job_duration_seconds", "queue" => queue, "job" => job)
            .record(begun.elapsed());
        let status = match error {
            None => "success",
            Some("later" | "refused") => "expected_error",
            Some(_) => "error",
        };
        counter!("candor_job_runs_total", "queue" => queue, "job" => job, "status" => status)
            .increment(1);
        if let Some(kind) = error {
            count_error(queue, job, kind);
        }
        outcome
    }

    /// A delivery that waits until the other side takes something from us.
    fn hold(&self, error: String, close: bool) -> (AttemptOutcome, Option<&'static str>) {
        if close {
            self.breaker.refused(&error);
        }
        (AttemptOutcome::Held { not_before: None, error }, Some("about_us"))
    }

    /// What a permanent refusal leads to; `is_clear` if its words say that it is about its recipient.
    async fn refused(
        &self,
        claim: &Claim,
        error: String,
        is_clear: bool,
    ) -> (AttemptOutcome, Option<&'static str>) {
        self.breaker.answered();
        let about = match self.channel.has_one_server() {
            true => self.refusals.about(claim, &error, is_clear, self.refusal_wait).await,
            false => About::Recipient,
        };
        match about {
            About::Recipient => (AttemptOutcome::Dead { error }, Some("refused")),
            About::Us { why, close } => self.hold(format!("{why}: {error}"), close),
        }
    }

    /// The outcome, and in one word why it isn't success.
    async fn attempt(&self, claim: &Claim) -> (AttemptOutcome, Option<&'static str>) {
        // In a block of its own, so that also a panic before the first await is caught.
        let sending = AssertUnwindSafe(async { self.channel.send(claim).await }).catch_unwind();
        let limit = match claim.content {
            DeliveryContent::ConfirmSubscription | DeliveryContent::AlreadySubscribed => {
                self.timeout.min(CONFIRMATION_TIMEOUT)
            }
            DeliveryContent::Notice(_) | DeliveryContent::Thread { .. } => self.timeout,
        };
        match timeout(limit, sending).await {
            Ok(Ok(Ok(answer))) => {
                self.refusals.accepted();
                self.breaker.accepted();
                (AttemptOutcome::Sent { answer }, None)
            }
            Ok(Ok(Err(DeliveryError::Later { not_before, error }))) => {
                self.breaker.answered();
                let held = self.channel.has_one_server() && !self.refusals.accepted_lately();
                let outcome = match held {
                    true => AttemptOutcome::Held { not_before, error },
                    false => AttemptOutcome::Later { not_before, error },
                };
                (outcome, Some("later"))
            }
            Ok(Ok(Err(DeliveryError::Dead { error }))) => self.refused(claim, error, true).await,
            Ok(Ok(Err(DeliveryError::Refused { error }))) => {
                self.refused(claim, error, false).await
            }
            Ok(Ok(Err(DeliveryError::AboutUs { error }))) => {
                let close = self.refusals.concerns_all(claim, &error);
                if close || !self.refusals.accepted_lately() {
                    self.hold(error, close)
                } else {
                    (AttemptOutcome::Later { not_before: None, error }, Some("about_us"))
                }
            }
            Ok(Ok(Err(DeliveryError::Unreachable { error }))) => {
                self.breaker.unanswered(&error);
                (AttemptOutcome::Held { not_before: None, error }, Some("unreachable"))
            }
            Ok(Err(panic)) => {
                let error = format!("panic: {}", panic_message(&*panic));
                tracing::error!(delivery = %claim.delivery, attempt = claim.attempt, error);
                let outcome = if claim.attempt >= MAX_PANICS {
                    AttemptOutcome::Dead { error }
                } else {
                    AttemptOutcome::Later { not_before: None, error }
                };
                (outcome, Some("panic"))
            }
            Err(_) => {
                let error = format!("no answer within {} s", limit.as_secs());
                (AttemptOutcome::Later { not_before: None, error }, Some("timeout"))
            }
        }
    }
}

fn count_error(queue: &'static str, job: &'static str, kind: &'static str) {
    counter!("candor_job_errors_total", "queue" => queue, "job" => job, "kind" => kind)
        .increment(1);
}

/// The first line of what the panic said: the others may name values, and so people.
fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .and_then(|message| message.lines().next())
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use candor_core::{Address, EmailAddress, IncidentNumber};
    use candor_store::{DeliveryRecipient, Queue, SubscriberId};
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures::future::{BoxFuture, join_all, pending, ready};
    use jiff::Timestamp;
    use tokio_util::sync::CancellationToken;
    use uuid::Uuid;

    use super::*;

    /// A way out that does what the room's name says; it counts its answers.
    #[derive(Default)]
    struct Moody(AtomicUsize);

    impl Moody {
        /// Words that are others each time, as those with queue ids and the recipient's address are.
        fn answer(&self, enhanced: &str) -> String {
            let words = ["abcdef", "ann", "hIjKl", "example.org"];
            let word = words[self.0.fetch_add(1, Ordering::Relaxed) % 4];
            format!("the recipient was refused: 550 {enhanced} no to {word} by host {word}")
        }
    }

    impl DeliveryChannel for Moody {
        fn queue(&self) -> Queue {
            Queue::Mail
        }

        fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>> {
            let error = "sulking".to_owned();
            let mood = match &claim.recipient {
                DeliveryRecipient::ChatChannel(mood) => mood.as_str(),
                DeliveryRecipient::Subscriber { address, .. } => {
                    address.as_str().split('@').next().unwrap()
                }
            };
            match mood {
                "panics" => panic!("no mood"),
                "stalls" => pending().boxed(),
                "forbids" => ready(Err(DeliveryError::AboutUs { error })).boxed(),
                "refuses" => {
                    ready(Err(DeliveryError::Dead { error: self.answer("5.1.1") })).boxed()
                }
                "unclear" => {
                    ready(Err(DeliveryError::Refused { error: self.answer("5.0.0") })).boxed()
                }
                "absent" => ready(Err(DeliveryError::Unreachable { error })).boxed(),
                "later" => ready(Err(DeliveryError::Later { not_before: None, error })).boxed(),
                _ => ready(Ok("250".to_owned())).boxed(),
            }
        }

        fn has_one_server(&self) -> bool {
            true
        }

        fn reachable(&self) -> BoxFuture<'_, Result<(), String>> {
            ready(Ok(())).boxed()
        }
    }

    fn sender() -> DeliverySender {
        let breaker = CircuitBreaker::new(CancellationToken::new(), Arc::new(Notify::new()));
        DeliverySender {
            channel: Arc::new(Moody::default()),
            breaker: Arc::new(breaker),
            refusals: Arc::default(),
            timeout: Duration::from_secs(45),
            refusal_wait: Duration::from_secs(2),
        }
    }

    fn claim(who: &str, attempt: u32) -> Claim {
        Claim {
            delivery: Uuid::nil(),
            queue: Queue::Mail,
            slow: false,
            token: 1,
            recipient: DeliveryRecipient::ChatChannel(who.to_owned()),
            content: DeliveryContent::Thread { incident: IncidentNumber::FIRST, seq: 1 },
            ends_subscription: false,
            created_at: Timestamp::UNIX_EPOCH,
            attempt,
            lease_until: Timestamp::UNIX_EPOCH,
            waited: Duration::ZERO,
            traceparent: None,
        }
    }

    #[tokio::test]
    async fn what_panics_is_tried_three_times() {
        let sender = sender();
        let error = "panic: no mood".to_owned();
        let again = AttemptOutcome::Later { not_before: None, error: error.clone() };
        assert_eq!(sender.send(&claim("panics", 1)).await, again);
        assert_eq!(sender.send(&claim("panics", 2)).await, again);
        assert_eq!(sender.send(&claim("panics", 3)).await, AttemptOutcome::Dead { error });
    }

    #[tokio::test(start_paused = true)]
    async fn a_send_ends_before_its_lease_does() {
        let error = "no answer within 45 s".to_owned();
        assert_eq!(
            sender().send(&claim("stalls", 1)).await,
            AttemptOutcome::Later { not_before: None, error }
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_anybody_can_cause_is_cut_off_sooner() {
        let content = DeliveryContent::ConfirmSubscription;
        let asked = Claim { content, ..claim("stalls", 1) };
        let error = "no answer within 15 s".to_owned();
        assert_eq!(sender().send(&asked).await, AttemptOutcome::Later { not_before: None, error });
    }

    #[tokio::test]
    async fn the_gate_closes_when_nobody_answers_and_not_when_somebody_refuses() {
        let sender = sender();
        for who in ["absent", "absent", "later", "absent", "absent", "later", "later", "later"] {
            sender.send(&claim(who, 1)).await;
            assert!(sender.breaker.is_open(), "{who}");
        }
        for _ in 0..3 {
            sender.send(&claim("absent", 1)).await;
        }
        assert!(!sender.breaker.is_open());
    }

    #[tokio::test]
    async fn the_gate_is_closed_while_a_result_is_not_written_down() {
        let breaker = sender().breaker;
        let (one, two) = (breaker.unsaved(), breaker.unsaved());
        assert!(!breaker.is_open());
        drop(one);
        assert!(!breaker.is_open());
        drop(two);
        assert!(breaker.is_open());
    }

    #[tokio::test(start_paused = true)]
    async fn the_gate_opens_when_the_other_side_answers_again() {
        let sender = sender();
        for _ in 0..3 {
            sender.send(&claim("absent", 1)).await;
        }
        let probing = sender.breaker.probe(&*sender.channel, Duration::from_secs(5));
        let open = async {
            while !sender.breaker.is_open() {
                tokio::task::yield_now().await;
                sleep(Duration::from_secs(1)).await;
            }
        };
        tokio::select! {
            () = probing => panic!("it probes for ever"),
            () = open => {}
        }
        assert!(sender.breaker.is_open());
    }

    /// A delivery to the subscriber of this number, to whom the other side does what `mood` says.
    fn to(number: u128, mood: &str, content: DeliveryContent) -> Claim {
        let address = EmailAddress::parse(&format!("{mood}@example.org")).unwrap();
        Claim {
            recipient: DeliveryRecipient::Subscriber {
                id: SubscriberId(Uuid::from_u128(number)),
                address: Address::Mail(address),
                language: None,
                time_zone: None,
            },
            content,
            ..claim("", 1)
        }
    }

    /// Sends it to the subscriber of this number, who has confirmed.
    async fn send(sender: &DeliverySender, number: u128, mood: &str) -> AttemptOutcome {
        sender.send(&to(number, mood, DeliveryContent::AlreadySubscribed)).await
    }

    /// The same, who hasn't.
    async fn ask(sender: &DeliverySender, number: u128, mood: &str) -> AttemptOutcome {
        sender.send(&to(number, mood, DeliveryContent::ConfirmSubscription)).await
    }

    fn is_dead(outcome: &AttemptOutcome) -> bool {
        matches!(outcome, AttemptOutcome::Dead { .. })
    }

    fn is_held(outcome: &AttemptOutcome) -> bool {
        matches!(outcome, AttemptOutcome::Held { .. })
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_refused_alone_is_buried_and_nobody_is_where_all_are() {
        let sender = sender();
        assert!(is_dead(&send(&sender, 1, "refuses").await));
        assert_eq!(sender.refusals.problem(), None, "one mailbox is gone");
        // Several at the same time, and none is accepted, whatever words each is refused with.
        for outcome in
            join_all((2..5).map(async |number| send(&sender, number, "refuses").await)).await
        {
            assert!(is_held(&outcome), "{outcome:?}");
        }
        assert!(!sender.breaker.is_open());
        assert!(sender.breaker.problem().is_some_and(|why| why.contains("550 5.1.1 no")));
        assert!(sender.refusals.problem().is_some_and(|why| why.contains("550 5.1.1 no")));
        // One is accepted: the others are gone.
        assert!(matches!(send(&sender, 5, "obliges").await, AttemptOutcome::Sent { .. }));
        assert_eq!(sender.refusals.problem(), None);
        assert!(is_dead(&send(&sender, 3, "refuses").await));
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_that_may_be_about_us_buries_nobody_while_nothing_is_accepted() {
        let sender = sender();
        for number in [1, 2, 1, 2] {
            let outcome = send(&sender, number, "unclear").await;
            assert!(is_held(&outcome), "{number}: {outcome:?}");
            assert!(sender.breaker.is_open(), "a page with two subscribers");
            assert!(sender.refusals.problem().is_some_and(|why| why.contains("550 5.0.0 no")));
        }
        // It is long ago that something was accepted.
        send(&sender, 3, "obliges").await;
        assert!(is_dead(&send(&sender, 1, "unclear").await), "others get theirs");
        assert_eq!(sender.refusals.problem(), None);
        sleep(Duration::from_secs(60 * 60)).await;
        assert!(is_held(&send(&sender, 2, "unclear").await));
        assert!(sender.refusals.problem().is_some());
        sleep(Duration::from_secs(12 * 60 * 60)).await;
        assert_eq!(sender.refusals.problem(), None, "nothing was tried for half a day");
    }

    #[tokio::test(start_paused = true)]
    async fn where_nobody_has_confirmed_yet_health_says_that_none_was_accepted() {
        for mood in ["unclear", "refuses", "forbids"] {
            let sender = sender();
            for number in 1..=3 {
                assert_eq!(sender.refusals.problem(), None, "{mood} {number}");
                let outcome = ask(&sender, number, mood).await;
                assert_eq!(is_dead(&outcome), mood == "refuses" && number < 3, "{outcome:?}");
            }
            assert!(sender.refusals.problem().is_some(), "{mood}");
            assert!(sender.breaker.is_open(), "any stranger can bring this about");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_stranger_with_addresses_that_do_not_exist_turns_nothing_red() {
        let sender = sender();
        send(&sender, 1, "obliges").await;
        let strange = async |moods: &[&str]| {
            for number in 10..20 {
                for mood in moods {
                    ask(&sender, number, mood).await;
                }
            }
        };
        strange(&["refuses", "unclear", "forbids"]).await;
        assert_eq!(sender.refusals.problem(), None, "others get theirs");
        sleep(Duration::from_secs(60 * 60)).await;
        strange(&["refuses"]).await;
        assert_eq!(sender.refusals.problem(), None, "a night without mails");
        assert!(sender.breaker.is_open());
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_that_is_about_us_closes_the_gate_and_a_strangers_address_never_does() {
        let sender = sender();
        for number in 0..10 {
            ask(&sender, number, "forbids").await;
            assert!(sender.breaker.is_open());
        }
        let outcome = send(&sender, 1, "forbids").await;
        assert!(is_held(&outcome), "{outcome:?}");
        assert_eq!(sender.breaker.problem().as_deref(), Some("sulking"));
    }
}
