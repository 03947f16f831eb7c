//! Reading, verifying and redacting the log.

use std::{collections::BTreeMap, sync::Arc};

use candor_core::{ActorId, Board, Command, Event, IncidentNumber, RecordedEvent, Refusal, Title};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl};
use diesel_async::RunQueryDsl;
use futures::FutureExt as _;

use crate::{
    append_request::{AppendOutcome, AppendRequest},
    db::{PoolRole, on_db},
    error::StoreError,
    fold,
    handle::Store,
    row::{EventRow, FoldRow, StoredEvent, int},
    schema::event,
    snapshot::{Freshness, Snapshot},
    verify::{self, NotedHead, VerifyReport},
};

impl Store {
    /// Reads the log once (for commands that end again), and returns the board.
    ///
    /// # Errors
    /// The log can't be read.
    pub async fn load(&self) -> Result<Arc<Board>, StoreError> {
        Ok(self.fold().await?.board)
    }

    /// As [`Store::load`], with the log's head.
    ///
    /// # Errors
    /// The log can't be read.
    pub async fn load_snapshot(&self) -> Result<Snapshot, StoreError> {
        Ok(Snapshot::of(&self.fold().await?))
    }

    /// Reads on from what this process has read before.
    async fn fold(&self) -> Result<fold::FoldedBoard, StoreError> {
        let shared = Arc::clone(&self.inner.shared);
        self.run_long("read the log", async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let head = fold::head(&mut conn).await?;
            let before = shared.snapshot.borrow().folded();
            let before = before.filter(|before| !head.is_after_a_restore(&before.head));
            let folded = fold::fold(&mut conn, before.as_ref(), &head, &|_| {}).await?.folded;
            // Where no task follows the log, the next call starts from here.
            shared.snapshot.send_if_modified(|snapshot| {
                if let Freshness::Unread { .. } = snapshot.freshness {
                    snapshot.board = Some(Arc::clone(&folded.board));
                    snapshot.head = Some(folded.head.clone());
                }
                false
            });
            Ok(folded)
        })
        .await
    }

    /// Begins a new epoch of the log `log_id` unless its event `seq` has this `hash` (hexadecimal), which was noted in
    /// `epoch`: the log was restored from a backup, and from now on the same numbers name other events. Returns the
    /// epoch that began, if one did.
    pub async fn begin_epoch_unless(
        &self,
        log_id: &str,
        epoch: u32,
        seq: u64,
        hash: &str,
    ) -> Result<Option<u32>, StoreError> {
        let (log_id, hash) = (log_id.to_owned(), hash.to_owned());
        let began = self.transaction("begin an epoch", move |conn| {
            async move { fold::begin_epoch_unless(conn, &log_id, epoch, seq, &hash).await }.boxed()
        });
        let began = began.await?;
        self.inner.shared.log_grown.notify_one();
        Ok(began)
    }

    /// Up to `limit` events after `after`, in order.
    ///
    /// # Errors
    /// A row can't be read.
    pub async fn events(&self, after: u64, limit: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let query =
            event::table.filter(event::seq.gt(int(after))).order(event::seq).limit(limit.into());
        self.read("read events", async move |mut conn| {
            let rows: Vec<EventRow> = on_db!(conn, c => query.load(c).await)?;
            rows.into_iter().map(EventRow::stored).collect()
        })
        .await
    }

    /// The events of one incident, in order.
    ///
    /// # Errors
    /// A row can't be read.
    pub async fn trail(&self, incident: IncidentNumber) -> Result<Vec<StoredEvent>, StoreError> {
        let query =
            event::table.filter(event::incident.eq(i64::from(incident.get()))).order(event::seq);
        self.read("read an incident's events", async move |mut conn| {
            let rows: Vec<EventRow> = on_db!(conn, c => query.load(c).await)?;
            rows.into_iter().map(EventRow::stored).collect()
        })
        .await
    }

    /// Up to `limit` events of one incident after the event `after`, in order. Redacted events come with what was left
    /// of them.
    ///
    /// # Errors
    /// An event can't be read.
    pub async fn trail_after(
        &self,
        incident: IncidentNumber,
        after: u64,
        limit: u32,
    ) -> Result<Vec<RecordedEvent>, StoreError> {
        let query = event::table
            .filter(event::incident.eq(i64::from(incident.get())))
            .filter(event::seq.gt(int(after)))
            .order(event::seq)
            .limit(limit.into())
            .select(fold::FOLDED);
        self.read("read an incident's events", async move |mut conn| {
            let rows: Vec<FoldRow> = on_db!(conn, c => query.load(c).await)?;
            let remains = match rows.iter().any(|row| row.payload.is_none()) {
                true => fold::redaction_remains(&mut conn).await?,
                false => BTreeMap::new(),
            };
            rows.iter().map(|row| row.recorded(remains.get(&row.seq).map(String::as_str))).collect()
        })
        .await
    }

    /// Folds the log from its first event up to `to` (its end, if absent): the board as it was then.
    ///
    /// # Errors
    /// The log can't be read.
    pub async fn replay(&self, to: Option<u64>) -> Result<Board, StoreError> {
        self.run_long("replay the log", async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let head = fold::head(&mut conn).await?.seq;
            let end = to.map_or(head, |to| int(to).min(head));
            Ok(fold::fold_to(&mut conn, Board::default(), end, &|_| {}).await?.0)
        })
        .await
    }

    /// Checks every hash, the order, the head, and (if given) that the log still contains the head that was noted: a
    /// chain of hashes alone can't show that the log was cut or rewritten. A head of another log, or of another epoch,
    /// is not compared. What is wrong with the log is in the report, not an error.
    pub async fn verify(&self, expected: Option<NotedHead>) -> Result<VerifyReport, StoreError> {
        self.run_long("verify the log", async move |db| verify::verify(&db, expected).await).await
    }

    /// Removes the free text of the event `seq`: appends `payload-redacted` and removes payload and salt, in one
    /// transaction. Refused if there is no such event, or its payload is gone already.
    ///
    /// # Errors
    /// The event can't be read.
    pub async fn redact(
        &self,
        seq: u64,
        why: Title,
        actor: ActorId,
    ) -> Result<AppendOutcome, StoreError> {
        let query = event::table.find(int(seq)).select((
            event::type_name,
            event::schema_version,
            event::payload,
        ));
        let row: Option<(String, i32, Option<String>)> = self
            .read("read an event", async move |mut conn| {
                Ok(on_db!(conn, c => query.first(c).await.optional())?)
            })
            .await?;
        let Some((type_name, schema_version, Some(payload))) = row else {
            return Ok(AppendOutcome::Refused(Refusal::NothingToChange));
        };
        let halted = || StoreError::halted(format!("event {seq}"));
        let remains = Event::read(&type_name, schema_version, &payload)
            .map_err(|error| halted().caused_by(error))?
            .without_free_text()
            .payload()
            .map_err(|error| halted().caused_by(error))?;
        let command = Command::RedactPayload { seq, why, remains };
        let outcome = self.execute(AppendRequest::new(command, Some(actor), "redaction")).await?;
        self.empty_wal().await;
        Ok(outcome)
    }
}
