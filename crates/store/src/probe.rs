//! Probes the database beside the log's task: whether it answers while that task waits for it, and whether it takes
//! writes. A task that hangs in a transaction can't report that itself, and a database that only refuses writes would
//! otherwise be noticed by the first alert.

use std::{sync::Arc, time::Duration};

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use tokio::time;

use crate::{
    db::{PoolRole, on_db, with_timeout},
    error::StoreError,
    fold,
    handle::transaction,
    schema::log_head,
    shared::StoreShared,
};

/// How often it is checked whether a probe is due.
const TICK_INTERVAL: Duration = Duration::from_millis(500);
/// How long a probe may take.
const PROBE_TIMEOUT: Duration = Duration::from_secs(3);

/// Probes until the store is closed.
pub(crate) async fn run(shared: Arc<StoreShared>) {
    let reads = async {
        loop {
            if !shared.watch.answered_recently() {
                probe_read(&shared).await;
            }
            time::sleep(TICK_INTERVAL).await;
        }
    };
    // Separately, because a write may wait for a lock, and that doesn't make the page old.
    let writes = async {
        loop {
            time::sleep(TICK_INTERVAL).await;
            // Before the log was read there may be no tables yet.
            if shared.watch.is_write_probe_due() && shared.snapshot.borrow().board.is_some() {
                let probed = probe_write(&shared).await;
                shared.watch.record_write(probed.as_ref().copied());
            }
        }
    };
    tokio::select! {
        () = reads => {}
        () = writes => {}
        () = shared.until_closed() => {}
    }
}

async fn probe_read(shared: &StoreShared) {
    let probed = with_timeout(PROBE_TIMEOUT, async {
        let mut conn = shared.db.get(PoolRole::Read).await?;
        let head = fold::head(&mut conn).await;
        // A connection on which nothing comes back must not be reused.
        if head.is_err() {
            conn.discard();
        }
        head
    });
    match probed.await {
        Ok(_) => shared.watch.mark_answered(),
        Err(error) => shared.unreachable(&error),
    }
}

/// Changes a column that is never read.
async fn probe_write(shared: &StoreShared) -> Result<(), StoreError> {
    transaction(&shared.db, |conn| {
        async move {
            let probed = log_head::probed_at.eq(conn.now().await?.as_microsecond());
            let head = log_head::table.find(1);
            on_db!(conn, c => diesel::update(head).set(probed).execute(c).await)?;
            Ok(())
        }
        .boxed()
    })
    .await
}
