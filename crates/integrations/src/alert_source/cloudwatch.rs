//! Amazon CloudWatch's alarms, which come by SNS: a JSON document in a field of another one, sent as `text/plain`.
//!
//! SNS asks first whether the subscription is wanted. A person answers, by opening the address in the note; Candor never
//! does by itself. An alarm that lacks data says nothing about the service.
//! <https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html>

use candor_core::Occurrence;

use super::{
    AlertBody, AlertSource, Change, Fields, Reader, Signal, SimulatedAlert, SourceCall, Statement,
    UnreadableAlert,
    shape::{fill, simulated},
};

/// Amazon SNS with the alarms of CloudWatch.
pub(super) const SOURCE: AlertSource = AlertSource {
    name: "cloudwatch",
    title: "Amazon CloudWatch: an SNS topic with an HTTPS subscription",
    agent: "amazon simple notification service agent",
    signature: None,
    fields: &[&["TopicArn", "MessageId"], &["AlarmName", "NewStateValue"]],
    reader: Reader::Code { ids_return: true, read, simulate },
};

fn read(call: &SourceCall<'_>) -> Result<Vec<Signal>, UnreadableAlert> {
    let fields = call.body.fields()?;
    let inside = fields.text("Message").map(|message| AlertBody::of_json(message.as_bytes()));
    let signal = match (fields.text("Type").as_deref(), inside) {
        (Some("SubscriptionConfirmation"), _) => question(&fields)?.signal(call, &fields)?,
        (Some("UnsubscribeConfirmation"), _) => None,
        (_, Some(message)) => {
            let message = message.fields()?;
            alarm(&message, &fields)?.signal(call, &message)?
        }
        // With "raw message delivery", the alarm is all there is.
        (_, None) => alarm(&fields, &fields)?.signal(call, &fields)?,
    };
    Ok(signal.into_iter().collect())
}

fn question(call: &Fields<'_>) -> Result<Statement, UnreadableAlert> {
    let url = call.text("SubscribeURL").unwrap_or_default();
    Ok(Statement {
        id: call.text("TopicArn").ok_or(UnreadableAlert::NoAlertId("TopicArn"))?,
        change: Change::Note,
        action: "SubscriptionConfirmation".to_owned(),
        message: format!("to confirm the subscription, open {url}"),
        occurrence: Occurrence::Only,
        happened_at: call.time(&["Timestamp"]),
    })
}

fn alarm(alarm: &Fields<'_>, call: &Fields<'_>) -> Result<Statement, UnreadableAlert> {
    let name = alarm.text("AlarmName").ok_or(UnreadableAlert::NoAlertId("AlarmName"))?;
    let state = alarm.text("NewStateValue").unwrap_or_else(|| "unnamed".to_owned());
    let at = alarm.time(&["StateChangeTime"]).or_else(|| call.time(&["Timestamp"]));
    let reason = alarm.first(&["AlarmDescription", "NewStateReason"]);
    Ok(Statement {
        message: [Some(name.clone()), reason].into_iter().flatten().collect::<Vec<_>>().join(": "),
        id: alarm.text("AlarmArn").unwrap_or_else(|| {
            let place = alarm.first(&["Region"]).or_else(|| call.text("TopicArn"));
            [place, Some(name)].into_iter().flatten().collect::<Vec<_>>().join("/")
        }),
        change: match state.as_str() {
            "ALARM" => Change::Raise,
            "OK" => Change::Clear,
            _ => Change::Note,
        },
        action: state,
        occurrence: Occurrence::OneOfMany { since: None, at },
        happened_at: at,
    })
}

const MESSAGE: &str = r#"{"AlarmName":"<id>","AlarmDescription":"<title>","NewStateValue":"<state>","NewStateReason":"simulated",
"StateChangeTime":"<at>","Region":"EU (Ireland)","OldStateValue":"INSUFFICIENT_DATA"}"#;
const CALL: &str = r#"{"Type":"Notification","MessageId":"<id>-<at>","TopicArn":"arn:aws:sns:eu-west-1:1:simulated",
"Subject":"<title>","Message":"<message>","Timestamp":"<at>"}"#;

fn simulate(alert: &SimulatedAlert) -> String {
    let words = ["ALARM", "OK"];
    let message = simulated(MESSAGE, alert, words);
    fill(&simulated(CALL, alert, words), &[("message", &message)])
}
