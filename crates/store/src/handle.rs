//! The handle on a database, and how every other module runs its queries: [`Store::read`], [`Store::transaction`].

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use tokio::{
    runtime::Runtime,
    sync::{mpsc, watch},
    task::JoinHandle,
};
use tracing::Instrument as _;

use crate::{
    append_request::AppendJob,
    db::{Db, PoolRole, PooledConnection, with_timeout},
    error::StoreError,
    shared::StoreShared,
    snapshot::Snapshot,
};

/// How long a call may take on a server. SQLite is in this process and always answers.
const CALL_TIMEOUT: Duration = Duration::from_secs(20);

/// How a process uses its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreSettings {
    /// The maximum number of connections to PostgreSQL; at least 3 are needed. SQLite ignores it.
    pub connections: usize,
    /// How long after its dismissal an alert takes a suspicion up again; see [`candor_core::CommandContext`].
    pub refire: SignedDuration,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self { connections: 10, refire: candor_core::CommandContext::DEFAULT_REFIRE }
    }
}

/// A handle on a database; clones share it.
///
/// Queries run on threads of the store's own, so that it can be called from any runtime, and so that a caller who is
/// dropped never interrupts a transaction.
///
/// # Errors
/// Every method that is `async` fails with a [`StoreError`] when the database can't be reached; its documentation names
/// other reasons only.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<StoreInner>,
}

/// What the clones of a handle share.
pub(crate) struct StoreInner {
    pub(crate) shared: Arc<StoreShared>,
    /// The channel to the log's task, once that was started.
    pub(crate) jobs: Mutex<Option<(mpsc::Sender<AppendJob>, JoinHandle<()>)>>,
    /// None only while it is dropped.
    pub(crate) runtime: Option<Runtime>,
}

/// The error of every call after [`Store::close`].
pub(crate) fn store_closed() -> StoreError {
    StoreError::unavailable("the store is closed")
}

impl Drop for StoreInner {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Doesn't wait: the last handle may be dropped on a thread that must not block.
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
    /// The URL can't be used.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, StoreSettings::default())
    }

    /// Whether [`Store::open`] takes this URL.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn check_url(url: &str) -> Result<(), StoreError> {
        Db::open(url, StoreSettings::default().connections).map(drop)
    }

    /// As [`Store::open`], with these settings.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(url: &str, settings: StoreSettings) -> Result<Self, StoreError> {
        let db = Db::open(url, settings.connections)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("candor-store")
            .enable_all()
            .build()
            .map_err(|error| StoreError::config("no threads for the store").caused_by(error))?;
        let shared = Arc::new(StoreShared::new(db, settings.refire));
        let jobs = Mutex::new(None);
        Ok(Self { inner: Arc::new(StoreInner { shared, jobs, runtime: Some(runtime) }) })
    }

    /// Which database it is: `sqlite` or `postgresql`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.inner.shared.db.kind()
    }

    /// The board as it changes: a new value after each commit by any process, and on a change of freshness.
    #[must_use]
    pub fn snapshot(&self) -> watch::Receiver<Snapshot> {
        self.inner.shared.snapshot.subscribe()
    }

    /// Changes whenever there may be something new to send.
    #[must_use]
    pub fn work(&self) -> watch::Receiver<u64> {
        self.inner.shared.work.subscribe()
    }

    /// Whether the last write succeeded. Without other writes, one is tried every 10 seconds. Doesn't ask the database.
    ///
    /// # Errors
    /// The last write failed, and why.
    pub fn writable(&self) -> Result<(), StoreError> {
        self.inner.shared.watch.write_error().map_or(Ok(()), Err)
    }

    /// The time by the database's clock, which all processes share. SQLite's is this machine's.
    pub async fn now(&self) -> Result<Timestamp, StoreError> {
        self.read("ask for the time", async move |mut conn| Ok(conn.now().await?)).await
    }

    /// The version of PostgreSQL, such as `15.4`. None for SQLite, which is part of this program.
    ///
    /// # Errors
    /// The database is behind a pooler that doesn't give each client a connection of its own.
    pub async fn server_version(&self) -> Result<Option<String>, StoreError> {
        self.run("ask for the server's version", async move |db| match &db {
            Db::Pg { server, .. } => server.version().await.map(Some),
            Db::Sqlite { .. } => Ok(None),
        })
        .await
    }

    /// Runs queries that read, on one connection.
    pub(crate) async fn read<T, W, F>(
        &self,
        attempt: &'static str,
        work: W,
    ) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(PooledConnection) -> F + Send + 'static,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        self.run(attempt, async move |db| work(db.get(PoolRole::Read).await?).await).await
    }

    /// Runs queries in one transaction: COMMIT if `work` succeeds, else ROLLBACK.
    pub(crate) async fn transaction<T, W>(
        &self,
        attempt: &'static str,
        work: W,
    ) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut PooledConnection) -> BoxFuture<'c, Result<T, StoreError>>
            + Send
            + 'static,
    {
        self.run(attempt, async move |db| transaction(&db, work).await).await
    }

    /// Runs `work` on the store's own threads, to its end, even when the caller is dropped or has waited for
    /// [`CALL_TIMEOUT`].
    pub(crate) async fn run<T, W, F>(&self, attempt: &'static str, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(Db) -> F,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let running = self.run_long(attempt, work);
        match self.inner.shared.db {
            Db::Pg { .. } => {
                let answered = with_timeout(CALL_TIMEOUT, running).await;
                answered.map_err(|error| error.attempting(attempt))
            }
            Db::Sqlite { .. } => running.await,
        }
    }

    /// As [`Store::run`], for work that takes as long as the log, or a list, is.
    pub(crate) async fn run_long<T, W, F>(
        &self,
        attempt: &'static str,
        work: W,
    ) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(Db) -> F,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let Some(runtime) = &self.inner.runtime else { return Err(store_closed()) };
        let work = work(self.inner.shared.db.clone()).in_current_span();
        let result = match runtime.spawn(work).await {
            Ok(result) => result,
            Err(error) => Err(StoreError::unavailable("the store's task ended").caused_by(error)),
        };
        result.map_err(|error| error.attempting(attempt)).inspect_err(StoreError::count)
    }
}

/// Runs queries in one transaction: COMMIT if `work` succeeds, else ROLLBACK.
pub(crate) async fn transaction<T>(
    db: &Db,
    work: impl for<'c> FnOnce(&'c mut PooledConnection) -> BoxFuture<'c, Result<T, StoreError>>,
) -> Result<T, StoreError> {
    let mut conn = db.begin(PoolRole::Write).await?;
    let result = work(&mut conn).await;
    conn.end(result).await
}

/// The content of a mutex, even after a panic in another thread.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
