//! A thousand calls to a failing Slack, and the rate at which it is called.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use candor_core::{IncidentNumber, Severity};
use candor_testkit::{
    slack::{Call, FailureCount, FailureMode},
    story::declare_titled,
};
use futures::future::join_all;

use super::team::{Team, contains_text};
use crate::test_site::TestSite;

const INCIDENTS: usize = 220;
/// The others are in the middle of their attempts; the next step doesn't wait for them.
const MANY_INCIDENTS: usize = 200;
const UPDATE: &str = "We found it.";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousand_failing_calls_lose_and_repeat_no_message() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    let (post, update) = ("chat.postMessage", "chat.update");
    for method in [post, update] {
        team.workspace.fail(method, FailureCount::Next(1), FailureMode::HangsAfterAccepting);
        team.workspace.fail(
            method,
            FailureCount::OneIn(19),
            FailureMode::StatusAfterAccepting(500),
        );
        team.workspace.fail(method, FailureCount::OneIn(23), FailureMode::Status(503));
        team.workspace.fail(method, FailureCount::OneIn(29), FailureMode::HangsUpAfterAccepting);
        team.workspace.fail(method, FailureCount::OneIn(31), FailureMode::Error("fatal_error"));
        team.workspace.fail(method, FailureCount::OneIn(97), FailureMode::RateLimited(1));
    }
    let since = Instant::now();
    let worker = team.start_with(|settings| settings.chat_interval = Duration::from_millis(2));
    let mut incidents = Vec::new();
    for number in 0..INCIDENTS {
        incidents.push(declare(&team, number).await);
    }
    team.until("most are told", || team.roots().len() >= MANY_INCIDENTS).await;
    team.workspace.go_away().await;
    join_all(incidents.iter().map(|incident| team.update(*incident, UPDATE))).await;
    team.workspace.come_back().await.unwrap();
    let told = || {
        let messages = team.workspace.messages(&team.slack_channel);
        messages.iter().filter(|message| message.thread_ts.is_some()).count() >= MANY_INCIDENTS
    };
    team.until("most updates", told).await;
    join_all(incidents.iter().map(|incident| team.resolve(*incident))).await;
    team.until("a thousand calls", || calls_that_post(&team).len() >= 1_000).await;
    team.workspace.recover();
    team.is_quiet().await;
    worker.stop().await;

    let calls = calls_that_post(&team);
    let troubled = calls.iter().filter(|call| call.failure.is_some()).count();
    let accepted = calls.iter().filter(|call| call.failure.is_some() && call.was_done()).count();
    let messages = team.workspace.messages(&team.slack_channel);
    let ids: BTreeSet<_> =
        messages.iter().map(|message| message.metadata.as_ref().unwrap().to_string()).collect();
    let doubled = messages.len() - ids.len();
    let roots = team.roots();
    let mut lost = INCIDENTS - roots.len().min(INCIDENTS);
    for root in &roots {
        let replies = team.workspace.replies(&team.slack_channel, &root.ts);
        let told = |words| replies.iter().filter(|reply| contains_text(reply, words)).count();
        lost += usize::from(told(UPDATE) != 1) + usize::from(told("Resolved by Ada") != 1);
        lost += usize::from(!contains_text(root, "resolved"));
    }
    println!(
        "{} calls, {troubled} in trouble ({accepted} of them accepted all the same), {} messages: \
         lost {lost}, doubled {doubled}, in {:?}",
        calls.len(),
        messages.len(),
        since.elapsed()
    );
    assert!(troubled >= 150 && accepted >= 75, "too little trouble");
    assert_eq!((lost, doubled, roots.len()), (0, 0, INCIDENTS));
}

async fn declare(team: &Team, number: usize) -> IncidentNumber {
    team.by_ada(declare_titled(&format!("Trouble {number}"), Severity::Bug)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_share_the_rate_limit_of_a_slack_channel() {
    let team = Team::of(TestSite::on_postgres().await).await;
    let pace = Duration::from_millis(200);
    let workers: Vec<_> =
        (0..3).map(|_| team.join_with(|settings| settings.chat_interval = pace)).collect();
    for number in 0..20 {
        declare(&team, number).await;
    }
    team.until("all are told", || team.roots().len() == 20).await;
    team.is_quiet().await;
    for worker in workers {
        worker.stop().await;
    }
    print_and_assert_rate("3 workers", &calls_that_post(&team), pace);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slack_channel_is_called_once_a_second_after_a_short_burst() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    let pace = Duration::from_secs(1);
    let worker = team.start_with(|settings| settings.chat_interval = pace);
    for number in 0..5 {
        declare(&team, number).await;
    }
    team.until("all are told", || team.roots().len() == 5).await;
    worker.stop().await;
    print_and_assert_rate("the usual pace", &calls_that_post(&team), pace);
}

fn calls_that_post(team: &Team) -> Vec<Call> {
    team.workspace.calls().into_iter().filter(|call| call.method.starts_with("chat.")).collect()
}

/// First messages about an incident may come this many intervals early.
const BURST: usize = 3;

/// Intervals are exact, but the duration of a call isn't.
fn print_and_assert_rate(who: &str, calls: &[Call], pace: Duration) {
    let gaps = calls.windows(2).map(|two| two[1].at - two[0].at);
    let (least, took) = (gaps.min().unwrap(), calls[calls.len() - 1].at - calls[0].at);
    println!("{who}: {} calls in {took:?}, at least {least:?} apart", calls.len());
    for (first, call) in calls.iter().enumerate() {
        for (turns, later) in calls[first..].iter().enumerate().skip(BURST) {
            let turns = u32::try_from(turns - BURST).unwrap();
            assert!(later.at - call.at + pace / 2 >= pace * turns, "faster than one in {pace:?}");
        }
    }
}
