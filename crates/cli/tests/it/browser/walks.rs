//! How people use the site: with the page open, by keyboard, by mail, without script, on paper and in other colors.

use candor_testkit::browser;
use serde_json::{Value, json};

use super::stages::Stages;

#[test]
fn people_get_along_with_whatever_they_have() {
    let mut stages = Stages::begin();
    // Two stages on: a site with a past on which all is well.
    for stage in ["empty", "good"] {
        assert_eq!(stages.next()["name"], stage);
    }
    let home = stages.home();
    browser::judged("walks.mjs", &home, 10, |ask| act(&stages, ask));
}

/// Does what a walk asks for.
fn act(stages: &Stages, ask: &Value) -> Value {
    if let Some(words) = ask["candor"].as_array() {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        let said = stages.site.candor(&words);
        stages.caught_up();
        return json!({ "said": said.stdout, "failed": (!said.status.success()).then_some(said.stderr) });
    }
    if ask == "calm" {
        stages.calm();
        return Value::Null;
    }
    if let Some(alert) = ask["alert"].as_array() {
        let (action, id) = (alert[0].as_str().unwrap(), alert[1].as_str().unwrap());
        return json!({ "seq": stages.alert(action, id) });
    }
    let count = usize::try_from(ask["mails"].as_u64().unwrap()).unwrap();
    json!({ "mails": stages.mails(ask["to"].as_str().unwrap(), count) })
}
