//! The site under test: its processes, its servers, and the harness's expectations.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    net::SocketAddr,
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    process::{self, Command, Output, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use candor_testkit::{
    Cluster, RedisServer, free_address, http,
    postgres::{self, sql_at},
    process::bound,
    site::SECRET,
    within,
};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::{Handle, Runtime};

use crate::{
    expectations::{Audit, Expectations},
    process::Process,
    sink::{Door, Sink},
};

/// The configuration of a PostgreSQL whose data survives a crash.
pub(crate) const DURABLE: &str =
    "fsync = on\nfull_page_writes = on\nmax_connections = 1000\nshared_buffers = 128MB";
/// How long a process may take to start.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// Removes the folder `$2` when the process `$1` has ended in any way.
const WATCHDOG: &str = r#"
while kill -0 "$1" 2>/dev/null; do sleep 1; done
until rm -rf "$2"; do sleep 1; done
"#;

/// What all faults share.
pub(crate) struct Harness {
    pub(crate) runtime: Runtime,
    pub(crate) postgres: Cluster,
    /// Databases and other temporary files.
    pub(crate) folder: TempDir,
    pub(crate) candor: PathBuf,
    pub(crate) logs: PathBuf,
    pub(crate) size: Size,
    databases: AtomicUsize,
    /// Databases with a number of subscribers, to be copied.
    templates: Mutex<BTreeMap<usize, String>>,
}

/// How thorough a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// Every line, with small counts: for every push.
    Short,
    /// Within the hour.
    Usual,
    /// The counts of the specification.
    Full,
}

impl Harness {
    /// Keeps the logs in this folder if one is given.
    pub(crate) fn new(candor: PathBuf, logs: Option<PathBuf>, size: Size) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let folder = TempDir::with_prefix("candor-faults-").unwrap();
        let logs = logs.unwrap_or_else(|| folder.path().join("logs"));
        let _ = fs::remove_dir_all(&logs);
        fs::create_dir_all(&logs).unwrap();
        // PostgreSQL may run as another user.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        // In a session of its own, so that a signal to the harness doesn't end it.
        let watchdog = Command::new("setsid")
            .args(["-f", "sh", "-c", WATCHDOG, "watchdog", &process::id().to_string()])
            .arg(folder.path())
            .stdout(Stdio::null())
            .status();
        assert!(watchdog.unwrap().success());
        let postgres = Cluster::start_in(folder.path(), DURABLE, &[]);
        let (databases, templates) = (AtomicUsize::new(0), Mutex::default());
        Self { runtime, postgres, folder, candor, logs, size, databases, templates }
    }

    pub(crate) fn handle(&self) -> &Handle {
        self.runtime.handle()
    }

    /// The count for the thoroughness of this run.
    pub(crate) fn times(&self, short: usize, usual: usize, full: usize) -> usize {
        match self.size {
            Size::Short => short,
            Size::Usual => usual,
            Size::Full => full,
        }
    }

    pub(crate) fn new_database_name(&self) -> String {
        format!("faults_{}", self.databases.fetch_add(1, Ordering::Relaxed))
    }

    /// A database with this many confirmed subscribers.
    fn database(&self, recipients: usize) -> String {
        let mut templates = self.templates.lock().unwrap();
        let template = templates.entry(recipients).or_insert_with(|| {
            let name = self.new_database_name();
            self.postgres.sql("postgres", &format!("CREATE DATABASE {name}"));
            let list: String = addresses(recipients).iter().map(|one| format!("{one}\n")).collect();
            let folder = TempDir::new_in(self.folder.path()).unwrap();
            for arguments in [&["migrate"][..], &["subscriber", "add", "-"]] {
                let mut command = bound(&self.candor, "KILL");
                command
                    .env("CANDOR_DATABASE_URL", postgres::url(self.postgres.address(), &name))
                    .env("CANDOR_DATA_DIR", folder.path())
                    .args(arguments);
                let output = run(command, &list);
                assert!(output.status.success(), "{output:?}");
            }
            name
        });
        let name = self.new_database_name();
        self.postgres.sql("postgres", &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        name
    }
}

/// The addresses, in alphabetical order.
fn addresses(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("reader{n:06}@example.org")).collect()
}

fn run(mut command: Command, stdin: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let mut pipe = child.stdin.take().unwrap();
    let stdin = stdin.to_owned();
    let writer = thread::spawn(move || {
        // A process that is killed, or doesn't read stdin, closes it.
        let _ = pipe.write_all(stdin.as_bytes());
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// The role of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Web,
    Worker,
    /// Web and worker in one process.
    Serve,
}

impl Role {
    /// Its command.
    fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Worker => "worker",
            Self::Serve => "serve",
        }
    }
}

/// A site.
pub(crate) struct Site<'a> {
    pub(crate) harness: &'a Harness,
    pub(crate) database: String,
    pub(crate) redis: RedisServer,
    pub(crate) sink: Sink,
    pub(crate) door: Door,
    pub(crate) expectations: Expectations,
    folder: PathBuf,
    settings: Vec<(String, String)>,
    updates: u64,
}

/// The secret key of all processes.
const KEY: &str = "2f1c8e5ab7d94630c1f08a7be2d35946aa07c4d18be6925f30d7e1b84c69f5a3";

impl<'a> Site<'a> {
    /// A site without processes, with this many subscribers; its logs are in a folder of this name.
    pub(crate) fn new(harness: &'a Harness, name: &str, recipients: usize) -> Self {
        let database = harness.database(recipients);
        let url = postgres::url(harness.postgres.address(), &database);
        let mut site = Self::empty(harness, name, RedisServer::start());
        site.database = database;
        site.set("DATABASE_URL", url);
        site.set("REDIS_URL", format!("redis://{}/0", site.redis.address()));
        site.expectations.confirm(addresses(recipients));
        site
    }

    /// The same over an empty database elsewhere, and without Redis.
    pub(crate) fn at(harness: &'a Harness, name: &str, url: &str, recipients: usize) -> Self {
        let mut site = Self::empty(harness, name, RedisServer::absent(&[]));
        site.set("DATABASE_URL", url);
        site.subscribe(recipients);
        site
    }

    /// The default setup: one process and SQLite.
    pub(crate) fn embedded(harness: &'a Harness, name: &str, recipients: usize) -> Self {
        let mut site = Self::empty(harness, name, RedisServer::absent(&[]));
        let data = site.folder.join("data");
        site.set("DATA_DIR", data.display());
        if recipients > 0 {
            site.subscribe(recipients);
        }
        site
    }

    fn empty(harness: &'a Harness, name: &str, redis: RedisServer) -> Self {
        let sink = Sink::new(harness.handle().clone());
        let door = sink.door();
        let folder = harness.logs.join(name.replace(|c: char| !c.is_alphanumeric(), "-"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let settings = [
            ("SECRET_KEY", KEY.to_owned()),
            ("SITE_URL", "http://status.example.org".to_owned()),
            ("ALERT_SECRET", SECRET.to_owned()),
            ("MAIL_HOST", door.address.ip().to_string()),
            ("MAIL_PORT", door.address.port().to_string()),
            ("MAIL_TLS", "false".to_owned()),
            ("MAIL_FROM", "Status <status@example.org>".to_owned()),
            ("LEASE", "4".to_owned()),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value)).into();
        let (database, expectations) = (String::new(), Expectations::default());
        Self { harness, database, redis, sink, door, expectations, folder, settings, updates: 0 }
    }

    fn subscribe(&mut self, recipients: usize) {
        let list: String = addresses(recipients).iter().map(|one| format!("{one}\n")).collect();
        for arguments in [&["migrate"][..], &["subscriber", "add", "-"]] {
            let mut command = self.command("data-cli");
            command.args(arguments);
            let output = run(command, &list);
            assert!(output.status.success(), "{output:?}");
        }
        self.expectations.confirm(addresses(recipients));
    }

    /// Changes a setting for all processes that are started from now on.
    pub(crate) fn set(&mut self, name: &str, value: impl ToString) {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_string()));
    }

    fn command(&self, data: &str) -> Command {
        let mut command = bound(&self.harness.candor, "KILL");
        command
            .current_dir(&self.folder)
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("RUST_BACKTRACE", "1")
            .env("CANDOR_DATA_DIR", self.folder.join(data))
            // All processes share a data directory if the database is in it.
            .envs(self.settings.iter().map(|(name, value)| (format!("CANDOR_{name}"), value)));
        command
    }

    /// Starts a process with these variables besides the settings, without waiting for it.
    pub(crate) fn spawn(&self, role: Role, name: &str, variables: &[(&str, &str)]) -> Process {
        self.spawn_under(&[], role, name, variables)
    }

    /// The same, run by another program, such as `strace`.
    pub(crate) fn spawn_under(
        &self,
        program: &[&str],
        role: Role,
        name: &str,
        variables: &[(&str, &str)],
    ) -> Process {
        let admin = free_address();
        let mut command = self.command(&format!("data-{name}"));
        if let Some((first, others)) = program.split_first() {
            let ours = command;
            command = bound(first, "KILL");
            command.args(others).arg(ours.get_program()).args(ours.get_args());
            command.current_dir(&self.folder).env_clear();
            command.envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
        }
        command
            .arg(role.name())
            .env("CANDOR_ADMIN_LISTEN", admin.to_string())
            .envs(variables.iter().copied());
        Process::spawn(command, name, &self.folder.join(format!("{name}.log")), admin)
    }

    /// Starts `candor serve` at this address and waits until it is ready.
    pub(crate) fn serve_at(
        &self,
        name: &str,
        address: SocketAddr,
        variables: &[(&str, &str)],
    ) -> Process {
        self.listening(Role::Serve, name, address, variables)
    }

    fn listening(
        &self,
        role: Role,
        name: &str,
        address: SocketAddr,
        variables: &[(&str, &str)],
    ) -> Process {
        let listen = address.to_string();
        let variables = [variables, &[("CANDOR_LISTEN", listen.as_str())]].concat();
        let mut process = self.spawn(role, name, &variables);
        wait_for(&mut process, Some(address));
        process
    }

    /// Starts `candor worker` and waits until it is ready.
    pub(crate) fn worker(&self, name: &str, variables: &[(&str, &str)]) -> Process {
        let mut process = self.spawn(Role::Worker, name, variables);
        wait_for(&mut process, None);
        process
    }

    /// Starts `candor web` and waits until it is ready; returns its address.
    pub(crate) fn web(&self, name: &str, variables: &[(&str, &str)]) -> (Process, SocketAddr) {
        let address = free_address();
        (self.web_at(name, address, variables), address)
    }

    pub(crate) fn web_at(
        &self,
        name: &str,
        address: SocketAddr,
        variables: &[(&str, &str)],
    ) -> Process {
        self.listening(Role::Web, name, address, variables)
    }

    /// As [`Self::web_at`], without waiting.
    pub(crate) fn spawn_web(&self, name: &str, address: SocketAddr) -> Process {
        self.spawn(Role::Web, name, &[("CANDOR_LISTEN", &address.to_string())])
    }

    /// The folder of its logs.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.clone()
    }

    /// Runs an operator's command to its end.
    pub(crate) fn candor(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        let mut command = self.command("data-cli");
        command.args(arguments).envs(variables.iter().copied());
        run(command, "")
    }

    /// Declares an update that notifies all subscribers; returns whether the command succeeded.
    pub(crate) fn declare(&mut self) -> bool {
        self.updates += 1;
        let title = format!("Fault zq{}qz", self.updates);
        let output = self.candor(&["incident", "declare", "--title", &title], &[]);
        if output.status.success() {
            self.expectations.acknowledge(self.updates);
        } else {
            eprintln!("  not acknowledged: {}", String::from_utf8_lossy(&output.stderr).trim());
            self.expectations.not_known(self.updates);
        }
        output.status.success()
    }

    /// The same; the command has to succeed.
    pub(crate) fn declared(&mut self) {
        assert!(self.declare(), "an update without any fault was refused");
    }

    /// Begins another fan-out if the last one is about to end, however slow this machine is; `in_hand` mails are being
    /// sent at a time. Returns whether mails are due now.
    pub(crate) fn keep_busy(&mut self, in_hand: usize) -> bool {
        if self.sink.count() + 2 * in_hand >= self.expectations.expected() {
            let before = self.sink.count();
            self.declared();
            within("the next mail", Duration::from_secs(60), || self.sink.count() > before);
        }
        self.sink.count() < self.expectations.expected()
    }

    /// The number of the next update, for a title.
    pub(crate) fn next_update(&mut self) -> u64 {
        self.updates += 1;
        self.updates
    }

    /// Waits until all expected mails have arrived, and then until nothing is due any more; returns the audit at that
    /// time, or after `patience`.
    pub(crate) fn wait_until_sent(&self, time_limit: Duration) -> Audit {
        let begin = Instant::now();
        let mut last_message = begin;
        loop {
            let complete = self.sink.count() >= self.expectations.expected();
            if (complete && self.due_deliveries() == 0) || begin.elapsed() > time_limit {
                return self.expectations.audit(&self.sink.mails());
            }
            if last_message.elapsed() > Duration::from_secs(10) {
                last_message = Instant::now();
                eprintln!(
                    "  … {} of {} mails, {} owed",
                    self.sink.count(),
                    self.expectations.expected(),
                    self.due_deliveries()
                );
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// How many deliveries the database says are due; only used to know when to stop waiting.
    pub(crate) fn due_deliveries(&self) -> usize {
        let sql = "SELECT (SELECT count(*) FROM delivery WHERE state IN ('waiting', 'sending')) \
                   + (SELECT count(*) FROM outbox WHERE state = 'waiting')";
        self.sql(sql).parse().unwrap()
    }

    /// Runs SQL in its database.
    pub(crate) fn sql(&self, sql: &str) -> String {
        if let Some(url) = self.setting("DATABASE_URL") {
            return sql_at(url, sql);
        }
        let mut command = bound("sqlite3", "KILL");
        command.args(["-cmd", ".timeout 5000"]).arg(self.sqlite_file()).arg(sql);
        let output = run(command, "");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// The embedded site's database.
    pub(crate) fn sqlite_file(&self) -> PathBuf {
        PathBuf::from(self.setting("DATA_DIR").unwrap()).join("candor.sqlite3")
    }

    fn setting(&self, name: &str) -> Option<&str> {
        let (_, value) = self.settings.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// All events of the log, as `candor log export` writes them.
    pub(crate) fn events(&self) -> Vec<Value> {
        let output = self.candor(&["log", "export"], &[]);
        assert!(output.status.success(), "{output:?}");
        let export = String::from_utf8(output.stdout).unwrap();
        let lines = export.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line.get("seq").is_some()).collect()
    }

    /// What `candor log verify` finds; nothing, if the log is intact.
    pub(crate) fn verified(&self) -> Result<u64, String> {
        let output = self.candor(&["log", "verify", "--json"], &[]);
        let report: Value = serde_json::from_slice(&output.stdout)
            .map_err(|_no_json| String::from_utf8_lossy(&output.stderr).into_owned())?;
        match report["intact"].as_bool() {
            Some(true) => Ok(report["events"].as_u64().unwrap()),
            _ => Err(report.to_string()),
        }
    }

    /// How often each alert of the providers is in the log.
    pub(crate) fn alerts_in_log(&self) -> BTreeMap<String, usize> {
        let mut alerts = BTreeMap::new();
        for event in self.events().iter().filter(|event| event["type"] == "alert-raised") {
            let payload = event["payload"].as_str().unwrap();
            let (_, rest) = payload.split_once("\"alert-").expect("an alert of ours");
            let id = rest.split_once('"').unwrap().0;
            *alerts.entry(format!("alert-{id}")).or_insert(0) += 1;
        }
        alerts
    }
}

/// Waits until the process is ready (to serve, if it is web).
fn wait_for(process: &mut Process, web: Option<SocketAddr>) {
    let what = format!("{} to be ready (see {})", process.name, process.log.display());
    within(&what, START_TIMEOUT, || {
        if let Some(status) = process.ended() {
            panic!("{} ended with {status}: see {}", process.name, process.log.display());
        }
        is_ready(web.unwrap_or(process.admin))
    });
}

/// Whether `/readyz` answers 200.
pub(crate) fn is_ready(address: SocketAddr) -> bool {
    http::ask(address, "GET", "/readyz", &[], b"").is_ok_and(|answer| answer.status == 200)
}
