//! What strangers can cause delays no notification.

use std::time::{Duration, Instant};

use candor_core::{Address, EmailAddress, HookKind, HookUrl, SubscriptionRequest};
use candor_integrations::webhook::HookSettings;
use candor_testkit::endpoint::{Endpoint, FakeReply, ReceivedPost};

use crate::test_site::{TestSite, on_both};

on_both! {
    thousand_requests_to_confirm_delay_no_incident_mail,
    dead_webhooks_delay_no_incident_message,
    long_subscriber_list_delays_no_request_to_confirm,
}

/// The delay of each of the four answers to a mail: 20 connections make 27 mails a second.
const SLOW_RELAY: Duration = Duration::from_millis(185);

async fn thousand_requests_to_confirm_delay_no_incident_mail(site: TestSite) {
    site.add_subscribers(3).await;
    for number in 0..1_000 {
        site.subscribe(&format!("stranger{number}@strangers.example")).await;
    }
    site.slow(SLOW_RELAY);
    let worker = site.start();
    site.mailbox_has(3).await;
    let asked = Instant::now();
    let incident = site.suspect().await;
    site.confirm(incident).await;
    let told = || site.received().iter().filter(|mail| mail.to.starts_with("reader")).count();
    site.until("3 mails about the incident", async || told() == 3).await;
    let delay = asked.elapsed();
    let mails = site.received();
    worker.kill().await;
    let last = mails.iter().rposition(|mail| mail.to.starts_with("reader")).unwrap();
    println!(
        "1,000 requests to confirm wait: the incident's mails came after {delay:?}, {last} mails before"
    );
    assert!(last < 60, "only what was being sent already goes before it: {last}");
}

async fn dead_webhooks_delay_no_incident_message(site: TestSite) {
    let endpoint = Endpoint::start(|posted: &ReceivedPost, _| {
        if posted.path.starts_with("/dead") { FakeReply::Stalls } else { FakeReply::status(204) }
    });
    let at = |path: &str| {
        let url = HookUrl::parse(&endpoint.url(path)).unwrap();
        SubscriptionRequest::from(Address::Hook(HookKind::Slack, url))
    };
    site.store.add_subscriber(at("/fine")).await.unwrap();
    for number in 0..200 {
        site.store.subscribe(at(&format!("/dead/{number}"))).await.unwrap();
    }
    let worker = site.start_with(|settings| {
        let allow = "127.0.0.0/8".parse().unwrap();
        settings.hooks = HookSettings::new("https://status.example.org", allow);
    });
    let dead =
        || endpoint.posted().iter().filter(|posted| posted.path.starts_with("/dead")).count();
    site.until("the dead ones to be asked", async || dead() > 0).await;
    let asked = Instant::now();
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.until("the message about the incident", async || !endpoint.at("/fine").is_empty()).await;
    let (delay, dead) = (asked.elapsed(), dead());
    worker.kill().await;
    println!(
        "200 dead webhooks wait: the incident's message came after {delay:?}; {dead} had been asked"
    );
    assert!(dead <= 4, "a host that doesn't answer is not asked by everybody at once: {dead}");
}

async fn long_subscriber_list_delays_no_request_to_confirm(site: TestSite) {
    site.add_subscribers(300).await;
    site.slow(Duration::from_millis(20));
    let worker = site.start();
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.mailbox_has(20).await;
    let asked = EmailAddress::parse("new@example.org").unwrap();
    site.store.subscribe(&asked).await.unwrap();
    let is_there = || site.received().iter().any(|mail| mail.to == asked.as_str());
    site.until("the request to confirm", async || is_there()).await;
    let before = site.mails();
    worker.kill().await;
    println!("300 mails about an incident: the request to confirm came after {before}");
    assert!(before < 280, "it waited for all of them");
}
