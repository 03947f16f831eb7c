//! The embedded database on a failing disk: strace kills the process at a write, or lets an fsync fail with EIO.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    time::{Duration, Instant},
};

use candor_testkit::{free_address, within};

use crate::{
    crashes::{events, intact},
    load::alert,
    process::Process,
    random_below,
    site::{Harness, Role, Site, is_ready},
    table::Line,
};

/// The system calls that change the database's file and its write-ahead log.
const WRITES: &str = "write,pwrite64,ftruncate,fsync,fdatasync";
/// The system calls that flush to disk.
const SYNCS: &str = "fsync,fdatasync";
/// The last of them at which the fault is injected: some are the schema's, the others the alerts'.
const LAST_WRITE: usize = 300;
const LAST_SYNC: usize = 100;
/// Far more alerts than it takes to get there, though strace counts the calls of each thread separately.
const ALERTS: usize = 3_000;

/// SIGKILL at the k-th write or fsync, beginning with an empty folder.
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

/// The k-th fsync fails. Its data may not be on disk, though a second fsync would succeed (Linux has marked the pages
/// as clean): the affected request must be refused. Later data is written again by SQLite, and may be accepted.
pub(crate) fn fsync_fails(harness: &Harness, line: &mut Line) {
    let rounds = harness.times(4, LAST_SYNC, LAST_SYNC);
    let (mut refused, mut before, mut lived) = (0, 0, 0);
    for k in places(rounds, LAST_SYNC) {
        let mut at = Disk::new(harness, "disk-fsync", SYNCS, &format!("error=EIO:when={k}"));
        at.alerts();
        line.injected += usize::from(at.faults() > 0);
        if let Some((id, status)) = &at.hit {
            refused += usize::from(*status != Some(200));
            line.demand(*status != Some(200), || format!("fsync {k} failed, and {id} was taken"));
        } else {
            before += 1;
        }
        lived += usize::from(at.process.ended().is_none());
        at.back(line, &format!("after the failure of fsync {k}"));
    }
    line.demand(line.injected == rounds, || "not every fsync came".to_owned());
    line.note(format!(
        "{refused} alerts were hit and refused, {before} times it was at the start; {lived} processes went on"
    ));
}

/// This many different numbers from 1 to `last`, spread evenly.
fn places(count: usize, last: usize) -> impl Iterator<Item = usize> {
    let step = last / count;
    (0..count).map(move |n| n * step + 1 + random_below(step))
}

/// A site on a faulty disk.
struct Disk<'a> {
    site: Site<'a>,
    process: Process,
    address: SocketAddr,
    /// Alerts that were answered 2xx.
    acknowledged: Vec<String>,
    /// Alerts that were not.
    others: Vec<String>,
    /// The alert during which the fault happened, and its answer.
    hit: Option<(String, Option<u16>)>,
}

impl<'a> Disk<'a> {
    /// Starts the site on an empty folder.
    fn new(harness: &'a Harness, name: &str, calls: &str, fault: &str) -> Self {
        let site = Site::embedded(harness, name, 0);
        let address = free_address();
        let [file, log] = ["", "-wal"].map(|end| format!("{}{end}", site.sqlite_file().display()));
        let traced = site.folder().join("trace").display().to_string();
        let (calls, fault) = (format!("trace={calls}"), format!("inject={calls}:{fault}"));
        let strace = [
            "strace", "-f", "-qq", "-o", &traced, "-P", &file, "-P", &log, "-e", &calls, "-e",
            &fault,
        ];
        let listen = [("CANDOR_LISTEN", &*address.to_string())];
        let process = site.spawn_under(&strace, Role::Serve, "serve", &listen);
        Self { site, process, address, acknowledged: vec![], others: vec![], hit: None }
    }

    /// Sends alerts until the process has ended; if it survives the injected fault, sends a few more.
    fn alerts(&mut self) {
        within("the process to serve, or to end", Duration::from_secs(60), || {
            self.process.ended().is_some() || is_ready(self.address)
        });
        let mut later = 0;
        for n in 0..ALERTS {
            if self.process.ended().is_some() || later > 5 {
                break;
            }
            let before = self.faults();
            let id = format!("alert-{n}");
            let status = alert(self.address, &id);
            if before > 0 {
                later += 1;
            } else if self.faults() > 0 {
                self.hit = Some((id.clone(), status));
            }
            match status {
                Some(200) => self.acknowledged.push(id),
                _ => self.others.push(id),
            }
        }
        // Without an answer, the process is ending.
        if self.hit.as_ref().is_some_and(|(_, status)| status.is_none()) {
            within("it to end", Duration::from_secs(10), || self.process.ended().is_some());
        }
    }

    /// How many faults strace has injected.
    fn faults(&self) -> usize {
        let traced = fs::read_to_string(self.site.folder().join("trace")).unwrap_or_default();
        traced.matches("(INJECTED)").count()
    }

    /// Starts the site on a good disk: all acknowledged alerts are there, and the others are accepted now. Returns how
    /// long the start took.
    fn back(&mut self, line: &mut Line, when: &str) -> Duration {
        self.process.kill();
        // strace ends before the program that it ran.
        within("the address to be free", Duration::from_secs(10), || {
            TcpListener::bind(self.address).is_ok()
        });
        let start = Instant::now();
        let again = self.site.serve_at("serve", self.address, &[]);
        let took = start.elapsed();
        for id in &self.others {
            let status = alert(self.address, id);
            line.demand(status == Some(200), || format!("{when}: {id} is answered {status:?}"));
        }
        drop(again);
        let sound = self.site.sql("PRAGMA integrity_check");
        line.demand(sound == "ok", || format!("{when}: integrity_check says {sound}"));
        intact(line, &self.site);
        self.acknowledged.append(&mut self.others);
        events(line, &self.acknowledged, &self.site.alerts_in_log());
        took
    }
}
