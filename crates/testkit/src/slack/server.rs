//! The workspace's HTTP side.

use std::{sync::Arc, time::Instant};

use futures::FutureExt as _;
use hyper::{Response, http::response::Builder};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::{Call, FailureMode, WorkspaceState, lock, methods};
use crate::server::{self, HttpReply, HttpRequest, HttpResponse, RawConnection, header, whole};

/// The kind of a call.
enum Target<'a> {
    Method,
    Response(&'a str),
    Webhook(&'a str),
}

/// Answers calls and holds connections.
pub(super) async fn serve(listener: TcpListener, shared: Arc<WorkspaceState>) {
    let reply = move |request: HttpRequest| {
        let path = request.uri().path().trim_start_matches('/');
        let reply = match path.strip_prefix("socket/") {
            Some(ticket) => socket(&shared, ticket, &request),
            None => shared.reply(path, &request),
        };
        shared.changed.send_modify(|version| *version += 1);
        reply
    };
    server::serve(listener, Arc::default(), reply).await;
}

/// Opens a WebSocket for a ticket, which is good for one.
fn socket(shared: &Arc<WorkspaceState>, ticket: &str, request: &HttpRequest) -> HttpReply {
    if !lock(&shared.state).tickets.remove(ticket) {
        return HttpReply::Answer(plain(403, "used up"));
    }
    let key = derive_accept_key(header(request, "sec-websocket-key").as_bytes());
    let head = Response::builder().status(101).header("upgrade", "websocket");
    let head = head.header("connection", "Upgrade").header("sec-websocket-accept", key);
    let shared = shared.clone();
    let hold = move |connection: RawConnection| {
        async move { shared.sockets.hold(connection).await }.boxed()
    };
    HttpReply::Upgrades(whole(head, ""), Box::new(hold))
}

impl WorkspaceState {
    fn reply(&self, path: &str, request: &HttpRequest) -> HttpReply {
        let mut state = lock(&self.state);
        let is_post = request.method() == "POST";
        let (method, target) = match path.split_once('/') {
            Some(("api", method)) => (method, Target::Method),
            Some(("response", id)) if is_post => ("respond", Target::Response(id)),
            Some(("services", rest)) if is_post => {
                ("webhook", Target::Webhook(rest.strip_suffix("/secret").unwrap_or_default()))
            }
            _ => return HttpReply::Answer(plain(404, "not found")),
        };
        let arguments = methods::arguments(method, request);
        let failure = state.failures.of(method);
        let mut answer = None;
        if failure.as_ref().is_none_or(FailureMode::accepts) {
            let bearer = header(request, "authorization").strip_prefix("Bearer ");
            let token = bearer.or_else(|| arguments.get("token")?.as_str()).unwrap_or_default();
            answer = match target {
                Target::Method => Some(state.answer(method, token, &arguments)),
                Target::Response(id) => state.answer_response(id, &arguments),
                Target::Webhook(channel) => Some(state.answer_webhook(channel, &arguments)),
            };
        }
        let scopes = state.scopes.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        state.calls.push(Call {
            at: Instant::now(),
            method: method.to_owned(),
            arguments,
            failure: failure.clone(),
            answer: answer.clone(),
        });
        match (failure, answer) {
            (Some(failure), _) => failure.reply(),
            (None, None) => HttpReply::Answer(plain(404, "used_url")),
            (None, Some(answer)) if method == "webhook" => HttpReply::Answer(in_words(&answer)),
            (None, Some(answer)) => HttpReply::Answer(json(
                Response::builder().header("x-oauth-scopes", scopes),
                &answer,
            )),
        }
    }
}

/// Incoming webhooks answer in words: `ok`, or what is wrong.
fn in_words(answer: &Value) -> HttpResponse {
    let error = answer.get("error").and_then(Value::as_str);
    let status = match error {
        None => 200,
        Some("channel_not_found") => 404,
        Some("is_archived") => 410,
        Some(_) => 400,
    };
    plain(status, error.unwrap_or("ok"))
}

fn json(head: Builder, body: &Value) -> HttpResponse {
    whole(head.header("content-type", "application/json; charset=utf-8"), body.to_string())
}

fn plain(status: u16, body: &str) -> HttpResponse {
    let head = Response::builder().status(status);
    whole(head.header("content-type", "text/plain; charset=utf-8"), body.to_owned())
}

impl FailureMode {
    fn reply(self) -> HttpReply {
        let refused = |head, code| json(head, &json!({ "ok": false, "error": code }));
        match self {
            Self::RateLimited(seconds) => {
                let head = Response::builder().status(429).header("Retry-After", seconds);
                HttpReply::Answer(refused(head, "ratelimited"))
            }
            Self::Status(status) | Self::StatusAfterAccepting(status) => {
                HttpReply::Answer(plain(status, "trouble"))
            }
            Self::Error(code) => HttpReply::Answer(refused(Response::builder(), code)),
            Self::Hangs | Self::HangsAfterAccepting => HttpReply::Hangs,
            Self::HangsUp | Self::HangsUpAfterAccepting => HttpReply::HangsUp,
        }
    }
}
