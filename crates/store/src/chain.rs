//! The hash chain: pure functions over the stored bytes.
//!
//! Each event's hash covers the hash before it and every column, the payload through a salted commitment, so that a
//! payload can be redacted without breaking the chain, and without the salt can't be guessed back.

use candor_core::{ActorId, Command};
use sha2::{Digest, Sha256};

use crate::row::EventRow;

/// Keeps these hashes from being mistaken for any other use of SHA-256, and names the layout.
const EVENT_TAG: &[u8] = b"candor event 1\0";
const COMMAND_TAG: &[u8] = b"candor command 1\0";

/// The `prev_hash` of the first event.
pub(crate) fn genesis(log_id: &str) -> Vec<u8> {
    Sha256::digest(log_id.as_bytes()).to_vec()
}

/// The payload's stand-in in the chain: its salted hash.
pub(crate) fn payload_commit(salt: &[u8], payload: &str) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(payload.as_bytes()).finalize().to_vec()
}

/// The hash of an event from all its other columns.
pub(crate) fn event_hash(row: &EventRow) -> Vec<u8> {
    let mut fields = HashFields(Sha256::new().chain_update(EVENT_TAG).chain_update(&row.prev_hash));
    fields.int(row.seq);
    fields.text(&row.event_id);
    fields.text(&row.batch_id);
    fields.int(row.batch_ix.into());
    fields.int(row.batch_len.into());
    fields.optional(row.incident.map(i64::to_be_bytes));
    fields.text(&row.type_name);
    fields.int(row.schema_version.into());
    fields.int(row.occurred_at);
    fields.int(row.recorded_at);
    fields.text(&row.source);
    fields.optional(row.source_key.as_ref());
    fields.optional(row.actor.as_ref());
    fields.optional(row.causation_id.as_ref());
    fields.optional(row.correlation_id.as_ref());
    fields.bytes(&row.command_hash);
    fields.bytes(&row.payload_commit);
    fields.0.finalize().to_vec()
}

/// Tells a repeated request from an id that was used twice. Without the salt, which is removed with the first
/// redaction, the text can't be guessed from it.
pub(crate) fn command_hash(
    salt: &[u8],
    source: &str,
    actor: Option<&ActorId>,
    command: &Command,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut fields = HashFields(Sha256::new().chain_update(COMMAND_TAG));
    fields.bytes(salt);
    fields.text(source);
    fields.optional(actor.map(ActorId::as_str));
    fields.bytes(&serde_json::to_vec(command)?);
    Ok(fields.0.finalize().to_vec())
}

/// Fields with their lengths before them, so that no two lists of fields give the same bytes.
struct HashFields(Sha256);

impl HashFields {
    fn bytes(&mut self, bytes: &[u8]) {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.0.update(length.to_be_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn int(&mut self, value: i64) {
        self.bytes(&value.to_be_bytes());
    }

    /// An absent field is not an empty one.
    fn optional(&mut self, bytes: Option<impl AsRef<[u8]>>) {
        match bytes {
            None => self.0.update([0]),
            Some(bytes) => {
                self.0.update([1]);
                self.bytes(bytes.as_ref());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::hex;

    fn row() -> EventRow {
        EventRow {
            seq: 1,
            event_id: "0190a6f0-0000-7000-8000-000000000001".to_owned(),
            batch_id: "0190a6f0-0000-7000-8000-000000000001".to_owned(),
            batch_ix: 0,
            batch_len: 1,
            incident: Some(7),
            type_name: "resolved".to_owned(),
            schema_version: 1,
            occurred_at: 1_790_000_000_000_000,
            recorded_at: 1_790_000_000_000_001,
            source: "console".to_owned(),
            source_key: None,
            actor: Some("somebody".to_owned()),
            causation_id: None,
            correlation_id: None,
            command_hash: vec![1; 32],
            command_salt: None,
            payload: None,
            payload_salt: None,
            payload_commit: payload_commit(&[2; 16], r#"{"incident":7}"#),
            prev_hash: genesis("0190a6f0-0000-7000-8000-000000000000"),
            hash: Vec::new(),
        }
    }

    /// What was written by a released version is verified by every later one: these bytes never change.
    #[test]
    fn the_hash_of_an_event_is_the_same_for_ever() {
        assert_eq!(
            hex(&event_hash(&row())),
            "4b11f253a964a3e255285ef69c3f182fffa1786df1f710950c88b6342caea06c"
        );
    }

    #[test]
    fn an_absent_field_is_not_an_empty_one_and_no_byte_moves_between_fields() {
        let plain = event_hash(&row());
        let empty = EventRow { source_key: Some(String::new()), ..row() };
        let moved =
            EventRow { type_name: "resolve".to_owned(), source: "dconsole".to_owned(), ..row() };
        let swapped = EventRow { actor: None, source_key: Some("somebody".to_owned()), ..row() };
        for other in [empty, moved, swapped] {
            assert_ne!(event_hash(&other), plain, "{other:?}");
        }
    }
}
