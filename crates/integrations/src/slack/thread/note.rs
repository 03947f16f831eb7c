//! The notes: who did what, one short sentence each, for everybody who follows the thread.

use candor_core::{DismissReason, Event, Incident, RecordedEvent, Status, Text};

use super::ThreadNote;
use crate::slack::{
    block::{Block, Message, cut},
    mrkdwn,
    words::{self, SlackContext},
};

/// How many notes are told as one, at most; the page has them all.
const MANY: usize = 20;
/// How much of a text stands in one line among many.
const BRIEFLY: usize = 200;

/// What to say about an event; none for what the root message says by itself.
#[must_use]
pub fn note(
    recorded: &RecordedEvent,
    incident: &Incident,
    context: &SlackContext<'_>,
) -> Option<ThreadNote> {
    let NoteText { sentence, text } = said(recorded, incident, context)?;
    let head = match text {
        Some(_) => format!("{sentence}:"),
        None => format!("{sentence}."),
    };
    let Some(text) = text else {
        // What fires again has to be seen by everybody, not only in the thread.
        let broadcast = matches!(recorded.event, Event::AlertRaised(_));
        return Some(ThreadNote { message: Message::plain(&head), broadcast });
    };
    let markup = format!("{head}\n{}", mrkdwn::from_markdown(text.as_str()));
    let body = Block::sections(&markup).into_iter().map(|block| vec![block]).collect();
    let more = mrkdwn::link(&context.page(incident), "The rest is on the page.");
    let message = Message::fitted(&markup, Vec::new(), body, Vec::new(), &more);
    Some(ThreadNote { message, broadcast: false })
}

/// One note for all of them, after a long absence.
#[must_use]
pub fn many_notes(
    events: &[RecordedEvent],
    incident: &Incident,
    context: &SlackContext<'_>,
) -> ThreadNote {
    let lines: Vec<_> = events
        .iter()
        .filter_map(|recorded| {
            let NoteText { sentence, text } = said(recorded, incident, context)?;
            let at = mrkdwn::date(recorded.occurred_at);
            let text = text.map(|text| {
                let plain = candor_content::markdown::to_plain(text.as_str());
                format!(": {}", mrkdwn::text(&cut(&plain, BRIEFLY)))
            });
            Some(format!("• {at}: {sentence}{}", text.unwrap_or_else(|| ".".to_owned())))
        })
        .collect();
    let earlier = lines.len().saturating_sub(MANY);
    let mut head = format!("What happened in the meantime to {}:", context.linked(incident));
    if earlier > 0 {
        let earlier = words::count(u64::try_from(earlier).unwrap_or(u64::MAX), "earlier note");
        head.extend(["\n", &earlier, " left out; the page has them."]);
    }
    let recent: Vec<_> = lines.into_iter().skip(earlier).collect();
    let mut body = vec![vec![Block::section(&head)]];
    body.extend(Block::sections(&recent.join("\n")).into_iter().map(|block| vec![block]));
    let more = mrkdwn::link(&context.page(incident), "The rest is on the page.");
    let text = format!("{head}\n{}", recent.join("\n"));
    let message = Message::fitted(&text, Vec::new(), body, Vec::new(), &more);
    ThreadNote { message, broadcast: false }
}

/// A sentence without its full stop, and what was written.
struct NoteText<'a> {
    sentence: String,
    text: Option<&'a Text>,
}

fn said<'a>(
    recorded: &'a RecordedEvent,
    incident: &Incident,
    context: &SlackContext<'_>,
) -> Option<NoteText<'a>> {
    let work = incident.window.is_some();
    let who = recorded.actor.as_ref().map(|person| context.name(person));
    let by = match &who {
        Some(name) => format!(" by {name}"),
        None if work => " by the schedule".to_owned(),
        None => String::new(),
    };
    let somebody = who.clone().unwrap_or_else(|| "Somebody".to_owned());
    let (sentence, text) = match &recorded.event {
        Event::HumanConfirmed(e) => {
            let severity = e.severity.map(|severity| format!(" as {}", a_severity(severity)));
            (format!("Confirmed{by}{}", severity.unwrap_or_default()), e.text.as_ref())
        }
        Event::ConfirmationProposed(e) => (
            format!("{somebody} says that it is real; a second person has to say so, too"),
            e.text.as_ref(),
        ),
        Event::Dismissed(e) => match e.because {
            DismissReason::FalseAlarm => (format!("Dismissed{by} as a false alarm"), e.text.as_ref()),
            DismissReason::AllAlertsCleared => (
                "All alerts are cleared, so it dismissed itself; please check whether it was real"
                    .to_owned(),
                e.text.as_ref(),
            ),
        },
        Event::IncidentDeclared(e) => (format!("Declared{by}"), e.text.as_ref()),
        Event::UpdatePosted(e) => {
            let sentence = match e.status {
                Some(Status::Watching) if work => {
                    format!("The work is done and being watched{says}", says = says(who.as_ref()))
                }
                Some(Status::Watching) => format!("A fix is in place{}", says(who.as_ref())),
                Some(Status::Confirmed) if work => {
                    format!("The work goes on{}", says(who.as_ref()))
                }
                Some(Status::Confirmed) => format!("Not fixed yet{}", says(who.as_ref())),
                Some(
                    Status::Planned | Status::Suspected | Status::Dismissed | Status::Resolved,
                )
                | None => format!("Update{by}"),
            };
            (sentence, Some(&e.text))
        }
        Event::UpdateCorrected(e) => (format!("{somebody} corrected an update"), Some(&e.text)),
        Event::UpdateRetracted(_) => (format!("{somebody} withdrew an update"), None),
        Event::SeveritySet(e) => {
            (format!("{somebody} calls it {} now", a_severity(e.severity)), None)
        }
        Event::TitleSet(e) => {
            (format!("{somebody} changed the title to {}", mrkdwn::bold(e.title.as_str())), None)
        }
        Event::SummarySet(e) => match &e.summary {
            Some(text) => (format!("{somebody} wrote the summary"), Some(text)),
            None => (format!("{somebody} removed the summary"), None),
        },
        Event::TimesAmended(e) => {
            let mut times = Vec::new();
            times.extend(e.started_at.map(|at| format!("it began {}", mrkdwn::date(at))));
            times.extend(e.ended_at.map(|at| format!("it ended {}", mrkdwn::date(at))));
            (format!("{somebody} corrected the times: {}", times.join(", ")), None)
        }
        Event::Silenced(e) if e.silent => {
            (format!("{somebody} silenced it; subscribers are no longer told"), None)
        }
        Event::Silenced(_) => {
            (format!("{somebody} ended the silence; subscribers are told again"), None)
        }
        Event::MaintenancePlanned(e) => {
            (format!("Planned{by} for {}", words::window(e.window)), e.text.as_ref())
        }
        Event::MaintenanceRescheduled(e) => {
            (format!("Moved{by} to {}", words::window(e.window)), e.text.as_ref())
        }
        Event::MaintenanceStarted(e) => (format!("Started{by}"), e.text.as_ref()),
        Event::MaintenanceEnded(e) => (format!("Ended{by}"), e.text.as_ref()),
        Event::MaintenanceCancelled(e) => (format!("Called off{by}"), e.text.as_ref()),
        Event::Resolved(e) => (format!("Resolved{by}{}", although_firing(e.firing)), e.text.as_ref()),
        Event::Reopened(e) => (format!("Reopened{by}"), Some(&e.why)),
        Event::PostmortemPublished(_) => {
            let page = format!("{}/postmortem", context.page(incident));
            let link = mrkdwn::link(&page, "what was learnt");
            (format!("{somebody} published {link}"), None)
        }
        Event::AlertRaised(e) => match e.found? {
            Status::Watching => (
                "A new alert came while the fix is being watched: it may be back. Subscribers have not been told"
                    .to_owned(),
                None,
            ),
            Status::Dismissed => (
                "An alert came again soon after it was dismissed, so it is suspected again".to_owned(),
                None,
            ),
            Status::Planned | Status::Suspected | Status::Confirmed | Status::Resolved => {
                return None;
            }
        },
        Event::AlertUpdated(_)
        | Event::AlertCleared(_)
        | Event::SiteConfigured(_)
        | Event::PayloadRedacted(_) => return None,
    };
    Some(NoteText { sentence, text })
}

/// Whoever says that it is over has to know that monitoring doesn't.
fn although_firing(firing: u32) -> String {
    match firing {
        0 => String::new(),
        1 => ", although an alert still fires".to_owned(),
        firing => format!(", although {} still fire", words::count(firing.into(), "alert")),
    }
}

fn says(who: Option<&String>) -> String {
    who.map_or_else(String::new, |name| format!(", says {name}"))
}

fn a_severity(severity: candor_core::Severity) -> String {
    match severity {
        candor_core::Severity::Outage => "an outage".to_owned(),
        candor_core::Severity::Maintenance => "maintenance".to_owned(),
        candor_core::Severity::Notice
        | candor_core::Severity::Bug
        | candor_core::Severity::Partial => format!("a {}", words::severity(severity)),
    }
}
