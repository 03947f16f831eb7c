//! One transaction of the log: a group of requests, decided one after the other under the lock of the log's head.

mod known_requests;
mod redaction;

use std::collections::BTreeSet;

use candor_core::{
    Board, Command, CommandContext, Event, RecordedEvent, Refusal, decide, outbox_entry,
};
use diesel::ExpressionMethods;
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{
    append_request::{AppendJob, AppendOutcome, AppendRequest, JobPart, JobReply, JobTarget},
    chain,
    db::{PooledConnection, insert_all, on_db},
    error::{StoreError, StoreErrorKind},
    fold::{self, FoldedBoard, LogHead},
    outbox::{self, NewOutboxEntry},
    row::{EventRow, count, whole_micros},
    schema::{self, event, log_head},
};
use known_requests::{KnownRequests, command_hash};
use redaction::{redact, redactable};

/// The longest payload, in bytes: a text of 64 KiB whose every byte has to be escaped, and some more.
const MAX_PAYLOAD: usize = 256 * 1024;

/// The result of a transaction, to be published after its COMMIT.
pub(crate) struct CommitResult {
    pub(crate) folded: FoldedBoard,
    /// The last event before.
    pub(crate) began_at: i64,
    pub(crate) replies: Vec<JobReply>,
    /// Outbox entries were written.
    pub(crate) has_outbox_entries: bool,
    /// A text was redacted, so the board must be folded again.
    pub(crate) redacted: bool,
}

/// Decides and writes a group of requests inside the transaction of `conn`. Refused requests write nothing.
///
/// With `has_redacted_text`, the board `known` still contains redacted texts; notifications are then made without them.
pub(crate) async fn write(
    conn: &mut PooledConnection,
    known: &FoldedBoard,
    jobs: &mut [AppendJob],
    refire: SignedDuration,
    has_redacted_text: bool,
) -> Result<CommitResult, StoreError> {
    let head = fold::lock_head(conn).await?;
    let fold::FoldResult { folded, has_redacted } =
        fold::fold(conn, Some(known), &head, &|_| {}).await?;
    let began_at = head.seq;
    let now = whole_micros(conn.now().await?);
    let mut group = CommitGroup {
        now,
        recorded_at: folded.board.updated_at.map_or(now, |last| now.max(last)),
        refire,
        board: (*folded.board).clone(),
        head,
        seen: KnownRequests::among(conn, jobs).await?,
        redactable: redactable(conn, jobs).await?,
        events: Vec::new(),
        outbox_entries: Vec::new(),
        redacted: Vec::new(),
    };
    let answers: Vec<_> = jobs.iter_mut().map(|job| group.add_all(job)).collect();
    let has_outbox_entries = !group.outbox_entries.is_empty();
    let redacted = has_redacted || !group.redacted.is_empty();
    if group.events.is_empty() {
        return Ok(CommitResult {
            folded,
            began_at,
            replies: answers,
            has_outbox_entries,
            redacted,
        });
    }
    let CommitGroup { board, head, events, outbox_entries, redacted: seqs, .. } = group;
    insert_all!(conn, event::table, events)?;
    if has_outbox_entries {
        insert_all!(conn, schema::outbox::table, outbox_entries)?;
    }
    for seq in &seqs {
        redact(conn, *seq).await?;
    }
    let appended = answers.iter().flatten().flatten().filter_map(|answer| match answer {
        AppendOutcome::Appended(events) => Some(events),
        AppendOutcome::Duplicate { .. }
        | AppendOutcome::Conflict { .. }
        | AppendOutcome::Refused(_) => None,
    });
    let appended: Vec<&RecordedEvent> = appended.flatten().collect();
    let clean = (!redacted && !has_redacted_text).then_some(&board);
    outbox::follow_log(conn, &appended, clean, &seqs).await?;
    on_db!(conn, c => {
        diesel::update(log_head::table)
            .set((log_head::seq.eq(head.seq), log_head::hash.eq(&head.hash)))
            .execute(c)
            .await
    })?;
    conn.notify().await?;
    Ok(CommitResult {
        folded: FoldedBoard { board: board.into(), head },
        began_at,
        replies: answers,
        has_outbox_entries,
        redacted,
    })
}

/// The board, the head and the new rows, as they grow from request to request.
struct CommitGroup {
    /// By the database's clock.
    now: Timestamp,
    /// The same, but never before the last event's, even if the clock went back.
    recorded_at: Timestamp,
    refire: SignedDuration,
    board: Board,
    head: LogHead,
    seen: KnownRequests,
    redactable: BTreeSet<u64>,
    events: Vec<EventRow>,
    outbox_entries: Vec<NewOutboxEntry>,
    redacted: Vec<u64>,
}

/// The state of the group before a job.
struct GroupMark {
    board: Board,
    head: LogHead,
    seen: KnownRequests,
    redactable: BTreeSet<u64>,
    /// How many events, outbox entries and redactions there were.
    lengths: (usize, usize, usize),
}

impl CommitGroup {
    /// Decides a job. A job that fails leaves no trace in the group.
    fn add_all(&mut self, job: &mut AppendJob) -> JobReply {
        // A single request fails before it changes anything, so it needs no copy.
        let before = (job.parts.len() > 1).then(|| self.mark());
        let answers = self.add_each(job);
        if let (Err(_), Some(before)) = (&answers, before) {
            self.go_back(before);
            for part in &mut job.parts {
                part.tried = None;
            }
        }
        answers
    }

    fn mark(&self) -> GroupMark {
        GroupMark {
            board: self.board.clone(),
            head: self.head.clone(),
            seen: self.seen.clone(),
            redactable: self.redactable.clone(),
            lengths: (self.events.len(), self.outbox_entries.len(), self.redacted.len()),
        }
    }

    fn go_back(&mut self, mark: GroupMark) {
        let GroupMark {
            board,
            head,
            seen,
            redactable,
            lengths: (events, outbox_entries, redacted),
        } = mark;
        (self.board, self.head, self.seen, self.redactable) = (board, head, seen, redactable);
        self.events.truncate(events);
        self.outbox_entries.truncate(outbox_entries);
        self.redacted.truncate(redacted);
    }

    fn add_each(&mut self, job: &mut AppendJob) -> JobReply {
        let mut target = job.target;
        let mut answers = Vec::with_capacity(job.parts.len());
        for part in &mut job.parts {
            if let JobTarget::Incident(incident) = target {
                part.request.command = part.request.command.clone().about(incident);
            }
            let answer = self.add(part)?;
            if let JobTarget::Opened = target {
                let opened = match &answer {
                    AppendOutcome::Appended(events) => {
                        events.iter().find_map(|e| e.event.incident())
                    }
                    AppendOutcome::Duplicate { .. }
                    | AppendOutcome::Conflict { .. }
                    | AppendOutcome::Refused(_) => None,
                };
                answers.push(answer);
                let Some(incident) = opened else { break };
                target = JobTarget::Incident(incident);
            } else {
                answers.push(answer);
            }
        }
        Ok(answers)
    }

    fn add(&mut self, part: &mut JobPart) -> Result<AppendOutcome, StoreError> {
        let request = &part.request;
        if let Some(answer) = self.seen.answer(request).map_err(serialization_error)? {
            return Ok(match (answer, &part.tried) {
                // This very request was committed before, and only the answer was lost.
                (AppendOutcome::Duplicate { seq }, Some(tried))
                    if tried.as_slice().first().is_some_and(|first| first.seq == seq) =>
                {
                    AppendOutcome::Appended(tried.clone())
                }
                (answer, _) => answer,
            });
        }
        if let Command::RedactPayload { seq, .. } = request.command
            && !self.redactable.contains(&seq)
        {
            return Ok(AppendOutcome::Refused(Refusal::NothingToChange));
        }
        let (now, recorded_at) = self.clock(request);
        let context = CommandContext { now, actor: request.actor.clone(), refire: self.refire };
        let events = match decide(&self.board, request.command.clone(), &context) {
            Ok(events) if events.is_empty() => {
                return Ok(AppendOutcome::Refused(Refusal::NothingToChange));
            }
            Ok(events) => events,
            Err(refusal) => return Ok(AppendOutcome::Refused(refusal)),
        };
        let payloads = events
            .iter()
            .map(Event::payload)
            .collect::<Result<Vec<_>, _>>()
            .map_err(serialization_error)?;
        if let Some(long) = payloads.iter().find(|payload| payload.len() > MAX_PAYLOAD) {
            return Err(StoreError::config(format!(
                "an event has {} bytes; {MAX_PAYLOAD} are allowed",
                long.len()
            )));
        }
        let command_salt = salt()?;
        let command_hash = command_hash(&command_salt, request).map_err(serialization_error)?;
        let batch = EventBatch {
            length: i32::try_from(events.len()).unwrap_or(i32::MAX),
            recorded_at,
            occurred_at: request.occurred_at.map_or(now, whole_micros),
            command_hash,
            command_salt,
            request,
        };
        let mut recorded = Vec::with_capacity(events.len());
        for ((index, event), payload) in (0..).zip(events).zip(payloads) {
            recorded.push(self.append(&batch, index, event, payload)?);
        }
        if let Some(first) = recorded.as_slice().first() {
            self.seen.add(
                request,
                (batch.command_hash, Some(batch.command_salt.to_vec())),
                first.seq,
            );
        }
        part.tried = Some(recorded.clone());
        Ok(AppendOutcome::Appended(recorded))
    }

    /// The time by which a request is decided, and the time at which it is recorded. A request for an invented past
    /// gives its own time for both.
    fn clock(&self, request: &AppendRequest) -> (Timestamp, Timestamp) {
        let Some(invented) = request.recorded_at.map(whole_micros) else {
            return (self.now, self.recorded_at);
        };
        let last = self.board.updated_at.unwrap_or(invented);
        let at = invented.max(last).min(self.recorded_at);
        (at, at)
    }

    fn append(
        &mut self,
        batch: &EventBatch<'_>,
        index: i32,
        event: Event,
        payload: String,
    ) -> Result<RecordedEvent, StoreError> {
        let request = batch.request;
        let first_id = request.event_id;
        let event_id = if index == 0 {
            first_id
        } else {
            Uuid::new_v5(&first_id, index.to_string().as_bytes())
        };
        let salt = salt()?;
        let mut row = EventRow {
            seq: self.head.seq.saturating_add(1),
            event_id: event_id.to_string(),
            batch_id: first_id.to_string(),
            batch_ix: index,
            batch_len: batch.length,
            incident: event.incident().map(|number| number.get().into()),
            type_name: event.type_name().to_owned(),
            schema_version: event.schema_version(),
            occurred_at: batch.occurred_at.as_microsecond(),
            recorded_at: batch.recorded_at.as_microsecond(),
            source: request.source.clone(),
            // The key is unique, so only the first event of the batch has it.
            source_key: request.source_key.clone().filter(|_| index == 0),
            actor: request.actor.as_ref().map(ToString::to_string),
            causation_id: (index > 0).then(|| first_id.to_string()),
            correlation_id: request.correlation_id.map(|id| id.to_string()),
            command_hash: batch.command_hash.clone(),
            // It is also the salt of the other events of the batch.
            command_salt: (index == 0).then(|| batch.command_salt.to_vec()),
            payload_commit: chain::payload_commit(&salt, &payload),
            payload: Some(payload),
            payload_salt: Some(salt.to_vec()),
            prev_hash: std::mem::take(&mut self.head.hash),
            hash: Vec::new(),
        };
        row.hash = chain::event_hash(&row);
        self.head.seq = row.seq;
        self.head.hash.clone_from(&row.hash);
        self.events.push(row);

        let recorded = RecordedEvent {
            seq: count(self.head.seq),
            occurred_at: batch.occurred_at,
            recorded_at: batch.recorded_at,
            actor: request.actor.clone(),
            event,
        };
        if let Event::PayloadRedacted(redacted) = &recorded.event {
            self.redactable.remove(&redacted.seq);
            self.redacted.push(redacted.seq);
        }
        self.evolve(&recorded, event_id, request.traceparent.as_deref())?;
        Ok(recorded)
    }

    /// Folds the event, and adds the outbox entry that it causes, if any.
    fn evolve(
        &mut self,
        recorded: &RecordedEvent,
        event_id: Uuid,
        traceparent: Option<&str>,
    ) -> Result<(), StoreError> {
        self.board.evolve(recorded);
        if let Some(entry) = outbox_entry(&self.board, recorded) {
            let entry = NewOutboxEntry::new(&entry, recorded.seq, event_id, self.now, traceparent)
                .map_err(serialization_error)?;
            self.outbox_entries.push(entry);
        }
        Ok(())
    }
}

/// What the events of one request share.
struct EventBatch<'a> {
    request: &'a AppendRequest,
    length: i32,
    recorded_at: Timestamp,
    occurred_at: Timestamp,
    command_hash: Vec<u8>,
    command_salt: [u8; 16],
}

fn salt() -> Result<[u8; 16], StoreError> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt)
        .map_err(|error| StoreError::unavailable("no random numbers").caused_by(error))?;
    Ok(salt)
}

/// Events and commands can always be encoded as JSON; this never happens.
fn serialization_error(error: serde_json::Error) -> StoreError {
    StoreError::new(StoreErrorKind::Query, "an event can't be encoded").caused_by(error)
}
