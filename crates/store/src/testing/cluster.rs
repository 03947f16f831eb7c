//! A private PostgreSQL: in a temporary folder, on a free port of the loopback address, not as root, without fsync.

use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use uuid::Uuid;

/// How long a server may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The shared server ends when no process has used it for so many seconds.
const LINGER: u32 = 5;

/// Waits until none of the processes in `$1/users` lives, then stops the server and removes `$1`. The lock is the one
/// under which users register, so that nobody takes a server that is about to end.
const WATCHDOG: &str = r#"
idle=0
while [ "$idle" -lt "$2" ]; do
    sleep 1
    idle=$((idle + 1))
    for user in "$1"/users/*; do
        [ -e "$user" ] || continue
        if kill -0 "${user##*/}" 2>/dev/null; then idle=0; else rm -f "$user"; fi
    done
    if [ "$idle" -ge "$2" ]; then
        exec 9>"$1.lock"
        flock 9
        for user in "$1"/users/*; do
            [ -e "$user" ] && kill -0 "${user##*/}" 2>/dev/null && idle=0
        done
    fi
    [ "$idle" -ge "$2" ] || exec 9>&-
done
server=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$server" ]; then
    kill -QUIT "$server" 2>/dev/null
    while kill -0 "$server" 2>/dev/null; do sleep 0.1; done
fi
rm -rf "$1"
[ "$3" = shared ] || rm -f "$1.lock"
"#;

/// A server of one test's own, for tests that stop it or configure it. Ends with the value, or with the process.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// Starts a server with these lines added to its configuration; files that they name are written to its data
    /// folder first, readable by the server alone.
    ///
    /// # Panics
    /// PostgreSQL isn't installed, or doesn't start.
    #[must_use]
    pub fn start(configuration: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("candor-postgres-{}", Uuid::now_v7()));
        let port = free_port();
        start(&folder, port, configuration, files);
        Self { folder, port }
    }

    /// The URL of a new, empty database.
    ///
    /// # Panics
    /// The server doesn't answer.
    #[must_use]
    pub fn database(&self) -> String {
        create_database(&url(self.port))
    }

    /// The server's port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends the server at once, as a crash would.
    ///
    /// # Panics
    /// There are no programs to do it with.
    pub fn stop(&self) {
        let data = self.folder.join("data");
        run(as_server(&program("pg_ctl", "postgresql"))
            .args(["stop", "-m", "immediate", "-w", "-D"])
            .arg(data));
    }

    /// Starts it again after [`Self::stop`].
    ///
    /// # Panics
    /// It doesn't start.
    pub fn start_again(&self) {
        launch(&self.folder, self.port);
    }
}

impl Cluster {
    /// Stops the server in the middle of whatever it does, as a machine that hangs: it answers nothing, and closes
    /// nothing.
    ///
    /// # Panics
    /// There are no programs to do it with.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on after [`Self::freeze`].
    ///
    /// # Panics
    /// There are no programs to do it with.
    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    /// Sends a signal to the server and all its processes.
    fn signal(&self, signal: &str) {
        let pid = fs::read_to_string(self.folder.join("data/postmaster.pid")).expect("a server");
        let pid = pid.lines().next().unwrap_or_default().to_owned();
        let children = Command::new("ps").args(["-o", "pid=", "--ppid", &pid]).output();
        let children = String::from_utf8_lossy(&children.expect("ps").stdout).into_owned();
        for pid in children.split_whitespace().chain([pid.as_str()]) {
            // One of them may have ended since.
            let _ = Command::new("kill").args([signal, pid]).status();
        }
    }

    /// A standby that follows this server by streaming, once it is as far.
    ///
    /// # Panics
    /// It doesn't start.
    #[must_use]
    pub fn standby(&self) -> Self {
        let folder = std::env::temp_dir().join(format!("candor-postgres-{}", Uuid::now_v7()));
        let port = free_port();
        fs::create_dir_all(folder.join("users")).expect("a temporary folder");
        register(&folder);
        own(&folder);
        run(as_server(&program("pg_basebackup", "postgresql"))
            .args(["-h", "127.0.0.1", "-U", "postgres", "-R", "-X", "stream", "-c", "fast", "-p"])
            .arg(self.port.to_string())
            .arg("-D")
            .arg(folder.join("data")));
        launch(&folder, port);
        watch(&folder);
        Self { folder, port }
    }

    /// The database of this URL, on this server.
    #[must_use]
    pub fn same_database(&self, url: &str) -> String {
        with_port(url, self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The watchdog stops the server and removes the folder when its last user is gone.
        let _ = fs::remove_file(self.folder.join("users").join(std::process::id().to_string()));
    }
}

/// The URL of the server that the tests of this moment share, started by the first that asks.
pub(super) fn shared() -> String {
    let folder = shared_folder();
    let lock = File::create(folder.with_extension("lock")).expect("a lock file");
    lock.lock().expect("the lock of the shared server");
    let port = fs::read_to_string(folder.join("port")).ok().and_then(|port| port.parse().ok());
    let port = match port {
        Some(port) if answers(port) => port,
        _ => {
            let _ = fs::remove_dir_all(&folder);
            let port = free_port();
            start(&folder, port, "", &[]);
            fs::write(folder.join("port"), port.to_string()).expect("a temporary folder");
            port
        }
    };
    register(&folder);
    url(port)
}

fn shared_folder() -> PathBuf {
    std::env::temp_dir().join(format!("candor-test-postgres-{}", user_id()))
}

/// Makes a database in the server at `url`; its URL.
pub(super) fn create_database(url: &str) -> String {
    let name = format!("t_{}", Uuid::now_v7().simple());
    let output = run(Command::new(program("psql", "postgresql"))
        .arg(url)
        .args(["-Xqc", &format!("CREATE DATABASE {name}")]));
    drop(output);
    let (base, parameters) = url.split_once('?').unwrap_or((url, ""));
    let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
    let separator = if parameters.is_empty() { "" } else { "?" };
    format!("{base}/{name}{separator}{parameters}")
}

/// The same database on another port of the loopback address.
pub(super) fn with_port(url: &str, port: u16) -> String {
    let (_, name) = url.rsplit_once('/').unwrap_or(("", url));
    format!("postgres://postgres@127.0.0.1:{port}/{name}")
}

fn url(port: u16) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/postgres")
}

pub(super) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("a bound port").port()
}

fn answers(port: u16) -> bool {
    let mut ready = Command::new(program("pg_isready", "postgresql"));
    ready.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
    ready.status().is_ok_and(|status| status.success())
}

fn register(folder: &Path) {
    fs::write(folder.join("users").join(std::process::id().to_string()), "")
        .expect("a temporary folder");
}

/// Makes the cluster and launches it, with a watchdog that ends it after its users.
fn start(folder: &Path, port: u16, configuration: &str, files: &[(&str, &str)]) {
    let data = folder.join("data");
    fs::create_dir_all(folder.join("users")).expect("a temporary folder");
    register(folder);
    own(folder);
    run(as_server(&program("initdb", "postgresql"))
        .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D"])
        .arg(&data));
    let settings = format!(
        "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\nfull_page_writes = off\n\
         max_connections = 300\nshared_buffers = 32MB\n{configuration}\n"
    );
    append(&data.join("postgresql.conf"), &settings);
    for (name, content) in files {
        let file = data.join(name);
        fs::write(&file, content).expect("a temporary folder");
        own(&file);
        run(Command::new("chmod").arg("600").arg(&file));
    }
    launch(folder, port);
    watch(folder);
}

/// Starts the watchdog of a cluster.
fn watch(folder: &Path) {
    // In a session of its own, so that what ends the test doesn't end it.
    run(Command::new("setsid")
        .args(["-f", "sh", "-c", WATCHDOG, "watchdog"])
        .arg(folder)
        .arg(LINGER.to_string())
        // The shared server's lock outlives it: somebody may be waiting for it.
        .arg(if folder == shared_folder() { "shared" } else { "private" })
        .stdout(Stdio::null()));
}

/// Launches the server, and waits until it answers.
fn launch(folder: &Path, port: u16) {
    let data = folder.join("data");
    let options = format!("-p {port}");
    let log = folder.join("log");
    run(as_server(&program("pg_ctl", "postgresql"))
        .args(["start", "-w", "-t", &PATIENCE.as_secs().to_string(), "-o", &options, "-l"])
        .arg(&log)
        .arg("-D")
        .arg(&data));
    let deadline = Instant::now() + PATIENCE;
    while !answers(port) {
        assert!(Instant::now() < deadline, "PostgreSQL does not answer: see {}", log.display());
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn append(file: &Path, text: &str) {
    use std::io::Write as _;
    let mut file = File::options().append(true).open(file).expect("the server's configuration");
    file.write_all(text.as_bytes()).expect("the server's configuration");
}

/// The program, from the newest PostgreSQL of Debian's places, or from PATH.
pub(super) fn program(name: &str, package: &str) -> PathBuf {
    let mut places: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    let version = |place: &PathBuf| {
        let number = place.parent().and_then(|parent| parent.file_name()?.to_str()?.parse().ok());
        std::cmp::Reverse(number.unwrap_or(0_u32))
    };
    places.sort_by_key(version);
    places.push(PathBuf::from("/usr/sbin"));
    places.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let found = places.into_iter().map(|place| place.join(name)).find(|file| file.is_file());
    found.unwrap_or_else(|| {
        panic!("{name} is needed for this test: install it: apt-get install {package}")
    })
}

/// PostgreSQL refuses to run as root; then it runs as the user that its package made, or as nobody.
pub(super) fn as_server(program: &Path) -> Command {
    let Some(user) = server_user() else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args(["--reuid", user, "--regid", user_group(user), "--clear-groups"]).arg(program);
    command.current_dir("/");
    command
}

fn server_user() -> Option<&'static str> {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let exists = |user: &str| users.lines().any(|line| line.split(':').next() == Some(user));
    match user_id().as_str() {
        "0" if exists("postgres") => Some("postgres"),
        "0" => Some("nobody"),
        _ => None,
    }
}

fn user_group(user: &str) -> &'static str {
    if user == "postgres" { "postgres" } else { "nogroup" }
}

/// Gives the file to the user that the server runs as.
pub(super) fn own(path: &Path) {
    if let Some(user) = server_user() {
        run(Command::new("chown").arg(user).arg(path));
    }
}

fn user_id() -> String {
    let output = run(Command::new("id").arg("-u"));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Runs a program to its end. It inherits nothing that would keep the test's own output open.
fn run(command: &mut Command) -> Output {
    let log = tempfile::NamedTempFile::new().expect("a temporary file");
    let output =
        command.stdin(Stdio::null()).stderr(log.reopen().expect("a temporary file")).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let errors = fs::read_to_string(log.path()).unwrap_or_default();
    assert!(output.status.success(), "{command:?}: {}\n{errors}", output.status);
    output
}
