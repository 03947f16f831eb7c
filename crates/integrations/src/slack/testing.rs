//! A Slack workspace for tests: a real HTTP server that keeps what it is sent, judges it as Slack would, and has bad
//! days on demand; and people who press, type and submit.
//!
//! ```no_run
//! # use candor_integrations::slack::{api::Api, testing::{Input, Times, Trouble, Workspace}};
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let workspace = Workspace::start().await?;
//! let (ada, status) = (workspace.add_user("Ada"), workspace.add_channel("status", false));
//! let api = Api::new(&workspace.settings("#status"))?;
//! api.join(&status).await?;
//! workspace.trouble("chat.postMessage", Times::Next(3), Trouble::Status(500));
//! // … post a message with a button, and then:
//! let [message] = workspace.messages(&status).try_into().unwrap();
//! let click = workspace.click(&ada, &status, &message.ts, "confirm")?;
//! // Post click.body with click.content_type and click.headers to the address for Slack.
//! # Ok(()) }
//! ```
//!
//! It is checked with Slack's own Python SDK, which takes it for Slack.

mod deed;
mod form;
mod http;
pub mod judge;
mod methods;
mod socket;
mod state;
mod submission;
mod trouble;

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde_json::{Map, Value};
use tokio::{
    net::{TcpListener, TcpSocket},
    sync::watch,
    task::JoinHandle,
};

use super::{Credential, SlackSettings, signature};

pub use deed::{Impossible, Input, Sent};
pub use state::{Ephemeral, Modal, SlackMessage};
pub use trouble::{Times, Trouble};

use http::{Answer, Reply, Request};
use socket::Sockets;
use state::{Channel, State};

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
#[must_use]
pub fn sign(secret: &str, at: Timestamp, body: &[u8]) -> (String, String) {
    let timestamp = at.as_second().to_string();
    let signature = signature::sign(secret, &timestamp, body);
    (timestamp, signature)
}

/// A call that was made.
#[derive(Debug, Clone)]
pub struct Call {
    /// When it came.
    pub at: Instant,
    /// The method; `respond` for a response URL.
    pub method: String,
    /// What stood in it.
    pub arguments: Map<String, Value>,
    /// What went wrong with it on purpose.
    pub trouble: Option<Trouble>,
    /// What the workspace did; none if it did nothing.
    pub answer: Option<Value>,
}

impl Call {
    /// Whether what was asked for was done, whatever was answered.
    #[must_use]
    pub fn was_done(&self) -> bool {
        let ok = self.answer.as_ref().and_then(|answer| answer.get("ok"));
        ok.and_then(Value::as_bool).unwrap_or_default()
    }
}

/// A Slack workspace, until it is dropped.
#[derive(Debug)]
pub struct Workspace {
    addr: SocketAddr,
    shared: Arc<Shared>,
    server: Mutex<Option<JoinHandle<()>>>,
    /// Bound and never listening: the port stays ours while the server is away, and refuses.
    _port: TcpSocket,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
    sockets: Sockets,
}

impl Workspace {
    /// The bot's token.
    pub const BOT_TOKEN: &str = "xoxb-candor-test";
    /// The app's token, for Socket Mode.
    pub const APP_TOKEN: &str = "xapp-candor-test";
    /// What requests are signed with.
    pub const SIGNING_SECRET: &str = "8f742231b10e8888abcd99candortest";
    /// The workspace's id.
    pub const TEAM: &str = state::TEAM;
    /// The bot's user id.
    pub const BOT_USER: &str = state::BOT_USER;

    /// An empty workspace on a free port of this machine, with the app installed and all its scopes granted.
    ///
    /// # Errors
    /// No port can be listened on.
    pub async fn start() -> io::Result<Self> {
        let port = TcpSocket::new_v4()?;
        port.set_reuseaddr(true)?;
        port.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let addr = port.local_addr()?;
        let mut state = State::new(format!("http://{addr}"));
        state.bot_tokens.insert(Self::BOT_TOKEN.to_owned());
        state.app_tokens.insert(Self::APP_TOKEN.to_owned());
        state.scopes = SCOPES.into_iter().map(str::to_owned).collect();
        let shared = Shared {
            state: Mutex::new(state),
            changed: watch::Sender::default(),
            sockets: Sockets::default(),
        };
        let server = Mutex::default();
        let workspace = Self { addr, shared: Arc::new(shared), server, _port: port };
        workspace.come_back().await?;
        Ok(workspace)
    }

    /// The server goes away: connections are cut, and new ones are refused.
    pub async fn go_away(&self) {
        let server = lock(&self.server).take();
        if let Some(server) = server {
            server.abort();
            drop(server.await);
        }
    }

    /// The server is there again, and has forgotten nothing.
    ///
    /// # Errors
    /// Its port can't be listened on.
    #[expect(clippy::unused_async, reason = "it needs the runtime, as its opposite does")]
    pub async fn come_back(&self) -> io::Result<()> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind(self.addr)?;
        let server = tokio::spawn(serve(socket.listen(1_024)?, Arc::clone(&self.shared)));
        lock(&self.server).replace(server);
        Ok(())
    }

    /// The base of the Web API, with a slash at the end.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("http://{}/api/", self.addr)
    }

    /// Settings for it, with the bot's token and the signing secret.
    #[must_use]
    pub fn settings(&self, channel: &str) -> SlackSettings {
        let fixed = |secret: &str| Credential::Fixed(secret.to_owned());
        SlackSettings {
            api_url: self.api_url(),
            signing_secret: Some(fixed(Self::SIGNING_SECRET)),
            ..SlackSettings::new(fixed(Self::BOT_TOKEN), channel)
        }
    }

    // ---- what there is ----

    /// A new person: the id.
    #[must_use]
    pub fn add_user(&self, name: &str) -> String {
        self.change(|state| {
            let id = state.id("U");
            state.users.insert(id.clone(), name.to_owned());
            for channel in &mut state.channels {
                channel.members.insert(id.clone());
            }
            id
        })
    }

    /// A new Slack channel with all people in it, but without the bot: the id.
    #[must_use]
    pub fn add_channel(&self, name: &str, private: bool) -> String {
        self.change(|state| {
            let id = state.id("C");
            let members = state.users.keys().filter(|user| *user != state::BOT_USER).cloned();
            let members = members.collect();
            let (name, messages) = (name.to_owned(), Vec::new());
            let channel =
                Channel { id: id.clone(), name, private, archived: false, members, messages };
            state.channels.push(channel);
            id
        })
    }

    /// A new user group: the id.
    #[must_use]
    pub fn add_group(&self, users: &[&str]) -> String {
        self.change(|state| {
            let id = state.id("S");
            let users = users.iter().map(|user| (*user).to_owned()).collect();
            state.groups.insert(id.clone(), users);
            id
        })
    }

    /// Somebody (the bot: [`Workspace::BOT_USER`]) is invited to a Slack channel.
    pub fn invite(&self, user: &str, channel: &str) {
        self.with_channel(channel, |channel| channel.members.insert(user.to_owned()));
    }

    /// A Slack channel is archived, or no longer so.
    pub fn archive(&self, channel: &str, archived: bool) {
        self.with_channel(channel, |channel| channel.archived = archived);
    }

    /// A Slack channel is called otherwise.
    pub fn rename(&self, channel: &str, name: &str) {
        self.with_channel(channel, |channel| name.clone_into(&mut channel.name));
    }

    /// Somebody writes a message: its `ts`.
    #[must_use]
    pub fn write(&self, user: &str, channel: &str, thread_ts: Option<&str>, text: &str) -> String {
        let ts = self.change(State::ts);
        let message = SlackMessage {
            ts: ts.clone(),
            thread_ts: thread_ts.map(str::to_owned),
            user: user.to_owned(),
            text: text.to_owned(),
            blocks: Value::Array(Vec::new()),
            metadata: None,
            broadcast: false,
            edits: 0,
        };
        self.with_channel(channel, |channel| channel.messages.push(message));
        ts
    }

    /// Somebody deletes a message.
    pub fn delete(&self, channel: &str, ts: &str) {
        self.with_channel(channel, |channel| channel.messages.retain(|message| message.ts != ts));
    }

    /// The app is granted these scopes and no others.
    pub fn grant(&self, scopes: &[&str]) {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        self.change(|state| state.scopes = scopes);
    }

    /// Lets a further bot token in.
    pub fn allow(&self, token: &str) {
        self.change(|state| state.bot_tokens.insert(token.to_owned()));
    }

    /// All bot tokens are revoked.
    pub fn revoke_tokens(&self) {
        self.change(|state| {
            let tokens = std::mem::take(&mut state.bot_tokens);
            state.revoked.extend(tokens);
        });
    }

    /// All triggers are older than three seconds.
    pub fn expire_triggers(&self) {
        self.change(|state| {
            for trigger in state.triggers.values_mut() {
                trigger.since =
                    trigger.since.checked_sub(Duration::from_secs(60)).unwrap_or(trigger.since);
            }
        });
    }

    // ---- what was done ----

    /// The messages of a Slack channel, replies among them, the oldest first.
    #[must_use]
    pub fn messages(&self, channel: &str) -> Vec<SlackMessage> {
        self.look(|state| {
            let channel = state.channels.iter().find(|one| one.id == channel);
            channel.map(|channel| channel.messages.clone()).unwrap_or_default()
        })
    }

    /// The messages of a Slack channel that are in no thread, the oldest first.
    #[must_use]
    pub fn roots(&self, channel: &str) -> Vec<SlackMessage> {
        let messages = self.messages(channel).into_iter();
        messages.filter(|message| message.thread_ts.is_none()).collect()
    }

    /// The replies in a thread, the oldest first.
    #[must_use]
    pub fn replies(&self, channel: &str, ts: &str) -> Vec<SlackMessage> {
        let messages = self.messages(channel).into_iter();
        messages.filter(|message| message.thread_ts.as_deref() == Some(ts)).collect()
    }

    /// What single persons were shown, the oldest first.
    #[must_use]
    pub fn ephemerals(&self) -> Vec<Ephemeral> {
        self.look(|state| state.ephemerals.clone())
    }

    /// The modal in front of a person.
    #[must_use]
    pub fn modal(&self, user: &str) -> Option<Modal> {
        self.look(|state| state.modals.iter().rev().find(|modal| modal.user == user).cloned())
    }

    /// A person's home tab.
    #[must_use]
    pub fn home(&self, user: &str) -> Option<Value> {
        self.look(|state| state.homes.get(user).map(|home| home.view.clone()))
    }

    /// Every call so far.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.look(|state| state.calls.clone())
    }

    /// Every call of a method so far.
    #[must_use]
    pub fn calls_of(&self, method: &str) -> Vec<Call> {
        let calls = self.calls().into_iter();
        calls.filter(|call| call.method == method).collect()
    }

    /// Waits until `look` finds something, but no longer than `deadline`.
    pub async fn until<T>(
        &self,
        deadline: Duration,
        look: impl Fn(&Self) -> Option<T>,
    ) -> Option<T> {
        let mut changed = self.shared.changed.subscribe();
        let found = async {
            loop {
                changed.borrow_and_update();
                if let Some(found) = look(self) {
                    return found;
                }
                // Connections come and go without a change of the state.
                let change = changed.changed();
                drop(tokio::time::timeout(Duration::from_millis(50), change).await);
            }
        };
        tokio::time::timeout(deadline, found).await.ok()
    }

    /// Takes the answer to a submission (the body of the 200, or what came back by socket) as Slack does: closes the
    /// modal, changes it, puts another one on it, or shows errors; these by `block_id`.
    ///
    /// # Errors
    /// Slack couldn't do that, and would tell the person that something went wrong.
    pub fn answered(
        &self,
        user: &str,
        answer: &Value,
    ) -> Result<Vec<(String, String)>, Impossible> {
        self.change(|state| state.answered(user, answer)).map_err(Impossible::new)
    }

    // ---- bad days ----

    /// Something goes wrong with calls of a method (`*`: of any, `respond`: response URLs).
    pub fn trouble(&self, method: &str, times: Times, trouble: Trouble) {
        self.change(|state| state.troubles.plan(method, times, trouble));
    }

    /// Nothing goes wrong any more.
    pub fn calm(&self) {
        self.change(|state| state.troubles.clear());
    }

    // ---- Socket Mode ----

    /// Sends a request over the newest connection, once there is one: the payload of the answer (`null` for a bare
    /// one), or none within three seconds.
    pub async fn send(&self, sent: &Sent) -> Option<Value> {
        self.shared.sockets.send(sent.envelope, &sent.payload, 0).await
    }

    /// Sends it as one that was sent before and stayed without an answer.
    pub async fn send_again(&self, sent: &Sent, attempt: u32) -> Option<Value> {
        self.shared.sockets.send(sent.envelope, &sent.payload, attempt).await
    }

    /// How many connections are open.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.sockets.count()
    }

    /// How many connections were ever opened.
    #[must_use]
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

    /// Cuts all connections.
    pub fn cut(&self) {
        self.shared.sockets.cut();
    }

    // ---- inside ----

    fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&lock(&self.shared.state))
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut lock(&self.shared.state));
        self.shared.changed.send_modify(|version| *version += 1);
        changed
    }

    fn with_channel<T>(&self, id: &str, change: impl FnOnce(&mut Channel) -> T) {
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

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let answering = Arc::clone(&shared);
    let reply = move |request: &Request| {
        let reply = answering.reply(request);
        answering.changed.send_modify(|version| *version += 1);
        reply
    };
    http::serve(listener, reply, move |upgraded| {
        let shared = Arc::clone(&shared);
        async move { shared.sockets.hold(upgraded).await }
    })
    .await;
}

impl Shared {
    fn reply(&self, request: &Request) -> Reply {
        let mut state = lock(&self.state);
        let path = request.path.trim_start_matches('/');
        if let Some(ticket) = path.strip_prefix("socket/") {
            return if state.tickets.remove(ticket) {
                Reply::Upgrades
            } else {
                Reply::Answer(Answer::plain(403, "used up"))
            };
        }
        let (method, response) = match (path.strip_prefix("api/"), path.strip_prefix("response/")) {
            (Some(method), _) => (method, None),
            (None, Some(id)) if request.method == "POST" => ("respond", Some(id)),
            _ => return Reply::Answer(Answer::plain(404, "not found")),
        };
        let arguments = methods::arguments(method, request);
        let trouble = state.troubles.of(method);
        let mut answer = None;
        if trouble.as_ref().is_none_or(Trouble::accepts) {
            let header = request.header("authorization").strip_prefix("Bearer ");
            let token = header.or_else(|| arguments.get("token")?.as_str()).unwrap_or_default();
            answer = match response {
                Some(id) => state.answer_response(id, &arguments),
                None => Some(state.answer(method, token, &arguments)),
            };
        }
        let scopes = state.scopes.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        state.calls.push(Call {
            at: Instant::now(),
            method: method.to_owned(),
            arguments,
            trouble: trouble.clone(),
            answer: answer.clone(),
        });
        let Some(trouble) = trouble else {
            let Some(answer) = answer else { return Reply::Answer(Answer::plain(404, "used_url")) };
            let mut answer = Answer::json(&answer);
            answer.headers.push(("x-oauth-scopes", scopes));
            return Reply::Answer(answer);
        };
        trouble.reply()
    }
}

impl Trouble {
    fn reply(self) -> Reply {
        let refused = |code: &str| Answer::json(&serde_json::json!({ "ok": false, "error": code }));
        match self {
            Self::RateLimited(seconds) => {
                let mut answer = refused("ratelimited");
                answer.status = 429;
                answer.headers.push(("Retry-After", seconds.to_string()));
                Reply::Answer(answer)
            }
            Self::Status(status) | Self::StatusAfterAccepting(status) => {
                Reply::Answer(Answer::plain(status, "trouble"))
            }
            Self::Error(code) => Reply::Answer(refused(code)),
            Self::Hangs | Self::HangsAfterAccepting => Reply::Hangs,
            Self::HangsUp | Self::HangsUpAfterAccepting => Reply::HangsUp,
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
