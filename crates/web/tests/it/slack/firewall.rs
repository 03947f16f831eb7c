//! The same over Socket Mode, behind a firewall.

use candor_core::{Severity, Status};
use candor_integrations::Credential;
use candor_testkit::slack::{FakeInput, SlackRequest, Workspace};
use serde_json::Value;

use super::Team;
use crate::{
    client::DEADLINE,
    test_server::{declare, number},
};

impl Team {
    /// A team whose server can't be reached from outside.
    async fn with_socket_mode() -> Self {
        let team = Self::with(|mut settings, _| {
            if let Some(slack) = &mut settings.slack {
                slack.signing_secret = None;
                slack.app_token = Some(Credential::Fixed(Workspace::APP_TOKEN.to_owned()));
            }
            settings
        })
        .await;
        let connected = |workspace: &Workspace| (workspace.connections() > 0).then_some(());
        assert_eq!(team.workspace.until(DEADLINE, connected).await, Some(()));
        team
    }

    /// The answer over the connection.
    async fn receive_answer(&self, sent: &SlackRequest) -> Value {
        self.workspace.send(sent).await.expect("an answer in time")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn socket_mode_delivers_clicks_forms_commands_and_events() {
    let team = Team::with_socket_mode().await;
    team.send(&team.workspace.open_home(&team.ada)).await.assert_problem(404);
    let (incident, ts) = team.raise_alert("a-1").await;
    let click = team.click(&team.ada, &ts, "confirm");
    assert_eq!(team.receive_answer(&click).await, Value::Null);
    assert_eq!(team.status(incident.get()), Status::Confirmed, "acknowledged means durable");
    assert!(team.workspace.send_again(&click, 1).await.is_some());
    team.receive_answer(&team.click(&team.bob, &ts, "confirm")).await;
    let texts = team.ephemeral_texts(&team.bob, 1).await;
    assert!(texts[0].contains("ada"), "{texts:?}");
    assert_eq!(team.workspace.ephemerals().len(), 1, "the repeated click is told nothing");

    let status =
        team.receive_answer(&team.workspace.command(&team.ada, &team.channel, "/candor", "")).await;
    assert!(status["text"].as_str().unwrap().contains("is down"), "{status}");
    team.receive_answer(&team.workspace.shortcut(&team.ada, "plan")).await;
    team.modal(&team.ada, "Plan maintenance").await;
    let starts_at =
        jiff::Timestamp::from_second(jiff::Timestamp::now().as_second() + 3_600).unwrap();
    let fields = [
        ("title", FakeInput::Text("New disks")),
        ("start", FakeInput::Time(starts_at)),
        ("end", FakeInput::Time(starts_at - jiff::SignedDuration::from_hours(1))),
    ];
    let answer = team.receive_answer(&team.workspace.submit(&team.ada, &fields).unwrap()).await;
    assert_eq!(answer["response_action"], "errors");
    team.receive_answer(&team.workspace.open_home(&team.ada)).await;
    let home = team.workspace.until(DEADLINE, |workspace| workspace.home(&team.ada)).await;
    assert!(home.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn envelope_that_was_not_committed_is_not_acknowledged() {
    let team = Team::with_socket_mode().await;
    team.run(declare("The shop is slow", Severity::Partial)).await;
    let ts = team.post_root_message(number(1)).await;
    team.server.store.close().await;
    let late = team.workspace.click(&team.ada, &team.channel, &ts, "resolve").unwrap();
    // Opening a form needs no event; its submission does.
    assert!(team.workspace.send(&late).await.is_some());
    team.modal(&team.ada, "Resolve").await;
    let submission = team.workspace.submit(&team.ada, &[]).unwrap();
    assert_eq!(team.workspace.send(&submission).await, None);
}
