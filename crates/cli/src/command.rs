//! The operator's commands, one file a subject.

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
pub(crate) mod subscriber;
mod text_args;
mod time_args;

use candor_content::notification_text::zone_name;
use candor_core::{ActorId, Command, RecordedEvent, Refusal};
use candor_store::{AppendOutcome, AppendRequest, Store};
use jiff::SignedDuration;

use self::page::OpenPage;
use crate::error::CliError;

/// Gives a command in the name of the operating system's user, and returns what was appended.
///
/// # Errors
/// The command was refused, naming the person who was faster if there was one; or the database can't be reached.
pub(crate) async fn execute(
    page: &OpenPage,
    command: Command,
) -> Result<Vec<RecordedEvent>, CliError> {
    let store = &page.store;
    let actor = actor(store).await?;
    match store.execute(AppendRequest::new(command, Some(actor), "cli")).await? {
        AppendOutcome::Appended(events) => Ok(events),
        AppendOutcome::Duplicate { seq } | AppendOutcome::Conflict { seq } => {
            Err(CliError::Refused(format!("this was done before, as event {seq}")))
        }
        AppendOutcome::Refused(refusal) => Err(CliError::Refused(refused(page, &refusal).await?)),
    }
}

/// The sentence for a refusal, with the name of the person who was faster.
async fn refused(page: &OpenPage, refusal: &Refusal) -> Result<String, CliError> {
    let Refusal::Already { by, at, .. } = refusal else {
        return Ok(format!("{refusal}; nothing was changed"));
    };
    let name = match by {
        Some(by) => page.store.operator_name(by).await?,
        None => None,
    };
    let by = name.map(|name| format!("by {name}, ")).unwrap_or_default();
    Ok(format!("{refusal} ({by}{}); nothing was changed", page.clock.short(*at)))
}

/// Whoever sits at the terminal, as the log knows them.
pub(crate) async fn actor(store: &Store) -> Result<ActorId, CliError> {
    let name = user_name();
    Ok(store.operator("cli", &name, &name).await?)
}

/// The name of the person at the terminal.
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
/// There is no operator of this name.
pub(crate) fn known_zone(name: &str) -> Result<String, CliError> {
    zone_name(name).ok_or_else(|| {
        CliError::wrong(format!("{name:?} is not a time zone, such as Europe/Berlin or UTC"))
    })
}

/// Reads a duration, such as `30s`, `90m` or `2h`.
///
/// # Errors
/// It is no duration, or negative.
pub(crate) fn duration(raw: &str) -> Result<SignedDuration, CliError> {
    raw.parse::<SignedDuration>().ok().filter(|duration| !duration.is_negative()).ok_or_else(|| {
        CliError::wrong(format!("{raw:?} is not a duration, such as 30s, 90m or 2h"))
    })
}
