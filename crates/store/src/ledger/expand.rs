//! Expansion: from what is owed to whom.

use candor_core::{Notification, NotifyReason, OutboxEntry, Scope};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryDsl, QueryableByName,
    sql_types::{BigInt, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use metrics::counter;
use tracing::Instrument as _;
use uuid::Uuid;

use super::{
    FAST_LANE, HOOKS, MAIL, NOTICE, NOTIFY_SUBSCRIBERS, NewDelivery, SLOW_LANE, queue_of,
    unreadable,
};
use crate::{
    Store, StoreError,
    db::{PoolRole, PooledConnection, insert_all, on_db},
    row,
    schema::{delivery, follow_up, subscriber},
};

/// A follow-up as it waits: id, event, payload, cursor, time, trace, kind.
type WaitingEntry = (String, i64, String, Option<String>, i64, Option<String>, String);

impl Store {
    /// Whether the event `seq` left something to be done, done or not.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn is_owed(&self, seq: u64) -> Result<bool, StoreError> {
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let query = follow_up::table
                .filter(follow_up::seq.eq(row::int(seq)))
                .select(follow_up::seq)
                .limit(1);
            let seqs: Vec<i64> = on_db!(&mut conn, c => query.load(c).await)?;
            Ok(!seqs.is_empty())
        })
        .await
    }

    /// Expands up to `limit` recipients of waiting follow-ups into deliveries. Idempotent; superseded older deliveries
    /// are marked in the same transaction.
    ///
    /// The audience is pinned: who was confirmed before the event was recorded, by the log's order and no clock, and
    /// wants to hear of it. The oldest follow-up comes first, and only one worker at a time expands, so that an older notice never comes after a newer
    /// one.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn expand_follow_ups(&self, limit: u32) -> Result<Expanded, StoreError> {
        self.run(async move |db| {
            // Nothing waits, most of the time, and the writers needn't wait for that answer.
            let mut conn = db.get(PoolRole::Read).await?;
            if !anything_waits(&mut conn).await? {
                return Ok(Expanded::default());
            }
            drop(conn);
            let mut conn = db.begin(PoolRole::Write).await?;
            let expanded = async {
                let expanded = expand(&mut conn, limit.max(1).into()).await?;
                if expanded.mails + expanded.hooks > 0 {
                    // Other workers were rung by the event, and may have found nothing yet.
                    conn.notify().await?;
                }
                Ok(expanded)
            }
            .await;
            #[cfg(feature = "failpoints")]
            fail::fail_point!("page-expanded");
            let expanded = conn.end(expanded).await?;
            for (queue, made) in [(MAIL, expanded.mails), (HOOKS, expanded.hooks)] {
                counter!("candor_jobs_enqueued_total", "queue" => queue, "job" => NOTICE)
                    .increment(made);
            }
            Ok(expanded)
        })
        .await
    }
}

/// What a step of the expansion made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expanded {
    /// So many mails are owed now.
    pub mails: u64,
    /// So many messages to addresses of the web.
    pub hooks: u64,
    /// Whether follow-ups are left.
    pub left: bool,
}

/// What waiting follow-ups owe and is no delivery yet: of each queue how many, and since when the oldest.
pub(super) async fn unexpanded(
    conn: &mut PooledConnection,
) -> Result<Vec<PendingOutbox>, StoreError> {
    /// The audience of `expand`, less those who come before the cursor. Whether it is about planned work is looked up
    /// in the frozen notice once for each follow-up: these words with their quotes can't stand within a text of it.
    const OWED: &str = "WITH w AS MATERIALIZED (SELECT f.seq, f.created_at, coalesce(f.cursor, '') AS cursor, \
             e.incident, f.payload LIKE '%\"severity\":\"maintenance\"%' AS planned \
             FROM follow_up f JOIN event e ON e.seq = f.seq WHERE f.state = 'waiting') \
         SELECT CASE WHEN s.channel = 'mail' THEN 'mail' ELSE 'hooks' END AS queue, count(*) AS owed, \
             min(w.created_at) AS since \
         FROM w JOIN subscriber s ON s.state = 'confirmed' AND s.confirmed_seq < w.seq AND s.id > w.cursor \
             AND (s.incident = w.incident OR (s.incident IS NULL AND NOT (w.planned AND s.scope = 'incidents'))) \
         GROUP BY 1";
    let owed = diesel::sql_query(OWED);
    Ok(on_db!(&mut *conn, c => owed.load(c).await)?)
}

/// What is owed on a queue and is no delivery yet.
#[derive(Debug, QueryableByName)]
pub(super) struct PendingOutbox {
    #[diesel(sql_type = Text)]
    pub(super) queue: String,
    #[diesel(sql_type = BigInt)]
    pub(super) owed: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) since: Option<i64>,
}

/// Whether follow-ups wait to be expanded.
pub(crate) async fn anything_waits(conn: &mut PooledConnection) -> Result<bool, StoreError> {
    let query =
        follow_up::table.filter(follow_up::state.eq("waiting")).select(follow_up::seq).limit(1);
    let seqs: Vec<i64> = on_db!(&mut *conn, c => query.load(c).await)?;
    Ok(!seqs.is_empty())
}

/// One page of the oldest follow-up.
async fn expand(conn: &mut PooledConnection, limit: i64) -> Result<Expanded, StoreError> {
    let query = follow_up::table
        .filter(follow_up::state.eq("waiting"))
        .order(follow_up::seq)
        .select((
            follow_up::id,
            follow_up::seq,
            follow_up::payload,
            follow_up::cursor,
            follow_up::created_at,
            follow_up::traceparent,
            follow_up::kind,
        ))
        .limit(1);
    // Its row is the lock of the expansion.
    let waiting: Vec<WaitingEntry> = match conn {
        PooledConnection::Pg(c) => query.for_update().load(&mut **c).await?,
        PooledConnection::Sqlite(c) => query.load(&mut **c).await?,
    };
    let Some(waiting) = waiting.into_iter().next() else {
        return Ok(Expanded { left: anything_waits(conn).await?, ..Expanded::default() });
    };
    let traceparent = waiting.5.as_deref();
    let span = tracing::info_span!(target: "candor::trace", "expand", traceparent, seq = waiting.1);
    let id = waiting.0.clone();
    let notice = match waiting.6.as_str() {
        NOTIFY_SUBSCRIBERS => read(&waiting.2),
        kind => Err(StoreError::Halted(format!("this version knows no kind {kind:?}"))),
    };
    match (row::uuid(&id), notice) {
        (Ok(namespace), Ok(notice)) => {
            page_of(conn, waiting, (namespace, &notice), limit).instrument(span).await
        }
        (Err(why), _) | (_, Err(why)) => {
            unreadable::set_entry_aside(conn, &id, &why).await?;
            Ok(Expanded { left: anything_waits(conn).await?, ..Expanded::default() })
        }
    }
}

/// What an outbox entry says; a newer version may have written something else.
pub(super) fn read(payload: &str) -> Result<Notification, StoreError> {
    let OutboxEntry::NotifySubscribers(notice) =
        serde_json::from_str(payload).map_err(|error| StoreError::Halted(error.to_string()))?;
    Ok(notice)
}

async fn page_of(
    conn: &mut PooledConnection,
    (id, seq, _, cursor, created_at, traceparent, _): WaitingEntry,
    (namespace, notice): (Uuid, &Notification),
    limit: i64,
) -> Result<Expanded, StoreError> {
    let incident = i64::from(notice.incident.get());
    // Who has a scope that this version doesn't know gets a delivery, too: it is set aside, and seen.
    let refusing: Vec<&str> = Scope::ALL
        .into_iter()
        .filter(|scope| !scope.wants(notice.severity))
        .map(Scope::as_str)
        .collect();
    let audience = subscriber::table
        .filter(subscriber::state.eq("confirmed"))
        .filter(subscriber::confirmed_seq.lt(seq))
        .filter(subscriber::id.gt(cursor.unwrap_or_default()))
        // The rule of `candor_core::Wants`, in SQL.
        .filter(
            subscriber::incident
                .eq(incident)
                .or(subscriber::incident.is_null().and(subscriber::scope.ne_all(refusing))),
        )
        .order(subscriber::id)
        .select((subscriber::id, subscriber::channel, subscriber::failing_since))
        .limit(limit);
    let page: Vec<(String, String, Option<i64>)> = on_db!(&mut *conn, c => audience.load(c).await)?;
    let ids: Vec<&str> = page.iter().map(|(id, ..)| id.as_str()).collect();
    supersede(conn, incident, (seq, notice.reason), &ids).await?;
    let is_last = i64::try_from(page.len()).unwrap_or(limit) < limit;
    let last = page.last().map(|(id, ..)| id.clone());
    let now = conn.now().await?.as_microsecond();
    let owed = page.into_iter().map(|(recipient, channel, failing_since)| {
        let queue = queue_of(&channel);
        NewDelivery {
            id: Uuid::new_v5(&namespace, format!("{recipient}/{queue}").as_bytes()).to_string(),
            seq: Some(seq),
            follow_up_id: Some(id.clone()),
            kind: NOTICE,
            channel: queue,
            queue,
            lane: if failing_since.is_some() { SLOW_LANE } else { FAST_LANE },
            subscriber_id: recipient,
            incident: Some(incident),
            state: "waiting",
            due_at: Some(now),
            created_at,
            traceparent: traceparent.clone(),
        }
    });
    let (mails, hooks): (Vec<_>, Vec<_>) = owed.partition(|owed| owed.queue == MAIL);
    let mails = insert_all!(&mut *conn, delivery::table, mails, on_conflict_do_nothing)?;
    let hooks = insert_all!(&mut *conn, delivery::table, hooks, on_conflict_do_nothing)?;

    let state = if is_last { "expanded" } else { "waiting" };
    let done = follow_up::table.find(&id);
    let now_at = (follow_up::state.eq(state), last.map(|last| follow_up::cursor.eq(last)));
    on_db!(&mut *conn, c => diesel::update(done).set(now_at).execute(c).await)?;
    Ok(Expanded {
        mails: u64::try_from(mails).unwrap_or(u64::MAX),
        hooks: u64::try_from(hooks).unwrap_or(u64::MAX),
        left: !is_last || anything_waits(conn).await?,
    })
}

/// Who of these was not told the older status of this incident yet is told the newer one only, with what was written in
/// the older message. What an operator asked to be sent is no status, and is sent. By pages, so that it takes as long for
/// a million as for a few.
async fn supersede(
    conn: &mut PooledConnection,
    incident: i64,
    (seq, reason): (i64, NotifyReason),
    recipients: &[&str],
) -> Result<(), StoreError> {
    let outdated = NotifyReason::ALL.into_iter().filter(|older| older.is_superseded_by(reason));
    let outdated: Vec<_> = outdated.map(NotifyReason::as_str).collect();
    if outdated.is_empty() {
        return Ok(());
    }
    let outdated = follow_up::table.filter(follow_up::reason.eq_any(outdated));
    let older = delivery::table
        .filter(delivery::incident.eq(incident))
        .filter(delivery::subscriber_id.eq_any(recipients))
        .filter(delivery::seq.lt(seq))
        .filter(delivery::state.eq("waiting"))
        .filter(delivery::follow_up_id.eq_any(outdated.select(follow_up::id.nullable())));
    let superseded = (delivery::state.eq("superseded"), delivery::due_at.eq(None::<i64>));
    on_db!(conn, c => diesel::update(older).set(superseded).execute(c).await)?;
    Ok(())
}
