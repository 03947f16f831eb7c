//! The data directory: made, tried, and kept for one process.

use std::{
    fs::{self, File},
    io::Write as _,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::{
    error::CliError,
    secrets,
    settings::{Settings, is_open},
};

/// Makes the data directory, readable by its owner alone.
///
/// # Errors
/// It can't be made or written.
pub(crate) fn make(settings: &Settings) -> Result<(), CliError> {
    use std::os::unix::fs::DirBuilderExt;
    let dir = &settings.data_dir;
    let failed = |e: std::io::Error| {
        CliError::Failed(format!(
            "can't write the data directory {}: {e}; CANDOR_DATA_DIR sets another one",
            dir.display()
        ))
    };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(failed)?;
    let probe = dir.join(".writable");
    let tried = candor_web::open_own(&probe, File::options().write(true).create(true));
    tried.and_then(|mut file| file.write_all(b"candor")).map_err(failed)?;
    fs::remove_file(&probe).map_err(failed)
}

/// How often, and how long apart, the lock is tried: a command that only looks holds it for a moment.
const LOCK_TRIES: u32 = 5;
const LOCK_RETRY_DELAY: Duration = Duration::from_millis(20);

/// Keeps a second process away from the same data directory; the system gives the lock back when this one ends.
///
/// # Errors
/// Another process holds it.
pub(super) fn lock(data_dir: &Path) -> Result<File, CliError> {
    let held = format!(
        "another Candor uses the data directory {}; stop it first, or set CANDOR_DATA_DIR: every `candor serve` and \
         `candor web` needs one of its own",
        data_dir.display()
    );
    lock_file(&data_dir.join("lock"), held)
}

/// Keeps a second `candor serve` away from the same SQLite file, wherever its data directory is: each would take the
/// other for dead, and send again what it is sending.
///
/// # Errors
/// Another process holds it.
pub(super) fn lock_database(database: &Path) -> Result<File, CliError> {
    let held = format!("another `candor serve` uses {}; stop it first", database.display());
    let mut path = database.to_owned().into_os_string();
    path.push(".lock");
    lock_file(Path::new(&path), held)
}

fn lock_file(path: &Path, held: String) -> Result<File, CliError> {
    let file = candor_web::open_own(path, File::options().write(true).create(true))
        .map_err(|e| CliError::io(format!("write {}", path.display()), e))?;
    for tries_left in (0..LOCK_TRIES).rev() {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(fs::TryLockError::WouldBlock) if tries_left > 0 => thread::sleep(LOCK_RETRY_DELAY),
            Err(fs::TryLockError::WouldBlock) => {}
            Err(fs::TryLockError::Error(e)) => {
                return Err(CliError::io(format!("lock {}", path.display()), e));
            }
        }
    }
    Err(CliError::Failed(held))
}

/// Refuses to write the public page where the secrets and the database are, or around them: another web server would
/// publish them.
///
/// # Errors
/// The folder is, contains, or is in the data directory.
pub(crate) fn keep_apart(settings: &Settings, export: &Path) -> Result<(), CliError> {
    let whole = |path: &Path| {
        path.canonicalize().or_else(|_missing| std::path::absolute(path)).unwrap_or_default()
    };
    let (data, pages) = (whole(&settings.data_dir), whole(export));
    if data.starts_with(&pages) || pages.starts_with(&data) {
        return Err(CliError::wrong(format!(
            "{} would be published together with the secrets in {}; name another folder for the page",
            export.display(),
            settings.data_dir.display()
        )));
    }
    Ok(())
}

/// Which files with secrets or addresses every user of this machine can read; each a sentence with what to do.
pub(crate) fn open_files(settings: &Settings) -> Vec<String> {
    let mut files = vec![settings.key_file(), secrets::alert_secret_file(settings)];
    if let Some(database) = settings.sqlite_file() {
        files.extend(["", "-wal", "-shm"].map(|end| {
            let mut file = database.clone().into_os_string();
            file.push(end);
            PathBuf::from(file)
        }));
    }
    files
        .into_iter()
        .filter(|file| is_open(file) && file.parent().is_some_and(lets_others_in))
        .map(|file| {
            let file = file.display();
            format!("{file} can be read by every user of this machine; close it: chmod 600 {file}")
        })
        .collect()
}

fn lets_others_in(folder: &Path) -> bool {
    folder.metadata().is_ok_and(|folder| folder.permissions().mode() & 0o001 != 0)
}

/// Whether a process that stays uses this data directory now.
pub(crate) fn is_in_use(data_dir: &Path) -> bool {
    let Ok(file) = File::open(data_dir.join("lock")) else { return false };
    matches!(file.try_lock_shared(), Err(fs::TryLockError::WouldBlock))
}
