//! Changes to a database that only tests make.

use crate::{Store, StoreError, migrate};

impl Store {
    /// Takes the whole schema back, with everything in it; the names of the migrations.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn migrate_down(&self) -> Result<Vec<String>, StoreError> {
        self.run("migrate down", async move |db| migrate::run(&db, migrate::Task::Down).await).await
    }

    /// Runs SQL as it is: what no program of ours would do to a log.
    ///
    /// # Errors
    /// The database refuses it.
    pub async fn raw_sql(&self, sql: &str) -> Result<(), StoreError> {
        use diesel_async::SimpleAsyncConnection as _;
        let sql = sql.to_owned();
        self.run("run SQL", async move |db| {
            let mut conn = db.get(crate::db::PoolRole::Write).await?;
            Ok(crate::db::on_db!(conn, c => c.batch_execute(&sql).await)?)
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
        self.run("run a query", async move |db| {
            let mut conn = db.get(crate::db::PoolRole::Write).await?;
            let lines: Vec<TestLine> =
                crate::db::on_db!(conn, c => diesel::sql_query(&sql).load(c).await)?;
            Ok(lines.into_iter().map(|row| row.line).collect())
        })
        .await
    }
}
