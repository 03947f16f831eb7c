//! Request metrics: exact, and with a bounded number of series.

use candor_telemetry::{Metrics, Role};

use crate::refreshing::value;

const ROUTES: &[(&str, &[&str])] = &[("/", &["GET", "HEAD"]), ("/{day}", &["GET", "POST"])];

#[test]
fn routes_are_there_before_anybody_asks_for_them() {
    let metrics = Metrics::new(Role::Web).unwrap();
    let _http = metrics.routes(ROUTES);
    let page = metrics.render();
    for series in [
        r#"candor_http_requests_total{route="/",method="HEAD",status="200"}"#,
        r#"candor_http_requests_total{route="/{day}",method="POST",status="503"}"#,
        r#"candor_http_request_duration_seconds_count{route="/{day}",method="POST"}"#,
        r#"candor_http_requests_total{route="unmatched",method="GET",status="200"}"#,
    ] {
        assert_eq!(value(&page, series), 0.0, "{series}");
    }
}

#[test]
fn requests_are_counted_exactly_and_odd_ones_make_no_new_series() {
    let metrics = Metrics::new(Role::Web).unwrap();
    let http = metrics.routes(ROUTES);
    for n in 0..1_000 {
        http.begin().answered(Some(0), "GET", 200, None, Some(100 + n));
        http.begin().answered(None, &format!("BREW{n}"), 404, None, Some(10));
    }
    http.begin().answered(Some(1), "POST", 418, Some(5_000), None);
    let held = http.begin();
    let page = metrics.render();
    assert_eq!(value(&page, "candor_http_in_flight"), 1.0);
    drop(held);
    let page_after = metrics.render();
    assert_eq!(value(&page_after, "candor_http_in_flight"), 0.0);
    let requests = |route: &str, method: &str, status: &str| {
        value(
            &page,
            &format!(
                r#"candor_http_requests_total{{route="{route}",method="{method}",status="{status}"}}"#
            ),
        )
    };
    assert_eq!(requests("/", "GET", "200"), 1_000.0);
    assert_eq!(requests("unmatched", "other", "404"), 1_000.0);
    assert_eq!(requests("/{day}", "POST", "418"), 1.0);
    assert_eq!(value(&page, "candor_http_response_body_bytes_count"), 2_000.0);
    assert_eq!(value(&page, r#"candor_http_request_body_bytes_bucket{le="16384"}"#), 1.0);
    assert_eq!(value(&page, r#"candor_http_request_body_bytes_bucket{le="4096"}"#), 0.0);
    assert!(!page.contains("BREW"));
}
