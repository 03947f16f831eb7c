//! The servers that a site stands on, started here and broken here: PostgreSQL with its usual durability, and Redis.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::process::{Signal, send};

const PATIENCE: Duration = Duration::from_secs(60);

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

fn run(command: &mut Command) -> Output {
    let output =
        command.stdin(Stdio::null()).output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(output.status.success(), "{command:?}: {output:?}");
    output
}

/// A PostgreSQL of our own, `fsync` and all.
pub(crate) struct Postgres {
    folder: TempDir,
    port: u16,
}

impl Postgres {
    pub(crate) fn start() -> Self {
        let folder = TempDir::with_prefix("candor-faults-postgres-").unwrap();
        if as_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let server = Self { folder, port: free_address().port() };
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

    pub(crate) fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// Where the database of this name is, asked at `address` (the server's own, or a proxy's).
    pub(crate) fn url(address: SocketAddr, name: &str) -> String {
        format!("postgres://postgres@{address}/{name}?sslmode=disable")
    }

    /// Runs SQL in a database.
    pub(crate) fn sql(&self, database: &str, sql: &str) -> String {
        let url = Self::url(self.address(), database);
        let output = run(Command::new(tool("psql")).arg(url).args([
            "-XqAt",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            sql,
        ]));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// `pg_ctl restart -m fast`: how an operator restarts it.
    pub(crate) fn restart(&self) {
        run(Self::program("pg_ctl")
            .args(["restart", "-m", "fast", "-w", "-t", "60", "-D"])
            .arg(self.data())
            .args(["-o", &format!("-p {}", self.port), "-l"])
            .arg(self.folder.path().join("log")));
    }

    /// Ends it at once, its postmaster by `kill -9`.
    pub(crate) fn kill(&self) {
        let file = fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        let pid: i32 = file.lines().next().unwrap().trim().parse().unwrap();
        send(pid, Signal::KILL);
        until("the postmaster to be gone", PATIENCE, || {
            !Path::new(&format!("/proc/{pid}")).exists()
        });
    }

    /// Starts it after [`Self::kill`]; waits until it answers.
    pub(crate) fn launch(&self) {
        let start = || {
            Self::program("pg_ctl")
                .args(["start", "-w", "-t", "60", "-D"])
                .arg(self.data())
                .args(["-o", &format!("-p {}", self.port), "-l"])
                .arg(self.folder.path().join("log"))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap()
                .success()
        };
        // The backends of a killed postmaster hold its shared memory until they have noticed.
        until("PostgreSQL to start", PATIENCE, start);
        until("PostgreSQL to answer", PATIENCE, || self.answers());
    }

    pub(crate) fn answers(&self) -> bool {
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

    /// PostgreSQL refuses to run as root.
    fn program(name: &str) -> Command {
        if !as_root() {
            return Command::new(tool(name));
        }
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"])
            .arg(tool(name));
        command.current_dir("/");
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = Self::program("pg_ctl");
        stop.args(["stop", "-m", "immediate", "-D"]).arg(self.data());
        let _ = stop.stdin(Stdio::null()).output();
    }
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
        let mut redis = Self { child: None, address: free_address() };
        redis.launch();
        redis
    }

    /// Starts it, empty, on the same port.
    pub(crate) fn launch(&mut self) {
        let port = self.address.port().to_string();
        let child = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--port", &port, "--save", "", "--appendonly", "no"])
            .args(["--maxmemory-policy", "noeviction", "--loglevel", "warning"])
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.child = Some(child);
        until("Redis to answer", PATIENCE, || self.command("PING").is_some());
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
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        stream.write_all(format!("{command}\r\n").as_bytes()).ok()?;
        let mut answer = [0; 512];
        let length = stream.read(&mut answer).ok()?;
        String::from_utf8_lossy(answer.get(..length)?).lines().next().map(str::to_owned)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}
