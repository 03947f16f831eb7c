//! People's actions on an incident.

use jiff::Timestamp;

use super::{maintenance, require_confirmed};
use crate::{
    Board, CommandContext, ConfirmationProposed, Declaration, DismissReason, Dismissed, Event,
    HumanConfirmed, Incident, IncidentAction, IncidentDeclared, Notified, Notify, NotifyReason,
    PostmortemPublished, Refusal, Reopened, Resolved, Revision, Severity, SeveritySet, Silenced,
    Status, Summary, SummarySet, Text, TimelineEntry, TimesAmended, TitleSet, UpdateCorrected,
    UpdatePosted, UpdateRetracted,
};

/// Decides an action on `incident`.
pub(super) fn act(
    incident: &Incident,
    action: IncidentAction,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    let number = incident.number;
    match action {
        IncidentAction::Confirm { severity, title, text, notify } => {
            let proposal = ConfirmationProposed { incident: number, severity, title, text };
            confirm(incident, proposal, notify)
        }
        IncidentAction::ConfirmByTwo { severity, title, text, notify } => {
            let proposal = ConfirmationProposed { incident: number, severity, title, text };
            confirm_by_two(incident, proposal, notify, context)
        }
        IncidentAction::ConfirmAfterwards { text, notify } => {
            confirm_afterwards(incident, text, notify)
        }
        IncidentAction::Dismiss { text } => dismiss(incident, text),
        IncidentAction::PostUpdate { text, status, notify } => {
            post_update(incident, text, status, notify)
        }
        IncidentAction::CorrectUpdate { update, text } => correct(incident, update, text),
        IncidentAction::RetractUpdate { update } => retract(incident, update),
        IncidentAction::SetSeverity { severity } => set_severity(incident, severity),
        IncidentAction::SetTitle { title } => {
            changed(incident.title != title)?;
            Ok(vec![Event::TitleSet(TitleSet { incident: number, title })])
        }
        IncidentAction::SetSummary { summary } => {
            changed(incident.summary != summary)?;
            Ok(vec![Event::SummarySet(SummarySet { incident: number, summary })])
        }
        IncidentAction::Revise { revision, notify } => revise(incident, revision, notify, context),
        IncidentAction::AmendTimes { started_at, ended_at } => {
            amend_times(incident, started_at, ended_at, context)
        }
        IncidentAction::Silence { silent } => {
            changed(incident.silent != silent)?;
            Ok(vec![Event::Silenced(Silenced { incident: number, silent })])
        }
        IncidentAction::RescheduleMaintenance { window, text, notify } => {
            maintenance::reschedule(incident, window, text, notify, context)
        }
        IncidentAction::StartMaintenance { text, notify } => {
            maintenance::start(incident, text, notify, context)
        }
        IncidentAction::EndMaintenance { text, notify } => {
            maintenance::end(incident, text, notify, context)
        }
        IncidentAction::CancelMaintenance { text, notify } => {
            maintenance::cancel(incident, text, notify)
        }
        IncidentAction::Resolve { ended_at, text, notify } => {
            resolve(incident, ended_at, text, notify, context)
        }
        IncidentAction::Reopen { why, notify } => reopen(incident, why, notify),
        IncidentAction::PublishPostmortem { text } => publish_postmortem(incident, text),
    }
}

/// Refuses unless the incident is suspected.
fn require_suspected(incident: &Incident) -> Result<(), Refusal> {
    let status = incident.status;
    match status {
        Status::Suspected => Ok(()),
        Status::Planned => Err(Refusal::NotSuspected { incident: incident.number, status }),
        Status::Confirmed | Status::Watching | Status::Resolved | Status::Dismissed => {
            Err(incident.already())
        }
    }
}

fn confirm(
    incident: &Incident,
    proposal: ConfirmationProposed,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    require_suspected(incident)?;
    let ConfirmationProposed { incident: number, severity, title, text } = proposal;
    require_same_kind(incident, severity)?;
    let notified = Notified::of_confirmed(incident, NotifyReason::Confirmed, notify);
    Ok(vec![Event::HumanConfirmed(HumanConfirmed {
        incident: number,
        severity,
        title,
        text,
        notified,
    })])
}

/// The first person proposes, another one confirms: with what the proposal holds where they set nothing themselves.
fn confirm_by_two(
    incident: &Incident,
    own: ConfirmationProposed,
    notify: Notify,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    require_suspected(incident)?;
    require_same_kind(incident, own.severity)?;
    let Some(proposal) = &incident.proposal else {
        return Ok(vec![Event::ConfirmationProposed(own)]);
    };
    if context.actor.as_ref() == Some(&proposal.by) {
        return Err(Refusal::SamePerson { incident: incident.number });
    }
    let both = ConfirmationProposed {
        incident: incident.number,
        severity: own.severity.or(proposal.severity),
        title: own.title.or_else(|| proposal.title.clone()),
        text: own.text.or_else(|| proposal.text.clone()),
    };
    confirm(incident, both, notify)
}

/// A dismissed incident was real, and is over: subscribers get one notification, that it is resolved.
fn confirm_afterwards(
    incident: &Incident,
    text: Option<Text>,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    match (incident.status, incident.ended_at) {
        (Status::Dismissed, Some(ended_at)) => Ok(vec![
            Event::Reopened(Reopened {
                incident: incident.number,
                why: Text::it_was_real(),
                notified: Notified::of_confirmed(incident, NotifyReason::Confirmed, Notify::No),
            }),
            Event::Resolved(Resolved {
                incident: incident.number,
                ended_at,
                firing: incident.firing,
                text,
                notified: Notified::of_confirmed(incident, NotifyReason::Resolved, notify),
            }),
        ]),
        (Status::Confirmed | Status::Watching | Status::Resolved, _) => Err(incident.already()),
        (status, _) => Err(Refusal::NotDismissed { incident: incident.number, status }),
    }
}

/// Several changes, all or none: the notification of the new status comes last, with the new values.
fn revise(
    incident: &Incident,
    revision: Revision,
    notify: Notify,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    let Revision { severity, title, summary, text, status } = revision;
    let mut events = Vec::new();
    require_same_kind(incident, severity)?;
    if let Some(severity) = severity.filter(|severity| *severity != incident.severity) {
        events.push(Event::SeveritySet(SeveritySet { incident: incident.number, severity }));
    }
    if let Some(title) = title.filter(|title| *title != incident.title) {
        events.push(Event::TitleSet(TitleSet { incident: incident.number, title }));
    }
    let summary = summary.map(|summary| match summary {
        Summary::Set(text) => Some(text),
        Summary::Removed => None,
    });
    if let Some(summary) = summary.filter(|summary| *summary != incident.summary) {
        events.push(Event::SummarySet(SummarySet { incident: incident.number, summary }));
    }
    match (status, text) {
        (Some(Status::Resolved), text) => {
            events.extend(resolve(incident, None, text, notify, context)?);
        }
        // Somebody was faster, unless something else changes.
        (Some(status), None) if status == incident.status && events.is_empty() => {
            return Err(incident.already());
        }
        (Some(status), None) if status == incident.status => {}
        (Some(_), None) => return Err(Refusal::NoText),
        (status, Some(text)) => events.extend(post_update(incident, text, status, notify)?),
        (None, None) => {}
    }
    changed(!events.is_empty())?;
    Ok(events)
}

fn dismiss(incident: &Incident, text: Option<Text>) -> Result<Vec<Event>, Refusal> {
    require_suspected(incident)?;
    let because = DismissReason::FalseAlarm;
    Ok(vec![Event::Dismissed(Dismissed { incident: incident.number, because, text })])
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

fn post_update(
    incident: &Incident,
    text: Text,
    status: Option<Status>,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    let status = status.filter(|status| *status != incident.status);
    match (incident.status, status) {
        (Status::Dismissed, _) => return Err(incident.already()),
        (_, None) => {}
        (_, Some(status)) if !matches!(status, Status::Confirmed | Status::Watching) => {
            return Err(Refusal::NotAnUpdateStatus(status));
        }
        (_, Some(_)) => require_confirmed(incident)?,
    }
    let notified = Notified::of_change(incident, NotifyReason::of_update(status), notify);
    Ok(vec![Event::UpdatePosted(UpdatePosted {
        incident: incident.number,
        text,
        status,
        notified,
    })])
}

fn correct(incident: &Incident, update: u64, text: Text) -> Result<Vec<Event>, Refusal> {
    changed(written_by(incident, update)?.team_text() != Some(&text))?;
    let incident = incident.number;
    Ok(vec![Event::UpdateCorrected(UpdateCorrected { incident, update, text })])
}

fn retract(incident: &Incident, update: u64) -> Result<Vec<Event>, Refusal> {
    written_by(incident, update)?;
    Ok(vec![Event::UpdateRetracted(UpdateRetracted { incident: incident.number, update })])
}

fn set_severity(incident: &Incident, severity: Severity) -> Result<Vec<Event>, Refusal> {
    changed(incident.severity != severity)?;
    require_same_kind(incident, Some(severity))?;
    Ok(vec![Event::SeveritySet(SeveritySet { incident: incident.number, severity })])
}

fn amend_times(
    incident: &Incident,
    started_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    match incident.status {
        _ if incident.canceled => return Err(Refusal::Canceled { incident: incident.number }),
        Status::Planned => return Err(Refusal::NotStarted { incident: incident.number }),
        Status::Suspected | Status::Confirmed | Status::Watching if ended_at.is_some() => {
            return Err(Refusal::NotOver { incident: incident.number, status: incident.status });
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
    Ok(vec![Event::TimesAmended(TimesAmended { incident: incident.number, started_at, ended_at })])
}

fn resolve(
    incident: &Incident,
    ended_at: Option<Timestamp>,
    text: Option<Text>,
    notify: Notify,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    require_confirmed(incident)?;
    if incident.window.is_some() && ended_at.is_none() {
        return maintenance::end(incident, text, notify, context);
    }
    let ended_at = match ended_at {
        Some(ended_at) => not_in_the_future(ended_at, context)?,
        // It may have begun while the clock was ahead.
        None => context.now.max(incident.started_at),
    };
    in_order(incident.started_at, Some(ended_at))?;
    let notified = Notified::of_change(incident, NotifyReason::Resolved, notify);
    let firing = incident.firing;
    Ok(vec![Event::Resolved(Resolved {
        incident: incident.number,
        ended_at,
        firing,
        text,
        notified,
    })])
}

fn reopen(incident: &Incident, why: Text, notify: Notify) -> Result<Vec<Event>, Refusal> {
    match incident.status {
        _ if incident.canceled => Err(Refusal::Canceled { incident: incident.number }),
        // A person may also say that the alarm was not false after all.
        Status::Resolved | Status::Dismissed => {
            let notified = Notified::of_confirmed(incident, NotifyReason::Confirmed, notify);
            Ok(vec![Event::Reopened(Reopened { incident: incident.number, why, notified })])
        }
        Status::Planned | Status::Suspected | Status::Confirmed | Status::Watching => {
            Err(Refusal::NotOver { incident: incident.number, status: incident.status })
        }
    }
}

fn publish_postmortem(incident: &Incident, text: Text) -> Result<Vec<Event>, Refusal> {
    match incident.status {
        Status::Resolved => Ok(vec![Event::PostmortemPublished(PostmortemPublished {
            incident: incident.number,
            text,
        })]),
        Status::Dismissed => Err(Refusal::WasDismissed { incident: incident.number }),
        status @ (Status::Planned | Status::Suspected | Status::Confirmed | Status::Watching) => {
            Err(Refusal::NotOver { incident: incident.number, status })
        }
    }
}

/// Maintenance stays maintenance, and an incident stays one: a subscriber to one kind alone is notified of both its
/// start and its end.
fn require_same_kind(incident: &Incident, severity: Option<Severity>) -> Result<(), Refusal> {
    let is_maintenance = |severity: Severity| severity == Severity::Maintenance;
    match severity.map(is_maintenance) {
        Some(false) if is_maintenance(incident.severity) => {
            Err(Refusal::StaysMaintenance { incident: incident.number })
        }
        Some(true) if !is_maintenance(incident.severity) => {
            Err(Refusal::NotPlannedMaintenance { incident: incident.number })
        }
        Some(_) | None => Ok(()),
    }
}

/// The entry that the event `update` wrote, unless its text or note was retracted.
fn written_by(incident: &Incident, update: u64) -> Result<&TimelineEntry, Refusal> {
    let is_it = |entry: &&TimelineEntry| entry.seq == update && entry.team_text().is_some();
    let entry = incident.timeline.iter().find(is_it);
    entry.ok_or(Refusal::NoSuchUpdate { incident: incident.number, update })
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
