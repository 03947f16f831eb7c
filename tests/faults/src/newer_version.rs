//! Rows and events that a newer version wrote before it was rolled back. They must not hold up anything else.

use std::{
    thread::sleep,
    time::{Duration, Instant},
};

use candor_testkit::{http, within};

use crate::{
    crashes::intact,
    load::alert,
    site::{Harness, Site},
    standby::{healthy, shown},
    table::Line,
};

/// Gives the newest outbox entry a reason that this version doesn't know.
const OUTBOX_ENTRY: &str = "UPDATE outbox SET reason = 'of-tomorrow', \
     payload = regexp_replace(payload, '\"reason\": ?\"[a-z-]+\"', '\"reason\":\"of-tomorrow\"') \
     WHERE seq = (SELECT max(seq) FROM outbox)";
/// A delivery of a kind that this version doesn't know, due before all others, to an existing subscriber.
const DELIVERY: &str = "INSERT INTO delivery SELECT (jsonb_populate_record(d, jsonb_build_object(
     'id', gen_random_uuid(), 'kind', 'of-tomorrow', 'state', 'waiting', 'due_at', 1, 'seq', NULL, 'outbox_id', NULL,
     'sent_at', NULL))).* FROM delivery d ORDER BY id LIMIT 1";
/// A recipient with an invalid address.
const RECIPIENT: &str = "UPDATE subscriber SET address = 'no address' WHERE address = ";
/// An event as a newer version might write it, and its removal.
const EVENT: &str = "INSERT INTO event SELECT (jsonb_populate_record(e, jsonb_build_object(
     'seq', e.seq + 1, 'event_id', gen_random_uuid(), 'batch_id', gen_random_uuid(), 'source_key', NULL,
     'type', 'of-tomorrow', 'hash', sha256(e.hash), 'prev_hash', e.hash))).* FROM event e ORDER BY seq DESC LIMIT 1;
     UPDATE log_head SET seq = seq + 1; NOTIFY candor_log";
const BACK: &str =
    "ALTER TABLE event DISABLE TRIGGER USER; DELETE FROM event WHERE type = 'of-tomorrow';
     ALTER TABLE event ENABLE TRIGGER USER; UPDATE log_head SET seq = seq - 1; NOTIFY candor_log";

/// Unreadable rows in the outbox, the deliveries and the subscribers: everybody else gets their mail.
pub(crate) fn rows(harness: &Harness, line: &mut Line) {
    let (recipients, times) = (harness.times(100, 1_000, 1_000), harness.times(1, 5, 50));
    let mut slowest = Duration::ZERO;
    for round in 0..times {
        let mut site = Site::new(harness, &format!("unreadable-rows-{round}"), recipients);
        site.set("CONCURRENCY", 4);
        let mut worker = site.worker("worker", &[]);
        site.declared();
        site.wait_until_sent(Duration::from_secs(60));
        worker.terminate();
        // Nobody can get this one.
        let update = site.next_update();
        let title = format!("Fault zq{update}qz");
        let declared = site.candor(&["incident", "declare", "--title", &title], &[]);
        assert!(declared.status.success(), "{declared:?}");
        site.sql(OUTBOX_ENTRY);
        site.sql(DELIVERY);
        let poisoned = site.expectations.leave(recipients / 3);
        site.sql(&format!("{RECIPIENT}'{poisoned}'"));
        site.declared();
        line.injected += 3;
        let mut worker = site.worker("worker", &[]);
        let begin = Instant::now();
        // Not `wait_until_sent`, which counts rows that were set aside as due.
        while site.sink.count() < site.expectations.expected()
            && begin.elapsed() < Duration::from_secs(60)
        {
            sleep(Duration::from_millis(20));
        }
        slowest = slowest.max(begin.elapsed());
        sleep(Duration::from_secs(1));
        line.mails(site.expectations.audit(&site.sink.mails()), 0);
        line.demand(worker.ended().is_none(), || "the worker has ended".to_owned());
        within("the health check to say so", Duration::from_secs(30), || !healthy(&worker));
        intact(line, &site);
    }
    line.note(format!("all the others were told within {:.1} s", slowest.as_secs_f64()));
}

/// An event of an unknown type: readers of the log halt and say so, and continue when they can.
pub(crate) fn event(harness: &Harness, line: &mut Line) {
    let times = harness.times(2, 20, 100);
    let site = Site::new(harness, "unknown-event", 3);
    let (web, address) = site.web("web", &[]);
    let worker = site.worker("worker", &[]);
    let (mut noticed, mut back) = (Duration::ZERO, Duration::ZERO);
    for round in 0..times {
        let before = format!("alert-{round}");
        assert_eq!(alert(address, &before), Some(200));
        within("the page to show it", Duration::from_secs(10), || {
            shown(address).map(|seq| seq.to_string()) == Some(site.sql("SELECT seq FROM log_head"))
        });
        let seq = shown(address);
        site.sql(EVENT);
        line.injected += 1;
        for process in [&web, &worker] {
            let what = format!("the health of {} to say that the log can't be read", process.name);
            noticed = noticed.max(within(&what, Duration::from_secs(30), || !healthy(process)));
        }
        let answer = alert(address, "alert-meanwhile");
        line.demand(answer == Some(503), || format!("an alert is answered {answer:?}"));
        let page = http::ask(address, "GET", "/", &[], b"").unwrap();
        line.demand(page.status == 200, || format!("the page is answered {}", page.status));
        line.demand(shown(address) == seq, || "the page has gone on".to_owned());
        line.expected += 1;
        line.accepted += usize::from(answer == Some(503) && page.status == 200);
        site.sql(BACK);
        for process in [&web, &worker] {
            let what = format!("{} to go on by itself", process.name);
            back = back.max(within(&what, Duration::from_secs(60), || healthy(process)));
        }
    }
    intact(line, &site);
    line.note(format!(
        "halted within {:.1} s; going on by themselves within {:.1} s",
        noticed.as_secs_f64(),
        back.as_secs_f64()
    ));
}
