//! The alert webhook: a 2xx means that the log has the alert; any other answer is a clear error and changes nothing.

use std::io::Read as _;

use candor_integrations::alert_source::{AlertSource, SOURCES, SimulatedAlert};
use data_encoding::BASE64;
use flate2::{
    Compression,
    read::{DeflateEncoder, GzEncoder, ZlibEncoder},
};
use serde_json::json;

use crate::{
    client::{TestRequest, get, post, request},
    logs,
    test_server::{OTHER_SECRET, SECRET, TestServer, metrics},
};

const HOOK: &str = "/integrations/opsgenie/hook";

fn body(action: &str, alert: &str, updated_at: u64) -> String {
    json!({
        "action": action,
        "alert": { "alertId": alert, "message": "db-3 is down", "updatedAt": updated_at, "createdAt": 1_795_270_000_000_u64 },
        "source": { "name": "", "type": "API" },
        "integrationName": "Candor",
    })
    .to_string()
}

fn create(alert: &str) -> TestRequest {
    post(HOOK).header("Authorization", &format!("Bearer {SECRET}")).json(body("Create", alert, 1))
}

async fn events(server: &TestServer) -> usize {
    server.store.events(0, 1_000).await.unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn alert_is_suspected_on_the_page_and_absent_from_the_statuspage_api() {
    let server = TestServer::new().await;
    let answer = create("a-1").send_to(server.address).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json(), json!({ "outcome": "appended", "seq": 1 }));
    let page = server.shows(1).await.text();
    assert!(page.contains("might be having issues"));
    assert!(
        page.contains(
            "Our monitoring reports a possible problem. Someone on our team is checking."
        )
    );
    assert!(!page.contains("db-3"), "what an alert says is not public");
    let summary = server.get("/api/v2/summary.json").await.json();
    assert_eq!(summary["incidents"], json!([]));
    assert_eq!(summary["status"]["indicator"], "none");
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_request_appends_one_event() {
    let server = TestServer::new().await;
    assert_eq!(create("a-1").send_to(server.address).await.json()["outcome"], "appended");
    for _ in 0..9 {
        let answer = create("a-1").send_to(server.address).await;
        assert_eq!(
            (answer.status, answer.json()),
            (200, json!({ "outcome": "duplicate", "seq": 1 }))
        );
    }
    assert_eq!(events(&server).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_simultaneous_alerts_are_one_incident() {
    let server = TestServer::new().await;
    let alerts: Vec<_> =
        (0..20).map(|alert| create(&format!("a-{alert}")).send_to(server.address)).collect();
    for answer in futures::future::join_all(alerts).await {
        assert_eq!(answer.status, 200);
    }
    server.shows(20).await;
    let board = server.get("/api/v1/board.json").await.json();
    assert_eq!(board["current"].as_array().unwrap().len(), 1);
    assert_eq!(board["current"][0]["alerts"], 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_the_alert_dismisses_the_suspected_incident_as_a_false_alarm() {
    let server = TestServer::new().await;
    create("a-1").send_to(server.address).await;
    let close = post(HOOK)
        .header("Authorization", &format!("Bearer {SECRET}"))
        .json(body("Close", "a-1", 2));
    assert_eq!(close.send_to(server.address).await.status, 200);
    let page = server.shows(3).await.text();
    assert!(page.contains("working normally"));
    assert!(page.contains("and found to be a false alarm at"));
}

#[tokio::test(flavor = "multi_thread")]
async fn both_active_secrets_work_in_the_header_and_in_the_path() {
    let server = TestServer::new().await;
    for (index, secret) in [SECRET, OTHER_SECRET].into_iter().enumerate() {
        let by_header = post(HOOK).header("Authorization", &format!("bearer {secret}"));
        let by_path = post(&format!("{HOOK}/{secret}"));
        for (way, request) in [by_header, by_path].into_iter().enumerate() {
            let answer = request
                .json(body("Create", &format!("a-{index}-{way}"), 1))
                .send_to(server.address)
                .await;
            assert_eq!(answer.status, 200);
        }
    }
    let unknown_action =
        create("a-1").json(body("AddToJIRA", "a-1", 9)).send_to(server.address).await;
    assert_eq!(unknown_action.status, 200, "customers name actions of their own");
}

#[tokio::test(flavor = "multi_thread")]
async fn request_without_the_secret_learns_nothing_and_writes_nothing() {
    let server = TestServer::new().await;
    let strangers = [
        post(HOOK),
        post(HOOK).header("Authorization", "Bearer "),
        post(HOOK).header("Authorization", "Bearer wrong"),
        post(HOOK).header("Authorization", &format!("Basic {SECRET}")),
        post(HOOK).header("Authorization", SECRET),
        post(HOOK).header("Authorization", &format!("Bearer {SECRET}x")),
        post(&format!("{HOOK}/wrong")),
        post(&format!("{HOOK}/{}", &SECRET[1..])),
        post(HOOK).header("Content-Type", "text/plain"),
        post(HOOK).header("Content-Type", "application/json").body(vec![b'x'; 2 * 1024 * 1024]),
    ];
    for stranger in strangers {
        let answer = stranger.send_to(server.address).await;
        let problem = answer.assert_problem(401);
        assert!(answer.header("www-authenticate").unwrap().starts_with("Bearer"));
        assert!(!problem.to_string().contains(SECRET));
    }
    assert_eq!(events(&server).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_request_is_refused_with_a_sentence_and_writes_nothing() {
    let server = TestServer::new().await;
    let authorized = || post(HOOK).header("Authorization", &format!("Bearer {SECRET}"));
    for method in ["DELETE", "PATCH", "OPTIONS"] {
        for path in [HOOK.to_owned(), format!("{HOOK}/{SECRET}")] {
            let answer = request(method, &path).send_to(server.address).await;
            let allowed = Some("GET, HEAD, POST, PUT");
            assert_eq!((answer.status, answer.header("allow")), (405, allowed), "{method}");
        }
    }
    // A GET says something by its query alone, and a HEAD never does.
    for (method, path) in [
        ("GET", format!("{HOOK}/{SECRET}")),
        ("HEAD", format!("{HOOK}/{SECRET}")),
        ("HEAD", format!("/integrations/hook/{SECRET}?monitorID=1&alertType=1")),
    ] {
        let answer = request(method, &path).send_to(server.address).await;
        assert_eq!(answer.status, 405, "{method} {path}");
    }
    for content_type in ["multipart/form-data", "application/jsonp", ""] {
        let answer = authorized()
            .header("Content-Type", content_type)
            .body(body("Create", "a", 1))
            .send_to(server.address)
            .await;
        answer.assert_problem(415);
    }
    let malformed = [
        "",
        "{",
        "nonsense",
        "null",
        "[]",
        "\"text\"",
        "{}",
        r#"{"action":"Create"}"#,
        r#"{"action":"Create","alert":{}}"#,
        r#"{"action":"Create","alert":[]}"#,
        r#"{"action":"Create","alert":{"alertId":""}}"#,
        r#"{"action":"Create","alert":{"alertId":{"a":1}}}"#,
        "{\"action\":\"Create\",\"alert\":{\"alertId\":\"SECRET-IN-BODY",
    ];
    for body in malformed {
        let answer = authorized().json(body).send_to(server.address).await;
        let problem = answer.assert_problem(400);
        assert!(!problem.to_string().contains("SECRET-IN-BODY"));
    }
    assert_eq!(events(&server).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn body_is_limited_to_one_mebibyte() {
    const LIMIT: usize = 1024 * 1024;
    let server = TestServer::new().await;
    let padded = |alert: &str, length: usize| {
        let mut body = body("Create", alert, 1);
        body.extend(std::iter::repeat_n(' ', length - body.len()));
        post(HOOK).header("Authorization", &format!("Bearer {SECRET}")).json(body)
    };
    assert_eq!(padded("a", LIMIT).send_to(server.address).await.status, 200);
    assert_eq!(padded("b", LIMIT).send_chunked_to(server.address).await.status, 200);
    for too_long in [LIMIT + 1, 2 * LIMIT] {
        padded("c", too_long).send_to(server.address).await.assert_problem(413);
        padded("c", too_long).send_chunked_to(server.address).await.assert_problem(413);
    }
    assert_eq!(events(&server).await, 2);
}

fn compressed(mut by: impl std::io::Read) -> Vec<u8> {
    let mut compressed = Vec::new();
    by.read_to_end(&mut compressed).unwrap();
    compressed
}

#[tokio::test(flavor = "multi_thread")]
async fn compressed_bodies_are_limited_by_their_decoded_length() {
    const LIMIT: usize = 1024 * 1024;
    let server = TestServer::new().await;
    let send = async |encoding: &str, body: Vec<u8>| {
        let request = post(HOOK).header("Authorization", &format!("Bearer {SECRET}")).json(body);
        request.header("Content-Encoding", encoding).send_to(server.address).await
    };
    let best = Compression::best();
    let of = |alert: &str, length: usize| {
        let mut body = body("Create", alert, 1).into_bytes();
        body.resize(length.max(body.len()), b' ');
        body
    };
    let gzip = |body: &[u8]| compressed(GzEncoder::new(body, best));
    let taken = [
        ("gzip", gzip(&of("a", 0))),
        ("X-GZIP", gzip(&of("b", LIMIT))),
        ("deflate", compressed(ZlibEncoder::new(&of("c", 0)[..], best))),
        ("deflate", compressed(DeflateEncoder::new(&of("d", 0)[..], best))),
        ("identity, gzip", gzip(&of("e", 0))),
        ("identity", of("f", 0)),
        ("", of("g", 0)),
    ];
    let count = taken.len();
    for (encoding, body) in taken {
        let answer = send(encoding, body).await;
        assert_eq!(answer.status, 200, "{encoding}: {}", answer.text());
    }
    let bomb = compressed(GzEncoder::new(std::io::repeat(b' ').take(64 * 1024 * 1024), best));
    assert!(bomb.len() < LIMIT);
    for body in [bomb, gzip(&of("z", LIMIT + 1))] {
        send("gzip", body).await.assert_problem(413);
    }
    for (encoding, named) in [("br", "br"), ("ZSTD", "zstd"), ("gzip, gzip", "gzip, gzip")] {
        let answer = send(encoding, gzip(&of("z", 0))).await;
        let detail = answer.assert_problem(415)["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(&format!("{named:?}")), "{detail}");
        assert_eq!(answer.header("accept-encoding"), Some("gzip, deflate"));
    }
    for body in [of("z", 0), gzip(&of("z", 0))[..20].to_vec(), Vec::new()] {
        let answer = send("gzip", body).await;
        let detail = answer.assert_problem(400)["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains("Content-Encoding"), "{detail}");
    }
    assert_eq!(events(&server).await, count);
}

#[tokio::test(flavor = "multi_thread")]
async fn address_for_all_sources_recognizes_each_of_them_and_takes_what_they_can_send() {
    let server = TestServer::new().await;
    let all = format!("/integrations/hook/{SECRET}");
    let at = "2026-11-21T14:00:00Z".parse().unwrap();
    for source in SOURCES {
        let alert = SimulatedAlert {
            id: "one".to_owned(),
            message: "Checkout does not answer".to_owned(),
            raised_at: at,
            cleared_at: None,
        };
        let answer = post(&all)
            .header("Content-Type", "text/plain; charset=UTF-8")
            .body(source.simulate(&alert))
            .send_to(server.address)
            .await;
        assert_eq!(answer.status, 200, "{}: {}", source.name, answer.text());
    }
    let raised = events(&server).await;
    assert!(raised + 1 >= SOURCES.len(), "{raised}: Icinga says the same as Nagios");
    let form = "TestID=5&Token=abc&Status=Down&StatusCode=503&URL=https%3A%2F%2Fshop.example.org&Name=Shop";
    let answers = [
        post(&all).form(form).send_to(server.address).await,
        get(&format!("{all}?monitorID=7&alertType=1&monitorFriendlyName=Shop"))
            .send_to(server.address)
            .await,
        request("PUT", "/integrations/alert/hook")
            .header("X-Candor-Secret", SECRET)
            .body(r#"{"id": "disk", "title": "Disk is full"}"#)
            .send_to(server.address)
            .await,
        post("/integrations/alert/hook")
            .header(
                "Authorization",
                &format!("Basic {}", BASE64.encode(format!("any:{SECRET}").as_bytes())),
            )
            .body(r#"{"id": "disk", "state": "ok"}"#)
            .send_to(server.address)
            .await,
    ];
    for answer in &answers {
        assert_eq!(
            (answer.status, &answer.json()["outcome"]),
            (200, &json!("appended")),
            "{}",
            answer.text()
        );
    }
    assert_eq!(events(&server).await, raised + answers.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn test_call_and_an_unknown_body_write_nothing_and_get_a_sentence() {
    let server = TestServer::new().await;
    let all = format!("/integrations/hook/{SECRET}");
    let test = r#"{"heartbeat": null, "monitor": null, "msg": "My Uptime Kuma Testing"}"#;
    let answer = post(&all).body(test).send_to(server.address).await;
    assert_eq!((answer.status, answer.json()), (200, json!({ "outcome": "ignored" })));
    let unknown = r#"{"hello": "world", "API_Key": "k-1", "deep": [{"password": "p-1"}]}"#;
    let answer = post(&all).body(unknown).send_to(server.address).await;
    assert_eq!((answer.status, answer.json()), (202, json!({ "outcome": "kept" })));
    let answer = post(&format!("/integrations/pingdom/hook/{SECRET}"))
        .body(r#"{"current_state": "DOWN"}"#)
        .send_to(server.address)
        .await;
    let detail = answer.assert_problem(400)["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("check_id"), "{detail}");
    let kept = server.store.unread_alerts().await.unwrap();
    let kept: Vec<_> = kept.iter().map(|call| (call.source.as_str(), call.body.as_str())).collect();
    let without_secrets = r#"{"API_Key":"…","deep":[{"password":"…"}],"hello":"world"}"#;
    assert_eq!(kept, [("pingdom", r#"{"current_state":"DOWN"}"#), ("unknown", without_secrets)]);
    assert_eq!(events(&server).await, 0);
    let seen = metrics().0.render();
    for series in [
        r#"candor_alert_intake_total{source="uptime-kuma",outcome="ignored"} "#,
        r#"candor_alert_intake_total{source="unknown",outcome="malformed"} "#,
    ] {
        let count = seen.lines().find_map(|line| line.strip_prefix(series)?.parse::<u64>().ok());
        assert!(count >= Some(1), "{series}{count:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn source_that_signs_its_calls_needs_no_secret_in_them() {
    const BODY: &str = r#"{"event":{"event_type":"incident.triggered","resource_type":"incident","occurred_at":"2026-11-21T14:00:00Z","data":{"id":"P1","title":"Checkout"}}}"#;
    // HMAC-SHA256 of that body by SECRET.
    const SIGNED: &str = "7ce3859a24af3af7e5c156328f23b606afe328c7c88548f4d19ecc3e71bc2d04";
    let server = TestServer::new().await;
    let call =
        |path: &str, header: &str, signature: &str| post(path).header(header, signature).body(BODY);
    for (path, header, signature) in [
        (
            "/integrations/pagerduty/hook",
            "X-PagerDuty-Signature",
            format!("v1={}", SIGNED.replace('5', "6")),
        ),
        ("/integrations/pagerduty/hook", "X-PagerDuty-Signature", String::new()),
        ("/integrations/pagerduty/hook", "Sentry-Hook-Signature", SIGNED.to_owned()),
        // Nagios can't sign, so nothing that looks like a signature opens its address.
        ("/integrations/nagios/hook", "X-PagerDuty-Signature", format!("v1={SIGNED}")),
    ] {
        call(path, header, &signature).send_to(server.address).await.assert_problem(401);
    }
    assert_eq!(events(&server).await, 0);
    for path in ["/integrations/pagerduty/hook", "/integrations/hook"] {
        let answer = call(path, "X-PagerDuty-Signature", &format!("v1=00,v1={SIGNED}"))
            .send_to(server.address)
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    // A signature covers the body alone, so that whoever has seen one of an empty body can say nothing in the query.
    let signed_nothing = "2870f33570fa7ca43bfcfb508f515a4f9776f160528045055186062636344da7";
    let path = "/integrations/pagerduty/hook?id=a&state=down";
    let answer =
        post(path).header("X-PagerDuty-Signature", signed_nothing).send_to(server.address).await;
    answer.assert_problem(400);
    assert_eq!(events(&server).await, 1, "the same call twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_keeps_an_alert_from_suspecting_and_never_from_clearing() {
    let rules = "ignore any name=Watchdog; note alert severity=info".parse().unwrap();
    let server =
        TestServer::with(|settings| candor_web::WebSettings { alert_rules: rules, ..settings })
            .await;
    let send = async |body: &str| {
        let path = format!("/integrations/alert/hook/{SECRET}");
        let answer = post(&path).body(body).send_to(server.address).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["outcome"].clone()
    };
    assert_eq!(send(r#"{"id": "a", "name": "watchdog"}"#).await, "ignored");
    assert_eq!(events(&server).await, 0);
    assert_eq!(send(r#"{"id": "b", "severity": "Info"}"#).await, "appended");
    let board = server.store.load().await.unwrap();
    assert_eq!((board.seq, board.incidents().count()), (1, 0), "it is noted");
    assert_eq!(send(r#"{"id": "c", "severity": "page"}"#).await, "appended");
    assert_eq!(send(r#"{"id": "c", "severity": "info", "state": "ok"}"#).await, "appended");
    let board = server.store.load().await.unwrap();
    assert!(board.incidents().count() == 1 && !board.is_alert_firing());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_json_content_type_is_accepted() {
    let server = TestServer::new().await;
    let slash_command = [
        Some("application/json"),
        Some("application/json; charset=utf-8"),
        Some("Application/JSON;charset=latin1"),
        None,
    ];
    for (index, content_type) in slash_command.into_iter().enumerate() {
        let request = post(HOOK).header("Authorization", &format!("Bearer {SECRET}")).body(body(
            "Create",
            &format!("a-{index}"),
            1,
        ));
        let request = content_type
            .into_iter()
            .fold(request, |request, value| request.header("Content-Type", value));
        assert_eq!(request.send_to(server.address).await.status, 200, "{content_type:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_secrets_every_request_is_unauthorized() {
    let server = TestServer::with(|mut settings| {
        settings.alert_secrets.clear();
        settings
    })
    .await;
    create("a").send_to(server.address).await.assert_problem(401);
    post(HOOK)
        .header("Authorization", "Bearer ")
        .json(body("Create", "a", 1))
        .send_to(server.address)
        .await
        .assert_problem(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn log_lines_name_the_outcome_and_neither_secret_nor_body() {
    let server = TestServer::new().await;
    for request in
        [post(&format!("{HOOK}/{SECRET}")), post(&format!("{HOOK}/{SECRET}x")), create("a-1")]
    {
        request.json(body("Create\nFORGED LINE", "a-1", 1)).send_to(server.address).await;
    }
    post(&format!("{HOOK}/{SECRET}")).json("{\"secret-of-the-body").send_to(server.address).await;
    let lines = logs::captured();
    assert!(
        lines.contains("outcome=\"appended\"") && lines.contains("the secret is missing or wrong")
    );
    for hidden in [SECRET, OTHER_SECRET, "db-3 is down", "secret-of-the-body", "\nFORGED LINE"] {
        assert!(!lines.contains(hidden), "{hidden}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn secret_of_any_characters_works_in_the_printed_url_and_in_the_header() {
    const ODD: &str = "a/b+c%2F?d#e=f &g\u{e9}..%";
    let server = TestServer::with(|settings| candor_web::WebSettings {
        alert_secrets: vec![candor_web::SenderSecret::new(ODD)],
        ..settings
    })
    .await;
    let path = candor_web::webhook_path(AlertSource::named("opsgenie"), ODD);
    assert_eq!(path, "/integrations/opsgenie/hook/a%2Fb%2Bc%252F%3Fd%23e%3Df%20%26g%C3%A9..%25");
    let answer = post(&path).json(body("Create", "a-1", 1)).send_to(server.address).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let latin: Vec<u8> = ODD.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (index, secret) in [ODD.as_bytes(), &latin].into_iter().enumerate() {
        let request = post(HOOK).header("Authorization", &[b"Bearer ", secret].concat());
        let request = request.json(body("Create", &format!("h-{index}"), 1));
        assert_eq!(request.send_to(server.address).await.status, 200, "{secret:?}");
    }
    let unauthorized = || {
        let series = "candor_alert_intake_total{source=\"opsgenie\",outcome=\"unauthorized\"} ";
        let page = metrics().0.render();
        page.lines().find_map(|line| line.strip_prefix(series)?.parse::<u64>().ok()).unwrap()
    };
    for wrong in [
        // Not encoded, partly encoded, and encoded twice.
        "/integrations/opsgenie/hook/a/b+c%2F",
        "/integrations/opsgenie/hook/a/b",
        &path.replace("%2F", "/").replace("%252F", "%2F"),
        &path.replace('%', "%25"),
        "/integrations/opsgenie/hook/",
        "/integrations/opsgenie/hook",
    ] {
        let before = unauthorized();
        let answer = post(wrong).json(body("Create", "a-2", 1)).send_to(server.address).await;
        answer.assert_problem(401);
        assert!(unauthorized() > before, "{wrong} is counted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_rejections_write_one_log_line() {
    let server = TestServer::new().await;
    let count = |line: &str| logs::captured().matches(line).count();
    for _ in 0..30 {
        let wrong = post("/integrations/opsgenie/hook/wrong-secret-0123456789");
        wrong.json(body("Create", "a-1", 1)).send_to(server.address).await.assert_problem(401);
        let unreadable = post(HOOK).header("Authorization", &format!("Bearer {SECRET}"));
        unreadable.json("{}").send_to(server.address).await.assert_problem(400);
        get("/events?after=0")
            .header("X-Forwarded-For", "203.0.113.7")
            .header("Last-Event-ID", "0")
            .send_to(server.address)
            .await;
    }
    for line in
        ["an alert was rejected", "an alert can't be read", "X-Forwarded-For was not believed"]
    {
        assert_eq!(count(line), 1, "{line}");
    }
}
