//! Heartbeats: records that this worker is alive, and which queues it serves.

use std::time::Duration;

use candor_store::{Queue, Store};
use tokio::{
    select,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;

/// How often a heartbeat is recorded.
const INTERVAL: Duration = Duration::from_secs(5);
/// How long the last call may take.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// Records heartbeats until `stop`, then removes the worker. A failed one is followed by the next.
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
