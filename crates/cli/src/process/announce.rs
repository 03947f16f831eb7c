//! What a process prints on the terminal when it has started.

use std::{env, io::IsTerminal, path::PathBuf};

use candor_telemetry::Role;

use super::Process;
use crate::{error::CliError, secrets, settings::Settings, terminal};

/// The secrets that webhooks may carry, and whether they may be shown.
pub(super) struct WebhookSecrets {
    pub(super) secrets: Vec<String>,
    is_new: bool,
}

impl WebhookSecrets {
    /// The secrets; `candor serve` makes one if there is none. Processes that share their work must not each make
    /// their own, so `candor web` takes no webhooks then.
    ///
    /// # Errors
    /// The data directory can't be read or written.
    pub(super) fn of(role: Role, settings: &Settings) -> Result<Self, CliError> {
        let secrets = secrets::alert(settings)?;
        if secrets.is_empty() && role == Role::Serve {
            return Ok(Self { secrets: vec![secrets::make_alert_secret(settings)?], is_new: true });
        }
        if secrets.is_empty() {
            tracing::warn!("no webhook is taken: CANDOR_ALERT_SECRET is not set");
        }
        Ok(Self { secrets, is_new: false })
    }

    /// The address to paste into any source; the secret is shown where only its owner reads, or when it is new.
    fn address(&self, settings: &Settings) -> String {
        let path = |secret| candor_web::webhook_path(None, secret);
        let address = |secret| format!("{}{}", settings.site_url, path(secret));
        let hook = address("");
        let show = self.is_new || std::io::stdout().is_terminal();
        match self.secrets.first() {
            None => "none; set CANDOR_ALERT_SECRET, the same one for every `candor web`".to_owned(),
            Some(secret) if show => address(secret),
            Some(_) if settings.alert_secrets.is_empty() => {
                let file = secrets::alert_secret_file(settings);
                format!("{hook}… (the secret is in {})", file.display())
            }
            Some(_) => format!("{hook}… (the secret is CANDOR_ALERT_SECRET)"),
        }
    }
}

impl Process {
    /// Says what runs here, and what can be done next.
    ///
    /// # Errors
    /// Stdout can't be written.
    pub(super) fn announce(&self, settings: &Settings) -> Result<(), CliError> {
        let mut rows = Vec::new();
        if let Some(webhook) = &self.webhook {
            rows.push(("page", format!("{}/", settings.site_url)));
            rows.push(("webhook", webhook.address(settings)));
            rows.push(("", "for any alert source; `candor source list` names them".to_owned()));
            rows.push(("data", settings.data_dir.display().to_string()));
        }
        if let Some(slack) = &settings.slack {
            rows.push(("slack", slack.channel.clone()));
        }
        if self.role != Role::Web {
            let names: Vec<_> = settings.queues.iter().map(|queue| queue.as_str()).collect();
            if self.role == Role::Worker {
                rows.push((
                    "queues",
                    format!("{}, {} at a time", names.join(", "), settings.concurrency),
                ));
            }
            rows.push(("mail", mail(settings)));
        }
        let what = match self.role {
            Role::Serve => "serves your status page",
            Role::Web => "serves your status page; a `candor worker` sends notifications",
            Role::Worker => "sends notifications",
        };
        let rows: String =
            rows.iter().map(|(name, value)| format!("\n  {name:<7}  {value}")).collect();
        terminal::line(format!(
            "Candor {} {what}.\n{rows}{}",
            env!("BUILD_VERSION"),
            next(self.role)
        ))
    }
}

fn mail(settings: &Settings) -> String {
    match &settings.mail {
        Some(mail) => format!("{}:{}", mail.host, mail.port),
        None => "none; mails wait until CANDOR_MAIL_HOST is set".to_owned(),
    }
}

/// The next steps for a newcomer.
fn next(role: Role) -> String {
    if role != Role::Serve {
        return String::new();
    }
    let program = program();
    format!(
        "\n\nNext: send it an alert, and look at the page:  {program} simulate opsgenie --no-close\n      then say whether it is \
         real:            {program} incident confirm   (or: dismiss)"
    )
}

/// How this program is called from here: by its name if that is found, else by its path.
pub(crate) fn program() -> String {
    let exe = env::current_exe().unwrap_or_else(|_| PathBuf::from("candor"));
    let in_path = env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|dir| dir.join("candor") == exe));
    let here = env::current_dir().unwrap_or_default();
    match exe.strip_prefix(&here) {
        _ if in_path => "candor".to_owned(),
        Ok(relative) => relative.display().to_string(),
        Err(_) => exe.display().to_string(),
    }
}
