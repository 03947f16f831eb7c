//! What the clock calls for.

use jiff::{SignedDuration, Timestamp};

use crate::support::{World, on_both};

on_both! { planned_work_starts_and_ends_by_itself_once_however_many_workers_look_at_the_clock }

async fn planned_work_starts_and_ends_by_itself_once_however_many_workers_look_at_the_clock(
    world: World,
) {
    let everyone = world.add_subscribers(2).await;
    let now = Timestamp::now();
    world.plan(now - SignedDuration::from_secs(60), now + SignedDuration::from_secs(3)).await;
    let workers: Vec<_> =
        (0..3).map(|_| world.start_with(|settings| settings.alone = false)).collect();
    world.until("it ended", async || world.events("maintenance-ended").await > 0).await;
    world.settled(6).await;
    for worker in workers {
        worker.stop().await;
    }
    let (started, ended) =
        (world.events("maintenance-started").await, world.events("maintenance-ended").await);
    println!(
        "3 workers: {started} start, {ended} end, {} mails to {} subscribers",
        world.mails(),
        everyone.len()
    );
    assert_eq!((started, ended), (1, 1));
}
