//! Reading the log: to its end from a known board, or all of it in the background.

use tokio::{task::JoinHandle, time::Instant};

use crate::{
    db::PoolRole,
    error::StoreError,
    fold::{self, FoldedBoard},
    shared::StoreShared,
};

/// Reads the log from its first event.
pub(super) struct LogReading {
    pub(super) begun: Instant,
    pub(super) task: JoinHandle<Result<FoldedBoard, StoreError>>,
}

/// The result of the reading; pending forever if there is none.
pub(super) async fn read(reading: &mut Option<LogReading>) -> Result<FoldedBoard, StoreError> {
    match reading {
        Some(reading) => (&mut reading.task).await.unwrap_or_else(|error| {
            Err(StoreError::unavailable("reading the log broke off").caused_by(error))
        }),
        None => std::future::pending().await,
    }
}

/// Reads what was written since `known`. None if a new epoch has begun.
pub(super) async fn catch_up(
    shared: &StoreShared,
    known: &FoldedBoard,
) -> Result<Option<fold::FoldResult>, StoreError> {
    let mut conn = shared.db.get(PoolRole::Read).await?;
    let folded = async {
        let head = fold::head(&mut conn).await?;
        shared.watch.mark_answered();
        if head.is_after_a_restore(&known.head) {
            return Ok(None);
        }
        let folded =
            fold::fold(&mut conn, Some(known), &head, &|_| shared.watch.mark_answered()).await?;
        Ok(Some(folded))
    }
    .await;
    if folded.is_err() {
        conn.discard();
    }
    folded
}

pub(super) async fn read_all(shared: &StoreShared) -> Result<FoldedBoard, StoreError> {
    let mut conn = shared.db.get(PoolRole::Read).await?;
    let folded = async {
        let head = fold::head(&mut conn).await?;
        let read = |seq| {
            shared.watch.mark_answered();
            shared.progress.set(seq, head.seq);
        };
        read(0);
        fold::fold(&mut conn, None, &head, &read).await
    }
    .await;
    if folded.is_err() {
        conn.discard();
    }
    Ok(folded?.folded)
}
