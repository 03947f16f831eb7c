//! The secrets that the first start makes, kept in the data directory and readable by its owner alone.

use std::{
    fs,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use candor_content::link::Links;
use candor_integrations::file;
use data_encoding::HEXLOWER;

use crate::{
    error::CliError,
    settings::{SecretKeys, Settings, is_there},
};

/// The site's links, signed with the installation's key; while that is being replaced, what the older one signed is
/// taken, too.
///
/// # Errors
/// The data directory can't be read or written, or the site's address makes no links.
pub(crate) fn links(settings: &Settings) -> Result<Links, CliError> {
    let keys = match &settings.secret_key {
        Some(keys) => keys.clone(),
        None => kept_key(settings)?,
    };
    let links = Links::new(&settings.site_url, &keys.current).map_err(CliError::wrong)?;
    match keys.older {
        Some(older) => links.accepting(&older).map_err(CliError::wrong),
        None => Ok(links),
    }
}

/// As [`links`], for a command that must not make a key.
///
/// # Errors
/// There is no key yet, or it can't be read.
pub(crate) fn existing_links(settings: &Settings) -> Result<Links, CliError> {
    let file = settings.key_file();
    if settings.secret_key.is_none() && !is_there(&file)? {
        return Err(CliError::wrong(format!(
            "the page's key is missing: {} doesn't exist; set CANDOR_DATA_DIR or CANDOR_SECRET_KEY as the page has them",
            file.display()
        )));
    }
    links(settings)
}

fn kept_key(settings: &Settings) -> Result<SecretKeys, CliError> {
    let file = settings.key_file();
    kept(&file, 32)?.parse().map_err(|_why| {
        CliError::Settings(vec![format!(
            "{} doesn't hold a key of 64 hexadecimal digits; restore it from a backup (a new one ends all links in \
             mails sent so far)",
            file.display()
        )])
    })
}

/// The secrets that webhooks may carry: those of the settings, or the one that an earlier start made.
///
/// # Errors
/// The data directory can't be read.
pub(crate) fn alert(settings: &Settings) -> Result<Vec<String>, CliError> {
    let file = alert_secret_file(settings);
    match settings.alert_secrets.as_slice() {
        [] if is_there(&file)? => Ok(vec![kept(&file, 16)?]),
        given => Ok(given.to_vec()),
    }
}

/// Makes a webhook secret and keeps it.
///
/// # Errors
/// The data directory can't be written.
pub(crate) fn make_alert_secret(settings: &Settings) -> Result<String, CliError> {
    kept(&alert_secret_file(settings), 16)
}

/// Where the webhook secret is kept that the first start makes.
pub(crate) fn alert_secret_file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("alert.secret")
}

/// The secret in `path`; `bytes` random ones, in hexadecimal, if the file isn't there yet.
fn kept(path: &Path, bytes: usize) -> Result<String, CliError> {
    let failed = |what: &str, source| CliError::io(format!("{what} {}", path.display()), source);
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random)
        .map_err(|e| CliError::Failed(format!("no randomness from the system: {e}")))?;
    let fresh = HEXLOWER.encode(&random);
    match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            let written = file.write_all(fresh.as_bytes()).and_then(|()| file.sync_all());
            written.map(|()| fresh).map_err(|e| failed("write", e))
        }
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {
            candor_web::open_own(path, fs::OpenOptions::new().read(true))
                .and_then(|file| file::text_from(file, file::LONGEST_SECRET))
                .map(|text| text.trim().to_owned())
                .map_err(|e| failed("read", e))
        }
        Err(e) => Err(failed("write", e)),
    }
}
