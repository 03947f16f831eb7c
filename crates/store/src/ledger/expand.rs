//! Expansion: from what is owed to whom.

use candor_core::FollowUp;
use diesel::{
    ExpressionMethods, QueryDsl, QueryableByName,
    sql_types::{BigInt, Nullable},
};
use diesel_async::RunQueryDsl;
use metrics::counter;
use tracing::Instrument as _;
use uuid::Uuid;

use super::{MAIL, NOTICE, NewDelivery};
use crate::{
    Store, StoreError,
    db::{Conn, Lane, insert_all, on_db},
    row,
    schema::{delivery, follow_up, subscriber},
};

/// A follow-up as it waits.
type Waiting = (String, i64, String, Option<String>, i64, Option<String>);

impl Store {
    /// Whether the event `seq` left something to be done, done or not.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn is_owed(&self, seq: u64) -> Result<bool, StoreError> {
        self.run(async move |db| {
            let mut conn = db.get(Lane::Read).await?;
            let query = follow_up::table
                .filter(follow_up::seq.eq(row::int(seq)))
                .select(follow_up::seq)
                .limit(1);
            let seqs: Vec<i64> = on_db!(&mut conn, c => query.load(c).await)?;
            Ok(!seqs.is_empty())
        })
        .await
    }

    /// Expands up to `limit` recipients of waiting follow-ups into deliveries; how many deliveries were made, and
    /// whether follow-ups are left. Idempotent; superseded older deliveries are marked in the same transaction.
    ///
    /// The audience is pinned: who was confirmed when the event was recorded. The oldest follow-up comes first, and
    /// only one worker at a time expands, so that an older notice never comes after a newer one.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn expand_follow_ups(&self, limit: u32) -> Result<(u64, bool), StoreError> {
        self.run(async move |db| {
            // Nothing waits, most of the time, and the writers needn't wait for that answer.
            let mut conn = db.get(Lane::Read).await?;
            if !anything_waits(&mut conn).await? {
                return Ok((0, false));
            }
            drop(conn);
            let mut conn = db.begin(Lane::Write).await?;
            let expanded = async {
                let expanded = expand(&mut conn, limit.max(1).into()).await?;
                if expanded.0 > 0 {
                    // Other workers were rung by the event, and may have found nothing yet.
                    conn.notify().await?;
                }
                Ok(expanded)
            }
            .await;
            #[cfg(feature = "failpoints")]
            fail::fail_point!("page-expanded");
            let expanded = conn.end(expanded).await?;
            counter!("candor_jobs_enqueued_total", "queue" => MAIL, "job" => NOTICE)
                .increment(expanded.0);
            Ok(expanded)
        })
        .await
    }
}

/// What waiting follow-ups owe and is no delivery yet: how many, and since when the oldest.
pub(super) async fn unexpanded(conn: &mut Conn) -> Result<(u64, Option<i64>), StoreError> {
    /// The audience of `expand`, less those who come before the cursor.
    const OWED: &str = "SELECT CAST(coalesce(sum(o.owed), 0) AS BIGINT) AS owed, min(o.created_at) AS since FROM (          SELECT f.created_at, (SELECT count(*) FROM subscriber s WHERE s.state = 'confirmed'              AND s.confirmed_at <= f.created_at AND s.id > coalesce(f.cursor, '')) AS owed          FROM follow_up f WHERE f.state = 'waiting') o WHERE o.owed > 0";
    #[derive(QueryableByName)]
    struct Owed {
        #[diesel(sql_type = BigInt)]
        owed: i64,
        #[diesel(sql_type = Nullable<BigInt>)]
        since: Option<i64>,
    }
    let owed = diesel::sql_query(OWED);
    let Owed { owed, since } = on_db!(&mut *conn, c => owed.get_result(c).await)?;
    Ok((row::count(owed), since))
}

/// Whether follow-ups wait to be expanded.
pub(super) async fn anything_waits(conn: &mut Conn) -> Result<bool, StoreError> {
    let query =
        follow_up::table.filter(follow_up::state.eq("waiting")).select(follow_up::seq).limit(1);
    let seqs: Vec<i64> = on_db!(&mut *conn, c => query.load(c).await)?;
    Ok(!seqs.is_empty())
}

/// One page of the oldest follow-up.
async fn expand(conn: &mut Conn, limit: i64) -> Result<(u64, bool), StoreError> {
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
        ))
        .limit(1);
    // Its row is the lock of the expansion.
    let waiting: Vec<Waiting> = match conn {
        Conn::Pg(c) => query.for_update().load(&mut **c).await?,
        Conn::Lite(c) => query.load(&mut **c).await?,
    };
    let Some(waiting) = waiting.into_iter().next() else {
        return Ok((0, anything_waits(conn).await?));
    };
    let traceparent = waiting.5.as_deref();
    let span = tracing::info_span!(target: "candor::trace", "expand", traceparent, seq = waiting.1);
    page_of(conn, waiting, limit).instrument(span).await
}

async fn page_of(
    conn: &mut Conn,
    (id, seq, payload, cursor, created_at, traceparent): Waiting,
    limit: i64,
) -> Result<(u64, bool), StoreError> {
    let FollowUp::NotifySubscribers(notice) = serde_json::from_str(&payload)
        .map_err(|error| StoreError::Halted(format!("follow-up of event {seq}: {error}")))?;
    let incident = i64::from(notice.incident.get());
    let audience = subscriber::table
        .filter(subscriber::state.eq("confirmed"))
        .filter(subscriber::confirmed_at.le(created_at))
        .filter(subscriber::id.gt(cursor.unwrap_or_default()))
        .order(subscriber::id)
        .select(subscriber::id)
        .limit(limit);
    let page: Vec<String> = on_db!(&mut *conn, c => audience.load(c).await)?;
    supersede(conn, incident, seq, &page).await?;
    let is_last = i64::try_from(page.len()).unwrap_or(limit) < limit;
    let last = page.last().cloned();
    let now = conn.now().await?.as_microsecond();
    let namespace = row::uuid(&id)?;
    let owed: Vec<NewDelivery> = page
        .into_iter()
        .map(|recipient| NewDelivery {
            id: Uuid::new_v5(&namespace, format!("{recipient}/{MAIL}").as_bytes()).to_string(),
            seq: Some(seq),
            follow_up_id: Some(id.clone()),
            kind: NOTICE,
            channel: MAIL,
            queue: MAIL,
            subscriber_id: recipient,
            incident: Some(incident),
            state: "waiting",
            due_at: now,
            created_at,
            traceparent: traceparent.clone(),
        })
        .collect();
    let made = insert_all!(&mut *conn, delivery::table, owed, on_conflict_do_nothing)?;

    let state = if is_last { "expanded" } else { "waiting" };
    let done = follow_up::table.find(&id);
    let now_at = (follow_up::state.eq(state), last.map(|last| follow_up::cursor.eq(last)));
    on_db!(&mut *conn, c => diesel::update(done).set(now_at).execute(c).await)?;
    Ok((u64::try_from(made).unwrap_or(u64::MAX), !is_last || anything_waits(conn).await?))
}

/// Who of these was not told the older news of this incident yet is told the newer only. By pages, so that it takes as
/// long for a million as for a few.
async fn supersede(
    conn: &mut Conn,
    incident: i64,
    seq: i64,
    recipients: &[String],
) -> Result<(), StoreError> {
    let older = delivery::table
        .filter(delivery::incident.eq(incident))
        .filter(delivery::subscriber_id.eq_any(recipients))
        .filter(delivery::seq.lt(seq))
        .filter(delivery::state.eq("waiting"));
    let superseded = (delivery::state.eq("superseded"), delivery::due_at.eq(None::<i64>));
    on_db!(conn, c => diesel::update(older).set(superseded).execute(c).await)?;
    Ok(())
}
