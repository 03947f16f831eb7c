//! Starting and stopping.

use std::{convert::Infallible, future::pending, sync::Arc, time::Duration};

use apalis::prelude::{Monitor, MonitorError};
use candor_content::link::Links;
use candor_core::SiteName;
use candor_integrations::{
    mail::{InvalidMailSettings, MailSettings},
    slack::{
        SlackSettings,
        api::{ApiError, InvalidApi},
    },
    webhook::{AllowedTargets, HookSettings, WebhookSettings},
};
use candor_store::{Queue, Store};
use futures::future::{join, join_all, join4};
use tokio::{select, sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    ChatChannel, DeliveryChannel, HooksChannel, MailChannel, RedisProblem, Transport, WorkerHealth,
    circuit_breaker::CircuitBreaker,
    claims::{DeliverySource, Slots},
    deliver::{DeliveryContext, DeliverySender},
    heartbeat, housekeeping,
    leader::LeaderElection,
    process,
    queue::{
        Inbox, QueuePoll, WakeSignal, WakeUpOutcome, register,
        streams::{RedisLink, StreamReader, TicketKeeper, WakeUpSender},
    },
    refusals::Refusals,
    relay::Relay,
    results::Results,
    rooms, schedule,
};

/// After a stop, running sends get this long to end.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);
/// Pause between tries to reach the database at the start.
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// What the operator is told when mail waits and no mail server is set.
const NO_MAIL_SERVER: &str = "mails are waiting to be sent, but no mail server is set: \
    set CANDOR_MAIL_HOST (in candor.toml: mail_host) and restart; nothing is lost until then";

/// How the worker works.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// The page's name, as long as the operators have given it none on the page itself.
    pub site_name: SiteName,
    /// Makes the addresses in mails.
    pub links: Links,
    /// How mail is sent; without it, mails wait.
    pub mail: Option<MailSettings>,
    /// The team's Slack; without it, nobody is told there.
    pub slack: Option<SlackSettings>,
    /// An incoming webhook where the team is told, too.
    pub chat_webhook: Option<WebhookSettings>,
    /// How the addresses are called that subscribers gave.
    pub hooks: HookSettings,
    /// The least time between two calls that concern the same room, across all processes.
    pub chat_interval: Duration,
    /// How many deliveries of a queue are sent at the same time; of chat, always two.
    pub concurrency: u32,
    /// How long a claimed delivery belongs to this worker. A send is cut off at three quarters of it.
    pub lease: Duration,
    /// While the other side can't be reached, it is tried this often.
    pub probe_interval: Duration,
    /// No other worker process can live: at the start, what a dead one had claimed is taken over at once.
    pub alone: bool,
    /// The queues that it works on.
    pub queues: Vec<Queue>,
    /// What carries tickets to it.
    pub transport: Transport,
    /// Where it says how it is.
    pub health: WorkerHealth,
}

impl WorkerSettings {
    /// The usual settings for a page of this name at these addresses, without mail and chat.
    #[must_use]
    pub fn new(site_name: impl Into<SiteName>, links: Links) -> Self {
        Self {
            site_name: site_name.into(),
            hooks: HookSettings::new(links.site(), AllowedTargets::default()),
            links,
            mail: None,
            slack: None,
            chat_webhook: None,
            chat_interval: Duration::from_secs(1),
            concurrency: 20,
            lease: Duration::from_secs(60),
            probe_interval: Duration::from_secs(5),
            alone: false,
            queues: Queue::ALL.to_vec(),
            transport: Transport::default(),
            health: WorkerHealth::default(),
        }
    }
}

/// Why the worker ended without being told to.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The mail settings can't be used.
    #[error(transparent)]
    Mail(#[from] InvalidMailSettings),
    /// The settings of Slack can't be used.
    #[error(transparent)]
    Slack(#[from] InvalidApi),
    /// The chat webhook can't be called.
    #[error("the chat webhook can't be called: {0}")]
    Webhook(#[from] ApiError),
    /// Nobody's address can be called.
    #[error("the addresses of subscribers can't be called: {0}")]
    Hooks(String),
    /// The settings of Redis can't be used.
    #[error(transparent)]
    Redis(#[from] RedisProblem),
    /// The queue's runtime ended.
    #[error("the worker ended: {0}")]
    Ended(#[from] MonitorError),
}

/// Sends what is owed and does what the clock calls for, until `stop`; then claims nothing more, gives running sends
/// 10 s to end, and returns.
///
/// # Errors
/// The settings can't be used. A database, a Redis or a mail server that is gone is no error: the worker waits for it.
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

/// As [`run`], with these ways out.
///
/// # Errors
/// As [`run`].
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
    if settings.alone && take_over(&store, &stop).await.is_none() {
        return Ok(());
    }
    let stop = stop.child_token();
    let me = process::name();
    let again = Arc::new(Notify::new());
    let mut parts = WorkerTasks::default();
    channels.retain(|channel| settings.queues.iter().any(|queue| *queue == channel.queue()));
    let unserved = match channels.iter().any(|channel| channel.queue() == Queue::Mail) {
        false if settings.queues.contains(&Queue::Mail) => vec![(Queue::Mail, NO_MAIL_SERVER)],
        _ => Vec::new(),
    };

    let mut monitor = Monitor::new().should_restart(|_, _| true);
    let mut dispatchers = Vec::new();
    for channel in channels {
        let queue = channel.queue();
        let slots = channel.at_once(settings.concurrency).max(1);
        let breaker = Arc::new(CircuitBreaker::new(stop.clone(), again.clone()));
        let refusals = Arc::<Refusals>::default();
        settings.health.watch(queue, breaker.clone(), refusals.clone());
        let (claims, dispatcher) = DeliverySource::new(
            queue,
            store.clone(),
            breaker.clone(),
            settings.lease,
            Slots { all: slots, slow: channel.slow_slots(slots) },
        );
        let (results, recorder) = Results::new(store.clone());
        let context = Arc::new(DeliveryContext {
            claims,
            results,
            sender: DeliverySender {
                channel: channel.clone(),
                breaker: breaker.clone(),
                refusals,
                timeout: settings.lease * 3 / 4,
                refusal_wait: settings.lease / 30,
            },
            relay: again.clone(),
        });
        let inbox = Inbox::new(slots);
        let handler = {
            let breaker = breaker.clone();
            move || {
                let (context, breaker) = (context.clone(), breaker.clone());
                async move {
                    context.handle_ticket().await;
                    if breaker.is_open() { WakeUpOutcome::Done } else { WakeUpOutcome::CutShort }
                }
            }
        };
        monitor = register(monitor, queue, inbox.clone(), handler);
        parts.beats.push((queue, slots));
        let mut carried = None;
        if let Some(link) = &link {
            let consumer = (queue.as_str(), format!("{me}-{queue}"));
            let (reader, keeper, carries) = StreamReader::new(
                link.clone(),
                consumer,
                settings.lease,
                (inbox.clone(), breaker.clone()),
                again.clone(),
            );
            parts.readers.push(reader);
            parts.keepers.push(keeper);
            carried = Some(carries);
        } else {
            parts.bells.push((queue, Arc::new(inbox.clone())));
        }
        // Whoever is alone is rung by its own relay.
        if !settings.alone || link.is_some() {
            parts.polls.push(QueuePoll { store: store.clone(), queue, inbox, carried });
        }
        dispatchers.push(async move {
            let probe = breaker.probe(&*channel, settings.probe_interval);
            join4(dispatcher.serve(), recorder.serve(), probe, channel.tend()).await;
        });
    }
    if let Some(link) = &link {
        for queue in Queue::ALL {
            let pusher = WakeUpSender::new(link.clone(), queue.as_str());
            parts.bells.push((queue, Arc::new(pusher.clone())));
            parts.pushers.push(pusher);
        }
    }
    if settings.queues.contains(&Queue::Default) {
        parts.beats.push((Queue::Default, 1));
    }

    let WorkerTasks { bells, polls, pushers, readers, keepers, beats } = parts;
    let relay = Relay {
        store: store.clone(),
        queues: bells,
        unserved,
        health: settings.health.clone(),
        again,
        alone: settings.alone,
    };
    let lead = LeaderElection::new(store.clone(), me.clone(), settings.alone);
    let rooms = ChatChannel::configured(&settings);
    // Who doesn't work on chat, and has no settings for it, can't say that nobody is to be told.
    let knows_rooms = !rooms.is_empty() || settings.queues.contains(&Queue::Chat);
    let leading = lead.run(&stop, async || {
        let told = async {
            if knows_rooms {
                rooms::tell(&store, &rooms, &stop).await;
            }
        };
        let schedule = schedule::run(&store, !rooms.is_empty(), &stop);
        join4(told, relay.run(&stop), schedule, housekeeping::run(&store, &stop)).await;
    });
    let others = async {
        let polls = join_all(polls.into_iter().map(|poll| poll.run(&stop)));
        let pushers = join_all(pushers.into_iter().map(|pusher| pusher.run(&stop)));
        let looks = join_all(link.iter().map(|link| link.watch(&stop)));
        join4(join_all(dispatchers), polls, pushers, looks).await;
        pending::<Infallible>().await
    };
    let readers = join_all(readers.into_iter().map(|reader| reader.run(&stop)));
    let keepers = join_all(keepers.into_iter().map(|keeper| keeper.run(&stop)));
    let tickets = async {
        let signal = async {
            stop.cancelled().await;
            Ok(())
        };
        let ended = monitor.run_with_signal(signal).await;
        // Whatever the reason: nothing goes on without the handlers.
        stop.cancel();
        ended
    };
    let beating = heartbeat::run(&store, &me, &beats, &stop);
    let deadline = async {
        stop.cancelled().await;
        sleep(SHUTDOWN_TIMEOUT).await;
    };
    select! {
        (ended, ..) = join4(tickets, join(readers, keepers), leading, beating) => ended?,
        never = others => match never {},
        () = deadline => tracing::warn!(
            "some sends did not end within {} s of the stop; they are tried again when their lease ends",
            SHUTDOWN_TIMEOUT.as_secs()
        ),
    }
    Ok(())
}

/// What runs beside the handlers of tickets.
#[derive(Default)]
struct WorkerTasks {
    /// What the relay rings.
    bells: Vec<(Queue, Arc<dyn WakeSignal>)>,
    polls: Vec<QueuePoll>,
    pushers: Vec<WakeUpSender>,
    readers: Vec<StreamReader>,
    keepers: Vec<TicketKeeper>,
    /// The queues that are worked on, and by how many slots.
    beats: Vec<(Queue, u32)>,
}

/// Makes due what a dead worker had claimed; none if the stop came before the database answered.
async fn take_over(store: &Store, stop: &CancellationToken) -> Option<u64> {
    loop {
        match store.release_leases().await {
            Ok(released) => {
                if released > 0 {
                    tracing::info!(
                        released,
                        "deliveries that were being sent when the last worker died are due again"
                    );
                }
                return Some(released);
            }
            Err(error) => {
                tracing::warn!(error = %error.chain(), "the worker waits for the database");
            }
        }
        select! {
            () = stop.cancelled() => return None,
            () = sleep(RETRY_DELAY) => {}
        }
    }
}
