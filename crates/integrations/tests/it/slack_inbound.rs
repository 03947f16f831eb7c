//! Requests from Slack: everything in them is read, and nothing is made up.

mod events;

use candor_integrations::slack::inbound::{
    Inbound, InputValues, Interaction, InteractionKind, SubmittedView, UnreadableRequest,
    of_envelope, read,
};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");
const JSON: Option<&str> = Some("application/json");

fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
}

fn payload(body: &Value) -> Inbound {
    read(FORM, &form(&[("payload", &body.to_string())])).unwrap()
}

fn interaction(body: &Value) -> Interaction {
    let Inbound::Interaction(interaction) = payload(body) else { panic!("{body}") };
    *interaction
}

fn a_click() -> Value {
    json!({
        "type": "block_actions",
        "user": { "id": "U1", "username": "ada", "name": "ada", "team_id": "T1" },
        "team": { "id": "T1", "domain": "example" },
        "container": { "type": "message", "message_ts": "1763.0001", "channel_id": "C1", "is_ephemeral": false },
        "channel": { "id": "C1", "name": "status" },
        "message": { "ts": "1763.0001", "text": "Possible outage" },
        "trigger_id": "1.2.abc",
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
        "actions": [{
            "type": "button", "action_id": "confirm", "block_id": "b1", "value": "2026-11-21/1",
            "action_ts": "1763.5",
        }],
    })
}

#[test]
fn a_click_has_user_place_and_action() {
    let click = interaction(&a_click());
    assert_eq!(click.person.key(), "T1/U1");
    assert_eq!(click.person.name.as_deref(), Some("ada"));
    assert_eq!(click.place.channel.as_deref(), Some("C1"));
    assert_eq!(click.place.message_ts.as_deref(), Some("1763.0001"));
    assert_eq!(click.trigger_id.as_deref(), Some("1.2.abc"));
    assert!(!click.place.is_ephemeral && !click.place.from_home);
    let InteractionKind::Actions(actions) = &click.kind else { panic!("{:?}", click.kind) };
    assert_eq!(actions[0].action_id, "confirm");
    assert_eq!(actions[0].value.as_deref(), Some("2026-11-21/1"));
}

#[test]
fn a_broken_string_costs_its_broken_character_alone() {
    let body =
        a_click().to_string().replace("Possible outage", "Cut \\ud83d").replace("ada", "a\\u0000a");
    let Inbound::Interaction(click) = read(JSON, body.as_bytes()).unwrap() else {
        panic!("{body}")
    };
    assert_eq!(click.key(), interaction(&a_click()).key());
    assert_eq!(click.person.name.as_deref(), Some("a\u{fffd}a"));
    let typed = form(&[("command", "/candor"), ("user_id", "U1"), ("text", "confirm\0 1")]);
    let Inbound::Command(command) = read(FORM, &typed).unwrap() else { panic!("a command") };
    assert_eq!(command.text, "confirm\u{fffd} 1");
}

#[test]
fn a_click_has_a_name_for_life_and_another_one_has_another() {
    let key = interaction(&a_click()).key();
    let mut again = a_click();
    again["trigger_id"] = json!("1.3.other");
    assert_eq!(interaction(&again).key(), key, "the same press, sent again");
    for (path, value) in [
        ("/actions/0/action_ts", "1763.6"),
        ("/actions/0/action_id", "dismiss"),
        ("/user/id", "U2"),
        ("/container/message_ts", "1763.0002"),
    ] {
        let mut other = a_click();
        *other.pointer_mut(path).unwrap() = json!(value);
        assert_ne!(interaction(&other).key(), key, "{path}");
    }
    let mut long = a_click();
    long["actions"][0]["action_id"] = json!("a".repeat(255));
    assert_eq!(interaction(&long).key().len(), key.len());
    assert!(!key.contains("U1"), "nobody is named in it: {key}");
}

#[test]
fn a_guest_from_another_workspace_is_known_by_their_own() {
    let mut click = a_click();
    click["user"]["team_id"] = json!("T0GUEST");
    assert_eq!(interaction(&click).person.team.as_deref(), Some("T0GUEST"));
}

#[test]
fn fields_that_a_workspace_leaves_out_are_none() {
    // An app of a whole organization, an ephemeral message, a person without a name.
    let mut click = a_click();
    click["team"] = Value::Null;
    click["enterprise"] = json!({ "id": "E1", "name": "All" });
    click["is_enterprise_install"] = json!(true);
    click["user"] = json!({ "id": "U1", "team_id": "T9" });
    click["message"] = Value::Null;
    click["container"] = Value::Null;
    click["channel"] = Value::Null;
    click["response_url"] = Value::Null;
    let read = interaction(&click);
    assert_eq!(read.person.key(), "T9/U1");
    assert_eq!((read.person.name, read.place.channel, read.place.message_ts), (None, None, None));
    click["user"] = json!({ "id": "U1" });
    assert_eq!(interaction(&click).person.key(), "E1/U1");
    click["actions"] = Value::Null;
    assert!(matches!(interaction(&click).kind, InteractionKind::Actions(none) if none.is_empty()));
}

#[test]
fn whatever_was_chosen_is_the_actions_value() {
    for (element, value) in [
        (
            json!({ "type": "static_select", "selected_option": { "value": "outage" } }),
            Some("outage"),
        ),
        (json!({ "type": "static_select", "selected_option": null }), None),
        (json!({ "type": "radio_buttons", "selected_option": { "value": "bug" } }), Some("bug")),
        (
            json!({ "type": "datetimepicker", "selected_date_time": 1_795_269_900 }),
            Some("1795269900"),
        ),
        (json!({ "type": "datetimepicker", "selected_date_time": null }), None),
        (json!({ "type": "checkboxes", "selected_options": [{ "value": "tell" }] }), None),
        (json!({ "type": "users_select", "selected_user": "U2" }), Some("U2")),
        (json!({ "type": "button" }), None),
        (json!(17), None),
    ] {
        let mut click = a_click();
        click["actions"] = json!([element]);
        let InteractionKind::Actions(actions) = interaction(&click).kind else { panic!() };
        assert_eq!(actions[0].value.as_deref(), value, "{element}");
    }
}

fn a_submission(values: &Value) -> Value {
    json!({
        "type": "view_submission",
        "user": { "id": "U1", "username": "ada", "team_id": "T1" },
        "team": { "id": "T1" },
        "trigger_id": "1.2.abc",
        "view": {
            "id": "V2", "root_view_id": "V1", "hash": "1.a", "type": "modal", "callback_id": "update",
            "private_metadata": "sealed", "state": { "values": values },
        },
        "response_urls": [],
    })
}

fn submitted(body: &Value) -> SubmittedView {
    let InteractionKind::Submission(view) = interaction(body).kind else { panic!("{body}") };
    view
}

#[test]
fn a_modal_returns_the_filled_fields_only() {
    let view = submitted(&a_submission(&json!({
        "text": { "any": { "type": "plain_text_input", "value": " We look into it.\n" } },
        "empty": { "any": { "type": "plain_text_input", "value": null } },
        "blank": { "any": { "type": "plain_text_input", "value": "  " } },
        "status": { "any": { "type": "static_select", "selected_option": { "value": "watching" } } },
        "none": { "any": { "type": "static_select", "selected_option": null } },
        "tell": { "any": { "type": "checkboxes", "selected_options": [{ "value": "tell" }, { "value": "x" }] } },
        "start": { "any": { "type": "datetimepicker", "selected_date_time": 1_795_269_900 } },
        "end": { "any": { "type": "datetimepicker", "selected_date_time": null } },
        "odd": {},
        "odder": null,
    })));
    assert_eq!((view.id.as_str(), view.root_id.as_str(), view.hash.as_str()), ("V2", "V1", "1.a"));
    assert_eq!((view.callback_id.as_str(), view.private_metadata.as_str()), ("update", "sealed"));
    let values = &view.values;
    assert_eq!(values.text("text").as_deref(), Some(" We look into it.\n"));
    for none in ["empty", "blank", "odd", "odder", "status", "not there"] {
        assert_eq!(values.text(none), None, "{none}");
    }
    assert_eq!(values.selected("status").as_deref(), Some("watching"));
    assert_eq!(values.selected("none"), None);
    assert_eq!(values.checked("tell"), ["tell", "x"]);
    assert_eq!(values.checked("not there"), [""; 0]);
    assert_eq!(values.time("start"), Some(Timestamp::from_second(1_795_269_900).unwrap()));
    assert_eq!(values.time("end"), None);
    assert_eq!(InputValues::of_state(&Value::Null), InputValues::default());
}

#[test]
fn a_modal_counts_once_however_often_it_is_submitted() {
    let first = interaction(&a_submission(&json!({})));
    let mut second = a_submission(&json!({ "text": { "a": { "value": "x" } } }));
    second["view"]["hash"] = json!("2.b");
    second["view"]["id"] = json!("V3");
    second["trigger_id"] = json!("9.9.z");
    assert_eq!(interaction(&second).key(), first.key());
    second["view"]["root_view_id"] = json!("V7");
    assert_ne!(interaction(&second).key(), first.key());
    second["view"] = Value::Null;
    assert!(matches!(interaction(&second).kind, InteractionKind::Unknown(_)));
}

#[test]
fn shortcuts_are_told_apart() {
    let shortcut = json!({
        "type": "shortcut", "user": { "id": "U1" }, "team": { "id": "T1" }, "callback_id": "declare",
        "trigger_id": "1.1.x", "action_ts": "1.1",
    });
    let read = interaction(&shortcut);
    assert_eq!(read.kind, InteractionKind::Shortcut { callback_id: "declare".to_owned() });
    let mut about = shortcut;
    about["type"] = json!("message_action");
    about["callback_id"] = json!("post-as-update");
    about["channel"] = json!({ "id": "C1" });
    about["message"] =
        json!({ "ts": "2.2", "thread_ts": "1.1", "text": "*fixed* &amp; done", "user": "U2" });
    assert_eq!(
        interaction(&about).kind,
        InteractionKind::MessageShortcut {
            callback_id: "post-as-update".to_owned(),
            channel: "C1".to_owned(),
            ts: "2.2".to_owned(),
            thread_ts: Some("1.1".to_owned()),
            text: "*fixed* &amp; done".to_owned(),
            author: Some("U2".to_owned()),
        }
    );
    about["message"] = Value::Null;
    assert!(matches!(interaction(&about).kind, InteractionKind::Unknown(_)));
    for unknown in [
        "interactive_message",
        "dialog_submission",
        "block_suggestion",
        "workflow_step_edit",
        "view_opened",
    ] {
        let body = json!({ "type": unknown, "user": { "id": "U1" }, "actions": [{ "name": "x" }] });
        assert_eq!(interaction(&body).kind, InteractionKind::Unknown(unknown.to_owned()));
    }
    let nobody = json!({ "type": "block_actions", "user": null });
    assert_eq!(payload(&nobody), Inbound::Unknown { kind: "block_actions".to_owned() });
    let closed = json!({ "type": "view_closed", "user": { "id": "U1" }, "view": { "id": "V1", "type": "home" } });
    let closed = interaction(&closed);
    assert_eq!(closed.kind, InteractionKind::Closed);
    assert!(closed.place.from_home);
}

#[test]
fn a_command_is_read_as_it_was_typed() {
    let fields = [
        ("team_id", "T1"),
        ("enterprise_id", "E1"),
        ("channel_id", "C1"),
        ("user_id", "U1"),
        ("user_name", "ada"),
        ("command", "/candor"),
        ("text", "declare “Küche” +1 & more"),
        ("trigger_id", "1.1.x"),
        ("response_url", "https://hooks.slack.com/commands/T1/1/x"),
        ("ssl_check", "1"),
    ];
    let body = form(&fields);
    let Inbound::Command(command) = read(FORM, &body).unwrap() else { panic!() };
    assert_eq!(command.person.key(), "T1/U1");
    assert_eq!(command.command, "/candor");
    assert_eq!(command.text, "declare “Küche” +1 & more");
    assert_eq!(command.trigger_id.as_deref(), Some("1.1.x"));
    let Inbound::Command(again) =
        read(Some("application/x-www-form-urlencoded; charset=UTF-8"), &body).unwrap()
    else {
        panic!()
    };
    assert_eq!(again.key(), command.key());
    let by_socket: serde_json::Map<_, _> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let envelope = json!({ "type": "slash_commands", "envelope_id": "1", "payload": by_socket });
    assert_eq!(of_envelope(&envelope), Inbound::Command(command));
    assert!(matches!(
        read(FORM, &form(&[("command", "/candor"), ("text", "")])).unwrap(),
        Inbound::Unknown { .. }
    ));
}

#[test]
fn an_ssl_check_is_one_only_with_nothing_else_in_it() {
    assert_eq!(read(FORM, b"ssl_check=1&token=abc").unwrap(), Inbound::SslCheck);
    let click = a_click().to_string();
    let sneaked = form(&[("ssl_check", "1"), ("payload", &click)]);
    assert!(matches!(read(FORM, &sneaked).unwrap(), Inbound::Interaction(_)));
    let sneaked = form(&[("ssl_check", "1"), ("command", "/candor"), ("user_id", "U1")]);
    assert!(matches!(read(FORM, &sneaked).unwrap(), Inbound::Command(_)));
    assert!(matches!(read(FORM, b"ssl_check=0").unwrap(), Inbound::Unknown { .. }));
    let in_json = json!({ "ssl_check": "1" }).to_string();
    assert!(matches!(read(JSON, in_json.as_bytes()).unwrap(), Inbound::Unknown { .. }));
}

#[test]
fn the_rest_is_known_by_its_type() {
    let challenge =
        json!({ "token": "x", "challenge": "abc", "type": "url_verification" }).to_string();
    assert_eq!(
        read(JSON, challenge.as_bytes()).unwrap(),
        Inbound::UrlVerification { challenge: "abc".to_owned() }
    );
    let limited = json!({ "type": "app_rate_limited", "minute_rate_limited": 1 }).to_string();
    assert_eq!(read(JSON, limited.as_bytes()).unwrap(), Inbound::RateLimited);
    for body in ["{}", "[]", "null", "17", r#"{"type":null}"#, "\u{feff}{}"] {
        let read = read(JSON, body.as_bytes()).unwrap();
        assert_eq!(read, Inbound::Unknown { kind: String::new() }, "{body}");
    }
    assert_eq!(read(FORM, b"").unwrap(), Inbound::Unknown { kind: String::new() });
    assert_eq!(read(JSON, b"{"), Err(UnreadableRequest));
    assert_eq!(read(JSON, b"ssl_check=1"), Err(UnreadableRequest));
    assert_eq!(read(FORM, b"payload=%7B"), Err(UnreadableRequest));
    let deep = "[".repeat(100_000);
    assert_eq!(read(JSON, deep.as_bytes()), Err(UnreadableRequest));
    for kind in ["events_api", "interactive"] {
        let envelope = json!({ "type": kind, "payload": a_click() });
        assert!(matches!(of_envelope(&envelope), Inbound::Interaction(_)));
    }
    assert_eq!(
        of_envelope(&json!({ "type": "hello" })),
        Inbound::Unknown { kind: "hello".to_owned() }
    );
}

fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "type",
        "block_actions",
        "view_submission",
        "message_action",
        "event_callback",
        "event",
        "user",
        "id",
        "team",
        "actions",
        "view",
        "state",
        "values",
        "selected_date_time",
        "channel",
        "container",
        "item",
        "tokens",
        "bot",
        "payload",
        "slash_commands",
        "events_api",
        "U1",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..6).prop_map(|fields| fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_reads_as_something(body in any_json(), spoiled in any_json(), place in 0_usize..12) {
        prop_assert!(read(JSON, body.to_string().as_bytes()).is_ok());
        prop_assert!(read(FORM, &form(&[("payload", &body.to_string())])).is_ok());
        let _something = of_envelope(&body);
        // A real body with something else in one place is still one of its kind, or nobody's.
        let places = ["/user", "/team", "/container", "/channel", "/message", "/trigger_id", "/actions",
            "/actions/0", "/actions/0/value", "/actions/0/action_ts", "/response_url", "/user/id"];
        let mut click = a_click();
        *click.pointer_mut(places[place]).unwrap() = spoiled;
        let read = payload(&click);
        if let Inbound::Interaction(click) = read {
            prop_assert!(matches!(click.kind, InteractionKind::Actions(_)));
            prop_assert!(click.key().len() <= 256);
        } else {
            prop_assert_eq!(read, Inbound::Unknown { kind: "block_actions".to_owned() });
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..300)) {
        for content_type in [FORM, JSON, None, Some("text/plain")] {
            let _read_or_refused = read(content_type, &body);
        }
    }
}
