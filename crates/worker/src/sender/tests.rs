use candor_core::{Address, EmailAddress, IncidentNumber};
use candor_store::{DeliveryRecipient, Queue, SubscriberId};
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::{BoxFuture, join_all, pending, ready};
use jiff::Timestamp;
use tokio::{sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::*;

/// A channel that fails in the way that the recipient's name says; it counts its answers.
#[derive(Default)]
struct FailingChannel(AtomicUsize);

impl FailingChannel {
    /// A text that differs each time, like those with queue ids and the recipient's address.
    fn answer(&self, enhanced: &str) -> String {
        let words = ["abcdef", "ann", "hIjKl", "example.org"];
        let word = words[self.0.fetch_add(1, Ordering::Relaxed) % 4];
        format!("the recipient was refused: 550 {enhanced} no to {word} by host {word}")
    }
}

impl DeliveryChannel for FailingChannel {
    fn queue(&self) -> Queue {
        Queue::Mail
    }

    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>> {
        let error = "sulking".to_owned();
        let failure = match &claim.recipient {
            DeliveryRecipient::ChatChannel(mode) => mode.as_str(),
            DeliveryRecipient::Subscriber { address, .. } => {
                address.as_str().split('@').next().unwrap()
            }
        };
        match failure {
            "panics" => panic!("no mood"),
            "stalls" => pending().boxed(),
            "forbids" => ready(Err(DeliveryError::AboutUs { error })).boxed(),
            "refuses" => ready(Err(DeliveryError::Dead { error: self.answer("5.1.1") })).boxed(),
            "unclear" => ready(Err(DeliveryError::Refused { error: self.answer("5.0.0") })).boxed(),
            "absent" => ready(Err(DeliveryError::Unreachable { error })).boxed(),
            "later" => ready(Err(DeliveryError::Later { not_before: None, error })).boxed(),
            _ => ready(Ok("250".to_owned())).boxed(),
        }
    }

    fn has_one_server(&self) -> bool {
        true
    }
}

fn sender() -> DeliverySender {
    let breaker = CircuitBreaker::new(CancellationToken::new(), Arc::new(Notify::new()));
    DeliverySender {
        channel: Arc::new(FailingChannel::default()),
        breaker: Arc::new(breaker),
        rejections: Arc::default(),
        timeout: Duration::from_secs(45),
        rejection_wait: Duration::from_secs(2),
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
async fn panicking_delivery_is_tried_three_times() {
    let sender = sender();
    let error = "panic: no mood".to_owned();
    let again = AttemptOutcome::Later { not_before: None, error: error.clone() };
    assert_eq!(sender.send(&claim("panics", 1)).await, again);
    assert_eq!(sender.send(&claim("panics", 2)).await, again);
    assert_eq!(sender.send(&claim("panics", 3)).await, AttemptOutcome::Dead { error });
}

#[tokio::test(start_paused = true)]
async fn send_ends_before_its_lease() {
    let error = "no answer within 45 s".to_owned();
    assert_eq!(
        sender().send(&claim("stalls", 1)).await,
        AttemptOutcome::Later { not_before: None, error }
    );
}

#[tokio::test(start_paused = true)]
async fn confirmation_requests_time_out_sooner() {
    let content = DeliveryContent::ConfirmSubscription;
    let asked = Claim { content, ..claim("stalls", 1) };
    let error = "no answer within 15 s".to_owned();
    assert_eq!(sender().send(&asked).await, AttemptOutcome::Later { not_before: None, error });
}

#[tokio::test]
async fn circuit_breaker_trips_on_silence_and_not_on_rejections() {
    let sender = sender();
    for who in ["absent", "absent", "later", "absent", "absent", "later", "later", "later"] {
        sender.send(&claim(who, 1)).await;
        assert!(sender.breaker.allows_claims(), "{who}");
    }
    for _ in 0..3 {
        sender.send(&claim("absent", 1)).await;
    }
    assert!(!sender.breaker.allows_claims());
}

#[tokio::test]
async fn circuit_breaker_blocks_claims_while_a_result_is_unrecorded() {
    let breaker = sender().breaker;
    let (one, two) = (breaker.unrecorded(), breaker.unrecorded());
    assert!(!breaker.allows_claims());
    drop(one);
    assert!(!breaker.allows_claims());
    drop(two);
    assert!(breaker.allows_claims());
}

#[tokio::test]
async fn circuit_breaker_allows_claims_when_the_probe_succeeds() {
    let sender = sender();
    for _ in 0..3 {
        sender.send(&claim("absent", 1)).await;
    }
    assert!(sender.breaker.wait_until_tripped().await);
    sender.breaker.reset();
    assert!(sender.breaker.allows_claims());
    assert_eq!(sender.breaker.problem(), None);
}

/// A delivery to the subscriber of this number, whose mail server behaves as `mode` says.
fn to(number: u128, mode: &str, content: DeliveryContent) -> Claim {
    let address = EmailAddress::parse(&format!("{mode}@example.org")).unwrap();
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

/// Sends a delivery to a confirmed subscriber.
async fn send(sender: &DeliverySender, number: u128, mode: &str) -> AttemptOutcome {
    sender.send(&to(number, mode, DeliveryContent::AlreadySubscribed)).await
}

/// Sends a request for confirmation.
async fn ask(sender: &DeliverySender, number: u128, mode: &str) -> AttemptOutcome {
    sender.send(&to(number, mode, DeliveryContent::ConfirmSubscription)).await
}

fn is_dead(outcome: &AttemptOutcome) -> bool {
    matches!(outcome, AttemptOutcome::Dead { .. })
}

fn is_held(outcome: &AttemptOutcome) -> bool {
    matches!(outcome, AttemptOutcome::Held { .. })
}

#[tokio::test(start_paused = true)]
async fn only_a_recipient_rejected_alone_is_given_up() {
    let sender = sender();
    assert!(is_dead(&send(&sender, 1, "refuses").await));
    assert_eq!(sender.rejections.problem(), None, "one mailbox is gone");
    // Several at the same time, and none is accepted, whatever the text of each rejection.
    for outcome in join_all((2..5).map(async |number| send(&sender, number, "refuses").await)).await
    {
        assert!(is_held(&outcome), "{outcome:?}");
    }
    assert!(!sender.breaker.allows_claims());
    assert!(sender.breaker.problem().is_some_and(|why| why.contains("550 5.1.1 no")));
    assert!(sender.rejections.problem().is_some_and(|why| why.contains("550 5.1.1 no")));
    // One is accepted: the others are gone.
    assert!(matches!(send(&sender, 5, "obliges").await, AttemptOutcome::Sent { .. }));
    assert_eq!(sender.rejections.problem(), None);
    assert!(is_dead(&send(&sender, 3, "refuses").await));
}

#[tokio::test(start_paused = true)]
async fn rejection_that_may_concern_us_gives_nobody_up_until_a_mail_is_accepted() {
    let sender = sender();
    for number in [1, 2, 1, 2] {
        let outcome = send(&sender, number, "unclear").await;
        assert!(is_held(&outcome), "{number}: {outcome:?}");
        assert!(sender.breaker.allows_claims(), "a page with two subscribers");
        assert!(sender.rejections.problem().is_some_and(|why| why.contains("550 5.0.0 no")));
    }
    // The last accepted mail was long ago.
    send(&sender, 3, "obliges").await;
    assert!(is_dead(&send(&sender, 1, "unclear").await), "others get theirs");
    assert_eq!(sender.rejections.problem(), None);
    sleep(Duration::from_secs(60 * 60)).await;
    assert!(is_held(&send(&sender, 2, "unclear").await));
    assert!(sender.rejections.problem().is_some());
    sleep(Duration::from_secs(12 * 60 * 60)).await;
    assert_eq!(sender.rejections.problem(), None, "nothing was tried for half a day");
}

#[tokio::test(start_paused = true)]
async fn health_reports_that_no_mail_was_accepted_before_the_first_confirmation() {
    for mode in ["unclear", "refuses", "forbids"] {
        let sender = sender();
        for number in 1..=3 {
            assert_eq!(sender.rejections.problem(), None, "{mode} {number}");
            let outcome = ask(&sender, number, mode).await;
            assert_eq!(is_dead(&outcome), mode == "refuses" && number < 3, "{outcome:?}");
        }
        assert!(sender.rejections.problem().is_some(), "{mode}");
        assert!(sender.breaker.allows_claims(), "any stranger can bring this about");
    }
}

#[tokio::test(start_paused = true)]
async fn addresses_that_do_not_exist_leave_the_queue_healthy() {
    let sender = sender();
    send(&sender, 1, "obliges").await;
    let strange = async |moods: &[&str]| {
        for number in 10..20 {
            for mode in moods {
                ask(&sender, number, mode).await;
            }
        }
    };
    strange(&["refuses", "unclear", "forbids"]).await;
    assert_eq!(sender.rejections.problem(), None, "others get theirs");
    sleep(Duration::from_secs(60 * 60)).await;
    strange(&["refuses"]).await;
    assert_eq!(sender.rejections.problem(), None, "a night without mails");
    assert!(sender.breaker.allows_claims());
}

#[tokio::test(start_paused = true)]
async fn rejection_of_the_sender_trips_the_circuit_breaker_and_of_a_recipient_never() {
    let sender = sender();
    for number in 0..10 {
        ask(&sender, number, "forbids").await;
        assert!(sender.breaker.allows_claims());
    }
    let outcome = send(&sender, 1, "forbids").await;
    assert!(is_held(&outcome), "{outcome:?}");
    assert_eq!(sender.breaker.problem().as_deref(), Some("sulking"));
}
