//! The one way into the log: [`Store::execute`], and the task behind it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use metrics::{counter, histogram};
use tokio::sync::{mpsc, oneshot};
use tracing::Instrument as _;

use crate::{
    append_request::{
        AppendJob, AppendOutcome, AppendRequest, JobPart, JobReply, JobTarget, Series,
    },
    db::{Db, with_timeout},
    error::StoreError,
    handle::{Store, StoreInner, lock, store_closed},
    log_task, probe, wal,
};

/// How long a request waits for its outcome. Alert providers wait for 10 s and more.
const REPLY_TIMEOUT: Duration = Duration::from_secs(8);
/// Requests that may wait for the log's task; further callers wait for room.
const MAX_QUEUED_JOBS: usize = 1_024;

impl Store {
    /// Decides the command under the lock of the log, and appends the resulting events and outbox entries in one
    /// transaction. When it returns, they are on disk. A COMMIT whose outcome is unknown is retried with the same ids.
    ///
    /// # Errors
    /// The database can't be reached, or the log can't be read: nothing was written, or (after a COMMIT that was not
    /// answered) that is unknown. The same request may be repeated.
    pub async fn execute(&self, request: AppendRequest) -> Result<AppendOutcome, StoreError> {
        let outcome = self.execute_all(vec![request]).await?.pop();
        outcome.ok_or_else(|| StoreError::unavailable("the log gave no answer"))
    }

    /// As [`Store::execute`], for several requests in one transaction. Returns an outcome for each; one that is refused
    /// leaves the others as they are.
    ///
    /// # Errors
    /// As [`Store::execute`], for all of them.
    pub async fn execute_all(
        &self,
        requests: Vec<AppendRequest>,
    ) -> Result<Vec<AppendOutcome>, StoreError> {
        let source = requests.first().map(|request| request.source.clone());
        let span = tracing::info_span!(target: "candor::trace", "execute", source);
        let parts = requests.into_iter().map(JobPart::new).collect();
        let job = |reply| AppendJob { parts, target: JobTarget::PerCommand, reply };
        let ask = async { self.submit(job).await?.outcomes().await };
        let outcomes = with_timeout(REPLY_TIMEOUT, ask.instrument(span)).await;
        outcomes.map_err(|error| error.attempting("write the log")).inspect_err(StoreError::count)
    }

    /// As [`Store::execute`], for several series of requests: one series after the other, each written as one. Returns
    /// the outcomes in the same order. A refused request leaves the others of its series as they are; if the one that
    /// should open the incident doesn't, its outcome is the only one of its series.
    ///
    /// # Errors
    /// As [`Store::execute`], of the first series that failed; earlier ones are written, later ones may be.
    pub async fn execute_series(
        &self,
        series: Vec<Series>,
    ) -> Result<Vec<Vec<AppendOutcome>>, StoreError> {
        let ask = async {
            let mut pending = Vec::with_capacity(series.len());
            for Series { requests, incident } in series {
                let target = incident.map_or(JobTarget::Opened, JobTarget::Incident);
                let parts = requests.into_iter().map(JobPart::new).collect();
                pending.push(self.submit(|reply| AppendJob { parts, target, reply }).await?);
            }
            let mut outcomes = Vec::with_capacity(pending.len());
            for pending in pending {
                outcomes.push(pending.outcomes().await?);
            }
            Ok(outcomes)
        };
        let outcomes: Result<_, StoreError> = ask.await;
        outcomes.map_err(|error| error.attempting("write the log")).inspect_err(StoreError::count)
    }

    /// Starts the task that writes the log and follows it, since other processes write, too; until [`Store::close`].
    /// Returns at once; `snapshot()` shows when the log has been read.
    pub fn follow(&self) {
        let _started = self.jobs();
    }

    /// Ends the log's task: requests that were submitted are still written and answered, new ones fail.
    pub async fn close(&self) {
        self.inner.shared.closed.send_replace(true);
        let jobs = lock(&self.inner.jobs).take();
        if let Some((_jobs, task)) = jobs {
            // A task that panicked has ended, too.
            let _ = task.await;
        }
    }

    async fn submit(
        &self,
        job: impl FnOnce(oneshot::Sender<JobReply>) -> AppendJob,
    ) -> Result<PendingReply, StoreError> {
        let started = Instant::now();
        let (reply, outcomes) = oneshot::channel();
        let jobs = self.jobs().ok_or_else(store_closed)?;
        jobs.send(job(reply)).await.map_err(|_closed| store_closed())?;
        Ok(PendingReply { started, outcomes })
    }

    /// The channel to the log's task, which is started if it doesn't run. None once the store was closed.
    fn jobs(&self) -> Option<mpsc::Sender<AppendJob>> {
        let StoreInner { shared, jobs, runtime } = &*self.inner;
        let mut jobs = lock(jobs);
        let runtime = runtime.as_ref()?;
        if *shared.closed.borrow() {
            return None;
        }
        if let Some((running, _)) = jobs.as_ref().filter(|(running, _)| !running.is_closed()) {
            return Some(running.clone());
        }
        let (sender, receiver) = mpsc::channel(MAX_QUEUED_JOBS);
        let task = runtime.spawn(log_task::LogTask::new(Arc::clone(shared), receiver).run());
        if jobs.is_none() {
            runtime.spawn(probe::run(Arc::clone(shared)));
            if let Db::Sqlite { .. } = &shared.db {
                runtime.spawn(wal::run(Arc::clone(shared)));
            }
            if let Db::Pg { server, .. } = &shared.db {
                runtime.spawn(log_task::listen(Arc::clone(shared), server.clone()));
            }
        }
        *jobs = Some((sender.clone(), task));
        Some(sender)
    }
}

/// A job that was submitted and waits for its outcomes.
struct PendingReply {
    started: Instant,
    outcomes: oneshot::Receiver<JobReply>,
}

impl PendingReply {
    async fn outcomes(self) -> JobReply {
        let outcomes = async { self.outcomes.await.map_err(|_gone| store_closed())? };
        let outcomes = with_timeout(REPLY_TIMEOUT, outcomes).await?;
        for outcome in &outcomes {
            match outcome {
                AppendOutcome::Appended(events) => {
                    histogram!("candor_append_duration_seconds").record(self.started.elapsed());
                    for recorded in events {
                        let name = recorded.event.type_name();
                        counter!("candor_events_appended_total", "type" => name).increment(1);
                    }
                }
                AppendOutcome::Conflict { .. } => {
                    counter!("candor_append_conflicts_total").increment(1);
                }
                AppendOutcome::Duplicate { .. } | AppendOutcome::Refused(_) => {}
            }
        }
        Ok(outcomes)
    }
}
