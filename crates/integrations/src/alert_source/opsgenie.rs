//! OpsGenie's outgoing webhook, and that of its successor Jira Service Management, which sends the same body.
//!
//! Field names are those of Atlassian's "alert action data" page. The types of real bodies vary with the age of the
//! account (numbers as strings, milliseconds beside nanoseconds, fields that are missing or of another type), so
//! only four fields are looked at, leniently, and nothing but a missing alert id makes a body unreadable. Actions
//! are an open set, since customers name their own: what we don't know is kept without effect.

mod simulate;

use std::collections::HashMap;

use candor_core::{AlertKey, AlertMessage, Command};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{AlertSource, Signal, UnreadableAlert};
use crate::json;

/// OpsGenie and Jira Service Management.
pub(super) const SOURCE: AlertSource = AlertSource {
    name: "opsgenie",
    title: "OpsGenie or Jira Service Management: integration \"Webhook\"",
    read,
    simulate: simulate::body,
};
/// The field that tells which alert a call is about.
const ALERT_ID: UnreadableAlert = UnreadableAlert::NoAlertId("alert.alertId");

/// The longest [`Signal::source_key`] that is kept readable, in bytes; a longer one is hashed.
const MAX_KEY_BYTES: usize = 256;

/// The fields of a JSON object, each as it was written; of a name that occurs twice, the last.
type JsonFields<'a> = HashMap<String, &'a RawValue>;

/// Reads one call.
///
/// The key of a call is (alert id, action, time of update), because a call has no id of its own; without a time, it
/// is the hash of the body.
///
/// # Errors
/// It is no JSON object, or names no alert.
fn read(body: &[u8]) -> Result<Vec<Signal>, UnreadableAlert> {
    let text = json::repair(body);
    let call = fields(&text)?;
    let alert: JsonFields<'_> =
        call.get("alert").and_then(|raw| serde_json::from_str(raw.get()).ok()).ok_or(ALERT_ID)?;
    let id = scalar(&alert, "alertId").ok_or(ALERT_ID)?;
    let key = AlertKey::new(SOURCE.name, &shortened(id)).map_err(|_empty| ALERT_ID)?;
    let action = scalar(&call, "action").unwrap_or_default().trim().to_owned();
    let message = AlertMessage::lenient(&scalar(&alert, "message").unwrap_or_default());
    let updated_at = scalar(&alert, "updatedAt").filter(|raw| is_number(raw));
    let occurred_at = updated_at
        .as_deref()
        .and_then(time)
        .or_else(|| scalar(&alert, "createdAt").as_deref().and_then(time));
    let source_key = match &updated_at {
        Some(updated_at) => call_key(key.id(), &action, updated_at.trim()),
        None => HEXLOWER.encode(&Sha256::digest(body)),
    };
    let command = match action.to_ascii_lowercase().as_str() {
        "create" => Command::RaiseAlert { alert: key, message },
        // A deleted alert will never be closed: for us, it is over.
        "close" | "delete" => Command::ClearAlert { alert: key, message },
        "" => {
            Command::UpdateAlert { alert: key, action: AlertMessage::lenient("unnamed"), message }
        }
        _ => Command::UpdateAlert { alert: key, action: AlertMessage::lenient(&action), message },
    };
    Ok(vec![Signal { command, source_key, occurred_at, action }])
}

/// The top level of the body. Values are skipped, not built: their depth and size cost nothing.
fn fields(text: &str) -> Result<JsonFields<'_>, UnreadableAlert> {
    let whole: &RawValue = serde_json::from_str(text).map_err(|_wrong| UnreadableAlert::NotJson)?;
    if !whole.get().starts_with('{') {
        return Err(UnreadableAlert::NotAnObject);
    }
    serde_json::from_str(text).map_err(|_wrong| UnreadableAlert::NotJson)
}

/// A string, or a number or boolean as it was written; none for anything else and for an empty string.
fn scalar(fields: &JsonFields<'_>, name: &str) -> Option<String> {
    let raw = fields.get(name)?.get();
    let text = match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok()?,
        b'{' | b'[' | b'n' => return None,
        _ => raw.to_owned(),
    };
    (!text.trim().is_empty()).then_some(text)
}

/// An id that is longer than ours may be keeps its beginning and gets a hash, so that it still is one alert's.
fn shortened(id: String) -> String {
    const HASH_CHARS: usize = 64;
    match id.char_indices().nth(AlertKey::MAX_CHARS - HASH_CHARS - 1) {
        Some((end, _)) if id.chars().count() > AlertKey::MAX_CHARS => {
            let hash = HEXLOWER.encode(&Sha256::digest(&id));
            format!("{}…{hash}", id.get(..end).unwrap_or_default())
        }
        _ => id,
    }
}

fn is_number(raw: &str) -> bool {
    let raw = raw.trim();
    !raw.is_empty() && raw.bytes().all(|b| b.is_ascii_digit())
}

fn call_key(id: &str, action: &str, updated_at: &str) -> String {
    // A JSON array, so that no id or action can imitate another triple.
    let key = serde_json::json!([id, action, updated_at]).to_string();
    if key.len() <= MAX_KEY_BYTES { key } else { HEXLOWER.encode(&Sha256::digest(key)) }
}

/// A time of unknown unit: seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by magnitude
/// (each range begins in 1973). None unless it is in this century.
fn time(raw: &str) -> Option<Timestamp> {
    const MILLISECONDS: i64 = 100_000_000_000;
    const MICROSECONDS: i64 = MILLISECONDS * 1_000;
    const NANOSECONDS: i64 = MICROSECONDS * 1_000;
    let time = match raw.trim().parse().ok()? {
        number @ NANOSECONDS.. => Timestamp::from_nanosecond(i128::from(number)),
        number @ MICROSECONDS..NANOSECONDS => Timestamp::from_microsecond(number),
        number @ MILLISECONDS..MICROSECONDS => Timestamp::from_millisecond(number),
        number => Timestamp::from_second(number),
    }
    .ok()?;
    let century = Timestamp::constant(946_684_800, 0)..Timestamp::constant(4_102_444_800, 0);
    century.contains(&time).then_some(time)
}
