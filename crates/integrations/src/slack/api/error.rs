//! Why a call failed, and what that means for the next attempt.

use std::{borrow::Cow, fmt, time::Duration};

use reqwest::{StatusCode, header::HeaderMap};
use serde_json::Value;

/// How long to wait after "too many requests" without a `Retry-After`.
const DEFAULT_WAIT: Duration = Duration::from_secs(30);
/// The longest wait that is believed.
const MAX_WAIT: Duration = Duration::from_secs(3_600);
/// The longest code that is kept, in characters.
const MAX_CODE: usize = 64;

/// What a failure means for the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// Certainly nothing happened, and it may work another time: no connection, or Slack says so.
    NotSent,
    /// It may have happened: no answer, or one that leaves it open.
    Unknown,
    /// Nothing happened; not before [`ApiError::retry_after`].
    RateLimited,
    /// The token is invalid or lacks a scope: an operator has to fix it.
    Credentials,
    /// The Slack channel or the workspace doesn't allow it: an operator has to fix it.
    Configuration,
    /// What we sent is wrong, and will be wrong again.
    OurFault,
    /// What it is about has changed: the message is gone, the trigger used up.
    State,
}

/// Why a call failed. It holds no address, no token and nothing of what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// What it means for the next try.
    pub class: ErrorClass,
    /// Slack's word for it, or ours where Slack said none: `not_in_channel`, `timeout`, `http_503`.
    pub code: String,
    /// It makes no sense to try before this much time has passed.
    pub retry_after: Option<Duration>,
    /// Which scopes the app lacks, for `missing_scope`.
    pub needed: Option<String>,
}

impl ApiError {
    pub(crate) fn new(class: ErrorClass, code: impl Into<String>) -> Self {
        Self { class, code: code.into(), retry_after: None, needed: None }
    }

    /// There was no answer. `changes`: whether the call changes anything, so that not knowing matters.
    pub(crate) fn unanswered(error: &reqwest::Error, changes: bool) -> Self {
        if error.is_connect() {
            return Self::new(ErrorClass::NotSent, "no_connection");
        }
        if error.is_builder() {
            return Self::new(ErrorClass::OurFault, "invalid_request");
        }
        let code = if error.is_timeout() { "timeout" } else { "connection_lost" };
        Self::new(if changes { ErrorClass::Unknown } else { ErrorClass::NotSent }, code)
    }

    /// The answer was a status that isn't Slack's usual 200, or 200 without what belongs to it.
    pub(crate) fn of_status(status: StatusCode, headers: &HeaderMap, changes: bool) -> Self {
        let unsure = if changes { ErrorClass::Unknown } else { ErrorClass::NotSent };
        let class = match status {
            StatusCode::TOO_MANY_REQUESTS => ErrorClass::RateLimited,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ErrorClass::Credentials,
            _ if status.is_server_error() || status.is_success() => unsure,
            _ => ErrorClass::Configuration,
        };
        let code = match status {
            StatusCode::TOO_MANY_REQUESTS => "ratelimited".to_owned(),
            _ if status.is_success() => "unreadable_answer".to_owned(),
            _ => format!("http_{}", status.as_u16()),
        };
        Self { retry_after: wait(class, headers), ..Self::new(class, code) }
    }

    /// The answer was `"ok": false`.
    pub(super) fn of_answer(answer: &Value, headers: &HeaderMap, changes: bool) -> Self {
        let said = answer.get("error").and_then(Value::as_str).unwrap_or("unknown_error");
        let code: String = said
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "_-.:".contains(*c))
            .take(MAX_CODE)
            .collect();
        let class = class_of(&code);
        let class =
            if class == ErrorClass::Unknown && !changes { ErrorClass::NotSent } else { class };
        let needed = answer
            .get("needed")
            .and_then(Value::as_str)
            .map(|needed| needed.chars().filter(|c| !c.is_control()).take(4 * MAX_CODE).collect());
        Self { retry_after: wait(class, headers), needed, ..Self::new(class, code) }
    }
}

/// `Retry-After` in whole seconds, at most an hour; half a minute for "too many requests" without one.
fn wait(class: ErrorClass, headers: &HeaderMap) -> Option<Duration> {
    let given = headers.get("retry-after").and_then(|value| value.to_str().ok());
    let given = given.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
    match class {
        ErrorClass::RateLimited => Some(given.unwrap_or(DEFAULT_WAIT).min(MAX_WAIT)),
        ErrorClass::NotSent | ErrorClass::Unknown => given.map(|wait| wait.min(MAX_WAIT)),
        ErrorClass::Credentials
        | ErrorClass::Configuration
        | ErrorClass::OurFault
        | ErrorClass::State => None,
    }
}

/// What Slack's error code means. An unknown one waits for an operator; nothing is given up because of it.
fn class_of(code: &str) -> ErrorClass {
    match code {
        "ratelimited" | "rate_limited" | "message_limit_exceeded" => ErrorClass::RateLimited,
        // The request was cut short on its way, or the workspace is being moved: nothing was done.
        "request_timeout" | "team_added_to_org" => ErrorClass::NotSent,
        "service_unavailable" | "internal_error" | "fatal_error" => ErrorClass::Unknown,
        "invalid_auth"
        | "not_authed"
        | "token_revoked"
        | "token_expired"
        | "account_inactive"
        | "missing_scope"
        | "not_allowed_token_type"
        | "org_login_required"
        | "ekm_access_denied"
        | "accesslimited"
        | "access_denied"
        | "no_permission"
        | "two_factor_setup_required"
        | "team_access_not_granted"
        | "no_token" => ErrorClass::Credentials,
        "invalid_blocks"
        | "invalid_blocks_format"
        | "msg_too_long"
        | "msg_blocks_too_long"
        | "no_text"
        | "too_many_attachments"
        | "view_too_large"
        | "metadata_too_large"
        | "metadata_must_be_sent_from_app"
        | "invalid_metadata_format"
        | "invalid_metadata_schema"
        | "markdown_text_conflict"
        | "invalid_json"
        | "json_not_object"
        | "invalid_form_data"
        | "invalid_post_type"
        | "missing_post_type"
        | "missing_charset"
        | "invalid_charset"
        | "missing_argument"
        | "invalid_array_arg"
        | "invalid_arg_name"
        | "invalid_arguments"
        | "unknown_method"
        | "duplicate_external_id" => ErrorClass::OurFault,
        "message_not_found"
        | "thread_not_found"
        | "cant_update_message"
        | "cant_delete_message"
        | "edit_window_closed"
        | "cannot_reply_to_message"
        | "cant_broadcast_message"
        | "no_dual_broadcast_content_update"
        | "hash_conflict"
        | "expired_trigger_id"
        | "exchanged_trigger_id"
        | "invalid_trigger_id"
        | "push_limit_reached"
        | "block_mismatch"
        | "user_not_in_channel"
        | "user_not_found"
        | "view_not_found"
        | "not_found"
        | "expired_url"
        | "used_url" => ErrorClass::State,
        _ => ErrorClass::Configuration,
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for ApiError {}

impl ApiError {
    /// One sentence for an operator: what is wrong, and what they can do.
    fn sentence(&self) -> Cow<'static, str> {
        let code = &self.code;
        Cow::Borrowed(match code.as_str() {
            "no_connection" => "it can't be reached",
            "timeout" => "it did not answer in time",
            "connection_lost" => "the connection was lost before it answered",
            "unreadable_answer" => "its answer can't be read",
            "no_token" => "there is no token at the moment: its file is empty or can't be read",
            "invalid_auth" | "not_authed" | "token_revoked" | "token_expired"
            | "account_inactive" => {
                return Cow::Owned(format!(
                    "Slack does not accept the token ({code}); install the app anew and set its token"
                ));
            }
            "missing_scope" => {
                return Cow::Owned(format!(
                    "the Slack app lacks the scope {}; add it under \"OAuth & Permissions\" and install the app anew",
                    self.needed.as_deref().unwrap_or("for this call")
                ));
            }
            "channel_not_found" => {
                "the Slack channel is not there, or it is a private one that the app was not invited to"
            }
            "not_in_channel" => "the app is not in the Slack channel; invite it there",
            "is_archived" => "the Slack channel is archived",
            "expired_trigger_id" | "exchanged_trigger_id" => {
                "that was too slow for Slack; try again"
            }
            _ => return Cow::Owned(self.other()),
        })
    }

    fn other(&self) -> String {
        let code = &self.code;
        match self.class {
            ErrorClass::RateLimited => format!(
                "too many requests at the moment; it asks to wait {} s",
                self.retry_after.unwrap_or(DEFAULT_WAIT).as_secs()
            ),
            ErrorClass::NotSent | ErrorClass::Unknown => {
                format!("it is in trouble at the moment ({code})")
            }
            ErrorClass::Credentials => format!("it does not let the app do this ({code})"),
            ErrorClass::Configuration => format!("it refuses this ({code})"),
            ErrorClass::OurFault => format!("it can't take what was sent ({code})"),
            ErrorClass::State => format!("what this was about has changed there ({code})"),
        }
    }
}
