//! Who may act in Slack, and the replies to those who may not.

use candor_core::Status;
use candor_testkit::slack::{FailureCount, FailureMode, Workspace};
use serde_json::{Value, json};

use super::{Team, flow::payload_of};

/// A click on "Confirm" of incident 1, by `user`, from the Slack channel `channel`.
fn confirm_click(user: &str, channel: Option<&str>, at: u32) -> Value {
    json!({
        "type": "block_actions",
        "team": { "id": Workspace::TEAM },
        "user": { "id": user, "name": user.to_lowercase() },
        "channel": channel.map(|id| json!({ "id": id })),
        "container": { "type": "message", "message_ts": "1.1", "channel_id": channel },
        "actions": [{ "action_id": "confirm", "block_id": "b", "value": "1", "action_ts": format!("7.{at}") }],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn only_members_of_the_slack_channel_act_from_another_channel() {
    let team = Team::new().await;
    team.raise_alert("a-1").await;
    // Not invited: people who are added later aren't in a private Slack channel.
    let lounge = team.workspace.add_channel("lounge", false);
    let eve = team.workspace.add_user("Eve");
    team.workspace.invite(Workspace::BOT_USER, &lounge);
    let left = team.workspace.leave(&eve, &team.channel);
    team.send_ok(&left).await;
    assert_eq!(team.payload(&confirm_click(&eve, Some(&lounge), 1)).await.status, 200);
    let texts = team.ephemeral_texts(&eve, 1).await;
    assert!(texts[0].contains("Only people in"), "{texts:?}");
    assert_eq!(team.status(1), Status::Suspected);
    assert_eq!(team.payload(&confirm_click(&team.ada, Some(&lounge), 2)).await.status, 200);
    assert_eq!(team.status(1), Status::Confirmed);
    println!("members asked for {} times", team.workspace.calls_of("conversations.members").len());
    assert!(team.workspace.calls_of("conversations.members").len() <= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_outside_the_slack_channel_cannot_act() {
    let team = Team::new().await;
    let (_, ts) = team.raise_alert("a-1").await;
    let eve = team.workspace.add_user("Eve");
    let left = team.workspace.leave(&eve, &team.channel);
    team.send_ok(&left).await;
    team.send_ok(&team.click(&eve, &ts, "confirm")).await;
    let texts = team.ephemeral_texts(&eve, 1).await;
    assert!(texts[0].contains("Only people in"), "{texts:?}");
    assert_eq!(team.status(1), Status::Suspected);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_an_unverified_organization_cannot_act() {
    let team = Team::new().await;
    team.raise_alert("a-1").await;
    team.workspace.join_organization("E0ORG");
    team.workspace.fail("auth.test", FailureCount::Always, FailureMode::Hangs);
    let mut click = confirm_click(&team.ada, Some(&team.channel), 1);
    click["user"]["team_id"] = json!("E0ORG");
    assert_eq!(team.payload(&click).await.status, 200);
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("can’t say right now"), "{texts:?}");
    assert_eq!(team.status(1), Status::Suspected);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_membership_blocks_actions_from_other_channels() {
    let team = Team::new().await;
    team.raise_alert("a-1").await;
    let lounge = team.workspace.add_channel("lounge", false);
    team.workspace.invite(Workspace::BOT_USER, &lounge);
    team.workspace.fail("conversations.members", FailureCount::Always, FailureMode::Hangs);
    let begun = std::time::Instant::now();
    assert_eq!(team.payload(&confirm_click(&team.ada, Some(&lounge), 1)).await.status, 200);
    println!("refused after {:?}", begun.elapsed());
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("can’t say right now"), "{texts:?}");
    assert_eq!(team.status(1), Status::Suspected);
    // In the Slack channel itself, that is good enough.
    assert_eq!(team.payload(&confirm_click(&team.ada, Some(&team.channel), 2)).await.status, 200);
    assert_eq!(team.status(1), Status::Confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn cached_members_can_act_while_slack_is_unavailable() {
    let team = Team::new().await;
    team.raise_alert("a-1").await;
    let lounge = team.workspace.add_channel("lounge", false);
    assert_eq!(team.payload(&confirm_click(&team.ada, Some(&lounge), 1)).await.status, 200);
    assert_eq!(team.status(1), Status::Confirmed);
    team.workspace.go_away().await;
    let answer = team.payload(&confirm_click(&team.bob, Some(&lounge), 2)).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_user_group_only_its_members_act() {
    let team = Team::with(|mut settings, workspace| {
        if let Some(slack) = &mut settings.slack {
            slack.user_group = Some(workspace.add_group(&["U-NOBODY"]));
        }
        settings
    })
    .await;
    let (_, ts) = team.raise_alert("a-1").await;
    team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("user group"), "{texts:?}");
    team.send_ok(&team.workspace.shortcut(&team.ada, "declare")).await;
    team.modal(&team.ada, "Not done").await;
    assert_eq!(team.status(1), Status::Suspected);
    // Reading is always allowed.
    let status =
        team.send_ok(&team.workspace.command(&team.ada, &team.channel, "/candor", "")).await;
    assert!(status.text().contains("might be having issues"));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_workspaces_cannot_act_and_an_organization_is_one_workspace() {
    let team = Team::new().await;
    team.workspace.join_organization("E0ORG");
    let (_, ts) = team.raise_alert("a-1").await;
    let genuine = payload_of(&team.click(&team.ada, &ts, "confirm"));
    let mut stranger = genuine.clone();
    stranger["team"] = json!({ "id": "T0OTHER", "domain": "other" });
    stranger["user"]["team_id"] = json!("T0OTHER");
    assert_eq!(team.payload(&stranger).await.status, 200);
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("a different workspace"), "{texts:?}");
    let mut command =
        vec![("command", "/candor"), ("user_id", team.ada.as_str()), ("team_id", "T0OTHER")];
    let answer = team.signed("application/x-www-form-urlencoded", super::form(&command)).await;
    assert!(answer.text().contains("a different workspace"));
    command.push(("text", "declare"));
    let answer = team.signed("application/x-www-form-urlencoded", super::form(&command)).await;
    assert!(answer.text().contains("a different workspace"));
    let home = json!({
        "type": "event_callback", "event_id": "Ev1", "team_id": "T0OTHER",
        "event": { "type": "app_home_opened", "user": team.ada, "tab": "home" },
    });
    assert_eq!(team.event(&home).await.status, 200);
    assert_eq!(team.status(1), Status::Suspected);
    assert_eq!(team.workspace.calls_of("views.publish").len(), 0);
    // A shared channel has members from other organizations.
    let mut guest = genuine.clone();
    guest["user"]["team_id"] = json!("E0FOREIGN");
    assert_eq!(team.payload(&guest).await.status, 200);
    let texts = team.ephemeral_texts(&team.ada, 2).await;
    assert!(texts[1].contains("a different workspace"), "{texts:?}");
    command[2].1 = "E0FOREIGN";
    let answer = team.signed("application/x-www-form-urlencoded", super::form(&command)).await;
    assert!(answer.text().contains("a different workspace"));
    assert_eq!(team.status(1), Status::Suspected);
    // With an org-wide installation `team` is null, and members of the Slack channel may act.
    let mut org = genuine.clone();
    org["team"] = Value::Null;
    org["enterprise"] = json!({ "id": "E0ORG", "name": "Org" });
    org["is_enterprise_install"] = json!(true);
    org["user"]["team_id"] = json!("E0ORG");
    let mut outsider = org.clone();
    outsider["user"]["id"] = json!("U-OUTSIDE");
    assert_eq!(team.payload(&outsider).await.status, 200);
    assert_eq!(team.status(1), Status::Suspected);
    assert_eq!(team.payload(&org).await.status, 200);
    assert_eq!(team.status(1), Status::Confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_act_until_the_slack_channel_is_found() {
    let team = Team::new().await;
    let (_, ts) = team.raise_alert("a-1").await;
    let click = team.click(&team.ada, &ts, "confirm");
    // Another chat channel is active instead.
    team.server.store.set_chat_channels(&["webhook"]).await.unwrap();
    team.send_ok(&click).await;
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("doesn’t know yet"), "{texts:?}");
    assert_eq!(team.status(1), Status::Suspected);
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_name_is_looked_up_in_slack() {
    let team = Team::new().await;
    let (incident, ts) = team.raise_alert("a-1").await;
    let mut nameless = payload_of(&team.click(&team.ada, &ts, "confirm"));
    for field in ["name", "username"] {
        nameless["user"].as_object_mut().unwrap().remove(field);
    }
    assert_eq!(team.payload(&nameless).await.status, 200);
    let trail = team.server.store.trail(incident).await.unwrap();
    let actor = trail.last().unwrap().actor.clone().unwrap();
    let begun = std::time::Instant::now();
    loop {
        let name = team.server.store.operator_name(&actor).await.unwrap().unwrap();
        if name == "Ada" {
            break;
        }
        assert_eq!(name, team.ada, "until then, the id");
        assert!(begun.elapsed() < crate::client::DEADLINE);
        tokio::task::yield_now().await;
    }
}
