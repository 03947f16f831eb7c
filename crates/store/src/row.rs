//! Rows of the log, and what they say.

use candor_core::{ActorId, Event, IncidentNumber, RecordedEvent};
use data_encoding::HEXLOWER;
use diesel::{Insertable, Queryable};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{StoreError, StoredEvent, schema::event};

/// A row of `event`, exactly as it stands there: what is hashed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = event)]
pub(crate) struct EventRow {
    pub(crate) seq: i64,
    pub(crate) event_id: String,
    pub(crate) batch_id: String,
    pub(crate) batch_ix: i32,
    pub(crate) batch_len: i32,
    pub(crate) incident: Option<i64>,
    pub(crate) type_name: String,
    pub(crate) schema_version: i32,
    pub(crate) occurred_at: i64,
    pub(crate) recorded_at: i64,
    pub(crate) source: String,
    pub(crate) source_key: Option<String>,
    pub(crate) actor: Option<String>,
    pub(crate) causation_id: Option<String>,
    pub(crate) correlation_id: Option<String>,
    pub(crate) command_hash: Vec<u8>,
    pub(crate) command_salt: Option<Vec<u8>>,
    pub(crate) payload: Option<String>,
    pub(crate) payload_salt: Option<Vec<u8>>,
    pub(crate) payload_commit: Vec<u8>,
    pub(crate) prev_hash: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

/// What is needed of a row to fold it.
#[derive(Debug, Queryable)]
pub(crate) struct FoldRow {
    pub(crate) seq: i64,
    pub(crate) type_name: String,
    pub(crate) schema_version: i32,
    pub(crate) occurred_at: i64,
    pub(crate) recorded_at: i64,
    pub(crate) actor: Option<String>,
    pub(crate) payload: Option<String>,
}

impl FoldRow {
    /// The event, from its own payload or from what remains of it.
    pub(crate) fn recorded(&self, remains: Option<&str>) -> Result<RecordedEvent, StoreError> {
        let halt = |why: String| StoreError::Halted(format!("event {}: {why}", self.seq));
        let payload = self.payload.as_deref().or(remains).ok_or_else(|| {
            halt("its payload is gone, and no event says that it was redacted".to_owned())
        })?;
        Ok(RecordedEvent {
            seq: u64::try_from(self.seq)
                .map_err(|_negative| halt("its seq is negative".to_owned()))?,
            occurred_at: time(self.occurred_at)?,
            recorded_at: time(self.recorded_at)?,
            actor: self.actor.as_deref().map(actor).transpose()?,
            event: Event::read(&self.type_name, self.schema_version, payload)
                .map_err(|error| halt(error.to_string()))?,
        })
    }
}

impl EventRow {
    /// The row of an event that stands elsewhere, such as in an export.
    pub(crate) fn of(event: StoredEvent) -> Self {
        Self {
            seq: int(event.seq),
            event_id: event.event_id.to_string(),
            batch_id: event.batch_id.to_string(),
            batch_ix: event.batch_ix,
            batch_len: event.batch_len,
            incident: event.incident.map(|number| number.get().into()),
            type_name: event.type_name,
            schema_version: event.schema_version,
            occurred_at: event.occurred_at.as_microsecond(),
            recorded_at: event.recorded_at.as_microsecond(),
            source: event.source,
            source_key: event.source_key,
            actor: event.actor.map(|actor| actor.to_string()),
            causation_id: event.causation_id.map(|id| id.to_string()),
            correlation_id: event.correlation_id.map(|id| id.to_string()),
            command_hash: event.command_hash,
            command_salt: None,
            payload: event.payload,
            payload_salt: event.payload_salt,
            payload_commit: event.payload_commit,
            prev_hash: event.prev_hash,
            hash: event.hash,
        }
    }

    pub(crate) fn stored(self) -> Result<StoredEvent, StoreError> {
        let incident = match self.incident {
            None => None,
            Some(number) => Some(incident(number)?),
        };
        Ok(StoredEvent {
            seq: u64::try_from(self.seq).unwrap_or_default(),
            event_id: uuid(&self.event_id)?,
            batch_id: uuid(&self.batch_id)?,
            batch_ix: self.batch_ix,
            batch_len: self.batch_len,
            incident,
            type_name: self.type_name,
            schema_version: self.schema_version,
            occurred_at: time(self.occurred_at)?,
            recorded_at: time(self.recorded_at)?,
            source: self.source,
            source_key: self.source_key,
            actor: self.actor.as_deref().map(actor).transpose()?,
            causation_id: self.causation_id.as_deref().map(uuid).transpose()?,
            correlation_id: self.correlation_id.as_deref().map(uuid).transpose()?,
            command_hash: self.command_hash,
            payload: self.payload,
            payload_salt: self.payload_salt,
            payload_commit: self.payload_commit,
            prev_hash: self.prev_hash,
            hash: self.hash,
        })
    }
}

fn unreadable(what: &str, value: &dyn std::fmt::Display) -> StoreError {
    StoreError::Halted(format!("{what} can't be read: {value}"))
}

pub(crate) fn time(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_range| unreadable("a time", &micros))
}

/// The time as the database holds it: whole microseconds.
pub(crate) fn whole_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

pub(crate) fn uuid(text: &str) -> Result<Uuid, StoreError> {
    Uuid::parse_str(text).map_err(|_form| unreadable("an id", &text))
}

pub(crate) fn actor(text: &str) -> Result<ActorId, StoreError> {
    ActorId::parse(text).map_err(|_form| unreadable("an operator's id", &text))
}

pub(crate) fn incident(number: i64) -> Result<IncidentNumber, StoreError> {
    u32::try_from(number)
        .ok()
        .and_then(IncidentNumber::new)
        .ok_or_else(|| unreadable("an incident's number", &number))
}

/// A seq or a count as the database holds it.
pub(crate) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A seq or a count out of the database.
pub(crate) fn count(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}
