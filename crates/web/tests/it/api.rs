//! `/api/v1`: what it returns, what it omits, and its OpenAPI document.

mod document;

use std::{
    io::Write as _,
    process::{Command as Program, Stdio},
};

use candor_core::{Command, IncidentAction, Notify, Severity, Status};
use candor_testkit::story::{resolve_with, text};
use serde_json::Value;

use crate::{
    client::{TestResponse, get, post, request},
    test_server::{SECRET, TestServer, declare, number, update},
};

const ALERT: &str = r#"{"action":"Create","alert":{"alertId":"a-1","message":"db-7 says hunter2","updatedAt":1,"createdAt":1},"source":{"name":"","type":"API"},"integrationName":"Candor"}"#;

fn resolve(incident: u32) -> Command {
    resolve_with(incident, Notify::No)
}

/// A site with every kind of incident: 1 was a false alarm, 2 is over and has a post-mortem, 3 is open.
async fn server_with_incidents() -> TestServer {
    let server = TestServer::new().await;
    let alert = post("/integrations/opsgenie/hook")
        .header("Authorization", &format!("Bearer {SECRET}"))
        .json(ALERT)
        .send_to(server.address)
        .await;
    assert!((200..300).contains(&alert.status), "{alert:?}");
    let cable = Some(text("Somebody tripped over a cable."));
    server.run(IncidentAction::Dismiss { text: cable }.on(number(1))).await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let wrong = server.run(update(2, "It is the fault of Ada.")).await;
    let corrected = server.run(update(2, "It is the printer.")).await;
    let incident = number(2);
    server.run(IncidentAction::RetractUpdate { update: wrong }.on(incident)).await;
    let better = text("It is the storage.");
    server
        .run(IncidentAction::CorrectUpdate { update: corrected, text: better }.on(incident))
        .await;
    server.run(IncidentAction::Silence { silent: true }.on(incident)).await;
    server.run(resolve(2)).await;
    server
        .run(IncidentAction::PublishPostmortem { text: text("A disk failed.") }.on(incident))
        .await;
    server.run(declare("A bug", Severity::Bug)).await;
    server
}

async fn json(server: &TestServer, path: &str) -> Value {
    let answer = server.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    answer.json()
}

fn numbers(list: &Value) -> Vec<u64> {
    let incidents = list["incidents"].as_array().unwrap();
    incidents.iter().map(|one| one["number"].as_u64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn text_for_the_team_is_never_public() {
    let server = server_with_incidents().await;
    let dismissed = json(&server, "/api/v1/incidents/1").await;
    let event = dismissed["trail"].as_array().unwrap().last().unwrap();
    let (update, incident) = (event["seq"].as_u64().unwrap(), number(1));
    let better = text("Ada tripped over a cable.");
    server.run(IncidentAction::CorrectUpdate { update, text: better }.on(incident)).await;
    let day = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let was_real =
        IncidentAction::ConfirmAfterwards { text: Some(text("It was real.")), notify: Notify::No }
            .on(incident);
    for command in
        [was_real, IncidentAction::Reopen { why: text("Again."), notify: Notify::No }.on(incident)]
    {
        server.run(command).await;
        for path in [
            "/",
            "/history",
            "/history.atom",
            "/feed/atom",
            "/feed/rss",
            "/feed/json",
            "/calendar.ics",
            "/api/v1/board.json",
            "/api/v1/incidents",
            "/api/v1/incidents/1",
            "/api/v1/events",
            "/api/v2/summary.json",
            "/api/v2/incidents.json",
            "/embed",
            "/widget.json",
        ]
        .map(str::to_owned)
        .into_iter()
        .chain([format!("/{day}"), format!("/{day}/1")])
        {
            let answer = server.get(&path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(!answer.text().contains("cable"), "{path}: {}", answer.text());
        }
        let trail = json(&server, "/api/v1/incidents/1").await["trail"].clone();
        let slash_command: Vec<_> =
            trail.as_array().unwrap().iter().map(|event| event["type"].as_str().unwrap()).collect();
        assert!(
            slash_command.contains(&"dismissed") && !slash_command.contains(&"update-corrected"),
            "{slash_command:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn incidents_are_filtered_by_status_severity_and_time() {
    let server = server_with_incidents().await;
    for (query, wanted) in [
        ("", vec![3, 2, 1]),
        ("status=confirmed", vec![3]),
        ("status=resolved,dismissed", vec![2, 1]),
        ("severity=partial,bug", vec![3, 2]),
        ("status=resolved&severity=bug", vec![]),
        ("since=2000-01-01", vec![3, 2, 1]),
        // An open incident counts as open then, too, as far as anybody knows.
        ("since=2999-01-01T00:00:00Z", vec![3]),
        ("until=2000-01-01", vec![]),
        ("until=2999-01-01T00:00:00%2B01:00", vec![3, 2, 1]),
        ("until=2999-01-01", vec![3, 2, 1]),
        ("before=3", vec![2, 1]),
        ("before=1", vec![]),
        ("before=4294967295&limit=1", vec![3]),
    ] {
        let list = json(&server, &format!("/api/v1/incidents?{query}")).await;
        assert_eq!(numbers(&list), wanted, "{query}");
    }
}

/// The next page in the `Link` header, without the site's URL.
fn next(answer: &TestResponse) -> Option<String> {
    let link = answer.header("link")?;
    let url = link.strip_prefix('<')?.strip_suffix(">; rel=\"next\"")?;
    Some(url.strip_prefix(crate::test_server::SITE).expect("the site's own address").to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn pagination_visits_every_item_once() {
    let server = server_with_incidents().await;
    for (path, list, key) in [
        ("/api/v1/incidents?limit=1", "incidents", "number"),
        ("/api/v1/incidents?limit=2&severity=outage,partial,bug", "incidents", "number"),
        ("/api/v1/events?limit=1", "events", "seq"),
        ("/api/v1/events?limit=3", "events", "seq"),
    ] {
        let whole = json(&server, path.split('?').next().unwrap()).await;
        let keys = |page: &Value| -> Vec<u64> {
            page[list].as_array().unwrap().iter().map(|one| one[key].as_u64().unwrap()).collect()
        };
        let mut found = Vec::new();
        let mut at = Some(path.to_owned());
        while let Some(path) = at {
            let answer = server.get(&path).await;
            found.extend(keys(&answer.json()));
            assert_eq!(answer.json()["next"].is_null(), next(&answer).is_none(), "{path}");
            at = next(&answer);
        }
        assert_eq!(found, keys(&whole), "{path}");
        assert!(found.len() > 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_an_incident_hold_corrections_but_no_retracted_text() {
    let server = server_with_incidents().await;
    let story = json(&server, "/api/v1/incidents/2").await;
    let trail = story["trail"].as_array().unwrap();
    let slash_command: Vec<_> = trail.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(
        slash_command,
        [
            "incident-declared",
            "update-posted",
            "update-posted",
            "update-retracted",
            "update-corrected",
            "resolved",
            "postmortem-published"
        ]
    );
    assert_eq!((&trail[1]["text"], &trail[1]["withdrawn"]), (&Value::Null, &true.into()));
    assert_eq!(trail[2]["text"], "It is the printer.");
    assert_eq!(
        (&trail[4]["text"], &trail[4]["update"]),
        (&"It is the storage.".into(), &trail[2]["seq"])
    );
    assert_eq!(story["postmortem"]["text"], "A disk failed.");
    assert_eq!(story["incident"]["number"], 2);
    for wrong in ["0", "4", "02", "+2", "2.0", "two", "99999999999", "%32%30"] {
        let answer = server.get(&format!("/api/v1/incidents/{wrong}")).await;
        answer.assert_problem(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn api_omits_alert_messages_operators_and_unconfirmed_texts() {
    let server = server_with_incidents().await;
    for path in [
        "/api/v1/events",
        "/api/v1/board",
        "/api/v1/incidents",
        "/api/v1/incidents/1",
        "/api/v1/incidents/2",
        "/api/v1/incidents/3",
        "/api/v1/head",
    ] {
        let output = server.get(path).await.text();
        for secret in ["hunter2", "db-7", "a-1", "operator-1", "cable", "fault of Ada", "silenced"]
        {
            assert!(!output.contains(secret), "{secret:?} in {path}: {output}");
        }
    }
    let events = json(&server, "/api/v1/events").await;
    let first = &events["events"][0];
    assert_eq!(first["type"], "alert-raised");
    let mut fields: Vec<_> = first.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["incident", "occurred_at", "path", "recorded_at", "seq", "type"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_parameter_is_named_in_a_sentence() {
    let server = server_with_incidents().await;
    for (path, named) in [
        ("/api/v1/incidents?status=broken", "\"status\""),
        ("/api/v1/incidents?severity=outage,bad", "\"severity\""),
        ("/api/v1/incidents?since=yesterday", "\"since\""),
        ("/api/v1/incidents?until=2026-13-01", "\"until\""),
        // Without an offset, a time is ambiguous.
        ("/api/v1/incidents?since=2026-11-21T14:05:00", "\"since\""),
        ("/api/v1/incidents?since=2026-11-21T14:05", "\"since\""),
        ("/api/v1/incidents?until=2026-11-21%2014:05:00", "\"until\""),
        ("/api/v1/incidents?until=2026-11-21T14:05:00[Europe/Berlin]", "\"until\""),
        // A plus that isn't encoded is a space.
        ("/api/v1/incidents?until=2026-11-21T14:05:00+01:00", "\"until\""),
        ("/api/v1/incidents?since=20261121", "\"since\""),
        ("/api/v1/incidents?until=2026-11-21T14:05:00%2B25:00", "\"until\""),
        ("/api/v1/incidents?before=0", "\"before\""),
        ("/api/v1/incidents?before=-1", "\"before\""),
        ("/api/v1/incidents?limit=101", "\"limit\""),
        ("/api/v1/incidents?limit=1&limit=2", "\"limit\""),
        ("/api/v1/incidents?state=open", "\"state\""),
        ("/api/v1/events?after=x", "\"after\""),
        ("/api/v1/events?limit=501", "\"limit\""),
        ("/api/v1/events?%00%ff=1", "parameter"),
    ] {
        let answer = server.get(path).await;
        let detail = answer.assert_problem(400)["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(named), "{path}: {detail}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn api_answers_304_if_the_client_has_the_answer() {
    let server = server_with_incidents().await;
    for path in [
        "/api/v1/incidents?limit=2",
        "/api/v1/incidents/2",
        "/api/v1/events",
        "/api/v1/head",
        "/api/v1/openapi.json",
    ] {
        let answer = server.get(path).await;
        let etag = answer.header("etag").unwrap();
        assert!(answer.header("cache-control").unwrap().starts_with("public, max-age="), "{path}");
        let again = get(path).header("If-None-Match", etag).send_to(server.address).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn openssl_verifies_the_signature_of_the_head() {
    let server = server_with_incidents().await;
    let head = json(&server, "/log/head").await;
    assert_eq!(head, json(&server, "/api/v1/head").await);
    let board = server.get("/api/v1/board").await;
    assert_eq!(board.body, server.get("/api/v1/board.json").await.body);
    assert_eq!(head["seq"], board.json()["seq"]);
    let statement = format!(
        "candor log head v1\n{}\n{}\n{}\n{}\n",
        crate::test_server::SITE,
        head["seq"],
        head["hash"].as_str().unwrap(),
        head["recorded_at"].as_str().unwrap(),
    );
    assert_eq!(head["statement"], statement);
    assert!(verified(&server, &head, &statement), "openssl doesn't believe it");
    assert!(
        !verified(&server, &head, &statement.replace("candor log", "candor fog")),
        "it believes all"
    );
}

/// Whether OpenSSL verifies the signature of `statement`, following the published instructions.
fn verified(server: &TestServer, head: &Value, statement: &str) -> bool {
    let folder = server.folder.path();
    std::fs::write(folder.join("statement"), statement).unwrap();
    std::fs::write(folder.join("key.pem"), head["key"].as_str().unwrap()).unwrap();
    let mut decode = Program::new("openssl")
        .args(["base64", "-d", "-A", "-out", "signature"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .spawn()
        .expect("openssl is missing: apt-get install openssl");
    decode.stdin.take().unwrap().write_all(head["signature"].as_str().unwrap().as_bytes()).unwrap();
    assert!(decode.wait().unwrap().success());
    let verify = Program::new("openssl")
        .args(["pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "statement"])
        .args(["-sigfile", "signature"])
        .current_dir(folder)
        .output()
        .unwrap();
    verify.status.success()
}

#[tokio::test(flavor = "multi_thread")]
async fn api_has_a_reference_page() {
    let server = server_with_incidents().await;
    let page = server.get("/api").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let page = page.text();
    for wanted in ["/api/v1/incidents/{number}", "openapi.json", "id=\"shape-Incident\"", "/events"]
    {
        assert!(page.contains(wanted), "{wanted}");
    }
    assert_eq!(page.matches("<script").count(), 1, "ours");
    assert!(!page.contains('`'));
    assert_eq!(request("HEAD", "/api").send_to(server.address).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_log_has_no_incidents_and_a_head() {
    let server = TestServer::new().await;
    assert_eq!(numbers(&json(&server, "/api/v1/incidents").await), Vec::<u64>::new());
    assert_eq!(json(&server, "/api/v1/events").await["events"], serde_json::json!([]));
    assert_eq!(json(&server, "/api/v1/head").await["seq"], 0);
    let status = Status::ALL.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(",");
    json(&server, &format!("/api/v1/incidents?status={status}")).await;
}
