//! A command in an alert storm, over the embedded default: the process that serves hears of what another one wrote.

use std::time::{Duration, Instant};

use crate::{
    crashes::{events, intact},
    load::Providers,
    servers::{free_address, until},
    table::Line,
    world::{Harness, World},
};

/// 100 alerts a second.
const PROVIDERS: usize = 5;
const PAUSE: Duration = Duration::from_millis(48);
const RECIPIENTS: usize = 3;

/// From the end of the command to the first mail.
pub(crate) fn act(harness: &Harness, line: &mut Line) {
    let times = harness.times(6, 30, 100);
    let mut world = World::embedded(harness, "storm", RECIPIENTS);
    let address = free_address();
    let _serve = world.serve_at("serve", address, &[]);
    let providers = Providers::come(harness.handle(), &[address], PROVIDERS, PAUSE);
    let begin = Instant::now();
    until("the storm to begin", Duration::from_secs(30), || {
        providers.first_good_after(begin).is_some()
    });
    let mut waits = Vec::new();
    for n in 0..times {
        let before = world.sink.count();
        if n == 0 {
            let update = world.next_update();
            let title = format!("Fault zq{update}qz");
            let output = world.candor(&["incident", "confirm", "--title", &title], &[]);
            assert!(output.status.success(), "{output:?}");
            world.books.acknowledge(update);
        } else {
            world.declared();
        }
        line.injected += 1;
        let what = "the first mail after a command";
        waits.push(until(what, Duration::from_secs(60), || world.sink.count() > before));
        until("the others", Duration::from_secs(60), || {
            world.sink.count() >= world.books.expected()
        });
    }
    let alerts = providers.leave(harness.handle());
    let answers = f64::from(u32::try_from(alerts.answers.len()).unwrap());
    let rate = answers / begin.elapsed().as_secs_f64();
    let audit = world.settled(Duration::from_secs(60));
    line.mails(audit, 0);
    let ids: Vec<String> = alerts.acknowledged.keys().cloned().collect();
    events(line, &ids, &world.alerts_in_log());
    intact(line, &world);
    waits.sort();
    let (median, worst) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    line.demand(worst < Duration::from_secs(5), || format!("a first mail came after {worst:?}"));
    line.note(format!(
        "{rate:.0} alerts/s; command's end → first mail: median {:.2} s, worst {:.2} s",
        median.as_secs_f64(),
        worst.as_secs_f64()
    ));
}
