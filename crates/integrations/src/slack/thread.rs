//! What one incident has in a room: the root message, kept true, and the notes and questions under it.
//!
//! All of it is computed from the incident as it is now. Saying it again is always right.

mod note;
mod question;

use candor_core::{DismissReason, EntryKind, Incident, Status, TimelineEntry};

pub use note::{many_notes, note};
pub use question::{answered, question};

use super::{
    action::Action,
    block::{Block, Button, ButtonStyle, ConfirmDialog, Message},
    mrkdwn,
    words::{self, SlackContext},
};

/// The longest alert text that is shown; monitoring says the rest.
const ALERT: usize = 1_000;
/// How much of it stands in a notification.
const ALERT_BRIEFLY: usize = 200;

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
    let title = words::title(incident);
    let standing = words::standing(incident);
    let sign = words::sign(incident);
    let mut head = vec![Block::header(&format!("{sign} {title}"))];
    let mut lines = Vec::new();
    if super::block::units(title) > HEADER_ROOM {
        lines.push(mrkdwn::bold(title));
    }
    lines.extend(facts(incident, context));
    head.push(Block::section(&lines.join("\n")));
    let body = match incident.status {
        Status::Suspected => suspected(incident, last_alert),
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
    let small = small_print(incident);
    if !small.is_empty() {
        foot.push(Block::context(&[&small]));
    }
    foot.extend(Block::actions(buttons(incident, context, true)));
    let mut text = format!("{sign} {}: {standing}", mrkdwn::text(title));
    if let (Status::Suspected, Some(alert)) = (incident.status, last_alert) {
        // Whoever is woken by it reads at once what it is about.
        let alert = super::block::cut(alert, ALERT_BRIEFLY);
        text.extend([". ", &mrkdwn::text(&alert)]);
    }
    let more = mrkdwn::link(&context.page(incident), "The rest is on the page.");
    Message::fitted(&text, head, body, foot, &more)
}

/// What of a title stands in a header beside the sign.
const HEADER_ROOM: usize = 140;

/// The root message as text alone, for when Slack refuses the blocks: nothing to press, but nothing lost.
#[must_use]
pub fn plain(incident: &Incident, context: &SlackContext<'_>) -> Message {
    let title = words::title(incident);
    let sign = words::sign(incident);
    let facts = facts(incident, context).join("\n");
    let page = mrkdwn::link(&context.page(incident), "Open the page");
    Message::plain(&format!("{sign} {}\n{facts}\n{page}", mrkdwn::bold(title)))
}

/// How it stands, since when, and whose word that is.
fn facts(incident: &Incident, context: &SlackContext<'_>) -> Vec<String> {
    let standing = mrkdwn::bold(words::standing(incident));
    let since = mrkdwn::date(incident.started_at);
    let turn = words::turn(incident, context);
    let mut facts = Vec::new();
    match incident.status {
        Status::Suspected => {
            facts.push(format!("{standing}, since {since}"));
            facts.extend(words::alerts(incident).map(|alerts| format!("{alerts}.")));
        }
        Status::Dismissed => {
            facts.push(standing);
            facts.push(dismissed(incident, context));
        }
        Status::Planned => {
            let window = incident.window.map(words::window);
            facts.push(format!("{standing}: {}", window.unwrap_or(since)));
            facts.push(schedule(incident).to_owned());
            facts.extend(turn);
        }
        Status::Confirmed | Status::Watching => {
            facts.push(format!("{standing}, since {since}"));
            if let Some(window) = incident.window {
                let end = mrkdwn::date(window.ends_at);
                facts.push(if incident.auto_end {
                    format!("It ends by itself, {end}.")
                } else {
                    format!("Planned until {end}.")
                });
            }
            facts.extend(turn);
        }
        Status::Resolved if incident.cancelled => {
            facts.push(standing);
            facts.extend(turn);
        }
        Status::Resolved => {
            let ended_at = incident.ended_at.unwrap_or(incident.started_at);
            let lasted = words::lasted(incident.started_at, ended_at);
            facts.push(format!("{standing}. It lasted {lasted}, from {since}."));
            facts.extend(turn);
        }
    }
    facts
}

fn dismissed(incident: &Incident, context: &SlackContext<'_>) -> String {
    let Some(entry) = incident.last_status_change() else { return "Nobody was told.".to_owned() };
    let at = mrkdwn::date(entry.at);
    match (entry.kind, &entry.by) {
        (EntryKind::Dismissed(DismissReason::AllAlertsCleared), None) => format!(
            "All alerts were cleared before anybody confirmed it, so it dismissed itself, {at}. Nobody was told.\n\
             Please check: was it real?"
        ),
        (_, Some(person)) => {
            format!("Dismissed by {}, {at}. Nobody was told.", context.name(person))
        }
        (_, None) => format!("Dismissed, {at}. Nobody was told."),
    }
}

fn schedule(incident: &Incident) -> &'static str {
    match (incident.auto_start, incident.auto_end) {
        (true, true) => "It starts and ends by itself.",
        (true, false) => "It starts by itself; its end will be asked about here.",
        (false, true) => "Its start will be asked about here; it ends by itself.",
        (false, false) => "Its start and its end will be asked about here.",
    }
}

/// What monitoring said, and what would be said of it.
fn suspected(incident: &Incident, last_alert: Option<&str>) -> Vec<Vec<Block>> {
    let mut body = Vec::new();
    if let Some(alert) = last_alert.filter(|alert| !alert.trim().is_empty()) {
        let alert = mrkdwn::text(&super::block::cut(alert, ALERT));
        body.push(vec![Block::section(&format!("> {alert}"))]);
    }
    if let Some(proposal) = &incident.proposal {
        let severity = proposal.severity.map(|severity| words::severity(severity).to_owned());
        let title = proposal.title.as_ref().map(|title| mrkdwn::bold(title.as_str()));
        let would_be: Vec<_> = severity.into_iter().chain(title).collect();
        if !would_be.is_empty() {
            let would_be = format!("It would be confirmed as {}.", would_be.join(", "));
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
        Some(proposal) => format!(
            "{} says that it is real, {}. *A second person has to say so, too.* Nobody has been told yet.",
            context.name(&proposal.by),
            mrkdwn::date(proposal.at)
        ),
        None if context.two_people => {
            "Nobody has been told. *Is it real?* Two people have to say so.".to_owned()
        }
        None => "Nobody has been told. *Is it real?*".to_owned(),
    }
}

/// What was written last, whole if there is room for it.
fn latest(incident: &Incident, context: &SlackContext<'_>) -> Vec<Vec<Block>> {
    let Some(entry) = last_written(incident) else { return Vec::new() };
    let Some(text) = entry.team_text() else { return Vec::new() };
    let by = words::by(entry, incident, context);
    let mut said = format!("Last update{by}, {}", mrkdwn::date(entry.at));
    if entry.edited_at.is_some() {
        said.push_str(", edited");
    }
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

/// `3 updates · 20 alerts, 2 still firing · silent: subscribers are not told`
fn small_print(incident: &Incident) -> String {
    let mut small = vec![format!("#{}", incident.number)];
    let updates = incident.timeline.iter().filter(|entry| entry.text.is_some()).count();
    match u64::try_from(updates).unwrap_or(u64::MAX) {
        0 => {}
        updates => small.push(words::count(updates, "update")),
    }
    if incident.status != Status::Suspected {
        small.extend(words::alerts(incident));
    }
    if incident.silent {
        small.push("silent: subscribers are not told".to_owned());
    }
    small.join(" · ")
}

/// What can be done with the incident as it is now; `whole` for its own message, else for a list of several.
pub(super) fn buttons(incident: &Incident, context: &SlackContext<'_>, whole: bool) -> Vec<Button> {
    let number = incident.number;
    let mut buttons = match incident.status {
        Status::Suspected => vec![
            Button::new(&Action::Confirm(number), "Yes, this is a real incident")
                .style(ButtonStyle::Primary),
            Button::new(&Action::Dismiss(number), "Dismiss").confirm(ConfirmDialog::new(
                "Dismiss it?",
                "It leaves the public page, and its own page will say that it was a false alarm. Nobody was told.",
                "Yes, a false alarm",
                "Not yet",
            )),
            Button::new(&Action::ConfirmWithDetails(number), "With details…"),
        ],
        Status::Confirmed | Status::Watching if incident.window.is_some() => vec![
            Button::new(&Action::End(number), "End now"),
            Button::new(&Action::Update(number), "Post an update"),
        ],
        Status::Confirmed | Status::Watching => vec![
            Button::new(&Action::Update(number), "Post an update"),
            Button::new(&Action::Resolve(number), "Resolve"),
        ],
        Status::Planned => vec![
            Button::new(&Action::Start(number), "Start now"),
            Button::new(&Action::Postpone(number), "Postpone"),
            cancel(incident),
        ],
        Status::Dismissed if dismissed_itself(incident) => {
            vec![Button::new(&Action::ItWasReal(number), "It was real")]
        }
        Status::Dismissed | Status::Resolved => Vec::new(),
    };
    if whole {
        buttons.push(Button::link("Open the page", &context.page(incident)));
    }
    buttons
}

pub(super) fn cancel(incident: &Incident) -> Button {
    Button::new(&Action::Cancel(incident.number), "Cancel").style(ButtonStyle::Danger).confirm(
        ConfirmDialog::new(
            "Call it off?",
            "The planned work will not take place. Whoever was told of it is told of this, too.",
            "Call it off",
            "Keep it",
        ),
    )
}

fn dismissed_itself(incident: &Incident) -> bool {
    incident
        .last_status_change()
        .is_some_and(|turn| turn.kind == EntryKind::Dismissed(DismissReason::AllAlertsCleared))
}
