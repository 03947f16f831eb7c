//! Tickets without a transport: SQL is asked whether there is work.
//!
//! Alone it is [`Transport::Sql`](super::Transport::Sql). Beside a transport it is the net under it: while that is
//! away it takes over, and while that works it makes sure that nobody is idle for long while something is due, whatever
//! became of the tickets.

use std::time::Duration;

use candor_store::{Queue, Store};
use tokio::{
    select,
    sync::watch,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{Inbox, WakeSignal as _};

/// How often SQL is asked.
const POLL: Duration = Duration::from_secs(2);
/// How often it is asked while a transport works.
const NET: Duration = Duration::from_secs(10);
/// A transport that is back after so short a time was not away.
const GRACE: Duration = Duration::from_millis(500);

/// What asks for one queue.
pub(crate) struct QueuePoll {
    pub(crate) store: Store,
    pub(crate) queue: Queue,
    pub(crate) inbox: Inbox,
    /// Whether a transport works; none if there is no transport.
    pub(crate) carried: Option<watch::Receiver<bool>>,
}

impl QueuePoll {
    /// Asks until `stop`.
    pub(crate) async fn run(self, stop: &CancellationToken) {
        select! {
            () = stop.cancelled() => {}
            () = self.ask() => {}
        }
    }

    async fn ask(self) {
        let Self { store, queue, inbox, carried } = self;
        let has_transport = carried.is_some();
        // Without a transport it is never carried, and this sender lives as long as we ask.
        let (_never, uncarried) = watch::channel(false);
        let mut carried = carried.unwrap_or(uncarried);
        let mut work = store.work();
        loop {
            let is_carried =
                has_transport && timeout(GRACE, carried.wait_for(|carried| *carried)).await.is_ok();
            if is_carried {
                let away = timeout(NET, carried.wait_for(|carried| !carried)).await.is_ok();
                if !away && inbox.is_idle() && pending(&store, queue).await {
                    inbox.ring(u32::MAX);
                }
                continue;
            }
            work.mark_unchanged();
            if pending(&store, queue).await {
                inbox.ring(u32::MAX);
            }
            select! {
                _ = work.changed() => {}
                _ = carried.wait_for(|carried| *carried) => {}
                () = sleep(POLL) => {}
            }
        }
    }
}

/// Whether there is work. A database that is gone is asked again like one that has nothing to do.
async fn pending(store: &Store, queue: Queue) -> bool {
    store.pending_work(queue).await.is_ok_and(|pending| pending)
}
