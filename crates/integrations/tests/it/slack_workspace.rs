//! The fake workspace is as strict as Slack.

mod limits;

use std::time::Duration;

use candor_integrations::slack::{
    inbound::{Inbound, InteractionKind, SlackEvent, read},
    signature::verify,
};
use candor_testkit::slack::{FailureCount, FailureMode, FakeInput, SlackRequest, Workspace};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// A bare client: what it sends is ours to spoil.
struct Client<'a> {
    workspace: &'a Workspace,
    http: reqwest::Client,
}

impl<'a> Client<'a> {
    fn of(workspace: &'a Workspace) -> Self {
        let roots = rustls::RootCertStore::empty();
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider);
        let tls = tls.with_safe_default_protocol_versions().unwrap();
        let tls = tls.with_root_certificates(roots).with_no_client_auth();
        let http =
            reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap();
        Self { workspace, http }
    }

    async fn call(&self, method: &str, arguments: Value) -> Value {
        self.call_as(Workspace::BOT_TOKEN, method, arguments).await
    }

    async fn call_as(&self, token: &str, method: &str, arguments: Value) -> Value {
        let url = format!("{}{method}", self.workspace.api_url());
        let request = self.http.post(url).bearer_auth(token).json(&arguments);
        request.send().await.unwrap().json().await.unwrap()
    }

    async fn refused(&self, method: &str, arguments: Value) -> String {
        let answer = self.call(method, arguments).await;
        assert_eq!(answer["ok"], false, "{answer}");
        answer["error"].as_str().unwrap().to_owned()
    }
}

fn button(action_id: &str) -> Value {
    let text = json!({ "type": "plain_text", "text": "Yes, this is a real incident" });
    json!({ "type": "button", "action_id": action_id, "text": text, "value": "2026-11-21/1" })
}

fn actions(elements: Value) -> Value {
    json!([{ "type": "actions", "block_id": "b", "elements": elements }])
}

fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text })
}

fn modal() -> Value {
    let option = |value: &str| json!({ "text": plain(value), "value": value });
    json!({
        "type": "modal", "callback_id": "update", "title": plain("Post an update"), "submit": plain("Preview"),
        "private_metadata": "sealed",
        "blocks": [
            { "type": "input", "block_id": "text", "label": plain("Text"), "element":
                { "type": "plain_text_input", "action_id": "x", "max_length": 20, "initial_value": "so far" } },
            { "type": "input", "block_id": "status", "label": plain("Status"), "element":
                { "type": "static_select", "action_id": "x", "options": [option("confirmed"), option("resolved")],
                  "initial_option": option("confirmed") } },
            { "type": "input", "block_id": "tell", "label": plain("Tell"), "optional": true, "element":
                { "type": "checkboxes", "action_id": "x", "options": [option("yes")] } },
            { "type": "input", "block_id": "start", "label": plain("Start"), "optional": true, "element":
                { "type": "datetimepicker", "action_id": "x" } },
        ],
    })
}

#[tokio::test]
async fn tokens_scopes_and_channels_are_judged() {
    let workspace = Workspace::start().await.unwrap();
    let (public, private) =
        (workspace.add_channel("status", false), workspace.add_channel("ops", true));
    let client = Client::of(&workspace);
    let say = |channel: &str| json!({ "channel": channel, "text": "x" });
    for (token, code) in [
        ("", "not_authed"),
        ("xoxb-no", "invalid_auth"),
        (Workspace::APP_TOKEN, "not_allowed_token_type"),
    ] {
        assert_eq!(client.call_as(token, "auth.test", json!({})).await["error"], code);
    }
    assert_eq!(client.refused("chat.postMessage", say(&public)).await, "not_in_channel");
    assert_eq!(client.refused("chat.postMessage", say(&private)).await, "channel_not_found");
    assert_eq!(client.refused("conversations.join", say(&private)).await, "channel_not_found");
    workspace.invite(Workspace::BOT_USER, &private);
    assert_eq!(
        client.refused("conversations.join", say(&private)).await,
        "method_not_supported_for_channel_type"
    );
    assert_eq!(client.call("conversations.join", say(&public)).await["ok"], true);
    assert_eq!(client.call("chat.postMessage", say("#status")).await["channel"], json!(public));
    workspace.archive(&public, true);
    assert_eq!(client.refused("chat.postMessage", say(&public)).await, "is_archived");
    workspace.grant(&["channels:read"]);
    let answer = client.call("chat.postMessage", say(&private)).await;
    assert_eq!(
        (&answer["error"], &answer["needed"], &answer["provided"]),
        (&json!("missing_scope"), &json!("chat:write"), &json!("channels:read"))
    );
    assert_eq!(client.call("conversations.list", json!({})).await["ok"], true);
}

#[tokio::test]
async fn methods_that_take_no_json_dont_read_it() {
    let workspace = Workspace::start().await.unwrap();
    let channel = workspace.add_channel("status", false);
    let client = Client::of(&workspace);
    assert_eq!(
        client.refused("conversations.info", json!({ "channel": channel })).await,
        "channel_not_found"
    );
    assert_eq!(client.refused("no.such.method", json!({})).await, "unknown_method");
}

#[tokio::test]
async fn messages_of_others_and_those_that_are_gone_are_judged() {
    let workspace = Workspace::start().await.unwrap();
    let ada = workspace.add_user("Ada");
    let channel = workspace.add_channel("status", false);
    workspace.invite(Workspace::BOT_USER, &channel);
    let client = Client::of(&workspace);
    let theirs = workspace.write(&ada, &channel, None, "hello");
    let reply = workspace.write(&ada, &channel, Some(&theirs), "hello");
    let at = |ts: &str| json!({ "channel": channel, "ts": ts, "thread_ts": ts, "text": "x" });
    assert_eq!(client.refused("chat.update", at(&theirs)).await, "cant_update_message");
    assert_eq!(client.refused("chat.delete", at(&theirs)).await, "cant_delete_message");
    assert_eq!(client.refused("chat.update", at("1.000001")).await, "message_not_found");
    assert_eq!(client.refused("chat.postMessage", at("1.000001")).await, "thread_not_found");
    assert_eq!(
        client.refused("chat.postMessage", at(&reply)).await,
        "thread_not_found",
        "a thread is its root's"
    );
    let text = |text: String| json!({ "channel": channel, "text": text });
    assert_eq!(client.refused("chat.postMessage", text(String::new())).await, "no_text");
    assert_eq!(client.refused("chat.postMessage", text("x".repeat(40_001))).await, "msg_too_long");
    let to_nobody = json!({ "channel": channel, "user": "U404", "text": "x" });
    assert_eq!(client.refused("chat.postEphemeral", to_nobody).await, "user_not_in_channel");
}

fn read_back(sent: &SlackRequest) -> Inbound {
    let header = |name: &str| {
        sent.headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    };
    let (timestamp, signature) = (header("x-slack-request-timestamp"), header("x-slack-signature"));
    verify(Workspace::SIGNING_SECRET, timestamp, signature, &sent.body, Timestamp::now()).unwrap();
    read(Some(sent.content_type), &sent.body).unwrap()
}

fn interaction(sent: &SlackRequest) -> InteractionKind {
    let Inbound::Interaction(interaction) = read_back(sent) else { panic!("{sent:?}") };
    interaction.kind
}

#[tokio::test]
async fn users_can_press_only_buttons_that_exist() {
    let workspace = Workspace::start().await.unwrap();
    let ada = workspace.add_user("Ada");
    let channel = workspace.add_channel("status", false);
    workspace.invite(Workspace::BOT_USER, &channel);
    let client = Client::of(&workspace);
    let blocks = actions(json!([button("confirm"), button("dismiss")]));
    let posted = client
        .call("chat.postMessage", json!({ "channel": channel, "text": "x", "blocks": blocks }))
        .await;
    let ts = posted["ts"].as_str().unwrap();
    let click = workspace.click(&ada, &channel, ts, "confirm").unwrap();
    let InteractionKind::Actions(pressed) = interaction(&click) else { panic!() };
    assert_eq!(
        (pressed[0].action_id.as_str(), pressed[0].value.as_deref()),
        ("confirm", Some("2026-11-21/1"))
    );
    assert!(workspace.click(&ada, &channel, ts, "resolve").is_err());
    assert!(workspace.click(&ada, &channel, "1.1", "confirm").is_err());
    assert!(workspace.submit(&ada, &[]).is_err(), "there is no modal");
    let Inbound::Event(home) = read_back(&workspace.open_home(&ada)) else { panic!() };
    assert!(matches!(home.event, SlackEvent::HomeOpened { tab_is_home: true, .. }));
    let Inbound::Event(left) = read_back(&workspace.leave(Workspace::BOT_USER, &channel)) else {
        panic!()
    };
    assert!(
        matches!(left.event, SlackEvent::MemberLeft { user, .. } if user.id == Workspace::BOT_USER)
    );
    let Inbound::Event(revoked) = read_back(&workspace.revoke()) else { panic!() };
    assert_eq!(revoked.event, SlackEvent::TokensRevoked { bot: true });
}

#[tokio::test]
async fn a_modal_is_opened_filled_in_changed_and_closed() {
    let workspace = Workspace::start().await.unwrap();
    let ada = workspace.add_user("Ada");
    let client = Client::of(&workspace);
    let trigger = |sent: SlackRequest| {
        let Inbound::Interaction(interaction) = read_back(&sent) else { panic!("{sent:?}") };
        interaction.trigger_id.unwrap()
    };
    let open = |trigger: &str| {
        client.call("views.open", json!({ "trigger_id": trigger, "view": modal() }))
    };
    let first = trigger(workspace.shortcut(&ada, "declare"));
    assert_eq!(open(&first).await["ok"], true);
    assert_eq!(open(&first).await["error"], "exchanged_trigger_id");
    let late = trigger(workspace.shortcut(&ada, "declare"));
    workspace.expire_triggers();
    assert_eq!(open(&late).await["error"], "expired_trigger_id");

    let start = Timestamp::from_second(1_795_269_900).unwrap();
    let inputs = [
        ("text", FakeInput::Text("We look into it.")),
        ("status", FakeInput::Option("resolved")),
        ("tell", FakeInput::Options(&["yes"])),
        ("start", FakeInput::Time(start)),
    ];
    let InteractionKind::Submission(view) = interaction(&workspace.submit(&ada, &inputs).unwrap())
    else {
        panic!()
    };
    assert_eq!((view.callback_id.as_str(), view.private_metadata.as_str()), ("update", "sealed"));
    assert_eq!(view.values.text("text").as_deref(), Some("We look into it."));
    assert_eq!(view.values.selected("status").as_deref(), Some("resolved"));
    assert_eq!(view.values.checked("tell"), ["yes"]);
    assert_eq!(view.values.time("start"), Some(start));
    let InteractionKind::Submission(untouched) = interaction(&workspace.submit(&ada, &[]).unwrap())
    else {
        panic!()
    };
    assert_eq!(untouched.values.text("text").as_deref(), Some("so far"));
    for impossible in [
        ("text", FakeInput::Text("longer than twenty characters")),
        ("text", FakeInput::Empty),
        ("status", FakeInput::Option("dismissed")),
        ("nowhere", FakeInput::Empty),
    ] {
        assert!(
            workspace.submit(&ada, std::slice::from_ref(&impossible)).is_err(),
            "{impossible:?}"
        );
    }

    let errors =
        |block: &str| json!({ "response_action": "errors", "errors": { block: "Too short." } });
    assert_eq!(
        workspace.answered(&ada, &errors("text")).unwrap(),
        [("text".to_owned(), "Too short.".to_owned())]
    );
    assert!(workspace.answered(&ada, &errors("x")).is_err(), "Slack shows errors at inputs only");
    let mut other = modal();
    other["title"] = plain("Preview");
    workspace.answered(&ada, &json!({ "response_action": "update", "view": other })).unwrap();
    let shown = workspace.modal(&ada).unwrap();
    assert_eq!(
        (shown.view["title"]["text"].as_str(), &shown.id),
        (Some("Preview"), &shown.root_id)
    );
    let update = |hash: &str| {
        client.call("views.update", json!({ "view_id": shown.id, "hash": hash, "view": modal() }))
    };
    assert_eq!(update("old").await["error"], "hash_conflict");
    assert_eq!(update(&shown.hash).await["ok"], true);
    workspace.answered(&ada, &Value::Null).unwrap();
    assert_eq!(workspace.modal(&ada), None);
    let home = json!({ "type": "home", "blocks": actions(json!([button("declare")])) });
    assert_eq!(
        client.call("views.publish", json!({ "user_id": ada, "view": home })).await["ok"],
        true
    );
    assert!(workspace.click_home(&ada, "declare").is_ok());
}

#[tokio::test]
async fn trouble_comes_as_it_was_ordered() {
    let workspace = Workspace::start().await.unwrap();
    let client = Client::of(&workspace);
    workspace.fail("auth.test", FailureCount::Next(2), FailureMode::Error("fatal_error"));
    workspace.fail("*", FailureCount::OneIn(3), FailureMode::Error("internal_error"));
    let mut said = Vec::new();
    for _call in 0..9 {
        said.push(
            client.call("auth.test", json!({})).await["error"].as_str().unwrap_or("ok").to_owned(),
        );
    }
    assert_eq!(said.iter().filter(|code| *code == "fatal_error").count(), 2, "{said:?}");
    assert_eq!(said.iter().filter(|code| *code == "ok").count(), 5, "{said:?}");
    workspace.recover();
    assert_eq!(client.call("auth.test", json!({})).await["ok"], true);
    let calls = workspace.calls_of("auth.test");
    assert_eq!(calls.len(), 10);
    assert!(calls.windows(2).all(|pair| pair[0].at <= pair[1].at));
    let found = workspace.until(Duration::from_millis(20), |_| None::<()>).await;
    assert_eq!(found, None);
    assert_eq!(calls[9].arguments, Map::new());
}
