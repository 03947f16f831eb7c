//! Rows that a newer version wrote: this version has to live with them.

use std::time::Duration;

use candor_core::{Address, HookKind, HookUrl};
use candor_store::{AttemptOutcome, DeliveryState, Queue, Store};
use candor_testkit::Database;
use jiff::{SignedDuration, Timestamp};

use super::{address, append, declare, on_both, subscriber};

on_both!(
    an_outbox_entry_of_tomorrow_keeps_nobody_elses_message,
    a_delivery_of_tomorrow_keeps_nobody_elses_message,
    a_kind_of_delivery_of_tomorrow_is_not_sent_as_another,
    a_kind_of_outbox_entry_of_tomorrow_is_not_expanded_as_another,
    a_subscriber_of_tomorrow_keeps_nobody_elses_message,
    a_scope_of_tomorrow_is_neither_guessed_nor_passed_over,
    no_number_stops_a_queue,
);

const LEASE: Duration = Duration::from_secs(60);
const TOMORROW: &str =
    "UPDATE outbox SET payload = replace(payload, '\"confirmed\"', '\"quantum-confirmed\"')";
const TODAY: &str =
    "UPDATE outbox SET payload = replace(payload, '\"quantum-confirmed\"', '\"confirmed\"')";

async fn with_subscribers(database: &Database) -> Store {
    let store = database.store().await;
    for name in ["a", "b"] {
        assert!(store.add_subscriber(&address(name)).await.unwrap());
    }
    store
}

async fn expand(store: &Store) -> u64 {
    let mut mails = 0;
    loop {
        let expanded = store.expand_outbox(100).await.unwrap();
        mails += expanded.mails;
        if !expanded.left {
            return mails;
        }
    }
}

async fn claimed(store: &Store) -> usize {
    store.claim(Queue::Mail, 100, LEASE).await.unwrap().len()
}

/// How many outbox entries and deliveries are set aside.
async fn set_aside(store: &Store) -> (u64, u64) {
    let counts = store.counts().await.unwrap();
    (counts.unreadable_entries, counts.unreadable_deliveries)
}

/// As a worker that has just taken the lead.
async fn retry(store: &Store) -> u64 {
    store.retry_unreadable(SignedDuration::from_hours(24)).await.unwrap()
}

async fn an_outbox_entry_of_tomorrow_keeps_nobody_elses_message(database: Database) {
    let store = with_subscribers(&database).await;
    append(&store, declare("One")).await;
    store.raw_sql(TOMORROW).await.unwrap();
    append(&store, declare("Two")).await;
    assert_eq!(expand(&store).await, 2, "the second incident's");
    assert_eq!(claimed(&store).await, 2);
    assert_eq!(set_aside(&store).await, (1, 0));
    assert!(!store.pending_work(Queue::Mail).await.unwrap(), "nothing waits for it");
    let entry = store.unreadable_entries(10).await.unwrap().remove(0);
    assert!(entry.error.contains("quantum-confirmed"), "{entry:?}");
    println!("{}: event {}: {}", store.kind(), entry.seq, entry.error);

    // Nothing has changed: it is set aside again, and nobody is the worse for it.
    assert_eq!(retry(&store).await, 1);
    assert_eq!((expand(&store).await, set_aside(&store).await), (0, (1, 0)));
    // The newer version is back.
    store.raw_sql(TODAY).await.unwrap();
    assert_eq!(retry(&store).await, 1);
    assert_eq!((expand(&store).await, set_aside(&store).await), (2, (0, 0)));
    assert_eq!(claimed(&store).await, 2);
}

async fn a_delivery_of_tomorrow_keeps_nobody_elses_message(database: Database) {
    let store = with_subscribers(&database).await;
    append(&store, declare("One")).await;
    expand(&store).await;
    // A newer worker has expanded it, and only that understands it.
    store.raw_sql(TOMORROW).await.unwrap();
    append(&store, declare("Two")).await;
    expand(&store).await;
    assert_eq!(claimed(&store).await, 2, "the second incident's");
    assert_eq!(set_aside(&store).await, (0, 2));
    let rows = store.deliveries_in(&[DeliveryState::Unreadable], 10).await.unwrap();
    let why = rows[0].last_error.as_deref().unwrap();
    assert!(rows.len() == 2 && why.contains("quantum-confirmed"), "{rows:?}");
    let yesterday = (Timestamp::now() - SignedDuration::from_hours(25)).as_microsecond();
    let aged = format!("UPDATE delivery SET created_at = {yesterday} WHERE id = '{}'", rows[0].id);
    store.raw_sql(&aged).await.unwrap();
    store.raw_sql(TODAY).await.unwrap();
    assert_eq!(retry(&store).await, 1, "yesterday's news are told to nobody");
    assert_eq!((claimed(&store).await, set_aside(&store).await), (1, (0, 1)));
}

async fn a_kind_of_delivery_of_tomorrow_is_not_sent_as_another(database: Database) {
    let store = with_subscribers(&database).await;
    append(&store, declare("One")).await;
    expand(&store).await;
    let one = "UPDATE delivery SET kind = 'digest' WHERE id = (SELECT min(id) FROM delivery)";
    store.raw_sql(one).await.unwrap();
    assert_eq!((claimed(&store).await, set_aside(&store).await), (1, (0, 1)));
}

async fn a_kind_of_outbox_entry_of_tomorrow_is_not_expanded_as_another(database: Database) {
    let store = with_subscribers(&database).await;
    append(&store, declare("One")).await;
    store.raw_sql("UPDATE outbox SET kind = 'weekly-digest'").await.unwrap();
    append(&store, declare("Two")).await;
    assert_eq!((expand(&store).await, set_aside(&store).await), (2, (1, 0)));
    let entry = store.unreadable_entries(10).await.unwrap().remove(0);
    assert!(entry.seq == 1 && entry.error.contains("weekly-digest"), "{entry:?}");
    store.raw_sql("UPDATE outbox SET kind = 'notify-subscribers'").await.unwrap();
    assert_eq!((retry(&store).await, expand(&store).await), (1, 2));
}

/// Writes to the subscribers what a newer version may, after a migration that allows it.
async fn write_subscribers(store: &Store, column: &str, change: &str) {
    let sql = if store.kind() == "sqlite" {
        format!(
            "PRAGMA ignore_check_constraints = ON; UPDATE subscriber SET {change}; \
             PRAGMA ignore_check_constraints = OFF"
        )
    } else {
        format!(
            "ALTER TABLE subscriber DROP CONSTRAINT IF EXISTS subscriber_{column}_check; \
             UPDATE subscriber SET {change}"
        )
    };
    store.raw_sql(&sql).await.unwrap();
}

async fn a_scope_of_tomorrow_is_neither_guessed_nor_passed_over(database: Database) {
    let store = with_subscribers(&database).await;
    write_subscribers(&store, "scope", "scope = 'weekends' WHERE address LIKE 'b@%'").await;
    append(&store, declare("One")).await;
    let due = store.queue_depths(&[Queue::Mail]).await.unwrap()[0].due;
    assert_eq!((due, expand(&store).await), (2, 2));
    assert_eq!((claimed(&store).await, set_aside(&store).await), (1, (0, 1)));
    let row = store.deliveries_in(&[DeliveryState::Unreadable], 10).await.unwrap().remove(0);
    assert!(row.last_error.is_some_and(|why| why.contains("no scope \"weekends\"")));
    let unknown = store.unreadable_subscribers().await.unwrap();
    assert!(unknown.len() == 1 && unknown[0].1.contains("weekends"), "{unknown:?}");
    // The newer version is back.
    write_subscribers(&store, "scope", "scope = 'all'").await;
    assert_eq!((retry(&store).await, claimed(&store).await), (1, 1));
}

async fn no_number_stops_a_queue(database: Database) {
    let store = with_subscribers(&database).await;
    append(&store, declare("One")).await;
    expand(&store).await;
    let most = format!("UPDATE delivery SET attempt = {}, lease_token = {}", i32::MAX, i64::MAX);
    store.raw_sql(&most).await.unwrap();
    let claims = store.claim(Queue::Mail, 100, LEASE).await.unwrap();
    assert_eq!(claims.len(), 2);
    for claim in claims {
        let sent = AttemptOutcome::Sent { answer: "250".to_owned() };
        assert!(store.finish(&claim, &sent).await.unwrap(), "its token fits");
        assert!(claim.attempt >= 3, "it isn't taken for a first try");
    }
}

async fn a_subscriber_of_tomorrow_keeps_nobody_elses_message(database: Database) {
    let store = with_subscribers(&database).await;
    let url = HookUrl::parse("https://hooks.example.org/x").unwrap();
    store.add_subscriber(Address::Hook(HookKind::Slack, url)).await.unwrap();
    write_subscribers(&store, "channel", "channel = 'pager' WHERE channel = 'slack'").await;
    write_subscribers(&store, "address", "address = 'b of tomorrow' WHERE address LIKE 'b@%'")
        .await;
    append(&store, declare("One")).await;
    expand(&store).await;
    let claims = store.claim(Queue::Mail, 100, LEASE).await.unwrap();
    let told: Vec<_> = claims.iter().map(|claim| subscriber(claim).1).collect();
    assert_eq!(told, [address("a")]);
    assert_eq!(store.claim(Queue::Hooks, 100, LEASE).await.unwrap().len(), 0);
    assert_eq!(set_aside(&store).await, (0, 2));
    let rows = store.deliveries_in(&[DeliveryState::Unreadable], 10).await.unwrap();
    for row in &rows {
        let why = row.last_error.as_deref().unwrap();
        assert!(why.contains("subscriber") && !why.contains("tomorrow"), "{why}");
    }
    let (known, unknown) =
        (store.subscribers().await.unwrap(), store.unreadable_subscribers().await.unwrap());
    assert_eq!((known.len(), unknown.len()), (1, 2), "{unknown:?}");
}
