//! The operator's commands, one file a subject.

pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod export;
pub(crate) mod health;
pub(crate) mod import;
pub(crate) mod incident;
pub(crate) mod log;
pub(crate) mod maintenance;
pub(crate) mod migrate;
pub(crate) mod simulate;
pub(crate) mod site;
pub(crate) mod slack;
pub(crate) mod subscriber;
mod written;

use candor_core::{ActorId, Command, Recorded, Refusal};
use candor_store::{Answer, Request, Store};
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    failure::Failure,
    process::{self, database},
    settings::Settings,
    terminal,
};

/// Opens the database for a command that ends again: migrated, and of this version.
///
/// # Errors
/// The database can't be reached, or isn't of this version.
pub(crate) async fn open(settings: &Settings) -> Result<Store, Failure> {
    if settings.automigrate && !settings.on_postgres() {
        process::make_data_dir(settings)?;
    }
    let store = database::store(settings)?;
    database::new_enough(&store).await?;
    if settings.automigrate {
        store.migrate().await?;
    }
    store.load().await?;
    Ok(store)
}

/// Gives a command in the name of the operating system's user, and returns what was appended.
///
/// # Errors
/// It was refused, with who was faster if somebody was; or the database can't be reached.
pub(crate) async fn execute(store: &Store, command: Command) -> Result<Vec<Recorded>, Failure> {
    let actor = actor(store).await?;
    match store.execute(Request::new(command, Some(actor), "cli")).await? {
        Answer::Appended(events) => Ok(events),
        Answer::Duplicate { seq } | Answer::Conflict { seq } => {
            Err(Failure::Refused(format!("this was done before, as event {seq}")))
        }
        Answer::Refused(refusal) => Err(Failure::Refused(refused(store, &refusal).await?)),
    }
}

/// The sentence for a refusal, with the name of whoever was faster.
async fn refused(store: &Store, refusal: &Refusal) -> Result<String, Failure> {
    let Refusal::Already { by, at, .. } = refusal else {
        return Ok(format!("{refusal}; nothing was changed"));
    };
    let name = match by {
        Some(by) => store.operator_name(by).await?,
        None => None,
    };
    let by = name.map(|name| format!("by {name}, ")).unwrap_or_default();
    Ok(format!("{refusal} ({by}{}); nothing was changed", terminal::time(*at)))
}

/// Whoever sits at the terminal, as the log knows them.
async fn actor(store: &Store) -> Result<ActorId, Failure> {
    let name = user_name();
    Ok(store.operator("cli", &name, &name).await?)
}

/// The name of whoever sits at the terminal.
fn user_name() -> String {
    ["SUDO_USER", "USER", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "operator".to_owned())
}

/// Reads a time: RFC 3339, or a date and time that are taken as UTC.
///
/// # Errors
/// It is neither.
pub(crate) fn time(raw: &str) -> Result<Timestamp, Failure> {
    let in_utc = || {
        raw.trim_end_matches('Z')
            .parse::<DateTime>()?
            .to_zoned(TimeZone::UTC)
            .map(|zoned| zoned.timestamp())
    };
    raw.parse().or_else(|_with_zone| in_utc()).map_err(|_why: jiff::Error| {
        Failure::wrong(format!(
            "{raw:?} is not a time, such as 2026-11-21T14:05Z or \"2026-11-21 14:05\" (UTC)"
        ))
    })
}

/// Reads a duration, such as `30s`, `90m` or `2h`.
///
/// # Errors
/// It is none, or negative.
pub(crate) fn duration(raw: &str) -> Result<SignedDuration, Failure> {
    raw.parse::<SignedDuration>()
        .ok()
        .filter(|duration| !duration.is_negative())
        .ok_or_else(|| Failure::wrong(format!("{raw:?} is not a duration, such as 30s, 90m or 2h")))
}
