//! Followers see other writers' events in order and without gaps, and stop at an event that they can't read.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use candor_core::{IncidentAction, Title};
use candor_store::{AppendOutcome, Freshness, Snapshot, Store, StoreErrorKind};
use candor_testkit::Database;

use super::{append, by_a_person, declare, eventually, length, on_both, person, raise};

on_both!(
    eight_writers_of_two_processes_leave_no_hole_and_no_reader_misses_an_event,
    what_another_process_writes_is_seen_and_rings,
    a_hole_stops_the_reader_and_the_last_board_stays,
    an_unknown_event_stops_the_reader,
    a_log_that_went_back_stops_the_reader,
    a_restored_log_that_has_grown_again_stops_the_reader_until_an_epoch_begins,
    another_log_stops_the_reader,
    what_was_read_is_not_read_again,
    a_database_without_tables_is_waited_for,
);

/// Notes every board that a reader of the store sees, until the store is dropped.
fn watch(store: &Store) -> Arc<Mutex<Vec<u64>>> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (noted, mut snapshot) = (Arc::clone(&seen), store.snapshot());
    tokio::spawn(async move {
        while snapshot.changed().await.is_ok() {
            let seq = snapshot.borrow_and_update().board.as_ref().map(|board| board.seq);
            noted.lock().unwrap().extend(seq);
        }
    });
    seen
}

fn freshness(store: &Store) -> Freshness {
    store.snapshot().borrow().freshness.clone()
}

fn seq(store: &Store) -> Option<u64> {
    store.snapshot().borrow().board.as_ref().map(|board| board.seq)
}

async fn eight_writers_of_two_processes_leave_no_hole_and_no_reader_misses_an_event(
    database: Database,
) {
    let stores = [database.store().await, database.store().await];
    let readers = [watch(&stores[0]), watch(&stores[1])];
    for store in &stores {
        store.follow();
    }
    let mut writers = Vec::new();
    for writer in 0..8 {
        let store = stores[writer % 2].clone();
        writers.push(tokio::spawn(async move {
            let mut appended = 0;
            for n in 0..40 {
                appended += append(&store, raise(&format!("{writer}-{n}"))).await.len();
            }
            appended
        }));
    }
    let mut appended = 0;
    for writer in writers {
        appended += writer.await.unwrap();
    }
    let events = stores[0].events(0, 10_000).await.unwrap();
    let holes = events.iter().zip(1..).filter(|(event, seq)| event.seq != *seq).count();
    eventually("both processes have read everything", async || {
        stores.iter().all(|store| seq(store) == Some(320))
    })
    .await;
    let folded = stores[0].load().await.unwrap();
    let mut missed = 0;
    for (store, seen) in stores.iter().zip(&readers) {
        let board = store.snapshot().borrow().board.clone().unwrap();
        missed += 320 - board.alert_count();
        assert_eq!(board, folded);
        assert!(seen.lock().unwrap().is_sorted(), "a reader saw the board go back");
    }
    println!("8 writers, 2 processes: {appended} appended, {holes} holes, {missed} missed");
    assert_eq!((appended, events.len(), holes, missed), (320, 320, 0, 0));
    assert_eq!(stores[1].verify(None).await.unwrap().faults, [""; 0]);
}

async fn what_another_process_writes_is_seen_and_rings(database: Database) {
    let (one, other) = (database.store().await, database.store().await);
    one.follow();
    eventually("the empty log was read", async || freshness(&one) == Freshness::Fresh).await;
    let mut work = one.work();
    work.mark_unchanged();
    append(&other, declare("One")).await;
    eventually("the other's event is seen", async || seq(&one) == Some(1)).await;
    tokio::time::timeout(Duration::from_secs(20), work.changed()).await.unwrap().unwrap();
    // And decided on: the number is taken.
    let events = append(&one, declare("Two")).await;
    assert_eq!(events[0].event.incident(), Some(super::INCIDENT.next()));
}

/// Removes the protection, as somebody with the database's password could.
async fn unprotect(store: &Store) {
    let on = if store.kind() == "sqlite" { "" } else { " ON event" };
    for trigger in ["event_is_never_changed", "event_is_never_removed"] {
        store.raw_sql(&format!("DROP TRIGGER {trigger}{on}")).await.unwrap();
    }
}

/// A store that follows the log, and another that wrote three alerts and no longer protects them.
async fn followed(database: &Database) -> (Store, Store) {
    let (one, other) = (database.store().await, database.store().await);
    for n in 0..3 {
        append(&other, raise(&n.to_string())).await;
    }
    one.follow();
    eventually("the log was read", async || seq(&one) == Some(3)).await;
    unprotect(&other).await;
    (one, other)
}

async fn halted(store: &Store, expected: &str) -> Snapshot {
    let stopped =
        async || matches!(freshness(store), Freshness::Halted { .. } | Freshness::Forked { .. });
    eventually("the reader stops", stopped).await;
    let snapshot = store.snapshot().borrow().clone();
    let answer = store.execute(raise("late")).await;
    match (&snapshot.freshness, &answer) {
        (Freshness::Halted { why, .. } | Freshness::Forked { why, .. }, Err(error)) => {
            let forked = matches!(snapshot.freshness, Freshness::Forked { .. });
            let kind = if forked { StoreErrorKind::Forked } else { StoreErrorKind::Halted };
            assert_eq!(error.kind(), kind);
            assert!(why.contains(expected), "{why}");
        }
        other => panic!("{other:?}"),
    }
    snapshot
}

async fn a_hole_stops_the_reader_and_the_last_board_stays(database: Database) {
    let (one, other) = followed(&database).await;
    // Event 4 never was, event 5 is there.
    append(&other, raise("4")).await;
    eventually("the fourth was read", async || seq(&one) == Some(4)).await;
    other
        .raw_sql("UPDATE event SET seq = 6 WHERE seq = 4; UPDATE log_head SET seq = 6")
        .await
        .unwrap();
    let snapshot = halted(&one, "event 5 is missing").await;
    assert_eq!(snapshot.board.unwrap().alert_count(), 4);
    // It looks again by itself.
    other
        .raw_sql("UPDATE event SET seq = 4 WHERE seq = 6; UPDATE log_head SET seq = 4")
        .await
        .unwrap();
    eventually("it goes on", async || freshness(&one) == Freshness::Fresh).await;
    append(&one, raise("5")).await;
}

/// Lets the log end there.
fn ends_at(seq: u64) -> String {
    format!("UPDATE log_head SET seq = {seq}, hash = (SELECT hash FROM event WHERE seq = {seq})")
}

async fn an_unknown_event_stops_the_reader(database: Database) {
    let (one, other) = followed(&database).await;
    other.close().await;
    // A later version's event, written by a later version's program.
    other.raw_sql(&ends_at(2)).await.unwrap();
    other.raw_sql("UPDATE event SET type = 'subscription-merged' WHERE seq = 3").await.unwrap();
    let fresh = Store::open(database.url()).unwrap();
    fresh.follow();
    eventually("two were read", async || seq(&fresh) == Some(2)).await;
    fresh.raw_sql(&ends_at(3)).await.unwrap();
    let snapshot = halted(&fresh, "subscription-merged").await;
    assert_eq!(snapshot.board.unwrap().seq, 2);
    drop(one);
    fresh.raw_sql("UPDATE event SET type = 'alert-raised' WHERE seq = 3").await.unwrap();
    eventually("it goes on by itself", async || seq(&fresh) == Some(3)).await;
}

async fn a_log_that_went_back_stops_the_reader(database: Database) {
    let (one, other) = followed(&database).await;
    other.raw_sql("DELETE FROM event WHERE seq = 3; UPDATE log_head SET seq = 2").await.unwrap();
    let snapshot = halted(&one, "backup").await;
    assert_eq!(snapshot.board.unwrap().seq, 3);
}

async fn a_database_without_tables_is_waited_for(database: Database) {
    let store = Store::open(database.url()).unwrap();
    store.follow();
    let unreachable = async || matches!(freshness(&store), Freshness::Unreachable { why, .. } if why.contains("candor migrate"));
    eventually("it says what to do", unreachable).await;
    let answer = store.execute(raise("a")).await;
    assert!(crate::fails_with(&answer, StoreErrorKind::Unavailable), "{answer:?}");
    database.store().await;
    eventually("it goes on by itself", async || freshness(&store) == Freshness::Fresh).await;
    append(&store, raise("a")).await;
    let confirm = IncidentAction::Dismiss { text: None }.on(super::INCIDENT);
    append(&store, by_a_person(confirm)).await;
    assert_eq!(length(&store).await, 2);
}

/// Keeps a copy of the log as it is, as a backup would.
async fn back_up(store: &Store) {
    for table in ["event", "log_head"] {
        let copy = format!("CREATE TABLE saved_{table} AS SELECT * FROM {table}");
        store.raw_sql(&copy).await.unwrap();
    }
}

/// Puts the copy back under the running processes.
async fn restore(store: &Store) {
    for table in ["event", "log_head"] {
        let back = format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM saved_{table}");
        store.raw_sql(&back).await.unwrap();
    }
}

async fn a_restored_log_that_has_grown_again_stops_the_reader_until_an_epoch_begins(
    database: Database,
) {
    let (one, other) = followed(&database).await;
    back_up(&other).await;
    append(&other, raise("lost")).await;
    eventually("the fourth was read", async || seq(&one) == Some(4)).await;
    let noted = one.snapshot().borrow().clone();
    other.close().await;
    // As long as before, and longer: its numbers alone say nothing.
    let restored = Store::open(database.url()).unwrap();
    restore(&restored).await;
    append(&restored, raise("another fourth")).await;
    append(&restored, raise("a fifth")).await;
    let snapshot = halted(&one, "backup").await;
    assert!(matches!(snapshot.freshness, Freshness::Forked { .. }));
    assert_eq!(snapshot.board.unwrap().seq, 4, "the last good board stays");
    assert_eq!(length(&restored).await, 5, "nothing was written to it");

    let (log_id, hash) = (noted.log_id().unwrap(), noted.head_hash.clone().unwrap());
    let held = restored.snapshot().borrow().head_hash.clone().unwrap();
    assert_eq!(
        restored.begin_epoch_unless(log_id, 1, 5, &held).await.unwrap(),
        None,
        "it holds that"
    );
    assert_eq!(restored.begin_epoch_unless("another", 1, 4, &hash).await.unwrap(), None);
    assert_eq!(restored.begin_epoch_unless(log_id, 1, 4, &hash).await.unwrap(), Some(2));
    assert_eq!(restored.begin_epoch_unless(log_id, 1, 4, &hash).await.unwrap(), None, "only once");
    eventually("it reads the log anew", async || seq(&one) == Some(5)).await;
    assert_eq!((freshness(&one), one.snapshot().borrow().epoch), (Freshness::Fresh, 2));
    append(&one, raise("a sixth")).await;
    assert_eq!(one.verify(None).await.unwrap().faults, [""; 0]);
    // The same backup, restored once more, is of an epoch before the one that was noted.
    assert_eq!(restored.begin_epoch_unless(log_id, 3, 4, &hash).await.unwrap(), Some(4));
}

async fn another_log_stops_the_reader(database: Database) {
    let (one, other) = followed(&database).await;
    other.close().await;
    other.raw_sql("UPDATE log_head SET log_id = 'another', seq = 30").await.unwrap();
    halted(&one, "another log").await;
}

async fn what_was_read_is_not_read_again(database: Database) {
    let store = database.store().await;
    append(&store, raise("a")).await;
    let command = Store::open(database.url()).unwrap();
    let first = command.load().await.unwrap();
    // Whoever read it again would miss it.
    unprotect(&store).await;
    store.raw_sql("DELETE FROM event").await.unwrap();
    assert!(Arc::ptr_eq(&first, &command.load().await.unwrap()));
    assert_eq!(append(&command, raise("b")).await[0].seq, 2);
}

/// A log whose reading takes longer than any deadline of a single request: each hundredth row costs 120 ms.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_log_is_read_beside_everything_else() {
    let database = Database::postgres();
    let writer = database.store().await;
    for start in (0..5_000).step_by(500) {
        let alerts = (start..start + 500).map(|n| raise(&n.to_string())).collect();
        super::at_once(&writer, alerts).await;
    }
    append(&writer, declare("hunter2")).await;
    writer.close().await;
    for slow in [
        "ALTER TABLE event RENAME TO kept",
        "CREATE VIEW event AS SELECT * FROM kept WHERE seq % 100 <> 0 OR pg_sleep(0.15) IS NOT NULL",
    ] {
        writer.raw_sql(slow).await.unwrap();
    }
    let store = Store::open(database.url()).unwrap();
    let begun = Instant::now();
    store.follow();
    let refused = store.execute(raise("meanwhile")).await;
    assert!(crate::fails_with(&refused, StoreErrorKind::NotReadYet), "{refused:?}");
    assert!(matches!(freshness(&store), Freshness::Unread { .. }), "and the page says so");
    eventually("the start ends", async || freshness(&store) == Freshness::Fresh).await;
    let read = begun.elapsed();
    let redacted = store.redact(5_001, Title::parse("why").unwrap(), person()).await;
    assert!(matches!(redacted, Ok(AppendOutcome::Appended(_))), "{redacted:?}");
    // It is read anew, and nobody waits for that.
    append(&store, raise("right after")).await;
    let knows = async || format!("{:?}", store.snapshot().borrow().board).contains("hunter2");
    eventually("it is forgotten", async || !knows().await).await;
    println!("5,001 slow events: read in {read:?}, and anew after a redaction");
    assert_eq!(store.snapshot().borrow().board.as_ref().unwrap().seq, 5_003);
}
