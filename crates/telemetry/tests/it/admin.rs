//! The admin listener, asked over a socket.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Instant,
};

use candor_telemetry::{
    Credentials, HealthCheck, Metrics, Readiness, Role, ServedPages, refresh, serve_admin,
};
use candor_testkit::Database;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_util::sync::CancellationToken;

use crate::refreshing::{eventually, refreshed};

/// `metrics:let me in`
const RIGHT: &str = "Authorization: Basic bWV0cmljczpsZXQgbWUgaW4=\r\n";

/// A listener until it is dropped.
struct Listener {
    address: SocketAddr,
    stop: CancellationToken,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn listen(metrics: &Metrics, passphrase: Option<&str>) -> Listener {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let credentials = Credentials::new("metrics", passphrase);
    tokio::spawn(serve_admin(listener, metrics.clone(), credentials, stop.clone()));
    Listener { address, stop }
}

/// Status, head and body of the answer to a GET.
async fn ask(listener: &Listener, path: &str, headers: &str) -> (u16, String, String) {
    let mut stream = TcpStream::connect(listener.address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_ascii_lowercase(), body.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_knows_the_passphrase_reads_the_metrics() {
    let metrics = Metrics::new(Role::Worker).unwrap();
    let listener = listen(&metrics, Some("let me in"));
    for path in ["/metrics", "/autoscale/queues"] {
        for wrong in [
            "",
            "Authorization: Basic bWV0cmljczpsZXQgbWUgb3V0\r\n",
            "Authorization: Basic ???\r\n",
            "Authorization: Basic\r\n",
            "Authorization: Bearer x\r\n",
            "Authorization: Basic bWV0cmljcw==\r\n",
        ] {
            let (status, head, body) = ask(&listener, path, wrong).await;
            assert_eq!(status, 401, "{path} {wrong}");
            assert!(head.contains("www-authenticate: basic realm="), "{head}");
            assert!(!body.contains("candor_"), "{body}");
        }
    }
    let (status, head, body) = ask(&listener, "/metrics", RIGHT).await;
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/plain; version=0.0.4"), "{head}");
    assert!(body.contains("candor_build_info"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_passphrase_everybody_who_reaches_the_listener_may_read() {
    let metrics = Metrics::new(Role::Worker).unwrap();
    let listener = listen(&metrics, None);
    assert_eq!(ask(&listener, "/metrics", "").await.0, 200);
    assert_eq!(ask(&listener, "/nothing", "").await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_autoscaler_gets_every_queue_and_an_error_rather_than_old_numbers() {
    let metrics = Metrics::new(Role::Web).unwrap();
    let unread = listen(&metrics, None);
    assert_eq!(ask(&unread, "/autoscale/queues", "").await.0, 503, "nothing was read yet");

    let database = Database::sqlite();
    let store = database.store().await;
    let metrics = refreshed(&store, Vec::new()).await;
    let (status, _, body) = ask(&listen(&metrics, None), "/autoscale/queues", "").await;
    assert_eq!(status, 200);
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    let nothing = serde_json::json!({
        "due": 0, "delayed": 0, "running": 0, "dead": 0, "oldest_due_age_seconds": 0.0, "workers": 0, "slots": 0
    });
    let wanted = serde_json::json!({
        "queues": { "chat": nothing, "mail": nothing, "hooks": nothing, "default": nothing }
    });
    assert_eq!(body, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn probes_are_told_without_a_passphrase_and_in_our_words() {
    let database = Database::sqlite();
    let store = database.store().await;
    store.follow();
    let mut read = store.snapshot();
    read.wait_for(|snapshot| snapshot.board.is_some()).await.unwrap();
    let metrics = Metrics::new(Role::Worker).unwrap();
    let listener = listen(&metrics, Some("let me in"));
    assert_eq!(ask(&listener, "/livez", "").await.0, 200);
    assert_eq!(ask(&listener, "/readyz", "").await.0, 503, "nothing is known yet");
    assert_eq!(ask(&listener, "/healthcheck/", "").await.0, 503);

    let stop = CancellationToken::new();
    let task = tokio::spawn(refresh(metrics.clone(), store.clone(), Vec::new(), stop.clone()));
    eventually("the first refresh", || !metrics.health().is_empty()).await;
    let (status, _, body) = ask(&listener, "/readyz", "").await;
    assert_eq!((status, body.as_str()), (200, r#"{"ready":true,"reasons":[]}"#));
    let (status, _, body) = ask(&listener, "/healthcheck/", "").await;
    assert_eq!((status, body.as_str()), (200, ""));

    for (pages, ready, reason) in [
        (ServedPages::Missing, false, "there are no pages yet"),
        (ServedPages::Outdated, true, "the pages can't be rendered"),
    ] {
        let told = Readiness::of(&store, pages);
        assert_eq!((told.ready, told.reasons.as_slice()), (ready, [reason].as_slice()));
    }

    store.raw_sql("ALTER TABLE delivery RENAME TO gone").await.unwrap();
    let is_bad =
        |(check, status): &(&str, Result<(), String>)| *check == "database" && status.is_err();
    eventually("a bad check", || metrics.health().iter().any(is_bad)).await;
    let (status, _, body) = ask(&listener, "/readyz", "").await;
    assert_eq!(
        (status, body.as_str()),
        (503, r#"{"ready":false,"reasons":["the database's tables are missing"]}"#)
    );
    assert_eq!(ask(&listener, "/healthcheck/", "").await.0, 503);
    assert_eq!(ask(&listener, "/livez", "").await.0, 200);
    stop.cancel();
    task.await.unwrap();
}

/// Two ways to ask for the same: whatever makes the health red has its reason, and leaves the process ready.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_turns_the_health_red_is_among_the_reasons() {
    let database = Database::sqlite();
    let store = database.store().await;
    store.follow();
    store.snapshot().wait_for(|snapshot| snapshot.board.is_some()).await.unwrap();
    for (check, reason) in [
        ("redis", Some("Redis can't be used")),
        ("mail", Some("mails can't be sent")),
        ("chat", Some("the team can't be told in chat")),
        ("outbox", Some("something that has to be sent can't be read by this version")),
        ("workers", None),
    ] {
        let inner = "550 5.7.1 relay.example.org says no to ann@example.org";
        let bad: HealthCheck = (check, Arc::new(move || Err(inner.to_owned())));
        let metrics = refreshed(&store, vec![bad]).await;
        let listener = listen(&metrics, None);
        let (status, _, body) = ask(&listener, "/readyz", "").await;
        let told: serde_json::Value = serde_json::from_str(&body).unwrap();
        let wanted = serde_json::json!({ "ready": true, "reasons": Vec::from_iter(reason) });
        assert_eq!((status, told), (200, wanted), "{check}");
        let health = if reason.is_some() { 503 } else { 200 };
        assert_eq!(ask(&listener, "/healthcheck/", "").await.0, health, "{check}");
        assert_eq!(metrics.troubles(), Vec::from_iter(reason));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scrape_is_answered_at_once() {
    let metrics = Metrics::new(Role::Web).unwrap();
    let listener = listen(&metrics, None);
    let mut times = Vec::new();
    for _ in 0..50 {
        let begun = Instant::now();
        assert_eq!(ask(&listener, "/metrics", "").await.0, 200);
        times.push(begun.elapsed());
    }
    times.sort();
    println!("scrape: median {:?}, slowest {:?} of 50 (wanted: below 20 ms)", times[25], times[49]);
}
