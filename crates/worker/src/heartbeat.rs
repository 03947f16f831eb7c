//! Heartbeats: that this worker lives, and on what it works.

use std::time::Duration;

use candor_store::{Queue, Store};
use tokio::{
    select,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;

/// How often.
const INTERVAL: Duration = Duration::from_secs(5);
/// A goodbye may take so long.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// Beats until `stop`, and then departs. A beat that fails is followed by the next one.
pub(crate) async fn run(
    store: &Store,
    worker: &str,
    queues: &[(Queue, u32)],
    stop: &CancellationToken,
) {
    let mut beat = interval(INTERVAL);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        select! {
            () = stop.cancelled() => break,
            _ = beat.tick() => {}
        }
        select! {
            () = stop.cancelled() => break,
            beaten = store.beat(worker, queues) => if let Err(error) = beaten {
                tracing::debug!(error = %error.chain(), "a heartbeat was not written down");
            },
        }
    }
    if !timeout(SHUTDOWN_TIMEOUT, store.remove_worker(worker))
        .await
        .is_ok_and(|departed| departed.is_ok())
    {
        tracing::debug!("the departure was not written down; this worker stops counting by itself");
    }
}
