//! A site with a database, a mail server and workers.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{Arc, Mutex, RwLock},
    time::{Duration, Instant},
};

use candor_content::link::Links;
use candor_core::{
    ActorId, Command, EmailAddress, IncidentNumber, MaintenancePlan, Notify, Status, Window,
};
use candor_integrations::mail::{
    MailSettings, Mailbox, Security,
    catcher::{CaughtMail, ClientStage, MailCatcher, Policy, Reaction},
};
use candor_store::{AppendRequest, DeliveryState, Queue, Store};
use candor_testkit::{
    Cluster, Database,
    story::{self, maintenance_in, raise_with_message, update_with_text},
};
use candor_worker::{
    DeliveryChannel, RedisSettings, Transport, WorkerError, WorkerSettings, run, run_channels,
};
use jiff::Timestamp;
use tokio::{task::JoinHandle, time::sleep};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// No test waits longer than this.
const DEADLINE: Duration = Duration::from_secs(120);

/// Runs each of these tests on each database.
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() { super::$test($crate::test_site::TestSite::on_sqlite().await).await; })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() { super::$test($crate::test_site::TestSite::on_postgres().await).await; })+
        }
    };
}
pub(crate) use on_both;

/// What the mail server does with a recipient.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Behavior {
    Accept,
    Defer,
    Refuse,
    Stall,
}

type Script = Box<dyn Fn(&str, u32) -> Behavior + Send + Sync>;

/// The behavior of the mail server, also after restarts.
struct MailBehavior {
    script: RwLock<Script>,
    delay: RwLock<Duration>,
    tries: Mutex<BTreeMap<String, u32>>,
}

/// A mail that arrived.
#[derive(Debug, Clone)]
pub(crate) struct ReceivedMail {
    pub(crate) to: String,
    pub(crate) message_id: String,
    pub(crate) date: String,
    pub(crate) text: String,
}

/// A page on its own database, and its mail server.
pub(crate) struct TestSite {
    pub(crate) store: Store,
    behavior: Arc<MailBehavior>,
    address: SocketAddr,
    mailbox: Mutex<Option<Arc<MailCatcher>>>,
    url: String,
    _database: Option<Database>,
}

impl TestSite {
    pub(crate) async fn on_sqlite() -> Self {
        let database = Database::sqlite();
        Self::at(database.url().to_owned(), Some(database)).await
    }

    pub(crate) async fn on_postgres() -> Self {
        let database = Database::postgres();
        Self::at(database.url().to_owned(), Some(database)).await
    }

    /// A site on a PostgreSQL that the test may stop.
    pub(crate) async fn on_cluster(cluster: &Cluster) -> Self {
        Self::at(cluster.database(), None).await
    }

    async fn at(url: String, database: Option<Database>) -> Self {
        let store = Store::open(&url).unwrap();
        store.migrate().await.unwrap();
        store.follow();
        let behavior = Arc::new(MailBehavior {
            script: RwLock::new(Box::new(|_, _| Behavior::Accept)),
            delay: RwLock::new(Duration::ZERO),
            tries: Mutex::default(),
        });
        let mailbox = MailCatcher::start("127.0.0.1:0", policy(&behavior)).await.unwrap();
        let address = mailbox.addr();
        let mailbox = Mutex::new(Some(Arc::new(mailbox)));
        Self { store, behavior, address, mailbox, url, _database: database }
    }

    /// Another process on the same database.
    pub(crate) fn other_store(&self) -> Store {
        Store::open(&self.url).unwrap()
    }

    fn mail_settings(&self) -> MailSettings {
        let from = Mailbox::parse("Acme Status <status@example.org>").unwrap();
        MailSettings {
            port: self.address.port(),
            ..MailSettings::new(self.address.ip().to_string(), Security::None, from)
        }
    }

    /// Sets the behavior for a recipient's n-th attempt.
    pub(crate) fn behave(&self, script: impl Fn(&str, u32) -> Behavior + Send + Sync + 'static) {
        *self.behavior.script.write().unwrap() = Box::new(script);
    }

    /// Sets the delay of each answer of the mail server.
    pub(crate) fn slow(&self, delay: Duration) {
        *self.behavior.delay.write().unwrap() = delay;
    }

    /// Stops the mail server. It must not have received anything yet.
    pub(crate) fn close_mailbox(&self) {
        let gone = self.mailbox.lock().unwrap().take().unwrap();
        assert_eq!(gone.total(), 0);
    }

    /// Starts the mail server again, at the same address.
    pub(crate) async fn open_mailbox(&self) {
        let mailbox = MailCatcher::start(self.address, policy(&self.behavior)).await.unwrap();
        *self.mailbox.lock().unwrap() = Some(Arc::new(mailbox));
    }

    /// How many mails arrived.
    pub(crate) fn mails(&self) -> usize {
        self.mailbox.lock().unwrap().as_ref().map_or(0, |mailbox| mailbox.total())
    }

    /// The mails that arrived, in order.
    pub(crate) fn received(&self) -> Vec<ReceivedMail> {
        let caught =
            self.mailbox.lock().unwrap().as_ref().map_or_else(Vec::new, |mailbox| mailbox.caught());
        let mail = |mail: &Arc<CaughtMail>| ReceivedMail {
            to: mail.to.join(","),
            message_id: mail.header("Message-ID").unwrap(),
            date: mail.header("Date").unwrap(),
            text: mail.text().unwrap(),
        };
        caught.iter().map(mail).collect()
    }
}

fn policy(behavior: &Arc<MailBehavior>) -> Policy {
    let behavior = behavior.clone();
    Policy::new(move |moment| {
        let delay = *behavior.delay.read().unwrap();
        if moment.stage != ClientStage::Recipient {
            return Reaction::ObligesAfter(delay);
        }
        let mut tries = behavior.tries.lock().unwrap();
        let tried = tries.entry(moment.recipient.to_owned()).or_default();
        *tried += 1;
        match behavior.script.read().unwrap()(moment.recipient, *tried) {
            Behavior::Accept => Reaction::ObligesAfter(delay),
            Behavior::Defer => Reaction::SaysAfter(delay, "451 4.7.1 try again later".to_owned()),
            Behavior::Refuse => Reaction::SaysAfter(delay, "550 5.1.1 no such user".to_owned()),
            Behavior::Stall => Reaction::Stalls,
        }
    })
}

/// A running worker.
pub(crate) struct Running {
    stop: CancellationToken,
    task: JoinHandle<Result<(), WorkerError>>,
}

impl Running {
    /// Stops it as SIGTERM would.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
    }

    /// Ends it as SIGKILL would: in the middle of anything.
    pub(crate) async fn kill(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

impl TestSite {
    /// The default settings of workers.
    pub(crate) fn settings(&self) -> WorkerSettings {
        let links = Links::new("https://status.example.org", &[7; 32]).unwrap();
        WorkerSettings {
            mail: Some(self.mail_settings()),
            alone: true,
            lease: Duration::from_secs(10),
            probe_interval: Duration::from_millis(200),
            ..WorkerSettings::new("Acme Status", links)
        }
    }

    pub(crate) fn start(&self) -> Running {
        self.start_with(|_| {})
    }

    pub(crate) fn start_with(&self, change: impl FnOnce(&mut WorkerSettings)) -> Running {
        let mut settings = self.settings();
        change(&mut settings);
        let stop = CancellationToken::new();
        let task = tokio::spawn(run(settings, self.store.clone(), stop.clone()));
        Running { stop, task }
    }

    /// Starts one of several workers, with its own store, as a process would have.
    pub(crate) fn join_with(&self, change: impl FnOnce(&mut WorkerSettings)) -> Running {
        let mut settings = self.settings();
        settings.alone = false;
        settings.concurrency = 4;
        change(&mut settings);
        let store = self.other_store();
        store.follow();
        let stop = CancellationToken::new();
        let task = tokio::spawn(run(settings, store, stop.clone()));
        Running { stop, task }
    }

    /// The same, over this Redis.
    pub(crate) fn join_over(&self, redis: &RedisSettings) -> Running {
        self.join_with(|settings| settings.transport = Transport::Redis(redis.clone()))
    }

    pub(crate) fn start_channels(
        &self,
        settings: WorkerSettings,
        channels: Vec<Arc<dyn DeliveryChannel>>,
    ) -> Running {
        let stop = CancellationToken::new();
        let task = tokio::spawn(run_channels(settings, channels, self.store.clone(), stop.clone()));
        Running { stop, task }
    }

    /// Polls until `wanted` holds.
    pub(crate) async fn until(&self, what: &str, mut wanted: impl AsyncFnMut() -> bool) {
        let since = Instant::now();
        while !wanted().await {
            assert!(
                since.elapsed() < DEADLINE,
                "{what}: not within {DEADLINE:?}; {} mails, depth {:?}",
                self.mails(),
                self.store.queue_depth(Queue::Mail).await
            );
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until the mail server has accepted this many mails.
    pub(crate) async fn mailbox_has(&self, mails: usize) {
        self.until(&format!("{mails} mails"), async || self.mails() >= mails).await;
    }

    /// The same without polling intervals, for measurements.
    pub(crate) async fn mailbox_reaches(&self, mails: usize) {
        let mailbox = self.mailbox.lock().unwrap().clone().unwrap();
        assert!(mailbox.wait_for(mails, DEADLINE).await.len() >= mails);
    }

    /// Waits until there are this many deliveries and all of them are final.
    pub(crate) async fn wait_until_final(&self, deliveries: usize) {
        self.until(&format!("{deliveries} final deliveries"), async || {
            let rows = self.store.deliveries(10_000).await.unwrap();
            rows.len() >= deliveries
                && rows.iter().all(|row| {
                    !matches!(row.state, DeliveryState::Waiting | DeliveryState::Sending)
                })
        })
        .await;
    }

    pub(crate) async fn in_state(&self, state: DeliveryState) -> usize {
        let rows = self.store.deliveries(10_000).await.unwrap();
        rows.iter().filter(|row| row.state == state).count()
    }

    pub(crate) async fn attempts(&self) -> u32 {
        let rows = self.store.deliveries(10_000).await.unwrap();
        rows.iter().map(|row| row.attempts).sum()
    }

    pub(crate) async fn last_errors(&self) -> Vec<String> {
        let rows = self.store.deliveries(10_000).await.unwrap();
        rows.into_iter().filter_map(|row| row.last_error).collect()
    }

    pub(crate) async fn events(&self, type_name: &str) -> usize {
        let events = self.store.events(0, 10_000).await.unwrap();
        events.iter().filter(|event| event.type_name == type_name).count()
    }

    /// Each of these got exactly one mail.
    pub(crate) fn assert_each_got_one(&self, recipients: &[EmailAddress]) {
        let mut copies = BTreeMap::<String, usize>::new();
        for mail in self.received() {
            *copies.entry(mail.to).or_default() += 1;
        }
        let wrong: BTreeSet<_> = recipients
            .iter()
            .map(|to| (to, copies.get(to.as_str()).copied().unwrap_or(0)))
            .filter(|(_, copies)| *copies != 1)
            .collect();
        assert!(wrong.is_empty(), "not exactly one: {wrong:?}");
    }

    pub(crate) async fn add_subscribers(&self, count: usize) -> Vec<EmailAddress> {
        let mut added = Vec::new();
        for number in 0..count {
            let address = EmailAddress::parse(&format!("reader{number}@example.org")).unwrap();
            assert!(self.store.add_subscriber(&address).await.unwrap());
            added.push(address);
        }
        added
    }

    /// How many different recipients got mail.
    pub(crate) fn recipients(&self) -> usize {
        self.received().into_iter().map(|mail| mail.to).collect::<BTreeSet<_>>().len()
    }

    /// Adds many subscribers in one statement of PostgreSQL.
    pub(crate) async fn fill_with_subscribers(&self, count: usize) {
        let fill = format!(
            "INSERT INTO subscriber \
             (id, channel, address, address_key, mailbox, domain, state, created_at, asked_at, confirmed_at, scope) \
             SELECT gen_random_uuid()::text, 'mail', a, a, a, 'example.org', 'confirmed', 1, 1, 1, 'all' \
             FROM (SELECT 'many' || n || '@example.org' AS a FROM generate_series(1, {count}) n) many"
        );
        self.store.raw_sql(&fill).await.unwrap();
    }

    pub(crate) async fn subscribe(&self, address: &str) {
        let address = EmailAddress::parse(address).unwrap();
        self.store.subscribe(&address).await.unwrap();
    }

    /// Expands the outbox without a worker.
    pub(crate) async fn expand(&self) {
        while self.store.expand_outbox(100).await.unwrap().left {}
    }

    pub(crate) async fn suspect(&self) -> IncidentNumber {
        self.execute(raise_with_message(&Uuid::now_v7().to_string(), "it burns")).await
    }

    pub(crate) async fn confirm(&self, incident: IncidentNumber) {
        self.execute(story::confirm(incident)).await;
    }

    pub(crate) async fn update(&self, incident: IncidentNumber, status: Status) {
        let words = "We have put a fix in place.";
        self.execute(update_with_text(incident, words, Some(status), Notify::Default)).await;
    }

    pub(crate) async fn resolve(&self, incident: IncidentNumber) {
        self.execute(story::resolve(incident)).await;
    }

    pub(crate) async fn resolve_silently(&self, incident: IncidentNumber) {
        self.execute(story::resolve_with(incident, Notify::No)).await;
    }

    pub(crate) async fn plan(&self, starts_at: Timestamp, ends_at: Timestamp) {
        let title = story::title("New disks");
        let plan = MaintenancePlan { title, ..maintenance_in(Window { starts_at, ends_at }) };
        self.execute(Command::PlanMaintenance(plan)).await;
    }

    pub(crate) async fn execute(&self, command: Command) -> IncidentNumber {
        self.execute_as(ActorId::parse("operator-1").unwrap(), command).await
    }

    /// Executes a command of this person; returns the incident it is about.
    pub(crate) async fn execute_as(&self, actor: ActorId, command: Command) -> IncidentNumber {
        let request = AppendRequest::new(command, Some(actor), "test");
        let recorded = candor_testkit::append(&self.store, request).await;
        recorded[0].event.incident().unwrap()
    }
}
