//! Calls to Slack's Web API, and how they fail.
//!
//! A call is tried once: the caller decides by the [`ErrorClass`] of the error whether to try again. Waiting
//! between calls (one message a second and channel) is the caller's business, too, since it concerns all processes.

mod channels;
mod error;
mod lookup;
mod messages;
mod views;

use std::fmt;

use reqwest::{Client, Url, header::HeaderMap};
use serde_json::Value;

pub use channels::ChannelInfo;
pub use error::{ApiError, ErrorClass};
pub use lookup::FoundMessage;
pub use messages::{MessageRef, PostMessage};
pub use views::OpenedView;

use super::SlackSettings;
use crate::{
    Credential,
    http::{self, HttpSetupError},
    json,
};

/// The most pages that are read of a list.
const MAX_PAGES: usize = 50;

/// Why Slack can't be called with these settings.
#[derive(Debug, thiserror::Error)]
pub enum InvalidApi {
    /// The address of the Web API can't be parsed.
    #[error("Slack's API address is not a URL; it should look like https://slack.com/api/")]
    NotUrl(#[source] url::ParseError),
    /// The token would be sent in clear over a network.
    #[error("Slack's API address must begin with https:// (or be on this machine)")]
    Insecure,
    /// The address has parts that a base address can't have.
    #[error("Slack's API address must have no query, no fragment and no user")]
    NotBase,
    /// The HTTP client can't be set up.
    #[error(transparent)]
    Setup(#[from] HttpSetupError),
}

/// Slack's Web API, as one bot.
#[derive(Clone)]
pub struct Api {
    client: Client,
    base: Url,
    token: Credential,
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api").finish_non_exhaustive()
    }
}

/// The bot's identity in Slack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The workspace's id.
    pub team: String,
    /// The workspace's name.
    pub team_name: String,
    /// The id of the organization that the workspace belongs to (Enterprise Grid).
    pub organization: Option<String>,
    /// The bot's user id.
    pub user: String,
    /// The bot's id.
    pub bot: Option<String>,
    /// The workspace's address.
    pub url: String,
    /// What the token may do.
    pub scopes: Vec<String>,
}

/// What a call sends.
enum Arguments<'a> {
    /// JSON, by POST: for whatever has structure.
    Json(Value),
    /// Query parameters, by GET: for the methods that take no JSON, all of which only read.
    Query(&'a [(&'a str, &'a str)]),
    /// Nothing, by POST.
    None,
}

/// The response.
struct SlackResponse {
    body: Value,
    headers: HeaderMap,
}

impl Api {
    /// A client for the workspace that the settings' token is for. Nothing is sent yet.
    ///
    /// # Errors
    /// The API's address can't be used, or the HTTP client can't be set up.
    pub fn new(settings: &SlackSettings) -> Result<Self, InvalidApi> {
        let mut base = Url::parse(settings.api_url.trim()).map_err(InvalidApi::NotUrl)?;
        if !http::is_safe(&base) {
            return Err(InvalidApi::Insecure);
        }
        if base.query().is_some() || base.fragment().is_some() || !base.username().is_empty() {
            return Err(InvalidApi::NotBase);
        }
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Ok(Self { client: http::client(&base)?, base, token: settings.bot_token.clone() })
    }

    /// The bot's identity and scopes.
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn auth_test(&self) -> Result<Identity, ApiError> {
        let SlackResponse { body, headers } =
            self.call("auth.test", &self.token, Arguments::None, false).await?;
        let text = |name| string(&body, name).unwrap_or_default();
        let scopes = headers.get("x-oauth-scopes").and_then(|scopes| scopes.to_str().ok());
        let scopes = scopes.unwrap_or_default().split(',').map(str::trim);
        Ok(Identity {
            team: text("team_id"),
            team_name: text("team"),
            organization: string(&body, "enterprise_id"),
            user: text("user_id"),
            bot: string(&body, "bot_id"),
            url: text("url"),
            scopes: scopes.filter(|scope| !scope.is_empty()).map(str::to_owned).collect(),
        })
    }

    /// A new connection for Socket Mode: an address that is good for one use. `app_token` is the app's (`xapp-…`).
    ///
    /// # Errors
    /// Slack says no, or nothing.
    pub async fn open_connection(&self, app_token: &Credential) -> Result<String, ApiError> {
        let answer = self.call("apps.connections.open", app_token, Arguments::None, false).await?;
        let unreadable = || ApiError::new(ErrorClass::NotSent, "unreadable_answer");
        let url = string(&answer.body, "url").ok_or_else(unreadable)?;
        let parsed = Url::parse(&url).map_err(|_wrong| unreadable())?;
        let in_clear =
            parsed.scheme() == "ws" && http::is_loopback(&parsed) && http::is_loopback(&self.base);
        if parsed.scheme() == "wss" || in_clear { Ok(url) } else { Err(unreadable()) }
    }

    /// Calls a method that changes something.
    async fn change(&self, method: &str, arguments: Value) -> Result<Value, ApiError> {
        let arguments = Arguments::Json(arguments);
        Ok(self.call(method, &self.token, arguments, true).await?.body)
    }

    /// Calls a method that only reads.
    async fn ask(&self, method: &str, arguments: &[(&str, &str)]) -> Result<Value, ApiError> {
        let arguments = Arguments::Query(arguments);
        Ok(self.call(method, &self.token, arguments, false).await?.body)
    }

    /// Calls a reading method for page after page, until `enough` says so or there are no more.
    async fn pages(
        &self,
        method: &str,
        arguments: &[(&str, &str)],
        mut enough: impl FnMut(&Value) -> bool,
    ) -> Result<(), ApiError> {
        let mut cursor = String::new();
        for _page in 0..MAX_PAGES {
            let mut arguments = arguments.to_vec();
            if !cursor.is_empty() {
                arguments.push(("cursor", &cursor));
            }
            let page = self.ask(method, &arguments).await?;
            // A page may be empty and not the last one; only an empty cursor says that it is.
            let next = page.pointer("/response_metadata/next_cursor").and_then(Value::as_str);
            let next = next.unwrap_or_default().to_owned();
            if enough(&page) || next.is_empty() {
                break;
            }
            cursor = next;
        }
        Ok(())
    }

    async fn call(
        &self,
        method: &str,
        token: &Credential,
        arguments: Arguments<'_>,
        changes: bool,
    ) -> Result<SlackResponse, ApiError> {
        // Read for each call, so a changed token is used at once.
        let token =
            token.current().map_err(|_none| ApiError::new(ErrorClass::Credentials, "no_token"))?;
        let mut url = self
            .base
            .join(method)
            .map_err(|_wrong| ApiError::new(ErrorClass::OurFault, "invalid_request"))?;
        let request = match arguments {
            Arguments::Json(arguments) => self
                .client
                .post(url)
                .header("content-type", "application/json; charset=utf-8")
                .body(arguments.to_string()),
            Arguments::Query(arguments) => {
                url.query_pairs_mut().extend_pairs(arguments);
                self.client.get(url)
            }
            Arguments::None => self
                .client
                .post(url)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(""),
        };
        let unanswered = |error: reqwest::Error| ApiError::unanswered(&error, changes);
        let response = request.bearer_auth(token).send().await.map_err(unanswered)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = http::body(response).await;
        if status.is_server_error() || status == 429 {
            return Err(ApiError::of_status(status, &headers, changes));
        }
        let body: Option<Value> = json::value(&body.map_err(unanswered)?).ok();
        match body.as_ref().and_then(|body| body.get("ok")).and_then(Value::as_bool) {
            Some(true) if status.is_success() => {
                Ok(SlackResponse { body: body.unwrap_or_default(), headers })
            }
            Some(false) => Err(ApiError::of_answer(&body.unwrap_or_default(), &headers, changes)),
            Some(true) | None => Err(ApiError::of_status(status, &headers, changes)),
        }
    }
}

/// A text that says something.
fn string(value: &Value, field: &str) -> Option<String> {
    value.get(field).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The value that a change must return; without it, it isn't known whether it happened.
fn returned(value: &Value, field: &str) -> Result<String, ApiError> {
    string(value, field).ok_or_else(|| ApiError::new(ErrorClass::Unknown, "unreadable_answer"))
}
