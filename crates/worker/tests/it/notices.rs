//! Who gets a mail, and how many.

use std::time::Instant;

use candor_core::Status;
use candor_store::DeliveryState;
use candor_worker::WorkerHealth;

use crate::support::{World, on_both};

on_both! {
    a_suspected_incident_mails_nobody,
    after_the_confirmation_everyone_gets_exactly_one_mail,
    the_first_mail_leaves_at_once,
    a_newer_status_supersedes_an_unsent_older_one,
    without_a_mail_server_everything_waits_and_is_sent_once_there_is_one,
}

async fn a_suspected_incident_mails_nobody(world: World) {
    world.add_subscribers(5).await;
    let worker = world.start();
    let incident = world.suspect().await;
    // A mail that is owed later and arrives proves that the worker had time for the suspected incident.
    world.subscribe("new@example.org").await;
    world.mailbox_has(1).await;
    let before = world.letters();
    world.confirm(incident).await;
    world.mailbox_has(6).await;
    worker.stop().await;
    println!(
        "suspected: {} of 5 told; confirmed: {} of 5 told",
        before.len() - 1,
        world.mails() - 1
    );
    assert_eq!(before.first().map(|letter| letter.to.as_str()), Some("new@example.org"));
    assert_eq!(world.mails(), 6);
}

async fn after_the_confirmation_everyone_gets_exactly_one_mail(world: World) {
    let everyone = world.add_subscribers(200).await;
    let worker = world.start();
    let incident = world.suspect().await;
    let confirmed = Instant::now();
    world.confirm(incident).await;
    world.mailbox_has(1).await;
    let first = confirmed.elapsed();
    world.settled(200).await;
    let all = confirmed.elapsed();
    worker.stop().await;
    println!("first mail after {first:?}, {} mails after {all:?}", world.mails());
    world.assert_each_got_one(&everyone);
    assert_eq!(world.mails(), 200);
}

async fn the_first_mail_leaves_at_once(world: World) {
    world.add_subscribers(1).await;
    let worker = world.start();
    let mut waits = Vec::new();
    for mails in 1..=20 {
        let incident = world.suspect().await;
        let confirmed = Instant::now();
        world.confirm(incident).await;
        world.mailbox_reaches(mails).await;
        waits.push(confirmed.elapsed());
        world.settled(mails).await;
        world.resolve_silently(incident).await;
    }
    worker.stop().await;
    waits.sort();
    println!("from the confirmation to the mail: median {:?}, worst {:?}", waits[10], waits[19]);
    assert_eq!(world.mails(), 20);
}

async fn a_newer_status_supersedes_an_unsent_older_one(world: World) {
    let everyone = world.add_subscribers(10).await;
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.expand().await;
    world.update(incident, Status::Watching).await;
    world.expand().await;
    world.resolve(incident).await;
    let worker = world.start();
    world.settled(30).await;
    worker.stop().await;
    let superseded = world.in_state(DeliveryState::Superseded).await;
    println!("3 statuses, 10 subscribers: {} mails, {superseded} superseded", world.mails());
    world.assert_each_got_one(&everyone);
    assert_eq!((world.mails(), superseded), (10, 20));
    for letter in world.letters() {
        assert!(letter.text.contains("esolved"), "{}", letter.text);
        assert!(letter.text.contains("We have put a fix in place."), "{}", letter.text);
    }
}

async fn without_a_mail_server_everything_waits_and_is_sent_once_there_is_one(world: World) {
    let everyone = world.add_subscribers(3).await;
    let health = WorkerHealth::default();
    let worker = world.start_with(|settings| {
        settings.mail = None;
        settings.health = health.clone();
    });
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world
        .until("3 deliveries wait", async || world.in_state(DeliveryState::Waiting).await == 3)
        .await;
    world.until("health says what to do", async || health.mail().is_err()).await;
    assert!(health.mail().unwrap_err().contains("set CANDOR_MAIL_HOST"));
    worker.stop().await;
    let attempts = world.attempts().await;
    let worker = world.start();
    world.settled(3).await;
    worker.stop().await;
    println!("without: 3 wait after {attempts} attempts; with: {} mails", world.mails());
    assert_eq!(attempts, 0);
    world.assert_each_got_one(&everyone);
}
