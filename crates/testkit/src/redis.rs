//! A test's own Redis.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard},
    time::Duration,
};

use crate::{
    free_address,
    process::{Signal, bound, run, send},
    until,
};

/// A Redis without persistence, on a free port of the loopback address. Ends when dropped.
#[derive(Debug)]
pub struct RedisServer {
    address: SocketAddr,
    options: Vec<String>,
    child: Mutex<Option<Child>>,
}

impl RedisServer {
    /// Starts one.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts one with these options (`--requirepass`, `secret`, …). With `--tls-port 0` among them, that port is the
    /// server's only one.
    pub fn start_with(options: &[&str]) -> Self {
        let server = Self::absent(options);
        server.start_again();
        server
    }

    /// A port for one that isn't started yet.
    pub fn absent(options: &[&str]) -> Self {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        Self { address: free_address(), options, child: Mutex::default() }
    }

    /// A replica of the one at `primary`.
    pub fn replica_of(primary: SocketAddr) -> Self {
        let redis = Self::start();
        let command = format!("REPLICAOF {} {}", primary.ip(), primary.port());
        assert_eq!(redis.command(&command).as_deref(), Some("+OK"));
        until("the replica to be up to date", || {
            redis.inline("INFO replication")?.contains("master_link_status:up").then_some(())
        });
        redis
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Its address, as settings take it.
    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child().as_ref().expect("a server that runs").id()
    }

    /// Kills it (SIGKILL); its data is lost.
    pub fn kill(&self) {
        if let Some(mut child) = self.child().take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Starts it (again), empty.
    pub fn start_again(&self) {
        let port = self.address.port().to_string();
        let tls = self.options.iter().any(|option| option == "--tls-port");
        let mut command = bound("redis-server", "KILL");
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        command.args(["--maxmemory-policy", "noeviction", "--port", if tls { "0" } else { &port }]);
        let mut is_port = false;
        for option in &self.options {
            command.arg(if is_port { &port } else { option });
            is_port = option == "--tls-port";
        }
        // Nothing is read from a disk, or left on one: a replica's copy stays in memory.
        command.args(["--dbfilename", &format!("none-{port}.rdb")]);
        command.args(["--repl-diskless-load", "on-empty-db"]);
        command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        *self.child() = Some(command.spawn().unwrap());
        until("redis-server to answer", || {
            let ended = self.child().as_mut().unwrap().try_wait().unwrap();
            assert!(ended.is_none(), "redis-server isn't installed, or its port was taken");
            TcpStream::connect(self.address).ok()
        });
    }

    /// Freezes it (SIGSTOP): connections stay open, and nothing answers.
    pub fn freeze(&self) {
        send(self.pid(), Signal::STOP);
    }

    /// Continues after [`Self::freeze`].
    pub fn thaw(&self) {
        send(self.pid(), Signal::CONT);
    }

    /// Asks it something by redis-cli, one word an argument (credentials as `redis-cli` takes them); its answer.
    pub fn ask(&self, words: &[&str]) -> String {
        let output = run(Command::new("redis-cli")
            .args(["-h", "127.0.0.1", "-p", &self.address.port().to_string()])
            .args(words)
            .stdin(Stdio::null()));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// One inline command; the first line of its answer, if there is one.
    pub fn command(&self, command: &str) -> Option<String> {
        self.inline(command)?.lines().next().map(str::to_owned)
    }

    fn inline(&self, command: &str) -> Option<String> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        stream.write_all(format!("{command}\r\n").as_bytes()).ok()?;
        let mut answer = [0; 4096];
        let length = stream.read(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer[..length]).into_owned())
    }

    fn child(&self) -> MutexGuard<'_, Option<Child>> {
        self.child.lock().unwrap()
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}
