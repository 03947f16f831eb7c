//! Reading, verifying and exporting the log.
use candor_core::{ActorId, IncidentNumber, Title};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Answer, Store, StoreError};

/// An event as it stands in the log.
#[derive(Debug, Clone)]
pub struct StoredEvent {
    pub seq: u64,
    pub event_id: Uuid,
    pub batch_id: Uuid,
    pub batch_ix: i32,
    pub batch_len: i32,
    pub incident: Option<IncidentNumber>,
    pub type_name: String,
    pub schema_version: i32,
    pub occurred_at: Timestamp,
    pub recorded_at: Timestamp,
    pub source: String,
    pub source_key: Option<String>,
    pub actor: Option<ActorId>,
    pub causation_id: Option<Uuid>,
    pub correlation_id: Option<Uuid>,
    pub command_hash: Vec<u8>,
    /// None once redacted.
    pub payload: Option<String>,
    pub payload_salt: Option<Vec<u8>>,
    pub payload_commit: Vec<u8>,
    pub prev_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    pub events: u64,
    pub head_seq: u64,
    pub head_hash: String,
    pub redacted: u64,
    /// Each a sentence that names the seq; empty means intact.
    pub faults: Vec<String>,
}

impl Store {
    /// Up to `limit` events after `after`, in order.
    pub async fn events(&self, _after: u64, _limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        todo!()
    }
    /// The events of one incident, in order.
    pub async fn trail(&self, _incident: IncidentNumber) -> Result<Vec<StoredEvent>, StoreError> {
        todo!()
    }
    /// Checks every hash, the order, the head, and (if given) that the log still holds `expected` = (seq, hash hex),
    /// a head noted earlier elsewhere.
    pub async fn verify(
        &self,
        _expected: Option<(u64, String)>,
    ) -> Result<VerifyReport, StoreError> {
        todo!()
    }
    /// Removes the free text of the event `seq`: appends `payload-redacted` and nulls payload and salt.
    pub async fn redact(
        &self,
        _seq: u64,
        _why: Title,
        _actor: ActorId,
    ) -> Result<Answer, StoreError> {
        todo!()
    }
}
