//! Builds a board by commands, and reads the Slack messages that follow from it.

use std::{fmt::Write, sync::LazyLock};

use candor_content::{link::Links, notification_text::ReaderPreferences};
use candor_core::{
    ActorId, AlertKey, AlertMessage, Board, Command, Declaration, Incident, IncidentAction,
    IncidentNumber, MaintenancePlan, Notify, RecordedEvent, Severity, Status, Text, Title, Window,
    decide,
};
use candor_integrations::slack::{
    SlackContext,
    inbound::{InputValues, SubmittedView},
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use crate::support::{KEY, time};

pub(super) const ONE: IncidentNumber = IncidentNumber::FIRST;

pub(super) fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

pub(super) fn title(title: &str) -> Title {
    Title::parse(title).unwrap()
}

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

/// The log so far, folded; it is 14:05 when it begins, and each step takes a minute.
pub(super) struct Story {
    pub(super) board: Board,
    pub(super) log: Vec<RecordedEvent>,
    pub(super) now: Timestamp,
}

impl Story {
    pub(super) fn new() -> Self {
        Self { board: Board::default(), log: Vec::new(), now: time("2026-11-21T14:05:00Z") }
    }

    /// Somebody (or, for an empty name, nobody) gives a command, and it is decided.
    pub(super) fn then(mut self, who: &str, command: Command) -> Self {
        let actor = (!who.is_empty()).then(|| person(who));
        let context = candor_core::CommandContext {
            now: self.now,
            actor: actor.clone(),
            refire: candor_core::CommandContext::DEFAULT_REFIRE,
        };
        for event in decide(&self.board, command, &context).unwrap() {
            let (seq, at) = (self.board.seq + 1, self.now);
            let recorded = RecordedEvent {
                seq,
                occurred_at: at,
                recorded_at: at,
                actor: actor.clone(),
                event,
            };
            self.board.evolve(&recorded);
            self.log.push(recorded);
        }
        self.now += SignedDuration::from_mins(1);
        self
    }

    pub(super) fn incident(&self) -> &Incident {
        self.board.incident(ONE).unwrap()
    }

    pub(super) fn alerted(self, count: usize) -> Self {
        (0..count).fold(self, |story, index| story.then("", raise(index)))
    }

    pub(super) fn cleared(self, count: usize) -> Self {
        (0..count).fold(self, |story, index| {
            let message = AlertMessage::lenient("fine again");
            story.then("", Command::ClearAlert { alert: alert(index), message })
        })
    }

    pub(super) fn confirmed(self) -> Self {
        self.alerted(1).then(
            "ada",
            IncidentAction::Confirm {
                severity: None,
                title: Some(title("Checkout and ticket shop unavailable")),
                text: Some(text(
                    "Buyers see an error when they pay.\nWe will write again by **14:25 UTC**.",
                )),
                notify: Notify::Default,
            }
            .on(ONE),
        )
    }

    pub(super) fn updated(self, who: &str, words: &str, status: Option<Status>) -> Self {
        let update =
            IncidentAction::PostUpdate { text: text(words), status, notify: Notify::Default }
                .on(ONE);
        self.then(who, update)
    }

    pub(super) fn resolved(self, who: &str) -> Self {
        let (ended_at, notify) = (None, Notify::Default);
        self.then(who, IncidentAction::Resolve { ended_at, text: None, notify }.on(ONE))
    }

    pub(super) fn dismissed(self, who: &str) -> Self {
        self.then(who, IncidentAction::Dismiss { text: None }.on(ONE))
    }

    pub(super) fn planned(self, auto: bool) -> Self {
        let window = Window {
            starts_at: time("2026-11-23T02:00:00Z"),
            ends_at: time("2026-11-23T02:30:00Z"),
        };
        self.then(
            "ada",
            Command::PlanMaintenance(MaintenancePlan {
                title: title("Database upgrade"),
                window,
                text: Some(text("The shop can be read, not bought from.")),
                auto_start: auto,
                auto_end: auto,
                silent: false,
            }),
        )
    }

    pub(super) fn started(self, who: &str) -> Self {
        let start =
            IncidentAction::StartMaintenance { text: None, notify: Notify::Default }.on(ONE);
        self.then(who, start)
    }

    pub(super) fn declared(self, severity: Severity, status: Status) -> Self {
        self.then(
            "ada",
            Command::Declare(Declaration {
                title: title("Slow search"),
                status,
                severity,
                started_at: None,
                ended_at: None,
                summary: None,
                text: None,
                silent: false,
                takes_alerts: false,
            }),
        )
    }
}

fn alert(index: usize) -> AlertKey {
    AlertKey::new("opsgenie", &format!("alert-{index}")).unwrap()
}

pub(super) fn raise(index: usize) -> Command {
    let message = AlertMessage::lenient("shop: HTTP 502 on /checkout");
    Command::RaiseAlert { alert: alert(index), message }
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
