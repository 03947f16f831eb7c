//! A throw-away Redis for tests, here and in the crates above.
//!
//! A test that can't have its Redis fails; it is never skipped.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "this is test code that several crates share"
)]

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::{Duration, Instant},
};

/// How long a server may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A Redis of one test's own, in memory, on a free port of the loopback address. Ends with the value.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    options: Vec<String>,
    child: Mutex<Option<Child>>,
}

impl RedisServer {
    /// Starts one.
    ///
    /// # Panics
    /// redis-server isn't installed, or doesn't start.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts one with these options (`--requirepass`, `secret`, …). With `--tls-port 0` among them, that port is the
    /// server's only one.
    ///
    /// # Panics
    /// As [`Self::start`].
    #[must_use]
    pub fn start_with(options: &[&str]) -> Self {
        let server = Self::absent(options);
        server.start_again();
        server
    }

    /// A place for one that doesn't run yet.
    ///
    /// # Panics
    /// There is no free port.
    #[must_use]
    pub fn absent(options: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        Self { port, options, child: Mutex::new(None) }
    }

    /// Its address, as settings take it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Its port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Kills it (SIGKILL), with all that it held.
    ///
    /// # Panics
    /// It doesn't run.
    pub fn kill(&self) {
        let mut child = self.child().take().expect("a server that runs");
        child.kill().expect("a child of ours");
        child.wait().expect("a child of ours");
    }

    /// Starts it (again), empty.
    ///
    /// # Panics
    /// As [`Self::start`].
    pub fn start_again(&self) {
        let port = self.port.to_string();
        let tls = self.options.iter().any(|option| option == "--tls-port");
        // Ended with the test, however that ends.
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "redis-server"]);
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        command.args(["--port", if tls { "0" } else { &port }]);
        let mut is_port = false;
        for option in &self.options {
            command.arg(if is_port { &port } else { option });
            is_port = option == "--tls-port";
        }
        command.current_dir(std::env::temp_dir()).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.stderr(Stdio::null()).spawn().unwrap_or_else(|error| {
            panic!("redis-server is needed for this test ({error}): install it: apt-get install redis-server")
        });
        *self.child() = Some(child);
        let deadline = Instant::now() + PATIENCE;
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < deadline, "redis-server does not answer: {:?}", self.options);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Freezes it (SIGSTOP): connections stay, and nobody answers.
    ///
    /// # Panics
    /// It doesn't run.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    /// Goes on after [`Self::freeze`].
    ///
    /// # Panics
    /// It doesn't run.
    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    /// Asks it something by redis-cli, one word an argument (credentials as `redis-cli` takes them); its answer.
    ///
    /// # Panics
    /// It doesn't answer.
    #[must_use]
    pub fn ask(&self, words: &[&str]) -> String {
        let output = Command::new("redis-cli")
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string()])
            .args(words)
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("redis-cli is needed for this test: {error}"));
        assert!(output.status.success(), "{words:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn signal(&self, signal: &str) {
        let id = self.child().as_ref().expect("a server that runs").id();
        let sent = Command::new("kill").args([signal, &id.to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "kill {signal} {id}");
    }

    fn child(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.child.lock().expect("no test panicked in here")
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        if let Ok(Some(mut child)) = self.child.lock().map(|mut child| child.take()) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
