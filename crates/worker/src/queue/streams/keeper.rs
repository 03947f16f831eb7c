//! What happens to tickets after they were read.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::future::join;
use tokio::{
    select,
    sync::mpsc,
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_util::sync::CancellationToken;

use super::RedisLink;
use crate::queue::WakeUpOutcome;

/// Most tickets that are settled in one go.
const MANY: usize = 256;
/// Pause before what can't be settled is tried again.
const PAUSE: Duration = Duration::from_millis(250);

/// Takes ended tickets away, and puts out a new one for each that was cut short: it is taken at once, by another worker,
/// while one that is only given back would wait for somebody to look for such.
const SETTLE: &str = r"
for i = 3, #ARGV do
    redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
    redis.call('XDEL', KEYS[1], ARGV[i])
end
for _ = 1, ARGV[2] do
    redis.call('XADD', KEYS[1], '*', 'work', '1')
end
return 0
";

/// Renews the tickets that are still ours (a bare XCLAIM would steal back what somebody took over), and deletes dead
/// consumers. Those who hold tickets stay until these were taken over: XGROUP DELCONSUMER drops them. The answer is how
/// many tickets there are, and how many of them are being handled.
const TEND: &str = r"
if redis.call('EXISTS', KEYS[1]) == 0 then return {0, 0} end
redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0')
for i = 4, #ARGV do
    if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2]) == 1 then
        redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'JUSTID')
    end
end
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
    local of = {}
    for i = 1, #consumer, 2 do of[consumer[i]] = consumer[i + 1] end
    if of.pending == 0 and of.idle > tonumber(ARGV[3]) and of.name ~= ARGV[2] then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], of.name)
    end
end
return {redis.call('XLEN', KEYS[1]), redis.call('XPENDING', KEYS[1], ARGV[1])[1]}
";

/// Deletes our own consumer, if it holds nothing.
const LEAVE: &str = r"
if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) == 0 then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
end
return 0
";

/// The tickets that this process holds of a queue.
#[derive(Clone, Default)]
pub(super) struct HeldTickets(Arc<Mutex<BTreeSet<String>>>);

impl HeldTickets {
    /// Takes one; false if it is held already.
    pub(super) fn take(&self, id: &str) -> bool {
        self.ids().insert(id.to_owned())
    }

    fn ids(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keeper of one queue's tickets.
pub(crate) struct TicketKeeper {
    pub(super) link: RedisLink,
    pub(super) queue: &'static str,
    pub(super) consumer: String,
    /// A ticket that nobody renewed for so long is anybody's.
    pub(super) claim_after: Duration,
    pub(super) held: HeldTickets,
    pub(super) ended: mpsc::UnboundedReceiver<(String, WakeUpOutcome)>,
}

impl TicketKeeper {
    /// Keeps until the last ticket has ended after `stop`, and leaves the group.
    pub(crate) async fn run(self, stop: &CancellationToken) {
        let Self { link, queue, consumer, claim_after, held, mut ended } = self;
        // Both at the same time: tickets are renewed also while others can't be settled.
        let all_settled = CancellationToken::new();
        let settle = async {
            let mut batch = Vec::new();
            while ended.recv_many(&mut batch, MANY).await > 0 {
                {
                    let mut held = held.ids();
                    for (id, _) in &batch {
                        held.remove(id);
                    }
                }
                if !settle(&link, queue, &batch, stop).await {
                    break;
                }
                batch.clear();
            }
            all_settled.cancel();
        };
        let tend = async {
            let mut tick = interval(claim_after / 4);
            tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                select! {
                    () = all_settled.cancelled() => return,
                    _ = tick.tick() => {}
                }
                let sweep_after = (claim_after * 2).as_millis().to_string();
                let mut arguments = vec![consumer.clone(), sweep_after];
                arguments.extend(held.ids().iter().cloned());
                let tended: Result<(u32, u32), _> = link.eval(TEND, queue, &arguments).await;
                let (all, handled) = tended.unwrap_or_else(|error| {
                    tracing::debug!(queue, error, "tickets can't be renewed now");
                    (0, 0)
                });
                let gauge = |state, tickets: u32| {
                    metrics::gauge!("candor_queue_tickets", "queue" => queue, "state" => state)
                        .set(tickets);
                };
                gauge("waiting", all.saturating_sub(handled));
                gauge("running", handled);
            }
        };
        join(settle, tend).await;
        let left: Result<i64, _> = link.eval(LEAVE, queue, &[consumer]).await;
        if let Err(error) = left {
            tracing::debug!(
                queue,
                error,
                "this worker could not leave the group; it is swept later"
            );
        }
    }
}

/// Says how these tickets ended, until that is heard; false if the process ends and it isn't. Then others will find them
/// unfinished.
async fn settle(
    link: &RedisLink,
    queue: &str,
    batch: &[(String, WakeUpOutcome)],
    stop: &CancellationToken,
) -> bool {
    let cut_short = batch.iter().filter(|(_, handled)| *handled == WakeUpOutcome::CutShort).count();
    let mut arguments = vec![cut_short.to_string()];
    arguments.extend(batch.iter().map(|(id, _)| id.clone()));
    loop {
        let settled: Result<i64, _> = link.eval(SETTLE, queue, &arguments).await;
        let Err(error) = settled else { return true };
        tracing::debug!(queue, error, "tickets can't be taken away now");
        if stop.is_cancelled() {
            return false;
        }
        select! {
            () = sleep(PAUSE) => {}
            () = stop.cancelled() => {}
        }
    }
}
