//! SQLite: one file in WAL mode, every commit on disk before it is answered.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use diesel_async::{
    AsyncConnection, SimpleAsyncConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool::Pool,
    },
};
use futures::FutureExt;

use super::{AsyncSqliteConnection, Db};
use crate::error::StoreError;

/// Readers of one process. They never wait for the writer, so a few are enough.
const READERS: usize = 4;

/// How long who writes waits for who writes.
pub(crate) const BUSY_TIMEOUT: &str = "PRAGMA busy_timeout = 5000";
/// `FULL`: with `NORMAL` an acknowledged commit may be rolled back by a power loss (<https://sqlite.org/pragma.html>).
/// `secure_delete`: an erased address is overwritten, not left in a page that is free.
const SETUP: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;";

/// A connection that can't be set up because the file is locked is tried again this often, …
const SETUP_TRIES: u32 = 100;
/// … with this pause.
const SETUP_PAUSE: Duration = Duration::from_millis(50);

/// Reads what follows `sqlite:`, a path (also written `//path`).
pub(super) fn open(path: &str) -> Result<Db, StoreError> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.contains(":memory:") {
        return Err(StoreError::config(
            "sqlite: must be followed by the path of a file, such as sqlite:/var/lib/candor/candor.db",
        ));
    }
    Ok(Db::Sqlite {
        writer: pool(path, 1)?,
        readers: pool(path, READERS)?,
        file: PathBuf::from(path),
        wal: PathBuf::from(format!("{path}-wal")),
    })
}

/// Reads what follows `sqlite:`, the path of a file that is there and that others write.
pub(super) fn external(path: &str) -> Result<Pool<AsyncSqliteConnection>, StoreError> {
    read_only(Path::new(path.strip_prefix("//").unwrap_or(path)))
}

/// A connection that leaves a file as it is, whatever it is.
pub(super) fn read_only(path: &Path) -> Result<Pool<AsyncSqliteConnection>, StoreError> {
    if !path.metadata().map_err(|why| unreadable(path, why))?.is_file() {
        return Err(StoreError::config(format!("{} is not a file", path.display())));
    }
    // What has a meaning in SQLite's URIs (<https://sqlite.org/uri.html>).
    let path = path.to_string_lossy();
    let path = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Pool::builder(AsyncDieselConnectionManager::new(format!("file:{path}?mode=ro")))
        .max_size(1)
        .build()
        .map_err(|error| StoreError::config("no connection pool").caused_by(error))
}

fn unreadable(path: &Path, why: io::Error) -> StoreError {
    if why.kind() == io::ErrorKind::NotFound {
        StoreError::config(format!("there is no file {}", path.display()))
    } else {
        StoreError::unavailable(format!("can't read {}", path.display())).caused_by(why)
    }
}

/// SQLite doesn't wait for `busy_timeout` where a new file is switched to WAL by two processes at once: it says "locked"
/// at once. So we wait.
async fn set_up(lite: &mut AsyncSqliteConnection) -> diesel::QueryResult<()> {
    let mut tries = SETUP_TRIES;
    loop {
        tries -= 1;
        let set_up = async {
            lite.batch_execute(BUSY_TIMEOUT).await?;
            lite.batch_execute(SETUP).await
        };
        match set_up.await {
            Err(error) if tries > 0 && error.to_string().contains("locked") => {
                tokio::time::sleep(SETUP_PAUSE).await;
            }
            done => return done,
        }
    }
}

fn pool(path: &str, size: usize) -> Result<Pool<AsyncSqliteConnection>, StoreError> {
    let mut config = ManagerConfig::default();
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(|path| {
        let path = path.to_owned();
        async move {
            let explain = |error: diesel::ConnectionError| {
                diesel::ConnectionError::BadConnection(format!("{error} ({path})"))
            };
            let mut lite = AsyncSqliteConnection::establish(&path).await.map_err(explain)?;
            set_up(&mut lite)
                .await
                .map_err(diesel::ConnectionError::CouldntSetupConfiguration)
                .map_err(explain)?;
            Ok(lite)
        }
        .boxed()
    });
    Pool::builder(AsyncDieselConnectionManager::new_with_config(path, config))
        .max_size(size)
        .build()
        .map_err(|error| StoreError::config("no connection pool").caused_by(error))
}
