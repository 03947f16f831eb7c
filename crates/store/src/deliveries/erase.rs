//! Erasing subscribers, and what deliveries know about them.

use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;

use crate::{
    db::{PooledConnection, on_db},
    error::StoreError,
    queue::Queue,
    schema::{delivery, subscriber},
    states::DeliveryState,
};

/// Removes these subscribers, withdraws their unsent deliveries, and forgets their mail servers' answers, which may
/// contain the address. Returns how many there were.
///
/// Their rows are locked first, as finishing a delivery does: in another order the two could deadlock.
pub(crate) async fn erase(
    conn: &mut PooledConnection,
    ids: Vec<String>,
) -> Result<u64, StoreError> {
    if let PooledConnection::Pg(c) = &mut *conn {
        let rows = subscriber::table.filter(subscriber::id.eq_any(&ids)).order(subscriber::id);
        let _locked: Vec<String> = rows.select(subscriber::id).for_update().load(&mut **c).await?;
    }
    let unsent = delivery::table
        .filter(delivery::recipient.eq_any(&ids))
        .filter(delivery::state.eq(DeliveryState::Waiting));
    let withdrawn =
        (delivery::state.eq(DeliveryState::Withdrawn), delivery::due_at.eq(None::<i64>));
    on_db!(conn, c => diesel::update(unsent).set(withdrawn).execute(c).await)?;
    let answered = delivery::table
        .filter(delivery::recipient.eq_any(&ids))
        .filter(delivery::queue.eq(Queue::Mail))
        .filter(delivery::state.ne(DeliveryState::Sending))
        .filter(delivery::answer.is_not_null().or(delivery::last_error.is_not_null()));
    let forgotten = (delivery::answer.eq(None::<String>), delivery::last_error.eq(None::<String>));
    on_db!(conn, c => diesel::update(answered).set(forgotten).execute(c).await)?;
    let rows = subscriber::table.filter(subscriber::id.eq_any(&ids));
    let erased = on_db!(conn, c => diesel::delete(rows).execute(c).await)?;
    Ok(u64::try_from(erased).unwrap_or(u64::MAX))
}
