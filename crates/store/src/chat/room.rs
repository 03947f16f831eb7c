//! Rooms: who is told, up to where, and who may speak there when.

use std::{collections::BTreeMap, sync::atomic::Ordering, time::Duration};

use candor_core::IncidentNumber;
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryableByName, dsl,
    sql_types::{BigInt, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use metrics::counter;
use uuid::Uuid;

use super::{CHAT, THREAD};
use crate::{
    Store, StoreError,
    db::{Conn, Lane, on_db},
    ledger::NewDelivery,
    read,
    row::{self, int},
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

/// A place where the team is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// `slack` or `webhook`.
    pub name: String,
    /// Where it is in Slack, once it was found.
    pub slack_channel: Option<SlackChannel>,
    /// What a person has to mend.
    pub trouble: Option<String>,
}

/// A channel of a Slack workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlackChannel {
    /// The workspace's id.
    pub team: String,
    /// The channel's id, which stays when it is renamed.
    pub id: String,
    /// What it is called at the moment.
    pub name: String,
}

type RoomRow = (String, Option<String>, Option<String>, Option<String>, Option<String>);

impl Store {
    /// Tells these rooms from now on, and no others. A new one begins with the incidents that are open.
    ///
    /// # Errors
    /// The database can't be reached, or the log can't be read.
    pub async fn use_rooms(&self, names: &[&str]) -> Result<(), StoreError> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        self.inner.shared.rooms.store(!names.is_empty(), Ordering::Relaxed);
        let owed = self
            .run(async move |db| {
                let mut conn = db.get(Lane::Read).await?;
                let active = chat_room::table
                    .filter(chat_room::state.eq("active"))
                    .order(chat_room::name)
                    .select(chat_room::name);
                let active: Vec<String> = on_db!(&mut conn, c => active.load(c).await)?;
                let mut wanted = names.clone();
                wanted.sort();
                if active == wanted {
                    return Ok(false);
                }
                let head = read::head(&mut conn).await?;
                let board = read::fold(&mut conn, None, &head).await?.board;
                drop(conn);
                let mut conn = db.begin(Lane::Write).await?;
                let changed = async {
                    let others = chat_room::table.filter(chat_room::name.ne_all(&names));
                    let idle = chat_room::state.eq("idle");
                    on_db!(&mut conn, c => diesel::update(others).set(idle).execute(c).await)?;
                    let owed = delivery::table
                        .filter(delivery::kind.eq(THREAD))
                        .filter(delivery::subscriber_id.ne_all(&names))
                        .filter(delivery::due_at.is_not_null());
                    let withdrawn =
                        (delivery::state.eq("withdrawn"), delivery::due_at.eq(None::<i64>));
                    on_db!(&mut conn, c => diesel::update(owed).set(withdrawn).execute(c).await)?;
                    for name in names.iter().filter(|name| !active.contains(name)) {
                        let begin =
                            (chat_room::state.eq("active"), chat_room::cursor.eq(int(board.seq)));
                        let new = (chat_room::name.eq(name), begin);
                        on_db!(&mut conn, c => {
                            diesel::insert_into(chat_room::table)
                                .values(new)
                                .on_conflict(chat_room::name)
                                .do_update()
                                .set(begin)
                                .execute(c)
                                .await
                        })?;
                        for incident in board.open() {
                            owe(
                                &mut conn,
                                name,
                                incident.number.get().into(),
                                int(board.seq),
                                true,
                            )
                            .await?;
                        }
                    }
                    conn.notify().await?;
                    Ok(true)
                }
                .await;
                conn.end(changed).await
            })
            .await?;
        if owed {
            self.inner.shared.ring();
        }
        Ok(())
    }

    /// The rooms that are told.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn rooms(&self) -> Result<Vec<Room>, StoreError> {
        self.run(async move |db| {
            let query = chat_room::table
                .filter(chat_room::state.eq("active"))
                .order(chat_room::name)
                .select((
                    chat_room::name,
                    chat_room::slack_team,
                    chat_room::slack_channel,
                    chat_room::slack_channel_name,
                    chat_room::trouble,
                ));
            let mut conn = db.get(Lane::Read).await?;
            let rows: Vec<RoomRow> = on_db!(&mut conn, c => query.load(c).await)?;
            let room = |(name, team, id, channel, trouble): RoomRow| Room {
                name,
                slack_channel: team.zip(id).zip(channel).map(|((team, id), name)| SlackChannel {
                    team,
                    id,
                    name,
                }),
                trouble,
            };
            Ok(rows.into_iter().map(room).collect())
        })
        .await
    }

    /// Notes where the room is in Slack.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn room_found(&self, name: &str, found: &SlackChannel) -> Result<(), StoreError> {
        let (name, found) = (name.to_owned(), found.clone());
        self.run(async move |db| {
            let place = (
                chat_room::slack_team.eq(found.team),
                chat_room::slack_channel.eq(found.id),
                chat_room::slack_channel_name.eq(found.name),
            );
            let mut conn = db.get(Lane::Write).await?;
            let room = chat_room::table.find(name);
            on_db!(&mut conn, c => diesel::update(room).set(place).execute(c).await)?;
            Ok(())
        })
        .await
    }

    /// Notes what a person has to mend before the room can be told, or that it works; whether that is news.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn room_trouble(
        &self,
        name: &str,
        trouble: Option<&str>,
    ) -> Result<bool, StoreError> {
        let (name, trouble) = (name.to_owned(), trouble.map(ToOwned::to_owned));
        self.run(async move |db| {
            let room = chat_room::table.find(name);
            let mut conn = db.get(Lane::Read).await?;
            let known = room.clone().select(chat_room::trouble);
            let known: Option<Option<String>> =
                on_db!(&mut conn, c => known.first(c).await.optional())?;
            if known.is_none_or(|known| known == trouble) {
                return Ok(false);
            }
            drop(conn);
            let mut conn = db.get(Lane::Write).await?;
            let trouble = chat_room::trouble.eq(trouble);
            on_db!(&mut conn, c => diesel::update(room).set(trouble).execute(c).await)?;
            Ok(true)
        })
        .await
    }

    /// Makes due what the log says since the rooms' cursors; how many threads have to be looked at.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn expand_rooms(&self) -> Result<u64, StoreError> {
        self.run(async move |db| {
            // Nothing is new, most of the time, and the writers needn't wait for that answer.
            let mut conn = db.get(Lane::Read).await?;
            if behind(&mut conn).await?.is_none() {
                return Ok(0);
            }
            drop(conn);
            let mut made = 0;
            loop {
                let mut conn = db.begin(Lane::Write).await?;
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
            let mut conn = db.begin(Lane::Write).await?;
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

    /// Reserves the next turn to speak in the room, `pace` after the one before, across all processes; how long to
    /// wait for it.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn take_turn(&self, name: &str, pace: Duration) -> Result<Duration, StoreError> {
        #[derive(QueryableByName)]
        struct Turn {
            #[diesel(sql_type = BigInt)]
            wait: i64,
        }
        let (name, pace) =
            (name.to_owned(), i64::try_from(pace.as_micros()).unwrap_or(i64::MAX / 2));
        self.run(async move |db| {
            let mut conn = db.get(Lane::Write).await?;
            // `$1` and `$2` stand in the order in which they are bound: for SQLite they are names.
            let sql = "UPDATE chat_room SET next_turn_at = CAST($1 AS BIGINT) + \
                       CASE WHEN next_turn_at > NOW THEN next_turn_at ELSE NOW END \
                       WHERE name = $2 RETURNING next_turn_at - CAST($1 AS BIGINT) - NOW AS wait";
            let turn = diesel::sql_query(sql.replace("NOW", conn.clock()))
                .bind::<BigInt, _>(pace)
                .bind::<Text, _>(name);
            let turn: Option<Turn> = on_db!(&mut conn, c => turn.get_result(c).await.optional())?;
            let wait = turn.map_or(0, |turn| turn.wait);
            Ok(Duration::from_micros(u64::try_from(wait).unwrap_or_default()))
        })
        .await
    }

    /// Lets nobody speak in the room for a while: the other side asked for it.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn hold_back(&self, name: &str, pause: Duration) -> Result<(), StoreError> {
        let (name, pause) =
            (name.to_owned(), i64::try_from(pause.as_micros()).unwrap_or(i64::MAX / 2));
        self.run(async move |db| {
            let mut conn = db.begin(Lane::Write).await?;
            let held = async {
                let until = conn.now().await?.as_microsecond().saturating_add(pause);
                let room = chat_room::table.find(name).filter(chat_room::next_turn_at.lt(until));
                let until = chat_room::next_turn_at.eq(until);
                on_db!(&mut conn, c => diesel::update(room).set(until).execute(c).await)?;
                Ok(())
            }
            .await;
            conn.end(held).await
        })
        .await
    }
}

/// A room that is told, and up to where.
struct Active {
    name: String,
    cursor: i64,
}

async fn active(conn: &mut Conn) -> Result<Vec<Active>, StoreError> {
    let query = chat_room::table
        .filter(chat_room::state.eq("active"))
        .order(chat_room::name)
        .select((chat_room::name, chat_room::cursor));
    // Their rows are the lock of the expansion.
    let rows: Vec<(String, i64)> = match conn {
        Conn::Pg(c) => query.for_update().load(&mut **c).await?,
        Conn::Lite(c) => query.load(&mut **c).await?,
    };
    Ok(rows.into_iter().map(|(name, cursor)| Active { name, cursor }).collect())
}

/// How many threads events have not been looked at for yet, and since when; none if there are no such events.
pub(crate) async fn behind(conn: &mut Conn) -> Result<Option<(u64, i64)>, StoreError> {
    #[derive(QueryableByName)]
    struct Behind {
        #[diesel(sql_type = BigInt)]
        threads: i64,
        #[diesel(sql_type = Nullable<BigInt>)]
        since: Option<i64>,
    }
    let query = diesel::sql_query(
        "SELECT CAST(count(*) AS BIGINT) AS threads, min(b.since) AS since FROM ( \
         SELECT r.name, e.incident, min(e.recorded_at) AS since FROM chat_room r JOIN event e ON e.seq > r.cursor \
         WHERE r.state = 'active' GROUP BY r.name, e.incident) b",
    );
    let Behind { threads, since } = on_db!(&mut *conn, c => query.get_result(c).await)?;
    Ok(since.map(|since| (row::count(threads), since)))
}

/// Looks at the next events for each room; how many threads have to be looked at, and whether events are left.
async fn expand(conn: &mut Conn) -> Result<(u64, bool), StoreError> {
    let (mut owed, mut left) = (0, false);
    for room in active(conn).await? {
        let query = event::table
            .filter(event::seq.gt(room.cursor))
            .order(event::seq)
            .limit(PAGE)
            .select((event::seq, event::incident, event::type_name));
        let events: Vec<(i64, Option<i64>, String)> = on_db!(&mut *conn, c => query.load(c).await)?;
        let Some((last, ..)) = events.last() else { continue };
        let last = *last;
        left |= i64::try_from(events.len()).unwrap_or(PAGE) == PAGE;
        let mut threads: BTreeMap<i64, (i64, bool)> = BTreeMap::new();
        for (seq, incident, kind) in events {
            if let Some(incident) = incident {
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
async fn owe(
    conn: &mut Conn,
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
        Conn::Pg(c) => known.for_update().first(&mut **c).await.optional()?,
        Conn::Lite(c) => known.first(&mut **c).await.optional()?,
    };
    let Some((state, due_at, sent_at)) = known else {
        let new = NewDelivery {
            id,
            seq: Some(seq),
            follow_up_id: None,
            kind: THREAD,
            channel: CHAT,
            queue: CHAT,
            subscriber_id: room.to_owned(),
            incident: Some(incident),
            state: "waiting",
            due_at: now,
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
    conn: &mut Conn,
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
