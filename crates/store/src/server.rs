//! The database server itself.

use jiff::Timestamp;

use crate::{
    Store, StoreError,
    db::{Db, PoolRole},
};

impl Store {
    /// What time it is by the database's clock, which all processes share; SQLite's is this machine's.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn now(&self) -> Result<Timestamp, StoreError> {
        self.run(async move |db| Ok(db.get(PoolRole::Read).await?.now().await?)).await
    }

    /// The version of PostgreSQL, such as `15.4`; none for SQLite, which is a part of this program.
    ///
    /// # Errors
    /// The database can't be reached, or is behind a pooler that doesn't leave a client its connection.
    pub async fn server_version(&self) -> Result<Option<String>, StoreError> {
        self.run(async move |db| match &db {
            Db::Pg { server, .. } => server.version().await.map(Some),
            Db::Sqlite { .. } => Ok(None),
        })
        .await
    }
}
