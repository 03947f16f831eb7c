//! Throughput, latency, processor time and memory, for `docs/trust/figures.md`. Ratios come from the same run.

use std::{
    fs,
    io::Write as _,
    net::{SocketAddr, TcpStream as StdStream},
    thread::sleep,
    time::{Duration, UNIX_EPOCH},
};

use candor_testkit::{
    figures::{Goal, Table},
    within,
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    task::JoinSet,
};

use crate::{
    process::Process,
    sink::Sink,
    site::{Harness, Site},
};

/// Concurrent sends, and connections of the raw client: the default of `CANDOR_CONCURRENCY`.
const CONNECTIONS: usize = 20;
/// The response delay of a slow mail server.
const MAIL_DELAY: Duration = Duration::from_millis(20);

pub(crate) fn measure(harness: &Harness) {
    let mut table = Table::default();
    idle(harness, &mut table);
    wake_ups(harness, &mut table);
    against_raw(harness, &mut table, Duration::ZERO);
    against_raw(harness, &mut table, MAIL_DELAY);
    scaling(harness, &mut table);
    print!("{table}");
}

/// Processor time and memory of idle processes, and after a fan-out.
fn idle(harness: &Harness, table: &mut Table) {
    let recipients = harness.times(500, 10_000, 10_000);
    let lasts = Duration::from_secs(u64::try_from(harness.times(5, 30, 30)).unwrap());
    let mut site = Site::new(harness, "figures-idle", recipients);
    let (web, _) = site.web("web", &[]);
    let worker = site.worker("worker", &[]);
    sleep(Duration::from_secs(3));
    let before = [&web, &worker].map(Process::processor_time);
    sleep(lasts);
    let after = [&web, &worker].map(Process::processor_time);
    for (n, name) in ["web", "worker"].into_iter().enumerate() {
        let share = (after[n] - before[n]).as_secs_f64() / lasts.as_secs_f64() * 100.0;
        table.note(&format!("{name}, idle: processor"), share, "%");
    }
    table.add("web, idle: resident memory", web.memory(), "MB", Goal::Below(50.0));
    table.add("worker, idle: resident memory", worker.memory(), "MB", Goal::Below(30.0));
    site.declared();
    site.wait_until_sent(Duration::from_secs(600));
    table.add(&format!("web, after {recipients} mails"), web.memory(), "MB", Goal::Below(50.0));
    table.add(
        &format!("worker, after {recipients} mails"),
        worker.memory(),
        "MB",
        Goal::Below(30.0),
    );
}

/// From LPUSH to the start of the handler: the harness pushes, and the worker records when it was woken.
fn wake_ups(harness: &Harness, table: &mut Table) {
    let times = harness.times(50, 1_000, 1_000);
    let site = Site::new(harness, "figures-wake-ups", 1);
    let worker = site.worker("worker", &[("CANDOR_TEST_NOTE", "wake-up-taken")]);
    sleep(Duration::from_secs(2));
    let mut latencies = Vec::with_capacity(times);
    let mut redis = StdStream::connect(site.redis.address()).unwrap();
    redis.set_nodelay(true).unwrap();
    let before = (0..).find(|n| note(&worker, *n).is_none()).unwrap();
    for n in before..before + times {
        let pushed = micros();
        redis.write_all(b"LPUSH candor:queue:mail 1\r\n").unwrap();
        let mut woken = None;
        within("the wake-up to be taken", Duration::from_secs(10), || {
            woken = note(&worker, n);
            woken.is_some()
        });
        latencies.push((woken.unwrap() - pushed) / 1_000.0);
    }
    latencies.sort_by(f64::total_cmp);
    let at = |percent: usize| latencies[(times * percent / 100).min(times - 1)];
    table.add("wake-up: LPUSH → handler, median", at(50), "ms", Goal::Below(1.0));
    table.add("wake-up: LPUSH → handler, p99", at(99), "ms", Goal::Below(5.0));
}

/// When the worker got its wake-up number `n`.
fn note(worker: &Process, n: usize) -> Option<f64> {
    let log = fs::read_to_string(&worker.log).unwrap();
    let (whole, _) = log.rsplit_once('\n')?;
    let notes = whole.lines().filter_map(|line| line.strip_prefix("note wake-up-taken "));
    notes.map(|note| note.parse().unwrap()).nth(n)
}

/// Microseconds since 1970; exact in a float for centuries.
fn micros() -> f64 {
    UNIX_EPOCH.elapsed().unwrap().as_secs_f64() * 1_000_000.0
}

/// One worker against a client that does nothing but send.
fn against_raw(harness: &Harness, table: &mut Table, thinks: Duration) {
    let mails = harness.times(500, 10_000, 10_000);
    let site = fan_out(harness, mails, thinks, 1);
    let length = site.sink.mails()[0].bytes;
    let ours = rate(&site.sink, mails);
    let raw = Sink::new(harness.handle().clone());
    raw.answer_after(thinks);
    let door = raw.door();
    harness.runtime.block_on(async {
        let clients: JoinSet<_> =
            (0..CONNECTIONS).map(|_| send(door.address, mails / CONNECTIONS, length)).collect();
        clients.join_all().await
    });
    let theirs = rate(&raw, mails);
    let server = if thinks.is_zero() {
        "answers at once".to_owned()
    } else {
        format!("thinks for {} ms", thinks.as_millis())
    };
    table.note(&format!("one worker, the mail server {server}"), ours, "mails/s");
    table.note(&format!("a raw client, the mail server {server}"), theirs, "mails/s");
    table.note(
        &format!("one worker against a raw client, the mail server {server}"),
        ours / theirs,
        "×",
    );
}

/// A fan-out to this many recipients, by this many workers, until its end.
fn fan_out(harness: &Harness, recipients: usize, thinks: Duration, workers: usize) -> Site<'_> {
    let mut site = Site::new(harness, &format!("figures-{workers}"), recipients);
    site.set("CONCURRENCY", CONNECTIONS);
    site.set("LEASE", 60);
    site.sink.answer_after(thinks);
    let _workers: Vec<_> = (0..workers).map(|n| site.worker(&format!("worker-{n}"), &[])).collect();
    site.declared();
    let audit = site.wait_until_sent(Duration::from_secs(900));
    assert!(audit.lost == 0 && audit.repeated == 0, "{audit}");
    site
}

/// Mails a second, from the first to the last.
fn rate(sink: &Sink, mails: usize) -> f64 {
    let accepted = sink.mails();
    let took = accepted[accepted.len() - 1].at - accepted[0].at;
    f64::from(u32::try_from(mails).unwrap()) / took.as_secs_f64()
}

/// Sends this many mails of this length, one after another on one connection.
async fn send(server: SocketAddr, mails: usize, length: usize) {
    let stream = TcpStream::connect(server).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    let text = ("x".repeat(70) + "\r\n").repeat(length / 72);
    let message = format!("Message-ID: <raw@example.org>\r\n\r\n{text}.\r\n");
    let commands =
        ["MAIL FROM:<a@example.org>\r\n", "RCPT TO:<b@example.org>\r\n", "DATA\r\n", &message];
    stream.read_line(&mut line).await.unwrap();
    stream.write_all(b"HELO raw\r\n").await.unwrap();
    stream.read_line(&mut line).await.unwrap();
    for command in commands.iter().cycle().take(mails * commands.len()) {
        line.clear();
        stream.write_all(command.as_bytes()).await.unwrap();
        stream.read_line(&mut line).await.unwrap();
        assert!(line.starts_with(['2', '3']), "{line}");
    }
}

/// The same fan-out with one, two and four workers, at a slow mail server.
fn scaling(harness: &Harness, table: &mut Table) {
    let mails = harness.times(500, 10_000, 10_000);
    let thinks = MAIL_DELAY * 5;
    let mut one = 0.0;
    for workers in [1, 2, 4] {
        let site = fan_out(harness, mails, thinks, workers);
        let rate = rate(&site.sink, mails);
        let what =
            format!("{workers} workers, the mail server thinks for {} ms", thinks.as_millis());
        table.note(&what, rate, "mails/s");
        if workers == 1 {
            one = rate;
        } else {
            table.note(&format!("{workers} workers against one"), rate / one, "×");
        }
    }
}
