//! What persons do with an incident.

use jiff::Timestamp;

use super::{confirmed, existing, maintenance};
use crate::{
    Board, CommandContext, ConfirmationProposed, Declaration, DismissReason, Dismissed, Event,
    HumanConfirmed, Incident, IncidentDeclared, IncidentNumber, Notified, Notify, NotifyReason,
    PostmortemPublished, Refusal, Reopened, Resolved, Revision, Severity, SeveritySet, Silenced,
    Status, Summary, SummarySet, Text, TimelineEntry, TimesAmended, Title, TitleSet,
    UpdateCorrected, UpdatePosted, UpdateRetracted,
};

/// The incident, if monitoring suspects it and nobody has looked yet.
fn suspected(board: &Board, number: IncidentNumber) -> Result<&Incident, Refusal> {
    let incident = existing(board, number)?;
    match incident.status {
        Status::Suspected => Ok(incident),
        Status::Planned => Err(Refusal::NotSuspected { incident: number, status: incident.status }),
        Status::Confirmed | Status::Watching | Status::Resolved | Status::Dismissed => {
            Err(incident.already())
        }
    }
}

pub(super) fn confirm(
    board: &Board,
    words: ConfirmationProposed,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    let ConfirmationProposed { incident: number, severity, title, text } = words;
    let incident = suspected(board, number)?;
    stays_of_its_kind(incident, severity)?;
    let notified = Notified::of_vouched(incident, NotifyReason::Confirmed, notify);
    Ok(vec![Event::HumanConfirmed(HumanConfirmed {
        incident: number,
        severity,
        title,
        text,
        notified,
    })])
}

/// The first person proposes, another one confirms: with the proposal's own words where they have none.
pub(super) fn confirm_by_two(
    board: &Board,
    words: ConfirmationProposed,
    notify: Notify,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    let incident = words.incident;
    stays_of_its_kind(suspected(board, incident)?, words.severity)?;
    let Some(proposal) = &suspected(board, incident)?.proposal else {
        return Ok(vec![Event::ConfirmationProposed(words)]);
    };
    if context.actor.as_ref() == Some(&proposal.by) {
        return Err(Refusal::SamePerson { incident });
    }
    let ConfirmationProposed { severity, title, text, .. } = words;
    let words = ConfirmationProposed {
        incident,
        severity: severity.or(proposal.severity),
        title: title.or_else(|| proposal.title.clone()),
        text: text.or_else(|| proposal.text.clone()),
    };
    confirm(board, words, notify)
}

/// What was dismissed was real, and is over: whoever is told is told once, that it is resolved.
pub(super) fn confirm_afterwards(
    board: &Board,
    number: IncidentNumber,
    text: Option<Text>,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    let incident = existing(board, number)?;
    match (incident.status, incident.ended_at) {
        (Status::Dismissed, Some(ended_at)) => Ok(vec![
            Event::Reopened(Reopened {
                incident: number,
                why: Text::it_was_real(),
                notified: Notified::of_vouched(incident, NotifyReason::Confirmed, Notify::No),
            }),
            Event::Resolved(Resolved {
                incident: number,
                ended_at,
                firing: incident.firing,
                text,
                notified: Notified::of_vouched(incident, NotifyReason::Resolved, notify),
            }),
        ]),
        (Status::Confirmed | Status::Watching | Status::Resolved, _) => Err(incident.already()),
        (status, _) => Err(Refusal::NotDismissed { incident: number, status }),
    }
}

/// Several changes at once, or none of them: the new words stand before the notice that tells of the new status.
pub(super) fn revise(
    board: &Board,
    number: IncidentNumber,
    revision: Revision,
    notify: Notify,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    let incident = existing(board, number)?;
    let Revision { severity, title, summary, text, status } = revision;
    let mut events = Vec::new();
    stays_of_its_kind(incident, severity)?;
    if let Some(severity) = severity.filter(|severity| *severity != incident.severity) {
        events.push(Event::SeveritySet(SeveritySet { incident: number, severity }));
    }
    if let Some(title) = title.filter(|title| *title != incident.title) {
        events.push(Event::TitleSet(TitleSet { incident: number, title }));
    }
    let summary = summary.map(|summary| match summary {
        Summary::Set(text) => Some(text),
        Summary::Removed => None,
    });
    if let Some(summary) = summary.filter(|summary| *summary != incident.summary) {
        events.push(Event::SummarySet(SummarySet { incident: number, summary }));
    }
    match (status, text) {
        (Some(Status::Resolved), text) => {
            events.extend(resolve(board, number, None, text, notify, context)?);
        }
        // Somebody was faster, unless something else changes.
        (Some(status), None) if status == incident.status && events.is_empty() => {
            return Err(incident.already());
        }
        (Some(status), None) if status == incident.status => {}
        (Some(_), None) => return Err(Refusal::NoText),
        (status, Some(text)) => events.extend(post_update(board, number, text, status, notify)?),
        (None, None) => {}
    }
    changed(!events.is_empty())?;
    Ok(events)
}

pub(super) fn dismiss(
    board: &Board,
    incident: IncidentNumber,
    text: Option<Text>,
) -> Result<Vec<Event>, Refusal> {
    suspected(board, incident)?;
    Ok(vec![Event::Dismissed(Dismissed { incident, because: DismissReason::FalseAlarm, text })])
}

pub(super) fn declare(
    board: &Board,
    declaration: Declaration,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    let Declaration {
        title,
        status,
        severity,
        started_at,
        ended_at,
        summary,
        text,
        silent,
        takes_alerts,
    } = declaration;
    if !matches!(status, Status::Confirmed | Status::Watching | Status::Resolved) {
        return Err(Refusal::NotDeclarable(status));
    }
    let started_at = not_in_the_future(started_at.unwrap_or(context.now), context)?;
    let ended_at = match (status, ended_at) {
        (Status::Resolved, ended_at) => {
            Some(not_in_the_future(ended_at.unwrap_or(context.now), context)?)
        }
        (_, None) => None,
        (_, Some(_)) => return Err(Refusal::HasNoEnd(status)),
    };
    in_order(started_at, ended_at)?;
    Ok(vec![Event::IncidentDeclared(IncidentDeclared {
        incident: board.next_number(),
        title,
        status,
        severity,
        started_at,
        ended_at,
        summary,
        text,
        silent,
        takes_alerts,
        notified: Notified::of_new(silent, NotifyReason::of_update(Some(status))),
    })])
}

pub(super) fn post_update(
    board: &Board,
    number: IncidentNumber,
    text: Text,
    status: Option<Status>,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    let incident = existing(board, number)?;
    let status = status.filter(|status| *status != incident.status);
    match (incident.status, status) {
        (Status::Dismissed, _) => return Err(incident.already()),
        (_, None) => {}
        (_, Some(status)) if !matches!(status, Status::Confirmed | Status::Watching) => {
            return Err(Refusal::NotAnUpdateStatus(status));
        }
        (_, Some(_)) => {
            confirmed(board, number)?;
        }
    }
    let notified = Notified::of_change(incident, NotifyReason::of_update(status), notify);
    Ok(vec![Event::UpdatePosted(UpdatePosted { incident: number, text, status, notified })])
}

pub(super) fn correct(
    board: &Board,
    incident: IncidentNumber,
    update: u64,
    text: Text,
) -> Result<Vec<Event>, Refusal> {
    match written_by(board, incident, update)?.team_text() {
        Some(old) if *old == text => Err(Refusal::NothingToChange),
        _ => Ok(vec![Event::UpdateCorrected(UpdateCorrected { incident, update, text })]),
    }
}

pub(super) fn retract(
    board: &Board,
    incident: IncidentNumber,
    update: u64,
) -> Result<Vec<Event>, Refusal> {
    written_by(board, incident, update)?;
    Ok(vec![Event::UpdateRetracted(UpdateRetracted { incident, update })])
}

pub(super) fn set_severity(
    board: &Board,
    incident: IncidentNumber,
    severity: Severity,
) -> Result<Vec<Event>, Refusal> {
    let known = existing(board, incident)?;
    changed(known.severity != severity)?;
    stays_of_its_kind(known, Some(severity))?;
    Ok(vec![Event::SeveritySet(SeveritySet { incident, severity })])
}

pub(super) fn set_title(
    board: &Board,
    incident: IncidentNumber,
    title: Title,
) -> Result<Vec<Event>, Refusal> {
    changed(existing(board, incident)?.title != title)?;
    Ok(vec![Event::TitleSet(TitleSet { incident, title })])
}

pub(super) fn set_summary(
    board: &Board,
    incident: IncidentNumber,
    summary: Option<Text>,
) -> Result<Vec<Event>, Refusal> {
    changed(existing(board, incident)?.summary != summary)?;
    Ok(vec![Event::SummarySet(SummarySet { incident, summary })])
}

pub(super) fn amend_times(
    board: &Board,
    number: IncidentNumber,
    started_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    let incident = existing(board, number)?;
    match incident.status {
        _ if incident.cancelled => return Err(Refusal::Cancelled { incident: number }),
        Status::Planned => return Err(Refusal::NotStarted { incident: number }),
        Status::Suspected | Status::Confirmed | Status::Watching if ended_at.is_some() => {
            return Err(Refusal::NotOver { incident: number, status: incident.status });
        }
        Status::Suspected
        | Status::Confirmed
        | Status::Watching
        | Status::Resolved
        | Status::Dismissed => {}
    }
    let begin = not_in_the_future(started_at.unwrap_or(incident.started_at), context)?;
    let end =
        ended_at.map(|end| not_in_the_future(end, context)).transpose()?.or(incident.ended_at);
    in_order(begin, end)?;
    changed(begin != incident.started_at || end != incident.ended_at)?;
    Ok(vec![Event::TimesAmended(TimesAmended { incident: number, started_at, ended_at })])
}

pub(super) fn silence(
    board: &Board,
    incident: IncidentNumber,
    silent: bool,
) -> Result<Vec<Event>, Refusal> {
    changed(existing(board, incident)?.silent != silent)?;
    Ok(vec![Event::Silenced(Silenced { incident, silent })])
}

pub(super) fn resolve(
    board: &Board,
    number: IncidentNumber,
    ended_at: Option<Timestamp>,
    text: Option<Text>,
    notify: Notify,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    let incident = confirmed(board, number)?;
    if incident.window.is_some() && ended_at.is_none() {
        return maintenance::end(board, number, text, notify, context);
    }
    let ended_at = match ended_at {
        Some(ended_at) => not_in_the_future(ended_at, context)?,
        // It may have begun while the clock was ahead.
        None => context.now.max(incident.started_at),
    };
    in_order(incident.started_at, Some(ended_at))?;
    let notified = Notified::of_change(incident, NotifyReason::Resolved, notify);
    let firing = incident.firing;
    Ok(vec![Event::Resolved(Resolved { incident: number, ended_at, firing, text, notified })])
}

pub(super) fn reopen(
    board: &Board,
    number: IncidentNumber,
    why: Text,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    let incident = existing(board, number)?;
    match incident.status {
        _ if incident.cancelled => Err(Refusal::Cancelled { incident: number }),
        // A person may also say that the alarm was not false after all.
        Status::Resolved | Status::Dismissed => {
            let notified = Notified::of_vouched(incident, NotifyReason::Confirmed, notify);
            Ok(vec![Event::Reopened(Reopened { incident: number, why, notified })])
        }
        Status::Planned | Status::Suspected | Status::Confirmed | Status::Watching => {
            Err(Refusal::NotOver { incident: number, status: incident.status })
        }
    }
}

pub(super) fn publish_postmortem(
    board: &Board,
    number: IncidentNumber,
    text: Text,
) -> Result<Vec<Event>, Refusal> {
    match existing(board, number)?.status {
        Status::Resolved => {
            Ok(vec![Event::PostmortemPublished(PostmortemPublished { incident: number, text })])
        }
        Status::Dismissed => Err(Refusal::WasDismissed { incident: number }),
        status @ (Status::Planned | Status::Suspected | Status::Confirmed | Status::Watching) => {
            Err(Refusal::NotOver { incident: number, status })
        }
    }
}

/// Whether it is maintenance or an incident is settled when it is opened: who wants to hear of one kind only hears of its
/// begin and of its end.
fn stays_of_its_kind(incident: &Incident, severity: Option<Severity>) -> Result<(), Refusal> {
    let is_work = |severity: Severity| severity == Severity::Maintenance;
    let number = incident.number;
    match severity.map(is_work) {
        Some(false) if is_work(incident.severity) => {
            Err(Refusal::StaysMaintenance { incident: number })
        }
        Some(true) if !is_work(incident.severity) => {
            Err(Refusal::NotPlannedWork { incident: number })
        }
        Some(_) | None => Ok(()),
    }
}

/// The entry of the timeline that the event `update` wrote, if its text or note still stands.
fn written_by(
    board: &Board,
    incident: IncidentNumber,
    update: u64,
) -> Result<&TimelineEntry, Refusal> {
    existing(board, incident)?
        .timeline
        .iter()
        .find(|entry| entry.seq == update && entry.team_text().is_some())
        .ok_or(Refusal::NoSuchUpdate { incident, update })
}

fn changed(changes: bool) -> Result<(), Refusal> {
    if changes { Ok(()) } else { Err(Refusal::NothingToChange) }
}

fn not_in_the_future(time: Timestamp, context: &CommandContext) -> Result<Timestamp, Refusal> {
    if time <= context.now { Ok(time) } else { Err(Refusal::InTheFuture) }
}

fn in_order(begin: Timestamp, end: Option<Timestamp>) -> Result<(), Refusal> {
    match end {
        Some(end) if end < begin => Err(Refusal::EndsBeforeItBegins),
        _ => Ok(()),
    }
}
