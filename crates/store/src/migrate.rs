//! The schema: embedded migrations, run in one transaction, and the refusal of databases that this version can't use.
//!
//! Migrations of a newer version are fine as long as they only add (`migrations/README.md`): during a rollout or rollback,
//! processes of both versions start over one database. A migration that removes something says so in its version, which
//! every database keeps.

use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, QueryableByName,
    migration::{Migration, MigrationSource, MigrationVersion},
    sql_types::Text,
};
use diesel_async::{
    AnsiTransactionManager, AsyncMigrationHarness, RunQueryDsl, SimpleAsyncConnection,
    TransactionManager,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use futures::FutureExt as _;
use uuid::Uuid;

use crate::{
    chain,
    db::{Db, PoolRole, PooledConnection, on_db},
    error::{StoreError, StoreErrorKind},
    handle::{Store, transaction},
    schema::log_head,
};

pub(crate) const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
pub(crate) const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// A lock held while migrations run, so that of two processes that start together one waits. The number is arbitrary.
/// These settings end with the transaction, since behind a pooler the next client gets the same connection.
const POSTGRES_LOCK: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
                             SET LOCAL idle_in_transaction_session_timeout = 0; \
                             SELECT pg_advisory_xact_lock(20261121000100)";

/// The versions of migrations that remove what older programs need end with this.
const CONTRACT: &str = "contract";

type Boxed<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Which way migrations are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Run missing migrations.
    Up,
    /// Revert all migrations.
    #[cfg(feature = "testing")]
    Down,
}

/// Brings the schema up to date; returns the names of the migrations that were applied. Writes nothing if none is missing,
/// so that a standby is fine.
pub(crate) async fn up(db: &Db) -> Result<Vec<String>, StoreError> {
    let mut conn = db.get(PoolRole::Read).await?;
    let missing = missing(&mut conn).await?;
    if missing.is_empty() && is_named(&mut conn).await? {
        return Ok(Vec::new());
    }
    drop(conn);
    let applied = if missing.is_empty() { missing } else { run(db, Task::Up).await? };
    name_the_log(db).await?;
    Ok(applied)
}

/// The names of missing migrations. Only reads, since it may be another product's database.
pub(crate) async fn pending(db: &Db) -> Result<Vec<String>, StoreError> {
    match db.read_only().await? {
        Some(mut conn) => missing(&mut conn).await,
        None => {
            Ok(names::<diesel::sqlite::Sqlite>(SQLITE).into_iter().map(|(_, name)| name).collect())
        }
    }
}

pub(crate) async fn missing(conn: &mut PooledConnection) -> Result<Vec<String>, StoreError> {
    #[derive(QueryableByName)]
    struct Applied {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let query = "SELECT version FROM __diesel_schema_migrations";
    let applied: QueryResult<Vec<Applied>> =
        on_db!(conn, c => diesel::sql_query(query).load(c).await);
    let applied = match applied.map_err(StoreError::from) {
        Err(error) if error.kind() == StoreErrorKind::NotMigrated => Vec::new(),
        applied => applied?,
    };
    let known = match conn {
        PooledConnection::Pg(_) => names::<diesel::pg::Pg>(POSTGRES),
        PooledConnection::Sqlite(_) => names::<diesel::sqlite::Sqlite>(SQLITE),
    };
    let knows = |version: &str| known.iter().any(|(known, _)| known == version);
    let contracted = applied
        .iter()
        .find(|applied| applied.version.ends_with(CONTRACT) && !knows(&applied.version));
    if let Some(Applied { version }) = contracted {
        return Err(newer(version));
    }
    let is_missing = |version: &String| !applied.iter().any(|applied| applied.version == *version);
    let missing = known.into_iter().filter(|(version, _)| is_missing(version));
    Ok(missing.map(|(_, name)| name).collect())
}

/// The versions and names of the migrations that this program knows.
fn names<B: diesel::backend::Backend>(source: EmbeddedMigrations) -> Vec<(String, String)> {
    let known = MigrationSource::<B>::migrations(&source).unwrap_or_default();
    let names = known.iter().map(|migration| migration.name());
    let mut names: Vec<_> =
        names.map(|name| (name.version().to_string(), name.to_string())).collect();
    names.sort();
    names
}

/// Runs migrations in one transaction; returns their names.
pub(crate) async fn run(db: &Db, task: Task) -> Result<Vec<String>, StoreError> {
    let ran = match db {
        Db::Pg { server, .. } => {
            let mut conn = server
                .connect()
                .await
                .map_err(|error| StoreError::unavailable("no connection").caused_by(error))?;
            AnsiTransactionManager::begin_transaction(&mut conn).await?;
            conn.batch_execute(POSTGRES_LOCK).await?;
            let mut harness = AsyncMigrationHarness::new(conn);
            match step(&mut harness, POSTGRES, task) {
                Ok(names) => {
                    AnsiTransactionManager::commit_transaction(&mut harness.into_inner()).await?;
                    Ok(names)
                }
                Err(error) => Err(error),
            }
        }
        Db::Sqlite { .. } => {
            let PooledConnection::Sqlite(conn) = &mut db.get(PoolRole::Write).await? else {
                return Ok(Vec::new());
            };
            // In one transaction, so that of two processes that start together one waits.
            conn.spawn_blocking(move |conn| {
                Ok(conn.immediate_transaction(|conn| step(conn, SQLITE, task).map_err(Failed)))
            })
            .await?
            .map_err(|Failed(error)| error)
        }
    };
    ran.map_err(|error| match error.downcast::<diesel::result::Error>() {
        Ok(error) => (*error).into(),
        Err(error) => StoreError::new(StoreErrorKind::Query, "a migration failed").caused_by(error),
    })
}

/// The number of migrations that this program has for this database.
pub(crate) fn known(db: &Db) -> usize {
    match db {
        Db::Pg { .. } => names::<diesel::pg::Pg>(POSTGRES).len(),
        Db::Sqlite { .. } => names::<diesel::sqlite::Sqlite>(SQLITE).len(),
    }
}

/// An error that rolls a transaction back.
struct Failed(Box<dyn std::error::Error + Send + Sync>);

impl From<diesel::result::Error> for Failed {
    fn from(error: diesel::result::Error) -> Self {
        Self(error.into())
    }
}

fn step<B: diesel::backend::Backend>(
    harness: &mut impl MigrationHarness<B>,
    source: EmbeddedMigrations,
    task: Task,
) -> Boxed<Vec<String>> {
    let known = MigrationSource::<B>::migrations(&source)?;
    let names = |versions: Vec<MigrationVersion<'_>>| {
        let of = |version: &MigrationVersion<'_>| {
            known
                .iter()
                .find(|known| known.name().version() == *version)
                .map_or_else(|| version.to_string(), |known| known.name().to_string())
        };
        versions.iter().map(of).collect()
    };
    match task {
        Task::Up => Ok(names(harness.run_pending_migrations(source)?)),
        #[cfg(feature = "testing")]
        Task::Down => Ok(names(harness.revert_all_migrations(source)?)),
    }
}

fn newer(version: &str) -> StoreError {
    StoreError::new(
        StoreErrorKind::NewerDatabase,
        format!(
            "this database was made by a newer version of Candor (it has the migration {version}); upgrade the program, \
             or restore a backup made by this version"
        ),
    )
}

/// Whether the log has its id.
async fn is_named(conn: &mut PooledConnection) -> Result<bool, StoreError> {
    let heads: i64 = on_db!(conn, c => log_head::table.count().get_result(c).await)?;
    Ok(heads > 0)
}

/// Gives a new log its id, from which its first `prev_hash` is computed, so that logs can't be spliced.
async fn name_the_log(db: &Db) -> Result<(), StoreError> {
    transaction(db, |conn| {
        async move {
            if is_named(conn).await? {
                return Ok(());
            }
            let log_id = Uuid::now_v7().to_string();
            let row = (
                log_head::id.eq(1),
                log_head::log_id.eq(&log_id),
                log_head::seq.eq(0),
                log_head::hash.eq(chain::genesis(&log_id)),
            );
            on_db!(conn, c => {
                diesel::insert_into(log_head::table)
                    .values(row)
                    .on_conflict_do_nothing()
                    .execute(c)
                    .await
            })?;
            Ok(())
        }
        .boxed()
    })
    .await
}

impl Store {
    /// Brings the schema up to date; returns the names of the migrations that were applied. Writes nothing if none is
    /// missing.
    ///
    /// # Errors
    /// A newer version made the database.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        self.run_long("migrate", async move |db| up(&db).await).await
    }

    /// The number of missing migrations. Only reads.
    ///
    /// # Errors
    /// A newer version made the database.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        self.run("read the migrations", async move |db| pending(&db).await.map(|names| names.len()))
            .await
    }

    /// Whether the database holds no Candor at all: none of its migrations was ever run. Only reads.
    ///
    /// # Errors
    /// A newer version made the database.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        self.run("read the migrations", async move |db| Ok(pending(&db).await?.len() == known(&db)))
            .await
    }
}
