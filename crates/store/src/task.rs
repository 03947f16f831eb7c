//! The log's task: the one place of a process that writes the log, and that follows what others write.
//!
//! It owns the board. Requests that wait together are written together (group commit): one fsync for up to 64 of them.
//! The board is published after COMMIT, never before.

use std::{sync::Arc, time::Duration};

use futures::StreamExt;
use jiff::Timestamp;
use tokio::{
    sync::mpsc,
    time::{self, Instant},
};

use crate::{
    Answer, Freshness, Shared, Snapshot, StoreError,
    db::{Db, Lane, Postgres, Trace},
    group::{self, Job, Written},
    read::{self, Known},
};

/// Requests written in one transaction at most.
const GROUP: usize = 64;
/// How long a transaction of the log may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pauses before the tries that follow a COMMIT whose outcome is unknown.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(100), Duration::from_millis(400), Duration::from_millis(1_600)];

/// How often it is looked whether another process has written SQLite's file (a confirmation on the command line, say).
/// Nothing rings between processes there, and a mail should be on its way before the operator has looked up.
const LITE_LOOK: Duration = Duration::from_millis(20);
/// How often the database is asked in any case: the net under PostgreSQL's notifications and under the look.
const POLL: Duration = Duration::from_secs(1);
/// A database that doesn't answer is asked again after this.
const AWAY_POLL: Duration = Duration::from_millis(500);

/// The task's own state.
pub(crate) struct LogTask {
    shared: Arc<Shared>,
    jobs: mpsc::Receiver<Job>,
    /// None until the log was read.
    known: Option<Known>,
    halted: Option<String>,
    /// The last write of any process that was looked into.
    trace: Option<Trace>,
    polled: Instant,
}

/// How a transaction failed.
enum Failure {
    /// Before COMMIT: nothing happened.
    Nothing(StoreError),
    /// During COMMIT: it happened or not.
    Unknown(StoreError),
}

impl LogTask {
    pub(crate) fn new(shared: Arc<Shared>, jobs: mpsc::Receiver<Job>) -> Self {
        Self { shared, jobs, known: None, halted: None, trace: None, polled: Instant::now() }
    }

    /// Runs until the store is closed, and every request that was taken has its answer.
    pub(crate) async fn run(mut self) {
        let period = match self.shared.db {
            Db::Lite { .. } => LITE_LOOK,
            Db::Pg { .. } => POLL,
        };
        let mut poll = time::interval(period);
        poll.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        let shared = Arc::clone(&self.shared);
        let mut jobs = Vec::with_capacity(GROUP);
        loop {
            tokio::select! {
                biased;
                taken = self.jobs.recv_many(&mut jobs, GROUP) => {
                    if taken == 0 {
                        break;
                    }
                    self.write(std::mem::take(&mut jobs)).await;
                }
                // Nothing new is taken; what waits is still written, and then recv_many gives 0.
                () = shared.until_closed(), if !self.jobs.is_closed() => self.jobs.close(),
                () = shared.nudge.notified() => {
                    self.poll().await;
                }
                _ = poll.tick() => {
                    let trace = shared.db.trace();
                    if trace.is_some() && trace == self.trace && self.polled.elapsed() < POLL {
                        continue;
                    }
                    self.trace = trace;
                    if !self.poll().await {
                        poll.reset_after(AWAY_POLL);
                    }
                }
            }
        }
    }

    /// Looks whether the log has grown; whether the database answered.
    async fn poll(&mut self) -> bool {
        self.polled = Instant::now();
        if self.halted.is_some() {
            return true;
        }
        let before = self.known.as_ref().map(|known| known.head.seq);
        match time::timeout(PATIENCE, self.catch_up()).await {
            Ok(Ok(known)) => {
                let grown = before != Some(known.head.seq);
                self.publish(known);
                if grown {
                    self.shared.ring();
                }
                return true;
            }
            Ok(Err(StoreError::Halted(why))) => self.halt(why),
            Ok(Err(error)) => self.unreachable(&error.to_string()),
            Err(_elapsed) => self.unreachable("the database did not answer within 10 seconds"),
        }
        false
    }

    async fn catch_up(&self) -> Result<Known, StoreError> {
        let mut conn = self.shared.db.get(Lane::Read).await?;
        let head = read::head(&mut conn).await?;
        read::fold(&mut conn, self.known.as_ref(), &head).await
    }

    /// Writes a group, and answers each of its requests.
    async fn write(&mut self, mut jobs: Vec<Job>) {
        let mut tried = self.attempt(&mut jobs).await;
        let mut pauses = PAUSES.iter();
        let mut unknown = false;
        let error = loop {
            match tried {
                Ok(answers) => {
                    for (job, answer) in jobs.into_iter().zip(answers) {
                        // Whoever asked may have gone; what was written stays.
                        let _ = job.reply.send(answer);
                    }
                    return;
                }
                Err(Failure::Nothing(error)) if !unknown => break error,
                Err(Failure::Nothing(error) | Failure::Unknown(error)) => {
                    unknown = true;
                    let Some(pause) = pauses.next() else {
                        break StoreError::Unavailable(format!(
                            "whether it was written is unknown: {error}"
                        ));
                    };
                    tracing::warn!(%error, "a commit was not answered, asking again with the same ids");
                    time::sleep(*pause).await;
                    tried = self.attempt(&mut jobs).await;
                }
            }
        };
        if let StoreError::Halted(why) = &error {
            self.halt(why.clone());
        } else {
            tracing::warn!(%error, "{} requests could not be written", jobs.len());
        }
        // Who came meanwhile would only wait for the same: better an answer now, and a retry.
        while let Ok(job) = self.jobs.try_recv() {
            jobs.push(job);
        }
        for job in jobs {
            let _ = job.reply.send(Err(error.clone()));
        }
        self.poll().await;
    }

    async fn attempt(
        &mut self,
        jobs: &mut [Job],
    ) -> Result<Vec<Result<Vec<Answer>, StoreError>>, Failure> {
        if let Some(why) = &self.halted {
            return Err(Failure::Nothing(StoreError::Halted(why.clone())));
        }
        let known = match &self.known {
            Some(known) => known.clone(),
            None => self.catch_up().await.map_err(Failure::Nothing)?,
        };
        let mut conn = self.shared.db.begin(Lane::Log).await.map_err(Failure::Nothing)?;
        #[cfg(feature = "failpoints")]
        fail::fail_point!("append-begun");
        let written = match time::timeout(PATIENCE, group::write(&mut conn, &known, jobs)).await {
            Ok(Ok(written)) => written,
            Ok(Err(error)) => {
                conn.discard();
                return Err(Failure::Nothing(error));
            }
            Err(_elapsed) => {
                conn.discard();
                return Err(Failure::Nothing(StoreError::Unavailable(
                    "the database did not answer within 10 seconds".to_owned(),
                )));
            }
        };
        #[cfg(feature = "failpoints")]
        fail::fail_point!("append-commit");
        let committed = time::timeout(PATIENCE, conn.commit()).await;
        #[cfg(feature = "failpoints")]
        fail::fail_point!("append-committed");
        let why = match committed {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.into()),
            Err(_elapsed) => Some(StoreError::Unavailable("COMMIT was not answered".to_owned())),
        };
        if let Some(error) = why {
            conn.discard();
            return Err(Failure::Unknown(error));
        }
        drop(conn);
        Ok(self.committed(written).await)
    }

    /// Publishes what is on disk now.
    async fn committed(&mut self, written: Written) -> Vec<Result<Vec<Answer>, StoreError>> {
        // What others wrote before may owe something, too, and this is the only time that it is seen as new.
        let known = self.known.as_ref().map(|known| known.head.seq);
        let owes = written.owes || known != Some(written.began_at);
        if written.redacted {
            // Until it is folded anew, the old board with the old text is the last good one.
            self.known = None;
            self.poll().await;
        } else {
            self.publish(written.known);
        }
        self.shared.committed(owes);
        written.answers
    }

    fn publish(&mut self, known: Known) {
        let new = self.known.as_ref().is_none_or(|old| !Arc::ptr_eq(&old.board, &known.board));
        self.shared.snapshot.send_if_modified(|snapshot| {
            if !new && snapshot.freshness == Freshness::Fresh {
                return false;
            }
            *snapshot = Snapshot::of(&known);
            true
        });
        self.known = Some(known);
    }

    fn unreachable(&self, why: &str) {
        self.shared.snapshot.send_if_modified(|snapshot| {
            let since = match &snapshot.freshness {
                Freshness::Unreachable { why: known, .. } if known == why => return false,
                // The reason may change; since when it lasts doesn't.
                Freshness::Unreachable { since, .. } => *since,
                Freshness::Fresh | Freshness::Halted { .. } => Timestamp::now(),
            };
            tracing::warn!(why, "the database can't be reached");
            snapshot.freshness = Freshness::Unreachable { since, why: why.to_owned() };
            true
        });
    }

    fn halt(&mut self, why: String) {
        if self.halted.is_none() {
            tracing::error!(why, "the log can't be read on; the last good board stays");
            let since = Timestamp::now();
            self.shared.snapshot.send_modify(|snapshot| {
                snapshot.freshness = Freshness::Halted { since, why: why.clone() };
            });
            self.halted = Some(why);
        }
    }
}

/// Hears PostgreSQL's notifications, so that what other processes write is seen at once. The poll is the net under it:
/// a connection that was lost says nothing.
pub(crate) async fn listen(shared: Arc<Shared>, server: Postgres) {
    let hear = async {
        loop {
            if let Ok(mut conn) = server.connect().await
                && diesel_async::SimpleAsyncConnection::batch_execute(
                    &mut conn,
                    "LISTEN candor_log",
                )
                .await
                .is_ok()
            {
                let mut notifications = std::pin::pin!(conn.notifications_stream());
                while let Some(Ok(_)) = notifications.next().await {
                    shared.nudge.notify_one();
                    shared.ring();
                }
            }
            time::sleep(Duration::from_secs(1)).await;
        }
    };
    tokio::select! {
        () = hear => {}
        () = shared.until_closed() => {}
    }
}
