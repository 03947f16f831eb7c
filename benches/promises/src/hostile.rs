//! Abuse: a million requests for unknown addresses, and a thousand deliberately slow connections.

use std::{fs, net::SocketAddr, time::Duration};

use candor_testkit::{
    figures::{Goal, Table},
    site::{Installation, SECRET, opsgenie},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    time::sleep,
};

use crate::nginx::{Wrk, run_wrk};

const CONNECTIONS: usize = 1_000;
const ADDRESSES: f64 = 1_000_000.0;
/// Paths, query strings, and both, each time other ones.
const RANDOM: &str = r#"
math.randomseed(os.time())
local starts = {"/", "/2026-11-21/", "/api/v1/", "/feed/", "/history?", "/?", "/api/v1/incidents?limit=", "/de/", "/as-of/"}
request = function()
    local word = string.format("%x%x", math.random(0, 2147483647), math.random(0, 2147483647))
    return wrk.format("GET", starts[math.random(#starts)] .. word .. "?q=" .. word)
end
"#;

pub(crate) fn measure(table: &mut Table) {
    let site = Installation::new().started();
    let seq = site.acknowledged(&opsgenie("Create", "one", 1_700_000_000_000_000_000));
    site.board_at(seq);
    addresses(table, &site);
    let site = Installation::new().started();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let alone = others(site.address);
    table.note("p99 of a page, 16 connections, nobody in the way", alone.p99, "ms");
    let modes: [(&str, Mode); 4] = [
        ("heads that come a byte a second", Mode::SlowHead),
        ("bodies that come a byte a second", Mode::SlowBody),
        ("answers that nobody reads", Mode::SlowRead),
        ("connections kept and not used", Mode::Idle),
    ];
    for (what, mode) in modes {
        let address = site.address;
        let slow = runtime.block_on(async move {
            let tasks = (0..CONNECTIONS).map(|_| tokio::spawn(mode.of(address)));
            let tasks: Vec<_> = tasks.collect();
            sleep(Duration::from_secs(1)).await;
            tasks
        });
        let others = others(site.address);
        let lasting = slow.iter().filter(|task| !task.is_finished()).count();
        eprintln!(
            "    {lasting} of {CONNECTIONS} were still there; others had {:.0}/s",
            others.rate
        );
        for task in slow {
            task.abort();
        }
        table.add(
            &format!("p99 of a page beside 1,000 connections: {what}"),
            others.p99,
            "ms",
            Goal::Below(100.0),
        );
    }
}

/// What everybody else notices.
fn others(server: SocketAddr) -> Wrk {
    let arguments = ["-t1", "-c16", "-d3s"].map(str::to_owned);
    let said = run_wrk(server, "/", arguments.into_iter());
    assert!(!said.contains("Non-2xx"), "{said}");
    Wrk::read(&said)
}

/// How somebody takes their time.
#[derive(Clone, Copy)]
enum Mode {
    SlowHead,
    SlowBody,
    SlowRead,
    Idle,
}

impl Mode {
    async fn of(self, server: SocketAddr) {
        let socket = TcpSocket::new_v4().unwrap();
        if let Self::SlowRead = self {
            socket.set_recv_buffer_size(2048).unwrap();
        }
        let Ok(mut stream) = socket.connect(server).await else { return };
        let get = "GET / HTTP/1.1\r\nHost: status.example.org\r\n";
        match self {
            Self::SlowHead => {
                let _ = stream.write_all(get.as_bytes()).await;
                drip(stream).await;
            }
            Self::SlowBody => {
                let head = format!(
                    "POST /integrations/opsgenie/hook HTTP/1.1\r\nHost: status.example.org\r\nAuthorization: Bearer \
                     {SECRET}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
                );
                let _ = stream.write_all(head.as_bytes()).await;
                drip(stream).await;
            }
            Self::SlowRead => {
                for _ in 0..50 {
                    let _ = stream.write_all(format!("{get}\r\n").as_bytes()).await;
                }
                sleep(Duration::from_secs(60)).await;
            }
            Self::Idle => {
                let _ = stream.write_all(format!("{get}\r\n").as_bytes()).await;
                let mut bytes = [0; 16 * 1024];
                while let Ok(1..) = stream.read(&mut bytes).await {}
            }
        }
    }
}

/// A byte a second, for as long as they are taken.
async fn drip(mut stream: TcpStream) {
    while stream.write_all(b"x").await.is_ok() {
        sleep(Duration::from_secs(1)).await;
    }
}

/// A million addresses that nobody has asked for before.
fn addresses(table: &mut Table, site: &Installation) {
    let script = site.write("random.lua", RANDOM);
    let ask = |seconds: u32| {
        let arguments = [
            "-t1".to_owned(),
            "-c64".to_owned(),
            format!("-d{seconds}s"),
            "-s".to_owned(),
            script.display().to_string(),
        ];
        let said = run_wrk(site.address, "/", arguments.into_iter());
        let count = said.lines().find_map(|line| line.trim().split_once(" requests in"));
        count.unwrap_or_else(|| panic!("wrk said {said}")).0.parse::<f64>().unwrap()
    };
    // What an hour of usual work would have taken up as well: buffers, threads, the allocator's own.
    ask(3);
    let before = resident_mb(site);
    let mut asked = 0.0;
    while asked < ADDRESSES {
        asked += ask(5);
    }
    eprintln!("    {asked:.0} addresses were asked for");
    table.add(
        "memory in addition after 1,000,000 random addresses",
        (resident_mb(site) - before).max(0.0),
        "MB",
        Goal::Below(5.0),
    );
}

/// The resident set of its process.
pub(crate) fn resident_mb(site: &Installation) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", site.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    kilobytes / 1024.0
}
