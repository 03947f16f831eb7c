//! `candor maintenance …`

use candor_core::{Command, IncidentNumber, Maintenance, Notify, Text, Window};

use super::{duration, incident::act, time};
use crate::{args, failure::Failure, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, command: args::Maintenance) -> Result<(), Failure> {
    let store = super::open(settings).await?;
    let (command, done, output) = match command {
        args::Maintenance::Plan {
            title,
            start,
            end,
            lasts,
            text,
            auto_start,
            auto_end,
            silent,
            output,
        } => {
            let starts_at = time(&start)?;
            let ends_at = match (end, lasts) {
                (Some(end), _) => time(&end)?,
                (None, lasts) => starts_at
                    .checked_add(duration(lasts.as_deref().unwrap_or_default())?)
                    .map_err(|_too_far| Failure::wrong("the end lies too far in the future"))?,
            };
            let window = Window { starts_at, ends_at };
            let text = terminal::text(text.as_deref())?;
            let plan = Maintenance { title, window, text, auto_start, auto_end, silent };
            (Command::PlanMaintenance(plan), "planned", output)
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

fn read(step: args::Step) -> Result<(IncidentNumber, Option<Text>, Notify, args::Output), Failure> {
    let text = terminal::text(step.text.as_deref())?;
    Ok((step.number, text, step.notify.into(), step.output))
}
