//! How much is owed: for metrics, for whoever rings, and for operators.

use std::time::Duration;

use candor_core::Address;
use diesel::JoinOnDsl;
use diesel::{ExpressionMethods, NullableExpressionMethods, QueryDsl, dsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::{DeliveryRow, DeliveryState, FAST_LANE, SLOW_LANE, expand};
use crate::{
    Store, StoreError,
    chat::{self, CHAT},
    db::{PoolRole, PooledConnection, on_db},
    row::{self, count},
    schema::{delivery, subscriber},
};

/// How much is owed on a queue, from SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueDepth {
    /// May be sent now; expired leases among them, and what follow-ups owe that are not expanded yet.
    pub due: u64,
    /// Of these, how many stand in the slow lane.
    pub due_slow: u64,
    /// Waits for its time.
    pub delayed: u64,
    /// A worker has it.
    pub running: u64,
    /// Was given up.
    pub dead: u64,
    /// Since when the oldest due delivery has been due; for one that is not expanded yet, since its follow-up.
    pub oldest_due_at: Option<Timestamp>,
    /// How long ago that is by the database's clock; zero if nothing is due.
    pub oldest_due_age: Duration,
    /// When the next delayed delivery (or expired lease) becomes due.
    pub next_at: Option<Timestamp>,
    /// In how long that is by the database's clock.
    pub next_in: Option<Duration>,
}

impl Store {
    /// How much is owed on `queue`.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn queue_depth(&self, queue: &str) -> Result<QueueDepth, StoreError> {
        Ok(self.queue_depths(&[queue]).await?.pop().unwrap_or_default())
    }

    /// How much is owed on each of these queues, in their order, at one moment. It needs no living worker: what a
    /// follow-up owes counts as due before it is expanded.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn queue_depths(&self, queues: &[&str]) -> Result<Vec<QueueDepth>, StoreError> {
        let queues: Vec<String> = queues.iter().map(|queue| (*queue).to_owned()).collect();
        self.run(async move |db| {
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

    /// Whether anything can be done for `queue` now: something is due, or waits to be expanded.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn pending_work(&self, queue: &str) -> Result<bool, StoreError> {
        let queue = queue.to_owned();
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            Ok(expand::anything_waits(&mut conn).await?
                || (queue == CHAT && chat::behind(&mut conn).await?.is_some())
                || anything_due(&mut conn, &queue, FAST_LANE).await?
                || anything_due(&mut conn, &queue, SLOW_LANE).await?)
        })
        .await
    }

    /// The newest deliveries, for operators.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn deliveries(&self, limit: u32) -> Result<Vec<DeliveryRow>, StoreError> {
        self.deliveries_in(&DeliveryState::ALL, limit).await
    }

    /// The newest deliveries in one of these states.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn deliveries_in(
        &self,
        states: &[DeliveryState],
        limit: u32,
    ) -> Result<Vec<DeliveryRow>, StoreError> {
        let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
        self.run(async move |db| {
            let query = delivery::table
                .left_join(subscriber::table.on(subscriber::id.eq(delivery::subscriber_id)))
                .filter(delivery::state.eq_any(states))
                .order((delivery::created_at.desc(), delivery::id))
                .limit(limit.into())
                .select((
                    (delivery::id, delivery::kind, delivery::channel, delivery::incident),
                    (delivery::state, delivery::attempt, delivery::due_at),
                    (delivery::created_at, delivery::sent_at, delivery::last_error),
                    (subscriber::channel, subscriber::address).nullable(),
                ));
            let mut conn = db.get(PoolRole::Read).await?;
            let rows: Vec<DepthByQueue> = on_db!(&mut conn, c => query.load(c).await)?;
            Ok(rows.into_iter().map(shown).collect())
        })
        .await
    }
}

type DepthByQueue = (
    (String, String, String, Option<i64>),
    (String, i32, Option<i64>),
    (i64, Option<i64>, Option<String>),
    Option<(String, String)>,
);

/// As much of it as can be read: what can't is what operators look for.
fn shown(row: DepthByQueue) -> DeliveryRow {
    let (
        (id, kind, channel, incident),
        (state, attempt, due_at),
        (created_at, sent_at, last_error),
        address,
    ) = row;
    let time = |micros| row::time(micros).unwrap_or(Timestamp::UNIX_EPOCH);
    DeliveryRow {
        id: row::uuid(&id).unwrap_or_default(),
        kind,
        channel,
        incident: incident.and_then(|number| row::incident(number).ok()),
        address: address.and_then(|(channel, address)| Address::parse(&channel, &address).ok()),
        state: DeliveryState::read(&state),
        attempts: u32::try_from(attempt).unwrap_or_default(),
        created_at: time(created_at),
        next_attempt_at: time(due_at.unwrap_or(created_at)),
        sent_at: sent_at.map(time),
        last_error,
    }
}

/// Rows of one queue, lane and state: how many, and the earliest due time.
type DepthRow = (String, i32, String, i64, Option<i64>);

async fn depths(
    conn: &mut PooledConnection,
    queues: &[String],
) -> Result<Vec<QueueDepth>, StoreError> {
    let now = conn.now().await?.as_microsecond();
    let owed = delivery::table.filter(delivery::queue.eq_any(queues)).group_by((
        delivery::queue,
        delivery::lane,
        delivery::state,
    ));
    let group = (
        delivery::queue,
        delivery::lane,
        delivery::state,
        dsl::count_star(),
        dsl::min(delivery::due_at),
    );
    let due = owed.clone().filter(delivery::due_at.le(now)).select(group);
    let due: Vec<DepthRow> = on_db!(&mut *conn, c => due.load(c).await)?;
    let later = owed.clone().filter(delivery::due_at.gt(now)).select(group);
    let later: Vec<DepthRow> = on_db!(&mut *conn, c => later.load(c).await)?;
    let dead = owed.filter(delivery::state.eq("dead")).select(group);
    let dead: Vec<DepthRow> = on_db!(&mut *conn, c => dead.load(c).await)?;
    let unexpanded = expand::unexpanded(conn).await?;
    let unlooked = chat::behind(conn).await?;

    let of = |queue: &str, groups: &[DepthRow], state: Option<&str>| {
        let mut number = 0;
        let mut first: Option<i64> = None;
        for (_, _, _, rows, at) in groups
            .iter()
            .filter(|group| group.0 == queue && state.is_none_or(|state| group.2 == state))
        {
            number += count(*rows);
            first = first.into_iter().chain(*at).min();
        }
        (number, first)
    };
    let span =
        |from: i64, to: i64| Duration::from_micros(u64::try_from(to - from).unwrap_or_default());
    queues
        .iter()
        .map(|queue| {
            let slow = due.iter().filter(|group| group.0 == *queue && group.1 == SLOW_LANE);
            let due_slow = slow.map(|group| count(group.3)).sum();
            let (mut due, mut oldest) = of(queue, &due, None);
            for waiting in unexpanded.iter().filter(|waiting| waiting.queue == *queue) {
                due += count(waiting.owed);
                oldest = oldest.into_iter().chain(waiting.since).min();
            }
            if let (CHAT, Some((threads, since))) = (queue.as_str(), unlooked) {
                due += threads;
                oldest = oldest.into_iter().chain([since]).min();
            }
            let (_, next) = of(queue, &later, None);
            Ok(QueueDepth {
                due,
                due_slow,
                delayed: of(queue, &later, Some("waiting")).0,
                running: of(queue, &later, Some("sending")).0,
                dead: of(queue, &dead, None).0,
                oldest_due_at: oldest.map(row::time).transpose()?,
                oldest_due_age: oldest.map_or(Duration::ZERO, |at| span(at, now)),
                next_at: next.map(row::time).transpose()?,
                next_in: next.map(|at| span(now, at)),
            })
        })
        .collect()
}

/// Whether a delivery of this lane of `queue` may be claimed now.
pub(super) async fn anything_due(
    conn: &mut PooledConnection,
    queue: &str,
    lane: i32,
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
    let due: Vec<Option<i64>> = on_db!(&mut *conn, c => query.load(c).await)?;
    Ok(!due.is_empty())
}
