//! A long-running process: what it starts, in which order, and how it ends.
//!
//! `candor serve`, `candor web` and `candor worker` are the same program with other parts. Whatever part ends first, the
//! others are stopped; a stop lets requests and deliveries under way come to their end.

mod admin;
mod announce;
mod data_dir;
pub(crate) mod database;
mod open_files;
mod served_site;
mod service_manager;
mod signals;

use std::{
    convert::Infallible, fs::File, io::IsTerminal, net::TcpListener, sync::Arc, time::Duration,
};

use candor_content::link::Links;
use candor_core::ErrorChain;
use candor_integrations::{mail::Mailer, webhook::HookSettings};
use candor_store::{Freshness, Store};
use candor_telemetry::{Credentials, HealthCheck, LogSettings, Logs, Metrics, Role};
use candor_web::{LiveSettings, SenderSecret, WebSettings};
use candor_worker::{RedisProblem, Transport, WorkerHealth, WorkerSettings};
use tokio::{select, task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

pub(crate) use announce::program;
pub(crate) use data_dir::{is_in_use, keep_apart, make as make_data_dir, open_files};
pub(crate) use served_site::as_served;
pub(crate) use signals::stop_on_signal;

use crate::{error::CliError, http, secrets, settings::Settings};

/// The parts have 10 s to drain; then the process ends.
const LONGEST_END: Duration = Duration::from_secs(13);
/// How long Redis may take to say what it is, at the start.
const REDIS_PATIENCE: Duration = Duration::from_secs(3);
/// How often a page that can't be asked for yet is asked for again.
const AGAIN: Duration = Duration::from_millis(20);

/// Runs until SIGTERM or Ctrl-C.
///
/// # Errors
/// It can't start (settings, ports, data directory, database), or a part of it failed.
pub(crate) async fn run(role: Role, settings: Settings) -> Result<(), CliError> {
    let stop = CancellationToken::new();
    stop_on_signal(stop.clone())?;
    let (settings, listener) = match role {
        Role::Worker => (settings, None),
        Role::Serve | Role::Web => {
            let (settings, listener) = listen(settings)?;
            (settings, Some(listener))
        }
    };
    let start = Process::start(role, &settings, listener, stop.clone());
    let process = select! {
        started = Box::pin(start) => started?,
        () = stop.cancelled() => return Ok(()),
    };
    process.announce(&settings)?;
    process.notify_service_manager(&settings);
    process.wait().await
}

/// Takes the port, before anything else is done.
///
/// # Errors
/// It is in use, or not ours.
pub(crate) fn listen(settings: Settings) -> Result<(Settings, TcpListener), CliError> {
    let failed = |e| {
        let listen = settings.listen;
        CliError::Failed(format!(
            "can't listen on {listen}: {e}; is another Candor running there? CANDOR_LISTEN sets another port"
        ))
    };
    let listener = candor_web::bind(settings.listen).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((settings.listening_on(address), listener))
}

/// Logs to stderr, as the settings say, until what is returned is dropped.
///
/// # Errors
/// `CANDOR_LOG` isn't a filter, or the collector of traces can't be used.
pub(crate) fn log_to_stderr(role: Role, settings: &Settings) -> Result<Logs, CliError> {
    let ansi = std::io::stderr().is_terminal();
    let settings = LogSettings { filter: &settings.log, json: settings.log_json, ansi, role };
    candor_telemetry::init_logs(settings).map_err(CliError::wrong)
}

/// Sends what a command does to the collector of traces, if there is one, until what is returned is dropped.
///
/// # Errors
/// The collector can't be used.
pub(crate) fn trace_command(settings: &Settings) -> Result<Option<Logs>, CliError> {
    let collector = std::env::var_os("OTEL_EXPORTER_OTLP_ENDPOINT");
    if collector.is_none_or(|collector| collector.is_empty()) {
        return Ok(None);
    }
    let settings = Settings { log: "warn".to_owned(), ..settings.clone() };
    log_to_stderr(Role::Serve, &settings).map(Some)
}

/// Everything that runs.
pub(crate) struct Process {
    pub(crate) store: Store,
    pub(crate) metrics: Metrics,
    role: Role,
    parts: ProcessParts,
    stop: CancellationToken,
    webhook: Option<announce::WebhookSecrets>,
    /// Keeps a second process from the same data directory.
    _locks: Vec<File>,
}

impl Process {
    /// Starts everything.
    ///
    /// # Errors
    /// It can't start: the data directory, the database, Redis.
    pub(crate) async fn start(
        role: Role,
        settings: &Settings,
        listener: Option<TcpListener>,
        stop: CancellationToken,
    ) -> Result<Self, CliError> {
        let locks = match role {
            Role::Worker => Vec::new(),
            Role::Serve | Role::Web => {
                if let Some(dir) = &settings.export_dir {
                    keep_apart(settings, dir)?;
                }
                data_dir::make(settings)?;
                let mut locks = vec![data_dir::lock(&settings.data_dir)?];
                if let (Role::Serve, Some(database)) = (role, settings.sqlite_file()) {
                    locks.push(data_dir::lock_database(&database)?);
                }
                served_site::note(settings)?;
                locks
            }
        };
        let admin = admin::bind(settings.admin_listen)?;
        let links = secrets::links(settings)?;
        let webhook = match role {
            Role::Worker => None,
            Role::Serve | Role::Web => Some(announce::WebhookSecrets::of(role, settings)?),
        };
        let metrics = candor_telemetry::install_metrics(role, env!("BUILD_COMMIT"))
            .map_err(|error| CliError::Failed(error.to_string()))?;
        let credentials =
            Credentials::new(&settings.metrics_user, settings.metrics_passphrase.as_deref());
        let store = database::open(role, settings, &stop).await?;

        let mut parts = ProcessParts::default();
        if let (Some(listener), Some(webhook)) = (listener, &webhook) {
            let seen = (metrics.clone(), credentials.clone());
            let web = web_settings(settings, webhook, links.clone(), seen);
            if let Some(dir) = settings.export_dir.clone() {
                let (page, store) = (page_settings(settings, links.clone()), store.clone());
                parts.start("export", candor_web::keep_exported(page, store, dir, stop.clone()));
            }
            let stopped = stop.clone().cancelled_owned();
            parts.start("web", candor_web::serve(web, store.clone(), listener, stopped));
        }
        let health = WorkerHealth::default();
        if role != Role::Web {
            let transport = transport(settings).await?;
            let worker = worker_settings(settings, links, transport, health.clone());
            parts.start("worker", candor_worker::run(worker, store.clone(), stop.clone()));
        }
        parts.observe(metrics.clone(), &store, health, &stop);
        if let Some(listener) = admin {
            let seen = metrics.clone();
            let admin = candor_telemetry::serve_admin(listener, seen, credentials, stop.clone());
            parts.start("admin", admin);
        }
        Ok(Self { store, metrics, role, parts, stop, webhook, _locks: locks })
    }

    /// Tells the service manager, if there is one, when this process does its work, and then that it still does.
    fn notify_service_manager(&self, settings: &Settings) {
        if !service_manager::listens() {
            return;
        }
        let (role, store, listen) = (self.role, self.store.clone(), settings.listen);
        tokio::spawn(async move {
            match role {
                Role::Serve | Role::Web => page_answers(listen).await,
                Role::Worker => log_was_read(&store).await,
            }
            service_manager::ready(role);
            service_manager::keep_watchdog_quiet().await;
        });
        let stop = self.stop.clone();
        tokio::spawn(async move {
            stop.cancelled().await;
            service_manager::stopping();
        });
    }

    /// Waits until everything has ended.
    ///
    /// # Errors
    /// A part failed.
    pub(crate) async fn wait(self) -> Result<(), CliError> {
        let Self { store, mut parts, stop, .. } = self;
        let end = async {
            let outcome = parts.end(&stop).await;
            store.close().await;
            outcome
        };
        select! {
            outcome = end => outcome,
            () = async { stop.cancelled().await; sleep(LONGEST_END).await } => {
                tracing::warn!("not everything ended within {} s of the stop", LONGEST_END.as_secs());
                Ok(())
            }
        }
    }
}

fn web_settings(
    settings: &Settings,
    webhook: &announce::WebhookSecrets,
    links: Links,
    metrics: (Metrics, Credentials),
) -> WebSettings {
    WebSettings {
        alert_secrets: webhook.secrets.iter().map(|secret| SenderSecret::new(secret)).collect(),
        alert_rules: settings.alert_rules.clone(),
        trusted_proxies: settings.trusted_proxies.clone(),
        metrics: Some(metrics),
        public_metrics: settings.public_metrics,
        workers: settings.workers,
        slack: settings.slack.clone(),
        live: LiveSettings {
            max: settings.live.max.min(open_files::max_viewers(open_files::raise_limit())),
            ..settings.live
        },
        ..page_settings(settings, links)
    }
}

/// The settings of the pages; no credentials that allow acting.
pub(crate) fn page_settings(settings: &Settings, links: Links) -> WebSettings {
    WebSettings {
        site_url: settings.site_url.clone(),
        site_name: settings.site_name.clone(),
        data_dir: settings.data_dir.clone(),
        alert_secrets: Vec::new(),
        alert_rules: settings.alert_rules.clone(),
        links,
        subscribe: settings.subscribe.clone(),
        // Settings that can't be used are the worker's to complain of.
        mailer: settings.mail.clone().and_then(|mail| Mailer::new(mail).ok()),
        webhook_allow: settings.webhook_allow.clone(),
        trusted_proxies: Vec::new(),
        security_contact: settings.security_contact.clone(),
        metrics: None,
        public_metrics: false,
        workers: settings.workers,
        slack: None,
        live: settings.live,
    }
}

fn worker_settings(
    settings: &Settings,
    links: Links,
    transport: Transport,
    health: WorkerHealth,
) -> WorkerSettings {
    WorkerSettings {
        mail: settings.mail.clone(),
        slack: settings.slack.clone(),
        chat_webhook: settings.chat_webhook.clone(),
        dead_mans_switch: settings.dead_mans_switch.clone(),
        hooks: HookSettings::new(&settings.site_url, settings.webhook_allow.clone()),
        concurrency: settings.concurrency,
        lease: settings.lease,
        queues: settings.queues.clone(),
        // The lock says that no other process works on this file.
        alone: !settings.on_postgres(),
        transport,
        health,
        ..WorkerSettings::new(settings.site_name.clone(), links)
    }
}

/// The transport of wake-ups. A process starts even if Redis can't be reached.
async fn transport(settings: &Settings) -> Result<Transport, CliError> {
    let Some(redis) = settings.redis.clone().filter(|_| settings.on_postgres()) else {
        return Ok(if settings.on_postgres() { Transport::Sql } else { Transport::InProcess });
    };
    match redis.probe(REDIS_PATIENCE).await {
        Ok(report) => {
            for warning in report.warnings {
                tracing::warn!(version = report.version, "Redis: {warning}");
            }
        }
        Err(problem @ RedisProblem::Unreachable(_)) => {
            tracing::warn!("{problem}; the workers ask the database until it answers");
        }
        Err(problem @ RedisProblem::Refused(_)) => {
            return Err(CliError::Failed(problem.to_string()));
        }
        Err(problem @ RedisProblem::Settings(_)) => return Err(CliError::wrong(problem)),
    }
    Ok(Transport::Redis(redis))
}

/// Comes back when the front page is served.
async fn page_answers(listen: std::net::SocketAddr) {
    let server = http::from_here(listen);
    while !http::get(&server.to_string(), "/").await.is_ok_and(|status| status == 200) {
        sleep(AGAIN).await;
    }
}

/// Comes back when the database has answered what the log says.
async fn log_was_read(store: &Store) {
    let mut snapshots = store.snapshot();
    let read = |freshness: &Freshness| {
        !matches!(freshness, Freshness::Unread { .. } | Freshness::Unreachable { .. })
    };
    // The sender lives as long as the store.
    let _ = snapshots.wait_for(|snapshot| read(&snapshot.freshness)).await;
}

/// The parts of a process, each by its name.
#[derive(Default)]
struct ProcessParts(JoinSet<Result<(), String>>);

impl ProcessParts {
    fn start<E: std::error::Error + Send + 'static>(
        &mut self,
        name: &'static str,
        part: impl Future<Output = Result<(), E>> + Send + 'static,
    ) {
        let task = tokio::spawn(part);
        self.0.spawn(async move {
            match task.await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => Err(format!("the {name} part failed: {}", ErrorChain(&error))),
                Err(error) => Err(format!("the {name} part ended unexpectedly: {error}")),
            }
        });
    }

    /// The numbers and the health that the admin listener shows.
    fn observe(
        &mut self,
        metrics: Metrics,
        store: &Store,
        health: WorkerHealth,
        stop: &CancellationToken,
    ) {
        let (redis, mail) = (health.clone(), health);
        let checks: Vec<HealthCheck> = vec![
            ("redis", Arc::new(move || redis.redis())),
            ("mail", Arc::new(move || mail.mail())),
        ];
        let refresh = candor_telemetry::refresh(metrics, store.clone(), checks, stop.clone());
        self.start("metrics", async {
            refresh.await;
            Ok::<(), Infallible>(())
        });
    }

    /// Waits for all of them. When the first one ends, for whatever reason, it stops the others. The first failure counts.
    async fn end(&mut self, stop: &CancellationToken) -> Result<(), CliError> {
        let mut outcome = Ok(());
        while let Some(ended) = self.0.join_next().await {
            stop.cancel();
            let ended = ended.unwrap_or_else(|error| Err(error.to_string()));
            outcome = outcome.and(ended.map_err(CliError::Failed));
        }
        outcome
    }
}
