//! `candor health`: whether the process on this machine does its work, for a container's HEALTHCHECK and for scripts.

use crate::{error::CliError, http, settings::Settings, terminal};

/// Asks `/healthcheck/`, of `url` or of where the settings say that this machine's process is.
///
/// # Errors
/// The process doesn't answer, or says that it isn't well: exit code 1.
pub(crate) async fn run(settings: &Settings, url: Option<String>) -> Result<(), CliError> {
    let url = url.unwrap_or_else(|| own(settings));
    let (server, path) = http::split(&url).ok_or_else(|| {
        CliError::wrong(format!(
            "{url:?} is not an address of the form http://127.0.0.1:9180/healthcheck/"
        ))
    })?;
    match http::get(&server, path).await {
        Ok(200) => terminal::line("healthy"),
        Ok(status) => Err(CliError::Failed(format!("not healthy: {url} answers {status}"))),
        Err(error) => Err(CliError::Failed(format!("not healthy: {url} can't be asked: {error}"))),
    }
}

/// Where this machine's process reports its health: on its admin listener, or on its page if it has none.
fn own(settings: &Settings) -> String {
    let listen = settings.admin_listen.address().unwrap_or(settings.listen);
    format!("http://{}/healthcheck/", http::from_here(listen))
}
