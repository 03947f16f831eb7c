//! The background refresh over a real database.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use candor_core::{EmailAddress, Severity};
use candor_store::Store;
use candor_telemetry::{HealthCheck, Metrics, Role, refresh};
use candor_testkit::{Database, execute, story::declare};
use tokio_util::sync::CancellationToken;

/// Waits until it holds; fails after 20 seconds.
pub(crate) async fn eventually(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(20), "not within 20 seconds: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Metrics after one refresh.
pub(crate) async fn refreshed(store: &Store, checks: Vec<HealthCheck>) -> Metrics {
    let metrics = Metrics::new(Role::Serve).unwrap();
    let stop = CancellationToken::new();
    let task = tokio::spawn(refresh(metrics.clone(), store.clone(), checks, stop.clone()));
    eventually("the first refresh", || !metrics.health().is_empty()).await;
    stop.cancel();
    task.await.unwrap();
    metrics
}

/// The value of a series.
pub(crate) fn value(page: &str, series: &str) -> f64 {
    let found = page.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("{series} is missing in\n{page}")).parse().unwrap()
}

/// A page with two subscribers, one of them confirmed, and an open incident that the confirmed one is owed news of.
async fn furnish(store: &Store) {
    let address = |name: &str| EmailAddress::parse(&format!("{name}@example.org")).unwrap();
    store.follow();
    store.add_subscriber(&address("ada")).await.unwrap();
    store.subscribe(&address("grace")).await.unwrap();
    execute(store, declare(Severity::Partial)).await;
}

async fn says_what_is_in_the_database(database: Database) {
    let store = database.store().await;
    furnish(&store).await;
    let page = refreshed(&store, Vec::new()).await.render();
    for (series, wanted) in [
        (r#"candor_entities{entity="events"}"#, 1.0),
        (r#"candor_entities{entity="incidents"}"#, 1.0),
        (r#"candor_entities{entity="subscribers"}"#, 2.0),
        (r#"candor_entities{entity="deliveries"}"#, 1.0),
        (r#"candor_entities{entity="outbox"}"#, 1.0),
        (r#"candor_incidents_open{status="confirmed"}"#, 1.0),
        (r#"candor_subscribers{channel="mail",state="pending"}"#, 1.0),
        (r#"candor_subscribers{channel="mail",state="confirmed"}"#, 1.0),
        ("candor_outbox_pending", 1.0),
        ("candor_log_seq", 1.0),
        ("candor_log_halted", 0.0),
        (r#"candor_projection_lag_events{projection="board"}"#, 0.0),
        ("candor_migrations_pending", 0.0),
        (r#"candor_health_check_status{check="database"}"#, 1.0),
    ] {
        assert_eq!(value(&page, series), wanted, "{series}");
    }
    assert!(value(&page, r#"candor_queue_jobs{queue="mail",state="due"}"#) >= 1.0);
    assert!(value(&page, "candor_outbox_oldest_age_seconds") > 0.0);
    assert!(value(&page, r#"candor_queue_oldest_due_age_seconds{queue="mail"}"#) > 0.0);
    assert_eq!(value(&page, r#"candor_queue_oldest_due_age_seconds{queue="chat"}"#), 0.0);
    assert!(value(&page, "candor_queue_stats_last_success_timestamp_seconds") > 1.7e9);
    let pools = page.lines().filter(|line| line.starts_with("candor_db_pool_connections{")).count();
    assert_eq!(pools, 6, "two pools with three states");
    // Work is due, and nobody is there to do it.
    assert_eq!(value(&page, r#"candor_health_check_status{check="workers"}"#), 0.0);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_is_told_as_it_is() {
    says_what_is_in_the_database(Database::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_is_told_as_it_is() {
    says_what_is_in_the_database(Database::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_lags_behind_says_by_how_much() {
    let database = Database::sqlite();
    let store = database.store().await;
    furnish(&store).await;
    // This one follows nothing, so it shows nothing.
    let other = Store::open(database.url()).unwrap();
    let page = refreshed(&other, Vec::new()).await.render();
    assert_eq!(value(&page, r#"candor_projection_lag_events{projection="board"}"#), 1.0);
    assert!(value(&page, r#"candor_projection_lag_seconds{projection="board"}"#) > 0.0);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_the_last_numbers_stay_and_the_check_is_bad() {
    let database = Database::sqlite();
    let store = database.store().await;
    furnish(&store).await;
    let metrics = Metrics::new(Role::Web).unwrap();
    let stop = CancellationToken::new();
    let task = tokio::spawn(refresh(metrics.clone(), store.clone(), Vec::new(), stop.clone()));
    eventually("the first refresh", || metrics.queues().is_some()).await;
    let before = metrics.render();
    store.raw_sql("ALTER TABLE delivery RENAME TO gone").await.unwrap();
    let database = || metrics.health().into_iter().find(|(check, _)| *check == "database");
    eventually("a bad check", || database().is_some_and(|(_, status)| status.is_err())).await;
    stop.cancel();
    task.await.unwrap();
    let after = metrics.render();
    assert_eq!(value(&after, r#"candor_health_check_status{check="database"}"#), 0.0);
    for series in [
        r#"candor_entities{entity="events"}"#,
        r#"candor_queue_jobs{queue="mail",state="due"}"#,
        "candor_queue_stats_last_success_timestamp_seconds",
    ] {
        assert_eq!(value(&after, series), value(&before, series), "{series}");
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checks_of_other_parts_are_shown() {
    let database = Database::sqlite();
    let store = database.store().await;
    let check: HealthCheck = ("redis", Arc::new(|| Err("no answer".to_owned())));
    let metrics = refreshed(&store, vec![check]).await;
    assert_eq!(value(&metrics.render(), r#"candor_health_check_status{check="redis"}"#), 0.0);
    assert!(metrics.health().contains(&("redis", Err("no answer".to_owned()))));
    store.close().await;
}
