//! What a newer version wrote before it was rolled back.

use std::time::Duration;

use crate::{
    crashes::intact,
    http,
    load::alert,
    servers::until,
    standby::{healthy, shown},
    table::Line,
    world::{Harness, World},
};

/// An event as a newer version might write it, and the way back.
const EVENT: &str = "INSERT INTO event SELECT (jsonb_populate_record(e, jsonb_build_object(
     'seq', e.seq + 1, 'event_id', gen_random_uuid(), 'batch_id', gen_random_uuid(), 'source_key', NULL,
     'type', 'of-tomorrow', 'hash', sha256(e.hash), 'prev_hash', e.hash))).* FROM event e ORDER BY seq DESC LIMIT 1;
     UPDATE log_head SET seq = seq + 1; NOTIFY candor_log";
const BACK: &str =
    "ALTER TABLE event DISABLE TRIGGER USER; DELETE FROM event WHERE type = 'of-tomorrow';
     ALTER TABLE event ENABLE TRIGGER USER; UPDATE log_head SET seq = seq - 1; NOTIFY candor_log";

/// An event of an unknown type: whoever reads the log halts and says so, and goes on when it can.
pub(crate) fn event(harness: &Harness, line: &mut Line) {
    let times = harness.times(2, 20, 100);
    let world = World::new(harness, "tomorrow-event", 3);
    let (web, address) = world.web("web", &[]);
    let worker = world.worker("worker", &[]);
    let (mut noticed, mut back) = (Duration::ZERO, Duration::ZERO);
    for round in 0..times {
        let before = format!("alert-{round}");
        assert_eq!(alert(address, &before), Some(200));
        until("the page to show it", Duration::from_secs(10), || {
            shown(address).map(|seq| seq.to_string()) == Some(world.sql("SELECT seq FROM log_head"))
        });
        let seq = shown(address);
        world.sql(EVENT);
        line.injected += 1;
        for process in [&web, &worker] {
            let what = format!("the health of {} to say that the log can't be read", process.name);
            noticed = noticed.max(until(&what, Duration::from_secs(30), || !healthy(process)));
        }
        let answer = alert(address, "alert-meanwhile");
        line.demand(answer == Some(503), || format!("an alert is answered {answer:?}"));
        let page = http::ask(address, "GET", "/", &[], b"").unwrap();
        line.demand(page.status == 200, || format!("the page is answered {}", page.status));
        line.demand(shown(address) == seq, || "the page has gone on".to_owned());
        line.expected += 1;
        line.accepted += usize::from(answer == Some(503) && page.status == 200);
        world.sql(BACK);
        for process in [&web, &worker] {
            let what = format!("{} to go on by itself", process.name);
            back = back.max(until(&what, Duration::from_secs(60), || healthy(process)));
        }
    }
    intact(line, &world);
    line.note(format!(
        "halted within {:.1} s; going on by themselves within {:.1} s",
        noticed.as_secs_f64(),
        back.as_secs_f64()
    ));
}
