//! Requests per second against nginx serving the same compressed bytes, in turns, with few and with many incidents.

use std::{
    fs,
    net::SocketAddr,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use candor_testkit::{
    figures::{Goal, Table, ms, percentile},
    free_address, http,
    site::{Installation, opsgenie},
    until,
};

use crate::history;

const ROUNDS: usize = 3;
const SECONDS: &str = "2";
const GZIP: (&str, &str) = ("Accept-Encoding", "gzip");
/// How many incidents there are; the pages should be served alike.
const SIZES: [i64; 3] = [10, 1_000, 10_000];
/// How many events are timed from their answer to the page.
const EVENTS: u64 = 9;

pub(crate) fn measure(table: &mut Table) {
    for incidents in SIZES {
        let mut site = Installation::new();
        history::write_incidents(&site.data_dir(), incidents);
        site.start();
        let seq = site.acknowledged(&opsgenie("Create", "one", 1_700_000_000_000_000_000));
        let board = site.board_at(seq);
        let incident = board["recent"][0]["path"].as_str().unwrap().to_owned();
        compare(table, &site, incidents, &incident);
        if incidents == SIZES[SIZES.len() - 1] {
            until_shown(table, &site);
        }
    }
}

/// What is asked of both: a name and a path.
fn paths(incident: &str) -> [(&'static str, &str); 5] {
    [
        ("the index", "/"),
        ("the history", "/history"),
        ("an incident", incident),
        ("the feed", "/feed/atom"),
        ("summary.json", "/api/v2/summary.json"),
    ]
}

fn compare(table: &mut Table, site: &Installation, incidents: i64, incident: &str) {
    let mut bodies = Vec::new();
    for (name, path) in paths(incident) {
        let answer = http::ask(site.address, "GET", path, &[GZIP], b"").unwrap();
        match (answer.status, answer.header("Content-Encoding")) {
            (200, Some("gzip")) => bodies.push((name, path, answer)),
            (status, encoding) => eprintln!("  {name} ({path}) is missing: {status} {encoding:?}"),
        }
    }
    let nginx = Nginx::serving(site, bodies.iter().map(|(_, _, answer)| &*answer.body));
    let queries = Queries::now(site);
    let mut requests = 0.0;
    let mut worst = Vec::new();
    for (at, (name, path, answer)) in bodies.iter().enumerate() {
        let file = format!("/{at}");
        let served = http::ask(nginx.address, "GET", &file, &[GZIP], b"").unwrap();
        assert_eq!(served.body, answer.body, "the same bytes");
        let (ours, slowest) = against(
            table,
            &format!("{name}, {incidents} incidents"),
            1.0,
            [(site.address, path, &[]), (nginx.address, &file, &[])],
        );
        requests += ours;
        worst.push(slowest);
        if at == 0 {
            let known = |answer: &http::Answer| {
                vec![format!("If-None-Match: {}", answer.header("ETag").unwrap())]
            };
            against(
                table,
                &format!("304 for {name}, {incidents} incidents"),
                0.9,
                [(site.address, path, &known(answer)), (nginx.address, &file, &known(&served))],
            );
        }
    }
    let what = format!("{incidents} incidents: p99 of the slowest page, 64 connections");
    table.add(&what, percentile(&mut worst, 100), "ms", Goal::Below(15.0));
    table.note(&format!("{incidents} incidents: all pages together, medians"), requests, "/s");
    queries.since(table, site, incidents);
}

/// Measures both in turns: how many requests of ours in a second, and their 99th percentile in milliseconds.
fn against(
    table: &mut Table,
    what: &str,
    goal: f64,
    both: [(SocketAddr, &str, &[String]); 2],
) -> (f64, f64) {
    let (mut ours, mut theirs, mut slowest, mut ratios) = (vec![], vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        let [candor, nginx] = both.map(|(server, path, headers)| wrk(server, path, headers));
        ours.push(candor.rate);
        theirs.push(nginx.rate);
        slowest.push(candor.p99);
        ratios.push(candor.rate / nginx.rate);
    }
    let (rate, p99) = (percentile(&mut ours, 50), percentile(&mut slowest, 50));
    let also = format!("; {rate:.0}/s and {:.0}/s", percentile(&mut theirs, 50));
    table.add_median(
        &format!("{what}, against nginx with the same bytes"),
        &mut ratios,
        &also,
        "×",
        Goal::AtLeast(goal),
    );
    (rate, p99)
}

/// One event, from its 2xx until the page shows it, where there are most incidents.
fn until_shown(table: &mut Table, site: &Installation) {
    let mut took = Vec::new();
    for event in 0..EVENTS {
        thread::sleep(Duration::from_millis(200));
        let alert =
            opsgenie("Create", &format!("shown-{event}"), 1_700_000_001_000_000_000 + event);
        let seq = site.acknowledged(&alert);
        let begun = Instant::now();
        let mut connection = http::Connection::open(site.address).unwrap();
        until("the page to show it", || {
            let page = connection.ask("GET", "/", &[], b"").unwrap();
            let shown: u64 = page.header("X-Log-Seq").unwrap().parse().unwrap();
            (shown >= seq).then_some(())
        });
        took.push(ms(begun.elapsed()));
    }
    table.add(
        "an event, from its 2xx until all hot pages show it, 10,000 incidents",
        percentile(&mut took, 50),
        "ms",
        Goal::Below(50.0),
    );
    table.note("the slowest of nine", percentile(&mut took, 100), "ms");
}

/// How often the database was asked, by how often a connection to it was taken; and when.
struct Queries {
    count: f64,
    at: Instant,
}

impl Queries {
    fn now(site: &Installation) -> Self {
        let page = site.ask_admin("/metrics").text();
        let count =
            page.lines().find_map(|line| line.strip_prefix("candor_db_pool_wait_seconds_count "));
        Self { count: count.unwrap().parse().unwrap(), at: Instant::now() }
    }

    /// What the requests since then have caused: what was more than an idle process does.
    fn since(&self, table: &mut Table, site: &Installation, incidents: i64) {
        let loaded = Self::now(site);
        let busy = (loaded.count - self.count) / (loaded.at - self.at).as_secs_f64();
        thread::sleep(Duration::from_secs(10));
        let idle = Self::now(site);
        let rest = (idle.count - loaded.count) / (idle.at - loaded.at).as_secs_f64();
        eprintln!(
            "    the database was asked {busy:.2} times a second under load, {rest:.2} times at rest"
        );
        table.add(
            &format!("{incidents} incidents: questions to the database in addition, under load"),
            (busy - rest).max(0.0).round(),
            "/s",
            Goal::Below(1.0),
        );
    }
}

/// What wrk found.
pub(crate) struct Wrk {
    /// Requests a second.
    pub(crate) rate: f64,
    /// The 99th percentile, in milliseconds.
    pub(crate) p99: f64,
}

/// Asks over 64 connections, by wrk; each answer has to be a good one.
fn wrk(server: SocketAddr, path: &str, headers: &[String]) -> Wrk {
    let headers = headers.iter().flat_map(|header| ["-H".to_owned(), header.clone()]);
    let arguments = ["-t1".to_owned(), "-c64".to_owned(), format!("-d{SECONDS}s")];
    let said = run_wrk(server, path, arguments.into_iter().chain(headers));
    assert!(!said.contains("Non-2xx") && !said.contains("Socket errors"), "{said}");
    Wrk::read(&said)
}

/// What wrk says, with these arguments.
pub(crate) fn run_wrk(
    server: SocketAddr,
    path: &str,
    arguments: impl Iterator<Item = String>,
) -> String {
    let output = Command::new("wrk")
        .args(arguments)
        .args(["--latency", "-H", "Accept-Encoding: gzip", &format!("http://{server}{path}")])
        .output()
        .expect("wrk is missing: apt-get install wrk");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

impl Wrk {
    pub(crate) fn read(said: &str) -> Self {
        let line = |start: &str| {
            let found = said.lines().find_map(|line| line.trim().strip_prefix(start));
            found.unwrap_or_else(|| panic!("wrk said {said}")).trim().to_owned()
        };
        let p99 = line("99%");
        let milliseconds =
            match (p99.strip_suffix("us"), p99.strip_suffix("ms"), p99.strip_suffix('s')) {
                (Some(micros), _, _) => micros.parse::<f64>().unwrap() / 1000.0,
                (_, Some(millis), _) => millis.parse().unwrap(),
                (_, _, Some(seconds)) => seconds.parse::<f64>().unwrap() * 1000.0,
                (None, None, None) => panic!("wrk said {said}"),
            };
        Self { rate: line("Requests/sec:").parse().unwrap(), p99: milliseconds }
    }
}

/// An nginx of our own, in the foreground, ended with the measurement.
struct Nginx {
    child: Child,
    address: SocketAddr,
}

impl Nginx {
    /// The first one at `/0`, the next one at `/1`, and so on.
    fn serving<'a>(site: &Installation, compressed: impl Iterator<Item = &'a [u8]>) -> Self {
        let (folder, address) = (site.folder().join("nginx"), free_address());
        fs::create_dir_all(folder.join("www")).unwrap();
        for (at, body) in compressed.enumerate() {
            fs::write(folder.join(format!("www/{at}")), "the compressed one is served").unwrap();
            fs::write(folder.join(format!("www/{at}.gz")), body).unwrap();
        }
        // As fast as it can: a process a core, no log, files kept open, and no end to a connection.
        let config = format!(
            "daemon off; pid {0}/pid; worker_processes 2; error_log {0}/errors;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on;\n\
             open_file_cache max=100 inactive=10m; open_file_cache_valid 10m; default_type text/html; gzip_static on;\n\
             client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c; uwsgi_temp_path {0}/d;\n\
             scgi_temp_path {0}/e; server {{ listen {1}; root {0}/www; }} }}\n",
            folder.display(),
            address,
        );
        fs::write(folder.join("nginx.conf"), config).unwrap();
        open_to_all(&site.folder());
        // SIGTERM with the benchmark, however that ends, so that its workers end, too.
        let child = Command::new("setpriv")
            .args(["--pdeathsig", "TERM", "nginx", "-c"])
            .arg(folder.join("nginx.conf"))
            .args(["-e", "stderr", "-p"])
            .arg(&folder)
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx is missing: apt-get install nginx-light");
        until("nginx to serve", || http::ask(address, "GET", "/0", &[], b"").is_ok().then_some(()));
        Self { child, address }
    }
}

impl Drop for Nginx {
    /// SIGTERM, so that its workers end with it.
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// nginx's workers aren't root, even where its first process is.
fn open_to_all(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
}
