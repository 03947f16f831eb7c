//! Slack's requests to a real server over a real database, with the fake workspace at the other end.

mod access;
mod bodies;
mod crowds;
mod events;
mod firewall;
mod flow;
mod forms;
mod signatures;
mod typed;

use candor_content::notification_text::ReaderPreferences;
use candor_core::{Board, Command, IncidentNumber, Status};
use candor_integrations::slack::{
    SlackContext,
    api::{Api, PostMessage},
    thread,
};
use candor_store::{SlackChannel, Store, StoreSettings};
use candor_testkit::{
    execute,
    slack::{SlackRequest, Workspace},
    story::raise_with_message,
};
use candor_web::WebSettings;
use serde_json::Value;

use crate::{
    client::{DEADLINE, TestRequest, TestResponse, post},
    test_server::{TestServer, links, settings},
};

pub(crate) const EVENTS: &str = "/integrations/slack/events";
/// The reaction that proposes a message as an update.
const REACTION: &str = "mega";

/// A server, its Slack workspace, and two people in it.
struct Team {
    server: TestServer,
    workspace: Workspace,
    api: Api,
    channel: String,
    ada: String,
    bob: String,
}

impl Team {
    async fn new() -> Self {
        Self::with(|settings, _workspace| settings).await
    }

    async fn with(change: impl FnOnce(WebSettings, &Workspace) -> WebSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", crate::test_server::database(folder.path()).display());
        // A new alert must not reopen the incident that was dismissed in the round before.
        let refire = jiff::SignedDuration::ZERO;
        let settings = StoreSettings { refire, ..StoreSettings::default() };
        Self::over(Store::open_with(&url, settings).unwrap(), folder, change).await
    }

    async fn over(
        store: Store,
        folder: tempfile::TempDir,
        change: impl FnOnce(WebSettings, &Workspace) -> WebSettings,
    ) -> Self {
        store.migrate().await.unwrap();
        store.follow();
        let workspace = Workspace::start().await.unwrap();
        let (ada, bob) = (workspace.add_user("Ada"), workspace.add_user("Bob"));
        let channel = workspace.add_channel("status", false);
        let slack = candor_integrations::slack::SlackSettings {
            reaction: Some(REACTION.to_owned()),
            ..workspace.settings("#status")
        };
        let api = Api::new(&slack).unwrap();
        api.join(&channel).await.unwrap();
        // As the worker does at its start.
        store.set_chat_channels(&["slack"]).await.unwrap();
        let (team, name) = (Workspace::TEAM.to_owned(), "status".to_owned());
        let found = SlackChannel { team, id: channel.clone(), name };
        store.set_slack_channel("slack", &found).await.unwrap();
        let settings = WebSettings { slack: Some(slack), ..settings(folder.path()) };
        let server = TestServer::open(folder, store, change(settings, &workspace));
        server.until("/healthcheck/", |answer| answer.status == 200).await;
        Self { server, workspace, api, channel, ada, bob }
    }

    /// Sends a person's action to the server, as Slack would.
    async fn send(&self, sent: &SlackRequest) -> TestResponse {
        request(sent).send_to(self.server.address).await
    }

    /// The same as [`Self::send`], for an accepted request.
    async fn send_ok(&self, sent: &SlackRequest) -> TestResponse {
        let answer = self.send(sent).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer
    }

    /// Sends any body, signed.
    async fn signed(&self, content_type: &str, body: impl Into<Vec<u8>>) -> TestResponse {
        let body = body.into();
        let headers = self.workspace.sign(&body);
        let request = post(EVENTS).header("Content-Type", content_type).body(body);
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        request.send_to(self.server.address).await
    }

    /// Sends an interaction's payload.
    async fn payload(&self, payload: &Value) -> TestResponse {
        let form = form(&[("payload", &payload.to_string())]);
        self.signed("application/x-www-form-urlencoded", form).await
    }

    /// Sends an event's body.
    async fn event(&self, body: &Value) -> TestResponse {
        self.signed("application/json", body.to_string()).await
    }

    fn board(&self) -> std::sync::Arc<Board> {
        self.server.store.snapshot().borrow().board.clone().unwrap()
    }

    fn status(&self, incident: u32) -> Status {
        self.board().incident(crate::test_server::number(incident)).unwrap().status
    }

    /// The types of all events in the log.
    async fn log(&self) -> Vec<String> {
        let events = self.server.store.events(0, 100_000).await.unwrap();
        events.into_iter().map(|event| event.type_name).collect()
    }

    /// Raises an alert and posts its message, as the worker would; returns the incident and the message's `ts`.
    async fn raise_alert(&self, alert: &str) -> (IncidentNumber, String) {
        self.run(raise_with_message(alert, "db-3 is down")).await;
        let newest = self.board().incidents().next().unwrap().number;
        (newest, self.post_root_message(newest).await)
    }

    async fn run(&self, command: Command) {
        let seq = execute(&self.server.store, command).await.last().unwrap().seq;
        self.wait_for_board(seq).await;
    }

    /// Waits until the board is as of event `seq`.
    async fn wait_for_board(&self, seq: u64) {
        let mut snapshots = self.server.store.snapshot();
        let there = snapshots
            .wait_for(|snapshot| snapshot.board.as_ref().is_some_and(|board| board.seq >= seq));
        tokio::time::timeout(DEADLINE, there).await.unwrap().unwrap();
    }

    /// Posts an incident's root message; returns its `ts`.
    async fn post_root_message(&self, incident: IncidentNumber) -> String {
        let store = &self.server.store;
        let begun = store.begin_post("slack", incident, "root", &self.channel).await.unwrap();
        let board = self.board();
        let (names, links) = (|_: &_| "somebody".to_owned(), links());
        let context = SlackContext {
            site_name: "Acme Tickets",
            links: &links,
            reader: &ReaderPreferences::default(),
            two_people: false,
            names: &names,
        };
        let message =
            thread::root(board.incident(incident).unwrap(), Some("db-3 is down"), &context);
        let post = PostMessage {
            channel: &self.channel,
            thread_ts: None,
            broadcast: false,
            message: &message,
            id: Some(begun.id),
        };
        let posted = self.api.post_message(&post).await.unwrap();
        store.posted("slack", incident, "root", &posted.ts, "digest", None).await.unwrap();
        posted.ts
    }

    /// The click of a button in an incident's message.
    fn click(&self, user: &str, ts: &str, action: &str) -> SlackRequest {
        self.workspace.click(user, &self.channel, ts, action).unwrap()
    }

    /// The ephemeral messages to this person, once there are this many.
    async fn ephemeral_texts(&self, user: &str, count: usize) -> Vec<String> {
        let seen = |workspace: &Workspace| {
            let shown = workspace.ephemerals();
            let theirs = shown.into_iter().filter(|one| one.user == user);
            let texts: Vec<_> = theirs.map(|one| one.text).collect();
            (texts.len() >= count).then_some(texts)
        };
        let texts = self.workspace.until(DEADLINE, seen).await;
        let texts = texts.unwrap_or_else(|| panic!("{user} wasn't told {count} times"));
        assert_eq!(texts.len(), count, "{texts:?}");
        texts
    }

    /// The modal open for this person, once there is one with this title.
    async fn modal(&self, user: &str, title: &str) -> Value {
        let seen = |workspace: &Workspace| {
            let view = workspace.modal(user)?.view;
            (view["title"]["text"] == title).then_some(view)
        };
        let view = self.workspace.until(DEADLINE, seen).await;
        view.unwrap_or_else(|| panic!("no {title}; {:?}", self.workspace.calls_of("views.open")))
    }

    async fn close(self) {
        self.server.close().await;
    }
}

/// The HTTP request of a person's action.
fn request(sent: &SlackRequest) -> TestRequest {
    let request = post(EVENTS).header("Content-Type", sent.content_type).body(sent.body.clone());
    sent.headers.iter().fold(request, |request, (name, value)| request.header(name, value))
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
