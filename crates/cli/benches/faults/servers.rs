//! The servers that a site stands on, started here and broken here: PostgreSQL with its usual durability, and Redis.

use std::{
    fs::{self, File},
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::process::{Signal, bound, send};

/// How long a server may take to start on a busy machine.
const START: Duration = Duration::from_secs(60);

/// A port that nobody listens on.
pub(crate) fn free_address() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
}

/// Waits until it holds; how long that took. A harness that waits in vain has found something, and says what.
pub(crate) fn until(what: &str, patience: Duration, mut holds: impl FnMut() -> bool) -> Duration {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < patience, "waited {patience:?} in vain for: {what}");
        thread::sleep(Duration::from_millis(5));
    }
    begin.elapsed()
}

/// Runs a program to its end, which has to be a good one.
pub(crate) fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(output.status.success(), "{command:?}: {output:?}");
    output
}

/// A PostgreSQL of our own, `fsync` and all.
pub(crate) struct Postgres {
    folder: TempDir,
    port: u16,
    server: Mutex<Option<Child>>,
}

impl Postgres {
    /// Makes a cluster in a folder inside `place`, and starts it.
    pub(crate) fn start(place: &Path) -> Self {
        let server = Self::new(place);
        run(Self::program("initdb")
            .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D"])
            .arg(server.data()));
        let settings = "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 1000\n";
        let file = server.data().join("postgresql.conf");
        let mut configuration = fs::OpenOptions::new().append(true).open(file).unwrap();
        configuration.write_all(settings.as_bytes()).unwrap();
        server.launch();
        server
    }

    /// A standby of the server at `primary`, running, with all that it has by now.
    pub(crate) fn standby(place: &Path, primary: SocketAddr) -> Self {
        let server = Self::new(place);
        let url = format!("postgres://postgres@{primary}/postgres?application_name=standby");
        run(Self::program("pg_basebackup")
            .args(["--write-recovery-conf", "--checkpoint=fast", "-d", &url, "-D"])
            .arg(server.data()));
        server.launch();
        server
    }

    fn new(place: &Path) -> Self {
        let folder = TempDir::with_prefix_in("postgres-", place).unwrap();
        if as_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        Self { folder, port: free_address().port(), server: Mutex::default() }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// Where the database of this name is, asked at `address` (the server's own, or a proxy's).
    pub(crate) fn url(address: SocketAddr, name: &str) -> String {
        format!("postgres://postgres@{address}/{name}?sslmode=disable")
    }

    /// Runs SQL in a database.
    pub(crate) fn sql(&self, database: &str, sql: &str) -> String {
        sql_at(&Self::url(self.address(), database), sql)
    }

    /// Restarts it as an operator does (`pg_ctl restart -m fast`).
    pub(crate) fn restart(&self) {
        self.end(Signal::INT);
        self.launch();
    }

    /// Ends it at once, its postmaster by `kill -9`.
    pub(crate) fn kill(&self) {
        self.end(Signal::KILL);
    }

    fn end(&self, signal: Signal) {
        if let Some(mut server) = self.server.lock().unwrap().take() {
            send(server.id().try_into().unwrap(), signal);
            server.wait().unwrap();
        }
    }

    /// Freezes all its processes (SIGSTOP): connections stay, new ones are taken by the kernel, and nobody answers.
    pub(crate) fn freeze(&self) {
        self.signal_all(Signal::STOP);
    }

    /// Goes on after [`Self::freeze`].
    pub(crate) fn thaw(&self) {
        self.signal_all(Signal::CONT);
    }

    fn signal_all(&self, signal: Signal) {
        let postmaster = self.server.lock().unwrap().as_ref().unwrap().id();
        send(postmaster.try_into().unwrap(), signal);
        let children = fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children"));
        for child in children.unwrap().split_whitespace() {
            send(child.parse().unwrap(), signal);
        }
    }

    /// Makes a standby the primary.
    pub(crate) fn promote(&self) {
        run(Self::program("pg_ctl").args(["promote", "-w", "-t", "60", "-D"]).arg(self.data()));
    }

    /// Starts it after [`Self::kill`]; waits until it answers.
    pub(crate) fn launch(&self) {
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        let port = self.port.to_string();
        until("PostgreSQL to answer", START, || {
            let mut server = self.server.lock().unwrap();
            // The backends of a killed postmaster hold its shared memory until they have noticed; it is tried again.
            let runs = server.as_mut().is_some_and(|child| child.try_wait().unwrap().is_none());
            if !runs {
                // SIGQUIT ends its backends, too.
                let mut command = Self::bound("postgres", "QUIT");
                command.args(["-p", &port, "-D"]).arg(self.data()).stdin(Stdio::null());
                command.stdout(log.try_clone().unwrap()).stderr(log.try_clone().unwrap());
                *server = Some(command.spawn().unwrap());
            }
            self.answers()
        });
    }

    /// The process that all its others come from.
    pub(crate) fn pid(&self) -> u32 {
        self.server.lock().unwrap().as_ref().unwrap().id()
    }

    fn answers(&self) -> bool {
        let port = self.port.to_string();
        let mut ready = Command::new(tool("pg_isready"));
        ready
            .args(["-q", "-h", "127.0.0.1", "-p", &port])
            .status()
            .is_ok_and(|status| status.success())
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What the server says, beside its data.
    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// A program that asks a server.
    pub(crate) fn client(name: &str) -> Command {
        let mut command = bound(tool(name), "KILL");
        command.stdin(Stdio::null());
        command
    }

    /// PostgreSQL refuses to run as root.
    fn program(name: &str) -> Command {
        Self::bound(name, "KILL")
    }

    fn bound(name: &str, signal: &str) -> Command {
        if !as_root() {
            return bound(tool(name), signal);
        }
        // Whoever becomes another user is no longer bound, so that comes first.
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]);
        command.args(["setpriv", "--pdeathsig", signal]).arg(tool(name)).current_dir("/");
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Those who stand still can't end.
        if self.server.lock().unwrap().is_some() {
            self.thaw();
        }
        self.end(Signal::QUIT);
    }
}

/// Runs SQL at a PostgreSQL database's URL.
pub(crate) fn sql_at(url: &str, sql: &str) -> String {
    let output =
        run(Postgres::client("psql").arg(url).args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql]));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn as_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The program, from the newest PostgreSQL of Debian's places, or from PATH.
fn tool(name: &str) -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .map(|entry| entry.path().join("bin").join(name))
        .filter(|path| path.is_file())
        .max();
    newest.unwrap_or_else(|| name.into())
}

/// A Redis without persistence: what it knew is gone when it ends.
pub(crate) struct Redis {
    child: Option<Child>,
    pub(crate) address: SocketAddr,
}

impl Redis {
    pub(crate) fn start() -> Self {
        let mut redis = Self::absent();
        redis.launch();
        redis
    }

    /// An address where none runs (yet).
    pub(crate) fn absent() -> Self {
        Self { child: None, address: free_address() }
    }

    /// One that has all that the one at `primary` has.
    pub(crate) fn replica(primary: SocketAddr) -> Self {
        let redis = Self::start();
        let (host, port) = (primary.ip(), primary.port());
        assert_eq!(redis.command(&format!("REPLICAOF {host} {port}")).as_deref(), Some("+OK"));
        until("the replica to be up to date", START, || {
            redis.ask("INFO replication").is_some_and(|said| said.contains("master_link_status:up"))
        });
        redis
    }

    /// Starts it, empty, on the same port.
    pub(crate) fn launch(&mut self) {
        let port = self.address.port().to_string();
        let child = bound("redis-server", "KILL")
            .args(["--bind", "127.0.0.1", "--port", &port, "--save", "", "--appendonly", "no"])
            .args(["--maxmemory-policy", "noeviction", "--loglevel", "warning"])
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        until("Redis to answer", START, || self.command("PING").is_some());
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// Ends it by `kill -9`.
    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// One inline command; the first line of its answer, if there is one.
    pub(crate) fn command(&self, command: &str) -> Option<String> {
        self.ask(command)?.lines().next().map(str::to_owned)
    }

    fn ask(&self, command: &str) -> Option<String> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        stream.write_all(format!("{command}\r\n").as_bytes()).ok()?;
        let mut answer = [0; 4096];
        let length = stream.read(&mut answer).ok()?;
        Some(String::from_utf8_lossy(answer.get(..length)?).into_owned())
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}
