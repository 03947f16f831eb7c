//! The database is lost and restored from a backup that is some minutes old.

use std::{
    collections::BTreeMap,
    fs::File,
    net::SocketAddr,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

use candor_testkit::{
    free_address, http, postgres,
    process::{Signal, run},
    within,
};
use serde_json::Value;

use crate::{
    crashes::{events, intact},
    load::Providers,
    random_below,
    site::{Harness, Site},
    standby::{healthy, shown},
    table::Line,
};

const CONCURRENCY: usize = 4;

/// `pg_dump` in the middle of a fan-out; later the database is dropped, and `psql` brings the dump back.
pub(crate) fn restore(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(100, 300, 300), harness.times(1, 10, 20));
    let (mut slowest, mut again, mut noticed) = (Duration::ZERO, 0, String::new());
    for round in 0..times {
        let mut site = Site::new(harness, &format!("restore-{round}"), recipients);
        site.set("CONCURRENCY", CONCURRENCY);
        site.sink.answer_after(Duration::from_millis(40));
        let address = free_address();
        let (mut web, mut worker) = (site.web_at("web", address, &[]), site.worker("worker", &[]));
        // A process that isn't restarted: it has seen events that will be gone.
        let (old, old_address) = site.web("old", &[]);
        let providers = Providers::come(harness.handle(), &[address], 2, Duration::from_millis(20));
        site.declared();
        within("the first mail", Duration::from_secs(30), || site.sink.count() > 0);
        sleep(Duration::from_millis(u64::try_from(random_below(900)).unwrap()));
        let acknowledged = providers.acknowledged();
        let (begin, before) = (Instant::now(), site.sink.count());
        let dump = site.folder().join("dump.sql");
        let database = postgres::url(harness.postgres.address(), &site.database);
        run(postgres::client("pg_dump").arg("-d").arg(&database).arg("-f").arg(&dump));
        let audit = site.wait_until_sent(Duration::from_secs(60));
        line.demand(audit.lost == 0, || format!("before it: {audit}"));
        let after = site.sink.count();

        web.kill();
        worker.kill();
        let known = shown(old_address).unwrap();
        old.freeze();
        let start = Instant::now();
        let name = &site.database;
        harness.postgres.sql("postgres", &format!("DROP DATABASE {name} WITH (FORCE)"));
        harness.postgres.sql("postgres", &format!("CREATE DATABASE {name}"));
        let input = File::open(&dump).unwrap();
        let quiet = ["-Xq", "-v", "ON_ERROR_STOP=1", "-d", &database];
        run(postgres::client("psql").args(quiet).stdin(input).stdout(Stdio::null()));
        line.injected += 1;
        (web, worker) = (site.web_at("web", address, &[]), site.worker("worker", &[]));
        let back = Instant::now();
        within("an alert to be taken again", Duration::from_secs(30), || {
            providers.first_good_after(back).is_some()
        });
        slowest = slowest.max(start.elapsed());
        // The old process notices when the log is longer again than the one it knew.
        let events_now = || site.sql("SELECT seq FROM log_head").parse::<u64>().unwrap();
        within("the log to have grown again", Duration::from_secs(60), || {
            events_now() > known + 10
        });
        old.signal(Signal::CONT);
        // Its connections fail at first, and recover soon.
        sleep(Duration::from_secs(3));
        providers.leave(harness.handle());
        let audit = site.wait_until_sent(Duration::from_secs(90));
        let head = events_now();
        within("the page to show all of it", Duration::from_secs(30), || {
            shown(address) == Some(head)
        });
        // It halts and says so, or continues with the restored log; it never shows a mix of both.
        let mut outcome = String::new();
        within("the old process to notice", Duration::from_secs(30), || {
            outcome = if !healthy(&old) {
                "stopped".to_owned()
            } else if shown(old_address) == Some(head) {
                "took it up".to_owned()
            } else {
                return false;
            };
            true
        });
        let same = board(old_address) == board(address);
        line.demand(outcome == "stopped" || same, || "the old page mixes two histories".to_owned());
        noticed = outcome;
        for process in [&web, &worker] {
            let what = format!("{} to be healthy", process.name);
            within(&what, Duration::from_secs(30), || healthy(process));
        }

        // Mails sent after the backup are not known to have been sent.
        line.mails(audit, after - before + CONCURRENCY);
        again += audit.repeated;
        let mut copies: BTreeMap<String, Vec<Instant>> = BTreeMap::new();
        for mail in site.sink.mails() {
            copies.entry(mail.id).or_default().push(mail.at);
        }
        // One more second, for answers that were not recorded when the backup began.
        let earlier = |times: &&Vec<Instant>| {
            times.len() > 1 && times.iter().any(|at| *at + Duration::from_secs(1) < begin)
        };
        let wrong = copies.values().filter(earlier).count();
        line.demand(wrong == 0, || format!("{wrong} mails were repeated that the backup knew"));
        let mut in_log = site.alerts_in_log();
        in_log.retain(|alert, _| acknowledged.contains(alert));
        events(line, &acknowledged, &in_log);
        intact(line, &site);
    }
    line.note(format!(
        "serving again within {:.1} s; repeated is what went out after the backup: {again}; a process that wasn't \
         restarted {noticed}",
        slowest.as_secs_f64()
    ));
}

/// The board of the page.
fn board(address: SocketAddr) -> Value {
    http::ask(address, "GET", "/api/v1/board.json", &[], b"").unwrap().json()
}
