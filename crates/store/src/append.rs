//! The one way into the log: what is asked of it, and what it answers.

use std::{
    fmt,
    time::{Duration, Instant},
};

use candor_core::{ActorId, Command, IncidentNumber, RecordedEvent, Refusal};
use jiff::Timestamp;
use metrics::{counter, histogram};
use tokio::sync::oneshot;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::{
    Store, StoreError, closed,
    db::in_time,
    group::{AppendJob, JobPart, JobTarget},
};

/// How long a request to write waits for its answer. The providers of alerts wait for 10 s and more.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(8);

/// A command with the identity under which it may be given again without harm.
#[derive(Debug, Clone)]
pub struct AppendRequest {
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

/// Requests about one incident that are written as one: nobody ever sees the board between them, and a process that
/// dies has written all of them or none.
#[derive(Debug, Clone)]
pub struct Series {
    /// In their order. Whatever incident a command names, it is the one of this series.
    pub requests: Vec<AppendRequest>,
    /// The incident they are about; none if the first request opens it.
    pub incident: Option<IncidentNumber>,
}

/// What became of a request.
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
    /// What became of it, in words for a log line; without the events' texts.
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

impl Store {
    /// Decides the command under the lock of the log and appends what it gives, with the follow-ups, in one
    /// transaction. When it answers, it is on disk. An unknown outcome of COMMIT is retried inside with the same ids.
    ///
    /// # Errors
    /// The database can't be reached, or the log can't be read: nothing was written, or (after a COMMIT that nobody
    /// answered) that is unknown, and the same request may be given again.
    pub async fn execute(&self, request: AppendRequest) -> Result<AppendOutcome, StoreError> {
        let span = tracing::info_span!(target: "candor::trace", "execute", source = request.source);
        let job = |reply| AppendJob {
            parts: vec![JobPart::new(request)],
            aim: JobTarget::AsTheySay,
            reply,
        };
        let ask = async { self.hand_in(job).await?.answers().await };
        let mut answers =
            in_time(ANSWER_TIMEOUT, ask.instrument(span)).await.inspect_err(StoreError::count)?;
        answers.pop().ok_or_else(|| StoreError::Unavailable("the log gave no answer".to_owned()))
    }

    /// As [`Store::execute`], for several series of requests: the series one after the other, each written as one.
    /// The answers, in the same order. A refused request leaves the others of its series as they are; if the one that
    /// was to open the incident opens none, its answer is the only one.
    ///
    /// # Errors
    /// As [`Store::execute`], of the first series that failed; earlier ones are written, later ones may be.
    pub async fn execute_series(
        &self,
        series: Vec<Series>,
    ) -> Result<Vec<Vec<AppendOutcome>>, StoreError> {
        let ask = async {
            let mut asked = Vec::with_capacity(series.len());
            for Series { requests, incident } in series {
                let aim = incident.map_or(JobTarget::AtTheFirst, JobTarget::At);
                let parts = requests.into_iter().map(JobPart::new).collect();
                asked.push(self.hand_in(|reply| AppendJob { parts, aim, reply }).await?);
            }
            let mut answers = Vec::with_capacity(asked.len());
            for asked in asked {
                answers.push(asked.answers().await?);
            }
            Ok(answers)
        };
        ask.await.inspect_err(StoreError::count)
    }

    async fn hand_in(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<Vec<AppendOutcome>, StoreError>>) -> AppendJob,
    ) -> Result<PendingReply, StoreError> {
        let begun = Instant::now();
        let (reply, answers) = oneshot::channel();
        let jobs = self.jobs().ok_or_else(closed)?;
        jobs.send(job(reply)).await.map_err(|_closed| closed())?;
        Ok(PendingReply { begun, answers })
    }
}

/// What was handed in and waits for its answers.
struct PendingReply {
    begun: Instant,
    answers: oneshot::Receiver<Result<Vec<AppendOutcome>, StoreError>>,
}

impl PendingReply {
    async fn answers(self) -> Result<Vec<AppendOutcome>, StoreError> {
        let answers =
            in_time(ANSWER_TIMEOUT, async { self.answers.await.map_err(|_gone| closed())? });
        let answers = answers.await?;
        for answer in &answers {
            match answer {
                AppendOutcome::Appended(events) => {
                    histogram!("candor_append_duration_seconds").record(self.begun.elapsed());
                    for recorded in events {
                        let name = recorded.event.type_name();
                        counter!("candor_events_appended_total", "type" => name).increment(1);
                    }
                }
                AppendOutcome::Conflict { .. } => {
                    counter!("candor_append_conflicts_total").increment(1);
                }
                AppendOutcome::Duplicate { .. } | AppendOutcome::Refused(_) => {}
            }
        }
        Ok(answers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_said_in_words() {
        for (answer, words) in [
            (AppendOutcome::Appended(Vec::new()), "nothing was appended"),
            (AppendOutcome::Duplicate { seq: 3 }, "it was given before, see event 3"),
            (AppendOutcome::Conflict { seq: 4 }, "event 4 has its id and is another"),
            (AppendOutcome::Refused(Refusal::NothingToChange), "refused: nothing would change"),
        ] {
            assert_eq!(answer.to_string(), words);
        }
    }
}
