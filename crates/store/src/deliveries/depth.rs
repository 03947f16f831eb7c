//! How many deliveries wait, for metrics, workers and operators.

use std::time::Duration;

use candor_core::Address;
use diesel::JoinOnDsl;
use diesel::{ExpressionMethods, NullableExpressionMethods, QueryDsl, dsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::{DeliveryRow, expand, threads};
use crate::{
    db::{PoolRole, PooledConnection, on_db},
    error::StoreError,
    handle::Store,
    outbox,
    queue::Queue,
    row::{self, count},
    schema::{delivery, subscriber},
    states::{DeliveryState, Lane},
};

/// How many deliveries wait on a queue, from SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueDepth {
    /// May be sent now, including expired leases, and deliveries that outbox entries have not been expanded to yet.
    pub due: u64,
    /// How many of these are in the slow lane.
    pub due_slow: u64,
    /// Wait for their time.
    pub delayed: u64,
    /// Are being sent.
    pub running: u64,
    /// Were given up.
    pub dead: u64,
    /// When the oldest due delivery became due; before its expansion, when its outbox entry was written.
    pub oldest_due_at: Option<Timestamp>,
    /// How long ago that is by the database's clock; zero if nothing is due.
    pub oldest_due_age: Duration,
    /// When the next delayed delivery (or expired lease) becomes due.
    pub next_at: Option<Timestamp>,
    /// How far in the future that is by the database's clock.
    pub next_in: Option<Duration>,
}

impl Store {
    /// How many deliveries wait on `queue`.
    pub async fn queue_depth(&self, queue: Queue) -> Result<QueueDepth, StoreError> {
        Ok(self.queue_depths(&[queue]).await?.pop().unwrap_or_default())
    }

    /// How many deliveries wait on each of these queues, in their order, in one consistent state. Needs no living
    /// worker: outbox entries count before they are expanded.
    pub async fn queue_depths(&self, queues: &[Queue]) -> Result<Vec<QueueDepth>, StoreError> {
        let queues = queues.to_vec();
        self.run("count deliveries", async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            if let Err(error) = conn.begin_reading().await {
                conn.discard();
                return Err(error.into());
            }
            let depths = depths(&mut conn, &queues).await;
            conn.end(depths).await
        })
        .await
    }

    /// Whether there is anything to do for `queue` now: a delivery is due, or something waits to be expanded.
    pub async fn pending_work(&self, queue: Queue) -> Result<bool, StoreError> {
        self.read("look for deliveries", async move |mut conn| {
            let is_behind = queue == Queue::Chat && threads::backlog(&mut conn).await?.is_some();
            Ok(is_behind
                || outbox::has_waiting_entries(&mut conn).await?
                || is_anything_due(&mut conn, queue, Lane::Fast).await?
                || is_anything_due(&mut conn, queue, Lane::Slow).await?)
        })
        .await
    }

    /// The newest deliveries, for operators.
    pub async fn deliveries(&self, limit: u32) -> Result<Vec<DeliveryRow>, StoreError> {
        self.deliveries_in(&DeliveryState::ALL, limit).await
    }

    /// The newest deliveries in one of these states.
    pub async fn deliveries_in(
        &self,
        states: &[DeliveryState],
        limit: u32,
    ) -> Result<Vec<DeliveryRow>, StoreError> {
        let query = delivery::table
            .left_join(subscriber::table.on(subscriber::id.eq(delivery::recipient)))
            .filter(delivery::state.eq_any(states.to_vec()))
            .order((delivery::created_at.desc(), delivery::id))
            .limit(limit.into())
            .select((
                (delivery::id, delivery::kind, delivery::channel, delivery::incident),
                (delivery::state, delivery::attempt, delivery::due_at),
                (delivery::created_at, delivery::sent_at, delivery::last_error),
                (subscriber::channel, subscriber::address).nullable(),
            ));
        self.read("list deliveries", async move |mut conn| {
            let rows: Vec<DeliveryColumns> = on_db!(conn, c => query.load(c).await)?;
            Ok(rows.into_iter().map(delivery_row).collect())
        })
        .await
    }
}

type DeliveryColumns = (
    (String, String, String, Option<i64>),
    (DeliveryState, i32, Option<i64>),
    (i64, Option<i64>, Option<String>),
    Option<(String, String)>,
);

/// As much of a row as can be read, since operators look for rows that can't.
fn delivery_row(columns: DeliveryColumns) -> DeliveryRow {
    let (
        (id, kind, channel, incident),
        (state, attempt, due_at),
        (created_at, sent_at, last_error),
        address,
    ) = columns;
    let time = |micros| row::time(micros).unwrap_or(Timestamp::UNIX_EPOCH);
    DeliveryRow {
        id: row::uuid(&id).unwrap_or_default(),
        kind,
        channel,
        incident: incident.and_then(|number| row::incident(number).ok()),
        address: address.and_then(|(channel, address)| Address::parse(&channel, &address).ok()),
        state,
        attempts: u32::try_from(attempt).unwrap_or_default(),
        created_at: time(created_at),
        next_attempt_at: time(due_at.unwrap_or(created_at)),
        sent_at: sent_at.map(time),
        last_error,
    }
}

/// Rows of one queue, lane and state: how many, and the earliest due time.
type DepthRow = (String, Lane, DeliveryState, i64, Option<i64>);

async fn depths(
    conn: &mut PooledConnection,
    queues: &[Queue],
) -> Result<Vec<QueueDepth>, StoreError> {
    let now = conn.now().await?.as_microsecond();
    let grouped = delivery::table.filter(delivery::queue.eq_any(queues.to_vec())).group_by((
        delivery::queue,
        delivery::lane,
        delivery::state,
    ));
    let columns = (
        delivery::queue,
        delivery::lane,
        delivery::state,
        dsl::count_star(),
        dsl::min(delivery::due_at),
    );
    let due = grouped.clone().filter(delivery::due_at.le(now)).select(columns);
    let due: Vec<DepthRow> = on_db!(conn, c => due.load(c).await)?;
    let later = grouped.clone().filter(delivery::due_at.gt(now)).select(columns);
    let later: Vec<DepthRow> = on_db!(conn, c => later.load(c).await)?;
    let dead = grouped.filter(delivery::state.eq(DeliveryState::Dead)).select(columns);
    let dead: Vec<DepthRow> = on_db!(conn, c => dead.load(c).await)?;
    let unexpanded = expand::unexpanded(conn).await?;
    let backlog = threads::backlog(conn).await?;

    // How many rows of a queue (in one state), and the earliest due time.
    let sum = |queue: Queue, rows: &[DepthRow], state: Option<DeliveryState>| {
        let mut number = 0;
        let mut first: Option<i64> = None;
        let of_queue = rows.iter().filter(|row| row.0 == queue.as_str());
        for row in of_queue.filter(|row| state.is_none_or(|state| row.2 == state)) {
            number += count(row.3);
            first = first.into_iter().chain(row.4).min();
        }
        (number, first)
    };
    let span =
        |from: i64, to: i64| Duration::from_micros(u64::try_from(to - from).unwrap_or_default());
    let depth = |queue: Queue| {
        let slow = due.iter().filter(|row| row.0 == queue.as_str() && row.1 == Lane::Slow);
        let due_slow = slow.map(|row| count(row.3)).sum();
        let (mut due, mut oldest) = sum(queue, &due, None);
        for waiting in unexpanded.iter().filter(|waiting| waiting.queue == queue.as_str()) {
            due += count(waiting.deliveries);
            oldest = oldest.into_iter().chain(waiting.since).min();
        }
        if let (Queue::Chat, Some((threads, since))) = (queue, backlog) {
            due += threads;
            oldest = oldest.into_iter().chain([since]).min();
        }
        let (_, next) = sum(queue, &later, None);
        Ok(QueueDepth {
            due,
            due_slow,
            delayed: sum(queue, &later, Some(DeliveryState::Waiting)).0,
            running: sum(queue, &later, Some(DeliveryState::Sending)).0,
            dead: sum(queue, &dead, None).0,
            oldest_due_at: oldest.map(row::time).transpose()?,
            oldest_due_age: oldest.map_or(Duration::ZERO, |at| span(at, now)),
            next_at: next.map(row::time).transpose()?,
            next_in: next.map(|at| span(now, at)),
        })
    };
    queues.iter().copied().map(depth).collect()
}

/// Whether a delivery in this lane of `queue` may be claimed now.
pub(super) async fn is_anything_due(
    conn: &mut PooledConnection,
    queue: Queue,
    lane: Lane,
) -> Result<bool, StoreError> {
    let now = conn.now().await?.as_microsecond();
    let query = delivery::table
        .filter(delivery::queue.eq(queue))
        .filter(delivery::lane.eq(lane))
        .filter(delivery::due_at.le(now))
        // In the index's order, so that PostgreSQL never looks for one among all that were ever sent.
        .order(delivery::due_at)
        .select(delivery::due_at)
        .limit(1);
    let due: Vec<Option<i64>> = on_db!(conn, c => query.load(c).await)?;
    Ok(!due.is_empty())
}
