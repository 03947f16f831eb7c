//! Several processes over one PostgreSQL: `candor web` and workers that share a key and a mail server.

use std::collections::BTreeSet;

use candor_integrations::mail::catcher::Policy;
use candor_testkit::{
    Database, RedisServer,
    mailbox::{MailSink, header, to},
    site::{Installation, SECRET},
    until,
};
use serde_json::Value;

/// What the processes share. They are ended by hand, or with the values that stand for them.
pub(crate) struct Fleet {
    pub(crate) database: Database,
    pub(crate) mailbox: MailSink,
    pub(crate) redis: Option<RedisServer>,
    pub(crate) web: Installation,
}

impl Fleet {
    /// A web process, ready, and no worker.
    pub(crate) fn new(redis: Option<RedisServer>, policy: Policy) -> Self {
        let (database, mailbox) = (Database::postgres(), MailSink::behaving(policy));
        let web = Installation::new();
        let address = web.address;
        let mut fleet = Self { database, mailbox, redis, web };
        let shared = fleet.shared(Installation::new());
        fleet.web = shared
            .running(&["web"])
            .with("LISTEN", address)
            .with("SITE_URL", format!("http://{address}"));
        fleet.web.address = address;
        fleet.web.start();
        fleet
    }

    /// Another web process beside the first, not started.
    pub(crate) fn another_web(&self) -> Installation {
        self.shared(Installation::new()).running(&["web"])
    }

    /// A worker with 4 slots, not started.
    pub(crate) fn worker(&self) -> Installation {
        self.shared(Installation::new())
            .running(&["worker", "--queues", "mail,default", "--concurrency", "4"])
            .without("DATA_DIR")
            .without("ALERT_SECRET")
    }

    fn shared(&self, site: Installation) -> Installation {
        let site = site
            .with("DATABASE_URL", self.database.url())
            .with("SECRET_KEY", candor_testkit::site::KEY)
            .with("ALERT_SECRET", SECRET)
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

    /// Waits until this many deliveries have arrived and nothing is under way; all mails, and how many of them repeat
    /// another one (they have its Message-ID).
    pub(crate) fn delivered(&self, deliveries: usize) -> (usize, usize) {
        let ids = || {
            let mut ids = BTreeSet::new();
            for mail in self.mailbox.mails() {
                ids.insert((to(&mail).to_owned(), header(&mail, "Message-ID")));
            }
            ids.len()
        };
        until(&format!("{deliveries} deliveries"), || (ids() >= deliveries).then_some(()));
        // Whoever would repeat something has done so.
        self.queue_when("mail", "nothing to be under way", |mail| {
            mail["due"] == 0 && mail["running"] == 0
        });
        assert_eq!(ids(), deliveries);
        let mails = self.mailbox.count();
        (mails, mails - deliveries)
    }

    /// A queue as an autoscaler sees it.
    pub(crate) fn queue(&self, name: &str) -> Value {
        let read = || Some(self.web.ask_admin("/autoscale/queues")).filter(|a| a.status == 200);
        let queues = until("the queues to have been read once", read).json();
        queues["queues"][name].clone()
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
