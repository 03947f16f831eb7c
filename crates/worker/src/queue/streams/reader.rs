//! Reading: tickets are waited for, blocked in Redis, and put into the queue's inbox.

use std::{sync::Arc, time::Duration};

use redis::{
    RedisResult, Value,
    aio::MultiplexedConnection,
    streams::{StreamId, StreamReadReply},
};
use tokio::{
    select,
    sync::{Notify, mpsc, watch},
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{GROUP, RedisLink, TicketKeeper, keeper::HeldTickets, link::make_group};
use crate::{
    circuit_breaker::CircuitBreaker,
    queue::{Inbox, TicketReceipt, WakeUpOutcome},
};

/// How long a read blocks; also how often it is looked for tickets of the dead.
const BLOCK: Duration = Duration::from_secs(1);
/// Pauses before connecting again: from, to.
const PAUSE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));
/// A ticket that its worker has not renewed for so long is anybody's, unless the lease of deliveries is shorter.
const CLAIM_AFTER: Duration = Duration::from_secs(30);

/// The reader of one queue.
pub(crate) struct StreamReader {
    link: RedisLink,
    queue: &'static str,
    key: String,
    consumer: String,
    claim_after: Duration,
    inbox: Inbox,
    breaker: Arc<CircuitBreaker>,
    held: HeldTickets,
    ended: mpsc::UnboundedSender<(String, WakeUpOutcome)>,
    /// Whether it is connected.
    carries: watch::Sender<bool>,
    /// Told at each connection: the stream may be a new one, and empty.
    relay: Arc<Notify>,
}

/// A connection, and what is known of it.
struct StreamSession {
    conn: MultiplexedConnection,
    /// Its number in Redis.
    client: u64,
    /// When tickets of the dead were last looked for, and where the next look begins.
    looked: Option<Instant>,
    cursor: String,
}

impl StreamReader {
    /// A reader into `inbox`, the keeper of what it reads, and whether tickets are carried.
    pub(crate) fn new(
        link: RedisLink,
        (queue, consumer): (&'static str, String),
        lease: Duration,
        (inbox, breaker): (Inbox, Arc<CircuitBreaker>),
        relay: Arc<Notify>,
    ) -> (Self, TicketKeeper, watch::Receiver<bool>) {
        let claim_after = (lease / 2).min(CLAIM_AFTER);
        let held = HeldTickets::default();
        let (ended, endings) = mpsc::unbounded_channel();
        let keeper = TicketKeeper {
            link: link.clone(),
            queue,
            consumer: consumer.clone(),
            claim_after,
            held: held.clone(),
            ended: endings,
        };
        let (carries, carried) = watch::channel(false);
        let key = link.key(queue);
        let reader = Self {
            link,
            queue,
            key,
            consumer,
            claim_after,
            inbox,
            breaker,
            held,
            ended,
            carries,
            relay,
        };
        (reader, keeper, carried)
    }

    /// Reads until `stop`; what was read and not begun by then is put out again.
    pub(crate) async fn run(self, stop: &CancellationToken) {
        let part = format!("reading from {}", self.queue);
        let mut pause = PAUSE.0;
        while !stop.is_cancelled() {
            let connected = select! {
                connected = self.connect() => connected,
                () = stop.cancelled() => break,
            };
            let error = match connected {
                Ok(mut session) => {
                    self.link.report(&part, None);
                    self.carries.send_replace(true);
                    self.relay.notify_one();
                    pause = PAUSE.0;
                    loop {
                        match self.read(&mut session, stop).await {
                            Ok(()) if stop.is_cancelled() => break None,
                            Ok(()) => {}
                            Err(error) => break Some(error),
                        }
                    }
                }
                Err(error) => Some(error),
            };
            if let Some(error) = error {
                // Whatever it is (gone, flushed, frozen, no permission): a new connection finds out how it stands.
                self.carries.send_replace(false);
                self.link.report(&part, Some(&error.to_string()));
                select! {
                    () = sleep(pause) => pause = (pause * 2).min(PAUSE.1),
                    () = stop.cancelled() => {}
                }
            }
        }
        self.inbox.let_go();
    }

    async fn connect(&self) -> RedisResult<StreamSession> {
        let mut conn = self.link.dedicated(BLOCK).await?;
        let client = redis::cmd("CLIENT").arg("ID").query_async(&mut conn).await?;
        make_group(&mut conn, &self.key).await?;
        Ok(StreamSession { conn, client, looked: None, cursor: "0-0".to_owned() })
    }

    /// Reads once: what the dead left behind, or what is new.
    async fn read(&self, session: &mut StreamSession, stop: &CancellationToken) -> RedisResult<()> {
        let room = async {
            self.breaker.opened().await;
            self.inbox.room().await
        };
        let room = select! {
            room = room => room,
            () = stop.cancelled() => return Ok(()),
        };
        if session.looked.is_none_or(|looked| looked.elapsed() >= BLOCK) {
            let left = self.take_over(session, room).await?;
            session.looked = Some(Instant::now());
            if left > 0 {
                return Ok(());
            }
        }
        let mut read = redis::cmd("XREADGROUP");
        read.arg("GROUP").arg(GROUP).arg(&self.consumer).arg("COUNT").arg(room);
        read.arg("BLOCK").arg(millis(BLOCK)).arg("STREAMS").arg(&self.key).arg(">");
        // A read that is dropped goes on in Redis, and takes tickets that nobody gets: it is ended there.
        let mut reading = std::pin::pin!(read.query_async(&mut session.conn));
        let reply: Option<StreamReadReply> = select! {
            reply = &mut reading => reply?,
            () = stop.cancelled() => {
                self.link.unblock(session.client).await;
                reading.await?
            }
        };
        let streams = reply.map(|reply| reply.keys).unwrap_or_default();
        for StreamId { id, .. } in streams.into_iter().flat_map(|stream| stream.ids) {
            self.deliver(id);
        }
        Ok(())
    }

    /// Takes over up to `room` tickets that nobody has renewed; how many.
    async fn take_over(&self, session: &mut StreamSession, room: u32) -> RedisResult<usize> {
        let mut claim = redis::cmd("XAUTOCLAIM");
        claim.arg(&self.key).arg(GROUP).arg(&self.consumer).arg(millis(self.claim_after));
        claim.arg(&session.cursor).arg("COUNT").arg(room).arg("JUSTID");
        // The next cursor, the ids, and since Redis 7 the ids that exist no longer.
        let reply: Vec<Value> = claim.query_async(&mut session.conn).await?;
        let mut reply = reply.into_iter();
        session.cursor = redis::from_redis_value(reply.next().unwrap_or(Value::Nil))?;
        let ids: Vec<String> = redis::from_redis_value(reply.next().unwrap_or(Value::Nil))?;
        let taken = ids.len();
        for id in ids {
            tracing::debug!(queue = self.queue, id, "a ticket was taken over");
            self.deliver(id);
        }
        Ok(taken)
    }

    fn deliver(&self, id: String) {
        // One that is held here already was late to be renewed; it is being handled.
        if self.held.take(&id) {
            self.inbox.deliver(TicketReceipt { id, ended: self.ended.clone() });
        }
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
