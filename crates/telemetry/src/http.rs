//! Metrics of requests. Every handle is looked up once, at the start or when a status is first answered; a request then
//! costs a few atomic additions and two readings of the clock.

use std::{sync::OnceLock, time::Instant};

use metrics::{Counter, Gauge, Histogram, counter, gauge, histogram};

use crate::{Metrics, catalogue::METHODS};

/// The label of requests without a route.
const UNMATCHED: &str = "unmatched";

/// The statuses that we answer; the handle of any other one is looked up each time.
const STATUSES: [(u16, &str); 19] = [
    (200, "200"),
    (204, "204"),
    (206, "206"),
    (301, "301"),
    (302, "302"),
    (303, "303"),
    (304, "304"),
    (400, "400"),
    (401, "401"),
    (403, "403"),
    (404, "404"),
    (405, "405"),
    (408, "408"),
    (409, "409"),
    (413, "413"),
    (415, "415"),
    (422, "422"),
    (429, "429"),
    (503, "503"),
];

impl Metrics {
    /// Registers the routes, as patterns with their methods, so that their series exist before the first
    /// request.
    #[must_use]
    pub fn routes(&self, routes: &[(&'static str, &'static [&'static str])]) -> HttpMetrics {
        HttpMetrics::new(Some(self.clone()), routes)
    }
}

/// The handles of all routes.
pub struct HttpMetrics {
    /// In the order of registration, then `unmatched`.
    routes: Vec<RouteMetrics>,
    in_flight: Gauge,
    request_body: Histogram,
    response_body: Histogram,
    metrics: Option<Metrics>,
}

struct RouteMetrics {
    pattern: &'static str,
    methods: [Method; METHODS.len()],
}

impl RouteMetrics {
    /// The handles of a method, and its label.
    fn method(&self, method: &str) -> Option<(&Method, &'static str)> {
        let known = METHODS.iter().zip(&self.methods).map(|(label, handles)| (handles, *label));
        known.clone().find(|(_, label)| *label == method).or_else(|| known.last())
    }
}

#[derive(Default)]
struct Method {
    duration: OnceLock<Histogram>,
    requests: [OnceLock<Counter>; STATUSES.len()],
}

/// A request that is being answered, until this is dropped.
pub struct InFlight<'a> {
    http: &'a HttpMetrics,
    begun: Instant,
}

impl HttpMetrics {
    /// Handles for these routes (patterns with their methods), of these metrics or else of the installed ones.
    #[must_use]
    pub fn new(
        metrics: Option<Metrics>,
        routes: &[(&'static str, &'static [&'static str])],
    ) -> Self {
        let patterns = routes.iter().map(|(pattern, _)| *pattern).chain([UNMATCHED]);
        let route = |pattern| RouteMetrics { pattern, methods: Default::default() };
        let (in_flight, request_body, response_body) = within(metrics.as_ref(), || {
            (
                gauge!("candor_http_in_flight"),
                histogram!("candor_http_request_body_bytes"),
                histogram!("candor_http_response_body_bytes"),
            )
        });
        let http = Self {
            routes: patterns.map(route).collect(),
            in_flight,
            request_body,
            response_body,
            metrics,
        };
        let unmatched: (_, &[_]) = (UNMATCHED, &["GET"]);
        for (route, (_, methods)) in http.routes.iter().zip(routes.iter().chain([&unmatched])) {
            for method in *methods {
                let Some((handles, method)) = route.method(method) else { continue };
                http.duration(route, handles, method);
                for status in [200, 503] {
                    http.requests(route, handles, method, status, |_counter| ());
                }
            }
        }
        http
    }

    fn duration<'a>(
        &self,
        route: &RouteMetrics,
        handles: &'a Method,
        method: &'static str,
    ) -> &'a Histogram {
        handles.duration.get_or_init(|| {
            within(self.metrics.as_ref(), || {
                histogram!("candor_http_request_duration_seconds", "route" => route.pattern, "method" => method)
            })
        })
    }

    fn requests(
        &self,
        route: &RouteMetrics,
        handles: &Method,
        method: &'static str,
        status: u16,
        done: impl FnOnce(&Counter),
    ) {
        let look_up = |status: String| {
            within(
                self.metrics.as_ref(),
                || counter!("candor_http_requests_total", "route" => route.pattern, "method" => method, "status" => status),
            )
        };
        let known = STATUSES.iter().zip(&handles.requests).find(|((code, _), _)| *code == status);
        match known {
            Some(((_, text), counter)) => done(counter.get_or_init(|| look_up((*text).to_owned()))),
            None => done(&look_up(status.to_string())),
        }
    }

    /// Counts a request that came in.
    pub fn begin(&self) -> InFlight<'_> {
        self.in_flight.increment(1.0);
        InFlight { http: self, begun: Instant::now() }
    }

    /// The pattern of the route with this index.
    #[must_use]
    pub fn pattern(&self, route: Option<usize>) -> &'static str {
        self.route(route).map_or(UNMATCHED, |route| route.pattern)
    }

    fn route(&self, index: Option<usize>) -> Option<&RouteMetrics> {
        self.routes.get(index.unwrap_or(self.routes.len().saturating_sub(1))).or(self.routes.last())
    }
}

impl InFlight<'_> {
    /// Counts its answer: the route (by index; none if no route has the path), the method, the status
    /// and the lengths of the bodies, as far as they are known.
    pub fn answered(
        &self,
        route: Option<usize>,
        method: &str,
        status: u16,
        request_body: Option<u64>,
        response_body: Option<u64>,
    ) {
        let http = self.http;
        let Some(route) = http.route(route) else { return };
        let Some((handles, method)) = route.method(method) else { return };
        http.requests(route, handles, method, status, |requests| requests.increment(1));
        http.duration(route, handles, method).record(self.begun.elapsed());
        if let Some(bytes) = request_body.filter(|bytes| *bytes > 0) {
            http.request_body.record(float(bytes));
        }
        if let Some(bytes) = response_body {
            http.response_body.record(float(bytes));
        }
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.http.in_flight.decrement(1.0);
    }
}

fn within<T>(metrics: Option<&Metrics>, work: impl FnOnce() -> T) -> T {
    match metrics {
        Some(metrics) => metrics.within(work),
        None => work(),
    }
}

/// Lengths and counts are far below 2^53, where this would begin to round.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "std has no other way")]
pub(crate) fn float(number: u64) -> f64 {
    number as f64
}
