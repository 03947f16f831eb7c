//! Starting and stopping.

use std::{convert::Infallible, future::pending, sync::Arc, time::Duration};

use apalis::prelude::{Monitor, MonitorError};
use candor_integrations::{
    link::Links,
    mail::{InvalidMailSettings, MailSettings},
};
use candor_store::Store;
use futures::future::{join, join_all, join4};
use tokio::{select, sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    Channel, MailChannel,
    channel::MAIL,
    claims::Claims,
    deliver::{Desk, Sender},
    gate::Gate,
    housekeeping,
    queue::{Bell, InProcess, register},
    relay::Relay,
    schedule,
};

/// After a stop, running sends get this long to end.
const DRAIN: Duration = Duration::from_secs(10);
/// Pause between tries to reach the database at the start.
const PAUSE: Duration = Duration::from_secs(1);
/// What the operator is told when mail waits and no mail server is set.
const NO_MAIL: &str = "mails are waiting to be sent, but no mail server is set: \
    set CANDOR_MAIL_HOST and CANDOR_MAIL_FROM (or [mail] in candor.toml) and start again; nothing is lost until then";

/// How the worker works.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// The page's name, as long as the operators have given it none on the page itself.
    pub site_name: String,
    /// Makes the addresses in mails.
    pub links: Links,
    /// How mail is sent; without it, mails wait.
    pub mail: Option<MailSettings>,
    /// How many deliveries of a queue are sent at the same time.
    pub concurrency: u32,
    /// How long a claimed delivery belongs to this worker. A send is cut off at three quarters of it.
    pub lease: Duration,
    /// While the other side can't be reached, it is tried this often.
    pub knock: Duration,
    /// No other worker process can live: at the start, what a dead one had claimed is taken over at once.
    pub alone: bool,
}

impl WorkerSettings {
    /// The usual settings for a page of this name at these addresses, without mail.
    #[must_use]
    pub fn new(site_name: impl Into<String>, links: Links) -> Self {
        Self {
            site_name: site_name.into(),
            links,
            mail: None,
            concurrency: 20,
            lease: Duration::from_secs(60),
            knock: Duration::from_secs(5),
            alone: false,
        }
    }
}

/// Why the worker ended without being told to.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The mail settings can't be used.
    #[error(transparent)]
    Mail(#[from] InvalidMailSettings),
    /// The queue's runtime ended.
    #[error("the worker ended: {0}")]
    Ended(#[from] MonitorError),
}

/// Sends what is owed and does what the clock calls for, until `stop`; then claims nothing more, gives running sends
/// 10 s to end, and returns.
///
/// # Errors
/// The settings can't be used. A database or a mail server that is gone is no error: the worker waits for it.
pub async fn run(
    settings: WorkerSettings,
    store: Store,
    stop: CancellationToken,
) -> Result<(), WorkerError> {
    let channels: Vec<Arc<dyn Channel>> = match &settings.mail {
        Some(mail) => vec![Arc::new(MailChannel::new(&settings, mail, &store)?)],
        None => Vec::new(),
    };
    run_channels(settings, channels, store, stop).await
}

/// As [`run`], with these ways out.
///
/// # Errors
/// As [`run`].
pub async fn run_channels(
    settings: WorkerSettings,
    channels: Vec<Arc<dyn Channel>>,
    store: Store,
    stop: CancellationToken,
) -> Result<(), WorkerError> {
    if settings.alone && take_over(&store, &stop).await.is_none() {
        return Ok(());
    }
    let concurrency = settings.concurrency.max(1);
    let again = Arc::new(Notify::new());
    let unserved = match channels.iter().any(|channel| channel.queue() == MAIL) {
        true => Vec::new(),
        false => vec![(MAIL, NO_MAIL)],
    };

    let mut monitor = Monitor::new().should_restart(|_, _| true);
    let mut queues: Vec<(&'static str, Arc<dyn Bell>)> = Vec::new();
    let mut clerks = Vec::new();
    for channel in channels {
        let queue = channel.queue();
        let gate = Arc::new(Gate::new(stop.clone(), again.clone()));
        let (claims, clerk) = Claims::new(queue, store.clone(), gate.clone(), settings.lease);
        let desk = Arc::new(Desk {
            store: store.clone(),
            claims,
            sender: Sender {
                channel: channel.clone(),
                gate: gate.clone(),
                timeout: settings.lease * 3 / 4,
            },
            relay: again.clone(),
        });
        let transport = InProcess::new(concurrency);
        queues.push((queue, Arc::new(transport.clone())));
        monitor = register(monitor, queue, transport, concurrency, move || {
            let desk = desk.clone();
            async move { desk.handle_ticket().await }
        });
        clerks.push(async move {
            join(clerk.serve(), gate.knock(&*channel, settings.knock)).await;
        });
    }
    let relay = Relay { store: store.clone(), queues, unserved, again };

    let others = async {
        let (relay, clerks) = (relay.run(&stop), join_all(clerks));
        join4(relay, clerks, schedule::run(&store, &stop), housekeeping::run(&store, &stop)).await;
        pending::<Infallible>().await
    };
    let tickets = monitor.run_with_signal(async {
        stop.cancelled().await;
        Ok(())
    });
    let deadline = async {
        stop.cancelled().await;
        sleep(DRAIN).await;
    };
    select! {
        ended = tickets => ended?,
        never = others => match never {},
        () = deadline => tracing::warn!(
            "some sends did not end within {} s of the stop; they are tried again when their lease ends",
            DRAIN.as_secs()
        ),
    }
    Ok(())
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
            Err(error) => tracing::warn!(%error, "the worker waits for the database"),
        }
        select! {
            () = stop.cancelled() => return None,
            () = sleep(PAUSE) => {}
        }
    }
}
