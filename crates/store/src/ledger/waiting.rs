//! What waits to be sent follows the log: a notification that nobody has yet says nothing that was withdrawn, corrected,
//! silenced or removed meanwhile. What the other side has taken, or is being handed, stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use candor_core::{Board, Incident, IncidentNumber, OutboxEntry, PendingChange, RecordedEvent};
use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;

use super::expand;
use crate::{
    StoreError,
    db::{PooledConnection, on_db},
    read,
    row::{self, FoldRow, int},
    schema::{event, follow_up},
};

/// Applies what `written` makes of notifications that wait, in the transaction of these events. `board` is the board with
/// them in it; none if it still has words that were removed: the incidents are then read from the log.
pub(crate) async fn follow_log(
    conn: &mut PooledConnection,
    written: &[&RecordedEvent],
    board: Option<&Board>,
    redacted: &[u64],
) -> Result<(), StoreError> {
    let mut anew = BTreeSet::new();
    for recorded in written {
        let Some(number) = recorded.event.incident() else { continue };
        match PendingChange::after(&recorded.event) {
            Some(PendingChange::Withdraw) => withdraw(conn, number, recorded.seq).await?,
            Some(PendingChange::Refresh) => {
                anew.insert(number);
            }
            // It may quote words that were removed.
            None if board.is_none() && recorded.event.notified().is_some() => {
                anew.insert(number);
            }
            None => {}
        }
    }
    if !redacted.is_empty() {
        let seqs: Vec<i64> = redacted.iter().copied().map(int).collect();
        let query = event::table.filter(event::seq.eq_any(seqs)).select(event::incident);
        let numbers: Vec<Option<i64>> = on_db!(&mut *conn, c => query.load(c).await)?;
        for number in numbers.into_iter().flatten() {
            anew.insert(row::incident(number)?);
        }
    }
    for number in anew {
        match board {
            Some(board) => {
                if let Some(incident) = board.incident(number) {
                    say_anew(conn, incident).await?;
                }
            }
            None => {
                let board = without_removed_words(conn, number).await?;
                if let Some(incident) = board.incident(number) {
                    say_anew(conn, incident).await?;
                }
            }
        }
    }
    Ok(())
}

/// What this incident owed before the event `seq` is not sent any more.
async fn withdraw(
    conn: &mut PooledConnection,
    number: IncidentNumber,
    seq: u64,
) -> Result<(), StoreError> {
    let about = event::table
        .filter(event::incident.eq(i64::from(number.get())))
        .filter(event::seq.lt(int(seq)))
        .select(event::seq);
    let owed = follow_up::table
        .filter(follow_up::seq.eq_any(about))
        .filter(follow_up::state.eq_any(["waiting", "expanded"]));
    let withdrawn = follow_up::state.eq("withdrawn");
    on_db!(conn, c => diesel::update(owed).set(withdrawn).execute(c).await)?;
    Ok(())
}

/// Has every notification of `incident` say what is true of it now. What was sent is not sent again.
async fn say_anew(conn: &mut PooledConnection, incident: &Incident) -> Result<(), StoreError> {
    let about = event::table
        .filter(event::incident.eq(i64::from(incident.number.get())))
        .select(event::seq);
    let query = follow_up::table
        .filter(follow_up::seq.eq_any(about))
        .select((follow_up::id, follow_up::payload));
    let owed: Vec<(String, String)> = on_db!(&mut *conn, c => query.load(c).await)?;
    for (id, payload) in owed {
        // What this version can't read is set aside, and never sent.
        let Ok(notice) = expand::read(&payload) else { continue };
        let entry = follow_up::table.find(id);
        match notice.refreshed(incident) {
            Some(notice) => {
                let payload = serde_json::to_string(&OutboxEntry::NotifySubscribers(notice))
                    .map_err(|error| StoreError::Config(error.to_string()))?;
                let said = follow_up::payload.eq(payload);
                on_db!(&mut *conn, c => diesel::update(entry).set(said).execute(c).await)?;
            }
            None => {
                let withdrawn = follow_up::state.eq("withdrawn");
                on_db!(&mut *conn, c => diesel::update(entry).set(withdrawn).execute(c).await)?;
            }
        }
    }
    Ok(())
}

/// A board of this incident alone, folded from what the log still says.
async fn without_removed_words(
    conn: &mut PooledConnection,
    number: IncidentNumber,
) -> Result<Board, StoreError> {
    let query = event::table
        .filter(event::incident.eq(i64::from(number.get())))
        .order(event::seq)
        .select(read::FOLDED);
    let rows: Vec<FoldRow> = on_db!(&mut *conn, c => query.load(c).await)?;
    let remains = match rows.iter().any(|row| row.payload.is_none()) {
        true => read::what_remains(conn).await?,
        false => BTreeMap::new(),
    };
    let mut board = Board::default();
    for row in rows {
        board.evolve(&row.recorded(remains.get(&row.seq).map(String::as_str))?);
    }
    Ok(board)
}
