//! Alerts from OpsGenie or Jira Service Management.

use std::{pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{self, HeaderMap},
    web::Data,
};
use candor_api::HookReceipt;
use candor_integrations::alert_source::{Signal, opsgenie};
use candor_store::{AppendOutcome, AppendRequest};
use candor_telemetry::Throttle;
use metrics::counter;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::{
    http::body,
    problem::Problem,
    settings::{SenderSecret, WebSettings},
    state::Web,
};

/// The largest body of an alert, in bytes.
const BODY_LIMIT: usize = 1024 * 1024;
/// How long a sender may take to send the body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
const SOURCE: &str = opsgenie::SOURCE;
/// The characters that are percent-encoded in a secret: all but the unreserved ones of RFC 3986.
const SECRET_IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The path of the webhook.
const HOOK_PATH: &str = "/integrations/opsgenie/hook";

/// Receives an alert.
pub(crate) async fn receive(
    web: Data<Web>,
    AlertRequest(signal): AlertRequest,
) -> Result<HttpResponse, Problem> {
    let action = signal.action.clone();
    let answer = web.store.execute(request(signal)).await.map_err(Problem::from);
    let receipt = answer.and_then(|answer| receipt(&action, answer));
    count(match &receipt {
        Ok((outcome, _)) => outcome,
        Err(problem) => problem.outcome(),
    });
    receipt.map(|(_, answer)| answer)
}

fn count(outcome: &'static str) {
    counter!("candor_alert_intake_total", "source" => SOURCE, "outcome" => outcome).increment(1);
}

/// An alert from an authorized sender.
pub(crate) struct AlertRequest(Signal);

impl FromRequest for AlertRequest {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    /// Checks secret, content type, length and body, in this order, so that strangers learn nothing.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let head = authorized(request).and_then(|()| acceptable(request));
        let (request, payload) = (request.clone(), payload.take());
        let intake = async move {
            head?;
            let body = tokio::time::timeout(BODY_TIMEOUT, body::read(payload, BODY_LIMIT))
                .await
                .map_err(|_elapsed| Problem::TooSlow)??;
            let body = body::decoded(request.headers(), body, BODY_LIMIT)?;
            let signal = opsgenie::read(&body).inspect_err(|error| {
                static LOGGED: Throttle = Throttle::new();
                if let Some(count) = LOGGED.due() {
                    tracing::warn!(source = SOURCE, count, %error, "an alert can't be read");
                }
            })?;
            Ok(Self(signal))
        };
        Box::pin(async { intake.await.inspect_err(|problem: &Problem| count(problem.outcome())) })
    }
}

fn authorized(request: &HttpRequest) -> Result<(), Problem> {
    let web = request.app_data::<Data<Web>>().ok_or(Problem::Internal)?;
    if is_authorized(&web.settings, request.path(), request.headers()) {
        return Ok(());
    }
    static LOGGED: Throttle = Throttle::new();
    if let Some(count) = LOGGED.due() {
        tracing::warn!(
            source = SOURCE,
            count,
            "an alert was rejected: the secret is missing or wrong"
        );
    }
    Err(Problem::Unauthorized)
}

/// Whether the request to `path` (undecoded) carries the secret: in the header, which is better, or at the end of the
/// path, where it is percent-encoded once.
pub(crate) fn is_authorized(settings: &WebSettings, path: &str, headers: &HeaderMap) -> bool {
    // Compares bytes: a secret may hold any characters, and headers have no defined encoding.
    let bearer = || {
        let value = headers.get(header::AUTHORIZATION)?.as_bytes();
        let (scheme, secret) =
            value.split_at_checked(value.iter().position(|byte| *byte == b' ')?)?;
        scheme.eq_ignore_ascii_case(b"bearer").then(|| secret.trim_ascii().to_vec())
    };
    let in_path = path.strip_prefix(HOOK_PATH).and_then(|rest| rest.strip_prefix('/'));
    let in_path = in_path.filter(|secret| !secret.is_empty());
    let in_path = in_path.map(|secret| percent_decode_str(secret).collect());
    let given = in_path.or_else(bearer).unwrap_or_default();
    // Many programs encode headers in ISO 8859-1.
    let as_latin: String = given.iter().map(|byte| char::from(*byte)).collect();
    let active = &settings.opsgenie_secrets;
    SenderSecret::is_one_of(&given, active) | SenderSecret::is_one_of(as_latin.as_bytes(), active)
}

/// The path of the webhook with `secret` at its end.
#[must_use]
pub fn webhook_path(secret: &str) -> String {
    format!("{HOOK_PATH}/{}", utf8_percent_encode(secret, SECRET_IN_PATH))
}

fn acceptable(request: &HttpRequest) -> Result<(), Problem> {
    let wanted = "application/json";
    let Some(given) = request.headers().get(header::CONTENT_TYPE) else { return Ok(()) };
    let essence = given.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
    if essence.trim().eq_ignore_ascii_case(wanted) {
        Ok(())
    } else {
        Err(Problem::WrongContentType { wanted })
    }
}

/// The sender's clock is ignored: an alert counts from when we received it.
fn request(signal: Signal) -> AppendRequest {
    AppendRequest {
        source_key: Some(signal.source_key),
        traceparent: candor_telemetry::traceparent(),
        ..AppendRequest::new(signal.command, None, SOURCE)
    }
}

fn receipt(action: &str, answer: AppendOutcome) -> Result<(&'static str, HttpResponse), Problem> {
    let (outcome, seq) = match answer {
        AppendOutcome::Appended(events) => {
            ("appended", events.first().map_or(0, |event| event.seq))
        }
        AppendOutcome::Duplicate { seq } => ("duplicate", seq),
        AppendOutcome::Conflict { .. } => return Err(Problem::Conflict),
        AppendOutcome::Refused(refusal) => return Err(Problem::Refused(refusal)),
    };
    tracing::info!(source = SOURCE, action, outcome, seq, "alert");
    let receipt = HookReceipt { outcome: outcome.to_owned(), seq };
    Ok((outcome, HttpResponse::Ok().json(receipt)))
}
