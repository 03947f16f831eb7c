//! Several workers without Redis, and the leader among them.

use std::{collections::BTreeSet, time::Duration};

use candor_worker::Transport;
use tokio::time::Instant;

use crate::test_site::TestSite;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_share_a_queue_by_sql_alone() {
    let site = TestSite::on_postgres().await;
    let everyone = site.add_subscribers(200).await;
    site.slow(Duration::from_millis(3));
    let join = || site.join_with(|settings| settings.transport = Transport::Sql);
    let workers = [join(), join(), join()];
    site.until("all beat", async || workers_of(&site).await == 3).await;
    let incident = site.suspect().await;
    let since = Instant::now();
    site.confirm(incident).await;
    site.mailbox_has(1).await;
    let first = since.elapsed();
    site.wait_until_final(200).await;
    for worker in workers {
        worker.stop().await;
    }
    println!("3 workers by SQL: first mail after {first:?}, {} mails", site.mails());
    site.assert_each_got_one(&everyone);
    assert_eq!(site.mails(), 200);
    assert_eq!(workers_of(&site).await, 0);
}

async fn workers_of(site: &TestSite) -> u64 {
    let live = site.store.workers().await.unwrap();
    live.iter()
        .find(|count| count.queue == candor_store::Queue::Mail)
        .map_or(0, |count| count.workers)
}

async fn leader(site: &TestSite) -> Option<String> {
    let alive = "SELECT holder AS line FROM leader \
                 WHERE lease_until > (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
    site.store.raw_rows(alive).await.unwrap().pop()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leadership_is_handed_over_at_a_stop_and_taken_over_after_a_crash() {
    let site = TestSite::on_postgres().await;
    let join = || site.join_with(|settings| settings.transport = Transport::Sql);
    let mut leaders = BTreeSet::new();
    let next = async |leaders: &mut BTreeSet<String>| {
        let since = Instant::now();
        site.until("another leads", async || {
            leader(&site).await.is_some_and(|leader| leaders.insert(leader))
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
    // The new leader runs the relay.
    let everyone = site.add_subscribers(3).await;
    let incident = site.suspect().await;
    site.confirm(incident).await;
    site.wait_until_final(3).await;
    third.stop().await;
    println!("the lead: after a stop within {handed:?}, after a death within {taken:?}");
    site.assert_each_got_one(&everyone);
    assert_eq!(leaders.len(), 3);
    assert_eq!(leader(&site).await, None, "a stop gives it up");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn worker_with_a_wrong_clock_does_not_lead() {
    let site = TestSite::on_postgres().await;
    // A database whose clock is two minutes behind ours, and which counts the queries.
    let clock = |behind: &str| {
        format!(
            "CREATE OR REPLACE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS \
             $$SELECT pg_catalog.clock_timestamp() - interval '{behind}' WHERE nextval('asked') > 0$$"
        )
    };
    site.store.raw_sql("CREATE SEQUENCE asked").await.unwrap();
    site.store.raw_sql(&clock("2 minutes")).await.unwrap();
    let name = site.store.raw_rows("SELECT current_database()::text AS line").await.unwrap();
    let path = format!("ALTER DATABASE {} SET search_path = public, pg_catalog", name[0]);
    site.store.raw_sql(&path).await.unwrap();

    let worker = site.join_with(|settings| settings.transport = Transport::Sql);
    let asked = async || {
        let asked = "SELECT last_value::text AS line FROM asked";
        site.store.raw_rows(asked).await.unwrap()[0].parse::<u32>().unwrap()
    };
    site.until("the worker knows the time", async || asked().await >= 10).await;
    let leaders = "SELECT holder AS line FROM leader";
    assert_eq!(site.store.raw_rows(leaders).await.unwrap(), [""; 0]);
    site.store.raw_sql(&clock("0")).await.unwrap();
    site.until("it leads", async || leader(&site).await.is_some()).await;
    worker.stop().await;
}
