//! The thread of one incident: the root message, which is always up to date, and the notes and questions below it.
//!
//! All of it is computed from the incident as it is now, so posting it again is always right.

mod note;
mod question;

use candor_core::{DismissReason, EntryKind, Incident, IncidentNumber, Status, TimelineEntry};

pub use note::{many_notes, note};
pub use question::{answered, question};

use super::{
    action::Action,
    block::{Block, Button, ButtonStyle, ConfirmDialog, Message},
    mrkdwn,
    words::{self, SlackContext},
};

/// The longest alert text that is shown, in UTF-16 units.
const MAX_ALERT: usize = 1_000;
/// How much of it a push notification shows, in UTF-16 units.
const MAX_ALERT_IN_PUSH: usize = 200;

/// A reply in the thread.
#[derive(Debug, Clone, PartialEq)]
pub struct ThreadNote {
    /// What it says.
    pub message: Message,
    /// Whether it is shown outside the thread, too: something is asked of everybody.
    pub broadcast: bool,
}

/// The root message of `incident`. `last_alert` is what monitoring said last.
#[must_use]
pub fn root(incident: &Incident, last_alert: Option<&str>, context: &SlackContext<'_>) -> Message {
    let title = context.title(incident);
    let standing = context.status(incident);
    let sign = words::sign(incident);
    let mut head = vec![Block::header(&format!("{sign} {title}"))];
    let mut lines = Vec::new();
    if super::block::units(&title) > HEADER_ROOM {
        lines.push(mrkdwn::bold(&title));
    }
    lines.extend(facts(incident, context));
    head.push(Block::section(&lines.join("\n")));
    let body = match incident.status {
        Status::Suspected => suspected(incident, last_alert, context),
        Status::Planned
        | Status::Dismissed
        | Status::Confirmed
        | Status::Watching
        | Status::Resolved => latest(incident, context),
    };
    let mut foot = Vec::new();
    if incident.status == Status::Suspected {
        foot.push(Block::section(&is_it_real(incident, context)));
    }
    let small = small_print(incident, context);
    if !small.is_empty() {
        foot.push(Block::context(&[&small]));
    }
    foot.extend(Block::actions(buttons(incident, context, true)));
    let mut text = format!("{sign} {}: {standing}", mrkdwn::text(&title));
    if let (Status::Suspected, Some(alert)) = (incident.status, last_alert) {
        // A woken reader sees at once what it is about.
        let alert = super::block::cut(alert, MAX_ALERT_IN_PUSH);
        text.extend([". ", &mrkdwn::text(&alert)]);
    }
    Message::fitted(&text, head, body, foot, &context.rest_on_page(incident))
}

/// The part of a title that fits into a header beside the sign.
const HEADER_ROOM: usize = 140;

/// The root message as text alone, for when Slack refuses the blocks: nothing to press, but nothing lost.
#[must_use]
pub fn plain(incident: &Incident, context: &SlackContext<'_>) -> Message {
    let title = context.title(incident);
    let sign = words::sign(incident);
    let facts = facts(incident, context).join("\n");
    let page = mrkdwn::link(&context.page(incident), &context.say("slack-open-page"));
    Message::plain(&format!("{sign} {}\n{facts}\n{page}", mrkdwn::bold(&title)))
}

/// The status, since when, and who set it.
fn facts(incident: &Incident, context: &SlackContext<'_>) -> Vec<String> {
    let standing = mrkdwn::bold(&context.status(incident));
    let since = context.time(incident.started_at);
    let change = words::last_change(incident, context);
    let standing_since = || {
        let values = [("status", (&standing).into()), ("time", (&since).into())];
        context.say_with("slack-status-since", &values)
    };
    let mut facts = Vec::new();
    match incident.status {
        Status::Suspected => {
            facts.push(standing_since());
            facts.extend(words::alerts(incident, context));
        }
        Status::Dismissed => {
            facts.push(standing);
            facts.extend(change);
            facts.push(context.say("slack-nobody-notified"));
            if dismissed_itself(incident) {
                facts.push(context.say("slack-was-it-real"));
            }
        }
        Status::Planned => {
            let window = incident.window.map_or(since, |window| context.window(window));
            let values = [("name", (&standing).into()), ("value", (&window).into())];
            facts.push(context.say_with("fact", &values));
            facts.push(context.say(schedule(incident)));
            facts.extend(change);
        }
        Status::Confirmed | Status::Watching => {
            facts.push(standing_since());
            if let Some(window) = incident.window {
                let end = context.time(window.ends_at);
                let id = if incident.auto_end { "slack-ends-itself" } else { "planned-until" };
                facts.push(context.say_with(id, &[("time", (&end).into())]));
            }
            facts.extend(change);
        }
        Status::Resolved if incident.canceled => {
            facts.push(standing);
            facts.extend(change);
        }
        Status::Resolved => {
            let ended_at = incident.ended_at.unwrap_or(incident.started_at);
            let lasted = context.reader.language.lasted(incident.started_at, ended_at);
            let values = [
                ("status", (&standing).into()),
                ("lasted", (&lasted).into()),
                ("time", (&since).into()),
            ];
            facts.push(context.say_with("slack-status-lasted", &values));
            facts.extend(change);
        }
    }
    facts
}

/// What happens automatically, and what the team is asked: the id of a message.
fn schedule(incident: &Incident) -> &'static str {
    match (incident.auto_start, incident.auto_end) {
        (true, true) => "slack-auto-both",
        (true, false) => "slack-auto-start",
        (false, true) => "slack-auto-end",
        (false, false) => "slack-auto-none",
    }
}

/// What monitoring reported, and what was proposed to make of it.
fn suspected(
    incident: &Incident,
    last_alert: Option<&str>,
    context: &SlackContext<'_>,
) -> Vec<Vec<Block>> {
    let mut body = Vec::new();
    if let Some(alert) = last_alert.filter(|alert| !alert.trim().is_empty()) {
        let alert = mrkdwn::text(&super::block::cut(alert, MAX_ALERT));
        body.push(vec![Block::section(&format!("> {alert}"))]);
    }
    if let Some(proposal) = &incident.proposal {
        let severity = proposal.severity.map(|severity| context.severity(severity));
        let title = proposal.title.as_ref().map(|title| mrkdwn::bold(title.as_str()));
        let would_be: Vec<_> = severity.into_iter().chain(title).collect();
        if !would_be.is_empty() {
            let what = would_be.join(", ");
            let would_be = context.say_with("slack-would-be", &[("what", (&what).into())]);
            body.push(vec![Block::section(&would_be)]);
        }
        if let Some(text) = &proposal.text {
            body.extend(written(text.as_str()));
        }
    }
    body
}

/// The question that only a person can answer.
fn is_it_real(incident: &Incident, context: &SlackContext<'_>) -> String {
    match &incident.proposal {
        Some(proposal) => {
            let (who, time) = (context.name(&proposal.by), context.time(proposal.at));
            let values = [("who", (&who).into()), ("time", (&time).into())];
            context.say_with("slack-is-it-real-second", &values)
        }
        None if context.two_people => context.say("slack-is-it-real-two"),
        None => context.say("slack-is-it-real"),
    }
}

/// What was written last, whole if there is room for it.
fn latest(incident: &Incident, context: &SlackContext<'_>) -> Vec<Vec<Block>> {
    let Some(entry) = last_written(incident) else { return Vec::new() };
    let Some(text) = entry.team_text() else { return Vec::new() };
    let (who, time) = (context.who(entry.by.as_ref(), incident), context.time(entry.at));
    let is_edited = entry.edited_at.is_some();
    let id = if is_edited { "slack-last-update-edited" } else { "slack-last-update" };
    let said = context.say_with(id, &[("who", (&who).into()), ("time", (&time).into())]);
    let mut body = vec![vec![Block::context(&[&said])]];
    body.extend(written(text.as_str()));
    body
}

fn last_written(incident: &Incident) -> Option<&TimelineEntry> {
    incident.timeline.iter().rev().find(|entry| entry.team_text().is_some())
}

fn written(markdown: &str) -> Vec<Vec<Block>> {
    let blocks = Block::sections(&mrkdwn::from_markdown(markdown));
    blocks.into_iter().map(|block| vec![block]).collect()
}

/// `#7 · 3 updates · 20 alerts, 2 still firing · silent: subscribers aren’t notified`
fn small_print(incident: &Incident, context: &SlackContext<'_>) -> String {
    let mut small = vec![format!("#{}", incident.number)];
    let updates = incident.timeline.iter().filter(|entry| entry.text.is_some()).count();
    if updates > 0 {
        small.push(context.say_with("slack-updates", &[("count", updates.into())]));
    }
    if incident.status != Status::Suspected {
        small.extend(words::alerts(incident, context));
    }
    if incident.silent {
        small.push(context.say("slack-silent"));
    }
    small.join(" · ")
}

/// What can be done with the incident as it is now; `whole` for its own message, else for a list of several.
pub(super) fn buttons(incident: &Incident, context: &SlackContext<'_>, whole: bool) -> Vec<Button> {
    let button = |action: fn(IncidentNumber) -> Action, id: &str| {
        Button::new(&action(incident.number), &context.say(id))
    };
    let mut buttons = match incident.status {
        Status::Suspected => vec![
            button(Action::Confirm, "slack-button-confirm").style(ButtonStyle::Primary),
            button(Action::Dismiss, "slack-button-dismiss").confirm(ConfirmDialog::new(
                &context.say("slack-dismiss-title"),
                &context.say("slack-dismiss-why"),
                &context.say("slack-dismiss-yes"),
                &context.say("slack-dismiss-no"),
            )),
            button(Action::ConfirmWithDetails, "slack-button-details"),
        ],
        Status::Confirmed | Status::Watching if incident.window.is_some() => {
            vec![
                button(Action::End, "slack-button-end"),
                button(Action::Update, "slack-button-update"),
            ]
        }
        Status::Confirmed | Status::Watching => vec![
            button(Action::Update, "slack-button-update"),
            button(Action::Resolve, "slack-button-resolve"),
        ],
        Status::Planned => vec![
            button(Action::Start, "slack-button-start"),
            button(Action::Postpone, "slack-button-postpone"),
            cancel(incident, context),
        ],
        Status::Dismissed if dismissed_itself(incident) => {
            vec![button(Action::ItWasReal, "slack-button-real")]
        }
        Status::Dismissed | Status::Resolved => Vec::new(),
    };
    if whole {
        buttons.push(Button::link(&context.say("slack-open-page"), &context.page(incident)));
    }
    buttons
}

pub(super) fn cancel(incident: &Incident, context: &SlackContext<'_>) -> Button {
    let button = Button::new(&Action::Cancel(incident.number), &context.say("slack-button-cancel"));
    button.style(ButtonStyle::Danger).confirm(ConfirmDialog::new(
        &context.say("slack-cancel-title"),
        &context.say("slack-cancel-why"),
        &context.say("slack-cancel-yes"),
        &context.say("slack-cancel-no"),
    ))
}

fn dismissed_itself(incident: &Incident) -> bool {
    incident
        .last_status_change()
        .is_some_and(|turn| turn.kind == EntryKind::Dismissed(DismissReason::AllAlertsCleared))
}
