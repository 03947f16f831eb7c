//! Requests to append to the log, and their outcomes.

use std::fmt;

use candor_core::{ActorId, Command, IncidentNumber, RecordedEvent, Refusal};
use jiff::Timestamp;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::error::StoreError;

/// A command with the identity that makes repeating it harmless.
#[derive(Debug, Clone)]
pub struct AppendRequest {
    /// The idempotency key, chosen by the caller (`UUIDv7`); becomes the id of the command's first event.
    pub event_id: Uuid,
    /// What is asked for.
    pub command: Command,
    /// The operator behind it; none for monitoring and the schedule.
    pub actor: Option<ActorId>,
    /// Where it comes from: `opsgenie`, `cli`, `console`, `schedule`, …
    pub source: String,
    /// The source's own key of this message, for deduplication; unique forever together with `source`.
    pub source_key: Option<String>,
    /// When it happened, for events of the past; the database's clock if absent.
    pub occurred_at: Option<Timestamp>,
    /// When the log records it, for an invented past (the demo's): never before its last event, nor in the future. The
    /// log's own clock if absent.
    pub recorded_at: Option<Timestamp>,
    /// The web request or message that led to it.
    pub correlation_id: Option<Uuid>,
    /// Its trace (W3C `traceparent`), kept with the outbox entries. Not part of the command: the log doesn't contain it.
    pub traceparent: Option<String>,
}

impl AppendRequest {
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

/// Requests about one incident that are written as one: nobody sees the board between them, and a process that dies has
/// written all of them or none.
#[derive(Debug, Clone)]
pub struct Series {
    /// In their order. Whatever incident a command names, it is applied to the incident of this series.
    pub requests: Vec<AppendRequest>,
    /// The incident; none if the first request opens it.
    pub incident: Option<IncidentNumber>,
}

/// The outcome of a request.
#[derive(Debug, Clone)]
pub enum AppendOutcome {
    /// These events were appended, and are on disk.
    Appended(Vec<RecordedEvent>),
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

impl fmt::Display for AppendOutcome {
    /// The outcome for a log line, without the events' texts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Appended(events) => match events.as_slice() {
                [] => f.write_str("nothing was appended"),
                [one] => write!(f, "event {} was appended", one.seq),
                [first, .., last] => {
                    write!(f, "events {} to {} were appended", first.seq, last.seq)
                }
            },
            Self::Duplicate { seq } => write!(f, "it was given before, see event {seq}"),
            Self::Conflict { seq } => write!(f, "event {seq} has its id and is another"),
            Self::Refused(refusal) => write!(f, "refused: {refusal}"),
        }
    }
}

/// The answer to a job: the outcome of each of its requests.
pub(crate) type JobReply = Result<Vec<AppendOutcome>, StoreError>;

/// Requests that wait for their outcomes, and are written in one transaction.
pub(crate) struct AppendJob {
    pub(crate) parts: Vec<JobPart>,
    pub(crate) target: JobTarget,
    pub(crate) reply: oneshot::Sender<JobReply>,
}

/// One request of a job.
pub(crate) struct JobPart {
    pub(crate) request: AppendRequest,
    /// What an earlier attempt wrote whose COMMIT was not answered.
    pub(crate) tried: Option<Vec<RecordedEvent>>,
}

impl JobPart {
    pub(crate) fn new(request: AppendRequest) -> Self {
        Self { request, tried: None }
    }
}

/// The incident that a job is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum JobTarget {
    /// Each command names it.
    PerCommand,
    /// This one, for all of them.
    Incident(IncidentNumber),
    /// The one that the first request opens.
    Opened,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_has_a_text() {
        for (outcome, words) in [
            (AppendOutcome::Appended(Vec::new()), "nothing was appended"),
            (AppendOutcome::Duplicate { seq: 3 }, "it was given before, see event 3"),
            (AppendOutcome::Conflict { seq: 4 }, "event 4 has its id and is another"),
            (AppendOutcome::Refused(Refusal::NothingToChange), "refused: nothing would change"),
        ] {
            assert_eq!(outcome.to_string(), words);
        }
    }
}
