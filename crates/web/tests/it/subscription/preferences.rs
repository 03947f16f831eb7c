//! Preferences as entered, and as changed later.

use candor_core::{Address, HookKind, HookUrl, Preferences, Scope, Severity, SubscriptionRequest};
use candor_store::{Queue, SubscriberRow, SubscriberState};
use jiff::{SignedDuration, Timestamp};

use super::path;
use crate::{
    client::{get, post},
    test_server::{TestServer, declare, links},
};

async fn rows(server: &TestServer) -> Vec<SubscriberRow> {
    server.store.subscribers().await.unwrap()
}

fn encoded(url: &str) -> String {
    url.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn preferences_are_saved_as_entered() {
    let server = TestServer::new().await;
    server.run(declare("Checkout <b>down</b>", Severity::Outage)).await;
    let form = server.get("/subscribe?incident=1").await.text();
    assert!(form.contains("name=\"scope\" value=\"one\" checked"));
    assert_eq!(
        form.split("name=\"scope\"")
            .filter(|rest| rest.split('>').next().unwrap().contains("checked"))
            .count(),
        1,
        "one answer to one question"
    );
    let page = server.get("/").await.text();
    let mut hrefs = page.split("href=\"").map(|rest| rest.split('"').next().unwrap());
    let path = hrefs.find(|href| href.ends_with("/1")).unwrap();
    let incident = server.get(path).await.text();
    assert!(
        incident.contains("href=\"/en/subscribe?incident=1\""),
        "the incident's page leads there"
    );
    assert!(form.contains("Checkout &lt;b&gt;down&lt;/b&gt;") && !form.contains("<b>down"));
    for nothing in ["/subscribe", "/subscribe?incident=2", "/subscribe?incident=x&incident=1"] {
        let form = server.get(nothing).await;
        assert_eq!(form.status, 200);
        assert!(!form.text().contains("value=\"one\""), "{nothing}");
    }
    for (body, expected) in [
        ("email=a%40example.org", Preferences::default()),
        (
            "channel=mail&email=b%40example.org&language=de&time_zone=europe%2Fberlin&scope=incidents",
            Preferences {
                language: Some("de".to_owned()),
                time_zone: Some("Europe/Berlin".to_owned()),
                scope: Scope::Incidents,
                incident: None,
            },
        ),
        (
            "email=c%40example.org&about=1&scope=one",
            Preferences { incident: Some(crate::test_server::number(1)), ..Preferences::default() },
        ),
        ("email=d%40example.org&about=1", Preferences::default()),
        ("email=e%40example.org&about=99&scope=one", Preferences::default()),
        ("email=f%40example.org&language=tlh&scope=everything", Preferences::default()),
    ] {
        let answer = post("/subscribe").form(body).send_to(server.address).await;
        assert_eq!(answer.status, 303, "{body}");
        let rows = rows(&server).await;
        assert_eq!(rows.last().unwrap().preferences, expected, "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_form_comes_back_filled_with_a_sentence_at_each_field() {
    let server = TestServer::new().await;
    for (body, field, sentence) in [
        ("email=x&time_zone=UTC", "email", "This is not an e-mail address"),
        ("email=a%40example.org&time_zone=Mars%2FOlympus", "zone", "This is not a time zone"),
        ("channel=slack&url=nothing", "url", "This is not a web address"),
        ("channel=slack&url=http%3A%2F%2Fhooks.example.org%2F", "url", "must begin with https://"),
        (
            "channel=teams&url=https%3A%2F%2Fa%3Ab%40hooks.example.org%2F",
            "url",
            "a user name or a password",
        ),
        ("channel=webhook&url=https%3A%2F%2Fhooks.example.org%3A22%2F", "url", "This port"),
        ("channel=webhook&url=https%3A%2F%2F2130706433%2F", "url", "a private network"),
        ("channel=discord&url=https%3A%2F%2Fstatus.example.org%2Fx", "url", "this very page"),
    ] {
        let answer = post("/subscribe").form(body).send_to(server.address).await;
        let page = answer.text();
        assert_eq!(answer.status, 422, "{body}");
        let described = format!("id=\"{field}-wrong\" role=\"alert\">");
        let answer_text = page.split_once(&described).unwrap_or_else(|| panic!("{body}")).1;
        assert!(answer_text.split('<').next().unwrap().contains(sentence), "{body}");
        assert!(page.contains("aria-invalid=\"true\""));
        assert!(page.contains(&format!("{field}-wrong")), "the field names its description");
    }
    assert!(rows(&server).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn chats_and_webhooks_are_subscribed_by_their_url() {
    let server = TestServer::new().await;
    for kind in HookKind::ALL {
        let url = format!("https://HOOKS.example.org:443/{}#part", kind.as_str());
        let body = format!("channel={}&url={}", kind.as_str(), encoded(&url));
        let answer = post("/subscribe").form(&body).send_to(server.address).await;
        let sent = super::follow_redirect(&server, &answer).await.text();
        assert!(sent.contains("Check your channel") && sent.contains("hooks.example.org/…"));
    }
    let addresses: Vec<_> = rows(&server).await.into_iter().map(|row| row.address).collect();
    let normal = |kind: HookKind| {
        let url = format!("https://hooks.example.org/{}", kind.as_str());
        Address::Hook(kind, HookUrl::parse(&url).unwrap())
    };
    assert!(
        HookKind::ALL.into_iter().all(|kind| addresses.contains(&normal(kind))),
        "{addresses:?}"
    );
    assert_eq!(addresses.len(), HookKind::ALL.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn manage_link_shows_and_changes_preferences_and_get_changes_nothing() {
    let server = TestServer::new().await;
    server.run(declare("Checkout", Severity::Outage)).await;
    let url = HookUrl::parse("https://hooks.example.org/a-secret-path").unwrap();
    let preferences =
        Preferences { incident: Some(crate::test_server::number(1)), ..Preferences::default() };
    let address = Address::Hook(HookKind::Webhook, url);
    server
        .store
        .subscribe(SubscriptionRequest { address, preferences: preferences.clone() })
        .await
        .unwrap();
    let id = rows(&server).await[0].id;
    let manage = path(&links().manage_url(id.0, Timestamp::now()));
    let seen = server.get(&manage).await;
    super::assert_private(&seen);
    let page = seen.text();
    assert!(page.contains("hooks.example.org/…") && !page.contains("a-secret-path"));
    assert!(page.contains("confirmed yet"));
    assert!(!page.contains("whsec_"), "whoever has read a message has this link");
    assert!(page.contains(&path(&links().unsubscribe_url(id.0))));
    assert_eq!(rows(&server).await[0].preferences, preferences);

    let wrong = post(&manage).form("scope=all&time_zone=Nowhere").send_to(server.address).await;
    assert_eq!((wrong.status, rows(&server).await[0].preferences.clone()), (422, preferences));
    let change = "scope=incidents&language=en&time_zone=Asia%2FTokyo&about=1";
    for _ in 0..2 {
        let saved = post(&manage).form(change).send_to(server.address).await;
        let saved = super::follow_redirect(&server, &saved).await;
        assert!(saved.text().contains("role=\"status\">Saved."));
        assert!(saved.text().contains("value=\"Asia/Tokyo\""));
    }
    let row = rows(&server).await.remove(0);
    assert_eq!(
        row.state,
        SubscriberState::Pending,
        "whoever changes wishes hasn't confirmed by it"
    );
    let preferences = Preferences {
        language: Some("en".to_owned()),
        time_zone: Some("Asia/Tokyo".to_owned()),
        scope: Scope::Incidents,
        incident: None,
    };
    assert_eq!(row.preferences, preferences);

    server.store.unsubscribe(id).await.unwrap();
    for request in [get(&manage), post(&manage).form(change)] {
        let gone = request.send_to(server.address).await;
        assert_eq!(gone.status, 404);
        assert!(!gone.text().contains("whsec_"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn form_uses_the_readers_language_and_links_serve_one_purpose() {
    let server = TestServer::new().await;
    let german = server.get("/de/subscribe").await;
    super::assert_private(&german);
    assert!(german.text().contains("<html lang=\"de\""));
    assert!(german.text().contains("action=\"/de/subscribe\""));
    let asked = get("/subscribe").header("Accept-Language", "fr-CA").send_to(server.address).await;
    assert!(asked.text().contains("<html lang=\"fr\""));
    server
        .store
        .subscribe(&"a@example.org".parse::<candor_core::EmailAddress>().unwrap())
        .await
        .unwrap();
    let id = rows(&server).await[0].id.0;
    let links = links();
    let urls =
        [links.confirm_url(id), links.manage_url(id, Timestamp::now()), links.unsubscribe_url(id)];
    for (place, url) in ["subscribe", "subscription", "unsubscribe"].into_iter().zip(&urls) {
        for other in &urls {
            let (_, token) = other.rsplit_once('/').unwrap();
            let answer = server.get(&format!("/{place}/{token}")).await;
            assert_eq!(answer.status, if other == url { 200 } else { 404 }, "{place}");
        }
    }
}

/// A webhook's secret is shown once, when it is confirmed.
#[tokio::test(flavor = "multi_thread")]
async fn signing_secret_is_shown_once() {
    let server = TestServer::new().await;
    let url = HookUrl::parse("https://hooks.example.org/a").unwrap();
    server
        .store
        .subscribe(SubscriptionRequest::from(Address::Hook(HookKind::Webhook, url)))
        .await
        .unwrap();
    let id = rows(&server).await[0].id.0;
    let confirm = path(&links().confirm_url(id));
    assert!(!server.get(&confirm).await.text().contains("whsec_"));
    let first = post(&confirm).form("").send_to(server.address).await;
    super::assert_private(&first);
    assert!(first.text().contains(&links().webhook_secret(id)));
    let second = post(&confirm).form("").send_to(server.address).await;
    assert_eq!(second.status, 200);
    assert!(!second.text().contains("whsec_"));
}

/// Links end up in logs and histories: after a while, only the owner of the address can see the subscription.
#[tokio::test(flavor = "multi_thread")]
async fn expired_link_shows_nothing_and_a_new_one_is_mailed() {
    let server = TestServer::new().await;
    let address: candor_core::EmailAddress = "ada@example.org".parse().unwrap();
    server.store.add_subscriber(&address).await.unwrap();
    let id = rows(&server).await[0].id.0;
    let old = Timestamp::now() - SignedDuration::from_hours(24 * 32);
    let link = path(&links().manage_url(id, old));
    let expired = server.get(&link).await;
    super::assert_private(&expired);
    assert_eq!(expired.status, 410);
    assert!(
        expired.text().contains("a…@example.org") && !expired.text().contains("name=\"scope\"")
    );
    let asked = post(&link).form("scope=incidents").send_to(server.address).await;
    let sent = super::follow_redirect(&server, &asked).await.text();
    assert!(sent.contains("a…@example.org") && sent.contains("Check your mail"));
    assert_eq!(
        rows(&server).await[0].preferences,
        Preferences::default(),
        "an old link changes nothing"
    );
    assert_eq!(server.store.queue_depth(Queue::Mail).await.unwrap().due, 1);
}
