//! Turns: a room takes one message a second, whoever of all processes sends it. What is urgent may come sooner.

use std::time::Duration;

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryableByName,
    sql_types::{BigInt, Text},
};
use diesel_async::RunQueryDsl;

use crate::{
    Store, StoreError,
    db::{PoolRole, on_db},
    schema::chat_room,
};

/// Something urgent may come so many turns before its own: Slack takes short bursts.
const BURST: i64 = 3;

impl Store {
    /// Reserves the next turn to speak in the room, `pace` after the one before, across all processes; how long to
    /// wait for it. What is `urgent` doesn't wait for the few messages before it; those after it do.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn take_turn(
        &self,
        name: &str,
        pace: Duration,
        urgent: bool,
    ) -> Result<Duration, StoreError> {
        #[derive(QueryableByName)]
        struct NextTurn {
            #[diesel(sql_type = BigInt)]
            turn: i64,
            #[diesel(sql_type = BigInt)]
            held: i64,
        }
        let (name, pace) =
            (name.to_owned(), i64::try_from(pace.as_micros()).unwrap_or(i64::MAX / 2));
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Write).await?;
            // `$1` and `$2` stand in the order in which they are bound: for SQLite they are names.
            let sql = "UPDATE chat_room SET next_turn_at = CAST($1 AS BIGINT) + CASE \
                       WHEN next_turn_at > NOW AND next_turn_at > held_until THEN next_turn_at \
                       WHEN held_until > NOW THEN held_until ELSE NOW END WHERE name = $2 \
                       RETURNING next_turn_at - CAST($1 AS BIGINT) - NOW AS turn, held_until - NOW AS held";
            let turn = diesel::sql_query(sql.replace("NOW", conn.clock()))
                .bind::<BigInt, _>(pace)
                .bind::<Text, _>(name);
            let turn: Option<NextTurn> = on_db!(&mut conn, c => turn.get_result(c).await.optional())?;
            let burst = if urgent { BURST.saturating_mul(pace) } else { 0 };
            let wait = turn.map_or(0, |NextTurn { turn, held }| held.max(turn.saturating_sub(burst)));
            Ok(Duration::from_micros(u64::try_from(wait).unwrap_or_default()))
        })
        .await
    }

    /// Lets nobody speak in the room for a while: the other side asked for it.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn hold_back(&self, name: &str, pause: Duration) -> Result<(), StoreError> {
        let (name, pause) =
            (name.to_owned(), i64::try_from(pause.as_micros()).unwrap_or(i64::MAX / 2));
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let held = async {
                let until = conn.now().await?.as_microsecond().saturating_add(pause);
                let room = chat_room::table.find(name).filter(chat_room::held_until.lt(until));
                let until = chat_room::held_until.eq(until);
                on_db!(&mut conn, c => diesel::update(room).set(until).execute(c).await)?;
                Ok(())
            }
            .await;
            conn.end(held).await
        })
        .await
    }
}
