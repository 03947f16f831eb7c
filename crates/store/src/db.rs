//! Connections: SQLite or PostgreSQL, and one query body for both.
//!
//! A query is written once and stands in [`on_db!`], which expands it for each kind of connection. What really differs
//! (how a transaction begins, how the head is locked, whose clock it is) is a method of [`PooledConnection`].
//!
//! SQLite has one connection that writes, so that writers queue here instead of failing with `SQLITE_BUSY`, and a few
//! that read. PostgreSQL has a pool, and one connection more for the log, so that nothing else can starve it.

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

use crate::{StoreError, StoreSettings};

pub(crate) use postgres::Postgres;
pub(crate) use sqlite::BUSY_TIMEOUT;

/// A SQLite connection.
pub(crate) type AsyncSqliteConnection = SyncConnectionWrapper<SqliteConnection>;

/// How long a connection may take to be had.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(6);
/// How long a statement may take on a server that says nothing at all; one that still counts gives up after 5 s.
pub(crate) const STATEMENT_TIMEOUT: Duration = Duration::from_secs(6);

/// What was asked, if it is answered within `limit`. The connection is good for nothing after that.
pub(crate) async fn in_time<T>(
    limit: Duration,
    asked: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    tokio::time::timeout(limit, asked)
        .await
        .unwrap_or_else(|_elapsed| Err(StoreError::no_answer(limit)))
}

/// One query body for both databases: `on_db!(conn, c => query.load(c).await)`.
macro_rules! on_db {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
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

/// Many rows in one go: one statement on PostgreSQL, one trip to the blocking thread on SQLite.
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr $(, $conflict:ident)?) => {{
        match $conn {
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
    /// A trace of the last write by any process, where it can be had without asking the database: what the file system
    /// says of SQLite's write-ahead log.
    pub(crate) fn trace(&self) -> Option<WalFingerprint> {
        match self {
            Self::Pg { .. } => None,
            Self::Sqlite { wal, .. } => {
                let wal = std::fs::metadata(wal).ok()?;
                Some((wal.modified().ok()?, wal.len()))
            }
        }
    }

    /// Reads the URL and makes the pools; connects to nothing yet.
    pub(crate) fn open(url: &str, settings: StoreSettings) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            sqlite::open(path)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let server = Postgres::parse(url)?;
            // One is the log's, and one hears its notifications.
            let pool = server.pool(settings.connections.saturating_sub(2).max(1))?;
            Ok(Self::Pg { log: server.pool(1)?, pool, server })
        } else {
            Err(StoreError::Config(
                "the database's URL begins with sqlite: or postgres://".to_owned(),
            ))
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Pg { .. } => "postgresql",
            Self::Sqlite { .. } => "sqlite",
        }
    }

    /// A connection, within [`CONNECT_TIMEOUT`].
    pub(crate) async fn get(&self, lane: PoolRole) -> Result<PooledConnection, StoreError> {
        let get = async {
            Ok::<PooledConnection, PoolError>(match (self, lane) {
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
        let asked = Instant::now();
        let got = tokio::time::timeout(CONNECT_TIMEOUT, get).await;
        metrics::histogram!("candor_db_pool_wait_seconds").record(asked.elapsed());
        match got {
            Ok(Ok(conn)) => Ok(conn),
            Ok(Err(error)) => Err(StoreError::Unavailable(error.to_string())),
            Err(_elapsed) => Err(StoreError::Unavailable(
                "no connection could be had within 6 seconds".to_owned(),
            )),
        }
    }

    /// A connection to a database that isn't ours: nothing about it is set, and SQLite only reads it.
    pub(crate) async fn foreign(url: &str) -> Result<PooledConnection, StoreError> {
        let gone = |error: PoolError| StoreError::Unavailable(error.to_string());
        match url.strip_prefix("sqlite:") {
            Some(path) => {
                let pool = sqlite::foreign(path)?;
                Ok(PooledConnection::Sqlite(pool.get().await.map_err(gone)?))
            }
            None => {
                Ok(PooledConnection::Pg(Postgres::parse(url)?.pool(1)?.get().await.map_err(gone)?))
            }
        }
    }

    /// A connection that changes nothing, not even the kind of file that SQLite is given; none if there is no file.
    pub(crate) async fn looking(&self) -> Result<Option<PooledConnection>, StoreError> {
        let Self::Sqlite { file, .. } = self else {
            return self.get(PoolRole::Read).await.map(Some);
        };
        if matches!(file.try_exists(), Ok(false)) {
            return Ok(None);
        }
        let sqlite = sqlite::read_only(file)?.get().await;
        let mut sqlite = sqlite.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        sqlite.batch_execute("PRAGMA busy_timeout = 5000").await?;
        Ok(Some(PooledConnection::Sqlite(sqlite)))
    }

    /// A connection in a transaction that may write.
    pub(crate) async fn begin(&self, lane: PoolRole) -> Result<PooledConnection, StoreError> {
        let mut conn = self.get(lane).await?;
        match in_time(STATEMENT_TIMEOUT, async { Ok(conn.begin().await?) }).await {
            Ok(()) => Ok(conn),
            Err(error) => {
                conn.discard();
                Err(error)
            }
        }
    }
}

impl PooledConnection {
    /// Begins a transaction; on SQLite one that holds the write lock from the start, because a later upgrade of the
    /// lock fails at once, whatever the `busy_timeout`.
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

    /// Begins a transaction that reads one state of the database, however long it takes.
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

    /// Ends the transaction: COMMIT if all went well; else the connection is closed, which rolls back whatever the
    /// state it is in.
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

    /// Waits until no other transaction is alone with `key`, and is until this one ends. SQLite has one writer anyway.
    pub(crate) async fn alone_with(&mut self, key: &str) -> QueryResult<()> {
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

    /// Tells other processes that there is something new. On SQLite they look often enough.
    pub(crate) async fn notify(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(c) => c.batch_execute("NOTIFY candor_log").await,
            Self::Sqlite(_) => Ok(()),
        }
    }
}
