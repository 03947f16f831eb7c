//! `candor incident …`

use candor_api::PublicIncident;
use candor_content::{language::Language, words};
use candor_core::{
    Board, Command, Declaration, Event, Incident, IncidentAction, IncidentNumber, RecordedEvent,
    Revision, Status, Window, outbox_entry,
};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    execute, log::EventView, page::OpenPage, preview::Preview, text_args, time_args::PageTime,
};
use crate::{
    args::{self, ActArgs, OutputArgs},
    error::CliError,
    settings::Settings,
    terminal,
};

/// How many of an incident's first events are searched for alerts.
const FIRST_EVENTS: u32 = 50;

/// An incident as operators see it.
#[derive(Serialize)]
pub(super) struct IncidentView<'a> {
    #[serde(flatten)]
    public: PublicIncident<'a>,
    url: String,
    silent: bool,
    /// How many of its alerts are still firing.
    firing: u32,
    auto_start: bool,
    auto_end: bool,
}

pub(crate) async fn run(
    settings: &Settings,
    command: args::IncidentCommand,
) -> Result<(), CliError> {
    let page = &OpenPage::open(settings).await?;
    let board = &page.board;
    let time = |raw: Option<String>| raw.map(|raw| page.clock.read(&raw)).transpose();
    match command {
        args::IncidentCommand::List { all, output } => {
            let all_or_open =
                if all { board.incidents().collect() } else { board.open().collect() };
            let none = if all { "no incidents" } else { "no open incidents" };
            list(page, all_or_open, none, output).await
        }
        args::IncidentCommand::Show { number, output } => show(page, number, output).await,
        args::IncidentCommand::Declare {
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
            how,
        } => {
            let declaration = Declaration {
                title: text_args::title(title, &titles.titles)?,
                status,
                severity,
                started_at: time(started_at)?,
                ended_at: time(ended_at)?,
                summary: terminal::text(summary.as_deref())?,
                text: text_args::text(text.as_deref(), &translations)?,
                silent,
                takes_alerts,
            };
            act(page, Command::Declare(declaration), how).await
        }
        args::IncidentCommand::Confirm { which, severity, title, titles, message, two_people } => {
            let suspected = |status| status == Status::Suspected;
            let incident = which_one(board, which.number, suspected, "suspected")?;
            let title = text_args::new_title(title, &titles)?;
            let (text, notify, how) = text_args::message(message)?;
            let command = if two_people {
                IncidentAction::ConfirmByTwo { severity, title, text, notify }.on(incident)
            } else {
                IncidentAction::Confirm { severity, title, text, notify }.on(incident)
            };
            act(page, command, how).await
        }
        args::IncidentCommand::Dismiss { which, text, how } => {
            let incident =
                which_one(board, which.number, |status| status == Status::Suspected, "suspected")?;
            let command =
                IncidentAction::Dismiss { text: terminal::text(text.as_deref())? }.on(incident);
            act(page, command, how).await
        }
        args::IncidentCommand::WasReal(args::MaintenanceStep { number, message }) => {
            let (text, notify, how) = text_args::message(message)?;
            let command = IncidentAction::ConfirmAfterwards { text, notify }.on(number);
            act(page, command, how).await
        }
        args::IncidentCommand::Update {
            which,
            text,
            translations,
            status,
            severity,
            title,
            titles,
            notify,
            how,
        } => {
            let incident = which_one(board, which.number, Status::is_current, "going on")?;
            let text = text_args::needed(&text, &translations, "the text is empty")?;
            let (title, notify) = (text_args::new_title(title, &titles)?, notify.into());
            let command = if severity.is_none() && title.is_none() {
                IncidentAction::PostUpdate { text, status, notify }.on(incident)
            } else {
                let text = Some(text);
                let revision = Revision { severity, title, summary: None, text, status };
                IncidentAction::Revise { revision, notify }.on(incident)
            };
            act(page, command, how).await
        }
        args::IncidentCommand::Resolve { which, ended_at, message } => {
            let incident = which_one(board, which.number, Status::is_current, "going on")?;
            let ended_at = time(ended_at)?;
            let (text, notify, how) = text_args::message(message)?;
            let command = IncidentAction::Resolve { ended_at, text, notify }.on(incident);
            act(page, command, how).await
        }
        args::IncidentCommand::Correct { number, entry, text, translations, how } => {
            let text = text_args::needed(&text, &translations, "the text is empty")?;
            let command = IncidentAction::CorrectUpdate { update: entry, text }.on(number);
            act(page, command, how).await
        }
        args::IncidentCommand::Retract { number, entry, how } => {
            let command = IncidentAction::RetractUpdate { update: entry }.on(number);
            act(page, command, how).await
        }
        args::IncidentCommand::Severity { number, severity, how } => {
            let command = IncidentAction::SetSeverity { severity }.on(number);
            act(page, command, how).await
        }
        args::IncidentCommand::Times { number, started_at, ended_at, how } => {
            let (started_at, ended_at) = (time(started_at)?, time(ended_at)?);
            let command = IncidentAction::AmendTimes { started_at, ended_at }.on(number);
            act(page, command, how).await
        }
        args::IncidentCommand::Silence { number, off, how } => {
            let command = IncidentAction::Silence { silent: !off }.on(number);
            act(page, command, how).await
        }
        args::IncidentCommand::Title { number, title, translations, how } => {
            let title = text_args::title(title, &translations.translations)?;
            let command = IncidentAction::SetTitle { title }.on(number);
            act(page, command, how).await
        }
        args::IncidentCommand::Summary { number, text, translations, how } => {
            let summary = text_args::text(text.as_deref(), &translations)?;
            let command = IncidentAction::SetSummary { summary }.on(number);
            act(page, command, how).await
        }
        args::IncidentCommand::Postmortem { number, text, translations, how } => {
            let text = text_args::needed(&text, &translations, "the text is empty")?;
            let command = IncidentAction::PublishPostmortem { text }.on(number);
            act(page, command, how).await
        }
        args::IncidentCommand::Reopen { number, why, translations, notify, how } => {
            let why = text_args::needed(&why, &translations, "say why")?;
            let command = IncidentAction::Reopen { why, notify: notify.into() }.on(number);
            act(page, command, how).await
        }
    }
}

/// The incident with the number, or else the only one that fits.
fn which_one(
    board: &Board,
    number: Option<IncidentNumber>,
    fits: impl Fn(Status) -> bool,
    word: &str,
) -> Result<IncidentNumber, CliError> {
    if let Some(number) = number {
        return Ok(number);
    }
    let fitting: Vec<_> = board.open().filter(|incident| fits(incident.status)).collect();
    match fitting.as_slice() {
        [one] => Ok(one.number),
        [] => Err(CliError::Refused(format!("no incident is {word}; nothing was changed"))),
        many => {
            let numbers: Vec<_> = many.iter().map(|incident| incident.number.to_string()).collect();
            Err(CliError::wrong(format!(
                "{} incidents are {word}: {}; say which",
                many.len(),
                numbers.join(", ")
            )))
        }
    }
}

/// Executes a command about an incident and prints its result.
pub(super) async fn act(page: &OpenPage, command: Command, how: ActArgs) -> Result<(), CliError> {
    if how.dry_run {
        return Preview::of(page, &command).await?.answer(page, how.json);
    }
    let firing = still_firing(page, &command);
    if !how.yes && !how.json && terminal::is_interactive() {
        let preview = Preview::of(page, &command).await?;
        preview.show(page)?;
        let question = match (&firing, preview.notifies()) {
            (Some(alerts), true) => Some(format!("{alerts}. Resolve it anyway, and notify them?")),
            (Some(alerts), false) => Some(format!("{alerts}. Resolve it anyway?")),
            (None, true) => Some("Notify them?".to_owned()),
            (None, false) => None,
        };
        if let Some(question) = question
            && !terminal::agrees(&question)?
        {
            let sentence = "nothing was changed, and no one is notified";
            return Err(CliError::Refused(sentence.to_owned()));
        }
    }
    let events = execute(page, command).await?;
    CliError::after_doing(answer(page, &events, how.json).await)
}

/// Prints what was decided, which need not be all that was asked for.
async fn answer(page: &OpenPage, events: &[RecordedEvent], as_json: bool) -> Result<(), CliError> {
    let OpenPage { settings, store, clock, .. } = page;
    let board = store.load().await?;
    let number = events.iter().find_map(|recorded| recorded.event.incident());
    let Some(incident) = number.and_then(|number| board.incident(number)) else {
        return Err(CliError::Failed(
            "the event was written, but its incident can't be found".to_owned(),
        ));
    };
    if as_json {
        return terminal::json(&view(settings, incident));
    }
    let (title, number) = (&incident.title, incident.number);
    let done = events.last().map(|recorded| done(&recorded.event)).unwrap_or_default();
    terminal::line(format!("{done} incident {number}: {title} ({})", url(settings, incident)))?;
    if events.iter().any(|recorded| matches!(recorded.event, Event::ConfirmationProposed(_))) {
        terminal::line("a second person has to confirm it, too; until then no one is notified")?;
    }
    terminal::line(times(clock, incident))?;
    let still_firing = events.iter().find_map(|recorded| {
        let Event::Resolved(resolved) = &recorded.event else { return None };
        Some(resolved.firing).filter(|firing| *firing > 0)
    });
    match still_firing {
        None => {}
        Some(1) => terminal::line("1 alert is still firing")?,
        Some(firing) => terminal::line(format!("{firing} alerts are still firing"))?,
    }
    let notifies = events.iter().any(|recorded| outbox_entry(&board, recorded).is_some());
    terminal::line(match notifies {
        false => "no one is notified of this".to_owned(),
        true => page.reach(incident.number, incident.severity).await?.sentence(),
    })?;
    page.acted().await
}

/// What an event did to its incident: the beginning of a sentence.
fn done(event: &Event) -> &'static str {
    match event {
        Event::HumanConfirmed(_) => "confirmed",
        Event::ConfirmationProposed(_) => "proposed to confirm",
        Event::Dismissed(_) => "dismissed",
        Event::IncidentDeclared(_) => "declared",
        Event::UpdatePosted(_) => "updated",
        Event::UpdateCorrected(_) => "corrected",
        Event::UpdateRetracted(_) => "retracted an entry of",
        Event::SeveritySet(_) => "changed the severity of",
        Event::TitleSet(_) => "renamed",
        Event::SummarySet(e) if e.summary.is_none() => "removed the summary of",
        Event::SummarySet(_) => "set the summary of",
        Event::TimesAmended(_) => "corrected the times of",
        Event::Silenced(e) if e.silent => "silenced",
        Event::Silenced(_) => "no longer silent:",
        Event::MaintenancePlanned(_) => "planned",
        Event::MaintenanceRescheduled(_) => "moved",
        Event::MaintenanceStarted(_) => "started",
        Event::MaintenanceEnded(_) => "ended",
        Event::MaintenanceCanceled(_) => "canceled",
        Event::Resolved(_) => "resolved",
        Event::Reopened(_) => "reopened",
        Event::PostmortemPublished(_) => "published the post-mortem of",
        // None of these is about an incident that a person acts on.
        Event::AlertRaised(_)
        | Event::AlertUpdated(_)
        | Event::AlertCleared(_)
        | Event::SiteConfigured(_)
        | Event::PayloadRedacted(_) => "changed",
    }
}

/// What speaks against resolving: alerts of the incident that are still firing.
fn still_firing(page: &OpenPage, command: &Command) -> Option<String> {
    let Command::Incident { number, action: IncidentAction::Resolve { .. } } = command else {
        return None;
    };
    match page.board.incident(*number)?.firing {
        0 => None,
        1 => Some("1 alert is still firing".to_owned()),
        several => Some(format!("{several} alerts are still firing")),
    }
}

/// When it takes or took place, in words.
fn times(clock: &PageTime, incident: &Incident) -> String {
    match (incident.window, incident.ended_at) {
        (Some(window), _) if incident.canceled => {
            format!("was planned for {}", clock.window(window))
        }
        (Some(window), None) if incident.status == Status::Planned => {
            format!("planned for {}", clock.window(window))
        }
        (Some(window), None) => {
            let (began, ends) = (clock.words(incident.started_at), clock.words(window.ends_at));
            format!("began {began}, planned to end {ends}")
        }
        (_, None) => format!("began {}", clock.words(incident.started_at)),
        (_, Some(ended_at)) => {
            let window = Window { starts_at: incident.started_at, ends_at: ended_at };
            format!("lasted from {}", clock.window(window))
        }
    }
}

/// Lists incidents: as JSON with all fields, or as a table.
pub(super) async fn list(
    page: &OpenPage,
    incidents: Vec<&Incident>,
    none: &str,
    output: OutputArgs,
) -> Result<(), CliError> {
    let OpenPage { settings, clock, .. } = page;
    if output.json {
        return terminal::json(
            &incidents.iter().map(|incident| view(settings, incident)).collect::<Vec<_>>(),
        );
    }
    if incidents.is_empty() {
        return terminal::line(none);
    }
    let head = ["number", "status", "since", "alerts", "title", "monitoring says"];
    let now = Timestamp::now();
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for incident in incidents {
        rows.push(vec![
            incident.number.to_string(),
            words::status_at(Language::ENGLISH, incident, now),
            clock.short(incident.started_at),
            alerts(incident),
            incident.title.to_string(),
            terminal::shortened(&first_alert(page, incident).await?.unwrap_or_default()),
        ]);
    }
    terminal::table(&rows)
}

/// How many alerts it has: `3`, or `3, 1 firing`.
fn alerts(incident: &Incident) -> String {
    match (incident.alerts.len(), incident.firing) {
        (all, 0) => all.to_string(),
        (all, firing) => format!("{all}, {firing} firing"),
    }
}

/// What monitoring says: the message of the first alert that is firing, or else of the first one.
async fn first_alert(page: &OpenPage, incident: &Incident) -> Result<Option<String>, CliError> {
    if incident.alerts.is_empty() {
        return Ok(None);
    }
    let begin = page.store.trail_after(incident.number, 0, FIRST_EVENTS).await?;
    let raised = begin.iter().filter_map(|recorded| {
        let Event::AlertRaised(raised) = &recorded.event else { return None };
        Some(raised)
    });
    let raised: Vec<_> = raised.collect();
    let is_firing = |key| page.board.alert(key).is_some_and(|alert| alert.firing);
    let firing = raised.iter().find(|raised| is_firing(&raised.alert));
    Ok(firing.or(raised.first()).map(|raised| raised.message.to_string()))
}

async fn show(page: &OpenPage, number: IncidentNumber, output: OutputArgs) -> Result<(), CliError> {
    let OpenPage { settings, store, board, clock } = page;
    let incident = board.incident(number).ok_or_else(|| {
        CliError::Refused(format!(
            "there is no incident {number}; `candor incident list --all` lists them"
        ))
    })?;
    let trail = store.trail(number).await?;
    if output.json {
        #[derive(Serialize)]
        struct IncidentDetails<'a> {
            #[serde(flatten)]
            incident: IncidentView<'a>,
            trail: Vec<EventView<'a>>,
        }
        let trail = trail.iter().map(EventView::of).collect();
        return terminal::json(&IncidentDetails { incident: view(settings, incident), trail });
    }
    terminal::line(format!("#{number} {}", incident.title))?;
    let silent = if incident.silent { ", silent" } else { "" };
    let status = words::status_at(Language::ENGLISH, incident, Timestamp::now());
    terminal::line(format!("{status}{silent}; {}", times(clock, incident)))?;
    if !incident.alerts.is_empty() {
        let count = terminal::count(incident.alerts.len(), "alert");
        terminal::line(format!("{count}, {} still firing", incident.firing))?;
    }
    terminal::line(url(settings, incident))?;
    if let Some(summary) = &incident.summary {
        terminal::line(format!("\n{}", summary.as_str()))?;
    }
    terminal::line("")?;
    super::log::print_timeline(page, &trail).await
}

pub(super) fn view<'a>(settings: &Settings, incident: &'a Incident) -> IncidentView<'a> {
    IncidentView {
        public: PublicIncident::of(incident),
        url: url(settings, incident),
        silent: incident.silent,
        firing: incident.firing,
        auto_start: incident.auto_start,
        auto_end: incident.auto_end,
    }
}

fn url(settings: &Settings, incident: &Incident) -> String {
    format!("{}{}", settings.site_url, incident.path())
}
