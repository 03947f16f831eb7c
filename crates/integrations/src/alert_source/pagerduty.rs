//! PagerDuty's webhooks: version 3, and the `messages` of versions 1 and 2, several of which come in one call.
//!
//! An incident keeps its id when it is reopened, so an occurrence is told by the time of the event. Some events are not
//! about the incident itself and hold it one level deeper (`incident.annotated`).
//! <https://developer.pagerduty.com/docs/webhooks-overview>

use candor_core::Occurrence;

use super::{
    AlertSource, Change, Fields, Reader, Signal, SimulatedAlert, SourceCall, Statement,
    UnreadableAlert, shape::simulated,
};

/// PagerDuty.
pub(super) const SOURCE: AlertSource = AlertSource {
    name: "pagerduty",
    title: "PagerDuty: Integrations, \"Generic Webhooks (v3)\"",
    agent: "pagerduty-webhook",
    signature: Some("x-pagerduty-signature"),
    fields: &[&["event.event_type", "event.data"], &["messages"]],
    reader: Reader::Code { ids_return: true, read, simulate },
};

fn read(call: &SourceCall<'_>) -> Result<Vec<Signal>, UnreadableAlert> {
    let fields = call.body.fields()?;
    let statements: Vec<_> = match fields.object("event") {
        Some(event) => event_3(&event)?.map(|statement| (event, statement)).into_iter().collect(),
        None if fields.has("messages") => {
            let messages = fields.list("messages").into_iter();
            messages.filter_map(|one| message(&one).map(|statement| (one, statement))).collect()
        }
        None => return Err(UnreadableAlert::NoAlertId("event")),
    };
    let signals = statements.into_iter().map(|(alert, statement)| statement.signal(call, &alert));
    signals.filter_map(Result::transpose).collect()
}

fn event_3(event: &Fields<'_>) -> Result<Option<Statement>, UnreadableAlert> {
    let kind = event.text("event_type").unwrap_or_default();
    // A ping is what the button "Send test event" sends.
    if kind.ends_with(".ping") {
        return Ok(None);
    }
    let id = match event.text("resource_type").as_deref() {
        Some("incident") | None => event.first(&["data.incident.id", "data.id"]),
        Some(_) => event.text("data.incident.id"),
    };
    let Some(id) = id else {
        // An event about a service or a workflow concerns no alert.
        return if kind.starts_with("incident.") {
            Err(UnreadableAlert::NoAlertId("event.data.id"))
        } else {
            Ok(None)
        };
    };
    let change = match kind.as_str() {
        "incident.triggered" | "incident.reopened" => Change::Raise,
        "incident.resolved" => Change::Clear,
        _ => Change::Note,
    };
    let at = event.time(&["occurred_at"]);
    let title = event.first(&["data.title", "data.incident.summary", "data.incident.title"]);
    Ok(Some(statement(id, change, kind, title, at)))
}

/// A message of version 2 (`event`), or of version 1 (`type`).
fn message(message: &Fields<'_>) -> Option<Statement> {
    let kind = message.first(&["event", "type"]).unwrap_or_default();
    let id = message.first(&["incident.id", "data.incident.id"])?;
    let change = match kind.as_str() {
        "incident.trigger" | "incident.reopen" => Change::Raise,
        "incident.resolve" => Change::Clear,
        _ => Change::Note,
    };
    let title = message.first(&[
        "incident.title",
        "incident.summary",
        "data.incident.trigger_summary_data.subject",
        "data.incident.trigger_summary_data.description",
        "data.incident.service.name",
    ]);
    let at = message.time(&["created_on", "incident.last_status_change_at"]);
    Some(statement(id, change, kind, title, at))
}

fn statement(
    id: String,
    change: Change,
    action: String,
    title: Option<String>,
    at: Option<jiff::Timestamp>,
) -> Statement {
    Statement {
        id,
        change,
        action,
        message: title.unwrap_or_default(),
        occurrence: Occurrence::OneOfMany { since: None, at },
        happened_at: at,
    }
}

const SAMPLE: &str = r#"{"event":{"id":"<id>-<at>","event_type":"incident.<state>","resource_type":"incident",
"occurred_at":"<at>","agent":null,"client":null,"data":{"id":"<id>","type":"incident","status":"<state>","title":"<title>",
"service":{"id":"P1","summary":"Simulated","type":"service_reference"},"teams":[],"priority":null,"urgency":"high"}}}"#;

fn simulate(alert: &SimulatedAlert) -> String {
    simulated(SAMPLE, alert, ["triggered", "resolved"])
}
