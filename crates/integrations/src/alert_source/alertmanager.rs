//! Prometheus Alertmanager's webhook (versions 3 and 4 of its body), and Grafana's, which has the same form.
//!
//! A call is about a group of alerts, and each alert says for itself whether it fires: the status of the group is
//! `firing` if any does, and `resolved` although alerts that `max_alerts` left out still fire. An alert is known by its
//! fingerprint, and an occurrence of it by its start. A firing alert ends in the year 1, or at a time-out.
//! <https://prometheus.io/docs/alerting/latest/configuration/#webhook_config>

use candor_core::Occurrence;

use super::{
    AlertSource, Change, Fields, Reader, Signal, SimulatedAlert, SourceCall, Statement,
    UnreadableAlert, shape::simulated, shapes::GRAFANA_LEGACY, statement::digest,
};

/// Alertmanager.
pub(super) const ALERTMANAGER: AlertSource = AlertSource {
    name: "alertmanager",
    title: "Prometheus Alertmanager: a receiver with \"webhook_configs\"",
    agent: "alertmanager/",
    signature: None,
    fields: &[&["alerts", "groupKey"], &["alerts", "groupLabels"], &["alerts", "receiver"]],
    reader: Reader::Code { ids_return: true, read, simulate },
};

/// Grafana. Its calls have the fields of Alertmanager's and some more, so it comes first among the sources.
pub(super) const GRAFANA: AlertSource = AlertSource {
    name: "grafana",
    title: "Grafana Alerting: a contact point of type \"Webhook\"",
    agent: "grafana",
    signature: Some("x-grafana-alerting-signature"),
    fields: &[
        &["alerts", "orgId"],
        &["alerts", "appVersion"],
        &["alerts", "state", "title"],
        &["ruleId", "ruleName", "state"],
    ],
    reader: Reader::Code {
        ids_return: true,
        read,
        simulate: |alert| simulate(alert).replacen('{', r#"{"orgId":1,"#, 1),
    },
};

fn read(call: &SourceCall<'_>) -> Result<Vec<Signal>, UnreadableAlert> {
    let fields = call.body.fields()?;
    if fields.has("ruleId") {
        return GRAFANA_LEGACY.read(call);
    }
    if !fields.has("alerts") {
        // What its test button sends, in some versions: a text, or nothing that names an alert.
        return if fields.has("text") || fields.has("status") || fields.has("state") {
            Ok(Vec::new())
        } else {
            Err(UnreadableAlert::NoAlertId("alerts"))
        };
    }
    let alerts = fields.list("alerts");
    let mut signals = Vec::with_capacity(alerts.len());
    for alert in alerts {
        // Without any label, nothing tells which alert it is.
        if let Some(statement) = statement(&alert) {
            signals.extend(statement.signal(call, &alert)?);
        }
    }
    Ok(signals)
}

fn statement(alert: &Fields<'_>) -> Option<Statement> {
    let labels = alert.object("labels").map(|labels| labels.texts()).unwrap_or_default();
    let fingerprint = alert.text("fingerprint");
    if fingerprint.is_none() && labels.is_empty() {
        return None;
    }
    let status = alert.text("status").unwrap_or_default();
    let change = match status.to_ascii_lowercase().as_str() {
        _ if says_nothing(alert) => Change::Note,
        "firing" | "alerting" => Change::Raise,
        "resolved" | "ok" => Change::Clear,
        _ => Change::Note,
    };
    let since = alert.time(&["startsAt"]);
    let ended = alert.time(&["endsAt"]).filter(|_| change == Change::Clear);
    let name = alert.text("labels.alertname");
    let says = alert.first(&[
        "annotations.summary",
        "annotations.title",
        "annotations.message",
        "annotations.description",
    ]);
    Some(Statement {
        // Every version before 0.19 leaves the fingerprint out.
        id: fingerprint.unwrap_or_else(|| digest(&serde_json::json!(labels).to_string())),
        change,
        action: if status.is_empty() { "unnamed".to_owned() } else { status },
        message: [name, says].into_iter().flatten().collect::<Vec<_>>().join(": "),
        occurrence: Occurrence::OneOfMany { since, at: ended.or(since) },
        happened_at: ended.or(since),
    })
}

/// Whether this says nothing about a service: Grafana's button "Test" sends an alert of this name on the instance "Grafana",
/// and rules without data, or without a data source, have alerts of their own.
fn says_nothing(alert: &Fields<'_>) -> bool {
    match alert.text("labels.alertname").as_deref() {
        Some("TestAlert") => alert.text("labels.instance").as_deref() == Some("Grafana"),
        Some("DatasourceNoData" | "DatasourceError") => true,
        Some(_) | None => false,
    }
}

const SAMPLE: &str = r#"{"version":"4","receiver":"candor","status":"<state>","groupKey":"{}:{}","truncatedAlerts":0,
"groupLabels":{},"commonLabels":{},"commonAnnotations":{},"externalURL":"http://localhost:9093","alerts":[{"status":"<state>",
"labels":{"alertname":"Simulated","service":"<id>"},"annotations":{"summary":"<title>"},"startsAt":"<since>","endsAt":"<ended>",
"generatorURL":"http://localhost:9090/graph","fingerprint":"<id>"}]}"#;

fn simulate(alert: &SimulatedAlert) -> String {
    simulated(SAMPLE, alert, ["firing", "resolved"])
}
