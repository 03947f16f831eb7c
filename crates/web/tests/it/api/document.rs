//! The OpenAPI document is complete and true.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command as Program, Stdio};

use candor_testkit::process::{self, HOW_TO_INSTALL};
use candor_web::routes;
use serde_json::{Value, json};

use super::server_with_incidents;
use crate::{routes::plain, test_server::TestServer};

/// Whether the path belongs to the API.
fn is_api_route(path: &str) -> bool {
    ["/api/v1/", "/api/v2/", "/feed/", "/history."].iter().any(|start| path.starts_with(start))
        || ["/events", "/badge.svg", "/calendar.ics"].contains(&path)
}

#[tokio::test(flavor = "multi_thread")]
async fn openapi_document_lists_exactly_the_api_routes() {
    let server = TestServer::new().await;
    let document = server.get("/api/v1/openapi.json").await.json();
    let named: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
    let patterns = routes().into_iter().map(|(pattern, _)| plain(pattern));
    let routes: BTreeSet<String> = patterns.filter(|path| is_api_route(path)).collect();
    assert_eq!(named, routes);
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], crate::test_server::SITE);
}

/// An address for each parameter's example, for each operation, and for errors.
fn addresses(document: &Value) -> Vec<String> {
    let mut addresses = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path.replace("{number}", "2");
        addresses.push(path.clone());
        for parameter in item["get"]["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            if parameter["in"] == "query" {
                let example = &parameter["example"];
                let example = example.get(0).unwrap_or(example);
                let example = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
                addresses.push(format!("{path}?{name}={example}"));
            }
        }
    }
    addresses.extend(
        ["/api/v1/incidents?limit=0", "/api/v1/incidents/99", "/api/v1/events?nothing=1"]
            .map(str::to_owned),
    );
    addresses.extend((1..=3).map(|number| format!("/api/v1/incidents/{number}")));
    addresses
}

#[tokio::test(flavor = "multi_thread")]
async fn real_answers_match_the_openapi_document() {
    let server = server_with_incidents().await;
    let document = server.get("/api/v1/openapi.json").await.json();
    let mut answers = Vec::new();
    for path in addresses(&document) {
        let answer = server.get(&path).await;
        let kind = answer.header("content-type").unwrap().to_owned();
        let body = if kind.ends_with("json") { answer.text() } else { String::new() };
        answers.push(json!({
            "path": path,
            "status": answer.status,
            "content_type": kind.split(';').next().unwrap(),
            "body": body,
        }));
    }
    let checked = check_answers(&json!({ "document": document, "answers": answers })).unwrap();
    println!(
        "{checked} of {} answers are JSON of the shape that the document promises",
        answers.len()
    );
    assert!(checked > 15);

    // The check detects a wrong answer.
    let mut wrong =
        answers.iter().find(|answer| answer["path"] == "/api/v1/board").unwrap().clone();
    let body = wrong["body"].as_str().unwrap().replace("\"headline\":", "\"header\":");
    wrong["body"] = body.into();
    let refusal = check_answer(&document, &wrong).unwrap_err();
    assert!(refusal.contains("headline"), "{refusal}");
}

fn check_answer(document: &Value, answer: &Value) -> Result<usize, String> {
    check_answers(&json!({ "document": document, "answers": [answer] }))
}

/// How many answers match the document, or the first mismatch.
fn check_answers(given: &Value) -> Result<usize, String> {
    let python = process::python();
    let mut child = Program::new(&python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/openapi.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{python} can't be run ({error}): {HOW_TO_INSTALL}"));
    child.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let count = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!errors.contains("ModuleNotFoundError"), "{errors}\n{HOW_TO_INSTALL}");
    if output.status.success() { Ok(count.parse().unwrap()) } else { Err(errors) }
}
