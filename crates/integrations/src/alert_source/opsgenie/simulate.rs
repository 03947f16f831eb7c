//! OpsGenie's calls for an alert that doesn't exist.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::alert_source::SimulatedAlert;

/// The body of the call that reports the alert, or its end.
pub(super) fn body(simulated: &SimulatedAlert) -> String {
    let mut alert = json!({
        "alertId": simulated.id,
        "tinyId": "1",
        "alias": simulated.id,
        "message": simulated.message,
        "tags": ["simulated"],
        "teams": [],
        "recipients": [],
        "source": "candor",
        "username": "System",
        "userId": "",
        "entity": "",
        // Milliseconds here and nanoseconds there, as OpsGenie sends them.
        "createdAt": simulated.raised_at.as_millisecond(),
        "updatedAt": nanoseconds(simulated.cleared_at.unwrap_or(simulated.raised_at)),
    });
    if let (None, Value::Object(alert)) = (simulated.cleared_at, &mut alert) {
        let description = "Sent by `candor simulate` to try the page out.";
        alert.insert("insertedAt".to_owned(), json!(nanoseconds(simulated.raised_at)));
        alert.insert("priority".to_owned(), json!("P1"));
        alert.insert("description".to_owned(), json!(description));
        alert.insert("responders".to_owned(), json!([]));
        alert.insert("details".to_owned(), json!({ "simulated": "true" }));
    }
    let call = json!({
        "source": { "name": "", "type": "API" },
        "alert": alert,
        "action": if simulated.cleared_at.is_some() { "Close" } else { "Create" },
        "integrationId": "00000000-0000-4000-8000-000000000000",
        "integrationName": "Candor",
        "integrationType": "Webhook",
    });
    call.to_string()
}

fn nanoseconds(at: Timestamp) -> i64 {
    i64::try_from(at.as_nanosecond()).unwrap_or(i64::MAX)
}
