//! The connections of a process to Redis: a small pool, and one for each reader, since readers block.

use std::time::Duration;

use candor_store::Queue;
use deadpool_redis::{Connection, Manager, Pool, PoolError, Runtime};
use redis::{
    AsyncConnectionConfig, Client, Cmd, FromRedisValue, Pipeline, RedisError, RedisResult,
    aio::MultiplexedConnection,
};
use tokio::time::{MissedTickBehavior, interval};

use super::{RedisProblem, RedisSettings, key, settings::address};
use crate::health::WorkerHealth;

/// How long connecting, or the answer to a command that doesn't block, may take.
pub(super) const REDIS_TIMEOUT: Duration = Duration::from_secs(2);
/// How often it is checked whether Redis answers.
const CHECK_INTERVAL: Duration = Duration::from_secs(5);
/// Connections for commands that don't block.
const POOL_SIZE: usize = 4;

/// Why Redis did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum LinkError {
    /// It can't be reached, or refused the command.
    #[error(transparent)]
    Redis(#[from] RedisError),
    /// No connection of the pool got an answer.
    #[error("no answer within {} s", REDIS_TIMEOUT.as_secs())]
    Timeout,
    /// The pool itself fails.
    #[error(transparent)]
    Pool(PoolError),
}

/// A process's connections to Redis; clones share them.
#[derive(Clone)]
pub(crate) struct RedisLink {
    client: Client,
    pool: Pool,
    prefix: String,
    health: WorkerHealth,
}

impl RedisLink {
    /// Doesn't connect yet.
    ///
    /// # Errors
    /// The settings are unusable.
    pub(crate) fn new(
        settings: &RedisSettings,
        health: WorkerHealth,
    ) -> Result<Self, RedisProblem> {
        let client = settings.client()?;
        let wrong = |error: &dyn std::fmt::Display| RedisProblem::Settings(error.to_string());
        let manager = Manager::new_with_config(
            client.get_connection_info().clone(),
            connection_config(REDIS_TIMEOUT),
        )
        .map_err(|error| wrong(&error))?;
        let pool = Pool::builder(manager)
            .max_size(POOL_SIZE)
            .wait_timeout(Some(REDIS_TIMEOUT))
            .create_timeout(Some(REDIS_TIMEOUT))
            .recycle_timeout(Some(REDIS_TIMEOUT))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| wrong(&error))?;
        Ok(Self { client, pool, prefix: settings.prefix.clone(), health })
    }

    /// The key of a queue's list.
    pub(super) fn key(&self, queue: Queue) -> String {
        key(&self.prefix, queue)
    }

    /// A connection for one caller whose commands block up to `block`.
    pub(super) async fn dedicated(&self, block: Duration) -> RedisResult<MultiplexedConnection> {
        // Without a timeout, a frozen Redis would be waited for forever.
        let config = connection_config(block + REDIS_TIMEOUT);
        self.client.get_multiplexed_async_connection_with_config(&config).await
    }

    /// Runs a command that doesn't block.
    pub(super) async fn query<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, LinkError> {
        Ok(command.query_async(&mut self.pooled().await?).await?)
    }

    /// Runs several commands that don't block.
    pub(super) async fn pipeline<T: FromRedisValue>(
        &self,
        commands: &Pipeline,
    ) -> Result<T, LinkError> {
        Ok(commands.query_async(&mut self.pooled().await?).await?)
    }

    /// Checks regularly whether Redis answers, and how many wake-ups wait there.
    pub(crate) async fn watch(&self) {
        let mut check = interval(CHECK_INTERVAL);
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            check.tick().await;
            let mut lengths = redis::pipe();
            for queue in Queue::ALL {
                lengths.cmd("LLEN").arg(self.key(queue));
            }
            let waiting = self.pipeline::<Vec<u32>>(&lengths).await;
            self.report("checking", waiting.as_ref().err());
            for (queue, waiting) in Queue::NAMES.into_iter().zip(waiting.unwrap_or_default()) {
                metrics::gauge!("candor_queue_wake_ups", "queue" => queue).set(waiting);
            }
        }
    }

    /// A pooled connection, which has just answered.
    async fn pooled(&self) -> Result<Connection, LinkError> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => LinkError::Redis(error),
            PoolError::Timeout(_) => LinkError::Timeout,
            PoolError::Closed | PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
                LinkError::Pool(error)
            }
        })
    }

    /// Sets or clears the Redis problem of a part of this process.
    pub(super) fn report(&self, part: &str, problem: Option<&LinkError>) {
        let problem =
            problem.map(|why| format!("{}: {why}", address(self.client.get_connection_info())));
        if self.health.set_redis(part, problem.as_deref()) {
            match problem {
                Some(why) => tracing::warn!(part, why, "Redis is away; SQL is asked instead"),
                None => tracing::info!(part, "Redis is back"),
            }
        }
    }
}

/// Connection settings with these timeouts. The client's default of 500 ms is less than a blocking pop takes.
pub(super) fn connection_config(answer: Duration) -> AsyncConnectionConfig {
    AsyncConnectionConfig::new()
        .set_connection_timeout(Some(REDIS_TIMEOUT))
        .set_response_timeout(Some(answer))
}
