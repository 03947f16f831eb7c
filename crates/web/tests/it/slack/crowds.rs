//! Actions that come all at once, twice, late, or in any order.

use std::time::{Duration, Instant};

use candor_core::{Command, Status, Window};
use candor_store::{AppendRequest, Store};
use candor_testkit::{
    Database,
    slack::Workspace,
    story::{plan_titled, resolve},
};
use futures::{StreamExt as _, future::join};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::Team;
use crate::test_server::declare;

fn tomorrow() -> Window {
    let starts_at = Timestamp::now() + SignedDuration::from_hours(24);
    Window { starts_at, ends_at: starts_at + SignedDuration::from_hours(1) }
}

async fn resolve_incident(team: &Team, incident: u32) {
    team.run(resolve(incident)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_double_clicks_take_effect_once_each() {
    const CLICKS: usize = 500;
    let team = Team::new().await;
    let (mut confirmed, mut dismissed) = (0, 0);
    for round in 0..CLICKS {
        let (incident, ts) = team.raise_alert(&format!("a-{round}")).await;
        let action = if round % 2 == 0 { "confirm" } else { "dismiss" };
        let clicks = [team.click(&team.ada, &ts, action), team.click(&team.ada, &ts, action)];
        join(team.send_ok(&clicks[0]), team.send_ok(&clicks[1])).await;
        let trail = team.server.store.trail(incident).await.unwrap();
        assert_eq!(trail.len(), 2, "{round}");
        match team.status(incident.get()) {
            Status::Confirmed => {
                confirmed += 1;
                resolve_incident(&team, incident.get()).await;
            }
            Status::Dismissed => dismissed += 1,
            status
            @ (Status::Planned | Status::Suspected | Status::Watching | Status::Resolved) => {
                panic!("{status:?}")
            }
        }
    }
    assert_eq!((confirmed, dismissed), (CLICKS / 2, CLICKS / 2));
    let texts = team.ephemeral_texts(&team.ada, CLICKS).await;
    assert!(texts.iter().all(|texts| texts.contains("by you")));
    println!(
        "{CLICKS} double clicks: {} single effects, {} told so",
        confirmed + dismissed,
        texts.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_races_have_one_winner_each_and_losers_get_a_message() {
    const RACES: usize = 200;
    let team = Team::new().await;
    let (mut ada, mut bob) = (0, 0);
    for race in 0..RACES {
        let (incident, ts) = team.raise_alert(&format!("a-{race}")).await;
        let confirm = team.click(&team.ada, &ts, "confirm");
        let dismiss = team.click(&team.bob, &ts, "dismiss");
        let (confirm, dismiss) = (team.send_ok(&confirm), team.send_ok(&dismiss));
        if race % 2 == 0 {
            join(confirm, dismiss).await;
        } else {
            join(dismiss, confirm).await;
        }
        assert_eq!(team.server.store.trail(incident).await.unwrap().len(), 2);
        if team.status(incident.get()) == Status::Confirmed {
            ada += 1;
            resolve_incident(&team, incident.get()).await;
        } else {
            bob += 1;
        }
    }
    assert_eq!(ada + bob, RACES);
    let (sorry_bob, sorry_ada) =
        (team.ephemeral_texts(&team.bob, ada).await, team.ephemeral_texts(&team.ada, bob).await);
    assert!(sorry_bob.iter().all(|texts| texts.contains("ada")), "{sorry_bob:?}");
    assert!(sorry_ada.iter().all(|texts| texts.contains("bob")), "{sorry_ada:?}");
    println!(
        "{RACES} races: {ada} confirmed, {bob} dismissed, {} losers told",
        sorry_bob.len() + sorry_ada.len()
    );
}

/// A click on "Start now" of this planned maintenance.
fn start(team: &Team, incident: usize, at: usize) -> Value {
    json!({
        "type": "block_actions",
        "team": { "id": Workspace::TEAM, "domain": "example" },
        "user": { "id": team.ada, "username": "ada", "name": "ada", "team_id": Workspace::TEAM },
        "container": { "type": "message", "message_ts": format!("170000.{incident:06}"), "channel_id": team.channel },
        "channel": { "id": team.channel, "name": "status" },
        "trigger_id": format!("1.2.{at}"),
        "response_url": "https://hooks.slack.invalid/actions/T0/1/x",
        "actions": [{ "action_id": "start", "block_id": "b", "type": "button", "value": incident.to_string(), "action_ts": format!("180000.{at:06}") }],
    })
}

async fn plans(store: &Store, count: usize) {
    let window = tomorrow();
    let actor = candor_core::ActorId::parse("operator-1").unwrap();
    futures::stream::iter(0..count)
        .map(|work| {
            let command = plan_titled(&format!("New disks {work}"), window);
            store.execute(AppendRequest::new(command, Some(actor.clone()), "test"))
        })
        .buffer_unordered(250)
        .for_each(async |answer| drop(answer.unwrap()))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn thousand_replayed_actions_in_any_order_are_a_thousand_events() {
    const ACTIONS: usize = 1_000;
    let team = Team::new().await;
    plans(&team.server.store, ACTIONS).await;
    // Each one to four times, in an unrelated order.
    let mut order: Vec<_> =
        (1..=ACTIONS).flat_map(|action| std::iter::repeat_n(action, 1 + action % 4)).collect();
    order.sort_by_key(|action| action.wrapping_mul(2_654_435_761) % 1_000_003);
    let half = order.len() / 2;
    order.rotate_left(half);
    let mut again = order.clone();
    again.sort_by_key(|action| action.wrapping_mul(40_503) % 65_537);
    let sent = order.len() + again.len();
    futures::stream::iter(order.into_iter().chain(again))
        .map(|action| {
            let body = start(&team, action, action);
            let team = &team;
            async move { team.payload(&body).await }
        })
        .buffer_unordered(16)
        .for_each(async |answer| assert_eq!(answer.status, 200))
        .await;
    let log = team.log().await;
    let started = log.iter().filter(|kind| **kind == "maintenance-started").count();
    println!("{ACTIONS} actions, sent {sent} times: {started} events");
    assert_eq!((started, log.len()), (ACTIONS, 2 * ACTIONS));
    // All replies have been sent by the end.
    let Team { server, workspace, .. } = team;
    server.close().await;
    assert_eq!(workspace.calls_of("chat.postEphemeral").len(), 0, "nothing is said twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn clicks_are_answered_with_ten_thousand_incidents() {
    const CLICKS: usize = 300;
    // Written by another process, so that no pages are rendered meanwhile.
    let database = Database::sqlite();
    let store = database.store().await;
    plans(&store, CLICKS).await;
    let actor = candor_core::ActorId::parse("operator-1").unwrap();
    futures::stream::iter(CLICKS..10_000)
        .map(|one| {
            let mut command = declare(&format!("Incident {one}"), candor_core::Severity::Bug);
            if let Command::Declare(declaration) = &mut command {
                declaration.status = Status::Resolved;
            }
            store.execute(AppendRequest::new(command, Some(actor.clone()), "test"))
        })
        .buffer_unordered(500)
        .for_each(async |answer| drop(answer.unwrap()))
        .await;
    store.close().await;
    let store = Store::open(database.url()).unwrap();
    let team = Team::over(store, tempfile::tempdir().unwrap(), |settings, _| settings).await;
    assert_eq!(team.board().incidents().count(), 10_000);
    let mut times = Vec::new();
    for click in 1..=CLICKS {
        let body = start(&team, click, click);
        let begun = Instant::now();
        assert_eq!(team.payload(&body).await.status, 200);
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!(
        "a click with 10,000 incidents (not optimized, connection included): p50 {:?}, p99 {:?}, longest {:?}",
        at(50),
        at(99),
        times.last().copied().unwrap_or(Duration::ZERO)
    );
    let log = team.log().await;
    assert_eq!(log.iter().filter(|kind| **kind == "maintenance-started").count(), CLICKS);
}
