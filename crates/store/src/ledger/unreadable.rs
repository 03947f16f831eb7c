//! Rows that this version can't read: a newer version wrote them, and then there was a roll-back, or both run side by
//! side. Each is set aside with its reason, so that nobody else's message waits for it, and read again when a worker
//! takes the lead, and every few minutes after that.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Store, StoreError,
    db::{PoolRole, PooledConnection, on_db},
    row,
    schema::{delivery, follow_up},
};

/// The state of such a row.
pub(super) const UNREADABLE: &str = "unreadable";

/// An outbox entry that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableEntry {
    /// The event that caused it.
    pub seq: u64,
    /// Why subscribers were to be told, in the words of the version that wrote it.
    pub reason: String,
    /// When the event was recorded.
    pub created_at: Timestamp,
    /// Why it can't be read.
    pub error: String,
}

impl Store {
    /// The newest outbox entries that were set aside.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn unreadable_entries(&self, limit: u32) -> Result<Vec<UnreadableEntry>, StoreError> {
        self.run(async move |db| {
            let query = follow_up::table
                .filter(follow_up::state.eq(UNREADABLE))
                .order(follow_up::seq.desc())
                .limit(limit.into())
                .select((
                    follow_up::seq,
                    follow_up::reason,
                    follow_up::created_at,
                    follow_up::error,
                ));
            let mut conn = db.get(PoolRole::Read).await?;
            let rows: Vec<(i64, String, i64, Option<String>)> =
                on_db!(&mut conn, c => query.load(c).await)?;
            let entry = |(seq, reason, created_at, error): (i64, String, i64, Option<String>)| {
                UnreadableEntry {
                    seq: row::count(seq),
                    reason,
                    created_at: row::time(created_at).unwrap_or(Timestamp::UNIX_EPOCH),
                    error: error.unwrap_or_default(),
                }
            };
            Ok(rows.into_iter().map(entry).collect())
        })
        .await
    }

    /// Has what was set aside, and is younger than `age` by the database's clock, read again: this may be another
    /// version. How many rows.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn retry_unreadable(&self, age: SignedDuration) -> Result<u64, StoreError> {
        let age = i64::try_from(age.as_micros()).unwrap_or(i64::MAX);
        let retried = self
            .run(async move |db| {
                let mut conn = db.begin(PoolRole::Write).await?;
                let retried = async {
                    let now = conn.now().await?.as_microsecond();
                    let oldest = now.saturating_sub(age);
                    let entries = follow_up::table
                        .filter(follow_up::state.eq(UNREADABLE))
                        .filter(follow_up::created_at.ge(oldest));
                    let waiting = (follow_up::state.eq("waiting"), follow_up::error.eq(None::<String>));
                    let entries =
                        on_db!(&mut conn, c => diesel::update(entries).set(waiting).execute(c).await)?;
                    let deliveries = delivery::table
                        .filter(delivery::state.eq(UNREADABLE))
                        .filter(delivery::created_at.ge(oldest));
                    let due = (delivery::state.eq("waiting"), delivery::due_at.eq(now));
                    let deliveries =
                        on_db!(&mut conn, c => diesel::update(deliveries).set(due).execute(c).await)?;
                    Ok(entries + deliveries)
                }
                .await;
                conn.end(retried).await
            })
            .await?;
        if retried > 0 {
            self.inner.shared.ring();
        }
        Ok(u64::try_from(retried).unwrap_or(u64::MAX))
    }
}

/// How many outbox entries, and how many deliveries, are set aside.
pub(crate) async fn count(conn: &mut PooledConnection) -> Result<(u64, u64), StoreError> {
    let entries = follow_up::table.filter(follow_up::state.eq(UNREADABLE)).count();
    let entries: i64 = on_db!(&mut *conn, c => entries.get_result(c).await)?;
    let deliveries = delivery::table.filter(delivery::state.eq(UNREADABLE)).count();
    let deliveries: i64 = on_db!(&mut *conn, c => deliveries.get_result(c).await)?;
    Ok((row::count(entries), row::count(deliveries)))
}

/// Sets these deliveries aside, each with its reason.
pub(super) async fn set_aside(
    conn: &mut PooledConnection,
    rows: Vec<(String, StoreError)>,
) -> Result<(), StoreError> {
    for (id, why) in rows {
        let why = reason(&why);
        tracing::warn!(
            delivery = id,
            why,
            "a delivery can't be read by this version; it is set aside"
        );
        let aside = (
            delivery::state.eq(UNREADABLE),
            delivery::due_at.eq(None::<i64>),
            delivery::last_error.eq(why),
        );
        let row = delivery::table.find(id);
        on_db!(&mut *conn, c => diesel::update(row).set(aside).execute(c).await)?;
    }
    Ok(())
}

/// Sets an outbox entry aside.
pub(super) async fn set_entry_aside(
    conn: &mut PooledConnection,
    id: &str,
    why: &StoreError,
) -> Result<(), StoreError> {
    let why = reason(why);
    tracing::warn!(
        entry = id,
        why,
        "an outbox entry can't be read by this version; it is set aside"
    );
    let aside = (follow_up::state.eq(UNREADABLE), follow_up::error.eq(why));
    let row = follow_up::table.find(id);
    on_db!(&mut *conn, c => diesel::update(row).set(aside).execute(c).await)?;
    Ok(())
}

/// What can't be read, without what the store says of the log in front of it.
fn reason(why: &StoreError) -> String {
    if let StoreError::Halted(why) = why { why.clone() } else { why.to_string() }
}
