//! Slack channels that are archived, renamed or gone, and messages that somebody deletes.

use candor_store::DeliveryState;
use candor_store::Queue;
use candor_testkit::slack::Workspace;

use super::team::{Team, contains_text};
use crate::test_site::{TestSite, on_both};

on_both! {
    private_slack_channel_needs_an_invitation,
    archived_slack_channel_is_a_problem_until_unarchived,
    deleted_message_is_posted_again,
}

async fn private_slack_channel_needs_an_invitation(site: TestSite) {
    let mut team = Team::of(site).await;
    team.slack_channel = team.workspace.add_channel("war-room", true);
    let channel = team.slack_channel.clone();
    let worker = team.start_with(|settings| {
        settings.slack.as_mut().unwrap().channel = channel;
    });
    // Before anything has to be posted.
    team.until_problem("invite").await;
    team.raise("a").await;
    team.workspace.invite(Workspace::BOT_USER, &team.slack_channel);
    team.root("a message", |_| true).await;
    team.until_fixed().await;
    worker.stop().await;
}

async fn archived_slack_channel_is_a_problem_until_unarchived(site: TestSite) {
    let team = Team::of(site).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    team.workspace.archive(&team.slack_channel, true);
    team.confirm(incident).await;
    team.until_problem("archived").await;
    team.workspace.archive(&team.slack_channel, false);
    team.reply("Confirmed by Ada").await;
    team.until_fixed().await;
    worker.stop().await;
    assert_eq!(team.roots().len(), 1);
}

async fn deleted_message_is_posted_again(site: TestSite) {
    let team = Team::of(site).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    let first = team.root("a message", |_| true).await;
    team.is_quiet().await;
    team.workspace.delete(&team.slack_channel, &first.ts);
    team.confirm(incident).await;
    team.reply("Confirmed by Ada").await;
    let second = team.root("another one", |root| contains_text(root, "Outage, confirmed")).await;
    team.is_quiet().await;
    // Also where the message needs no change, so that only the reply shows that it is gone.
    team.workspace.delete(&team.slack_channel, &second.ts);
    team.clear("a").await;
    team.reply("Resolve it?").await;
    let third = team.root("a third one", |root| contains_text(root, "Outage, confirmed")).await;
    worker.stop().await;
    assert_ne!(second.ts, third.ts);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn missing_slack_channel_is_found_once_it_exists() {
    let mut team = Team::of(TestSite::on_sqlite().await).await;
    let worker = team.start_with(|settings| {
        settings.slack.as_mut().unwrap().channel = "#Outages".to_owned();
    });
    team.raise("a").await;
    team.until_problem("there is no Slack channel #Outages").await;
    team.slack_channel = team.workspace.add_channel("outages", false);
    team.root("a message", |_| true).await;
    team.until_fixed().await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn renamed_slack_channel_is_followed_and_a_new_setting_changes_it() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    team.is_quiet().await;
    worker.stop().await;
    team.workspace.rename(&team.slack_channel, "inc-2027");
    for round in ["first start after it", "second one"] {
        let worker = team.start();
        team.update(incident_confirmed(&team, incident).await, round).await;
        team.reply(round).await;
        let name = async || {
            let chat_channel = team.site.store.chat_channels().await.unwrap().remove(0);
            chat_channel.slack_channel.unwrap().name == "inc-2027"
        };
        team.site.until("the new name", name).await;
        team.is_quiet().await;
        worker.stop().await;
    }
    team.resolve(incident).await;

    // Old threads stay where they are; new ones begin in the Slack channel of the settings.
    let other = team.workspace.add_channel("other", false);
    let worker = team.start_with(|settings| {
        settings.slack.as_mut().unwrap().channel = "other".to_owned();
    });
    team.reply("Resolved by Ada").await;
    team.raise("b").await;
    team.until("it is told there", || team.workspace.roots(&other).len() == 1).await;
    worker.stop().await;
    assert_eq!(team.roots().len(), 1);
}

/// Confirms the incident, if it isn't yet.
async fn incident_confirmed(
    team: &Team,
    incident: candor_core::IncidentNumber,
) -> candor_core::IncidentNumber {
    let board = team.site.store.load().await.unwrap();
    if board.incident(incident).unwrap().status == candor_core::Status::Suspected {
        team.confirm(incident).await;
    }
    incident
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thread_continues_in_the_new_slack_channel_if_the_old_one_is_closed() {
    let mut team = Team::of(TestSite::on_sqlite().await).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    team.is_quiet().await;
    worker.stop().await;
    team.workspace.archive(&team.slack_channel, true);
    team.slack_channel = team.workspace.add_channel("other", false);
    let worker = team.start_with(|settings| {
        settings.slack.as_mut().unwrap().channel = "other".to_owned();
    });
    team.confirm(incident).await;
    team.root("there", |root| contains_text(root, "Outage, confirmed")).await;
    team.reply("Confirmed by Ada").await;
    team.until_fixed().await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bot_removed_from_a_public_slack_channel_rejoins_to_post() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    team.is_quiet().await;
    let joins = team.workspace.calls_of("conversations.join").len();
    let _event = team.workspace.leave(Workspace::BOT_USER, &team.slack_channel);
    team.confirm(incident).await;
    team.reply("Confirmed by Ada").await;
    team.is_quiet().await;
    worker.stop().await;
    assert_eq!(team.workspace.calls_of("conversations.join").len(), joins + 1);
    assert_eq!(team.site.attempts().await, 1, "in the same go");

    // With nothing to post it stays away, and reports that it was removed.
    let _event = team.workspace.leave(Workspace::BOT_USER, &team.slack_channel);
    let worker = team.start();
    team.until_problem("was removed from the Slack channel #incidents").await;
    assert_eq!(team.workspace.calls_of("conversations.join").len(), joins + 1);
    team.resolve(incident).await;
    team.reply("Resolved by Ada").await;
    team.until_fixed().await;
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leader_without_chat_does_not_stop_chat() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    let worker = team.start();
    team.raise("a").await;
    team.root("a message", |_| true).await;
    team.is_quiet().await;
    worker.stop().await;
    let channels = async || team.site.store.chat_channels().await.unwrap().len();

    let mails_only = team.site.start_with(|all| all.queues = vec![Queue::Mail, Queue::Default]);
    team.confirm(candor_core::IncidentNumber::FIRST).await;
    team.site
        .until("it leads", async || {
            team.site.store.deliveries(1).await.unwrap()[0].state == DeliveryState::Waiting
        })
        .await;
    mails_only.stop().await;
    assert_eq!(channels().await, 1);

    // One that would serve chat, and has no chat channel, deactivates it.
    let everything = team.site.start();
    team.site.until("no chat channel", async || channels().await == 0).await;
    everything.stop().await;
}
