//! Every way in which a request can fail, with its status and message.
//!
//! Programs get RFC 9457 `application/problem+json`, browsers a page, both in the language that `Accept-Language` asks
//! for, else in the site's ([`crate::http`] decides which). Internal errors are logged once, where they become a
//! [`Problem`], and never sent to clients.

use std::{fmt, time::Duration};

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use candor_api::ProblemDocument;
use candor_content::language::{Language, Value};
use candor_core::Refusal;
use candor_integrations::alert_source::UnreadableAlert;
use candor_store::{StoreError, StoreErrorKind};
use candor_telemetry::Throttle;

/// When to retry what the database couldn't save, in seconds.
const STORE_RETRY_SECONDS: u64 = 5;

/// Why a request failed.
#[derive(Debug, Clone)]
pub(crate) enum Problem {
    NotFound,
    /// A link out of a mail that is wrong, or whose subscription is gone.
    DeadLink,
    MethodNotAllowed {
        allow: &'static str,
    },
    /// A form that another site submitted.
    CrossSite,
    /// The secret is missing or wrong.
    Unauthorized,
    BadSignature,
    WrongContentType {
        wanted: &'static str,
    },
    UnknownEncoding(String),
    TooLarge {
        limit: usize,
    },
    TooSlow,
    /// The body can't be read; the message that says why.
    Malformed(&'static str),
    BadParameter(ParameterError),
    Unreadable(UnreadableAlert),
    TooMany {
        wait: Duration,
    },
    TooManyViewers {
        wait: Duration,
    },
    Refused(Refusal),
    /// The request's id was used for another one.
    Conflict,
    /// Nothing can be saved now, and why.
    Unavailable(&'static str),
    /// The log hasn't been read.
    NotReady,
    /// Too many ask for past pages.
    Busy,
    Internal,
}

/// What is wrong with a parameter of the query.
#[derive(Debug, Clone)]
pub(crate) struct ParameterError {
    pub(crate) name: String,
    pub(crate) fault: ParameterFault,
}

/// See [`ParameterError`].
#[derive(Debug, Clone)]
pub(crate) enum ParameterFault {
    Repeated,
    NotANumber { least: String, most: String },
    NotAWord(String),
    NotATime,
    Unknown { known: &'static str },
}

impl Problem {
    /// The problem for a bare status that a library answered.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::REQUEST_TIMEOUT => Self::TooSlow,
            status if status.is_server_error() => Self::Internal,
            _ => Self::Malformed("problem-unintelligible"),
        }
    }

    /// A few words that are the same for every problem of this kind, and a sentence (`locales/*/problem.ftl`).
    pub(crate) fn words(&self, language: Language) -> (String, String) {
        let say = |id: &str| language.say(id);
        let with =
            |id: &str, name: &str, value: &str| language.say_with(id, &[(name, value.into())]);
        let (title, sentence) = match self {
            Self::NotFound => ("problem-not-found", say("problem-not-found-why")),
            Self::DeadLink => ("problem-dead-link", say("problem-dead-link-why")),
            Self::MethodNotAllowed { allow } => {
                ("problem-method", with("problem-method-why", "allow", allow))
            }
            Self::CrossSite => ("problem-cross-site", say("problem-cross-site-why")),
            Self::Unauthorized => ("problem-unauthorized", say("problem-wrong-secret")),
            Self::BadSignature => ("problem-unauthorized", say("problem-wrong-signature")),
            Self::WrongContentType { wanted } => {
                ("problem-content-type", with("problem-content-type-why", "wanted", wanted))
            }
            Self::UnknownEncoding(encoding) => {
                let encoding = format!("{encoding:?}");
                ("problem-encoding", with("problem-encoding-why", "encoding", &encoding))
            }
            Self::TooLarge { limit } => {
                let limit = limit.to_string();
                ("problem-too-large", with("problem-too-large-why", "limit", &limit))
            }
            Self::TooSlow => ("problem-timeout", say("problem-timeout-why")),
            Self::Malformed(why) => ("problem-bad-request", say(why)),
            Self::BadParameter(error) => ("problem-bad-request", error.sentence(language)),
            Self::Unreadable(error) => {
                let error = error.to_string();
                ("problem-bad-request", with("problem-alert-unreadable", "error", &error))
            }
            Self::TooMany { wait } => {
                let seconds = usize::try_from(wait.as_secs().max(1)).unwrap_or(usize::MAX);
                let values = [("seconds", seconds.into())];
                ("problem-too-many", language.say_with("problem-too-many-why", &values))
            }
            Self::TooManyViewers { .. } => {
                ("problem-too-many-viewers", say("problem-too-many-viewers-why"))
            }
            Self::Refused(refusal) => {
                let error = refusal.to_string();
                ("problem-refused", with("problem-refused-why", "error", &error))
            }
            Self::Conflict => ("problem-conflict", say("problem-conflict-why")),
            Self::Unavailable(error) => {
                ("problem-unavailable", with("problem-unavailable-because", "error", error))
            }
            Self::NotReady => ("problem-not-ready", say("problem-not-ready-why")),
            Self::Busy => ("problem-busy", say("problem-busy-why")),
            Self::Internal => ("problem-internal", say("problem-internal-why")),
        };
        (say(title), sentence)
    }

    /// The answer for programs.
    pub(crate) fn document(&self, language: Language) -> HttpResponse {
        let (title, detail) = self.words(language);
        let document =
            ProblemDocument { title: &title, status: self.status_code().as_u16(), detail };
        self.answer()
            .insert_header((header::CONTENT_TYPE, "application/problem+json"))
            .insert_header((header::CONTENT_LANGUAGE, language.tag()))
            .body(serde_json::to_string(&document).unwrap_or_default())
    }

    fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooMany { wait } | Self::TooManyViewers { wait } => Some(wait.as_secs().max(1)),
            Self::Unavailable(_) | Self::NotReady | Self::Busy => Some(STORE_RETRY_SECONDS),
            Self::NotFound
            | Self::DeadLink
            | Self::CrossSite
            | Self::MethodNotAllowed { .. }
            | Self::Unauthorized
            | Self::BadSignature
            | Self::WrongContentType { .. }
            | Self::UnknownEncoding(_)
            | Self::TooLarge { .. }
            | Self::TooSlow
            | Self::Malformed(_)
            | Self::BadParameter(_)
            | Self::Unreadable(_)
            | Self::Refused(_)
            | Self::Conflict
            | Self::Internal => None,
        }
    }

    /// The outcome for the metrics.
    pub(crate) fn outcome(&self) -> &'static str {
        match self {
            Self::Unauthorized | Self::BadSignature => "unauthorized",
            Self::Refused(_) | Self::Conflict => "refused",
            Self::Unavailable(_)
            | Self::NotReady
            | Self::Busy
            | Self::Internal
            | Self::TooMany { .. }
            | Self::TooManyViewers { .. } => "unavailable",
            Self::NotFound
            | Self::DeadLink
            | Self::CrossSite
            | Self::MethodNotAllowed { .. }
            | Self::WrongContentType { .. }
            | Self::UnknownEncoding(_)
            | Self::TooLarge { .. }
            | Self::TooSlow
            | Self::Malformed(_)
            | Self::BadParameter(_)
            | Self::Unreadable(_) => "malformed",
        }
    }

    /// The answer without a body: status and headers. The body depends on the client.
    pub(crate) fn answer(&self) -> actix_web::HttpResponseBuilder {
        let mut answer = HttpResponse::build(self.status_code());
        answer.insert_header((header::VARY, "Accept-Language"));
        let cache = if matches!(self, Self::NotFound) { "public, max-age=10" } else { "no-store" };
        answer.insert_header((header::CACHE_CONTROL, cache));
        if let Some(seconds) = self.retry_after() {
            answer.insert_header((header::RETRY_AFTER, seconds));
        }
        if let Self::MethodNotAllowed { allow } = self {
            answer.insert_header((header::ALLOW, *allow));
        }
        if matches!(self, Self::UnknownEncoding(_)) {
            answer.insert_header((header::ACCEPT_ENCODING, "gzip, deflate"));
        }
        if matches!(self, Self::Unauthorized) {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"candor\""));
            // Some alert sources give their password only when they are asked for it in this way.
            answer.append_header((header::WWW_AUTHENTICATE, "Basic realm=\"candor\""));
        }
        if matches!(self, Self::BadSignature) {
            answer.insert_header((header::WWW_AUTHENTICATE, "Signature realm=\"candor\""));
        }
        answer
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::DeadLink | Self::Refused(Refusal::NoSuchIncident(_)) => {
                StatusCode::NOT_FOUND
            }
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorized | Self::BadSignature => StatusCode::UNAUTHORIZED,
            Self::WrongContentType { .. } | Self::UnknownEncoding(_) => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Malformed(_) | Self::BadParameter(_) | Self::Unreadable(_) => {
                StatusCode::BAD_REQUEST
            }
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::CrossSite | Self::Refused(Refusal::NobodyNamed) => StatusCode::FORBIDDEN,
            Self::Refused(
                Refusal::NotDeclarable(_)
                | Refusal::HasNoEnd(_)
                | Refusal::NotAnUpdateStatus(_)
                | Refusal::EndsBeforeItBegins
                | Refusal::InTheFuture
                | Refusal::WindowIsOver
                | Refusal::NoText,
            ) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict
            | Self::Refused(
                Refusal::Already { .. }
                | Refusal::NotSuspected { .. }
                | Refusal::SamePerson { .. }
                | Refusal::NotDismissed { .. }
                | Refusal::NotConfirmed { .. }
                | Refusal::NotStarted { .. }
                | Refusal::NotOver { .. }
                | Refusal::WasDismissed { .. }
                | Refusal::UnderWay { .. }
                | Refusal::NotPlannedMaintenance { .. }
                | Refusal::StaysMaintenance { .. }
                | Refusal::Canceled { .. }
                | Refusal::NotMaintenance { .. }
                | Refusal::NoSuchUpdate { .. }
                | Refusal::NothingToChange,
            ) => StatusCode::CONFLICT,
            Self::Unavailable(_) | Self::NotReady | Self::Busy | Self::TooManyViewers { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Without a body: who asked, and in which language, is known to the middleware, which fills it in.
    fn error_response(&self) -> HttpResponse {
        let mut answer = self.answer().finish();
        answer.extensions_mut().insert(self.clone());
        answer
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Language::ENGLISH).1)
    }
}

impl ParameterError {
    fn sentence(&self, language: Language) -> String {
        let name = format!("{:?}", self.name);
        let name = ("name", Value::from(&name));
        match &self.fault {
            ParameterFault::Repeated => language.say_with("problem-parameter-repeated", &[name]),
            ParameterFault::NotANumber { least, most } => language.say_with(
                "problem-parameter-number",
                &[name, ("least", least.into()), ("most", most.into())],
            ),
            ParameterFault::NotAWord(error) => {
                language.say_with("problem-parameter-words", &[name, ("error", error.into())])
            }
            ParameterFault::NotATime => language.say_with("problem-parameter-time", &[name]),
            ParameterFault::Unknown { known } => {
                language.say_with("problem-parameter-unknown", &[name, ("known", (*known).into())])
            }
        }
    }
}

impl From<UnreadableAlert> for Problem {
    fn from(unreadable: UnreadableAlert) -> Self {
        Self::Unreadable(unreadable)
    }
}

impl From<StoreError> for Problem {
    /// Only failures that may pass answer "try again". A duplicate is the client's fault; a value that can't be decoded
    /// is ours.
    fn from(error: StoreError) -> Self {
        static LOGGED: Throttle = Throttle::new();
        if let Some(count) = LOGGED.due() {
            tracing::error!(error = %error.chain(), count, "the store failed to execute a request");
        }
        if error.is_transient() {
            Self::Unavailable(error.public_reason())
        } else if error.kind() == StoreErrorKind::Duplicate {
            Self::Conflict
        } else {
            Self::Internal
        }
    }
}
