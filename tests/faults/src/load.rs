//! Load while things break: visitors who read the page, and providers who send alerts.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use candor_testkit::site::{SECRET, opsgenie, post_hook};
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, body::Bytes};
use hyper_util::{client::legacy::connect::HttpConnector, rt::TokioExecutor};
use tokio::{
    runtime::Handle,
    task::JoinHandle,
    time::{sleep, timeout},
};

/// How long one answer may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);
/// Pause of a provider before it sends the same alert again.
const RETRY_DELAY: Duration = Duration::from_millis(50);

/// Keeps its connections open, and replaces those that the server has closed.
type Client = hyper_util::client::legacy::Client<HttpConnector, Full<Bytes>>;

fn client() -> Client {
    hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build_http()
}

/// Sends a request and reads the whole answer; returns its status.
async fn ask(client: &Client, request: Request<Full<Bytes>>) -> Result<u16, String> {
    let answer = async {
        let answer = client.request(request).await.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        answer.into_body().collect().await.map_err(|error| error.to_string())?;
        Ok(status)
    };
    timeout(ANSWER_TIMEOUT, answer).await.unwrap_or_else(|elapsed| Err(elapsed.to_string()))
}

/// Visitors who request the page continuously.
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
    /// Starts this many, each with a pause between two requests.
    pub(crate) fn come(
        runtime: &Handle,
        server: SocketAddr,
        count: usize,
        pause: Duration,
    ) -> Self {
        let shared: Arc<Looks> = Arc::default();
        let look = |shared: Arc<Looks>| async move {
            let client = client();
            while !shared.stop.load(Ordering::Acquire) {
                let request = Request::get(format!("http://{server}/"));
                let request = request.header("Accept-Encoding", "gzip").body(Full::default());
                let failure = match ask(&client, request.unwrap()).await {
                    Ok(200) => None,
                    Ok(status) => Some(format!("status {status}")),
                    Err(error) => Some(error),
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

    /// Stops them: returns good answers, bad answers, and the first bad one.
    pub(crate) fn leave(self, runtime: &Handle) -> (u64, u64, Option<String>) {
        self.shared.stop.store(true, Ordering::Release);
        for task in self.tasks {
            runtime.block_on(task).unwrap();
        }
        let first = self.shared.first_bad.lock().unwrap().take();
        (self.shared.good.load(Ordering::Relaxed), self.shared.bad.load(Ordering::Relaxed), first)
    }
}

/// Providers that send alerts, each repeatedly until it is acknowledged.
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
    /// Every answer: when it was requested, when it came, and its status (0: none).
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

    /// When the first alert requested after `since` was acknowledged.
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

    /// Stops them, each after its alert was acknowledged.
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

/// The result of the providers.
pub(crate) struct Alerts {
    pub(crate) acknowledged: BTreeMap<String, usize>,
    pub(crate) answers: Vec<(Instant, Instant, u16)>,
}

impl Alerts {
    /// How many answers were neither 2xx, nor 503, nor missing.
    pub(crate) fn odd(&self) -> usize {
        let odd = |status: u16| !(200..300).contains(&status) && status != 503 && status != 0;
        self.answers.iter().filter(|(_, _, status)| odd(*status)).count()
    }

    /// How many answers were not 2xx.
    pub(crate) fn refused(&self) -> usize {
        self.answers.iter().filter(|(_, _, status)| !(200..300).contains(status)).count()
    }
}

async fn send(shared: Arc<Sent>, server: SocketAddr, pause: Duration) {
    let client = client();
    while !shared.stop.load(Ordering::Acquire) {
        let alert = format!("alert-{}", shared.next.fetch_add(1, Ordering::Relaxed));
        for times in 1.. {
            let asked = Instant::now();
            let status = ask(&client, alert_request(server, &alert)).await.unwrap_or(0);
            shared.answers.lock().unwrap().push((asked, Instant::now(), status));
            if (200..300).contains(&status) {
                shared.acknowledged.lock().unwrap().insert(alert, times);
                break;
            }
            sleep(RETRY_DELAY).await;
        }
        sleep(pause).await;
    }
}

/// The alert as a request.
fn alert_request(server: SocketAddr, alert: &str) -> Request<Full<Bytes>> {
    let body = opsgenie("Create", alert, 1_700_000_000_000_000_000).to_string();
    let request = Request::post(format!("http://{server}/integrations/opsgenie/hook"));
    let request = request.header("Authorization", format!("Bearer {SECRET}"));
    request.header("Content-Type", "application/json").body(body.into()).unwrap()
}

/// Sends one alert once; returns its status, or none without an answer.
pub(crate) fn alert(server: SocketAddr, alert: &str) -> Option<u16> {
    let body = opsgenie("Create", alert, 1_700_000_000_000_000_000);
    post_hook(server, &body).ok().map(|answer| answer.status)
}
