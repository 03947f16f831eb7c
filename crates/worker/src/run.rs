//! Starting and stopping a worker.

use std::{convert::Infallible, future::pending, sync::Arc, time::Duration};

use candor_store::{Queue, Store};
use futures::future::{join, join_all, join3, join5, try_join_all};
use tokio::{select, sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    channel::{ChatChannel, DeliveryChannel, HooksChannel, MailChannel},
    dead_mans_switch, heartbeat, housekeeping,
    leader::LeaderElection,
    process,
    queue_runtime::QueueRuntime,
    relay::Relay,
    schedule,
    settings::{WorkerError, WorkerSettings},
    wake_up::{RedisLink, RedisWaker, Transport, Waker},
};

/// How long running sends may take to end after a stop.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait before trying the database again.
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// What the operator is told when mail waits and no mail server is set.
const NO_MAIL_SERVER: &str = "mails are waiting to be sent, but no mail server is set: \
    set CANDOR_MAIL_HOST (in candor.toml: mail_host) and restart; nothing is lost until then";

/// Sends deliveries and runs the schedule until `stop`. Then claims nothing more, gives running sends 10 s to end, and
/// returns.
///
/// # Errors
/// The settings are unusable. A database, Redis or mail server that is down is no error: the worker waits for it.
pub async fn run(
    settings: WorkerSettings,
    store: Store,
    stop: CancellationToken,
) -> Result<(), WorkerError> {
    let mut channels: Vec<Arc<dyn DeliveryChannel>> = Vec::new();
    if let Some(mail) = &settings.mail {
        channels.push(Arc::new(MailChannel::new(&settings, mail, &store)?));
    }
    if !ChatChannel::configured(&settings).is_empty() {
        channels.push(Arc::new(ChatChannel::new(&settings, &store)?));
    }
    channels.push(Arc::new(HooksChannel::new(&settings, &store)?));
    run_channels(settings, channels, store, stop).await
}

/// The same as [`run`], with these channels.
///
/// # Errors
/// The same as [`run`].
pub async fn run_channels(
    settings: WorkerSettings,
    mut channels: Vec<Arc<dyn DeliveryChannel>>,
    store: Store,
    stop: CancellationToken,
) -> Result<(), WorkerError> {
    let link = match &settings.transport {
        Transport::Redis(redis) => Some(RedisLink::new(redis, settings.health.clone())?),
        Transport::InProcess | Transport::Sql => None,
    };
    metrics::gauge!("candor_redis_configured").set(if link.is_some() { 1.0 } else { 0.0 });
    if settings.alone && !release_leases(&store, &stop).await {
        return Ok(());
    }
    let stop = stop.child_token();
    let process = process::name();
    let relay_notify = Arc::new(Notify::new());
    channels.retain(|channel| settings.queues.contains(&channel.queue()));
    let runtimes: Vec<_> = channels
        .into_iter()
        .map(|channel| {
            QueueRuntime::new(channel, &settings, &store, link.as_ref(), &relay_notify, &stop)
        })
        .collect();

    let mut slots: Vec<_> =
        runtimes.iter().map(|(runtime, _)| (runtime.queue, runtime.slots)).collect();
    let sends_mail = slots.iter().any(|(queue, _)| *queue == Queue::Mail);
    if settings.queues.contains(&Queue::Default) {
        slots.push((Queue::Default, 1));
    }
    let redis_waker = link.clone().map(RedisWaker::new);
    let waker = match redis_waker.clone() {
        Some(waker) => Waker::Redis(Box::new(waker)),
        None => {
            let local =
                runtimes.iter().map(|(runtime, _)| (runtime.queue, runtime.wake_ups.clone()));
            Waker::Local(local.collect())
        }
    };
    let unserved = !sends_mail && settings.queues.contains(&Queue::Mail);
    let relay = Relay {
        store: store.clone(),
        waker,
        unserved: unserved.then_some((Queue::Mail, NO_MAIL_SERVER)),
        health: settings.health.clone(),
        notify: relay_notify,
        alone: settings.alone,
    };

    let chat_channels = ChatChannel::configured(&settings);
    // A worker that neither serves chat nor has settings for it doesn't know whether there are chat channels.
    let knows_chat = !chat_channels.is_empty() || settings.queues.contains(&Queue::Chat);
    let election = LeaderElection::new(store.clone(), process.clone(), settings.alone);
    let leading = election.run(&stop, async || {
        let chat = async {
            if knows_chat {
                set_chat_channels(&store, &chat_channels, &stop).await;
            }
        };
        let schedule = schedule::run(&store, !chat_channels.is_empty(), &stop);
        let switch = dead_mans_switch::run(settings.dead_mans_switch.as_ref(), &store, &stop);
        join5(chat, relay.run(&stop), schedule, housekeeping::run(&store, &stop), switch).await;
    });
    let sending = async {
        let running = runtimes.into_iter().map(|(runtime, tasks)| runtime.run(tasks, &stop));
        let ended = try_join_all(running).await;
        // Nothing works without the queues.
        stop.cancel();
        ended
    };
    let redis = async {
        let pushing = join_all(redis_waker.iter().map(RedisWaker::run));
        join(pushing, join_all(link.iter().map(RedisLink::watch))).await;
        pending::<Infallible>().await
    };
    let beating = heartbeat::run(&store, &process, &slots, &stop);
    let deadline = async {
        stop.cancelled().await;
        sleep(SHUTDOWN_TIMEOUT).await;
    };
    select! {
        (ended, ..) = join3(sending, leading, beating) => drop(ended?),
        never = redis => match never {},
        () = deadline => tracing::warn!(
            "some sends did not end within {} s of the stop; they are tried again when their lease ends",
            SHUTDOWN_TIMEOUT.as_secs()
        ),
    }
    Ok(())
}

/// Makes a dead worker's deliveries due again; false if the stop came before the database answered.
async fn release_leases(store: &Store, stop: &CancellationToken) -> bool {
    loop {
        match store.release_leases().await {
            Ok(0) => return true,
            Ok(released) => {
                tracing::info!(
                    released,
                    "deliveries that were being sent when the last worker died are due again"
                );
                return true;
            }
            Err(error) => {
                tracing::warn!(error = %error.chain(), "the worker waits for the database");
            }
        }
        select! {
            () = stop.cancelled() => return false,
            () = sleep(RETRY_DELAY) => {}
        }
    }
}

/// Makes these chat channels active, and no others. Retries while the database is away.
async fn set_chat_channels(store: &Store, channels: &[&str], stop: &CancellationToken) {
    while let Err(error) = store.set_chat_channels(channels).await {
        tracing::debug!(error = %error.chain(), "the chat channels are set as soon as the database is there");
        select! {
            () = stop.cancelled() => return,
            () = sleep(RETRY_DELAY) => {}
        }
    }
}
