//! Azure Monitor: the common alert schema, and the older schemas of metric alerts.
//!
//! In the common schema, an alert's id is new for each occurrence; in the older ones it is the id of the rule.
//! <https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema>

use super::{AlertSource, Reader, Signal, SourceCall, UnreadableAlert, shape::Shape};

/// Azure Monitor.
pub(super) const SOURCE: AlertSource = AlertSource {
    name: "azure",
    title: "Azure Monitor: an action group with a webhook, common alert schema enabled",
    agent: "",
    signature: None,
    fields: &[&["schemaId", "data"], &["status", "context.resourceId"]],
    reader: Reader::Code { ids_return: false, read, simulate: |alert| COMMON.simulate(alert) },
};

const COMMON: Shape = Shape {
    id: &[&["data.essentials.alertId"], &["data.essentials.originAlertId"]],
    ids_return: false,
    state: &["data.essentials.monitorCondition"],
    raises: &["Fired"],
    clears: &["Resolved"],
    title: &["data.essentials.alertRule"],
    detail: &["data.essentials.description"],
    since: &["data.essentials.firedDateTime"],
    at: &["data.essentials.resolvedDateTime", "data.essentials.firedDateTime"],
    sample: r#"{"schemaId":"azureMonitorCommonAlertSchema","data":{"essentials":{"alertId":"<id>","alertRule":"<title>",
"severity":"Sev1","signalType":"Metric","monitorCondition":"<state>","monitoringService":"Platform","firedDateTime":"<since>",
"resolvedDateTime":"<at>","description":"","essentialsVersion":"1.0"},"alertContext":{}}}"#,
    ..Shape::OF_A_MONITOR
};

const METRIC: Shape = Shape {
    id: &[&["data.context.id", "data.context.resourceId"], &["context.id", "context.resourceId"]],
    state: &["data.status", "status"],
    raises: &["Activated"],
    clears: &["Deactivated", "Resolved"],
    title: &["data.context.name", "context.name"],
    detail: &["data.context.description", "context.description"],
    at: &["data.context.timestamp", "context.timestamp"],
    ..Shape::OF_A_MONITOR
};

fn read(call: &SourceCall<'_>) -> Result<Vec<Signal>, UnreadableAlert> {
    let is_common = call.body.fields()?.has("data.essentials");
    if is_common { COMMON.read(call) } else { METRIC.read(call) }
}
