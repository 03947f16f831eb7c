//! Reading the log: its head, and the board that results from folding all events before it.
//!
//! A reader always sees a prefix of the log. It asks for the events after its own position, and none may be missing: a
//! hole is damage, at which the reader stops; it never skips events.

use std::{collections::BTreeMap, sync::Arc};

use candor_core::{Board, Event};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, Queryable};
use diesel_async::RunQueryDsl;

use crate::{
    db::{PooledConnection, STATEMENT_TIMEOUT, on_db, with_timeout},
    error::{StoreError, StoreErrorKind},
    row::{FoldRow, hex, int},
    schema::{event, log_head},
};

/// Events read at once.
const PAGE_SIZE: i64 = 1_000;

/// The last position of the log.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub(crate) struct LogHead {
    pub(crate) log_id: String,
    pub(crate) seq: i64,
    pub(crate) hash: Vec<u8>,
    epoch: i32,
}

impl LogHead {
    /// Counts the restores from a backup.
    pub(crate) fn epoch(&self) -> u32 {
        u32::try_from(self.epoch).unwrap_or_default()
    }

    /// Whether the log was restored (and knows it) since `known` was its head.
    pub(crate) fn is_after_a_restore(&self, known: &Self) -> bool {
        self.log_id == known.log_id && self.epoch > known.epoch
    }
}

type HeadColumns = (log_head::log_id, log_head::seq, log_head::hash, log_head::epoch);
const HEAD: HeadColumns = (log_head::log_id, log_head::seq, log_head::hash, log_head::epoch);

/// A board, and the head at which it was folded.
#[derive(Debug, Clone)]
pub(crate) struct FoldedBoard {
    pub(crate) board: Arc<Board>,
    pub(crate) head: LogHead,
}

/// The current head of the log.
pub(crate) async fn head(conn: &mut PooledConnection) -> Result<LogHead, StoreError> {
    let asked =
        async { Ok(on_db!(conn, c => log_head::table.select(HEAD).first(c).await.optional())?) };
    with_timeout(STATEMENT_TIMEOUT, asked).await?.ok_or_else(missing_head)
}

/// The head of the log, locked until the end of the transaction. On SQLite the transaction itself is the lock.
pub(crate) async fn lock_head(conn: &mut PooledConnection) -> Result<LogHead, StoreError> {
    match conn {
        PooledConnection::Pg(c) => {
            let query = log_head::table.select(HEAD).for_update();
            query.first(&mut **c).await.optional()?.ok_or_else(missing_head)
        }
        PooledConnection::Sqlite(_) => head(conn).await,
    }
}

fn missing_head() -> StoreError {
    StoreError::new(StoreErrorKind::NotMigrated, "the log has no head")
}

/// The result of a fold.
#[derive(Debug)]
pub(crate) struct FoldResult {
    pub(crate) folded: FoldedBoard,
    /// A text was redacted that the board already contained, so the board must be folded again without it.
    pub(crate) has_redacted: bool,
}

/// The board at `head`, starting from the board `known`, if there is one. `page_read` is called with the position after
/// each page.
pub(crate) async fn fold(
    conn: &mut PooledConnection,
    known: Option<&FoldedBoard>,
    head: &LogHead,
    page_read: &(dyn Fn(u64) + Sync),
) -> Result<FoldResult, StoreError> {
    let board = match known {
        None => Board::default(),
        Some(known) if known.head == *head => {
            return Ok(FoldResult { folded: known.clone(), has_redacted: false });
        }
        Some(known) => {
            known.leads_to(conn, head).await?;
            (*known.board).clone()
        }
    };
    let (board, has_redacted) = fold_to(conn, board, head.seq, page_read).await?;
    Ok(FoldResult {
        folded: FoldedBoard { board: Arc::new(board), head: head.clone() },
        has_redacted,
    })
}

impl FoldedBoard {
    /// Checks that `head` continues this board's log. If it doesn't, a backup was restored under a running process, or
    /// the database is another one.
    async fn leads_to(
        &self,
        conn: &mut PooledConnection,
        head: &LogHead,
    ) -> Result<(), StoreError> {
        let forked = |how: &str| {
            Err(StoreError::new(
                StoreErrorKind::Forked,
                format!(
                    "{how} after event {} was read; if a backup was restored, restart `candor serve` or `candor web`",
                    self.head.seq
                ),
            ))
        };
        if self.head.log_id != head.log_id {
            return forked("it is another log");
        }
        if self.head.epoch != head.epoch {
            return forked("another epoch has begun");
        }
        if head.seq < self.head.seq {
            return forked(&format!("it ends at event {}", head.seq));
        }
        let next = self.head.seq.saturating_add(1);
        let before = if head.seq == self.head.seq {
            Some(head.hash.clone())
        } else {
            let query = event::table.find(next).select(event::prev_hash);
            let asked =
                async { Ok(on_db!(conn, c => query.first::<Vec<u8>>(c).await.optional())?) };
            with_timeout(STATEMENT_TIMEOUT, asked).await?
        };
        match before {
            None => Err(hole(u64::try_from(next).unwrap_or_default())),
            Some(before) if before == self.head.hash => Ok(()),
            Some(_) => forked("it goes on from another event"),
        }
    }
}

/// Begins a new epoch unless the event `seq` has this `hash`, which was noted in `epoch`; returns the new epoch.
///
/// It comes after both the noted epoch and the log's, since a backup that is restored twice comes back in an epoch before
/// the noted one. A head noted of another log, or in an earlier epoch than the log's, decides nothing.
pub(crate) async fn begin_epoch_unless(
    conn: &mut PooledConnection,
    log_id: &str,
    epoch: u32,
    seq: u64,
    hash: &str,
) -> Result<Option<u32>, StoreError> {
    let head = lock_head(conn).await?;
    if head.log_id != log_id || head.epoch() > epoch || seq == 0 {
        return Ok(None);
    }
    let query = event::table.find(int(seq)).select(event::hash);
    let found: Option<Vec<u8>> = on_db!(conn, c => query.first(c).await.optional())?;
    if head.epoch() == epoch && found.is_some_and(|found| hex(&found) == hash) {
        return Ok(None);
    }
    let next = epoch.saturating_add(1);
    let begun = log_head::epoch.eq(i32::try_from(next).unwrap_or(i32::MAX));
    on_db!(conn, c => diesel::update(log_head::table).set(begun).execute(c).await)?;
    conn.notify().await?;
    Ok(Some(next))
}

/// Folds the events after `board.seq` up to `head`. Also returns whether a text was redacted that `board` contained.
pub(crate) async fn fold_to(
    conn: &mut PooledConnection,
    mut board: Board,
    head: i64,
    page_read: &(dyn Fn(u64) + Sync),
) -> Result<(Board, bool), StoreError> {
    let began_at = board.seq;
    let mut has_redacted = false;
    let mut remains = BTreeMap::new();
    while int(board.seq) < head {
        let page = with_timeout(STATEMENT_TIMEOUT, page(conn, int(board.seq), head)).await?;
        if page.is_empty() {
            return Err(hole(board.seq.saturating_add(1)));
        }
        if page.iter().any(|row| row.payload.is_none() && !remains.contains_key(&row.seq)) {
            remains = redaction_remains(conn).await?;
        }
        for row in &page {
            let next = board.seq.saturating_add(1);
            if row.seq != int(next) {
                return Err(hole(next));
            }
            let recorded = row.recorded(remains.get(&row.seq).map(String::as_str))?;
            if let Event::PayloadRedacted(redacted) = &recorded.event {
                has_redacted |= redacted.seq <= began_at;
            }
            board.evolve(&recorded);
        }
        page_read(board.seq);
    }
    Ok((board, has_redacted))
}

fn hole(seq: u64) -> StoreError {
    StoreError::halted(format!("event {seq} is missing"))
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

/// The columns of a [`FoldRow`].
pub(crate) const FOLDED: Folded = (
    event::seq,
    event::type_name,
    event::schema_version,
    event::occurred_at,
    event::recorded_at,
    event::actor,
    event::payload,
);

async fn page(
    conn: &mut PooledConnection,
    after: i64,
    head: i64,
) -> Result<Vec<FoldRow>, StoreError> {
    // The log has no holes, so a page is a range of seq. PostgreSQL never sorts more than that, whatever its statistics.
    let query = event::table
        .filter(event::seq.gt(after))
        .filter(event::seq.le(head.min(after.saturating_add(PAGE_SIZE))))
        .order(event::seq)
        .select(FOLDED);
    Ok(on_db!(conn, c => query.load(c).await)?)
}

/// What redactions left of the redacted events, by their seq.
pub(crate) async fn redaction_remains(
    conn: &mut PooledConnection,
) -> Result<BTreeMap<i64, String>, StoreError> {
    let query = event::table
        .filter(event::type_name.eq("payload-redacted"))
        .order(event::seq.desc())
        .select((event::seq, event::schema_version, event::payload));
    let rows: Vec<Redaction> = on_db!(conn, c => query.load(c).await)?;
    remains_of(rows)
}

/// A redaction: its seq, its schema version, and its payload unless that was redacted, too.
pub(crate) type Redaction = (i64, i32, Option<String>);

/// What these redactions, newest first, left of their events. A redaction may have been redacted itself.
pub(crate) fn remains_of(redactions: Vec<Redaction>) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut remains = BTreeMap::new();
    for (seq, schema_version, payload) in redactions {
        let payload = payload.or_else(|| remains.get(&seq).cloned()).unwrap_or_default();
        match Event::read("payload-redacted", schema_version, &payload) {
            Ok(Event::PayloadRedacted(redacted)) => {
                remains.insert(int(redacted.seq), redacted.remains);
            }
            Ok(_) => {}
            Err(error) => return Err(StoreError::halted(format!("event {seq}")).caused_by(error)),
        }
    }
    Ok(remains)
}
