//! Which rooms are told: whoever leads says so when it begins.

use std::time::Duration;

use candor_store::Store;
use tokio::{select, time::sleep};
use tokio_util::sync::CancellationToken;

/// Pause between the tries to say so.
const PAUSE: Duration = Duration::from_secs(1);

/// Tells these rooms from now on, and no others. A database that is gone is asked again.
pub(crate) async fn tell(store: &Store, rooms: &[&str], stop: &CancellationToken) {
    while let Err(error) = store.set_chat_channels(rooms).await {
        tracing::debug!(error = %error.chain(), "which rooms are told is said as soon as the database is there");
        select! {
            () = stop.cancelled() => return,
            () = sleep(PAUSE) => {}
        }
    }
}
