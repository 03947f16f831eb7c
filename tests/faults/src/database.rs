//! PostgreSQL is restarted, killed, frozen, and away for a long time.

use std::{
    net::SocketAddr,
    process::{Command, Output},
    sync::atomic::{AtomicBool, Ordering},
    thread::{self, sleep},
    time::{Duration, Instant},
};

use candor_testkit::{Cluster, http, within};

use crate::{
    crashes::{events, intact},
    load::{Providers, Visitors},
    process::Process,
    site::{Harness, Site},
    table::Line,
};

pub(crate) fn restart(harness: &Harness, line: &mut Line) {
    under_load(harness, line, "postgres-restart", Cluster::restart);
}

pub(crate) fn kill(harness: &Harness, line: &mut Line) {
    under_load(harness, line, "postgres-kill", |postgres| {
        postgres.kill();
        postgres.start_again();
    });
}

/// While alerts come in, pages are read and mails go out.
fn under_load(harness: &Harness, line: &mut Line, name: &str, breaks: impl Fn(&Cluster)) {
    let (recipients, times) = (harness.times(100, 500, 500), harness.times(2, 20, 20));
    let mut site = Site::new(harness, name, recipients);
    site.set("CONCURRENCY", 4);
    site.set("LEASE", 60);
    site.sink.answer_after(Duration::from_millis(10));
    let (_web, address) = site.web("web", &[]);
    let _workers = [site.worker("worker-0", &[]), site.worker("worker-1", &[])];
    let visitors = Visitors::come(harness.handle(), address, 4, Duration::from_millis(2));
    let providers = Providers::come(harness.handle(), &[address], 4, Duration::from_millis(20));
    let (mut away, mut refusing) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..times {
        while site.expectations.expected() < site.sink.count() + recipients {
            site.declared();
        }
        sleep(Duration::from_millis(300));
        let begin = Instant::now();
        breaks(&harness.postgres);
        let back = Instant::now();
        line.injected += 1;
        let mut good = None;
        within("an alert to be taken again", Duration::from_secs(30), || {
            good = providers.first_good_after(back);
            good.is_some()
        });
        away = away.max(back - begin);
        refusing = refusing.max(good.unwrap() - back);
        sleep(Duration::from_millis(700));
    }
    let (seen, bad, first) = visitors.leave(harness.handle());
    let alerts = providers.leave(harness.handle());
    let audit = site.wait_until_sent(Duration::from_secs(150));
    line.mails(audit, 0);
    let ids: Vec<String> = alerts.acknowledged.keys().cloned().collect();
    events(line, &ids, &site.alerts_in_log());
    intact(line, &site);
    line.demand(bad == 0, || format!("{bad} of {} GETs failed, first: {first:?}", seen + bad));
    line.demand(alerts.odd() == 0, || format!("{} answers were neither 2xx nor 503", alerts.odd()));
    line.demand(refusing <= Duration::from_secs(5), || {
        format!("alerts were refused for {refusing:?} after PostgreSQL was back")
    });
    line.note(format!(
        "PostgreSQL away at most {:.2} s, then 2xx within {:.2} s; {} alerts, {} answers 503; {seen} GETs, {bad} failed",
        away.as_secs_f64(),
        refusing.as_secs_f64(),
        ids.len(),
        alerts.refused(),
    ));
}

/// Writes fail, reads work, and a web process is started in the middle.
pub(crate) fn down(harness: &Harness, line: &mut Line) {
    let times = harness.times(1, 1, 5);
    let lasts = Duration::from_secs(u64::try_from(harness.times(10, 120, 120)).unwrap());
    let wanted = harness.times(50_000, 1_000_000, 1_000_000);
    let mut site = Site::new(harness, "postgres-down", 10);
    let (_web, a) = site.web("web-a", &[]);
    let (mut other, b) = site.web("web-b", &[]);
    site.declared();
    let shows = |address: SocketAddr, words: &str| {
        let answer = http::ask(address, "GET", "/", &[], b"").ok();
        answer
            .filter(|answer| answer.status == 200)
            .is_some_and(|answer| answer.text().contains(words))
    };
    for address in [a, b] {
        within("the page to show the incident", Duration::from_secs(10), || {
            shows(address, "Fault zq1qz")
        });
    }
    // The last state is written a moment after the page.
    sleep(Duration::from_secs(2));
    let (mut asked, mut bad, mut slowest) = (0, 0, Duration::ZERO);
    for _ in 0..times {
        harness.postgres.kill();
        let begin = Instant::now();
        line.injected += 1;
        let over = AtomicBool::new(false);
        let (gets, failed) = thread::scope(|scope| {
            let visits = scope.spawn(|| {
                let (mut gets, mut failed) = (0, 0);
                while gets < wanted || !over.load(Ordering::Acquire) {
                    let (more, wrong) = visit(a, 2);
                    gets += more;
                    failed += wrong;
                }
                (gets, failed)
            });
            sleep(lasts / 4);
            // Old enough for the page to say so.
            within("the page to say that it is old", Duration::from_secs(90), || {
                shows(a, "not up to date") || shows(a, "Last known") || shows(a, "last known")
            });
            other.kill();
            let start = Instant::now();
            other = site.spawn_web("web-b", b);
            within(
                "the restarted process to serve the last state",
                Duration::from_secs(30),
                || shows(b, "Fault zq1qz"),
            );
            slowest = slowest.max(start.elapsed());
            line.demand(shows(b, "ast known"), || {
                "the restarted page doesn't say how old it is".to_owned()
            });
            sleep(lasts.saturating_sub(begin.elapsed()));
            over.store(true, Ordering::Release);
            visits.join().unwrap()
        });
        asked += gets;
        bad += failed;
        harness.postgres.start_again();
        for address in [a, b] {
            within("an alert to be taken again", Duration::from_secs(30), || {
                crate::load::alert(address, "alert-0") == Some(200)
            });
        }
    }
    line.expected = asked;
    line.accepted = asked - bad;
    line.lost = bad;
    line.demand(bad == 0, || format!("{bad} GETs failed"));
    line.demand(slowest <= Duration::from_secs(3), || {
        format!("a restarted process took {slowest:?}")
    });
    intact(line, &site);
    line.note(format!(
        "{} s down; expected and accepted are GETs; a restarted web served the last state after {:.2} s",
        lasts.as_secs(),
        slowest.as_secs_f64()
    ));
}

/// Another session holds the lock of the log, as a forgotten `psql` does. Nobody waits for it longer than a provider
/// would.
pub(crate) fn lock_held(harness: &Harness, line: &mut Line) {
    let times = harness.times(1, 5, 20);
    let lasts = harness.times(8, 30, 30);
    let site = Site::new(harness, "lock-held", 10);
    let (_web, address) = site.web("web", &[]);
    let (mut slowest, mut refused, mut back) = (Duration::ZERO, 0, Duration::ZERO);
    let (mut next, mut acknowledged) = (0, Vec::new());
    let mut post = |acknowledged: &mut Vec<String>| {
        let id = format!("alert-{next}");
        let begin = Instant::now();
        let status = crate::load::alert(address, &id);
        if status == Some(200) {
            acknowledged.push(id);
            next += 1;
        }
        (status, begin.elapsed())
    };
    for _ in 0..times {
        assert_eq!(post(&mut acknowledged).0, Some(200));
        let before = site.sql("SELECT count(*) FROM event");
        thread::scope(|scope| {
            let held = scope.spawn(|| {
                site.sql(&format!(
                    "BEGIN; SELECT seq FROM log_head FOR UPDATE; SELECT pg_sleep({lasts}); COMMIT"
                ))
            });
            within("the lock to be held", Duration::from_secs(10), || {
                let sql = "SELECT seq FROM log_head FOR UPDATE SKIP LOCKED";
                harness.postgres.sql(&site.database, sql).is_empty()
            });
            line.injected += 1;
            while !held.is_finished() {
                let (status, took) = post(&mut acknowledged);
                let page = http::ask(address, "GET", "/", &[], b"").map(|answer| answer.status);
                line.demand(page.as_ref().is_ok_and(|status| *status == 200), || {
                    format!("the page is answered {page:?}")
                });
                // The alert that is being answered when the lock is released may be accepted.
                if status == Some(200) {
                    continue;
                }
                line.demand(status == Some(503), || format!("an alert is answered {status:?}"));
                (slowest, refused) = (slowest.max(took), refused + 1);
                let rows = site.sql("SELECT count(*) FROM event");
                line.demand(rows == before || held.is_finished(), || {
                    format!("{rows} events instead of {before}")
                });
            }
            held.join().unwrap();
        });
        let begin = Instant::now();
        within("an alert to be taken again", Duration::from_secs(30), || {
            post(&mut acknowledged).0 == Some(200)
        });
        back = back.max(begin.elapsed());
    }
    line.demand(refused > 0, || "nobody met the lock".to_owned());
    line.demand(slowest <= Duration::from_secs(5), || format!("a refusal took {slowest:?}"));
    events(line, &acknowledged, &site.alerts_in_log());
    intact(line, &site);
    line.note(format!(
        "{lasts} s each; {refused} answers 503, each within {:.1} s; a 2xx within {:.2} s of its end",
        slowest.as_secs_f64(),
        back.as_secs_f64()
    ));
}

/// The database refuses writes (its disk is full, or it has become the standby) and still answers reads.
pub(crate) fn read_only(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(60, 300, 300), harness.times(1, 10, 20));
    let mut site = Site::new(harness, "read-only", recipients);
    site.set("CONCURRENCY", 4);
    let (web, address) = site.web("web", &[]);
    let worker = site.worker("worker", &[]);
    let providers = Providers::come(harness.handle(), &[address], 2, Duration::from_millis(50));
    let switch = |on: &str| {
        let name = &site.database;
        harness.postgres.sql(
            "postgres",
            &format!(
                "ALTER DATABASE {name} SET default_transaction_read_only = {on}; \
                 SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{name}'"
            ),
        );
    };
    let healthy = |process: &Process| {
        let answer = http::ask(process.admin, "GET", "/healthcheck/", &[], b"");
        answer.is_ok_and(|answer| answer.status == 200)
    };
    let (mut noticed, mut back) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..times {
        switch("on");
        let begin = Instant::now();
        line.injected += 1;
        for process in [&web, &worker] {
            let what = format!("the health of {} to say that nothing can be written", process.name);
            let took = within(&what, Duration::from_secs(60), || !healthy(process));
            noticed = noticed.max(took);
        }
        let page = http::ask(address, "GET", "/", &[], b"").map(|answer| answer.status);
        line.demand(page.as_ref().is_ok_and(|status| *status == 200), || {
            format!("the page is answered {page:?}")
        });
        let good = providers.first_good_after(begin + Duration::from_millis(500));
        line.demand(good.is_none(), || "an alert was taken meanwhile".to_owned());
        switch("off");
        let begin = Instant::now();
        within("an alert to be taken again", Duration::from_secs(30), || {
            providers.first_good_after(begin).is_some()
        });
        for process in [&web, &worker] {
            let what = format!("{} to be healthy again", process.name);
            within(&what, Duration::from_secs(60), || healthy(process));
        }
        back = back.max(begin.elapsed());
    }
    let alerts = providers.leave(harness.handle());
    line.demand(alerts.odd() == 0, || format!("{} answers were neither 2xx nor 503", alerts.odd()));
    let ids: Vec<String> = alerts.acknowledged.keys().cloned().collect();
    site.declared();
    let audit = site.wait_until_sent(Duration::from_secs(60));
    line.mails(audit, 0);
    events(line, &ids, &site.alerts_in_log());
    intact(line, &site);
    line.note(format!(
        "health says it after {:.1} s at most, and that it is over after {:.1} s; {} answers 503",
        noticed.as_secs_f64(),
        back.as_secs_f64(),
        alerts.refused()
    ));
}

/// PostgreSQL hangs: connections stay open, and nothing is answered.
pub(crate) fn hung(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(60, 300, 300), harness.times(1, 5, 10));
    let lasts = Duration::from_secs(u64::try_from(harness.times(30, 60, 60)).unwrap());
    let mut site = Site::new(harness, "postgres-hung", recipients);
    site.set("CONCURRENCY", 4);
    site.set("LEASE", 60);
    let (web, address) = site.web("web", &[]);
    let _worker = site.worker("worker", &[]);
    let says_old = || {
        let page = http::ask(address, "GET", "/", &[], b"").map(|answer| answer.text());
        page.is_ok_and(|page| page.contains("not up to date") || page.contains("ast known"))
    };
    let (mut noticed, mut slowest, mut refused) = (Duration::ZERO, Duration::ZERO, 0);
    for round in 0..times {
        // One alert waits in the middle, as alerts do that come every few seconds.
        let first = format!("alert-{round}");
        assert_eq!(crate::load::alert(address, &first), Some(200));
        harness.postgres.freeze();
        line.injected += 1;
        let begin = Instant::now();
        let mut old = None;
        while begin.elapsed() < lasts {
            let asked = Instant::now();
            let status = crate::load::alert(address, &format!("alert-hung-{round}"));
            slowest = slowest.max(asked.elapsed());
            refused += 1;
            line.demand(status == Some(503), || {
                format!("an alert is answered {status:?} after {:?}", asked.elapsed())
            });
            if old.is_none() && says_old() {
                old = Some(begin.elapsed());
            }
            sleep(Duration::from_millis(200));
        }
        line.demand(old.is_some(), || format!("the page said nothing within {lasts:?}"));
        noticed = noticed.max(old.unwrap_or(lasts));
        let well = http::ask(web.admin, "GET", "/healthcheck/", &[], b"").map(|a| a.status);
        line.demand(well.as_ref().is_ok_and(|status| *status == 503), || {
            format!("health says {well:?}")
        });
        harness.postgres.thaw();
        within("an alert to be taken again", Duration::from_secs(60), || {
            crate::load::alert(address, &format!("alert-hung-{round}")) == Some(200)
        });
        within("the page to be fresh again", Duration::from_secs(60), || !says_old());
        site.declared();
    }
    let audit = site.wait_until_sent(Duration::from_secs(90));
    line.mails(audit, 0);
    let ids: Vec<String> =
        (0..times).flat_map(|n| [format!("alert-{n}"), format!("alert-hung-{n}")]).collect();
    events(line, &ids, &site.alerts_in_log());
    intact(line, &site);
    line.note(format!(
        "{} s each; the page says it after {:.1} s at most; {refused} answers, each within {:.1} s",
        lasts.as_secs(),
        noticed.as_secs_f64(),
        slowest.as_secs_f64()
    ));
}

/// Runs wrk for this many seconds; returns how many answers there were, and how many were bad or missing.
fn visit(address: SocketAddr, seconds: u32) -> (usize, usize) {
    let Output { stdout, .. } = Command::new("wrk")
        .args(["-t1", "-c16", &format!("-d{seconds}s"), &format!("http://{address}/")])
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&stdout).into_owned();
    let number = |text: &str| text.trim().trim_end_matches(',').parse::<usize>().unwrap_or(0);
    let good = output
        .lines()
        .find_map(|line| line.split_once(" requests in "))
        .map_or(0, |(count, _)| number(count));
    let bad = output
        .lines()
        .find_map(|line| line.split_once("Non-2xx or 3xx responses:"))
        .map_or(0, |(_, count)| number(count));
    let broken = output
        .lines()
        .find(|line| line.contains("Socket errors:"))
        .map_or(0, |line| line.split_whitespace().map(number).sum());
    (good, bad + broken)
}
