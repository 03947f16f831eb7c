//! Planned work: planned, then confirmed, then resolved; or cancelled.

use super::existing;
use crate::{
    Board, Context, Event, Incident, IncidentNumber, Maintenance, MaintenanceCancelled,
    MaintenanceEnded, MaintenancePlanned, MaintenanceRescheduled, MaintenanceStarted, Notify,
    Refusal, Status, Text, Window,
};

pub(super) fn plan(
    board: &Board,
    plan: Maintenance,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    possible(plan.window, context)?;
    Ok(vec![planned(board, plan)])
}

/// What another page announced may be over by now. Nobody is told of it.
pub(super) fn record(board: &Board, plan: Maintenance) -> Result<Vec<Event>, Refusal> {
    in_order(plan.window)?;
    Ok(vec![planned(board, Maintenance { silent: true, ..plan })])
}

fn planned(board: &Board, plan: Maintenance) -> Event {
    let Maintenance { title, window, text, auto_start, auto_end, silent } = plan;
    let incident = board.next_number();
    Event::MaintenancePlanned(MaintenancePlanned {
        incident,
        title,
        window,
        text,
        auto_start,
        auto_end,
        silent,
    })
}

pub(super) fn reschedule(
    board: &Board,
    number: IncidentNumber,
    window: Window,
    text: Option<Text>,
    notify: Notify,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let planned = existing(board, number)?.status == Status::Planned;
    let wanted = if planned { Status::Planned } else { Status::Confirmed };
    let incident = maintenance(board, number, wanted)?;
    let window = match incident.window {
        // It has begun when it has begun.
        Some(known) if !planned => Window { starts_at: known.starts_at, ..window },
        _ => window,
    };
    if incident.window == Some(window) {
        return Err(Refusal::NothingToChange);
    }
    possible(window, context)?;
    Ok(vec![Event::MaintenanceRescheduled(MaintenanceRescheduled {
        incident: number,
        window,
        text,
        notify,
    })])
}

pub(super) fn start(
    board: &Board,
    incident: IncidentNumber,
    text: Option<Text>,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    maintenance(board, incident, Status::Planned)?;
    Ok(vec![Event::MaintenanceStarted(MaintenanceStarted { incident, text, notify })])
}

pub(super) fn end(
    board: &Board,
    incident: IncidentNumber,
    text: Option<Text>,
    notify: Notify,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let started_at = maintenance(board, incident, Status::Confirmed)?.started_at;
    let ended_at = context.now.max(started_at);
    Ok(vec![Event::MaintenanceEnded(MaintenanceEnded { incident, ended_at, text, notify })])
}

pub(super) fn cancel(
    board: &Board,
    incident: IncidentNumber,
    text: Option<Text>,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    maintenance(board, incident, Status::Planned)?;
    Ok(vec![Event::MaintenanceCancelled(MaintenanceCancelled { incident, text, notify })])
}

fn possible(window: Window, context: &Context) -> Result<(), Refusal> {
    in_order(window)?;
    if window.ends_at <= context.now { Err(Refusal::WindowIsOver) } else { Ok(()) }
}

fn in_order(window: Window) -> Result<(), Refusal> {
    if window.ends_at <= window.starts_at { Err(Refusal::EndsBeforeItBegins) } else { Ok(()) }
}

/// The planned work, if it stands where it is wanted; one that is being watched counts as under way.
fn maintenance(
    board: &Board,
    number: IncidentNumber,
    wanted: Status,
) -> Result<&Incident, Refusal> {
    let incident = existing(board, number)?;
    let status = incident.status;
    let stands = if status == Status::Watching { Status::Confirmed } else { status };
    match incident.window {
        Some(_) if stands == wanted => Ok(incident),
        Some(_)
            if status.is_over() || (wanted == Status::Planned && stands == Status::Confirmed) =>
        {
            Err(incident.already())
        }
        Some(_) | None => Err(Refusal::NotMaintenance { incident: number, wanted, status }),
    }
}
