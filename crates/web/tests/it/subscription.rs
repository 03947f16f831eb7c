//! Subscribing and unsubscribing: a GET changes nothing, and nobody learns who is subscribed.

mod preferences;
mod secrecy;

use candor_core::EmailAddress;
use candor_integrations::mail::{
    MailSettings, Mailbox, Mailer, Security,
    catcher::{ClientStage, MailCatcher, Policy, Reaction},
};
use candor_store::SubscriberState;
use candor_web::WebSettings;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    client::{TestRequest, TestResponse, get, post},
    test_server::{TestServer, links},
};

fn subscribe(address: &str) -> TestRequest {
    post("/subscribe").form(&format!("email={}", address.replace('@', "%40").replace('+', "%2B")))
}

/// Follows a form's redirect, which keeps going back and reloading from sending anything again.
async fn follow_redirect(server: &TestServer, answer: &TestResponse) -> TestResponse {
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_private(answer);
    let seen = server.get(answer.header("location").unwrap()).await;
    assert_eq!(seen.status, 200);
    assert_private(&seen);
    seen
}

/// The only subscriber.
async fn only_subscriber(server: &TestServer) -> (Uuid, SubscriberState) {
    let subscribers = server.store.subscribers().await.unwrap();
    assert_eq!(subscribers.len(), 1);
    (subscribers[0].id.0, subscribers[0].state)
}

fn path(url: &str) -> String {
    url.strip_prefix("https://status.example.org").unwrap().to_owned()
}

fn assert_private(answer: &TestResponse) {
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(answer.header("x-robots-tag"), Some("noindex"));
}

#[tokio::test(flavor = "multi_thread")]
async fn subscriber_subscribes_confirms_and_unsubscribes() {
    let server = TestServer::new().await;
    let form = server.get("/subscribe").await;
    assert!(form.text().contains("method=\"post\" action=\"/en/subscribe\""));
    assert_private(&form);

    let answer = subscribe("ada@example.org").send_to(server.address).await;
    assert!(!answer.header("location").unwrap().contains("ada"), "the address isn't in an address");
    let sent = follow_redirect(&server, &answer).await.text();
    assert!(sent.contains("Check your mail") && sent.contains("a…@example.org"));
    for elsewhere in ["/subscribe/sent", "/subscribe/sent?by_mail=true&to=You%20are%20hacked"] {
        let answer = server.get(elsewhere).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/en/subscribe")));
    }
    let (id, state) = only_subscriber(&server).await;
    assert_eq!(state, SubscriberState::Pending);

    let confirm = path(&links().confirm_url(id));
    let asked = server.get(&confirm).await;
    assert_eq!(asked.status, 200);
    assert!(asked.text().contains("<form method=\"post\">"));
    assert_private(&asked);
    assert_eq!(
        only_subscriber(&server).await.1,
        SubscriberState::Pending,
        "a GET confirms nothing"
    );
    let confirmed = post(&confirm).form("").send_to(server.address).await;
    let confirmed = follow_redirect(&server, &confirmed).await;
    assert!(confirmed.text().contains("You are subscribed"));
    assert_eq!(only_subscriber(&server).await.1, SubscriberState::Confirmed);

    let leave = path(&links().unsubscribe_url(id));
    let asked = server.get(&leave).await;
    assert!(asked.text().contains("Unsubscribe?"));
    assert_private(&asked);
    assert_eq!(only_subscriber(&server).await.1, SubscriberState::Confirmed, "a GET ends nothing");
    for answer_text in ["You are unsubscribed", "has already ended"] {
        let left = post(&leave).form("").send_to(server.address).await;
        let left = follow_redirect(&server, &left).await;
        assert!(left.text().contains(answer_text), "{answer_text}: {}", left.text());
        assert!(server.store.subscribers().await.unwrap().is_empty());
    }
    let late = post(&confirm).form("").send_to(server.address).await;
    assert_eq!(late.status, 404, "an old link brings nobody back");
    assert!(late.text().contains("or no longer is"));
}

/// Whoever finds the link in a log later sees and changes nothing; the subscriber is sent another link.
#[tokio::test(flavor = "multi_thread")]
async fn confirmation_link_works_once() {
    let server = TestServer::new().await;
    let address = EmailAddress::parse("ada@example.org").unwrap();
    server.store.add_subscriber(&address).await.unwrap();
    let confirm = path(&links().confirm_url(only_subscriber(&server).await.0));
    for _ in 0..2 {
        let again = post(&confirm).form("").send_to(server.address).await;
        assert_eq!((again.status, again.header("location")), (200, None));
        assert_private(&again);
        let text = again.text();
        assert!(text.contains("You are subscribed") && text.contains("Send a new link"), "{text}");
        let links: Vec<_> =
            text.split('"').filter(|part| part.contains("/subscription/")).collect();
        let [request] = links[..] else { panic!("{links:?}") };
        assert_eq!(server.get(request).await.status, 410, "it shows nothing");
        let change = post(request).form("scope=incidents").send_to(server.address).await;
        assert!(follow_redirect(&server, &change).await.text().contains("Check your mail"));
        let row = server.store.subscribers().await.unwrap().remove(0);
        assert_eq!(row.preferences, candor_core::Preferences::default(), "it changes nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_unsubscribe_of_mail_programs_works() {
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let server = TestServer::new().await;
    for (index, form) in ["urlencoded", "multipart"].into_iter().enumerate() {
        let address = EmailAddress::parse(&format!("ada{index}@example.org")).unwrap();
        server.store.add_subscriber(&address).await.unwrap();
        let leave = path(&links().unsubscribe_url(only_subscriber(&server).await.0));
        let click = match form {
            "urlencoded" => post(&leave).form("List-Unsubscribe=One-Click"),
            _ => post(&leave)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .body(multipart),
        };
        for answer_text in ["Unsubscribed.", "This subscription ended before."] {
            let answer = click.clone().send_to(server.address).await;
            assert_eq!(answer.status, 200, "{form}");
            assert!(answer.text().starts_with(answer_text), "{}", answer.text());
            assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
            assert!(answer.header("location").is_none(), "no redirect");
            assert!(server.store.subscribers().await.unwrap().is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn subscribing_reveals_no_subscriber() {
    let server = TestServer::new().await;
    let known = EmailAddress::parse("known@example.org").unwrap();
    server.store.add_subscriber(&known).await.unwrap();
    let new = subscribe("new@example.org").send_to(server.address).await;
    let known = subscribe("known@example.org").send_to(server.address).await;
    let mut throttled = new.clone();
    for _ in 0..5 {
        throttled = subscribe("new@example.org").send_to(server.address).await;
    }
    let undated = |answer: &TestResponse| {
        let varies = |name: &str| matches!(name, "date" | "location");
        let mut headers: Vec<_> =
            answer.headers.iter().filter(|(name, _)| !varies(name)).cloned().collect();
        headers.sort();
        headers
    };
    for other in [&known, &throttled] {
        assert_eq!((other.status, &other.body), (new.status, &new.body));
        assert_eq!(undated(other), undated(&new));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_address_is_refused_with_a_sentence() {
    let server = TestServer::new().await;
    for (given, shown) in [
        ("nobody", "nobody"),
        ("", ""),
        ("%3Cscript%3E%40x", "&lt;script&gt;@x"),
        ("a%0D%0ABcc%3Ab%40example.org", "Bcc:b@example.org"),
    ] {
        let answer =
            post("/subscribe").form(&format!("email={given}")).send_to(server.address).await;
        assert_eq!(answer.status, 422);
        let page = answer.text();
        assert!(
            page.contains("This is not an e-mail address; it should look like name@example.org.")
        );
        assert!(page.contains(shown), "the value is kept: {given}");
        assert_eq!(page.matches("<script").count(), 1, "ours");
    }
    assert!(server.store.subscribers().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_content_type_of_a_form_is_refused_with_a_sentence() {
    let server = TestServer::new().await;
    let refused = [
        (post("/subscribe").json("{\"email\":\"a@example.org\"}"), 415),
        (post("/subscribe").header("Content-Type", "text/plain").body("email=a@example.org"), 415),
        (post("/subscribe").form(&format!("email={}", "a".repeat(100_000))), 413),
        (post("/subscribe").form("email=%FF%FE"), 422),
    ];
    for (request, status) in refused {
        let answer = request.send_to(server.address).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    }
}

/// Another site must not make its readers request mails.
#[tokio::test(flavor = "multi_thread")]
async fn cross_site_form_is_refused_but_a_mail_program_is_not() {
    let server = TestServer::new().await;
    let address = EmailAddress::parse("ada@example.org").unwrap();
    server.store.add_subscriber(&address).await.unwrap();
    let id = only_subscriber(&server).await.0;
    let said = "submitted from another site";
    for (path, body, said) in [
        ("/subscribe".to_owned(), "email=bo%40example.org", said),
        (
            "/de/subscribe".to_owned(),
            "email=bo%40example.org",
            "von einer anderen Website gesendet",
        ),
        (path(&links().manage_url(id, Timestamp::now())), "scope=incidents", said),
        (path(&links().confirm_url(id)), "", said),
    ] {
        let form = post(&path).form(body);
        let refused =
            form.clone().header("Sec-Fetch-Site", "cross-site").send_to(server.address).await;
        assert_eq!(refused.status, 403, "{path}");
        assert!(refused.text().contains(said), "{path}");
        let taken = form.header("Sec-Fetch-Site", "same-origin").send_to(server.address).await;
        // A subscriber who had already confirmed is told so directly.
        let status = if body.is_empty() { 200 } else { 303 };
        assert_eq!(taken.status, status, "{path}");
    }
    assert_eq!(server.store.subscribers().await.unwrap().len(), 2);
    let leave = post(&path(&links().unsubscribe_url(id))).form("List-Unsubscribe=One-Click");
    let left = leave.header("Sec-Fetch-Site", "cross-site").send_to(server.address).await;
    assert_eq!(left.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_configured_channels_are_offered_and_accepted() {
    let mail = post("/subscribe").form("email=a%40example.org");
    let slack = post("/subscribe").form("channel=slack&url=https%3A%2F%2Fhooks.example.org%2Fa");
    let server = TestServer::with(|mut settings| {
        settings.subscribe = vec!["slack", "teams"];
        settings
    })
    .await;
    let form = server.get("/subscribe").await.text();
    assert!(form.contains("value=\"slack\" checked") && form.contains("value=\"teams\""));
    assert!(!form.contains("value=\"mail\"") && !form.contains("id=\"email\""));
    assert!(form.contains("your chat’s settings") && !form.contains("For a program"));
    let refused = mail.clone().send_to(server.address).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("This isn’t offered here"));
    assert_eq!(slack.clone().send_to(server.address).await.status, 303);
    assert_eq!(server.store.subscribers().await.unwrap().len(), 1);
    server.close().await;

    let server = TestServer::with(|mut settings| {
        settings.subscribe = Vec::new();
        settings
    })
    .await;
    let closed = server.get("/subscribe").await.text();
    assert!(closed.contains("You can’t subscribe here") && closed.contains("/feed/atom"));
    assert!(!closed.contains("<form"));
    for request in [mail, slack] {
        assert_eq!(request.send_to(server.address).await.status, 422);
    }
    assert!(server.store.subscribers().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn undeliverable_address_is_refused_with_a_sentence() {
    let catcher = MailCatcher::start("127.0.0.1:0", Policy::obliging()).await.unwrap();
    let plain = Policy::new(|moment| match moment.stage == ClientStage::Hello {
        true => Reaction::Says("250 without-smtputf8".to_owned()),
        false => Reaction::Obliges,
    });
    let plain = MailCatcher::start("127.0.0.1:0", plain).await.unwrap();
    for (mailer, status, refused) in [
        (None, 503, "reach our mail server"),
        (Some(mailer(&plain)), 422, "these letters before the @"),
        (Some(mailer(&catcher)), 303, ""),
    ] {
        let server = TestServer::with(|settings| WebSettings { mailer, ..settings }).await;
        for (address, sentence) in [
            ("root%40localhost", "doesn’t lead to a mailbox"),
            ("a%25example.net%40example.org", "doesn’t lead to a mailbox"),
            ("a%40192.0.2.7", "doesn’t lead to a mailbox"),
            ("a%40b%C3%BC%20cher.example", "This is not an e-mail address"),
        ] {
            let answer =
                post("/subscribe").form(&format!("email={address}")).send_to(server.address).await;
            assert_eq!(answer.status, 422, "{address}");
            assert!(answer.text().contains(sentence), "{address}");
        }
        // The mail server of the last round accepts such addresses.
        let answer =
            post("/subscribe").form("email=j%C3%B6rg%40example.org").send_to(server.address).await;
        assert_eq!(answer.status, status);
        assert!(answer.text().contains(refused), "{refused}");
        let german = post("/subscribe")
            .form("email=User%40B%C3%9CCHER.example")
            .send_to(server.address)
            .await;
        assert_eq!(german.status, 303);
        let stored = server.store.subscribers().await.unwrap();
        assert!(stored.iter().any(|row| row.address.as_str() == "User@xn--bcher-kva.example"));
        server.close().await;
    }
}

fn mailer(catcher: &MailCatcher) -> Mailer {
    let from = Mailbox::parse("status@example.org").unwrap();
    let settings = MailSettings::new("127.0.0.1", Security::None, from);
    Mailer::new(MailSettings { port: catcher.addr().port(), ..settings }).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn subscribe_requests_are_limited_per_client_address() {
    let server = TestServer::new().await;
    let mut statuses = Vec::new();
    for index in 0..12 {
        let answer = subscribe(&format!("a{index}@example.org"))
            .header("X-Forwarded-For", &format!("192.0.2.{index}"))
            .send_to(server.address)
            .await;
        if answer.status == 429 {
            let seconds: u64 = answer.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=60).contains(&seconds));
            assert!(answer.text().contains("Too many requests"));
        }
        statuses.push(answer.status);
    }
    assert_eq!(statuses[..10], [303; 10]);
    assert!(statuses.contains(&429), "nobody talks himself into a new address: {statuses:?}");
    assert_eq!(server.get("/").await.status, 200, "reading is never limited");
}

#[tokio::test(flavor = "multi_thread")]
async fn visitors_behind_a_trusted_proxy_are_limited_separately() {
    let server = TestServer::with(|mut settings| {
        settings.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
        settings
    })
    .await;
    for index in 0..12 {
        let answer = subscribe(&format!("a{index}@example.org"))
            .header("X-Forwarded-For", &format!("10.9.9.9, 192.0.2.{index}"))
            .send_to(server.address)
            .await;
        assert_eq!(answer.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_link_is_404() {
    let server = TestServer::new().await;
    let id = Uuid::now_v7();
    let confirm = links().confirm_url(id);
    let (_, token) = confirm.rsplit_once('/').unwrap();
    let wrong_purpose = format!("/unsubscribe/{token}");
    for path in [
        "/subscribe/x",
        "/unsubscribe/x",
        "/unsubscribe/%00",
        &wrong_purpose,
        "/subscribe/%F0%9F%92%A5",
    ] {
        for request in [get(path), post(path).form("")] {
            let answer = request.send_to(server.address).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(answer.text().contains("This link isn’t valid"));
            assert_private(&answer);
        }
    }
}
