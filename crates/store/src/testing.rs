//! Throw-away databases for tests, here and in the crates above.
//!
//! A test that can't have its database fails; it is never skipped. Everything here panics with a sentence that says
//! what to do, because that is how a test fails.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "this is test code that several crates share"
)]

mod cluster;
mod pooler;

use tempfile::TempDir;

pub use cluster::Cluster;
pub use pooler::Pooler;

use crate::{Store, StoreError, migrate};

/// A database of its own for one test.
#[derive(Debug)]
pub struct Database {
    url: String,
    /// Kept as long as the database; a PostgreSQL cluster goes as a whole.
    _folder: Option<TempDir>,
}

impl Database {
    /// An empty SQLite database in a temporary folder, gone with the value.
    ///
    /// # Panics
    /// There is no temporary folder.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("candor.db").display());
        Self { url, _folder: Some(folder) }
    }

    /// An empty PostgreSQL database. It stands in the server that `CANDOR_TEST_POSTGRES_URL` names (as one who may
    /// create databases), or in a private one that all tests of this moment share and that ends after the last.
    ///
    /// # Panics
    /// PostgreSQL isn't installed, or doesn't start.
    #[must_use]
    pub fn postgres() -> Self {
        let server =
            std::env::var("CANDOR_TEST_POSTGRES_URL").unwrap_or_else(|_unset| cluster::shared());
        Self { url: cluster::create_database(&server), _folder: None }
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

    /// Runs SQL as it is: what no program of ours would do to a log.
    ///
    /// # Errors
    /// The database refuses it.
    pub async fn raw_sql(&self, sql: &str) -> Result<(), StoreError> {
        use diesel_async::SimpleAsyncConnection as _;
        let sql = sql.to_owned();
        self.run(async move |db| {
            let mut conn = db.get(crate::db::PoolRole::Write).await?;
            Ok(crate::db::on_db!(&mut conn, c => c.batch_execute(&sql).await)?)
        })
        .await
    }

    /// The rows of a query, each value as text (NULL is empty).
    ///
    /// # Errors
    /// The database refuses it.
    pub async fn raw_rows(&self, sql: &str) -> Result<Vec<String>, StoreError> {
        use diesel_async::RunQueryDsl as _;
        #[derive(diesel::QueryableByName)]
        struct TestLine {
            #[diesel(sql_type = diesel::sql_types::Text)]
            line: String,
        }
        let sql = sql.to_owned();
        self.run(async move |db| {
            let mut conn = db.get(crate::db::PoolRole::Write).await?;
            let lines: Vec<TestLine> =
                crate::db::on_db!(&mut conn, c => diesel::sql_query(&sql).load(c).await)?;
            Ok(lines.into_iter().map(|row| row.line).collect())
        })
        .await
    }
}
