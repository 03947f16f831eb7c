//! Stand-ins for the integrations crate until it lands.

use candor_core::{AlertKey, AlertMessage, Command};
use jiff::Timestamp;
use uuid::Uuid;

/// What a hook said.
pub(crate) struct Signal {
    pub(crate) command: Command,
    pub(crate) source_key: String,
    pub(crate) occurred_at: Option<Timestamp>,
    pub(crate) action: String,
}

pub(crate) fn read(body: &[u8]) -> Result<Signal, ()> {
    let value: serde_json::Value = serde_json::from_slice(body).map_err(|_error| ())?;
    let action = value.get("action").and_then(|v| v.as_str()).ok_or(())?.to_owned();
    let alert = value.get("alert").ok_or(())?;
    let id = alert.get("alertId").and_then(|v| v.as_str()).ok_or(())?;
    let alert_key = AlertKey::new("opsgenie", id).map_err(|_error| ())?;
    let message =
        AlertMessage::lenient(alert.get("message").and_then(|v| v.as_str()).unwrap_or_default());
    let command = match action.as_str() {
        "Create" => Command::RaiseAlert { alert: alert_key, message },
        "Close" => Command::ClearAlert { alert: alert_key, message },
        other => {
            Command::UpdateAlert { alert: alert_key, action: AlertMessage::lenient(other), message }
        }
    };
    Ok(Signal { command, source_key: format!("{id}:{action}"), occurred_at: None, action })
}

/// Signed links.
#[derive(Debug, Clone)]
pub struct Links;

impl Links {
    pub(crate) fn read_confirm(&self, token: &str) -> Option<Uuid> {
        Uuid::parse_str(token).ok()
    }
    pub(crate) fn read_unsubscribe(&self, token: &str) -> Option<Uuid> {
        Uuid::parse_str(token).ok()
    }
}

pub(crate) fn to_html(markdown: &str) -> String {
    use maud::Render as _;
    format!("<p>{}</p>", markdown.render().into_string())
}
