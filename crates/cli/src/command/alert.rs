//! `candor alert …`: what monitoring reports, and what it never will.

use candor_core::{AlertKey, AlertMessage, Command, IncidentNumber, Occurrence};
use jiff::Timestamp;
use serde::Serialize;

use super::{execute, page::OpenPage};
use crate::{args, error::CliError, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, command: args::AlertCommand) -> Result<(), CliError> {
    let page = OpenPage::open(settings).await?;
    match command {
        args::AlertCommand::List { output } => list(&page, output),
        args::AlertCommand::Raise { id, title } => raise(&page, &id, &title).await,
        args::AlertCommand::Clear { id: None, all: false, .. } => {
            Err(CliError::wrong("name the alert that is over, or say --all"))
        }
        args::AlertCommand::Clear { id, source, all: _ } => {
            clear(&page, &source, id.as_deref()).await
        }
    }
}

#[derive(Serialize)]
struct FiringAlert<'a> {
    source: &'a str,
    id: &'a str,
    incident: Option<IncidentNumber>,
}

fn list(page: &OpenPage, output: args::OutputArgs) -> Result<(), CliError> {
    let firing = page.board.firing_alerts().map(|(key, alert)| FiringAlert {
        source: key.source(),
        id: key.id(),
        incident: alert.incident,
    });
    let firing: Vec<_> = firing.collect();
    if output.json {
        return terminal::json(&firing);
    }
    if firing.is_empty() {
        return terminal::line("no alert is firing");
    }
    let mut rows = vec![["source", "id", "incident"].map(str::to_owned).to_vec()];
    rows.extend(firing.iter().map(|alert| {
        let incident = alert.incident.map_or_else(|| "-".to_owned(), |number| number.to_string());
        vec![alert.source.to_owned(), alert.id.to_owned(), incident]
    }));
    terminal::table(&rows)
}

async fn raise(page: &OpenPage, id: &str, title: &str) -> Result<(), CliError> {
    let alert = AlertKey::new("alert", id)?;
    let occurrence = Occurrence::OneOfMany { since: None, at: Some(Timestamp::now()) };
    let message = AlertMessage::lenient(title);
    let events = execute(page, Command::RaiseAlert { alert, message, occurrence }).await?;
    let number = events.iter().find_map(|recorded| recorded.event.incident());
    let number = number.map(|number| format!(": incident {number}")).unwrap_or_default();
    terminal::line(format!("alert {id:?} is firing{number}"))
}

/// Clears one alert of this source; all of every source without an id.
async fn clear(page: &OpenPage, source: &str, id: Option<&str>) -> Result<(), CliError> {
    let is_meant = |key: &&AlertKey| id.is_none_or(|id| key.source() == source && key.id() == id);
    let firing = page.board.firing_alerts().map(|(key, _)| key);
    let meant: Vec<_> = firing.filter(is_meant).collect();
    if meant.is_empty() {
        return Err(CliError::Refused(match id {
            None => "no alert is firing".to_owned(),
            Some(id) => {
                format!("no alert {id:?} of {source} is firing; `candor alert list` lists them")
            }
        }));
    }
    for key in meant {
        let occurrence = Occurrence::OneOfMany { since: None, at: None };
        let message = AlertMessage::lenient("cleared by hand");
        let alert = AlertKey::new(key.source(), key.id())?;
        execute(page, Command::ClearAlert { alert, message, occurrence }).await?;
        terminal::line(format!("alert {:?} is over", key.id()))?;
    }
    Ok(())
}
