//! Reading and redacting the log.

use std::collections::BTreeMap;

use candor_core::{ActorId, Board, Command, Event, IncidentNumber, RecordedEvent, Title};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    AppendOutcome, AppendRequest, Store, StoreError,
    db::{PoolRole, on_db},
    read,
    row::{EventRow, FoldRow, int},
    schema::event,
    verify,
};

/// An event as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the log.
    pub seq: u64,
    /// The idempotency key, chosen by the caller.
    pub event_id: Uuid,
    /// The events of one command share it.
    pub batch_id: Uuid,
    /// Place in the batch, from 0.
    pub batch_ix: i32,
    /// How many events the batch has.
    pub batch_len: i32,
    /// The incident it is about, if it is about one.
    pub incident: Option<IncidentNumber>,
    /// What happened, such as `human-confirmed`.
    pub type_name: String,
    /// The version of the payload's shape.
    pub schema_version: i32,
    /// When it happened: by the clock, or by whoever told of the past.
    pub occurred_at: Timestamp,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// Where it comes from.
    pub source: String,
    /// The source's own key of the message.
    pub source_key: Option<String>,
    /// Who did it, if it was a person.
    pub actor: Option<ActorId>,
    /// The event that led to it.
    pub causation_id: Option<Uuid>,
    /// The request that led to it.
    pub correlation_id: Option<Uuid>,
    /// Over source, actor and command.
    pub command_hash: Vec<u8>,
    /// Canonical JSON exactly as hashed; none once redacted.
    pub payload: Option<String>,
    /// None once redacted.
    pub payload_salt: Option<Vec<u8>>,
    /// SHA-256 of salt and payload.
    pub payload_commit: Vec<u8>,
    /// The hash of the event before.
    pub prev_hash: Vec<u8>,
    /// The event's own hash.
    pub hash: Vec<u8>,
}

/// A head of the log that was noted earlier, elsewhere than in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotedHead {
    /// The log's id, and the epoch in which it was noted; a head that somebody types has neither.
    pub of: Option<(String, u32)>,
    /// The last event then; 0 if there was none.
    pub seq: u64,
    /// Its hash (hexadecimal); without an event, the hash from which the log begins.
    pub hash: String,
}

impl NotedHead {
    /// Why this says nothing of the log with this id in this epoch, if it doesn't.
    pub(crate) fn apart(&self, log_id: &str, epoch: Option<u32>) -> Option<String> {
        let (log, noted) = self.of.as_ref()?;
        if log != log_id {
            return Some(format!(
                "event {} was noted of another log, and was not looked for",
                self.seq
            ));
        }
        epoch.filter(|epoch| epoch != noted).map(|epoch| {
            format!(
                "event {} was noted in epoch {noted}, and was not looked for: a backup was restored, \
                 and the log is in epoch {epoch}",
                self.seq
            )
        })
    }
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// How many events were checked.
    pub events: u64,
    /// The last event by the head.
    pub head_seq: u64,
    /// Its hash by the head (hexadecimal).
    pub head_hash: String,
    /// How many payloads were redacted.
    pub redacted: u64,
    /// What became of the head that was noted earlier, unless it is among the faults; none if none was given.
    pub noted: Option<String>,
    /// Each a sentence that names the seq; empty means intact.
    pub faults: Vec<String>,
}

impl Store {
    /// Up to `limit` events after `after`, in order.
    ///
    /// # Errors
    /// The database can't be reached, or a row can't be read.
    pub async fn events(&self, after: u64, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        self.run(async move |db| {
            let query = event::table
                .filter(event::seq.gt(int(after)))
                .order(event::seq)
                .limit(limit.into());
            let mut conn = db.get(PoolRole::Read).await?;
            let rows: Vec<EventRow> = on_db!(&mut conn, c => query.load(c).await)?;
            rows.into_iter().map(EventRow::stored).collect()
        })
        .await
    }

    /// The events of one incident, in order.
    ///
    /// # Errors
    /// The database can't be reached, or a row can't be read.
    pub async fn trail(&self, incident: IncidentNumber) -> Result<Vec<StoredEvent>, StoreError> {
        self.run(async move |db| {
            let query = event::table
                .filter(event::incident.eq(i64::from(incident.get())))
                .order(event::seq);
            let mut conn = db.get(PoolRole::Read).await?;
            let rows: Vec<EventRow> = on_db!(&mut conn, c => query.load(c).await)?;
            rows.into_iter().map(EventRow::stored).collect()
        })
        .await
    }

    /// Up to `limit` events of one incident after the event `after`, in order. Of those that were redacted, what
    /// remains.
    ///
    /// # Errors
    /// The database can't be reached, or an event can't be read.
    pub async fn trail_after(
        &self,
        incident: IncidentNumber,
        after: u64,
        limit: u32,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        self.run(async move |db| {
            let query = event::table
                .filter(event::incident.eq(i64::from(incident.get())))
                .filter(event::seq.gt(int(after)))
                .order(event::seq)
                .limit(limit.into())
                .select(read::FOLDED);
            let mut conn = db.get(PoolRole::Read).await?;
            let rows: Vec<FoldRow> = on_db!(&mut conn, c => query.load(c).await)?;
            let remains = match rows.iter().any(|row| row.payload.is_none()) {
                true => read::what_remains(&mut conn).await?,
                false => BTreeMap::new(),
            };
            rows.iter().map(|row| row.recorded(remains.get(&row.seq).map(String::as_str))).collect()
        })
        .await
    }

    /// Folds the log from its first event up to `to` (its end, if absent): the board as it stood then.
    ///
    /// # Errors
    /// The database can't be reached, or the log can't be read.
    pub async fn replay(&self, to: Option<u64>) -> Result<Board, StoreError> {
        self.run_long(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let head = read::head(&mut conn).await?.seq;
            let end = to.map_or(head, |to| int(to).min(head));
            Ok(read::fold_to(&mut conn, Board::default(), end, &|_| {}).await?.0)
        })
        .await
    }

    /// Checks every hash, the order, the head, and (if given) that the log still holds what was noted earlier: a chain
    /// alone can't tell that it was cut or written anew. What was noted of another log, or in another epoch, is not
    /// compared.
    ///
    /// # Errors
    /// The database can't be reached. What is wrong with the log is no error but in the report.
    pub async fn verify(&self, expected: Option<NotedHead>) -> Result<VerifyReport, StoreError> {
        self.run_long(async move |db| verify::verify(&db, expected).await).await
    }

    /// Removes the free text of the event `seq`: appends `payload-redacted` and removes payload and salt, in one
    /// transaction. Refused if there is no such event, or its payload is gone already.
    ///
    /// # Errors
    /// The database can't be reached, or the event can't be read.
    pub async fn redact(
        &self,
        seq: u64,
        why: Title,
        actor: ActorId,
    ) -> Result<AppendOutcome, StoreError> {
        let query = event::table.find(int(seq)).select((
            event::type_name,
            event::schema_version,
            event::payload,
        ));
        let row: Option<(String, i32, Option<String>)> = self
            .run(async move |db| {
                let mut conn = db.get(PoolRole::Read).await?;
                Ok(on_db!(&mut conn, c => query.first(c).await.optional())?)
            })
            .await?;
        let Some((type_name, schema_version, Some(payload))) = row else {
            return Ok(AppendOutcome::Refused(candor_core::Refusal::NothingToChange));
        };
        let remains = Event::read(&type_name, schema_version, &payload)
            .map_err(|error| StoreError::Halted(format!("event {seq}: {error}")))?
            .without_free_text()
            .payload()
            .map_err(|error| StoreError::Halted(error.to_string()))?;
        let command = Command::RedactPayload { seq, why, remains };
        let answer = self.execute(AppendRequest::new(command, Some(actor), "redaction")).await?;
        self.empty_wal().await;
        Ok(answer)
    }
}
