//! Events about the app and its Slack channel change the chat channel's health.

use candor_testkit::slack::Workspace;
use serde_json::{Value, json};

use super::Team;
use crate::client::DEADLINE;

impl Team {
    async fn chat_channel(&self) -> candor_store::ChatChannelRow {
        self.server.store.chat_channels().await.unwrap().pop().unwrap()
    }

    async fn until_chat_channel(
        &self,
        wanted: impl Fn(&candor_store::ChatChannelRow) -> bool,
    ) -> candor_store::ChatChannelRow {
        let begun = std::time::Instant::now();
        loop {
            let chat_channel = self.chat_channel().await;
            if wanted(&chat_channel) {
                return chat_channel;
            }
            assert!(begun.elapsed() < DEADLINE, "{chat_channel:?}");
            tokio::task::yield_now().await;
        }
    }

    async fn receive_event(&self, event: Value) {
        self.send_ok(&self.workspace.event(&event)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn problem_of_the_slack_channel_is_recorded_and_cleared() {
    let team = Team::new().await;
    let channel = team.channel.clone();
    let elsewhere = "C0ELSEWHERE";
    for (event, word) in [
        (json!({ "type": "channel_archive", "channel": channel, "user": "U1" }), "archived"),
        (json!({ "type": "group_archive", "channel": channel }), "archived"),
        (json!({ "type": "channel_deleted", "channel": channel }), "deleted"),
        (json!({ "type": "group_left", "channel": channel }), "removed from the Slack channel"),
        (json!({ "type": "app_uninstalled" }), "removed from the Slack workspace"),
    ] {
        team.receive_event(event.clone()).await;
        let found = team.chat_channel().await.problem;
        assert!(found.as_ref().is_some_and(|found| found.contains(word)), "{event} {found:?}");
        team.receive_event(json!({ "type": "channel_unarchive", "channel": channel })).await;
        assert_eq!(team.chat_channel().await.problem, None);
    }
    for nothing in [
        json!({ "type": "channel_archive", "channel": elsewhere }),
        json!({ "type": "channel_deleted", "channel": elsewhere }),
        json!({ "type": "channel_rename", "channel": { "id": elsewhere, "name": "other" } }),
        json!({ "type": "channel_id_changed", "old_channel_id": elsewhere, "new_channel_id": "C9" }),
        json!({ "type": "tokens_revoked", "tokens": { "oauth": ["U1"] } }),
        json!({ "type": "member_left_channel", "user": team.ada, "channel": channel }),
        json!({ "type": "channel_archive" }),
        json!({ "type": "something_new", "channel": channel }),
        json!({}),
        json!(null),
    ] {
        team.receive_event(nothing.clone()).await;
        let chat_channel = team.chat_channel().await;
        assert_eq!(
            (chat_channel.problem, chat_channel.slack_channel.unwrap().name),
            (None, "status".to_owned()),
            "{nothing}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_revoking_our_own_token_is_a_problem() {
    let team = Team::new().await;
    let of_another =
        json!({ "type": "tokens_revoked", "tokens": { "oauth": ["U1"], "bot": ["U2"] } });
    team.receive_event(of_another.clone()).await;
    let asked = team
        .workspace
        .until(DEADLINE, |workspace| (!workspace.calls_of("auth.test").is_empty()).then_some(()));
    assert_eq!(asked.await, Some(()));
    team.receive_event(
        json!({ "type": "member_left_channel", "user": team.ada, "channel": team.channel }),
    )
    .await;
    assert_eq!(team.chat_channel().await.problem, None, "{of_another}");
    team.send_ok(&team.workspace.revoke()).await;
    team.until_chat_channel(|chat_channel| {
        chat_channel.problem.as_ref().is_some_and(|what| what.contains("token"))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_and_inviting_the_bot_is_recorded() {
    let team = Team::new().await;
    team.send_ok(&team.workspace.leave(Workspace::BOT_USER, &team.channel)).await;
    team.until_chat_channel(|chat_channel| {
        chat_channel.problem.as_ref().is_some_and(|what| what.contains("Invite"))
    })
    .await;
    let joined = json!({ "type": "member_joined_channel", "user": Workspace::BOT_USER, "channel": team.channel });
    team.receive_event(joined).await;
    team.until_chat_channel(|chat_channel| chat_channel.problem.is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn renamed_slack_channel_is_followed() {
    let team = Team::new().await;
    let (_, ts) = team.raise_alert("a-1").await;
    team.receive_event(json!({ "type": "channel_rename", "channel": { "id": team.channel, "name": "incidents", "created": 1 } })).await;
    let found = team.chat_channel().await.slack_channel.unwrap();
    assert_eq!((found.id.as_str(), found.name.as_str()), (team.channel.as_str(), "incidents"));
    let moved = json!({ "type": "channel_id_changed", "old_channel_id": team.channel, "new_channel_id": "C0NEW" });
    team.receive_event(moved).await;
    assert_eq!(team.chat_channel().await.slack_channel.unwrap().id, "C0NEW");
    // Clicks in the Slack channel count at once; here they count as from any other channel.
    let mut click = super::flow::payload_of(&team.click(&team.ada, &ts, "confirm"));
    click["channel"]["id"] = json!("C0NEW");
    assert_eq!(team.payload(&click).await.status, 200);
    assert_eq!(team.status(1), candor_core::Status::Confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_event_has_one_effect_even_if_the_retry_comes_first() {
    let team = Team::new().await;
    let body = |id: &str| {
        json!({
            "type": "event_callback", "event_id": id, "team_id": Workspace::TEAM,
            "event": { "type": "app_home_opened", "user": team.ada, "tab": "home" },
        })
        .to_string()
    };
    let retry = async |id: &str, number: &str| {
        let body = body(id);
        let headers = team.workspace.sign(body.as_bytes());
        let request = crate::client::post(super::EVENTS)
            .header("X-Slack-Retry-Num", number)
            .header("X-Slack-Retry-Reason", "http_timeout")
            .json(body);
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        assert_eq!(request.send_to(team.server.address).await.status, 200);
    };
    for id in ["Ev1", "Ev2"] {
        for number in ["2", "3", "1"] {
            retry(id, number).await;
        }
    }
    let publications = |workspace: &Workspace| workspace.calls_of("views.publish").len();
    let twice =
        team.workspace.until(DEADLINE, |workspace| (publications(workspace) >= 2).then_some(()));
    assert_eq!(twice.await, Some(()));
    // Any other effect would have come before this.
    team.send_ok(&team.workspace.open_home(&team.bob)).await;
    let home = team.workspace.until(DEADLINE, |workspace| workspace.home(&team.bob));
    assert!(home.await.is_some());
    assert_eq!(publications(&team.workspace), 3);
    // The messages tab isn't ours.
    let event = json!({ "type": "app_home_opened", "user": team.ada, "tab": "messages" });
    team.receive_event(event).await;
}
