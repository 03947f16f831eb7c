//! The outermost layer of the server: one function that every request passes through.
//!
//! Prerendered pages are answered from memory; all other requests go to the router, with a deadline and with panics
//! caught. Both get the same headers and metrics.

use std::{panic::AssertUnwindSafe, time::Duration};

use actix_web::{
    Error, ResponseError as _,
    body::BoxBody,
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::Method,
    middleware::Next,
    web::Data,
};
use candor_telemetry::InFlight;
use futures::FutureExt as _;
use tracing::Instrument as _;

use super::{
    live, observe,
    security_headers::{self, Asked},
};
use crate::{pages::FoundPage, problem::Problem, route::MatchedRoute, state::Web};

/// How long an answer may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// Answers a request, with metrics, a span, all headers, and an error page of ours whatever happens.
pub(crate) async fn respond(
    web: Data<Web>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let in_flight = web.http.begin();
    if let Some(FoundPage { page, negotiated }) = prerendered(&web, &request) {
        let MatchedRoute { index, route } = page.route;
        let mut response = page.response.answer(request.headers(), negotiated);
        security_headers::add(&mut response, &web, Some(route), route.area);
        let (method, status) = (request.method(), response.status().as_u16());
        let length = observe::length(method, &response);
        in_flight.answered(Some(index), method.as_str(), status, None, length);
        return Ok(request.into_response(response));
    }
    // Boxed, since otherwise each request would move the state of a handler that most requests don't need.
    Box::pin(routed(&web, &in_flight, request, next)).await
}

/// Answers through the router.
async fn routed(
    web: &Web,
    in_flight: &InFlight<'_>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (method, sent) = (request.method().clone(), observe::request_length(&request));
    let (asked, span) = (Asked::of(&request), observe::span(web, &request));
    let (row, answer) = match call(next, request).instrument(span.clone()).await {
        Ok(response) => {
            let row = response.request().app_data::<MatchedRoute>().copied();
            let (request, response) = response.into_parts();
            let response =
                security_headers::finish(web, row.map(|row| row.route), &asked, response);
            (row, Ok(live::hijack(ServiceResponse::new(request, response)).await))
        }
        Err(problem) => {
            let row = web.routes.find(asked.path());
            let response = problem.error_response();
            let response =
                security_headers::finish(web, row.map(|row| row.route), &asked, response);
            (row, Err((problem, response)))
        }
    };
    let response = match &answer {
        Ok(answer) => answer.response(),
        Err((_, response)) => response,
    };
    let (index, status) = (row.map(|row| row.index), response.status());
    let length = observe::length(&method, response);
    in_flight.answered(index, method.as_str(), status.as_u16(), sent, length);
    observe::finish(&span, &method, web.http.pattern(index), status);
    // The request is gone with its handler, so the answer has to do without it.
    answer.map_err(|(problem, response)| InternalError::from_response(problem, response).into())
}

/// The requested page, if it is prerendered and only path and headers select it.
fn prerendered(web: &Web, request: &ServiceRequest) -> Option<FoundPage> {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    // The query counts for the badge only.
    let is_plain = is_read
        && (request.uri().query().is_none() || !request.path().contains("/badge"))
        && !observe::is_traced();
    let accepted = security_headers::accepted_languages(request.headers());
    is_plain.then(|| web.site().find_rendered(request.path(), accepted)).flatten()
}

/// Runs the handler, with a deadline.
async fn call(
    next: Next<BoxBody>,
    request: ServiceRequest,
) -> Result<ServiceResponse<BoxBody>, Problem> {
    let answer = AssertUnwindSafe(next.call(request)).catch_unwind();
    match tokio::time::timeout(ANSWER_TIMEOUT, answer).await {
        Ok(Ok(answer)) => {
            answer.map_err(|error| Problem::of_status(error.as_response_error().status_code()))
        }
        Ok(Err(_panic)) => {
            tracing::error!("a handler panicked; the server goes on");
            Err(Problem::Internal)
        }
        Err(_elapsed) => Err(Problem::TooSlow),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{App, HttpRequest, HttpResponse, middleware::from_fn, test, web};

    use super::*;

    #[actix_web::test]
    async fn panic_is_answered_with_all_headers_and_without_its_message() {
        async fn panics() -> &'static str {
            panic!("the secret is hunter2")
        }
        let state = Data::new(Web::for_test());
        let app = App::new()
            .route("/panics", web::get().to(panics))
            .route("/api/panics", web::get().to(panics))
            .route("/fine", web::get().to(async |_: HttpRequest| HttpResponse::Ok().body("fine")))
            .wrap(from_fn(move |request, next| respond(Data::clone(&state), request, next)));
        let app = test::init_service(app).await;
        for (path, kind, policy) in [
            ("/panics", "text/html; charset=utf-8", "default-src 'none'; style-src 'self'"),
            ("/api/panics", "application/problem+json", "default-src 'none'; frame-ancestors"),
        ] {
            let request = test::TestRequest::get().uri(path).to_request();
            let error = test::try_call_service(&app, request).await.err().unwrap();
            let answer = error.error_response();
            assert_eq!(answer.status(), 500);
            assert_eq!(answer.headers().get("content-type").unwrap(), kind);
            let sent = answer.headers().get("content-security-policy").unwrap();
            assert!(sent.to_str().unwrap().starts_with(policy), "{sent:?}");
            let body = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
            assert!(!String::from_utf8_lossy(&body).contains("hunter2"));
        }
        let request = test::TestRequest::get().uri("/fine").to_request();
        assert!(test::call_service(&app, request).await.status().is_success());
    }
}
