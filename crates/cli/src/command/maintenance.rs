//! `candor maintenance …`

use candor_content::{language::Language, words};
use candor_core::{
    Command, Incident, IncidentAction, IncidentNumber, MaintenancePlan, Notify, Text, Window,
};
use jiff::Timestamp;

use super::{
    duration,
    incident::{act, view},
    page::OpenPage,
    text_args,
};
use crate::{args, error::CliError, settings::Settings, terminal};

pub(crate) async fn run(
    settings: &Settings,
    command: args::MaintenanceCommand,
) -> Result<(), CliError> {
    let page = &OpenPage::open(settings).await?;
    let (command, how) = match command {
        args::MaintenanceCommand::List { all, output } => return list(page, all, output),
        args::MaintenanceCommand::Plan {
            title,
            titles,
            start,
            ends,
            text,
            translations,
            auto_start,
            auto_end,
            silent,
            how,
        } => {
            let window = window(page, page.clock.read(&start)?, &ends)?;
            let title = text_args::title(title, &titles.titles)?;
            let text = text_args::text(text.as_deref(), &translations)?;
            let plan = MaintenancePlan { title, window, text, auto_start, auto_end, silent };
            (Command::PlanMaintenance(plan), how)
        }
        args::MaintenanceCommand::Move { number, start, ends, text, translations, notify, how } => {
            let planned = page.board.incident(number).and_then(|incident| incident.window);
            let starts_at = match (start, planned) {
                (Some(start), _) => page.clock.read(&start)?,
                (None, Some(planned)) => planned.starts_at,
                (None, None) => {
                    return Err(CliError::Refused(format!(
                        "incident {number} isn't planned maintenance"
                    )));
                }
            };
            let window = window(page, starts_at, &ends)?;
            let (incident, text) = (number, text_args::text(text.as_deref(), &translations)?);
            let notify = notify.into();
            let command =
                IncidentAction::RescheduleMaintenance { window, text, notify }.on(incident);
            (command, how)
        }
        args::MaintenanceCommand::Start(step) => {
            let (incident, text, notify, how) = read(step)?;
            (IncidentAction::StartMaintenance { text, notify }.on(incident), how)
        }
        args::MaintenanceCommand::End(step) => {
            let (incident, text, notify, how) = read(step)?;
            (IncidentAction::EndMaintenance { text, notify }.on(incident), how)
        }
        args::MaintenanceCommand::Cancel(step) => {
            let (incident, text, notify, how) = read(step)?;
            (IncidentAction::CancelMaintenance { text, notify }.on(incident), how)
        }
    };
    act(page, command, how).await
}

fn list(page: &OpenPage, all: bool, output: args::OutputArgs) -> Result<(), CliError> {
    let of_plan =
        |incident: &&Incident| incident.window.is_some() && (all || !incident.status.is_over());
    let mut planned: Vec<_> = page.board.incidents().filter(of_plan).collect();
    planned.sort_by_key(|incident| (incident.started_at, incident.number));
    if output.json {
        let views: Vec<_> = planned.iter().map(|incident| view(&page.settings, incident)).collect();
        return terminal::json(&views);
    }
    if planned.is_empty() {
        return terminal::line(if all { "no maintenance" } else { "no maintenance is planned" });
    }
    let now = Timestamp::now();
    let head = ["number", "status", "starts", "ends", "automatically", "title"];
    let rows = planned.iter().map(|incident| {
        let at = |pick: fn(Window) -> Timestamp| {
            incident.window.map(|window| page.clock.short(pick(window))).unwrap_or_default()
        };
        let automatic = match (incident.auto_start, incident.auto_end) {
            (true, true) => "starts, ends",
            (true, false) => "starts",
            (false, true) => "ends",
            (false, false) => "",
        };
        vec![
            incident.number.to_string(),
            words::status_at(Language::ENGLISH, incident, now),
            at(|window| window.starts_at),
            at(|window| window.ends_at),
            automatic.to_owned(),
            incident.title.to_string(),
        ]
    });
    terminal::table(
        &std::iter::once(head.map(str::to_owned).to_vec()).chain(rows).collect::<Vec<_>>(),
    )
}

/// The window from `starts_at` on.
fn window(page: &OpenPage, starts_at: Timestamp, ends: &args::EndArgs) -> Result<Window, CliError> {
    let ends_at = match &ends.end {
        Some(end) => page.clock.read(end)?,
        None => starts_at
            .checked_add(duration(ends.lasts.as_deref().unwrap_or_default())?)
            .map_err(|_too_far| CliError::wrong("the end lies too far in the future"))?,
    };
    Ok(Window { starts_at, ends_at })
}

fn read(
    step: args::MaintenanceStep,
) -> Result<(IncidentNumber, Option<Text>, Notify, args::ActArgs), CliError> {
    let (text, notify, how) = text_args::message(step.message)?;
    Ok((step.number, text, notify, how))
}
