//! Tells someone else each minute that Candor works: that a worker leads, and that the database answers.

use std::time::Duration;

use candor_core::ErrorChain;
use candor_integrations::ping::PingTarget;
use candor_store::Store;
use tokio::{select, time::sleep};
use tokio_util::sync::CancellationToken;

/// How often it is told.
const INTERVAL: Duration = Duration::from_secs(60);

/// Runs until `stop`, for the first time at once. Without a target there is nothing to do. While the database doesn't
/// answer, nothing is told: silence is the alarm.
pub(crate) async fn run(target: Option<&PingTarget>, store: &Store, stop: &CancellationToken) {
    let Some(target) = target else { return };
    let mut was_told = true;
    loop {
        let telling = async {
            match store.counts().await {
                Ok(_) => target.ping().await.map_err(|error| ErrorChain(&error).to_string()),
                Err(error) => Err(error.chain().to_string()),
            }
        };
        let told = select! {
            () = stop.cancelled() => return,
            told = telling => told,
        };
        match (&told, was_told) {
            (Err(error), true) => {
                tracing::warn!(%error, "the dead man's switch could not be told that all is well");
            }
            (Ok(()), false) => tracing::info!("the dead man's switch was told again"),
            (Ok(()), true) | (Err(_), false) => {}
        }
        was_told = told.is_ok();
        select! {
            () = stop.cancelled() => return,
            () = sleep(INTERVAL) => {}
        }
    }
}
