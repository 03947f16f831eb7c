//! Malformed and unauthorized requests are refused without leaking anything, and leave nothing behind.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use candor_testkit::{
    http::ask,
    site::{Installation, SECRET, opsgenie},
    until,
};
use serde_json::json;

const HOOK: &str = "/integrations/opsgenie/hook";
const JSON: &str = "application/json";

/// One request that has to be turned away.
struct Bad {
    what: &'static str,
    method: &'static str,
    path: String,
    content_type: &'static str,
    bearer: Option<&'static str>,
    body: Vec<u8>,
    status: u16,
}

/// A request that would be taken, but for what a case changes in it.
fn bad(what: &'static str, status: u16) -> Bad {
    let body = opsgenie("Create", "one", 1_700_000_000_000_000_000).to_string().into_bytes();
    Bad {
        what,
        method: "POST",
        path: HOOK.to_owned(),
        content_type: JSON,
        bearer: Some(SECRET),
        body,
        status,
    }
}

impl Bad {
    fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }
}

fn table() -> Vec<Bad> {
    let without_id = json!({ "action": "Create", "alert": { "message": "no id" } }).to_string();
    let empty_id = json!({ "action": "Create", "alert": { "alertId": " " } }).to_string();
    vec![
        bad("no body", 400).body(""),
        bad("not JSON", 400).body("alert=one&action=Create"),
        bad("JSON that breaks off", 400).body(r#"{"action":"Create","alert":{"alertId":"#),
        bad("JSON, but a list", 400).body("[1, 2, 3]"),
        bad("JSON, but null", 400).body("null"),
        bad("bytes that aren't UTF-8", 400).body([b'{', 0xff, 0xfe, b'}']),
        bad("deep nesting", 400).body("[".repeat(100_000)),
        bad("no alertId", 400).body(without_id),
        bad("an empty alertId", 400).body(empty_id),
        bad("an alert that is a text", 400).body(r#"{"action":"Create","alert":"one"}"#),
        bad("no alert", 400).body(r#"{"action":"Create"}"#),
        bad("2 MiB", 413).body(vec![b' '; 2 * 1024 * 1024]),
        Bad { bearer: None, ..bad("no secret", 401) },
        Bad { bearer: Some(""), ..bad("an empty secret", 401) },
        Bad { bearer: Some("a-secret-for-the-test"), ..bad("a part of the secret", 401) },
        Bad {
            bearer: None,
            path: format!("{HOOK}/wrong"),
            ..bad("a wrong secret in the path", 401)
        },
        Bad { bearer: None, ..bad("no secret, and no JSON either", 401) }.body("?"),
        Bad { content_type: "application/xml", ..bad("XML", 415) },
        Bad { content_type: "multipart/form-data", ..bad("a form with files", 415) },
        Bad {
            content_type: "application/x-www-form-urlencoded",
            ..bad("a form without an id", 400)
        }
        .body("action=Create"),
        Bad { method: "GET", ..bad("GET", 405) }.body(""),
        Bad { method: "PATCH", ..bad("PATCH", 405) },
        Bad {
            method: "DELETE",
            path: "/api/v1/board.json".to_owned(),
            ..bad("DELETE of the board", 405)
        }
        .body(""),
        Bad { path: "/integrations/nobody/hook".to_owned(), ..bad("a source that isn't one", 404) },
    ]
}

#[test]
fn an_invalid_alert_is_rejected_and_leaves_no_event() {
    let site = Installation::new().started();
    let table = table();
    for case in &table {
        let authorization = case.bearer.map(|secret| format!("Bearer {secret}"));
        let mut headers = vec![("Content-Type", case.content_type), ("Accept", JSON)];
        headers.extend(authorization.as_deref().map(|value| ("Authorization", value)));
        let answer = ask(site.address, case.method, &case.path, &headers, &case.body)
            .unwrap_or_else(|e| panic!("{}: {e}", case.what));

        assert_eq!(answer.status, case.status, "{}: {answer:?}", case.what);
        let content_type = answer.header("Content-Type").unwrap_or_default();
        assert_eq!(content_type, "application/problem+json", "{}", case.what);
        let problem = answer.json();
        assert_eq!(problem["status"], case.status, "{}: {problem}", case.what);
        assert!(problem["title"].is_string(), "{}: {problem}", case.what);
        let said = problem.to_string().to_lowercase();
        for leak in [SECRET, "serde", "line 1", "sqlite", "panicked", ".rs"] {
            assert!(!said.contains(leak), "{}: {leak:?} leaks in {problem}", case.what);
        }
        if case.status == 405 {
            assert!(answer.header("Allow").is_some(), "{}: which methods, then?", case.what);
        }
    }
    assert_eq!(
        site.events(),
        Vec::<serde_json::Value>::new(),
        "nothing of this belongs into the log"
    );
    println!("{} bad requests: all turned away, 0 events", table.len());
}

#[test]
fn invalid_http_is_counted_and_does_not_fill_the_log() {
    let site = Installation::new().started();
    for _ in 0..20 {
        // As somebody speaks who takes it for TLS.
        let mut stream = TcpStream::connect(site.address).unwrap();
        stream.write_all(b"\x16\x03\x01\x02\x00\x01\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
    until("all of it to be counted", || {
        let metrics = site.ask_admin("/metrics").text();
        metrics.contains("\ncandor_http_malformed_requests_total 20\n").then_some(())
    });
    let logged = site.logged();
    assert_eq!(logged.matches(" ERROR ").count(), 1, "{logged}");
}

#[test]
fn every_action_of_a_provider_is_taken_and_has_its_effect() {
    let site = Installation::new().started();
    let mut clock = 1_700_000_000_000_000_000;
    let mut tick = || {
        clock += 1_000_000_000;
        clock
    };
    site.acknowledged(&opsgenie("Create", "one", tick()));
    let without_effect = [
        "Acknowledge",
        "UnAcknowledge",
        "AddTeam",
        "AddRecipient",
        "AddResponder",
        "AddNote",
        "AddTags",
        "RemoveTags",
        "AddDetails",
        "RemoveDetails",
        "AssignOwnership",
        "TakeOwnership",
        "Escalate",
        "EscalateNext",
        "EscalateToNext",
        "Snooze",
        "SnoozeEnded",
        "UpdatePriority",
        "UpdateMessage",
        "UpdateDescription",
        "AddToJIRA",
        "what a customer typed",
        "создать",
        "🔥",
    ];
    for action in without_effect {
        site.acknowledged(&opsgenie(action, "one", tick()));
    }
    // An escalation has neither a source nor more of the alert than its id.
    let seq = site.acknowledged(
        &json!({ "action": "Escalate", "alert": { "alertId": "one" }, "escalationName": "x" }),
    );

    let board = site.board_at(seq);
    assert_eq!(board["headline"], "suspected", "{board}");
    assert_eq!(board["current"][0]["alerts"], 1, "{board}");

    site.acknowledged(&opsgenie("Create", "two", tick()));
    site.acknowledged(&opsgenie("Delete", "two", tick()));
    let seq = site.acknowledged(&opsgenie("Close", "one", tick()));
    let board = site.board_at(seq);
    assert_eq!(
        board["headline"], "all-good",
        "a suspicion whose alerts are all gone is dismissed: {board}"
    );
    println!("{} kinds of action taken, {} events", without_effect.len() + 4, site.verified());
}

#[test]
fn odd_types_that_providers_really_send_are_read() {
    let site = Installation::new().started();
    let odd = [
        json!({ "action": "Create", "alert": { "alertId": "numbers as texts", "createdAt": "1700000000000", "updatedAt": "1700000000000000110", "priority": "2", "tinyId": 23 } }),
        json!({ "action": "Create", "alert": { "alertId": "milliseconds in both", "createdAt": 1_700_000_000_000_u64, "updatedAt": 1_700_000_000_000_u64, "priority": 1 } }),
        json!({ "action": "Create", "alert": { "alertId": "no times", "message": " ", "tags": null, "details": [] } }),
        json!({ "action": "Create", "alert": { "alertId": "<script>alert(1)</script>", "message": "<script>\u{202e}\r\nBcc: x@example.org\u{0}" } }),
        json!({ "action": "Create", "alert": { "alertId": "endless".repeat(1_000) } }),
        json!({ "action": "Create", "alert": { "alertId": "large", "description": "x".repeat(900 * 1024) } }),
    ];
    let without_effect = [
        json!({ "alert": { "alertId": "no action" } }),
        json!({ "action": null, "alert": { "alertId": "null for an action" } }),
    ];
    for body in &without_effect {
        site.acknowledged(body);
    }
    let seq = odd.iter().map(|body| site.acknowledged(body)).max().unwrap();
    let board = site.board_at(seq);
    assert_eq!(board["current"].as_array().unwrap().len(), 1, "{board}");
    assert_eq!(board["current"][0]["alerts"], odd.len(), "{board}");
    assert!(
        !site.get("/").text().contains("<script>alert"),
        "what monitoring says is never markup"
    );
}

#[test]
fn a_secret_is_taken_in_the_header_and_in_the_path_and_two_hold_at_a_time() {
    let old = "the-old-secret-of-this-test";
    let site = Installation::new().with("ALERT_SECRET", format!("{old},{SECRET}")).started();
    for (number, (path, bearer)) in [
        (HOOK.to_owned(), Some(old)),
        (HOOK.to_owned(), Some(SECRET)),
        (format!("{HOOK}/{old}"), None),
        (format!("{HOOK}/{SECRET}"), None),
    ]
    .into_iter()
    .enumerate()
    {
        let authorization = bearer.map(|secret| format!("Bearer {secret}"));
        let mut headers = vec![("Content-Type", JSON)];
        headers.extend(authorization.as_deref().map(|value| ("Authorization", value)));
        let body =
            opsgenie("Create", &format!("alert {number}"), 1_700_000_000_000_000_000).to_string();
        let answer = ask(site.address, "POST", &path, &headers, body.as_bytes()).unwrap();
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
    }
}
