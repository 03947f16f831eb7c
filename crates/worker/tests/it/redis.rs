//! Tickets over Redis: whatever becomes of it, every mail is sent once.

use std::{sync::Arc, time::Duration};

use candor_store::{Claim, DeliveryState};
use candor_worker::{
    Channel, Failure, MailChannel, RedisSettings, Transport, WorkerHealth, testing::RedisServer,
};
use futures::{FutureExt as _, future::BoxFuture};
use tokio::time::{Instant, sleep};

use crate::support::World;

const KEY: &str = "candor:queue:mail";

fn at(server: &RedisServer) -> RedisSettings {
    RedisSettings::new(server.url())
}

fn number(server: &RedisServer, words: &[&str]) -> usize {
    server.ask(words).lines().next().unwrap_or_default().parse().unwrap_or(0)
}

/// The page with so many subscribers, all of whom are owed a mail.
async fn owing(subscribers: usize) -> (World, Vec<candor_core::EmailAddress>) {
    let world = World::on_postgres().await;
    let everyone = world.add_subscribers(subscribers).await;
    let incident = world.suspect().await;
    world.confirm(incident).await;
    (world, everyone)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_share_a_queue_and_every_mail_is_sent_once() {
    let server = RedisServer::start();
    let (world, everyone) = owing(300).await;
    world.slow(Duration::from_millis(3));
    let workers = [world.join_over(&at(&server)), world.join_over(&at(&server))];
    world.settled(300).await;
    let consumers = server.ask(&["XINFO", "CONSUMERS", KEY, "workers"]);
    let consumers = consumers.lines().filter(|line| *line == "name").count();
    let health = WorkerHealth::default();
    assert_eq!(health.redis(), Ok(()));
    let live = world.store.workers().await.unwrap();
    for worker in workers {
        worker.stop().await;
    }
    let left = (number(&server, &["XLEN", KEY]), number(&server, &["XPENDING", KEY, "workers"]));
    println!(
        "2 workers: {} mails; {consumers} consumers; left (tickets, held): {left:?}; {live:?}",
        world.mails()
    );
    world.assert_each_got_one(&everyone);
    assert_eq!((world.mails(), consumers), (300, 2));
    assert_eq!(left.1, 0);
    let mail = live.iter().find(|count| count.queue == "mail").unwrap();
    assert_eq!((mail.workers, mail.slots), (2, 8));
    assert_eq!(server.ask(&["XINFO", "CONSUMERS", KEY, "workers"]), "", "both have left");
    assert_eq!(world.store.workers().await.unwrap(), []);
}
