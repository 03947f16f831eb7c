//! What is owed: follow-ups and deliveries.
use candor_core::{EmailAddress, IncidentNumber, Notice};
use jiff::Timestamp;
use std::time::Duration;
use uuid::Uuid;

use crate::{Store, StoreError, SubscriberId};

/// What a delivery says.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A notice about an incident.
    Notice(Notice),
    /// "Please confirm that you want to be told." Addressed to a subscriber who isn't confirmed yet.
    ConfirmSubscription,
}

/// A delivery that this worker may send now, and nobody else until the lease ends.
#[derive(Debug, Clone)]
pub struct Claim {
    pub delivery: Uuid,
    /// The fencing token: `finish` demands it.
    pub token: i64,
    pub subscriber: SubscriberId,
    pub address: EmailAddress,
    pub content: Content,
    /// Frozen at creation: the mail's `Date`.
    pub created_at: Timestamp,
    /// 1 on the first try.
    pub attempt: u32,
    pub lease_until: Timestamp,
}

/// How a try ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Accepted by the other side.
    Sent { answer: String },
    /// Try again by the schedule, or not before the given time.
    Later { not_before: Option<Timestamp>, error: String },
    /// Final: this will never be accepted.
    Dead { error: String },
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    Waiting,
    Sending,
    Sent,
    Dead,
    Superseded,
    Withdrawn,
}

/// How much is owed on a queue, from SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueDepth {
    pub due: u64,
    pub delayed: u64,
    pub running: u64,
    pub dead: u64,
    pub oldest_due_at: Option<Timestamp>,
    /// When the next delayed delivery (or expired lease) becomes due.
    pub next_at: Option<Timestamp>,
}

/// A delivery as an operator sees it.
#[derive(Debug, Clone)]
pub struct DeliveryRow {
    pub id: Uuid,
    pub channel: String,
    pub incident: Option<IncidentNumber>,
    pub address: Option<EmailAddress>,
    pub state: DeliveryState,
    pub attempts: u32,
    pub next_attempt_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub last_error: Option<String>,
}

impl Store {
    /// Expands up to `limit` recipients of waiting follow-ups into deliveries; how many deliveries were made, and
    /// whether follow-ups are left. Idempotent; superseded older deliveries are marked in the same transaction.
    pub async fn expand_follow_ups(&self, _limit: u32) -> Result<(u64, bool), StoreError> {
        todo!()
    }

    /// Claims up to `limit` due deliveries of `queue` for `lease`; expired leases are due again.
    pub async fn claim(
        &self,
        _queue: &str,
        _limit: u32,
        _lease: Duration,
    ) -> Result<Vec<Claim>, StoreError> {
        todo!()
    }

    /// Records how a claimed delivery ended; false if the lease was lost (another worker has it).
    pub async fn finish(&self, _claim: &Claim, _outcome: &Outcome) -> Result<bool, StoreError> {
        todo!()
    }

    /// Makes every leased delivery due at once. Only for a process that knows that no other worker lives.
    pub async fn release_leases(&self) -> Result<u64, StoreError> {
        todo!()
    }

    /// How much is owed on `queue`.
    pub async fn queue_depth(&self, _queue: &str) -> Result<QueueDepth, StoreError> {
        todo!()
    }

    /// The newest deliveries, for operators.
    pub async fn deliveries(&self, _limit: u32) -> Result<Vec<DeliveryRow>, StoreError> {
        todo!()
    }
}
