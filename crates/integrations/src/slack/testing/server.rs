//! What the workspace answers over HTTP.

use std::{sync::Arc, time::Instant};

use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{
    Call, FailureMode, WorkspaceState,
    http::{self, FakeResponse, HttpReply, HttpRequest},
    lock, methods,
};

/// What a call is for.
enum Target<'a> {
    Method,
    Response(&'a str),
    Webhook(&'a str),
}

/// Answers calls and holds connections.
pub(super) async fn serve(listener: TcpListener, shared: Arc<WorkspaceState>) {
    let answering = Arc::clone(&shared);
    let reply = move |request: &HttpRequest| {
        let reply = answering.reply(request);
        answering.changed.send_modify(|version| *version += 1);
        reply
    };
    http::serve(listener, reply, move |upgraded| {
        let shared = Arc::clone(&shared);
        async move { shared.sockets.hold(upgraded).await }
    })
    .await;
}

impl WorkspaceState {
    fn reply(&self, request: &HttpRequest) -> HttpReply {
        let mut state = lock(&self.state);
        let path = request.path.trim_start_matches('/');
        if let Some(ticket) = path.strip_prefix("socket/") {
            return if state.tickets.remove(ticket) {
                HttpReply::Upgrades
            } else {
                HttpReply::Answer(FakeResponse::plain(403, "used up"))
            };
        }
        let (method, target) = match path.split_once('/') {
            Some(("api", method)) => (method, Target::Method),
            Some(("response", id)) if request.method == "POST" => ("respond", Target::Response(id)),
            Some(("services", rest)) if request.method == "POST" => {
                ("webhook", Target::Webhook(rest.strip_suffix("/secret").unwrap_or_default()))
            }
            _ => return HttpReply::Answer(FakeResponse::plain(404, "not found")),
        };
        let arguments = methods::arguments(method, request);
        let trouble = state.troubles.of(method);
        let mut answer = None;
        if trouble.as_ref().is_none_or(FailureMode::accepts) {
            let header = request.header("authorization").strip_prefix("Bearer ");
            let token = header.or_else(|| arguments.get("token")?.as_str()).unwrap_or_default();
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
            trouble: trouble.clone(),
            answer: answer.clone(),
        });
        let Some(trouble) = trouble else {
            let Some(answer) = answer else {
                return HttpReply::Answer(FakeResponse::plain(404, "used_url"));
            };
            if method == "webhook" {
                // These answer in words: `ok`, or what is wrong.
                let wrong = answer.get("error").and_then(Value::as_str);
                let status = match wrong {
                    None => 200,
                    Some("channel_not_found") => 404,
                    Some("is_archived") => 410,
                    Some(_) => 400,
                };
                return HttpReply::Answer(FakeResponse::plain(status, wrong.unwrap_or("ok")));
            }
            let mut answer = FakeResponse::json(&answer);
            answer.headers.push(("x-oauth-scopes", scopes));
            return HttpReply::Answer(answer);
        };
        trouble.reply()
    }
}

impl FailureMode {
    fn reply(self) -> HttpReply {
        let refused = |code: &str| FakeResponse::json(&json!({ "ok": false, "error": code }));
        match self {
            Self::RateLimited(seconds) => {
                let mut answer = refused("ratelimited");
                answer.status = 429;
                answer.headers.push(("Retry-After", seconds.to_string()));
                HttpReply::Answer(answer)
            }
            Self::Status(status) | Self::StatusAfterAccepting(status) => {
                HttpReply::Answer(FakeResponse::plain(status, "trouble"))
            }
            Self::Error(code) => HttpReply::Answer(refused(code)),
            Self::Hangs | Self::HangsAfterAccepting => HttpReply::Hangs,
            Self::HangsUp | Self::HangsUpAfterAccepting => HttpReply::HangsUp,
        }
    }
}
