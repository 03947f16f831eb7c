//! Which requests were given before, in the log or in the group itself.

use std::collections::{BTreeMap, BTreeSet};

use diesel::{ExpressionMethods, QueryDsl};
use diesel_async::RunQueryDsl;

use crate::{
    append_request::{AppendJob, AppendOutcome, AppendRequest},
    chain,
    db::{PooledConnection, on_db},
    error::StoreError,
    row::count,
    schema::event,
};

pub(super) fn command_hash(
    salt: &[u8],
    request: &AppendRequest,
) -> Result<Vec<u8>, serde_json::Error> {
    chain::command_hash(salt, &request.source, request.actor.as_ref(), &request.command)
}

/// The hash of a command, and its salt unless that was redacted.
pub(super) type SaltedHash = (Vec<u8>, Option<Vec<u8>>);

/// The requests that were given before, found in the log or in this group.
#[derive(Default, Clone)]
pub(super) struct KnownRequests {
    ids: BTreeMap<String, (SaltedHash, u64)>,
    keys: BTreeMap<(String, String), u64>,
}

impl KnownRequests {
    pub(super) async fn among(
        conn: &mut PooledConnection,
        jobs: &[AppendJob],
    ) -> Result<Self, StoreError> {
        let requests = || jobs.iter().flat_map(|job| &job.parts).map(|part| &part.request);
        let ids: Vec<String> = requests().map(|request| request.event_id.to_string()).collect();
        let by_id = event::table.filter(event::event_id.eq_any(ids)).select((
            event::event_id,
            (event::command_hash, event::command_salt),
            event::seq,
        ));
        let rows: Vec<(String, SaltedHash, i64)> = on_db!(conn, c => by_id.load(c).await)?;
        let mut seen = Self::default();
        seen.ids.extend(rows.into_iter().map(|(id, hash, seq)| (id, (hash, count(seq)))));

        let keys: Vec<&str> =
            requests().filter_map(|request| request.source_key.as_deref()).collect();
        if !keys.is_empty() {
            let sources: BTreeSet<&str> =
                requests().map(|request| request.source.as_str()).collect();
            let by_key = event::table
                .filter(event::source.eq_any(sources))
                .filter(event::source_key.eq_any(keys))
                .select((event::source, event::source_key, event::seq));
            let rows: Vec<(String, Option<String>, i64)> = on_db!(conn, c => by_key.load(c).await)?;
            let keyed = |(source, key, seq): (String, Option<String>, i64)| {
                Some(((source, key?), count(seq)))
            };
            seen.keys.extend(rows.into_iter().filter_map(keyed));
        }
        Ok(seen)
    }

    /// A source's own key identifies a message whatever its body. An id must come with the same command; once the
    /// command was redacted that can't be checked any more.
    pub(super) fn answer(
        &self,
        request: &AppendRequest,
    ) -> Result<Option<AppendOutcome>, serde_json::Error> {
        let key = request.source_key.clone().map(|key| (request.source.clone(), key));
        if let Some(seq) = key.and_then(|key| self.keys.get(&key)) {
            return Ok(Some(AppendOutcome::Duplicate { seq: *seq }));
        }
        let Some(((hash, salt), seq)) = self.ids.get(&request.event_id.to_string()) else {
            return Ok(None);
        };
        let same = match salt {
            Some(salt) => command_hash(salt, request)? == *hash,
            None => true,
        };
        let seq = *seq;
        Ok(Some(if same {
            AppendOutcome::Duplicate { seq }
        } else {
            AppendOutcome::Conflict { seq }
        }))
    }

    pub(super) fn add(&mut self, request: &AppendRequest, salted: SaltedHash, seq: u64) {
        self.ids.insert(request.event_id.to_string(), (salted, seq));
        if let Some(key) = request.source_key.clone() {
            self.keys.insert((request.source.clone(), key), seq);
        }
    }
}
