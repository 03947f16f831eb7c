//! Every way in which a request can fail, with its status and sentence.
//!
//! Programs get RFC 9457 `application/problem+json`; browsers get the same as a page ([`crate::http`] turns one into
//! the other). Internal errors are logged once, where they become a [`Problem`], and never sent to clients.

use std::time::Duration;

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use candor_api::ProblemDocument;
use candor_core::Refusal;
use candor_integrations::alert_source::UnreadableAlert;
use candor_store::{StoreError, StoreErrorKind};
use candor_telemetry::Throttle;

/// When to retry what the database couldn't save, in seconds.
const STORE_RETRY_SECONDS: u64 = 5;

/// Why a request failed. The sentences are for the client.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Problem {
    #[error("There is nothing at this address.")]
    NotFound,
    #[error("This link isn’t valid, or no longer is. You can subscribe again at any time.")]
    DeadLink,
    #[error("This address accepts only {allow}.")]
    MethodNotAllowed { allow: &'static str },
    #[error("This form was submitted from another site. Please open it here and submit it again.")]
    CrossSite,
    #[error("The secret is missing or wrong.")]
    Unauthorized,
    #[error("The signature is missing or wrong.")]
    BadSignature,
    #[error("The body must be sent as {wanted}.")]
    WrongContentType { wanted: &'static str },
    #[error(
        "The encoding {0:?} isn’t supported; send the body as it is, or compressed with gzip or deflate."
    )]
    UnknownEncoding(String),
    #[error("The body is larger than {limit} bytes.")]
    TooLarge { limit: usize },
    #[error("The request took too long.")]
    TooSlow,
    #[error("{0}")]
    Malformed(&'static str),
    #[error("{0}")]
    BadParameter(String),
    #[error("The alert can’t be read: {0}.")]
    Unreadable(UnreadableAlert),
    #[error("Too many requests came from your address. Please try again in {} seconds.", .wait.as_secs().max(1))]
    TooMany { wait: Duration },
    #[error(
        "Too many viewers are connected, from your address or in all. Please reload the page every now and then instead."
    )]
    TooManyViewers { wait: Duration },
    #[error("{0}")]
    Refused(Refusal),
    #[error("This request’s id was already used for another request.")]
    Conflict,
    #[error("This can’t be saved at the moment: {0}. Please try again.")]
    Unavailable(&'static str),
    #[error(
        "We can’t read our own log at the moment, so we can’t say how things are. Please try again."
    )]
    NotReady,
    #[error("Too many requests for past pages at the moment. Please try again.")]
    Busy,
    #[error("Something went wrong on our side.")]
    Internal,
}

impl Problem {
    /// The problem for a bare status that a library answered.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge { limit: 0 },
            StatusCode::REQUEST_TIMEOUT => Self::TooSlow,
            status if status.is_server_error() => Self::Internal,
            _ => Self::Malformed("The request can’t be understood."),
        }
    }

    /// A short title, the same for each kind.
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "Not found",
            Self::DeadLink => "This link doesn’t work",
            Self::MethodNotAllowed { .. } => "Method not allowed",
            Self::CrossSite => "Cross-site request",
            Self::Unauthorized | Self::BadSignature => "Unauthorized",
            Self::WrongContentType { .. } => "Wrong content type",
            Self::UnknownEncoding(_) => "Unknown encoding",
            Self::TooLarge { .. } => "Too large",
            Self::TooSlow => "Request timed out",
            Self::Malformed(_) | Self::BadParameter(_) | Self::Unreadable(_) => "Bad request",
            Self::TooMany { .. } => "Too many requests",
            Self::TooManyViewers { .. } => "Too many viewers",
            Self::Refused(_) => "Refused",
            Self::Conflict => "Conflict",
            Self::Unavailable(_) => "Temporarily unavailable",
            Self::NotReady => "Status unknown",
            Self::Busy => "Busy",
            Self::Internal => "Internal error",
        }
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

    fn error_response(&self) -> HttpResponse {
        let document = ProblemDocument {
            title: self.title(),
            status: self.status_code().as_u16(),
            detail: self.to_string(),
        };
        let mut answer = self.answer();
        answer.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        answer.extensions_mut().insert(self.clone());
        answer.body(serde_json::to_string(&document).unwrap_or_default())
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
