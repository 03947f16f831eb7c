//! `candor simulate …`: an alert source that speaks to the real endpoint over HTTP.

use candor_core::ErrorChain;
use candor_integrations::alert_source::{opsgenie::simulate::Simulated, sender};
use jiff::Timestamp;
use uuid::Uuid;

use super::duration;
use crate::{args, error::CliError, secrets, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, command: args::Simulate) -> Result<(), CliError> {
    let args::Simulate::Opsgenie { url, message, wait, no_close } = command;
    let wait = duration(&wait)?.unsigned_abs();
    let url = match url {
        Some(url) => url,
        None => own_webhook(settings)?,
    };
    let alert = alert(message);
    send(&url, "Create", &alert.create()).await?;
    if no_close {
        return Ok(());
    }
    terminal::line(format!("the Close follows in {} s", wait.as_secs()))?;
    tokio::time::sleep(wait).await;
    send(&url, "Close", &alert.close(Timestamp::now())).await
}

/// A made-up alert that is raised now.
pub(crate) fn alert(message: String) -> Simulated {
    Simulated { alert_id: Uuid::now_v7().to_string(), message, created_at: Timestamp::now() }
}

/// This site's own webhook, with its secret.
pub(crate) fn own_webhook(settings: &Settings) -> Result<String, CliError> {
    let secret = secrets::opsgenie(settings)?.into_iter().next().ok_or_else(|| {
        CliError::wrong(format!(
            "no webhook secret is known here: set CANDOR_OPSGENIE_SECRET as for `candor web`, or CANDOR_DATA_DIR as \
             for `candor serve` (now {})",
            settings.data_dir.display()
        ))
    })?;
    Ok(format!("http://{}{}", settings.listen, candor_web::webhook_path(&secret)))
}

/// Sends one body, as a provider would, and says what came back.
pub(crate) async fn send(url: &str, action: &str, body: &str) -> Result<(), CliError> {
    match sender::send(url, None, body.to_owned()).await {
        Ok(status) if (200..300).contains(&status) => {
            terminal::line(format!("{action}: {status}, it is in the log"))
        }
        Ok(status) => Err(CliError::Failed(format!("{action}: the webhook answered {status}"))),
        Err(error) => Err(CliError::Failed(format!(
            "{action}: {}; is `candor serve` or `candor web` running?",
            ErrorChain(&error)
        ))),
    }
}
