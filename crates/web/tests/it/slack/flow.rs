//! An incident from alert to end, by buttons.

use candor_core::{EmailAddress, Status};
use candor_store::Queue;
use candor_testkit::Database;
use candor_testkit::slack::{FailureCount, FailureMode, FakeInput};
use serde_json::json;

use super::{REACTION, Team};
use crate::test_server::number;

#[tokio::test(flavor = "multi_thread")]
async fn confirm_click_is_durable_before_slack_gets_its_answer() {
    let databases = [Database::sqlite(), Database::postgres()];
    for database in databases {
        let store = candor_store::Store::open(database.url()).unwrap();
        let team = Team::over(store, tempfile::tempdir().unwrap(), |settings, _| settings).await;
        let (incident, ts) = team.raise_alert("a-1").await;
        let answer = team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
        assert_eq!(answer.body, b"", "the answer to a click is empty");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        // Read by another process.
        let other = database.store().await;
        let board = other.load().await.unwrap();
        assert_eq!(board.incident(incident).unwrap().status, Status::Confirmed);
        let trail = other.trail(incident).await.unwrap();
        let confirmed = trail.last().unwrap();
        assert_eq!(
            (confirmed.type_name.as_str(), confirmed.source.as_str()),
            ("human-confirmed", "slack")
        );
        let actor = confirmed.actor.clone().unwrap();
        let people = other.operators(&[actor]).await.unwrap();
        let ada = people.values().next().unwrap();
        assert_eq!((ada.kind.as_str(), ada.name.as_str()), ("slack", "ada"));
        assert!(ada.key.ends_with(&format!("/{}", team.ada)));
        assert_eq!(team.workspace.ephemerals().len(), 0, "the incident's own message says it");
        other.close().await;
        team.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_and_one_form_lead_from_alert_to_end_without_an_early_mail() {
    let team = Team::new().await;
    let store = &team.server.store;
    store.add_subscriber(&EmailAddress::parse("sub@example.org").unwrap()).await.unwrap();
    let alert = json!({
        "action": "Create",
        "alert": { "alertId": "a-1", "message": "db-3 is down", "updatedAt": 1 },
    });
    let hook = crate::client::post("/integrations/opsgenie/hook")
        .header("Authorization", &format!("Bearer {}", crate::test_server::SECRET))
        .json(alert.to_string());
    assert_eq!(hook.send_to(team.server.address).await.status, 200);
    team.wait_for_board(1).await;
    let ts = team.post_root_message(number(1)).await;
    assert!(!store.has_outbox_entry(1).await.unwrap(), "suspected is not confirmed");
    team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
    assert!(store.has_outbox_entry(2).await.unwrap());
    let ts = team.post_root_message(number(1)).await;
    // Only a worker without a mail server runs, so the mail would wait.
    store.beat("hooks-only", &[(Queue::Hooks, 1)]).await.unwrap();
    team.send_ok(&team.click(&team.bob, &ts, "resolve")).await;
    let form = team.modal(&team.bob, "Resolve").await.to_string();
    assert!(
        form.contains("Notifies 1 subscriber. 1 of them has to wait for a mail server."),
        "{form}"
    );
    let form = team.workspace.submit(&team.bob, &[("text", FakeInput::Text("A disk had failed."))]);
    assert_eq!(team.send_ok(&form.unwrap()).await.json()["response_action"], "clear");
    assert_eq!(team.status(1), Status::Resolved);
    assert_eq!(team.log().await, ["alert-raised", "human-confirmed", "resolved"]);
    let page = team.server.shows(3).await.text();
    assert!(page.contains("working normally"));
    let no_faults: [String; 0] = [];
    assert_eq!(store.verify(None).await.unwrap().faults, no_faults);
}

#[tokio::test(flavor = "multi_thread")]
async fn late_click_is_answered_with_who_was_first() {
    let team = Team::new().await;
    let (incident, ts) = team.raise_alert("a-1").await;
    team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
    team.send_ok(&team.click(&team.bob, &ts, "confirm")).await;
    let texts = team.ephemeral_texts(&team.bob, 1).await;
    assert!(texts[0].contains("already") && texts[0].contains("ada"), "{texts:?}");
    team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("by you"), "{texts:?}");
    // An old button acts on the present state.
    team.send_ok(&team.click(&team.bob, &ts, "dismiss")).await;
    team.ephemeral_texts(&team.bob, 2).await;
    assert_eq!(team.status(incident.get()), Status::Confirmed);
    assert_eq!(team.log().await, ["alert-raised", "human-confirmed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_two_person_confirmation_one_person_never_confirms() {
    let team = Team::with(|mut settings, _| {
        if let Some(slack) = &mut settings.slack {
            slack.two_people = true;
        }
        settings
    })
    .await;
    let (incident, ts) = team.raise_alert("a-1").await;
    team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
    assert_eq!(team.status(incident.get()), Status::Suspected);
    team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("second person"), "{texts:?}");
    // The same person counts as the same, even if Slack names the organization.
    let mut again: serde_json::Value = payload_of(&team.click(&team.ada, &ts, "confirm"));
    again["team"] = serde_json::Value::Null;
    again["user"]["team_id"] = json!("E0ORG");
    team.workspace.join_organization("E0ORG");
    assert_eq!(team.payload(&again).await.status, 200);
    team.ephemeral_texts(&team.ada, 2).await;
    assert_eq!(team.status(incident.get()), Status::Suspected);
    team.send_ok(&team.click(&team.bob, &ts, "confirm")).await;
    assert_eq!(team.log().await, ["alert-raised", "confirmation-proposed", "human-confirmed"]);
}

pub(super) fn payload_of(sent: &candor_testkit::slack::SlackRequest) -> serde_json::Value {
    let fields = form_urlencoded::parse(&sent.body).into_owned();
    let payload = fields.into_iter().find(|(name, _)| name == "payload").unwrap().1;
    serde_json::from_str(&payload).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_button_has_its_effect() {
    let team = Team::new().await;
    let (incident, ts) = team.raise_alert("a-1").await;
    team.send_ok(&team.click(&team.ada, &ts, "dismiss")).await;
    assert_eq!(team.status(incident.get()), Status::Dismissed);
    // Buttons of a dismissed incident's message.
    let click = |action: &str, value: &str, at: &str| {
        json!({
            "type": "block_actions",
            "team": { "id": candor_testkit::slack::Workspace::TEAM },
            "user": { "id": team.ada, "name": "ada" },
            "channel": { "id": team.channel },
            "container": { "type": "message", "message_ts": ts, "channel_id": team.channel },
            "actions": [{ "action_id": action, "block_id": "b", "value": value, "action_ts": at }],
        })
    };
    assert_eq!(team.payload(&click("it-was-real", "1", "1.1")).await.status, 200);
    assert_eq!(team.status(1), Status::Resolved);
    let window = candor_core::Window {
        starts_at: jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1),
        ends_at: jiff::Timestamp::now() + jiff::SignedDuration::from_hours(2),
    };
    for _ in 0..2 {
        team.run(candor_testkit::story::plan_titled("New disks", window)).await;
    }
    for (action, value, at, incident, status) in [
        ("start", "2", "2.1", 2, Status::Confirmed),
        ("end", "2", "2.2", 2, Status::Resolved),
        ("cancel", "3", "2.3", 3, Status::Resolved),
    ] {
        assert_eq!(team.payload(&click(action, value, at)).await.status, 200);
        assert_eq!(team.status(incident), status, "{action}");
    }
    let before = team.log().await.len();
    for (at, (action, value)) in
        [("link", ""), ("field", "1"), ("confirm", ""), ("confirm", "x"), ("dance", "1"), ("", "")]
            .into_iter()
            .enumerate()
    {
        let answer = team.payload(&click(action, value, &format!("3.{at}"))).await;
        assert_eq!((answer.status, answer.body.len()), (200, 0), "{action} {value}");
    }
    assert_eq!(team.log().await.len(), before, "nothing else does anything");
    // Several actions in one click: the first known one counts.
    let mut several = click("dance", "1", "4.1");
    several["actions"] = json!([
        { "action_id": "dance", "action_ts": "4.1" },
        { "action_id": "confirm", "value": "3", "action_ts": "4.2" },
    ]);
    assert_eq!(team.payload(&several).await.status, 200);
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("#3"), "{texts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn click_takes_effect_while_slack_is_unavailable() {
    let team = Team::new().await;
    let (incident, ts) = team.raise_alert("a-1").await;
    let (first, second) =
        (team.click(&team.ada, &ts, "confirm"), team.click(&team.bob, &ts, "confirm"));
    let form = team.click(&team.bob, &ts, "confirm-with-details");
    team.workspace.go_away().await;
    let begun = std::time::Instant::now();
    for sent in [&first, &second, &form] {
        team.send_ok(sent).await;
    }
    println!("three clicks with Slack away: {:?}", begun.elapsed());
    assert_eq!(team.status(incident.get()), Status::Confirmed);
    assert_eq!(team.workspace.ephemerals().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn answer_that_slack_rejected_is_retried_or_sent_another_way() {
    let team = Team::new().await;
    let (_, ts) = team.raise_alert("a-1").await;
    team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
    team.workspace.fail("respond", FailureCount::Next(2), FailureMode::RateLimited(1));
    team.send_ok(&team.click(&team.bob, &ts, "confirm")).await;
    team.ephemeral_texts(&team.bob, 1).await;
    // Whether Slack accepted this one is unknown: twice is better than not at all.
    team.workspace.fail("respond", FailureCount::Next(1), FailureMode::HangsUp);
    team.send_ok(&team.click(&team.bob, &ts, "confirm")).await;
    team.ephemeral_texts(&team.bob, 2).await;
    assert_eq!(team.workspace.calls_of("chat.postEphemeral").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn slack_requests_are_counted_by_kind_and_outcome() {
    let team = Team::new().await;
    let (_, ts) = team.raise_alert("a-1").await;
    let (metrics, _) = crate::test_server::metrics();
    let before = metrics.render();
    let click = team.click(&team.ada, &ts, "confirm");
    for sent in [&click, &click, &team.click(&team.bob, &ts, "dismiss")] {
        team.send_ok(sent).await;
    }
    team.send_ok(&team.workspace.open_home(&team.ada)).await;
    team.send_ok(&team.workspace.command(&team.ada, &team.channel, "/candor", "")).await;
    team.send_ok(&team.workspace.shortcut(&team.ada, "declare")).await;
    team.modal(&team.ada, "Declare incident").await;
    let form = team.workspace.submit(&team.ada, &[("title", FakeInput::Text("The shop is down"))]);
    team.send_ok(&form.unwrap()).await;
    crate::client::post(super::EVENTS).json("{}").send_to(team.server.address).await;
    team.signed("application/json", "{").await;
    let after = metrics.render();
    let value = |page: &str, series: &str| {
        let line = page.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("no {series}")).parse::<u64>().unwrap()
    };
    for (kind, outcome, wanted) in [
        ("action", "done", 1),
        ("action", "duplicate", 1),
        ("action", "refused", 1),
        ("event", "done", 1),
        ("command", "done", 1),
        ("shortcut", "done", 1),
        ("submission", "done", 1),
        ("other", "unauthorized", 1),
        ("other", "malformed", 1),
        ("action", "unavailable", 0),
    ] {
        let series = format!(r#"candor_slack_requests_total{{kind="{kind}",outcome="{outcome}"}}"#);
        assert_eq!(value(&after, &series) - value(&before, &series), wanted, "{kind} {outcome}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn home_tab_is_published_and_updated_after_its_buttons() {
    let team = Team::new().await;
    team.raise_alert("a-1").await;
    team.send_ok(&team.workspace.open_home(&team.ada)).await;
    let home = team.workspace.until(crate::client::DEADLINE, |workspace| workspace.home(&team.ada));
    assert!(home.await.unwrap().to_string().contains("might be having issues"));
    team.send_ok(&team.workspace.click_home(&team.ada, "confirm").unwrap()).await;
    assert_eq!(team.status(1), Status::Confirmed);
    let is_down = |home: &serde_json::Value| home.to_string().contains("Acme Tickets is down");
    let home = team
        .workspace
        .until(crate::client::DEADLINE, |workspace| workspace.home(&team.ada).filter(is_down));
    assert!(home.await.is_some());
    // In an outdated home tab, only a modal can show a reply.
    team.send_ok(&team.workspace.open_home(&team.bob)).await;
    let home = team.workspace.until(crate::client::DEADLINE, |workspace| workspace.home(&team.bob));
    home.await.unwrap();
    team.send_ok(&team.workspace.click_home(&team.bob, "resolve").unwrap()).await;
    team.modal(&team.bob, "Resolve").await;
    let late = team.workspace.click_home(&team.bob, "resolve").unwrap();
    team.run(
        candor_core::IncidentAction::Resolve {
            ended_at: None,
            text: None,
            notify: candor_core::Notify::Default,
        }
        .on(number(1)),
    )
    .await;
    team.send_ok(&late).await;
    let ephemeral_texts = team.modal(&team.bob, "Not done").await;
    assert!(ephemeral_texts.to_string().contains("Resolved by"), "{ephemeral_texts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_message_becomes_an_update_after_a_preview() {
    let team = Team::new().await;
    let (_, ts) = team.raise_alert("a-1").await;
    team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
    let workspace = &team.workspace;
    let found =
        workspace.write(&team.bob, &team.channel, Some(&ts), "It was *the* disk &amp; <!channel>");
    // Other reactions, other messages and our own message don't become updates.
    let alone = workspace.write(&team.bob, &team.channel, None, "lunch?");
    for (reaction, ts) in [("eyes", &found), (REACTION, &alone), (REACTION, &ts)] {
        team.send_ok(&workspace.react(&team.ada, reaction, &team.channel, ts)).await;
    }
    let event = workspace.react(&team.ada, REACTION, &team.channel, &found);
    for _ in 0..3 {
        team.send_ok(&event).await;
    }
    team.ephemeral_texts(&team.ada, 1).await;
    let offer = workspace.ephemerals().pop().unwrap();
    assert_eq!(offer.thread_ts.as_deref(), Some(ts.as_str()));
    assert!(offer.blocks.to_string().contains("the"), "{}", offer.blocks);
    let button = |action: &str| {
        let blocks = offer.blocks.as_array().unwrap();
        let elements = blocks.iter().flat_map(|block| block["elements"].as_array().cloned());
        let found = elements.flatten().find(|one| one["action_id"] == action).unwrap();
        let (trigger, url) = trigger_and_url(&team);
        json!({
            "type": "block_actions",
            "team": { "id": candor_testkit::slack::Workspace::TEAM },
            "user": { "id": team.ada, "name": "ada" },
            "channel": { "id": team.channel },
            "container": { "type": "message", "message_ts": "9.9", "channel_id": team.channel, "thread_ts": ts, "is_ephemeral": true },
            "trigger_id": trigger,
            "response_url": url,
            "actions": [{ "action_id": action, "block_id": "b", "value": found["value"], "action_ts": "5.5" }],
        })
    };
    assert_eq!(team.payload(&button("publish")).await.status, 200);
    let modal = team.modal(&team.ada, "Post update").await;
    assert!(modal.to_string().contains("\"It was **the** disk &\""), "{modal}");
    assert_eq!(team.payload(&button("not-now")).await.status, 200);
    team.ephemeral_texts(&team.ada, 2).await;
    assert_eq!(
        team.log().await,
        ["alert-raised", "human-confirmed"],
        "nothing is published by that"
    );
}

/// A valid trigger and response URL, from a command that was never sent.
fn trigger_and_url(team: &Team) -> (String, String) {
    let sent = team.workspace.command(&team.ada, &team.channel, "/candor", "");
    let fields: Vec<_> = form_urlencoded::parse(&sent.body).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).unwrap().1.clone();
    (field("trigger_id"), field("response_url"))
}
