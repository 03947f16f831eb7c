//! The database goes away, comes back, is locked, or never answers a COMMIT.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU8, AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use candor_store::{AppendOutcome, Freshness, Store, StoreErrorKind};
use candor_testkit::{Cluster, Database, Pooler};

use super::{append, eventually, length, raise};

/// What the proxy does to the next COMMIT.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// Nothing.
    Never,
    /// The server never hears it.
    Before,
    /// The server hears it, its answer is lost.
    After,
}

/// A wire to a server that is cut at COMMIT.
#[derive(Clone)]
struct Proxy {
    address: SocketAddr,
    cut: Arc<AtomicU8>,
    cuts: Arc<AtomicU32>,
}

impl Proxy {
    fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            cut: Arc::new(AtomicU8::new(Cut::Never as u8)),
            cuts: Arc::default(),
        };
        let shared = proxy.clone();
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(server) else { continue };
                let proxy = shared.clone();
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                thread::spawn(move || proxy.upstream(from, to));
                thread::spawn(move || downstream(server, client));
            }
        });
        proxy
    }

    fn arm(&self, cut: Cut) {
        self.cut.store(cut as u8, Ordering::SeqCst);
    }

    /// From the client to the server.
    fn upstream(&self, mut client: TcpStream, mut server: TcpStream) {
        let mut buffer = [0; 65_536];
        while let Ok(length @ 1..) = client.read(&mut buffer) {
            let commit = buffer[..length].windows(6).any(|bytes| bytes == b"COMMIT");
            let cut = if commit { self.cut.swap(Cut::Never as u8, Ordering::SeqCst) } else { 0 };
            if cut == Cut::Before as u8 {
                self.cuts.fetch_add(1, Ordering::SeqCst);
                break;
            }
            if cut == Cut::After as u8 {
                // The client is gone before the answer can reach it.
                let _ = client.shutdown(Shutdown::Both);
                let _ = server.write_all(&buffer[..length]);
                self.cuts.fetch_add(1, Ordering::SeqCst);
                let _ = server.shutdown(Shutdown::Write);
                return;
            }
            if server.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    }
}

/// From the server to the client.
fn downstream(mut server: TcpStream, mut client: TcpStream) {
    let mut buffer = [0; 65_536];
    while let Ok(length @ 1..) = server.read(&mut buffer) {
        if client.write_all(&buffer[..length]).is_err() {
            // What the server still has to say is heard by nobody, but it must be able to say it.
            continue;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_without_an_answer_gives_exactly_one_event() {
    let database = Database::postgres();
    let direct = database.store().await;
    let config: tokio_postgres::Config = database.url().parse().unwrap();
    let server = SocketAddr::from(([127, 0, 0, 1], config.get_ports()[0]));
    let proxy = Proxy::to(server);
    let (_, name) = database.url().rsplit_once('/').unwrap();
    let url = format!("postgres://postgres@{}/{name}?sslmode=disable", proxy.address);
    let store = Store::open(&url).unwrap();
    append(&store, raise("first")).await;
    for round in 0..10 {
        proxy.arm(if round % 2 == 0 { Cut::After } else { Cut::Before });
        let events = append(&store, raise(&format!("cut {round}"))).await;
        assert_eq!(events[0].seq, round + 2, "the answer tells what was appended");
    }
    let events = direct.events(0, 100).await.unwrap();
    let cuts = proxy.cuts.load(Ordering::SeqCst);
    println!("10 requests, {cuts} COMMITs cut: {} events", events.len() - 1);
    assert_eq!((cuts, events.len()), (10, 11));
    assert_eq!(direct.verify(None).await.unwrap().faults, [""; 0]);
    assert_eq!(direct.load().await.unwrap(), store.load().await.unwrap());
}

fn freshness(store: &Store) -> Freshness {
    store.snapshot().borrow().freshness.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_costs_freshness_and_comes_back_by_itself() {
    let cluster = Cluster::start("", &[]);
    let store = Store::open(&cluster.database()).unwrap();
    store.migrate().await.unwrap();
    store.follow();
    append(&store, raise("before")).await;
    cluster.stop();
    let answer = store.execute(raise("meanwhile")).await;
    assert!(crate::fails_with(&answer, StoreErrorKind::Unavailable), "{answer:?}");
    let unreachable = async || matches!(freshness(&store), Freshness::Unreachable { .. });
    eventually("it is noticed", unreachable).await;
    let snapshot = store.snapshot().borrow().clone();
    assert_eq!(snapshot.board.unwrap().alert_count(), 1, "the last board stays");
    cluster.start_again();
    eventually("it is fresh again", async || freshness(&store) == Freshness::Fresh).await;
    append(&store, raise("after")).await;
    assert_eq!(length(&store).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_sqlite_file_is_an_answer_and_not_a_loss() {
    let database = Database::sqlite();
    let (store, other) = (database.store().await, database.store().await);
    append(&store, raise("before")).await;
    // Held by one connection for longer than anybody waits for it.
    other.raw_sql("BEGIN IMMEDIATE").await.unwrap();
    let answer = store.execute(raise("meanwhile")).await;
    assert!(crate::fails_with(&answer, StoreErrorKind::Busy), "{answer:?}");
    let why = answer.unwrap_err().chain().to_string();
    assert!(why.contains("locked"), "{why}");
    assert_eq!(freshness(&store), Freshness::Fresh, "reading goes on");
    other.raw_sql("ROLLBACK").await.unwrap();
    assert!(matches!(store.execute(raise("after")).await, Ok(AppendOutcome::Appended(_))));
    assert_eq!(length(&store).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_an_answer_and_not_a_loss() {
    let database = Database::sqlite();
    let store = database.store().await;
    append(&store, raise("before")).await;
    // The file may not grow any more.
    let pages =
        store.raw_rows("SELECT page_count || '' AS line FROM pragma_page_count").await.unwrap();
    store.raw_sql(&format!("PRAGMA max_page_count = {}", pages[0])).await.unwrap();
    let mut refused = None;
    for n in 0..200 {
        if let Err(error) = store.execute(raise(&n.to_string())).await {
            refused = Some((n, error));
            break;
        }
    }
    let Some((appended, error)) = refused else { panic!("nothing was refused") };
    assert_eq!(error.kind(), StoreErrorKind::DiskFull);
    assert!(error.chain().to_string().contains("is full"), "{}", error.chain());
    assert!(
        crate::fails_with(&store.writable(), StoreErrorKind::DiskFull),
        "{:?}",
        store.writable()
    );
    assert_eq!(freshness(&store), Freshness::Fresh, "reading goes on");
    assert_eq!(length(&store).await, appended + 1);
    store.raw_sql("PRAGMA max_page_count = 1000000").await.unwrap();
    append(&store, raise("after")).await;
    assert!(store.writable().is_ok());
    assert_eq!(store.verify(None).await.unwrap().faults, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_server_is_noticed_and_not_waited_for() {
    let cluster = Cluster::start("", &[]);
    let store = Store::open(&cluster.database()).unwrap();
    store.migrate().await.unwrap();
    store.follow();
    append(&store, raise("before")).await;
    cluster.freeze();
    let begun = Instant::now();
    let asked = tokio::spawn({
        let store = store.clone();
        async move { (store.execute(raise("meanwhile")).await, begun.elapsed()) }
    });
    let unreachable = async || matches!(freshness(&store), Freshness::Unreachable { .. });
    eventually("it is noticed", unreachable).await;
    let noticed = begun.elapsed();
    let (answer, answered) = asked.await.unwrap();
    assert!(crate::fails_with(&answer, StoreErrorKind::Unavailable), "{answer:?}");
    println!(
        "a frozen server: noticed after {noticed:?}, the request was answered after {answered:?}"
    );
    assert!(!asked_too_long(answered), "nobody waits for a minute: {answered:?}");
    cluster.thaw();
    eventually("it is fresh again", async || freshness(&store) == Freshness::Fresh).await;
    let written = async || store.execute(raise("after")).await.is_ok();
    eventually("it takes events again", written).await;
}

/// A limit far beyond the one that is meant, for a machine that has other things to do.
fn asked_too_long(answered: Duration) -> bool {
    answered > Duration::from_secs(40)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_server_is_read_and_the_reason_is_given() {
    let cluster = Cluster::start("", &[]);
    let url = cluster.database();
    let before = Store::open(&url).unwrap();
    before.migrate().await.unwrap();
    append(&before, raise("before")).await;
    before.raw_sql("ALTER SYSTEM SET default_transaction_read_only = on").await.unwrap();
    before.raw_sql("SELECT pg_reload_conf()").await.unwrap();
    let store = Store::open(&url).unwrap();
    let migrated = async || store.migrate().await.is_ok_and(|applied| applied.is_empty());
    eventually("nothing is written where nothing is missing", migrated).await;
    store.follow();
    let noticed = async || crate::fails_with(&store.writable(), StoreErrorKind::ReadOnly);
    eventually("it is noticed without a request", noticed).await;
    assert_eq!(freshness(&store), Freshness::Fresh);
    assert_eq!(length(&store).await, 1);
    let answer = store.execute(raise("meanwhile")).await;
    assert!(crate::fails_with(&answer, StoreErrorKind::ReadOnly), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_is_read_and_followed() {
    let primary = Cluster::start("", &[]);
    let url = primary.database();
    let writer = Store::open(&url).unwrap();
    writer.migrate().await.unwrap();
    append(&writer, raise("before")).await;
    let standby = primary.standby();
    let store = Store::open(&standby.same_database(&url)).unwrap();
    assert!(store.migrate().await.unwrap().is_empty());
    assert_eq!(store.pending_migrations().await.unwrap(), 0);
    assert_eq!(store.load().await.unwrap().seq, 1);
    store.follow();
    append(&writer, raise("after")).await;
    let seen =
        async || store.snapshot().borrow().board.as_ref().is_some_and(|board| board.seq == 2);
    eventually("what the primary took is seen", seen).await;
    let answer = store.execute(raise("here")).await;
    assert!(crate::fails_with(&answer, StoreErrorKind::ReadOnly), "{answer:?}");
    let noticed = async || crate::fails_with(&store.writable(), StoreErrorKind::ReadOnly);
    eventually("and it says so", noticed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pooler_that_leaves_a_client_its_connection_works_every_time_and_another_never() {
    let cluster = Cluster::start("", &[]);
    let direct = Store::open(&cluster.database()).unwrap();
    direct.migrate().await.unwrap();
    let url = cluster.database();
    let pooler = Pooler::start(&cluster, "session");
    for n in 0..100 {
        let store = Store::open(&pooler.same_database(&url)).unwrap();
        store.server_version().await.unwrap();
        store.migrate().await.unwrap();
        assert_eq!(append(&store, raise(&n.to_string())).await[0].seq, n + 1);
        store.close().await;
    }
    for mode in ["transaction", "statement"] {
        let pooler = Pooler::start(&cluster, mode);
        for _ in 0..100 {
            let store = Store::open(&pooler.same_database(&url)).unwrap();
            let version = store.server_version().await;
            assert!(crate::fails_with(&version, StoreErrorKind::Config), "{mode}: {version:?}");
            let why = version.unwrap_err().to_string();
            assert!(why.contains(&format!("in {mode} mode")), "{why}");
        }
    }
    println!("PgBouncer: 100 of 100 in session mode, 0 of 100 in transaction and statement mode");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pooler_gets_its_connections_back_as_they_were() {
    let cluster = Cluster::start("", &[]);
    let url = cluster.database();
    let store = Store::open(&url).unwrap();
    assert!(!store.migrate().await.unwrap().is_empty());
    let locks = "SELECT CAST(count(*) AS TEXT) AS line FROM pg_locks WHERE locktype = 'advisory'";
    assert_eq!(store.raw_rows(locks).await.unwrap(), ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn permanent_errors_are_told_from_transient_ones() {
    for database in [Database::sqlite(), Database::postgres()] {
        let store = database.store().await;
        append(&store, raise("a")).await;
        let twice = "INSERT INTO operator (id, kind, key, name) VALUES ('x', 'cli', 'y', 'z')";
        store.raw_sql(twice).await.unwrap();
        let refused = store.raw_sql(twice).await;
        assert!(crate::fails_with(&refused, StoreErrorKind::Duplicate), "{refused:?}");
        let unknown = store.raw_sql("SELECT 1 FROM nothing_of_ours").await;
        assert!(crate::fails_with(&unknown, StoreErrorKind::NotMigrated), "{unknown:?}");
        let nonsense = store.raw_sql("SELECT FROM WHERE").await;
        assert!(crate::fails_with(&nonsense, StoreErrorKind::Query), "{nonsense:?}");
    }
}
