//! Starting and stopping.

use std::{
    future::Future,
    io,
    net::{SocketAddr, TcpListener},
    num::NonZeroU32,
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use actix_http::HttpService;
use actix_server::{Server, ServerBuilder};
use actix_service::{
    IntoServiceFactory as _, ServiceFactory, ServiceFactoryExt as _, fn_service, map_config,
};
use actix_web::{
    App, Error,
    body::BoxBody,
    dev::{AppConfig, ServiceRequest, ServiceResponse},
    middleware,
    rt::net::TcpStream,
    web::{Data, FormConfig, PayloadConfig},
};
use arc_swap::{ArcSwap, Guard};
use candor_content::link::Links;
use candor_core::SiteName;
use candor_integrations::{
    mail::Mailer,
    slack::{SlackSettings, api::InvalidApi},
    webhook::AllowedTargets,
};
use candor_store::{Freshness, Store};
use candor_telemetry::{Credentials, HttpMetrics, Metrics, ServedPages};
use futures::future::{OptionFuture, ready};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    LiveSettings, Network, SenderSecret,
    cached_response::CachedResponse,
    connection::ClientConnection,
    headers,
    live::LiveViewers,
    observe,
    prerendered::PrerenderedPages,
    routes,
    site::{self, Site},
    slack::{self, SlackHandler},
    subscription,
};

/// How long a client may take for the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// How long who sent too much may go on before the connection is cut.
const LINGER: Duration = Duration::from_secs(1);
/// How long is waited for the log at the start before the last known state is served.
const FIRST_READ: Duration = Duration::from_secs(1);
/// How long requests under way may take after the stop, in seconds.
const STOP_TIMEOUT: u64 = 5;
/// How many times one address may ask to subscribe at once, and in a minute after that.
const SUBSCRIBE_QUOTA: Quota = Quota::per_minute(NonZeroU32::MIN.saturating_add(9));

/// What the web part has to know.
#[derive(Debug, Clone)]
pub struct WebSettings {
    /// Where the page is reached, without a slash at the end: `https://status.example.org`. All links begin with it;
    /// a request's `Host` is never believed.
    pub site_url: String,
    /// What the settings call the page, if they do.
    pub site_name: SiteName,
    /// Where `last-state/` is kept.
    pub data_dir: PathBuf,
    /// The secrets that OpsGenie may use: one, or two while one is being replaced. None means that nobody may.
    pub opsgenie_secrets: Vec<SenderSecret>,
    /// Signs and reads the links in mails.
    pub links: Links,
    /// How strangers may subscribe, of [`candor_core::Address::CHANNELS`]; none closes the form.
    pub subscribe: Vec<&'static str>,
    /// The mail server, to ask whether it takes addresses outside ASCII. Nothing is sent by it here.
    pub mailer: Option<Mailer>,
    /// What subscribers' webhooks may be although it is not public.
    pub webhook_allow: AllowedTargets,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Whom to tell of a security problem, as a URI (`mailto:…`); makes `/.well-known/security.txt` appear.
    pub security_contact: Option<String>,
    /// Where requests are counted, and who may read that.
    pub metrics: Option<(Metrics, Credentials)>,
    /// Whether `/metrics` is answered here as well, to whoever knows the passphrase, and not on the admin listener alone.
    pub public_metrics: bool,
    /// How many threads answer requests.
    pub workers: usize,
    /// The Slack workspace whose people may act; without it there is no address for Slack.
    pub slack: Option<SlackSettings>,
    /// How viewers who stay are treated.
    pub live: LiveSettings,
}

/// Why the server could not start, or had to end.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The listener can't be used, or a thread can't be started.
    #[error("serve HTTP")]
    Serve(#[source] io::Error),
    /// Slack can't be called with these settings.
    #[error("work with Slack")]
    Slack(#[source] InvalidApi),
}

/// What all handlers share.
pub(crate) struct Web {
    pub(crate) settings: WebSettings,
    pub(crate) store: Store,
    pub(crate) site: ArcSwap<Site>,
    /// The last change could not be rendered.
    pub(crate) is_outdated: AtomicBool,
    pub(crate) subscribe_limit: DefaultKeyedRateLimiter<std::net::IpAddr>,
    pub(crate) http: HttpMetrics,
    pub(crate) slack: Option<Arc<SlackHandler>>,
    pub(crate) live: Arc<LiveViewers>,
    /// The API's own document, once somebody has asked for it.
    pub(crate) openapi: OnceLock<CachedResponse>,
}

impl Web {
    /// The pages as they are now.
    pub(crate) fn site(&self) -> Guard<Arc<Site>> {
        self.site.load()
    }

    /// How the pages stand to the log.
    pub(crate) fn pages(&self) -> ServedPages {
        if self.site().is_empty() {
            ServedPages::Missing
        } else if self.is_outdated.load(Ordering::Relaxed) {
            ServedPages::Outdated
        } else {
            ServedPages::Current
        }
    }
}

/// The HTTP server, over connections that can be taken out of its hands.
fn run<F, S>(listener: TcpListener, web: Data<Web>, app: F) -> io::Result<Server>
where
    F: Fn() -> App<S> + Send + Clone + 'static,
    S: ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<BoxBody>,
            Error = Error,
            InitError = (),
        > + 'static,
{
    let (address, workers) = (listener.local_addr()?, web.settings.workers);
    let builder = ServerBuilder::new();
    let ending = builder.graceful_shutdown_signal();
    builder
        .workers(workers)
        .shutdown_timeout(STOP_TIMEOUT)
        .disable_signals()
        .listen("web", listener, move || {
            let ending = ending.clone();
            let app = app().into_factory().map_err(|error: Error| error.error_response());
            let http = HttpService::build()
                .graceful_shutdown_signal(move || {
                    let ending = ending.clone();
                    async move { ending.notified().await }
                })
                .client_request_timeout(HEAD_TIMEOUT)
                .client_disconnect_timeout(LINGER)
                .keep_alive(KEEP_ALIVE)
                .local_addr(address)
                .on_connect_ext(|line: &ClientConnection, extensions| {
                    extensions.insert(line.clone());
                })
                .h1(PrerenderedPages::before(
                    Data::clone(&web).into_inner(),
                    map_config(app, |()| AppConfig::default()),
                ));
            fn_service(|stream: TcpStream| {
                let peer = stream.peer_addr().ok();
                ready(Ok((ClientConnection::new(stream), peer)))
            })
            .and_then(http)
        })
        .map(ServerBuilder::run)
}

#[cfg(test)]
impl Web {
    /// Without a database.
    pub(crate) fn for_test() -> Self {
        let site_url = "https://status.example.org".to_owned();
        let settings = WebSettings {
            links: Links::new(&site_url, &[7; 32]).unwrap(),
            site_url,
            site_name: "Acme Tickets".into(),
            data_dir: PathBuf::from("/nonexistent"),
            opsgenie_secrets: Vec::new(),
            subscribe: candor_core::Address::CHANNELS.to_vec(),
            mailer: None,
            webhook_allow: AllowedTargets::default(),
            trusted_proxies: Vec::new(),
            security_contact: None,
            metrics: None,
            public_metrics: false,
            workers: 1,
            slack: None,
            live: LiveSettings::default(),
        };
        let store = Store::open("sqlite:/nonexistent/candor.sqlite3").unwrap();
        let site = site::first(&settings, &store.snapshot().borrow());
        Self {
            settings,
            store,
            site: ArcSwap::from_pointee(site),
            is_outdated: AtomicBool::new(false),
            subscribe_limit: RateLimiter::keyed(SUBSCRIBE_QUOTA),
            http: HttpMetrics::new(None, routes::TABLE),
            slack: None,
            live: LiveViewers::new(LiveSettings::default()),
            openapi: OnceLock::new(),
        }
    }
}

/// Takes the port, so that "in use" is said before anything else is done.
///
/// # Errors
/// The address is in use or not ours.
pub fn bind(listen: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(listen)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves until `stop` is ready, then lets requests under way end. Runs in a multi-thread tokio runtime.
///
/// The store should be following its log ([`Store::follow`]); until it has read it, the last known state is served.
///
/// # Errors
/// The listener can't be used.
pub async fn serve(
    settings: WebSettings,
    store: Store,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), WebError> {
    let mut snapshots = store.snapshot();
    // What is on disk may be older than what was served before this start.
    let read =
        snapshots.wait_for(|snapshot| !matches!(snapshot.freshness, Freshness::Unread { .. }));
    if tokio::time::timeout(FIRST_READ, read).await.is_err() {
        tracing::warn!("the log is still being read; the last known state is served meanwhile");
    }
    let site = site::first(&settings, &snapshots.borrow());
    let metrics = settings.metrics.as_ref().map(|(metrics, _)| metrics.clone());
    let desk = settings
        .slack
        .clone()
        .map(|slack| SlackHandler::new(slack, &settings, store.clone()))
        .transpose()
        .map_err(WebError::Slack)?;
    let live = LiveViewers::new(settings.live);
    let web = Data::new(Web {
        settings,
        store,
        site: ArcSwap::from_pointee(site),
        is_outdated: AtomicBool::new(false),
        subscribe_limit: RateLimiter::keyed(SUBSCRIBE_QUOTA),
        http: HttpMetrics::new(metrics, routes::TABLE),
        slack: desk.clone(),
        live: Arc::clone(&live),
        openapi: OnceLock::new(),
    });
    let (done, stopped) = watch::channel(false);
    let renderer =
        tokio::spawn(site::keep_fresh(Data::clone(&web).into_inner(), snapshots, stopped));
    let telling = tokio::spawn({
        let live = Arc::clone(&live);
        async move { live.run().await }
    });
    let shared = Data::clone(&web);
    let app = move || {
        App::new()
            .app_data(Data::clone(&shared))
            .app_data(PayloadConfig::new(subscription::BODY_LIMIT))
            .app_data(
                FormConfig::default()
                    .limit(subscription::BODY_LIMIT)
                    .error_handler(|error, _request| subscription::unreadable(&error).into()),
            )
            .configure(routes::configure)
            .wrap(middleware::from_fn(headers::rim))
            .wrap(middleware::from_fn(observe::observe))
    };
    let server = run(listener, web, app).map_err(WebError::Serve)?;
    let handle = server.handle();
    let deaf = CancellationToken::new();
    let hearing = desk.clone().map(|desk| tokio::spawn(slack::run_socket(desk, deaf.clone())));
    let stopping = deaf.clone();
    tokio::spawn(async move {
        stop.await;
        stopping.cancel();
        // Whoever watches would stay for as long as they are let.
        live.end().await;
        handle.stop(true).await;
    });
    let outcome = server.await.map_err(WebError::Serve);
    done.send_replace(true);
    deaf.cancel();
    telling.abort();
    if let Some(Err(error)) = OptionFuture::from(hearing).await {
        tracing::error!(%error, "Slack was not listened to until the end");
    }
    if let Some(desk) = desk {
        desk.finish().await;
    }
    if let Err(error) = renderer.await {
        tracing::error!(%error, "the pages were not kept fresh to the end");
    }
    outcome
}
