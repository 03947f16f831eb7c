//! OpsGenie's calls for an alert that doesn't exist, to try a page without OpsGenie.

use jiff::Timestamp;
use serde_json::{Value, json};

/// A made-up alert.
#[derive(Debug, Clone)]
pub struct Simulated {
    /// Its id; any text that wasn't used before.
    pub alert_id: String,
    /// What it says.
    pub message: String,
    /// When it is raised.
    pub created_at: Timestamp,
}

impl Simulated {
    /// The body of the call that reports the alert.
    #[must_use]
    pub fn create(&self) -> String {
        let mut body = self.body("Create", self.created_at);
        if let Some(alert) = body.get_mut("alert").and_then(Value::as_object_mut) {
            alert.insert("insertedAt".to_owned(), json!(nanoseconds(self.created_at)));
            alert.insert("priority".to_owned(), json!("P1"));
            alert.insert(
                "description".to_owned(),
                json!("Sent by `candor simulate` to try the page out."),
            );
            alert.insert("responders".to_owned(), json!([]));
            alert.insert("details".to_owned(), json!({ "simulated": "true" }));
        }
        body.to_string()
    }

    /// The body of the call that reports its end.
    #[must_use]
    pub fn close(&self, at: Timestamp) -> String {
        self.body("Close", at).to_string()
    }

    fn body(&self, action: &str, at: Timestamp) -> Value {
        json!({
            "source": { "name": "", "type": "API" },
            "alert": {
                "alertId": self.alert_id,
                "tinyId": "1",
                "alias": self.alert_id,
                "message": self.message,
                "tags": ["simulated"],
                "teams": [],
                "recipients": [],
                "source": "candor",
                "username": "System",
                "userId": "",
                "entity": "",
                // Milliseconds here and nanoseconds there: so the provider does.
                "createdAt": self.created_at.as_millisecond(),
                "updatedAt": nanoseconds(at),
            },
            "action": action,
            "integrationId": "00000000-0000-4000-8000-000000000000",
            "integrationName": "Candor",
            "integrationType": "Webhook",
        })
    }
}

fn nanoseconds(at: Timestamp) -> i64 {
    i64::try_from(at.as_nanosecond()).unwrap_or(i64::MAX)
}
