//! Rolling restarts, frozen processes, and wrong clocks.

use std::{
    fmt::Write as _,
    fs,
    net::SocketAddr,
    path::Path,
    process::{Child, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use candor_testkit::{
    free_address, http,
    process::{Signal, bound},
    within,
};
use serde_json::Value;

use crate::{
    crashes::{events, intact},
    load::{Providers, Visitors, alert},
    process::Process,
    site::{Harness, Site, is_ready},
    table::Line,
};

/// `HAProxy` before two web processes; ends when it is dropped.
pub(crate) struct Balancer {
    child: Child,
    address: SocketAddr,
}

impl Balancer {
    pub(crate) fn start(folder: &Path, servers: &[SocketAddr]) -> Self {
        let address = free_address();
        let mut configuration = format!(
            "global\n    maxconn 1000\ndefaults\n    mode http\n    timeout connect 2s\n    timeout client 60s\n    \
             timeout server 20s\n    option redispatch 1\n    retries 5\n    retry-on conn-failure empty-response\n\
             frontend page\n    bind {address}\n    http-request disable-l7-retry if METH_POST\n    \
             default_backend candor\nbackend candor\n    option httpchk GET /livez\n"
        );
        for (n, server) in servers.iter().enumerate() {
            writeln!(configuration, "    server web{n} {server} check inter 200ms fall 1 rise 1")
                .unwrap();
        }
        let file = folder.join("haproxy.cfg");
        fs::write(&file, configuration).unwrap();
        let log = fs::File::create(folder.join("haproxy.log")).unwrap();
        let child = bound("haproxy", "KILL")
            .args(["-db", "-f"])
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let balancer = Self { child, address };
        within("HAProxy to pass requests on", Duration::from_secs(20), || {
            is_ready(balancer.address)
        });
        balancer
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two web processes behind a balancer and two workers; each is stopped by SIGTERM and started again, in turn.
pub(crate) fn rolling(harness: &Harness, line: &mut Line) {
    let (recipients, restarts) = (harness.times(100, 500, 500), harness.times(4, 50, 50));
    let mut site = Site::new(harness, "rolling-restart", recipients);
    site.set("CONCURRENCY", 8);
    site.sink.answer_after(Duration::from_millis(20));
    let (web_a, a) = site.web("web-a", &[]);
    let (web_b, b) = site.web("web-b", &[]);
    let mut processes = [web_a, site.worker("worker-a", &[]), web_b, site.worker("worker-b", &[])];
    let balancer = Balancer::start(&site.folder(), &[a, b]);
    let visitors = Visitors::come(harness.handle(), balancer.address, 4, Duration::from_millis(2));
    let providers =
        Providers::come(harness.handle(), &[balancer.address], 2, Duration::from_millis(50));
    let mut longest = Duration::ZERO;
    for n in 0..restarts {
        while site.expectations.expected() < site.sink.count() + recipients {
            site.declared();
        }
        let process = &mut processes[n % 4];
        let (took, well) = process.terminate();
        longest = longest.max(took);
        line.injected += 1;
        line.demand(well, || {
            format!("{} ended badly (see {})", process.name, process.log.display())
        });
        let name = process.name.clone();
        *process = match name.as_str() {
            "web-a" => site.web_at(&name, a, &[]),
            "web-b" => site.web_at(&name, b, &[]),
            _ => site.worker(&name, &[]),
        };
        // HAProxy has to notice before the next one stops.
        sleep(Duration::from_millis(500));
    }
    let (good, bad, first) = visitors.leave(harness.handle());
    let alerts = providers.leave(harness.handle());
    let audit = site.wait_until_sent(Duration::from_secs(120));
    line.mails(audit, 0);
    let ids: Vec<String> = alerts.acknowledged.keys().cloned().collect();
    events(line, &ids, &site.alerts_in_log());
    intact(line, &site);
    line.demand(bad == 0, || format!("{bad} of {} GETs failed, first: {first:?}", good + bad));
    line.demand(longest <= Duration::from_secs(10), || format!("a drain took {longest:?}"));
    line.note(format!(
        "{good} GETs, {bad} failed; longest drain {:.1} s; {} alerts, {} of their POSTs were sent again",
        longest.as_secs_f64(),
        ids.len(),
        alerts.refused()
    ));
}

/// A worker is stopped for longer than two leases in the middle of a send.
pub(crate) fn freeze(harness: &Harness, line: &mut Line) {
    const REFUSED: &str = "the lease was lost before the result was recorded";
    let times = harness.times(1, 20, 20);
    let lease = Duration::from_secs(2);
    let mut site = Site::new(harness, "freeze", 20);
    site.set("LEASE", lease.as_secs());
    site.set("CONCURRENCY", 2);
    site.sink.answer_after(Duration::from_millis(200));
    let sleeper_door = site.sink.door();
    let port = sleeper_door.address.port().to_string();
    let sleeper = site.worker("sleeper", &[("CANDOR_MAIL_PORT", &port)]);
    let _other = site.worker("other", &[]);
    let mut refused = 0;
    let (mut in_flight, mut longest) = (0, Duration::ZERO);
    for _ in 0..times {
        let before = sleeper.log_lines_with(REFUSED);
        let sending = loop {
            if site.sink.count() >= site.expectations.expected() {
                site.declared();
            }
            within("the sleeper to send", Duration::from_secs(60), || {
                sleeper_door.in_data() > 0 || site.sink.count() >= site.expectations.expected()
            });
            sleeper.freeze();
            // Its 250 has not been sent yet, so the worker can't have recorded the result; otherwise the stop came too
            // late.
            match sleeper_door.in_data() {
                0 => sleeper.signal(Signal::CONT),
                sending => break sending,
            }
        };
        in_flight += sending;
        line.injected += 1;
        sleep(lease * 2 + Duration::from_secs(1));
        // If it was the leader, another worker leads when that lease has expired, too: 10 s.
        let wait = within("the other one to take over", Duration::from_secs(60), || {
            site.expectations.audit(&site.sink.mails()).lost == 0
        });
        longest = longest.max(lease * 2 + Duration::from_secs(1) + wait);
        sleeper.signal(Signal::CONT);
        let begin = Instant::now();
        while sleeper.log_lines_with(REFUSED) == before && begin.elapsed() < Duration::from_secs(10)
        {
            sleep(Duration::from_millis(20));
        }
        refused += usize::from(sleeper.log_lines_with(REFUSED) > before);
        site.wait_until_sent(Duration::from_secs(60));
    }
    let audit = site.wait_until_sent(Duration::from_secs(60));
    line.mails(audit, times * 2);
    line.demand(refused == times, || {
        format!("stale finishes were refused in {refused} of {times}")
    });
    line.note(format!(
        "stale finishes refused {refused}/{times}; {in_flight} sends were in flight; all sent by the other one within \
         {:.0} s",
        longest.as_secs_f64()
    ));
}

/// One process at a time has a wrong clock.
pub(crate) fn clock(harness: &Harness, line: &mut Line) {
    const LIBRARY: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
    let recipients = harness.times(40, 300, 300);
    let rounds = harness.times(1, 5, 5);
    line.demand(Path::new(LIBRARY).exists(), || "libfaketime is not installed".to_owned());
    for round in 0..rounds {
        let mut site = Site::new(harness, &format!("clock-{round}"), recipients);
        site.set("CONCURRENCY", 2);
        site.sink.answer_after(Duration::from_millis(20));
        let (web, address) = site.web("web", &[]);
        let _right = site.worker("right", &[]);
        let offsets = ["+20m", "-20m", "+1d", "-1d"];
        let short = harness.times(1, 4, 4);
        for offset in offsets.into_iter().skip(if short == 1 { 2 } else { 0 }).take(short) {
            let fake = [
                ("LD_PRELOAD", LIBRARY),
                ("FAKETIME", offset),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
                ("DONT_FAKE_MONOTONIC", "1"),
            ];
            let mut wrong = site.worker(&format!("wrong{offset}"), &fake);
            line.injected += usize::from(lives_at_another_time(&wrong));
            // By both, since a starting process reads the others before it reports itself.
            within("both workers to be seen", Duration::from_secs(30), || {
                [&web, &wrong].into_iter().all(|process| workers(process) == Some(2))
            });
            // The operator's machine has a wrong clock, too.
            let update = site.next_update();
            let title = format!("Fault zq{update}qz");
            let declared = site.candor(&["incident", "declare", "--title", &title], &fake);
            line.demand(declared.status.success(), || format!("{declared:?}"));
            site.expectations.acknowledge(update);
            // A subscriber confirmed by a wrong clock is notified from then on like everybody else.
            let late = format!("subscriber{:06}@example.org", line.injected);
            let added = site.candor(&["subscriber", "add", &late], &fake);
            line.demand(added.status.success(), || format!("{added:?}"));
            site.expectations.join(&late);
            site.declared();
            // A web process with a wrong clock takes an alert, and one with the right clock takes the next.
            let (ahead, other) = site.web(&format!("web{offset}"), &fake);
            for (n, address) in [other, address].into_iter().enumerate() {
                let id = format!("alert-{}-{n}", line.injected);
                let taken = alert(address, &id);
                line.demand(taken == Some(200), || format!("{offset}: {id} is answered {taken:?}"));
            }
            drop(ahead);
            let begin = Instant::now();
            // A missing answer on a busy machine says nothing about workers.
            let mut fewest = 2;
            while site.sink.count() < site.expectations.expected()
                && begin.elapsed() < Duration::from_secs(60)
            {
                let counts = [&web, &wrong].into_iter().filter_map(workers);
                fewest = counts.fold(fewest, u64::min);
                sleep(Duration::from_millis(100));
            }
            line.demand(fewest == 2, || {
                format!("{offset}: only {fewest} of 2 live workers were counted")
            });
            site.wait_until_sent(Duration::from_secs(60));
            let (took, well) = wrong.terminate();
            line.demand(well && took < Duration::from_secs(10), || {
                format!("{offset}: it ended badly")
            });
            within("the worker to be forgotten", Duration::from_secs(30), || {
                workers(&web) == Some(1)
            });
        }
        let audit = site.wait_until_sent(Duration::from_secs(60));
        line.mails(audit, 0);
        let times: Vec<String> = site
            .events()
            .iter()
            .map(|event| event["recorded_at"].as_str().unwrap().to_owned())
            .collect();
        line.demand(times.is_sorted(), || "recorded_at went back".to_owned());
        intact(line, &site);
    }
    let times = rounds * harness.times(1, 4, 4);
    line.demand(line.injected == times, || {
        "the clock was not wrong: libfaketime has no effect".to_owned()
    });
    line.note("live workers evicted 0");
}

/// Whether its newest log line is minutes away from now.
fn lives_at_another_time(process: &Process) -> bool {
    let log = fs::read_to_string(&process.log).unwrap_or_default();
    let newest = log
        .lines()
        .rev()
        .find_map(|line| line.split_whitespace().next()?.parse::<jiff::Timestamp>().ok());
    newest.is_some_and(|at| {
        at.duration_since(jiff::Timestamp::now()).abs() > jiff::SignedDuration::from_mins(10)
    })
}

/// How many live workers of the queue `mail` the process reports.
fn workers(process: &Process) -> Option<u64> {
    queue(process)?["workers"].as_u64()
}

/// The queue `mail` in `/autoscale/queues` of the process.
pub(crate) fn queue(process: &Process) -> Option<Value> {
    let answer = http::ask(process.admin, "GET", "/autoscale/queues", &[], b"").ok()?;
    (answer.status == 200).then(|| answer.json()["queues"]["mail"].clone())
}
