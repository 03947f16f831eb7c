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
mod error;
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
mod shared;
mod snapshot;
mod subscriber;
mod task;
#[cfg(feature = "testing")]
mod testing;
mod verify;
mod wal;
mod watch;

use std::{
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
    time::Duration,
};

use candor_core::Board;
use jiff::{SignedDuration, Timestamp};
use tokio::{
    runtime::Runtime,
    sync::{Notify, mpsc, watch as changes},
    task::JoinHandle,
};
use tracing::Instrument as _;

pub use append::{AppendOutcome, AppendRequest, Series};
pub use chat::{ChatMessage, ChatRoom, SlackChannel, Thread};
pub use counts::{LogCounts, PoolStatus, SubscriberCount};
pub use error::StoreError;
pub use ledger::{
    AttemptOutcome, Claim, DeliveryContent, DeliveryRecipient, DeliveryRow, DeliveryState,
    Expanded, HostLimit, QueueDepth, UnreadableEntry, WorkerCapacity, WorkerCount,
};
pub use log::{NotedHead, StoredEvent, VerifyReport};
pub use operator::OperatorRow;
pub use snapshot::{Freshness, Snapshot};
pub use subscriber::{
    ConfirmOutcome, SubscribeOutcome, SubscriberId, SubscriberRow, SubscriberState, UNCONFIRMED,
};
pub use verify::Verifier;

use db::{Db, PoolRole, in_time};
use group::AppendJob;
use shared::{ReadProgress, StoreShared, Turns};

/// Requests that may wait for the log; whoever comes then waits for a place.
const WAITING: usize = 1_024;
/// How long anything else may take that is asked of a server; SQLite is in this process and can't be silent.
const RUN_TIMEOUT: Duration = Duration::from_secs(20);

/// How a process uses its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreSettings {
    /// How many connections the process makes to PostgreSQL at most; 3 are the least that it can do with. SQLite has
    /// as many as it needs.
    pub connections: usize,
    /// How long after its dismissal a suspicion is taken up again by an alert; see [`candor_core::CommandContext`].
    pub refire: SignedDuration,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self { connections: 10, refire: candor_core::CommandContext::DEFAULT_REFIRE }
    }
}

/// A handle on the database; clones share it.
///
/// The work is done on threads of the store's own, so that it may be asked from any runtime, and so that a caller who
/// goes away never cuts a transaction in two.
#[derive(Clone)]
pub struct Store {
    inner: Arc<StoreInner>,
}

struct StoreInner {
    shared: Arc<StoreShared>,
    /// The way to the log's task, once it was started.
    jobs: Mutex<Option<(mpsc::Sender<AppendJob>, JoinHandle<()>)>>,
    /// None only while it is dropped.
    runtime: Option<Runtime>,
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".to_owned())
}

impl Drop for StoreInner {
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

    /// Whether [`Store::open`] takes this URL.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn check_url(url: &str) -> Result<(), StoreError> {
        Db::open(url, StoreSettings::default()).map(drop)
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
        let unread = Freshness::Unread { since: Timestamp::now() };
        let snapshot =
            Snapshot { board: None, head_hash: None, epoch: 0, freshness: unread, head: None };
        let shared = Arc::new(StoreShared {
            db,
            snapshot: changes::Sender::new(snapshot),
            work: changes::Sender::new(0),
            closed: changes::Sender::new(false),
            nudge: Notify::new(),
            watch: watch::DatabaseWatch::default(),
            progress: ReadProgress::default(),
            rooms: AtomicBool::new(false),
            refire: settings.refire,
            sizes: counts::TableSizes::default(),
            asking: Turns::default(),
        });
        Ok(Self {
            inner: Arc::new(StoreInner { shared, jobs: Mutex::new(None), runtime: Some(runtime) }),
        })
    }

    /// Which database it is: `sqlite` or `postgresql`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.inner.shared.db.kind()
    }

    /// Brings the schema up to date; the names of what was applied. Writes nothing if nothing is missing.
    ///
    /// # Errors
    /// The database can't be reached, or a newer version made it.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        self.run_long(async move |db| migrate::up(&db).await).await
    }

    /// How many migrations are missing. Only looks.
    ///
    /// # Errors
    /// The database can't be reached, or a newer version made it.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        self.run(async move |db| migrate::pending(&db).await.map(|names| names.len())).await
    }

    /// Whether the database holds no Candor at all: none of its migrations was ever run. Only looks.
    ///
    /// # Errors
    /// The database can't be reached, or a newer version made it.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        self.run(async move |db| {
            let pending = migrate::pending(&db).await?;
            Ok(pending.len() == migrate::known(&db))
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

    /// Reads on from what this process has read before.
    async fn known(&self) -> Result<read::FoldedBoard, StoreError> {
        let shared = Arc::clone(&self.inner.shared);
        self.run_long(async move |db| {
            let mut conn = db.get(PoolRole::Read).await?;
            let head = read::head(&mut conn).await?;
            let before = shared.snapshot.borrow().known();
            let before = before.filter(|before| !head.is_after_a_restore(&before.head));
            let known = read::fold(&mut conn, before.as_ref(), &head, &|_| {}).await?.known;
            // Whoever follows the log keeps it up to date; otherwise the next who asks begins here.
            shared.snapshot.send_if_modified(|snapshot| {
                let unread = matches!(snapshot.freshness, Freshness::Unread { .. });
                if unread {
                    snapshot.board = Some(Arc::clone(&known.board));
                    snapshot.head = Some(known.head.clone());
                }
                false
            });
            Ok(known)
        })
        .await
    }

    /// The board as it changes; a new value after each commit, own or other processes', and on a change of freshness.
    #[must_use]
    pub fn snapshot(&self) -> changes::Receiver<Snapshot> {
        self.inner.shared.snapshot.subscribe()
    }

    /// Rings whenever there may be new work in the ledger (a commit with follow-ups or owed mails was made or seen).
    #[must_use]
    pub fn work(&self) -> changes::Receiver<u64> {
        self.inner.shared.work.subscribe()
    }

    /// Whether the database could be written when that was tried last; it is tried every 10 seconds, if nothing else
    /// was written meanwhile. Asks nobody.
    ///
    /// # Errors
    /// It could not, and why.
    pub fn writable(&self) -> Result<(), StoreError> {
        self.inner.shared.watch.trouble().map_or(Ok(()), Err)
    }

    /// Begins a new epoch of the log `log_id` if its event `seq` isn't the one with this `hash` (in hexadecimal), which was noted
    /// in `epoch`: the log was restored from a backup, and from here on the same numbers name other events. The epoch
    /// that has begun, if one has.
    ///
    /// # Errors
    /// The database can't be reached, or takes no writes.
    pub async fn begin_epoch_unless(
        &self,
        log_id: &str,
        epoch: u32,
        seq: u64,
        hash: &str,
    ) -> Result<Option<u32>, StoreError> {
        let (log_id, hash) = (log_id.to_owned(), hash.to_owned());
        let began = self
            .run(async move |db| {
                let mut conn = db.begin(PoolRole::Write).await?;
                let began = read::begin_epoch_unless(&mut conn, &log_id, epoch, seq, &hash).await;
                conn.end(began).await
            })
            .await?;
        self.inner.shared.nudge.notify_one();
        Ok(began)
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
    fn jobs(&self) -> Option<mpsc::Sender<AppendJob>> {
        let StoreInner { shared, jobs, runtime } = &*self.inner;
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
        if jobs.is_none() {
            runtime.spawn(watch::watch(Arc::clone(shared)));
            if let Db::Sqlite { .. } = &shared.db {
                runtime.spawn(wal::tend(Arc::clone(shared)));
            }
            if let Db::Pg { server, .. } = &shared.db {
                runtime.spawn(task::listen(Arc::clone(shared), server.clone()));
            }
        }
        *jobs = Some((sender.clone(), task));
        Some(sender)
    }

    /// Does the work on the store's own threads, to its end, also when the caller goes away, or has waited for
    /// [`RUN_TIMEOUT`].
    async fn run<T, W, F>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(Db) -> F,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        match self.inner.shared.db {
            Db::Pg { .. } => in_time(RUN_TIMEOUT, self.run_long(work)).await,
            Db::Sqlite { .. } => self.run_long(work).await,
        }
    }

    /// The same for work that takes as long as the log, or a list, is.
    async fn run_long<T, W, F>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(Db) -> F,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let Some(runtime) = &self.inner.runtime else { return Err(closed()) };
        let work = work(self.inner.shared.db.clone()).in_current_span();
        let result = match runtime.spawn(work).await {
            Ok(result) => result,
            Err(error) => Err(StoreError::Unavailable(error.to_string())),
        };
        result.inspect_err(StoreError::count)
    }
}
