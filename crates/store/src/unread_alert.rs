//! Calls to the webhooks of alert sources that couldn't be read: kept for a while, so that a person can see what was sent.

use diesel::{ExpressionMethods, OptionalExtension as _, QueryDsl};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{db::on_db, error::StoreError, handle::Store, row, schema::unread_alert};

/// How many are kept, the newest.
const MAX_KEPT: i64 = 1_000;

/// A call that couldn't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadAlert {
    /// Its id; ids of later calls are greater.
    pub id: String,
    /// When it came.
    pub received_at: Timestamp,
    /// The alert source whose address was called, or `unknown`.
    pub source: String,
    /// Why it couldn't be read: a sentence.
    pub problem: String,
    /// What was sent, without its secrets.
    pub body: String,
}

impl Store {
    /// Keeps a call, and removes the oldest ones beyond 1,000.
    pub async fn keep_unread_alert(
        &self,
        source: &'static str,
        problem: String,
        body: String,
    ) -> Result<(), StoreError> {
        self.transaction("keep a call that can't be read", move |conn| {
            async move {
                let now = conn.now().await?;
                let new = (
                    unread_alert::id.eq(Uuid::now_v7().to_string()),
                    unread_alert::received_at.eq(now.as_microsecond()),
                    unread_alert::source.eq(source),
                    unread_alert::problem.eq(problem),
                    // PostgreSQL takes no NUL.
                    unread_alert::body.eq(body.replace('\0', "\u{fffd}")),
                );
                let too_many = unread_alert::table
                    .order(unread_alert::id.desc())
                    .offset(MAX_KEPT)
                    .select(unread_alert::id);
                on_db!(conn, c => {
                    diesel::insert_into(unread_alert::table).values(new).execute(c).await?;
                    let last: Option<String> = too_many.first(c).await.optional()?;
                    let old = unread_alert::id.le(last.unwrap_or_default());
                    diesel::delete(unread_alert::table.filter(old)).execute(c).await
                })?;
                Ok(())
            }
            .boxed()
        })
        .await
    }

    /// Removes calls that are older than `age` by the database's clock; returns how many.
    pub async fn purge_unread_alerts(&self, age: SignedDuration) -> Result<u64, StoreError> {
        self.transaction("remove old calls that couldn't be read", move |conn| {
            async move {
                let limit = conn.now().await?.checked_sub(age).unwrap_or(Timestamp::MIN);
                let old = unread_alert::received_at.lt(limit.as_microsecond());
                let rows = unread_alert::table.filter(old);
                let purged = on_db!(conn, c => diesel::delete(rows).execute(c).await)?;
                Ok(u64::try_from(purged).unwrap_or_default())
            }
            .boxed()
        })
        .await
    }

    /// The calls that were kept, the newest first.
    pub async fn unread_alerts(&self) -> Result<Vec<UnreadAlert>, StoreError> {
        let query = unread_alert::table.order(unread_alert::id.desc());
        self.read("find the calls that couldn't be read", async move |mut conn| {
            let rows: Vec<(String, i64, String, String, String)> =
                on_db!(conn, c => query.load(c).await)?;
            let kept = |(id, at, source, problem, body)| {
                Ok(UnreadAlert { id, received_at: row::time(at)?, source, problem, body })
            };
            rows.into_iter().map(kept).collect()
        })
        .await
    }
}
