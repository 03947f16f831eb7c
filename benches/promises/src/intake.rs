//! How many alerts are taken a second, each on disk before its answer, and how soon the page shows one.

use std::{
    sync::{
        Barrier,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use candor_testkit::{
    figures::{Goal, Table, ms, percentile},
    http::Connection,
    site::{Installation, SECRET, opsgenie, post_hook},
};

const CONNECTIONS: usize = 64;
const LASTS: Duration = Duration::from_secs(5);
const ALERTS_ONE_BY_ONE: u64 = 300;
const NOON: u64 = 1_700_000_000_000_000_000;

pub(crate) fn measure(table: &mut Table) {
    // Each alert opens an incident of its own, instead of taking up the one before.
    let site = Installation::new().with("REFIRE_MINUTES", "0").started();
    page_after_alert(&site, table);
    let taken = flood(&site);
    let rate = f64::from(u32::try_from(taken).unwrap()) / LASTS.as_secs_f64();
    table.add(
        "webhooks taken, each on disk before its 2xx, 64 connections",
        rate,
        "/s",
        Goal::AtLeast(1_000.0),
    );
    assert!(site.verified() >= taken, "an alert that was acknowledged is not in the log");
}

/// From before the alert is posted until the page that a visitor gets is another one.
fn page_after_alert(site: &Installation, table: &mut Table) {
    let mut visitor = Connection::open(site.address).unwrap();
    let mut page = || {
        visitor
            .ask("GET", "/", &[("Accept-Encoding", "gzip")], b"")
            .unwrap()
            .header("ETag")
            .unwrap()
            .to_owned()
    };
    let mut times = Vec::new();
    for n in 0..ALERTS_ONE_BY_ONE {
        let (alert, before) = (format!("alert {n}"), page());
        let begin = Instant::now();
        assert_eq!(post_hook(site.address, &opsgenie("Create", &alert, NOON)).unwrap().status, 200);
        while page() == before {
            thread::sleep(Duration::from_micros(200));
        }
        times.push(ms(begin.elapsed()));
        let seq = site.acknowledged(&opsgenie("Close", &alert, NOON + 1));
        site.board_at(seq);
    }
    table.note("alert posted → new page served, median", percentile(&mut times, 50), "ms");
    table.add(
        "alert posted → new page served, p99",
        percentile(&mut times, 99),
        "ms",
        Goal::Below(50.0),
    );
}

/// How many alerts a second such a site takes, for comparison.
pub(crate) fn flood_noted(site: &Installation, what: &str, table: &mut Table) {
    let rate = f64::from(u32::try_from(flood(site)).unwrap()) / LASTS.as_secs_f64();
    table.note(what, rate, "/s");
}

/// Different alerts from many connections at once; how many were acknowledged.
fn flood(site: &Installation) -> u64 {
    let (taken, start) = (AtomicU64::new(0), Barrier::new(CONNECTIONS));
    let authorization = format!("Bearer {SECRET}");
    let headers = [("Content-Type", "application/json"), ("Authorization", authorization.as_str())];
    thread::scope(|scope| {
        for connection in 0..CONNECTIONS {
            let (taken, start, headers) = (&taken, &start, &headers);
            let mut provider = Connection::open(site.address).unwrap();
            let template = opsgenie("Create", "ALERT", NOON).to_string();
            scope.spawn(move || {
                start.wait();
                let begin = Instant::now();
                for n in 0.. {
                    if begin.elapsed() >= LASTS {
                        break;
                    }
                    let body = template.replace("ALERT", &format!("flood {connection}/{n}"));
                    let answer = provider
                        .ask("POST", "/integrations/opsgenie/hook", headers, body.as_bytes())
                        .unwrap();
                    assert_eq!(answer.status, 200, "{answer:?}");
                    taken.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    taken.into_inner()
}
