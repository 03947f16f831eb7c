//! The sources that a [`Shape`] describes: a row each.
//!
//! Of those whose body the customer writes (Datadog, Healthchecks.io, Gatus, Zabbix, Icinga, Nagios, Checkly), the sample is
//! the template that the book shows; the fields that people commonly choose instead are taken as well.

use super::{AlertSource, Change, Reader, shape::Shape};

/// Grafana's webhook before Grafana 9, which [`super::alertmanager::GRAFANA`] falls back to.
pub(super) const GRAFANA_LEGACY: Shape = Shape {
    id: &[&["ruleId", "orgId"]],
    state: &["state"],
    raises: &["alerting"],
    clears: &["ok"],
    title: &["ruleName", "title"],
    detail: &["message"],
    ..Shape::OF_A_MONITOR
};

pub(super) const UPTIME_KUMA: AlertSource = AlertSource {
    name: "uptime-kuma",
    title: "Uptime Kuma: a notification of type \"Webhook\"",
    agent: "uptime-kuma",
    signature: None,
    fields: &[&["heartbeat", "monitor", "msg"], &["heartbeat.status", "monitor.id"]],
    reader: Reader::Shape(&Shape {
        id: &[&["monitor.id"], &["heartbeat.monitorID"]],
        // A template of the customer's may say it in its own word.
        state: &["event_type", "heartbeat.status"],
        raises: &["0", "down", "create", "trigger"],
        clears: &["1", "up", "resolve"],
        title: &["monitor.name"],
        detail: &["heartbeat.msg", "msg"],
        at: &["heartbeat.time"],
        // The button "Test" sends a message and no monitor.
        no_alert: &["msg"],
        sample: r#"{"heartbeat":{"monitorID":"<id>","status":<state>,"time":"<at>","msg":"<title>","important":true,"duration":60},
"monitor":{"id":"<id>","name":"<title>","url":"https://shop.example.org","type":"http","interval":60},"msg":"<title>"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const UPTIMEROBOT: AlertSource = AlertSource {
    name: "uptimerobot",
    title: "UptimeRobot: an alert contact of type \"Webhook\"",
    agent: "uptimerobot",
    signature: None,
    fields: &[&["monitorID", "alertType"], &["monitorFriendlyName", "alertTypeFriendlyName"]],
    reader: Reader::Shape(&Shape {
        id: &[&["monitorID"], &["monitorURL"], &["monitorFriendlyName"]],
        // 3 is a certificate that will expire.
        state: &["alertType", "alertTypeFriendlyName"],
        raises: &["1", "down"],
        clears: &["2", "up"],
        title: &["monitorFriendlyName", "monitorURL"],
        detail: &["alertDetails"],
        at: &["alertDateTime"],
        sample: r#"{"monitorID":"<id>","monitorURL":"https://shop.example.org","monitorFriendlyName":"<title>","alertType":"<state>",
"alertDetails":"HTTP 502 - Bad Gateway","alertDateTime":"<at-seconds>","alertFriendlyDuration":"*alertFriendlyDuration*"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const STATUSCAKE: AlertSource = AlertSource {
    name: "statuscake",
    title: "StatusCake: a contact group with a webhook URL",
    agent: "statuscake",
    signature: None,
    fields: &[&["TestID", "Status"], &["Token", "StatusCode", "URL"]],
    reader: Reader::Shape(&Shape {
        id: &[&["TestID"], &["Name", "URL"], &["URL"]],
        state: &["Status"],
        raises: &["Down"],
        clears: &["Up"],
        title: &["Name", "URL"],
        detail: &["StatusCode"],
        sample: r#"{"TestID":"<id>","URL":"https://shop.example.org","Name":"<title>","StatusCode":"503","Status":"<state>","Tags":""}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const PINGDOM: AlertSource = AlertSource {
    name: "pingdom",
    title: "Pingdom: an integration of type \"Webhook\"",
    agent: "pingdom",
    signature: None,
    fields: &[&["check_id", "current_state"]],
    reader: Reader::Shape(&Shape {
        id: &[&["check_id"]],
        state: &["current_state"],
        raises: &["DOWN", "FAILING"],
        clears: &["UP", "SUCCESS"],
        title: &["check_name"],
        detail: &["long_description", "description"],
        at: &["state_changed_timestamp", "state_changed_utc_time"],
        sample: r#"{"check_id":"<id>","check_name":"<title>","check_type":"HTTP","check_params":{},"tags":[],"previous_state":"",
"current_state":"<state>","state_changed_timestamp":<at-seconds>,"long_description":"simulated","description":"simulated",
"first_probe":{},"second_probe":{}}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const DATADOG: AlertSource = AlertSource {
    name: "datadog",
    title: "Datadog: Integrations, \"Webhooks\"",
    agent: "datadog",
    signature: None,
    fields: &[&["alert_transition"], &["alert_cycle_key"], &["aggregation_key", "alert_type"]],
    reader: Reader::Shape(&Shape {
        id: &[
            &["alert_cycle_key"],
            &["cycle_key"],
            &["alert_id", "alert_scope"],
            &["aggregation_key"],
            &["id"],
        ],
        // A warning and missing data are not known to be an outage.
        state: &["alert_transition", "transition", "event_type", "alert_status", "alert_type"],
        raises: &["Triggered", "Re-Triggered", "trigger", "Alert", "error"],
        clears: &["Recovered", "resolve", "OK", "success"],
        title: &["alert_title", "event_title", "title"],
        detail: &["text", "event_msg", "text_only_msg", "body"],
        at: &["date", "last_updated"],
        sample: r#"{"alert_cycle_key":"<id>","alert_transition":"<state>","title":"<title>","date":"<at>"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const BETTER_STACK: AlertSource = AlertSource {
    name: "betterstack",
    title: "Better Stack: Integrations, \"Outgoing webhook\"",
    agent: "better stack",
    signature: None,
    fields: &[&["data.attributes.started_at", "data.attributes.cause"]],
    reader: Reader::Shape(&Shape {
        id: &[&["data.id"]],
        ids_return: false,
        state: &["event", "data.attributes.status"],
        raises: &["Started", "incident_started"],
        clears: &["Resolved", "incident_resolved"],
        title: &["data.attributes.name", "data.attributes.url"],
        detail: &["data.attributes.cause"],
        since: &["data.attributes.started_at"],
        at: &["data.attributes.resolved_at", "data.attributes.acknowledged_at"],
        sample: r#"{"data":{"id":"<id>","type":"incident","attributes":{"name":"<title>","url":"https://shop.example.org",
"cause":"Status 502","status":"<state>","started_at":"<since>","resolved_at":"<at>"}}}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const HEALTHCHECKS: AlertSource = AlertSource {
    name: "healthchecks",
    title: "Healthchecks.io: an integration of type \"Webhook\"",
    agent: "healthchecks.io",
    signature: None,
    fields: &[&["code", "status", "name"], &["incident_key", "event_type", "client"]],
    reader: Reader::Shape(&Shape {
        id: &[&["code"], &["uuid"], &["incident_key"], &["check"], &["slug"], &["name"]],
        state: &["status", "event_type", "state"],
        raises: &["down", "trigger"],
        clears: &["up", "resolve"],
        title: &["name", "title"],
        detail: &["description", "body"],
        at: &["now", "time"],
        sample: r#"{"code":"<id>","status":"<state>","name":"<title>","now":"<at>"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const GATUS: AlertSource = AlertSource {
    name: "gatus",
    title: "Gatus: alerting, \"custom\"",
    agent: "gatus",
    signature: None,
    fields: &[&["endpoint", "state"], &["endpoint_name"]],
    reader: Reader::Shape(&Shape {
        id: &[&["endpoint", "group"], &["endpoint_name", "endpoint_group"], &["endpoint_url"]],
        state: &["state", "status", "alert"],
        raises: &["TRIGGERED"],
        clears: &["RESOLVED"],
        title: &["endpoint", "endpoint_name"],
        detail: &["description", "errors", "result_errors"],
        sample: r#"{"endpoint":"<id>","group":"simulated","state":"<state>","description":"<title>"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const ZABBIX: AlertSource = AlertSource {
    name: "zabbix",
    title: "Zabbix: a media type of type \"Webhook\"",
    agent: "zabbix",
    signature: None,
    fields: &[
        &["event_id", "event_value"],
        &["trigger_id", "event_value"],
        &["trigger_id", "status"],
    ],
    reader: Reader::Shape(&Shape {
        // The trigger says which problem it is, even if its recovery was lost, or its template names the recovery's own event.
        id: &[&["trigger_id"], &["problem_id"], &["event_id"]],
        state: &["event_value", "status", "event_status"],
        raises: &["1", "PROBLEM"],
        clears: &["0", "RESOLVED", "OK"],
        title: &["title", "event_name", "trigger_name", "subject"],
        detail: &["description", "message"],
        at: &["timestamp", "event_timestamp"],
        sample: r#"{"trigger_id":"<id>","event_id":"23","event_value":"<state>","title":"<title>","timestamp":"<at-seconds>"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

/// Programs that speak as Nagios does.
const PLUGIN_MONITOR: Shape = Shape {
    id: &[
        &["host", "service"],
        &["host_name", "service_description"],
        &["hostname", "servicedesc"],
    ],
    // An acknowledgement, a downtime or flapping is not an outage.
    state: &["type", "notification_type"],
    raises: &["PROBLEM"],
    clears: &["RECOVERY"],
    detail: &["output", "service_output", "host_output"],
    at: &["time", "timestamp", "timet"],
    sample: r#"{"host":"web-1","service":"<id>","type":"<state>","output":"<title>","time":"<at-seconds>"}"#,
    ..Shape::OF_A_MONITOR
};

pub(super) const ICINGA: AlertSource = AlertSource {
    name: "icinga",
    title: "Icinga 2: a NotificationCommand",
    agent: "icinga",
    signature: None,
    fields: &[],
    reader: Reader::Shape(&PLUGIN_MONITOR),
};

pub(super) const NAGIOS: AlertSource = AlertSource {
    name: "nagios",
    title: "Nagios, Naemon or Checkmk: a notification command",
    agent: "nagios",
    signature: None,
    fields: &[&["host", "type"], &["host_name", "notification_type"]],
    reader: Reader::Shape(&PLUGIN_MONITOR),
};

pub(super) const SITE24X7: AlertSource = AlertSource {
    name: "site24x7",
    title: "Site24x7: Third-Party Integrations, \"Webhooks\"",
    agent: "site24x7",
    signature: None,
    fields: &[&["MONITOR_ID", "STATUS", "MONITORNAME"], &["MONITOR_DASHBOARD_LINK"]],
    reader: Reader::Shape(&Shape {
        id: &[&["MONITOR_ID"], &["MONITORNAME"]],
        state: &["STATUS"],
        raises: &["DOWN", "CRITICAL", "TROUBLE"],
        clears: &["UP"],
        title: &["MONITORNAME"],
        detail: &["INCIDENT_REASON", "INCIDENT_DETAILS"],
        at: &["INCIDENT_TIME_ISO"],
        sample: r#"{"MONITOR_ID":"<id>","STATUS":"<state>","MONITORNAME":"<title>","MONITORTYPE":"URL","INCIDENT_REASON":"simulated",
"INCIDENT_TIME_ISO":"<at>"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const CHECKLY: AlertSource = AlertSource {
    name: "checkly",
    title: "Checkly: an alert channel of type \"Webhook\"",
    agent: "checkly",
    signature: Some("x-checkly-signature"),
    fields: &[&["check_id", "alert_type"], &["CHECK_ID", "ALERT_TYPE"]],
    reader: Reader::Shape(&Shape {
        id: &[&["check_id"], &["check_name"]],
        // Degraded is slow, not down. What was down may recover by way of being degraded.
        state: &["alert_type", "event", "type"],
        raises: &["ALERT_FAILURE", "ALERT_FAILURE_REMAIN", "ALERT_DEGRADED_FAILURE"],
        clears: &["ALERT_RECOVERY", "ALERT_DEGRADED_RECOVERY"],
        title: &["check_name", "alert_title", "title"],
        detail: &["alert_title", "description"],
        at: &["started_at", "time"],
        sample: r#"{"check_id":"<id>","check_name":"<title>","alert_type":"<state>","started_at":"<at>"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const NEW_RELIC: AlertSource = AlertSource {
    name: "newrelic",
    title: "New Relic: a workflow with the destination \"Webhook\"",
    agent: "newrelic",
    signature: None,
    fields: &[&["issueUrl", "state"], &["incident_id", "current_state", "condition_name"]],
    reader: Reader::Shape(&Shape {
        id: &[&["issueId"], &["incident_id"], &["id"]],
        ids_return: false,
        state: &["state", "current_state"],
        raises: &["ACTIVATED", "CREATED", "open"],
        clears: &["CLOSED"],
        title: &["title", "condition_name"],
        detail: &["details"],
        since: &["createdAt"],
        at: &["updatedAt", "timestamp"],
        sample: r#"{"id":"<id>","issueUrl":"https://example.org","title":"<title>","priority":"CRITICAL","state":"<state>",
"createdAt":"<since>","updatedAt":"<at>"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const GOOGLE_CLOUD: AlertSource = AlertSource {
    name: "gcp",
    title: "Google Cloud Monitoring: a notification channel of type \"Webhooks\"",
    agent: "google-alerts",
    signature: None,
    fields: &[&["incident.incident_id", "incident.state"]],
    reader: Reader::Shape(&Shape {
        id: &[&["incident.incident_id"]],
        ids_return: false,
        state: &["incident.state"],
        raises: &["open"],
        clears: &["closed"],
        title: &["incident.policy_name"],
        detail: &["incident.summary"],
        since: &["incident.started_at"],
        at: &["incident.ended_at"],
        test: Some(("version", "test")),
        sample: r#"{"incident":{"incident_id":"<id>","state":"<state>","policy_name":"Simulated","summary":"<title>","started_at":"<since>",
"ended_at":"<at>"},"version":"1.2"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const CRONITOR: AlertSource = AlertSource {
    name: "cronitor",
    title: "Cronitor: an integration of type \"Webhook\"",
    agent: "cronitor",
    signature: None,
    fields: &[&["monitor", "type", "rule"], &["monitor", "type", "description"]],
    reader: Reader::Shape(&Shape {
        id: &[&["id", "environment"], &["key", "environment"], &["monitor", "environment"]],
        state: &["type"],
        raises: &["Alert"],
        clears: &["Recovery"],
        title: &["monitor"],
        detail: &["description"],
        sample: r#"{"id":"<id>","monitor":"<title>","type":"<state>","description":"simulated","rule":"not_on_schedule"}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const HETRIXTOOLS: AlertSource = AlertSource {
    name: "hetrixtools",
    title: "HetrixTools: a contact list with a webhook URL",
    agent: "hetrixtools",
    signature: None,
    fields: &[&["monitor_id", "monitor_status"]],
    reader: Reader::Shape(&Shape {
        id: &[&["monitor_id"]],
        state: &["monitor_status"],
        raises: &["offline"],
        clears: &["online"],
        title: &["monitor_name"],
        detail: &["monitor_target"],
        at: &["timestamp"],
        sample: r#"{"monitor_id":"<id>","monitor_name":"<title>","monitor_target":"https://shop.example.org","monitor_type":"website",
"monitor_status":"<state>","timestamp":<at-seconds>}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const HYPERPING: AlertSource = AlertSource {
    name: "hyperping",
    title: "Hyperping: Integrations, \"Webhooks\"",
    agent: "hyperping",
    signature: None,
    fields: &[&["event", "check"]],
    reader: Reader::Shape(&Shape {
        id: &[&["check.monitorUuid"], &["check.id"], &["check.url"]],
        state: &["event"],
        raises: &["check.down"],
        clears: &["check.up"],
        title: &["check.name", "check.url"],
        detail: &["text"],
        at: &["check.date"],
        sample: r#"{"event":"<state>","check":{"monitorUuid":"<id>","url":"https://shop.example.org","name":"<title>","date":"<at>"}}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const UPTIME_COM: AlertSource = AlertSource {
    name: "uptime-com",
    title: "Uptime.com: \"Custom Postback URL\"",
    agent: "uptime.com",
    signature: None,
    fields: &[&["event", "data.service", "data.alert"]],
    reader: Reader::Shape(&Shape {
        id: &[&["data.service.id"], &["data.service.name"]],
        state: &["event"],
        raises: &["alert_raised"],
        clears: &["alert_cleared"],
        title: &["data.service.display_name", "data.service.name"],
        detail: &["data.alert.short_output", "data.alert.output"],
        at: &["data.alert.created_at", "data.date"],
        sample: r#"{"event":"<state>","data":{"service":{"id":"<id>","name":"<title>"},"alert":{"id":1,"created_at":"<at>",
"short_output":"simulated"},"date":"<at>"}}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const DEAD_MANS_SNITCH: AlertSource = AlertSource {
    name: "deadmanssnitch",
    title: "Dead Man's Snitch: an integration of type \"Webhook\"",
    agent: "dead man's snitch",
    signature: None,
    fields: &[&["type", "data.snitch"]],
    reader: Reader::Shape(&Shape {
        id: &[&["data.snitch.token"], &["data.snitch.name"]],
        state: &["type"],
        raises: &["snitch.missing", "snitch.errored"],
        clears: &["snitch.reporting"],
        title: &["data.snitch.name"],
        detail: &["data.snitch.notes"],
        at: &["timestamp"],
        sample: r#"{"type":"<state>","timestamp":"<at>","data":{"snitch":{"token":"<id>","name":"<title>","status":"missing"}}}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const GOALERT: AlertSource = AlertSource {
    name: "goalert",
    title: "GoAlert: a contact method or notification channel of type \"Webhook\"",
    agent: "goalert",
    signature: None,
    fields: &[&["AppName", "Type", "AlertID"]],
    reader: Reader::Shape(&Shape {
        // A bundle tells of several alerts of a service at once, and names none of them.
        id: &[&["AlertID"], &["ServiceID"]],
        ids_return: false,
        // It says that an alert was closed in a sentence only, so a person has to end the suspicion.
        state: &["Type"],
        raises: &["Alert", "AlertBundle"],
        clears: &[],
        title: &["Summary", "ServiceName"],
        detail: &["Details", "LogEntry"],
        no_alert: &["AppName"],
        sample: r#"{"AppName":"GoAlert","Type":"<state>","AlertID":"<id>","Summary":"<title>","Details":""}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const INCIDENT_IO: AlertSource = AlertSource {
    name: "incident-io",
    title: "incident.io: Settings, \"Webhooks\"",
    agent: "",
    signature: None,
    fields: &[
        &["event_type", "public_incident.incident_created_v2"],
        &["event_type", "public_incident.incident_status_updated_v2"],
    ],
    reader: Reader::Shape(&Shape {
        id: &[
            &["public_incident.incident_status_updated_v2.incident.id"],
            &["public_incident.incident_created_v2.id"],
        ],
        state: &[
            "public_incident.incident_status_updated_v2.new_status.category",
            "public_incident.incident_created_v2.incident_status.category",
        ],
        raises: &["live", "triage"],
        clears: &["closed", "learning", "declined", "canceled", "merged"],
        title: &[
            "public_incident.incident_status_updated_v2.incident.name",
            "public_incident.incident_created_v2.name",
        ],
        at: &[
            "public_incident.incident_status_updated_v2.incident.updated_at",
            "public_incident.incident_created_v2.updated_at",
        ],
        no_alert: &["event_type"],
        sample: r#"{"event_type":"public_incident.incident_status_updated_v2","public_incident.incident_status_updated_v2":{"incident":
{"id":"<id>","name":"<title>","updated_at":"<at>"},"new_status":{"category":"<state>"}}}"#,
        ..Shape::OF_A_MONITOR
    }),
};

pub(super) const ANY: AlertSource = AlertSource {
    name: "alert",
    title: "Anything that can post JSON",
    agent: "",
    signature: None,
    fields: &[&["id", "title"], &["id", "state"], &["id", "status"]],
    reader: Reader::Shape(&Shape {
        id: &[
            &["id"],
            &["alert_id"],
            &["key"],
            &["dedup_key"],
            &["fingerprint"],
            &["incident_key"],
        ],
        state: &["state", "status", "event_type", "event_action", "action"],
        raises: &[
            "firing",
            "raised",
            "raise",
            "triggered",
            "trigger",
            "alerting",
            "alert",
            "open",
            "opened",
            "down",
            "problem",
            "critical",
            "error",
            "failed",
            "failing",
            "failure",
        ],
        clears: &[
            "cleared",
            "clear",
            "resolved",
            "resolve",
            "closed",
            "close",
            "up",
            "ok",
            "recovered",
            "recovery",
            "success",
        ],
        without_state: Change::Raise,
        title: &["title", "summary", "message", "name"],
        detail: &["description", "details", "text"],
        since: &["since", "started_at", "startsAt"],
        at: &["at", "time", "timestamp", "updated_at", "date"],
        sample: r#"{"id":"<id>","state":"<state>","title":"<title>","at":"<at>"}"#,
        ..Shape::OF_A_MONITOR
    }),
};
