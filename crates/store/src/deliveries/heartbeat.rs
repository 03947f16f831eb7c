//! Heartbeats: which workers are alive, by the database's clock.

use diesel::{
    ExpressionMethods, QueryDsl, QueryableByName,
    sql_types::{BigInt, Integer, Text},
};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;

use crate::{
    db::on_db, error::StoreError, handle::Store, queue::Queue, row::count, schema::worker,
};

/// How long a worker counts after its last beat, in microseconds. Two beats may be lost.
const LIVE_MICROS: i64 = 15 * 1_000_000;
/// When the row of a dead worker is removed, in microseconds after its last beat.
const FORGET_MICROS: i64 = 60 * 60 * 1_000_000;

/// The live workers of one queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerCount {
    /// The queue.
    pub queue: Queue,
    /// The number of processes.
    pub workers: u64,
    /// The number of their concurrent sends.
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
    /// Records that `worker` is alive and works on these queues, with this many slots each. Removes the long dead.
    pub async fn beat(&self, worker: &str, queues: &[(Queue, u32)]) -> Result<(), StoreError> {
        let id = worker.to_owned();
        let queues = queues.to_vec();
        self.transaction("record a heartbeat", move |conn| {
            async move {
                let now = conn.now().await?.as_microsecond();
                let names: Vec<_> = queues.iter().map(|(queue, _)| *queue).collect();
                let left =
                    worker::table.filter(worker::id.eq(&id)).filter(worker::queue.ne_all(names));
                on_db!(conn, c => diesel::delete(left).execute(c).await)?;
                let dead = worker::table.filter(worker::seen_at.lt(now - FORGET_MICROS));
                on_db!(conn, c => diesel::delete(dead).execute(c).await)?;
                for (queue, slots) in queues {
                    let beat = diesel::sql_query(
                        "INSERT INTO worker (id, queue, slots, seen_at) VALUES ($1, $2, $3, $4) \
                         ON CONFLICT (id, queue) DO UPDATE SET slots = excluded.slots, seen_at = excluded.seen_at",
                    )
                    .bind::<Text, _>(&id)
                    .bind::<Text, _>(queue)
                    .bind::<Integer, _>(i32::try_from(slots).unwrap_or(i32::MAX))
                    .bind::<BigInt, _>(now);
                    on_db!(conn, c => beat.execute(c).await)?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Records that `worker` has stopped. If that fails it stops counting by itself.
    pub async fn remove_worker(&self, worker: &str) -> Result<(), StoreError> {
        let rows = worker::table.filter(worker::id.eq(worker.to_owned()));
        self.transaction("remove a worker", move |conn| {
            async move {
                on_db!(conn, c => diesel::delete(rows).execute(c).await)?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// The live workers by queue. A queue without workers is missing.
    pub async fn workers(&self) -> Result<Vec<WorkerCount>, StoreError> {
        self.read("count the workers", async move |mut conn| {
            let live = diesel::sql_query(format!(
                "SELECT queue, count(*) AS workers, CAST(sum(slots) AS BIGINT) AS slots FROM worker \
                 WHERE seen_at > {} - {LIVE_MICROS} GROUP BY queue ORDER BY queue",
                conn.clock()
            ));
            let live: Vec<LiveWorker> = on_db!(conn, c => live.load(c).await)?;
            // A newer version may have other queues.
            let known = live.into_iter().filter_map(|LiveWorker { queue, workers, slots }| {
                let queue = Queue::parse(&queue)?;
                Some(WorkerCount { queue, workers: count(workers), slots: count(slots) })
            });
            Ok(known.collect())
        })
        .await
    }
}
