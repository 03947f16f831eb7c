//! Leases for work that one process at a time may do.
//!
//! The clock is the database's, so that processes whose clocks differ agree on when a lease ends.

use std::time::Duration;

use diesel::{
    ExpressionMethods, QueryDsl,
    sql_types::{BigInt, Text},
};
use diesel_async::RunQueryDsl;

use crate::{
    db::{PoolRole, on_db},
    error::StoreError,
    handle::Store,
    schema::leader,
};

/// Takes or renews the lease in one statement. While another process leads it writes and locks nothing, since most
/// processes ask all the time. `$1` to `$3` appear in the order in which they are bound, since they are only names for
/// SQLite.
const TAKE: &str = "INSERT INTO leader (name, holder, lease_until) \
     SELECT w.name, w.holder, w.lease + NOW FROM (SELECT CAST($1 AS TEXT) AS name, CAST($2 AS TEXT) AS holder, \
     CAST($3 AS BIGINT) AS lease) w \
     WHERE NOT EXISTS (SELECT 1 FROM leader l WHERE l.name = w.name AND l.holder <> w.holder AND l.lease_until > NOW) \
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until \
     WHERE leader.holder = excluded.holder OR leader.lease_until <= NOW";

impl Store {
    /// Takes the lease `name` for `holder`, or renews it; returns whether `holder` has it. If this fails, the previous
    /// holder leads until its lease ends.
    pub async fn take_lead(
        &self,
        name: &str,
        holder: &str,
        lease: Duration,
    ) -> Result<bool, StoreError> {
        let (name, holder) = (name.to_owned(), holder.to_owned());
        let lease = i64::try_from(lease.as_micros()).unwrap_or(i64::MAX / 2);
        self.run("take the lead", async move |db| {
            let mut conn = db.get(PoolRole::Write).await?;
            let take = diesel::sql_query(TAKE.replace("NOW", conn.clock()))
                .bind::<Text, _>(name)
                .bind::<Text, _>(holder)
                .bind::<BigInt, _>(lease);
            let taken = on_db!(conn, c => take.execute(c).await)?;
            Ok(taken == 1)
        })
        .await
    }

    /// Gives the lease `name` up, if `holder` has it. If this fails it runs out by itself.
    pub async fn yield_lead(&self, name: &str, holder: &str) -> Result<(), StoreError> {
        let row = leader::table.find(name.to_owned()).filter(leader::holder.eq(holder.to_owned()));
        self.run("give the lead up", async move |db| {
            let mut conn = db.get(PoolRole::Write).await?;
            on_db!(conn, c => diesel::delete(row).execute(c).await)?;
            Ok(())
        })
        .await
    }
}
