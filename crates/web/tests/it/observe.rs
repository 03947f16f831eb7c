//! Request metrics, traces and logs.

use candor_telemetry::{Credentials, LogSettings, Role, init_logs_to};
use candor_testkit::otlp::Collector;

use crate::{
    client::{get, post},
    test_server::{SECRET, TestServer, metrics},
};

/// `metrics:let me in`
const RIGHT: &str = "Basic bWV0cmljczpsZXQgbWUgaW4=";
const ALERT: &str = r#"{"action":"Create","alert":{"alertId":"a-1","message":"it is down","updatedAt":1,"createdAt":1},"source":{"name":"","type":"API"},"integrationName":"Candor"}"#;
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

fn value(page: &str, series: &str) -> u64 {
    let found = page.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("{series} is missing in\n{page}")).parse().unwrap()
}

fn requests(page: &str, route: &str, method: &str, status: u16) -> u64 {
    let series = format!(
        r#"candor_http_requests_total{{route="{route}",method="{method}",status="{status}"}}"#
    );
    value(page, &series)
}

/// How many series there are.
fn series(page: &str) -> usize {
    page.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_unknown_paths_are_one_series() {
    let server = TestServer::new().await;
    let (metrics, _) = metrics();
    server.get("/nothing").await;
    let before = metrics.render();
    for n in 0..10_000_u32 {
        let mixed = n.wrapping_mul(0x9E37_79B9);
        let answer = server.get(&format!("/{mixed:08x}/{n}.php?x={n}")).await;
        assert_eq!(answer.status, 404);
    }
    for _ in 0..7 {
        server.get("/api/v2/status.json").await;
    }
    let after = metrics.render();
    println!("series before {}, after 10,000 random addresses {}", series(&before), series(&after));
    assert_eq!(series(&after), series(&before));
    let grown = |route: &str, status: u16| {
        requests(&after, route, "GET", status) - requests(&before, route, "GET", status)
    };
    assert_eq!(grown("unmatched", 404), 10_000);
    assert_eq!(grown("/api/v2/status.json", 200), 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_are_counted_by_outcome_and_never_by_secret() {
    let server = TestServer::new().await;
    let (metrics, _) = metrics();
    let hook = format!("/integrations/opsgenie/hook/{SECRET}");
    let before = metrics.render();
    for body in [ALERT, ALERT, "{"] {
        post(&hook).json(body).send_to(server.address).await;
    }
    post("/integrations/opsgenie/hook/wrong").json(ALERT).send_to(server.address).await;
    let after = metrics.render();
    for (outcome, wanted) in
        [("appended", 1), ("duplicate", 1), ("malformed", 1), ("unauthorized", 1), ("refused", 0)]
    {
        let series =
            format!(r#"candor_alert_intake_total{{source="opsgenie",outcome="{outcome}"}}"#);
        assert_eq!(value(&after, &series) - value(&before, &series), wanted, "{outcome}");
    }
    let appended = r#"candor_events_appended_total{type="alert-raised"}"#;
    assert_eq!(value(&after, appended) - value(&before, appended), 1);
    assert_eq!(requests(&after, "/integrations/{source}/hook/{secret:.*}", "POST", 401), 1);
    assert!(!after.contains(SECRET));
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_public_only_behind_a_passphrase() {
    let server = TestServer::new().await;
    let answer = server.get("/metrics").await;
    assert_eq!(answer.status, 401);
    assert!(answer.header("www-authenticate").unwrap().starts_with("Basic realm="));
    assert_eq!(
        get("/metrics").header("authorization", "Basic ???").send_to(server.address).await.status,
        401
    );
    let answer = get("/metrics").header("authorization", RIGHT).send_to(server.address).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4"));
    assert!(answer.text().contains("candor_http_in_flight 1\n"), "{}", answer.text());
    server.close().await;

    let (seen, guarded) = metrics();
    for (metrics, public_metrics) in [
        (None, true),
        (Some((seen.clone(), Credentials::new("metrics", None))), true),
        // The admin listener's passphrase isn't valid here.
        (Some((seen, guarded)), false),
    ] {
        let server = TestServer::with(|settings| candor_web::WebSettings {
            metrics,
            public_metrics,
            ..settings
        })
        .await;
        assert_eq!(server.get("/metrics").await.status, 404);
        server.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn alert_continues_its_senders_trace_without_the_secret() {
    let collector = Collector::start();
    let settings = LogSettings { filter: "warn", json: true, ansi: false, role: Role::Web };
    let logs = init_logs_to(settings, Some(&collector.endpoint())).unwrap();
    let server = TestServer::new().await;
    let traceparent = format!("00-{TRACE}-b7ad6b7169203331-01");
    let hook = format!("/integrations/opsgenie/hook/{SECRET}");
    post(&hook).header("traceparent", &traceparent).json(ALERT).send_to(server.address).await;
    // Neither visitors nor senders without the secret can cause a trace.
    get("/").header("traceparent", &traceparent).send_to(server.address).await;
    let pretended = post("/integrations/opsgenie/hook/wrong-secret-0123456789");
    pretended.header("traceparent", &traceparent).json(ALERT).send_to(server.address).await;
    server.close().await;
    drop(logs);

    let request = collector.wait_for("the alert's request", |span| {
        span.name == "POST /integrations/{source}/hook/{secret:.*}"
    });
    assert_eq!((request.trace.as_str(), request.parent.as_str()), (TRACE, "b7ad6b7169203331"));
    assert_eq!(request.attributes["http.route"], "/integrations/{source}/hook/{secret:.*}");
    assert_eq!(request.attributes["http.response.status_code"], "200");
    let execute = collector.wait_for("execute", |span| span.name == "execute");
    assert_eq!((&execute.trace, &execute.parent), (&request.trace, &request.id));
    let visit = collector.wait_for("the visit", |span| span.name == "GET /");
    assert_ne!(visit.trace, TRACE);
    let pretended = collector.wait_for("the pretended alert", |span| {
        span.attributes.get("http.response.status_code").is_some_and(|status| status == "401")
    });
    assert_ne!(pretended.trace, TRACE);
    assert!(!format!("{:?}", collector.spans()).contains(SECRET));
}
