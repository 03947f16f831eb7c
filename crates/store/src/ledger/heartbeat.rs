//! Who works: heartbeats, by the database's clock.

use diesel::{
    ExpressionMethods, QueryDsl, QueryableByName,
    sql_types::{BigInt, Integer, Text},
};
use diesel_async::RunQueryDsl;

use crate::{
    Store, StoreError,
    db::{PoolRole, on_db},
    row::count,
    schema::worker,
};

/// A worker counts for so long after its last beat, in microseconds: two beats may be lost.
const ALIVE: i64 = 15 * 1_000_000;
/// A worker that was not heard of for so long is forgotten, in microseconds.
const FORGOTTEN: i64 = 60 * 60 * 1_000_000;

/// The workers that live, of one queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerCount {
    /// The queue.
    pub queue: String,
    /// How many processes work on it.
    pub workers: u64,
    /// How many deliveries they send at the same time, together.
    pub slots: u64,
}

#[derive(QueryableByName)]
struct LiveWorker {
    #[diesel(sql_type = Text)]
    queue: String,
    #[diesel(sql_type = BigInt)]
    workers: i64,
    #[diesel(sql_type = BigInt)]
    slots: i64,
}

impl Store {
    /// Says that `worker` lives and works on these queues, with so many slots each. Forgets the long dead.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn beat(&self, worker: &str, queues: &[(&str, u32)]) -> Result<(), StoreError> {
        let id = worker.to_owned();
        let queues: Vec<(String, i32)> = queues
            .iter()
            .map(|(queue, slots)| ((*queue).to_owned(), i32::try_from(*slots).unwrap_or(i32::MAX)))
            .collect();
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let beat = async {
                let now = conn.now().await?.as_microsecond();
                let names: Vec<_> = queues.iter().map(|(queue, _)| queue.clone()).collect();
                let left = worker::table.filter(worker::id.eq(&id)).filter(worker::queue.ne_all(names));
                on_db!(&mut conn, c => diesel::delete(left).execute(c).await)?;
                let dead = worker::table.filter(worker::seen_at.lt(now - FORGOTTEN));
                on_db!(&mut conn, c => diesel::delete(dead).execute(c).await)?;
                for (queue, slots) in queues {
                    let beat = diesel::sql_query(
                        "INSERT INTO worker (id, queue, slots, seen_at) VALUES ($1, $2, $3, $4) \
                         ON CONFLICT (id, queue) DO UPDATE SET slots = excluded.slots, seen_at = excluded.seen_at",
                    )
                    .bind::<Text, _>(&id)
                    .bind::<Text, _>(queue)
                    .bind::<Integer, _>(slots)
                    .bind::<BigInt, _>(now);
                    on_db!(&mut conn, c => beat.execute(c).await)?;
                }
                Ok(())
            }
            .await;
            conn.end(beat).await
        })
        .await
    }

    /// Says that `worker` works no longer.
    ///
    /// # Errors
    /// The database can't be reached: it stops counting by itself.
    pub async fn depart(&self, worker: &str) -> Result<(), StoreError> {
        let id = worker.to_owned();
        self.run(async move |db| {
            let gone = worker::table.filter(worker::id.eq(id));
            let mut conn = db.get(PoolRole::Write).await?;
            on_db!(&mut conn, c => diesel::delete(gone).execute(c).await)?;
            Ok(())
        })
        .await
    }

    /// The workers that live, by queue; a queue on which nobody works isn't there.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn workers(&self) -> Result<Vec<WorkerCount>, StoreError> {
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let alive = diesel::sql_query(format!(
                "SELECT queue, count(*) AS workers, CAST(sum(slots) AS BIGINT) AS slots FROM worker \
                 WHERE seen_at > {} - {ALIVE} GROUP BY queue ORDER BY queue",
                conn.clock()
            ));
            let alive: Vec<LiveWorker> = on_db!(&mut conn, c => alive.load(c).await)?;
            Ok(alive
                .into_iter()
                .map(|LiveWorker { queue, workers, slots }| WorkerCount {
                    queue,
                    workers: count(workers),
                    slots: count(slots),
                })
                .collect())
        })
        .await
    }
}
