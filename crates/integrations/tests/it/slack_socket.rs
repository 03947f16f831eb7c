//! Socket Mode: each envelope is taken once, acknowledged, and not lost with its connection.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use candor_integrations::{
    Credential,
    slack::{
        api::Api,
        inbound::{Inbound, SlackEvent},
        socket::{EnvelopeReply, SocketEnvelope, SocketStatus, run_watched},
    },
};
use candor_testkit::slack::{FailureCount, FailureMode, SlackRequest, Workspace};
use serde_json::{Value, json};
use tokio::{sync::watch, task::JoinHandle};
use tokio_util::sync::CancellationToken;

const SOON: Duration = Duration::from_secs(20);

/// A client that runs, and what it was given.
struct Client {
    stop: CancellationToken,
    status: watch::Receiver<SocketStatus>,
    taken: Arc<Mutex<Vec<SocketEnvelope>>>,
    task: JoinHandle<()>,
}

impl Client {
    /// Answers with what `answer` says, after so long.
    fn start(workspace: &Workspace, answer: EnvelopeReply, after: Duration) -> Self {
        let api = Api::new(&workspace.settings("#status")).unwrap();
        let token = Credential::Fixed(Workspace::APP_TOKEN.to_owned());
        let (sender, status) = watch::channel(SocketStatus::Connecting);
        let (stop, taken) = (CancellationToken::new(), Arc::<Mutex<Vec<_>>>::default());
        let (stopped, noted) = (stop.clone(), Arc::clone(&taken));
        let handler = move |envelope: SocketEnvelope| {
            let (noted, answer) = (Arc::clone(&noted), answer.clone());
            async move {
                tokio::time::sleep(after).await;
                noted.lock().unwrap().push(envelope);
                answer
            }
        };
        let task = tokio::spawn(async move {
            run_watched(api, token, handler, stopped, &sender).await;
        });
        Self { stop, status, taken, task }
    }

    async fn until(&mut self, wanted: impl Fn(&SocketStatus) -> bool) -> SocketStatus {
        let status = tokio::time::timeout(SOON, self.status.wait_for(|status| wanted(status)));
        status.await.unwrap().unwrap().clone()
    }

    async fn connected(&mut self) {
        self.until(|status| *status == SocketStatus::Connected).await;
    }

    fn taken(&self) -> usize {
        self.taken.lock().unwrap().len()
    }

    async fn end(self) {
        self.stop.cancel();
        tokio::time::timeout(Duration::from_secs(6), self.task).await.unwrap().unwrap();
    }
}

fn an_event(workspace: &Workspace) -> SlackRequest {
    workspace.event(&json!({ "type": "app_uninstalled" }))
}

#[tokio::test]
async fn an_envelope_is_handled_and_acknowledged() {
    let workspace = Workspace::start().await.unwrap();
    let ada = workspace.add_user("Ada");
    let answer = json!({ "text": "All good." });
    let mut client = Client::start(&workspace, EnvelopeReply::With(answer.clone()), Duration::ZERO);
    client.connected().await;
    let command = workspace.command(&ada, "C1", "/candor", "declare");
    assert_eq!(workspace.send(&command).await, Some(answer));
    assert_eq!(
        workspace.send(&an_event(&workspace)).await,
        Some(Value::Null),
        "an event has no answer"
    );
    workspace.ping();
    let shortcut = workspace.send_again(&workspace.shortcut(&ada, "declare"), 1).await;
    assert!(shortcut.is_some());
    let taken = client.taken.lock().unwrap().clone();
    assert!(matches!(&taken[0].inbound, Inbound::Command(command) if command.text == "declare"));
    assert!(
        matches!(&taken[1].inbound, Inbound::Event(event) if event.event == SlackEvent::AppUninstalled)
    );
    assert!(matches!(&taken[2].inbound, Inbound::Interaction(_)));
    assert_eq!(
        (taken[0].accepts_payload, taken[1].accepts_payload, taken[2].retry),
        (true, false, 1)
    );
    client.end().await;
    assert_eq!(
        workspace.until(SOON, |workspace| (workspace.connections() == 0).then_some(())).await,
        Some(())
    );
}

#[tokio::test]
async fn an_unhandled_envelope_is_not_acknowledged() {
    let workspace = Workspace::start().await.unwrap();
    let mut client = Client::start(&workspace, EnvelopeReply::NotTaken, Duration::ZERO);
    client.connected().await;
    assert_eq!(workspace.send(&an_event(&workspace)).await, None);
    assert_eq!(client.taken(), 1);
    client.end().await;
}

#[tokio::test]
async fn a_hundred_at_a_time_are_each_answered() {
    let workspace = Workspace::start().await.unwrap();
    let mut client = Client::start(&workspace, EnvelopeReply::Taken, Duration::from_millis(100));
    client.connected().await;
    let sent: Vec<_> = (0..100).map(|_| an_event(&workspace)).collect();
    let answers = futures::future::join_all(sent.iter().map(|sent| workspace.send(sent))).await;
    let answered = answers.iter().flatten().count();
    println!("envelopes: 100 sent at once, {answered} answered");
    assert_eq!((answered, client.taken()), (100, 100));
    client.end().await;
}

#[tokio::test]
async fn the_next_connection_is_there_before_the_old_one_goes() {
    let workspace = Workspace::start().await.unwrap();
    let mut client = Client::start(&workspace, EnvelopeReply::Taken, Duration::ZERO);
    client.connected().await;
    workspace.announce_end("refresh_requested");
    let both =
        workspace.until(SOON, |workspace| (workspace.connections() == 2).then_some(())).await;
    assert_eq!(both, Some(()));
    assert!(workspace.send(&an_event(&workspace)).await.is_some());
    client.end().await;
}

#[tokio::test]
async fn a_connection_that_breaks_or_cant_be_opened_comes_back() {
    let workspace = Workspace::start().await.unwrap();
    workspace.fail(
        "apps.connections.open",
        FailureCount::Next(1),
        FailureMode::Error("invalid_auth"),
    );
    let mut client = Client::start(&workspace, EnvelopeReply::Taken, Duration::ZERO);
    let status = client.until(|status| matches!(status, SocketStatus::Trouble(_))).await;
    assert!(
        matches!(status, SocketStatus::Trouble(why) if why.contains("does not accept the token"))
    );
    client.connected().await;
    workspace.cut();
    client.until(|status| matches!(status, SocketStatus::Trouble(_))).await;
    client.connected().await;
    assert!(workspace.send(&an_event(&workspace)).await.is_some());
    workspace.go_away().await;
    client.until(|status| matches!(status, SocketStatus::Trouble(_))).await;
    workspace.come_back().await.unwrap();
    client.connected().await;
    assert!(workspace.send(&an_event(&workspace)).await.is_some());
    assert_eq!(workspace.connections_so_far(), 3);
    client.end().await;
}

#[tokio::test]
async fn a_connection_that_is_silent_for_a_minute_is_dropped() {
    let workspace = Workspace::start().await.unwrap();
    let mut client = Client::start(&workspace, EnvelopeReply::Taken, Duration::ZERO);
    client.connected().await;
    workspace.freeze();
    // The clock jumps from one waiting task to the next.
    tokio::time::pause();
    let since = tokio::time::Instant::now();
    client.status.wait_for(|status| matches!(status, SocketStatus::Trouble(_))).await.unwrap();
    let silence = since.elapsed();
    tokio::time::resume();
    assert!((55..=61).contains(&silence.as_secs()), "{silence:?}");
    client.connected().await;
    client.end().await;
}

#[tokio::test]
async fn running_requests_are_still_answered_at_the_end() {
    let workspace = Workspace::start().await.unwrap();
    let mut client = Client::start(&workspace, EnvelopeReply::Taken, Duration::from_millis(700));
    client.connected().await;
    let event = an_event(&workspace);
    let stop = client.stop.clone();
    let stopping = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        stop.cancel();
    };
    let (answer, ()) = tokio::join!(workspace.send(&event), stopping);
    assert!(answer.is_some());
    client.end().await;

    let mut slow = Client::start(&workspace, EnvelopeReply::Taken, Duration::from_secs(600));
    slow.connected().await;
    let event = an_event(&workspace);
    assert_eq!(workspace.send(&event).await, None);
    slow.end().await;
}
