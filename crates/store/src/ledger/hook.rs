//! What the answer of an address of the web means for that address: one that is dead keeps nobody else waiting, and is
//! forgotten in the end.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::SignedDuration;

use super::{FAST_LANE, NOTICE, SLOW_LANE};
use crate::{
    StoreError,
    db::{PooledConnection, on_db},
    schema::{delivery, subscriber as table},
    subscriber,
};

/// Where nothing arrived for so long, the subscriber is erased.
const HOPELESS: SignedDuration = SignedDuration::from_hours(5 * 24);

/// A delivery to the subscriber `id` ended in `state`, and is due again at `due`.
///
/// While one message waits for its next try the others to the same address wait with it, so an endpoint that stalls
/// holds one slot of a worker, however many messages it is owed; and until one arrives they go in the slow lane, so that
/// a hundred such endpoints don't hold all slots. It is erased when a message was given up and nothing
/// has arrived for five days: then at least one message was tried for a whole day.
pub(super) async fn answered(
    conn: &mut PooledConnection,
    id: &str,
    state: &str,
    due: Option<i64>,
) -> Result<(), StoreError> {
    let query = table::table.find(id);
    if state == "sent" {
        let works = table::failing_since.eq(None::<i64>);
        let failing = query.filter(table::failing_since.is_not_null());
        let again = on_db!(&mut *conn, c => diesel::update(failing).set(works).execute(c).await)?;
        if again > 0 {
            let waiting = delivery::table
                .filter(delivery::subscriber_id.eq(id))
                .filter(delivery::kind.eq(NOTICE))
                .filter(delivery::state.eq("waiting"));
            let fast = delivery::lane.eq(FAST_LANE);
            on_db!(&mut *conn, c => diesel::update(waiting).set(fast).execute(c).await)?;
        }
        return Ok(());
    }
    let now = conn.now().await?.as_microsecond();
    let works = query.filter(table::failing_since.is_null());
    let failing = table::failing_since.eq(now);
    on_db!(&mut *conn, c => diesel::update(works).set(failing).execute(c).await)?;
    if let Some(due) = due {
        let others = delivery::table
            .filter(delivery::subscriber_id.eq(id))
            .filter(delivery::state.eq("waiting"))
            .filter(delivery::due_at.le(due));
        let together = (delivery::due_at.eq(due), delivery::lane.eq(SLOW_LANE));
        on_db!(&mut *conn, c => diesel::update(others).set(together).execute(c).await)?;
        return Ok(());
    }
    let since = query.select(table::failing_since);
    let since: Option<Option<i64>> = on_db!(&mut *conn, c => since.first(c).await.optional())?;
    let hopeless = i64::try_from(HOPELESS.as_micros()).unwrap_or(i64::MAX);
    if since.flatten().is_some_and(|since| now.saturating_sub(since) >= hopeless) {
        subscriber::erase(conn, vec![id.to_owned()]).await?;
        tracing::info!(
            subscriber = id,
            "nothing arrived there for five days; the subscriber was erased"
        );
    }
    Ok(())
}
