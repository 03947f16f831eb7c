//! Operators: an ordinary table, erasable. The log knows their opaque ids only.

use std::collections::BTreeMap;

use candor_core::ActorId;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::{
    Store, StoreError,
    db::{PoolRole, on_db},
    row,
    schema::operator,
};

/// An operator, as they are known where they act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorRow {
    /// Where: `cli`, `slack`, …
    pub kind: String,
    /// Their name or id there.
    pub key: String,
    /// How they are shown.
    pub name: String,
}

impl Store {
    /// The opaque id of the operator known as `key` to `kind` (`cli`, `slack`, …), made if new. The name is kept as
    /// it was given last.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn operator(&self, kind: &str, key: &str, name: &str) -> Result<ActorId, StoreError> {
        let (kind, key, name) = (kind.to_owned(), key.to_owned(), name.to_owned());
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let new = (
                operator::id.eq(Uuid::now_v7().to_string()),
                operator::kind.eq(&kind),
                operator::key.eq(&key),
                operator::name.eq(&name),
            );
            let result = on_db!(&mut conn, c => {
                diesel::insert_into(operator::table)
                    .values(new)
                    .on_conflict((operator::kind, operator::key))
                    .do_update()
                    .set(operator::name.eq(&name))
                    .returning(operator::id)
                    .get_result::<String>(c)
                    .await
            });
            let id = conn.end(result.map_err(StoreError::from)).await?;
            row::actor(&id)
        })
        .await
    }

    /// The operator's name, if the operator wasn't erased.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn operator_name(&self, id: &ActorId) -> Result<Option<String>, StoreError> {
        let query = operator::table.find(id.to_string()).select(operator::name);
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            Ok(on_db!(&mut conn, c => query.first(c).await.optional())?)
        })
        .await
    }

    /// Who these operators are; who was erased isn't there.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn operators(
        &self,
        ids: &[ActorId],
    ) -> Result<BTreeMap<ActorId, OperatorRow>, StoreError> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let query = operator::table
            .filter(operator::id.eq_any(ids.iter().map(ToString::to_string).collect::<Vec<_>>()));
        self.run(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let rows: Vec<(String, String, String, String)> =
                on_db!(&mut conn, c => query.load(c).await)?;
            let known = |(id, kind, key, name): (String, String, String, String)| {
                Ok((row::actor(&id)?, OperatorRow { kind, key, name }))
            };
            rows.into_iter().map(known).collect()
        })
        .await
    }

    /// Forgets who the operator was; the log keeps the opaque id. False if there was none.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn erase_operator(&self, id: &ActorId) -> Result<bool, StoreError> {
        let query = operator::table.find(id.to_string());
        self.run(async move |db| {
            let mut conn = db.begin(PoolRole::Write).await?;
            let result = on_db!(&mut conn, c => diesel::delete(query).execute(c).await);
            Ok(conn.end(result.map_err(StoreError::from)).await? > 0)
        })
        .await
    }
}
