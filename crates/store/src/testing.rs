//! Throw-away databases for tests, here and in the crates above.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::{Store, StoreError, migrate};

/// A database of its own for one test; gone with the value.
#[derive(Debug)]
pub struct Database {
    url: String,
    folder: Option<TempDir>,
}

impl Database {
    /// An empty SQLite database in a temporary folder.
    ///
    /// # Panics
    /// There is no temporary folder.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file: PathBuf = folder.path().join("candor.db");
        Self { url: format!("sqlite:{}", file.display()), folder: Some(folder) }
    }

    /// What `Store::open` takes.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A store on this database, migrated. Two of them are like two processes.
    ///
    /// # Panics
    /// The database doesn't answer.
    pub async fn store(&self) -> Store {
        let store = Store::open(&self.url).expect("a URL of our own");
        store.migrate().await.expect("a database that answers");
        store
    }
}

impl Store {
    /// Takes the whole schema back, with everything in it; the names of the migrations.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn migrate_down(&self) -> Result<Vec<String>, StoreError> {
        self.run(async move |db| migrate::run(&db, migrate::Task::Down).await).await
    }
}
