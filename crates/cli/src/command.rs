//! The operator's commands, one file a subject.

pub(crate) mod alert;
pub(crate) mod check;
pub(crate) mod delivery;
pub(crate) mod demo;
mod event_text;
pub(crate) mod export;
pub(crate) mod health;
pub(crate) mod import;
pub(crate) mod incident;
pub(crate) mod log;
pub(crate) mod mail;
pub(crate) mod maintenance;
pub(crate) mod migrate;
pub(crate) mod page;
mod preview;
pub(crate) mod simulate;
pub(crate) mod site;
pub(crate) mod slack;
pub(crate) mod source;
pub(crate) mod subscriber;
mod text_args;
mod time_args;

use candor_content::{
    notification_text::zone_name,
    refusal::{RefusalWords, incident},
};
use candor_core::{ActorId, Command, RecordedEvent, Refusal};
use candor_store::{AppendOutcome, AppendRequest, Store};
use jiff::SignedDuration;

use self::page::OpenPage;
use crate::error::CliError;

/// Executes a command in the name of the operating system's user, and returns the appended events.
///
/// # Errors
/// The command was refused, with the operator who was faster if there was one; or the database can't be reached.
pub(crate) async fn execute(
    page: &OpenPage,
    command: Command,
) -> Result<Vec<RecordedEvent>, CliError> {
    let store = &page.store;
    let actor = actor(store).await?;
    match store.execute(AppendRequest::new(command, Some(actor), "cli")).await? {
        AppendOutcome::Appended(events) => Ok(events),
        AppendOutcome::Duplicate { seq } | AppendOutcome::Conflict { seq } => {
            Err(CliError::Refused(format!("this was already done, as event {seq}")))
        }
        AppendOutcome::Refused(refusal) => Err(CliError::Refused(refused(page, &refusal).await?)),
    }
}

/// The sentence for a refusal, with the name of the operator who was faster.
async fn refused(page: &OpenPage, refusal: &Refusal) -> Result<String, CliError> {
    let faster = if let Refusal::Already { by: Some(by), .. } = refusal {
        page.store.operator_name(by).await?
    } else {
        None
    };
    let language = page.clock.reader().language;
    let words = RefusalWords {
        language,
        board: &page.board,
        name: &|one| incident(language, one),
        operator: &|_| faster.clone().unwrap_or_else(|| language.say("who-someone")),
        time: &|at| page.clock.words(at),
    };
    Ok(format!("{} Nothing was changed.", words.of(refusal)))
}

/// The operator at the terminal, as the log knows them.
pub(crate) async fn actor(store: &Store) -> Result<ActorId, CliError> {
    let name = user_name();
    Ok(store.operator("cli", &name, &name).await?)
}

/// The name of the user at the terminal.
fn user_name() -> String {
    ["SUDO_USER", "USER", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "operator".to_owned())
}

/// Reads a time zone's name.
///
/// # Errors
/// There is no such time zone.
pub(crate) fn known_zone(name: &str) -> Result<String, CliError> {
    zone_name(name).ok_or_else(|| {
        CliError::wrong(format!("{name:?} is not a time zone, such as Europe/Berlin or UTC"))
    })
}

/// Reads a duration, such as `30s`, `90m` or `2h`.
///
/// # Errors
/// It isn't a duration, or is negative.
pub(crate) fn duration(raw: &str) -> Result<SignedDuration, CliError> {
    raw.parse::<SignedDuration>().ok().filter(|duration| !duration.is_negative()).ok_or_else(|| {
        CliError::wrong(format!("{raw:?} is not a duration, such as 30s, 90m or 2h"))
    })
}
