//! Without a database, the page shows the last known state, and writes are refused with `Retry-After`.

use std::{path::Path, time::Duration};

use candor_core::Severity;
use candor_store::Store;
use candor_testkit::Database;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{
    client::{DEADLINE, get, post},
    test_server::{SECRET, TestServer, declare, settings, update},
};

const NOWHERE: &str = "sqlite:/nonexistent/folder/candor.sqlite3";

fn alert() -> crate::client::TestRequest {
    post("/integrations/opsgenie/hook")
        .header("Authorization", &format!("Bearer {SECRET}"))
        .json(json!({ "action": "Create", "alert": { "alertId": "a" } }).to_string())
}

fn head(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(folder.join("last-state/head.json")).unwrap()).unwrap()
}

/// A server in the folder of an earlier one, without its database.
fn without_database(folder: tempfile::TempDir) -> TestServer {
    let settings = settings(folder.path());
    let store = Store::open(NOWHERE).unwrap();
    store.follow();
    TestServer::open(folder, store, settings)
}

#[tokio::test(flavor = "multi_thread")]
async fn start_without_the_database_serves_the_last_known_state() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let board = server.get("/api/v1/board.json").await;
    let incident = board.json()["current"][0]["path"].as_str().unwrap().to_owned();
    let snapshot = server.store.snapshot().borrow().clone();
    let (log, hash) = (snapshot.log_id().unwrap(), snapshot.head_hash.clone().unwrap());
    let folder = server.close().await;
    assert_eq!(head(folder.path()), json!({ "log": log, "epoch": 1, "seq": 1, "hash": hash }));

    let server = without_database(folder);
    let front = get("/").header("Accept-Encoding", "br").send_to(server.address).await;
    assert_eq!((front.status, front.header("x-log-seq")), (200, Some("1")));
    let page = front.text();
    assert!(page.contains("The shop is slow"));
    assert!(page.contains("Last known state, as of "));
    assert!(page.contains("the log can’t be read at the moment."));
    assert_eq!(server.get("/api/v1/board.json").await.body, board.body);
    let linked = server.get(&incident).await;
    assert_eq!(linked.status, 200, "what the front page links to is there as well");
    assert!(linked.text().contains("Last known state, as of "));
    assert_eq!(server.get("/1999-01-01/77").await.status, 503, "it may exist; nobody can look");
}

#[tokio::test(flavor = "multi_thread")]
async fn write_that_cannot_be_saved_is_refused_with_retry_after() {
    let server = without_database(tempfile::tempdir().unwrap());
    let refused = alert().send_to(server.address).await;
    let problem = refused.assert_problem(503);
    assert_eq!(refused.header("retry-after"), Some("5"));
    assert!(!problem.to_string().contains("nonexistent"), "nothing of the inside");
    let subscribe =
        post("/subscribe").form("email=ada%40example.org").send_to(server.address).await;
    assert_eq!((subscribe.status, subscribe.header("retry-after")), (503, Some("5")));
    assert!(subscribe.text().contains("Please try again."));
    let front = server.get("/").await;
    assert_eq!(
        (front.status, front.header("retry-after")),
        (503, Some("5")),
        "nothing was ever known here"
    );
    assert!(front.text().contains("We can’t read our own log"));
}

#[tokio::test(flavor = "multi_thread")]
async fn page_survives_a_lost_database_says_so_and_recovers() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    server.store.raw_sql("ALTER TABLE log_head RENAME TO elsewhere").await.unwrap();
    let stale =
        server.until("/", |answer| answer.text().contains("Last known state, as of ")).await;
    assert_eq!(stale.status, 200);
    assert!(stale.text().contains("The shop is slow"));
    let board = server.get("/api/v1/board.json").await;
    assert_eq!((board.status, board.header("x-log-seq")), (200, Some("1")));
    let refused = alert().send_to(server.address).await;
    refused.assert_problem(503);
    assert_eq!(refused.header("retry-after"), Some("5"));
    server.until("/healthcheck/", |answer| answer.status == 503).await;
    assert_eq!(server.get("/readyz").await.status, 200, "it has the page");

    server.store.raw_sql("ALTER TABLE elsewhere RENAME TO log_head").await.unwrap();
    server.until("/", |answer| !answer.text().contains("Last known state, as of ")).await;
    server.until("/healthcheck/", |answer| answer.status == 200).await;
    assert_eq!(alert().send_to(server.address).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn unwritable_data_folder_loses_only_the_last_known_state() {
    let server = TestServer::with(|mut settings| {
        settings.data_dir = "/proc/nonexistent".into();
        settings
    })
    .await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    assert!(server.get("/").await.text().contains("The shop is slow"));
}

#[tokio::test(flavor = "multi_thread")]
async fn unfinished_request_is_disconnected() {
    let server = TestServer::new().await;
    let mut slow = tokio::net::TcpStream::connect(server.address).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
    let mut answer = Vec::new();
    let ended = tokio::time::timeout(DEADLINE, slow.read_to_end(&mut answer)).await;
    assert!(ended.is_ok(), "the connection is closed");
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_last_known_state_is_ignored() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("last-state")).unwrap();
    std::fs::write(folder.path().join("last-state/pages.json"), "{\"seq\":").unwrap();
    let server = without_database(folder);
    assert_eq!(server.get("/").await.status, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn shorter_log_does_not_move_the_saved_head_back() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    server.run(update(1, "Still.")).await;
    let folder = server.close().await;
    let noted = head(folder.path());
    assert_eq!(noted["seq"], 2);

    let other = tempfile::tempdir().unwrap();
    let store =
        Store::open(&format!("sqlite:{}", other.path().join("other.sqlite3").display())).unwrap();
    store.migrate().await.unwrap();
    store.follow();
    let settings = settings(folder.path());
    let server = TestServer::open(folder, store, settings);
    server.until("/healthcheck/", |answer| answer.status == 200).await;
    server.run(declare("Another log", Severity::Bug)).await;
    let folder = server.close().await;
    assert_eq!(head(folder.path()), noted);
}

/// A server over this database, in this folder.
async fn over(folder: tempfile::TempDir, database: &Database) -> TestServer {
    let store = Store::open(database.url()).unwrap();
    store.migrate().await.unwrap();
    store.follow();
    let settings = settings(folder.path());
    TestServer::open(folder, store, settings)
}

/// Copies the log, to put it back under the running server, as restoring a backup would.
async fn back_up(store: &Store) {
    for table in ["event", "log_head"] {
        let copy = format!("CREATE TABLE saved_{table} AS SELECT * FROM {table}");
        store.raw_sql(&copy).await.unwrap();
    }
}

async fn restore(store: &Store) {
    let on = if store.kind() == "sqlite" { "" } else { " ON event" };
    let unprotect = format!("DROP TRIGGER IF EXISTS event_is_never_removed{on}");
    store.raw_sql(&unprotect).await.unwrap();
    store.raw_sql("DELETE FROM delivery; DELETE FROM outbox").await.unwrap();
    for table in ["event", "log_head"] {
        let back = format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM saved_{table}");
        store.raw_sql(&back).await.unwrap();
    }
}

/// A log that was restored under a running server, and has since grown by `grown` events of another process.
async fn restored_under_a_server(database: Database, grown: usize) {
    let server = over(tempfile::tempdir().unwrap(), &database).await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    back_up(&server.store).await;
    server.run(update(1, "What the backup doesn’t have.")).await;
    server.run(update(1, "Nor this.")).await;
    restore(&server.store).await;
    let other = Store::open(database.url()).unwrap();
    for n in 0..grown {
        let request = candor_store::AppendRequest::new(
            update(1, &format!("After the restore, {n}.")),
            Some(candor_core::ActorId::parse("operator-2").unwrap()),
            "test",
        );
        other.execute(request).await.unwrap();
    }

    // The page keeps its state, and says so; nothing is written to an unknown past.
    let stale =
        server.until("/", |answer| answer.text().contains("Last known state, as of ")).await;
    assert!(stale.text().contains("Nor this."), "the last good board stays, whole");
    assert!(!stale.text().contains("After the restore"), "the two pasts aren't mixed");
    let why = "the log was replaced by one with another past";
    let ready = server.until("/readyz", |answer| answer.text().contains(why)).await;
    assert_eq!(ready.status, 200, "it has the page");
    assert_eq!(server.get("/healthcheck/").await.status, 503);
    let refused = alert().send_to(server.address).await;
    assert!(refused.assert_problem(503).to_string().contains("the log was replaced"));
    assert!(crate::logs::captured().contains("the log was replaced: "), "the log line");
    let events = other.load().await.unwrap().seq;
    assert_eq!(usize::try_from(events).unwrap(), 1 + grown, "and nothing was");

    // A restart continues the restored log, in a new epoch.
    let folder = server.close().await;
    let server = over(folder, &database).await;
    server.until("/healthcheck/", |answer| answer.status == 200).await;
    let taken_up = async {
        while server.store.snapshot().borrow().epoch != 2
            || !crate::logs::captured().contains("the log was restored from a backup")
        {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(DEADLINE, taken_up).await.expect("a new epoch, and the log line");
    let page = server.until("/", |answer| !answer.text().contains("Nor this.")).await;
    assert_eq!(page.text().contains("After the restore"), grown > 0);
    // The new head is saved at once, even if nothing happens in the new epoch, since the log is compared with it next.
    let written = async {
        while head(server.folder.path())["epoch"] != 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(DEADLINE, written).await.expect("the head of the new epoch");
    let noted = candor_web::noted_head(server.folder.path()).unwrap();
    let report = server.store.verify(noted).await.unwrap();
    assert_eq!(report.faults, [""; 0]);
    let found = format!("event {events}, which was noted, is in it with the same hash");
    assert_eq!(report.noted, Some(found));
    server.run(update(1, "We go on.")).await;
    let folder = server.close().await;
    let noted = head(folder.path());
    assert_eq!((noted["epoch"].as_u64(), noted["seq"].as_u64()), (Some(2), Some(events + 1)));
}

macro_rules! restores {
    ($($name:ident: $database:expr, $grown:expr;)+) => {
        $(#[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            restored_under_a_server($database, $grown).await;
        })+
    };
}

restores! {
    a_restored_log_is_noticed_on_sqlite: Database::sqlite(), 0;
    a_restored_log_is_noticed_on_postgresql: Database::postgres(), 0;
    a_log_that_forked_is_noticed_on_sqlite: Database::sqlite(), 2;
    a_log_that_forked_is_noticed_on_postgresql: Database::postgres(), 2;
    a_restored_log_that_has_grown_again_is_noticed_on_sqlite: Database::sqlite(), 4;
    a_restored_log_that_has_grown_again_is_noticed_on_postgresql: Database::postgres(), 4;
}

#[tokio::test(flavor = "multi_thread")]
async fn start_waits_for_the_log_before_serving_the_last_known_state() {
    let database = Database::sqlite();
    let server = over(tempfile::tempdir().unwrap(), &database).await;
    server.until("/healthcheck/", |answer| answer.status == 200).await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let folder = server.close().await;
    let other = Store::open(database.url()).unwrap();
    let request = candor_store::AppendRequest::new(
        update(1, "Written while nobody served."),
        Some(candor_core::ActorId::parse("operator-2").unwrap()),
        "test",
    );
    other.execute(request).await.unwrap();
    let server = over(folder, &database).await;
    let first = server.get("/").await;
    assert_eq!(first.header("x-log-seq"), Some("2"), "the very first answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn read_only_database_fails_the_health_check_and_leaves_the_page() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    // The file can't grow any more.
    let pages = "SELECT page_count || '' AS line FROM pragma_page_count";
    let pages = server.store.raw_rows(pages).await.unwrap();
    server.store.raw_sql(&format!("PRAGMA max_page_count = {}", pages[0])).await.unwrap();
    let long =
        format!("{{\"action\":\"Create\",\"alert\":{{\"alertId\":\"{}\"}}}}", "x".repeat(100));
    let mut n = 0;
    let refused = loop {
        n += 1;
        let answer = post("/integrations/opsgenie/hook")
            .header("Authorization", &format!("Bearer {SECRET}"))
            .json(long.replace("xxxx", &format!("{n:04}")))
            .send_to(server.address)
            .await;
        if answer.status != 200 {
            break answer;
        }
    };
    assert!(refused.assert_problem(503).to_string().contains("the database's disk is full"));
    assert_eq!(server.get("/healthcheck/").await.status, 503);
    let ready = server.get("/readyz").await;
    let wanted = json!({ "ready": true, "reasons": ["the database's disk is full"] });
    assert_eq!((ready.status, ready.json()), (200, wanted));
    assert_eq!(server.get("/").await.status, 200);
    server.store.raw_sql("PRAGMA max_page_count = 1000000").await.unwrap();
    assert_eq!(alert().send_to(server.address).await.status, 200);
    assert_eq!(server.get("/healthcheck/").await.status, 200);
}
