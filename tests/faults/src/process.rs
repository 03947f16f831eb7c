//! A running process of Candor.

use std::{
    fs::{self, File},
    net::SocketAddr,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use candor_testkit::{
    process::{Signal, send},
    within,
};

/// `candor web` or `candor worker`, running. Dropping it kills it.
pub(crate) struct Process {
    child: Child,
    /// Its name in the harness.
    pub(crate) name: String,
    /// The file with its stderr.
    pub(crate) log: PathBuf,
    /// The admin listener.
    pub(crate) admin: SocketAddr,
}

impl Process {
    pub(crate) fn spawn(mut command: Command, name: &str, log: &Path, admin: SocketAddr) -> Self {
        let file = File::options().create(true).append(true).open(log).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()
            .unwrap_or_else(|e| panic!("{command:?}: {e}"));
        Self { child, name: name.to_owned(), log: log.to_owned(), admin }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        send(self.pid(), signal);
    }

    /// Sends SIGKILL.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Its exit status, if it has ended.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Whether it was ended by SIGKILL.
    pub(crate) fn was_killed(&mut self) -> bool {
        self.ended().is_some_and(|status| status.signal() == Some(9))
    }

    /// Sends SIGTERM; returns how long it took to end, and whether it ended successfully.
    pub(crate) fn terminate(&mut self) -> (Duration, bool) {
        self.signal(Signal::TERM);
        let begin = Instant::now();
        within("the process to end after SIGTERM", Duration::from_secs(60), || {
            self.ended().is_some()
        });
        (begin.elapsed(), self.ended().is_some_and(|status| status.success()))
    }

    /// Sends SIGSTOP; returns when the process is stopped.
    pub(crate) fn freeze(&self) {
        self.signal(Signal::STOP);
        within("the process to stand still", Duration::from_secs(10), || {
            let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap();
            stat.rsplit_once(") ").is_some_and(|(_, fields)| fields.starts_with('T'))
        });
    }

    /// How many lines of its log contain this text.
    pub(crate) fn log_lines_with(&self, words: &str) -> usize {
        let log = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&log).lines().filter(|line| line.contains(words)).count()
    }

    /// Processor time so far.
    pub(crate) fn processor_time(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        // utime and stime, in ticks of 10 ms (proc(5)).
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        Duration::from_millis(ticks * 10)
    }

    /// Resident memory, in MB.
    pub(crate) fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1000.0
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
