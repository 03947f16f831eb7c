//! `kill -9` of every process at once, and processes that run out of memory.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use candor_testkit::{free_address, process::Signal, within};
use rustix::process::{Pid, Resource, Rlimit, prlimit};

use crate::{
    crashes::{events, intact},
    load::Providers,
    process::Process,
    random_below,
    site::{Harness, Site},
    table::Line,
};

/// Concurrent sends of a worker.
const CONCURRENCY: usize = 4;
const WORKERS: usize = 2;

/// A web process, a worker and Redis die at the same instant of a fan-out, and are started again.
pub(crate) fn all_together(harness: &Harness, line: &mut Line) {
    let (recipients, rounds) = (harness.times(60, 300, 300), harness.times(2, 20, 50));
    let mut site = Site::new(harness, "kill-all", recipients);
    site.set("CONCURRENCY", CONCURRENCY);
    site.sink.answer_after(Duration::from_millis(50));
    let address = free_address();
    let mut web = site.web_at("web", address, &[]);
    let mut worker = site.worker("worker", &[]);
    let providers = Providers::come(harness.handle(), &[address], 2, Duration::from_millis(50));
    let mut slowest = Duration::ZERO;
    for _ in 0..rounds {
        let before = site.sink.count();
        site.declared();
        within("the fan-out to begin", Duration::from_secs(60), || site.sink.count() > before);
        sleep(Duration::from_millis(u64::try_from(random_below(400)).unwrap()));
        line.injected += usize::from(site.keep_busy(CONCURRENCY));
        web.signal(Signal::KILL);
        worker.signal(Signal::KILL);
        site.redis.kill();
        web.kill();
        worker.kill();
        let begin = Instant::now();
        site.redis.start_again();
        web = site.web_at("web", address, &[]);
        worker = site.worker("worker", &[]);
        slowest = slowest.max(begin.elapsed());
    }
    line.demand(line.injected == rounds, || "the fan-out ended too early".to_owned());
    conclude(line, &site, providers, rounds * CONCURRENCY);
    line.note(format!(
        "C = {CONCURRENCY}; all running again within {:.1} s",
        slowest.as_secs_f64()
    ));
}

/// A process gets no more memory in the middle of its work, as under a limit: it aborts, or carries on. In the end it
/// is killed, as the kernel would do, and started again.
pub(crate) fn no_memory(harness: &Harness, line: &mut Line) {
    let (recipients, rounds) = (harness.times(100, 300, 300), harness.times(4, 20, 20));
    let mut site = Site::new(harness, "no-memory", recipients);
    site.set("CONCURRENCY", CONCURRENCY);
    site.sink.answer_after(Duration::from_millis(50));
    let address = free_address();
    let mut processes: Vec<Process> =
        (0..WORKERS).map(|n| site.worker(&format!("worker-{n}"), &[])).collect();
    processes.push(site.web_at("web", address, &[]));
    let providers = Providers::come(harness.handle(), &[address], 2, Duration::from_millis(50));
    let mut aborted = 0;
    for round in 0..rounds {
        let before = site.sink.count();
        site.declared();
        within("the fan-out to begin", Duration::from_secs(60), || site.sink.count() > before);
        let victim = &mut processes[round % (WORKERS + 1)];
        no_more(victim);
        line.injected += 1;
        let begin = Instant::now();
        while victim.ended().is_none() && begin.elapsed() < Duration::from_secs(2) {
            sleep(Duration::from_millis(10));
        }
        aborted += usize::from(victim.ended().is_some());
        victim.kill();
        let name = victim.name.clone();
        *victim = match name.as_str() {
            "web" => site.web_at(&name, address, &[]),
            _ => site.worker(&name, &[]),
        };
    }
    conclude(line, &site, providers, rounds * CONCURRENCY);
    line.note(format!("C = {CONCURRENCY}; {aborted} of {rounds} aborted by themselves"));
}

/// Limits the address space of a process to its present size.
fn no_more(process: &Process) {
    let pages = std::fs::read_to_string(format!("/proc/{}/statm", process.pid())).unwrap();
    let pages: u64 = pages.split(' ').next().unwrap().parse().unwrap();
    let size = Some(pages * u64::try_from(rustix::param::page_size()).unwrap());
    let pid = Pid::from_raw(process.pid().try_into().unwrap()).unwrap();
    prlimit(Some(pid), Resource::As, Rlimit { current: size, maximum: size }).unwrap();
}

fn conclude(line: &mut Line, site: &Site<'_>, providers: Providers, repeats: usize) {
    site.sink.answer_after(Duration::ZERO);
    let alerts = providers.leave(site.harness.handle());
    let audit = site.wait_until_sent(Duration::from_secs(120));
    line.mails(audit, repeats);
    let ids: Vec<String> = alerts.acknowledged.keys().cloned().collect();
    events(line, &ids, &site.alerts_in_log());
    intact(line, site);
}
