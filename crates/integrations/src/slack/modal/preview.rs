//! The outcome of a command before it is given: who would be notified, and what readers would see.

use candor_core::{
    ActorId, Board, Command, Declaration, Event, Incident, IncidentAction, IncidentNumber, Notify,
    RecordedEvent, Refusal, Revision, Status, Text, outbox_entry,
};
use jiff::Timestamp;

use super::{metadata::digest, reach::Reach};
use crate::slack::{
    block::{Block, InputElement},
    mrkdwn,
    words::{self, SlackContext},
};

/// Ticked already: the rules would tell subscribers.
const TELL: &str = "tell";
/// Not ticked: they would be notified only if the operator asks for it. It goes by another name, since Slack keeps the
/// tick of a box that stays.
const TELL_TOO: &str = "tell-too";

/// The value of either box.
pub(super) const TICK: &str = "tell";

/// Whether subscribers are notified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PreviewNotified {
    /// They are, unless the user unticks the box.
    Usually,
    /// They aren't, unless the user ticks the box.
    IfAsked,
    /// Whatever anybody says.
    Never,
}

impl PreviewNotified {
    /// What the rules decide by themselves needs no box.
    pub(super) fn notify(self, ticked: bool) -> Notify {
        match (self, ticked) {
            (Self::Usually, true) | (Self::Never, _) => Notify::Default,
            (Self::IfAsked, true) => Notify::Yes,
            (Self::Usually | Self::IfAsked, false) => Notify::No,
        }
    }

    /// The block with the box to tick, if there is one.
    pub(super) fn block(self) -> Option<&'static str> {
        match self {
            Self::Usually => Some(TELL),
            Self::IfAsked => Some(TELL_TOO),
            Self::Never => None,
        }
    }
}

/// What is published in two steps.
#[derive(Debug, Clone)]
pub(super) enum ModalDraft {
    /// A new incident.
    Declaration(Declaration),
    /// Changes of one.
    Revision(IncidentNumber, Revision),
}

impl ModalDraft {
    /// As a command; `notify` decides who is notified.
    pub(super) fn command(&self, notify: Notify) -> Command {
        match self.clone() {
            Self::Declaration(declaration) => Command::Declare(Declaration {
                silent: declaration.silent || notify == Notify::No,
                ..declaration
            }),
            Self::Revision(incident, revision) => {
                IncidentAction::Revise { revision, notify }.on(incident)
            }
        }
    }

    /// What is written for the timeline.
    pub(super) fn text(&self) -> Option<&str> {
        let text = match self {
            Self::Declaration(declaration) => declaration.text.as_ref(),
            Self::Revision(_, revision) => revision.text.as_ref(),
        };
        text.map(Text::as_str)
    }

    /// Its outcome at `now`, by any operator.
    pub(super) fn outcome(&self, board: &Board, now: Timestamp) -> Result<DraftOutcome, Refusal> {
        let (usually, incident) = tried(board, self.command(Notify::Default), now)?;
        let notified = if usually {
            PreviewNotified::Usually
        } else if tried(board, self.command(Notify::Yes), now)?.0 {
            PreviewNotified::IfAsked
        } else {
            PreviewNotified::Never
        };
        Ok(DraftOutcome { notified, incident })
    }
}

/// What would come of a draft.
pub(super) struct DraftOutcome {
    pub(super) notified: PreviewNotified,
    /// The incident as it would be; none if it weren't about one.
    pub(super) incident: Option<Incident>,
}

impl DraftOutcome {
    /// The outcome and what leads to it, in a few characters.
    pub(super) fn digest(&self, draft: &ModalDraft) -> String {
        let command = serde_json::to_string(&draft.command(Notify::Default)).unwrap_or_default();
        digest(&format!("{:?} {command}", self.notified))
    }
}

/// The decision about `command` at `now`, by any operator.
pub(super) fn check(
    board: &Board,
    command: Command,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let actor = ActorId::parse("somebody").ok();
    let refire = candor_core::CommandContext::DEFAULT_REFIRE;
    candor_core::decide(board, command, &candor_core::CommandContext { now, actor, refire })
}

/// Whether subscribers would be notified, and the incident as it would be.
fn tried(
    board: &Board,
    command: Command,
    now: Timestamp,
) -> Result<(bool, Option<Incident>), Refusal> {
    let events = check(board, command, now)?;
    let number = events.first().and_then(Event::incident);
    let mut after = board.clone();
    let mut notified = false;
    for event in events {
        let seq = after.seq.saturating_add(1);
        let recorded =
            RecordedEvent { seq, occurred_at: now, recorded_at: now, actor: None, event };
        after.evolve(&recorded);
        notified |= outbox_entry(&after, &recorded).is_some();
    }
    Ok((notified, number.and_then(|number| after.incident(number)).cloned()))
}

/// What readers will see, and the box that says who is notified.
pub(super) fn blocks(
    incident: &Incident,
    text: Option<&str>,
    notified: PreviewNotified,
    subscribers: Reach,
    context: &SlackContext<'_>,
) -> Vec<Block> {
    let title = mrkdwn::bold(&context.title(incident));
    let severity = context.severity(incident.severity);
    let standing = format!("{} · {severity}", context.status(incident));
    let mut blocks = vec![
        Block::context(&[&context.say("slack-preview")]),
        Block::section(&format!("{} {title}\n{standing}", words::sign(incident))),
    ];
    if let Some(summary) = &incident.summary {
        blocks.extend(rendered(summary.as_str(), 2, context));
    }
    if let Some(text) = text {
        blocks.push(Block::context(&[&context.say("slack-field-update")]));
        blocks.extend(rendered(text, 6, context));
    }
    match notified.block() {
        Some(block) => {
            let ticked = notified == PreviewNotified::Usually;
            let notify = subscribers.say("slack-notify", context);
            let boxes = InputElement::boxes(&[(TICK, &notify, ticked)]);
            let label = context.say("slack-who-is-notified");
            let input = Block::input(block, &label, boxes).optional();
            blocks.push(match subscribers.waiting(context) {
                Some(waiting) => input.hint(&waiting),
                None => input,
            });
        }
        None => blocks.push(Block::context(&[&context.say(why_nobody(incident))])),
    }
    blocks.push(Block::divider());
    blocks
}

/// Markdown as it will look, in at most `most` sections.
fn rendered(markdown: &str, most: usize, context: &SlackContext<'_>) -> Vec<Block> {
    let mut sections = Block::sections(&mrkdwn::from_markdown(markdown));
    if sections.len() > most {
        sections.truncate(most);
        sections.push(Block::context(&[&context.say("slack-and-so-on")]));
    }
    sections
}

/// Why there is no box to tick: the id of a message.
fn why_nobody(incident: &Incident) -> &'static str {
    if incident.silent {
        "slack-why-silent"
    } else if matches!(incident.status, Status::Suspected | Status::Dismissed) {
        "slack-why-unconfirmed"
    } else {
        "slack-why-nothing-new"
    }
}
