//! SQLite: one file in WAL mode, every commit on disk before it is answered.

use diesel_async::{
    AsyncConnection, SimpleAsyncConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool::Pool,
    },
};
use futures::FutureExt;

use super::{Db, Lite};
use crate::StoreError;

/// Readers of one process. They never wait for the writer, so a few are enough.
const READERS: usize = 4;

/// `FULL`: with `NORMAL` an acknowledged commit may be rolled back by a power loss (<https://sqlite.org/pragma.html>).
const SETUP: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON;";

/// Reads what follows `sqlite:`, a path (also written `//path`).
pub(super) fn open(path: &str) -> Result<Db, StoreError> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.contains(":memory:") {
        return Err(StoreError::Config(
            "sqlite: must be followed by the path of a file, such as sqlite:/var/lib/candor/candor.db"
                .to_owned(),
        ));
    }
    Ok(Db::Lite { writer: pool(path, 1)?, readers: pool(path, READERS)? })
}

fn pool(path: &str, size: usize) -> Result<Pool<Lite>, StoreError> {
    let mut config = ManagerConfig::default();
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(|path| {
        let path = path.to_owned();
        async move {
            let explain = |error: diesel::ConnectionError| {
                diesel::ConnectionError::BadConnection(format!("{error} ({path})"))
            };
            let mut lite = Lite::establish(&path).await.map_err(explain)?;
            lite.batch_execute(SETUP)
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
        .map_err(|error| StoreError::Config(error.to_string()))
}
