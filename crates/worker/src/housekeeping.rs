//! What is thrown away: addresses that nobody confirmed.

use std::time::Duration;

use candor_store::Store;
use jiff::SignedDuration;
use tokio::{
    select,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::job::counted;

/// How often it is looked for.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// Whoever doesn't confirm within this time is forgotten.
const UNCONFIRMED: SignedDuration = SignedDuration::from_hours(48);

/// Keeps house until `stop`. A database that is gone is asked again an hour later.
pub(crate) async fn run(store: &Store, stop: &CancellationToken) {
    let mut hour = interval(EVERY);
    hour.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        select! {
            () = stop.cancelled() => return,
            _ = hour.tick() => {}
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
