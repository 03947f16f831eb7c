//! `candor incident …`

use candor_core::{
    Board, Command, Declaration, Event, Incident, IncidentNumber, Status, public::PublicIncident,
};
use candor_store::Store;
use serde::Serialize;

use super::{execute, log::EventView, time, written};
use crate::{
    args::{self, Output},
    failure::Failure,
    settings::Settings,
    terminal,
};

/// An incident as operators see it.
#[derive(Serialize)]
struct IncidentView<'a> {
    #[serde(flatten)]
    public: PublicIncident<'a>,
    url: String,
    silent: bool,
    /// How many of its alerts still fire.
    firing: u32,
}

pub(crate) async fn run(settings: &Settings, command: args::Incident) -> Result<(), Failure> {
    let store = super::open(settings).await?;
    let board = store.load().await?;
    match command {
        args::Incident::List { all, output } => list(settings, &board, all, output),
        args::Incident::Show { number, output } => {
            show(settings, &store, &board, number, output).await
        }
        args::Incident::Declare {
            title,
            titles,
            severity,
            status,
            started_at,
            ended_at,
            summary,
            text,
            translations,
            silent,
            takes_alerts,
            output,
        } => {
            let declaration = Declaration {
                title: written::title(title, &titles.titles)?,
                status,
                severity,
                started_at: started_at.as_deref().map(time).transpose()?,
                ended_at: ended_at.as_deref().map(time).transpose()?,
                summary: terminal::text(summary.as_deref())?,
                text: written::text(text.as_deref(), &translations)?,
                silent,
                takes_alerts,
            };
            act(settings, &store, Command::Declare(declaration), "declared", output).await
        }
        args::Incident::Confirm {
            which,
            severity,
            title,
            titles,
            text,
            translations,
            notify,
            output,
        } => {
            let command = Command::Confirm {
                incident: which_one(
                    &board,
                    which.number,
                    |status| status == Status::Suspected,
                    "suspected",
                )?,
                severity,
                title: written::new_title(title, &titles)?,
                text: written::text(text.as_deref(), &translations)?,
                notify: notify.into(),
            };
            act(settings, &store, command, "confirmed", output).await
        }
        args::Incident::Dismiss { which, text, output } => {
            let incident =
                which_one(&board, which.number, |status| status == Status::Suspected, "suspected")?;
            let command = Command::Dismiss { incident, text: terminal::text(text.as_deref())? };
            act(settings, &store, command, "dismissed", output).await
        }
        args::Incident::WasReal { number, text, translations, notify, output } => {
            let text = written::text(text.as_deref(), &translations)?;
            let command =
                Command::ConfirmAfterwards { incident: number, text, notify: notify.into() };
            act(settings, &store, command, "resolved", output).await
        }
        args::Incident::Update { which, text, translations, status, notify, output } => {
            let incident = which_one(&board, which.number, Status::is_current, "going on")?;
            let text = written::needed(&text, &translations, "the text is empty")?;
            let command = Command::PostUpdate { incident, text, status, notify: notify.into() };
            act(settings, &store, command, "updated", output).await
        }
        args::Incident::Resolve { which, ended_at, text, translations, notify, output } => {
            let command = Command::Resolve {
                incident: which_one(&board, which.number, Status::is_current, "going on")?,
                ended_at: ended_at.as_deref().map(time).transpose()?,
                text: written::text(text.as_deref(), &translations)?,
                notify: notify.into(),
            };
            act(settings, &store, command, "resolved", output).await
        }
        args::Incident::Correct { number, entry, text, translations, output } => {
            let text = written::needed(&text, &translations, "the text is empty")?;
            let command = Command::CorrectUpdate { incident: number, update: entry, text };
            act(settings, &store, command, "corrected", output).await
        }
        args::Incident::Title { number, title, translations, output } => {
            let title = written::title(title, &translations.translations)?;
            let command = Command::SetTitle { incident: number, title };
            act(settings, &store, command, "renamed", output).await
        }
        args::Incident::Summary { number, text, translations, output } => {
            let summary = written::text(text.as_deref(), &translations)?;
            let command = Command::SetSummary { incident: number, summary };
            act(settings, &store, command, "summarised", output).await
        }
        args::Incident::Postmortem { number, text, translations, output } => {
            let text = written::needed(&text, &translations, "the text is empty")?;
            let command = Command::PublishPostmortem { incident: number, text };
            act(settings, &store, command, "published what was learnt from", output).await
        }
        args::Incident::Reopen { number, why, translations, notify, output } => {
            let why = written::needed(&why, &translations, "say why")?;
            let command = Command::Reopen { incident: number, why, notify: notify.into() };
            act(settings, &store, command, "reopened", output).await
        }
    }
}

/// The incident that is meant: the one with the number, or the only one that fits.
fn which_one(
    board: &Board,
    number: Option<IncidentNumber>,
    fits: impl Fn(Status) -> bool,
    word: &str,
) -> Result<IncidentNumber, Failure> {
    if let Some(number) = number {
        return Ok(number);
    }
    let fitting: Vec<_> = board.open().filter(|incident| fits(incident.status)).collect();
    match fitting.as_slice() {
        [one] => Ok(one.number),
        [] => Err(Failure::Refused(format!("no incident is {word}; nothing was changed"))),
        many => {
            let numbers: Vec<_> = many.iter().map(|incident| incident.number.to_string()).collect();
            Err(Failure::wrong(format!(
                "{} incidents are {word}: {}; say which",
                many.len(),
                numbers.join(", ")
            )))
        }
    }
}

/// Gives a command about an incident and says what came of it.
pub(super) async fn act(
    settings: &Settings,
    store: &Store,
    command: Command,
    done: &str,
    output: Output,
) -> Result<(), Failure> {
    let events = execute(store, command).await?;
    let board = store.load().await?;
    let number = events.iter().find_map(|recorded| recorded.event.incident());
    let Some(incident) = number.and_then(|number| board.incident(number)) else {
        return Err(Failure::Failed(
            "the event was written, but its incident can't be found".to_owned(),
        ));
    };
    if output.json {
        return terminal::json(&view(settings, incident));
    }
    let title = &incident.title;
    terminal::line(format!(
        "{done} incident {}: {title} ({})",
        incident.number,
        url(settings, incident)
    ))?;
    let still_firing = events.iter().find_map(|recorded| {
        let Event::Resolved(resolved) = &recorded.event else { return None };
        Some(resolved.firing).filter(|firing| *firing > 0)
    });
    match still_firing {
        None => {}
        Some(1) => terminal::line("an alert is still firing")?,
        Some(firing) => terminal::line(format!("{firing} alerts are still firing"))?,
    }
    let mut told = false;
    for recorded in &events {
        told |= store.is_owed(recorded.seq).await?;
    }
    let reached = store.audience().await?.reaches(Some(incident.number), incident.severity);
    terminal::line(match (told, reached) {
        (false, _) => "nobody is notified of this".to_owned(),
        (true, 0) => "there are no subscribers to notify yet".to_owned(),
        (true, 1) => "1 subscriber is notified".to_owned(),
        (true, n) => format!("{n} subscribers are notified"),
    })
}

fn list(settings: &Settings, board: &Board, all: bool, output: Output) -> Result<(), Failure> {
    let incidents: Vec<&Incident> =
        if all { board.incidents().collect() } else { board.open().collect() };
    if output.json {
        return terminal::json(
            &incidents.iter().map(|incident| view(settings, incident)).collect::<Vec<_>>(),
        );
    }
    if incidents.is_empty() {
        return terminal::line(if all { "no incidents" } else { "no open incidents" });
    }
    let head =
        ["number", "status", "severity", "since", "alerts", "title"].map(str::to_owned).to_vec();
    let rows = incidents.iter().map(|incident| {
        vec![
            incident.number.to_string(),
            incident.status.to_string(),
            incident.severity.to_string(),
            terminal::time(incident.started_at),
            incident.alerts.len().to_string(),
            incident.title.to_string(),
        ]
    });
    terminal::table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

async fn show(
    settings: &Settings,
    store: &Store,
    board: &Board,
    number: IncidentNumber,
    output: Output,
) -> Result<(), Failure> {
    let incident = board.incident(number).ok_or_else(|| {
        Failure::Refused(format!(
            "there is no incident {number}; `candor incident list --all` lists them"
        ))
    })?;
    let trail = store.trail(number).await?;
    let events: Vec<_> = trail.iter().map(EventView::of).collect();
    if output.json {
        #[derive(Serialize)]
        struct Shown<'a> {
            #[serde(flatten)]
            incident: IncidentView<'a>,
            trail: Vec<EventView<'a>>,
        }
        return terminal::json(&Shown { incident: view(settings, incident), trail: events });
    }
    terminal::line(format!("incident {number}: {}", incident.title))?;
    terminal::line(format!(
        "{}, {}, since {}",
        incident.status,
        incident.severity,
        terminal::time(incident.started_at)
    ))?;
    if let Some(ended_at) = incident.ended_at {
        terminal::line(format!("ended {}", terminal::time(ended_at)))?;
    }
    terminal::line(format!(
        "{} alerts, {} of them firing",
        incident.alerts.len(),
        incident.firing
    ))?;
    terminal::line(url(settings, incident))?;
    terminal::line("")?;
    super::log::print(store, &events).await
}

fn view<'a>(settings: &Settings, incident: &'a Incident) -> IncidentView<'a> {
    IncidentView {
        public: PublicIncident::of(incident),
        url: url(settings, incident),
        silent: incident.silent,
        firing: incident.firing,
    }
}

fn url(settings: &Settings, incident: &Incident) -> String {
    format!("{}{}", settings.site_url, incident.path())
}
