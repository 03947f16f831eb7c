//! One page over several processes: any of them may go at any time, and everybody is notified once.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use candor_integrations::mail::catcher::Policy;
use candor_store::Store;
use candor_testkit::{
    RedisServer, http,
    site::{Installation, opsgenie},
    until,
};

use crate::fleet::Fleet;

const PEOPLE: usize = 300;
const NOON: u64 = 1_700_000_000_000_000_000;
/// Longer than the drain may take, and not by much.
const DRAINED: Duration = Duration::from_secs(11);

/// A mail server for which a mailing to [`PEOPLE`] over eight connections takes seconds.
fn unhurried() -> Policy {
    Policy::slow(Duration::from_millis(10))
}

/// An alert through the real endpoint, and a person who confirms it.
fn alert_and_confirm(fleet: &Fleet) {
    let said = fleet.web.candor(&["simulate", "opsgenie", "--no-close"]).well();
    assert!(said.contains("200"), "{said}");
    let suspected = fleet.web.board_when("the suspicion", |board| board["headline"] == "suspected");
    assert_eq!(suspected["current"][0]["alerts"], 1, "{suspected}");
    assert_eq!(fleet.mailbox.count(), 0, "nobody is told of a suspicion");
    fleet.web.candor(&["incident", "confirm"]).well();
}

fn everybody_is_told_once(redis: Option<RedisServer>, what: &str) {
    let fleet = Fleet::new(redis, Policy::obliging());
    let workers = [fleet.worker().started(), fleet.worker().started()];
    fleet.subscribe(PEOPLE);
    let begin = Instant::now();
    alert_and_confirm(&fleet);
    let (mails, repeated) = fleet.delivered(PEOPLE);
    let took = begin.elapsed();
    assert_eq!(repeated, 0);
    let mail = fleet.queue_when("mail", "both workers to be counted", |mail| mail["workers"] == 2);
    assert_eq!(mail["slots"], 8, "{mail}");
    fleet.web.verified();
    println!(
        "{what}: web + {} workers, {PEOPLE} subscribers: {mails} mails, lost 0, repeated 0, {} ms from the alert on",
        workers.len(),
        took.as_millis()
    );
    for mut worker in workers {
        worker.stop();
    }
    fleet.queue_when("mail", "the workers' departure to be seen", |mail| mail["workers"] == 0);
}

#[test]
fn web_and_two_workers_tell_everybody_once_with_redis() {
    everybody_is_told_once(Some(RedisServer::start()), "Redis");
}

#[test]
fn web_and_two_workers_tell_everybody_once_without_redis() {
    everybody_is_told_once(None, "SQL alone");
}

#[test]
fn a_redis_that_dies_in_the_middle_of_a_mailing_costs_nothing() {
    let fleet = Fleet::new(Some(RedisServer::start()), unhurried());
    let workers = [fleet.worker().started(), fleet.worker().started()];
    fleet.subscribe(PEOPLE);
    alert_and_confirm(&fleet);
    until("the mailing to be under way", || (fleet.mailbox.count() > 30).then_some(()));
    fleet.redis.as_ref().unwrap().kill();
    let sent_before = fleet.mailbox.count();
    assert!(sent_before < PEOPLE, "the kill came too late to prove anything");
    let (mails, repeated) = fleet.delivered(PEOPLE);
    assert_eq!(repeated, 0);
    until("a worker's health to say that Redis is away", || {
        (workers[0].ask_admin("/healthcheck/").status == 503).then_some(())
    });
    assert_eq!(fleet.web.ask_admin("/healthcheck/").status, 200, "web doesn't need it");

    // New work is done without it, too.
    fleet.web.candor(&["incident", "resolve"]).well();
    let (all, repeated_after) = fleet.delivered(2 * PEOPLE);
    assert_eq!(repeated_after, 0);
    println!(
        "Redis killed after {sent_before} of {PEOPLE} mails: {mails} mails, repeated {repeated}; then {} more without \
         it",
        all - mails
    );
}

#[test]
fn a_worker_stopped_in_the_middle_of_a_mailing_repeats_nothing() {
    let fleet = Fleet::new(Some(RedisServer::start()), unhurried());
    let mut workers = [fleet.worker().started(), fleet.worker().started()];
    fleet.subscribe(PEOPLE);
    alert_and_confirm(&fleet);
    let (mut drained, mut longest) = (0, Duration::ZERO);
    for threshold in [30, 90, 150] {
        until("the mailing to be under way", || (fleet.mailbox.count() > threshold).then_some(()));
        assert!(fleet.mailbox.count() < PEOPLE, "too late to prove anything");
        let begin = Instant::now();
        workers[drained % 2].stop();
        longest = longest.max(begin.elapsed());
        workers[drained % 2].start();
        drained += 1;
    }
    assert!(longest < DRAINED, "a drain took {longest:?}");
    let (mails, repeated) = fleet.delivered(PEOPLE);
    assert_eq!(repeated, 0);
    println!(
        "{drained} x SIGTERM in a mailing to {PEOPLE}: {mails} mails, lost 0, repeated 0, exit code 0, longest drain \
         {} ms",
        longest.as_millis()
    );
}

#[test]
fn without_any_worker_the_depth_and_the_age_are_right() {
    let fleet = Fleet::new(None, Policy::obliging());
    fleet.subscribe(PEOPLE);
    alert_and_confirm(&fleet);
    let mail = fleet.queue_when("mail", "the mails to be due", |mail| mail["due"] == PEOPLE);
    assert_eq!((&mail["workers"], &mail["slots"]), (&0.into(), &0.into()), "{mail}");
    let age = mail["oldest_due_age_seconds"].as_f64().unwrap();
    let older = fleet.queue_when("mail", "them to grow older", |mail| {
        mail["oldest_due_age_seconds"].as_f64() > Some(age + 1.0)
    });
    for queue in ["chat", "hooks", "default"] {
        assert_eq!(fleet.queue(queue)["due"], 0);
    }
    let metrics = fleet.web.ask_admin("/metrics").text();
    let due = format!("candor_queue_jobs{{queue=\"mail\",state=\"due\"}} {PEOPLE}");
    assert!(metrics.contains(&due), "{metrics}");
    assert!(metrics.contains("candor_workers{queue=\"mail\"} 0"), "{metrics}");
    assert_eq!(fleet.web.ask_admin("/healthcheck/").status, 200, "web itself is well");
    println!("no worker: {older}");

    let _worker = fleet.worker().started();
    let (mails, repeated) = fleet.delivered(PEOPLE);
    assert_eq!((mails, repeated), (PEOPLE, 0));
}

#[test]
fn an_event_of_a_later_version_stops_the_reader_and_the_page_stays() {
    let fleet = Fleet::new(None, Policy::obliging());
    let seq = fleet.web.acknowledged(&opsgenie("Create", "one", NOON));
    fleet.web.board_at(seq);
    let later = "INSERT INTO event (seq, event_id, batch_id, batch_ix, batch_len, type, schema_version, occurred_at, \
                 recorded_at, source, command_hash, payload, payload_salt, payload_commit, prev_hash, hash) SELECT \
                 seq + 1, 'later', 'later', 0, 1, 'subscription-merged', 1, occurred_at, recorded_at, 'later', \
                 command_hash, '{}', payload_salt, payload_commit, hash, '\\x00' FROM event WHERE seq = (SELECT seq \
                 FROM log_head); UPDATE log_head SET seq = seq + 1; NOTIFY candor_log";
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(fleet.database.url()).unwrap();
        store.raw_sql(later).await.unwrap();
    });
    until("the health to be red", || {
        let (public, admin) =
            (fleet.web.get("/healthcheck/").status, fleet.web.ask_admin("/healthcheck/").status);
        (public == 503 && admin == 503).then_some(())
    });
    let metrics = fleet.web.ask_admin("/metrics").text();
    assert!(metrics.contains("candor_log_halted 1"), "{metrics}");
    assert!(fleet.web.logged().contains("subscription-merged"), "{}", fleet.web.logged());
    assert_eq!(fleet.web.get("/livez").status, 200, "a restart would not help");
    let page = fleet.web.get("/");
    let text = page.text().to_lowercase();
    assert_eq!(page.status, 200);
    assert!(text.contains("might be having issues") && text.contains("last known"), "{text}");
    assert_eq!(fleet.web.board()["seq"], seq);
    let answer = fleet.web.hook(&opsgenie("Create", "two", NOON));
    assert_eq!(
        answer.status, 503,
        "an alert isn't taken by a program that can't know what it does: {answer:?}"
    );
    println!("an unknown event: health 503, candor_log_halted 1, the page of event {seq} stays");
}

/// Asks like a proxy with two servers behind it: who can't be reached, or closes the connection before a single byte of
/// an answer has come, is followed by the other one.
fn get_by_proxy(servers: &[Installation; 2], first: usize) -> Result<u16, String> {
    let mut why = String::new();
    for n in 0..4 {
        let server = servers[(first + n) % 2].address;
        match http::ask(server, "GET", "/", &[], b"") {
            Ok(answer) => return Ok(answer.status),
            Err(error) => why = format!("{server}: {error}"),
        }
    }
    Err(why)
}

#[test]
fn a_rolling_restart_behind_a_proxy_fails_no_request() {
    let fleet = Fleet::new(None, Policy::obliging());
    let seq = fleet.web.acknowledged(&opsgenie("Create", "one", NOON));
    let mut webs = [fleet.another_web().started(), fleet.another_web().started()];
    webs.iter().for_each(|web| drop(web.board_at(seq)));
    let (asked, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    const RESTARTS: usize = 6;
    for restart in 0..RESTARTS {
        let pid = webs[restart % 2].pid();
        let failures: Vec<String> = thread::scope(|scope| {
            done.store(false, Ordering::Relaxed);
            let clients: Vec<_> = (0..4)
                .map(|client| {
                    let (webs, asked, done) = (&webs, &asked, &done);
                    scope.spawn(move || {
                        let mut failures = Vec::new();
                        for n in client.. {
                            if done.load(Ordering::Relaxed) {
                                break;
                            }
                            match get_by_proxy(webs, n) {
                                Ok(200) => {}
                                Ok(status) => failures.push(status.to_string()),
                                Err(why) => failures.push(why),
                            }
                            asked.fetch_add(1, Ordering::Relaxed);
                        }
                        failures
                    })
                })
                .collect();
            let before = asked.load(Ordering::Relaxed);
            let more = |count| {
                until("the load", || {
                    (asked.load(Ordering::Relaxed) > before + count).then_some(())
                });
            };
            more(100);
            assert!(
                std::process::Command::new("kill")
                    .args(["-TERM", &pid.to_string()])
                    .status()
                    .unwrap()
                    .success()
            );
            more(300);
            done.store(true, Ordering::Relaxed);
            clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
        });
        assert_eq!(failures, Vec::<String>::new(), "restart {restart}");
        let status = webs[restart % 2].ended();
        assert!(status.success(), "{status}");
        webs[restart % 2].start();
    }
    println!("{RESTARTS} restarts of two web processes: {} GETs, failed 0", asked.into_inner());
}

#[test]
fn web_makes_no_webhook_secret_of_its_own() {
    let fleet = Fleet::new(None, Policy::obliging());
    let web = fleet.another_web().without("ALERT_SECRET").started();
    until("it to say so", || web.printed().contains("CANDOR_ALERT_SECRET").then_some(()));
    assert_eq!(web.hook(&opsgenie("Create", "one", NOON)).status, 401);
    let sentence = web.candor(&["simulate", "opsgenie", "--no-close"]).failed(2);
    assert!(sentence.contains("CANDOR_ALERT_SECRET"), "{sentence}");
}
