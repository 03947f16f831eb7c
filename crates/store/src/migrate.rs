//! The schema: embedded migrations, run in one go, and the refusal of a database that a newer version has changed so that
//! this one can't work on it.
//!
//! A newer version's migrations are no hindrance as long as they only add (`migrations/README.md`): while a new version
//! is rolled out, or rolled back, processes of both start over one database. A migration that takes something away says
//! so in its version, which every database keeps.

use diesel::{
    QueryDsl,
    migration::{Migration, MigrationSource, MigrationVersion},
};
use diesel_async::{AsyncMigrationHarness, RunQueryDsl, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use uuid::Uuid;

use crate::{
    StoreError, chain,
    db::{Conn, Db, Lane, on_db},
    schema::log_head,
};

pub(crate) const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
pub(crate) const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Held while migrations run, so that of two processes that start together one waits. The number is arbitrary.
const POSTGRES_LOCK: &str = "SET statement_timeout = 0; SET lock_timeout = 0; \
                             SELECT pg_advisory_lock(20261121000100); SET lock_timeout = '5s'";

/// How the version of a migration ends that takes away what older programs need.
const CONTRACT: &str = "contract";

type Boxed<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What is asked of a database's migrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Run what is missing.
    Up,
    /// Take all of it back.
    #[cfg(feature = "testing")]
    Down,
    /// Only look.
    Look,
}

/// Brings the schema up to date; the names of what was applied.
pub(crate) async fn up(db: &Db) -> Result<Vec<String>, StoreError> {
    let applied = run(db, Task::Up).await?;
    name_the_log(db).await?;
    Ok(applied)
}

/// The names of the migrations that `task` ran, or would run.
pub(crate) async fn run(db: &Db, task: Task) -> Result<Vec<String>, StoreError> {
    let ran = match db {
        Db::Pg { server, .. } => {
            let mut conn =
                server.connect().await.map_err(|e| StoreError::Unavailable(e.to_string()))?;
            if task != Task::Look {
                conn.batch_execute(POSTGRES_LOCK).await?;
            }
            step(&mut AsyncMigrationHarness::new(conn), POSTGRES, task)
        }
        Db::Lite { .. } => {
            let Conn::Lite(conn) = &mut db.get(Lane::Write).await? else { return Ok(Vec::new()) };
            // One transaction around all of them: of two processes that start together one waits.
            conn.spawn_blocking(move |conn| {
                Ok(conn.immediate_transaction(|conn| step(conn, SQLITE, task).map_err(Failed)))
            })
            .await?
            .map_err(|Failed(error)| error)
        }
    };
    ran.map_err(|error| match error.downcast::<StoreError>() {
        Ok(error) => *error,
        Err(error) => StoreError::Unavailable(error.to_string()),
    })
}

/// The versions that this program knows.
pub(crate) fn versions<B: diesel::backend::Backend>(source: EmbeddedMigrations) -> Vec<String> {
    let known = MigrationSource::<B>::migrations(&source).unwrap_or_default();
    known.iter().map(|migration| migration.name().version().to_string()).collect()
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
    let contracted = harness.applied_migrations()?.into_iter().find(|applied| {
        applied.to_string().ends_with(CONTRACT)
            && !known.iter().any(|known| known.name().version() == *applied)
    });
    if let Some(version) = contracted {
        return Err(newer(&version).into());
    }
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
        Task::Look => {
            Ok(harness.pending_migrations(source)?.iter().map(|m| m.name().to_string()).collect())
        }
        Task::Up => Ok(names(harness.run_pending_migrations(source)?)),
        #[cfg(feature = "testing")]
        Task::Down => Ok(names(harness.revert_all_migrations(source)?)),
    }
}

fn newer(version: &MigrationVersion<'_>) -> StoreError {
    StoreError::NewerDatabase(format!(
        "this database was made by a newer version of Candor (it has the migration {version}); upgrade the program, \
         or restore a backup made by this version"
    ))
}

/// Gives a new log its name, from which its first `prev_hash` comes, so that logs can't be spliced.
async fn name_the_log(db: &Db) -> Result<(), StoreError> {
    let mut conn = db.begin(Lane::Write).await?;
    let result = async {
        let heads: i64 = on_db!(&mut conn, c => log_head::table.count().get_result(c).await)?;
        if heads == 0 {
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
