//! Who leads: what must be done by one process at a time belongs to whoever holds the lease.
//!
//! The clock is the database's, so that processes whose clocks differ agree on when a lease ends.

use std::time::Duration;

use diesel::{
    ExpressionMethods, QueryDsl,
    sql_types::{BigInt, Text},
};
use diesel_async::RunQueryDsl;

use crate::{
    Store, StoreError,
    db::{PoolRole, on_db},
    schema::leader,
};

/// Takes or renews in one statement. While somebody else leads it writes nothing, and locks nothing: most processes
/// ask this all day. Whoever waits for the row sees it as it is then. `$1` to `$3` stand in the order in which they are
/// bound, so that SQLite, for which they are names, counts them alike.
const TAKE: &str = "INSERT INTO leader (name, holder, lease_until) \
     SELECT w.name, w.holder, w.lease + NOW FROM (SELECT CAST($1 AS TEXT) AS name, CAST($2 AS TEXT) AS holder, \
     CAST($3 AS BIGINT) AS lease) w \
     WHERE NOT EXISTS (SELECT 1 FROM leader l WHERE l.name = w.name AND l.holder <> w.holder AND l.lease_until > NOW) \
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until \
     WHERE leader.holder = excluded.holder OR leader.lease_until <= NOW";

impl Store {
    /// Takes the lead of `name`, or renews it for another `lease` from now; whether `holder` has it.
    ///
    /// # Errors
    /// The database can't be reached: whoever led goes on leading until the lease ends.
    pub async fn lead(
        &self,
        name: &str,
        holder: &str,
        lease: Duration,
    ) -> Result<bool, StoreError> {
        let (name, holder) = (name.to_owned(), holder.to_owned());
        let lease = i64::try_from(lease.as_micros()).unwrap_or(i64::MAX / 2);
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Write).await?;
            let take = diesel::sql_query(TAKE.replace("NOW", conn.clock()))
                .bind::<Text, _>(name)
                .bind::<Text, _>(holder)
                .bind::<BigInt, _>(lease);
            let taken = on_db!(&mut conn, c => take.execute(c).await)?;
            Ok(taken == 1)
        })
        .await
    }

    /// Gives the lead of `name` up, if `holder` has it: the next who asks gets it.
    ///
    /// # Errors
    /// The database can't be reached: the lease runs out by itself.
    pub async fn yield_lead(&self, name: &str, holder: &str) -> Result<(), StoreError> {
        let (name, holder) = (name.to_owned(), holder.to_owned());
        self.run(async move |db| {
            let held = leader::table.find(name).filter(leader::holder.eq(holder));
            let mut conn = db.get(PoolRole::Write).await?;
            on_db!(&mut conn, c => diesel::delete(held).execute(c).await)?;
            Ok(())
        })
        .await
    }
}
