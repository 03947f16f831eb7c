//! Every limit of Block Kit that the workspace knows: just within it passes, just beyond it doesn't.

use candor_integrations::slack::testing::judge;
use serde_json::{Value, json};

use super::{actions, button, modal, plain};

#[test]
fn every_limit_of_blocks_is_known() {
    let text = |kind: &str, length: usize| json!({ "type": kind, "text": "x".repeat(length) });
    let section = |length| json!({ "type": "section", "text": text("mrkdwn", length) });
    let with_button = |field: &str, value: Value| {
        let mut button = button("a");
        button[field] = value;
        actions(json!([button]))
    };
    let options = |count: usize| {
        let option = |number: usize| json!({ "text": plain("x"), "value": number.to_string() });
        let options: Vec<_> = (0..count).map(option).collect();
        actions(json!([{ "type": "static_select", "action_id": "a", "options": options }]))
    };
    let dialog = |field: &str, length: usize| {
        let mut dialog = json!({ "title": plain("a"), "text": plain("b"), "confirm": plain("c"), "deny": plain("d") });
        dialog[field] = text("plain_text", length);
        with_button("confirm", dialog)
    };
    let elements = |count: usize| {
        actions((0..count).map(|number| button(&format!("a{number}"))).collect::<Vec<_>>().into())
    };
    let blocks = |count: usize| Value::from(vec![json!({ "type": "divider" }); count]);
    for (limit, good, bad) in [
        ("blocks in a message: 50", blocks(50), blocks(51)),
        ("a section: 3,000", json!([section(3_000)]), json!([section(3_001)])),
        ("a section: not empty", json!([section(1)]), json!([section(0)])),
        (
            "fields: 10",
            json!([{ "type": "section", "fields": vec![text("mrkdwn", 1); 10] }]),
            json!([{ "type": "section", "fields": vec![text("mrkdwn", 1); 11] }]),
        ),
        (
            "a field: 2,000",
            json!([{ "type": "section", "fields": [text("mrkdwn", 2_000)] }]),
            json!([{ "type": "section", "fields": [text("mrkdwn", 2_001)] }]),
        ),
        (
            "a header: 150",
            json!([{ "type": "header", "text": text("plain_text", 150) }]),
            json!([{ "type": "header", "text": text("plain_text", 151) }]),
        ),
        (
            "a header: plain",
            json!([{ "type": "header", "text": text("plain_text", 1) }]),
            json!([{ "type": "header", "text": text("mrkdwn", 1) }]),
        ),
        (
            "context: 10",
            json!([{ "type": "context", "elements": vec![text("mrkdwn", 1); 10] }]),
            json!([{ "type": "context", "elements": vec![text("mrkdwn", 1); 11] }]),
        ),
        ("actions: 25", elements(25), elements(26)),
        ("actions: not empty", elements(1), elements(0)),
        (
            "a button: 75",
            with_button("text", text("plain_text", 75)),
            with_button("text", text("plain_text", 76)),
        ),
        (
            "a value: 2,000",
            with_button("value", json!("x".repeat(2_000))),
            with_button("value", json!("x".repeat(2_001))),
        ),
        (
            "a url: 3,000",
            with_button("url", json!(format!("https://{}", "x".repeat(2_992)))),
            with_button("url", json!(format!("https://{}", "x".repeat(2_993)))),
        ),
        (
            "an action_id: 255",
            with_button("action_id", json!("x".repeat(255))),
            with_button("action_id", json!("x".repeat(256))),
        ),
        ("a style", with_button("style", json!("danger")), with_button("style", json!("default"))),
        ("nothing unknown", with_button("value", json!("x")), with_button("note", json!("x"))),
        ("no null", with_button("value", json!("x")), with_button("value", Value::Null)),
        ("a dialog's title: 100", dialog("title", 100), dialog("title", 101)),
        ("a dialog's text: 300", dialog("text", 300), dialog("text", 301)),
        ("a dialog's confirm: 30", dialog("confirm", 30), dialog("confirm", 31)),
        ("a dialog's deny: 30", dialog("deny", 30), dialog("deny", 31)),
        ("options: 100", options(100), options(101)),
        ("options: one at least", options(1), options(0)),
        (
            "action_ids differ in a block",
            actions(json!([button("a"), button("b")])),
            actions(json!([button("a"), button("a")])),
        ),
        (
            "block_ids differ",
            json!([{ "type": "divider", "block_id": "a" }, { "type": "divider", "block_id": "b" }]),
            json!([{ "type": "divider", "block_id": "a" }, { "type": "divider", "block_id": "a" }]),
        ),
        (
            "UTF-16 counts",
            json!([{ "type": "header", "text": plain(&"🔥".repeat(75)) }]),
            json!([{ "type": "header", "text": plain(&"🔥".repeat(76)) }]),
        ),
        ("known types", json!([{ "type": "divider" }]), json!([{ "type": "banner" }])),
    ] {
        assert_eq!(judge::message(&good), Ok(()), "{limit}");
        let wrong = judge::message(&bad).expect_err(limit);
        assert_eq!(wrong.code, "invalid_blocks", "{limit}");
        assert!(!wrong.messages.is_empty(), "{limit}");
    }
    let long = |last| {
        json!([section(3_000), section(3_000), section(3_000), section(3_000), section(last)])
    };
    assert_eq!(judge::message(&long(1_200)), Ok(()));
    assert_eq!(judge::message(&long(1_201)).unwrap_err().code, "msg_blocks_too_long");
}

#[test]
fn every_limit_of_views_is_known() {
    let with = |path: &str, value: Value| {
        let mut view = modal();
        let (parent, field) = path.rsplit_once('/').unwrap();
        view.pointer_mut(parent).unwrap()[field] = value;
        view
    };
    let without = |field: &str| {
        let mut view = modal();
        view.as_object_mut().unwrap().remove(field);
        view
    };
    let text = |length: usize| plain(&"x".repeat(length));
    assert_eq!(judge::view(&modal()), Ok(()));
    for (limit, good, bad) in [
        ("title: 24", with("/title", text(24)), with("/title", text(25))),
        ("submit: 24", with("/submit", text(24)), with("/submit", text(25))),
        ("close: 24", with("/close", text(24)), with("/close", text(25))),
        ("submit beside inputs", modal(), without("submit")),
        ("a title", modal(), without("title")),
        (
            "metadata: 3,000",
            with("/private_metadata", json!("x".repeat(3_000))),
            with("/private_metadata", json!("x".repeat(3_001))),
        ),
        (
            "callback_id: 255",
            with("/callback_id", json!("x".repeat(255))),
            with("/callback_id", json!("x".repeat(256))),
        ),
        (
            "a label: 2,000",
            with("/blocks/0/label", text(2_000)),
            with("/blocks/0/label", text(2_001)),
        ),
        ("a hint: 2,000", with("/blocks/0/hint", text(2_000)), with("/blocks/0/hint", text(2_001))),
        (
            "a placeholder: 150",
            with("/blocks/0/element/placeholder", text(150)),
            with("/blocks/0/element/placeholder", text(151)),
        ),
        (
            "max_length: 3,000",
            with("/blocks/0/element/max_length", json!(3_000)),
            with("/blocks/0/element/max_length", json!(3_001)),
        ),
        (
            "an initial value within max_length",
            with("/blocks/0/element/initial_value", json!("x".repeat(20))),
            with("/blocks/0/element/initial_value", json!("x".repeat(21))),
        ),
        (
            "an initial option that is one",
            modal(),
            with("/blocks/1/element/initial_option/value", json!("other")),
        ),
        (
            "an option's value: 150",
            with("/blocks/1/element/options/1/value", json!("x".repeat(150))),
            with("/blocks/1/element/options/1/value", json!("x".repeat(151))),
        ),
        (
            "an option's text: 75",
            with("/blocks/1/element/options/1/text", text(75)),
            with("/blocks/1/element/options/1/text", text(76)),
        ),
        (
            "seconds",
            with("/blocks/3/element/initial_date_time", json!(1_795_269_900)),
            with("/blocks/3/element/initial_date_time", json!(1_795_269_900_000_i64)),
        ),
    ] {
        assert_eq!(judge::view(&good), Ok(()), "{limit}");
        assert_eq!(judge::view(&bad).expect_err(limit).code, "invalid_arguments", "{limit}");
    }
    let home = |count: usize| json!({ "type": "home", "blocks": vec![json!({ "type": "divider" }); count] });
    assert_eq!(judge::view(&home(100)), Ok(()));
    assert!(judge::view(&home(101)).is_err());
    let large = vec![json!({ "type": "section", "text": plain(&"x".repeat(3_000)) }); 90];
    assert_eq!(
        judge::view(&json!({ "type": "home", "blocks": large })).unwrap_err().code,
        "view_too_large"
    );
}
