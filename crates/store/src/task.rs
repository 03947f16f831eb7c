//! The log's task: the one place of a process that writes the log, and that follows what others write.
//!
//! It owns the board. Requests that wait together are written together (group commit): one fsync for up to 64 of them.
//! The board is published after COMMIT, never before.
//!
//! Reading a long log from its first event takes longer than anybody should wait (a minute for some million events), so
//! that happens beside the task: at the start, after a redaction, and when a new epoch has begun.

use std::{sync::Arc, time::Duration};

use futures::StreamExt;
use tokio::{
    sync::mpsc,
    task::JoinHandle,
    time::{self, Instant},
};

use crate::{
    AppendOutcome, Freshness, Snapshot, StoreError, StoreShared,
    db::{Db, PoolRole, Postgres, WalFingerprint, in_time},
    group::{self, AppendJob, CommitResult},
    read::{self, FoldedBoard},
};

/// Requests written in one transaction at most.
const GROUP: usize = 64;
/// How long a transaction of the log may take before it is given up, and how long its COMMIT. The server's own limits
/// (5 s a statement) come first, unless it says nothing at all.
const WRITE_TIMEOUT: Duration = Duration::from_secs(6);
/// Retry delays after a COMMIT whose outcome is unknown.
const RETRY_DELAYS: [Duration; 3] =
    [Duration::from_millis(100), Duration::from_millis(400), Duration::from_millis(1_600)];

/// How often it is looked whether another process has written SQLite's file (a confirmation on the command line, say).
/// Nothing rings between processes there, and a mail should be on its way before the operator has looked up.
const LITE_LOOK: Duration = Duration::from_millis(20);
/// How often the database is asked in any case: the net under PostgreSQL's notifications and under the look.
const POLL: Duration = Duration::from_secs(1);
/// A database that doesn't answer is asked again after this.
const AWAY_POLL: Duration = Duration::from_millis(500);
/// How long a request waits for a log that is still being read.
const READ_WAIT: Duration = Duration::from_secs(5);
/// How long it is waited for the board without a redacted text. After that the old one stays until the new one is there.
const REDACTION_WAIT: Duration = Duration::from_secs(2);
/// A reading that found something that it can't read begins again after this many times as long as it took.
const READ_AGAIN: u32 = 5;
/// After this a listener that was lost, or that the server doesn't take, is tried again.
const LISTEN_AGAIN: Duration = Duration::from_secs(1);

/// The task's own state.
pub(crate) struct LogTask {
    shared: Arc<StoreShared>,
    jobs: mpsc::Receiver<AppendJob>,
    /// None until the log was read.
    known: Option<FoldedBoard>,
    reading: Option<LogReading>,
    /// What is known still has a text that was redacted, and isn't published.
    has_to_forget: bool,
    /// Before this, a reading that failed isn't begun again.
    read_again_at: Instant,
    /// The last write of any process that was looked into.
    trace: Option<WalFingerprint>,
    polled: Instant,
}

/// Reads the log from its first event.
struct LogReading {
    begun: Instant,
    task: JoinHandle<Result<FoldedBoard, StoreError>>,
}

/// How a transaction failed.
enum TransactionError {
    /// Before COMMIT: nothing happened.
    Nothing(StoreError),
    /// During COMMIT: it happened or not.
    Unknown(StoreError),
}

impl LogTask {
    pub(crate) fn new(shared: Arc<StoreShared>, jobs: mpsc::Receiver<AppendJob>) -> Self {
        // Whoever has read it already needn't read it again.
        let known = shared.snapshot.borrow().known();
        let now = Instant::now();
        Self {
            shared,
            jobs,
            known,
            reading: None,
            has_to_forget: false,
            read_again_at: now,
            trace: None,
            polled: now,
        }
    }

    /// Runs until the store is closed, and every request that was taken has its answer.
    pub(crate) async fn run(mut self) {
        let period = match self.shared.db {
            Db::Sqlite { .. } => LITE_LOOK,
            Db::Pg { .. } => POLL,
        };
        let mut poll = time::interval(period);
        poll.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        let shared = Arc::clone(&self.shared);
        let mut jobs = Vec::with_capacity(GROUP);
        loop {
            tokio::select! {
                biased;
                read = read(&mut self.reading) => self.has_read(read).await,
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
        if let Some(reading) = self.reading {
            reading.task.abort();
        }
    }

    /// Looks whether the log has grown; whether the database answered.
    async fn poll(&mut self) -> bool {
        let was_reading = self.reading.is_some();
        let answered = self.look().await;
        if self.known.is_some() && !was_reading {
            self.wait_for_reading(REDACTION_WAIT).await;
        }
        answered
    }

    async fn look(&mut self) -> bool {
        self.polled = Instant::now();
        if self.has_to_forget {
            self.begin_to_read();
        }
        let Some(known) = &self.known else {
            self.begin_to_read();
            return true;
        };
        match catch_up(&self.shared, known).await {
            Ok(Some(folded)) => {
                let grown = known.head.seq != folded.known.head.seq;
                if folded.has_redacted {
                    self.forget(folded.known);
                } else {
                    self.publish(folded.known);
                }
                if grown {
                    self.shared.ring();
                }
                true
            }
            Ok(None) => {
                tracing::warn!(
                    "a new epoch of the log has begun: a backup was restored; it is read anew"
                );
                self.known = None;
                self.begin_to_read();
                true
            }
            Err(error) => {
                self.shared.not_read(&error);
                false
            }
        }
    }

    /// Begins to read the log from its first event, unless that is under way.
    fn begin_to_read(&mut self) {
        if self.reading.is_none() && Instant::now() >= self.read_again_at {
            let shared = Arc::clone(&self.shared);
            let task = tokio::spawn(async move { read_all(&shared).await });
            self.reading = Some(LogReading { begun: Instant::now(), task });
        }
    }

    /// Waits for the log that is being read, if it is.
    async fn wait_for_reading(&mut self, limit: Duration) {
        if self.reading.is_none() {
            return;
        }
        if let Ok(read) = time::timeout(limit, read(&mut self.reading)).await {
            self.has_read(read).await;
        }
    }

    /// Takes up what was read, and what has come since.
    async fn has_read(&mut self, read: Result<FoldedBoard, StoreError>) {
        let begun = self.reading.take().map(|reading| reading.begun);
        match read {
            Ok(known) => {
                self.known = Some(known);
                self.has_to_forget = false;
                if self.look().await {
                    self.shared.ring();
                }
            }
            Err(error) => {
                let took = begun.map_or(Duration::ZERO, |begun| begun.elapsed());
                let was_read = matches!(error, StoreError::Halted(_));
                let took = if was_read { took } else { Duration::ZERO };
                self.read_again_at =
                    Instant::now() + took.saturating_mul(READ_AGAIN).max(AWAY_POLL);
                self.shared.not_read(&error);
            }
        }
    }

    /// Writes a group, and answers each of its requests.
    async fn write(&mut self, mut jobs: Vec<AppendJob>) {
        let mut tried = self.attempt(&mut jobs).await;
        let mut delays = RETRY_DELAYS.iter();
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
                // After a failed fsync nobody knows what is on the disk, and a second one may succeed all the same: whoever
                // asked is told, and what they send again is written anew.
                Err(TransactionError::Unknown(error @ StoreError::DiskFailed(_))) => break error,
                Err(TransactionError::Nothing(error)) if !unknown => break error,
                Err(TransactionError::Nothing(error) | TransactionError::Unknown(error)) => {
                    unknown = true;
                    let Some(delay) = delays.next() else {
                        break StoreError::Unavailable(format!(
                            "whether it was written is unknown: {error}"
                        ));
                    };
                    tracing::warn!(%error, "a commit was not answered, asking again with the same ids");
                    time::sleep(*delay).await;
                    tried = self.attempt(&mut jobs).await;
                }
            }
        };
        if self.known.is_some() {
            self.shared.watch.wrote(Err(&error));
        }
        tracing::warn!(%error, "{} requests could not be written", jobs.len());
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
        jobs: &mut [AppendJob],
    ) -> Result<Vec<Result<Vec<AppendOutcome>, StoreError>>, TransactionError> {
        if self.known.is_none() {
            self.begin_to_read();
            self.wait_for_reading(READ_WAIT).await;
        }
        let Some(known) = self.known.clone() else {
            return Err(TransactionError::Nothing(self.shared.why_unread()));
        };
        let mut conn =
            self.shared.db.begin(PoolRole::Log).await.map_err(TransactionError::Nothing)?;
        #[cfg(feature = "failpoints")]
        fail::fail_point!("append-begun");
        let write = group::write(&mut conn, &known, jobs, self.shared.refire, self.has_to_forget);
        let written = match in_time(WRITE_TIMEOUT, write).await {
            Ok(written) => written,
            Err(error) => {
                conn.discard();
                return Err(TransactionError::Nothing(error));
            }
        };
        #[cfg(feature = "failpoints")]
        fail::fail_point!("append-commit");
        let committed = in_time(WRITE_TIMEOUT, async { Ok(conn.commit().await?) }).await;
        #[cfg(feature = "failpoints")]
        fail::fail_point!("append-committed");
        if let Err(error) = committed {
            conn.discard();
            return Err(TransactionError::Unknown(error));
        }
        drop(conn);
        Ok(self.committed(written).await)
    }

    /// Publishes what is on disk now.
    async fn committed(
        &mut self,
        written: CommitResult,
    ) -> Vec<Result<Vec<AppendOutcome>, StoreError>> {
        self.shared.watch.heard();
        if written.known.head.seq != written.began_at {
            self.shared.watch.wrote(Ok(()));
        }
        // What others wrote before may owe something, too, and this is the only time that it is seen as new.
        let known = self.known.as_ref().map(|known| known.head.seq);
        let owes = written.owes || known != Some(written.began_at);
        if written.redacted {
            self.forget(written.known);
            self.wait_for_reading(REDACTION_WAIT).await;
        } else {
            self.publish(written.known);
        }
        self.shared.committed(owes);
        written.answers
    }

    /// Has the log read anew, since `known` still has a text that was redacted. The last good board stays until then:
    /// whoever keeps a copy by the number of its event would keep the text under the number of the redaction.
    fn forget(&mut self, known: FoldedBoard) {
        self.known = Some(known);
        self.has_to_forget = true;
        self.begin_to_read();
    }

    fn publish(&mut self, known: FoldedBoard) {
        self.shared.watch.heard();
        if self.has_to_forget {
            self.known = Some(known);
            return;
        }
        self.shared.snapshot.send_if_modified(|snapshot| {
            let same = |board: &Arc<_>| Arc::ptr_eq(board, &known.board);
            if snapshot.freshness == Freshness::Fresh && snapshot.board.as_ref().is_some_and(same) {
                return false;
            }
            *snapshot = Snapshot::of(&known);
            true
        });
        self.known = Some(known);
    }
}

/// What the reading gives, if there is one; otherwise never.
async fn read(reading: &mut Option<LogReading>) -> Result<FoldedBoard, StoreError> {
    match reading {
        Some(reading) => (&mut reading.task)
            .await
            .unwrap_or_else(|error| Err(StoreError::Unavailable(error.to_string()))),
        None => std::future::pending().await,
    }
}

/// Reads what has come since `known`; none if a new epoch has begun.
async fn catch_up(
    shared: &StoreShared,
    known: &FoldedBoard,
) -> Result<Option<read::FoldResult>, StoreError> {
    let mut conn = shared.db.get(PoolRole::Read).await?;
    let folded = async {
        let head = read::head(&mut conn).await?;
        shared.watch.heard();
        if head.is_after_a_restore(&known.head) {
            return Ok(None);
        }
        let folded = read::fold(&mut conn, Some(known), &head, &|_| shared.watch.heard()).await?;
        Ok(Some(folded))
    }
    .await;
    if folded.is_err() {
        conn.discard();
    }
    folded
}

async fn read_all(shared: &StoreShared) -> Result<FoldedBoard, StoreError> {
    let mut conn = shared.db.get(PoolRole::Read).await?;
    let folded = async {
        let head = read::head(&mut conn).await?;
        let read = |seq| {
            shared.watch.heard();
            shared.progress.set(seq, head.seq);
        };
        read(0);
        read::fold(&mut conn, None, &head, &read).await
    }
    .await;
    if folded.is_err() {
        conn.discard();
    }
    Ok(folded?.known)
}

/// Hears PostgreSQL's notifications, so that what other processes write is seen at once. The poll is the net under it:
/// a connection that was lost says nothing, and a standby takes no listeners.
pub(crate) async fn listen(shared: Arc<StoreShared>, server: Postgres) {
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
            time::sleep(LISTEN_AGAIN).await;
        }
    };
    tokio::select! {
        () = hear => {}
        () = shared.until_closed() => {}
    }
}
