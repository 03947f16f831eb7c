//! Slack answers late, wrongly or not at all, and workers die: no message is lost or posted twice.

use std::time::Duration;

use candor_integrations::Credential;
use candor_store::DeliveryState;
use candor_testkit::slack::{FailureCount, FailureMode};

use super::team::{Team, buttons, contains_text};
use crate::test_site::{TestSite, on_both};

const POST: &str = "chat.postMessage";

on_both! {
    message_that_slack_took_without_an_answer_is_found,
    worker_that_dies_around_a_post_repeats_no_message,
    revoked_token_is_a_problem_until_its_file_holds_a_new_one,
}

async fn message_that_slack_took_without_an_answer_is_found(site: TestSite) {
    let team = Team::of(site).await;
    team.workspace.fail(POST, FailureCount::Next(1), FailureMode::StatusAfterAccepting(500));
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    team.is_quiet().await;
    team.workspace.fail(POST, FailureCount::Next(1), FailureMode::HangsUpAfterAccepting);
    team.confirm(incident).await;
    team.reply("Confirmed by Ada").await;
    team.is_quiet().await;
    team.workspace.fail(POST, FailureCount::Next(1), FailureMode::StatusAfterAccepting(503));
    team.clear("a").await;
    team.reply("Resolve it?").await;
    team.is_quiet().await;
    worker.stop().await;
    let (roots, replies) = (team.roots().len(), team.replies().len());
    println!("3 posts accepted with 500, 503 and a cut line: {roots} message, {replies} replies");
    assert_eq!((roots, replies), (1, 2));
}

async fn worker_that_dies_around_a_post_repeats_no_message(site: TestSite) {
    let team = Team::of(site).await;
    let incident = team.raise("a").await;
    let mut deaths = 0;
    // Before Slack has it, and after.
    for problem in [FailureMode::Hangs, FailureMode::HangsAfterAccepting] {
        for _ in 0..2 {
            let calls = team.workspace.calls_of(POST).len();
            team.workspace.fail(POST, FailureCount::Next(1), problem.clone());
            let worker = team.start();
            let has_work = async || team.workspace.calls_of(POST).len() > calls;
            team.site.until("a post", has_work).await;
            worker.kill().await;
            deaths += 1;
            match deaths {
                1 => team.confirm(incident).await,
                _ => team.update(incident, &format!("Number {deaths}")).await,
            }
        }
    }
    team.workspace.recover();
    let worker = team.start();
    team.reply("Number 4").await;
    team.is_quiet().await;
    worker.stop().await;
    let replies = team.replies();
    println!("{deaths} deaths: {} message, {} replies", team.roots().len(), replies.len());
    for words in ["Confirmed by Ada", "Number 2", "Number 3", "Number 4"] {
        let told = replies.iter().filter(|reply| contains_text(reply, words)).count();
        assert_eq!(told, 1, "{words}: {replies:?}");
    }
}

async fn revoked_token_is_a_problem_until_its_file_holds_a_new_one(site: TestSite) {
    let team = Team::of(site).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, "xoxb-candor-test\n").unwrap();
    let worker = team.start_with(|settings| {
        settings.slack.as_mut().unwrap().bot_token = Credential::File(file.clone());
    });
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    team.workspace.revoke_tokens();
    team.confirm(incident).await;
    team.until_problem("token_revoked").await;
    team.workspace.allow("xoxb-new");
    std::fs::write(&file, "xoxb-new\n").unwrap();
    team.reply("Confirmed by Ada").await;
    team.until_fixed().await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_queues_continue_while_slack_is_down_and_the_thread_catches_up() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    team.site.add_subscribers(3).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    let quiet = team.raise("b").await;
    assert_eq!(quiet, incident);
    team.workspace.go_away().await;
    team.confirm(incident).await;
    team.site.mailbox_has(3).await;
    for number in 1..=6 {
        team.update(incident, &format!("Number {number}")).await;
    }
    assert_eq!(team.replies().len(), 0);
    team.until_problem("no answer").await;
    team.workspace.come_back().await.unwrap();
    team.until_fixed().await;
    let note = team.reply("Number 6").await;
    team.root("the truth", |root| contains_text(root, "Outage, confirmed")).await;
    team.is_quiet().await;
    worker.stop().await;
    println!("away: 3 mails; back: {} note of 7 events", team.replies().len());
    assert_eq!(team.replies().len(), 1);
    let places: Vec<_> = (1..=6).map(|n| note.text.find(&format!("Number {n}"))).collect();
    assert!(places.is_sorted() && places[0].is_some(), "{note:?}");
    assert!(contains_text(&note, "Confirmed by Ada"), "{note:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn blocks_that_slack_rejects_are_sent_as_text() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    team.workspace.fail(POST, FailureCount::Next(1), FailureMode::Error("invalid_blocks"));
    let worker = team.start();
    let incident = team.raise("a").await;
    let root = team.root("a message", |_| true).await;
    assert!(buttons(&root).is_empty() && contains_text(&root, "Possible outage"), "{root:?}");
    team.is_quiet().await;
    // The next change has blocks again, as long as Slack accepts them.
    team.confirm(incident).await;
    team.root("buttons", |root| buttons(root).contains(&"resolve".to_owned())).await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn note_that_slack_always_rejects_blocks_nothing_and_is_reported() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    team.is_quiet().await;
    team.workspace.fail(POST, FailureCount::Next(2), FailureMode::Error("msg_too_long"));
    team.confirm(incident).await;
    team.site
        .until("it is given up", async || team.site.in_state(DeliveryState::Dead).await == 1)
        .await;
    let errors = team.site.last_errors().await;
    team.update(incident, "Go on.").await;
    team.reply("Go on.").await;
    team.is_quiet().await;
    worker.stop().await;
    println!("refused for good: {errors:?}");
    assert!(errors[0].contains("msg_too_long"), "{errors:?}");
    assert_eq!(team.replies().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_history_scope_a_message_is_repeated_rather_than_lost() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    team.workspace.grant(&["chat:write", "channels:read", "channels:join"]);
    team.workspace.fail(POST, FailureCount::Next(1), FailureMode::StatusAfterAccepting(500));
    let worker = team.start();
    team.raise("a").await;
    team.until("it is posted again", || team.roots().len() == 2).await;
    team.is_quiet().await;
    worker.stop().await;
    assert_eq!(team.roots().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn retry_after_of_slack_is_respected() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    let pause = 3;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    team.is_quiet().await;
    team.workspace.fail("chat.update", FailureCount::Next(1), FailureMode::RateLimited(pause));
    team.confirm(incident).await;
    team.reply("Confirmed by Ada").await;
    team.is_quiet().await;
    worker.stop().await;
    let calls = team.workspace.calls();
    let refused = calls.iter().position(|call| call.failure.is_some()).unwrap();
    let next = calls[refused + 1..].iter().find(|call| call.method.starts_with("chat.")).unwrap();
    let waited = next.at - calls[refused].at;
    println!("429 with Retry-After {pause}: the next call after {waited:?}");
    assert!(waited >= Duration::from_secs(pause), "{waited:?}");
}
