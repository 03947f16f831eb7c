//! A running server over a database and a data directory of its own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::LazyLock,
    time::Instant,
};

use candor_content::link::Links;
use candor_core::{Command, Declaration, IncidentNumber, Notify, Severity, Status};
use candor_integrations::webhook::AllowedTargets;
use candor_store::Store;
use candor_telemetry::{Credentials, Metrics, Role, install_metrics};
use candor_testkit::{execute, story};
use candor_web::{LiveSettings, SenderSecret, WebError, WebSettings, bind, serve};
use tokio::{sync::oneshot, task::JoinHandle};

use crate::{
    client::{DEADLINE, TestResponse, get},
    logs,
};

pub(crate) const SITE: &str = "https://status.example.org";
pub(crate) const SECRET: &str = "first-secret-0123456789";
pub(crate) const OTHER_SECRET: &str = "second-secret-9876543210";

pub(crate) fn links() -> Links {
    Links::new(SITE, &[7; 32]).unwrap()
}

/// The metrics of the whole test process, and who may read them.
pub(crate) fn metrics() -> (Metrics, Credentials) {
    static METRICS: LazyLock<Metrics> =
        LazyLock::new(|| install_metrics(Role::Web, "unknown").unwrap());
    (METRICS.clone(), Credentials::new("metrics", Some("let me in")))
}

pub(crate) fn settings(data_dir: &Path) -> WebSettings {
    WebSettings {
        site_url: SITE.to_owned(),
        site_name: "Acme Tickets".into(),
        data_dir: data_dir.to_owned(),
        alert_secrets: vec![SenderSecret::new(SECRET), SenderSecret::new(OTHER_SECRET)],
        alert_rules: candor_integrations::alert_source::AlertRules::default(),
        links: links(),
        subscribe: candor_core::Address::CHANNELS.to_vec(),
        mailer: None,
        webhook_allow: AllowedTargets::default(),
        trusted_proxies: Vec::new(),
        security_contact: Some("mailto:security@example.org".to_owned()),
        metrics: Some(metrics()),
        public_metrics: true,
        workers: 2,
        slack: None,
        live: LiveSettings::default(),
    }
}

/// A running server.
pub(crate) struct TestServer {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), WebError>>,
}

/// The path of the log's database.
pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("candor.sqlite3")
}

impl TestServer {
    /// A server over a new and empty log.
    pub(crate) async fn new() -> Self {
        Self::with(|settings| settings).await
    }

    pub(crate) async fn with(change: impl FnOnce(WebSettings) -> WebSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite:{}", database(folder.path()).display())).unwrap();
        store.migrate().await.unwrap();
        store.follow();
        let settings = change(settings(folder.path()));
        let server = Self::open(folder, store, settings);
        server.until("/healthcheck/", |answer| answer.status == 200).await;
        server
    }

    /// A server over the content of `folder`, whether or not the store can be read.
    pub(crate) fn open(folder: tempfile::TempDir, store: Store, settings: WebSettings) -> Self {
        logs::listen();
        let listener = bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let stopped = async { drop(stopped.await) };
        let task = tokio::spawn(serve(settings, store.clone(), listener, stopped));
        Self { folder, store, address, stop, task }
    }

    /// Ends the server as a signal would, and gives its folder back.
    pub(crate) async fn close(self) -> tempfile::TempDir {
        self.stop.send(()).unwrap();
        self.task.await.unwrap().unwrap();
        self.folder
    }

    /// Requests a path.
    pub(crate) async fn get(&self, path: &str) -> TestResponse {
        get(path).send_to(self.address).await
    }

    /// Requests `path` until the answer is as wanted.
    pub(crate) async fn until(
        &self,
        path: &str,
        wanted: impl Fn(&TestResponse) -> bool,
    ) -> TestResponse {
        let begun = Instant::now();
        loop {
            let answer = self.get(path).await;
            if wanted(&answer) {
                return answer;
            }
            assert!(
                begun.elapsed() < DEADLINE,
                "never came as wanted: {} {}",
                answer.status,
                answer.text()
            );
            tokio::task::yield_now().await;
        }
    }

    /// Executes a command, and returns when the front page shows it.
    pub(crate) async fn run(&self, command: Command) -> u64 {
        let seq = execute(&self.store, command).await.last().unwrap().seq;
        self.shows(seq).await;
        seq
    }

    /// Waits until the pages reflect event `seq`.
    pub(crate) async fn shows(&self, seq: u64) -> TestResponse {
        self.until("/", |answer| {
            answer.header("x-log-seq").is_some_and(|shown| shown.parse::<u64>().unwrap() >= seq)
        })
        .await
    }
}

pub(crate) fn number(number: u32) -> IncidentNumber {
    story::incident(number)
}

pub(crate) fn declare(words: &str, severity: Severity) -> Command {
    Command::Declare(Declaration {
        title: story::title(words),
        text: Some(story::text("We are looking into it.")),
        ..story::declaration(severity, Status::Confirmed)
    })
}

pub(crate) fn update(incident: u32, words: &str) -> Command {
    story::update_with_text(incident, words, None, Notify::Default)
}
