//! The notes: who did what, one short sentence each, for everyone who follows the thread.

use candor_content::markdown::to_plain;
use candor_core::{DismissReason, Event, Incident, RecordedEvent, Status, Text};

use super::ThreadNote;
use crate::slack::{
    block::{Block, Message, cut},
    mrkdwn,
    words::{SlackContext, plural},
};

/// The most notes that are put into one message; the page has all of them.
const MAX_NOTES: usize = 20;
/// How much of a text is in one line among many, in UTF-16 units.
const MAX_TEXT_IN_LINE: usize = 200;

/// The note about an event; none for what the root message says by itself.
#[must_use]
pub fn note(
    recorded: &RecordedEvent,
    incident: &Incident,
    context: &SlackContext<'_>,
) -> Option<ThreadNote> {
    let (did, text) = did(recorded, incident, context)?;
    let Some(text) = text else {
        // That an alert fires again has to be seen by everyone, not only in the thread.
        let broadcast = matches!(recorded.event, Event::AlertRaised(_));
        let sentence = context.say_with("slack-did", &[("did", (&did).into())]);
        return Some(ThreadNote { message: Message::plain(&sentence), broadcast });
    };
    let head = context.say_with("slack-did-text", &[("did", (&did).into())]);
    let markup = format!("{head}\n{}", mrkdwn::from_markdown(text.as_str()));
    let body = Block::sections(&markup).into_iter().map(|block| vec![block]).collect();
    let more = context.rest_on_page(incident);
    let message = Message::fitted(&markup, Vec::new(), body, Vec::new(), &more);
    Some(ThreadNote { message, broadcast: false })
}

/// One note for several events, after Slack was out of reach for long.
#[must_use]
pub fn many_notes(
    events: &[RecordedEvent],
    incident: &Incident,
    context: &SlackContext<'_>,
) -> ThreadNote {
    let lines: Vec<_> = events
        .iter()
        .filter_map(|recorded| {
            let (did, text) = did(recorded, incident, context)?;
            let text = text.map(|text| {
                let plain = to_plain(text.as_str());
                format!(": {}", mrkdwn::text(&cut(&plain, MAX_TEXT_IN_LINE)))
            });
            let at = context.time(recorded.occurred_at);
            Some(format!("• {at}: {did}{}", text.unwrap_or_default()))
        })
        .collect();
    let earlier = lines.len().saturating_sub(MAX_NOTES);
    let linked = context.linked(incident);
    let mut head = context.say_with("slack-meanwhile", &[("incident", (&linked).into())]);
    if earlier > 0 {
        head.push('\n');
        head.push_str(&context.say_with("slack-earlier-notes", &[("count", earlier.into())]));
    }
    let recent: Vec<_> = lines.into_iter().skip(earlier).collect();
    let mut body = vec![vec![Block::section(&head)]];
    body.extend(Block::sections(&recent.join("\n")).into_iter().map(|block| vec![block]));
    let text = format!("{head}\n{}", recent.join("\n"));
    let more = context.rest_on_page(incident);
    let message = Message::fitted(&text, Vec::new(), body, Vec::new(), &more);
    ThreadNote { message, broadcast: false }
}

/// What an event did, as a sentence without its full stop, and what was written with it.
fn did<'a>(
    recorded: &'a RecordedEvent,
    incident: &Incident,
    context: &SlackContext<'_>,
) -> Option<(String, Option<&'a Text>)> {
    let who = context.who(recorded.actor.as_ref(), incident);
    let by = |id| context.say_with(id, &[("who", (&who).into())]);
    let by_with = |id, name, value: &String| {
        context.say_with(id, &[("who", (&who).into()), (name, value.into())])
    };
    Some(match &recorded.event {
        Event::HumanConfirmed(e) => {
            let did = match e.severity.map(|severity| context.severity(severity)) {
                Some(severity) => by_with("did-confirm-as", "severity", &severity),
                None => by("did-confirm"),
            };
            (did, e.text.as_ref())
        }
        Event::ConfirmationProposed(e) => (by("slack-note-proposed"), e.text.as_ref()),
        Event::Dismissed(e) => {
            let did = match e.because {
                DismissReason::FalseAlarm => by("did-dismiss"),
                DismissReason::AllAlertsCleared => context.say("slack-note-dismissed-itself"),
            };
            (did, e.text.as_ref())
        }
        Event::IncidentDeclared(e) => (by("did-declare"), e.text.as_ref()),
        Event::UpdatePosted(e) => (by(update(e.status, incident)), Some(&e.text)),
        Event::UpdateCorrected(e) => (by("slack-note-corrected"), Some(&e.text)),
        Event::UpdateRetracted(_) => (by("slack-note-withdrawn"), None),
        Event::SeveritySet(e) => {
            (by_with("slack-note-severity", "severity", &context.severity(e.severity)), None)
        }
        Event::TitleSet(e) => {
            (by_with("slack-note-title", "title", &mrkdwn::bold(e.title.as_str())), None)
        }
        Event::SummarySet(e) => match &e.summary {
            Some(text) => (by("slack-note-summary"), Some(text)),
            None => (by("slack-note-no-summary"), None),
        },
        Event::TimesAmended(e) => {
            let time = |id, at| context.say_with(id, &[("time", (&context.time(at)).into())]);
            let began = e.started_at.map(|at| time("slack-note-began", at));
            let ended = e.ended_at.map(|at| time("slack-note-ended", at));
            let times: Vec<_> = began.into_iter().chain(ended).collect();
            (by_with("slack-note-times", "times", &times.join(", ")), None)
        }
        Event::Silenced(e) if e.silent => (by("slack-note-silenced"), None),
        Event::Silenced(_) => (by("slack-note-unsilenced"), None),
        Event::MaintenancePlanned(e) => {
            (by_with("slack-note-planned", "window", &context.window(e.window)), e.text.as_ref())
        }
        Event::MaintenanceRescheduled(e) => {
            (by_with("slack-note-moved", "window", &context.window(e.window)), e.text.as_ref())
        }
        Event::MaintenanceStarted(e) => (by("did-start"), e.text.as_ref()),
        Event::MaintenanceEnded(e) => (by("did-end"), e.text.as_ref()),
        Event::MaintenanceCanceled(e) => (by("did-cancel"), e.text.as_ref()),
        Event::Resolved(e) if e.firing > 0 => {
            // Who resolves it has to know that monitoring disagrees.
            let values = [("who", (&who).into()), ("count", plural(e.firing.into()))];
            (context.say_with("slack-note-resolved-firing", &values), e.text.as_ref())
        }
        Event::Resolved(e) => (by("did-resolve"), e.text.as_ref()),
        Event::Reopened(e) => (by("did-reopen"), Some(&e.why)),
        Event::PostmortemPublished(_) => {
            let page = format!("{}/postmortem", context.page(incident));
            let link = mrkdwn::link(&page, &context.say("post-mortem"));
            (by_with("slack-note-postmortem", "link", &link), None)
        }
        Event::AlertRaised(e) => match e.found? {
            Status::Watching => (context.say("slack-note-new-alert"), None),
            Status::Dismissed => (context.say("slack-note-alert-again"), None),
            Status::Planned | Status::Suspected | Status::Confirmed | Status::Resolved => {
                return None;
            }
        },
        Event::AlertUpdated(_)
        | Event::AlertCleared(_)
        | Event::SiteConfigured(_)
        | Event::PayloadRedacted(_) => return None,
    })
}

/// The message about an update that sets this status.
fn update(status: Option<Status>, incident: &Incident) -> &'static str {
    match (status, incident.window.is_some()) {
        (Some(Status::Watching), true) => "slack-note-work-done",
        (Some(Status::Watching), false) => "slack-note-fixed",
        (Some(Status::Confirmed), true) => "slack-note-work-goes-on",
        (Some(Status::Confirmed), false) => "slack-note-not-fixed",
        (
            None | Some(Status::Planned | Status::Suspected | Status::Dismissed | Status::Resolved),
            _,
        ) => "slack-note-update",
    }
}
