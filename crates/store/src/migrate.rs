//! The schema: embedded migrations, run in one go, and the refusal of a database that a newer version has changed so that
//! this one can't work on it.
//!
//! A newer version's migrations are no hindrance as long as they only add (`migrations/README.md`): while a new version
//! is rolled out, or rolled back, processes of both start over one database. A migration that takes something away says
//! so in its version, which every database keeps.

use diesel::{
    QueryDsl, QueryResult, QueryableByName,
    migration::{Migration, MigrationSource, MigrationVersion},
    sql_types::Text,
};
use diesel_async::{
    AnsiTransactionManager, AsyncMigrationHarness, RunQueryDsl, SimpleAsyncConnection,
    TransactionManager,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use uuid::Uuid;

use crate::{
    StoreError, chain,
    db::{Db, PoolRole, PooledConnection, on_db},
    schema::log_head,
};

pub(crate) const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
pub(crate) const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Held while migrations run, so that of two processes that start together one waits. The number is arbitrary. All of it
/// ends with the transaction: behind a pooler the next client gets this connection as it was.
const POSTGRES_LOCK: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
                             SET LOCAL idle_in_transaction_session_timeout = 0; \
                             SELECT pg_advisory_xact_lock(20261121000100)";

/// How the version of a migration ends that takes away what older programs need.
const CONTRACT: &str = "contract";

type Boxed<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What is done with a database's migrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Run what is missing.
    Up,
    /// Take all of it back.
    #[cfg(feature = "testing")]
    Down,
}

/// Brings the schema up to date; the names of what was applied. Where nothing is missing nothing is written, so that a
/// standby is as good as any.
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

/// The names of the migrations that are missing. Only looks: the database may be somebody else's.
pub(crate) async fn pending(db: &Db) -> Result<Vec<String>, StoreError> {
    match db.looking().await? {
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
        on_db!(&mut *conn, c => diesel::sql_query(query).load(c).await);
    let applied = match applied.map_err(StoreError::from) {
        Err(StoreError::NotMigrated(_)) => Vec::new(),
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

/// The names of the migrations that `task` ran, all of them in one transaction.
pub(crate) async fn run(db: &Db, task: Task) -> Result<Vec<String>, StoreError> {
    let ran = match db {
        Db::Pg { server, .. } => {
            let mut conn =
                server.connect().await.map_err(|e| StoreError::Unavailable(e.to_string()))?;
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
            // One transaction around all of them: of two processes that start together one waits.
            conn.spawn_blocking(move |conn| {
                Ok(conn.immediate_transaction(|conn| step(conn, SQLITE, task).map_err(Failed)))
            })
            .await?
            .map_err(|Failed(error)| error)
        }
    };
    ran.map_err(|error| match error.downcast::<diesel::result::Error>() {
        Ok(error) => (*error).into(),
        Err(error) => StoreError::Query(error.to_string()),
    })
}

/// How many migrations this program has for this database.
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
    StoreError::NewerDatabase(format!(
        "this database was made by a newer version of Candor (it has the migration {version}); upgrade the program, \
         or restore a backup made by this version"
    ))
}

/// Whether the log has its name.
async fn is_named(conn: &mut PooledConnection) -> Result<bool, StoreError> {
    let heads: i64 = on_db!(conn, c => log_head::table.count().get_result(c).await)?;
    Ok(heads > 0)
}

/// Gives a new log its name, from which its first `prev_hash` comes, so that logs can't be spliced.
async fn name_the_log(db: &Db) -> Result<(), StoreError> {
    let mut conn = db.begin(PoolRole::Write).await?;
    let result = async {
        if !is_named(&mut conn).await? {
            use diesel::ExpressionMethods;
            let log_id = Uuid::now_v7().to_string();
            let row = (
                log_head::id.eq(1),
                log_head::log_id.eq(&log_id),
                log_head::seq.eq(0),
                log_head::hash.eq(chain::genesis(&log_id)),
            );
            on_db!(&mut conn, c => {
                diesel::insert_into(log_head::table).values(row).on_conflict_do_nothing().execute(c).await
            })?;
        }
        Ok(())
    }
    .await;
    conn.end(result).await
}
