//! Row counts for metrics, cheap enough to be read every few seconds.

use std::time::{Duration, Instant};

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryableByName,
    dsl::{count_star, min},
    sql_types::BigInt,
};
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};

use crate::{
    db::{Db, PooledConnection, on_db},
    deliveries,
    error::StoreError,
    handle::{Store, lock},
    migrate,
    row::{count, int},
    schema::{event, log_head, operator, outbox, subscriber},
    shared::TableSizes,
    states::{OutboxState, SubscriberState},
};

/// A table with more rows than this is counted rarely; PostgreSQL gives an estimate.
const EXACT_COUNT_LIMIT: u64 = 10_000;
/// How often such a table is counted.
const RECOUNT_INTERVAL: Duration = Duration::from_secs(10 * 60);

/// Row counts at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCounts {
    /// The moment, by the database's clock.
    pub now: Timestamp,
    /// Events in the log.
    pub events: u64,
    /// Events that [`Store::snapshot`] doesn't show yet.
    pub lag_events: u64,
    /// How old the oldest of them is; zero if there are none.
    pub lag: Duration,
    /// Subscribers, by channel and state; those of whom there are none are missing.
    pub subscribers: Vec<SubscriberCount>,
    /// Deliveries ever made and not purged; where there are many, estimated by PostgreSQL, or of the last ten minutes.
    pub deliveries: u64,
    /// Outbox entries ever made.
    pub outbox_entries: u64,
    /// Operators.
    pub operators: u64,
    /// Outbox entries that wait to be expanded.
    pub outbox_pending: u64,
    /// How old the oldest of them is; zero if there are none.
    pub outbox_oldest_age: Duration,
    /// Outbox entries that were set aside, because this version can't read them.
    pub unreadable_entries: u64,
    /// Deliveries that were set aside, because this version can't read them or their recipient.
    pub unreadable_deliveries: u64,
    /// Migrations that this version has and the database hasn't.
    pub migrations_pending: u64,
}

/// How many subscribers there are of one channel, in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriberCount {
    /// The channel: `mail`, `webhook`, …
    pub channel: String,
    /// The state.
    pub state: SubscriberState,
    /// How many.
    pub number: u64,
}

/// The connections of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolStatus {
    /// Which pool: `log` and `main` of PostgreSQL, `writer` and `readers` of SQLite.
    pub name: &'static str,
    /// Open, and free to be used.
    pub idle: usize,
    /// In use.
    pub used: usize,
    /// How many there may be.
    pub max: usize,
}

/// The two kinds of pool share no trait that says this.
macro_rules! status {
    ($name:literal, $pool:expr) => {{
        let status = $pool.status();
        PoolStatus {
            name: $name,
            idle: status.available,
            used: status.size.saturating_sub(status.available),
            max: status.max_size,
        }
    }};
}

impl Store {
    /// Row counts, and how far this process is behind the log.
    pub async fn counts(&self) -> Result<LogCounts, StoreError> {
        let shown = self.snapshot().borrow().board.as_ref().map_or(0, |board| board.seq);
        let shared = self.inner.shared.clone();
        self.read("count the rows", async move |mut conn| {
            counts(&mut conn, shown, &shared.sizes).await
        })
        .await
    }

    /// The connections of this process, by pool. Doesn't ask the database.
    #[must_use]
    pub fn pools(&self) -> [PoolStatus; 2] {
        match &self.inner.shared.db {
            Db::Pg { log, pool, .. } => [status!("log", log), status!("main", pool)],
            Db::Sqlite { writer, readers, .. } => {
                [status!("writer", writer), status!("readers", readers)]
            }
        }
    }
}

async fn counts(
    conn: &mut PooledConnection,
    shown: u64,
    sizes: &TableSizes,
) -> Result<LogCounts, StoreError> {
    let now = conn.now().await?;
    let age = |micros: Option<i64>| {
        let since = micros.map(Timestamp::from_microsecond).transpose().ok().flatten();
        let age = since.map_or(SignedDuration::ZERO, |since| now.duration_since(since));
        Duration::try_from(age).unwrap_or_default()
    };
    let head = log_head::table.select(log_head::seq);
    let head: i64 = on_db!(conn, c => head.first(c).await.optional())?.unwrap_or_default();
    let events = count(head);
    let lag_events = events.saturating_sub(shown);
    let behind = match lag_events {
        0 => None,
        _ => {
            let next = event::table.find(int(shown.saturating_add(1))).select(event::recorded_at);
            on_db!(conn, c => next.first(c).await.optional())?
        }
    };
    let by_channel = subscriber::table.group_by((subscriber::channel, subscriber::state)).select((
        subscriber::channel,
        subscriber::state,
        count_star(),
    ));
    let by_channel: Vec<(String, SubscriberState, i64)> =
        on_db!(conn, c => by_channel.load(c).await)?;
    let subscribers = by_channel
        .into_iter()
        .map(|(channel, state, number)| SubscriberCount { channel, state, number: count(number) })
        .collect();
    let waiting = outbox::table
        .filter(outbox::state.eq(OutboxState::Waiting))
        .select((count_star(), min(outbox::created_at)));
    let (outbox_pending, oldest): (i64, Option<i64>) = on_db!(conn, c => waiting.first(c).await)?;
    let (unreadable_entries, unreadable_deliveries) = deliveries::count_unreadable(conn).await?;
    let operators: i64 = on_db!(conn, c => operator::table.count().get_result(c).await)?;
    Ok(LogCounts {
        now,
        events,
        lag_events,
        lag: age(behind),
        subscribers,
        deliveries: rows_of(conn, "delivery", sizes).await?,
        outbox_entries: rows_of(conn, "outbox", sizes).await?,
        operators: count(operators),
        outbox_pending: count(outbox_pending),
        outbox_oldest_age: age(oldest),
        unreadable_entries,
        unreadable_deliveries,
        migrations_pending: u64::try_from(migrate::missing(conn).await?.len()).unwrap_or(u64::MAX),
    })
}

/// The number of rows of a table: counted, or for a big one PostgreSQL's estimate, or what was counted some minutes ago.
async fn rows_of(
    conn: &mut PooledConnection,
    table: &'static str,
    sizes: &TableSizes,
) -> Result<u64, StoreError> {
    #[derive(QueryableByName)]
    struct RowCounts {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let known = lock(sizes).get(table).copied();
    if let Some((counted, rows)) = known
        && rows > EXACT_COUNT_LIMIT
        && counted.elapsed() < RECOUNT_INTERVAL
    {
        return Ok(rows);
    }
    let sql = match conn {
        PooledConnection::Pg(_) => format!(
            "SELECT CASE WHEN reltuples > {EXACT_COUNT_LIMIT} THEN reltuples::bigint ELSE (SELECT count(*) FROM {table}) END \
             AS number FROM pg_class WHERE oid = '{table}'::regclass"
        ),
        PooledConnection::Sqlite(_) => format!("SELECT count(*) AS number FROM {table}"),
    };
    let rows: RowCounts = on_db!(conn, c => diesel::sql_query(&sql).get_result(c).await)?;
    let rows = count(rows.number);
    let counted = (Instant::now(), rows);
    lock(sizes).insert(table, counted);
    Ok(rows)
}
