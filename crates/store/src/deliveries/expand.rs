//! Expansion: from outbox entries to deliveries, one per recipient.

use candor_core::{Notification, NotifyReason, Scope};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryDsl, Queryable,
    QueryableByName,
    sql_types::{BigInt, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use metrics::counter;
use tracing::Instrument as _;
use uuid::Uuid;

use super::{NewDelivery, unreadable};
use crate::{
    db::{PoolRole, PooledConnection, insert_all, on_db},
    error::StoreError,
    handle::{Store, transaction},
    outbox::{self, NOTIFY_SUBSCRIBERS, has_waiting_entries},
    queue::Queue,
    row,
    schema::{delivery, outbox as table, subscriber},
    states::{DeliveryKind, DeliveryState, Lane, OutboxState, SubscriberState},
};

/// What a step of the expansion made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Expanded {
    /// The number of mails.
    pub mails: u64,
    /// The number of messages to web addresses.
    pub hooks: u64,
    /// Whether entries are left.
    pub left: bool,
}

impl Store {
    /// Expands outbox entries into up to `limit` deliveries. Idempotent. Supersedes older deliveries in the same
    /// transaction.
    ///
    /// The audience is fixed: subscribers who were confirmed before the event, by the log's order and not by a clock,
    /// and who want such notifications. The oldest entry comes first, and only one worker expands at a time, so that
    /// nothing older comes after something newer.
    pub async fn expand_outbox(&self, limit: u32) -> Result<Expanded, StoreError> {
        self.run("expand the outbox", async move |db| {
            // Most of the time nothing waits. Reading first keeps that answer from waiting for writers.
            let mut conn = db.get(PoolRole::Read).await?;
            if !has_waiting_entries(&mut conn).await? {
                return Ok(Expanded::default());
            }
            drop(conn);
            let expanded = transaction(&db, move |conn| {
                async move {
                    let expanded = expand(conn, limit.max(1).into()).await?;
                    if expanded.mails + expanded.hooks > 0 {
                        // The event's own notification came before there was anything to claim.
                        conn.notify().await?;
                    }
                    #[cfg(feature = "failpoints")]
                    fail::fail_point!("page-expanded");
                    Ok(expanded)
                }
                .boxed()
            });
            let expanded = expanded.await?;
            for (queue, made) in [(Queue::Mail, expanded.mails), (Queue::Hooks, expanded.hooks)] {
                let job = DeliveryKind::Notice.as_str();
                counter!("candor_jobs_enqueued_total", "queue" => queue.as_str(), "job" => job)
                    .increment(made);
            }
            Ok(expanded)
        })
        .await
    }
}

/// The deliveries of waiting outbox entries that don't exist yet: per queue how many, and since when the oldest.
pub(super) async fn unexpanded(
    conn: &mut PooledConnection,
) -> Result<Vec<PendingOutbox>, StoreError> {
    /// The audience of [`expand_page`] after the cursor. Whether an entry is about maintenance is found in its payload,
    /// once per entry: these words with their quotes can't be part of a text in it.
    const PENDING: &str = "WITH w AS MATERIALIZED (SELECT f.seq, f.created_at, coalesce(f.cursor, '') AS cursor, \
             e.incident, f.payload LIKE '%\"severity\":\"maintenance\"%' AS planned \
             FROM outbox f JOIN event e ON e.seq = f.seq WHERE f.state = 'waiting') \
         SELECT CASE WHEN s.channel = 'mail' THEN 'mail' ELSE 'hooks' END AS queue, count(*) AS deliveries, \
             min(w.created_at) AS since \
         FROM w JOIN subscriber s ON s.state = 'confirmed' AND s.confirmed_seq < w.seq AND s.id > w.cursor \
             AND (s.incident = w.incident OR (s.incident IS NULL AND NOT (w.planned AND s.scope = 'incidents'))) \
         GROUP BY 1";
    let pending = diesel::sql_query(PENDING);
    Ok(on_db!(conn, c => pending.load(c).await)?)
}

/// Deliveries of one queue that don't exist yet.
#[derive(Debug, QueryableByName)]
pub(super) struct PendingOutbox {
    #[diesel(sql_type = Text)]
    pub(super) queue: String,
    #[diesel(sql_type = BigInt)]
    pub(super) deliveries: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub(super) since: Option<i64>,
}

/// An outbox entry that waits.
#[derive(Debug, Queryable)]
struct WaitingEntry {
    id: String,
    seq: i64,
    kind: String,
    payload: String,
    cursor: Option<String>,
    created_at: i64,
    traceparent: Option<String>,
}

impl WaitingEntry {
    /// The namespace of its deliveries' ids, and its notification.
    fn read(&self) -> Result<(Uuid, Notification), StoreError> {
        let kind = self.kind.as_str();
        if kind != NOTIFY_SUBSCRIBERS {
            return Err(StoreError::halted(format!("this version knows no kind {kind:?}")));
        }
        Ok((row::uuid(&self.id)?, outbox::read(&self.payload)?))
    }
}

/// Expands one page of the oldest entry.
async fn expand(conn: &mut PooledConnection, limit: i64) -> Result<Expanded, StoreError> {
    let query = table::table
        .filter(table::state.eq(OutboxState::Waiting))
        .order(table::seq)
        .select((
            table::id,
            table::seq,
            table::kind,
            table::payload,
            table::cursor,
            table::created_at,
            table::traceparent,
        ))
        .limit(1);
    // Locking the row makes one worker expand at a time.
    let waiting: Vec<WaitingEntry> = match conn {
        PooledConnection::Pg(c) => query.for_update().load(&mut **c).await?,
        PooledConnection::Sqlite(c) => query.load(&mut **c).await?,
    };
    let Some(entry) = waiting.into_iter().next() else {
        return Ok(Expanded { left: has_waiting_entries(conn).await?, ..Expanded::default() });
    };
    let traceparent = entry.traceparent.as_deref();
    let span = tracing::info_span!(target: "candor::trace", "expand", traceparent, seq = entry.seq);
    match entry.read() {
        Ok((namespace, notice)) => {
            expand_page(conn, entry, namespace, &notice, limit).instrument(span).await
        }
        Err(why) => {
            unreadable::set_entry_aside(conn, &entry.id, &why).await?;
            Ok(Expanded { left: has_waiting_entries(conn).await?, ..Expanded::default() })
        }
    }
}

async fn expand_page(
    conn: &mut PooledConnection,
    entry: WaitingEntry,
    namespace: Uuid,
    notice: &Notification,
    limit: i64,
) -> Result<Expanded, StoreError> {
    let incident = i64::from(notice.incident.get());
    // A subscriber with a scope that this version doesn't know gets a delivery, too: it is set aside, and seen.
    let refusing: Vec<&str> = Scope::ALL
        .into_iter()
        .filter(|scope| !scope.includes(notice.severity))
        .map(Scope::as_str)
        .collect();
    let audience = subscriber::table
        .filter(subscriber::state.eq(SubscriberState::Confirmed))
        .filter(subscriber::confirmed_seq.lt(entry.seq))
        .filter(subscriber::id.gt(entry.cursor.unwrap_or_default()))
        // The rule of `candor_core::Preferences`, in SQL.
        .filter(
            subscriber::incident
                .eq(incident)
                .or(subscriber::incident.is_null().and(subscriber::scope.ne_all(refusing))),
        )
        .order(subscriber::id)
        .select((subscriber::id, subscriber::channel, subscriber::failing_since))
        .limit(limit);
    let page: Vec<(String, String, Option<i64>)> = on_db!(conn, c => audience.load(c).await)?;
    let ids: Vec<&str> = page.iter().map(|(id, ..)| id.as_str()).collect();
    supersede(conn, incident, entry.seq, notice.reason, &ids).await?;
    let is_last = i64::try_from(page.len()).unwrap_or(limit) < limit;
    let last = page.last().map(|(id, ..)| id.clone());
    let now = conn.now().await?.as_microsecond();
    let deliveries = page.into_iter().map(|(recipient, channel, failing_since)| {
        let queue = Queue::of_channel(&channel);
        NewDelivery {
            id: Uuid::new_v5(&namespace, format!("{recipient}/{queue}").as_bytes()).to_string(),
            seq: Some(entry.seq),
            outbox_id: Some(entry.id.clone()),
            kind: DeliveryKind::Notice,
            channel: queue,
            queue,
            lane: if failing_since.is_some() { Lane::Slow } else { Lane::Fast },
            recipient,
            incident: Some(incident),
            state: DeliveryState::Waiting,
            due_at: Some(now),
            created_at: entry.created_at,
            traceparent: entry.traceparent.clone(),
        }
    });
    let (mails, hooks): (Vec<_>, Vec<_>) = deliveries.partition(|new| new.queue == Queue::Mail);
    let mails = insert_all!(conn, delivery::table, mails, on_conflict_do_nothing)?;
    let hooks = insert_all!(conn, delivery::table, hooks, on_conflict_do_nothing)?;

    let state = if is_last { OutboxState::Expanded } else { OutboxState::Waiting };
    let row = table::table.find(&entry.id);
    let progress = (table::state.eq(state), last.map(|last| table::cursor.eq(last)));
    on_db!(conn, c => diesel::update(row).set(progress).execute(c).await)?;
    Ok(Expanded {
        mails: u64::try_from(mails).unwrap_or(u64::MAX),
        hooks: u64::try_from(hooks).unwrap_or(u64::MAX),
        left: !is_last || has_waiting_entries(conn).await?,
    })
}

/// Supersedes unsent deliveries of an older status of the incident to these recipients: they get the newer one only,
/// which includes the older text. An update that an operator asked to be sent is no status, and is sent. Done page by
/// page, so that a page takes as long with a million recipients as with a few.
async fn supersede(
    conn: &mut PooledConnection,
    incident: i64,
    seq: i64,
    reason: NotifyReason,
    recipients: &[&str],
) -> Result<(), StoreError> {
    let outdated = NotifyReason::ALL.into_iter().filter(|older| older.is_superseded_by(reason));
    let outdated: Vec<_> = outdated.map(NotifyReason::as_str).collect();
    if outdated.is_empty() {
        return Ok(());
    }
    let outdated = table::table.filter(table::reason.eq_any(outdated));
    let older = delivery::table
        .filter(delivery::incident.eq(incident))
        .filter(delivery::recipient.eq_any(recipients))
        .filter(delivery::seq.lt(seq))
        .filter(delivery::state.eq(DeliveryState::Waiting))
        .filter(delivery::outbox_id.eq_any(outdated.select(table::id.nullable())));
    let superseded =
        (delivery::state.eq(DeliveryState::Superseded), delivery::due_at.eq(None::<i64>));
    on_db!(conn, c => diesel::update(older).set(superseded).execute(c).await)?;
    Ok(())
}
