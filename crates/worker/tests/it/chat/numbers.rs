//! A thousand calls of a Slack that is in trouble, and how fast it is called.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use candor_core::{Command, Declaration, IncidentNumber, Severity, Status, Title};
use candor_integrations::slack::testing::{Call, Times, Trouble};
use futures::future::join_all;

use super::team::{Team, says};
use crate::support::World;

const INCIDENTS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_calls_in_trouble_none_is_lost_and_none_doubled() {
    let team = Team::of(World::on_sqlite().await).await;
    let (post, update) = ("chat.postMessage", "chat.update");
    for method in [post, update] {
        team.workspace.trouble(method, Times::Next(2), Trouble::HangsAfterAccepting);
        team.workspace.trouble(method, Times::OneIn(11), Trouble::StatusAfterAccepting(500));
        team.workspace.trouble(method, Times::OneIn(13), Trouble::Status(503));
        team.workspace.trouble(method, Times::OneIn(17), Trouble::HangsUpAfterAccepting);
        team.workspace.trouble(method, Times::OneIn(19), Trouble::Error("fatal_error"));
        team.workspace.trouble(method, Times::OneIn(97), Trouble::RateLimited(1));
    }
    let since = Instant::now();
    let worker = team.start_with(|settings| settings.chat_pace = Duration::from_millis(2));
    let mut incidents = Vec::new();
    for number in 0..INCIDENTS {
        incidents.push(declare(&team, number).await);
    }
    team.until("all are told", || team.roots().len() >= INCIDENTS).await;
    join_all(incidents.iter().map(|incident| team.update(*incident, "We found it."))).await;
    team.workspace.go_away().await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    team.workspace.come_back().await.unwrap();
    let told = || {
        let messages = team.workspace.messages(&team.slack_channel);
        messages.iter().filter(|message| message.thread_ts.is_some()).count() >= INCIDENTS
    };
    team.until("all updates", told).await;
    join_all(incidents.iter().map(|incident| team.resolve(*incident))).await;
    team.is_quiet().await;
    worker.stop().await;

    let calls: Vec<_> = [post, update].iter().flat_map(|m| team.workspace.calls_of(m)).collect();
    let troubled = calls.iter().filter(|call| call.trouble.is_some()).count();
    let accepted = calls.iter().filter(|call| call.trouble.is_some() && call.was_done()).count();
    let messages = team.workspace.messages(&team.slack_channel);
    let mut copies = BTreeMap::<String, usize>::new();
    for message in &messages {
        *copies.entry(message.metadata.as_ref().unwrap().to_string()).or_default() += 1;
    }
    let doubled = copies.values().filter(|copies| **copies > 1).count();
    let mut lost = 0;
    for root in team.roots() {
        let replies = team.workspace.replies(&team.slack_channel, &root.ts);
        for words in ["We found it.", "Resolved by Ada"] {
            lost += usize::from(!replies.iter().any(|reply| says(reply, words)));
        }
        lost += usize::from(!says(&root, "Resolved"));
    }
    lost += INCIDENTS - team.roots().len().min(INCIDENTS);
    println!(
        "{} calls, {troubled} in trouble ({accepted} of them accepted all the same), {} messages: \
         lost {lost}, doubled {doubled}, in {:?}",
        calls.len(),
        messages.len(),
        since.elapsed()
    );
    assert!(calls.len() >= 1_000 && troubled >= 200 && accepted >= 100, "too little trouble");
    assert_eq!((lost, doubled, messages.len()), (0, 0, 3 * INCIDENTS));
}

async fn declare(team: &Team, number: usize) -> IncidentNumber {
    team.by_ada(Command::Declare(Declaration {
        title: Title::parse(&format!("Trouble {number}")).unwrap(),
        status: Status::Confirmed,
        severity: Severity::Bug,
        started_at: None,
        ended_at: None,
        summary: None,
        text: None,
        silent: false,
    }))
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_share_the_turns_of_a_slack_channel() {
    let team = Team::of(World::on_postgres().await).await;
    let pace = Duration::from_millis(200);
    let workers: Vec<_> =
        (0..3).map(|_| team.join_with(|settings| settings.chat_pace = pace)).collect();
    for number in 0..20 {
        declare(&team, number).await;
    }
    team.until("all are told", || team.roots().len() == 20).await;
    team.is_quiet().await;
    for worker in workers {
        worker.stop().await;
    }
    print_and_judge("3 workers", &posts(&team), pace);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slack_channel_is_called_once_a_second_at_most() {
    let team = Team::of(World::on_sqlite().await).await;
    let pace = Duration::from_secs(1);
    let worker = team.start_with(|settings| settings.chat_pace = pace);
    for number in 0..5 {
        declare(&team, number).await;
    }
    team.until("all are told", || team.roots().len() == 5).await;
    worker.stop().await;
    print_and_judge("the usual pace", &posts(&team), pace);
}

fn posts(team: &Team) -> Vec<Call> {
    team.workspace.calls().into_iter().filter(|call| call.method.starts_with("chat.")).collect()
}

/// Turns are exact; how long a call takes to get there isn't.
fn print_and_judge(who: &str, calls: &[Call], pace: Duration) {
    let gaps = calls.windows(2).map(|two| two[1].at - two[0].at);
    let (least, took) = (gaps.min().unwrap(), calls[calls.len() - 1].at - calls[0].at);
    println!("{who}: {} calls in {took:?}, at least {least:?} apart", calls.len());
    let turns = u32::try_from(calls.len() - 1).unwrap();
    assert!(took + pace / 2 >= pace * turns, "faster than one in {pace:?}");
    assert!(least >= pace / 2, "two at once");
}
