//! The incoming webhook: a chat channel that only listens.

use std::sync::Mutex;

use candor_integrations::{Credential, webhook::WebhookSettings};
use candor_testkit::endpoint::{Endpoint, FakeReply, ReceivedPost};

use super::team::Team;
use crate::test_site::{TestSite, on_both};

on_both! {
    webhook_gets_the_present_state_and_then_each_change,
}

/// A receiver that answers with these statuses, the last one first, and then with 200; and its settings.
fn receiver(answers: &[u16]) -> (Endpoint, WebhookSettings) {
    let answers = Mutex::new(answers.to_vec());
    let receiver = Endpoint::start(move |_, _| {
        FakeReply::status(answers.lock().unwrap().pop().unwrap_or(200))
    });
    let url = Credential::Fixed(receiver.url("/hook"));
    (receiver, WebhookSettings { url })
}

/// The posted texts, once there are this many.
async fn texts(team: &Team, receiver: &Endpoint, count: usize) -> Vec<String> {
    let what = format!("{count} messages");
    team.site.until(&what, async || receiver.posted().len() >= count).await;
    let text = |posted: &ReceivedPost| posted.json()["text"].as_str().unwrap().to_owned();
    receiver.posted().iter().map(text).collect()
}

async fn webhook_gets_the_present_state_and_then_each_change(site: TestSite) {
    let team = Team::of(site).await;
    let (receiver, settings) = receiver(&[]);
    let worker = team.start_with(|all| all.chat_webhook = Some(settings));
    // Slack being down has no effect here.
    team.workspace.go_away().await;
    let incident = team.raise("a").await;
    texts(&team, &receiver, 1).await;
    team.raise("b").await;
    team.confirm(incident).await;
    texts(&team, &receiver, 2).await;
    team.update(incident, "<!channel> The *disk* is full.").await;
    texts(&team, &receiver, 3).await;
    team.clear("a").await;
    team.clear("b").await;
    texts(&team, &receiver, 4).await;
    team.resolve(incident).await;
    texts(&team, &receiver, 5).await;
    worker.stop().await;
    let texts = texts(&team, &receiver, 5).await;
    println!("{texts:#?}");
    assert_eq!(texts.len(), 5);
    let words = ["it burns", "Confirmed by Ada", "disk", "Resolve it?", "Resolved by Ada"];
    let page = "https://status.example.org/";
    for (text, words) in texts.iter().zip(words) {
        assert!(text.contains(words) && text.contains(page), "{words}: {text}");
        assert!(!text.contains("<!"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn uncertain_webhook_message_is_repeated_and_a_removed_webhook_is_a_problem() {
    let team = Team::of(TestSite::on_sqlite().await).await;
    let (receiver, settings) = receiver(&[404, 500]);
    let worker = team.start_with(|all| {
        all.chat_webhook = Some(settings);
        all.slack = None;
    });
    team.raise("a").await;
    let problem = async || {
        let rooms = team.site.store.chat_channels().await.unwrap();
        rooms.into_iter().find_map(|chat_channel| chat_channel.problem)
    };
    let removed = async || problem().await.is_some_and(|why| why.contains("was removed"));
    team.site.until("the trouble", removed).await;
    // The receiver accepted the first of these whatever it answered, and rejected the second.
    let texts = texts(&team, &receiver, 3).await;
    team.site.until("it is over", async || problem().await.is_none()).await;
    team.is_quiet().await;
    worker.stop().await;
    println!("500, 404, 200: {} copies", texts.len());
    assert_eq!(receiver.posted().len(), 3);
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:#?}");
}
