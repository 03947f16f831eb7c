//! The questions: what only a person can say, asked of everybody, and what became of it.

use candor_core::{Incident, Question, QuestionKind, Status};
use jiff::Timestamp;

use super::{ThreadNote, cancel};
use crate::slack::{
    action::Action,
    block::{Block, Button, ButtonStyle, Message},
    mrkdwn,
    words::{self, SlackContext},
};

/// The question with its buttons, for everybody in the room.
#[must_use]
pub fn question(
    question: &Question,
    incident: &Incident,
    context: &SlackContext<'_>,
) -> ThreadNote {
    let number = incident.number;
    let since = mrkdwn::date(question.since);
    let linked = context.linked(incident);
    let (text, buttons) = match question.kind {
        QuestionKind::Start => (
            format!(
                "{linked}: the planned start has come ({since}). Start now, postpone or cancel?"
            ),
            vec![
                Button::new(&Action::Start(number), "Start now").style(ButtonStyle::Primary),
                Button::new(&Action::Postpone(number), "Postpone"),
                cancel(incident),
            ],
        ),
        QuestionKind::Missed => (
            format!(
                "{linked}: the planned time is over ({since}), and the work was never started. Start now, postpone or cancel?"
            ),
            vec![
                Button::new(&Action::Postpone(number), "Postpone").style(ButtonStyle::Primary),
                Button::new(&Action::Start(number), "Start now"),
                cancel(incident),
            ],
        ),
        QuestionKind::End => (
            format!("{linked}: the planned end has come ({since}). Is the work done?"),
            vec![
                Button::new(&Action::End(number), "End now").style(ButtonStyle::Primary),
                Button::new(&Action::Postpone(number), "It takes longer"),
            ],
        ),
        QuestionKind::Resolve => (
            format!("{linked}: all alerts are cleared ({since}). Resolve it?"),
            vec![
                Button::new(&Action::Resolve(number), "Resolve").style(ButtonStyle::Primary),
                Button::new(&Action::Update(number), "Post an update"),
            ],
        ),
    };
    let mut blocks = vec![Block::section(&text)];
    blocks.extend(Block::actions(buttons));
    ThreadNote { message: Message::new(&text, blocks), broadcast: true }
}

/// The question of this key when nothing is to be pressed any more, with what happened.
#[must_use]
pub fn answered(question_key: &str, incident: &Incident, context: &SlackContext<'_>) -> Message {
    let (kind, since) = question_key.split_once('/').unwrap_or((question_key, ""));
    let at = since.parse().ok().and_then(|second| Timestamp::from_second(second).ok());
    let at = at.map_or_else(String::new, |at| format!(" ({})", mrkdwn::date(at)));
    let asked = match kind {
        "start" => format!("the planned start had come{at}."),
        "missed" => format!("the planned time was over{at}, and the work was never started."),
        "end" => format!("the planned end had come{at}."),
        _ => format!("all alerts were cleared{at}."),
    };
    let linked = context.linked(incident);
    let text = format!("{linked}: {asked} {}", outcome(kind, incident, context));
    Message::new(&text, vec![Block::section(&text)])
}

fn outcome(kind: &str, incident: &Incident, context: &SlackContext<'_>) -> String {
    let turn = words::turn(incident, context).unwrap_or_default();
    // What was missed is started after all, or gets another start.
    let kind = if kind == "missed" { "start" } else { kind };
    match (kind, incident.status) {
        (_, Status::Resolved | Status::Dismissed)
        | ("start", Status::Confirmed | Status::Watching) => turn,
        ("start" | "end", Status::Planned | Status::Confirmed | Status::Watching) => {
            let automatic = match (kind, incident.auto_start, incident.auto_end) {
                ("start", true, _) | ("end", _, true) => " by itself",
                _ => "",
            };
            match (kind, incident.window) {
                ("start", Some(window)) => {
                    format!("It now starts{automatic}: {}.", mrkdwn::date(window.starts_at))
                }
                (_, Some(window)) => {
                    format!("It now ends{automatic}: {}.", mrkdwn::date(window.ends_at))
                }
                (_, None) => String::new(),
            }
        }
        (_, Status::Confirmed | Status::Watching) if incident.firing > 0 => {
            "Then an alert came again: it is not over.".to_owned()
        }
        (_, Status::Planned | Status::Suspected | Status::Confirmed | Status::Watching) => {
            format!("It is still open: {}.", words::standing(incident).to_lowercase())
        }
    }
}
