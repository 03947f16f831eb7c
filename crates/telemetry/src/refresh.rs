//! The background refresh: every 5 seconds, numbers are read from SQL into gauges, with a deadline, so that
//! a scrape only prints what is there.
//!
//! When the database doesn't answer, the gauges keep their last values, the time of the last success stays the same,
//! and the check `database` is unhealthy.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use candor_core::Status;
use candor_store::{
    ChatChannelRow, Freshness, LogCounts, Queue, Snapshot, Store, StoreError, SubscriberCount,
    SubscriberState,
};
use metrics::{gauge, histogram};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    Metrics, QueueReading, Readiness, ServedPages,
    catalogue::{CHECKS, SUBSCRIBER_CHANNELS},
    http::float,
    readiness,
};

/// How often the numbers are read.
const EVERY: Duration = Duration::from_secs(5);
/// How long one refresh may take.
const DEADLINE: Duration = Duration::from_secs(4);

/// A health check of another part, by its name in the catalogue; cheap, from memory. Unhealthy ones say why.
pub type HealthCheck = (&'static str, Arc<dyn Fn() -> Result<(), String> + Send + Sync>);

/// Reads the numbers every 5 seconds until `stop`. The first time at once.
pub async fn refresh(
    metrics: Metrics,
    store: Store,
    checks: Vec<HealthCheck>,
    stop: CancellationToken,
) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known = BTreeMap::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = tick.tick() => {}
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = once(&metrics, &store, &checks, &mut known) => {}
        }
    }
}

/// One refresh. `known` is what was unhealthy at the last one, so that only changes are logged.
async fn once(
    metrics: &Metrics,
    store: &Store,
    checks: &[HealthCheck],
    known: &mut BTreeMap<&'static str, bool>,
) {
    metrics.upkeep();
    let begun = Instant::now();
    let read = timeout(DEADLINE, read(store))
        .await
        .unwrap_or_else(|_elapsed| Err(StoreError::timeout(DEADLINE)));
    let snapshot = store.snapshot().borrow().clone();
    let log = match &snapshot.freshness {
        Freshness::Halted { why, .. } | Freshness::Forked { why, .. } => Err(why.clone()),
        Freshness::Fresh | Freshness::Unread { .. } | Freshness::Unreachable { .. } => Ok(()),
    };
    let mut health: BTreeMap<_, _> = CHECKS.iter().map(|check| (*check, Ok(()))).collect();
    health.insert("log", log);
    match &read {
        Ok((counts, queues, channels)) => {
            health.insert("chat", chat_works(channels));
            health.insert("outbox", all_readable(counts));
            health.insert("workers", worked_on(queues))
        }
        Err(error) => health.insert("database", Err(error.chain().to_string())),
    };
    if let Err(error) = store.writable() {
        health.insert("database", Err(error.chain().to_string()));
    }
    for (name, check) in checks {
        if let Err(why) = check() {
            health.insert(name, Err(why));
        }
    }
    metrics.within(|| {
        histogram!("candor_metrics_refresh_duration_seconds").record(begun.elapsed());
        show_snapshot(&snapshot);
        show_pools(store);
        for (check, status) in &health {
            gauge!("candor_health_check_status", "check" => *check).set(truth(status.is_ok()));
        }
        if let Ok((counts, queues, _)) = &read {
            show_counts(counts);
            show_queues(queues);
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            gauge!("candor_queue_stats_last_success_timestamp_seconds")
                .set(now.unwrap_or_default().as_secs_f64());
        }
    });
    log_changes(&health, known);
    metrics.change_state(|state| {
        let unread = read.as_ref().err().map(StoreError::public_reason);
        let bad = health.iter().filter(|(_, status)| status.is_err());
        let bad = bad.filter_map(|(check, _)| readiness::reason(check));
        state.troubles = unread.into_iter().chain(bad).collect();
        state.readiness = Readiness::of(store, state.pages).with(state.troubles.iter().copied());
        state.readiness.ready &= unread.is_none() || state.pages != ServedPages::NotServed;
        state.checks = health.into_iter().collect();
        if let Ok((_, queues, _)) = read {
            state.queues = queues;
            state.read_at = Some(Instant::now());
        }
    });
}

async fn read(
    store: &Store,
) -> Result<(LogCounts, Vec<QueueReading>, Vec<ChatChannelRow>), StoreError> {
    let (counts, channels) = (store.counts().await?, store.chat_channels().await?);
    let now = counts.now;
    let (depths, workers) = (store.queue_depths(&Queue::ALL).await?, store.workers().await?);
    let queues = Queue::ALL.into_iter().zip(depths).map(|(queue, depth)| {
        let alive = workers.iter().find(|alive| alive.queue == queue);
        let age = depth.oldest_due_at.map_or(0.0, |at| now.duration_since(at).as_secs_f64());
        QueueReading {
            name: queue.as_str(),
            due: depth.due,
            delayed: depth.delayed,
            running: depth.running,
            dead: depth.dead,
            oldest_due_age_seconds: age.max(0.0),
            workers: alive.map_or(0, |alive| alive.workers),
            slots: alive.map_or(0, |alive| alive.slots),
        }
    });
    let queues = queues.collect();
    Ok((counts, queues, channels))
}

/// Whether every queue with due work has a worker.
fn worked_on(queues: &[QueueReading]) -> Result<(), String> {
    let left: Vec<_> = queues
        .iter()
        .filter(|queue| queue.due > 0 && queue.workers == 0)
        .map(|queue| queue.name)
        .collect();
    if left.is_empty() {
        return Ok(());
    }
    Err(format!("deliveries are due and no worker is alive for the queue {}", left.join(", ")))
}

/// Whether this version can read all outbox entries and deliveries.
fn all_readable(counts: &LogCounts) -> Result<(), String> {
    match (counts.unreadable_entries, counts.unreadable_deliveries) {
        (0, 0) => Ok(()),
        (entries, deliveries) => Err(format!(
            "{entries} outbox entries and {deliveries} deliveries can't be read by this version and are set aside; \
             `candor delivery list --state dead` shows them, and why"
        )),
    }
}

/// Whether every chat channel works.
fn chat_works(channels: &[ChatChannelRow]) -> Result<(), String> {
    let problems: Vec<_> = channels
        .iter()
        .filter_map(|channel| Some(format!("{}: {}", channel.name, channel.problem.as_deref()?)))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.join("; ")) }
}

fn show_snapshot(snapshot: &Snapshot) {
    let halted = matches!(snapshot.freshness, Freshness::Halted { .. } | Freshness::Forked { .. });
    gauge!("candor_log_halted").set(truth(halted));
    let Some(board) = &snapshot.board else { return };
    gauge!("candor_log_seq").set(float(board.seq));
    gauge!("candor_entities", "entity" => "incidents").set(size(board.incidents().count()));
    for status in [Status::Planned, Status::Suspected, Status::Confirmed, Status::Watching] {
        let open = board.incidents().filter(|incident| incident.status == status).count();
        gauge!("candor_incidents_open", "status" => status.as_str()).set(size(open));
    }
}

fn show_pools(store: &Store) {
    for pool in store.pools() {
        for (state, connections) in [("idle", pool.idle), ("used", pool.used), ("max", pool.max)] {
            gauge!("candor_db_pool_connections", "pool" => pool.name, "state" => state)
                .set(size(connections));
        }
    }
}

fn show_counts(counts: &LogCounts) {
    for (entity, number) in [
        ("events", counts.events),
        ("subscribers", counts.subscribers.iter().map(|count| count.number).sum()),
        ("deliveries", counts.deliveries),
        ("outbox", counts.outbox_entries),
        ("operators", counts.operators),
    ] {
        gauge!("candor_entities", "entity" => entity).set(float(number));
    }
    for channel in SUBSCRIBER_CHANNELS {
        for state in SubscriberState::ALL {
            let of = |count: &&SubscriberCount| count.channel == *channel && count.state == state;
            let number = counts.subscribers.iter().find(of).map_or(0, |count| count.number);
            gauge!("candor_subscribers", "channel" => *channel, "state" => state.as_str())
                .set(float(number));
        }
    }
    gauge!("candor_outbox_pending").set(float(counts.outbox_pending));
    gauge!("candor_outbox_oldest_age_seconds").set(counts.outbox_oldest_age.as_secs_f64());
    for (table, rows) in
        [("outbox", counts.unreadable_entries), ("deliveries", counts.unreadable_deliveries)]
    {
        gauge!("candor_unreadable_rows", "table" => table).set(float(rows));
    }
    gauge!("candor_projection_lag_events", "projection" => "board").set(float(counts.lag_events));
    gauge!("candor_projection_lag_seconds", "projection" => "board").set(counts.lag.as_secs_f64());
    gauge!("candor_migrations_pending").set(float(counts.migrations_pending));
}

fn show_queues(queues: &[QueueReading]) {
    for queue in queues {
        for (state, number) in [
            ("due", queue.due),
            ("delayed", queue.delayed),
            ("running", queue.running),
            ("dead", queue.dead),
        ] {
            gauge!("candor_queue_jobs", "queue" => queue.name, "state" => state).set(float(number));
        }
        gauge!("candor_queue_oldest_due_age_seconds", "queue" => queue.name)
            .set(queue.oldest_due_age_seconds);
        gauge!("candor_workers", "queue" => queue.name).set(float(queue.workers));
        gauge!("candor_worker_slots", "queue" => queue.name).set(float(queue.slots));
    }
}

/// Logs once when a check becomes unhealthy, and once when it is healthy again.
fn log_changes(
    health: &BTreeMap<&'static str, Result<(), String>>,
    known: &mut BTreeMap<&'static str, bool>,
) {
    for (check, status) in health {
        let was_bad = known.insert(check, status.is_err()).unwrap_or_default();
        match status {
            Err(why) if !was_bad => tracing::warn!(check, why, "a health check is bad"),
            Ok(()) if was_bad => tracing::info!(check, "a health check is well again"),
            Ok(()) | Err(_) => {}
        }
    }
}

fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

fn size(number: usize) -> f64 {
    float(u64::try_from(number).unwrap_or(u64::MAX))
}
