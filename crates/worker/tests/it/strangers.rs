//! What strangers can cause delays nobody who was promised something.

use std::time::{Duration, Instant};

use candor_core::{Address, EmailAddress, HookKind, HookUrl, SubscriptionRequest};
use candor_integrations::webhook::{
    HookSettings,
    testing::{Endpoint, FakeReply, ReceivedPost},
};

use crate::support::{World, on_both};

on_both! {
    a_thousand_requests_to_confirm_delay_no_incident_mail,
    two_hundred_dead_webhooks_delay_no_incident_message,
    a_long_list_keeps_nobody_from_subscribing,
}

/// So long each of the four answers to a mail takes: 20 connections make 27 mails a second.
const SLOW_RELAY: Duration = Duration::from_millis(185);

async fn a_thousand_requests_to_confirm_delay_no_incident_mail(world: World) {
    world.add_subscribers(3).await;
    for number in 0..1_000 {
        world.subscribe(&format!("stranger{number}@strangers.example")).await;
    }
    world.slow(SLOW_RELAY);
    let worker = world.start();
    world.mailbox_has(3).await;
    let asked = Instant::now();
    let incident = world.suspect().await;
    world.confirm(incident).await;
    let told = || world.letters().iter().filter(|letter| letter.to.starts_with("reader")).count();
    world.until("3 mails about the incident", async || told() == 3).await;
    let delay = asked.elapsed();
    let letters = world.letters();
    worker.kill().await;
    let last = letters.iter().rposition(|letter| letter.to.starts_with("reader")).unwrap();
    println!(
        "1,000 requests to confirm wait: the incident's mails came after {delay:?}, {last} mails before"
    );
    assert!(last < 60, "only what was being sent already goes before it: {last}");
}

async fn two_hundred_dead_webhooks_delay_no_incident_message(world: World) {
    let endpoint = Endpoint::start(|posted: &ReceivedPost, _| {
        if posted.path.starts_with("/dead") { FakeReply::Stalls } else { FakeReply::status(204) }
    })
    .await;
    let at = |path: &str| {
        let url = HookUrl::parse(&endpoint.url(path)).unwrap();
        SubscriptionRequest::from(Address::Hook(HookKind::Slack, url))
    };
    world.store.add_subscriber(at("/fine")).await.unwrap();
    for number in 0..200 {
        world.store.subscribe(at(&format!("/dead/{number}"))).await.unwrap();
    }
    let worker = world.start_with(|settings| {
        let allow = "127.0.0.0/8".parse().unwrap();
        settings.hooks = HookSettings::new("https://status.example.org", allow);
    });
    let dead =
        || endpoint.posted().iter().filter(|posted| posted.path.starts_with("/dead")).count();
    world.until("the dead ones to be asked", async || dead() > 0).await;
    let asked = Instant::now();
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.until("the message about the incident", async || !endpoint.at("/fine").is_empty()).await;
    let (delay, dead) = (asked.elapsed(), dead());
    worker.kill().await;
    println!(
        "200 dead webhooks wait: the incident's message came after {delay:?}; {dead} had been asked"
    );
    assert!(dead <= 4, "a host that doesn't answer is not asked by everybody at once: {dead}");
}

async fn a_long_list_keeps_nobody_from_subscribing(world: World) {
    world.add_subscribers(300).await;
    world.slow(Duration::from_millis(20));
    let worker = world.start();
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.mailbox_has(20).await;
    let asked = EmailAddress::parse("new@example.org").unwrap();
    world.store.subscribe(&asked).await.unwrap();
    let is_there = || world.letters().iter().any(|letter| letter.to == asked.as_str());
    world.until("the request to confirm", async || is_there()).await;
    let before = world.mails();
    worker.kill().await;
    println!("300 mails about an incident: the request to confirm came after {before}");
    assert!(before < 280, "it waited for all of them");
}
