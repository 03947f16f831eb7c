//! Builds a board by commands, and reads the Slack messages that follow from it.

use std::{fmt::Write, ops::Deref, sync::LazyLock};

use candor_content::{link::Links, notification_text::ReaderPreferences};
use candor_core::{
    ActorId, Command, Declaration, Incident, IncidentAction, IncidentNumber, MaintenancePlan,
    Notify, Severity, Status, Window,
};
use candor_integrations::slack::{
    SlackContext,
    inbound::{InputValues, SubmittedView},
};
use candor_testkit::story::{
    self, declaration, maintenance_in, quiet_page, raise_with_message, update_with_text,
};
pub(super) use candor_testkit::story::{text, title};
use serde::Serialize;
use serde_json::{Value, json};

use crate::support::{KEY, time};

pub(super) const ONE: IncidentNumber = IncidentNumber::FIRST;

pub(super) fn person(id: &str) -> ActorId {
    ActorId::parse(id).unwrap()
}

fn name(id: &ActorId) -> String {
    let mut name = id.as_str().to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

pub(super) fn links() -> Links {
    Links::new("https://status.example.org", &KEY).unwrap()
}

static READER: LazyLock<ReaderPreferences> = LazyLock::new(ReaderPreferences::default);

pub(super) fn context(links: &Links) -> SlackContext<'_> {
    SlackContext {
        site_name: "Acme Tickets",
        links,
        reader: &READER,
        two_people: false,
        names: &name,
    }
}

/// A board to which things happen, a minute apart; it is 14:05 when it begins.
pub(super) struct Story(story::Story);

impl Deref for Story {
    type Target = story::Story;

    fn deref(&self) -> &story::Story {
        &self.0
    }
}

impl Story {
    pub(super) fn new() -> Self {
        Self(quiet_page().after_minutes(5))
    }

    /// Somebody (or, for an empty name, nobody) gives a command, and it is decided.
    pub(super) fn then(self, who: &str, command: Command) -> Self {
        Self(self.0.when_by(command, (!who.is_empty()).then(|| person(who))))
    }

    pub(super) fn incident(&self) -> &Incident {
        self.0.incident(ONE)
    }

    pub(super) fn alerted(self, count: usize) -> Self {
        (0..count).fold(self, |story, index| story.then("", raise(index)))
    }

    pub(super) fn cleared(self, count: usize) -> Self {
        (0..count)
            .fold(self, |story, index| story.then("", story::clear(&format!("alert-{index}"))))
    }

    pub(super) fn confirmed(self) -> Self {
        let name = title("Checkout and ticket shop unavailable");
        let words = "Buyers see an error when they pay.\nWe will write again by **14:25 UTC**.";
        let (severity, title, text) = (None, Some(name), Some(text(words)));
        let confirm =
            IncidentAction::Confirm { severity, title, text, notify: Notify::Default }.on(ONE);
        self.alerted(1).then("ada", confirm)
    }

    pub(super) fn updated(self, who: &str, words: &str, status: Option<Status>) -> Self {
        self.then(who, update_with_text(ONE, words, status, Notify::Default))
    }

    pub(super) fn resolved(self, who: &str) -> Self {
        self.then(who, story::resolve(ONE))
    }

    pub(super) fn dismissed(self, who: &str) -> Self {
        self.then(who, story::dismiss(ONE))
    }

    pub(super) fn planned(self, auto: bool) -> Self {
        let (starts_at, ends_at) = (time("2026-11-23T02:00:00Z"), time("2026-11-23T02:30:00Z"));
        let plan = MaintenancePlan {
            text: Some(text("The shop can be read, not bought from.")),
            auto_start: auto,
            auto_end: auto,
            ..maintenance_in(Window { starts_at, ends_at })
        };
        self.then("ada", Command::PlanMaintenance(plan))
    }

    pub(super) fn started(self, who: &str) -> Self {
        self.then(who, story::start(ONE))
    }

    pub(super) fn declared(self, severity: Severity, status: Status) -> Self {
        let title = title("Slow search");
        self.then("ada", Command::Declare(Declaration { title, ..declaration(severity, status) }))
    }
}

pub(super) fn raise(index: usize) -> Command {
    raise_with_message(&format!("alert-{index}"), "shop: HTTP 502 on /checkout")
}

pub(super) fn json_of(shown: &impl Serialize) -> Value {
    serde_json::to_value(shown).unwrap()
}

/// A message or view as one reads it.
pub(super) fn shown(shown: &impl Serialize) -> String {
    let shown = json_of(shown);
    let mut out = String::new();
    if let Some(text) = shown["text"].as_str() {
        writeln!(out, "({text})").unwrap();
    }
    if let Some(title) = shown["title"]["text"].as_str() {
        writeln!(out, "== {title} ==").unwrap();
    }
    for block in shown["blocks"].as_array().into_iter().flatten() {
        match block["type"].as_str().unwrap() {
            "header" => writeln!(out, "# {}", block["text"]["text"].as_str().unwrap()),
            "section" => writeln!(out, "{}", block["text"]["text"].as_str().unwrap()),
            "context" => writeln!(out, "· {}", block["elements"][0]["text"].as_str().unwrap()),
            "divider" => writeln!(out, "---"),
            "actions" => {
                for button in block["elements"].as_array().unwrap() {
                    let (words, id) = (&button["text"]["text"], &button["action_id"]);
                    write!(out, "[{} → {}", words.as_str().unwrap(), id.as_str().unwrap()).unwrap();
                    for name in ["value", "url", "style"] {
                        if let Some(value) = button[name].as_str() {
                            write!(out, " {name}={value}").unwrap();
                        }
                    }
                    if let Some(confirm) = button.get("confirm") {
                        let words = ["title", "text", "confirm", "deny"]
                            .map(|part| confirm[part]["text"].as_str().unwrap());
                        write!(out, " asks {words:?}").unwrap();
                    }
                    writeln!(out, "]").unwrap();
                }
                Ok(())
            }
            "input" => {
                let (id, label) = (&block["block_id"], &block["label"]["text"]);
                let element = &block["element"];
                let kind = element["type"].as_str().unwrap();
                write!(out, "{}: {} <{kind}>", id.as_str().unwrap(), label.as_str().unwrap())
                    .unwrap();
                for (name, value) in element.as_object().unwrap() {
                    if name.starts_with("initial") {
                        write!(out, " {}", words_of(value)).unwrap();
                    }
                }
                if let Some(choices) = element["options"].as_array() {
                    let choices: Vec<_> = choices.iter().map(words_of).collect();
                    write!(out, " of {}", choices.join(" | ")).unwrap();
                }
                if block["optional"] == json!(true) {
                    write!(out, " (optional)").unwrap();
                }
                if let Some(hint) = block["hint"]["text"].as_str() {
                    write!(out, " — {hint}").unwrap();
                }
                writeln!(out)
            }
            other => panic!("{other}"),
        }
        .unwrap();
    }
    if let Some(submit) = shown["submit"]["text"].as_str() {
        writeln!(out, "[{submit}]").unwrap();
    }
    out
}

fn words_of(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Array(all) => all.iter().map(words_of).collect::<Vec<_>>().join(", "),
        Value::Object(option) => option["text"]["text"].as_str().unwrap().to_owned(),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_)) => other.to_string(),
    }
}

/// What Slack sends when somebody submits `view`: its fields as they are, but for `changes` by `block_id` (null
/// empties a field).
pub(super) fn submitted(view: &impl Serialize, changes: Value) -> SubmittedView {
    let view = json_of(view);
    let mut values = serde_json::Map::new();
    for block in view["blocks"].as_array().unwrap() {
        let Some(id) = block["block_id"].as_str() else { continue };
        let element = &block["element"];
        let change = changes.get(id);
        let kind = element["type"].as_str().unwrap();
        let value = match kind {
            "plain_text_input" => {
                json!({ "value": change.cloned().unwrap_or_else(|| element["initial_value"].clone()) })
            }
            "static_select" => {
                let option = match change {
                    Some(Value::Null) => Value::Null,
                    Some(value) => json!({ "value": value }),
                    None => element["initial_option"].clone(),
                };
                json!({ "selected_option": option })
            }
            "checkboxes" => {
                let options = match change {
                    Some(values) => {
                        let values = values.as_array().unwrap();
                        values.iter().map(|value| json!({ "value": value })).collect()
                    }
                    None => element["initial_options"].as_array().cloned().unwrap_or_default(),
                };
                json!({ "selected_options": options })
            }
            "datetimepicker" => {
                let time = match change {
                    Some(Value::String(at)) => json!(time(at).as_second()),
                    Some(other) => other.clone(),
                    None => element["initial_date_time"].clone(),
                };
                json!({ "selected_date_time": time })
            }
            other => panic!("{other}"),
        };
        values.insert(id.to_owned(), json!({ "field": value }));
    }
    for id in changes.as_object().unwrap().keys() {
        assert!(values.contains_key(id), "the form has no {id}");
    }
    SubmittedView {
        id: "V1".to_owned(),
        root_id: "V1".to_owned(),
        hash: "1".to_owned(),
        callback_id: view["callback_id"].as_str().unwrap().to_owned(),
        private_metadata: view["private_metadata"].as_str().unwrap().to_owned(),
        values: InputValues::of_state(&Value::Object(values)),
    }
}
