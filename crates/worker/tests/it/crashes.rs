//! Stops and deaths: nothing is lost, and what is repeated can be recognised.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use candor_store::{AttemptOutcome, Claim, DeliveryState};
use candor_worker::{DeliveryChannel, DeliveryError, MailChannel};
use futures::{
    FutureExt as _,
    future::{BoxFuture, pending},
};

use crate::support::{World, on_both};

on_both! {
    a_stop_lets_sends_end_and_repeats_none,
    a_mail_that_was_taken_but_not_recorded_is_repeated_once_and_can_be_recognised,
    after_ten_deaths_nothing_is_lost_and_little_repeated,
    a_result_after_the_lease_was_lost_is_refused,
}

async fn a_stop_lets_sends_end_and_repeats_none(world: World) {
    let everyone = world.add_subscribers(120).await;
    world.slow(Duration::from_millis(5));
    let incident = world.suspect().await;
    world.confirm(incident).await;
    let mut parts = Vec::new();
    while world.in_state(DeliveryState::Sent).await < 120 {
        let before = world.mails();
        let worker = world.start_with(|settings| settings.concurrency = 4);
        world.mailbox_has((before + 15).min(120)).await;
        worker.stop().await;
        assert_eq!(
            world.in_state(DeliveryState::Sending).await,
            0,
            "a stop leaves no lease behind"
        );
        parts.push(world.mails() - before);
    }
    println!("{} mails in {} runs of {parts:?}", world.mails(), parts.len());
    world.assert_each_got_one(&everyone);
    assert_eq!(world.mails(), 120);
    assert!(parts.len() > 1, "there was nothing left to stop");
}

async fn a_mail_that_was_taken_but_not_recorded_is_repeated_once_and_can_be_recognised(
    world: World,
) {
    let everyone = world.add_subscribers(1).await;
    // A worker that dies between the server's 250 and writing it down.
    let settings = world.settings();
    let mail = settings.mail.clone().unwrap();
    let mute = Mute(MailChannel::new(&settings, &mail, &world.store).unwrap());
    let worker = world.start_channels(settings, vec![Arc::new(mute)]);
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.mailbox_has(1).await;
    worker.kill().await;
    let worker = world.start();
    world.settled(1).await;
    worker.stop().await;
    let letters = world.letters();
    println!(
        "{} mails: {:?}",
        letters.len(),
        letters.iter().map(|l| (&l.message_id, &l.date)).collect::<Vec<_>>()
    );
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].message_id, letters[1].message_id);
    assert_eq!(letters[0].date, letters[1].date);
    assert_eq!(letters[0].to, everyone[0].as_str());
}

async fn after_ten_deaths_nothing_is_lost_and_little_repeated(world: World) {
    const DEATHS: usize = 10;
    const CONCURRENCY: usize = 4;
    let everyone = world.add_subscribers(150).await;
    let incident = world.suspect().await;
    world.confirm(incident).await;
    for death in 1..=DEATHS {
        let worker = world.start_with(|settings| settings.concurrency = 4);
        world.mailbox_has(world.mails().max(death * 12)).await;
        worker.kill().await;
    }
    let worker = world.start();
    world.settled(150).await;
    worker.stop().await;

    let mut by_recipient = BTreeMap::<_, Vec<_>>::new();
    for letter in world.letters() {
        by_recipient.entry(letter.to.clone()).or_default().push((letter.message_id, letter.date));
    }
    let repeats = world.mails() - by_recipient.len();
    let lost = everyone.len() - by_recipient.len();
    let strangers =
        by_recipient.values().filter(|copies| copies.iter().any(|copy| copy != &copies[0])).count();
    println!(
        "{DEATHS} deaths, {CONCURRENCY} at a time: lost {lost}, repeated {repeats}, not recognisable {strangers}"
    );
    assert_eq!((lost, strangers), (0, 0));
    assert!(repeats <= DEATHS * CONCURRENCY, "{repeats} repeats");
}

async fn a_result_after_the_lease_was_lost_is_refused(world: World) {
    let everyone = world.add_subscribers(1).await;
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.expand().await;
    // A worker that claims and then sleeps through its lease.
    let claims = world.store.claim("mail", 1, Duration::from_millis(1)).await.unwrap();
    let worker = world.start_with(|settings| settings.alone = false);
    world.settled(1).await;
    let late = AttemptOutcome::Later { not_before: None, error: "too late".to_owned() };
    let taken = world.store.finish(&claims[0], &late).await.unwrap();
    worker.stop().await;
    println!("late result taken: {taken}; mails: {}", world.mails());
    assert!(!taken);
    world.assert_each_got_one(&everyone);
    assert_eq!(world.in_state(DeliveryState::Sent).await, 1);
}

/// Mail whose answer is never heard.
struct Mute(MailChannel);

impl DeliveryChannel for Mute {
    fn queue(&self) -> &'static str {
        self.0.queue()
    }

    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>> {
        async move {
            self.0.send(claim).await?;
            pending().await
        }
        .boxed()
    }

    fn reachable(&self) -> BoxFuture<'_, Result<(), String>> {
        self.0.reachable()
    }
}
