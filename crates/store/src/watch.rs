//! Looks at the database beside the log's task: whether it answers while that task waits for it, and whether it can be
//! written.
//!
//! Nothing here follows the log. A task that hangs in a transaction can't say so itself, and a database that only
//! refuses to be written would be noticed by the first alert.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use tokio::time;

use crate::{
    StoreError, StoreShared,
    db::{PoolRole, in_time, on_db},
    read,
    schema::log_head,
};

/// How often it is considered whether to look.
const TICK: Duration = Duration::from_millis(500);
/// Whoever has heard the database within this time needn't look.
const QUIET: Duration = Duration::from_secs(2);
/// How long a look may take.
const LOOK_TIMEOUT: Duration = Duration::from_secs(3);
/// How often it is tried whether the database can be written, if nothing else was.
const WRITE_EVERY: Duration = Duration::from_secs(10);

/// When the database was heard last, and whether it can be written.
#[derive(Debug, Default)]
pub(crate) struct DatabaseWatch {
    heard: Mutex<Option<Instant>>,
    writing: Mutex<Writing>,
}

#[derive(Debug, Default)]
struct Writing {
    /// When it was tried last.
    tried_at: Option<Instant>,
    /// Why it can't be written.
    trouble: Option<StoreError>,
}

impl DatabaseWatch {
    /// The database has answered something.
    pub(crate) fn heard(&self) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn was_heard(&self) -> bool {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.is_some_and(|at| at.elapsed() < QUIET)
    }

    /// How a write ended. What is wrong with the log is no matter of writing: the reader says it.
    pub(crate) fn wrote(&self, outcome: Result<(), &StoreError>) {
        let trouble = match outcome {
            Err(StoreError::Halted(_) | StoreError::Forked(_)) => return,
            Err(error) => Some(error.clone()),
            Ok(()) => None,
        };
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        match (&writing.trouble, &trouble) {
            (None, Some(error)) => tracing::warn!(%error, "the database can't be written"),
            (Some(_), None) => tracing::info!("the database can be written again"),
            (None, None) | (Some(_), Some(_)) => {}
        }
        *writing = Writing { tried_at: Some(Instant::now()), trouble };
    }

    /// Why the database can't be written, as far as is known.
    pub(crate) fn trouble(&self) -> Option<StoreError> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner).trouble.clone()
    }

    fn write_is_due(&self) -> bool {
        let writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        writing.tried_at.is_none_or(|at| at.elapsed() >= WRITE_EVERY)
    }
}

/// Looks until the store is closed.
pub(crate) async fn watch(shared: Arc<StoreShared>) {
    let looks = async {
        loop {
            if !shared.watch.was_heard() {
                look(&shared).await;
            }
            time::sleep(TICK).await;
        }
    };
    // Beside it: a write may wait for somebody's lock, and that is no reason to call the page old.
    let writes = async {
        loop {
            time::sleep(TICK).await;
            // Before the log was read there may be no tables yet.
            if shared.watch.write_is_due() && shared.snapshot.borrow().board.is_some() {
                match try_to_write(&shared).await {
                    Ok(()) => shared.watch.wrote(Ok(())),
                    Err(error) => shared.watch.wrote(Err(&error)),
                }
            }
        }
    };
    tokio::select! {
        () = looks => {}
        () = writes => {}
        () = shared.until_closed() => {}
    }
}

async fn look(shared: &StoreShared) {
    let looked = in_time(LOOK_TIMEOUT, async {
        let mut conn = shared.db.get(PoolRole::Read).await?;
        let head = read::head(&mut conn).await;
        // A connection on which nothing comes back is good for nothing more.
        if head.is_err() {
            conn.discard();
        }
        head
    });
    match looked.await {
        Ok(_) => shared.watch.heard(),
        Err(error) => shared.unreachable(&error.to_string()),
    }
}

/// Changes what nobody reads.
async fn try_to_write(shared: &StoreShared) -> Result<(), StoreError> {
    let mut conn = shared.db.begin(PoolRole::Write).await?;
    let tried = async {
        let now = conn.now().await?.as_microsecond();
        on_db!(&mut conn, c => {
            diesel::update(log_head::table.find(1)).set(log_head::probed_at.eq(now)).execute(c).await
        })?;
        Ok(())
    }
    .await;
    conn.end(tried).await
}
