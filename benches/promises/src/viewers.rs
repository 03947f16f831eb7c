//! Ten thousand viewers of `/events` on one process: what they cost, and how soon all of them see a change.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use candor_testkit::{
    figures::{Goal, Table, ms, percentile},
    site::{Installation, opsgenie},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::mpsc,
};

use crate::hostile::resident_mb;

const VIEWERS: usize = 10_000;
/// How many connect at the same time.
const AT_ONCE: usize = 50;
const ROUNDS: u64 = 5;
const SETTLES: Duration = Duration::from_secs(2);

pub(crate) fn measure(table: &mut Table) {
    let site = Installation::new().with("EVENTS_PER_ADDRESS", VIEWERS).started();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let seq = site.acknowledged(&opsgenie("Create", "first", 1_700_000_000_000_000_000));
    site.board_at(seq);
    let before = resident_mb(&site);
    let (heard, mut hears) = mpsc::unbounded_channel();
    let begun = Instant::now();
    runtime.block_on(async {
        let address = site.address;
        let groups: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let heard = heard.clone();
                tokio::spawn(async move {
                    for _ in 0..VIEWERS / AT_ONCE {
                        let stream = watch(address).await;
                        tokio::spawn(listen(stream, heard.clone()));
                    }
                })
            })
            .collect();
        for group in groups {
            group.await.unwrap();
        }
    });
    table.note("10,000 viewers of /events come", begun.elapsed().as_secs_f64(), "s");
    runtime.block_on(all_hear(&mut hears));
    std::thread::sleep(SETTLES);
    table.add(
        "10,000 viewers of /events, memory in addition",
        resident_mb(&site) - before,
        "MB",
        Goal::Below(100.0),
    );
    let mut rounds = Vec::new();
    let mut slowest_pages = Vec::new();
    for round in 0..ROUNDS {
        let alert =
            opsgenie("Create", &format!("alert-{round}"), 1_700_000_001_000_000_000 + round);
        site.acknowledged(&alert);
        let begun = Instant::now();
        let asked = site.get("/");
        assert_eq!(asked.status, 200);
        slowest_pages.push(ms(begun.elapsed()));
        runtime.block_on(all_hear(&mut hears));
        rounds.push(ms(begun.elapsed()));
    }
    table.add(
        "an event, from its 2xx until all 10,000 viewers have heard of it",
        percentile(&mut rounds, 50),
        "ms",
        Goal::Below(1000.0),
    );
    table.note("the slowest of five", percentile(&mut rounds, 100), "ms");
    table.note(
        "a page asked for meanwhile, the slowest of five",
        percentile(&mut slowest_pages, 100),
        "ms",
    );
    let begun = Instant::now();
    let mut site = site;
    site.stop();
    table.note("the stop, with all of them there", ms(begun.elapsed()), "ms");
}

/// Waits until each viewer has heard of one more event.
async fn all_hear(hears: &mut mpsc::UnboundedReceiver<()>) {
    for _ in 0..VIEWERS {
        let heard = tokio::time::timeout(Duration::from_secs(60), hears.recv()).await;
        heard.expect("every viewer hears of it within a minute").unwrap();
    }
}

async fn watch(server: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(server).await.unwrap();
    let head = "GET /events HTTP/1.1\r\nHost: status.example.org\r\nAccept: text/event-stream\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\nAccept-Language: en\r\nCache-Control: no-cache\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Says each time that an event has come.
async fn listen(mut stream: TcpStream, heard: mpsc::UnboundedSender<()>) {
    let mut bytes = [0; 512];
    let mut text = Vec::new();
    while let Ok(n @ 1..) = stream.read(&mut bytes).await {
        text.extend_from_slice(&bytes[..n]);
        while let Some(at) = text.windows(10).position(|ten| ten == b"\"changed\":") {
            text.drain(..at + 10);
            let _ = heard.send(());
        }
        let keep = text.len().saturating_sub(9);
        text.drain(..keep);
        text.shrink_to_fit();
    }
}
