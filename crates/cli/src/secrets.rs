//! The secrets that the first start makes, kept in the data directory and readable by its owner alone.

use std::{
    fs,
    io::{self, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;

use crate::{failure::Failure, settings::Settings};

/// The key from which the tokens of subscribers' links are made.
///
/// # Errors
/// The data directory can't be read or written.
pub(crate) fn key(settings: &Settings) -> Result<[u8; 32], Failure> {
    match &settings.secret_key {
        Some(text) => read_key(settings, text),
        None => read_key(settings, &kept(&key_file(settings), 32)?),
    }
}

/// As [`key`], for a command that must not make one.
///
/// # Errors
/// There is none yet, or it can't be read.
pub(crate) fn existing_key(settings: &Settings) -> Result<[u8; 32], Failure> {
    if settings.secret_key.is_none() && !key_file(settings).is_file() {
        return Err(Failure::wrong(format!(
            "the page's key is missing: {} doesn't exist; set CANDOR_DATA_DIR or CANDOR_SECRET_KEY as the page has them",
            key_file(settings).display()
        )));
    }
    key(settings)
}

fn read_key(settings: &Settings, text: &str) -> Result<[u8; 32], Failure> {
    key_from_text(text).ok_or_else(|| {
        Failure::Settings(vec![format!(
            "{} doesn't hold a key of 64 hexadecimal digits; restore it from a backup (a new one ends all links in \
             mails sent so far)",
            key_file(settings).display()
        )])
    })
}

/// The secrets that webhooks may carry: those of the settings, or the one that an earlier start made.
///
/// # Errors
/// The data directory can't be read.
pub(crate) fn opsgenie(settings: &Settings) -> Result<Vec<String>, Failure> {
    let file = opsgenie_file(settings);
    match settings.opsgenie_secrets.as_slice() {
        [] if file.exists() => Ok(vec![kept(&file, 16)?]),
        given => Ok(given.to_vec()),
    }
}

/// Makes a webhook secret and keeps it.
///
/// # Errors
/// The data directory can't be written.
pub(crate) fn make_opsgenie(settings: &Settings) -> Result<String, Failure> {
    kept(&opsgenie_file(settings), 16)
}

/// Where the key is kept that the first start makes.
pub(crate) fn key_file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("secret.key")
}

/// Where the webhook secret is kept that the first start makes.
pub(crate) fn opsgenie_file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("opsgenie.secret")
}

/// Reads 64 hexadecimal digits.
pub(crate) fn key_from_text(text: &str) -> Option<[u8; 32]> {
    HEXLOWER.decode(text.trim().to_ascii_lowercase().as_bytes()).ok()?.try_into().ok()
}

/// The secret in `path`; `bytes` random ones, in hexadecimal, if the file isn't there yet.
fn kept(path: &Path, bytes: usize) -> Result<String, Failure> {
    let failed = |what: &str, source| Failure::io(format!("{what} {}", path.display()), source);
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random)
        .map_err(|e| Failure::Failed(format!("no randomness from the system: {e}")))?;
    let fresh = HEXLOWER.encode(&random);
    match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            let written = file.write_all(fresh.as_bytes()).and_then(|()| file.sync_all());
            written.map(|()| fresh).map_err(|e| failed("write", e))
        }
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {
            candor_web::open_own(path, fs::OpenOptions::new().read(true))
                .and_then(io::read_to_string)
                .map(|text| text.trim().to_owned())
                .map_err(|e| failed("read", e))
        }
        Err(e) => Err(failed("write", e)),
    }
}
