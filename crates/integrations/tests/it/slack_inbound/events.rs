//! Events of the workspace, as Slack sends them.

use candor_integrations::slack::inbound::{Inbound, SlackEvent, read};
use serde_json::{Value, json};

use super::JSON;

fn event(body: &Value) -> SlackEvent {
    let body =
        json!({ "type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": body });
    let Inbound::Event(callback) = read(JSON, body.to_string().as_bytes()).unwrap() else {
        panic!("{body}")
    };
    assert_eq!((callback.id.as_deref(), callback.team.as_deref()), (Some("Ev1"), Some("T1")));
    callback.event
}

#[test]
fn events_say_what_happened() {
    let user = |event: &SlackEvent| {
        let (SlackEvent::HomeOpened { user, .. }
        | SlackEvent::ReactionAdded { user, .. }
        | SlackEvent::MemberLeft { user, .. }) = event
        else {
            panic!("{event:?}")
        };
        user.key()
    };
    let home = event(
        &json!({ "type": "app_home_opened", "user": "U1", "tab": "home", "view": { "hash": "x" } }),
    );
    assert!(matches!(home, SlackEvent::HomeOpened { tab_is_home: true, .. }));
    assert_eq!(user(&home), "T1/U1");
    let messages = event(&json!({ "type": "app_home_opened", "user": "U1", "tab": "messages" }));
    assert!(matches!(messages, SlackEvent::HomeOpened { tab_is_home: false, .. }));
    let reaction = event(&json!({
        "type": "reaction_added", "user": "U1", "reaction": "mega::skin-tone-2", "item_user": "U2",
        "item": { "type": "message", "channel": "C1", "ts": "1.1" },
    }));
    assert!(matches!(&reaction, SlackEvent::ReactionAdded { reaction, channel, ts, .. }
        if reaction == "mega" && channel == "C1" && ts == "1.1"));
    let left = event(
        &json!({ "type": "member_left_channel", "user": "U9", "channel": "C1", "team": "T1" }),
    );
    assert_eq!(user(&left), "T1/U9");

    let channel = "C1".to_owned();
    for (body, read) in [
        (
            json!({ "type": "tokens_revoked", "tokens": { "bot": ["U9"] } }),
            SlackEvent::TokensRevoked { bot: true },
        ),
        (
            json!({ "type": "tokens_revoked", "tokens": { "oauth": ["U1"], "bot": [] } }),
            SlackEvent::TokensRevoked { bot: false },
        ),
        (json!({ "type": "tokens_revoked" }), SlackEvent::TokensRevoked { bot: false }),
        (json!({ "type": "app_uninstalled" }), SlackEvent::AppUninstalled),
        (
            json!({ "type": "group_left", "channel": "C1" }),
            SlackEvent::BotLeft { channel: channel.clone() },
        ),
        (
            json!({ "type": "channel_archive", "channel": "C1", "user": "U1" }),
            SlackEvent::ChannelArchived { channel: channel.clone() },
        ),
        (
            json!({ "type": "group_unarchive", "channel": "C1" }),
            SlackEvent::ChannelUnarchived { channel: channel.clone() },
        ),
        (
            json!({ "type": "channel_rename", "channel": { "id": "C1", "name": "status-2", "created": 1 } }),
            SlackEvent::ChannelRenamed { channel: channel.clone(), name: "status-2".to_owned() },
        ),
        (
            json!({ "type": "channel_id_changed", "old_channel_id": "G1", "new_channel_id": "C1" }),
            SlackEvent::ChannelIdChanged { old: "G1".to_owned(), new: channel.clone() },
        ),
        (
            json!({ "type": "channel_deleted", "channel": "C1" }),
            SlackEvent::ChannelDeleted { channel: channel.clone() },
        ),
        (
            json!({ "type": "team_access_granted", "team_ids": ["T1"] }),
            SlackEvent::Other("team_access_granted".to_owned()),
        ),
        (
            json!({ "type": "reaction_added", "user": "U1", "reaction": "mega", "item": { "type": "file" } }),
            SlackEvent::Other("reaction_added".to_owned()),
        ),
        (Value::Null, SlackEvent::Other(String::new())),
    ] {
        assert_eq!(event(&body), read, "{body}");
    }
}

#[test]
fn the_callback_of_an_organization_has_its_workspace_where_it_is() {
    let read_team = |body: Value| {
        let Inbound::Event(callback) = read(None, body.to_string().as_bytes()).unwrap() else {
            panic!("{body}")
        };
        callback.team
    };
    let event = json!({ "type": "app_uninstalled" });
    for (body, team) in [
        (
            json!({ "type": "event_callback", "event": event, "authorizations": [{ "team_id": "T2" }] }),
            Some("T2"),
        ),
        (
            json!({ "type": "event_callback", "event": event, "team_id": null, "enterprise_id": "E1",
            "authorizations": [{ "team_id": null, "enterprise_id": "E1" }] }),
            Some("E1"),
        ),
        (json!({ "type": "event_callback", "event": event, "authorizations": [] }), None),
    ] {
        assert_eq!(read_team(body).as_deref(), team);
    }
}
