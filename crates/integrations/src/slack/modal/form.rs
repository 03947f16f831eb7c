//! The fields of the forms: shown with what they hold, and read back.

use std::collections::BTreeMap;

use candor_core::{Incident, InvalidValue, Severity, Status, Text, Title};
use jiff::Timestamp;

use super::{TITLE_FIELD, severity_input, text_input, title_input};
use crate::slack::{
    block::{Block, InputElement, cut},
    inbound::InputValues,
};

pub(super) const TITLE: &str = "title";
pub(super) const SEVERITY: &str = "severity";
pub(super) const STATUS: &str = "status";
pub(super) const SUMMARY: &str = "summary";
pub(super) const TEXT: &str = "text";
pub(super) const STARTED: &str = "started";
pub(super) const START: &str = "start";
pub(super) const END: &str = "end";
pub(super) const ALERTS: &str = "alerts";
pub(super) const TAKES_ALERTS: &str = "join";
pub(super) const AUTO: &str = "auto";
pub(super) const AUTO_START: &str = "start";
pub(super) const AUTO_END: &str = "end";

/// What a title's field shows of a title.
pub(super) fn shown_title(title: &str) -> String {
    cut(title, TITLE_FIELD)
}

/// What a text's field shows of a text.
pub(super) fn shown_text(text: &str) -> String {
    cut(text, 3_000)
}

/// The severities to choose from; maintenance, which has a form of its own, stays what it is, and nothing else becomes it.
pub(super) fn severities(now: Severity) -> Vec<(&'static str, &'static str)> {
    let is_work = |severity: Severity| severity == Severity::Maintenance;
    let choosable = |severity: &&Severity| is_work(**severity) == is_work(now);
    Severity::ALL
        .iter()
        .rev()
        .filter(choosable)
        .map(|severity| (severity.as_str(), severity_choice(*severity)))
        .collect()
}

fn severity_choice(severity: Severity) -> &'static str {
    match severity {
        Severity::Outage => "Outage: it is down",
        Severity::Partial => "Partial outage: a part is down",
        Severity::Bug => "Known problem: something small is broken",
        Severity::Notice => "Notice: something to know",
        Severity::Maintenance => "Maintenance: planned work",
    }
}

/// The statuses to choose from.
pub(super) fn statuses(work: bool) -> [(&'static str, &'static str); 3] {
    if work {
        [
            (Status::Confirmed.as_str(), "Under way"),
            (Status::Watching.as_str(), "Done, being watched"),
            (Status::Resolved.as_str(), "Finished"),
        ]
    } else {
        [
            (Status::Confirmed.as_str(), "Confirmed: we are working on it"),
            (Status::Watching.as_str(), "Watching: a fix is in place"),
            (Status::Resolved.as_str(), "Resolved: it is over"),
        ]
    }
}

/// The fields of an update.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct UpdateFields {
    pub(super) status: Option<Status>,
    pub(super) severity: Severity,
    pub(super) title: String,
    pub(super) summary: Option<String>,
    pub(super) text: Option<String>,
}

impl UpdateFields {
    /// The inputs; a status can be chosen while the incident is going on.
    pub(super) fn inputs(&self, incident: &Incident) -> Vec<Block> {
        let mut inputs = vec![text_input("Update", self.text.as_deref()).optional()];
        if can_turn(incident) {
            let status = self.status.map(Status::as_str);
            let choices = statuses(incident.window.is_some());
            inputs.push(Block::input(STATUS, "Status", InputElement::select(&choices, status)));
        }
        inputs.push(severity_input(self.severity));
        inputs.push(title_input(Some(&shown_title(&self.title))));
        let summary = self.summary.as_deref().map(shown_text);
        inputs.push(
            Block::input(SUMMARY, "Summary", InputElement::lines(summary.as_deref()))
                .optional()
                .hint("A sentence or two that stand above all updates."),
        );
        inputs
    }
}

/// Whether an update can change the status.
pub(super) fn can_turn(incident: &Incident) -> bool {
    matches!(incident.status, Status::Confirmed | Status::Watching)
}

/// The fields of a new incident.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Declare {
    pub(super) title: Option<String>,
    pub(super) severity: Severity,
    pub(super) status: Status,
    pub(super) started_at: Option<Timestamp>,
    pub(super) text: Option<String>,
    pub(super) takes_alerts: bool,
}

impl Declare {
    pub(super) fn inputs(&self) -> Vec<Block> {
        vec![
            title_input(self.title.as_deref()),
            severity_input(self.severity),
            Block::input(
                STATUS,
                "Status",
                InputElement::select(&statuses(false), Some(self.status.as_str())),
            ),
            text_input("What is known", self.text.as_deref()).optional(),
            Block::input(STARTED, "Began", InputElement::time(self.started_at))
                .optional()
                .hint("Now, if you leave it empty."),
            Block::input(
                ALERTS,
                "Alerts",
                InputElement::boxes(&[(
                    TAKES_ALERTS,
                    "New alerts belong to this outage",
                    self.takes_alerts,
                )]),
            )
            .optional()
            .hint("If not, they open a suspicion of their own."),
        ]
    }
}

/// What was filled in, and what is wrong with it so far.
pub(super) struct ModalAnswers<'a> {
    values: &'a InputValues,
    pub(super) errors: BTreeMap<String, String>,
}

impl<'a> ModalAnswers<'a> {
    pub(super) fn new(values: &'a InputValues) -> Self {
        Self { values, errors: BTreeMap::new() }
    }

    pub(super) fn wrong(&mut self, block: &str, sentence: impl Into<String>) {
        self.errors.entry(block.to_owned()).or_insert_with(|| sentence.into());
    }

    pub(super) fn raw(&self, block: &str) -> Option<String> {
        self.values.text(block)
    }

    pub(super) fn title(&mut self) -> Option<Title> {
        let parsed = Title::parse(&self.raw(TITLE).unwrap_or_default());
        self.taken(TITLE, parsed)
    }

    pub(super) fn text(&mut self, block: &str) -> Option<Text> {
        let raw = self.raw(block)?;
        let parsed = Text::parse(&raw);
        self.taken(block, parsed)
    }

    fn taken<T>(&mut self, block: &str, parsed: Result<T, InvalidValue>) -> Option<T> {
        parsed.map_err(|invalid| self.wrong(block, sentence(&invalid.to_string()))).ok()
    }

    /// What was chosen; an empty one is what was offered.
    pub(super) fn severity(&mut self) -> Option<Severity> {
        let chosen = self.values.selected(SEVERITY)?;
        chosen.parse().map_err(|_unknown| self.wrong(SEVERITY, "Choose one of the list.")).ok()
    }

    pub(super) fn status(&mut self) -> Option<Status> {
        let chosen = self.values.selected(STATUS)?;
        chosen.parse().map_err(|_unknown| self.wrong(STATUS, "Choose one of the list.")).ok()
    }

    pub(super) fn time(&mut self, block: &str) -> Option<Timestamp> {
        let time = self.values.time(block);
        if time.is_none() {
            self.wrong(block, "Choose a day and a time.");
        }
        time
    }

    pub(super) fn time_if_any(&self, block: &str) -> Option<Timestamp> {
        self.values.time(block)
    }

    pub(super) fn ticked(&self, block: &str, value: &str) -> bool {
        self.values.checked(block).iter().any(|ticked| ticked == value)
    }
}

/// A sentence with its capital letter and its full stop.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", chars.as_str())
}

/// Whether a severity can be chosen for an incident that has another one now.
pub(super) fn is_choosable(severity: Severity, now: Severity) -> bool {
    severities(now).iter().any(|(value, _)| *value == severity.as_str())
}
