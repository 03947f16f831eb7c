//! The team's incoming webhook: what is posted, and what each failure means.

use candor_core::HookKind;
use candor_integrations::{
    Credential,
    slack::api::ErrorClass,
    webhook::{IncomingWebhook, WebhookSettings},
};
use candor_testkit::slack::{FailureCount, FailureMode, Workspace};

fn webhook(url: &str) -> IncomingWebhook {
    IncomingWebhook::new(&WebhookSettings { url: Credential::Fixed(url.to_owned()) }).unwrap()
}

/// A workspace, and an address in it that takes messages as an incoming webhook does.
async fn a_receiver() -> (Workspace, String, String) {
    let workspace = Workspace::start().await.unwrap();
    let channel = workspace.add_channel("status", false);
    workspace.invite(Workspace::BOT_USER, &channel);
    let url = workspace.incoming_webhook(&channel);
    (workspace, channel, url)
}

#[tokio::test]
async fn a_message_arrives() {
    let (workspace, channel, url) = a_receiver().await;
    let webhook = webhook(&url);
    assert_eq!(webhook.kind().unwrap(), HookKind::Slack);
    webhook.post("Possible outage").await.unwrap();
    assert_eq!(workspace.messages(&channel)[0].text, "Possible outage");
    assert!(!format!("{webhook:?}").contains(&url));
}

#[tokio::test]
async fn different_failures_are_told_apart() {
    let (workspace, channel, url) = a_receiver().await;
    let receiver = webhook(&url);
    for (trouble, class) in [
        (FailureMode::RateLimited(7), ErrorClass::RateLimited),
        (FailureMode::Status(500), ErrorClass::Unknown),
        (FailureMode::HangsUpAfterAccepting, ErrorClass::Unknown),
        (FailureMode::Status(404), ErrorClass::Credentials),
        (FailureMode::Status(403), ErrorClass::Credentials),
        (FailureMode::Status(302), ErrorClass::Configuration),
    ] {
        workspace.fail("webhook", FailureCount::Next(1), trouble.clone());
        let error = receiver.post("x").await.unwrap_err();
        assert_eq!(error.class, class, "{trouble:?}");
        assert_eq!(error.retry_after.is_some(), class == ErrorClass::RateLimited);
        assert!(!error.to_string().contains("http://"), "{error}");
    }
    assert_eq!(workspace.messages(&channel).len(), 1);
    workspace.go_away().await;
    assert_eq!(receiver.post("x").await.unwrap_err().class, ErrorClass::NotSent);
    for unusable in ["http://hooks.slack.com/services/T1/B1/secret", "not an address", ""] {
        let error = webhook(unusable).post("x").await.unwrap_err();
        assert_eq!(error.class, ErrorClass::Configuration, "{unusable}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn a_changed_address_is_used_at_once() {
    let (workspace, channel, url) = a_receiver().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("url");
    let webhook =
        IncomingWebhook::new(&WebhookSettings { url: Credential::File(path.clone()) }).unwrap();
    assert_eq!(webhook.post("x").await.unwrap_err().code, "no_url");
    std::fs::write(&path, format!("{url}\n")).unwrap();
    webhook.post("x").await.unwrap();
    assert_eq!(workspace.messages(&channel).len(), 1);
}
