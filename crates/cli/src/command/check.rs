//! `candor check`: every setting, its source, and what is wrong with it; then everything it names is tried.

mod forwards;

use std::{path::Path, time::Duration};

use candor_worker::{RedisProblem, RedisSettings};
use tokio::time::timeout;

use crate::{
    error::CliError,
    process::{self, database},
    secrets,
    settings::{GivenSettings, LIST, SettingSource, Settings},
    terminal,
};

/// How long each of the others may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long the mail server may take: some let every client wait before they greet it.
const MAIL_PATIENCE: Duration = Duration::from_secs(20);

/// The result of a check, or how to fix it.
pub(super) type CheckResult = Result<CheckVerdict, String>;

/// How something that can be used is.
pub(crate) enum CheckVerdict {
    /// As it should be.
    Good(String),
    /// Not set up, on purpose or not.
    Off(String),
    /// It works, but should be improved.
    Warning(String),
}

impl From<String> for CheckVerdict {
    fn from(how: String) -> Self {
        Self::Good(how)
    }
}

/// Prints every setting, and what is wrong with it.
///
/// # Errors
/// Something is: no process would start.
pub(crate) fn settings(config: Option<&Path>) -> Result<Settings, CliError> {
    let mut given = GivenSettings::read(config);
    let settings = Settings::of(&mut given);
    let rows: Vec<_> = LIST
        .iter()
        .map(|setting| {
            let source = match given.source(setting.name) {
                SettingSource::Environment => "environment".to_owned(),
                SettingSource::File(path) => path.display().to_string(),
                SettingSource::Default => "default".to_owned(),
            };
            vec![format!("CANDOR_{}", setting.name), source, given.shown(setting)]
        })
        .collect();
    terminal::table(&rows)?;
    terminal::line("")?;
    given.problems.extend(unusable(&settings));
    if !given.problems.is_empty() {
        return Err(CliError::Settings(given.problems));
    }
    let warnings: Vec<_> = warnings(&settings)
        .into_iter()
        .chain(settings.warnings.clone())
        .chain(process::open_files(&settings))
        .collect();
    terminal::line(match warnings.as_slice() {
        [] => "all settings are fine",
        _ => "all settings can be used",
    })?;
    for warning in warnings {
        terminal::line(format!("warning: {warning}"))?;
    }
    Ok(settings)
}

/// Reasons besides single settings that keep a process from starting.
fn unusable(settings: &Settings) -> Vec<String> {
    let mut found = Vec::new();
    if let Err(why) = candor_telemetry::check_collector() {
        found.push(why.to_string());
    }
    let export = settings.export_dir.as_ref().map(|dir| process::keep_apart(settings, dir));
    let key = settings.key_file();
    let keys = key.exists().then(|| secrets::existing_links(settings).map(drop));
    found.extend(export.into_iter().chain(keys).filter_map(Result::err).map(|why| why.to_string()));
    found
}

/// Settings that are probably not meant; one sentence each.
fn warnings(settings: &Settings) -> Vec<String> {
    let mut warnings = Vec::new();
    // Candor doesn't speak TLS, so something before it does.
    if settings.site_url.starts_with("https://") && settings.trusted_proxies.is_empty() {
        warnings.push(
            "CANDOR_SITE_URL is https, so a proxy stands before Candor, but CANDOR_TRUSTED_PROXIES names none: all \
             visitors share the limits of one"
                .to_owned(),
        );
    }
    warnings
}

/// Tries everything that the settings name, at the same time, and says how each one is.
///
/// # Errors
/// One of them can't be used.
pub(crate) async fn connect(settings: &Settings) -> Result<(), CliError> {
    if let Some(warning) = forwards::untrusted(settings).await {
        terminal::line(format!("warning: {warning}"))?;
    }
    let (database, redis, slack, mail) = tokio::join!(
        in_time("the database", PATIENCE, database(settings)),
        in_time("Redis", PATIENCE, redis(settings.redis.as_ref())),
        in_time("Slack", PATIENCE, slack(settings)),
        in_time("the mail server", MAIL_PATIENCE, super::mail::check(settings)),
    );
    let tried = [("database", database), ("redis", redis), ("slack", slack), ("mail", mail)];
    terminal::line("")?;
    show(&tried)
}

/// Prints what the tries have found.
///
/// # Errors
/// One of them found something bad.
pub(super) fn show(tried: &[(&str, CheckResult)]) -> Result<(), CliError> {
    let rows = tried.iter().map(|(name, found)| match found {
        Ok(CheckVerdict::Good(how)) => vec![(*name).to_owned(), "good".to_owned(), how.clone()],
        Ok(CheckVerdict::Off(how)) => vec![(*name).to_owned(), "off".to_owned(), how.clone()],
        Ok(CheckVerdict::Warning(how)) => {
            vec![(*name).to_owned(), "WARNING".to_owned(), how.clone()]
        }
        Err(why) => vec![(*name).to_owned(), "BAD".to_owned(), why.clone()],
    });
    terminal::table(&rows.collect::<Vec<_>>())?;
    let bad: Vec<_> =
        tried.iter().filter(|(_, found)| found.is_err()).map(|(name, _)| *name).collect();
    match bad.as_slice() {
        [] => Ok(()),
        bad => Err(CliError::Failed(format!("not usable as it is: {}", bad.join(", ")))),
    }
}

async fn in_time(
    what: &str,
    patience: Duration,
    found: impl Future<Output = CheckResult>,
) -> CheckResult {
    let late = |_| Err(format!("{what} does not answer within {} s", patience.as_secs()));
    timeout(patience, found).await.unwrap_or_else(late)
}

async fn database(settings: &Settings) -> CheckResult {
    let found = async {
        if !database::has_file(settings)? {
            return database::can_be_made(settings).map(|()| None);
        }
        let store = database::store(settings)?;
        let server = database::new_enough(&store).await?;
        Ok::<_, CliError>(Some((server, store.pending_migrations().await?)))
    };
    match found.await {
        Ok(None) => {
            let file = settings.database_shown();
            Ok(format!("SQLite; {file} is made at the first start").into())
        }
        Ok(Some((server, 0))) => Ok(format!("{server}; its schema is up to date").into()),
        Ok(Some((server, _))) if settings.automigrate => {
            Ok(format!("{server}; the next start brings its schema up to date").into())
        }
        Ok(Some((server, missing))) => {
            let missing = terminal::count(missing, "migration");
            Err(format!("{server}; it lacks {missing}: run `candor migrate`"))
        }
        Err(why) => Err(why.to_string()),
    }
}

async fn redis(settings: Option<&RedisSettings>) -> CheckResult {
    let Some(redis) = settings else {
        return Ok(CheckVerdict::Off("not used; the workers ask the database".to_owned()));
    };
    match redis.probe(PATIENCE).await {
        Ok(report) if report.warnings.is_empty() => Ok(format!("Redis {}", report.version).into()),
        Ok(report) => Err(format!("Redis {}: {}", report.version, report.warnings.join("; "))),
        Err(problem @ RedisProblem::Unreachable(_)) => {
            Err(format!("{problem}; without it the workers ask the database, which is slower"))
        }
        Err(problem @ (RedisProblem::Refused(_) | RedisProblem::Settings(_))) => {
            Err(problem.to_string())
        }
    }
}

async fn slack(settings: &Settings) -> CheckResult {
    match &settings.slack {
        None => Ok(CheckVerdict::Off("not used; the team decides on the command line".to_owned())),
        Some(slack) => super::slack::token(slack).await,
    }
}
