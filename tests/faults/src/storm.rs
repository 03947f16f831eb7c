//! A command during an alert storm, over SQLite: how soon the serving process shows it.

use std::time::{Duration, Instant};

use candor_testkit::{free_address, within};

use crate::{
    crashes::{events, intact},
    load::Providers,
    site::{Harness, Site},
    table::Line,
};

/// 100 alerts a second.
const PROVIDERS: usize = 5;
const PAUSE: Duration = Duration::from_millis(48);
const RECIPIENTS: usize = 3;

/// From the end of the command to the first mail.
pub(crate) fn act(harness: &Harness, line: &mut Line) {
    let times = harness.times(6, 30, 100);
    let mut site = Site::embedded(harness, "storm", RECIPIENTS);
    let address = free_address();
    let _serve = site.serve_at("serve", address, &[]);
    let providers = Providers::come(harness.handle(), &[address], PROVIDERS, PAUSE);
    let begin = Instant::now();
    within("the storm to begin", Duration::from_secs(30), || {
        providers.first_good_after(begin).is_some()
    });
    let mut waits = Vec::new();
    for n in 0..times {
        let before = site.sink.count();
        if n == 0 {
            let update = site.next_update();
            let title = format!("Fault zq{update}qz");
            let output = site.candor(&["incident", "confirm", "--title", &title], &[]);
            assert!(output.status.success(), "{output:?}");
            site.expectations.acknowledge(update);
        } else {
            site.declared();
        }
        line.injected += 1;
        let what = "the first mail after a command";
        waits.push(within(what, Duration::from_secs(60), || site.sink.count() > before));
        within("the others", Duration::from_secs(60), || {
            site.sink.count() >= site.expectations.expected()
        });
    }
    let alerts = providers.leave(harness.handle());
    let answers = f64::from(u32::try_from(alerts.answers.len()).unwrap());
    let rate = answers / begin.elapsed().as_secs_f64();
    let audit = site.wait_until_sent(Duration::from_secs(60));
    line.mails(audit, 0);
    let ids: Vec<String> = alerts.acknowledged.keys().cloned().collect();
    events(line, &ids, &site.alerts_in_log());
    intact(line, &site);
    waits.sort();
    let (median, worst) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    line.demand(worst < Duration::from_secs(5), || format!("a first mail came after {worst:?}"));
    line.note(format!(
        "{rate:.0} alerts/s; command's end → first mail: median {:.2} s, worst {:.2} s",
        median.as_secs_f64(),
        worst.as_secs_f64()
    ));
}
