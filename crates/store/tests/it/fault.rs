//! Bad days: the database goes, comes back, is locked, and answers nothing to COMMIT.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicU8, AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use candor_store::{
    Answer, Freshness, Store, StoreError,
    testing::{Cluster, Database},
};

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
async fn a_commit_that_nobody_answers_gives_exactly_one_event() {
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
    assert!(matches!(answer, Err(StoreError::Unavailable(_))), "{answer:?}");
    let unreachable = async || matches!(freshness(&store), Freshness::Unreachable { .. });
    eventually("it is noticed", unreachable).await;
    assert!(store.ping(Duration::from_secs(1)).await.is_err());
    let snapshot = store.snapshot().borrow().clone();
    assert_eq!(snapshot.board.unwrap().alert_count(), 1, "the last board stays");
    cluster.start_again();
    eventually("it is fresh again", async || freshness(&store) == Freshness::Fresh).await;
    append(&store, raise("after")).await;
    store.ping(Duration::from_secs(5)).await.unwrap();
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
    let Err(StoreError::Unavailable(why)) = &answer else { panic!("{answer:?}") };
    assert!(why.contains("locked"), "{why}");
    assert_eq!(freshness(&store), Freshness::Fresh, "reading goes on");
    other.raw_sql("ROLLBACK").await.unwrap();
    assert!(matches!(store.execute(raise("after")).await, Ok(Answer::Appended(_))));
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
    let Some((appended, StoreError::Unavailable(why))) = refused else { panic!("{refused:?}") };
    assert!(why.contains("full"), "{why}");
    assert_eq!(length(&store).await, appended + 1);
    store.raw_sql("PRAGMA max_page_count = 1000000").await.unwrap();
    append(&store, raise("after")).await;
    assert_eq!(store.verify(None).await.unwrap().faults, [""; 0]);
}
