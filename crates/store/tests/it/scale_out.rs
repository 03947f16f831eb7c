//! Several processes: the leader, the workers, and how much is due while nobody works.

use std::time::Duration;

use candor_store::{Queue, Store, StoreSettings, WorkerCount};
use candor_testkit::Database;

use super::{address, append, declare, on_both};

on_both!(
    one_leads_until_the_lease_ends_or_is_given_up,
    of_many_who_ask_at_once_one_leads,
    a_worker_counts_until_it_departs_or_its_heartbeats_stop,
    depth_counts_what_no_worker_has_expanded_yet,
);

const LEASE: Duration = Duration::from_secs(10);

async fn one_leads_until_the_lease_ends_or_is_given_up(database: Database) {
    let store = database.store().await;
    let lead = async |holder| store.take_lead("relay", holder, LEASE).await.unwrap();
    assert!(lead("a").await, "nobody led");
    assert!(lead("a").await, "renewed");
    assert!(!lead("b").await, "a leads");
    assert!(store.take_lead("other", "b", LEASE).await.unwrap(), "another lead is another's");
    store.yield_lead("relay", "b").await.unwrap();
    assert!(!lead("b").await, "b can't give up what a has");
    store.yield_lead("relay", "a").await.unwrap();
    assert!(lead("b").await, "given up");
    store.raw_sql("UPDATE leader SET lease_until = 1").await.unwrap();
    assert!(lead("a").await, "b's lease has ended");
    assert!(!lead("b").await, "and a has it");
}

async fn of_many_who_ask_at_once_one_leads(database: Database) {
    let stores = [database.store().await, database.store().await];
    for round in 0..5 {
        let asked: Vec<_> = (0..8)
            .map(|holder| {
                let store = stores[holder % 2].clone();
                tokio::spawn(
                    async move { store.take_lead("relay", &holder.to_string(), LEASE).await },
                )
            })
            .collect();
        let mut leaders = 0;
        for answer in asked {
            leaders += usize::from(answer.await.unwrap().unwrap());
        }
        assert_eq!(leaders, 1, "round {round}");
        stores[0].raw_sql("UPDATE leader SET lease_until = 1").await.unwrap();
    }
    println!("5 rounds of 8 who ask: one leader each");
}

async fn a_worker_counts_until_it_departs_or_its_heartbeats_stop(database: Database) {
    let store = database.store().await;
    let counts = async || -> Vec<(Queue, u64, u64)> {
        let counts = store.workers().await.unwrap().into_iter();
        counts.map(|WorkerCount { queue, workers, slots }| (queue, workers, slots)).collect()
    };
    assert_eq!(counts().await, []);
    store.beat("a", &[(Queue::Mail, 20), (Queue::Default, 1)]).await.unwrap();
    store.beat("b", &[(Queue::Mail, 5)]).await.unwrap();
    store.beat("b", &[(Queue::Mail, 6)]).await.unwrap();
    assert_eq!(counts().await, [(Queue::Default, 1, 1), (Queue::Mail, 2, 26)]);
    store.beat("a", &[(Queue::Mail, 20)]).await.unwrap();
    assert_eq!(counts().await, [(Queue::Mail, 2, 26)], "a left a queue");
    store.remove_worker("b").await.unwrap();
    assert_eq!(counts().await, [(Queue::Mail, 1, 20)]);
    // 16 seconds pass.
    store.raw_sql("UPDATE worker SET seen_at = seen_at - 16000000").await.unwrap();
    assert_eq!(counts().await, []);
    store.raw_sql("UPDATE worker SET seen_at = 1").await.unwrap();
    store.beat("c", &[(Queue::Mail, 1)]).await.unwrap();
    let rows = store.raw_rows("SELECT id AS line FROM worker").await.unwrap();
    assert_eq!(rows, ["c"], "the long dead are forgotten");
}

async fn depth_counts_what_no_worker_has_expanded_yet(database: Database) {
    let store = database.store().await;
    for n in 0..25 {
        assert!(store.add_subscriber(&address(&format!("s{n}"))).await.unwrap());
    }
    store.subscribe(&address("pending")).await.unwrap();
    let due = async || store.queue_depth(Queue::Mail).await.unwrap().due;
    assert_eq!(due().await, 1, "the mail that asks for a confirmation");
    append(&store, declare("One")).await;
    store.add_subscriber(&address("late")).await.unwrap();
    // A minute passes.
    store.raw_sql("UPDATE outbox SET created_at = created_at - 60000000").await.unwrap();
    store.raw_sql("UPDATE subscriber SET confirmed_at = confirmed_at - 60000000").await.unwrap();
    let before = store.queue_depth(Queue::Mail).await.unwrap();
    let mut seen = vec![before.due];
    while store.expand_outbox(10).await.unwrap().left {
        seen.push(due().await);
    }
    seen.push(due().await);
    println!("25 are owed a notice and 1 a question; depth while it is expanded: {seen:?}");
    assert_eq!(seen, [26, 26, 26, 26]);
    assert!(before.oldest_due_age >= LEASE * 5, "{:?}", before.oldest_due_age);
    let queues = store.queue_depths(&[Queue::Chat, Queue::Mail]).await.unwrap();
    assert_eq!(queues.iter().map(|depth| depth.due).collect::<Vec<_>>(), [0, 26]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_makes_no_more_connections_than_it_may() {
    let database = Database::postgres();
    database.store().await.close().await;
    let store = Store::open_with(
        database.url(),
        StoreSettings { connections: 4, ..StoreSettings::default() },
    )
    .unwrap();
    store.follow();
    let asked: Vec<_> = (0..40)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                append(&store, super::raise(&n.to_string())).await;
                store.queue_depth(Queue::Mail).await.unwrap();
                store.raw_sql("SELECT pg_sleep(0.01)").await.unwrap();
            })
        })
        .collect();
    for answer in asked {
        answer.await.unwrap();
    }
    let count = "SELECT count(*)::text AS line FROM pg_stat_activity WHERE datname = current_database() \
                 AND backend_type = 'client backend'";
    let connections = store.raw_rows(count).await.unwrap();
    println!("40 at once over at most 4 connections: {connections:?}");
    assert!(connections[0].parse::<u32>().unwrap() <= 4, "{connections:?}");
}
