//! Metrics and spans of requests.
//!
//! Routes are named by their patterns, never by paths: a path may hold a secret, and anybody can invent one.

use actix_web::{
    HttpResponse,
    body::{BodySize, MessageBody as _},
    dev::ServiceRequest,
    http::{Method, StatusCode, header},
};
use tracing::{Span, field::Empty};

use crate::state::Web;

/// Whether requests are being traced.
pub(super) fn is_traced() -> bool {
    tracing::enabled!(target: "candor::trace", tracing::Level::INFO)
}

/// The length of the request's body, if it is given.
pub(super) fn request_length(request: &ServiceRequest) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The length of the answer's body, if it is known and sent.
pub(super) fn length(method: &Method, response: &HttpResponse) -> Option<u64> {
    match response.body().size() {
        _ if method == Method::HEAD => None,
        BodySize::None => Some(0),
        BodySize::Sized(length) => Some(length),
        BodySize::Stream => None,
    }
}

/// The span of a request. It continues the sender's trace only if the route trusts this sender.
pub(super) fn span(web: &Web, request: &ServiceRequest) -> Span {
    let traceparent = request
        .headers()
        .get("traceparent")
        .filter(|_| is_traced() && is_trusted(web, request))
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

fn is_trusted(web: &Web, request: &ServiceRequest) -> bool {
    let row = web.routes.find(request.path());
    row.and_then(|row| row.route.trusts_sender)
        .is_some_and(|trusts| trusts(&web.settings, request.path(), request.headers()))
}

/// Records the outcome in the span.
pub(super) fn finish(span: &Span, method: &Method, route: &'static str, status: StatusCode) {
    if span.is_disabled() {
        return;
    }
    candor_telemetry::rename(span, format!("{method} {route}"));
    span.record("http.route", route);
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
}
