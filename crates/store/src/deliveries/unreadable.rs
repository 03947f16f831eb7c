//! Rows that this version can't read, because a newer one wrote them: after a rollback, or while two versions run side by
//! side. Each is set aside with its reason, so that no other message waits for it. They are read again when a worker
//! becomes leader, and every few minutes after that.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};

use crate::{
    db::{PooledConnection, on_db},
    error::{StoreError, StoreErrorKind},
    handle::Store,
    row,
    schema::{delivery, outbox},
    states::{DeliveryState, OutboxState},
};

/// An outbox entry that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableEntry {
    /// The event that caused it.
    pub seq: u64,
    /// Why subscribers were to be notified, in the words of the version that wrote it.
    pub reason: String,
    /// When the event was recorded.
    pub created_at: Timestamp,
    /// Why it can't be read.
    pub error: String,
}

impl Store {
    /// The newest outbox entries that were set aside.
    pub async fn unreadable_entries(&self, limit: u32) -> Result<Vec<UnreadableEntry>, StoreError> {
        let query = outbox::table
            .filter(outbox::state.eq(OutboxState::Unreadable))
            .order(outbox::seq.desc())
            .limit(limit.into())
            .select((outbox::seq, outbox::reason, outbox::created_at, outbox::error));
        self.read("read the outbox", async move |mut conn| {
            let rows: Vec<(i64, String, i64, Option<String>)> =
                on_db!(conn, c => query.load(c).await)?;
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

    /// Makes rows that were set aside, and are younger than `max_age` by the database's clock, due again, since this may
    /// be another version. Returns how many.
    pub async fn retry_unreadable(&self, max_age: SignedDuration) -> Result<u64, StoreError> {
        let max_age = i64::try_from(max_age.as_micros()).unwrap_or(i64::MAX);
        let retried = self.transaction("read again what was set aside", move |conn| {
            async move {
                let now = conn.now().await?.as_microsecond();
                let oldest = now.saturating_sub(max_age);
                let entries = outbox::table
                    .filter(outbox::state.eq(OutboxState::Unreadable))
                    .filter(outbox::created_at.ge(oldest));
                let waiting =
                    (outbox::state.eq(OutboxState::Waiting), outbox::error.eq(None::<String>));
                let entries =
                    on_db!(conn, c => diesel::update(entries).set(waiting).execute(c).await)?;
                let deliveries = delivery::table
                    .filter(delivery::state.eq(DeliveryState::Unreadable))
                    .filter(delivery::created_at.ge(oldest));
                let due = (delivery::state.eq(DeliveryState::Waiting), delivery::due_at.eq(now));
                let deliveries =
                    on_db!(conn, c => diesel::update(deliveries).set(due).execute(c).await)?;
                Ok(entries + deliveries)
            }
            .boxed()
        });
        let retried = retried.await?;
        if retried > 0 {
            self.inner.shared.notify_work();
        }
        Ok(u64::try_from(retried).unwrap_or(u64::MAX))
    }
}

/// How many outbox entries, and how many deliveries, are set aside.
pub(crate) async fn count(conn: &mut PooledConnection) -> Result<(u64, u64), StoreError> {
    let entries = outbox::table.filter(outbox::state.eq(OutboxState::Unreadable)).count();
    let entries: i64 = on_db!(conn, c => entries.get_result(c).await)?;
    let deliveries = delivery::table.filter(delivery::state.eq(DeliveryState::Unreadable)).count();
    let deliveries: i64 = on_db!(conn, c => deliveries.get_result(c).await)?;
    Ok((row::count(entries), row::count(deliveries)))
}

/// Sets these deliveries aside, each with its reason.
pub(super) async fn set_aside(
    conn: &mut PooledConnection,
    rows: Vec<(String, StoreError)>,
) -> Result<(), StoreError> {
    for (id, error) in rows {
        let why = reason(&error);
        tracing::warn!(
            delivery = id,
            why,
            "a delivery can't be read by this version; it is set aside"
        );
        let aside = (
            delivery::state.eq(DeliveryState::Unreadable),
            delivery::due_at.eq(None::<i64>),
            delivery::last_error.eq(why),
        );
        let row = delivery::table.find(id);
        on_db!(conn, c => diesel::update(row).set(aside).execute(c).await)?;
    }
    Ok(())
}

/// Sets an outbox entry aside.
pub(super) async fn set_entry_aside(
    conn: &mut PooledConnection,
    id: &str,
    error: &StoreError,
) -> Result<(), StoreError> {
    let why = reason(error);
    tracing::warn!(
        entry = id,
        why,
        "an outbox entry can't be read by this version; it is set aside"
    );
    let aside = (outbox::state.eq(OutboxState::Unreadable), outbox::error.eq(why));
    let row = outbox::table.find(id);
    on_db!(conn, c => diesel::update(row).set(aside).execute(c).await)?;
    Ok(())
}

/// Why a row can't be read, without what the error says of the log.
fn reason(error: &StoreError) -> String {
    if error.kind() == StoreErrorKind::Halted { error.detail() } else { error.chain().to_string() }
}
