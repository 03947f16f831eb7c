//! Several workers without Redis, and the one that leads.

use std::{collections::BTreeSet, time::Duration};

use candor_worker::Transport;
use tokio::time::Instant;

use crate::support::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_share_a_queue_by_sql_alone() {
    let world = World::on_postgres().await;
    let everyone = world.add_subscribers(200).await;
    world.slow(Duration::from_millis(3));
    let join = || world.join_with(|settings| settings.transport = Transport::Sql);
    let workers = [join(), join(), join()];
    world.until("all beat", async || workers_of(&world).await == 3).await;
    let incident = world.suspect().await;
    let since = Instant::now();
    world.confirm(incident).await;
    world.mailbox_has(1).await;
    let first = since.elapsed();
    world.settled(200).await;
    for worker in workers {
        worker.stop().await;
    }
    println!("3 workers by SQL: first mail after {first:?}, {} mails", world.mails());
    world.assert_each_got_one(&everyone);
    assert_eq!(world.mails(), 200);
    assert_eq!(workers_of(&world).await, 0);
}

async fn workers_of(world: &World) -> u64 {
    let live = world.store.workers().await.unwrap();
    live.iter().find(|count| count.queue == "mail").map_or(0, |count| count.workers)
}

async fn leader(world: &World) -> Option<String> {
    let alive = "SELECT holder AS line FROM leader \
                 WHERE lease_until > (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
    world.store.raw_rows(alive).await.unwrap().pop()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lead_is_handed_over_at_a_stop_and_taken_after_a_death() {
    let world = World::on_postgres().await;
    let join = || world.join_with(|settings| settings.transport = Transport::Sql);
    let mut leaders = BTreeSet::new();
    let next = async |leaders: &mut BTreeSet<String>| {
        let since = Instant::now();
        world
            .until("another leads", async || {
                leader(&world).await.is_some_and(|leader| leaders.insert(leader))
            })
            .await;
        since.elapsed()
    };
    let first = join();
    next(&mut leaders).await;
    let second = join();
    first.stop().await;
    let handed = next(&mut leaders).await;
    let third = join();
    second.kill().await;
    let taken = next(&mut leaders).await;
    // The new leader does what is led.
    let everyone = world.add_subscribers(3).await;
    let incident = world.suspect().await;
    world.confirm(incident).await;
    world.settled(3).await;
    third.stop().await;
    println!("the lead: after a stop within {handed:?}, after a death within {taken:?}");
    world.assert_each_got_one(&everyone);
    assert_eq!(leaders.len(), 3);
    assert_eq!(leader(&world).await, None, "a stop gives it up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_the_wrong_time_does_not_lead() {
    let world = World::on_postgres().await;
    // A server whose clock is two minutes behind ours, and who counts how often it is asked.
    let clock = |behind: &str| {
        format!(
            "CREATE OR REPLACE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS \
             $$SELECT pg_catalog.clock_timestamp() - interval '{behind}' WHERE nextval('asked') > 0$$"
        )
    };
    world.store.raw_sql("CREATE SEQUENCE asked").await.unwrap();
    world.store.raw_sql(&clock("2 minutes")).await.unwrap();
    let name = world.store.raw_rows("SELECT current_database()::text AS line").await.unwrap();
    let path = format!("ALTER DATABASE {} SET search_path = public, pg_catalog", name[0]);
    world.store.raw_sql(&path).await.unwrap();

    let worker = world.join_with(|settings| settings.transport = Transport::Sql);
    let asked = async || {
        let asked = "SELECT last_value::text AS line FROM asked";
        world.store.raw_rows(asked).await.unwrap()[0].parse::<u32>().unwrap()
    };
    world.until("the worker knows the time", async || asked().await >= 10).await;
    let leaders = "SELECT holder AS line FROM leader";
    assert_eq!(world.store.raw_rows(leaders).await.unwrap(), [""; 0]);
    world.store.raw_sql(&clock("0")).await.unwrap();
    world.until("it leads", async || leader(&world).await.is_some()).await;
    worker.stop().await;
}
