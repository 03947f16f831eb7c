//! Real Prometheus and Alertmanager ring the page: a rule that fires suspects, one that recovers clears, and nothing is lost
//! or doubled on the way.

use std::{
    fs,
    net::SocketAddr,
    process::{Child, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use candor_testkit::{
    endpoint::{Endpoint, FakeReply},
    free_address,
    process::{Signal, bound, send},
    site::{Installation, SECRET},
};
use tempfile::TempDir;

/// Prometheus, Alertmanagers that it tells, and services that are down or up.
struct Monitoring {
    dir: TempDir,
    down: Arc<AtomicUsize>,
    _services: Endpoint,
    alertmanagers: Vec<(SocketAddr, Child)>,
    prometheus: Child,
}

impl Monitoring {
    /// Watches three services, and tells the page over `alertmanagers`, which know nothing of each other. `max_alerts` is
    /// how many alerts they put into a call; 0 for all.
    fn of(site: &Installation, alertmanagers: usize, max_alerts: u8) -> Self {
        let dir = TempDir::with_prefix("candor-test-").unwrap();
        let down = Arc::new(AtomicUsize::new(0));
        let told = Arc::clone(&down);
        let services = Endpoint::start(move |_, _| {
            let down = told.load(Ordering::SeqCst);
            let line = |n| format!("service_up{{service=\"shop-{n}\"}} {}\n", u8::from(n >= down));
            FakeReply::Says(200, String::new(), (0..3).map(line).collect())
        });
        let config = format!(
            "route: {{receiver: candor, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}}\n\
             receivers: [{{name: candor, webhook_configs: [{{url: 'http://{}/integrations/hook', send_resolved: true, \
             max_alerts: {max_alerts}, http_config: {{authorization: {{credentials: '{SECRET}'}}}}}}]}}]\n",
            site.address
        );
        fs::write(dir.path().join("alertmanager.yml"), config).unwrap();
        let alertmanagers: Vec<_> = (0..alertmanagers)
            .map(|_| {
                let address = free_address();
                (address, alertmanager(&dir, address))
            })
            .collect();
        let targets: Vec<_> =
            alertmanagers.iter().map(|(address, _)| address.to_string()).collect();
        let config = format!(
            "global: {{scrape_interval: 1s, evaluation_interval: 1s}}\nrule_files: [rules.yml]\n\
             alerting: {{alertmanagers: [{{static_configs: [{{targets: {targets:?}}}]}}]}}\n\
             scrape_configs: [{{job_name: shop, static_configs: [{{targets: ['{}']}}]}}]\n",
            format_args!("127.0.0.1:{}", services.port())
        );
        fs::write(dir.path().join("prometheus.yml"), config).unwrap();
        let rules = "groups: [{name: shop, rules: [{alert: ServiceDown, expr: service_up == 0, \
                     annotations: {summary: '{{ $labels.service }} does not answer'}}]}]\n";
        fs::write(dir.path().join("rules.yml"), rules).unwrap();
        let prometheus = started(
            bound("prometheus", "KILL")
                .arg(format!("--config.file={}", dir.path().join("prometheus.yml").display()))
                .arg(format!("--storage.tsdb.path={}", dir.path().join("data").display()))
                .arg(format!("--web.listen-address={}", free_address()))
                .arg("--rules.alert.resend-delay=1s"),
        );
        Self { dir, down, _services: services, alertmanagers, prometheus }
    }

    fn set_down(&self, services: usize) -> Instant {
        self.down.store(services, Ordering::SeqCst);
        Instant::now()
    }

    /// Restarts the first Alertmanager, which keeps what it knew.
    fn restart_alertmanager(&mut self) {
        let (address, child) = &mut self.alertmanagers[0];
        stop(child);
        *child = alertmanager(&self.dir, *address);
    }
}

impl Drop for Monitoring {
    fn drop(&mut self) {
        stop(&mut self.prometheus);
        for (_, child) in &mut self.alertmanagers {
            stop(child);
        }
    }
}

fn alertmanager(dir: &TempDir, address: SocketAddr) -> Child {
    started(
        bound("prometheus-alertmanager", "KILL")
            .arg(format!("--config.file={}", dir.path().join("alertmanager.yml").display()))
            .arg(format!(
                "--storage.path={}",
                dir.path().join(address.port().to_string()).display()
            ))
            .arg(format!("--web.listen-address={address}"))
            .arg("--cluster.listen-address="),
    )
}

fn started(command: &mut std::process::Command) -> Child {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; scripts/test installs it"))
}

fn stop(child: &mut Child) {
    send(child.id(), Signal::TERM);
    let _ended = child.wait();
}

fn headline(site: &Installation, expected: &str) -> Duration {
    let begin = Instant::now();
    site.board_when(expected, |board| board["headline"] == expected);
    begin.elapsed()
}

/// How many events of this type the log has.
fn count(site: &Installation, kind: &str) -> usize {
    site.events().iter().filter(|event| event["type"] == kind).count()
}

#[test]
fn rule_that_fires_suspects_and_one_that_recovers_dismisses_whoever_is_restarted_meanwhile() {
    let mut site = Installation::new().started();
    // Two that know nothing of each other, so everything is told twice.
    let mut monitoring = Monitoring::of(&site, 2, 0);
    headline(&site, "all-good");
    // The first scrape takes as long as Prometheus needs to start.
    monitoring.set_down(1);
    headline(&site, "suspected");
    monitoring.set_down(0);
    headline(&site, "all-good");

    let begin = monitoring.set_down(2);
    headline(&site, "suspected");
    let suspected_after = begin.elapsed();
    site.board_when("both alerts", |board| board["current"][0]["alerts"].as_u64() >= Some(2));
    monitoring.restart_alertmanager();
    // The page is away when it is told of the recovery; Alertmanager tries again.
    site.stop();
    monitoring.set_down(0);
    std::thread::sleep(Duration::from_secs(3));
    site.start();
    let dismissed_after = headline(&site, "all-good");
    // Three problems in all: one, and then two at once.
    assert_eq!(count(&site, "alert-raised"), 3, "{:#?}", site.events());
    assert_eq!(count(&site, "alert-cleared"), 3, "{:#?}", site.events());
    println!(
        "rule → suspected: {suspected_after:.1?} (scrape and evaluation each second); page back → dismissed: {dismissed_after:.1?}"
    );
    assert!(suspected_after < Duration::from_secs(5));
}

#[test]
fn alerts_that_max_alerts_leaves_out_are_not_taken_for_cleared() {
    let site = Installation::new().started();
    let monitoring = Monitoring::of(&site, 1, 2);
    monitoring.set_down(3);
    headline(&site, "suspected");
    site.board_when("two alerts", |board| board["current"][0]["alerts"] == 2);
    monitoring.set_down(0);
    headline(&site, "all-good");
    assert_eq!(count(&site, "alert-raised"), count(&site, "alert-cleared"));
}
