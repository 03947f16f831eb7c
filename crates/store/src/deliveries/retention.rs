//! How long deliveries are kept.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};

use crate::{
    db::on_db,
    error::StoreError,
    handle::{Store, transaction},
    schema::delivery,
};

/// Rows removed in one transaction, so that others wait only briefly for the lock.
const PAGE_SIZE: i64 = 2_000;

impl Store {
    /// Removes finished deliveries that are older than `age` by the database's clock; returns how many. If this fails,
    /// what was removed by then stays removed.
    pub async fn purge_deliveries(&self, age: SignedDuration) -> Result<u64, StoreError> {
        self.run("remove old deliveries", async move |db| {
            let mut purged = 0;
            loop {
                let page = transaction(&db, move |conn| {
                    async move {
                        let limit = conn.now().await?.checked_sub(age).unwrap_or(Timestamp::MIN);
                        let old = delivery::table
                            .filter(delivery::created_at.lt(limit.as_microsecond()))
                            .filter(delivery::due_at.is_null())
                            .limit(PAGE_SIZE)
                            .select(delivery::id);
                        let old: Vec<String> = on_db!(conn, c => old.load(c).await)?;
                        let rows = delivery::table.filter(delivery::id.eq_any(&old));
                        on_db!(conn, c => diesel::delete(rows).execute(c).await)?;
                        Ok(i64::try_from(old.len()).unwrap_or(PAGE_SIZE))
                    }
                    .boxed()
                });
                let page = page.await?;
                purged += page;
                if page < PAGE_SIZE {
                    return Ok(u64::try_from(purged).unwrap_or_default());
                }
            }
        })
        .await
    }
}
