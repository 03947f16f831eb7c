//! Events about the app and its Slack channel change the chat channel's health.

use candor_testkit::slack::Workspace;
use serde_json::{Value, json};

use super::Team;
use crate::client::DEADLINE;

impl Team {
    async fn room(&self) -> candor_store::ChatChannelRow {
        self.server.store.chat_channels().await.unwrap().pop().unwrap()
    }

    async fn until_room(
        &self,
        wanted: impl Fn(&candor_store::ChatChannelRow) -> bool,
    ) -> candor_store::ChatChannelRow {
        let begun = std::time::Instant::now();
        loop {
            let room = self.room().await;
            if wanted(&room) {
                return room;
            }
            assert!(begun.elapsed() < DEADLINE, "{room:?}");
            tokio::task::yield_now().await;
        }
    }

    async fn happens(&self, event: Value) {
        self.does(&self.workspace.event(&event)).await;
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
        team.happens(event.clone()).await;
        let trouble = team.room().await.problem;
        assert!(
            trouble.as_ref().is_some_and(|trouble| trouble.contains(word)),
            "{event} {trouble:?}"
        );
        team.happens(json!({ "type": "channel_unarchive", "channel": channel })).await;
        assert_eq!(team.room().await.problem, None);
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
        team.happens(nothing.clone()).await;
        let room = team.room().await;
        assert_eq!(
            (room.problem, room.slack_channel.unwrap().name),
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
    team.happens(of_another.clone()).await;
    let asked = team
        .workspace
        .until(DEADLINE, |workspace| (!workspace.calls_of("auth.test").is_empty()).then_some(()));
    assert_eq!(asked.await, Some(()));
    team.happens(
        json!({ "type": "member_left_channel", "user": team.ada, "channel": team.channel }),
    )
    .await;
    assert_eq!(team.room().await.problem, None, "{of_another}");
    team.does(&team.workspace.revoke()).await;
    team.until_room(|room| room.problem.as_ref().is_some_and(|what| what.contains("token"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn removing_and_inviting_the_bot_is_recorded() {
    let team = Team::new().await;
    team.does(&team.workspace.leave(Workspace::BOT_USER, &team.channel)).await;
    team.until_room(|room| room.problem.as_ref().is_some_and(|what| what.contains("Invite"))).await;
    let joined = json!({ "type": "member_joined_channel", "user": Workspace::BOT_USER, "channel": team.channel });
    team.happens(joined).await;
    team.until_room(|room| room.problem.is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn renamed_slack_channel_is_followed() {
    let team = Team::new().await;
    let (_, ts) = team.suspects("a-1").await;
    team.happens(json!({ "type": "channel_rename", "channel": { "id": team.channel, "name": "incidents", "created": 1 } })).await;
    let found = team.room().await.slack_channel.unwrap();
    assert_eq!((found.id.as_str(), found.name.as_str()), (team.channel.as_str(), "incidents"));
    let moved = json!({ "type": "channel_id_changed", "old_channel_id": team.channel, "new_channel_id": "C0NEW" });
    team.happens(moved).await;
    assert_eq!(team.room().await.slack_channel.unwrap().id, "C0NEW");
    // Clicks from there count at once; here it is as from anywhere else now.
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
        let ask = crate::client::post(super::EVENTS)
            .header("X-Slack-Retry-Num", number)
            .header("X-Slack-Retry-Reason", "http_timeout")
            .json(body);
        let ask = headers.iter().fold(ask, |ask, (name, value)| ask.header(name, value));
        assert_eq!(ask.of(team.server.address).await.status, 200);
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
    // Whatever else was to come would have come before this.
    team.does(&team.workspace.open_home(&team.bob)).await;
    let home = team.workspace.until(DEADLINE, |workspace| workspace.home(&team.bob));
    assert!(home.await.is_some());
    assert_eq!(publications(&team.workspace), 3);
    // The messages tab isn't ours to fill.
    let event = json!({ "type": "app_home_opened", "user": team.ada, "tab": "messages" });
    team.happens(event).await;
}
