//! Who gets a mail, and how many.

use std::time::Instant;

use candor_core::Status;
use candor_store::DeliveryState;
use candor_worker::WorkerHealth;

use crate::test_site::{TestSite, on_both};

on_both! {
    suspected_incident_mails_nobody,
    confirmation_mails_every_subscriber_exactly_once,
    first_mail_is_sent_at_once,
    newer_status_supersedes_an_unsent_older_one,
    mails_wait_until_there_is_a_mail_server,
}

async fn suspected_incident_mails_nobody(site: TestSite) {
    site.add_subscribers(5).await;
    let worker = site.start();
    let incident = site.suspect().await;
    // A later mail that arrives proves that the worker had time for the suspected incident.
    site.subscribe("new@example.org").await;
    site.mailbox_has(1).await;
    let before = site.received();
    site.confirm(incident).await;
    site.mailbox_has(6).await;
    worker.stop().await;
    println!(
        "suspected: {} of 5 told; confirmed: {} of 5 told",
        before.len() - 1,
        site.mails() - 1
    );
    assert_eq!(before.first().map(|mail| mail.to.as_str()), Some("new@example.org"));
    assert_eq!(site.mails(), 6);
}

async fn confirmation_mails_every_subscriber_exactly_once(site: TestSite) {
    let everyone = site.add_subscribers(200).await;
    let worker = site.start();
    let incident = site.suspect().await;
    let confirmed = Instant::now();
    site.confirm(incident).await;
    site.mailbox_has(1).await;
    let first = confirmed.elapsed();
    site.wait_until_final(200).await;
    let all = confirmed.elapsed();
    worker.stop().await;
    println!("first mail after {first:?}, {} mails after {all:?}", site.mails());
    site.assert_each_got_one(&everyone);
    assert_eq!(site.mails(), 200);
}

async fn first_mail_is_sent_at_once(site: TestSite) {
    site.add_subscribers(1).await;
    let worker = site.start();
    let mut waits = Vec::new();
    for mails in 1..=20 {
        let incident = site.suspect().await;
        let confirmed = Instant::now();
        site.confirm(incident).await;
        site.mailbox_reaches(mails).await;
        waits.push(confirmed.elapsed());
        site.wait_until_final(mails).await;
        site.resolve_silently(incident).await;
    }
    worker.stop().await;
    waits.sort();
    println!("from the confirmation to the mail: median {:?}, worst {:?}", waits[10], waits[19]);
    assert_eq!(site.mails(), 20);
}

async fn newer_status_supersedes_an_unsent_older_one(site: TestSite) {
    let everyone = site.add_subscribers(10).await;
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.expand().await;
    site.update(incident, Status::Watching).await;
    site.expand().await;
    site.resolve(incident).await;
    let worker = site.start();
    site.wait_until_final(30).await;
    worker.stop().await;
    let superseded = site.in_state(DeliveryState::Superseded).await;
    println!("3 statuses, 10 subscribers: {} mails, {superseded} superseded", site.mails());
    site.assert_each_got_one(&everyone);
    assert_eq!((site.mails(), superseded), (10, 20));
    for mail in site.received() {
        assert!(mail.text.contains("esolved"), "{}", mail.text);
        assert!(mail.text.contains("We have put a fix in place."), "{}", mail.text);
    }
}

async fn mails_wait_until_there_is_a_mail_server(site: TestSite) {
    let everyone = site.add_subscribers(3).await;
    let health = WorkerHealth::default();
    let worker = site.start_with(|settings| {
        settings.mail = None;
        settings.health = health.clone();
    });
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.until("3 deliveries wait", async || site.in_state(DeliveryState::Waiting).await == 3)
        .await;
    site.until("health says what to do", async || health.mail().is_err()).await;
    assert!(health.mail().unwrap_err().contains("set CANDOR_MAIL_HOST"));
    worker.stop().await;
    let attempts = site.attempts().await;
    let worker = site.start();
    site.wait_until_final(3).await;
    worker.stop().await;
    println!("without: 3 wait after {attempts} attempts; with: {} mails", site.mails());
    assert_eq!(attempts, 0);
    site.assert_each_got_one(&everyone);
}
