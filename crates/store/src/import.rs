//! Imported history: which events were imported before, and reading another product's database.

pub mod monostat;

use std::collections::BTreeMap;

use candor_core::IncidentNumber;
use diesel::{EscapeExpressionMethods, ExpressionMethods, QueryDsl, TextExpressionMethods};
use diesel_async::RunQueryDsl;

use crate::{db::on_db, error::StoreError, handle::Store, row::count, schema::event};

/// The source of every event that was imported.
pub const SOURCE: &str = "import";

/// An event that was imported before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Its place in the log.
    pub seq: u64,
    /// The incident it is about.
    pub incident: IncidentNumber,
}

impl Store {
    /// The events that were imported before under keys that begin with `prefix`, by key.
    pub async fn imported(&self, prefix: &str) -> Result<BTreeMap<String, Imported>, StoreError> {
        let escaped: String = prefix
            .chars()
            .flat_map(|c| matches!(c, '%' | '_' | '\\').then_some('\\').into_iter().chain([c]))
            .collect();
        let query = event::table
            .filter(event::source.eq(SOURCE))
            .filter(event::source_key.like(format!("{escaped}%")).escape('\\'))
            .select((event::source_key, event::seq, event::incident));
        let rows: Vec<(Option<String>, i64, Option<i64>)> = self
            .read("find imported events", async move |mut conn| {
                Ok(on_db!(conn, c => query.load(c).await)?)
            })
            .await?;
        let known = |(key, seq, incident): (Option<String>, i64, Option<i64>)| {
            let incident = u32::try_from(incident?).ok().and_then(IncidentNumber::new)?;
            Some((key?, Imported { seq: count(seq), incident }))
        };
        Ok(rows.into_iter().filter_map(known).collect())
    }
}
