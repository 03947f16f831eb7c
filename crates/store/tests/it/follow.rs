//! Following: what others write is seen, in order and without a gap; what can't be read stops the reader.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use candor_core::Command;
use candor_store::{Freshness, Snapshot, Store, StoreError, testing::Database};

use super::{append, by_a_person, declare, eventually, length, on_both, raise};

on_both!(
    eight_writers_of_two_processes_leave_no_hole_and_no_reader_misses_an_event,
    what_another_process_writes_is_seen_and_rings,
    a_hole_stops_the_reader_and_the_last_board_stays,
    an_unknown_event_stops_the_reader,
    a_log_that_went_back_stops_the_reader,
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
    let halted = async || matches!(freshness(store), Freshness::Halted { .. });
    eventually("the reader stops", halted).await;
    let snapshot = store.snapshot().borrow().clone();
    let Freshness::Halted { why, .. } = &snapshot.freshness else { panic!("{snapshot:?}") };
    assert!(why.contains(expected), "{why}");
    let answer = store.execute(raise("late")).await;
    assert!(matches!(answer, Err(StoreError::Halted(_))), "{answer:?}");
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
}

async fn an_unknown_event_stops_the_reader(database: Database) {
    let (one, other) = followed(&database).await;
    other.close().await;
    // A later version's event, written by a later version's program.
    other.raw_sql("UPDATE log_head SET seq = 2; UPDATE event SET type = 'subscription-merged' WHERE seq = 3").await.unwrap();
    let fresh = Store::open(database.url()).unwrap();
    fresh.follow();
    eventually("two were read", async || seq(&fresh) == Some(2)).await;
    fresh.raw_sql("UPDATE log_head SET seq = 3").await.unwrap();
    let snapshot = halted(&fresh, "subscription-merged").await;
    assert_eq!(snapshot.board.unwrap().seq, 2);
    drop(one);
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
    assert!(matches!(answer, Err(StoreError::Unavailable(_))), "{answer:?}");
    database.store().await;
    eventually("it goes on by itself", async || freshness(&store) == Freshness::Fresh).await;
    append(&store, raise("a")).await;
    let confirm = Command::Dismiss { incident: super::INCIDENT, text: None };
    append(&store, by_a_person(confirm)).await;
    assert_eq!(length(&store).await, 2);
}
