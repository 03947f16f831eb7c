//! Mail servers that refuse, stall or are gone, and programs that panic.

use std::{sync::Arc, time::Duration};

use candor_store::{Claim, DeliveryRecipient, DeliveryState, testing::Cluster};
use candor_worker::{DeliveryChannel, DeliveryError, MailChannel, WorkerHealth};
use futures::{FutureExt as _, future::BoxFuture};
use tokio::time::sleep;

use crate::support::{Behaviour, World, on_both};

on_both! {
    everyone_but_the_refused_gets_exactly_one_mail,
    nobody_is_buried_while_the_mail_server_refuses_everybody,
    nothing_is_lost_and_few_tries_are_used_while_the_mail_server_is_gone,
    a_recipient_that_stalls_blocks_nobody_else,
    a_panic_concerns_one_delivery_only,
}

async fn everyone_but_the_refused_gets_exactly_one_mail(world: World) {
    let everyone = world.add_subscribers(200).await;
    world.behave(|address, attempt| match number(address) % 10 {
        0..3 if attempt == 1 => Behaviour::Defer,
        9 => Behaviour::Refuse,
        _ => Behaviour::Accept,
    });
    let worker = world.start();
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.settled(200).await;
    worker.stop().await;
    let (refused, taken): (Vec<_>, Vec<_>) =
        everyone.into_iter().partition(|address| number(address.as_str()) % 10 == 9);
    let (sent, dead) =
        (world.in_state(DeliveryState::Sent).await, world.in_state(DeliveryState::Dead).await);
    let attempts = world.attempts().await;
    println!("60 x 451 at first, 20 x 550: {sent} sent, {dead} dead, {attempts} attempts");
    world.assert_each_got_one(&taken);
    assert_eq!(world.mails(), 180);
    assert_eq!((sent, dead, refused.len()), (180, 20, 20));
    // While nobody was taken yet, a 550 to several may be about us: those are asked once more, too.
    assert!(
        (260..=280).contains(&attempts),
        "a 550 is final, a 451 is tried once more: {attempts}"
    );
}

async fn nobody_is_buried_while_the_mail_server_refuses_everybody(world: World) {
    let everyone = world.add_subscribers(40).await;
    // Whatever it says: what counts is that it says so to all.
    world.behave(|_, _| Behaviour::Refuse);
    let health = WorkerHealth::default();
    let worker = world.start_with(|settings| {
        settings.concurrency = 4;
        settings.health = health.clone();
    });
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.until("health says why", async || health.mail().is_err()).await;
    let why = health.mail().unwrap_err();
    let (dead, tries) = (world.in_state(DeliveryState::Dead).await, world.attempts().await);
    world.behave(|_, _| Behaviour::Accept);
    world.settled(40).await;
    world.until("health is good again", async || health.mail().is_ok()).await;
    worker.stop().await;
    println!("{tries} tries refused, {dead} dead; health: {why}; then {} mails", world.mails());
    world.assert_each_got_one(&everyone);
    assert!(why.contains("550 5.1.1 no such user"), "{why}");
    assert_eq!((dead, world.mails()), (0, 40));
}

async fn nothing_is_lost_and_few_tries_are_used_while_the_mail_server_is_gone(world: World) {
    let everyone = world.add_subscribers(100).await;
    world.close_mailbox();
    let worker = world.start_with(|settings| settings.concurrency = 4);
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.until("some tries failed", async || world.attempts().await >= 3).await;
    let gone = world.attempts().await;
    world.open_mailbox().await;
    world.settled(100).await;
    worker.stop().await;
    let repeats = world.attempts().await - 100;
    println!("server gone: {gone} tries; back: {} mails, {repeats} tries in vain", world.mails());
    world.assert_each_got_one(&everyone);
    assert_eq!(world.mails(), 100);
    assert!(repeats <= 8, "{repeats} tries were used up: more than what was in flight");
}

async fn a_recipient_that_stalls_blocks_nobody_else(world: World) {
    let mut everyone = world.add_subscribers(50).await;
    let stalled = everyone.remove(7);
    let address = stalled.to_string();
    world.behave(move |to, _| if to == address { Behaviour::Stall } else { Behaviour::Accept });
    let worker = world.start_with(|settings| settings.concurrency = 2);
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.mailbox_has(49).await;
    world.until("49 are sent", async || world.in_state(DeliveryState::Sent).await == 49).await;
    let sending = world.in_state(DeliveryState::Sending).await;
    worker.kill().await;
    println!("1 of 50 stalls, 2 at a time: {} mails", world.mails());
    world.assert_each_got_one(&everyone);
    assert_eq!(sending, 1);
}

async fn a_panic_concerns_one_delivery_only(world: World) {
    let mut everyone = world.add_subscribers(20).await;
    let cursed = everyone.remove(3);
    let settings = world.settings();
    let mail = settings.mail.clone().unwrap();
    let channel = Cursed {
        of: cursed.to_string(),
        mail: MailChannel::new(&settings, &mail, &world.store).unwrap(),
    };
    let worker = world.start_channels(settings, vec![Arc::new(channel)]);
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.until("19 are sent", async || world.in_state(DeliveryState::Sent).await == 19).await;
    world.until("the panic is recorded", async || world.last_errors().await.len() == 1).await;
    worker.stop().await;
    let errors = world.last_errors().await;
    println!("1 of 20 panics: {} mails; recorded: {errors:?}", world.mails());
    world.assert_each_got_one(&everyone);
    assert_eq!(errors, ["panic: cursed"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_postgres_is_gone_results_wait_and_nothing_is_repeated() {
    let cluster = Cluster::start("", &[]);
    let world = World::on_cluster(&cluster).await;
    // Longer than the lease.
    let outage = Duration::from_secs(7);
    results_wait_for_the_database(
        &world,
        outage,
        async || cluster.stop(),
        async || cluster.start_again(),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_sqlite_is_locked_results_wait_and_nothing_is_repeated() {
    let world = World::on_sqlite().await;
    let other = world.other_store();
    // Longer than the lease, and so long that two have waited in vain for the lock.
    let outage = Duration::from_secs(11);
    results_wait_for_the_database(
        &world,
        outage,
        async || other.raw_sql("BEGIN IMMEDIATE").await.unwrap(),
        async || other.raw_sql("ROLLBACK").await.unwrap(),
    )
    .await;
}

async fn results_wait_for_the_database(
    world: &World,
    outage: Duration,
    gone: impl AsyncFnOnce(),
    back: impl AsyncFnOnce(),
) {
    let everyone = world.add_subscribers(60).await;
    world.slow(Duration::from_millis(20));
    let worker = world.start_with(|settings| {
        settings.concurrency = 4;
        settings.lease = Duration::from_secs(6);
    });
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.mailbox_has(12).await;
    let before = world.mails();
    gone().await;
    sleep(outage).await;
    let during = world.mails() - before;
    back().await;
    world.settled(60).await;
    worker.stop().await;
    println!("{before} mails, {during} while the database was gone, {} in the end", world.mails());
    world.assert_each_got_one(&everyone);
    assert!(before < 60, "there was nothing left to send");
    assert_eq!(world.mails(), 60);
}

/// Mail that panics for one recipient.
struct Cursed {
    of: String,
    mail: MailChannel,
}

impl DeliveryChannel for Cursed {
    fn queue(&self) -> &'static str {
        self.mail.queue()
    }

    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>> {
        async move {
            let DeliveryRecipient::Subscriber { address, .. } = &claim.recipient else {
                panic!("no mail")
            };
            assert!(address.as_str() != self.of, "cursed\n{}", address.as_str());
            self.mail.send(claim).await
        }
        .boxed()
    }

    fn reachable(&self) -> BoxFuture<'_, Result<(), String>> {
        self.mail.reachable()
    }
}

fn number(address: &str) -> u32 {
    address.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}
