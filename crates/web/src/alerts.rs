//! The webhook of every alert source. A 2xx is sent only after all alerts of the call are durable in the log.

use std::{pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{self, HeaderMap},
    web::Data,
};
use candor_api::HookReceipt;
use candor_integrations::alert_source::{AlertSource, Signal};
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

/// The largest body of a call, in bytes.
const BODY_LIMIT: usize = 1024 * 1024;
/// How long a sender may take to send the body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// The characters that are percent-encoded in a secret: all but the unreserved ones of RFC 3986.
const SECRET_IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Receives the alerts of one call.
pub(crate) async fn receive(
    web: Data<Web>,
    AlertCall { source, signals }: AlertCall,
) -> Result<HttpResponse, Problem> {
    let actions: Vec<_> = signals.iter().map(|signal| signal.action.clone()).collect();
    let requests = signals.into_iter().map(|signal| request(source, signal)).collect();
    let outcomes = web.store.execute_all(requests).await.map_err(Problem::from);
    let outcomes = outcomes.inspect_err(|problem| count(source, problem.outcome()))?;
    answer(source, &actions, outcomes)
}

fn count(source: &AlertSource, outcome: &'static str) {
    counter!("candor_alert_intake_total", "source" => source.name, "outcome" => outcome)
        .increment(1);
}

/// A call from an authorized sender.
pub(crate) struct AlertCall {
    source: &'static AlertSource,
    signals: Vec<Signal>,
}

impl FromRequest for AlertCall {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    /// Checks secret, content type, length and body, in this order, so that strangers learn nothing.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let (source, _) = hook(request.path()).ok_or(Problem::NotFound)?;
            let signals = read(source, &request, payload).await;
            let signals = signals.inspect_err(|problem| count(source, problem.outcome()))?;
            Ok(Self { source, signals })
        })
    }
}

async fn read(
    source: &AlertSource,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Vec<Signal>, Problem> {
    authorize(source, request)?;
    acceptable(request)?;
    let body = tokio::time::timeout(BODY_TIMEOUT, body::read(payload, BODY_LIMIT))
        .await
        .map_err(|_elapsed| Problem::TooSlow)??;
    let body = body::decoded(request.headers(), body, BODY_LIMIT)?;
    let signals = (source.read)(&body).inspect_err(|error| {
        static LOGGED: Throttle = Throttle::new();
        if let Some(count) = LOGGED.due() {
            tracing::warn!(source = source.name, count, %error, "an alert can't be read");
        }
    })?;
    Ok(signals)
}

fn authorize(source: &AlertSource, request: &HttpRequest) -> Result<(), Problem> {
    let web = request.app_data::<Data<Web>>().ok_or(Problem::Internal)?;
    if is_authorized(&web.settings, request.path(), request.headers()) {
        return Ok(());
    }
    static LOGGED: Throttle = Throttle::new();
    if let Some(count) = LOGGED.due() {
        let source = source.name;
        tracing::warn!(source, count, "an alert was rejected: the secret is missing or wrong");
    }
    Err(Problem::Unauthorized)
}

/// The source whose webhook has this path (undecoded), and what follows: nothing, or a slash and a secret.
fn hook(path: &str) -> Option<(&'static AlertSource, &str)> {
    let (name, rest) = path.strip_prefix("/integrations/")?.split_once('/')?;
    Some((AlertSource::named(name)?, rest.strip_prefix("hook")?))
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
    let in_path = hook(path).and_then(|(_, rest)| rest.strip_prefix('/'));
    let in_path = in_path.filter(|secret| !secret.is_empty());
    let in_path = in_path.map(|secret| percent_decode_str(secret).collect());
    let given = in_path.or_else(bearer).unwrap_or_default();
    // Many programs encode headers in ISO 8859-1.
    let as_latin: String = given.iter().map(|byte| char::from(*byte)).collect();
    let active = &settings.alert_secrets;
    SenderSecret::is_one_of(&given, active) | SenderSecret::is_one_of(as_latin.as_bytes(), active)
}

/// The path of a source's webhook with `secret` at its end.
#[must_use]
pub fn webhook_path(source: &str, secret: &str) -> String {
    let secret = utf8_percent_encode(secret, SECRET_IN_PATH);
    format!("/integrations/{source}/hook/{secret}")
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
fn request(source: &AlertSource, signal: Signal) -> AppendRequest {
    AppendRequest {
        source_key: Some(signal.source_key),
        traceparent: candor_telemetry::traceparent(),
        ..AppendRequest::new(signal.command, None, source.name)
    }
}

/// The answer to the whole call. One signal that was accepted answers for all: a source that gets an error sends all of
/// them again, and those that were refused would be refused again.
fn answer(
    source: &AlertSource,
    actions: &[String],
    outcomes: Vec<AppendOutcome>,
) -> Result<HttpResponse, Problem> {
    let (mut accepted, mut problem) = (None, Problem::Internal);
    for (action, outcome) in actions.iter().zip(outcomes) {
        let taken = match outcome {
            AppendOutcome::Appended(events) => {
                Ok(("appended", events.first().map_or(0, |event| event.seq)))
            }
            AppendOutcome::Duplicate { seq } => Ok(("duplicate", seq)),
            AppendOutcome::Conflict { .. } => Err(Problem::Conflict),
            AppendOutcome::Refused(refusal) => Err(Problem::Refused(refusal)),
        };
        match taken {
            Ok((outcome, seq)) => {
                tracing::info!(source = source.name, action, outcome, seq, "alert");
                count(source, outcome);
                if outcome == "appended" || accepted.is_none() {
                    accepted = Some((outcome, seq));
                }
            }
            Err(refused) => {
                count(source, refused.outcome());
                problem = refused;
            }
        }
    }
    let (outcome, seq) = accepted.ok_or(problem)?;
    Ok(HttpResponse::Ok().json(HookReceipt { outcome: outcome.to_owned(), seq }))
}

#[cfg(test)]
mod tests {
    use candor_core::Refusal;

    use super::*;

    #[test]
    fn one_accepted_signal_answers_for_the_whole_call() {
        let source = AlertSource::named("opsgenie").unwrap();
        let actions = ["Create".to_owned(), "Create".to_owned()];
        let refused = || AppendOutcome::Refused(Refusal::NothingToChange);
        for outcomes in [
            vec![refused(), AppendOutcome::Duplicate { seq: 7 }],
            vec![AppendOutcome::Duplicate { seq: 7 }, refused()],
        ] {
            assert_eq!(answer(source, &actions, outcomes).unwrap().status(), 200);
        }
        let problem = answer(source, &actions, vec![refused(), refused()]).unwrap_err();
        assert!(matches!(problem, Problem::Refused(Refusal::NothingToChange)), "{problem}");
    }
}
