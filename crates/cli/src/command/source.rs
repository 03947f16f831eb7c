//! `candor source …`: which monitoring systems can raise alerts, and what a call of theirs would do.

use std::path::Path;

use candor_core::{AlertKey, AlertMessage, Command};
use candor_integrations::{
    alert_source::{AlertBody, AlertSource, SOURCES, Signal},
    file,
};
use candor_store::UnreadAlert;
use serde::Serialize;

use super::{page::OpenPage, simulate};
use crate::{args, error::CliError, settings::Settings, terminal};

/// The longest call that is read, in bytes: the longest that is taken.
const LONGEST_CALL: usize = 1024 * 1024;

pub(crate) async fn run(settings: &Settings, command: args::Source) -> Result<(), CliError> {
    match command {
        args::Source::List => list(),
        args::Source::Show { source } => show(settings, simulate::source(&source)?),
        args::Source::Test { file, source, form } => test(settings, &file, source.as_deref(), form),
        args::Source::Unread { id, output } => {
            unread(&OpenPage::open(settings).await?, id.as_deref(), output).await
        }
    }
}

fn list() -> Result<(), CliError> {
    let row = |source: &AlertSource| vec![source.name.to_owned(), source.title.to_owned()];
    terminal::table(&SOURCES.iter().map(row).collect::<Vec<_>>())
}

fn show(settings: &Settings, source: &AlertSource) -> Result<(), CliError> {
    let own = candor_web::webhook_path(Some(source), "");
    let all = candor_web::webhook_path(None, "");
    let again = match source.ids_return() {
        true => "the same id can fire again after it was cleared",
        false => "an id fires once; after it was cleared, a late call can't raise it again",
    };
    terminal::line(format!(
        "{}\n\n  address  {}{own}SECRET\n           {}{all}SECRET recognizes it, too\n           (SECRET: CANDOR_ALERT_SECRET, or the file alert.secret in the data directory)\n  ids      {again}\n\nA call:\n\n{}",
        source.title,
        settings.site_url,
        settings.site_url,
        source.simulate(&simulate::alert("Checkout does not answer".to_owned())),
    ))
}

fn test(
    settings: &Settings,
    path: &Path,
    source: Option<&str>,
    is_form: bool,
) -> Result<(), CliError> {
    let path = if path == Path::new("-") { Path::new("/dev/stdin") } else { path };
    let call = file::read(path, LONGEST_CALL)
        .map_err(|error| CliError::io(format!("read {}", path.display()), error))?;
    let body = if is_form { AlertBody::of_form(&call) } else { AlertBody::of_json(&call) };
    let source = match source {
        Some(name) => simulate::source(name)?,
        None => AlertSource::of_call(None, &body).ok_or_else(|| {
            CliError::Failed(match body.problem() {
                Some(why) => format!("{why}; --form reads a form or a query"),
                None => "no alert source sends such a body; try --source, or --form".to_owned(),
            })
        })?,
    };
    let signals = source.read(&body, &settings.alert_rules);
    let signals = signals.map_err(|error| CliError::Failed(error.to_string()))?;
    terminal::line(format!("from {} ({})", source.name, source.title))?;
    if signals.is_empty() {
        return terminal::line(
            "about no alert, or ignored by a rule: it is answered, and nothing is recorded",
        );
    }
    terminal::table(&signals.iter().map(row).collect::<Vec<_>>())
}

fn row(signal: &Signal) -> Vec<String> {
    let (effect, alert, message) = effect(&signal.command);
    let at = signal.occurred_at.map_or_else(|| "-".to_owned(), |at| at.to_string());
    let alert = alert.map(ToString::to_string).unwrap_or_default();
    let message = message.map(ToString::to_string).unwrap_or_default();
    vec![effect.to_owned(), signal.action.clone(), at, alert, message]
}

fn effect(command: &Command) -> (&'static str, Option<&AlertKey>, Option<&AlertMessage>) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "a signal has no other command")]
    match command {
        Command::RaiseAlert { alert, message, .. } => ("raises", Some(alert), Some(message)),
        Command::ClearAlert { alert, message, .. } => ("clears", Some(alert), Some(message)),
        Command::UpdateAlert { alert, message, .. } => ("is noted for", Some(alert), Some(message)),
        _ => ("nothing", None, None),
    }
}

#[derive(Serialize)]
struct UnreadView<'a> {
    id: &'a str,
    received_at: jiff::Timestamp,
    source: &'a str,
    problem: &'a str,
    body: &'a str,
}

impl<'a> UnreadView<'a> {
    fn of(call: &'a UnreadAlert) -> Self {
        let UnreadAlert { id, received_at, source, problem, body } = call;
        Self { id, received_at: *received_at, source, problem, body }
    }
}

async fn unread(
    page: &OpenPage,
    id: Option<&str>,
    output: args::OutputArgs,
) -> Result<(), CliError> {
    let calls = page.store.unread_alerts().await?;
    if let Some(id) = id {
        let call = calls.iter().find(|call| call.id == id);
        let call = call.ok_or_else(|| CliError::Refused(format!("there is no call {id}")))?;
        return if output.json {
            terminal::json(&UnreadView::of(call))
        } else {
            terminal::line(&call.body)
        };
    }
    if output.json {
        return terminal::json(&calls.iter().map(UnreadView::of).collect::<Vec<_>>());
    }
    if calls.is_empty() {
        return terminal::line("every call could be read");
    }
    let head = ["received", "source", "why", "call", "id"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(calls.iter().map(|call| {
        vec![
            page.clock.short(call.received_at),
            call.source.clone(),
            call.problem.clone(),
            terminal::shortened(&call.body),
            call.id.clone(),
        ]
    }));
    terminal::table(&rows)
}
