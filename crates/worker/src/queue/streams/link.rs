//! The connections of a process to Redis: a small pool, and one of its own for everybody who blocks.

use std::time::Duration;

use deadpool_redis::{Connection, Manager, Pool, PoolError, Runtime};
use redis::{
    AsyncConnectionConfig, Client, FromRedisValue, RedisError, RedisResult, ToRedisArgs,
    aio::MultiplexedConnection,
};
use tokio::{
    select,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use super::{GROUP, RedisProblem, RedisSettings, settings::address};
use crate::WorkerHealth;

/// How long connecting may take, and an answer to anything that doesn't block.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);
/// How often it is looked whether Redis answers.
const LOOK: Duration = Duration::from_secs(5);
/// Connections for what doesn't block.
const POOLED: usize = 4;

/// The way of a process to Redis; clones share it.
#[derive(Clone)]
pub(crate) struct RedisLink {
    client: Client,
    pool: Pool,
    prefix: String,
    health: WorkerHealth,
}

impl RedisLink {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// The settings can't be used.
    pub(crate) fn new(
        settings: &RedisSettings,
        health: WorkerHealth,
    ) -> Result<Self, RedisProblem> {
        let client = settings.client()?;
        let wrong = |error: &dyn std::fmt::Display| RedisProblem::Settings(error.to_string());
        let manager =
            Manager::new_with_config(client.get_connection_info().clone(), patience(PATIENCE))
                .map_err(|error| wrong(&error))?;
        let pool = Pool::builder(manager)
            .max_size(POOLED)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(PATIENCE))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| wrong(&error))?;
        Ok(Self { client, pool, prefix: settings.prefix.clone(), health })
    }

    /// The key of a queue's stream.
    pub(super) fn key(&self, queue: &str) -> String {
        key(&self.prefix, queue)
    }

    /// A connection of its own for one who blocks up to `block`.
    pub(super) async fn dedicated(&self, block: Duration) -> RedisResult<MultiplexedConnection> {
        // Not without a limit: a Redis that froze would never be left.
        let config = patience(block + PATIENCE);
        self.client.get_multiplexed_async_connection_with_config(&config).await
    }

    /// Runs a script on the stream of `queue`; its own `ARGV` begin with the group.
    pub(super) async fn eval<T: FromRedisValue>(
        &self,
        script: &str,
        queue: &str,
        arguments: &[impl ToRedisArgs],
    ) -> Result<T, String> {
        let mut eval = redis::cmd("EVAL");
        eval.arg(script).arg(1).arg(self.key(queue)).arg(GROUP).arg(arguments);
        let mut conn = self.pooled().await?;
        eval.query_async(&mut conn).await.map_err(|error| error.to_string())
    }

    /// Ends the blocking command of that connection, if it is in one.
    pub(super) async fn unblock(&self, client: u64) {
        let Ok(mut conn) = self.pooled().await else { return };
        let mut unblock = redis::cmd("CLIENT");
        let unblocked: RedisResult<()> =
            unblock.arg("UNBLOCK").arg(client).query_async(&mut conn).await;
        if let Err(error) = unblocked {
            tracing::debug!(%error, "the read can't be ended; it ends by itself");
        }
    }

    /// Looks every now and then whether Redis answers: also a process that doesn't need it now shall know.
    pub(crate) async fn watch(&self, stop: &CancellationToken) {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            select! {
                () = stop.cancelled() => return,
                _ = look.tick() => {}
            }
            let answers = self.pooled().await;
            self.report("looking", answers.err().as_deref());
        }
    }

    /// A connection out of the pool, which has just answered.
    async fn pooled(&self) -> Result<Connection, String> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error.to_string(),
            PoolError::Timeout(_) => format!("no answer within {} s", PATIENCE.as_secs()),
            PoolError::Closed | PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
                error.to_string()
            }
        })
    }

    /// A part of this process has trouble with Redis, or none any more.
    pub(super) fn report(&self, part: &str, trouble: Option<&str>) {
        let told =
            trouble.map(|why| format!("{}: {why}", address(self.client.get_connection_info())));
        if self.health.set_redis(part, told.as_deref()) {
            match told {
                Some(why) => tracing::warn!(part, why, "Redis is away; SQL is asked instead"),
                None => tracing::info!(part, "Redis is back"),
            }
        }
    }
}

/// The key of a queue's stream.
pub(super) fn key(prefix: &str, queue: &str) -> String {
    format!("{prefix}:queue:{queue}")
}

/// How long this client waits: its own default of 500 ms is less than a blocking read takes.
pub(super) fn patience(answer: Duration) -> AsyncConnectionConfig {
    AsyncConnectionConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(answer))
}

/// Makes the group at the beginning of the stream (an entry that came before the group is not passed over), and both if
/// they are missing.
pub(super) async fn make_group(conn: &mut MultiplexedConnection, key: &str) -> RedisResult<()> {
    let mut create = redis::cmd("XGROUP");
    create.arg("CREATE").arg(key).arg(GROUP).arg(0).arg("MKSTREAM");
    let made: Result<(), RedisError> = create.query_async(conn).await;
    made.or_else(|error| if error.code() == Some("BUSYGROUP") { Ok(()) } else { Err(error) })
}
