//! `candor migrate`.

use crate::{
    error::CliError,
    process::{self, database},
    settings::Settings,
    terminal,
};

/// Brings the database's schema up to date.
///
/// # Errors
/// The database can't be reached or used.
pub(crate) async fn run(settings: &Settings) -> Result<(), CliError> {
    if !settings.on_postgres() {
        process::make_data_dir(settings)?;
    }
    let store = database::store(settings)?;
    database::new_enough(&store).await?;
    let place = settings.database_shown();
    match store.migrate().await?.as_slice() {
        [] => terminal::line(format!("the database is up to date ({place})")),
        applied => terminal::line(format!("applied {} ({place})", applied.join(", "))),
    }
}
