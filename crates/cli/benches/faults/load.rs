//! Visitors and providers: what asks while things break.

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    runtime::Handle,
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::{
    http::Connection,
    site::{SECRET, opsgenie},
};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// Pause of a provider before it sends the same alert again.
const AGAIN: Duration = Duration::from_millis(50);

/// A connection that is kept.
struct Client {
    server: SocketAddr,
    stream: Option<TcpStream>,
}

impl Client {
    fn new(server: SocketAddr) -> Self {
        Self { server, stream: None }
    }

    /// Asks; the status. A kept connection that the server had closed before we asked is opened anew, as any client
    /// does (RFC 9112, section 9.3.1).
    async fn ask(&mut self, request: &[u8]) -> io::Result<u16> {
        let was_kept = self.stream.is_some();
        match self.try_ask(request).await {
            Err(error) if was_kept && error.kind() != io::ErrorKind::TimedOut => {
                self.stream = None;
                self.try_ask(request).await
            }
            answer => answer,
        }
        .inspect_err(|_| self.stream = None)
    }

    async fn try_ask(&mut self, request: &[u8]) -> io::Result<u16> {
        match timeout(PATIENCE, self.ask_patiently(request)).await {
            Ok(answer) => answer,
            Err(_elapsed) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    async fn ask_patiently(&mut self, request: &[u8]) -> io::Result<u16> {
        let stream = match self.stream.take() {
            Some(stream) => self.stream.insert(stream),
            None => self.stream.insert(TcpStream::connect(self.server).await?),
        };
        stream.set_nodelay(true)?;
        stream.write_all(request).await?;
        let (mut raw, mut chunk) = (Vec::new(), vec![0; 16 * 1024]);
        loop {
            if let Some(end) = raw.windows(4).position(|four: &[u8]| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&raw[..end]).to_ascii_lowercase();
                let header = |name: &str| {
                    head.lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(|value| value.trim().to_owned())
                };
                let length: usize =
                    header("content-length:").and_then(|length| length.parse().ok()).unwrap_or(0);
                if raw.len() >= end + 4 + length {
                    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
                    if header("connection:").is_some_and(|value| value == "close") {
                        self.stream = None;
                    }
                    return status.ok_or_else(|| io::ErrorKind::InvalidData.into());
                }
            }
            match stream.read(&mut chunk).await? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                n => raw.extend_from_slice(&chunk[..n]),
            }
        }
    }
}

/// Visitors who ask for the page without end.
pub(crate) struct Visitors {
    shared: Arc<Looks>,
    tasks: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Looks {
    stop: AtomicBool,
    good: AtomicU64,
    bad: AtomicU64,
    first_bad: Mutex<Option<String>>,
}

impl Visitors {
    /// So many, each with a pause between two looks.
    pub(crate) fn come(
        runtime: &Handle,
        server: SocketAddr,
        count: usize,
        pause: Duration,
    ) -> Self {
        let shared: Arc<Looks> = Arc::default();
        let look = |shared: Arc<Looks>| async move {
            let mut client = Client::new(server);
            let request =
                format!("GET / HTTP/1.1\r\nHost: {server}\r\nAccept-Encoding: gzip\r\n\r\n");
            while !shared.stop.load(Ordering::Acquire) {
                let failure = match client.ask(request.as_bytes()).await {
                    Ok(200) => None,
                    Ok(status) => Some(format!("status {status}")),
                    Err(error) => Some(error.to_string()),
                };
                match failure {
                    None => drop(shared.good.fetch_add(1, Ordering::Relaxed)),
                    Some(why) => {
                        shared.bad.fetch_add(1, Ordering::Relaxed);
                        shared.first_bad.lock().unwrap().get_or_insert(why);
                    }
                }
                sleep(pause).await;
            }
        };
        let tasks = (0..count).map(|_| runtime.spawn(look(shared.clone()))).collect();
        Self { shared, tasks }
    }

    /// They go: good answers, bad ones, and what was first bad.
    pub(crate) fn leave(self, runtime: &Handle) -> (u64, u64, Option<String>) {
        self.shared.stop.store(true, Ordering::Release);
        for task in self.tasks {
            runtime.block_on(task).unwrap();
        }
        let first = self.shared.first_bad.lock().unwrap().take();
        (self.shared.good.load(Ordering::Relaxed), self.shared.bad.load(Ordering::Relaxed), first)
    }
}

/// Providers that send alerts, each again and again until it is acknowledged.
pub(crate) struct Providers {
    shared: Arc<Sent>,
    tasks: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Sent {
    stop: AtomicBool,
    next: AtomicUsize,
    /// Acknowledged alerts, and how often each was sent.
    acknowledged: Mutex<BTreeMap<String, usize>>,
    /// Every answer: when it was asked, when it came, and its status (0: none).
    answers: Mutex<Vec<(Instant, Instant, u16)>>,
}

impl Providers {
    pub(crate) fn come(
        runtime: &Handle,
        servers: &[SocketAddr],
        count: usize,
        pause: Duration,
    ) -> Self {
        let shared: Arc<Sent> = Arc::default();
        let tasks = (0..count)
            .map(|n| runtime.spawn(send(shared.clone(), servers[n % servers.len()], pause)))
            .collect();
        Self { shared, tasks }
    }

    /// When the first alert that was asked for after `since` was acknowledged.
    pub(crate) fn first_good_after(&self, since: Instant) -> Option<Instant> {
        let answers = self.shared.answers.lock().unwrap();
        answers.iter().rev().take_while(|(_, came, _)| *came > since).fold(
            None,
            |first, (asked, came, status)| {
                if (200..300).contains(status) && *asked > since { Some(*came) } else { first }
            },
        )
    }

    /// The alerts that were acknowledged so far.
    pub(crate) fn acknowledged(&self) -> Vec<String> {
        self.shared.acknowledged.lock().unwrap().keys().cloned().collect()
    }

    /// They end, each after its alert was acknowledged.
    pub(crate) fn leave(self, runtime: &Handle) -> Alerts {
        self.shared.stop.store(true, Ordering::Release);
        for task in self.tasks {
            runtime
                .block_on(async { timeout(Duration::from_secs(120), task).await })
                .unwrap()
                .unwrap();
        }
        let acknowledged = std::mem::take(&mut *self.shared.acknowledged.lock().unwrap());
        let answers = std::mem::take(&mut *self.shared.answers.lock().unwrap());
        Alerts { acknowledged, answers }
    }
}

/// What the providers know.
pub(crate) struct Alerts {
    pub(crate) acknowledged: BTreeMap<String, usize>,
    pub(crate) answers: Vec<(Instant, Instant, u16)>,
}

impl Alerts {
    /// How many answers were neither 2xx nor 503 nor none at all.
    pub(crate) fn odd(&self) -> usize {
        let odd = |status: u16| !(200..300).contains(&status) && status != 503 && status != 0;
        self.answers.iter().filter(|(_, _, status)| odd(*status)).count()
    }

    /// How many were no 2xx.
    pub(crate) fn refused(&self) -> usize {
        self.answers.iter().filter(|(_, _, status)| !(200..300).contains(status)).count()
    }
}

async fn send(shared: Arc<Sent>, server: SocketAddr, pause: Duration) {
    let mut client = Client::new(server);
    while !shared.stop.load(Ordering::Acquire) {
        let alert = format!("alert-{}", shared.next.fetch_add(1, Ordering::Relaxed));
        let request = alert_request(server, &alert);
        for times in 1.. {
            let asked = Instant::now();
            let status = client.ask(&request).await.unwrap_or(0);
            shared.answers.lock().unwrap().push((asked, Instant::now(), status));
            if (200..300).contains(&status) {
                shared.acknowledged.lock().unwrap().insert(alert, times);
                break;
            }
            sleep(AGAIN).await;
        }
        sleep(pause).await;
    }
}

/// The alert as a request.
fn alert_request(server: SocketAddr, alert: &str) -> Vec<u8> {
    let body = opsgenie("Create", alert, 1_700_000_000_000_000_000).to_string();
    format!(
        "POST /integrations/opsgenie/hook HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {SECRET}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Sends one alert once; its status, none if there was no answer.
pub(crate) fn alert(server: SocketAddr, alert: &str) -> Option<u16> {
    let body = opsgenie("Create", alert, 1_700_000_000_000_000_000).to_string();
    let authorization = format!("Bearer {SECRET}");
    let headers = [
        ("Content-Type", "application/json"),
        ("Authorization", authorization.as_str()),
        ("Connection", "close"),
    ];
    let mut connection = Connection::open(server).ok()?;
    let answer = connection.ask("POST", "/integrations/opsgenie/hook", &headers, body.as_bytes());
    answer.ok().map(|answer| answer.status)
}
