//! Many deliveries are due before the first worker starts.

use std::time::{Duration, Instant};

use candor_testkit::within;

use crate::{
    restarts::queue,
    site::{Harness, Site},
    table::Line,
};

pub(crate) fn drain(harness: &Harness, line: &mut Line) {
    let (recipients, updates) = (harness.times(300, 10_000, 10_000), harness.times(5, 10, 10));
    for round in 0..harness.times(1, 1, 5) {
        let mut site = Site::new(harness, &format!("backlog-{round}"), recipients);
        site.set("LEASE", 60);
        let (web, _) = site.web("web", &[]);
        for _ in 0..updates {
            site.declared();
        }
        let due_deliveries = u64::try_from(site.expectations.expected()).unwrap();
        within("the web process to know how much is owed", Duration::from_secs(30), || {
            queue(&web).is_some_and(|queue| queue["due"] == due_deliveries && queue["workers"] == 0)
        });
        let begin = Instant::now();
        let worker = site.worker("worker", &[]);
        line.injected += 1;
        let audit = site.wait_until_sent(Duration::from_secs(1_200));
        let took = begin.elapsed().as_secs_f64();
        line.mails(audit, 0);
        within("the depth to be 0", Duration::from_secs(30), || {
            queue(&web).is_some_and(|queue| queue["due"] == 0 && queue["running"] == 0)
        });
        let rate = f64::from(u32::try_from(audit.accepted).unwrap()) / took;
        line.note(format!(
            "drained in {took:.0} s ({rate:.0}/s), worker {:.0} MB",
            worker.memory()
        ));
    }
}
