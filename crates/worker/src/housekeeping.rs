//! What is thrown away, and what is looked at again: addresses that nobody confirmed, rows that were set aside.

use std::time::Duration;

use candor_store::Store;
use jiff::SignedDuration;
use tokio::{
    select,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::job::counted;

/// How often addresses that nobody confirmed are looked for.
const PURGE_INTERVAL: Duration = Duration::from_secs(60 * 60);
/// How often what was set aside is read again: while two versions run, the other one may understand it.
const RETRY_INTERVAL: Duration = Duration::from_secs(5 * 60);
/// What is older is told to nobody any more.
const STALE: SignedDuration = SignedDuration::from_hours(24);
/// Whoever doesn't confirm within this time is forgotten.
const UNCONFIRMED: SignedDuration = SignedDuration::from_hours(48);

/// Keeps house until `stop`, and begins at once. A database that is gone is asked again at the next turn.
pub(crate) async fn run(store: &Store, stop: &CancellationToken) {
    let [mut purge, mut retry] = [PURGE_INTERVAL, RETRY_INTERVAL].map(interval);
    for tick in [&mut purge, &mut retry] {
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    loop {
        select! {
            () = stop.cancelled() => return,
            _ = purge.tick() => {}
            _ = retry.tick() => {
                if let Err(error) = store.retry_unreadable(Timestamp::now() - STALE).await {
                    tracing::debug!(%error, "what was set aside is read again another time");
                }
                continue;
            }
        }
        match counted("retention", store.purge_unconfirmed(UNCONFIRMED)).await {
            Ok(0) => {}
            Ok(forgotten) => {
                tracing::info!(forgotten, "addresses that nobody confirmed were erased");
            }
            Err(error) => {
                tracing::warn!(%error, "addresses that nobody confirmed can't be erased now");
            }
        }
    }
}
