//! What is asked of the log, and what it answers.

use candor_core::{ActorId, Command, IncidentNumber, Recorded, Refusal};
use jiff::Timestamp;
use uuid::Uuid;

/// A command with the identity under which it may be given again without harm.
#[derive(Debug, Clone)]
pub struct Request {
    /// The idempotency key, chosen by the caller (UUIDv7): the id of the first event it leads to.
    pub event_id: Uuid,
    /// What is wanted.
    pub command: Command,
    /// The person behind it; none for monitoring and the schedule.
    pub actor: Option<ActorId>,
    /// Where it comes from: `opsgenie`, `cli`, `console`, `schedule`, …
    pub source: String,
    /// The source's own key of this very message, for deduplication; unique for ever together with `source`.
    pub source_key: Option<String>,
    /// When it happened, if it is told of the past; the database's clock if absent.
    pub occurred_at: Option<Timestamp>,
    /// When the log takes it in, for a made-up past (the demo's): never before its last event, nor after now. The log's
    /// own clock if absent.
    pub recorded_at: Option<Timestamp>,
    /// The web request or message that led to it.
    pub correlation_id: Option<Uuid>,
    /// The trace that it belongs to (W3C `traceparent`); kept beside what is owed because of it. No part of the
    /// command: the log doesn't know it.
    pub traceparent: Option<String>,
}

impl Request {
    /// A command under a new id.
    #[must_use]
    pub fn new(command: Command, actor: Option<ActorId>, source: &str) -> Self {
        Self {
            event_id: Uuid::now_v7(),
            command,
            actor,
            source: source.to_owned(),
            source_key: None,
            occurred_at: None,
            recorded_at: None,
            correlation_id: None,
            traceparent: None,
        }
    }
}

/// Requests about one incident that are written as one: nobody ever sees the board between them, and a process that
/// dies has written all of them or none.
#[derive(Debug, Clone)]
pub struct Series {
    /// In their order. Whatever incident a command names, it is the one of this series.
    pub requests: Vec<Request>,
    /// The incident they are about; none if the first request opens it.
    pub incident: Option<IncidentNumber>,
}

/// What became of a request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// These events were appended, and are on disk.
    Appended(Vec<Recorded>),
    /// The same request was appended before.
    Duplicate {
        /// Its first event.
        seq: u64,
    },
    /// The event id was used for another command.
    Conflict {
        /// The event that has the id.
        seq: u64,
    },
    /// The command changes nothing.
    Refused(Refusal),
}
