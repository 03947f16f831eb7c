//! Real, broken and malicious bodies: no answer is a 5xx, and none has a wrong effect.

use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use serde_json::{Value, json};

use super::{Team, form};

/// Bodies of every kind that Slack documents: old ones, an organization's, other apps'.
fn known_bodies() -> Vec<(&'static str, String)> {
    let user =
        json!({ "id": "W0PERSON", "username": "someone", "name": "someone", "team_id": "T0TEAM" });
    let team = json!({ "id": "T0TEAM", "domain": "acme", "enterprise_id": "E0ORG", "enterprise_name": "Acme" });
    let view = json!({
        "id": "V0VIEW", "team_id": "T0TEAM", "type": "modal", "callback_id": "survey", "hash": "15.abc",
        "private_metadata": "mine", "root_view_id": "V0VIEW", "previous_view_id": null,
        "blocks": [{ "type": "input", "block_id": "q", "element": { "type": "plain_text_input", "action_id": "a" } }],
        "state": { "values": { "q": { "a": { "type": "plain_text_input", "value": null } } } },
        "notify_on_close": true,
    });
    let payloads = [
        json!({ "type": "block_actions", "user": user, "team": team, "api_app_id": "A0", "token": "t",
            "container": { "type": "message", "message_ts": "111.222", "channel_id": "C0", "is_ephemeral": true },
            "trigger_id": "1.2.3", "channel": { "id": "C0", "name": "general" },
            "response_url": "https://hooks.slack.invalid/actions/T0/1/x",
            "actions": [{ "action_id": "a", "block_id": "b", "type": "button", "value": "v", "action_ts": "1596.1" }] }),
        json!({ "type": "block_actions", "user": { "id": "U1" }, "team": null, "is_enterprise_install": true,
            "enterprise": { "id": "E0ORG" }, "actions": [{ "action_id": "confirm", "value": "1", "selected_option": null }] }),
        json!({ "type": "block_actions", "user": user, "team": team, "view": view,
            "actions": [{ "action_id": "field", "type": "static_select", "selected_option": null },
                        { "action_id": "x", "type": "datetimepicker", "selected_date_time": null },
                        { "action_id": "y", "type": "datetimepicker", "selected_date_time": 1_795_000_000 },
                        { "action_id": "z", "type": "checkboxes", "selected_options": [] }] }),
        json!({ "type": "block_actions", "user": user, "actions": [] }),
        json!({ "type": "block_actions", "user": user, "actions": null }),
        json!({ "type": "view_submission", "user": user, "team": team, "trigger_id": "1.2", "view": view, "response_urls": [] }),
        json!({ "type": "view_submission", "user": user, "team": team, "view": null }),
        json!({ "type": "view_submission", "user": user, "team": team, "view": { "id": "V1", "state": { "values": [] } } }),
        json!({ "type": "view_closed", "user": { "id": "U1", "name": "x", "team_id": "T0TEAM" }, "team": team, "view": view, "is_cleared": true }),
        json!({ "type": "shortcut", "user": user, "team": team, "action_ts": "1.1", "callback_id": "survey", "trigger_id": "1.2.3" }),
        json!({ "type": "shortcut", "user": user, "team": null, "callback_id": "declare" }),
        json!({ "type": "message_action", "user": user, "team": team, "callback_id": "post-as-update", "message_ts": "1.1",
            "channel": { "id": "D1", "name": "directmessage" }, "message": { "type": "message", "text": "", "ts": "1.1" } }),
        json!({ "type": "message_action", "user": user, "team": team, "callback_id": "post-as-update", "channel": null }),
        json!({ "type": "block_suggestion", "user": user, "team": team, "action_id": "a", "value": "q" }),
        json!({ "type": "interactive_message", "user": user, "actions": [{ "name": "a", "value": "b" }] }),
        json!({ "type": "dialog_submission", "user": user, "submission": {}, "state": "" }),
        json!({ "type": "dialog_cancellation", "user": user }),
        json!({ "type": "workflow_step_edit", "user": user, "team": team }),
        json!({ "type": "function_executed" }),
        json!({ "user": user }),
        json!([]),
        json!("text"),
        json!(7),
        json!(null),
    ];
    let event = |event: Value| json!({ "type": "event_callback", "token": "t", "team_id": "T0TEAM", "enterprise_id": "E0ORG", "api_app_id": "A0", "event": event, "event_id": "Ev0", "event_time": 1_599_616_881, "authed_users": ["W1"] });
    let bodies = [
        json!({ "type": "url_verification", "token": "t", "challenge": "c" }),
        json!({ "type": "url_verification" }),
        event(
            json!({ "type": "member_left_channel", "user": "W1", "channel": "C0", "channel_type": "C", "team": "T0TEAM" }),
        ),
        event(
            json!({ "type": "team_access_granted", "team_ids": ["T1", "T2"], "event_ts": "1.1" }),
        ),
        event(json!({ "type": "tokens_revoked", "tokens": { "oauth": ["W1"] } })),
        event(
            json!({ "type": "reaction_added", "user": "W1", "reaction": "mega::skin-tone-2", "item": { "type": "file", "file": "F1" } }),
        ),
        event(json!({ "type": "app_home_opened", "user": null, "tab": "home" })),
        event(json!({ "type": "message", "subtype": "bot_message", "text": "<!channel>" })),
        event(json!({ "type": 7 })),
        event(json!([])),
        json!({ "type": "event_callback" }),
        json!({ "type": "app_rate_limited", "team_id": "T0TEAM", "minute_rate_limited": 1_518_467_820 }),
        json!({ "type": "function_executed" }),
        json!({}),
    ];
    let commands = [
        form(&[("command", "/candor"), ("user_id", "U1"), ("team_id", "T0TEAM"), ("text", "")]),
        form(&[
            ("command", "/other"),
            ("user_id", "U1"),
            ("text", "Hi"),
            ("enterprise_id", "E0ORG"),
            ("is_enterprise_install", "true"),
        ]),
        form(&[("command", "/candor"), ("text", "declare")]),
        form(&[("command", ""), ("user_id", "")]),
        "a=b".to_owned(),
        String::new(),
        "ssl_check=1".to_owned(),
        "command=%FF%FE&user_id=%00".to_owned(),
    ];
    let form_type = "application/x-www-form-urlencoded";
    payloads
        .iter()
        .map(|payload| (form_type, form(&[("payload", &payload.to_string())])))
        .chain(bodies.iter().map(|body| ("application/json", body.to_string())))
        .chain(commands.into_iter().map(|command| (form_type, command)))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn known_slack_bodies_cause_no_server_error_and_no_wrong_effect() {
    let team = Team::new().await;
    team.raise_alert("a-1").await;
    let (mut bodies, mut sent) = (0, 0);
    for (content_type, body) in known_bodies() {
        bodies += 1;
        for content_type in
            [content_type, "application/x-www-form-urlencoded; charset=utf-8", "text/plain"]
        {
            let answer = team.signed(content_type, body.clone()).await;
            assert!(answer.status < 500, "{} {body}", answer.status);
            sent += 1;
        }
        assert_eq!(team.signed(content_type, body.clone()).await.status, 200, "{body}");
    }
    println!("{bodies} bodies, sent in {sent} ways");
    assert_eq!(team.log().await, ["alert-raised"]);
    assert_eq!(team.workspace.calls_of("views.open").len(), 0);
}

/// JSON that resembles Slack's: its words in wrong places, and anything else.
fn arbitrary_body() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "block_actions",
        "view_submission",
        "message_action",
        "shortcut",
        "event_callback",
        "declare",
        "plan",
        "update",
        "post-as-update",
        "reaction_added",
        "channel_id_changed",
        "app_home_opened",
        "confirm ",
        "publish",
        "1 C1 2.3",
        "T0CANDOR01",
        "",
        "\u{0}",
        "<!channel>",
        "9999999999",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
    ];
    let field = prop::sample::select(vec![
        "type",
        "user",
        "id",
        "team",
        "team_id",
        "actions",
        "action_id",
        "value",
        "action_ts",
        "channel",
        "container",
        "message",
        "message_ts",
        "view",
        "state",
        "values",
        "callback_id",
        "private_metadata",
        "root_view_id",
        "event",
        "event_id",
        "item",
        "ts",
        "reaction",
        "tab",
        "tokens",
        "bot",
        "trigger_id",
        "response_url",
        "selected_option",
        "text",
        "thread_ts",
        "name",
        "old_channel_id",
        "new_channel_id",
    ]);
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((field.clone(), inner), 0..8).prop_map(|fields| fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect()),
        ]
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn arbitrary_signed_bodies_are_answered_and_change_nothing() {
    const BODIES: usize = 1_500;
    let team = Team::new().await;
    team.raise_alert("a-1").await;
    let mut runner = TestRunner::deterministic();
    let kinds =
        ["block_actions", "view_submission", "message_action", "shortcut", "event_callback"];
    for round in 0..BODIES {
        let mut body = arbitrary_body().new_tree(&mut runner).unwrap().current();
        if let (Some(fields), Some(kind)) = (body.as_object_mut(), kinds.get(round % 7)) {
            fields.insert("type".to_owned(), json!(kind));
        }
        let answer =
            if round % 2 == 0 { team.payload(&body).await } else { team.event(&body).await };
        assert_eq!(answer.status, 200, "{body}");
    }
    println!("{BODIES} bodies of any shape, signed: all answered");
    assert_eq!(team.log().await, ["alert-raised"]);
    assert_eq!(team.server.store.chat_channels().await.unwrap()[0].problem, None);
}
