//! Redaction: removes an event's free text, and every hash that could confirm a guess at it.

use std::collections::BTreeSet;

use candor_core::Command;
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;

use crate::{
    append_request::AppendJob,
    db::{PooledConnection, on_db},
    error::StoreError,
    row::{count, int},
    schema::event,
};

/// The events that the group asks to redact and that still have a payload.
pub(super) async fn redactable(
    conn: &mut PooledConnection,
    jobs: &[AppendJob],
) -> Result<BTreeSet<u64>, StoreError> {
    let wanted: Vec<i64> = jobs
        .iter()
        .flat_map(|job| &job.parts)
        .filter_map(|part| {
            if let Command::RedactPayload { seq, .. } = part.request.command {
                Some(int(seq))
            } else {
                None
            }
        })
        .collect();
    if wanted.is_empty() {
        return Ok(BTreeSet::new());
    }
    let query = event::table
        .filter(event::seq.eq_any(wanted))
        .filter(event::payload.is_not_null())
        .select(event::seq);
    let seqs: Vec<i64> = on_db!(conn, c => query.load(c).await)?;
    Ok(seqs.into_iter().map(count).collect())
}

/// Removes the free text of the event `seq` from the log.
pub(super) async fn redact(conn: &mut PooledConnection, seq: u64) -> Result<(), StoreError> {
    let no_salt = || event::command_salt.eq(None::<Vec<u8>>);
    let nothing =
        (event::payload.eq(None::<String>), event::payload_salt.eq(None::<Vec<u8>>), no_salt());
    on_db!(conn, c => {
        diesel::update(event::table.find(int(seq))).set(nothing).execute(c).await
    })?;
    // The command contains the same text, and its hash is in every event of the batch.
    let batch: String = {
        let query = event::table.find(int(seq)).select(event::batch_id);
        on_db!(conn, c => query.first(c).await)?
    };
    let salted =
        event::table.filter(event::batch_id.eq(batch)).filter(event::command_salt.is_not_null());
    on_db!(conn, c => diesel::update(salted).set(no_salt()).execute(c).await)?;
    Ok(())
}
