//! Waits for wake-ups, blocked in Redis.

use std::{sync::Arc, time::Duration};

use candor_store::Queue;
use redis::{RedisResult, aio::MultiplexedConnection};
use tokio::{
    sync::{Notify, watch},
    time::sleep,
};

use super::RedisLink;
use crate::{circuit_breaker::CircuitBreaker, wake_up::WakeUps};

/// How long a pop blocks.
const BLOCK_TIMEOUT: Duration = Duration::from_secs(1);
/// How long the first pop of a connection blocks; it shows whether the connection can be used.
const FIRST_BLOCK_TIMEOUT: Duration = Duration::from_millis(10);
/// Delays before connecting again: the first, and the longest.
const RECONNECT_DELAYS: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));

/// The reader of one queue.
pub(crate) struct RedisReader {
    pub(crate) link: RedisLink,
    pub(crate) queue: Queue,
    pub(crate) wake_ups: WakeUps,
    pub(crate) breaker: Arc<CircuitBreaker>,
    /// Whether it is connected.
    pub(crate) connected: watch::Sender<bool>,
    /// Notified at each connection: the list may be a new, empty one.
    pub(crate) relay: Arc<Notify>,
}

impl RedisReader {
    /// Reads forever. Dropping it closes the connection, which ends the pop in Redis.
    pub(crate) async fn run(self) {
        let part = format!("reading from {}", self.queue);
        let mut delay = RECONNECT_DELAYS.0;
        loop {
            let Err(error) = self.read(&part, &mut delay).await;
            // Whatever it is (down, frozen, no permission): a new connection finds out.
            self.connected.send_replace(false);
            self.link.report(&part, Some(&error.into()));
            sleep(delay).await;
            delay = (delay * 2).min(RECONNECT_DELAYS.1);
        }
    }

    /// Connects, and pops until something fails.
    async fn read(
        &self,
        part: &str,
        delay: &mut Duration,
    ) -> RedisResult<std::convert::Infallible> {
        let mut conn = self.link.dedicated(BLOCK_TIMEOUT).await?;
        // Only a successful pop proves the connection: the key may be of another type, or the user may lack the
        // permission.
        self.pop(&mut conn, FIRST_BLOCK_TIMEOUT).await?;
        self.link.report(part, None);
        self.connected.send_replace(true);
        self.relay.notify_one();
        *delay = RECONNECT_DELAYS.0;
        loop {
            // Pops nothing that can't be handled at once: others may be free for it.
            self.breaker.wait_until_allowed().await;
            self.wake_ups.slot_is_free().await;
            self.pop(&mut conn, BLOCK_TIMEOUT).await?;
        }
    }

    /// Waits for a wake-up, and passes it to the slots.
    async fn pop(&self, conn: &mut MultiplexedConnection, block: Duration) -> RedisResult<()> {
        let mut pop = redis::cmd("BLPOP");
        pop.arg(self.link.key(self.queue)).arg(block.as_secs_f64());
        let popped: Option<(String, String)> = pop.query_async(conn).await?;
        if popped.is_some() {
            self.wake_ups.add_one();
        }
        Ok(())
    }
}
