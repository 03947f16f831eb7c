//! Unsent notifications follow the log: they say nothing that was withdrawn, corrected, silenced or removed meanwhile.
//! What was accepted by the other side, or is being sent, stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use candor_core::{Board, Incident, IncidentNumber, OutboxEntry, PendingChange, RecordedEvent};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;

use crate::{
    db::{PooledConnection, on_db},
    error::{StoreError, StoreErrorKind},
    fold,
    row::{self, FoldRow, int},
    schema::{event, outbox},
    states::OutboxState,
};

/// Revises unsent notifications after the events `written`, in the transaction of these events. `board` is the board with
/// them in it; none if it still contains redacted texts: then the incidents are read from the log.
pub(crate) async fn follow_log(
    conn: &mut PooledConnection,
    written: &[&RecordedEvent],
    board: Option<&Board>,
    redacted: &[u64],
) -> Result<(), StoreError> {
    let mut to_revise = BTreeSet::new();
    for recorded in written {
        let Some(number) = recorded.event.incident() else { continue };
        match PendingChange::after(&recorded.event) {
            Some(PendingChange::Withdraw) => withdraw(conn, number, recorded.seq).await?,
            Some(PendingChange::Refresh) => {
                to_revise.insert(number);
            }
            // It may quote redacted texts.
            None if board.is_none() && recorded.event.notified().is_some() => {
                to_revise.insert(number);
            }
            None => {}
        }
    }
    if !redacted.is_empty() {
        let seqs: Vec<i64> = redacted.iter().copied().map(int).collect();
        let query = event::table.filter(event::seq.eq_any(seqs)).select(event::incident);
        let numbers: Vec<Option<i64>> = on_db!(conn, c => query.load(c).await)?;
        for number in numbers.into_iter().flatten() {
            to_revise.insert(row::incident(number)?);
        }
    }
    for number in to_revise {
        match board {
            Some(board) => {
                if let Some(incident) = board.incident(number) {
                    revise(conn, incident).await?;
                }
            }
            None => {
                let board = board_without_redacted_text(conn, number).await?;
                if let Some(incident) = board.incident(number) {
                    revise(conn, incident).await?;
                }
            }
        }
    }
    Ok(())
}

/// Withdraws the incident's entries before the event `seq`.
async fn withdraw(
    conn: &mut PooledConnection,
    number: IncidentNumber,
    seq: u64,
) -> Result<(), StoreError> {
    let about = event::table
        .filter(event::incident.eq(i64::from(number.get())))
        .filter(event::seq.lt(int(seq)))
        .select(event::seq);
    let entries = outbox::table
        .filter(outbox::seq.eq_any(about))
        .filter(outbox::state.eq_any([OutboxState::Waiting, OutboxState::Expanded]));
    let withdrawn = outbox::state.eq(OutboxState::Withdrawn);
    on_db!(conn, c => diesel::update(entries).set(withdrawn).execute(c).await)?;
    Ok(())
}

/// Makes every notification of `incident` say what is true of it now. What was sent is not sent again.
async fn revise(conn: &mut PooledConnection, incident: &Incident) -> Result<(), StoreError> {
    let about = event::table
        .filter(event::incident.eq(i64::from(incident.number.get())))
        .select(event::seq);
    let query =
        outbox::table.filter(outbox::seq.eq_any(about)).select((outbox::id, outbox::payload));
    let entries: Vec<(String, String)> = on_db!(conn, c => query.load(c).await)?;
    for (id, payload) in entries {
        // What this version can't read is set aside, and not sent.
        let Ok(notice) = super::read(&payload) else { continue };
        let entry = outbox::table.find(id);
        match notice.refreshed(incident) {
            Some(notice) => {
                let payload = serde_json::to_string(&OutboxEntry::NotifySubscribers(notice))
                    .map_err(|error| {
                        StoreError::new(StoreErrorKind::Query, "a notification can't be encoded")
                            .caused_by(error)
                    })?;
                let said = outbox::payload.eq(payload);
                on_db!(conn, c => diesel::update(entry).set(said).execute(c).await)?;
            }
            None => {
                let withdrawn = outbox::state.eq(OutboxState::Withdrawn);
                on_db!(conn, c => diesel::update(entry).set(withdrawn).execute(c).await)?;
            }
        }
    }
    Ok(())
}

/// A board of this incident alone, folded from what the log still contains.
async fn board_without_redacted_text(
    conn: &mut PooledConnection,
    number: IncidentNumber,
) -> Result<Board, StoreError> {
    let query = event::table
        .filter(event::incident.eq(i64::from(number.get())))
        .order(event::seq)
        .select(fold::FOLDED);
    let rows: Vec<FoldRow> = on_db!(conn, c => query.load(c).await)?;
    let remains = match rows.iter().any(|row| row.payload.is_none()) {
        true => fold::redaction_remains(conn).await?,
        false => BTreeMap::new(),
    };
    let mut board = Board::default();
    for row in rows {
        board.evolve(&row.recorded(remains.get(&row.seq).map(String::as_str))?);
    }
    Ok(board)
}
