//! The log, the ledger and the people in SQL: SQLite or PostgreSQL, one transaction. Nothing else knows SQL.
//!
//! * [`Store::execute`] decides a command under the lock of the log and appends what it gives, together with what is
//!   owed because of it. When it answers, it is on disk.
//! * [`Store::snapshot`] is the board as it stands, followed in memory: readers never ask the database.
//! * [`Store::claim`] and [`Store::finish`] hand out what is owed, one recipient at a time, under a lease.

mod append;
mod chain;
mod chat;
mod counts;
mod db;
mod group;
pub mod import;
mod ledger;
mod log;
mod migrate;
mod operator;
mod read;
mod row;
mod schema;
mod server;
mod subscriber;
mod task;
#[cfg(feature = "testing")]
pub mod testing;
mod verify;

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use candor_core::Board;
use jiff::Timestamp;
use metrics::{counter, histogram};
use tokio::{
    runtime::Runtime,
    sync::{Notify, mpsc, oneshot, watch},
    task::JoinHandle,
};
use tracing::Instrument as _;

pub use append::{Answer, Request, Series};
pub use chat::{ChatMessage, Room, SlackChannel, Thread};
pub use counts::{Counts, PoolStatus, SubscriberCount};
pub use ledger::{
    Claim, Content, DeliveryCounts, DeliveryRow, DeliveryState, Expanded, Outcome, QueueDepth,
    Recipient, WorkerCount,
};
pub use log::{StoredEvent, VerifyReport};
pub use operator::OperatorRow;
pub use subscriber::{SubscribeOutcome, SubscriberId, SubscriberRow, SubscriberState};

use db::{Db, Lane};
use group::{Aim, Job, Part};

/// Requests that may wait for the log; whoever comes then waits for a place.
const WAITING: usize = 1_024;

/// Why the store could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database is gone, locked or full: nothing was written, trying again can help.
    #[error("the database can't be reached: {0}")]
    Unavailable(String),
    /// The log can't be read on: a hole, an unknown event. The last good board stays.
    #[error("the log can't be read: {0}")]
    Halted(String),
    /// The database was made by a newer version of Candor.
    #[error("{0}")]
    NewerDatabase(String),
    /// The settings of the database are wrong (URL, TLS, folder).
    #[error("{0}")]
    Config(String),
}

impl StoreError {
    /// What was asked and could not be done is counted once, where it is answered.
    fn count(&self) {
        let kind = match self {
            Self::Unavailable(_) => "unavailable",
            Self::Halted(_) => "halted",
            Self::NewerDatabase(_) => "newer",
            Self::Config(_) => "config",
        };
        counter!("candor_db_errors_total", "kind" => kind).increment(1);
    }
}

/// Whether the board is what the log says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// The log was read less than a moment ago.
    Fresh,
    /// The database has not answered since then.
    Unreachable {
        /// When it was noticed.
        since: Timestamp,
        /// What the database said, or didn't.
        why: String,
    },
    /// The log can't be read on.
    Halted {
        /// When it was noticed.
        since: Timestamp,
        /// At which event, and why.
        why: String,
    },
}

/// What readers see: the last good board, and how good it is.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// None until the log was read for the first time.
    pub board: Option<Arc<Board>>,
    /// The hash of the last event (hexadecimal), with `board.seq` the head of the log.
    pub head_hash: Option<String>,
    /// Whether it is what the log says now.
    pub freshness: Freshness,
}

impl Snapshot {
    fn of(known: &read::Known) -> Self {
        Self {
            board: Some(Arc::clone(&known.board)),
            head_hash: Some(row::hex(&known.head.hash)),
            freshness: Freshness::Fresh,
        }
    }
}

/// How a process uses its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreSettings {
    /// How many connections the process makes to PostgreSQL at most; 3 are the least that it can do with. SQLite has
    /// as many as it needs.
    pub connections: usize,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self { connections: 10 }
    }
}

/// A handle on the database; clones share it.
///
/// The work is done on threads of the store's own, so that it may be asked from any runtime, and so that a caller who
/// goes away never cuts a transaction in two.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Arc<Shared>,
    /// The way to the log's task, once it was started.
    jobs: Mutex<Option<(mpsc::Sender<Job>, JoinHandle<()>)>>,
    /// None only while it is dropped.
    runtime: Option<Runtime>,
}

/// What the store's tasks share.
struct Shared {
    db: Db,
    snapshot: watch::Sender<Snapshot>,
    work: watch::Sender<u64>,
    closed: watch::Sender<bool>,
    /// Somebody says that the log has grown.
    nudge: Notify,
    /// Rooms are told by this process, so every event may mean work.
    rooms: AtomicBool,
}

impl Shared {
    /// There may be work.
    fn ring(&self) {
        self.work.send_modify(|rings| *rings = rings.wrapping_add(1));
    }

    /// Something was committed: there is work if it owes something, or if rooms have to be told.
    fn committed(&self, owes: bool) {
        if owes || self.rooms.load(Ordering::Relaxed) {
            self.ring();
        }
    }

    /// Comes back when the store was closed.
    async fn until_closed(&self) {
        // The sender stands beside it, so this can't fail.
        let _ = self.closed.subscribe().wait_for(|closed| *closed).await;
    }
}

/// What was handed in and waits for its answers.
struct Asked {
    begun: Instant,
    answers: oneshot::Receiver<Result<Vec<Answer>, StoreError>>,
}

impl Asked {
    async fn answers(self) -> Result<Vec<Answer>, StoreError> {
        let answers = self.answers.await.map_err(|_gone| closed())??;
        for answer in &answers {
            match answer {
                Answer::Appended(events) => {
                    histogram!("candor_append_duration_seconds").record(self.begun.elapsed());
                    for recorded in events {
                        let name = recorded.event.type_name();
                        counter!("candor_events_appended_total", "type" => name).increment(1);
                    }
                }
                Answer::Conflict { .. } => counter!("candor_append_conflicts_total").increment(1),
                Answer::Duplicate { .. } | Answer::Refused(_) => {}
            }
        }
        Ok(answers)
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".to_owned())
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Never waits: the last handle may be dropped on a thread that must not block.
            runtime.shutdown_background();
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

impl Store {
    /// Makes the pools for `sqlite:PATH` or `postgres://…`. Connects to nothing yet, so that a page can be served
    /// without a database.
    ///
    /// # Errors
    /// The URL can't be used: [`StoreError::Config`].
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, StoreSettings::default())
    }

    /// As [`Store::open`], with these settings.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(url: &str, settings: StoreSettings) -> Result<Self, StoreError> {
        let db = Db::open(url, settings)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("candor-store")
            .enable_all()
            .build()
            .map_err(|error| StoreError::Config(format!("no threads for the store: {error}")))?;
        let unread = Freshness::Unreachable {
            since: Timestamp::now(),
            why: "the log has not been read yet".to_owned(),
        };
        let snapshot = Snapshot { board: None, head_hash: None, freshness: unread };
        let shared = Arc::new(Shared {
            db,
            snapshot: watch::Sender::new(snapshot),
            work: watch::Sender::new(0),
            closed: watch::Sender::new(false),
            nudge: Notify::new(),
            rooms: AtomicBool::new(false),
        });
        Ok(Self {
            inner: Arc::new(Inner { shared, jobs: Mutex::new(None), runtime: Some(runtime) }),
        })
    }

    /// Which database it is: `sqlite` or `postgresql`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.inner.shared.db.kind()
    }

    /// Brings the schema up to date; the names of what was applied.
    ///
    /// # Errors
    /// The database can't be reached, or a newer version made it.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        self.run(async move |db| migrate::up(&db).await).await
    }

    /// How many migrations are missing.
    ///
    /// # Errors
    /// The database can't be reached, or a newer version made it.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        self.run(async move |db| {
            migrate::run(&db, migrate::Task::Look).await.map(|names| names.len())
        })
        .await
    }

    /// Starts the task that writes the log and follows it (other processes write too); until [`Store::close`].
    /// Returns at once; `snapshot()` tells when the log has been read.
    pub fn follow(&self) {
        let _started = self.jobs();
    }

    /// Reads the log once (for commands that end again), and returns the board.
    ///
    /// # Errors
    /// The database can't be reached, or the log can't be read.
    pub async fn load(&self) -> Result<Arc<Board>, StoreError> {
        Ok(self.known().await?.board)
    }

    /// The same with the log's head.
    ///
    /// # Errors
    /// The database can't be reached, or the log can't be read.
    pub async fn load_snapshot(&self) -> Result<Snapshot, StoreError> {
        Ok(Snapshot::of(&self.known().await?))
    }

    async fn known(&self) -> Result<read::Known, StoreError> {
        self.run(async move |db| {
            let mut conn = db.get(Lane::Read).await?;
            let head = read::head(&mut conn).await?;
            read::fold(&mut conn, None, &head).await
        })
        .await
    }

    /// The board as it changes; a new value after each commit, own or other processes', and on a change of freshness.
    #[must_use]
    pub fn snapshot(&self) -> watch::Receiver<Snapshot> {
        self.inner.shared.snapshot.subscribe()
    }

    /// Rings whenever there may be new work in the ledger (a commit with follow-ups or owed mails was made or seen).
    #[must_use]
    pub fn work(&self) -> watch::Receiver<u64> {
        self.inner.shared.work.subscribe()
    }

    /// Whether the database answers where the log ends, within `deadline`.
    ///
    /// # Errors
    /// It doesn't.
    pub async fn ping(&self, deadline: Duration) -> Result<(), StoreError> {
        let ping = self.run(async move |db| {
            let mut conn = db.get(Lane::Read).await?;
            read::head(&mut conn).await.map(drop)
        });
        tokio::time::timeout(deadline, ping).await.unwrap_or_else(|_elapsed| {
            Err(StoreError::Unavailable(format!("no answer within {deadline:?}")))
        })
    }

    /// Decides the command under the lock of the log and appends what it gives, with the follow-ups, in one
    /// transaction. When it answers, it is on disk. An unknown outcome of COMMIT is retried inside with the same ids.
    ///
    /// # Errors
    /// The database can't be reached, or the log can't be read: nothing was written, or (after a COMMIT that nobody
    /// answered) that is unknown, and the same request may be given again.
    pub async fn execute(&self, request: Request) -> Result<Answer, StoreError> {
        let span = tracing::info_span!(target: "candor::trace", "execute", source = request.source);
        let job = |reply| Job { parts: vec![Part::new(request)], aim: Aim::AsTheySay, reply };
        let ask = async { self.hand_in(job).await?.answers().await };
        let mut answers = ask.instrument(span).await.inspect_err(StoreError::count)?;
        answers.pop().ok_or_else(|| StoreError::Unavailable("the log gave no answer".to_owned()))
    }

    /// As [`Store::execute`], for several series of requests: the series one after the other, each written as one.
    /// The answers, in the same order. A refused request leaves the others of its series as they are; if the one that
    /// was to open the incident opens none, its answer is the only one.
    ///
    /// # Errors
    /// As [`Store::execute`], of the first series that failed; earlier ones are written, later ones may be.
    pub async fn execute_series(
        &self,
        series: Vec<Series>,
    ) -> Result<Vec<Vec<Answer>>, StoreError> {
        let ask = async {
            let mut asked = Vec::with_capacity(series.len());
            for Series { requests, incident } in series {
                let aim = incident.map_or(Aim::AtTheFirst, Aim::At);
                let parts = requests.into_iter().map(Part::new).collect();
                asked.push(self.hand_in(|reply| Job { parts, aim, reply }).await?);
            }
            let mut answers = Vec::with_capacity(asked.len());
            for asked in asked {
                answers.push(asked.answers().await?);
            }
            Ok(answers)
        };
        ask.await.inspect_err(StoreError::count)
    }

    async fn hand_in(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<Vec<Answer>, StoreError>>) -> Job,
    ) -> Result<Asked, StoreError> {
        let begun = Instant::now();
        let (reply, answers) = oneshot::channel();
        let jobs = self.jobs().ok_or_else(closed)?;
        jobs.send(job(reply)).await.map_err(|_closed| closed())?;
        Ok(Asked { begun, answers })
    }

    /// Ends the log's task: what was asked before is still written and answered, nothing new is taken.
    pub async fn close(&self) {
        self.inner.shared.closed.send_replace(true);
        let jobs = self.inner.jobs.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((_jobs, task)) = jobs {
            // A task that panicked has ended, too.
            let _ = task.await;
        }
    }

    /// The way to the log's task, which is started if it doesn't run; none once the store was closed.
    fn jobs(&self) -> Option<mpsc::Sender<Job>> {
        let Inner { shared, jobs, runtime } = &*self.inner;
        let mut jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let runtime = runtime.as_ref()?;
        if *shared.closed.borrow() {
            return None;
        }
        if let Some((running, _)) = jobs.as_ref().filter(|(running, _)| !running.is_closed()) {
            return Some(running.clone());
        }
        let (sender, receiver) = mpsc::channel(WAITING);
        let task = runtime.spawn(task::LogTask::new(Arc::clone(shared), receiver).run());
        if jobs.is_none()
            && let Db::Pg { server, .. } = &shared.db
        {
            runtime.spawn(task::listen(Arc::clone(shared), server.clone()));
        }
        *jobs = Some((sender.clone(), task));
        Some(sender)
    }

    /// Does the work on the store's own threads, to its end, also when the caller goes away.
    async fn run<T, W, F>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(Db) -> F,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let Some(runtime) = &self.inner.runtime else {
            return Err(StoreError::Unavailable("the store is closed".to_owned()));
        };
        let work = work(self.inner.shared.db.clone()).in_current_span();
        let result = match runtime.spawn(work).await {
            Ok(result) => result,
            Err(error) => Err(StoreError::Unavailable(error.to_string())),
        };
        result.inspect_err(StoreError::count)
    }
}
