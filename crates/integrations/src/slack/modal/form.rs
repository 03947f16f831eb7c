//! The fields of the forms: prefilled, and read back.

use std::collections::BTreeMap;

use candor_content::language::Value;
use candor_core::{Incident, Severity, Status, Text, Title};
use jiff::Timestamp;

use super::{TITLE_FIELD, severity_input, text_input, title_input};
use crate::slack::{
    block::{Block, InputElement, cut},
    inbound::InputValues,
    words::SlackContext,
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

/// The severities to choose from and their messages. Maintenance has a form of its own: it stays maintenance, and
/// nothing else becomes it.
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
        Severity::Outage => "slack-choice-outage",
        Severity::Partial => "slack-choice-partial",
        Severity::Bug => "slack-choice-bug",
        Severity::Notice => "slack-choice-notice",
        Severity::Maintenance => "slack-choice-maintenance",
    }
}

/// Choices with their messages in words.
pub(super) fn in_words(
    choices: &[(&'static str, &str)],
    context: &SlackContext<'_>,
) -> Vec<(&'static str, String)> {
    choices.iter().map(|(value, id)| (*value, context.say(id))).collect()
}

/// The statuses to choose from, and their messages.
pub(super) fn statuses(work: bool) -> [(&'static str, &'static str); 3] {
    if work {
        [
            (Status::Confirmed.as_str(), "slack-choice-work-started"),
            (Status::Watching.as_str(), "slack-choice-work-watching"),
            (Status::Resolved.as_str(), "slack-choice-work-finished"),
        ]
    } else {
        [
            (Status::Confirmed.as_str(), "slack-choice-confirmed"),
            (Status::Watching.as_str(), "slack-choice-watching"),
            (Status::Resolved.as_str(), "slack-choice-resolved"),
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
    pub(super) fn inputs(&self, incident: &Incident, context: &SlackContext<'_>) -> Vec<Block> {
        let text = text_input("slack-field-update", self.text.as_deref(), context);
        let mut inputs = vec![text.optional()];
        if can_turn(incident) {
            let status = self.status.map(Status::as_str);
            let choices = in_words(&statuses(incident.window.is_some()), context);
            let select = InputElement::select(&choices, status);
            inputs.push(Block::input(STATUS, &context.say("slack-field-status"), select));
        }
        inputs.push(severity_input(self.severity, context));
        inputs.push(title_input(Some(&shown_title(&self.title)), context));
        let summary = self.summary.as_deref().map(shown_text);
        let lines = InputElement::lines(summary.as_deref());
        inputs.push(
            Block::input(SUMMARY, &context.say("slack-field-summary"), lines)
                .optional()
                .hint(&context.say("slack-hint-summary")),
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
    pub(super) fn inputs(&self, context: &SlackContext<'_>) -> Vec<Block> {
        let statuses = in_words(&statuses(false), context);
        let status = InputElement::select(&statuses, Some(self.status.as_str()));
        let started = InputElement::time(self.started_at);
        let takes_alerts = context.say("slack-box-alerts");
        let alerts = InputElement::boxes(&[(TAKES_ALERTS, &takes_alerts, self.takes_alerts)]);
        vec![
            title_input(self.title.as_deref(), context),
            severity_input(self.severity, context),
            Block::input(STATUS, &context.say("slack-field-status"), status),
            text_input("slack-field-known", self.text.as_deref(), context).optional(),
            Block::input(STARTED, &context.say("slack-field-began"), started)
                .optional()
                .hint(&context.say("slack-hint-began")),
            Block::input(ALERTS, &context.say("slack-field-alerts"), alerts)
                .optional()
                .hint(&context.say("slack-hint-alerts")),
        ]
    }
}

/// What was filled in, and what is wrong with it so far.
pub(super) struct ModalAnswers<'a> {
    values: &'a InputValues,
    context: &'a SlackContext<'a>,
    pub(super) errors: BTreeMap<String, String>,
}

impl<'a> ModalAnswers<'a> {
    pub(super) fn new(values: &'a InputValues, context: &'a SlackContext<'a>) -> Self {
        Self { values, context, errors: BTreeMap::new() }
    }

    pub(super) fn wrong(&mut self, block: &str, sentence: String) {
        self.errors.entry(block.to_owned()).or_insert(sentence);
    }

    /// Nothing, or nothing that the form has, was chosen.
    pub(super) fn choose_one(&mut self, block: &str) {
        let sentence = self.context.say("slack-choose-one");
        self.wrong(block, sentence);
    }

    pub(super) fn raw(&self, block: &str) -> Option<String> {
        self.values.text(block)
    }

    pub(super) fn title(&mut self) -> Option<Title> {
        let title = Title::parse(&self.raw(TITLE).unwrap_or_default()).ok();
        if title.is_none() {
            let most = Value::Count(Title::MAX_CHARS);
            let sentence = self.context.say_with("slack-title-invalid", &[("most", most)]);
            self.wrong(TITLE, sentence);
        }
        title
    }

    pub(super) fn text(&mut self, block: &str) -> Option<Text> {
        let raw = self.raw(block)?;
        let text = Text::parse(&raw).ok();
        if text.is_none() {
            let sentence = self.context.say("slack-text-invalid");
            self.wrong(block, sentence);
        }
        text
    }

    /// What was chosen; none if nothing was.
    pub(super) fn severity(&mut self) -> Option<Severity> {
        let chosen = self.values.selected(SEVERITY)?;
        chosen.parse().map_err(|_unknown| self.choose_one(SEVERITY)).ok()
    }

    pub(super) fn status(&mut self) -> Option<Status> {
        let chosen = self.values.selected(STATUS)?;
        chosen.parse().map_err(|_unknown| self.choose_one(STATUS)).ok()
    }

    pub(super) fn time(&mut self, block: &str) -> Option<Timestamp> {
        let time = self.values.time(block);
        if time.is_none() {
            let sentence = self.context.say("slack-choose-time");
            self.wrong(block, sentence);
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

/// Whether a severity can be chosen for an incident that has another one now.
pub(super) fn is_choosable(severity: Severity, now: Severity) -> bool {
    severities(now).iter().any(|(value, _)| *value == severity.as_str())
}
