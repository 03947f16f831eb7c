//! Deciding: a command and the present board give events, or a named refusal.
//!
//! An old button, link or form acts on the present state: the refusal says what happened meanwhile, and who did it.

mod alert;
mod incident;
mod maintenance;

use crate::{
    Board, Command, CommandContext, Event, Incident, PayloadRedacted, Refusal, SiteConfigured,
    Status,
};

/// Decides `command` on `board`.
///
/// # Errors
/// The command changes nothing, for the reason that the refusal names.
pub fn decide(
    board: &Board,
    command: Command,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    if context.actor.is_none() && command.needs_a_person() {
        return Err(Refusal::NobodyNamed);
    }
    match command {
        Command::RaiseAlert { alert, message, occurrence } => {
            Ok(alert::raise(board, alert, message, occurrence, context))
        }
        Command::UpdateAlert { alert, action, message } => {
            Ok(alert::update(board, alert, action, message))
        }
        Command::ClearAlert { alert, message, occurrence } => {
            Ok(alert::clear(board, alert, message, occurrence))
        }
        Command::Declare(declaration) => incident::declare(board, declaration, context),
        Command::PlanMaintenance(plan) => maintenance::plan(board, plan, context),
        Command::RecordMaintenance(plan) => maintenance::record(board, plan),
        Command::Incident { number, action } => {
            let incident = board.incident(number).ok_or(Refusal::NoSuchIncident(number))?;
            incident::act(incident, action, context)
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

/// Refuses unless the incident is open and a person has confirmed it.
fn require_confirmed(incident: &Incident) -> Result<(), Refusal> {
    match incident.status {
        Status::Confirmed | Status::Watching => Ok(()),
        Status::Suspected => Err(Refusal::NotConfirmed { incident: incident.number }),
        Status::Planned => Err(Refusal::NotStarted { incident: incident.number }),
        Status::Resolved | Status::Dismissed => Err(incident.already()),
    }
}
