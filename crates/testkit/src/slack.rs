//! A fake Slack workspace: an HTTP server that keeps and checks what it gets, as Slack would, and fails on demand; and
//! users who press buttons, type and submit.
//!
//! ```no_run
//! # use candor_integrations::slack::api::Api;
//! # use candor_testkit::slack::{FailureCount, FailureMode, Workspace};
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let workspace = Workspace::start().await?;
//! let (ada, status) = (workspace.add_user("Ada"), workspace.add_channel("status", false));
//! let api = Api::new(&workspace.settings("#status"))?;
//! api.join(&status).await?;
//! workspace.fail("chat.postMessage", FailureCount::Next(3), FailureMode::Status(500));
//! // … post a message with a button, and then:
//! let [message] = workspace.messages(&status).try_into().unwrap();
//! let click = workspace.click(&ada, &status, &message.ts, "confirm")?;
//! // Post click.body with click.content_type and click.headers to the address for Slack.
//! # Ok(()) }
//! ```
//!
//! A test lets Slack's own Python SDK use it.

mod failure_mode;
mod form;
pub mod judge;
mod methods;
mod server;
mod setup;
mod socket;
mod state;
mod submission;
mod user_action;

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use candor_integrations::{Credential, slack::SlackSettings};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::Sha256;
use tokio::{net::TcpSocket, sync::watch, task::JoinHandle};

pub use failure_mode::{FailureCount, FailureMode};
pub use state::{FakeEphemeral, Modal, SlackMessage};
pub use user_action::{FakeInput, ImpossibleAction, SlackRequest};

use socket::Sockets;
use state::{FakeChannel, FakeState};

/// The scopes that the app's manifest asks for.
const SCOPES: [&str; 10] = [
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "reactions:read",
    "usergroups:read",
    "users:read",
];

/// The signature that Slack would give a body at `at`: the time as it stands in its header, and the signature.
pub fn sign(secret: &str, at: Timestamp, body: &[u8]) -> (String, String) {
    let timestamp = at.as_second().to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key of any length");
    mac.update(format!("v0:{timestamp}:").as_bytes());
    mac.update(body);
    let signature = format!("v0={}", HEXLOWER.encode(&mac.finalize().into_bytes()));
    (timestamp, signature)
}

/// A call.
#[derive(Debug, Clone)]
pub struct Call {
    /// When it came.
    pub at: Instant,
    /// The method; `respond` for a response URL.
    pub method: String,
    /// Its arguments.
    pub arguments: Map<String, Value>,
    /// The failure that was applied.
    pub failure: Option<FailureMode>,
    /// The workspace's answer; none if it did nothing.
    pub answer: Option<Value>,
}

impl Call {
    /// Whether the call took effect, whatever was answered.
    pub fn was_done(&self) -> bool {
        let ok = self.answer.as_ref().and_then(|answer| answer.get("ok"));
        ok.and_then(Value::as_bool).unwrap_or_default()
    }
}

/// A Slack workspace; ends when dropped.
#[derive(Debug)]
pub struct Workspace {
    addr: SocketAddr,
    shared: Arc<WorkspaceState>,
    server: Mutex<Option<JoinHandle<()>>>,
    /// Bound and never listening: the port stays ours while the server is away, and refuses.
    _port: TcpSocket,
}

#[derive(Debug)]
struct WorkspaceState {
    state: Mutex<FakeState>,
    changed: watch::Sender<u64>,
    sockets: Sockets,
}

impl Workspace {
    /// The bot's token.
    pub const BOT_TOKEN: &str = "xoxb-candor-test";
    /// The app's token, for Socket Mode.
    pub const APP_TOKEN: &str = "xapp-candor-test";
    /// The signing secret.
    pub const SIGNING_SECRET: &str = "8f742231b10e8888abcd99candortest";
    /// The workspace's id.
    pub const TEAM: &str = state::TEAM;
    /// The bot's user id.
    pub const BOT_USER: &str = state::BOT_USER;

    /// An empty workspace on a free port of this machine, with the app installed and all its scopes granted.
    pub async fn start() -> io::Result<Self> {
        let port = TcpSocket::new_v4()?;
        port.set_reuseaddr(true)?;
        port.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let addr = port.local_addr()?;
        let mut state = FakeState::new(format!("http://{addr}"));
        state.bot_tokens.insert(Self::BOT_TOKEN.to_owned());
        state.app_tokens.insert(Self::APP_TOKEN.to_owned());
        state.scopes = SCOPES.into_iter().map(str::to_owned).collect();
        let shared = WorkspaceState {
            state: Mutex::new(state),
            changed: watch::Sender::default(),
            sockets: Sockets::default(),
        };
        let server = Mutex::default();
        let workspace = Self { addr, shared: Arc::new(shared), server, _port: port };
        workspace.come_back().await?;
        Ok(workspace)
    }

    /// Stops the server: connections are cut, and new ones are refused.
    pub async fn go_away(&self) {
        let server = lock(&self.server).take();
        if let Some(server) = server {
            server.abort();
            drop(server.await);
        }
    }

    /// Starts the server again, with all its state.
    #[expect(clippy::unused_async, reason = "it needs the runtime, as its opposite does")]
    pub async fn come_back(&self) -> io::Result<()> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind(self.addr)?;
        let server = tokio::spawn(server::serve(socket.listen(1_024)?, Arc::clone(&self.shared)));
        lock(&self.server).replace(server);
        Ok(())
    }

    /// The base of the Web API, with a slash at the end.
    pub fn api_url(&self) -> String {
        format!("http://{}/api/", self.addr)
    }

    /// Settings for it, with the bot's token and the signing secret.
    pub fn settings(&self, channel: &str) -> SlackSettings {
        let fixed = |secret: &str| Credential::Fixed(secret.to_owned());
        SlackSettings {
            api_url: self.api_url(),
            signing_secret: Some(fixed(Self::SIGNING_SECRET)),
            ..SlackSettings::new(fixed(Self::BOT_TOKEN), channel)
        }
    }

    // ---- failures ----

    /// Calls of a method fail (`*`: of any, `respond`: response URLs).
    pub fn fail(&self, method: &str, times: FailureCount, mode: FailureMode) {
        self.change(|state| state.failures.plan(method, times, mode));
    }

    /// Ends all failures.
    pub fn recover(&self) {
        self.change(|state| state.failures.clear());
    }

    // ---- Socket Mode ----

    /// Sends a request over the newest connection, once there is one: the payload of the answer (`null` for a bare
    /// one), or none within three seconds.
    pub async fn send(&self, sent: &SlackRequest) -> Option<Value> {
        self.shared.sockets.send(sent.envelope, &sent.payload, 0).await
    }

    /// Sends it as a retry of one that got no answer.
    pub async fn send_again(&self, sent: &SlackRequest, attempt: u32) -> Option<Value> {
        self.shared.sockets.send(sent.envelope, &sent.payload, attempt).await
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.shared.sockets.count()
    }

    /// How many connections were ever opened.
    pub fn connections_so_far(&self) -> u64 {
        self.shared.sockets.opened()
    }

    /// Asks for new connections, since these will be closed: `warning` or `refresh_requested`.
    pub fn announce_end(&self, reason: &str) {
        self.shared.sockets.announce_end(reason);
    }

    /// Pings all connections.
    pub fn ping(&self) {
        self.shared.sockets.ping();
    }

    /// All connections stay open, but nothing answers on them.
    pub fn freeze(&self) {
        self.shared.sockets.freeze();
    }

    /// Cuts all connections.
    pub fn cut(&self) {
        self.shared.sockets.cut();
    }

    // ---- inside ----

    fn read_state<T>(&self, read: impl FnOnce(&FakeState) -> T) -> T {
        read(&lock(&self.shared.state))
    }

    fn change<T>(&self, change: impl FnOnce(&mut FakeState) -> T) -> T {
        let changed = change(&mut lock(&self.shared.state));
        self.shared.changed.send_modify(|version| *version += 1);
        changed
    }

    fn with_channel<T>(&self, id: &str, change: impl FnOnce(&mut FakeChannel) -> T) {
        self.change(|state| state.channels.iter_mut().find(|channel| channel.id == id).map(change));
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        if let Some(server) = lock(&self.server).take() {
            server.abort();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
