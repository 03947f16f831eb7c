//! `candor serve`: the page, the webhooks and the mails in one process.

use std::{
    env,
    fs::{self, File},
    io::IsTerminal,
    net::TcpListener,
    path::{Path, PathBuf},
    time::Duration,
};

use candor_integrations::link::Links;
use candor_store::{Store, StoreError};
use candor_web::{Secret, WebSettings};
use candor_worker::WorkerSettings;
use tokio::{
    signal::unix::{SignalKind, signal},
    time::sleep,
};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::{failure::Failure, secrets, settings::Settings, terminal};

/// Runs until SIGTERM or Ctrl-C.
///
/// # Errors
/// It can't start: the port, the data directory, the database.
pub(crate) async fn run(settings: Settings) -> Result<(), Failure> {
    log_to_stderr(&settings)?;
    let stop = CancellationToken::new();
    let (settings, listener) = listen(settings)?;
    let running = Running::start(&settings, listener, stop.clone()).await?;
    running.announce(&settings)?;
    stop_on_signal(stop)?;
    running.wait().await
}

/// Takes the port, before anything else is done.
///
/// # Errors
/// It is in use, or not ours.
pub(crate) fn listen(settings: Settings) -> Result<(Settings, TcpListener), Failure> {
    let failed = |e| {
        let listen = settings.listen;
        Failure::Failed(format!(
            "can't listen on {listen}: {e}; is another Candor running there? CANDOR_LISTEN sets another port"
        ))
    };
    let listener = candor_web::bind(settings.listen).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((settings.listening_on(address), listener))
}

/// `candor migrate`
pub(crate) async fn migrate(settings: &Settings) -> Result<(), Failure> {
    make_data_dir(settings)?;
    let applied = Store::open(&settings.database_url)?.migrate().await?;
    match applied.as_slice() {
        [] => terminal::line("the database is up to date"),
        applied => terminal::line(format!("applied {}", applied.join(", "))),
    }
}

/// Everything that runs, and the lock that keeps a second process from the same data directory.
pub(crate) struct Running {
    pub(crate) store: Store,
    web: tokio::task::JoinHandle<Result<(), candor_web::WebError>>,
    worker: tokio::task::JoinHandle<Result<(), candor_worker::WorkerError>>,
    stop: CancellationToken,
    webhook_secrets: Vec<String>,
    secret_is_new: bool,
    _lock: File,
}

impl Running {
    /// Starts everything and returns when the page can be asked for.
    ///
    /// # Errors
    /// It can't start: the port, the data directory, the database.
    pub(crate) async fn start(
        settings: &Settings,
        listener: TcpListener,
        stop: CancellationToken,
    ) -> Result<Self, Failure> {
        make_data_dir(settings)?;
        let lock = lock(&settings.data_dir)?;
        let links =
            Links::new(&settings.site_url, &secrets::key(settings)?).map_err(Failure::wrong)?;
        let secret_is_new =
            settings.opsgenie_secrets.is_empty() && !secrets::opsgenie_file(settings).exists();
        let webhook_secrets = secrets::opsgenie(settings)?;
        let store = open_store(settings, &stop).await?;

        let web = WebSettings {
            site_url: settings.site_url.clone(),
            site_name: settings.site_name.clone(),
            data_dir: settings.data_dir.clone(),
            opsgenie_secrets: webhook_secrets.iter().map(|secret| Secret::new(secret)).collect(),
            links: links.clone(),
            trusted_proxies: settings.trusted_proxies.clone(),
            security_contact: settings.security_contact.clone(),
            metrics: None,
        };
        let worker = WorkerSettings {
            mail: settings.mail.clone(),
            concurrency: settings.mail_connections,
            // The lock says that no other process works on this file.
            alone: store.kind() == "sqlite",
            ..WorkerSettings::new(settings.site_name.clone(), links)
        };
        Ok(Self {
            web: tokio::spawn(candor_web::serve(
                web,
                store.clone(),
                listener,
                stop.clone().cancelled_owned(),
            )),
            worker: tokio::spawn(candor_worker::run(worker, store.clone(), stop.clone())),
            store,
            stop,
            webhook_secrets,
            secret_is_new,
            _lock: lock,
        })
    }

    /// The address to paste into OpsGenie; the secret is shown where only its owner reads, or when it is new.
    fn announce(&self, settings: &Settings) -> Result<(), Failure> {
        let hook = format!("{}/integrations/opsgenie/hook", settings.site_url);
        let show = self.secret_is_new || std::io::stdout().is_terminal();
        let webhook = match self.webhook_secrets.first() {
            Some(secret) if show => format!("{hook}/{secret}"),
            _ if settings.opsgenie_secrets.is_empty() => {
                format!(
                    "{hook}/… (the secret is in {})",
                    secrets::opsgenie_file(settings).display()
                )
            }
            _ => format!("{hook}/… (the secret is CANDOR_OPSGENIE_SECRET)"),
        };
        let mail = match &settings.mail {
            Some(mail) => format!("{}:{}", mail.host, mail.port),
            None => "none; mails wait until CANDOR_MAIL_HOST is set".to_owned(),
        };
        let program = program();
        terminal::line(format!(
            "Candor {} serves your status page.\n\n  page     {}/\n  webhook  {webhook}\n           for OpsGenie or Jira \
             Service Management: integration \"Webhook\"\n  data     {}\n  mail     {mail}\n\nNext: send it an alert, and \
             look at the page:  {program} simulate opsgenie\n      then say whether it is real:            {program} \
             incident confirm   (or: dismiss)",
            env!("CARGO_PKG_VERSION"),
            settings.site_url,
            settings.data_dir.display(),
        ))
    }

    /// Waits until everything has ended; if one part fails, the others are stopped.
    ///
    /// # Errors
    /// A part failed.
    pub(crate) async fn wait(self) -> Result<(), Failure> {
        let Self { store, web, worker, stop, .. } = self;
        let watched = |stop: CancellationToken| move || stop.cancel();
        let (web, worker) = tokio::join!(
            ended("web", web, watched(stop.clone())),
            ended("worker", worker, watched(stop))
        );
        store.close().await;
        web.and(worker)
    }
}

/// Waits for one part; whatever its end, the others end with it.
async fn ended<E: std::fmt::Display>(
    part: &str,
    task: tokio::task::JoinHandle<Result<(), E>>,
    stop: impl FnOnce(),
) -> Result<(), Failure> {
    let result = task.await;
    stop();
    match result {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Failure::Failed(format!("the {part} part failed: {error}"))),
        Err(error) => Err(Failure::Failed(format!("the {part} part ended unexpectedly: {error}"))),
    }
}

/// Opens and migrates the database. If it can't be reached but a last state is on disk, the page is served from that
/// while the database is tried again.
async fn open_store(settings: &Settings, stop: &CancellationToken) -> Result<Store, Failure> {
    let store = Store::open(&settings.database_url)?;
    if settings.automigrate {
        match store.migrate().await {
            Ok(applied) if applied.is_empty() => {}
            Ok(applied) => tracing::info!(
                migrations = applied.join(", "),
                "the database's schema was brought up to date"
            ),
            Err(StoreError::Unavailable(why)) if settings.data_dir.join("last-state").exists() => {
                tracing::error!(why, "the database can't be reached; serving the last known state");
                tokio::spawn(migrate_when_possible(store.clone(), stop.clone()));
            }
            Err(error) => return Err(error.into()),
        }
    } else if store.pending_migrations().await? > 0 {
        return Err(Failure::Failed(
            "the database's schema is older than this version; run `candor migrate` first"
                .to_owned(),
        ));
    }
    store.follow();
    Ok(store)
}

async fn migrate_when_possible(store: Store, stop: CancellationToken) {
    while let Err(error) = store.migrate().await {
        tracing::debug!(%error, "still no database");
        tokio::select! {
            () = sleep(Duration::from_secs(2)) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// Makes the data directory, readable by its owner alone.
///
/// # Errors
/// It can't be made or written.
pub(crate) fn make_data_dir(settings: &Settings) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    let dir = &settings.data_dir;
    let failed = |e: std::io::Error| {
        Failure::Failed(format!(
            "can't write the data directory {}: {e}; CANDOR_DATA_DIR sets another one",
            dir.display()
        ))
    };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(failed)?;
    let probe = dir.join(".writable");
    fs::write(&probe, b"candor").and_then(|()| fs::remove_file(&probe)).map_err(failed)
}

/// Keeps a second process away from the same data directory; the system gives the lock back when this one ends.
fn lock(data_dir: &Path) -> Result<File, Failure> {
    let path = data_dir.join("lock");
    let file =
        File::create(&path).map_err(|e| Failure::io(format!("write {}", path.display()), e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::Failed(format!(
            "another Candor uses the data directory {}; stop it first, or set CANDOR_DATA_DIR",
            data_dir.display()
        ))),
        Err(fs::TryLockError::Error(e)) => Err(Failure::io(format!("lock {}", path.display()), e)),
    }
}

/// Logs to stderr, as the settings say.
///
/// # Errors
/// `CANDOR_LOG` isn't a filter.
pub(crate) fn log_to_stderr(settings: &Settings) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&settings.log).map_err(|e| {
        Failure::wrong(format!(
            "CANDOR_LOG is not a log filter, such as info or candor_web=debug: {e}"
        ))
    })?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if settings.log_json {
        log.json().init();
    } else {
        log.with_ansi(std::io::stderr().is_terminal()).init();
    }
    Ok(())
}

/// Cancels `stop` on SIGTERM and on Ctrl-C.
///
/// # Errors
/// The system refuses to tell of signals.
pub(crate) fn stop_on_signal(stop: CancellationToken) -> Result<(), Failure> {
    let mut terminate =
        signal(SignalKind::terminate()).map_err(|e| Failure::io("listen for signals", e))?;
    let mut interrupt =
        signal(SignalKind::interrupt()).map_err(|e| Failure::io("listen for signals", e))?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        stop.cancel();
    });
    Ok(())
}

/// How this program is called from here: by its name if that is found, else by its path.
pub(crate) fn program() -> String {
    let exe = env::current_exe().unwrap_or_else(|_| PathBuf::from("candor"));
    let in_path = env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|dir| dir.join("candor") == exe));
    let here = env::current_dir().unwrap_or_default();
    match exe.strip_prefix(&here) {
        _ if in_path => "candor".to_owned(),
        Ok(relative) => relative.display().to_string(),
        Err(_) => exe.display().to_string(),
    }
}
