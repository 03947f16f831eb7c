//! Web addresses where messages don't arrive: they delay no one else and are finally erased.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::SignedDuration;

use super::erase;
use crate::{
    db::{PooledConnection, on_db},
    error::StoreError,
    schema::{delivery, subscriber},
    states::{DeliveryKind, DeliveryState, Lane},
};

/// A subscriber is erased when nothing has arrived there for this long.
const ENDPOINT_EXPIRY: SignedDuration = SignedDuration::from_hours(5 * 24);

/// An attempt to send something to the subscriber `id` left the delivery in `state`, due again at `due`.
///
/// While one message waits for its next attempt, the others to the same address wait with it, so an endpoint that
/// stalls occupies one slot of a worker, however many messages it has coming. Until one arrives they go in the slow
/// lane, so that a hundred such endpoints can't take all slots. The subscriber is erased when a message was given up
/// and nothing has arrived for five days; at least one message was then tried for a whole day.
pub(super) async fn attempted(
    conn: &mut PooledConnection,
    id: &str,
    state: DeliveryState,
    due: Option<i64>,
) -> Result<(), StoreError> {
    let row = subscriber::table.find(id);
    if state == DeliveryState::Sent {
        let works = subscriber::failing_since.eq(None::<i64>);
        let failing = row.filter(subscriber::failing_since.is_not_null());
        let recovered = on_db!(conn, c => diesel::update(failing).set(works).execute(c).await)?;
        if recovered > 0 {
            let waiting = delivery::table
                .filter(delivery::recipient.eq(id))
                .filter(delivery::kind.eq(DeliveryKind::Notice))
                .filter(delivery::state.eq(DeliveryState::Waiting));
            let fast = delivery::lane.eq(Lane::Fast);
            on_db!(conn, c => diesel::update(waiting).set(fast).execute(c).await)?;
        }
        return Ok(());
    }
    let now = conn.now().await?.as_microsecond();
    let working = row.filter(subscriber::failing_since.is_null());
    let failing = subscriber::failing_since.eq(now);
    on_db!(conn, c => diesel::update(working).set(failing).execute(c).await)?;
    if let Some(due) = due {
        let others = delivery::table
            .filter(delivery::recipient.eq(id))
            .filter(delivery::state.eq(DeliveryState::Waiting))
            .filter(delivery::due_at.le(due));
        let together = (delivery::due_at.eq(due), delivery::lane.eq(Lane::Slow));
        on_db!(conn, c => diesel::update(others).set(together).execute(c).await)?;
        return Ok(());
    }
    let since = row.select(subscriber::failing_since);
    let since: Option<Option<i64>> = on_db!(conn, c => since.first(c).await.optional())?;
    let expiry = i64::try_from(ENDPOINT_EXPIRY.as_micros()).unwrap_or(i64::MAX);
    if since.flatten().is_some_and(|since| now.saturating_sub(since) >= expiry) {
        erase(conn, vec![id.to_owned()]).await?;
        tracing::info!(
            subscriber = id,
            "nothing arrived there for five days; the subscriber was erased"
        );
    }
    Ok(())
}
