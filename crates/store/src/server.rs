//! The database server itself.

use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use crate::{Store, StoreError, db::Db};

impl Store {
    /// The version of PostgreSQL, such as `15.4`; none for SQLite, which is a part of this program.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn server_version(&self) -> Result<Option<String>, StoreError> {
        #[derive(diesel::QueryableByName)]
        struct Version {
            #[diesel(sql_type = Text)]
            version: String,
        }
        self.run(async move |db| {
            let Db::Pg { server, .. } = &db else { return Ok(None) };
            let mut conn =
                server.connect().await.map_err(|e| StoreError::Unavailable(e.to_string()))?;
            let query = diesel::sql_query("SELECT current_setting('server_version') AS version");
            let row: Version = query.get_result(&mut conn).await?;
            Ok(Some(row.version))
        })
        .await
    }
}
