//! Planned maintenance: planned, then confirmed, then resolved; or canceled.

use crate::{
    Board, CommandContext, Event, Incident, MaintenanceCanceled, MaintenanceEnded, MaintenancePlan,
    MaintenancePlanned, MaintenanceRescheduled, MaintenanceStarted, Notified, Notify, NotifyReason,
    Refusal, Status, Text, Window,
};

pub(super) fn plan(
    board: &Board,
    plan: MaintenancePlan,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    possible(plan.window, context)?;
    Ok(vec![planned(board, plan)])
}

/// Maintenance that another page announced: its window may be over, and nobody is notified.
pub(super) fn record(board: &Board, plan: MaintenancePlan) -> Result<Vec<Event>, Refusal> {
    in_order(plan.window)?;
    Ok(vec![planned(board, MaintenancePlan { silent: true, ..plan })])
}

fn planned(board: &Board, plan: MaintenancePlan) -> Event {
    let MaintenancePlan { title, window, text, auto_start, auto_end, silent } = plan;
    let incident = board.next_number();
    Event::MaintenancePlanned(MaintenancePlanned {
        incident,
        title,
        window,
        text,
        auto_start,
        auto_end,
        silent,
        notified: Notified::of_new(silent, NotifyReason::MaintenancePlanned),
    })
}

pub(super) fn reschedule(
    incident: &Incident,
    window: Window,
    text: Option<Text>,
    notify: Notify,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    let planned = incident.status == Status::Planned;
    require_maintenance(incident, if planned { Status::Planned } else { Status::Confirmed })?;
    if !planned && incident.window.is_some_and(|known| known.starts_at != window.starts_at) {
        return Err(Refusal::UnderWay { incident: incident.number });
    }
    if incident.window == Some(window) {
        return Err(Refusal::NothingToChange);
    }
    // If it started early, its window starts then.
    let starts_at =
        if planned { window.starts_at } else { window.starts_at.min(incident.started_at) };
    let window = Window { starts_at, ..window };
    possible(window, context)?;
    let notified = Notified::of_change(incident, NotifyReason::MaintenanceRescheduled, notify);
    Ok(vec![Event::MaintenanceRescheduled(MaintenanceRescheduled {
        incident: incident.number,
        window,
        text,
        notified,
    })])
}

pub(super) fn start(
    incident: &Incident,
    text: Option<Text>,
    notify: Notify,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    require_maintenance(incident, Status::Planned)?;
    if context.actor.is_none() && incident.is_missed(context.now) {
        return Err(Refusal::WindowIsOver);
    }
    let notified = Notified::of_change(incident, NotifyReason::MaintenanceStarted, notify);
    Ok(vec![Event::MaintenanceStarted(MaintenanceStarted {
        incident: incident.number,
        text,
        notified,
    })])
}

pub(super) fn end(
    incident: &Incident,
    text: Option<Text>,
    notify: Notify,
    context: &CommandContext,
) -> Result<Vec<Event>, Refusal> {
    require_maintenance(incident, Status::Confirmed)?;
    // The schedule ends it at its planned end, however late the schedule is.
    let scheduled = incident.window.filter(|_| context.actor.is_none());
    let ended_at = scheduled.map_or(context.now, |window| window.ends_at.min(context.now));
    let ended_at = ended_at.max(incident.started_at);
    let notified = Notified::of_change(incident, NotifyReason::MaintenanceEnded, notify);
    Ok(vec![Event::MaintenanceEnded(MaintenanceEnded {
        incident: incident.number,
        ended_at,
        text,
        notified,
    })])
}

pub(super) fn cancel(
    incident: &Incident,
    text: Option<Text>,
    notify: Notify,
) -> Result<Vec<Event>, Refusal> {
    require_maintenance(incident, Status::Planned)?;
    let notified = Notified::of_change(incident, NotifyReason::MaintenanceCanceled, notify);
    Ok(vec![Event::MaintenanceCanceled(MaintenanceCanceled {
        incident: incident.number,
        text,
        notified,
    })])
}

fn possible(window: Window, context: &CommandContext) -> Result<(), Refusal> {
    in_order(window)?;
    if window.ends_at <= context.now { Err(Refusal::WindowIsOver) } else { Ok(()) }
}

fn in_order(window: Window) -> Result<(), Refusal> {
    if window.ends_at <= window.starts_at { Err(Refusal::EndsBeforeItBegins) } else { Ok(()) }
}

/// Refuses unless it is maintenance with this status; watching counts as under way.
fn require_maintenance(incident: &Incident, wanted: Status) -> Result<(), Refusal> {
    let status = incident.status;
    let phase = if status == Status::Watching { Status::Confirmed } else { status };
    match incident.window {
        Some(_) if phase == wanted => Ok(()),
        Some(_)
            if status.is_over() || (wanted == Status::Planned && phase == Status::Confirmed) =>
        {
            Err(incident.already())
        }
        Some(_) | None => {
            Err(Refusal::NotMaintenance { incident: incident.number, wanted, status })
        }
    }
}
