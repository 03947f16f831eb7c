//! All alert sources: each is recognized, says what it means, and is right in any order of delivery.

use std::collections::BTreeMap;

use candor_core::{Board, Command, CommandContext, RecordedEvent, Status, decide};
use candor_integrations::alert_source::{
    AlertBody, AlertRules, AlertSource, SOURCES, Signal, SimulatedAlert,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::support::time;

fn start() -> Timestamp {
    time("2026-11-21T14:00:00Z")
}

fn source(name: &str) -> &'static AlertSource {
    AlertSource::named(name).unwrap()
}

/// What a signal does, in one word, and to which alert.
fn effect(signal: &Signal) -> (&'static str, &str) {
    if let Command::RaiseAlert { alert, .. } = &signal.command {
        ("raises", alert.id())
    } else if let Command::ClearAlert { alert, .. } = &signal.command {
        ("clears", alert.id())
    } else if let Command::UpdateAlert { alert, .. } = &signal.command {
        ("notes", alert.id())
    } else {
        panic!("an alert source must not give {:?}", signal.command)
    }
}

/// What the signals of a call do, one after the other.
fn effects(name: &str, body: &AlertBody) -> Vec<String> {
    let signals = source(name).read(body, &AlertRules::default()).unwrap();
    let effect = |signal| {
        let (word, id) = effect(signal);
        format!("{word} {id}")
    };
    signals.iter().map(effect).collect()
}

fn of_json(body: &serde_json::Value) -> AlertBody {
    AlertBody::of_json(body.to_string().as_bytes())
}

/// The alert in its nth occurrence; each fires for a minute, ten minutes after the one before. A source that uses an id
/// once has another one each time.
fn occurrence(source: &AlertSource, nth: i32, is_cleared: bool) -> SimulatedAlert {
    let raised_at = start() + SignedDuration::from_mins(10) * nth;
    SimulatedAlert {
        id: if source.ids_return() { "one".to_owned() } else { format!("one-{nth}") },
        message: "Checkout does not answer".to_owned(),
        raised_at,
        cleared_at: is_cleared.then(|| raised_at + SignedDuration::from_mins(1)),
    }
}

fn call(source: &AlertSource, nth: i32, is_cleared: bool) -> Signal {
    let body = source.simulate(&occurrence(source, nth, is_cleared));
    let mut signals =
        source.read(&AlertBody::of_json(body.as_bytes()), &AlertRules::default()).unwrap();
    assert_eq!(signals.len(), 1, "{}: {body}", source.name);
    signals.remove(0)
}

/// Whether what clears an alert can be told at all.
fn clears(source: &AlertSource) -> bool {
    source.name != "goalert"
}

#[test]
fn each_source_is_known_by_its_call_and_raises_and_clears_an_alert() {
    for source in SOURCES {
        for (is_cleared, expected) in [(false, "raises"), (true, "clears")] {
            let body = source.simulate(&occurrence(source, 0, is_cleared));
            let body = AlertBody::of_json(body.as_bytes());
            let found = AlertSource::of_call(None, &body).map(|source| source.name);
            // Icinga's command sends what Nagios' does, and Healthchecks' fields are those of any program.
            let expected_source = if source.name == "icinga" { "nagios" } else { source.name };
            assert_eq!(
                found,
                Some(expected_source),
                "{}",
                source.simulate(&occurrence(source, 0, is_cleared))
            );
            if !is_cleared || clears(source) {
                let signal = call(source, 0, is_cleared);
                assert_eq!(effect(&signal).0, expected, "{}", source.name);
                assert!(
                    format!("{:?}", signal.command).contains("Checkout") || is_cleared,
                    "{}",
                    source.name
                );
            }
        }
    }
    assert!(SOURCES.len() >= 30);
}

/// All orders of `items`.
fn orders<T: Copy>(items: &[T]) -> Vec<Vec<T>> {
    if items.len() <= 1 {
        return vec![items.to_vec()];
    }
    (0..items.len())
        .flat_map(|first| {
            let rest: Vec<_> = [&items[..first], &items[first + 1..]].concat();
            orders(&rest).into_iter().map(move |order| [&[items[first]], &order[..]].concat())
        })
        .collect()
}

/// The board after these signals, a second apart.
fn board_of(signals: &[Signal]) -> Board {
    let mut board = Board::default();
    let mut now = start() + SignedDuration::from_hours(1);
    for signal in signals {
        now += SignedDuration::from_secs(1);
        let context = CommandContext { now, actor: None, refire: CommandContext::DEFAULT_REFIRE };
        for event in decide(&board, signal.command.clone(), &context).unwrap() {
            let seq = board.seq + 1;
            board.evolve(&RecordedEvent {
                seq,
                occurred_at: now,
                recorded_at: now,
                actor: None,
                event,
            });
        }
    }
    board
}

#[test]
fn whatever_the_order_of_delivery_the_last_word_by_the_sources_clock_counts() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for source in SOURCES.iter().filter(|source| clears(source)) {
        let all: Vec<_> = [(0, false), (0, true), (1, false), (1, true)]
            .map(|(nth, is_cleared)| (nth, is_cleared, call(source, nth, is_cleared)))
            .into();
        // A source without any time can be right in the order of arrival alone.
        let has_clock =
            !source.ids_return() || all.iter().all(|(.., signal)| signal.occurred_at.is_some());
        let indexes: Vec<_> = (0..all.len()).collect();
        for order in orders(&indexes) {
            let in_order = order.iter().is_sorted();
            if !has_clock && !in_order {
                continue;
            }
            // Every call twice, at once or later.
            let twice = [order.clone(), order.clone()].concat();
            for delivered in [order.clone(), twice] {
                if !has_clock && delivered.len() > order.len() {
                    continue;
                }
                let signals: Vec<_> = delivered.iter().map(|index| all[*index].2.clone()).collect();
                let board = board_of(&signals);
                assert!(!board.is_alert_firing(), "{} in the order {delivered:?}", source.name);
                let suspected =
                    board.incidents().filter(|one| one.status == Status::Suspected).count();
                assert_eq!(suspected, 0, "{} in the order {delivered:?}", source.name);
                *counts.entry(source.name).or_default() += 1;
            }
            // Before the last clear arrives, the second problem is going on.
            let until: Vec<_> = order
                .iter()
                .filter(|index| **index != 3)
                .map(|index| all[*index].2.clone())
                .collect();
            let board = board_of(&until);
            assert!(board.is_alert_firing(), "{} in the order {order:?}", source.name);
            *counts.entry(source.name).or_default() += 1;
        }
        assert!(counts.get(source.name).is_some_and(|count| *count > 1), "{}", source.name);
    }
    println!(
        "{} deliveries of {} sources: {counts:?}",
        counts.values().sum::<usize>(),
        counts.len()
    );
}

#[test]
fn an_id_that_returns_raises_its_next_problem() {
    for source in SOURCES.iter().filter(|source| clears(source)) {
        let signals =
            [(0, false), (0, true), (1, false)].map(|(nth, cleared)| call(source, nth, cleared));
        let board = board_of(&signals);
        assert!(board.is_alert_firing(), "{}", source.name);
        assert_eq!(board.alert_count(), 2, "{}: one for each problem", source.name);
    }
}

#[test]
fn alerts_of_one_group_are_told_apart_and_the_groups_own_status_does_not_count() {
    let alert = |fingerprint: &str, status: &str, ends: &str| {
        json!({ "status": status, "fingerprint": fingerprint, "labels": { "alertname": "Down", "service": fingerprint },
            "annotations": { "summary": "5xx" }, "startsAt": "2026-11-21T14:00:00.5+01:00", "endsAt": ends })
    };
    let group = |status: &str, truncated: u8, alerts: serde_json::Value| {
        of_json(
            &json!({ "version": "4", "receiver": "candor", "status": status, "groupKey": "{}", "truncatedAlerts": truncated,
            "alerts": alerts }),
        )
    };
    let never = "0001-01-01T00:00:00Z";
    let mixed = json!([
        alert("a", "firing", never),
        alert("b", "resolved", "2026-11-21T14:05:00Z"),
        null,
        "x"
    ]);
    assert_eq!(effects("alertmanager", &group("firing", 0, mixed)), ["raises a", "clears b"]);
    // The group says "resolved" while one that was left out still fires: only the alerts that are there are cleared.
    let some = json!([alert("a", "resolved", "2026-11-21T14:05:00Z")]);
    assert_eq!(effects("alertmanager", &group("resolved", 2, some)), ["clears a"]);
    assert!(effects("alertmanager", &group("resolved", 2, json!([]))).is_empty());
    // Without fingerprints, the labels say which alert it is, in whatever order they come.
    let labels = |labels: &str, status: &str| {
        let body = format!(
            r#"{{"version":"3","groupKey":7,"alerts":[{{"status":"{status}","labels":{labels},"startsAt":"2026-11-21T14:00:00Z"}}]}}"#
        );
        effects("alertmanager", &AlertBody::of_json(body.as_bytes())).remove(0)
    };
    let first = labels(r#"{"alertname":"A","host":"b"}"#, "firing");
    assert_eq!(labels(r#"{"host":"b","alertname":"A"}"#, "firing"), first);
    assert_ne!(labels(r#"{"host":"c","alertname":"A"}"#, "firing"), first);
}

#[test]
fn calls_that_are_no_outage_raise_nothing() {
    let notes = [
        (
            "grafana",
            json!({ "receiver": "", "status": "firing", "orgId": 1, "alerts": [{ "status": "firing", "fingerprint": "f",
            "labels": { "alertname": "TestAlert", "instance": "Grafana" }, "startsAt": "2026-11-21T14:00:00Z" }] }),
        ),
        (
            "grafana",
            json!({ "ruleId": 1, "ruleName": "Load", "state": "no_data", "evalMatches": [] }),
        ),
        (
            "grafana",
            json!({ "ruleId": 1, "ruleName": "Load", "state": "paused", "evalMatches": [] }),
        ),
        (
            "pagerduty",
            json!({ "event": { "event_type": "incident.acknowledged", "resource_type": "incident",
            "occurred_at": "2026-11-21T14:00:00Z", "data": { "id": "P1", "type": "incident", "title": "t" } } }),
        ),
        (
            "pagerduty",
            json!({ "event": { "event_type": "incident.annotated", "resource_type": "incident_note",
            "occurred_at": "2026-11-21T14:00:00Z", "data": { "incident": { "id": "P1" }, "content": "looking" } } }),
        ),
        (
            "uptimerobot",
            json!({ "monitorID": "1", "monitorFriendlyName": "Shop", "alertType": "3",
            "alertTypeFriendlyName": "SSL expiry", "sslExpiryDaysLeft": "7" }),
        ),
        ("uptimerobot", json!({ "monitorID": "1", "alertType": "*alertType*" })),
        (
            "cloudwatch",
            json!({ "Type": "Notification", "MessageId": "m", "TopicArn": "arn:aws:sns:eu-west-1:1:t",
            "Message": "{\"AlarmName\":\"a\",\"NewStateValue\":\"INSUFFICIENT_DATA\",\"Region\":\"EU\"}" }),
        ),
        (
            "cloudwatch",
            json!({ "Type": "SubscriptionConfirmation", "MessageId": "m", "TopicArn": "arn:aws:sns:eu-west-1:1:t",
            "SubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription", "Timestamp": "2026-11-21T14:00:00Z" }),
        ),
        ("datadog", json!({ "alert_id": "1", "alert_transition": "No data", "title": "t" })),
        ("datadog", json!({ "alert_id": "1", "alert_transition": "Warn", "title": "t" })),
        ("checkly", json!({ "check_id": "1", "alert_type": "ALERT_DEGRADED" })),
        (
            "grafana",
            json!({ "orgId": 1, "alerts": [{ "status": "firing", "fingerprint": "f",
            "labels": { "alertname": "DatasourceNoData", "rulename": "Load" }, "startsAt": "2026-11-21T14:00:00Z" }] }),
        ),
        ("nagios", json!({ "host": "web-1", "service": "http", "type": "ACKNOWLEDGEMENT" })),
        ("nagios", json!({ "host": "web-1", "service": "http", "type": "DOWNTIMESTART" })),
        (
            "betterstack",
            json!({ "data": { "id": "1", "attributes": { "status": "Acknowledged", "cause": "502", "started_at":
            "2026-11-21T14:00:00Z" } } }),
        ),
        ("newrelic", json!({ "id": "1", "issueUrl": "u", "state": "ACKNOWLEDGED" })),
        (
            "uptime-kuma",
            json!({ "heartbeat": { "status": 2, "time": "2026-11-21 14:00:00.1" }, "monitor": { "id": 1 }, "msg": "" }),
        ),
        (
            "sentry",
            json!({ "action": "created", "data": { "issue": { "id": "1", "title": "t" } }, "installation": {} }),
        ),
    ];
    for (name, body) in &notes {
        let effects = effects(name, &of_json(body));
        assert!(
            effects.len() == 1 && effects[0].starts_with("notes "),
            "{name}: {effects:?} of {body}"
        );
    }
    // Tests, and calls that are about something else.
    let nothing = [
        (
            "gcp",
            json!({ "version": "test", "incident": { "incident_id": "12345", "state": "OPEN", "started_at": 0 } }),
        ),
        (
            "uptime-kuma",
            json!({ "heartbeat": null, "monitor": null, "msg": "Uptime Kuma Testing" }),
        ),
        (
            "pagerduty",
            json!({ "event": { "event_type": "pagey.ping", "resource_type": "pagey", "data": { "message": "Hello" } } }),
        ),
        (
            "pagerduty",
            json!({ "event": { "event_type": "service.updated", "resource_type": "service", "data": { "id": "S1" } } }),
        ),
        ("grafana", json!({ "text": "test" })),
        ("sentry", json!({ "action": "created", "data": { "comment": "c" }, "installation": {} })),
        ("goalert", json!({ "AppName": "GoAlert", "Type": "Test" })),
        ("goalert", json!({ "AppName": "GoAlert", "Type": "Verification", "Code": "123456" })),
        (
            "cloudwatch",
            json!({ "Type": "UnsubscribeConfirmation", "TopicArn": "t", "MessageId": "m" }),
        ),
    ];
    for (name, body) in &nothing {
        assert!(effects(name, &of_json(body)).is_empty(), "{name}: {body}");
    }
}

#[test]
fn several_messages_of_one_call_are_all_read() {
    let message = |event: &str, id: &str| json!({ "event": event, "created_on": "2026-11-21T14:00:00Z", "incident": { "id": id, "title": "t", "description": "null" } });
    let call = json!({ "messages": [message("incident.trigger", "A"), message("incident.resolve", "B"), message("incident.acknowledge", "C")] });
    assert_eq!(effects("pagerduty", &of_json(&call)), ["raises A", "clears B", "notes C"]);
}

#[test]
fn forms_and_queries_say_the_same_as_json() {
    let form = b"TestID=123&URL=https%3A%2F%2Fshop.example.org&Token=abc&Name=Shop&StatusCode=503&Status=Down&Tags=";
    assert_eq!(effects("statuscake", &AlertBody::of_form(form)), ["raises 123"]);
    let query = b"monitorID=7&monitorFriendlyName=Shop&alertType=2&alertDetails=%2AalertDetails%2A";
    assert_eq!(effects("uptimerobot", &AlertBody::of_form(query)), ["clears 7"]);
    // Some values are documents themselves, and some documents are called forms.
    let values = b"heartbeat=%7B%22status%22%3A0%2C%22time%22%3A%222026-11-21%2014%3A00%3A00.1%22%7D&monitor=%7B%22id%22%3A7%7D&msg=down";
    assert_eq!(effects("uptime-kuma", &AlertBody::of_form(values)), ["raises 7"]);
    assert_eq!(
        effects("alert", &AlertBody::of_form(br#"{"id": "a", "state": "down"}"#)),
        ["raises a"]
    );
    let payload = b"payload=%7B%22id%22%3A%22a%22%2C%22state%22%3A%22down%22%7D";
    assert_eq!(effects("alert", &AlertBody::of_form(payload)), ["raises a"]);
}

#[test]
fn numbers_and_names_come_in_any_form() {
    for body in [
        json!({ "check_id": 7, "current_state": "DOWN", "state_changed_timestamp": "1457939434" }),
        json!({ "check_id": "7", "current_state": "down", "state_changed_timestamp": 1_457_939_434 }),
        json!({ "checkId": 7, "currentState": "Down", "state_changed_utc_time": "2016-03-14T07:10:34", "second_probe": {} }),
    ] {
        let signals = source("pingdom").read(&of_json(&body), &AlertRules::default()).unwrap();
        assert_eq!(effect(&signals[0]), ("raises", "7"), "{body}");
        assert_eq!(signals[0].occurred_at, Some(time("2016-03-14T07:10:34Z")), "{body}");
    }
    // Whoever posts by hand need not say that it is a problem.
    assert_eq!(
        effects("alert", &of_json(&json!({ "id": "disk", "title": "Disk is full" }))),
        ["raises disk"]
    );
    assert_eq!(
        effects("alert", &of_json(&json!({ "id": "disk", "state": "ok" }))),
        ["clears disk"]
    );
    assert_eq!(
        effects("alert", &of_json(&json!({ "id": "disk", "state": "muted" }))),
        ["notes disk"]
    );
}

#[test]
fn call_that_the_rules_make_something_else_of_is_no_retry_of_what_it_was() {
    let rules: AlertRules = "note any".parse().unwrap();
    for source in SOURCES {
        let body = source.simulate(&occurrence(source, 0, false));
        let body = AlertBody::of_json(body.as_bytes());
        let [raised, noted] = [AlertRules::default(), rules.clone()]
            .map(|rules| source.read(&body, &rules).unwrap().remove(0));
        assert_eq!((effect(&raised).0, effect(&noted).0), ("raises", "notes"), "{}", source.name);
        assert_ne!(raised.source_key, noted.source_key, "{}", source.name);
    }
}

#[test]
fn name_of_the_sender_counts_before_the_fields() {
    let body =
        of_json(&json!({ "id": "a", "title": "t", "check_id": 1, "alert_type": "ALERT_FAILURE" }));
    let found = |agent| AlertSource::of_call(agent, &body).map(|source| source.name);
    assert_eq!(found(Some("Alertmanager/0.25.0")), Some("alertmanager"));
    assert_eq!(found(Some("curl/8.5.0")), Some("checkly"));
    let broken = AlertBody::of_json(b"{");
    let found = AlertSource::of_call(Some("Grafana"), &broken).map(|source| source.name);
    assert_eq!(found, Some("grafana"), "so that its sender hears of it");
}
