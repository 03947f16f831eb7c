//! Handing out claims: the handlers that ask at the same time share one transaction.
//!
//! A delivery is claimed only for a handler that is free to send it at once, so no lease runs while it waits.

use std::{sync::Arc, time::Duration};

use candor_store::{Claim, Store};
use tokio::{
    select,
    sync::{mpsc, oneshot},
    time::sleep,
};

use crate::gate::Gate;

/// Most claims of one transaction.
const MOST: usize = 256;
/// Pause before a failed claim is tried again.
const PAUSE: Duration = Duration::from_millis(500);

type Asked = oneshot::Sender<Option<Claim>>;

/// Where handlers ask for their next delivery.
pub(crate) struct Claims(mpsc::UnboundedSender<Asked>);

/// What answers them; runs until all askers are gone.
pub(crate) struct Clerk {
    pub(crate) queue: &'static str,
    pub(crate) store: Store,
    pub(crate) gate: Arc<Gate>,
    pub(crate) lease: Duration,
    asked: mpsc::UnboundedReceiver<Asked>,
}

impl Claims {
    pub(crate) fn new(
        queue: &'static str,
        store: Store,
        gate: Arc<Gate>,
        lease: Duration,
    ) -> (Self, Clerk) {
        let (ask, asked) = mpsc::unbounded_channel();
        (Self(ask), Clerk { queue, store, gate, lease, asked })
    }

    /// The next delivery that is due; none if nothing is, or if nothing may be claimed now.
    pub(crate) async fn next(&self) -> Option<Claim> {
        let (ask, answer) = oneshot::channel();
        self.0.send(ask).ok()?;
        answer.await.ok().flatten()
    }
}

impl Clerk {
    /// Answers the handlers.
    pub(crate) async fn serve(mut self) {
        let mut asked = Vec::new();
        while self.asked.recv_many(&mut asked, MOST).await > 0 {
            let mut claims = self.claim(asked.len()).await.into_iter();
            for handler in asked.drain(..) {
                // A handler that went away leaves its lease to run out.
                let _gone = handler.send(claims.next());
            }
        }
    }

    async fn claim(&self, handlers: usize) -> Vec<Claim> {
        let limit = u32::try_from(handlers).unwrap_or(u32::MAX);
        while self.gate.is_open() {
            match self.store.claim(self.queue, limit, self.lease).await {
                Ok(claims) => return claims,
                Err(error) => tracing::warn!(
                    queue = self.queue,
                    %error,
                    "deliveries can't be claimed; trying again"
                ),
            }
            select! {
                () = sleep(PAUSE) => {}
                () = self.gate.stopped() => {}
            }
        }
        Vec::new()
    }
}
