//! The rate limit of a chat channel: one message a second across all processes. Urgent messages may be sent sooner.

use std::time::Duration;

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryableByName,
    sql_types::{BigInt, Text},
};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;

use crate::{
    db::{PoolRole, on_db},
    error::StoreError,
    handle::Store,
    schema::chat_channel,
};

/// An urgent message may skip ahead of this many others: Slack allows short bursts.
const BURST: i64 = 3;

/// Reserves the next send and returns the time until then. `$1` and `$2` appear in the order in which they are bound, since
/// they are only names for SQLite.
const RESERVE: &str = "UPDATE chat_channel SET next_send_at = CAST($1 AS BIGINT) + CASE \
     WHEN next_send_at > NOW AND next_send_at > paused_until THEN next_send_at \
     WHEN paused_until > NOW THEN paused_until ELSE NOW END WHERE name = $2 \
     RETURNING next_send_at - CAST($1 AS BIGINT) - NOW AS wait, paused_until - NOW AS paused";

#[derive(QueryableByName)]
struct SendReservation {
    #[diesel(sql_type = BigInt)]
    wait: i64,
    #[diesel(sql_type = BigInt)]
    paused: i64,
}

impl Store {
    /// Reserves the next send in the channel, `interval` after the previous one across all processes, and returns how
    /// long to wait for it. An `urgent` message doesn't wait for the few messages before it; later ones do.
    pub async fn reserve_send(
        &self,
        channel: &str,
        interval: Duration,
        urgent: bool,
    ) -> Result<Duration, StoreError> {
        let (channel, interval) = (channel.to_owned(), micros(interval));
        self.run("reserve a send", async move |db| {
            let mut conn = db.get(PoolRole::Write).await?;
            let reserve = diesel::sql_query(RESERVE.replace("NOW", conn.clock()))
                .bind::<BigInt, _>(interval)
                .bind::<Text, _>(channel);
            let reserved: Option<SendReservation> =
                on_db!(conn, c => reserve.get_result(c).await.optional())?;
            let burst = if urgent { BURST.saturating_mul(interval) } else { 0 };
            let wait = reserved
                .map_or(0, |reserved| reserved.paused.max(reserved.wait.saturating_sub(burst)));
            Ok(Duration::from_micros(u64::try_from(wait).unwrap_or_default()))
        })
        .await
    }

    /// Stops all sends to the channel for a while, because the other side asked for it.
    pub async fn pause_sends(&self, channel: &str, pause: Duration) -> Result<(), StoreError> {
        let (channel, pause) = (channel.to_owned(), micros(pause));
        self.transaction("pause a chat channel", move |conn| {
            async move {
                let until = conn.now().await?.as_microsecond().saturating_add(pause);
                let row =
                    chat_channel::table.find(channel).filter(chat_channel::paused_until.lt(until));
                let until = chat_channel::paused_until.eq(until);
                on_db!(conn, c => diesel::update(row).set(until).execute(c).await)?;
                Ok(())
            }
            .boxed()
        })
        .await
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX / 2)
}
