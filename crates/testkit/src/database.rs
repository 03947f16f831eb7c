//! A test's own database, in SQLite or PostgreSQL.

use candor_core::{ActorId, Command, RecordedEvent};
use candor_store::{AppendOutcome, AppendRequest, Store};
use tempfile::TempDir;

use crate::postgres;

/// A database for one test.
#[derive(Debug)]
pub struct Database {
    url: String,
    /// Lives as long as the database; a PostgreSQL cluster is removed as a whole.
    _folder: Option<TempDir>,
}

impl Database {
    /// An empty SQLite database in a temporary folder, removed when dropped.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("candor.db").display());
        Self { url, _folder: Some(folder) }
    }

    /// An empty PostgreSQL database. It stands in the server that `CANDOR_TEST_POSTGRES_URL` names (as one who may
    /// create databases), or in a private one that all tests of this moment share and that ends after the last.
    pub fn postgres() -> Self {
        let server =
            std::env::var("CANDOR_TEST_POSTGRES_URL").unwrap_or_else(|_unset| postgres::shared());
        Self { url: postgres::create_database(&server), _folder: None }
    }

    /// The URL for `Store::open`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A store on this database, migrated. Two of them are like two processes.
    pub async fn store(&self) -> Store {
        let store = Store::open(&self.url).expect("a URL of our own");
        store.migrate().await.expect("a database that answers");
        store
    }
}

/// Executes a request, which must be appended, and returns its events.
pub async fn append(store: &Store, request: AppendRequest) -> Vec<RecordedEvent> {
    match store.execute(request).await {
        Ok(AppendOutcome::Appended(events)) => events,
        answer => panic!("{answer:?}"),
    }
}

/// The same for an operator's command.
pub async fn execute(store: &Store, command: Command) -> Vec<RecordedEvent> {
    let operator = ActorId::parse("operator-1").unwrap();
    append(store, AppendRequest::new(command, Some(operator), "test")).await
}
