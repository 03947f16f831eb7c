//! OpsGenie and Jira Service Management: every action, and every odd body that real accounts send.

use candor_core::{AlertKey, AlertMessage, Command};
use candor_integrations::alert_source::{
    AlertBody, AlertRules, AlertSource, Signal, SimulatedAlert, UnreadableAlert,
};
use serde_json::{Value, json};

use crate::support::time;

fn source() -> &'static AlertSource {
    AlertSource::named("opsgenie").unwrap()
}

/// The only signal of a call.
pub(crate) fn read(body: &[u8]) -> Result<Signal, UnreadableAlert> {
    source().read(&AlertBody::of_json(body), &AlertRules::default()).map(|mut signals| {
        assert_eq!(signals.len(), 1);
        signals.remove(0)
    })
}

/// A call with the usual fields, `alert` changed by `change`; a field that is set to null is left out.
fn call(action: &str, change: Value) -> Value {
    let mut alert = json!({
        "alertId": "9a1c3d52-7b60-4c1e-8f33-0d2b7c9e4a11-1795270200000",
        "tinyId": "41", "alias": "db-1/disk", "message": "Disk of db-1 is full", "entity": "",
        "tags": ["db"], "teams": [], "recipients": [], "source": "monitor@example.org",
        "username": "System", "userId": "",
        "createdAt": 1_795_270_200_000_i64, "updatedAt": 1_795_270_200_123_000_017_i64,
    });
    for (name, value) in change.as_object().unwrap() {
        alert[name] = value.clone();
    }
    alert.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    json!({
        "source": { "name": "", "type": "web" }, "alert": alert, "action": action,
        "integrationId": "2f0e6a9c-0000-4000-8000-5d1f00000001", "integrationName": "Status page",
    })
}

fn signal(body: &Value) -> Signal {
    read(body.to_string().as_bytes()).unwrap()
}

/// What the call does, in one word, about which alert, and what it says.
fn outcome(signal: &Signal) -> (&'static str, &str, &str) {
    let (word, alert, message) = if let Command::RaiseAlert { alert, message, .. } = &signal.command
    {
        ("raises", alert, message)
    } else if let Command::ClearAlert { alert, message, .. } = &signal.command {
        ("clears", alert, message)
    } else if let Command::UpdateAlert { alert, message, .. } = &signal.command {
        ("notes", alert, message)
    } else {
        panic!("an alert source must not give {:?}", signal.command)
    };
    (word, alert.id(), message.as_str())
}

fn effect(signal: &Signal) -> (&'static str, &str) {
    let (word, id, _) = outcome(signal);
    (word, id)
}

fn message(signal: &Signal) -> &str {
    outcome(signal).2
}

#[test]
fn every_action_has_its_effect() {
    let cases = [
        ("raises", "Create create CREATE"),
        ("clears", "Close Delete delete"),
        (
            "notes",
            "Acknowledge UnAcknowledge AddTeam AddRecipient AddResponder AddNote AddTags \
             RemoveTags AddDetails RemoveDetails AssignOwnership TakeOwnership Escalate \
             EscalateNext EscalateToNext Snooze SnoozeEnded UpdatePriority UpdateMessage \
             UpdateDescription TestAction CreateTicket",
        ),
    ];
    let known =
        cases.into_iter().flat_map(|(word, actions)| actions.split(' ').map(move |it| (it, word)));
    for (action, expected) in
        known.chain([("", "notes"), ("Restart the database, please ☎", "notes")])
    {
        let signal = signal(&call(action, json!({})));
        assert_eq!(effect(&signal).0, expected, "{action}");
        assert_eq!(signal.action, if action.is_empty() { "unnamed" } else { action });
    }
}

#[test]
fn an_action_without_effect_is_kept_by_its_own_name() {
    let Command::UpdateAlert { action, message, .. } =
        signal(&call("AddToJIRA", json!({}))).command
    else {
        panic!("a custom action has no effect")
    };
    assert_eq!((action.as_str(), message.as_str()), ("AddToJIRA", "Disk of db-1 is full"));
}

#[test]
fn the_shapes_that_actions_bring_are_read() {
    let cases = [
        (
            "Create",
            json!({ "description": "long", "team": "ops", "responders": [{ "id": "x", "type": "team" }],
            "actions": ["Restart"], "details": { "region": "eu" }, "priority": "P1",
            "insertedAt": 1_795_270_200_123_000_017_i64, "addedTags": "db,disk" }),
        ),
        ("AddNote", json!({ "note": "on it" })),
        ("AddTags", json!({ "addedTags": "one, with comma,two" })),
        ("RemoveTags", json!({ "removedTags": "db", "tags": [] })),
        ("AddTeam", json!({ "team": "ops" })),
        ("AddRecipient", json!({ "recipient": "ann@example.org" })),
        ("AssignOwnership", json!({ "owner": "ann@example.org" })),
        ("UpdatePriority", json!({ "priority": "P1", "oldPriority": "P3" })),
        (
            "Snooze",
            json!({ "snoozeEndDate": "2026-11-21 16:00", "snoozedUntil": 1_795_273_800_000_i64 }),
        ),
        ("Delete", json!({ "tags": null })),
        ("Acknowledge", json!({ "alertType": 0, "userFullName": "Ann" })),
    ];
    for (action, change) in cases {
        let signal = signal(&call(action, change));
        assert_eq!(
            effect(&signal).1,
            "9a1c3d52-7b60-4c1e-8f33-0d2b7c9e4a11-1795270200000",
            "{action}"
        );
        assert_eq!(message(&signal), "Disk of db-1 is full", "{action}");
        assert_eq!(signal.occurred_at, Some(time("2026-11-21T14:10:00.123000017Z")), "{action}");
    }
}

#[test]
fn an_escalation_carries_only_the_id() {
    let body = json!({
        "action": "Escalate", "alert": { "alertId": "e-1" }, "escalationId": "x", "escalationName": "ops",
        "escalationTime": 1_795_270_200_000_i64, "repeatCount": 0, "headers": {},
        "escalationNotify": { "name": "ann", "id": "a", "type": "user", "entity": "" },
    });
    let signal = signal(&body);
    assert_eq!(effect(&signal), ("notes", "e-1"));
    assert_eq!((message(&signal), signal.occurred_at), ("Alert", None));
    assert_eq!(
        signal.source_key.as_deref().map(str::len),
        Some(64),
        "keyed by the hash of its body"
    );
}

#[test]
fn odd_types_lose_no_alert() {
    let cases = [
        json!({ "priority": 3, "tinyId": 41, "userId": null }),
        json!({ "priority": "2", "createdAt": "1795270200000", "updatedAt": "1795270200123000017" }),
        json!({ "tags": "db", "teams": {}, "entity": 5, "source": { "a": [] }, "recipients": false }),
        json!({ "details": { "deep": [[[[{}]]]] }, "alias": "100 % \u{202e}ẞ ☃" }),
        json!({ "alertFlowContext": { "requestId": "r", "content": {} }, "_alertFlowContext": { "_content": 1 } }),
        json!({ "createdAt": 1e300, "insertedAt": -1, "tinyId": 1.5 }),
        json!({ "alias": "-", "username": "", "entity": "" }),
    ];
    for change in cases {
        for source in [json!(null), json!("web"), json!([]), json!({ "name": 1 })] {
            let mut body = call("Create", change.clone());
            body["source"] = source;
            assert_eq!(effect(&signal(&body)).0, "raises", "{body}");
        }
    }
}

#[test]
fn a_time_is_read_in_any_unit_and_never_refused() {
    let at = time("2026-11-21T14:10:00Z");
    let cases = [
        (json!(1_795_270_200_i64), Some(at)),
        (json!(1_795_270_200_000_i64), Some(at)),
        (json!(1_795_270_200_000_000_i64), Some(at)),
        (json!(1_795_270_200_000_000_000_i64), Some(at)),
        (json!("1795270200000000000"), Some(at)),
        (json!(" 1795270200000 "), Some(at)),
        (json!(0), None),
        (json!(-5), None),
        (json!(u64::MAX), None),
        (json!("99999999999999999999999"), None),
        (json!(1.5), None),
        (json!("yesterday"), None),
        (json!({}), None),
        (json!(true), None),
        (json!(null), None),
    ];
    for (updated_at, expected) in cases {
        let body = call("Create", json!({ "updatedAt": updated_at, "createdAt": null }));
        assert_eq!(signal(&body).occurred_at, expected, "{updated_at}");
    }
    let only_created = call("Create", json!({ "updatedAt": null }));
    assert_eq!(signal(&only_created).occurred_at, Some(at), "the time of creation stands in");
}

#[test]
fn an_alert_is_known_by_its_id_whatever_its_type() {
    for (id, expected) in [
        (json!("a-1"), "a-1"),
        (json!("  a-1\n"), "a-1"),
        (json!(12), "12"),
        (json!("ünï 100 %"), "ünï 100 %"),
    ] {
        assert_eq!(effect(&signal(&call("Close", json!({ "alertId": id })))).1, expected);
    }
    let huge = r#"{"action":"Create","alert":{"alertId":123456789012345678901234567890}}"#;
    assert_eq!(effect(&read(huge.as_bytes()).unwrap()).1, "123456789012345678901234567890");
}

#[test]
fn messages_become_one_line() {
    for (sent, shown) in [
        (json!("  leading\r\nand\ttabs "), "leading and tabs"),
        (json!(""), "Alert"),
        (json!(404), "404"),
        (json!(["no", "text"]), "Alert"),
        (json!(null), "Alert"),
    ] {
        assert_eq!(message(&signal(&call("Create", json!({ "message": sent })))), shown);
    }
}

#[test]
fn a_retry_has_the_same_key_and_every_other_call_another() {
    let first = signal(&call("Create", json!({}))).source_key;
    // The same call with its fields in another order and an integration that was renamed in between.
    let mut again = call("Create", json!({}));
    again["integrationName"] = json!("Renamed");
    assert_eq!(signal(&again).source_key, first);
    let as_text = call("Create", json!({ "updatedAt": "1795270200123000017" }));
    assert_eq!(signal(&as_text).source_key, first);
    let others = [
        call("Create", json!({ "updatedAt": 1_795_270_200_123_000_018_i64 })),
        call("Close", json!({})),
        call("AddNote", json!({})),
        call("Create", json!({ "alertId": "another" })),
        call("Create", json!({ "updatedAt": null })),
        call("Create", json!({ "updatedAt": null, "message": "other" })),
        call(&"Custom ".repeat(100), json!({})),
        call(&"Custom ".repeat(101), json!({})),
    ];
    let mut keys: Vec<_> = others.iter().map(|other| signal(other).source_key).collect();
    assert!(keys.iter().flatten().all(|key| key.len() <= 256), "short enough for an index");
    keys.push(first);
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), others.len() + 1);
}

#[test]
fn a_body_without_an_alert_is_refused_with_a_sentence() {
    let cases: Vec<(&[u8], UnreadableAlert)> = vec![
        (b"", UnreadableAlert::NotJson),
        (b"   ", UnreadableAlert::NotJson),
        (b"alertId=1", UnreadableAlert::NotJson),
        (b"{\"alert\":{\"alertId\":\"1\"}", UnreadableAlert::NotJson),
        (b"{\"alert\":{\"alertId\":\"1\"}} trailing", UnreadableAlert::NotJson),
        (b"\xff\xfe{}", UnreadableAlert::NotJson),
        (b"[]", UnreadableAlert::NotAnObject),
        (b"null", UnreadableAlert::NotAnObject),
        (b"\"text\"", UnreadableAlert::NotAnObject),
        (b"{}", UnreadableAlert::NoAlertId("alert.alertId")),
        (b"{\"action\":\"Create\"}", UnreadableAlert::NoAlertId("alert.alertId")),
        (b"{\"alert\":null}", UnreadableAlert::NoAlertId("alert.alertId")),
        (b"{\"alert\":[]}", UnreadableAlert::NoAlertId("alert.alertId")),
        (b"{\"alert\":\"1\"}", UnreadableAlert::NoAlertId("alert.alertId")),
        (b"{\"alert\":{\"alias\":\"db-1\"}}", UnreadableAlert::NoAlertId("alert.alertId")),
        (b"{\"alert\":{\"alertId\":null}}", UnreadableAlert::NoAlertId("alert.alertId")),
        (b"{\"alert\":{\"alertId\":\" \"}}", UnreadableAlert::NoAlertId("alert.alertId")),
        (b"{\"alert\":{\"alertId\":{}}}", UnreadableAlert::NoAlertId("alert.alertId")),
    ];
    for (body, expected) in cases {
        assert_eq!(read(body), Err(expected), "{}", String::from_utf8_lossy(body));
    }
}

#[test]
fn bytes_that_are_nearly_json_are_taken() {
    let good = br#"{"action":"Create","alert":{"alertId":"a","message":"m"}}"#;
    let with_bom = [b"\xef\xbb\xbf".as_slice(), good].concat();
    assert_eq!(effect(&read(&with_bom).unwrap()), ("raises", "a"));
    // Latin-1 in a text, and a field that occurs twice: not quite right, and still an alert.
    let latin = [b"{\"note\":\"caf\xe9\",".as_slice(), &good[1..]].concat();
    assert_eq!(effect(&read(&latin).unwrap()), ("raises", "a"));
    let twice = br#"{"action":"Close","action":"Create","alert":{"alertId":"b","alertId":"a"}}"#;
    assert_eq!(effect(&read(twice).unwrap()), ("raises", "a"));
}

#[test]
fn a_broken_string_costs_its_broken_character_alone() {
    for (broken, shown) in [
        (r"\ud83d", "\u{fffd}"),
        (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
        (r"\u0000", "\u{fffd}"),
        ("\u{1}", "\u{fffd}"),
        (r"\u12", r"\u12"),
        (r"\x", r"\x"),
    ] {
        let body = format!(
            r#"{{"x":"{broken}","n":1e999,"action":"{broken} Create","alert":{{"alertId":"a {broken}","message":"Checkout {broken} is down"}}}}"#
        );
        let signal = read(body.as_bytes()).unwrap();
        let (word, id, message) = outcome(&signal);
        assert_eq!((word, id), ("notes", format!("a {shown}").as_str()));
        assert_eq!(message, format!("Checkout {shown} is down"));
        assert_eq!(signal.action, format!("{shown} Create"));
        let raises = body.replace(&format!("{broken} Create"), "Create");
        assert_eq!(effect(&read(raises.as_bytes()).unwrap()).0, "raises", "{body}");
    }
}

#[test]
fn an_id_that_is_too_long_names_one_alert_all_the_same() {
    let create = |id: &str| signal(&call("Create", json!({ "alertId": id })));
    let long = "ü".repeat(5_000);
    let opened = create(&long);
    let (word, id) = effect(&opened);
    assert_eq!((word, id.chars().count()), ("raises", AlertKey::MAX_CHARS));
    assert_eq!(effect(&signal(&call("Close", json!({ "alertId": long })))), ("clears", id));
    assert_ne!(effect(&create(&format!("{long}x"))).1, id);
    let longest = "x".repeat(AlertKey::MAX_CHARS);
    assert_eq!(effect(&create(&longest)).1, longest);
}

#[test]
fn deep_and_large_bodies_do_no_harm() {
    let depth = 200_000;
    let deep = format!(
        r#"{{"action":"Create","x":{}{},"alert":{{"alertId":"a"}}}}"#,
        "[".repeat(depth),
        "]".repeat(depth)
    );
    assert_eq!(effect(&read(deep.as_bytes()).unwrap()), ("raises", "a"));
    let wide =
        call("Create", json!({ "tags": vec!["x"; 200_000], "message": "m".repeat(500_000) }));
    assert_eq!(message(&signal(&wide)).chars().count(), AlertMessage::MAX_CHARS + 1);
}

#[test]
fn a_simulated_alert_is_read_as_a_real_one() {
    let firing = SimulatedAlert {
        id: "sim-1".to_owned(),
        message: "The shop does not answer".to_owned(),
        raised_at: time("2026-11-21T14:05:00Z"),
        cleared_at: None,
    };
    let create = read(source().simulate(&firing).as_bytes()).unwrap();
    assert_eq!(effect(&create), ("raises", "sim-1"));
    assert_eq!(message(&create), "The shop does not answer");
    assert_eq!(create.occurred_at, Some(firing.raised_at));
    let cleared = SimulatedAlert { cleared_at: Some(time("2026-11-21T14:09:00Z")), ..firing };
    let close = read(source().simulate(&cleared).as_bytes()).unwrap();
    assert_eq!(effect(&close), ("clears", "sim-1"));
    assert_eq!(close.occurred_at, Some(time("2026-11-21T14:09:00Z")));
    assert_ne!(create.source_key, close.source_key);
}
