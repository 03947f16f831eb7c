//! The embedded database on a disk that fails: the process dies at a write, or an fsync says EIO. strace sees to it.

use std::{net::SocketAddr, time::Duration};

use crate::{
    crashes::{events, intact},
    dice,
    load::alert,
    process::Process,
    servers::{free_address, until},
    table::Line,
    world::{Harness, Role, World},
};

/// What is counted: all that changes the database's file and its write-ahead log.
const WRITES: &str = "write,pwrite64,ftruncate,fsync,fdatasync";
/// At which of them it happens, at the latest: some are the schema's, the others the alerts'.
const LAST_WRITE: usize = 300;
/// So many alerts are far more than it takes to get there.
const ALERTS: usize = 300;

/// SIGKILL at the k-th write or fsync, from the first one of an empty folder.
pub(crate) fn kill_at_write(harness: &Harness, line: &mut Line) {
    let rounds = harness.times(8, LAST_WRITE, LAST_WRITE);
    let (mut acknowledged, mut slowest) = (0, Duration::ZERO);
    for k in places(rounds, LAST_WRITE) {
        let mut at = Disk::new(harness, "disk-kill", WRITES, &format!("signal=KILL:when={k}"));
        at.alerts();
        line.injected += usize::from(at.process.was_killed());
        line.demand(at.process.was_killed(), || format!("no end at write {k}"));
        slowest = slowest.max(at.back(line, &format!("killed at write {k}")));
        acknowledged += at.acknowledged.len();
    }
    line.note(format!(
        "{acknowledged} alerts were acknowledged before; serving again within {:.1} s",
        slowest.as_secs_f64()
    ));
}

/// So many different numbers from 1 to `last`, spread over all of them.
fn places(count: usize, last: usize) -> impl Iterator<Item = usize> {
    let step = last / count;
    (0..count).map(move |n| n * step + 1 + dice(step))
}

/// A site on such a disk.
struct Disk<'a> {
    world: World<'a>,
    process: Process,
    address: SocketAddr,
    /// Alerts that were answered 2xx.
    acknowledged: Vec<String>,
    /// Alerts that weren't.
    others: Vec<String>,
}

impl<'a> Disk<'a> {
    /// Starts it on an empty folder.
    fn new(harness: &'a Harness, name: &str, calls: &str, fault: &str) -> Self {
        let world = World::embedded(harness, name, 0);
        let address = free_address();
        let [file, log] = ["", "-wal"].map(|end| format!("{}{end}", world.sqlite_file().display()));
        let traced = world.folder().join("trace").display().to_string();
        let (calls, fault) = (format!("trace={calls}"), format!("inject={calls}:{fault}"));
        let strace = [
            "strace", "-f", "-qq", "-o", &traced, "-P", &file, "-P", &log, "-e", &calls, "-e",
            &fault,
        ];
        let listen = [("CANDOR_LISTEN", &*address.to_string())];
        let process = world.spawn_under(&strace, Role::Serve, "serve", &listen);
        Self { world, process, address, acknowledged: Vec::new(), others: Vec::new() }
    }

    /// Sends alerts until the process has ended; if it goes on although the fault was injected, some more. How many
    /// were taken after the fault.
    fn alerts(&mut self) -> usize {
        until("the process to serve, or to end", Duration::from_secs(60), || {
            self.process.ended().is_some() || crate::world::is_ready(self.address)
        });
        let (mut later, mut refused) = (0, 0);
        for n in 0..ALERTS {
            if self.process.ended().is_some() || later + refused > 5 {
                break;
            }
            let before = self.faults();
            let id = format!("alert-{n}");
            if alert(self.address, &id).is_some_and(|status| status == 200) {
                self.acknowledged.push(id);
                later += usize::from(before > 0);
            } else {
                self.others.push(id);
                refused += usize::from(before > 0);
            }
        }
        if self.others.is_empty() {
            return later;
        }
        // It was hit, so it is ending; one that goes on has been given its chance.
        let begin = std::time::Instant::now();
        while self.process.ended().is_none() && begin.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(10));
        }
        later
    }

    /// How many faults strace has injected.
    fn faults(&self) -> usize {
        let traced = std::fs::read_to_string(self.world.folder().join("trace")).unwrap_or_default();
        traced.matches("(INJECTED)").count()
    }

    /// Starts it on a good disk: all that was acknowledged is there, and the rest is taken now. How long the start took.
    fn back(&mut self, line: &mut Line, when: &str) -> Duration {
        self.process.kill();
        let start = std::time::Instant::now();
        let again = self.world.serve_at("serve", self.address, &[]);
        let took = start.elapsed();
        for id in &self.others {
            let status = alert(self.address, id);
            line.demand(status == Some(200), || format!("{when}: {id} is answered {status:?}"));
        }
        drop(again);
        let sound = self.world.sql("PRAGMA integrity_check");
        line.demand(sound == "ok", || format!("{when}: integrity_check says {sound}"));
        intact(line, &self.world);
        self.acknowledged.append(&mut self.others);
        events(line, &self.acknowledged, &self.world.alerts_in_log());
        took
    }
}
