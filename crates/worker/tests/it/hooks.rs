//! Subscribers' webhooks: each gets its messages, whatever the others do.

use std::time::Duration;

use candor_core::{Address, HookKind, HookUrl, SubscriptionRequest};
use candor_integrations::webhook::HookSettings;
use candor_store::{DeliveryState, SubscriberState};
use candor_testkit::endpoint::{Endpoint, FakeReply, ReceivedPost};
use serde_json::json;

use crate::test_site::{Running, TestSite, on_both};

on_both! {
    each_webhook_gets_its_own_format_and_a_retry_is_the_same_message,
    failing_stalling_or_flooding_endpoint_delays_nobody_else,
    webhook_must_confirm_before_it_is_used,
    program_confirms_with_its_own_challenge_only,
}

fn at(endpoint: &Endpoint, kind: HookKind, path: &str) -> SubscriptionRequest {
    Address::Hook(kind, HookUrl::parse(&endpoint.url(path)).unwrap()).into()
}

/// A worker that may call this machine, and waits half a second for an answer.
fn start(site: &TestSite) -> Running {
    site.start_with(|settings| {
        settings.hooks = HookSettings {
            timeout: Duration::from_millis(500),
            ..HookSettings::new("https://status.example.org", "127.0.0.0/8".parse().unwrap())
        };
    })
}

async fn each_webhook_gets_its_own_format_and_a_retry_is_the_same_message(site: TestSite) {
    let endpoint = Endpoint::start(|posted, number| {
        FakeReply::status(if posted.path == "/webhook" && number <= 2 { 500 } else { 200 })
    });
    for kind in HookKind::ALL {
        site.store
            .add_subscriber(at(&endpoint, kind, &format!("/{}", kind.as_str())))
            .await
            .unwrap();
    }
    let everyone = site.add_subscribers(3).await;
    let worker = start(&site);
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.wait_until_final(3 + HookKind::ALL.len()).await;
    worker.stop().await;
    site.assert_each_got_one(&everyone);
    let tries = endpoint.at("/webhook");
    let headers = |name| tries.iter().map(|posted| posted.header(name)).collect::<Vec<_>>();
    println!(
        "tries: {}, ids {:?}, times {:?}",
        tries.len(),
        headers("webhook-id"),
        headers("webhook-timestamp")
    );
    assert_eq!(tries.len(), 3);
    assert!(tries.iter().all(|posted| posted.body == tries[0].body));
    assert!(headers("webhook-id").iter().all(|id| *id == tries[0].header("webhook-id")));
    assert_eq!(tries[0].json()["type"], "incident.confirmed");
    assert_eq!(tries[0].json()["data"]["number"], incident.get());
    let [slack, discord, teams] = ["/slack", "/discord", "/teams"].map(|path| endpoint.at(path));
    assert_eq!((slack.len(), discord.len(), teams.len()), (1, 1, 1));
    assert!(slack[0].json()["text"].as_str().unwrap().contains("Outage"));
    assert!(discord[0].json()["embeds"][0]["title"].as_str().unwrap().contains("Outage"));
    assert_eq!(teams[0].json()["type"], "message");
    for posted in endpoint.posted() {
        assert!(
            posted.body.contains("https://status.example.org/subscription/"),
            "{}",
            posted.path
        );
    }
}

async fn failing_stalling_or_flooding_endpoint_delays_nobody_else(site: TestSite) {
    let endpoint = Endpoint::start(|posted: &ReceivedPost, _| match posted.path.as_str() {
        "/stalls" => FakeReply::Stalls,
        "/redirects" => {
            FakeReply::Says(302, "location: http://127.0.0.1:1/\r\n".to_owned(), String::new())
        }
        "/gone" => FakeReply::status(410),
        "/busy" => FakeReply::Says(429, "retry-after: 3600\r\n".to_owned(), String::new()),
        "/floods" => FakeReply::Floods(10 * 1024 * 1024),
        "/hangs-up" => FakeReply::HangsUp,
        "/broken" => FakeReply::status(500),
        _ => FakeReply::status(204),
    });
    let odd = ["/stalls", "/redirects", "/gone", "/busy", "/floods", "/hangs-up", "/broken"];
    for path in odd {
        site.store.add_subscriber(at(&endpoint, HookKind::Webhook, path)).await.unwrap();
    }
    for number in 0..50 {
        let fine = at(&endpoint, HookKind::Slack, &format!("/fine/{number}"));
        site.store.add_subscriber(fine).await.unwrap();
    }
    let worker = start(&site);
    let begun = std::time::Instant::now();
    let incident = site.suspect().await;
    site.confirm(incident).await;
    let fine =
        || endpoint.posted().iter().filter(|posted| posted.path.starts_with("/fine")).count();
    site.until("50 fine ones", async || fine() >= 50).await;
    let took = begun.elapsed();
    site.until("all were tried", async || odd.iter().all(|path| !endpoint.at(path).is_empty()))
        .await;
    site.until("each has its end", async || {
        let rows = site.store.deliveries(100).await.unwrap();
        !rows.iter().any(|row| row.state == DeliveryState::Sending)
            && rows.iter().all(|row| row.attempts > 0)
    })
    .await;
    worker.stop().await;
    let rows = site.store.deliveries(100).await.unwrap();
    let mut ends: Vec<_> = rows
        .iter()
        .filter(|row| {
            !row.address.as_ref().is_some_and(|address| address.as_str().contains("/fine"))
        })
        .map(|row| {
            let path = row
                .address
                .as_ref()
                .map_or("(erased)", |address| address.as_str().rsplit('/').next().unwrap());
            format!("{path}: {} {}", row.state.as_str(), row.last_error.as_deref().unwrap_or("-"))
        })
        .collect();
    ends.sort_unstable();
    println!("50 fine endpoints were told after {took:?}, beside:\n{}", ends.join("\n"));
    assert_eq!(
        ends,
        [
            "(erased): dead HTTP 410: the other side wants nothing any more",
            "broken: waiting HTTP 500",
            "busy: waiting HTTP 429",
            "floods: sent -",
            "hangs-up: waiting the connection broke off",
            "redirects: waiting HTTP 302",
            "stalls: waiting no answer in time",
        ]
    );
    assert_eq!(fine(), 50, "each exactly once");
    assert_eq!(endpoint.at("/busy").len(), 1, "Retry-After is honored");
    assert_eq!(endpoint.at("/gone").len(), 1);
    let left = site.store.subscribers().await.unwrap();
    assert_eq!(left.len(), 56, "a subscriber whose address is gone is erased");
}

async fn webhook_must_confirm_before_it_is_used(site: TestSite) {
    let endpoint = Endpoint::start(|_, _| FakeReply::status(200));
    for kind in HookKind::ALL {
        site.store.subscribe(at(&endpoint, kind, &format!("/{}", kind.as_str()))).await.unwrap();
    }
    let inside = Address::Hook(HookKind::Slack, HookUrl::parse("https://10.0.0.1/hook").unwrap());
    site.store.subscribe(SubscriptionRequest::from(inside)).await.unwrap();
    let worker = start(&site);
    site.wait_until_final(1 + HookKind::ALL.len()).await;
    let incident = site.suspect().await;
    site.confirm(incident).await;
    let rows = site.store.subscribers().await.unwrap();
    assert!(rows.iter().all(|row| row.state == SubscriberState::Pending));
    // A person opens the link of the message.
    let links = &site.settings().links;
    for row in &rows {
        let path = format!("/{}", row.address.channel());
        if row.address.as_str().contains("10.0.0.1") {
            continue;
        }
        let asked = endpoint.at(&path);
        assert_eq!(asked.len(), 1, "{path}");
        assert!(asked[0].body.contains(&links.confirm_url(row.id.0)), "{path}");
        site.store.confirm_subscriber(row.id).await.unwrap();
    }
    site.resolve(incident).await;
    site.until("4 notices", async || endpoint.posted().len() == 8).await;
    worker.stop().await;
    println!(
        "asked 4, and told nothing before they confirmed; {} refused: {:?}",
        site.in_state(DeliveryState::Dead).await,
        site.last_errors().await
    );
    assert_eq!(
        site.last_errors().await,
        ["the address is not called: it leads into a network that is not public"]
    );
}

async fn program_confirms_with_its_own_challenge_only(site: TestSite) {
    let endpoint = Endpoint::start(|posted, _| {
        let challenge = posted.json()["data"]["challenge"].clone();
        let body = match posted.path.as_str() {
            "/echo" => json!({ "challenge": challenge }),
            "/stale" => json!({ "challenge": "AAAA" }),
            "/text" => challenge,
            _ => json!("ok"),
        };
        FakeReply::Says(200, String::new(), body.to_string())
    });
    for path in ["/echo", "/stale", "/text", "/silent"] {
        site.store.subscribe(at(&endpoint, HookKind::Webhook, path)).await.unwrap();
    }
    let worker = start(&site);
    site.wait_until_final(4).await;
    worker.stop().await;
    let confirmed: Vec<_> = site
        .store
        .subscribers()
        .await
        .unwrap()
        .into_iter()
        .filter(|row| row.state == SubscriberState::Confirmed)
        .map(|row| row.address.as_str().rsplit('/').next().unwrap().to_owned())
        .collect();
    println!("of 4 programs these confirmed by themselves: {confirmed:?}");
    assert_eq!(confirmed, ["echo"]);
}
