//! Alerts at the same instant, repeated alerts, and alerts in the wrong order.

use std::{
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use candor_integrations::mail::catcher::Policy;
use candor_testkit::{
    Database,
    mailbox::MailSink,
    site::{Installation, opsgenie, post_hook},
    until,
};

use crate::fleet::Fleet;

const ROUNDS: u64 = 50;
const AT_ONCE: u64 = 20;
const NOON: u64 = 1_700_000_000_000_000_000;

#[test]
fn twenty_alerts_at_the_same_instant_open_one_incident_on_sqlite() {
    let site = Installation::new().with("REFIRE_MINUTES", "0").started();
    twenty_alerts_at_the_same_instant_open_one_incident(&site);
}

#[test]
fn twenty_alerts_at_the_same_instant_open_one_incident_on_postgresql() {
    let database = Database::postgres();
    let site = Installation::new()
        .with("DATABASE_URL", database.url())
        .with("REFIRE_MINUTES", "0")
        .started();
    twenty_alerts_at_the_same_instant_open_one_incident(&site);
}

fn twenty_alerts_at_the_same_instant_open_one_incident(site: &Installation) {
    for round in 1..=ROUNDS {
        let start = Barrier::new(AT_ONCE.try_into().unwrap());
        let last_seq = thread::scope(|scope| {
            let senders: Vec<_> = (0..AT_ONCE)
                .map(|n| {
                    let (start, server) = (&start, site.address);
                    scope.spawn(move || {
                        let body = opsgenie("Create", &format!("alert {round}/{n}"), NOON + round);
                        start.wait();
                        let answer = post_hook(server, &body).unwrap();
                        assert_eq!(answer.status, 200, "{answer:?}");
                        answer.json()["seq"].as_u64().unwrap()
                    })
                })
                .collect();
            senders.into_iter().map(|sender| sender.join().unwrap()).max().unwrap()
        });

        let board = site.board_at(last_seq);
        let current = board["current"].as_array().unwrap();
        assert_eq!(current.len(), 1, "round {round}: {board}");
        assert_eq!(current[0]["number"], round, "{board}");
        assert_eq!(current[0]["alerts"], AT_ONCE, "{board}");
        assert_eq!(current[0]["status"], "suspected", "{board}");

        let number = round.to_string();
        if round % 2 == 0 {
            site.candor(&["incident", "dismiss", &number]).well();
        } else {
            site.candor(&["incident", "confirm", &number, "--no-notify"]).well();
            site.candor(&["incident", "resolve", &number, "--no-notify"]).well();
        }
    }
    let all = site.candor(&["incident", "list", "--all", "--json"]).json();
    let all = all.as_array().unwrap();
    let alerts: u64 = all.iter().map(|incident| incident["alerts"].as_u64().unwrap()).sum();
    assert_eq!(all.len(), usize::try_from(ROUNDS).unwrap());
    assert_eq!(alerts, ROUNDS * AT_ONCE);
    println!(
        "{ROUNDS} rounds of {AT_ONCE} alerts at once: {} incidents, {alerts} alerts, {} events",
        all.len(),
        site.verified()
    );
}

#[test]
fn the_same_alert_ten_times_is_one_event() {
    let site = Installation::new().started();
    let body = opsgenie("Create", "one", NOON);
    let seqs: Vec<u64> = (0..10).map(|_| site.acknowledged(&body)).collect();
    assert!(seqs.iter().all(|seq| *seq == seqs[0]), "each is told of the same event: {seqs:?}");
    thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| site.acknowledged(&body));
        }
    });
    let events = site.events();
    assert_eq!(events.len(), 1, "{events:#?}");
    println!("the same body 20 times, 10 of them at once: {} event", events.len());
}

#[test]
fn a_close_before_its_create_opens_nothing() {
    let site = Installation::new().started();
    site.acknowledged(&opsgenie("Close", "one", NOON + 2));
    site.acknowledged(&opsgenie("Create", "one", NOON + 1));
    // The provider may also give the late Create the newer time; the alert's life is over all the same.
    let seq = site.acknowledged(&opsgenie("Create", "one", NOON + 3));
    let board = site.board_at(seq);
    assert_eq!(board["headline"], "all-good", "{board}");
    assert_eq!(site.candor(&["incident", "list", "--all", "--json"]).json(), serde_json::json!([]));
    site.verified();
}

#[test]
fn an_alert_joins_the_open_incident_and_a_confirmed_one_outlives_its_alerts() {
    let site = Installation::new().started();
    site.acknowledged(&opsgenie("Create", "one", NOON));
    site.candor(&["incident", "confirm", "1"]).well();
    site.acknowledged(&opsgenie("Create", "two", NOON));
    site.acknowledged(&opsgenie("Close", "one", NOON + 1));
    let seq = site.acknowledged(&opsgenie("Close", "two", NOON + 1));
    let board = site.board_at(seq);
    assert_eq!(board["headline"], "outage", "{board}");
    assert_eq!(board["current"][0]["alerts"], 2, "{board}");
    // A late confirmation acts on the state as it is now.
    let refusal = site.candor(&["incident", "dismiss", "1"]).failed(3);
    println!("a late dismissal: {refusal}");
}

/// How long the mail of a command took that another process gave in a storm of alerts, from the command's end.
#[test]
fn a_command_in_a_storm_is_mailed_at_once() {
    let mailbox = MailSink::open();
    let site = Installation::new().mailing_to(mailbox.address).started();
    mails_in_a_storm("serve over SQLite", &[&site], &mailbox);
}

#[test]
fn a_command_in_a_storm_is_mailed_at_once_by_several_processes() {
    let fleet = Fleet::new(None, Policy::obliging());
    let (other, _worker) = (fleet.another_web().started(), fleet.worker().started());
    mails_in_a_storm("2 pages and a worker over PostgreSQL", &[&fleet.web, &other], &fleet.mailbox);
}

fn mails_in_a_storm(what: &str, pages: &[&Installation], mailbox: &MailSink) {
    let operator = pages[0];
    operator.candor_reading(&["subscriber", "add", "-"], "reader@example.org\n").well();
    operator.acknowledged(&opsgenie("Create", "the first", NOON));
    let over = AtomicBool::new(false);
    let (mut waits, alerts) = thread::scope(|scope| {
        let senders: Vec<_> = pages
            .iter()
            .zip(0_u64..)
            .map(|(page, sender)| {
                scope.spawn({
                    let (over, server, pages) =
                        (&over, page.address, u32::try_from(pages.len()).unwrap());
                    move || storm(server, sender, Duration::from_millis(10) * pages, over)
                })
            })
            .collect();
        let commands: Vec<Vec<&str>> = [vec!["confirm", "1"]]
            .into_iter()
            .chain((0..3).flat_map(|_| {
                [
                    vec!["declare", "--title", "Another one"],
                    vec!["update", "1", "--text", "We are on it.", "--notify"],
                ]
            }))
            .collect();
        let waits: Vec<Duration> = commands
            .iter()
            .map(|command| {
                let mails = mailbox.count();
                operator.candor(&[&["incident"], command.as_slice()].concat()).well();
                let given = Instant::now();
                until("the mail", || (mailbox.count() > mails).then_some(()));
                given.elapsed()
            })
            .collect();
        over.store(true, Ordering::Relaxed);
        (waits, senders.into_iter().map(|sender| sender.join().unwrap()).sum::<u64>())
    });
    waits.sort();
    let (median, worst) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    println!(
        "{what}: {} commands among {alerts} alerts: the mail came {median:?} after the command (worst {worst:?})",
        waits.len()
    );
    // Whatever was not told of is found after 30 s.
    assert!(worst < Duration::from_secs(20), "nobody woke the relay: {waits:?}");
}

/// Sends alerts in this rhythm; how many.
fn storm(server: std::net::SocketAddr, sender: u64, rhythm: Duration, over: &AtomicBool) -> u64 {
    let (begun, mut sent) = (Instant::now(), 0);
    while !over.load(Ordering::Relaxed) {
        let alert = format!("{sender}/{sent}");
        assert_eq!(post_hook(server, &opsgenie("Create", &alert, NOON)).unwrap().status, 200);
        sent += 1;
        let due = rhythm * u32::try_from(sent).unwrap();
        thread::sleep(due.saturating_sub(begun.elapsed()));
    }
    sent
}
