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
    db::{PooledConnection, STATEMENT_TIMEOUT, in_time, on_db},
    row::{FoldRow, hex, int},
    schema::{event, log_head},
};

/// Events read at once.
const PAGE: i64 = 1_000;

/// Where the log ends.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub(crate) struct LogHead {
    pub(crate) log_id: String,
    pub(crate) seq: i64,
    pub(crate) hash: Vec<u8>,
    epoch: i32,
}

impl LogHead {
    /// Restoring a backup begins a new epoch.
    pub(crate) fn epoch(&self) -> u32 {
        u32::try_from(self.epoch).unwrap_or_default()
    }

    /// Whether the log was restored since `known` was its head, and that is known.
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

/// Where the log ends now.
pub(crate) async fn head(conn: &mut PooledConnection) -> Result<LogHead, StoreError> {
    let asked =
        async { Ok(on_db!(conn, c => log_head::table.select(HEAD).first(c).await.optional())?) };
    in_time(STATEMENT_TIMEOUT, asked).await?.ok_or_else(nameless)
}

/// Where the log ends, locked until the end of the transaction. On SQLite the transaction itself is the lock.
pub(crate) async fn lock_head(conn: &mut PooledConnection) -> Result<LogHead, StoreError> {
    match conn {
        PooledConnection::Pg(c) => {
            let query = log_head::table.select(HEAD).for_update();
            query.first(&mut **c).await.optional()?.ok_or_else(nameless)
        }
        PooledConnection::Sqlite(_) => head(conn).await,
    }
}

fn nameless() -> StoreError {
    StoreError::NotMigrated("the log has no head".to_owned())
}

/// What a fold gives.
#[derive(Debug)]
pub(crate) struct FoldResult {
    pub(crate) known: FoldedBoard,
    /// A text was redacted that the board knows from before: it has to be folded anew to forget it.
    pub(crate) has_redacted: bool,
}

/// The board at `head`, from the board that is known already, if any. `page_read` is told how far it has come.
pub(crate) async fn fold(
    conn: &mut PooledConnection,
    known: Option<&FoldedBoard>,
    head: &LogHead,
    page_read: &(dyn Fn(u64) + Sync),
) -> Result<FoldResult, StoreError> {
    let board = match known {
        None => Board::default(),
        Some(known) if known.head == *head => {
            return Ok(FoldResult { known: known.clone(), has_redacted: false });
        }
        Some(known) => {
            known.leads_to(conn, head).await?;
            (*known.board).clone()
        }
    };
    let (board, has_redacted) = fold_to(conn, board, head.seq, page_read).await?;
    Ok(FoldResult {
        known: FoldedBoard { board: Arc::new(board), head: head.clone() },
        has_redacted,
    })
}

impl FoldedBoard {
    /// A log only grows: its next event follows from the one that was read last. Another one was restored from a backup
    /// under a running process, and may have grown since, or comes from another server.
    async fn leads_to(
        &self,
        conn: &mut PooledConnection,
        head: &LogHead,
    ) -> Result<(), StoreError> {
        let forked = |how: &str| {
            Err(StoreError::Forked(format!(
                "{how} after event {} was read; if a backup was restored, restart `candor serve` or `candor web`",
                self.head.seq
            )))
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
            in_time(STATEMENT_TIMEOUT, asked).await?
        };
        match before {
            None => Err(hole(u64::try_from(next).unwrap_or_default())),
            Some(before) if before == self.head.hash => Ok(()),
            Some(_) => forked("it goes on from another event"),
        }
    }
}

/// Begins a new epoch, after both the noted one and the log's, unless the event `seq` has this `hash`; the new one.
/// Whoever noted it in an earlier epoch than the log's, or of another log, has nothing to say about this one. A backup
/// that is restored twice comes back in an epoch before the noted one.
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
    let found: Option<Vec<u8>> = on_db!(&mut *conn, c => query.first(c).await.optional())?;
    if head.epoch() == epoch && found.is_some_and(|found| hex(&found) == hash) {
        return Ok(None);
    }
    let next = epoch.saturating_add(1);
    let begun = log_head::epoch.eq(i32::try_from(next).unwrap_or(i32::MAX));
    on_db!(&mut *conn, c => diesel::update(log_head::table).set(begun).execute(c).await)?;
    conn.notify().await?;
    Ok(Some(next))
}

/// Folds the events after `board.seq` up to `head`; whether a text was redacted that the board knew before.
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
        let page = in_time(STATEMENT_TIMEOUT, page(conn, int(board.seq), head)).await?;
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

async fn page(
    conn: &mut PooledConnection,
    after: i64,
    head: i64,
) -> Result<Vec<FoldRow>, StoreError> {
    // The log has no holes, so a page is a range: whatever PostgreSQL believes of the table, it sorts no more than that.
    let query = event::table
        .filter(event::seq.gt(after))
        .filter(event::seq.le(head.min(after.saturating_add(PAGE))))
        .order(event::seq)
        .select(FOLDED);
    Ok(on_db!(conn, c => query.load(c).await)?)
}

/// What remains of the redacted events, by their seq.
pub(crate) async fn what_remains(
    conn: &mut PooledConnection,
) -> Result<BTreeMap<i64, String>, StoreError> {
    let query = event::table
        .filter(event::type_name.eq("payload-redacted"))
        .order(event::seq.desc())
        .select((event::seq, event::schema_version, event::payload));
    let rows: Vec<Redaction> = on_db!(&mut *conn, c => query.load(c).await)?;
    remains_of(rows)
}

/// A redaction: its seq, its schema version, and its payload unless that was redacted, too.
pub(crate) type Redaction = (i64, i32, Option<String>);

/// What remains of the events that these redacted, the newest first: a redaction may have been redacted itself.
pub(crate) fn remains_of(redactions: Vec<Redaction>) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut remains = BTreeMap::new();
    for (seq, schema_version, payload) in redactions {
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
