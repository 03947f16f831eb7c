//! What operators see of requests: numbers by route, and spans.
//!
//! Routes are named by their patterns, never by paths: a path may hold a secret, and anybody can invent one.

use std::sync::LazyLock;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::{BodySize, MessageBody},
    dev::{ResourceDef, ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header},
    middleware::Next,
    web::Data,
};
use tracing::{Instrument as _, Span, field::Empty};

use crate::{alert_hook, headers::Area, problem::Problem, routes, server::Web};

/// Which route of the table has answered; stands on its resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Route(pub(crate) usize);

/// Where a path stands: which route answers it, and for whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MatchedRoute {
    pub(crate) route: Option<usize>,
    pub(crate) area: Area,
}

impl MatchedRoute {
    pub(crate) fn of(path: &str) -> Self {
        Self { route: find(path), area: Area::of(path) }
    }
}

/// Whether requests are traced at the moment.
pub(crate) fn is_traced() -> bool {
    tracing::enabled!(target: "candor::trace", tracing::Level::INFO)
}

/// Counts and times the request, and makes its span if a trace is collected.
pub(crate) async fn observe<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let Some(web) = request.app_data::<Data<Web>>().cloned() else {
        return next.call(request).await;
    };
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let sent = announced(&request);
    let span = span(&web, &request);
    let in_flight = web.http.begin();
    let outcome = next.call(request).instrument(span.clone()).await;
    let (route, status, length) = match &outcome {
        Ok(answer) => {
            let route = answer.request().app_data::<Route>().map(|route| route.0);
            (route, answer.status(), length(&method, answer.response().body().size()))
        }
        // The request went down with its handler.
        Err(error) => (find(uri.path()), error.as_response_error().status_code(), None),
    };
    in_flight.answered(route, method.as_str(), status.as_u16(), sent, length);
    if !span.is_disabled() {
        finish(&span, &method, web.http.pattern(route), status);
    }
    outcome
}

/// `/metrics`, for scrapers that can't reach the admin listener: only if the operator wants it here, and never without a
/// passphrase.
pub(crate) async fn metrics(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    match &web.settings.metrics {
        Some((metrics, credentials))
            if web.settings.public_metrics && credentials.passphrase.is_some() =>
        {
            Ok(candor_telemetry::scrape(&request, metrics, credentials))
        }
        Some(_) | None => Err(Problem::NotFound),
    }
}

/// The length of the body, if the request has one and says so.
fn announced(request: &ServiceRequest) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn length(method: &Method, size: BodySize) -> Option<u64> {
    match size {
        _ if method == Method::HEAD => None,
        BodySize::None => Some(0),
        BodySize::Sized(length) => Some(length),
        BodySize::Stream => None,
    }
}

/// The span of a request. It goes on with the sender's trace for alerts alone, and only if the sender knows the secret:
/// a stranger's word must not decide what is collected.
fn span(web: &Web, request: &ServiceRequest) -> Span {
    let is_believed = || {
        is_traced() && alert_hook::is_authorised(&web.settings, request.path(), request.headers())
    };
    let traceparent = request
        .headers()
        .get("traceparent")
        .filter(|_| alert_hook::is_for_alerts(request.path()) && is_believed())
        .and_then(|value| value.to_str().ok());
    tracing::info_span!(
        target: "candor::trace",
        "request",
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = request.method().as_str(),
        http.route = Empty,
        http.response.status_code = Empty,
        traceparent,
    )
}

fn finish(span: &Span, method: &Method, route: &'static str, status: StatusCode) {
    candor_telemetry::rename(span, format!("{method} {route}"));
    span.record("http.route", route);
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
}

/// Looks the route up by the path, as the router did.
fn find(path: &str) -> Option<usize> {
    static PATTERNS: LazyLock<Vec<ResourceDef>> = LazyLock::new(|| {
        routes::TABLE.iter().map(|(pattern, _)| ResourceDef::new(*pattern)).collect()
    });
    PATTERNS.iter().position(|pattern| pattern.is_match(path))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use actix_web::{App, middleware::from_fn, test};
    use candor_telemetry::{Metrics, Role};

    use super::*;
    use crate::headers;

    /// Prints what the numbers cost. Without sockets, so that the share is larger than anybody will ever see.
    #[actix_web::test]
    async fn the_numbers_cost_little() {
        let mut web = Web::for_test();
        web.http = Metrics::new(Role::Web).unwrap().routes(routes::TABLE);
        let web = Data::new(web);
        let bare = App::new().app_data(Data::clone(&web)).configure(routes::configure);
        let bare = test::init_service(bare.wrap(from_fn(headers::rim))).await;
        let seen = App::new().app_data(web).configure(routes::configure);
        let seen = seen.wrap(from_fn(headers::rim)).wrap(from_fn(observe));
        let seen = test::init_service(seen).await;
        let request = || test::TestRequest::get().uri("/livez").to_request();
        let (mut without, mut with) = (Duration::MAX, Duration::MAX);
        for _ in 0..10 {
            let begun = Instant::now();
            for _ in 0..500 {
                assert_eq!(test::call_service(&bare, request()).await.status(), 200);
            }
            without = without.min(begun.elapsed());
            let begun = Instant::now();
            for _ in 0..500 {
                assert_eq!(test::call_service(&seen, request()).await.status(), 200);
            }
            with = with.min(begun.elapsed());
        }
        println!("a request without sockets: {:?} bare, {:?} observed", without / 500, with / 500);
    }
}
