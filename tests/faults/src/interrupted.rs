//! The harness itself is killed. It must leave no process and no folder behind.

use std::{
    env,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Stdio},
    thread::{self, sleep},
    time::Duration,
};

use candor_testkit::process::{Signal, bound, send};

use crate::{
    process::Process,
    restarts::Balancer,
    site::{Harness, Site},
    table::Line,
};

/// Run only by name, by the fault below.
pub(crate) const HOLD: &str = "hold";

/// Starts one of each, prints what it started, and waits to be ended.
pub(crate) fn hold(harness: &Harness) {
    let site = Site::new(harness, HOLD, 1);
    let (web, address) = site.web("web", &[]);
    let worker = site.worker("worker", &[]);
    let balancer = Balancer::start(&site.folder(), &[address]);
    println!("{}", harness.folder.path().display());
    let servers = [harness.postgres.pid(), site.redis.pid(), balancer.pid()];
    let processes = [&web, &worker].map(Process::pid);
    for pid in servers.into_iter().chain(processes) {
        println!("/proc/{pid}");
    }
    println!("ready");
    sleep(Duration::from_secs(600));
}

pub(crate) fn ended(harness: &Harness, line: &mut Line) {
    // INT last: where a shell has put the harness into the background, it is ignored.
    let signals = [Signal::KILL, Signal::TERM, Signal::INT];
    let signals = &signals[..harness.times(2, 3, 3)];
    let mut left = Vec::new();
    thread::scope(|scope| {
        // All at the same time, since most of it is waiting.
        let mut threads = Vec::new();
        for signal in signals {
            threads.push((signal, scope.spawn(|| left_by(*signal))));
        }
        left.extend(threads.into_iter().map(|(signal, thread)| (signal, thread.join().unwrap())));
    });
    for (signal, (started, left)) in left {
        line.injected += 1;
        line.expected += started;
        line.accepted += started - left.len();
        line.demand(left.is_empty(), || format!("{signal:?} leaves {}", left.join(", ")));
    }
    line.note("expected are its processes and its folder, accepted those that are gone");
}

/// How much the harness had started, and what is still there half a minute after its end.
fn left_by(signal: Signal) -> (usize, Vec<String>) {
    let mut child = Ended(
        bound(env::current_exe().unwrap(), "KILL")
            .args(["--short", HOLD])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let said = BufReader::new(child.0.stdout.take().unwrap());
    let lines = said.lines().map(Result::unwrap);
    let paths: Vec<String> = lines.take_while(|line| line != "ready").collect();
    assert!(paths.len() > 5, "it didn't come so far: {paths:?}");
    send(child.0.id(), signal);
    child.0.wait().unwrap();
    let left = || paths.iter().filter(|path| Path::new(path).exists());
    let begin = std::time::Instant::now();
    while left().next().is_some() && begin.elapsed() < Duration::from_secs(30) {
        sleep(Duration::from_millis(50));
    }
    (paths.len(), left().cloned().collect())
}

/// A process that is killed when this is dropped.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
