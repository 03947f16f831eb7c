//! Requests from Slack: clicks, forms, commands, and events about our app.
//!
//! One route receives everything that Slack sends; Socket Mode brings the same over a connection that we open. Both end
//! at the [`SlackHandler`]. A 2xx, or an acknowledgment, is sent only after the log has committed what the person asked
//! for. Replies to that person alone (a form, a sentence, their home tab) follow in the background: Slack waits for an
//! answer at most three seconds, and Slack's own failures must not hold up an incident.

mod access;
mod background;
mod button;
mod command;
mod event;
mod form;
mod handler;
mod people;
mod reply;
mod socket;

use std::{pin::Pin, sync::Arc, time::Duration};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{self, HeaderName},
    web::Data,
};
use candor_core::ErrorChain;
use candor_integrations::slack::{
    inbound::{self, Inbound},
    signature::{self, SIGNATURE_HEADER, TIMESTAMP_HEADER},
};
use candor_telemetry::Throttle;
use jiff::Timestamp;
use metrics::counter;

use crate::{http::body, problem::Problem};

pub(crate) use handler::SlackHandler;
use handler::SlackReply;
pub(crate) use socket::run as run_socket;

/// The source of these commands in the log, and the name of the chat channel.
const SOURCE: &str = "slack";
/// The largest body, in bytes.
const BODY_LIMIT: usize = 1024 * 1024;
/// How long Slack may take to send the body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// The largest body of a certificate check, in bytes.
const SSL_CHECK_LIMIT: usize = 1024;

/// Receives everything that Slack sends.
pub(crate) async fn receive(request: VerifiedRequest) -> Result<HttpResponse, Problem> {
    let VerifiedRequest { handler, inbound } = request;
    let reply = handler.receive(inbound).await.map_err(Problem::from)?;
    Ok(answer(reply))
}

fn answer(reply: SlackReply) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    match reply.body {
        Some(body) => answer.json(body),
        None => answer.finish(),
    }
}

/// Counts a request by kind and outcome.
fn count(kind: &'static str, outcome: &'static str) {
    counter!("candor_slack_requests_total", "kind" => kind, "outcome" => outcome).increment(1);
}

/// A request with a valid signature.
pub(crate) struct VerifiedRequest {
    handler: Arc<SlackHandler>,
    inbound: Inbound,
}

impl FromRequest for VerifiedRequest {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let handler = handler(&request)?;
            let read = read(&handler, &request, payload).await;
            let inbound = read.inspect_err(|problem| count("other", problem.outcome()))?;
            Ok(Self { handler, inbound })
        })
    }
}

/// The handler, if requests can be verified; without a signing secret this route answers 404.
fn handler(request: &HttpRequest) -> Result<Arc<SlackHandler>, Problem> {
    let handler = request.app_data::<Data<SlackHandler>>();
    let handler = handler.filter(|handler| handler.settings.signing_secret.is_some());
    handler.map(|handler| Data::clone(handler).into_inner()).ok_or(Problem::NotFound)
}

/// Reads a request. Nothing is parsed before the signature is verified, except for a bare certificate check, which
/// Slack doesn't sign and which has no effect.
async fn read(
    handler: &SlackHandler,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Inbound, Problem> {
    let body = tokio::time::timeout(BODY_TIMEOUT, body::read(payload, BODY_LIMIT))
        .await
        .map_err(|_elapsed| Problem::TooSlow)??;
    let content_type = text(request, &header::CONTENT_TYPE);
    if let Err(problem) = verify(handler, request, &body) {
        let only_looks = body.len() <= SSL_CHECK_LIMIT
            && matches!(inbound::read(content_type, &body), Ok(Inbound::SslCheck));
        return if only_looks { Ok(Inbound::SslCheck) } else { Err(problem) };
    }
    let body = body::decoded(request.headers(), body, BODY_LIMIT)?;
    inbound::read(content_type, &body)
        .map_err(|_unreadable| Problem::Malformed("problem-body-not-json-or-form"))
}

fn verify(handler: &SlackHandler, request: &HttpRequest, body: &[u8]) -> Result<(), Problem> {
    let secrets = handler.settings.signing_secret.as_ref().ok_or(Problem::NotFound)?;
    // Read each time, so that a rotated secret works at once.
    let secrets = secrets.current().map_err(|error| {
        let error = ErrorChain(&error);
        tracing::error!(source = SOURCE, %error, "signatures can't be verified");
        Problem::Unavailable("Slack’s signing secret can’t be read")
    })?;
    let (timestamp, signature) =
        (HeaderName::from_static(TIMESTAMP_HEADER), HeaderName::from_static(SIGNATURE_HEADER));
    let (timestamp, signature) = (text(request, &timestamp), text(request, &signature));
    signature::verify(&secrets, timestamp, signature, body, Timestamp::now()).map_err(|why| {
        static LOGGED: Throttle = Throttle::new();
        if let Some(count) = LOGGED.due() {
            tracing::warn!(source = SOURCE, count, %why, "a request was rejected: bad signature");
        }
        Problem::BadSignature
    })
}

fn text<'a>(request: &'a HttpRequest, name: &HeaderName) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}
