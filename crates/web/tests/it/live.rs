//! `/events`: each viewer sees every change once.

use std::{collections::VecDeque, net::SocketAddr, path::Path, time::Duration};

use candor_core::{ActorId, IncidentAction, Severity, Title};
use candor_store::Store;
use candor_web::{LiveSettings, WebSettings, keep_exported};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::{
    client::{DEADLINE, get, request},
    test_server::{TestServer, database, declare, metrics, number, settings, update},
};

/// Longer than any test, so that heartbeats don't interfere.
const LONG_HEARTBEAT: Duration = Duration::from_secs(3600);

/// A viewer that parses the stream as the standard defines (WHATWG HTML, section 9.2.6).
struct Watcher {
    stream: TcpStream,
    head: String,
    raw: Vec<u8>,
    text: String,
    received: VecDeque<StreamItem>,
}

#[derive(Debug, Clone, PartialEq)]
enum StreamItem {
    Retry(u64),
    Heartbeat,
    Event { name: String, id: u64, data: Value },
}

impl Watcher {
    async fn at(server: SocketAddr, path: &str, headers: &str) -> Self {
        let mut stream = TcpStream::connect(server).await.unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nHost: status.example.org\r\n{headers}\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut watcher = Self {
            stream,
            head: String::new(),
            raw: Vec::new(),
            text: String::new(),
            received: VecDeque::new(),
        };
        while watcher.head.is_empty() {
            assert!(watcher.read().await, "a head");
            if let Some(end) = watcher.raw.windows(4).position(|four| four == b"\r\n\r\n") {
                watcher.head = String::from_utf8(watcher.raw.drain(..end + 4).collect()).unwrap();
            }
        }
        watcher
    }

    async fn read(&mut self) -> bool {
        let read = timeout(DEADLINE, self.stream.read_buf(&mut self.raw)).await;
        read.expect("something in time").unwrap() > 0
    }

    /// Parses complete messages.
    fn parse_messages(&mut self) {
        self.text.push_str(&String::from_utf8(std::mem::take(&mut self.raw)).unwrap());
        while let Some(end) = self.text.find("\n\n") {
            let message: String = self.text.drain(..end + 2).collect();
            self.received.push_back(parse_message(&message));
        }
    }

    /// The next item; none at the end of the stream.
    async fn next(&mut self) -> Option<StreamItem> {
        loop {
            self.parse_messages();
            if let Some(received) = self.received.pop_front() {
                return Some(received);
            }
            if !self.read().await {
                return None;
            }
        }
    }

    /// The next event: its number and data.
    async fn event(&mut self) -> (u64, Value) {
        loop {
            match self.next().await.expect("the stream goes on") {
                StreamItem::Event { name, id, data } => {
                    assert_eq!(name, "board");
                    return (id, data);
                }
                StreamItem::Retry(_) | StreamItem::Heartbeat => {}
            }
        }
    }
}

fn parse_message(message: &str) -> StreamItem {
    let field =
        |name: &str| message.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    if let Some(retry) = field("retry") {
        return StreamItem::Retry(retry.parse().unwrap());
    }
    if message == "event: heartbeat\ndata:\n\n" {
        return StreamItem::Heartbeat;
    }
    match field("event") {
        Some(name) => StreamItem::Event {
            name: name.to_owned(),
            id: field("id").unwrap().parse().unwrap(),
            data: serde_json::from_str(field("data").unwrap()).unwrap(),
        },
        None => panic!("{message:?}"),
    }
}

async fn server_with(live: LiveSettings) -> TestServer {
    TestServer::with(|settings| WebSettings {
        live,
        trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
        ..settings
    })
    .await
}

async fn quiet_server() -> TestServer {
    server_with(LiveSettings { heartbeat: LONG_HEARTBEAT, ..LiveSettings::default() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn viewer_gets_the_state_and_then_every_change() {
    let server = quiet_server().await;
    let first = server.run(declare("The shop is slow", Severity::Partial)).await;
    let mut watcher = Watcher::at(server.address, "/events", "").await;
    let head = watcher.head.to_lowercase();
    for wanted in [
        "http/1.1 200",
        "content-type: text/event-stream\r\n",
        "cache-control: no-store",
        "x-accel-buffering: no",
        "access-control-allow-origin: *",
    ] {
        assert!(head.contains(wanted), "{wanted} in {head}");
    }
    assert!(!head.contains("content-encoding"), "{head}");
    assert_eq!(watcher.next().await, Some(StreamItem::Retry(3000)));
    let (id, data) = watcher.event().await;
    assert_eq!((id, &data["seq"]), (first, &Value::from(first)));
    assert_eq!((&data["headline"], &data["title"]), (&"partial".into(), &"Partial outage".into()));

    let second = server.run(update(1, "It is the storage.")).await;
    let (id, data) = watcher.event().await;
    assert_eq!(id, second);
    let board = server.get("/api/v1/board.json").await.json();
    assert_eq!(data["changed"], serde_json::json!([board["current"][0]["path"]]));
    assert_eq!(data["since"], first);
}

#[tokio::test(flavor = "multi_thread")]
async fn reconnecting_viewer_gets_missed_changes_once() {
    let server = quiet_server().await;
    let first = server.run(declare("The shop is slow", Severity::Partial)).await;
    let second = server.run(update(1, "It is the storage.")).await;
    for (path, headers) in [
        ("/events", format!("Last-Event-ID: {first}\r\n")),
        (&*format!("/events?after={first}"), String::new()),
        ("/events", "Last-Event-ID: nonsense\r\n".to_owned()),
    ] {
        let mut behind = Watcher::at(server.address, path, &headers).await;
        assert_eq!(behind.event().await.0, second, "{path} {headers}");
    }
    let mut current = Vec::new();
    for (path, headers) in [
        ("/events", format!("Last-Event-ID: {second}\r\n")),
        (&*format!("/events?after={second}"), String::new()),
        // The browser's header overrides the page's query.
        (&*format!("/events?after={first}"), format!("Last-Event-ID: {second}\r\n")),
    ] {
        let mut watcher = Watcher::at(server.address, path, &headers).await;
        assert_eq!(watcher.next().await, Some(StreamItem::Retry(3000)));
        current.push(watcher);
    }
    let third = server.run(update(1, "The storage is back.")).await;
    for watcher in &mut current {
        let received = watcher.next().await.unwrap();
        assert!(matches!(&received, StreamItem::Event { id, .. } if *id == third), "{received:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_that_are_not_public_are_not_sent() {
    let server = quiet_server().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let mut watcher = Watcher::at(server.address, "/events", "").await;
    watcher.event().await;
    let incident = number(1);
    let unseen = server.run(IncidentAction::Silence { silent: true }.on(incident)).await;
    let seen = server.run(update(1, "It is the storage.")).await;
    let (id, data) = watcher.event().await;
    assert!(unseen < seen);
    assert_eq!(id, seen, "the event in between was told: {data}");
}

/// Another process redacts; what this one shows, and every copy that it keeps, follows.
#[tokio::test(flavor = "multi_thread")]
async fn redaction_removes_text_from_every_copy_and_viewers_get_the_change() {
    let server = quiet_server().await;
    let (exported, stop) = (tempfile::tempdir().unwrap(), CancellationToken::new());
    let page = settings(server.folder.path());
    let dir = exported.path().to_owned();
    let exporting = tokio::spawn(keep_exported(page, server.store.clone(), dir, stop.clone()));
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let secret = server.run(update(1, "The password is hunter2.")).await;
    let holds = |file: &Path| std::fs::read_to_string(file).is_ok_and(|s| s.contains("hunter2"));
    let copies = [
        exported.path().join("index.html"),
        exported.path().join("api/v1/board.json"),
        server.folder.path().join("last-state/pages.json"),
    ];
    let until = async |what: &str, wanted: &dyn Fn() -> bool| {
        let wait = async {
            while !wanted() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(DEADLINE, wait).await.expect(what);
    };
    until("the copies are made", &|| copies.iter().all(|copy| holds(copy))).await;
    let mut watcher = Watcher::at(server.address, &format!("/events?after={secret}"), "").await;
    assert_eq!(watcher.next().await, Some(StreamItem::Retry(3000)));

    let database = format!("sqlite:{}", database(server.folder.path()).display());
    let command = Store::open(&database).unwrap();
    command.load().await.unwrap();
    let person = ActorId::parse("operator-1").unwrap();
    command.redact(secret, Title::parse("a password").unwrap(), person).await.unwrap();
    let (id, data) = watcher.event().await;
    assert!(id > secret, "{data}");
    assert_eq!(data["changed"].as_array().unwrap().len(), 1, "{data}");
    until("the copies forget", &|| !copies.iter().any(|copy| holds(copy))).await;
    stop.cancel();
    exporting.await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn viewer_ahead_of_the_log_gets_the_present_state() {
    let server = server_with(LiveSettings::default()).await;
    let seen = server.run(declare("The shop is slow", Severity::Partial)).await;
    let mut watcher = Watcher::at(server.address, "/events?after=99", "").await;
    assert_eq!(watcher.event().await.0, seen, "the log was restored from a backup");
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_stream_sends_heartbeats() {
    let heartbeat = Duration::from_millis(160);
    let server = server_with(LiveSettings { heartbeat, ..LiveSettings::default() }).await;
    let mut watchers = Vec::new();
    for _ in 0..3 {
        watchers.push(Watcher::at(server.address, "/events?after=0", "").await);
    }
    for watcher in &mut watchers {
        assert_eq!(watcher.next().await, Some(StreamItem::Retry(3000)));
        for _ in 0..3 {
            assert_eq!(watcher.next().await, Some(StreamItem::Heartbeat));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn viewers_are_limited_per_address_and_in_total() {
    let server =
        server_with(LiveSettings { per_address: 2, max: 3, heartbeat: LONG_HEARTBEAT }).await;
    let (metrics, _) = metrics();
    let refused = |cause: &str| {
        let series = format!("candor_event_viewers_refused_total{{cause=\"{cause}\"}} ");
        let page = metrics.render();
        page.lines().find_map(|line| line.strip_prefix(&series)?.parse::<u64>().ok()).unwrap()
    };
    let before = (refused("address"), refused("all"));
    let from = |address: &str| format!("X-Forwarded-For: {address}\r\n");
    let ada = [
        Watcher::at(server.address, "/events", &from("192.0.2.1")).await,
        Watcher::at(server.address, "/events", &from("192.0.2.1")).await,
    ];
    let refusal = |address: &str| get("/events").header("X-Forwarded-For", address);
    let answer = refusal("192.0.2.1").send_to(server.address).await;
    assert!(
        answer.assert_problem(503)["detail"]
            .as_str()
            .unwrap()
            .contains("Too many viewers are connected")
    );
    assert_eq!(answer.header("retry-after"), Some("60"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));

    let _ben = Watcher::at(server.address, "/events", &from("2001:db8::1")).await;
    refusal("192.0.2.3").send_to(server.address).await.assert_problem(503);
    assert!(refused("address") > before.0 && refused("all") > before.1);
    assert_eq!(
        request("HEAD", "/events").send_to(server.address).await.status,
        200,
        "it takes no place"
    );

    drop(ada);
    server.until("/events", |answer| answer.status == 200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_the_server_ends_every_stream_cleanly() {
    let server = quiet_server().await;
    let mut watchers = Vec::new();
    for _ in 0..40 {
        let from = format!("X-Forwarded-For: 192.0.2.{}\r\n", watchers.len());
        watchers.push(Watcher::at(server.address, "/events", &from).await);
    }
    server.close().await;
    for mut watcher in watchers {
        // A broken connection would be an error here, and not an end.
        while let Some(received) = watcher.next().await {
            assert!(!matches!(received, StreamItem::Heartbeat), "nobody was silent: {received:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn earlier_requests_on_the_connection_are_answered_before_the_stream() {
    let server = quiet_server().await;
    for before in ["/livez", "/", "/api/v1/head"] {
        let first = format!("GET {before} HTTP/1.1\r\nHost: status.example.org\r\n\r\n");
        let requests =
            format!("{first}{first}GET /events HTTP/1.1\r\nHost: status.example.org\r\n\r\n");
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(requests.as_bytes()).await.unwrap();
        let mut received = Vec::new();
        while !String::from_utf8_lossy(&received).contains("retry: ") {
            let read = timeout(DEADLINE, stream.read_buf(&mut received)).await;
            assert!(read.expect("something in time").unwrap() > 0, "{before}: the stream begins");
        }
        let received = String::from_utf8_lossy(&received);
        assert_eq!(received.matches("HTTP/1.1 200 OK\r\n").count(), 3, "{before}: {received}");
        assert!(received.starts_with("HTTP/1.1 200 OK\r\n"), "{before}: {received}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn viewer_who_keeps_sending_is_disconnected() {
    let server = quiet_server().await;
    let watcher = Watcher::at(server.address, "/events", "").await;
    let mut stream = watcher.stream;
    // A little is allowed, as from a client that pipelines another request.
    stream.write_all(&[b'x'; 1000]).await.unwrap();
    stream.write_all(&[b'x'; 1000]).await.unwrap();
    let mut rest = Vec::new();
    // The system may report that the last bytes were never read.
    let end = timeout(DEADLINE, stream.read_to_end(&mut rest)).await.expect("an end in time");
    println!("the end: {end:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_parameters_are_refused() {
    let server = quiet_server().await;
    for wrong in
        ["after=-1", "after=", "after=x", "after=1&after=2", "since=1", "after=9007199254740992"]
    {
        let path = format!("/events?{wrong}");
        server.get(&path).await.assert_problem(400);
        assert_eq!(request("HEAD", &path).send_to(server.address).await.status, 400, "{wrong}");
    }
}
