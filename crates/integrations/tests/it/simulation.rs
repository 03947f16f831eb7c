//! Sending a simulated alert, as a provider would.

use candor_integrations::alert_source::sender::send;
use candor_testkit::{
    endpoint::{Endpoint, FakeReply},
    free_address,
};

#[tokio::test]
async fn a_call_carries_its_secret_and_follows_no_redirect() {
    let hook = Endpoint::start(|_, _| {
        FakeReply::Says(307, "location: http://127.0.0.1:1/\r\n".to_owned(), String::new())
    });
    let path = "/integrations/opsgenie/hook";
    assert_eq!(send(&hook.url(path), Some("s3cret"), "{}".to_owned()).await.unwrap(), 307);
    let [call] = hook.posted().try_into().unwrap();
    assert_eq!(
        (call.method.as_str(), call.path.as_str(), call.body.as_str()),
        ("POST", path, "{}")
    );
    assert_eq!(call.header("authorization"), "Bearer s3cret");
    assert_eq!(call.header("content-type"), "application/json");
}

#[tokio::test]
async fn a_hook_that_is_not_there_is_named_without_its_secret() {
    let url = format!("http://{}/hook/s3cret", free_address());
    let error = send(&url, None, "{}".to_owned()).await.unwrap_err().to_string();
    assert!(error.starts_with("the hook can't be reached"), "{error}");
    assert!(!error.contains("s3cret"), "{error}");
}
