//! How soon the page is served after a start, and how much memory an idle process takes.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use candor_testkit::{
    figures::{Goal, Table, ms, percentile},
    http,
    site::Installation,
    until,
};

use crate::history;

/// How long it may settle before its memory is looked at.
const SETTLES: Duration = Duration::from_secs(3);

pub(crate) fn measure_empty(table: &mut Table) {
    let mut first_starts: Vec<f64> = (0..5).map(|_| first_200(&mut Installation::new())).collect();
    table.add(
        "start → first 200, empty log, with the schema to be made",
        percentile(&mut first_starts, 50),
        "ms",
        Goal::Below(200.0),
    );
    let mut site = Installation::new();
    let mut starts: Vec<f64> = (0..6).map(|_| first_200(&mut site)).collect();
    table.add(
        "start → first 200, empty log, again",
        percentile(&mut starts[1..], 50),
        "ms",
        Goal::Below(200.0),
    );
    table.add("idle memory, empty log", resident_mb(&mut site), "MB", Goal::Below(40.0));
}

pub(crate) fn measure_long(table: &mut Table) {
    let mut site = Installation::new();
    let events = history::write(&site.data_dir());
    eprintln!("  a log of {events} events in {} incidents", history::INCIDENTS);
    assert_eq!(site.verified(), events, "the history is a log like any other");
    // The very first start has no last known state to serve meanwhile: the page comes from the whole log.
    let from_the_log = first_200(&mut site);
    table.add(
        "start → first 200, 60,000 events, without a last known state",
        from_the_log,
        "ms",
        Goal::Below(1_000.0),
    );
    let mut starts: Vec<f64> = (0..5).map(|_| first_200(&mut site)).collect();
    table.add(
        "start → first 200, 60,000 events in 10,000 incidents",
        percentile(&mut starts, 50),
        "ms",
        Goal::Below(1_000.0),
    );
    let mut whole: Vec<f64> = (0..5).map(|_| answers_after(&mut site, "/healthcheck/")).collect();
    table.note(
        "start → the log is read (/healthcheck/), the same",
        percentile(&mut whole, 50),
        "ms",
    );
    table.add(
        "idle memory, 60,000 events in 10,000 incidents",
        resident_mb(&mut site),
        "MB",
        Goal::Below(120.0),
    );
}

/// Starts it, and takes the time until the page is served; then stops it.
fn first_200(site: &mut Installation) -> f64 {
    answers_after(site, "/")
}

/// Starts it, and takes the time until this address answers 200; then stops it.
fn answers_after(site: &mut Installation, path: &str) -> f64 {
    let begin = Instant::now();
    site.spawn();
    loop {
        if http::ask(site.address, "GET", path, &[], b"").is_ok_and(|answer| answer.status == 200) {
            break;
        }
        assert!(begin.elapsed() < Duration::from_secs(30), "it doesn't start");
        thread::sleep(Duration::from_millis(1));
    }
    let took = ms(begin.elapsed());
    until("/healthcheck/ to say 200", || (site.get("/healthcheck/").status == 200).then_some(()));
    site.stop();
    took
}

/// The resident set of an idle `candor serve`.
fn resident_mb(site: &mut Installation) -> f64 {
    site.start();
    for _ in 0..20 {
        site.get("/");
    }
    thread::sleep(SETTLES);
    let status = fs::read_to_string(format!("/proc/{}/status", site.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    site.stop();
    kilobytes / 1024.0
}
