//! Connections to SQLite or PostgreSQL, and one query body for both.
//!
//! Each query is written once, inside [`on_db!`], which expands it for both kinds of connection. What differs (how a
//! transaction begins, how rows are locked, whose clock is used) is a method of [`PooledConnection`].
//!
//! SQLite has one connection for writing, so that writers queue here instead of failing with `SQLITE_BUSY`, and a few for
//! reading. PostgreSQL has a pool, plus one connection reserved for the log so that nothing can starve it.

mod postgres;
mod sqlite;

use std::{
    path::PathBuf,
    time::{Duration, Instant, SystemTime},
};

use diesel::{QueryResult, SqliteConnection, sql_types::BigInt};
use diesel_async::{
    AnsiTransactionManager, AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
    TransactionManager,
    pooled_connection::deadpool::{Object, Pool as Deadpool, PoolError},
    sync_connection_wrapper::SyncConnectionWrapper,
};
use jiff::Timestamp;

use crate::StoreError;

pub(crate) use postgres::Postgres;
pub(crate) use sqlite::BUSY_TIMEOUT;

/// A SQLite connection.
pub(crate) type AsyncSqliteConnection = SyncConnectionWrapper<SqliteConnection>;

/// How long a pool may take to hand out a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(6);
/// How long a statement may take on a server that does not respond at all. A healthy server cancels it after 5 s.
pub(crate) const STATEMENT_TIMEOUT: Duration = Duration::from_secs(6);

/// Waits for `work` up to `limit`. After a timeout its connection must be discarded.
pub(crate) async fn with_timeout<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    tokio::time::timeout(limit, work)
        .await
        .unwrap_or_else(|_elapsed| Err(StoreError::timeout(limit)))
}

/// One query body for both databases: `on_db!(conn, c => query.load(c).await)`, where `conn` is a [`PooledConnection`] or a
/// mutable reference to one.
macro_rules! on_db {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn.reborrow() {
            $crate::db::PooledConnection::Pg(object) => {
                let $c: &mut diesel_async::AsyncPgConnection = &mut **object;
                $body
            }
            $crate::db::PooledConnection::Sqlite(object) => {
                let $c: &mut $crate::db::AsyncSqliteConnection = &mut **object;
                $body
            }
        }
    };
}
pub(crate) use on_db;

/// Inserts many rows: by one statement per 2,000 rows on PostgreSQL, in one blocking task on SQLite.
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr $(, $conflict:ident)?) => {{
        match $conn.reborrow() {
            $crate::db::PooledConnection::Pg(object) => {
                let mut count = 0;
                // At most 65,535 parameters a statement.
                for rows in $rows.chunks(2_000) {
                    let insert = diesel::insert_into($table).values(rows)$(.$conflict())?;
                    count += diesel_async::RunQueryDsl::execute(insert, &mut **object).await?;
                }
                Ok::<usize, diesel::result::Error>(count)
            }
            $crate::db::PooledConnection::Sqlite(object) => {
                let rows = $rows;
                object
                    .spawn_blocking(move |c| {
                        rows.iter().try_fold(0, |count, row| {
                            let insert = diesel::insert_into($table).values(row)$(.$conflict())?;
                            Ok(count + diesel::RunQueryDsl::execute(insert, c)?)
                        })
                    })
                    .await
            }
        }
    }};
}
pub(crate) use insert_all;

/// What a connection is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PoolRole {
    Log,
    Write,
    Read,
}

/// The pools.
#[derive(Clone)]
pub(crate) enum Db {
    Pg {
        server: Postgres,
        log: Deadpool<AsyncPgConnection>,
        pool: Deadpool<AsyncPgConnection>,
    },
    Sqlite {
        writer: Deadpool<AsyncSqliteConnection>,
        readers: Deadpool<AsyncSqliteConnection>,
        file: PathBuf,
        wal: PathBuf,
    },
}

/// When SQLite's write-ahead log was written, and its length.
pub(crate) type WalFingerprint = (SystemTime, u64);

/// A connection out of a pool.
#[expect(clippy::large_enum_variant, reason = "it is moved once or twice; a box would cost more")]
pub(crate) enum PooledConnection {
    Pg(Object<AsyncPgConnection>),
    Sqlite(Object<AsyncSqliteConnection>),
}

impl Db {
    /// When and how SQLite's write-ahead log was last written by any process, from the file system alone.
    pub(crate) fn wal_fingerprint(&self) -> Option<WalFingerprint> {
        match self {
            Self::Pg { .. } => None,
            Self::Sqlite { wal, .. } => {
                let wal = std::fs::metadata(wal).ok()?;
                Some((wal.modified().ok()?, wal.len()))
            }
        }
    }

    /// Parses the URL and makes the pools, with up to `connections` connections to PostgreSQL. Connects to nothing yet.
    pub(crate) fn open(url: &str, connections: usize) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            sqlite::open(path)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let server = Postgres::parse(url)?;
            // One connection is the log's, and one listens for its notifications.
            let pool = server.pool(connections.saturating_sub(2).max(1))?;
            Ok(Self::Pg { log: server.pool(1)?, pool, server })
        } else {
            Err(StoreError::config("the database's URL begins with sqlite: or postgres://"))
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Pg { .. } => "postgresql",
            Self::Sqlite { .. } => "sqlite",
        }
    }

    /// A connection, within [`CONNECT_TIMEOUT`].
    pub(crate) async fn get(&self, role: PoolRole) -> Result<PooledConnection, StoreError> {
        let get = async {
            Ok::<PooledConnection, PoolError>(match (self, role) {
                (Self::Pg { log, .. }, PoolRole::Log) => PooledConnection::Pg(log.get().await?),
                (Self::Pg { pool, .. }, PoolRole::Write | PoolRole::Read) => {
                    PooledConnection::Pg(pool.get().await?)
                }
                (Self::Sqlite { writer, .. }, PoolRole::Log | PoolRole::Write) => {
                    PooledConnection::Sqlite(writer.get().await?)
                }
                (Self::Sqlite { readers, .. }, PoolRole::Read) => {
                    PooledConnection::Sqlite(readers.get().await?)
                }
            })
        };
        let started = Instant::now();
        let got = tokio::time::timeout(CONNECT_TIMEOUT, get).await;
        metrics::histogram!("candor_db_pool_wait_seconds").record(started.elapsed());
        match got {
            Ok(Ok(conn)) => Ok(conn),
            Ok(Err(error)) => Err(StoreError::unavailable("no connection").caused_by(error)),
            Err(_elapsed) => {
                Err(StoreError::unavailable("no connection could be had within 6 seconds"))
            }
        }
    }

    /// A connection to a database of another product: no settings are changed, and SQLite opens it read-only.
    pub(crate) async fn external(url: &str) -> Result<PooledConnection, StoreError> {
        let gone = |error: PoolError| StoreError::unavailable("no connection").caused_by(error);
        match url.strip_prefix("sqlite:") {
            Some(path) => {
                let pool = sqlite::external(path)?;
                Ok(PooledConnection::Sqlite(pool.get().await.map_err(gone)?))
            }
            None => {
                Ok(PooledConnection::Pg(Postgres::parse(url)?.pool(1)?.get().await.map_err(gone)?))
            }
        }
    }

    /// A connection that changes nothing, not even the journal mode of SQLite's file. None if there is no such file.
    pub(crate) async fn read_only(&self) -> Result<Option<PooledConnection>, StoreError> {
        let Self::Sqlite { file, .. } = self else {
            return self.get(PoolRole::Read).await.map(Some);
        };
        if matches!(file.try_exists(), Ok(false)) {
            return Ok(None);
        }
        let sqlite = sqlite::read_only(file)?.get().await;
        let mut sqlite =
            sqlite.map_err(|error| StoreError::unavailable("no connection").caused_by(error))?;
        sqlite.batch_execute("PRAGMA busy_timeout = 5000").await?;
        Ok(Some(PooledConnection::Sqlite(sqlite)))
    }

    /// A connection in a transaction that may write.
    pub(crate) async fn begin(&self, role: PoolRole) -> Result<PooledConnection, StoreError> {
        let mut conn = self.get(role).await?;
        match with_timeout(STATEMENT_TIMEOUT, async { Ok(conn.begin().await?) }).await {
            Ok(()) => Ok(conn),
            Err(error) => {
                conn.discard();
                Err(error)
            }
        }
    }
}

impl PooledConnection {
    /// Lets [`on_db!`] take a connection by value or by reference.
    pub(crate) fn reborrow(&mut self) -> &mut Self {
        self
    }

    /// Begins a transaction. On SQLite it takes the write lock at once, because a later upgrade of the lock fails
    /// immediately, whatever the `busy_timeout`.
    async fn begin(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(c) => AnsiTransactionManager::begin_transaction(&mut **c).await,
            Self::Sqlite(c) => {
                c.spawn_blocking(|c| {
                    diesel::connection::AnsiTransactionManager::begin_transaction_sql(
                        c,
                        "BEGIN IMMEDIATE",
                    )
                })
                .await
            }
        }
    }

    /// Begins a transaction that reads a consistent snapshot of the database, however long it takes.
    pub(crate) async fn begin_reading(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(c) => {
                AnsiTransactionManager::begin_transaction(&mut **c).await?;
                c.batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").await
            }
            Self::Sqlite(c) => {
                <AsyncSqliteConnection as AsyncConnection>::TransactionManager::begin_transaction(
                    &mut **c,
                )
                .await
            }
        }
    }

    pub(crate) async fn commit(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(c) => AnsiTransactionManager::commit_transaction(&mut **c).await,
            Self::Sqlite(c) => {
                <AsyncSqliteConnection as AsyncConnection>::TransactionManager::commit_transaction(
                    &mut **c,
                )
                .await
            }
        }
    }

    /// Ends the transaction: COMMIT if `result` is fine. Otherwise closes the connection, which rolls back in any state.
    pub(crate) async fn end<T>(mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        let result = match result {
            Ok(value) => self.commit().await.map(|()| value).map_err(StoreError::from),
            Err(error) => Err(error),
        };
        if result.is_err() {
            self.discard();
        }
        result
    }

    /// Closes the connection instead of giving it back.
    pub(crate) fn discard(self) {
        match self {
            Self::Pg(c) => drop(Object::take(c)),
            Self::Sqlite(c) => drop(Object::take(c)),
        }
    }

    /// The database's own clock; the process's for SQLite, which has no other.
    pub(crate) async fn now(&mut self) -> QueryResult<Timestamp> {
        #[derive(diesel::QueryableByName)]
        struct DatabaseNow {
            #[diesel(sql_type = BigInt)]
            micros: i64,
        }
        let clock = self.clock();
        let micros = match self {
            Self::Pg(c) => {
                let query = diesel::sql_query(format!("SELECT {clock} AS micros"));
                RunQueryDsl::get_result::<DatabaseNow>(query, &mut **c).await?.micros
            }
            Self::Sqlite(_) => Timestamp::now().as_microsecond(),
        };
        Timestamp::from_microsecond(micros)
            .map_err(|error| diesel::result::Error::DeserializationError(error.into()))
    }

    /// The database's own clock as an expression, in microseconds; the same clock as [`Self::now`].
    pub(crate) fn clock(&self) -> &'static str {
        match self {
            Self::Pg(_) => "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
            Self::Sqlite(_) => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
        }
    }

    /// Takes an exclusive lock on `key` until the end of this transaction. SQLite has one writer anyway.
    pub(crate) async fn lock_key(&mut self, key: &str) -> QueryResult<()> {
        match self {
            Self::Pg(c) => {
                let lock =
                    diesel::sql_query("SELECT pg_advisory_xact_lock(20261128, hashtext($1))")
                        .bind::<diesel::sql_types::Text, _>(key.to_owned());
                lock.execute(&mut **c).await.map(drop)
            }
            Self::Sqlite(_) => Ok(()),
        }
    }

    /// Notifies other processes that there is something new. On SQLite they poll often enough.
    pub(crate) async fn notify(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(c) => c.batch_execute("NOTIFY candor_log").await,
            Self::Sqlite(_) => Ok(()),
        }
    }
}
