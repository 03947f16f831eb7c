//! Emptying SQLite's write-ahead log, which keeps erased data: its frames stay in the file until others replace them, maybe
//! forever. So it is emptied after each erasure, and every half minute for what other processes erased.

use std::{sync::Arc, time::Duration};

use diesel::{QueryableByName, sql_types::Integer};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use tokio::time;

use crate::{
    db::{BUSY_TIMEOUT, Db, PoolRole, PooledConnection},
    error::StoreError,
    handle::Store,
    shared::StoreShared,
};

/// How often it is emptied if anything was written.
const INTERVAL: Duration = Duration::from_secs(30);
/// Attempts after an erasure. A reader of an older state prevents it.
const MAX_TRIES: u32 = 5;
/// The delay between these attempts.
const RETRY_DELAY: Duration = Duration::from_millis(50);
/// Emptying waits for readers, and writers wait for it, so it must be short.
const SHORT_TIMEOUT: &str = "PRAGMA busy_timeout = 200";

impl Store {
    /// Removes erased data from SQLite's write-ahead log, too. If that is not possible now, it is done later.
    pub(crate) async fn empty_wal(&self) {
        let emptied = self
            .run("empty the write-ahead log", async move |db| {
                for _ in 0..MAX_TRIES {
                    if empty(&db).await? {
                        return Ok(true);
                    }
                    time::sleep(RETRY_DELAY).await;
                }
                Ok(false)
            })
            .await;
        match emptied {
            Ok(true) => {}
            Ok(false) => tracing::debug!("the write-ahead log is being read, and is emptied later"),
            Err(error) => {
                tracing::warn!(error = %error.chain(), "the write-ahead log can't be emptied");
            }
        }
    }
}

/// Empties it regularly until the store is closed.
pub(crate) async fn run(shared: Arc<StoreShared>) {
    let mut tick = time::interval(INTERVAL);
    loop {
        tokio::select! {
            () = shared.until_closed() => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = empty(&shared.db).await {
            tracing::debug!(error = %error.chain(), "the write-ahead log can't be emptied");
        }
    }
}

/// Empties it unless it is empty; false if a reader prevents it.
async fn empty(db: &Db) -> Result<bool, StoreError> {
    #[derive(QueryableByName)]
    struct Checkpoint {
        #[diesel(sql_type = Integer)]
        busy: i32,
    }
    if db.wal_fingerprint().is_none_or(|(_, bytes)| bytes == 0) {
        return Ok(true);
    }
    let PooledConnection::Sqlite(mut lite) = db.get(PoolRole::Write).await? else {
        return Ok(true);
    };
    let emptied = async {
        lite.batch_execute(SHORT_TIMEOUT).await?;
        let checkpoint = diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)");
        let Checkpoint { busy } = checkpoint.get_result(&mut *lite).await?;
        lite.batch_execute(BUSY_TIMEOUT).await?;
        Ok(busy == 0)
    };
    let emptied = emptied.await;
    if emptied.is_err() {
        PooledConnection::Sqlite(lite).discard();
    }
    emptied
}
