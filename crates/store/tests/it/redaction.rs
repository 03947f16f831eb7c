//! Redaction removes free text from the log, the board and the deliveries; the hash chain stays intact.

use std::{path::Path, time::Duration};

use candor_core::{Event, IncidentAction, Notify, Refusal, Severity, Title};
use candor_store::{AppendOutcome, DeliveryContent, NotedHead, Queue, Store};
use candor_testkit::Database;

use super::{
    INCIDENT, address, append, by_a_person, eventually, length, on_both, person, raise, text,
};

on_both!(
    a_redacted_text_is_gone_everywhere_and_the_log_verifies,
    a_redaction_can_be_redacted,
    there_must_be_something_to_redact,
    a_redacted_command_cannot_be_guessed_back,
);

const SECRET: &str = "hunter2";

fn why(why: &str) -> Title {
    Title::parse(why).unwrap()
}

/// A suspected incident that was confirmed with a secret in the text, as event 2.
async fn with_a_secret(store: &Store) {
    append(store, raise("a")).await;
    let command = IncidentAction::Confirm {
        severity: Some(Severity::Partial),
        title: None,
        text: Some(text(SECRET)),
        notify: Notify::Default,
    }
    .on(INCIDENT);
    append(store, by_a_person(command)).await;
}

async fn a_redacted_text_is_gone_everywhere_and_the_log_verifies(database: Database) {
    let (store, other) = (database.store().await, database.store().await);
    assert!(store.add_subscriber(&address("a")).await.unwrap());
    with_a_secret(&store).await;
    other.follow();
    let knows = |store: &Store| format!("{:?}", store.snapshot().borrow().board).contains(SECRET);
    eventually("the other process has read it", async || knows(&other)).await;
    let noted = store.verify(None).await.unwrap();

    let answer = store.redact(2, why("a password"), person()).await.unwrap();
    let AppendOutcome::Appended(events) = answer else { panic!("{answer:?}") };
    assert!(matches!(events[0].event, Event::PayloadRedacted(_)));

    assert!(!knows(&store));
    eventually("the other process forgets it", async || !knows(&other)).await;
    let stored = store.events(0, 10).await.unwrap();
    assert_eq!((&stored[1].payload, &stored[1].payload_salt), (&None, &None));
    assert!(!format!("{stored:?}").contains(SECRET));

    let board = store.load().await.unwrap();
    let incident = board.incident(INCIDENT).unwrap();
    assert_eq!(incident.severity, Severity::Partial, "what isn't free text stays");
    assert_eq!(*board, **store.snapshot().borrow().board.as_ref().unwrap());

    store.expand_outbox(10).await.unwrap();
    let claims = store.claim(Queue::Mail, 10, Duration::from_secs(60)).await.unwrap();
    let DeliveryContent::Notice(notice) = &claims[0].content else { panic!("{claims:?}") };
    assert_eq!(notice.text.as_ref().map(ToString::to_string).as_deref(), Some("[removed]"));

    let noted = NotedHead { of: None, seq: noted.head_seq, hash: noted.head_hash };
    let report = store.verify(Some(noted)).await.unwrap();
    assert_eq!((report.redacted, report.faults.len()), (1, 0), "{report:?}");
}

async fn a_redaction_can_be_redacted(database: Database) {
    let store = database.store().await;
    with_a_secret(&store).await;
    store.redact(2, why("it said hunter2"), person()).await.unwrap();
    store.redact(3, why("so did the reason"), person()).await.unwrap();
    assert!(!format!("{:?}", store.events(0, 10).await.unwrap()).contains(SECRET));
    let fresh = Store::open(database.url()).unwrap();
    assert_eq!(fresh.load().await.unwrap().incident(INCIDENT).unwrap().severity, Severity::Partial);
    let report = store.verify(None).await.unwrap();
    assert_eq!((report.redacted, report.faults.len()), (2, 0), "{report:?}");
    append(&store, raise("b")).await;
}

async fn there_must_be_something_to_redact(database: Database) {
    let store = database.store().await;
    with_a_secret(&store).await;
    let (one, other) =
        (store.redact(2, why("one"), person()), store.redact(2, why("other"), person()));
    let (one, other) = tokio::join!(one, other);
    let refused =
        |answer: &AppendOutcome| matches!(answer, AppendOutcome::Refused(Refusal::NothingToChange));
    let answers =
        [one.unwrap(), other.unwrap(), store.redact(9, why("none"), person()).await.unwrap()];
    assert_eq!(answers.iter().filter(|answer| refused(answer)).count(), 2, "{answers:?}");
    assert_eq!(length(&store).await, 3);
}

async fn a_redacted_command_cannot_be_guessed_back(database: Database) {
    let store = database.store().await;
    let (first, again) = (raise("a"), raise("a"));
    append(&store, first.clone()).await;
    let retried = store.execute(first).await;
    assert!(matches!(retried, Ok(AppendOutcome::Duplicate { seq: 1 })), "{retried:?}");
    with_a_secret(&store).await;
    let stored = store.events(0, 10).await.unwrap();
    let elsewhere = Database::sqlite();
    let other = elsewhere.store().await;
    append(&other, again).await;
    let twin = &other.events(0, 1).await.unwrap()[0];
    assert_ne!(stored[0].command_hash, twin.command_hash, "the same command, another salt");

    let salted = async || {
        let salted = "SELECT CAST(seq AS TEXT) AS line FROM event WHERE command_salt IS NOT NULL ORDER BY seq";
        store.raw_rows(salted).await.unwrap()
    };
    let secret = stored.iter().find(|event| format!("{event:?}").contains(SECRET)).unwrap();
    store.redact(secret.seq, why("a password"), person()).await.unwrap();
    let batch: Vec<_> = stored.iter().filter(|event| event.batch_id == secret.batch_id).collect();
    let kept = salted().await;
    assert!(!batch.iter().any(|event| kept.contains(&event.seq.to_string())), "{kept:?}");
    assert!(kept.contains(&"1".to_owned()), "the others keep theirs: {kept:?}");
    // Neither can it be told any more whether a retry is one.
    let mut retry = by_a_person(IncidentAction::Dismiss { text: None }.on(INCIDENT));
    retry.event_id = secret.batch_id;
    let retried = store.execute(retry).await;
    assert!(matches!(retried, Ok(AppendOutcome::Duplicate { .. })), "{retried:?}");
    let forbidden = store.raw_sql("UPDATE event SET command_salt = NULL WHERE seq = 1").await;
    assert!(forbidden.is_err(), "nothing of it was redacted");
}

/// The bytes of all files beside the database, its write-ahead log among them.
fn holds(database: &Database, secret: &str) -> bool {
    let file = Path::new(database.url().strip_prefix("sqlite:").unwrap());
    std::fs::read_dir(file.parent().unwrap()).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
    })
}

/// While other processes have the file open, SQLite keeps its write-ahead log, and in it what was erased.
#[tokio::test]
async fn erased_data_is_in_no_file_of_a_running_sqlite() {
    let database = Database::sqlite();
    let (server, command) = (database.store().await, database.store().await);
    server.follow();
    with_a_secret(&server).await;
    assert!(server.add_subscriber(&address("erased-address")).await.unwrap());
    assert!(server.add_subscriber(&address("another-address")).await.unwrap());
    assert!(holds(&database, SECRET) && holds(&database, "erased-address"));

    command.redact(2, why("a password"), person()).await.unwrap();
    assert!(!holds(&database, SECRET), "redacted");
    assert!(command.remove_subscriber(&address("erased-address")).await.unwrap());
    assert!(!holds(&database, "erased-address"), "removed by command");
    let left = command.subscribers().await.unwrap().remove(0);
    assert!(server.unsubscribe(left.id).await.unwrap());
    assert!(!holds(&database, "another-address"), "unsubscribed");
}
