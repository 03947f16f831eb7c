//! Ringing: tickets are put on a stream.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{select, sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;

use super::{MOST, RedisLink};
use crate::queue::WakeSignal;

/// Pause after a push that failed.
const PAUSE: Duration = Duration::from_millis(500);

/// Tops the stream up: as many tickets wait as are wanted, and no more than `ARGV[3]` are outstanding. Tickets that are
/// being handled don't count as waiting, because their handlers may be slow, or dead. Trimming is a net under this:
/// whatever somebody else put there, the stream doesn't grow for ever.
const TOP_UP: &str = r"
redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
local length = redis.call('XLEN', KEYS[1])
local handled = redis.call('XPENDING', KEYS[1], ARGV[1])[1]
local missing = math.min(tonumber(ARGV[2]) - (length - handled), tonumber(ARGV[3]) - length)
for _ = 1, missing do
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', 10 * ARGV[3], '*', 'work', '1')
end
return math.max(missing, 0)
";

/// The bell of a queue whose workers may be anywhere; clones share it.
#[derive(Clone)]
pub(crate) struct WakeUpSender {
    link: RedisLink,
    queue: &'static str,
    rung: Arc<WakeUpResult>,
}

#[derive(Default)]
struct WakeUpResult {
    wanted: AtomicU32,
    news: Notify,
}

impl WakeUpSender {
    pub(crate) fn new(link: RedisLink, queue: &'static str) -> Self {
        Self { link, queue, rung: Arc::default() }
    }

    /// Pushes what is rung for until `stop`. What can't be pushed now is tried again, so that it is known how Redis is.
    pub(crate) async fn run(self, stop: &CancellationToken) {
        let part = format!("pushing to {}", self.queue);
        loop {
            select! {
                () = stop.cancelled() => return,
                () = self.rung.news.notified() => {}
            }
            let wanted = self.rung.wanted.swap(0, Ordering::AcqRel).min(MOST);
            if wanted == 0 {
                continue;
            }
            let pushed: Result<u32, _> = self.link.eval(TOP_UP, self.queue, &[wanted, MOST]).await;
            self.link.report(&part, pushed.as_ref().err().map(String::as_str));
            match pushed {
                Ok(0) => {}
                Ok(pushed) => tracing::debug!(queue = self.queue, pushed, "tickets were put out"),
                Err(_) => {
                    self.ring(wanted);
                    sleep(PAUSE).await;
                }
            }
        }
    }
}

impl WakeSignal for WakeUpSender {
    fn ring(&self, tickets: u32) {
        if tickets > 0 {
            self.rung.wanted.fetch_max(tickets, Ordering::AcqRel);
            self.rung.news.notify_one();
        }
    }
}
