//! The webhooks of alert sources. A 2xx is sent only after all alerts of the call are durable in the log.

use std::{pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::{
        Method,
        header::{self, HeaderMap},
    },
    web::Data,
};
use candor_api::HookReceipt;
use candor_integrations::alert_source::{AlertBody, AlertSource, SOURCES, Signal, UnreadableAlert};
use candor_store::{AppendOutcome, AppendRequest};
use candor_telemetry::Throttle;
use data_encoding::BASE64;
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
/// The header for a secret where `Authorization` can't be set.
const SECRET_HEADER: &str = "x-candor-secret";
/// What a call whose source isn't known yet is counted as.
const UNKNOWN: &str = "unknown";
/// The methods of a call. GET is for sources that can do nothing else, and needs a query.
const METHODS: &str = "GET, POST, PUT";

/// How much of a call that can't be read is kept, in bytes.
const MAX_KEPT: usize = 64 * 1024;

/// Receives the alerts of one call.
pub(crate) async fn receive(web: Data<Web>, call: AlertCall) -> Result<HttpResponse, Problem> {
    let (source, signals) = match call {
        AlertCall::Read { source, signals } => (source, signals),
        AlertCall::Unread { source, body, error } => {
            return keep(&web, source, &body, error).await;
        }
    };
    if signals.is_empty() {
        tracing::info!(source = source.name, "a call about no alert");
        count(source.name, "ignored");
        return Ok(HttpResponse::Ok().json(receipt("ignored", None)));
    }
    let actions: Vec<_> = signals.iter().map(|signal| signal.action.clone()).collect();
    let requests = signals.into_iter().map(|signal| request(source, signal)).collect();
    let outcomes = web.store.execute_all(requests).await.map_err(Problem::from);
    let outcomes = outcomes.inspect_err(|problem| count(source.name, problem.outcome()))?;
    answer(source, &actions, outcomes)
}

/// Keeps a call that can't be read, for a person to look at. Its sender learns what is wrong; at the address for all
/// sources, that is no error.
async fn keep(
    web: &Web,
    source: &'static str,
    body: &AlertBody,
    error: UnreadableAlert,
) -> Result<HttpResponse, Problem> {
    static LOGGED: Throttle = Throttle::new();
    if let Some(count) = LOGGED.due() {
        tracing::warn!(source, count, %error, "an alert can't be read; `candor source unread` shows it");
    }
    let problem = Problem::from(error);
    let kept = web
        .store
        .keep_unread_alert(source, error.to_string(), body.without_secrets(MAX_KEPT))
        .await
        .map_err(Problem::from)
        .inspect_err(|problem| count(source, problem.outcome()));
    kept?;
    count(source, problem.outcome());
    match error {
        UnreadableAlert::UnknownSource => Ok(HttpResponse::Accepted().json(receipt("kept", None))),
        UnreadableAlert::NotJson | UnreadableAlert::NotAnObject | UnreadableAlert::NoAlertId(_) => {
            Err(problem)
        }
    }
}

fn receipt(outcome: &str, seq: Option<u64>) -> HookReceipt {
    HookReceipt { outcome: outcome.to_owned(), seq }
}

fn count(source: &'static str, outcome: &'static str) {
    counter!("candor_alert_intake_total", "source" => source, "outcome" => outcome).increment(1);
}

/// A call from an authorized sender.
pub(crate) enum AlertCall {
    Read {
        source: &'static AlertSource,
        signals: Vec<Signal>,
    },
    /// The source is known if its own address was called.
    Unread {
        source: &'static str,
        body: AlertBody,
        error: UnreadableAlert,
    },
}

impl FromRequest for AlertCall {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    /// Checks secret, method, content type, length and body, in this order, so that strangers learn nothing.
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let hook = HookPath::of(request.path()).ok_or(Problem::NotFound)?;
            let named = hook.source.map_or(UNKNOWN, |source| source.name);
            let body = body(&hook, &request, payload).await;
            let body = body.inspect_err(|problem| count(named, problem.outcome()))?;
            let agent = request.headers().get(header::USER_AGENT);
            let agent = agent.and_then(|agent| agent.to_str().ok());
            let source = hook.source.or_else(|| AlertSource::of_call(agent, &body));
            let named = source.map_or(UNKNOWN, |source| source.name);
            let signals = source.ok_or(UnreadableAlert::UnknownSource);
            let web = request.app_data::<Data<Web>>().ok_or(Problem::Internal)?;
            let rules = &web.settings.alert_rules;
            let signals = signals.and_then(|source| Ok((source, source.read(&body, rules)?)));
            match signals {
                Ok((source, signals)) => Ok(Self::Read { source, signals }),
                Err(error) => Ok(Self::Unread { source: named, body, error }),
            }
        })
    }
}

/// What the call says, whatever form it has.
async fn body(
    hook: &HookPath<'_>,
    request: &HttpRequest,
    payload: Payload,
) -> Result<AlertBody, Problem> {
    let web = request.app_data::<Data<Web>>().ok_or(Problem::Internal)?;
    let carries_secret = is_authorized(&web.settings, request.path(), request.headers());
    let signature = hook.signature(request.headers());
    if !carries_secret && signature.is_none() {
        return Err(rejected(hook));
    }
    if carries_secret && request.method() == Method::GET && !request.query_string().is_empty() {
        return Ok(AlertBody::of_form(request.query_string().as_bytes()));
    }
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return Err(Problem::MethodNotAllowed { allow: METHODS });
    }
    let read = form(request.headers())?;
    let body = tokio::time::timeout(BODY_TIMEOUT, body::read(payload, BODY_LIMIT))
        .await
        .map_err(|_elapsed| Problem::TooSlow)??;
    let has_signed = |header| SenderSecret::has_signed(&body, header, &web.settings.alert_secrets);
    if !carries_secret && !signature.is_some_and(has_signed) {
        return Err(rejected(hook));
    }
    // Some sources post what they have to say in the query, and nothing else. No signature covers that.
    if carries_secret && body.is_empty() && !request.query_string().is_empty() {
        return Ok(AlertBody::of_form(request.query_string().as_bytes()));
    }
    Ok(read(&body::decoded(request.headers(), body, BODY_LIMIT)?))
}

/// How a body of this content type is read. JSON comes as text, too, and without any type.
fn form(headers: &HeaderMap) -> Result<fn(&[u8]) -> AlertBody, Problem> {
    let given = headers.get(header::CONTENT_TYPE).map(|given| given.to_str().unwrap_or_default());
    let essence = given.unwrap_or("text/json").split(';').next().unwrap_or_default().trim();
    match essence.to_ascii_lowercase().as_str() {
        "application/json" | "text/json" | "text/plain" => Ok(AlertBody::of_json),
        "application/x-www-form-urlencoded" => Ok(AlertBody::of_form),
        other if other.starts_with("application/") && other.ends_with("+json") => {
            Ok(AlertBody::of_json)
        }
        _ => Err(Problem::WrongContentType { wanted: "application/json" }),
    }
}

fn rejected(hook: &HookPath<'_>) -> Problem {
    static LOGGED: Throttle = Throttle::new();
    if let Some(count) = LOGGED.due() {
        let source = hook.source.map_or(UNKNOWN, |source| source.name);
        tracing::warn!(source, count, "an alert was rejected: the secret is missing or wrong");
    }
    Problem::Unauthorized
}

/// A path of a webhook, undecoded.
struct HookPath<'a> {
    /// None at the address for all sources.
    source: Option<&'static AlertSource>,
    /// What follows: nothing, or a secret.
    secret: &'a str,
}

impl<'a> HookPath<'a> {
    fn of(path: &'a str) -> Option<Self> {
        let rest = path.strip_prefix("/integrations/")?;
        let (first, rest) = rest.split_once('/').unwrap_or((rest, ""));
        if first == "hook" {
            return Some(Self { source: None, secret: rest });
        }
        let source = AlertSource::named(first)?;
        let (hook, secret) = rest.split_once('/').unwrap_or((rest, ""));
        (hook == "hook").then_some(Self { source: Some(source), secret })
    }

    /// The header with a signature, of a source that can sign and may call here.
    fn signature(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        let may_call =
            |source: &&AlertSource| self.source.is_none_or(|one| one.name == source.name);
        let names = SOURCES.iter().filter(may_call).filter_map(|source| source.signature);
        names.filter_map(|name| headers.get(name)?.to_str().ok()).next()
    }
}

/// Whether the request to `path` (undecoded) carries the secret: in a header, which is better, or at the end of the path,
/// where it is percent-encoded once.
pub(crate) fn is_authorized(settings: &WebSettings, path: &str, headers: &HeaderMap) -> bool {
    let in_path = HookPath::of(path).map(|hook| hook.secret).filter(|secret| !secret.is_empty());
    let in_path = in_path.map(|secret| percent_decode_str(secret).collect());
    let in_header = || Some(headers.get(SECRET_HEADER)?.as_bytes().trim_ascii().to_vec());
    let given: Vec<u8> =
        in_path.or_else(in_header).or_else(|| authorization(headers)).unwrap_or_default();
    // Many programs encode headers in ISO 8859-1.
    let as_latin: String = given.iter().map(|byte| char::from(*byte)).collect();
    let active = &settings.alert_secrets;
    SenderSecret::is_one_of(&given, active) | SenderSecret::is_one_of(as_latin.as_bytes(), active)
}

/// The secret in `Authorization`: after `Bearer`, or the password of `Basic`. These are bytes, because a secret may hold any
/// characters, and headers have no defined encoding.
fn authorization(headers: &HeaderMap) -> Option<Vec<u8>> {
    let value = headers.get(header::AUTHORIZATION)?.as_bytes();
    let (scheme, secret) = value.split_at_checked(value.iter().position(|byte| *byte == b' ')?)?;
    let secret = secret.trim_ascii();
    if scheme.eq_ignore_ascii_case(b"basic") {
        let pair = BASE64.decode(secret).ok()?;
        let colon = pair.iter().position(|byte| *byte == b':')?;
        return Some(pair.get(colon + 1..)?.to_vec());
    }
    scheme.eq_ignore_ascii_case(b"bearer").then(|| secret.to_vec())
}

/// The path of the webhook of a source, or of all of them, with `secret` at its end.
#[must_use]
pub fn webhook_path(source: Option<&AlertSource>, secret: &str) -> String {
    let secret = utf8_percent_encode(secret, SECRET_IN_PATH);
    match source {
        Some(source) => format!("/integrations/{}/hook/{secret}", source.name),
        None => format!("/integrations/hook/{secret}"),
    }
}

/// The sender's clock is ignored: an alert counts from when we received it.
fn request(source: &AlertSource, signal: Signal) -> AppendRequest {
    AppendRequest {
        source_key: signal.source_key,
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
                count(source.name, outcome);
                if outcome == "appended" || accepted.is_none() {
                    accepted = Some((outcome, seq));
                }
            }
            Err(refused) => {
                count(source.name, refused.outcome());
                problem = refused;
            }
        }
    }
    let (outcome, seq) = accepted.ok_or(problem)?;
    Ok(HttpResponse::Ok().json(receipt(outcome, Some(seq))))
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
