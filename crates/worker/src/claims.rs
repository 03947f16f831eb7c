//! Claims for the slots of a queue: slots that ask at the same time share one transaction.
//!
//! The slow lane never gets all slots, and no web host gets more than a part of them.
//!
//! A delivery is claimed only for a slot that is free to send it at once, so no lease runs while it waits. A delivery
//! that this process is sending is never handed out twice, even if the database was away for longer than the lease: the
//! new token goes to the slot that is still trying to record the result.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use candor_store::{Claim, HostLimit, Queue, Store, WorkerCapacity};
use tokio::{
    select,
    sync::{mpsc, oneshot},
    time::sleep,
};
use uuid::Uuid;

use crate::circuit_breaker::CircuitBreaker;

/// The maximum number of claims in one transaction.
const MAX_CLAIMS: usize = 256;
/// How long to wait after a claim that failed.
const RETRY_DELAY: Duration = Duration::from_millis(500);

type ClaimRequest = oneshot::Sender<Option<InFlightGuard>>;

/// The concurrent sends of a queue in this process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slots {
    pub(crate) all: u32,
    /// How many of them the slow lane may take.
    pub(crate) slow: u32,
}

/// The deliveries that this process is sending.
#[derive(Default)]
struct InFlightDeliveries(Mutex<BTreeMap<Uuid, HeldDelivery>>);

/// A delivery that is being sent.
struct HeldDelivery {
    /// The newest token.
    token: i64,
    slow: bool,
    host: Option<String>,
}

/// A delivery that a slot is sending, until this is dropped.
pub(crate) struct InFlightGuard {
    claim: Claim,
    in_flight: Arc<InFlightDeliveries>,
}

/// The slots' side of the dispatcher.
pub(crate) struct DeliverySource(mpsc::UnboundedSender<ClaimRequest>);

/// Answers the slots until all of them are gone.
pub(crate) struct ClaimDispatcher {
    pub(crate) queue: Queue,
    pub(crate) store: Store,
    pub(crate) breaker: Arc<CircuitBreaker>,
    pub(crate) lease: Duration,
    slots: Slots,
    asked: mpsc::UnboundedReceiver<ClaimRequest>,
    in_flight: Arc<InFlightDeliveries>,
}

impl DeliverySource {
    pub(crate) fn new(
        queue: Queue,
        store: Store,
        breaker: Arc<CircuitBreaker>,
        lease: Duration,
        slots: Slots,
    ) -> (Self, ClaimDispatcher) {
        let (ask, asked) = mpsc::unbounded_channel();
        (
            Self(ask),
            ClaimDispatcher {
                queue,
                store,
                breaker,
                lease,
                slots,
                asked,
                in_flight: Arc::default(),
            },
        )
    }

    /// The next due delivery; none if nothing is due, or nothing may be claimed now.
    pub(crate) async fn next(&self) -> Option<InFlightGuard> {
        let (ask, answer) = oneshot::channel();
        self.0.send(ask).ok()?;
        answer.await.ok().flatten()
    }
}

impl InFlightDeliveries {
    /// Begins a delivery. If it is being sent already, that slot gets the new token.
    fn take(self: &Arc<Self>, claim: Claim) -> Option<InFlightGuard> {
        let held = HeldDelivery {
            token: claim.token,
            slow: claim.slow,
            host: claim.host().map(str::to_owned),
        };
        let known = self.held().insert(claim.delivery, held);
        known.is_none().then(|| InFlightGuard { claim, in_flight: self.clone() })
    }

    /// What may be claimed for this many free slots.
    fn capacity(&self, handlers: usize, slots: Slots) -> WorkerCapacity {
        let (mut slow, mut hosts, mut slow_hosts) = (0, BTreeMap::new(), BTreeMap::new());
        for held in self.held().values() {
            slow += u32::from(held.slow);
            if let Some(host) = &held.host {
                let hosts = if held.slow { &mut slow_hosts } else { &mut hosts };
                *hosts.entry(host.clone()).or_default() += 1;
            }
        }
        WorkerCapacity {
            slots: u32::try_from(handlers).unwrap_or(u32::MAX),
            slow: slots.slow.saturating_sub(slow),
            // One slot, so that nobody who subscribes has to wait for the end of a long list.
            slow_first: u32::from(slow == 0 && slots.all > 1),
            hosts: HostLimit { max: (slots.all / 4).max(1), in_flight: hosts },
            slow_hosts: HostLimit { max: (slots.slow / 2).max(1), in_flight: slow_hosts },
        }
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<Uuid, HeldDelivery>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl InFlightGuard {
    /// The claim, with the newest token.
    pub(crate) fn claim(&mut self) -> &Claim {
        if let Some(held) = self.in_flight.held().get(&self.claim.delivery) {
            self.claim.token = held.token;
        }
        &self.claim
    }

    /// Whether this process has claimed the delivery again since the last call of [`Self::claim`].
    pub(crate) fn was_renewed(&self) -> bool {
        let held = self.in_flight.held();
        held.get(&self.claim.delivery).is_none_or(|held| held.token != self.claim.token)
    }
}

impl Drop for InFlightGuard {
    fn drop(&mut self) {
        self.in_flight.held().remove(&self.claim.delivery);
    }
}

impl ClaimDispatcher {
    /// Answers the slots.
    pub(crate) async fn serve(mut self) {
        let mut asked = Vec::new();
        while self.asked.recv_many(&mut asked, MAX_CLAIMS).await > 0 {
            let claims = self.claim(asked.len()).await.into_iter();
            let mut claims = claims.filter_map(|claim| self.in_flight.take(claim));
            for handler in asked.drain(..) {
                // If the slot is gone, the lease expires.
                let _gone = handler.send(claims.next());
            }
        }
    }

    async fn claim(&self, handlers: usize) -> Vec<Claim> {
        while self.breaker.allows_claims() {
            let capacity = self.in_flight.capacity(handlers, self.slots);
            match self.store.claim_within(self.queue, capacity, self.lease).await {
                Ok(claims) => return claims,
                Err(error) => tracing::warn!(
                    queue = self.queue.as_str(),
                    error = %error.chain(),
                    "deliveries can't be claimed; trying again"
                ),
            }
            select! {
                () = sleep(RETRY_DELAY) => {}
                () = self.breaker.stopped() => {}
            }
        }
        Vec::new()
    }
}
