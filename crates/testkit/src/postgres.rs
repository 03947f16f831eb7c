//! PostgreSQL on a free port of the loopback address, not as root: one test's own server, or one that all share.

use std::{
    fs::{self, File},
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Mutex,
};

use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    free_address,
    process::{Signal, bound, run, send, send_to_all},
    until,
};

/// The configuration of a test server, before the lines of the test.
const CONFIGURATION: &str = "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\n\
                             full_page_writes = off\nmax_connections = 300\nshared_buffers = 32MB\n";

/// Waits until none of the processes in `$1/users` has lived for 5 seconds, then stops the server and removes `$1`. The
/// lock is the one under which users register, so that nobody takes a server that is about to end.
const WATCHDOG: &str = r#"
idle=0
while [ "$idle" -lt 5 ]; do
    sleep 1
    idle=$((idle + 1))
    for user in "$1"/users/*; do
        [ -e "$user" ] || continue
        if kill -0 "${user##*/}" 2>/dev/null; then idle=0; else rm -f "$user"; fi
    done
    if [ "$idle" -ge 5 ]; then
        exec 9>"$1.lock"
        flock 9
        for user in "$1"/users/*; do
            [ -e "$user" ] && kill -0 "${user##*/}" 2>/dev/null && idle=0
        done
    fi
    [ "$idle" -ge 5 ] || exec 9>&-
done
server=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$server" ]; then
    kill -QUIT "$server" 2>/dev/null
    while kill -0 "$server" 2>/dev/null; do sleep 0.1; done
fi
rm -rf "$1"
"#;

/// One test's own server, for tests that stop or configure it. Ends when dropped.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    address: SocketAddr,
    server: Mutex<Option<Child>>,
}

impl Cluster {
    /// Starts a server with these lines added to its configuration; files that they name are written to its data
    /// folder first, readable by the server alone.
    pub fn start(configuration: &str, files: &[(&str, &str)]) -> Self {
        Self::start_in(&std::env::temp_dir(), configuration, files)
    }

    /// The same with its data below this folder.
    pub fn start_in(place: &Path, configuration: &str, files: &[(&str, &str)]) -> Self {
        let cluster = Self::new(place);
        initialize(&cluster.data(), configuration);
        for (name, content) in files {
            let file = cluster.data().join(name);
            fs::write(&file, content).unwrap();
            own(&file);
            run(Command::new("chmod").arg("600").arg(&file));
        }
        cluster.start_again();
        cluster
    }

    /// A standby that follows the server at `primary` by streaming, once it is as far.
    pub fn standby_of(place: &Path, primary: SocketAddr) -> Self {
        let cluster = Self::new(place);
        let url = format!("{}?application_name=standby", url(primary, "postgres"));
        run(as_server(&program("pg_basebackup", "postgresql"), None)
            .args(["--write-recovery-conf", "--checkpoint=fast", "-d", &url, "-D"])
            .arg(cluster.data()));
        cluster.start_again();
        cluster
    }

    /// The same of this server, in a temporary folder.
    pub fn standby(&self) -> Self {
        Self::standby_of(&std::env::temp_dir(), self.address)
    }

    fn new(place: &Path) -> Self {
        let folder = TempDir::with_prefix_in("candor-postgres-", place).unwrap();
        own(folder.path());
        Self { folder, address: free_address(), server: Mutex::default() }
    }

    /// The URL of a new, empty database.
    pub fn database(&self) -> String {
        create_database(&url(self.address, "postgres"))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The postmaster's process id.
    pub fn pid(&self) -> u32 {
        self.server.lock().unwrap().as_ref().expect("a server that runs").id()
    }

    /// Ends the server at once, as `pg_ctl stop -m immediate` does.
    pub fn stop(&self) {
        self.end(Signal::QUIT);
    }

    /// Ends its postmaster by `kill -9`.
    pub fn kill(&self) {
        self.end(Signal::KILL);
    }

    /// Restarts it as an operator does (`pg_ctl restart -m fast`).
    pub fn restart(&self) {
        self.end(Signal::INT);
        self.start_again();
    }

    fn end(&self, signal: Signal) {
        if let Some(mut server) = self.server.lock().unwrap().take() {
            send(server.id(), signal);
            server.wait().unwrap();
        }
    }

    /// Starts it after it was ended; returns when it answers.
    pub fn start_again(&self) {
        let path = self.folder.path().join("log");
        let log = File::options().create(true).append(true).open(&path).unwrap();
        until(&format!("PostgreSQL to answer: see {}", path.display()), || {
            let mut server = self.server.lock().unwrap();
            // The backends of a killed postmaster keep its shared memory until they notice: then it is tried again.
            if server.as_mut().is_none_or(|child| child.try_wait().unwrap().is_some()) {
                // SIGQUIT ends the backends, too.
                let mut command = as_server(&program("postgres", "postgresql"), Some("QUIT"));
                command.args(["-p", &self.address.port().to_string(), "-D"]).arg(self.data());
                command.stdin(Stdio::null()).stdout(log.try_clone().unwrap());
                *server = Some(command.stderr(log.try_clone().unwrap()).spawn().unwrap());
            }
            answers(self.address).then_some(())
        });
    }

    /// Freezes all its processes (SIGSTOP): connections stay open, and nothing answers.
    pub fn freeze(&self) {
        send_to_all(self.pid(), Signal::STOP);
    }

    /// Continues after [`Self::freeze`].
    pub fn thaw(&self) {
        send_to_all(self.pid(), Signal::CONT);
    }

    /// Promotes a standby to primary.
    pub fn promote(&self) {
        run(as_server(&program("pg_ctl", "postgresql"), None)
            .args(["promote", "-w", "-t", "60", "-D"])
            .arg(self.data()));
    }

    /// Runs SQL in one of its databases; returns psql's output.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        sql_at(&url(self.address, database), sql)
    }

    /// The database of this URL, on this server.
    pub fn same_database(&self, url: &str) -> String {
        at(url, self.address)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // A frozen server can't end.
        if self.server.lock().unwrap().is_some() {
            self.thaw();
        }
        self.end(Signal::QUIT);
    }
}

/// The URL of a database of the server at this address.
pub fn url(address: SocketAddr, database: &str) -> String {
    format!("postgres://postgres@{address}/{database}")
}

/// Runs SQL at a database's URL; returns psql's output.
pub fn sql_at(url: &str, sql: &str) -> String {
    let output = run(client("psql").arg(url).args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql]));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A client program of PostgreSQL, such as `pg_dump`.
pub fn client(name: &str) -> Command {
    let mut command = bound(program(name, "postgresql"), "KILL");
    command.stdin(Stdio::null());
    command
}

/// The URL of the server that running tests share, started by the first one.
pub(crate) fn shared() -> String {
    let folder = std::env::temp_dir()
        .join(format!("candor-testkit-postgres-{}", rustix::process::geteuid().as_raw()));
    let lock = File::create(folder.with_extension("lock")).unwrap();
    lock.lock().unwrap();
    let address =
        fs::read_to_string(folder.join("address")).ok().and_then(|text| text.parse().ok());
    let address = address.filter(|address| answers(*address)).unwrap_or_else(|| {
        let _ = fs::remove_dir_all(&folder);
        start_shared(&folder)
    });
    fs::write(folder.join("users").join(std::process::id().to_string()), "").unwrap();
    url(address, "postgres")
}

fn start_shared(folder: &Path) -> SocketAddr {
    let (address, data) = (free_address(), folder.join("data"));
    fs::create_dir_all(folder.join("users")).unwrap();
    own(folder);
    initialize(&data, "");
    let options = format!("-p {}", address.port());
    // It must not inherit anything that keeps the test's output open.
    run(as_server(&program("pg_ctl", "postgresql"), None)
        .args(["start", "-w", "-t", "60", "-o", &options, "-l"])
        .arg(folder.join("log"))
        .arg("-D")
        .arg(data)
        .stdin(Stdio::null()));
    fs::write(folder.join("address"), address.to_string()).unwrap();
    // In its own session, so that it survives the end of the test.
    let mut watchdog = Command::new("setsid");
    watchdog.args(["-f", "sh", "-c", WATCHDOG, "watchdog"]).arg(folder).stdin(Stdio::null());
    assert!(watchdog.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success());
    address
}

/// Creates a database in the server at `url` and returns its URL.
pub(crate) fn create_database(url: &str) -> String {
    let name = format!("t_{}", Uuid::now_v7().simple());
    sql_at(url, &format!("CREATE DATABASE {name}"));
    let (base, parameters) = url.split_once('?').unwrap_or((url, ""));
    let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
    let separator = if parameters.is_empty() { "" } else { "?" };
    format!("{base}/{name}{separator}{parameters}")
}

/// The database of this URL at another address.
pub(crate) fn at(other: &str, address: SocketAddr) -> String {
    url(address, other.rsplit_once('/').map_or(other, |(_, name)| name))
}

fn answers(address: SocketAddr) -> bool {
    let port = address.port().to_string();
    let mut ready = Command::new(program("pg_isready", "postgresql"));
    ready.args(["-q", "-h", "127.0.0.1", "-p", &port]).status().is_ok_and(|status| status.success())
}

/// Creates an empty cluster with these lines added to its configuration.
fn initialize(data: &Path, configuration: &str) {
    run(as_server(&program("initdb", "postgresql"), None)
        .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D"])
        .arg(data));
    let mut file = File::options().append(true).open(data.join("postgresql.conf")).unwrap();
    file.write_all(format!("{CONFIGURATION}{configuration}\n").as_bytes()).unwrap();
}

/// The program, from the newest PostgreSQL of Debian's places, or from PATH.
pub(crate) fn program(name: &str, package: &str) -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |place: &PathBuf| place.file_name()?.to_str()?.parse::<u32>().ok();
    let mut places: Vec<PathBuf> = versions.map(|entry| entry.path()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(version(place)));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let bins = places.into_iter().map(|place| place.join("bin"));
    let folders = bins.chain(["/usr/sbin".into()]).chain(std::env::split_paths(&path));
    let mut files = folders.map(|folder| folder.join(name));
    files.find(|file| file.is_file()).unwrap_or_else(|| {
        panic!("{name} is needed for this test: install it: apt-get install {package}")
    })
}

/// A command of the server. PostgreSQL refuses to run as root; then it runs as the user that its package made, or as
/// nobody. With a signal, its process gets that when the thread that started it ends.
pub(crate) fn as_server(program: &Path, signal: Option<&str>) -> Command {
    let user = server_user();
    if user.is_none() && signal.is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.current_dir("/");
    if let Some((user, group)) = user {
        command.args(["--reuid", user, "--regid", group, "--clear-groups"]);
        // Becoming another user clears the signal, so it is asked for afterwards.
        command.args(signal.map(|_| "setpriv"));
    }
    command.args(signal.map(|signal| format!("--pdeathsig={signal}"))).arg(program);
    command
}

fn server_user() -> Option<(&'static str, &'static str)> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let has_its_own = users.lines().any(|line| line.starts_with("postgres:"));
    Some(if has_its_own { ("postgres", "postgres") } else { ("nobody", "nogroup") })
}

/// Gives the file to the user that the server runs as.
pub(crate) fn own(path: &Path) {
    if let Some((user, _)) = server_user() {
        run(Command::new("chown").arg(user).arg(path));
    }
}
