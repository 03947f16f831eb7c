//! What the team reads during an incident.

use std::time::{Duration, Instant};

use candor_core::{Command, IncidentAction, MaintenancePlan, Notify, Severity, Window};
use candor_testkit::story::{declare_titled, maintenance_in, title};
use jiff::{SignedDuration, Timestamp};

use super::team::{Team, buttons, contains_text};
use crate::test_site::{TestSite, on_both};

on_both! {
    alert_is_one_message_with_buttons_that_further_alerts_update,
    root_message_stays_true_from_confirmation_to_end,
    automatic_dismissal_asks_whether_it_was_real,
    clearing_all_alerts_asks_once_and_resolving_closes_the_question,
    maintenance_asks_at_its_planned_time,
    thread_notes_what_the_schedule_did,
    suspected_incident_reaches_the_thread_and_mails_nobody,
    new_incident_does_not_wait_for_notes_of_older_ones,
}

async fn alert_is_one_message_with_buttons_that_further_alerts_update(site: TestSite) {
    let team = Team::of(site).await;
    let worker = team.start();
    team.raise("first").await;
    let root = team.root("a message", |_| true).await;
    let (yes, dismiss) = ("confirm".to_owned(), "dismiss".to_owned());
    assert!(buttons(&root).contains(&yes) && buttons(&root).contains(&dismiss), "{root:?}");
    team.is_quiet().await;
    for number in 0..10 {
        team.raise(&format!("further {number}")).await;
    }
    team.root("the count", |root| contains_text(root, "11 alerts")).await;
    team.is_quiet().await;
    worker.stop().await;
    let calls_that_post = team.workspace.calls_of("chat.postMessage");
    let changes = team.workspace.calls_of("chat.update");
    let pause = changes[0].at - calls_that_post[0].at;
    println!(
        "11 alerts: {} message, {} change after {pause:?}",
        team.workspace.messages(&team.slack_channel).len(),
        changes.len()
    );
    assert_eq!((calls_that_post.len(), team.roots().len(), changes.len()), (1, 1, 1));
    assert!(pause > Duration::from_secs(9), "further alerts can wait: {pause:?}");
}

async fn root_message_stays_true_from_confirmation_to_end(site: TestSite) {
    let team = Team::of(site).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |root| contains_text(root, "it burns")).await;
    team.confirm(incident).await;
    let root = team.root("it is confirmed", |root| contains_text(root, "Outage, confirmed")).await;
    assert!(
        contains_text(&root, "Ada") && !buttons(&root).contains(&"confirm".to_owned()),
        "{root:?}"
    );
    team.reply("Confirmed by Ada").await;
    team.update(incident, "The *disk* is full. <!channel>").await;
    let reply = team.reply("Update by Ada").await;
    assert!(
        !contains_text(&reply, "<!channel>") && contains_text(&reply, "&lt;!channel&gt;"),
        "{reply:?}"
    );
    team.resolve(incident).await;
    team.reply("Resolved by Ada").await;
    let root = team.root("it is resolved", |root| contains_text(root, "Resolved")).await;
    team.is_quiet().await;
    worker.stop().await;
    let replies = team.replies();
    println!("alert to resolved: 1 message changed {} times, {} notes", root.edits, replies.len());
    assert_eq!(replies.len(), 3);
    assert!(replies.iter().all(|reply| !reply.broadcast), "{replies:?}");
    assert!(!buttons(&root).contains(&"resolve".to_owned()), "{root:?}");
}

async fn automatic_dismissal_asks_whether_it_was_real(site: TestSite) {
    let team = Team::of(site).await;
    let worker = team.start();
    team.raise("a").await;
    team.root("a message", |_| true).await;
    team.clear("a").await;
    let root =
        team.root("it was real", |root| buttons(root).contains(&"it-was-real".to_owned())).await;
    team.reply("cleared").await;
    worker.stop().await;
    assert!(!buttons(&root).contains(&"confirm".to_owned()), "{root:?}");
}

async fn clearing_all_alerts_asks_once_and_resolving_closes_the_question(site: TestSite) {
    let team = Team::of(site).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.confirm(incident).await;
    team.clear("a").await;
    let question = team.reply("Resolve it?").await;
    assert!(question.broadcast && buttons(&question).contains(&"resolve".to_owned()));
    // A restart brings the question up again, and it isn't asked again.
    team.is_quiet().await;
    worker.stop().await;
    let worker = team.start();
    team.update(incident, "Still watching.").await;
    team.reply("Still watching").await;
    team.resolve(incident).await;
    team.until("the question is closed", || {
        let question = team.replies().into_iter().find(|reply| reply.ts == question.ts);
        question.is_some_and(|question| buttons(&question).is_empty())
    })
    .await;
    team.is_quiet().await;
    worker.stop().await;
    let asked = team.replies().into_iter().filter(|reply| reply.broadcast).count();
    println!("cleared, restarted, resolved: asked {asked} time");
    assert_eq!(asked, 1);
}

async fn maintenance_asks_at_its_planned_time(site: TestSite) {
    let team = Team::of(site).await;
    let worker = team.start();
    let starts_at = Timestamp::now() + SignedDuration::from_secs(3);
    let incident = plan(&team, starts_at, false).await;
    let root = team.root("it is planned", |root| contains_text(root, "New disks")).await;
    assert!(buttons(&root).contains(&"start".to_owned()), "{root:?}");
    let question = team.reply("The planned start".to_lowercase().as_str()).await;
    assert_eq!(buttons(&question), ["start", "postpone", "cancel"]);
    let (text, notify) = (None, Notify::Default);
    team.by_ada(IncidentAction::StartMaintenance { text, notify }.on(incident)).await;
    team.reply("Started by Ada").await;
    team.until("the question is closed", || {
        let question = team.replies().into_iter().find(|reply| reply.ts == question.ts);
        question.is_some_and(|question| buttons(&question).is_empty())
    })
    .await;
    worker.stop().await;
}

async fn thread_notes_what_the_schedule_did(site: TestSite) {
    let team = Team::of(site).await;
    let worker = team.start();
    plan(&team, Timestamp::now() + SignedDuration::from_secs(2), true).await;
    team.reply("Started by the schedule").await;
    let root = team.root("it is under way", |root| contains_text(root, "under way")).await;
    worker.stop().await;
    assert!(buttons(&root).contains(&"end".to_owned()), "{root:?}");
}

async fn suspected_incident_reaches_the_thread_and_mails_nobody(site: TestSite) {
    let team = Team::of(site).await;
    team.site.add_subscribers(2).await;
    let worker = team.start();
    let incident = team.raise("a").await;
    team.root("a message", |_| true).await;
    let before = team.site.mails();
    team.confirm(incident).await;
    team.site.mailbox_has(2).await;
    worker.stop().await;
    println!("suspected: {before} mails and 1 message; confirmed: {} mails", team.site.mails());
    assert_eq!((before, team.site.mails()), (0, 2));
}

async fn plan(team: &Team, starts_at: Timestamp, auto_start: bool) -> candor_core::IncidentNumber {
    let ends_at = starts_at + SignedDuration::from_hours(1);
    let plan = MaintenancePlan {
        title: title("New disks"),
        auto_start,
        auto_end: false,
        ..maintenance_in(Window { starts_at, ends_at })
    };
    team.by_ada(Command::PlanMaintenance(plan)).await
}

async fn new_incident_does_not_wait_for_notes_of_older_ones(site: TestSite) {
    let team = Team::of(site).await;
    let worker = team.start_with(|settings| settings.chat_interval = Duration::from_millis(200));
    let declare = async |title: &str| team.by_ada(declare_titled(title, Severity::Outage)).await;
    let mut older = Vec::new();
    for title in ["One", "Two", "Three"] {
        older.push(declare(title).await);
    }
    team.until("3 messages", || team.roots().len() == 3).await;
    team.is_quiet().await;
    for number in 0..4 {
        for incident in &older {
            team.update(*incident, &format!("Number {number}")).await;
        }
    }
    let notes = || {
        let messages = team.workspace.messages(&team.slack_channel);
        messages.iter().filter(|message| message.thread_ts.is_some()).count()
    };
    team.until("the first note", || notes() > 0).await;
    let asked = Instant::now();
    declare("Four").await;
    team.until("a fourth message", || team.roots().len() == 4).await;
    let (delay, before) = (asked.elapsed(), notes());
    worker.stop().await;
    println!(
        "12 notes of older incidents: the new one was told after {delay:?}, {before} notes before"
    );
    assert!(before < 8, "{before} notes went before it");
}
