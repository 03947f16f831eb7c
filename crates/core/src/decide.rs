//! Deciding: a command and the board as it is now give events, or a refusal with a name.
//!
//! An old button, link or form acts on the state as it is now: whoever is late is told what happened, and by whom.

mod alert;
mod incident;
mod maintenance;

use crate::{
    Board, Command, CommandContext, ConfirmationProposed, Event, Incident, IncidentNumber,
    PayloadRedacted, Refusal, SiteConfigured, Status,
};

/// Decides what happens when `command` meets `board`.
///
/// # Errors
/// The command changes nothing, and the refusal says why.
pub fn decide(
    board: &Board,
    command: Command,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::RaiseAlert { alert, message } => Ok(alert::raise(board, alert, message, context)),
        Command::UpdateAlert { alert, action, message } => {
            Ok(alert::update(board, alert, action, message))
        }
        Command::ClearAlert { alert, message } => Ok(alert::clear(board, alert, message)),
        Command::StartMaintenance { incident, text, notify } => {
            maintenance::start(board, incident, text, notify, context)
        }
        Command::EndMaintenance { incident, text, notify } => {
            maintenance::end(board, incident, text, notify, context)
        }
        by_a_person if context.actor.is_none() => {
            drop(by_a_person);
            Err(Refusal::NobodyNamed)
        }
        Command::Confirm { incident, severity, title, text, notify } => {
            let words = ConfirmationProposed { incident, severity, title, text };
            incident::confirm(board, words, notify)
        }
        Command::ConfirmByTwo { incident, severity, title, text, notify } => {
            let words = ConfirmationProposed { incident, severity, title, text };
            incident::confirm_by_two(board, words, notify, context)
        }
        Command::ConfirmAfterwards { incident, text, notify } => {
            incident::confirm_afterwards(board, incident, text, notify)
        }
        Command::Revise { incident, revision, notify } => {
            incident::revise(board, incident, revision, notify, context)
        }
        Command::Dismiss { incident, text } => incident::dismiss(board, incident, text),
        Command::Declare(declaration) => incident::declare(board, declaration, context),
        Command::PostUpdate { incident, text, status, notify } => {
            incident::post_update(board, incident, text, status, notify)
        }
        Command::CorrectUpdate { incident, update, text } => {
            incident::correct(board, incident, update, text)
        }
        Command::RetractUpdate { incident, update } => incident::retract(board, incident, update),
        Command::SetSeverity { incident, severity } => {
            incident::set_severity(board, incident, severity)
        }
        Command::SetTitle { incident, title } => incident::set_title(board, incident, title),
        Command::SetSummary { incident, summary } => {
            incident::set_summary(board, incident, summary)
        }
        Command::AmendTimes { incident, started_at, ended_at } => {
            incident::amend_times(board, incident, started_at, ended_at, context)
        }
        Command::Silence { incident, silent } => incident::silence(board, incident, silent),
        Command::PlanMaintenance(plan) => maintenance::plan(board, plan, context),
        Command::RecordMaintenance(plan) => maintenance::record(board, plan),
        Command::RescheduleMaintenance { incident, window, text, notify } => {
            maintenance::reschedule(board, incident, window, text, notify, context)
        }
        Command::CancelMaintenance { incident, text, notify } => {
            maintenance::cancel(board, incident, text, notify)
        }
        Command::Resolve { incident, ended_at, text, notify } => {
            incident::resolve(board, incident, ended_at, text, notify, context)
        }
        Command::Reopen { incident, why, notify } => incident::reopen(board, incident, why, notify),
        Command::PublishPostmortem { incident, text } => {
            incident::publish_postmortem(board, incident, text)
        }
        Command::ConfigureSite(change) if change == SiteConfigured::default() => {
            Err(Refusal::NothingToChange)
        }
        Command::ConfigureSite(change) => Ok(vec![Event::SiteConfigured(change)]),
        Command::RedactPayload { seq, why, remains } => {
            Ok(vec![Event::PayloadRedacted(PayloadRedacted { seq, why, remains })])
        }
    }
}

/// The incident with this number, or the refusal that there is none.
fn existing(board: &Board, number: IncidentNumber) -> Result<&Incident, Refusal> {
    board.incident(number).ok_or(Refusal::NoSuchIncident(number))
}

/// The incident, if it is going on and a person has confirmed it.
fn confirmed(board: &Board, number: IncidentNumber) -> Result<&Incident, Refusal> {
    let incident = existing(board, number)?;
    match incident.status {
        Status::Confirmed | Status::Watching => Ok(incident),
        Status::Suspected => Err(Refusal::NotConfirmed { incident: number }),
        Status::Planned => Err(Refusal::NotStarted { incident: number }),
        Status::Resolved | Status::Dismissed => Err(incident.already()),
    }
}
