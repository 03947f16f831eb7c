//! What the schedule starts and ends.

use jiff::{SignedDuration, Timestamp};

use crate::test_site::{TestSite, on_both};

on_both! { several_workers_start_and_end_maintenance_once }

async fn several_workers_start_and_end_maintenance_once(site: TestSite) {
    let everyone = site.add_subscribers(2).await;
    let now = Timestamp::now();
    site.plan(now - SignedDuration::from_secs(60), now + SignedDuration::from_secs(3)).await;
    let workers: Vec<_> =
        (0..3).map(|_| site.start_with(|settings| settings.alone = false)).collect();
    site.until("it ended", async || site.events("maintenance-ended").await > 0).await;
    site.wait_until_final(6).await;
    for worker in workers {
        worker.stop().await;
    }
    let (started, ended) =
        (site.events("maintenance-started").await, site.events("maintenance-ended").await);
    println!(
        "3 workers: {started} start, {ended} end, {} mails to {} subscribers",
        site.mails(),
        everyone.len()
    );
    assert_eq!((started, ended), (1, 1));
}
