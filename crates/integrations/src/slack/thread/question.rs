//! The questions that only a person can answer, asked of everyone, and their answers.

use candor_core::{Incident, IncidentNumber, Question, QuestionKind, Status};
use jiff::Timestamp;

use super::{ThreadNote, cancel};
use crate::slack::{
    action::Action,
    block::{Block, Button, ButtonStyle, Message},
    words::{self, SlackContext},
};

/// The question with its buttons, for everyone in the channel.
#[must_use]
pub fn question(
    question: &Question,
    incident: &Incident,
    context: &SlackContext<'_>,
) -> ThreadNote {
    let button = |action: fn(IncidentNumber) -> Action, id: &str| {
        Button::new(&action(incident.number), &context.say(id))
    };
    let first = |action, id| button(action, id).style(ButtonStyle::Primary);
    let (ask, buttons) = match question.kind {
        QuestionKind::Start => (
            "slack-ask-start",
            vec![
                first(Action::Start, "slack-button-start"),
                button(Action::Postpone, "slack-button-postpone"),
                cancel(incident, context),
            ],
        ),
        QuestionKind::Missed => (
            "slack-ask-start",
            vec![
                first(Action::Postpone, "slack-button-postpone"),
                button(Action::Start, "slack-button-start"),
                cancel(incident, context),
            ],
        ),
        QuestionKind::End => (
            "slack-ask-end",
            vec![
                first(Action::End, "slack-button-end"),
                button(Action::Postpone, "slack-button-longer"),
            ],
        ),
        QuestionKind::Resolve => (
            "slack-ask-resolve",
            vec![
                first(Action::Resolve, "slack-button-resolve"),
                button(Action::Update, "slack-button-update"),
            ],
        ),
    };
    let asked = asked(question.kind, question.since, incident, context);
    let text = format!("{asked} {}", context.say(ask));
    let mut blocks = vec![Block::section(&text)];
    blocks.extend(Block::actions(buttons));
    ThreadNote { message: Message::new(&text, blocks), broadcast: true }
}

/// The question of this key once it needs no answer any more, with what happened instead of buttons.
#[must_use]
pub fn answered(question_key: &str, incident: &Incident, context: &SlackContext<'_>) -> Message {
    let (kind, since) = question_key.split_once('/').unwrap_or((question_key, ""));
    let kind = match kind {
        "start" => QuestionKind::Start,
        "missed" => QuestionKind::Missed,
        "end" => QuestionKind::End,
        _ => QuestionKind::Resolve,
    };
    let since = since.parse().ok().and_then(|second| Timestamp::from_second(second).ok());
    let asked = asked(kind, since.unwrap_or(incident.started_at), incident, context);
    let text = format!("{asked} {}", outcome(kind, incident, context));
    Message::new(&text, vec![Block::section(&text)])
}

/// Why the question is asked.
fn asked(
    kind: QuestionKind,
    since: Timestamp,
    incident: &Incident,
    context: &SlackContext<'_>,
) -> String {
    let id = match kind {
        QuestionKind::Start => "slack-asked-start",
        QuestionKind::Missed => "slack-asked-missed",
        QuestionKind::End => "slack-asked-end",
        QuestionKind::Resolve => "slack-asked-resolve",
    };
    let (linked, time) = (context.linked(incident), context.time(since));
    context.say_with(id, &[("incident", (&linked).into()), ("time", (&time).into())])
}

fn outcome(kind: QuestionKind, incident: &Incident, context: &SlackContext<'_>) -> String {
    // What was missed is started after all, or gets another start.
    let is_start = matches!(kind, QuestionKind::Start | QuestionKind::Missed);
    let is_resolve = kind == QuestionKind::Resolve;
    match (incident.status, incident.window) {
        (Status::Resolved | Status::Dismissed, _) => change(incident, context),
        (Status::Confirmed | Status::Watching, _) if is_start => change(incident, context),
        (Status::Planned | Status::Confirmed | Status::Watching, Some(window)) if !is_resolve => {
            let (id, at) = match (is_start, incident.auto_start, incident.auto_end) {
                (true, true, _) => ("slack-starts-itself", window.starts_at),
                (true, false, _) => ("slack-new-start-is", window.starts_at),
                (false, _, true) => ("slack-ends-itself", window.ends_at),
                (false, _, false) => ("slack-new-end-is", window.ends_at),
            };
            context.say_with(id, &[("time", (&context.time(at)).into())])
        }
        (Status::Confirmed | Status::Watching, _) if incident.firing > 0 => {
            context.say("slack-came-back")
        }
        (Status::Planned | Status::Suspected | Status::Confirmed | Status::Watching, _) => {
            let standing = context.status(incident);
            context.say_with("slack-still-open", &[("status", (&standing).into())])
        }
    }
}

fn change(incident: &Incident, context: &SlackContext<'_>) -> String {
    words::last_change(incident, context).unwrap_or_default()
}
