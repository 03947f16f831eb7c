//! Calls to the webhooks of alert sources that couldn't be read: kept for a while, so that a person can see what was sent.

use diesel::{ExpressionMethods, OptionalExtension as _, QueryDsl};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{db::on_db, error::StoreError, handle::Store, row, schema::unread_alert};

/// How many are kept, the newest.
const MAX_KEPT: i64 = 1_000;
/// For how long.
const MAX_AGE: SignedDuration = SignedDuration::from_hours(30 * 24);

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
    /// Keeps a call, and removes the oldest ones beyond 1,000 and those older than 30 days.
    pub async fn keep_unread_alert(
        &self,
        source: &'static str,
        problem: String,
        body: String,
    ) -> Result<(), StoreError> {
        self.transaction("keep a call that can't be read", move |conn| {
            async move {
                let now = conn.now().await?;
                let oldest = now.checked_sub(MAX_AGE).unwrap_or(Timestamp::MIN).as_microsecond();
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
                    let old = unread_alert::table
                        .filter(unread_alert::received_at.lt(oldest))
                        .or_filter(unread_alert::id.le(last.unwrap_or_default()));
                    diesel::delete(old).execute(c).await
                })?;
                Ok(())
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
