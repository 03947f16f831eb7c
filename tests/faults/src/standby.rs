//! PostgreSQL fails over to a standby.
//!
//! A synchronous standby has everything that was acknowledged. An asynchronous one may lack the last events: processes
//! that know them must notice that the log is a different one.

use std::{net::SocketAddr, thread::sleep, time::Duration};

use candor_testkit::{Cluster, http, postgres, within};

use crate::{
    crashes::{events, intact},
    load::{Providers, alert},
    process::Process,
    proxy::{Proxy, Traffic},
    site::{DURABLE, Harness, Site},
    table::Line,
};

const DATABASE: &str = "candor";

/// A primary and its standby, a proxy between them, and one that leads to whichever is the primary.
struct Pair {
    primary: Cluster,
    standby: Cluster,
    between: Proxy,
    wire: Proxy,
}

impl Pair {
    fn start(harness: &Harness) -> Self {
        let (runtime, folder) = (harness.handle(), harness.folder.path());
        let primary = Cluster::start_in(folder, DURABLE, &[]);
        primary.sql("postgres", &format!("CREATE DATABASE {DATABASE}"));
        let between = Proxy::start(runtime, primary.address(), "COMMIT");
        let standby = Cluster::standby_of(folder, between.address);
        let wire = Proxy::start(runtime, primary.address(), "COMMIT");
        let pair = Self { primary, standby, between, wire };
        pair.when_replication_says("streaming");
        pair
    }

    fn url(&self) -> String {
        postgres::url(self.wire.address, DATABASE)
    }

    fn synchronous(&self) {
        self.primary.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'standby'");
        self.primary.sql("postgres", "SELECT pg_reload_conf()");
        self.when_replication_says("sync");
    }

    fn when_replication_says(&self, word: &str) {
        within(&format!("the standby to be {word}"), Duration::from_secs(30), || {
            let sql = "SELECT state, sync_state FROM pg_stat_replication";
            self.primary.sql("postgres", sql).split('|').any(|answer| answer == word)
        });
    }

    /// Kills the primary and promotes the standby.
    fn fail_over(&self) {
        self.primary.kill();
        self.standby.promote();
    }
}

/// A synchronous standby takes over under load, and nothing is lost.
pub(crate) fn synchronous(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(60, 300, 300), harness.times(1, 5, 10));
    let mut away = Duration::ZERO;
    for round in 0..times {
        let pair = Pair::start(harness);
        let name = format!("standby-sync-{round}");
        let mut site = Site::at(harness, &name, &pair.url(), recipients);
        pair.synchronous();
        site.set("CONCURRENCY", 4);
        site.set("LEASE", 60);
        site.sink.answer_after(Duration::from_millis(50));
        let (_web, address) = site.web("web", &[]);
        let _worker = site.worker("worker", &[]);
        let providers = Providers::come(harness.handle(), &[address], 4, Duration::from_millis(20));
        site.declared();
        within("the first mail", Duration::from_secs(30), || site.sink.count() > 0);
        pair.fail_over();
        line.injected += 1;
        pair.wire.lead_to(pair.standby.address());
        let back = std::time::Instant::now();
        away = away.max(within("an alert to be taken again", Duration::from_secs(60), || {
            providers.first_good_after(back).is_some()
        }));
        let alerts = providers.leave(harness.handle());
        let audit = site.wait_until_sent(Duration::from_secs(90));
        line.mails(audit, 0);
        let ids: Vec<String> = alerts.acknowledged.keys().cloned().collect();
        events(line, &ids, &site.alerts_in_log());
        intact(line, &site);
        let odd = alerts.odd();
        line.demand(odd == 0, || format!("{odd} answers were neither 2xx nor 503"));
    }
    line.note(format!("2xx again within {:.2} s of the promotion", away.as_secs_f64()));
}

/// The standby lacks the last events that were acknowledged and shown.
pub(crate) fn asynchronous(harness: &Harness, line: &mut Line) {
    regress(harness, line, "standby-async", false);
}

/// The same, and the standby's log has grown beyond what processes knew before they read it: another history.
pub(crate) fn forked(harness: &Harness, line: &mut Line) {
    regress(harness, line, "log-forked", true);
}

fn regress(harness: &Harness, line: &mut Line, name: &str, grows: bool) {
    let times = harness.times(1, 5, 10);
    let mut slowest = Duration::ZERO;
    for round in 0..times {
        let pair = Pair::start(harness);
        let site = Site::at(harness, &format!("{name}-{round}"), &pair.url(), 3);
        let (mut web, address) = site.web("web", &[]);
        let mut worker = site.worker("worker", &[]);
        assert_eq!(alert(address, "alert-before"), Some(200));
        within("the standby to have it", Duration::from_secs(30), || {
            pair.standby.sql(DATABASE, "SELECT seq FROM log_head") == "1"
        });
        pair.between.set_traffic(Traffic::Stalled);
        for n in 0..5 {
            assert_eq!(alert(address, &format!("alert-lost-{n}")), Some(200));
        }
        within("the page to show them", Duration::from_secs(10), || shown(address) == Some(6));
        // Both know the lost events, and neither reads until the log has another history.
        for process in [&web, &worker] {
            process.freeze();
        }
        pair.fail_over();
        line.injected += 1;
        if grows {
            let url = postgres::url(pair.standby.address(), DATABASE);
            let url = [("CANDOR_DATABASE_URL", url.as_str())];
            for n in 0..8 {
                let title = format!("Another history, {n}");
                let arguments = ["incident", "declare", "--silent", "--title", &title];
                let declared = site.candor(&arguments, &url);
                assert!(declared.status.success(), "{declared:?}");
            }
        }
        pair.wire.lead_to(pair.standby.address());
        for process in [&web, &worker] {
            process.signal(candor_testkit::process::Signal::CONT);
        }
        for process in [&web, &worker] {
            let what = format!("the health of {} to say that the log is another one", process.name);
            slowest = slowest.max(within(&what, Duration::from_secs(30), || !healthy(process)));
        }
        // Longer than an absent database would take to recover.
        sleep(Duration::from_secs(3));
        for process in [&web, &worker] {
            line.demand(!healthy(process), || format!("{} is healthy again", process.name));
        }
        let answer = alert(address, "alert-after");
        line.demand(answer == Some(503), || format!("an alert is answered {answer:?}"));
        let page = http::ask(address, "GET", "/", &[], b"").unwrap();
        line.demand(page.status == 200, || format!("the page is answered {}", page.status));
        let seq = shown(address);
        line.demand(seq == Some(6), || format!("the page shows event {seq:?} of two histories"));
        line.expected += 1;
        line.accepted += usize::from(answer == Some(503) && seq == Some(6));
        // What an operator does in this case.
        web.kill();
        worker.kill();
        drop((web, worker));
        let (web, address) = site.web("web", &[]);
        let worker = site.worker("worker", &[]);
        for process in [&web, &worker] {
            within("it to be healthy after a restart", Duration::from_secs(30), || {
                healthy(process)
            });
        }
        let taken = alert(address, "alert-after");
        line.demand(taken == Some(200), || format!("then an alert is answered {taken:?}"));
        intact(line, &site);
    }
    line.note(format!(
        "5 acknowledged events are gone each time; health says so within {:.1} s, the page stays as it was",
        slowest.as_secs_f64()
    ));
}

/// The answer of a process's health check.
pub(crate) fn healthy(process: &Process) -> bool {
    let answer = http::ask(process.admin, "GET", "/healthcheck/", &[], b"");
    answer.is_ok_and(|answer| answer.status == 200)
}

/// The last event that the page shows.
pub(crate) fn shown(address: SocketAddr) -> Option<u64> {
    let answer = http::ask(address, "GET", "/", &[], b"").ok()?;
    answer.header("X-Log-Seq")?.parse().ok()
}
