//! Workers that stop or die: no mail is lost, and a repeated one is recognizable.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use candor_store::{AttemptOutcome, Claim, DeliveryState, Queue};
use candor_worker::{DeliveryChannel, DeliveryError, MailChannel};
use futures::{
    FutureExt as _,
    future::{BoxFuture, pending},
};

use crate::test_site::{TestSite, on_both};

on_both! {
    stopping_waits_for_sends_and_repeats_none,
    unrecorded_mail_is_repeated_once_with_the_same_message_id,
    ten_crashes_lose_no_mail_and_repeat_few,
    result_after_an_expired_lease_is_rejected,
}

async fn stopping_waits_for_sends_and_repeats_none(site: TestSite) {
    let everyone = site.add_subscribers(120).await;
    site.slow(Duration::from_millis(5));
    let incident = site.suspect().await;
    site.confirm(incident).await;
    let mut parts = Vec::new();
    while site.in_state(DeliveryState::Sent).await < 120 {
        let before = site.mails();
        let worker = site.start_with(|settings| settings.concurrency = 4);
        site.mailbox_has((before + 15).min(120)).await;
        worker.stop().await;
        assert_eq!(site.in_state(DeliveryState::Sending).await, 0, "a stop leaves no lease behind");
        parts.push(site.mails() - before);
    }
    println!("{} mails in {} runs of {parts:?}", site.mails(), parts.len());
    site.assert_each_got_one(&everyone);
    assert_eq!(site.mails(), 120);
    assert!(parts.len() > 1, "there was nothing left to stop");
}

async fn unrecorded_mail_is_repeated_once_with_the_same_message_id(site: TestSite) {
    let everyone = site.add_subscribers(1).await;
    // A worker that dies between the server's 250 and recording it.
    let settings = site.settings();
    let mail = settings.mail.clone().unwrap();
    let mute = LostAnswers(MailChannel::new(&settings, &mail, &site.store).unwrap());
    let worker = site.start_channels(settings, vec![Arc::new(mute)]);
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.mailbox_has(1).await;
    worker.kill().await;
    let worker = site.start();
    site.wait_until_final(1).await;
    worker.stop().await;
    let mails = site.received();
    println!(
        "{} mails: {:?}",
        mails.len(),
        mails.iter().map(|l| (&l.message_id, &l.date)).collect::<Vec<_>>()
    );
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].message_id, mails[1].message_id);
    assert_eq!(mails[0].date, mails[1].date);
    assert_eq!(mails[0].to, everyone[0].as_str());
}

async fn ten_crashes_lose_no_mail_and_repeat_few(site: TestSite) {
    const DEATHS: usize = 10;
    const CONCURRENCY: usize = 4;
    let everyone = site.add_subscribers(150).await;
    let incident = site.suspect().await;
    site.confirm(incident).await;
    for death in 1..=DEATHS {
        let worker = site.start_with(|settings| settings.concurrency = 4);
        site.mailbox_has(site.mails().max(death * 12)).await;
        worker.kill().await;
    }
    let worker = site.start();
    site.wait_until_final(150).await;
    worker.stop().await;

    let mut by_recipient = BTreeMap::<_, Vec<_>>::new();
    for mail in site.received() {
        by_recipient.entry(mail.to.clone()).or_default().push((mail.message_id, mail.date));
    }
    let repeats = site.mails() - by_recipient.len();
    let lost = everyone.len() - by_recipient.len();
    let strangers =
        by_recipient.values().filter(|copies| copies.iter().any(|copy| copy != &copies[0])).count();
    println!(
        "{DEATHS} deaths, {CONCURRENCY} at a time: lost {lost}, repeated {repeats}, not recognizable {strangers}"
    );
    assert_eq!((lost, strangers), (0, 0));
    assert!(repeats <= DEATHS * CONCURRENCY, "{repeats} repeats");
}

async fn result_after_an_expired_lease_is_rejected(site: TestSite) {
    let everyone = site.add_subscribers(1).await;
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.expand().await;
    // A worker that claims a delivery and then sleeps until its lease has expired.
    let claims = site.store.claim(Queue::Mail, 1, Duration::from_millis(1)).await.unwrap();
    let worker = site.start_with(|settings| settings.alone = false);
    site.wait_until_final(1).await;
    let late = AttemptOutcome::Later { not_before: None, error: "too late".to_owned() };
    let taken = site.store.finish(&claims[0], &late).await.unwrap();
    worker.stop().await;
    println!("late result taken: {taken}; mails: {}", site.mails());
    assert!(!taken);
    site.assert_each_got_one(&everyone);
    assert_eq!(site.in_state(DeliveryState::Sent).await, 1);
}

/// A mail channel whose answers are lost.
struct LostAnswers(MailChannel);

impl DeliveryChannel for LostAnswers {
    fn queue(&self) -> Queue {
        self.0.queue()
    }

    fn send<'a>(&'a self, claim: &'a Claim) -> BoxFuture<'a, Result<String, DeliveryError>> {
        async move {
            self.0.send(claim).await?;
            pending().await
        }
        .boxed()
    }

    fn reachable(&self) -> BoxFuture<'_, Result<(), DeliveryError>> {
        self.0.reachable()
    }
}
