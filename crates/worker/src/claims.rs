//! Handing out claims: the handlers that ask at the same time share one transaction.
//!
//! A delivery is claimed only for a handler that is free to send it at once, so no lease runs while it waits. What this
//! process has in hand is never handed out a second time, even if the database was gone for longer than the lease: the
//! new token goes to the one who still tries to write the result down.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use candor_store::{Claim, Store};
use tokio::{
    select,
    sync::{mpsc, oneshot},
    time::sleep,
};
use uuid::Uuid;

use crate::gate::Gate;

/// Most claims of one transaction.
const MOST: usize = 256;
/// Pause before a failed claim is tried again.
const PAUSE: Duration = Duration::from_millis(500);

type Asked = oneshot::Sender<Option<InHand>>;

/// The deliveries that this process has in hand, and the newest token of each.
#[derive(Default)]
struct Hands(Mutex<BTreeMap<Uuid, i64>>);

/// A delivery that a handler has in hand until this is dropped.
pub(crate) struct InHand {
    claim: Claim,
    hands: Arc<Hands>,
}

/// Where handlers ask for their next delivery.
pub(crate) struct Claims(mpsc::UnboundedSender<Asked>);

/// What answers them; runs until all askers are gone.
pub(crate) struct Clerk {
    pub(crate) queue: &'static str,
    pub(crate) store: Store,
    pub(crate) gate: Arc<Gate>,
    pub(crate) lease: Duration,
    asked: mpsc::UnboundedReceiver<Asked>,
    hands: Arc<Hands>,
}

impl Claims {
    pub(crate) fn new(
        queue: &'static str,
        store: Store,
        gate: Arc<Gate>,
        lease: Duration,
    ) -> (Self, Clerk) {
        let (ask, asked) = mpsc::unbounded_channel();
        (Self(ask), Clerk { queue, store, gate, lease, asked, hands: Arc::default() })
    }

    /// The next delivery that is due; none if nothing is, or if nothing may be claimed now.
    pub(crate) async fn next(&self) -> Option<InHand> {
        let (ask, answer) = oneshot::channel();
        self.0.send(ask).ok()?;
        answer.await.ok().flatten()
    }
}

impl Hands {
    /// Takes a claim in hand. If the delivery is in hand already, whoever has it gets the token.
    fn take(self: &Arc<Self>, claim: Claim) -> Option<InHand> {
        let known = self.tokens().insert(claim.delivery, claim.token);
        known.is_none().then(|| InHand { claim, hands: self.clone() })
    }

    fn tokens(&self) -> MutexGuard<'_, BTreeMap<Uuid, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl InHand {
    /// The claim, with the newest token.
    pub(crate) fn claim(&mut self) -> &Claim {
        if let Some(token) = self.hands.tokens().get(&self.claim.delivery) {
            self.claim.token = *token;
        }
        &self.claim
    }

    /// Whether this process has claimed the delivery anew since [`Self::claim`] was last asked.
    pub(crate) fn was_renewed(&self) -> bool {
        self.hands.tokens().get(&self.claim.delivery) != Some(&self.claim.token)
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.hands.tokens().remove(&self.claim.delivery);
    }
}

impl Clerk {
    /// Answers the handlers.
    pub(crate) async fn serve(mut self) {
        let mut asked = Vec::new();
        while self.asked.recv_many(&mut asked, MOST).await > 0 {
            let claims = self.claim(asked.len()).await.into_iter();
            let mut claims = claims.filter_map(|claim| self.hands.take(claim));
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
