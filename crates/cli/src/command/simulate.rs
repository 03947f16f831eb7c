//! `candor simulate …`: acts as an alert source, over HTTP to the real endpoint.

use candor_core::ErrorChain;
use candor_integrations::alert_source::{AlertSource, SimulatedAlert, sender};
use jiff::Timestamp;
use uuid::Uuid;

use super::duration;
use crate::{args, error::CliError, secrets, settings::Settings, terminal};

pub(crate) async fn run(settings: &Settings, args: args::Simulate) -> Result<(), CliError> {
    let wait = duration(&args.wait)?.unsigned_abs();
    let source = source(&args.source)?;
    let url = match args.url {
        Some(url) => url,
        None => own_webhook(settings, source)?,
    };
    let raised = alert(args.message);
    send(&url, "alert raised", &source.simulate(&raised)).await?;
    if args.no_close {
        return Ok(());
    }
    terminal::line(format!("it is cleared in {} s", wait.as_secs()))?;
    tokio::time::sleep(wait).await;
    let cleared = SimulatedAlert { cleared_at: Some(Timestamp::now()), ..raised };
    send(&url, "alert cleared", &source.simulate(&cleared)).await
}

/// The alert source with this name.
pub(crate) fn source(name: &str) -> Result<&'static AlertSource, CliError> {
    AlertSource::named(name)
        .ok_or_else(|| CliError::wrong(format!("{name:?} is not an alert source")))
}

/// A made-up alert that is raised now.
pub(crate) fn alert(message: String) -> SimulatedAlert {
    let id = Uuid::now_v7().to_string();
    SimulatedAlert { id, message, raised_at: Timestamp::now(), cleared_at: None }
}

/// This site's own webhook for `source`, with its secret.
pub(crate) fn own_webhook(settings: &Settings, source: &AlertSource) -> Result<String, CliError> {
    let secret = secrets::alert(settings)?.into_iter().next().ok_or_else(|| {
        CliError::wrong(format!(
            "no webhook secret is known here: set CANDOR_ALERT_SECRET as for `candor web`, or CANDOR_DATA_DIR as \
             for `candor serve` (now {})",
            settings.data_dir.display()
        ))
    })?;
    Ok(format!("http://{}{}", settings.listen, candor_web::webhook_path(Some(source), &secret)))
}

/// Sends one body, as a provider would, and prints the answer.
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
