//! The database at the start of a process: reached, new enough, and of this version's schema.

use std::{path::Path, time::Duration};

use candor_store::{Store, StoreError, StoreErrorKind, StoreSettings};
use candor_telemetry::Role;
use rustix::{
    fs::{Access, access},
    io::Errno,
};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::{error::CliError, settings::Settings};

/// The oldest PostgreSQL that we know to work.
const OLDEST_POSTGRES: u32 = 12;
/// While a page is served without a database, it is tried this often.
const AGAIN: Duration = Duration::from_secs(2);

/// Makes the store, without connecting.
///
/// # Errors
/// The URL can't be used.
pub(crate) fn store(settings: &Settings) -> Result<Store, CliError> {
    let connections = usize::try_from(settings.database_connections).unwrap_or(usize::MAX);
    let refire = settings.refire;
    Ok(Store::open_with(&settings.database_url, StoreSettings { connections, refire })?)
}

/// Whether the database's file is there, which SQLite would make; PostgreSQL has none.
///
/// # Errors
/// It, or its folder, is kept from this user: exit code 4, with the path.
pub(crate) fn has_file(settings: &Settings) -> Result<bool, CliError> {
    let Some(file) = settings.sqlite_file() else { return Ok(true) };
    match access(&file, Access::READ_OK) {
        Ok(()) => Ok(file.is_file()),
        Err(Errno::NOENT) => Ok(false),
        Err(why) => Err(kept_from_us("read", &file, why)),
    }
}

/// Whether the database's file can be created, if it doesn't exist yet.
///
/// # Errors
/// The folder in which something would have to be made can't be written by this user.
pub(crate) fn can_be_made(settings: &Settings) -> Result<(), CliError> {
    let Some(file) = settings.sqlite_file() else { return Ok(()) };
    let Some(folder) = file.ancestors().skip(1).find(|folder| folder.exists()) else {
        return Ok(());
    };
    access(folder, Access::WRITE_OK | Access::EXEC_OK)
        .map_err(|why| kept_from_us("write", folder, why))
}

fn kept_from_us(what: &str, place: &Path, why: Errno) -> CliError {
    CliError::Unavailable(format!(
        "can't {what} {}: {}; run this as the user whom Candor runs as",
        place.display(),
        std::io::Error::from(why)
    ))
}

/// Opens the database and brings its schema up to date. If it can't be reached but a last state is on disk, the page
/// is served from that while the database is tried again.
///
/// # Errors
/// It can't be reached or used.
pub(super) async fn open(
    role: Role,
    settings: &Settings,
    stop: &CancellationToken,
) -> Result<Store, CliError> {
    let store = store(settings)?;
    let serves_without = role != Role::Worker && settings.data_dir.join("last-state").exists();
    match prepare(&store, settings.automigrate).await {
        Err(CliError::Unavailable(why)) if serves_without => {
            tracing::error!(why, "the database can't be reached; serving the last known state");
            let (store, automigrate) = (store.clone(), settings.automigrate);
            tokio::spawn(prepare_when_possible(store, automigrate, stop.clone()));
        }
        prepared => prepared?,
    }
    store.follow();
    Ok(store)
}

/// Brings the schema up to date, or sees that it is.
async fn prepare(store: &Store, automigrate: bool) -> Result<(), CliError> {
    new_enough(store).await?;
    if automigrate {
        let applied = store.migrate().await?;
        if !applied.is_empty() {
            let migrations = applied.join(", ");
            tracing::info!(migrations, "the database's schema was brought up to date");
        }
    } else if store.pending_migrations().await? > 0 {
        return Err(CliError::Failed(
            "the database's schema is older than this version; run `candor migrate` first"
                .to_owned(),
        ));
    }
    Ok(())
}

async fn prepare_when_possible(store: Store, automigrate: bool, stop: CancellationToken) {
    while let Err(error) = prepare(&store, automigrate).await {
        if matches!(error, CliError::Unavailable(_)) {
            tracing::debug!(%error, "still no database");
        } else {
            tracing::error!(%error, "the database can't be used");
        }
        tokio::select! {
            () = sleep(AGAIN) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// Sees whether the server can do what we need; its name and version.
///
/// # Errors
/// It is too old, or can't be reached.
pub(crate) async fn new_enough(store: &Store) -> Result<String, CliError> {
    let Some(version) = store.server_version().await.map_err(explain)? else {
        return Ok("SQLite".to_owned());
    };
    if major(&version).is_some_and(|major| major < OLDEST_POSTGRES) {
        return Err(CliError::Failed(format!(
            "this is PostgreSQL {version}; Candor needs version {OLDEST_POSTGRES} or newer"
        )));
    }
    Ok(format!("PostgreSQL {version}"))
}

/// The first number of a version: 15 of `15.4`, 17 of `17beta1`.
fn major(version: &str) -> Option<u32> {
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The error of the database, with advice.
fn explain(error: StoreError) -> CliError {
    if error.kind() != StoreErrorKind::Unavailable {
        return error.into();
    }
    let why = error.detail();
    let cure = if why.contains("password") || why.contains("pg_hba") || why.contains("role \"") {
        "the user and the password stand in CANDOR_DATABASE_URL"
    } else if why.contains("database \"") && why.contains("does not exist") {
        "make it with createdb, or name another one in CANDOR_DATABASE_URL"
    } else {
        return error.into();
    };
    CliError::Unavailable(format!("{}; {cure}", error.chain()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_compared_by_its_first_number() {
        let seen = ["9.6.24", "11.22 (Debian 11.22-1)", "12.0", "15.4", "17beta1", "?"].map(major);
        assert_eq!(seen, [Some(9), Some(11), Some(12), Some(15), Some(17), None]);
    }

    #[test]
    fn a_postgresql_error_comes_with_advice() {
        for (said, cure) in [
            (
                "db error: FATAL: password authentication failed for user \"candor\"",
                "password stand",
            ),
            ("db error: FATAL: role \"candor\" does not exist", "the user"),
            ("db error: FATAL: database \"candor\" does not exist", "createdb"),
        ] {
            let sentence = explain(StoreError::unavailable(said)).to_string();
            assert!(sentence.contains(said) && sentence.contains(cure), "{sentence}");
        }
    }
}
