//! Mail servers that reject, stall or are down, and channels that panic.

use std::{sync::Arc, time::Duration};

use candor_store::{Claim, DeliveryRecipient, DeliveryState};
use candor_testkit::Cluster;
use candor_worker::{DeliveryChannel, DeliveryError, MailChannel, WorkerHealth};
use futures::{FutureExt as _, future::BoxFuture};
use tokio::time::sleep;

use crate::test_site::{Behavior, TestSite, on_both};

on_both! {
    everyone_but_rejected_recipients_gets_exactly_one_mail,
    no_recipient_is_given_up_while_the_mail_server_rejects_all,
    unreachable_mail_server_loses_nothing_and_uses_few_attempts,
    stalling_recipient_blocks_nobody_else,
    panic_affects_one_delivery_only,
}

async fn everyone_but_rejected_recipients_gets_exactly_one_mail(site: TestSite) {
    let everyone = site.add_subscribers(200).await;
    site.behave(|address, attempt| match number(address) % 10 {
        0..3 if attempt == 1 => Behavior::Defer,
        9 => Behavior::Refuse,
        _ => Behavior::Accept,
    });
    let worker = site.start();
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.wait_until_final(200).await;
    worker.stop().await;
    let (refused, taken): (Vec<_>, Vec<_>) =
        everyone.into_iter().partition(|address| number(address.as_str()) % 10 == 9);
    let (sent, dead) =
        (site.in_state(DeliveryState::Sent).await, site.in_state(DeliveryState::Dead).await);
    let attempts = site.attempts().await;
    println!("60 x 451 at first, 20 x 550: {sent} sent, {dead} dead, {attempts} attempts");
    site.assert_each_got_one(&taken);
    assert_eq!(site.mails(), 180);
    assert_eq!((sent, dead, refused.len()), (180, 20, 20));
    // Until a mail is accepted, a 550 to several recipients may concern us: those are tried once more.
    assert!(
        (260..=280).contains(&attempts),
        "a 550 is final, a 451 is tried once more: {attempts}"
    );
}

async fn no_recipient_is_given_up_while_the_mail_server_rejects_all(site: TestSite) {
    let everyone = site.add_subscribers(40).await;
    // The text doesn't matter; what counts is that all recipients are rejected.
    site.behave(|_, _| Behavior::Refuse);
    let health = WorkerHealth::default();
    let worker = site.start_with(|settings| {
        settings.concurrency = 4;
        settings.health = health.clone();
    });
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.until("health says why", async || health.mail().is_err()).await;
    let why = health.mail().unwrap_err();
    let (dead, tries) = (site.in_state(DeliveryState::Dead).await, site.attempts().await);
    site.behave(|_, _| Behavior::Accept);
    site.wait_until_final(40).await;
    site.until("health is good again", async || health.mail().is_ok()).await;
    worker.stop().await;
    println!("{tries} tries refused, {dead} dead; health: {why}; then {} mails", site.mails());
    site.assert_each_got_one(&everyone);
    assert!(why.contains("550 5.1.1 no such user"), "{why}");
    assert_eq!((dead, site.mails()), (0, 40));
}

async fn unreachable_mail_server_loses_nothing_and_uses_few_attempts(site: TestSite) {
    let everyone = site.add_subscribers(100).await;
    site.close_mailbox();
    let worker = site.start_with(|settings| settings.concurrency = 4);
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.until("some tries failed", async || site.attempts().await >= 3).await;
    let gone = site.attempts().await;
    site.open_mailbox().await;
    site.wait_until_final(100).await;
    worker.stop().await;
    let repeats = site.attempts().await - 100;
    println!("server gone: {gone} tries; back: {} mails, {repeats} tries in vain", site.mails());
    site.assert_each_got_one(&everyone);
    assert_eq!(site.mails(), 100);
    assert!(repeats <= 8, "{repeats} tries were used up: more than what was in flight");
}

async fn stalling_recipient_blocks_nobody_else(site: TestSite) {
    let mut everyone = site.add_subscribers(50).await;
    let stalled = everyone.remove(7);
    let address = stalled.to_string();
    site.behave(move |to, _| if to == address { Behavior::Stall } else { Behavior::Accept });
    let worker = site.start_with(|settings| settings.concurrency = 2);
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.mailbox_has(49).await;
    site.until("49 are sent", async || site.in_state(DeliveryState::Sent).await == 49).await;
    let sending = site.in_state(DeliveryState::Sending).await;
    worker.kill().await;
    println!("1 of 50 stalls, 2 at a time: {} mails", site.mails());
    site.assert_each_got_one(&everyone);
    assert_eq!(sending, 1);
}

async fn panic_affects_one_delivery_only(site: TestSite) {
    let mut everyone = site.add_subscribers(20).await;
    let cursed = everyone.remove(3);
    let settings = site.settings();
    let mail = settings.mail.clone().unwrap();
    let channel = PanickingMail {
        of: cursed.to_string(),
        mail: MailChannel::new(&settings, &mail, &site.store).unwrap(),
    };
    let worker = site.start_channels(settings, vec![Arc::new(channel)]);
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.until("19 are sent", async || site.in_state(DeliveryState::Sent).await == 19).await;
    site.until("the panic is recorded", async || site.last_errors().await.len() == 1).await;
    worker.stop().await;
    let errors = site.last_errors().await;
    println!("1 of 20 panics: {} mails; recorded: {errors:?}", site.mails());
    site.assert_each_got_one(&everyone);
    assert_eq!(errors, ["panic: cursed"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn results_wait_for_postgres_and_no_mail_is_repeated() {
    let cluster = Cluster::start("", &[]);
    let site = TestSite::on_cluster(&cluster).await;
    // Longer than the lease.
    let outage = Duration::from_secs(7);
    results_wait_for_the_database(
        &site,
        outage,
        async || cluster.stop(),
        async || cluster.start_again(),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn results_wait_for_locked_sqlite_and_no_mail_is_repeated() {
    let site = TestSite::on_sqlite().await;
    let other = site.other_store();
    // Longer than the lease, and long enough for two attempts to time out on the lock.
    let outage = Duration::from_secs(11);
    results_wait_for_the_database(
        &site,
        outage,
        async || other.raw_sql("BEGIN IMMEDIATE").await.unwrap(),
        async || other.raw_sql("ROLLBACK").await.unwrap(),
    )
    .await;
}

async fn results_wait_for_the_database(
    site: &TestSite,
    outage: Duration,
    gone: impl AsyncFnOnce(),
    back: impl AsyncFnOnce(),
) {
    let everyone = site.add_subscribers(60).await;
    site.slow(Duration::from_millis(20));
    let worker = site.start_with(|settings| {
        settings.concurrency = 4;
        settings.lease = Duration::from_secs(6);
    });
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.mailbox_has(12).await;
    let before = site.mails();
    gone().await;
    sleep(outage).await;
    let during = site.mails() - before;
    back().await;
    site.wait_until_final(60).await;
    worker.stop().await;
    println!("{before} mails, {during} while the database was gone, {} in the end", site.mails());
    site.assert_each_got_one(&everyone);
    assert!(before < 60, "there was nothing left to send");
    assert_eq!(site.mails(), 60);
}

/// A mail channel that panics for one recipient.
struct PanickingMail {
    of: String,
    mail: MailChannel,
}

impl DeliveryChannel for PanickingMail {
    fn queue(&self) -> candor_store::Queue {
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

    fn reachable(&self) -> BoxFuture<'_, Result<(), DeliveryError>> {
        self.mail.reachable()
    }
}

fn number(address: &str) -> u32 {
    address.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}
