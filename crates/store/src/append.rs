//! Appending.
use candor_core::{ActorId, Command, Recorded, Refusal};
use jiff::Timestamp;
use uuid::Uuid;

/// A command with the identity under which it may be given again without harm.
#[derive(Debug, Clone)]
pub struct Request {
    /// The idempotency key, chosen by the caller (UUIDv7).
    pub event_id: Uuid,
    pub command: Command,
    pub actor: Option<ActorId>,
    /// Where it comes from: `opsgenie`, `cli`, `console`, `schedule`, …
    pub source: String,
    /// The source's own key of this very message, for deduplication; unique for ever together with `source`.
    pub source_key: Option<String>,
    /// When it happened, as the source claims; the log's clock if absent.
    pub occurred_at: Option<Timestamp>,
    pub correlation_id: Option<Uuid>,
}

impl Request {
    /// A command under a new id.
    pub fn new(_command: Command, _actor: Option<ActorId>, _source: &str) -> Self {
        todo!()
    }
}

/// What became of a request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// These events were appended, and are on disk.
    Appended(Vec<Recorded>),
    /// The same request was appended before; the seq of its first event.
    Duplicate { seq: u64 },
    /// The event id was used for another command.
    Conflict { seq: u64 },
    /// The command changes nothing.
    Refused(Refusal),
}
