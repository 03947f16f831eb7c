//! Operators: an ordinary table, erasable. The log contains their opaque ids only.

use std::collections::BTreeMap;

use candor_core::ActorId;
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;
use uuid::Uuid;

use crate::{db::on_db, error::StoreError, handle::Store, row, schema::operator};

/// An operator, as known where they act.
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
    /// The opaque id of the operator known as `key` to `kind` (`cli`, `slack`, …), made if new. Keeps the latest name.
    pub async fn operator(&self, kind: &str, key: &str, name: &str) -> Result<ActorId, StoreError> {
        let (kind, key, name) = (kind.to_owned(), key.to_owned(), name.to_owned());
        self.transaction("record an operator", move |conn| {
            async move {
                let new = (
                    operator::id.eq(Uuid::now_v7().to_string()),
                    operator::kind.eq(&kind),
                    operator::key.eq(&key),
                    operator::name.eq(&name),
                );
                let id: String = on_db!(conn, c => {
                    diesel::insert_into(operator::table)
                        .values(new)
                        .on_conflict((operator::kind, operator::key))
                        .do_update()
                        .set(operator::name.eq(&name))
                        .returning(operator::id)
                        .get_result(c)
                        .await
                })?;
                row::actor(&id)
            }
            .boxed()
        })
        .await
    }

    /// The operator's name, unless the operator was erased.
    pub async fn operator_name(&self, id: &ActorId) -> Result<Option<String>, StoreError> {
        let query = operator::table.find(id.to_string()).select(operator::name);
        self.read("find an operator", async move |mut conn| {
            Ok(on_db!(conn, c => query.first(c).await.optional())?)
        })
        .await
    }

    /// These operators, without those who were erased.
    pub async fn operators(
        &self,
        ids: &[ActorId],
    ) -> Result<BTreeMap<ActorId, OperatorRow>, StoreError> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let query = operator::table
            .filter(operator::id.eq_any(ids.iter().map(ToString::to_string).collect::<Vec<_>>()));
        self.read("find operators", async move |mut conn| {
            let rows: Vec<(String, String, String, String)> =
                on_db!(conn, c => query.load(c).await)?;
            let known = |(id, kind, key, name): (String, String, String, String)| {
                Ok((row::actor(&id)?, OperatorRow { kind, key, name }))
            };
            rows.into_iter().map(known).collect()
        })
        .await
    }

    /// Erases an operator; the log keeps the opaque id. False if there was none.
    pub async fn erase_operator(&self, id: &ActorId) -> Result<bool, StoreError> {
        let row = operator::table.find(id.to_string());
        self.transaction("erase an operator", move |conn| {
            async move { Ok(on_db!(conn, c => diesel::delete(row).execute(c).await)? > 0) }.boxed()
        })
        .await
    }
}
