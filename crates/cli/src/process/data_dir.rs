//! The data directory: made, tried, and kept for one process.

use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
};

use crate::{failure::Failure, settings::Settings};

/// Makes the data directory, readable by its owner alone.
///
/// # Errors
/// It can't be made or written.
pub(crate) fn make(settings: &Settings) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    let dir = &settings.data_dir;
    let failed = |e: std::io::Error| {
        Failure::Failed(format!(
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

/// Keeps a second process away from the same data directory; the system gives the lock back when this one ends.
///
/// # Errors
/// Another process holds it.
pub(super) fn lock(data_dir: &Path) -> Result<File, Failure> {
    let path = data_dir.join("lock");
    let file = candor_web::open_own(&path, File::options().write(true).create(true))
        .map_err(|e| Failure::io(format!("write {}", path.display()), e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::Failed(format!(
            "another Candor uses the data directory {}; stop it first, or set CANDOR_DATA_DIR: every `candor serve` \
             and `candor web` needs one of its own",
            data_dir.display()
        ))),
        Err(fs::TryLockError::Error(e)) => Err(Failure::io(format!("lock {}", path.display()), e)),
    }
}
