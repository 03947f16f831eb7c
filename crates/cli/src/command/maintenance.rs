//! `candor maintenance …`

use candor_core::{Command, IncidentNumber, Maintenance, Notify, Text, Window};
use jiff::Timestamp;

use super::{duration, incident::act, time, written};
use crate::{args, failure::Failure, settings::Settings};

pub(crate) async fn run(settings: &Settings, command: args::Maintenance) -> Result<(), Failure> {
    let store = super::open(settings).await?;
    let (command, done, output) = match command {
        args::Maintenance::Plan {
            title,
            titles,
            start,
            ends,
            text,
            translations,
            auto_start,
            auto_end,
            silent,
            output,
        } => {
            let window = window(time(&start)?, &ends)?;
            let title = written::title(title, &titles.titles)?;
            let text = written::text(text.as_deref(), &translations)?;
            let plan = Maintenance { title, window, text, auto_start, auto_end, silent };
            (Command::PlanMaintenance(plan), "planned", output)
        }
        args::Maintenance::Move { number, start, ends, text, translations, notify, output } => {
            let planned = store.load().await?.incident(number).and_then(|incident| incident.window);
            let starts_at = match (start, planned) {
                (Some(start), _) => time(&start)?,
                (None, Some(planned)) => planned.starts_at,
                (None, None) => {
                    return Err(Failure::Refused(format!("incident {number} is no planned work")));
                }
            };
            let window = window(starts_at, &ends)?;
            let (incident, text) = (number, written::text(text.as_deref(), &translations)?);
            let notify = notify.into();
            let command = Command::RescheduleMaintenance { incident, window, text, notify };
            (command, "moved", output)
        }
        args::Maintenance::Start(step) => {
            let (incident, text, notify, output) = read(step)?;
            (Command::StartMaintenance { incident, text, notify }, "started", output)
        }
        args::Maintenance::End(step) => {
            let (incident, text, notify, output) = read(step)?;
            (Command::EndMaintenance { incident, text, notify }, "ended", output)
        }
        args::Maintenance::Cancel(step) => {
            let (incident, text, notify, output) = read(step)?;
            (Command::CancelMaintenance { incident, text, notify }, "cancelled", output)
        }
    };
    act(settings, &store, command, done, output).await
}

/// The window that begins then.
fn window(starts_at: Timestamp, ends: &args::Ends) -> Result<Window, Failure> {
    let ends_at = match &ends.end {
        Some(end) => time(end)?,
        None => starts_at
            .checked_add(duration(ends.lasts.as_deref().unwrap_or_default())?)
            .map_err(|_too_far| Failure::wrong("the end lies too far in the future"))?,
    };
    Ok(Window { starts_at, ends_at })
}

fn read(step: args::Step) -> Result<(IncidentNumber, Option<Text>, Notify, args::Output), Failure> {
    let text = written::text(step.text.as_deref(), &step.translations)?;
    Ok((step.number, text, step.notify.into(), step.output))
}
