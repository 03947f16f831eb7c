//! What is owed to rooms: the threads of the incidents that something has happened to, each one delivery.

use std::collections::BTreeMap;

use candor_core::IncidentNumber;
use diesel::{
    AggregateExpressionMethods as _, ExpressionMethods, OptionalExtension, QueryDsl, dsl,
};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use metrics::counter;
use uuid::Uuid;

use super::{CHAT, THREAD};
use crate::{
    Store, StoreError,
    db::{PoolRole, PooledConnection, on_db},
    import,
    ledger::{FAST_LANE, NewDelivery},
    row,
    schema::{chat_room, delivery, event},
};

/// Events that are looked at in one transaction.
const PAGE: i64 = 1_000;
/// Further alerts change a message at most so often, in microseconds.
const ALERTS_PAUSE: i64 = 10 * 1_000_000;
/// What happens often and can wait.
const PATIENT: [&str; 2] = ["alert-raised", "alert-updated"];
/// The namespace of the deliveries' ids.
const THREADS: Uuid = Uuid::from_u128(0x6d0c_5b1e_54a4_4f0f_9a52_1f0c_7e3b_9d21);

impl Store {
    /// Makes due what the log says since the rooms' cursors; how many threads have to be looked at.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn expand_rooms(&self) -> Result<u64, StoreError> {
        self.run(async move |db| {
            // Nothing is new, most of the time, and the writers needn't wait for that answer.
            let mut conn = db.get(PoolRole::Read).await?;
            if behind(&mut conn).await?.is_none() {
                return Ok(0);
            }
            drop(conn);
            let mut made = 0;
            loop {
                let mut conn = db.begin(PoolRole::Write).await?;
                let expanded = async {
                    let (owed, left) = expand(&mut conn).await?;
                    if owed > 0 {
                        conn.notify().await?;
                    }
                    Ok((owed, left))
                }
                .await;
                let (owed, left) = conn.end(expanded).await?;
                counter!("candor_jobs_enqueued_total", "queue" => CHAT, "job" => THREAD)
                    .increment(owed);
                made += owed;
                if !left {
                    return Ok(made);
                }
            }
        })
        .await
    }

    /// Lets the incident's thread be looked at in every room, although nothing stands in the log: the clock has
    /// brought up a question.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn owe_thread(&self, incident: IncidentNumber) -> Result<(), StoreError> {
        let incident = i64::from(incident.get());
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let owed = async {
                let last =
                    event::table.filter(event::incident.eq(incident)).select(dsl::max(event::seq));
                let last: Option<i64> = on_db!(&mut conn, c => last.get_result(c).await)?;
                for room in active(&mut conn).await? {
                    owe(&mut conn, &room.name, incident, last.unwrap_or_default(), true).await?;
                }
                conn.notify().await?;
                Ok(())
            }
            .await;
            conn.end(owed).await
        })
        .await?;
        self.inner.shared.ring();
        Ok(())
    }

    /// Lets the threads of the room that wait for another try be tried at once: the other side is there again.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn retry_threads(&self, room: &str) -> Result<(), StoreError> {
        let room = room.to_owned();
        let retried = self
            .run(async move |db| {
                let mut conn = db.begin(PoolRole::Write).await?;
                let retried = async {
                    let now = conn.now().await?.as_microsecond();
                    let waiting = delivery::table
                        .filter(delivery::subscriber_id.eq(room))
                        .filter(delivery::kind.eq(THREAD))
                        .filter(delivery::state.eq("waiting"))
                        .filter(delivery::attempt.gt(0))
                        .filter(delivery::due_at.gt(now));
                    let due = delivery::due_at.eq(now);
                    Ok(on_db!(&mut conn, c => diesel::update(waiting).set(due).execute(c).await)?)
                }
                .await;
                conn.end(retried).await
            })
            .await?;
        if retried > 0 {
            self.inner.shared.ring();
        }
        Ok(())
    }
}

/// A room that is told, and up to where.
struct ActiveRoom {
    name: String,
    cursor: i64,
}

async fn active(conn: &mut PooledConnection) -> Result<Vec<ActiveRoom>, StoreError> {
    let query = chat_room::table
        .filter(chat_room::state.eq("active"))
        .order(chat_room::name)
        .select((chat_room::name, chat_room::cursor));
    // Their rows are the lock of the expansion.
    let rows: Vec<(String, i64)> = match conn {
        PooledConnection::Pg(c) => query.for_update().load(&mut **c).await?,
        PooledConnection::Sqlite(c) => query.load(&mut **c).await?,
    };
    Ok(rows.into_iter().map(|(name, cursor)| ActiveRoom { name, cursor }).collect())
}

/// How many threads events have not been looked at for yet, and since when; none if there are no such events.
///
/// It is asked for every commit, so each room's cursor is looked up first: a join with the log is planned by statistics
/// that a new database doesn't have, and reads the whole log then.
pub(crate) async fn behind(conn: &mut PooledConnection) -> Result<Option<(u64, i64)>, StoreError> {
    let cursors = chat_room::table.filter(chat_room::state.eq("active")).select(chat_room::cursor);
    let cursors: Vec<i64> = on_db!(&mut *conn, c => cursors.load(c).await)?;
    let (mut threads, mut since) = (0, None);
    for cursor in cursors {
        let new = event::table.filter(event::seq.gt(cursor));
        let query = new.order(event::seq).select(event::recorded_at);
        let first: Option<i64> = on_db!(&mut *conn, c => query.first(c).await.optional())?;
        let Some(first) = first else { continue };
        let query = new.select(dsl::count(event::incident).aggregate_distinct());
        let incidents: i64 = on_db!(&mut *conn, c => query.get_result(c).await)?;
        threads += row::count(incidents);
        since = Some(since.map_or(first, |since: i64| since.min(first)));
    }
    Ok(since.map(|since| (threads, since)))
}

/// Looks at the next events for each room; how many threads have to be looked at, and whether events are left.
async fn expand(conn: &mut PooledConnection) -> Result<(u64, bool), StoreError> {
    let (mut owed, mut left) = (0, false);
    for room in active(conn).await? {
        let query = event::table
            .filter(event::seq.gt(room.cursor))
            .order(event::seq)
            .limit(PAGE)
            .select((event::seq, event::incident, event::type_name, event::source));
        let events: Vec<(i64, Option<i64>, String, String)> =
            on_db!(&mut *conn, c => query.load(c).await)?;
        let Some((last, ..)) = events.last() else { continue };
        let last = *last;
        left |= i64::try_from(events.len()).unwrap_or(PAGE) == PAGE;
        let mut threads: BTreeMap<i64, (i64, bool)> = BTreeMap::new();
        for (seq, incident, kind, source) in events {
            // What another page told before is no news to the team.
            if let Some(incident) = incident.filter(|_| source != import::SOURCE) {
                let thread = threads.entry(incident).or_default();
                *thread = (seq, thread.1 || !PATIENT.contains(&kind.as_str()));
            }
        }
        for (incident, (seq, now)) in threads {
            owe(conn, &room.name, incident, seq, now).await?;
            owed += 1;
        }
        let moved = chat_room::cursor.eq(last);
        let room = chat_room::table.find(&room.name);
        on_db!(&mut *conn, c => diesel::update(room).set(moved).execute(c).await)?;
    }
    Ok((owed, left))
}

/// Makes the one delivery of this thread due: at once, or so that further alerts don't change the message all the time.
pub(super) async fn owe(
    conn: &mut PooledConnection,
    room: &str,
    incident: i64,
    seq: i64,
    at_once: bool,
) -> Result<(), StoreError> {
    let id = Uuid::new_v5(&THREADS, format!("{room}/{incident}").as_bytes()).to_string();
    let now = conn.now().await?.as_microsecond();
    let known =
        delivery::table.find(&id).select((delivery::state, delivery::due_at, delivery::sent_at));
    // Locked, because whoever has it in hand may end at this moment: it would be owed, and due never.
    let known: Option<(String, Option<i64>, Option<i64>)> = match conn {
        PooledConnection::Pg(c) => known.for_update().first(&mut **c).await.optional()?,
        PooledConnection::Sqlite(c) => known.first(&mut **c).await.optional()?,
    };
    let Some((state, due_at, sent_at)) = known else {
        let new = NewDelivery {
            id,
            seq: Some(seq),
            follow_up_id: None,
            kind: THREAD,
            channel: CHAT,
            queue: CHAT,
            // A new incident goes before the notes of older ones.
            lane: FAST_LANE,
            subscriber_id: room.to_owned(),
            incident: Some(incident),
            state: "waiting",
            due_at: Some(now),
            created_at: now,
            traceparent: None,
        };
        on_db!(&mut *conn, c => diesel::insert_into(delivery::table).values(new).execute(c).await)?;
        return Ok(());
    };
    let thread = delivery::table.find(id);
    let wanted = delivery::seq.eq(seq);
    if state == "sending" {
        // Whoever has it in hand sees at the end that there is more.
        on_db!(&mut *conn, c => diesel::update(thread).set(wanted).execute(c).await)?;
        return Ok(());
    }
    let due = match sent_at {
        Some(sent_at) if !at_once => now.max(sent_at + ALERTS_PAUSE),
        _ => now,
    };
    if state == "waiting" {
        let sooner = delivery::due_at.eq(due_at.map_or(due, |known| known.min(due)));
        on_db!(&mut *conn, c => diesel::update(thread).set((wanted, sooner)).execute(c).await)?;
    } else {
        let anew = (
            delivery::state.eq("waiting"),
            delivery::due_at.eq(due),
            delivery::attempt.eq(0),
            delivery::first_attempt_at.eq(None::<i64>),
            delivery::created_at.eq(now),
        );
        on_db!(&mut *conn, c => diesel::update(thread).set((wanted, anew)).execute(c).await)?;
    }
    Ok(())
}

/// When a thread that was brought up to `done` is due again; none if nothing has happened since.
pub(crate) async fn due_again(
    conn: &mut PooledConnection,
    delivery: &str,
    done: i64,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let wanted = delivery::table.find(delivery).select((delivery::seq, delivery::incident));
    let wanted: Option<(Option<i64>, Option<i64>)> =
        on_db!(&mut *conn, c => wanted.first(c).await.optional())?;
    let Some((Some(wanted), Some(incident))) = wanted.filter(|wanted| wanted.0 > Some(done)) else {
        return Ok(None);
    };
    let urgent = event::table
        .filter(event::incident.eq(incident))
        .filter(event::seq.gt(done))
        .filter(event::seq.le(wanted))
        .filter(event::type_name.ne_all(PATIENT))
        .select(event::seq)
        .limit(1);
    let urgent: Vec<i64> = on_db!(&mut *conn, c => urgent.load(c).await)?;
    let now = now.as_microsecond();
    Ok(Some(if urgent.is_empty() { now + ALERTS_PAUSE } else { now }))
}
