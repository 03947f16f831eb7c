//! OpsGenie's outgoing webhook, and that of its successor Jira Service Management, which sends the same body.
//!
//! Field names are those of Atlassian's "alert action data" page. The types of real bodies vary with the age of the
//! account (numbers as strings, milliseconds beside nanoseconds, fields that are missing or of another type), so
//! only four fields are looked at, leniently, and nothing but a missing alert id makes a body unreadable. Actions
//! are an open set, since customers name their own: what we don't know is kept without effect.

mod simulate;

use candor_core::{AlertKey, Occurrence};

use super::{
    AlertSource, Change, Reader, Signal, SourceCall, Statement, UnreadableAlert,
    fields::time,
    statement::{call_key, digest, shortened},
};

/// OpsGenie and Jira Service Management.
pub(super) const SOURCE: AlertSource = AlertSource {
    name: "opsgenie",
    title: "OpsGenie or Jira Service Management: integration \"Webhook\"",
    agent: "",
    signature: None,
    fields: &[&["action", "alert.alertId"]],
    reader: Reader::Code { ids_return: false, read, simulate: simulate::body },
};
/// The field that tells which alert a call is about.
const ALERT_ID: UnreadableAlert = UnreadableAlert::NoAlertId("alert.alertId");

/// Reads one call.
///
/// The key of a call is (alert id, action, time of update), because a call has no id of its own; without a time, it
/// is the hash of the body.
///
/// # Errors
/// It is no JSON object, or names no alert.
fn read(call: &SourceCall<'_>) -> Result<Vec<Signal>, UnreadableAlert> {
    let fields = call.body.fields()?;
    let id = fields.text("alert.alertId").ok_or(ALERT_ID)?;
    let key = AlertKey::new(SOURCE.name, &shortened(id)).map_err(|_empty| ALERT_ID)?;
    let action = fields.text("action").unwrap_or_default().trim().to_owned();
    let updated_at = fields.text("alert.updatedAt").filter(|raw| is_number(raw));
    let statement = Statement {
        id: key.id().to_owned(),
        change: match action.to_ascii_lowercase().as_str() {
            "create" => Change::Raise,
            // A deleted alert will never be closed: for us, it is over.
            "close" | "delete" => Change::Clear,
            _ => Change::Note,
        },
        happened_at: updated_at
            .as_deref()
            .and_then(time)
            .or_else(|| fields.time(&["alert.createdAt"])),
        action: if action.is_empty() { "unnamed".to_owned() } else { action },
        message: fields.text("alert.message").unwrap_or_default(),
        occurrence: Occurrence::Only,
    };
    let Some(said) = statement.by_the_rules(call, &fields) else { return Ok(Vec::new()) };
    let source_key = match &updated_at {
        Some(updated_at) => call_key(key.id(), &said.action, updated_at.trim()),
        None => digest(call.body.as_str()),
    };
    Ok(vec![said.with_key(key, Some(source_key))])
}

fn is_number(raw: &str) -> bool {
    let raw = raw.trim();
    !raw.is_empty() && raw.bytes().all(|b| b.is_ascii_digit())
}
