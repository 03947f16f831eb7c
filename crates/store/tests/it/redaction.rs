//! Redaction: free text goes, from the log, the board and the ledger; the chain stays.

use std::time::Duration;

use candor_core::{Command, Event, Notify, Refusal, Severity, Title};
use candor_store::{Answer, Content, Store, testing::Database};

use super::{
    INCIDENT, address, append, by_a_person, eventually, length, on_both, person, raise, text,
};

on_both!(
    a_redacted_text_is_gone_everywhere_and_the_log_verifies,
    a_redaction_can_be_redacted,
    there_must_be_something_to_redact,
);

const SECRET: &str = "hunter2";

fn why(why: &str) -> Title {
    Title::parse(why).unwrap()
}

/// A suspected incident that was confirmed with a secret in the text, as event 2.
async fn with_a_secret(store: &Store) {
    append(store, raise("a")).await;
    let command = Command::Confirm {
        incident: INCIDENT,
        severity: Some(Severity::Partial),
        title: None,
        text: Some(text(SECRET)),
        notify: Notify::Usual,
    };
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
    let Answer::Appended(events) = answer else { panic!("{answer:?}") };
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

    store.expand_follow_ups(10).await.unwrap();
    let claims = store.claim("mail", 10, Duration::from_secs(60)).await.unwrap();
    let Content::Notice(notice) = &claims[0].content else { panic!("{claims:?}") };
    assert_eq!(notice.text.as_ref().map(ToString::to_string).as_deref(), Some("[removed]"));

    let report = store.verify(Some((noted.head_seq, noted.head_hash))).await.unwrap();
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
    let refused = |answer: &Answer| matches!(answer, Answer::Refused(Refusal::NothingToChange));
    let answers =
        [one.unwrap(), other.unwrap(), store.redact(9, why("none"), person()).await.unwrap()];
    assert_eq!(answers.iter().filter(|answer| refused(answer)).count(), 2, "{answers:?}");
    assert_eq!(length(&store).await, 3);
}
