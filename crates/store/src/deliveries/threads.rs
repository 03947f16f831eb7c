//! Deliveries to chat channels: one per thread, due whenever the log has something new about its incident.

use std::collections::BTreeMap;

use candor_core::IncidentNumber;
use diesel::{
    AggregateExpressionMethods as _, ExpressionMethods, OptionalExtension, QueryDsl, dsl,
};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use jiff::Timestamp;
use metrics::counter;
use uuid::Uuid;

use super::NewDelivery;
use crate::{
    db::{PoolRole, PooledConnection, on_db},
    error::StoreError,
    handle::{Store, transaction},
    import,
    queue::Queue,
    row,
    schema::{chat_channel, delivery, event},
    states::{ChatChannelState, DeliveryKind, DeliveryState, Lane},
};

/// Events looked at in one transaction.
const PAGE_SIZE: i64 = 1_000;
/// Further alerts change a message at most this often, in microseconds.
const ALERT_INTERVAL_MICROS: i64 = 10 * 1_000_000;
/// Events that are frequent and can wait.
const LOW_PRIORITY_EVENTS: [&str; 2] = ["alert-raised", "alert-updated"];
/// The namespace of the deliveries' ids.
const THREADS: Uuid = Uuid::from_u128(0x6d0c_5b1e_54a4_4f0f_9a52_1f0c_7e3b_9d21);

impl Store {
    /// Makes the threads due that have new events since their channels' cursors; returns how many.
    pub async fn expand_chat(&self) -> Result<u64, StoreError> {
        self.run("expand chat", async move |db| {
            // Most of the time nothing is new. Reading first keeps that answer from waiting for writers.
            let mut conn = db.get(PoolRole::Read).await?;
            if backlog(&mut conn).await?.is_none() {
                return Ok(0);
            }
            drop(conn);
            let mut total = 0;
            loop {
                let expanded = transaction(&db, |conn| {
                    async move {
                        let (threads, left) = expand(conn).await?;
                        if threads > 0 {
                            conn.notify().await?;
                        }
                        Ok((threads, left))
                    }
                    .boxed()
                });
                let (threads, left) = expanded.await?;
                let (queue, job) = (Queue::Chat.as_str(), DeliveryKind::Thread.as_str());
                counter!("candor_jobs_enqueued_total", "queue" => queue, "job" => job)
                    .increment(threads);
                total += threads;
                if !left {
                    return Ok(total);
                }
            }
        })
        .await
    }

    /// Makes the incident's thread due in every chat channel although the log has nothing new: the clock has brought up
    /// a question.
    pub async fn enqueue_thread(&self, incident: IncidentNumber) -> Result<(), StoreError> {
        let incident = i64::from(incident.get());
        let enqueued = self.transaction("enqueue a thread", move |conn| {
            async move {
                let last =
                    event::table.filter(event::incident.eq(incident)).select(dsl::max(event::seq));
                let last: Option<i64> = on_db!(conn, c => last.get_result(c).await)?;
                for (channel, _cursor) in lock_active(conn).await? {
                    enqueue(conn, &channel, incident, last.unwrap_or_default(), true).await?;
                }
                conn.notify().await?;
                Ok(())
            }
            .boxed()
        });
        enqueued.await?;
        self.inner.shared.notify_work();
        Ok(())
    }

    /// Makes the channel's threads that wait for another attempt due at once: the other side is back.
    pub async fn retry_threads(&self, channel: &str) -> Result<(), StoreError> {
        let channel = channel.to_owned();
        let retried = self.transaction("retry threads", move |conn| {
            async move {
                let now = conn.now().await?.as_microsecond();
                let waiting = delivery::table
                    .filter(delivery::recipient.eq(channel))
                    .filter(delivery::kind.eq(DeliveryKind::Thread))
                    .filter(delivery::state.eq(DeliveryState::Waiting))
                    .filter(delivery::attempt.gt(0))
                    .filter(delivery::due_at.gt(now));
                let due = delivery::due_at.eq(now);
                Ok(on_db!(conn, c => diesel::update(waiting).set(due).execute(c).await)?)
            }
            .boxed()
        });
        if retried.await? > 0 {
            self.inner.shared.notify_work();
        }
        Ok(())
    }
}

/// Names and cursors of the active channels. Their locked rows make one worker expand at a time.
async fn lock_active(conn: &mut PooledConnection) -> Result<Vec<(String, i64)>, StoreError> {
    let query = chat_channel::table
        .filter(chat_channel::state.eq(ChatChannelState::Active))
        .order(chat_channel::name)
        .select((chat_channel::name, chat_channel::cursor));
    Ok(match conn {
        PooledConnection::Pg(c) => query.for_update().load(&mut **c).await?,
        PooledConnection::Sqlite(c) => query.load(&mut **c).await?,
    })
}

/// How many threads have events that were not processed yet, and since when; none if there are none.
///
/// Called for every commit, so each channel's cursor is looked up first: a join with the log would be planned by
/// statistics that a new database doesn't have, and would read the whole log.
pub(super) async fn backlog(conn: &mut PooledConnection) -> Result<Option<(u64, i64)>, StoreError> {
    let cursors = chat_channel::table
        .filter(chat_channel::state.eq(ChatChannelState::Active))
        .select(chat_channel::cursor);
    let cursors: Vec<i64> = on_db!(conn, c => cursors.load(c).await)?;
    let (mut threads, mut since) = (0, None);
    for cursor in cursors {
        let new = event::table.filter(event::seq.gt(cursor));
        let query = new.order(event::seq).select(event::recorded_at);
        let first: Option<i64> = on_db!(conn, c => query.first(c).await.optional())?;
        let Some(first) = first else { continue };
        let query = new.select(dsl::count(event::incident).aggregate_distinct());
        let incidents: i64 = on_db!(conn, c => query.get_result(c).await)?;
        threads += row::count(incidents);
        since = Some(since.map_or(first, |since: i64| since.min(first)));
    }
    Ok(since.map(|since| (threads, since)))
}

/// Looks at the next events for each channel; returns how many threads became due, and whether events are left.
async fn expand(conn: &mut PooledConnection) -> Result<(u64, bool), StoreError> {
    let (mut total, mut left) = (0, false);
    for (channel, cursor) in lock_active(conn).await? {
        let query = event::table
            .filter(event::seq.gt(cursor))
            .order(event::seq)
            .limit(PAGE_SIZE)
            .select((event::seq, event::incident, event::type_name, event::source));
        let events: Vec<(i64, Option<i64>, String, String)> =
            on_db!(conn, c => query.load(c).await)?;
        let Some((last, ..)) = events.last() else { continue };
        let last = *last;
        left |= i64::try_from(events.len()).unwrap_or(PAGE_SIZE) == PAGE_SIZE;
        let mut threads: BTreeMap<i64, (i64, bool)> = BTreeMap::new();
        for (seq, incident, kind, source) in events {
            // The team needs no notes about imported history.
            if let Some(incident) = incident.filter(|_| source != import::SOURCE) {
                let (latest, at_once) = threads.entry(incident).or_default();
                *latest = seq;
                *at_once |= !LOW_PRIORITY_EVENTS.contains(&kind.as_str());
            }
        }
        for (incident, (seq, at_once)) in threads {
            enqueue(conn, &channel, incident, seq, at_once).await?;
            total += 1;
        }
        let row = chat_channel::table.find(&channel);
        let moved = chat_channel::cursor.eq(last);
        on_db!(conn, c => diesel::update(row).set(moved).execute(c).await)?;
    }
    Ok((total, left))
}

/// Makes the delivery of this thread due: at once, or late enough that alerts don't change the message all the time.
pub(crate) async fn enqueue(
    conn: &mut PooledConnection,
    channel: &str,
    incident: i64,
    seq: i64,
    at_once: bool,
) -> Result<(), StoreError> {
    let id = Uuid::new_v5(&THREADS, format!("{channel}/{incident}").as_bytes()).to_string();
    let now = conn.now().await?.as_microsecond();
    let known =
        delivery::table.find(&id).select((delivery::state, delivery::due_at, delivery::sent_at));
    // Locked, because a worker may finish it at this moment, and the new events would then never be due.
    let known: Option<(DeliveryState, Option<i64>, Option<i64>)> = match conn {
        PooledConnection::Pg(c) => known.for_update().first(&mut **c).await.optional()?,
        PooledConnection::Sqlite(c) => known.first(&mut **c).await.optional()?,
    };
    let Some((state, due_at, sent_at)) = known else {
        let new = NewDelivery {
            id,
            seq: Some(seq),
            outbox_id: None,
            kind: DeliveryKind::Thread,
            channel: Queue::Chat,
            queue: Queue::Chat,
            // A new incident goes before the notes of older ones.
            lane: Lane::Fast,
            recipient: channel.to_owned(),
            incident: Some(incident),
            state: DeliveryState::Waiting,
            due_at: Some(now),
            created_at: now,
            traceparent: None,
        };
        on_db!(conn, c => diesel::insert_into(delivery::table).values(new).execute(c).await)?;
        return Ok(());
    };
    let thread = delivery::table.find(id);
    let wanted = delivery::seq.eq(seq);
    if state == DeliveryState::Sending {
        // The worker that finishes it sees that there is more.
        on_db!(conn, c => diesel::update(thread).set(wanted).execute(c).await)?;
        return Ok(());
    }
    let due = match sent_at {
        Some(sent_at) if !at_once => now.max(sent_at + ALERT_INTERVAL_MICROS),
        _ => now,
    };
    if state == DeliveryState::Waiting {
        let sooner = delivery::due_at.eq(due_at.map_or(due, |known| known.min(due)));
        on_db!(conn, c => diesel::update(thread).set((wanted, sooner)).execute(c).await)?;
    } else {
        let reset = (
            delivery::state.eq(DeliveryState::Waiting),
            delivery::due_at.eq(due),
            delivery::attempt.eq(0),
            delivery::first_attempt_at.eq(None::<i64>),
            delivery::created_at.eq(now),
        );
        on_db!(conn, c => diesel::update(thread).set((wanted, reset)).execute(c).await)?;
    }
    Ok(())
}

/// When a thread that was brought up to the event `done` is due again; none if nothing has happened since.
pub(super) async fn due_again(
    conn: &mut PooledConnection,
    delivery: &str,
    done: i64,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let wanted = delivery::table.find(delivery).select((delivery::seq, delivery::incident));
    let wanted: Option<(Option<i64>, Option<i64>)> =
        on_db!(conn, c => wanted.first(c).await.optional())?;
    let Some((Some(wanted), Some(incident))) = wanted.filter(|wanted| wanted.0 > Some(done)) else {
        return Ok(None);
    };
    let urgent = event::table
        .filter(event::incident.eq(incident))
        .filter(event::seq.gt(done))
        .filter(event::seq.le(wanted))
        .filter(event::type_name.ne_all(LOW_PRIORITY_EVENTS))
        .select(event::seq)
        .limit(1);
    let urgent: Vec<i64> = on_db!(conn, c => urgent.load(c).await)?;
    let now = now.as_microsecond();
    Ok(Some(if urgent.is_empty() { now + ALERT_INTERVAL_MICROS } else { now }))
}
