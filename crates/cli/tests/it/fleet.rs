//! Several processes over one PostgreSQL: `candor web` and workers, with a key and a mail server that they share.

use std::collections::BTreeMap;

use candor_integrations::mail::catcher::Policy;
use candor_store::testing::Database;
use candor_worker::testing::RedisServer;
use serde_json::Value;

use crate::{
    mailbox::{Mailbox, header, to},
    site::{SECRET, Site, until},
};

/// What the processes share. They are ended by hand, or with the values that stand for them.
pub(crate) struct Fleet {
    pub(crate) database: Database,
    pub(crate) mailbox: Mailbox,
    pub(crate) redis: Option<RedisServer>,
    pub(crate) web: Site,
}

impl Fleet {
    /// A web process, ready, and no worker.
    pub(crate) fn new(redis: Option<RedisServer>, policy: Policy) -> Self {
        let (database, mailbox) = (Database::postgres(), Mailbox::behaving(policy));
        let web = Site::new();
        let address = web.address;
        let mut fleet = Self { database, mailbox, redis, web };
        let shared = fleet.shared(Site::new());
        fleet.web = shared
            .running(&["web"])
            .with("LISTEN", address)
            .with("SITE_URL", format!("http://{address}"));
        fleet.web.address = address;
        fleet.web.start();
        fleet
    }

    /// Another web process beside the first, not started.
    pub(crate) fn another_web(&self) -> Site {
        self.shared(Site::new()).running(&["web"])
    }

    /// A worker with 4 slots, not started.
    pub(crate) fn worker(&self) -> Site {
        self.shared(Site::new())
            .running(&["worker", "--queues", "mail,default", "--concurrency", "4"])
            .without("DATA_DIR")
            .without("OPSGENIE_SECRET")
    }

    fn shared(&self, site: Site) -> Site {
        let site = site
            .with("DATABASE_URL", self.database.url())
            .with("SECRET_KEY", "5e".repeat(32))
            .with("OPSGENIE_SECRET", SECRET)
            .with("SITE_URL", format!("http://{}", self.web.address))
            .with("LEASE", 5)
            .mailing_to(self.mailbox.address);
        match &self.redis {
            Some(redis) => site.with("REDIS_URL", redis.url()),
            None => site.with("QUEUE", "sql"),
        }
    }

    /// Subscribes this many people.
    pub(crate) fn subscribe(&self, people: usize) {
        let list: String = (0..people).map(|n| format!("reader{n}@example.org\n")).collect();
        self.web.candor_reading(&["subscriber", "add", "-"], &list).well();
    }

    /// Waits until this many people have got a mail; all mails, and how many of them are repeats.
    pub(crate) fn everybody_was_told(&self, people: usize) -> (usize, usize) {
        let told = || {
            let mut told = BTreeMap::<String, usize>::new();
            for mail in self.mailbox.mails() {
                *told.entry(format!("{} {}", to(&mail), header(&mail, "Subject"))).or_default() +=
                    1;
            }
            told
        };
        until(&format!("{people} people to be told"), || (told().len() >= people).then_some(()));
        // Nothing is on its way any more: whoever would repeat something has done so.
        until("nothing to be owed", || {
            let mail = self.queue("mail");
            (mail["due"] == 0 && mail["running"] == 0).then_some(())
        });
        let told = told();
        assert_eq!(told.len(), people, "nobody is told twice in other words: {told:#?}");
        let mails: usize = told.values().sum();
        (mails, mails - people)
    }

    /// A queue as an autoscaler sees it.
    pub(crate) fn queue(&self, name: &str) -> Value {
        self.web.ask_admin("/autoscale/queues").json()["queues"][name].clone()
    }

    /// A queue once the autoscaler sees this of it.
    pub(crate) fn queue_when(
        &self,
        name: &str,
        what: &str,
        holds: impl Fn(&Value) -> bool,
    ) -> Value {
        until(what, || Some(self.queue(name)).filter(&holds))
    }
}
