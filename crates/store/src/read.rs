//! Reading the log: the head, and the fold of everything before it.
//!
//! What can be seen of the log is always a prefix, so a reader asks for what comes after its own seq and demands that
//! nothing is missing. A hole is damage: the reader stops there, and never skips.

use std::{collections::BTreeMap, sync::Arc};

use candor_core::{Board, Event};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, Queryable};
use diesel_async::RunQueryDsl;

use crate::{
    StoreError,
    db::{Conn, on_db},
    row::{FoldRow, int},
    schema::{event, log_head},
};

/// Events read at once.
const PAGE: i64 = 1_000;

/// Where the log ends.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub(crate) struct Head {
    pub(crate) log_id: String,
    pub(crate) seq: i64,
    pub(crate) hash: Vec<u8>,
}

/// A board, and the head at which it was folded.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) board: Arc<Board>,
    pub(crate) head: Head,
}

/// Where the log ends now.
pub(crate) async fn head(conn: &mut Conn) -> Result<Head, StoreError> {
    let columns = (log_head::log_id, log_head::seq, log_head::hash);
    let row = on_db!(conn, c => log_head::table.select(columns).first(c).await.optional())?;
    row.ok_or_else(nameless)
}

/// Where the log ends, locked until the end of the transaction. On SQLite the transaction itself is the lock.
pub(crate) async fn lock_head(conn: &mut Conn) -> Result<Head, StoreError> {
    let columns = (log_head::log_id, log_head::seq, log_head::hash);
    match conn {
        Conn::Pg(c) => {
            let query = log_head::table.select(columns).for_update();
            query.first(&mut **c).await.optional()?.ok_or_else(nameless)
        }
        Conn::Lite(_) => head(conn).await,
    }
}

fn nameless() -> StoreError {
    StoreError::Unavailable("its log has no head, run `candor migrate`".to_owned())
}

/// The board at `head`, from the board that is known already, if any.
pub(crate) async fn fold(
    conn: &mut Conn,
    known: Option<&Known>,
    head: &Head,
) -> Result<Known, StoreError> {
    let board = match known {
        None => Board::default(),
        Some(known) if known.head == *head => return Ok(known.clone()),
        Some(known) => {
            known.is_before(head)?;
            (*known.board).clone()
        }
    };
    Ok(Known { board: Arc::new(fold_to(conn, board, head.seq).await?), head: head.clone() })
}

impl Known {
    /// A log only grows. One that is shorter, or another, was restored from a backup under a running process.
    fn is_before(&self, head: &Head) -> Result<(), StoreError> {
        if self.head.log_id == head.log_id && self.head.seq < head.seq {
            return Ok(());
        }
        Err(StoreError::Halted(format!(
            "it was at event {}, and is now another log or at event {}; if a backup was restored, restart Candor",
            self.head.seq, head.seq
        )))
    }
}

/// Folds the events after `board.seq` up to `head`.
pub(crate) async fn fold_to(
    conn: &mut Conn,
    mut board: Board,
    head: i64,
) -> Result<Board, StoreError> {
    let mut began_at = board.seq;
    let mut remains = BTreeMap::new();
    while int(board.seq) < head {
        let page = page(conn, int(board.seq), head).await?;
        if page.is_empty() {
            return Err(hole(board.seq.saturating_add(1)));
        }
        if page.iter().any(|row| row.payload.is_none() && !remains.contains_key(&row.seq)) {
            remains = what_remains(conn).await?;
        }
        for row in &page {
            let next = board.seq.saturating_add(1);
            if row.seq != int(next) {
                return Err(hole(next));
            }
            let recorded = row.recorded(remains.get(&row.seq).map(String::as_str))?;
            if let Event::PayloadRedacted(redacted) = &recorded.event
                && redacted.seq <= began_at
            {
                // The board still knows what has to be forgotten: fold anew from what remains.
                board = Board::default();
                began_at = 0;
                break;
            }
            board.evolve(&recorded);
        }
    }
    Ok(board)
}

fn hole(seq: u64) -> StoreError {
    StoreError::Halted(format!("event {seq} is missing"))
}

type Folded = (
    event::seq,
    event::type_name,
    event::schema_version,
    event::occurred_at,
    event::recorded_at,
    event::actor,
    event::payload,
);

/// What a fold needs of an event: a [`FoldRow`].
pub(crate) const FOLDED: Folded = (
    event::seq,
    event::type_name,
    event::schema_version,
    event::occurred_at,
    event::recorded_at,
    event::actor,
    event::payload,
);

async fn page(conn: &mut Conn, after: i64, head: i64) -> Result<Vec<FoldRow>, StoreError> {
    let query = event::table
        .filter(event::seq.gt(after))
        .filter(event::seq.le(head))
        .order(event::seq)
        .limit(PAGE)
        .select(FOLDED);
    Ok(on_db!(conn, c => query.load(c).await)?)
}

/// What remains of the redacted events, by their seq.
pub(crate) async fn what_remains(conn: &mut Conn) -> Result<BTreeMap<i64, String>, StoreError> {
    let query = event::table
        .filter(event::type_name.eq("payload-redacted"))
        .order(event::seq.desc())
        .select((event::seq, event::schema_version, event::payload));
    let rows: Vec<(i64, i32, Option<String>)> = on_db!(conn, c => query.load(c).await)?;
    let mut remains = BTreeMap::new();
    // The newest first: a redaction may have been redacted itself.
    for (seq, schema_version, payload) in rows {
        let payload = payload.or_else(|| remains.get(&seq).cloned()).unwrap_or_default();
        match Event::read("payload-redacted", schema_version, &payload) {
            Ok(Event::PayloadRedacted(redacted)) => {
                remains.insert(int(redacted.seq), redacted.remains);
            }
            Ok(_) => {}
            Err(error) => return Err(StoreError::Halted(format!("event {seq}: {error}"))),
        }
    }
    Ok(remains)
}
