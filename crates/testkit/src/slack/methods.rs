//! The methods of the Web API, checked and answered as Slack does.

mod chat;
mod conversations;
mod views;

use serde_json::{Map, Value, json};

use super::{
    judge::BlockError,
    state::{BOT, BOT_USER, FakeState, TEAM},
};
use crate::server::{HttpRequest, header};

/// The error of a method.
#[derive(Debug)]
pub(super) struct FakeRefusal(Map<String, Value>);

impl FakeRefusal {
    /// Another field of the answer.
    fn with(mut self, name: &str, value: Value) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }
}

impl From<&str> for FakeRefusal {
    fn from(code: &str) -> Self {
        let fields = [("ok", json!(false)), ("error", json!(code))];
        Self(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

impl From<BlockError> for FakeRefusal {
    fn from(wrong: BlockError) -> Self {
        Self::from(wrong.code)
            .with("errors", json!(wrong.messages))
            .with("response_metadata", json!({ "messages": wrong.messages }))
    }
}

type MethodOutcome = Result<Value, FakeRefusal>;

/// The arguments of a call: from JSON, form or query.
pub(super) fn arguments(method: &str, request: &HttpRequest) -> Map<String, Value> {
    // These methods don't read JSON.
    const NO_JSON: [&str; 7] = [
        "conversations.list",
        "conversations.info",
        "conversations.members",
        "conversations.history",
        "conversations.replies",
        "users.info",
        "usergroups.users.list",
    ];
    let mut arguments = Map::new();
    let is_json = header(request, "content-type").contains("json");
    let form: &[u8] = if is_json { b"" } else { request.body() };
    for part in [request.uri().query().unwrap_or_default().as_bytes(), form] {
        for (name, value) in form_urlencoded::parse(part) {
            // In forms, what has structure is JSON in a text.
            let structured = matches!(name.as_ref(), "blocks" | "metadata" | "view");
            let parsed = structured.then(|| serde_json::from_str(&value).ok()).flatten();
            arguments.insert(name.into_owned(), parsed.unwrap_or_else(|| json!(value)));
        }
    }
    if is_json
        && !NO_JSON.contains(&method)
        && let Ok(Value::Object(fields)) = serde_json::from_slice(request.body())
    {
        arguments.extend(fields);
    }
    arguments
}

/// A text argument; empty if missing.
fn text<'a>(arguments: &'a Map<String, Value>, name: &str) -> &'a str {
    arguments.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A boolean argument, in any notation.
fn flag(arguments: &Map<String, Value>, name: &str) -> bool {
    match arguments.get(name) {
        Some(Value::Bool(yes)) => *yes,
        Some(Value::String(text)) => matches!(text.as_str(), "true" | "1"),
        _ => false,
    }
}

impl FakeState {
    /// Answers a call.
    pub(super) fn answer(
        &mut self,
        method: &str,
        token: &str,
        arguments: &Map<String, Value>,
    ) -> Value {
        let outcome = self.admit(method, token).and_then(|()| self.perform(method, arguments));
        match outcome {
            Ok(mut answer) => {
                if let Some(fields) = answer.as_object_mut() {
                    fields.insert("ok".to_owned(), json!(true));
                }
                answer
            }
            Err(FakeRefusal(fields)) => Value::Object(fields),
        }
    }

    fn admit(&self, method: &str, token: &str) -> Result<(), FakeRefusal> {
        let (ours, others) = if method == "apps.connections.open" {
            (&self.app_tokens, &self.bot_tokens)
        } else {
            (&self.bot_tokens, &self.app_tokens)
        };
        match token {
            "" => Err("not_authed".into()),
            token if ours.contains(token) => Ok(()),
            token if self.revoked.contains(token) => Err("token_revoked".into()),
            token if others.contains(token) => Err("not_allowed_token_type".into()),
            _ => Err("invalid_auth".into()),
        }
    }

    /// Whether one of these scopes was granted.
    fn granted(&self, scopes: &[&str]) -> Result<(), FakeRefusal> {
        if scopes.iter().any(|scope| self.scopes.contains(*scope)) {
            return Ok(());
        }
        let provided: Vec<_> = self.scopes.iter().map(String::as_str).collect();
        Err(FakeRefusal::from("missing_scope")
            .with("needed", json!(scopes.join(",")))
            .with("provided", json!(provided.join(","))))
    }

    fn perform(&mut self, method: &str, arguments: &Map<String, Value>) -> MethodOutcome {
        match method {
            "auth.test" => Ok(json!({
                "url": "https://example.slack.com/", "team": "Example", "user": "candor", "team_id": TEAM,
                "user_id": BOT_USER, "bot_id": BOT, "is_enterprise_install": false,
                "enterprise_id": self.organization,
            })),
            "chat.postMessage" => self.post_message(arguments),
            "chat.update" => self.update_message(arguments),
            "chat.delete" => self.delete_message(arguments),
            "chat.postEphemeral" => self.post_ephemeral(arguments),
            "conversations.list" => self.list_channels(arguments),
            "conversations.info" => self.channel_info(arguments),
            "conversations.join" => self.join(arguments),
            "conversations.members" => self.channel_members(arguments),
            "conversations.history" => self.history(arguments),
            "conversations.replies" => self.replies(arguments),
            "users.info" => self.user_info(arguments),
            "usergroups.users.list" => self.group_users(arguments),
            "views.open" => self.open_view(arguments, false),
            "views.push" => self.open_view(arguments, true),
            "views.update" => self.update_view(arguments),
            "views.publish" => self.publish_view(arguments),
            "apps.connections.open" => {
                let ticket = uuid::Uuid::now_v7().simple().to_string();
                let url = format!("{}/socket/{ticket}", self.address.replacen("http", "ws", 1));
                self.tickets.insert(ticket);
                Ok(json!({ "url": url }))
            }
            _ => Err("unknown_method".into()),
        }
    }

    fn user_info(&self, arguments: &Map<String, Value>) -> MethodOutcome {
        self.granted(&["users:read"])?;
        let id = text(arguments, "user");
        let name = self.users.get(id).ok_or("user_not_found")?;
        let profile = json!({ "display_name": name, "real_name": name });
        Ok(
            json!({ "user": { "id": id, "team_id": TEAM, "name": name.to_lowercase(), "profile": profile } }),
        )
    }

    fn group_users(&self, arguments: &Map<String, Value>) -> MethodOutcome {
        self.granted(&["usergroups:read"])?;
        let users = self.groups.get(text(arguments, "usergroup")).ok_or("no_such_subteam")?;
        Ok(json!({ "users": users }))
    }
}
