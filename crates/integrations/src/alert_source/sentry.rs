//! Sentry's integrations: metric alerts, which say when they are over, and issue alerts, which never do.
//!
//! What an issue alert raised stays until a person acts, or the issue is resolved in Sentry.
//! <https://docs.sentry.io/organization/integrations/integration-platform/webhooks/>

use candor_core::Occurrence;

use super::{
    AlertSource, Change, Reader, Signal, SimulatedAlert, SourceCall, Statement, UnreadableAlert,
    shape::simulated,
};

/// Sentry.
pub(super) const SOURCE: AlertSource = AlertSource {
    name: "sentry",
    title: "Sentry: an internal integration with a webhook, as the action of an alert",
    agent: "sentry",
    signature: Some("sentry-hook-signature"),
    fields: &[
        &["action", "installation", "data"],
        &["data.metric_alert"],
        &["data.issue", "action"],
        &["project", "event", "culprit"],
    ],
    reader: Reader::Code { ids_return: true, read, simulate },
};

fn read(call: &SourceCall<'_>) -> Result<Vec<Signal>, UnreadableAlert> {
    let fields = call.body.fields()?;
    let action = fields.text("action").unwrap_or_else(|| "triggered".to_owned());
    // An issue, the event of an issue alert, and the body of the old plug-in name the same issue.
    let metric = fields.first(&["data.metric_alert.id", "data.metric_alert.identifier"]);
    let issue = fields.first(&["data.issue.id", "data.event.issue_id", "data.event.groupID"]);
    let is_old = fields.has("culprit") && fields.has("event");
    let id = match (metric, issue, is_old) {
        (Some(metric), ..) => format!("metric-{metric}"),
        (None, Some(issue), _) => format!("issue-{issue}"),
        (None, None, true) => format!("issue-{}", fields.text("id").ok_or(NO_ID)?),
        // Comments, installations and the like are about no alert.
        (None, None, false) => return Ok(Vec::new()),
    };
    let is_metric = id.starts_with("metric-");
    let change = match action.as_str() {
        "triggered" | "critical" => Change::Raise,
        "resolved" => Change::Clear,
        _ => Change::Note,
    };
    let at = if is_metric {
        // The incident has one id, and begins once.
        fields.time(&[
            "data.metric_alert.date_closed",
            "data.metric_alert.date_detected",
            "data.metric_alert.date_started",
        ])
    } else if change == Change::Raise {
        fields.time(&["data.event.datetime", "data.event.timestamp", "event.datetime"])
    } else {
        // It says when the issue was last seen, and not when it was resolved.
        None
    };
    let message = fields.first(&[
        "data.description_title",
        "data.event.title",
        "data.issue.title",
        "message",
        "event.title",
    ]);
    let statement = Statement {
        id,
        change,
        action,
        message: message.unwrap_or_default(),
        occurrence: match is_metric {
            true => Occurrence::Only,
            false => Occurrence::OneOfMany { since: None, at },
        },
        happened_at: at,
    };
    Ok(statement.signal(call, &fields)?.into_iter().collect())
}

const NO_ID: UnreadableAlert = UnreadableAlert::NoAlertId("data.issue.id");

const SAMPLE: &str = r#"{"action":"<state>","actor":{"id":"sentry","name":"Sentry","type":"application"},"data":{
"issue":{"id":"<id>","title":"<title>","level":"error","lastSeen":"<at>"}},"installation":{"uuid":"00000000-0000-4000-8000-000000000000"}}"#;

fn simulate(alert: &SimulatedAlert) -> String {
    simulated(SAMPLE, alert, ["triggered", "resolved"])
}
