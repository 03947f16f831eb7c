//! The log's task: the only place in a process that writes the log, and the one that follows what other processes write.
//!
//! It owns the board. Requests that wait at the same time are written together (group commit), with one fsync for up to
//! 64 of them. The board is published after COMMIT, never before.
//!
//! Reading a long log from its first event takes too long to wait for (a minute for some million events), so that runs
//! beside the task: at the start, after a redaction, and when a new epoch has begun.

mod reading;

use std::{sync::Arc, time::Duration};

use futures::StreamExt;
use tokio::{
    sync::mpsc,
    time::{self, Instant},
};

use crate::{
    append_request::{AppendJob, JobReply},
    db::{Db, PoolRole, Postgres, WalFingerprint, with_timeout},
    error::{StoreError, StoreErrorKind},
    fold::FoldedBoard,
    group_commit::{self, CommitResult},
    shared::StoreShared,
    snapshot::{Freshness, Snapshot},
};
use reading::{LogReading, catch_up, read, read_all};

/// At most this many requests are written in one transaction.
const MAX_BATCH: usize = 64;
/// How long a transaction of the log may take, and how long its COMMIT. The server's own limits (5 s per statement) come
/// first, unless it does not respond at all.
const WRITE_TIMEOUT: Duration = Duration::from_secs(6);
/// Retry delays after a COMMIT whose outcome is unknown.
const RETRY_DELAYS: [Duration; 3] =
    [Duration::from_millis(100), Duration::from_millis(400), Duration::from_millis(1_600)];

/// How often SQLite's file is checked for writes by other processes, such as a confirmation on the command line. SQLite
/// has no notifications, and a mail should be on its way at once.
const SQLITE_POLL_INTERVAL: Duration = Duration::from_millis(20);
/// How often the database is asked in any case, should PostgreSQL's notifications or the check of the file fail.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// How long to wait before asking a database again that does not answer.
const UNREACHABLE_POLL_INTERVAL: Duration = Duration::from_millis(500);
/// How long a request waits for a log that is still being read.
const READ_TIMEOUT: Duration = Duration::from_secs(5);
/// How long to wait for the board without a redacted text. After that the old one stays until the new one is ready.
const REDACTION_TIMEOUT: Duration = Duration::from_secs(2);
/// After an event that can't be read, the next try starts after this many times as long as the last one took.
const REREAD_FACTOR: u32 = 5;
/// How long to wait before listening again after the connection was lost or refused.
const LISTEN_RETRY_DELAY: Duration = Duration::from_secs(1);

/// The state of the task.
pub(crate) struct LogTask {
    shared: Arc<StoreShared>,
    jobs: mpsc::Receiver<AppendJob>,
    /// None until the log was read.
    known: Option<FoldedBoard>,
    reading: Option<LogReading>,
    /// The known board still contains a text that was redacted, and isn't published.
    has_redacted_text: bool,
    /// When the log may be read again after a failure.
    read_again_at: Instant,
    /// The last write of any process that was seen.
    wal_fingerprint: Option<WalFingerprint>,
    polled: Instant,
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
        // What was read before needn't be read again.
        let known = shared.snapshot.borrow().folded();
        let now = Instant::now();
        Self {
            shared,
            jobs,
            known,
            reading: None,
            has_redacted_text: false,
            read_again_at: now,
            wal_fingerprint: None,
            polled: now,
        }
    }

    /// Runs until the store is closed, and every request that was taken has its answer.
    pub(crate) async fn run(mut self) {
        let period = match self.shared.db {
            Db::Sqlite { .. } => SQLITE_POLL_INTERVAL,
            Db::Pg { .. } => POLL_INTERVAL,
        };
        let mut poll = time::interval(period);
        poll.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        let shared = Arc::clone(&self.shared);
        let mut jobs = Vec::with_capacity(MAX_BATCH);
        loop {
            tokio::select! {
                biased;
                read = read(&mut self.reading) => self.has_read(read).await,
                taken = self.jobs.recv_many(&mut jobs, MAX_BATCH) => {
                    if taken == 0 {
                        break;
                    }
                    self.write(std::mem::take(&mut jobs)).await;
                }
                // Nothing new is taken; what waits is still written, and then recv_many gives 0.
                () = shared.until_closed(), if !self.jobs.is_closed() => self.jobs.close(),
                () = shared.log_grown.notified() => {
                    self.poll().await;
                }
                _ = poll.tick() => {
                    let wal_fingerprint = shared.db.wal_fingerprint();
                    if wal_fingerprint.is_some() && wal_fingerprint == self.wal_fingerprint && self.polled.elapsed() < POLL_INTERVAL {
                        continue;
                    }
                    self.wal_fingerprint = wal_fingerprint;
                    if !self.poll().await {
                        poll.reset_after(UNREACHABLE_POLL_INTERVAL);
                    }
                }
            }
        }
        if let Some(reading) = self.reading {
            reading.task.abort();
        }
    }

    /// Checks whether the log has grown; returns whether the database answered.
    async fn poll(&mut self) -> bool {
        let was_reading = self.reading.is_some();
        let answered = self.check().await;
        if self.known.is_some() && !was_reading {
            self.wait_for_reading(REDACTION_TIMEOUT).await;
        }
        answered
    }

    async fn check(&mut self) -> bool {
        self.polled = Instant::now();
        if self.has_redacted_text {
            self.begin_to_read();
        }
        let Some(known) = &self.known else {
            self.begin_to_read();
            return true;
        };
        match catch_up(&self.shared, known).await {
            Ok(Some(folded)) => {
                let grown = known.head.seq != folded.folded.head.seq;
                if folded.has_redacted {
                    self.reread(folded.folded);
                } else {
                    self.publish(folded.folded);
                }
                if grown {
                    self.shared.notify_work();
                }
                true
            }
            Ok(None) => {
                tracing::warn!(
                    "a new epoch of the log has begun: a backup was restored; it is read again"
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

    /// Starts reading the log from its first event, unless that is under way.
    fn begin_to_read(&mut self) {
        if self.reading.is_none() && Instant::now() >= self.read_again_at {
            let shared = Arc::clone(&self.shared);
            let task = tokio::spawn(async move { read_all(&shared).await });
            self.reading = Some(LogReading { begun: Instant::now(), task });
        }
    }

    /// Waits for a reading that is under way.
    async fn wait_for_reading(&mut self, limit: Duration) {
        if self.reading.is_none() {
            return;
        }
        if let Ok(read) = time::timeout(limit, read(&mut self.reading)).await {
            self.has_read(read).await;
        }
    }

    /// Continues with what was read, and with what was written since.
    async fn has_read(&mut self, read: Result<FoldedBoard, StoreError>) {
        let begun = self.reading.take().map(|reading| reading.begun);
        match read {
            Ok(known) => {
                self.known = Some(known);
                self.has_redacted_text = false;
                if self.check().await {
                    self.shared.notify_work();
                }
            }
            Err(error) => {
                let took = begun.map_or(Duration::ZERO, |begun| begun.elapsed());
                let was_read = error.kind() == StoreErrorKind::Halted;
                let took = if was_read { took } else { Duration::ZERO };
                self.read_again_at = Instant::now()
                    + took.saturating_mul(REREAD_FACTOR).max(UNREACHABLE_POLL_INTERVAL);
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
                        // The caller may be gone; what was written stays.
                        let _ = job.reply.send(answer);
                    }
                    return;
                }
                // After a failed fsync the disk's content is unknown, and a second fsync may succeed all the same. The
                // callers get the error, and what they send again is written again.
                Err(TransactionError::Unknown(error))
                    if error.kind() == StoreErrorKind::DiskFailed =>
                {
                    break error;
                }
                Err(TransactionError::Nothing(error)) if !unknown => break error,
                Err(TransactionError::Nothing(error) | TransactionError::Unknown(error)) => {
                    unknown = true;
                    let Some(delay) = delays.next() else {
                        break StoreError::unavailable("whether it was written is unknown")
                            .caused_by(error);
                    };
                    tracing::warn!(error = %error.chain(), "a commit was not answered, asking again with the same ids");
                    time::sleep(*delay).await;
                    tried = self.attempt(&mut jobs).await;
                }
            }
        };
        if self.known.is_some() {
            self.shared.watch.record_write(Err(&error));
        }
        tracing::warn!(error = %error.chain(), "{} requests could not be written", jobs.len());
        // Requests that came meanwhile would only wait for the same failure: better an answer now, and a retry.
        while let Ok(job) = self.jobs.try_recv() {
            jobs.push(job);
        }
        for job in jobs {
            let _ = job.reply.send(Err(error.clone()));
        }
        self.poll().await;
    }

    async fn attempt(&mut self, jobs: &mut [AppendJob]) -> Result<Vec<JobReply>, TransactionError> {
        if self.known.is_none() {
            self.begin_to_read();
            self.wait_for_reading(READ_TIMEOUT).await;
        }
        let Some(known) = self.known.clone() else {
            return Err(TransactionError::Nothing(self.shared.why_unread()));
        };
        let mut conn =
            self.shared.db.begin(PoolRole::Log).await.map_err(TransactionError::Nothing)?;
        #[cfg(feature = "failpoints")]
        fail::fail_point!("append-begun");
        let write = group_commit::write(
            &mut conn,
            &known,
            jobs,
            self.shared.refire,
            self.has_redacted_text,
        );
        let written = match with_timeout(WRITE_TIMEOUT, write).await {
            Ok(written) => written,
            Err(error) => {
                conn.discard();
                return Err(TransactionError::Nothing(error));
            }
        };
        #[cfg(feature = "failpoints")]
        fail::fail_point!("append-commit");
        let committed = with_timeout(WRITE_TIMEOUT, async { Ok(conn.commit().await?) }).await;
        #[cfg(feature = "failpoints")]
        fail::fail_point!("append-committed");
        if let Err(error) = committed {
            conn.discard();
            return Err(TransactionError::Unknown(error));
        }
        drop(conn);
        Ok(self.committed(written).await)
    }

    /// Publishes what is on disk now, and returns the replies.
    async fn committed(&mut self, written: CommitResult) -> Vec<JobReply> {
        self.shared.watch.mark_answered();
        if written.folded.head.seq != written.began_at {
            self.shared.watch.record_write(Ok(()));
        }
        // Other processes may have written outbox entries just before, and only now are those seen as new.
        let known = self.known.as_ref().map(|known| known.head.seq);
        let owes = written.has_outbox_entries || known != Some(written.began_at);
        if written.redacted {
            self.reread(written.folded);
            self.wait_for_reading(REDACTION_TIMEOUT).await;
        } else {
            self.publish(written.folded);
        }
        self.shared.committed(owes);
        written.replies
    }

    /// Has the log read again, since `known` still contains a text that was redacted. Until then the last good board
    /// stays: a reader that caches by event number would otherwise keep the text under the number of the redaction.
    fn reread(&mut self, known: FoldedBoard) {
        self.known = Some(known);
        self.has_redacted_text = true;
        self.begin_to_read();
    }

    fn publish(&mut self, known: FoldedBoard) {
        self.shared.watch.mark_answered();
        if self.has_redacted_text {
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

/// Listens for PostgreSQL's notifications, so that writes of other processes are seen at once. The poll covers lost
/// connections, and standbys, which take no listeners.
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
                    shared.log_grown.notify_one();
                    shared.notify_work();
                }
            }
            time::sleep(LISTEN_RETRY_DELAY).await;
        }
    };
    tokio::select! {
        () = hear => {}
        () = shared.until_closed() => {}
    }
}
