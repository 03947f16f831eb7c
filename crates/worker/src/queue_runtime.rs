//! The runtime of one queue: a delivery's way from a wake-up to its recorded result.
//!
//! 1. A wake-up says that there is work: from the relay of this process, from Redis, or from a poll of SQL ([`wake_up`]).
//! 2. A free slot claims a due delivery, under a lease ([`QueueRuntime::drain`], [`claims`]).
//! 3. It sends it through the queue's channel: mail, hooks or chat ([`DeliverySender::send`]).
//! 4. It records the result, however long that takes ([`QueueRuntime::record`], [`results`]), and claims the next one,
//!    until nothing is due.
//!
//! Meanwhile the circuit breaker stops claims while the other side is away, and a probe asks whether it is back.
//!
//! [`wake_up`]: crate::wake_up
//! [`claims`]: crate::claims
//! [`results`]: crate::results

use std::{convert::Infallible, future::pending, sync::Arc, time::Duration};

use apalis::prelude::{Monitor, MonitorError};
use candor_store::{AttemptOutcome, Queue, Store};
use futures::future::{join, join_all, join4};
use metrics::{counter, histogram};
use tokio::{
    select,
    sync::{Notify, watch},
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use crate::{
    channel::DeliveryChannel,
    circuit_breaker::CircuitBreaker,
    claims::{ClaimDispatcher, DeliverySource, InFlightGuard, Slots},
    rejections::Rejections,
    results::{Recorder, Results},
    sender::{DeliverySender, count_error},
    settings::WorkerSettings,
    wake_up::{QueuePoll, RedisLink, RedisReader, WakeUps, register},
};

/// Delays between attempts to record a result: the first, and the longest.
const RECORD_RETRY_DELAYS: (Duration, Duration) =
    (Duration::from_millis(100), Duration::from_secs(2));
/// How long the other side may take to answer a probe.
const PROBE_TIMEOUT: Duration = Duration::from_secs(10);

/// Everything that one queue needs to send its deliveries.
pub(crate) struct QueueRuntime {
    pub(crate) queue: Queue,
    /// The number of concurrent sends.
    pub(crate) slots: u32,
    pub(crate) wake_ups: WakeUps,
    claims: DeliverySource,
    sender: DeliverySender,
    results: Results,
    /// Notified when the time of the next attempt may have changed.
    relay: Arc<Notify>,
    probe_interval: Duration,
}

/// What runs beside the slots of a queue.
pub(crate) struct QueueTasks {
    dispatcher: ClaimDispatcher,
    recorder: Recorder,
    reader: Option<RedisReader>,
    poll: Option<QueuePoll>,
}

impl QueueRuntime {
    /// The runtime of this channel's queue, and the tasks beside its slots. Wake-ups come over Redis if there is a
    /// `link`.
    pub(crate) fn new(
        channel: Arc<dyn DeliveryChannel>,
        settings: &WorkerSettings,
        store: &Store,
        link: Option<&RedisLink>,
        relay: &Arc<Notify>,
        stop: &CancellationToken,
    ) -> (Self, QueueTasks) {
        let queue = channel.queue();
        let slots = channel.at_once(settings.concurrency).max(1);
        let breaker = Arc::new(CircuitBreaker::new(stop.clone(), relay.clone()));
        let rejections = Arc::<Rejections>::default();
        settings.health.watch(queue, breaker.clone(), rejections.clone());
        let (claims, dispatcher) = DeliverySource::new(
            queue,
            store.clone(),
            breaker.clone(),
            settings.lease,
            Slots { all: slots, slow: channel.slow_slots(slots) },
        );
        let (results, recorder) = Results::new(store.clone());
        let wake_ups = WakeUps::new(slots);
        let (connected, is_connected) = watch::channel(false);
        let reader = link.map(|link| RedisReader {
            link: link.clone(),
            queue,
            wake_ups: wake_ups.clone(),
            breaker: breaker.clone(),
            connected,
            relay: relay.clone(),
        });
        // A process that is alone is woken by its own relay.
        let polls = !settings.alone || link.is_some();
        let poll = polls.then(|| QueuePoll {
            store: store.clone(),
            queue,
            wake_ups: wake_ups.clone(),
            connected: link.map(|_| is_connected),
        });
        let sender = DeliverySender {
            channel,
            breaker,
            rejections,
            timeout: settings.lease * 3 / 4,
            rejection_wait: settings.lease / 30,
        };
        let relay = relay.clone();
        let probe_interval = settings.probe_interval;
        let runtime =
            Self { queue, slots, wake_ups, claims, sender, results, relay, probe_interval };
        (runtime, QueueTasks { dispatcher, recorder, reader, poll })
    }

    /// Sends deliveries until `stop`, and returns when the sends that were under way have ended.
    pub(crate) async fn run(
        self,
        tasks: QueueTasks,
        stop: &CancellationToken,
    ) -> Result<(), MonitorError> {
        let runtime = Arc::new(self);
        let QueueTasks { dispatcher, recorder, reader, poll } = tasks;
        let handler = {
            let runtime = runtime.clone();
            move || {
                let runtime = runtime.clone();
                async move { runtime.drain().await }
            }
        };
        let monitor = Monitor::new().should_restart(|_, _| true);
        let monitor = register(monitor, runtime.queue, runtime.wake_ups.clone(), handler);
        let slots = monitor.run_with_signal(async {
            stop.cancelled().await;
            Ok(())
        });
        let until_stop = async {
            let wake =
                join(join_all(reader.map(RedisReader::run)), join_all(poll.map(QueuePoll::run)));
            select! {
                _ = wake => {}
                () = stop.cancelled() => {}
            }
        };
        let beside = async {
            let channel = runtime.sender.channel.clone();
            join(
                join4(dispatcher.serve(), recorder.serve(), runtime.probe(), channel.tend()),
                until_stop,
            )
            .await;
            pending::<Infallible>().await
        };
        select! {
            ended = slots => ended,
            never = beside => match never {},
        }
    }

    /// Handles a wake-up: claims, sends and records deliveries until nothing is due.
    async fn drain(&self) {
        #[cfg(feature = "failpoints")]
        fail::fail_point!("wake-up-taken");
        let mut is_retried = false;
        while let Some(mut in_flight) = self.claims.next().await {
            let claim = in_flight.claim();
            let traceparent = claim.traceparent.as_deref();
            let span = tracing::info_span!(
                target: "candor::trace",
                "deliver",
                otel.kind = "consumer",
                traceparent,
                queue = self.queue.as_str(),
                job = claim.kind().as_str(),
                delivery = %claim.delivery,
                attempt = claim.attempt,
            );
            let deliver = async {
                let outcome = self.sender.send(in_flight.claim()).await;
                #[cfg(feature = "failpoints")]
                fail::fail_point!("delivery-answered");
                is_retried |=
                    matches!(outcome, AttemptOutcome::Later { .. } | AttemptOutcome::Held { .. });
                self.record(in_flight, &outcome).await;
                #[cfg(feature = "failpoints")]
                fail::fail_point!("delivery-recorded");
            };
            deliver.instrument(span).await;
        }
        if is_retried {
            // The relay's timer doesn't know yet when the next attempt is due.
            self.relay.notify_one();
        }
    }

    /// Records the outcome, however long that takes. Until then nothing is claimed, so that only what was being sent at
    /// this moment could ever be repeated.
    async fn record(&self, mut in_flight: InFlightGuard, outcome: &AttemptOutcome) {
        let answered = Instant::now();
        let queue = self.queue.as_str();
        let mut unrecorded = None;
        let mut delay = RECORD_RETRY_DELAYS.0;
        loop {
            let claim = in_flight.claim();
            let (delivery, job) = (claim.delivery, claim.kind().as_str());
            match self.results.record(claim.clone(), outcome.clone()).await {
                Ok(true) => {
                    histogram!("candor_delivery_record_seconds", "channel" => queue)
                        .record(answered.elapsed());
                    return;
                }
                Ok(false) if in_flight.was_renewed() => {}
                Ok(false) => {
                    let outcome = "lost_lease";
                    counter!("candor_deliveries_total", "channel" => queue, "outcome" => outcome)
                        .increment(1);
                    tracing::warn!(
                        %delivery,
                        "the lease was lost before the result was recorded; another worker has it"
                    );
                    return;
                }
                Err(error) => {
                    if unrecorded.is_none() {
                        count_error(queue, job, "database");
                        unrecorded = Some(self.sender.breaker.unrecorded());
                        let error = error.chain();
                        tracing::warn!(%delivery, %error, "a result waits to be recorded");
                    }
                    sleep(delay).await;
                    delay = (delay * 2).min(RECORD_RETRY_DELAYS.1);
                }
            }
        }
    }

    /// Probes the other side while the circuit breaker has tripped, and resets it when that answers.
    async fn probe(&self) {
        let (breaker, queue) = (&self.sender.breaker, self.queue.as_str());
        while breaker.wait_until_tripped().await {
            tracing::warn!(
                queue,
                why = breaker.problem(),
                "the other side takes nothing from us; nothing is claimed until it does"
            );
            loop {
                sleep(breaker.probe_delay(self.probe_interval)).await;
                match timeout(PROBE_TIMEOUT, self.sender.channel.reachable()).await {
                    Ok(Ok(())) => break,
                    Ok(Err(error)) => {
                        tracing::debug!(queue, %error, "no answer");
                        breaker.set_why(error.to_string());
                    }
                    Err(_) => tracing::debug!(queue, "no answer in time"),
                }
            }
            tracing::info!(queue, "the other side answers again");
            breaker.reset();
        }
    }
}
