//! The outbox: what has to be sent because of an event, written in the event's own transaction.
//!
//! An entry is expanded into deliveries later. Until its notification is sent, it follows the log: see [`follow_log`].

mod revise;

use candor_core::{Notification, OutboxEntry};
use diesel::{ExpressionMethods, Insertable, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    db::{PooledConnection, on_db},
    error::StoreError,
    handle::Store,
    row,
    schema::outbox,
    states::OutboxState,
};

pub(crate) use revise::follow_log;

/// The kind of an entry that notifies subscribers, the only one there is.
pub(crate) const NOTIFY_SUBSCRIBERS: &str = "notify-subscribers";

/// A new row of `outbox`.
#[derive(Debug, Insertable)]
#[diesel(table_name = outbox)]
pub(crate) struct NewOutboxEntry {
    id: String,
    seq: i64,
    kind: &'static str,
    payload: String,
    reason: &'static str,
    state: OutboxState,
    created_at: i64,
    traceparent: Option<String>,
}

impl NewOutboxEntry {
    /// The row for what the event with this seq and id causes.
    pub(crate) fn new(
        entry: &OutboxEntry,
        seq: u64,
        event_id: Uuid,
        now: Timestamp,
        traceparent: Option<&str>,
    ) -> Result<Self, serde_json::Error> {
        let OutboxEntry::NotifySubscribers(notice) = entry;
        Ok(Self {
            id: Uuid::new_v5(&event_id, NOTIFY_SUBSCRIBERS.as_bytes()).to_string(),
            seq: row::int(seq),
            kind: NOTIFY_SUBSCRIBERS,
            reason: notice.reason.as_str(),
            payload: serde_json::to_string(entry)?,
            state: OutboxState::Waiting,
            created_at: now.as_microsecond(),
            traceparent: traceparent.map(str::to_owned),
        })
    }
}

impl Store {
    /// Whether the event `seq` has an outbox entry, expanded or not.
    pub async fn has_outbox_entry(&self, seq: u64) -> Result<bool, StoreError> {
        let query =
            outbox::table.filter(outbox::seq.eq(row::int(seq))).select(outbox::seq).limit(1);
        self.read("read the outbox", async move |mut conn| {
            let seqs: Vec<i64> = on_db!(conn, c => query.load(c).await)?;
            Ok(!seqs.is_empty())
        })
        .await
    }
}

/// Whether entries wait to be expanded.
pub(crate) async fn has_waiting_entries(conn: &mut PooledConnection) -> Result<bool, StoreError> {
    let query =
        outbox::table.filter(outbox::state.eq(OutboxState::Waiting)).select(outbox::seq).limit(1);
    let seqs: Vec<i64> = on_db!(conn, c => query.load(c).await)?;
    Ok(!seqs.is_empty())
}

/// The notification of an entry. A newer version may have written something else.
pub(crate) fn read(payload: &str) -> Result<Notification, StoreError> {
    let OutboxEntry::NotifySubscribers(notice) =
        serde_json::from_str(payload).map_err(|error| StoreError::halted("").caused_by(error))?;
    Ok(notice)
}
