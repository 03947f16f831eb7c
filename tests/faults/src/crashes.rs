//! `kill -9` at random times, and at each place in the code where it could do harm.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    os::unix::process::ExitStatusExt as _,
    thread::sleep,
    time::{Duration, Instant},
};

use candor_testkit::within;

use crate::{
    Fault, fault,
    load::alert,
    random_below,
    site::{Harness, Role, Site, Size},
    table::Line,
};

/// Concurrent sends of a worker.
const CONCURRENCY: usize = 4;
const WORKERS: usize = 3;

/// During a fan-out, a random worker dies every 2 s and is started again.
pub(crate) fn random_worker(harness: &Harness, line: &mut Line) {
    let (recipients, kills) = (harness.times(300, 10_000, 10_000), harness.times(4, 50, 50));
    let every = Duration::from_millis(if harness.size == Size::Short { 1_000 } else { 2_000 });
    let mut site = Site::new(harness, "worker-kill", recipients);
    site.set("CONCURRENCY", CONCURRENCY);
    // The fan-out outlasts the kills.
    let kills_take = every * u32::try_from(kills).unwrap();
    let slots = u32::try_from(WORKERS * CONCURRENCY).unwrap();
    site.sink.answer_after(kills_take * slots / u32::try_from(recipients).unwrap());
    let mut workers: Vec<_> =
        (0..WORKERS).map(|n| site.worker(&format!("worker-{n}"), &[])).collect();
    site.declared();
    within("the first mail", Duration::from_secs(30), || site.sink.count() > 0);
    for _ in 0..kills {
        sleep(every);
        let victim = random_below(WORKERS);
        line.injected += usize::from(site.keep_busy(WORKERS * CONCURRENCY));
        workers[victim].kill();
        workers[victim] = site.spawn(Role::Worker, &format!("worker-{victim}"), &[]);
    }
    line.demand(line.injected == kills, || "the fan-out ended before the kills did".to_owned());
    let audit = site.wait_until_sent(Duration::from_secs(300));
    line.mails(audit, kills * CONCURRENCY);
    let unheard = site.sink.mails().iter().filter(|mail| !mail.answer_was_read).count();
    line.note(format!(
        "C = {CONCURRENCY}, {WORKERS} workers; {:.2} repeats a kill, {unheard} answers never heard",
        f64::from(u32::try_from(audit.repeated).unwrap())
            / f64::from(u32::try_from(kills).unwrap()),
    ));
}

/// The places in the append at which a process dies.
pub(crate) fn append_points() -> Vec<Fault> {
    let points = [
        ("somewhere in the append", "append-begun", 3_000),
        ("before COMMIT of the append", "append-commit", 0),
        ("during COMMIT of the append", "append-commit", 1_500),
        ("after COMMIT, before the answer", "append-committed", 0),
    ];
    let fault = |(what, point, within): (&'static str, &'static str, usize)| {
        fault(
            format!("crash-{}", what.split(',').next().unwrap().to_lowercase().replace(' ', "-")),
            format!("SIGKILL {what}"),
            move |harness: &Harness, line: &mut Line| append(harness, line, point, within),
        )
    };
    points.into_iter().map(fault).collect()
}

/// The value of `CANDOR_TEST_CRASH`: the `nth` time, and up to `within` microseconds later.
fn crash(point: &str, nth: usize, within: usize) -> String {
    let delay = if within == 0 { 0 } else { 50 + random_below(within) };
    format!("{point}@{nth}+{delay}")
}

/// A web process dies while it takes alerts, and so does an operator's command. Clients without an answer retry.
fn append(harness: &Harness, line: &mut Line, point: &str, microseconds: usize) {
    let rounds = harness.times(1, 20, 20);
    let mut site = Site::new(harness, &line.fault, 20);
    let _worker = site.worker("worker", &[]);
    let (mut alerts, mut confirms, mut slowest) = (0, 0, Duration::ZERO);
    for round in 0..rounds {
        let armed = crash(point, 1 + random_below(4), microseconds);
        let (mut web, address) =
            site.web(&format!("web-{round}"), &[("CANDOR_TEST_CRASH", &armed)]);
        let unanswered = alerts_until_death(address, &mut alerts);
        within("the process to die", Duration::from_secs(10), || web.ended().is_some());
        line.injected += usize::from(web.was_killed());
        let begin = Instant::now();
        let again = site.web_at(&format!("web-{round}"), address, &[]);
        slowest = slowest.max(begin.elapsed());
        within("the alert to be taken", Duration::from_secs(10), || {
            alert(address, &unanswered).is_some_and(|status| status == 200)
        });
        drop(again);

        let update = site.next_update();
        let title = format!("Fault zq{update}qz");
        let confirm = ["incident", "confirm", "--title", &title];
        let armed = crash(point, 1, microseconds);
        let output = site.candor(&confirm, &[("CANDOR_TEST_CRASH", &armed)]);
        line.injected += usize::from(output.status.signal() == Some(9));
        if !output.status.success() {
            let again = site.candor(&confirm, &[]);
            // 3: the incident is already confirmed, by the command that died.
            let done = again.status.success() || again.status.code() == Some(3);
            line.demand(done, || format!("the confirmation failed: {again:?}"));
        }
        site.expectations.acknowledge(update);
        confirms += 1;
        // Wait until the mails are sent, before a newer one supersedes them.
        site.wait_until_sent(Duration::from_secs(60));
        let resolved = site.candor(&["incident", "resolve", "--no-notify"], &[]);
        line.demand(resolved.status.success(), || format!("{resolved:?}"));
    }
    let in_log = site.alerts_in_log();
    let confirmed = site.events().iter().filter(|event| event["type"] == "human-confirmed").count();
    events(line, &(0..alerts).map(|n| format!("alert-{n}")).collect::<Vec<_>>(), &in_log);
    line.demand(confirmed == confirms, || {
        format!("{confirmed} confirmations of {confirms} are in the log")
    });
    line.expected += confirms;
    line.accepted += confirmed;
    let audit = site.wait_until_sent(Duration::from_secs(60));
    line.note(format!(
        "{} events, {} mails; serving again within {:.1} s",
        alerts + confirms,
        audit.expected,
        slowest.as_secs_f64()
    ));
    line.mails(audit, 0);
    intact(line, &site);
}

/// Counts that each of these alerts is in the log exactly once.
pub(crate) fn events(line: &mut Line, acknowledged: &[String], in_log: &BTreeMap<String, usize>) {
    let lost = acknowledged.iter().filter(|alert| !in_log.contains_key(*alert)).count();
    let repeated: usize = in_log.values().map(|times| times - 1).sum();
    line.expected += acknowledged.len();
    line.accepted += in_log.values().sum::<usize>();
    line.lost += lost;
    line.repeated += repeated;
    line.demand(lost == 0, || format!("{lost} acknowledged alerts are not in the log"));
    line.demand(repeated == 0, || format!("{repeated} alerts stand in the log twice"));
}

/// Checks that the log verifies.
pub(crate) fn intact(line: &mut Line, site: &Site<'_>) {
    if let Err(why) = site.verified() {
        line.wrong.push(format!("the log is damaged: {why}"));
    }
}

/// Sends new alerts until one is not answered; returns that one.
fn alerts_until_death(address: SocketAddr, next: &mut usize) -> String {
    for _ in 0..50 {
        let id = format!("alert-{next}");
        *next += 1;
        if alert(address, &id) != Some(200) {
            return id;
        }
    }
    panic!("50 alerts were taken, and the process lives");
}

/// A place in the worker.
struct Point {
    what: &'static str,
    name: &'static str,
    /// The process dies at one of this many passes.
    passes: usize,
    /// Microseconds after the pass.
    delay: usize,
    /// Whether the mail server may have taken the mail.
    ambiguous: bool,
}

pub(crate) fn worker_points() -> Vec<Fault> {
    let point =
        |what, name, passes, delay, ambiguous| Point { what, name, passes, delay, ambiguous };
    let points = [
        point("after COMMIT, before the wake-up", "before-wake-up", 2, 0, false),
        point("in the middle of expansion", "page-expanded", 2, 0, false),
        point("wake-up taken, nothing claimed", "wake-up-taken", 1, 0, false),
        point("claimed, before the final dot", "mail-data", 8, 0, false),
        point("after the final dot, before its 250", "mail-data", 8, 150_000, true),
        point("after the 250, before it is recorded", "delivery-answered", 8, 0, true),
        point("after it is recorded, before the next claim", "delivery-recorded", 8, 0, false),
    ];
    let fault = |point: Point| {
        let name = point.what.replace(", ", "-").replace([' ', '\''], "-");
        fault(
            format!("crash-{name}"),
            format!("SIGKILL {}", point.what),
            move |harness: &Harness, line: &mut Line| {
                in_worker(harness, line, &point);
            },
        )
    };
    points.into_iter().map(fault).collect()
}

/// One worker after another dies at this place; the last one survives.
fn in_worker(harness: &Harness, line: &mut Line, point: &Point) {
    let kills = harness.times(1, 20, 20);
    let mut site = Site::new(harness, &line.fault, 60);
    site.set("CONCURRENCY", 1);
    site.set("LEASE", 2);
    if point.delay > 0 {
        // The mail is accepted at once, and its 250 is sent after the worker's end.
        site.sink.answer_after(Duration::from_micros(u64::try_from(point.delay).unwrap() * 2));
    }
    for _ in 0..kills {
        site.declared();
        let armed = format!("{}@{}+{}", point.name, 1 + random_below(point.passes), point.delay);
        let mut worker = site.spawn(Role::Worker, "armed", &[("CANDOR_TEST_CRASH", &armed)]);
        within(&format!("the worker to die at {armed}"), Duration::from_secs(60), || {
            worker.ended().is_some()
        });
        line.injected += usize::from(worker.was_killed());
    }
    site.sink.answer_after(Duration::ZERO);
    line.demand(line.injected == kills, || "a worker ended by itself".to_owned());
    let _worker = site.worker("worker", &[]);
    let audit = site.wait_until_sent(Duration::from_secs(120));
    line.mails(audit, if point.ambiguous { kills } else { 0 });
}
