//! Every limit of Block Kit that the fake workspace knows, at and beyond its edge.

use candor_testkit::slack::judge;
use serde_json::{Value, json};

use super::{actions, button, modal, plain};

fn text(kind: &str, length: usize) -> Value {
    json!({ "type": kind, "text": "x".repeat(length) })
}

fn section(length: usize) -> Value {
    json!({ "type": "section", "text": text("mrkdwn", length) })
}

/// Blocks with one button whose field is this.
fn with_button(field: &str, value: Value) -> Value {
    let mut button = button("a");
    button[field] = value;
    actions(json!([button]))
}

fn dialog(field: &str, length: usize) -> Value {
    let mut dialog = json!({ "title": plain("a"), "text": plain("b"), "confirm": plain("c"), "deny": plain("d") });
    dialog[field] = text("plain_text", length);
    with_button("confirm", dialog)
}

fn options(count: usize) -> Value {
    let option = |number: usize| json!({ "text": plain("x"), "value": number.to_string() });
    let options: Vec<_> = (0..count).map(option).collect();
    actions(json!([{ "type": "static_select", "action_id": "a", "options": options }]))
}

fn buttons(count: usize) -> Value {
    actions((0..count).map(|number| button(&format!("a{number}"))).collect::<Vec<_>>().into())
}

fn is_refused(what: &str, blocks: &Value) {
    let wrong = judge::message(blocks).expect_err(what);
    assert_eq!(wrong.code, "invalid_blocks", "{what}");
    assert!(!wrong.messages.is_empty(), "{what}");
}

#[test]
fn every_limit_of_blocks_is_known() {
    type Make = fn(usize) -> Value;
    let limits: [(&str, usize, Make); 17] = [
        ("blocks in a message", 50, |n| vec![json!({ "type": "divider" }); n].into()),
        ("a section", 3_000, |n| json!([section(n)])),
        ("fields", 10, |n| json!([{ "type": "section", "fields": vec![text("mrkdwn", 1); n] }])),
        ("a field", 2_000, |n| json!([{ "type": "section", "fields": [text("mrkdwn", n)] }])),
        ("a header", 150, |n| json!([{ "type": "header", "text": text("plain_text", n) }])),
        ("context", 10, |n| json!([{ "type": "context", "elements": vec![text("mrkdwn", 1); n] }])),
        ("actions", 25, buttons),
        ("a button", 75, |n| with_button("text", text("plain_text", n))),
        ("a value", 2_000, |n| with_button("value", json!("x".repeat(n)))),
        ("a url", 3_000, |n| with_button("url", json!(format!("{:x<n$}", "https://")))),
        ("an action_id", 255, |n| with_button("action_id", json!("x".repeat(n)))),
        ("a dialog's title", 100, |n| dialog("title", n)),
        ("a dialog's text", 300, |n| dialog("text", n)),
        ("a dialog's confirm", 30, |n| dialog("confirm", n)),
        ("a dialog's deny", 30, |n| dialog("deny", n)),
        ("options", 100, options),
        // Counted in UTF-16.
        (
            "pairs in a header",
            75,
            |n| json!([{ "type": "header", "text": plain(&"🔥".repeat(n)) }]),
        ),
    ];
    for (limit, most, make) in limits {
        assert_eq!(judge::message(&make(most)), Ok(()), "{limit}");
        is_refused(limit, &make(most + 1));
    }
    let divider = |id: &str| json!({ "type": "divider", "block_id": id });
    for (rule, good, bad) in [
        ("a section isn't empty", json!([section(1)]), json!([section(0)])),
        ("actions aren't empty", buttons(1), buttons(0)),
        ("there is an option", options(1), options(0)),
        (
            "a header is plain",
            json!([{ "type": "header", "text": text("plain_text", 1) }]),
            json!([{ "type": "header", "text": text("mrkdwn", 1) }]),
        ),
        ("a style", with_button("style", json!("danger")), with_button("style", json!("default"))),
        ("nothing unknown", with_button("value", json!("x")), with_button("note", json!("x"))),
        ("no null", with_button("value", json!("x")), with_button("value", Value::Null)),
        (
            "action_ids differ in a block",
            actions(json!([button("a"), button("b")])),
            actions(json!([button("a"), button("a")])),
        ),
        (
            "block_ids differ",
            json!([divider("a"), divider("b")]),
            json!([divider("a"), divider("a")]),
        ),
        ("known types", json!([divider("a")]), json!([{ "type": "banner" }])),
    ] {
        assert_eq!(judge::message(&good), Ok(()), "{rule}");
        is_refused(rule, &bad);
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
    let is_refused = |what: &str, view: &Value| {
        assert_eq!(judge::view(view).expect_err(what).code, "invalid_arguments", "{what}");
    };
    assert_eq!(judge::view(&modal()), Ok(()));
    for (path, most, is_text) in [
        ("/title", 24, true),
        ("/submit", 24, true),
        ("/close", 24, true),
        ("/private_metadata", 3_000, false),
        ("/callback_id", 255, false),
        ("/blocks/0/label", 2_000, true),
        ("/blocks/0/hint", 2_000, true),
        ("/blocks/0/element/placeholder", 150, true),
        // Its max_length.
        ("/blocks/0/element/initial_value", 20, false),
        ("/blocks/1/element/options/1/value", 150, false),
        ("/blocks/1/element/options/1/text", 75, true),
    ] {
        let value = |length| match is_text {
            true => plain(&"x".repeat(length)),
            false => json!("x".repeat(length)),
        };
        assert_eq!(judge::view(&with(path, value(most))), Ok(()), "{path}");
        is_refused(path, &with(path, value(most + 1)));
    }
    for (path, good, bad) in [
        ("/blocks/0/element/max_length", json!(3_000), json!(3_001)),
        // The initial option is one of the options.
        ("/blocks/1/element/initial_option/value", json!("confirmed"), json!("other")),
        ("/blocks/3/element/initial_date_time", json!(1_795_269_900), json!(1_795_269_900_000_i64)),
    ] {
        assert_eq!(judge::view(&with(path, good)), Ok(()), "{path}");
        is_refused(path, &with(path, bad));
    }
    // A form with inputs needs a way to submit it.
    for field in ["submit", "title"] {
        let mut view = modal();
        view.as_object_mut().unwrap().remove(field);
        is_refused(field, &view);
    }
    let home = |count: usize| json!({ "type": "home", "blocks": vec![json!({ "type": "divider" }); count] });
    assert_eq!(judge::view(&home(100)), Ok(()));
    assert!(judge::view(&home(101)).is_err());
    let large = vec![json!({ "type": "section", "text": plain(&"x".repeat(3_000)) }); 90];
    let large = judge::view(&json!({ "type": "home", "blocks": large })).unwrap_err();
    assert_eq!(large.code, "view_too_large");
}
