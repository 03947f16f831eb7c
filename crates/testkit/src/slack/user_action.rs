//! Actions of Slack users, as the requests that Slack makes of them.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    Workspace, sign,
    state::{APP, BOT_USER, FakeState, Modal, SlackMessage, TEAM},
};

/// A request as Slack would make it: to be posted by HTTP with these headers, or sent with [`Workspace::send`].
#[derive(Debug, Clone)]
pub struct SlackRequest {
    /// The content type.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// The time and the signature, by the names of their headers.
    pub headers: Vec<(&'static str, String)>,
    pub(super) envelope: &'static str,
    pub(super) payload: Value,
}

/// The input of a user in a modal's field.
#[derive(Debug, Clone)]
pub enum FakeInput<'a> {
    /// A text.
    Text(&'a str),
    /// The option with this value.
    Option(&'a str),
    /// The options with these values are ticked, and no others.
    Options(&'a [&'a str]),
    /// A time.
    Time(Timestamp),
    /// Nothing.
    Empty,
}

/// Why a user can't do something: it doesn't exist, or Slack doesn't allow it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ImpossibleAction(String);

impl ImpossibleAction {
    pub(super) fn new(why: String) -> Self {
        Self(why)
    }
}

fn impossible<T>(why: impl Into<String>) -> Result<T, ImpossibleAction> {
    Err(ImpossibleAction(why.into()))
}

impl Workspace {
    /// The body, signed now with our signing secret.
    fn sent(
        &self,
        envelope: &'static str,
        content_type: &'static str,
        body: Vec<u8>,
        payload: Value,
    ) -> SlackRequest {
        let headers = self.sign(&body);
        SlackRequest { content_type, body, headers, envelope, payload }
    }

    /// The headers of a body that is sent now: to send one again, or one of your own.
    pub fn sign(&self, body: &[u8]) -> Vec<(&'static str, String)> {
        let (timestamp, signature) = sign(Self::SIGNING_SECRET, Timestamp::now(), body);
        vec![("X-Slack-Request-Timestamp", timestamp), ("X-Slack-Signature", signature)]
    }

    fn interactive(&self, payload: Value) -> SlackRequest {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("payload", &payload.to_string())
            .finish();
        self.sent("interactive", "application/x-www-form-urlencoded", body.into_bytes(), payload)
    }

    /// Any event: `event` is the inner one.
    pub fn event(&self, event: &Value) -> SlackRequest {
        let id = self.change(|state| state.id("Ev"));
        let payload = json!({
            "token": "deprecated",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": id,
            "event_time": Timestamp::now().as_second(),
            "authorizations": [{ "enterprise_id": null, "team_id": TEAM, "user_id": BOT_USER, "is_bot": true }],
            "is_ext_shared_channel": false,
        });
        self.sent("events_api", "application/json", payload.to_string().into_bytes(), payload)
    }

    /// A user opens the home tab.
    pub fn open_home(&self, user: &str) -> SlackRequest {
        self.event(
            &json!({ "type": "app_home_opened", "user": user, "channel": "D1", "tab": "home" }),
        )
    }

    /// A user reacts to a message.
    pub fn react(&self, user: &str, reaction: &str, channel: &str, ts: &str) -> SlackRequest {
        let item = json!({ "type": "message", "channel": channel, "ts": ts });
        self.event(
            &json!({ "type": "reaction_added", "user": user, "reaction": reaction, "item": item }),
        )
    }

    /// A user (or the bot: [`Workspace::BOT_USER`]) leaves a Slack channel.
    pub fn leave(&self, user: &str, channel: &str) -> SlackRequest {
        self.change(|state| {
            if let Some(found) = state.channels.iter_mut().find(|one| one.id == channel) {
                found.members.remove(user);
            }
        });
        self.event(&json!({
            "type": "member_left_channel", "user": user, "channel": channel, "channel_type": "C", "team": TEAM,
        }))
    }

    /// The bot's token is revoked.
    pub fn revoke(&self) -> SlackRequest {
        self.revoke_tokens();
        self.event(
            &json!({ "type": "tokens_revoked", "tokens": { "oauth": [], "bot": [BOT_USER] } }),
        )
    }

    /// A user presses a button of a message, or picks the option with this `value` in a menu.
    pub fn click(
        &self,
        user: &str,
        channel: &str,
        ts: &str,
        action_id: &str,
    ) -> Result<SlackRequest, ImpossibleAction> {
        let payload = self.change(|state| {
            let found = state.channels.iter().find(|one| one.id == channel);
            let found =
                found.ok_or_else(|| ImpossibleAction(format!("no Slack channel {channel}")))?;
            let message = found.messages.iter().find(|message| message.ts == ts);
            let message =
                message.ok_or_else(|| ImpossibleAction(format!("no message {ts}")))?.clone();
            let shown = found.shown(&message, false);
            let name = found.name.clone();
            let mut payload = state.action(user, &message.blocks, action_id, None)?;
            let SlackMessage { thread_ts, .. } = message;
            let mut container = json!({
                "type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": false,
            });
            if let Some(thread) = thread_ts {
                put(&mut container, "thread_ts", json!(thread));
            }
            let response_url = state.response_url(user, channel, Some(ts));
            for (field, value) in [
                ("container", container),
                ("channel", json!({ "id": channel, "name": name })),
                ("message", shown),
                ("response_url", json!(response_url)),
            ] {
                put(&mut payload, field, value);
            }
            Ok(payload)
        })?;
        Ok(self.interactive(payload))
    }

    /// A user presses a button of the home tab.
    pub fn click_home(
        &self,
        user: &str,
        action_id: &str,
    ) -> Result<SlackRequest, ImpossibleAction> {
        let home = self.read_state(|state| state.homes.get(user).cloned());
        self.click_view(user, home, action_id)
    }

    /// A user presses a button of the open modal.
    pub fn click_modal(
        &self,
        user: &str,
        action_id: &str,
    ) -> Result<SlackRequest, ImpossibleAction> {
        self.click_view(user, self.modal(user), action_id)
    }

    fn click_view(
        &self,
        user: &str,
        modal: Option<Modal>,
        action_id: &str,
    ) -> Result<SlackRequest, ImpossibleAction> {
        let Some(modal) = modal else { return impossible(format!("{user} sees none")) };
        let payload = self.change(|state| {
            let blocks = modal.view.get("blocks").unwrap_or(&Value::Null);
            let mut payload = state.action(user, blocks, action_id, Some(&modal.id))?;
            put(&mut payload, "container", json!({ "type": "view", "view_id": modal.id }));
            put(&mut payload, "view", FakeState::shown(&modal));
            Ok(payload)
        })?;
        Ok(self.interactive(payload))
    }

    /// A user submits the open modal, with these inputs (by `block_id`) changed. What Slack's own form
    /// doesn't let pass is an error: an input that isn't there, a text that is too long, an option that isn't
    /// offered, something required that is empty.
    pub fn submit(
        &self,
        user: &str,
        inputs: &[(&str, FakeInput<'_>)],
    ) -> Result<SlackRequest, ImpossibleAction> {
        let Some(modal) = self.modal(user) else { return impossible(format!("{user} sees none")) };
        let values = super::form::filled(&modal.view, inputs).map_err(ImpossibleAction)?;
        let trigger = self.change(|state| state.trigger(user, Some(&modal.id)));
        let mut view = FakeState::shown(&modal);
        put(&mut view, "state", json!({ "values": values }));
        let mut payload = self.of_user("view_submission", user);
        put(&mut payload, "trigger_id", json!(trigger));
        put(&mut payload, "view", view);
        put(&mut payload, "response_urls", json!([]));
        Ok(self.interactive(payload))
    }

    /// A user closes the open modal.
    pub fn close(&self, user: &str) -> Result<SlackRequest, ImpossibleAction> {
        let Some(modal) = self.modal(user) else { return impossible(format!("{user} sees none")) };
        self.change(|state| state.modals.retain(|one| one.id != modal.id));
        let mut payload = self.of_user("view_closed", user);
        put(&mut payload, "view", FakeState::shown(&modal));
        put(&mut payload, "is_cleared", json!(false));
        Ok(self.interactive(payload))
    }

    /// A user types a command.
    pub fn command(&self, user: &str, channel: &str, command: &str, text: &str) -> SlackRequest {
        let (trigger, response_url, name) = self.change(|state| {
            let name = state.users.get(user).cloned().unwrap_or_default();
            (state.trigger(user, None), state.response_url(user, channel, None), name)
        });
        let fields = [
            ("token", "deprecated"),
            ("team_id", TEAM),
            ("team_domain", "example"),
            ("channel_id", channel),
            ("channel_name", "directmessage"),
            ("user_id", user),
            ("user_name", &name),
            ("command", command),
            ("text", text),
            ("api_app_id", APP),
            ("is_enterprise_install", "false"),
            ("response_url", &response_url),
            ("trigger_id", &trigger),
        ];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let payload: Map<_, _> =
            fields.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        let form = "application/x-www-form-urlencoded";
        self.sent("slash_commands", form, body.into_bytes(), Value::Object(payload))
    }

    /// A user uses a shortcut on a message.
    pub fn message_shortcut(
        &self,
        user: &str,
        callback_id: &str,
        channel: &str,
        ts: &str,
    ) -> Result<SlackRequest, ImpossibleAction> {
        let mut payload = self.of_user("message_action", user);
        let found = self.change(|state| {
            let found = state.channels.iter().find(|one| one.id == channel)?;
            let message = found.messages.iter().find(|message| message.ts == ts)?;
            let shown = found.shown(message, false);
            let trigger = state.trigger(user, None);
            Some((shown, trigger, state.response_url(user, channel, Some(ts))))
        });
        let Some((message, trigger, response_url)) = found else {
            return impossible(format!("no message {ts} in {channel}"));
        };
        for (field, value) in [
            ("callback_id", json!(callback_id)),
            ("trigger_id", json!(trigger)),
            ("response_url", json!(response_url)),
            ("message_ts", json!(ts)),
            ("channel", json!({ "id": channel, "name": "channel" })),
            ("message", message),
            ("action_ts", json!(self.change(FakeState::ts))),
        ] {
            put(&mut payload, field, value);
        }
        Ok(self.interactive(payload))
    }

    /// A user uses a global shortcut.
    pub fn shortcut(&self, user: &str, callback_id: &str) -> SlackRequest {
        let mut payload = self.of_user("shortcut", user);
        let (trigger, ts) = self.change(|state| (state.trigger(user, None), state.ts()));
        put(&mut payload, "callback_id", json!(callback_id));
        put(&mut payload, "trigger_id", json!(trigger));
        put(&mut payload, "action_ts", json!(ts));
        self.interactive(payload)
    }

    fn of_user(&self, kind: &str, user: &str) -> Value {
        self.read_state(|state| state.of_user(kind, user))
    }
}

impl FakeState {
    fn of_user(&self, kind: &str, user: &str) -> Value {
        let name = self.users.get(user).map(|name| name.to_lowercase()).unwrap_or_default();
        json!({
            "type": kind,
            "user": { "id": user, "username": name, "name": name, "team_id": TEAM },
            "api_app_id": APP,
            "token": "deprecated",
            "team": { "id": TEAM, "domain": "example" },
            "enterprise": null,
            "is_enterprise_install": false,
        })
    }

    /// A press of an element that is in the blocks.
    fn action(
        &mut self,
        user: &str,
        blocks: &Value,
        action_id: &str,
        modal: Option<&str>,
    ) -> Result<Value, ImpossibleAction> {
        let Some((block_id, element)) = find(blocks, action_id) else {
            return impossible(format!("there is nothing to press called {action_id} in {blocks}"));
        };
        let mut action =
            json!({ "action_id": action_id, "block_id": block_id, "action_ts": self.ts() });
        for field in ["type", "text", "value", "url", "style"] {
            if let Some(value) = element.get(field) {
                put(&mut action, field, value.clone());
            }
        }
        let mut payload = self.of_user("block_actions", user);
        put(&mut payload, "actions", json!([action]));
        put(&mut payload, "trigger_id", json!(self.trigger(user, modal)));
        put(&mut payload, "state", json!({ "values": {} }));
        Ok(payload)
    }
}

/// The element with this `action_id`, and the id of its block: Slack makes one up where there is none.
fn find(blocks: &Value, action_id: &str) -> Option<(String, Value)> {
    blocks.as_array()?.iter().enumerate().find_map(|(number, block)| {
        let elements = block.get("elements").and_then(Value::as_array).into_iter().flatten();
        let one = [block.get("accessory"), block.get("element")].into_iter().flatten();
        let named =
            |element: &&Value| element.get("action_id").and_then(Value::as_str) == Some(action_id);
        let element = elements.chain(one).find(named)?.clone();
        let id = block.get("block_id").and_then(Value::as_str);
        Some((id.map_or_else(|| format!("made-up-{number}"), str::to_owned), element))
    })
}

pub(super) fn put(value: &mut Value, field: &str, new: Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(field.to_owned(), new);
    }
}
