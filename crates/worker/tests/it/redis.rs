//! Wake-ups over Redis: whatever happens to it, every mail is sent once.

use std::{path::Path, time::Duration};

use candor_core::{EmailAddress, IncidentNumber};
use candor_store::{DeliveryState, Queue};
use candor_testkit::{Certificate, RedisServer};
use candor_worker::{RedisSettings, Transport, WorkerHealth};
use tokio::time::{Instant, sleep};

use crate::test_site::TestSite;

const KEY: &str = "candor:queue:mail";

fn at(server: &RedisServer) -> RedisSettings {
    RedisSettings::new(server.url())
}

fn number(server: &RedisServer, words: &[&str]) -> usize {
    server.ask(words).lines().next().unwrap_or_default().parse().unwrap_or(0)
}

/// A site with this many subscribers, all of whom are due a mail about an incident.
async fn site_with_due_mails(subscribers: usize) -> (TestSite, Vec<EmailAddress>, IncidentNumber) {
    let site = TestSite::on_postgres().await;
    let everyone = site.add_subscribers(subscribers).await;
    let incident = site.suspect().await;
    site.confirm(incident).await;
    (site, everyone, incident)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_share_a_queue_and_every_mail_is_sent_once() {
    let server = RedisServer::start();
    let (site, everyone, _) = site_with_due_mails(200).await;
    site.slow(Duration::from_millis(3));
    let workers = [site.join_over(&at(&server)), site.join_over(&at(&server))];
    site.wait_until_final(200).await;
    let live = site.store.workers().await.unwrap();
    for worker in workers {
        worker.stop().await;
    }
    println!("2 workers: {} mails, {live:?}", site.mails());
    site.assert_each_got_one(&everyone);
    assert_eq!(site.mails(), 200);
    let mail = live.iter().find(|count| count.queue == Queue::Mail).unwrap();
    assert_eq!((mail.workers, mail.slots), (2, 8));
    assert_eq!(site.store.workers().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_and_emptied_redis_loses_and_repeats_no_mail() {
    let server = RedisServer::start();
    assert_survives(&server, "killed, and back empty", || server.kill(), || server.start_again())
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flushed_redis_loses_and_repeats_no_mail() {
    let server = RedisServer::start();
    let flush = || assert_eq!(server.ask(&["FLUSHALL"]), "OK");
    assert_survives(&server, "flushed twice", flush, flush).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_redis_only_slows_deliveries_down() {
    let server = RedisServer::start();
    assert_survives(&server, "gone for good", || server.kill(), || {}).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unreadable_redis_lists_only_slow_deliveries_down() {
    let server = RedisServer::start();
    for queue in Queue::NAMES {
        assert_eq!(server.ask(&["SET", &format!("candor:queue:{queue}"), "no list"]), "OK");
    }
    let (site, everyone, _) = site_with_due_mails(30).await;
    let since = Instant::now();
    let worker = site.join_over(&at(&server));
    site.wait_until_final(30).await;
    println!("every key of another type: 30 mails after {:?}", since.elapsed());
    worker.stop().await;
    site.assert_each_got_one(&everyone);
    assert_eq!(site.mails(), 30);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frozen_redis_only_slows_deliveries_down() {
    let server = RedisServer::start();
    assert_survives(&server, "frozen, and thawed", || server.freeze(), || server.thaw()).await;
}

/// Two workers are in the middle of a list when Redis breaks; more becomes due while it is broken.
async fn assert_survives(server: &RedisServer, what: &str, breaks: impl Fn(), mends: impl Fn()) {
    let (site, everyone, incident) = site_with_due_mails(120).await;
    site.slow(Duration::from_millis(8));
    let workers = [site.join_over(&at(server)), site.join_over(&at(server))];
    site.mailbox_has(20).await;
    breaks();
    let by_then = site.mails();
    site.wait_until_final(120).await;
    let since = Instant::now();
    site.resolve(incident).await;
    site.mailbox_has(140).await;
    let some = since.elapsed();
    mends();
    site.wait_until_final(240).await;
    let all = since.elapsed();
    for worker in workers {
        worker.stop().await;
    }
    println!(
        "Redis {what}, {by_then} of 120 sent by then; 20 of 120 more after {some:?}, all after {all:?}; lost {}, \
         repeated {}",
        everyone.len() - site.recipients(),
        site.mails() - 240
    );
    assert!(by_then < 120, "there was nothing left to send");
    assert_eq!((site.mails(), site.recipients()), (240, 120));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_are_sent_without_redis_and_wake_ups_flow_once_it_is_there() {
    let server = RedisServer::absent(&[]);
    let (site, everyone, incident) = site_with_due_mails(30).await;
    let health = WorkerHealth::default();
    let asked = health.clone();
    let worker = site.join_with(|settings| {
        settings.transport = Transport::Redis(at(&server));
        settings.health = health;
    });
    let since = Instant::now();
    site.mailbox_has(1).await;
    let first = since.elapsed();
    site.wait_until_final(30).await;
    let red = asked.redis().unwrap_err();
    server.start_again();
    site.until("health is green", async || asked.redis().is_ok()).await;
    site.resolve(incident).await;
    site.wait_until_final(60).await;
    let told = server.ask(&["INFO", "commandstats"]);
    worker.stop().await;
    println!("no Redis: first mail after {first:?}, health {red:?}; then: {} mails", site.mails());
    assert!(red.contains(&format!("127.0.0.1:{}/0", server.port())), "{red}");
    assert!(told.contains("cmdstat_lpush"), "{told}");
    assert_eq!(site.mails(), 60);
    assert_eq!(site.recipients(), everyone.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_most_a_thousand_wake_ups_wait_in_redis() {
    let server = RedisServer::start();
    let site = TestSite::on_postgres().await;
    site.fill_with_subscribers(5_000).await;
    let incident = site.suspect().await;
    site.confirm(incident).await;
    let due = site.store.queue_depth(Queue::Mail).await.unwrap().due;
    // A worker whose mail server accepts nothing.
    site.behave(|_, _| crate::test_site::Behavior::Stall);
    let worker = site.join_over(&at(&server));
    let mut most = 0;
    site.until("a thousand wake-ups wait, and all is expanded", async || {
        most = most.max(number(&server, &["LLEN", KEY]));
        most >= 1_000 && site.in_state(DeliveryState::Waiting).await >= 4_990
    })
    .await;
    // Three more passes of the relay.
    for _ in 0..60 {
        sleep(Duration::from_millis(100)).await;
        most = most.max(number(&server, &["LLEN", KEY]));
    }
    let used = server.ask(&["LLEN", "candor:queue:chat"]);
    worker.kill().await;
    println!("{due} due: at most {most} wake-ups");
    assert_eq!((due, most), (5_000, 1_000));
    assert_eq!(used, "0", "other queues are not woken");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopped_workers_deliveries_are_claimed_at_once_by_another() {
    let server = RedisServer::start();
    let (site, everyone, _) = site_with_due_mails(300).await;
    site.slow(Duration::from_millis(5));
    // One more worker than is stopped; pushes go on all the while.
    let mut worker = site.join_over(&at(&server));
    let mut gaps = Vec::new();
    for stops in 1..=4 {
        site.mailbox_has(stops * 50).await;
        let next = site.join_over(&at(&server));
        let before = site.mails();
        worker.stop().await;
        let stopped = Instant::now();
        site.mailbox_has((before + 10).min(300)).await;
        gaps.push(stopped.elapsed());
        worker = next;
    }
    site.wait_until_final(300).await;
    worker.stop().await;
    println!("4 stops in the middle: {} mails; the next ones after {gaps:?}", site.mails());
    site.assert_each_got_one(&everyone);
    assert_eq!(site.mails(), 300);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dead_workers_deliveries_are_claimed_by_another() {
    let server = RedisServer::start();
    let (site, everyone, _) = site_with_due_mails(60).await;
    site.slow(Duration::from_millis(20));
    let join = || {
        site.join_with(|settings| {
            settings.transport = Transport::Redis(at(&server));
            settings.lease = Duration::from_secs(2);
        })
    };
    let victim = join();
    site.mailbox_has(8).await;
    victim.kill().await;
    let survivor = join();
    site.wait_until_final(60).await;
    survivor.stop().await;
    let repeated = site.mails() - site.recipients();
    println!("killed in the middle: {} mails, repeated {repeated}", site.mails());
    assert_eq!(site.recipients(), everyone.len());
    assert!(repeated <= 4, "{repeated}: more than were being sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_user_database_and_prefix_separate_pages() {
    let server = RedisServer::start_with(&["--requirepass", "admin"]);
    let admin = ["--no-auth-warning", "-a", "admin"];
    let ask = |words: &[&str]| server.ask(&[&admin, words].concat());
    ask(&[
        "ACL",
        "SETUSER",
        "acme",
        "on",
        ">s3cret",
        "~acme:*",
        "-@all",
        "+@read",
        "+@write",
        "+@connection",
        "+info",
    ]);
    let (site, everyone, _) = site_with_due_mails(20).await;
    let settings = RedisSettings {
        url: format!("redis://acme:s3cret@127.0.0.1:{}/3", server.port()),
        prefix: "acme".to_owned(),
        ca_file: None,
    };
    let report = settings.probe(Duration::from_secs(5)).await.unwrap();
    let worker = site.join_over(&settings);
    site.wait_until_final(20).await;
    site.until("its list", async || ask(&["INFO", "commandstats"]).contains("cmdstat_blpop")).await;
    let (mut keys, others) = (ask(&["-n", "3", "KEYS", "*"]), ask(&["-n", "0", "KEYS", "*"]));
    worker.stop().await;
    let mut sorted: Vec<_> = keys.lines().collect();
    sorted.sort_unstable();
    keys = sorted.join(" ");
    println!("Redis {}: in database 3: {keys}", report.version);
    site.assert_each_got_one(&everyone);
    assert!(keys.split_whitespace().all(|key| key.starts_with("acme:queue:")), "{keys}");
    assert_eq!(others, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wake_ups_flow_over_tls_with_a_private_ca() {
    let folder = tempfile::tempdir().unwrap();
    let server = tls_server(folder.path());
    let (site, everyone, _) = site_with_due_mails(20).await;
    let settings = RedisSettings {
        url: format!("rediss://127.0.0.1:{}", server.port()),
        prefix: "candor".to_owned(),
        ca_file: Some(folder.path().join("ca.pem")),
    };
    let health = WorkerHealth::default();
    let asked = health.clone();
    let worker = site.join_with(|with| {
        with.transport = Transport::Redis(settings.clone());
        with.health = health;
    });
    site.wait_until_final(20).await;
    site.until("it is connected", async || asked.redis().is_ok()).await;
    let report = settings.probe(Duration::from_secs(5)).await;
    worker.stop().await;
    println!("over TLS: {} mails; {report:?}", site.mails());
    site.assert_each_got_one(&everyone);
    report.unwrap();
}

/// A Redis that only accepts TLS, with its CA in `ca.pem`.
pub(crate) fn tls_server(folder: &Path) -> RedisServer {
    Certificate::of("127.0.0.1").write(folder);
    let [authority, cert, key] = ["ca.pem", "server.pem", "server.key"]
        .map(|name| folder.join(name).to_str().unwrap().to_owned());
    RedisServer::start_with(&[
        "--tls-port",
        "0",
        "--tls-cert-file",
        &cert,
        "--tls-key-file",
        &key,
        "--tls-ca-cert-file",
        &authority,
        "--tls-auth-clients",
        "no",
    ])
}
