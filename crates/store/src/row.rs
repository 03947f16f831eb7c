//! Rows of the log, and the types of single columns: ids, times, numbers, addresses.

use candor_core::{ActorId, Address, Event, IncidentNumber, RecordedEvent, Scope};
use data_encoding::HEXLOWER;
use diesel::{Insertable, Queryable};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{error::StoreError, schema::event};

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the log.
    pub seq: u64,
    /// The idempotency key, chosen by the caller.
    pub event_id: Uuid,
    /// Shared by the events of one command.
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
    /// When it happened: by the clock, or as given for the past.
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

/// A row of `event`, exactly as stored and hashed.
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

/// The part of a row that is needed to fold it.
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
        let halted = |why: &str| StoreError::halted(format!("event {}{why}", self.seq));
        let payload = self.payload.as_deref().or(remains).ok_or_else(|| {
            halted(": its payload is gone, and no event says that it was redacted")
        })?;
        Ok(RecordedEvent {
            seq: u64::try_from(self.seq)
                .map_err(|error| halted(": its seq is negative").caused_by(error))?,
            occurred_at: time(self.occurred_at)?,
            recorded_at: time(self.recorded_at)?,
            actor: self.actor.as_deref().map(actor).transpose()?,
            event: Event::read(&self.type_name, self.schema_version, payload)
                .map_err(|error| halted("").caused_by(error))?,
        })
    }
}

impl EventRow {
    /// The row of an event from elsewhere, such as an export.
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
    StoreError::halted(format!("{what} can't be read: {value}"))
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

/// The address of the subscriber `id`. The error never contains the address.
pub(crate) fn address(id: &str, channel: &str, raw: &str) -> Result<Address, StoreError> {
    Address::parse(channel, raw)
        .map_err(|_form| StoreError::halted(format!("subscriber {id}: no address")))
}

/// The scope of the subscriber `id`.
pub(crate) fn scope(id: &str, name: &str) -> Result<Scope, StoreError> {
    Scope::of(name).ok_or_else(|| {
        StoreError::halted(format!("subscriber {id}: this version knows no scope {name:?}"))
    })
}

/// A subscriber's opaque id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubscriberId(pub Uuid);

impl std::fmt::Display for SubscriberId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
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
