//! How long deliveries are kept.

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};

use crate::{
    Store, StoreError,
    db::{PoolRole, on_db},
    schema::delivery,
};

/// So many are removed in one transaction, so that nobody waits long for the writers.
const PAGE: i64 = 2_000;

impl Store {
    /// Removes the deliveries that were made `age` ago, by the database's clock, or before, and are finished; how many.
    ///
    /// # Errors
    /// The database can't be reached; what was removed by then stays removed.
    pub async fn purge_deliveries(&self, age: SignedDuration) -> Result<u64, StoreError> {
        self.run(async move |db| {
            let mut purged = 0;
            loop {
                let mut conn = db.begin(PoolRole::Write).await?;
                let page = async {
                    let limit = conn.now().await?.checked_sub(age).unwrap_or(Timestamp::MIN);
                    let old = delivery::table
                        .filter(delivery::created_at.lt(limit.as_microsecond()))
                        .filter(delivery::due_at.is_null())
                        .limit(PAGE)
                        .select(delivery::id);
                    let old: Vec<String> = on_db!(&mut conn, c => old.load(c).await)?;
                    let rows = delivery::table.filter(delivery::id.eq_any(&old));
                    on_db!(&mut conn, c => diesel::delete(rows).execute(c).await)?;
                    Ok(i64::try_from(old.len()).unwrap_or(PAGE))
                }
                .await;
                let page = conn.end(page).await?;
                purged += page;
                if page < PAGE {
                    return Ok(u64::try_from(purged).unwrap_or_default());
                }
            }
        })
        .await
    }
}
