//! Polls SQL for work. Without a transport that is the only source of wake-ups. Beside a transport it takes over while
//! that is down, and otherwise makes sure that nobody is idle for long while something is due, whatever became of the
//! wake-ups.

use std::time::Duration;

use candor_store::{Queue, Store};
use tokio::{
    select,
    sync::watch,
    time::{sleep, timeout},
};

use super::WakeUps;

/// How often SQL is polled.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// How often it is polled while a transport works.
const FALLBACK_INTERVAL: Duration = Duration::from_secs(10);
/// A transport that reconnects within this time was not down.
const DEBOUNCE: Duration = Duration::from_millis(500);

/// The poll of one queue.
pub(crate) struct QueuePoll {
    pub(crate) store: Store,
    pub(crate) queue: Queue,
    pub(crate) wake_ups: WakeUps,
    /// Whether the transport is connected; none if there is no transport.
    pub(crate) connected: Option<watch::Receiver<bool>>,
}

impl QueuePoll {
    /// Polls forever.
    pub(crate) async fn run(self) {
        let Self { store, queue, wake_ups, connected } = self;
        let has_transport = connected.is_some();
        // Without a transport it is never connected. The sender lives as long as the poll.
        let (_never, disconnected) = watch::channel(false);
        let mut connected = connected.unwrap_or(disconnected);
        let mut work = store.work();
        loop {
            let is_connected = has_transport
                && timeout(DEBOUNCE, connected.wait_for(|connected| *connected)).await.is_ok();
            if is_connected {
                let went_away = connected.wait_for(|connected| !connected);
                let is_away = timeout(FALLBACK_INTERVAL, went_away).await.is_ok();
                if !is_away && wake_ups.is_idle() && has_work(&store, queue).await {
                    wake_ups.add(u32::MAX);
                }
                continue;
            }
            work.mark_unchanged();
            if has_work(&store, queue).await {
                wake_ups.add(u32::MAX);
            }
            select! {
                _ = work.changed() => {}
                _ = connected.wait_for(|connected| *connected) => {}
                () = sleep(POLL_INTERVAL) => {}
            }
        }
    }
}

/// Whether there is work. A database that is down counts as having none.
async fn has_work(store: &Store, queue: Queue) -> bool {
    store.pending_work(queue).await.is_ok_and(|pending| pending)
}
