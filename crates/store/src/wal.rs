//! SQLite's write-ahead log, which keeps what was erased: its frames stay in the file until others take their place,
//! and that may be never. So it is emptied after each erasure, and every half minute, for what other processes erased.

use std::{sync::Arc, time::Duration};

use diesel::{QueryableByName, sql_types::Integer};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use tokio::time;

use crate::{
    Store, StoreError, StoreShared,
    db::{BUSY_TIMEOUT, Db, PoolRole, PooledConnection},
};

/// How often it is emptied, if anything was written.
const INTERVAL: Duration = Duration::from_secs(30);
/// So often is it tried after an erasure, since whoever reads an older state keeps it from being emptied, …
const TRIES: u32 = 5;
/// … with this pause.
const RETRY_DELAY: Duration = Duration::from_millis(50);
/// It waits for readers, and writers wait for it: not long, and less than for each other.
const SHORT_TIMEOUT: &str = "PRAGMA busy_timeout = 200";

impl Store {
    /// Takes what was erased out of SQLite's write-ahead log, too. If that can't be had now, it is done later.
    pub(crate) async fn empty_wal(&self) {
        let emptied = self
            .run(async move |db| {
                for _ in 0..TRIES {
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
            Err(error) => tracing::warn!(%error, "the write-ahead log can't be emptied"),
        }
    }
}

/// Empties it now and then, until the store is closed.
pub(crate) async fn tend(shared: Arc<StoreShared>) {
    let mut tick = time::interval(INTERVAL);
    loop {
        tokio::select! {
            () = shared.until_closed() => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = empty(&shared.db).await {
            tracing::debug!(%error, "the write-ahead log can't be emptied");
        }
    }
}

/// Empties it, if it isn't; false if somebody reads what is in it.
async fn empty(db: &Db) -> Result<bool, StoreError> {
    #[derive(QueryableByName)]
    struct Checkpoint {
        #[diesel(sql_type = Integer)]
        busy: i32,
    }
    if db.trace().is_none_or(|(_, bytes)| bytes == 0) {
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
