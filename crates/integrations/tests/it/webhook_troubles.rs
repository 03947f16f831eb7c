//! How a webhook's receiver can fail or misbehave, and what that means for the next attempt.

use std::time::{Duration, Instant};

use candor_core::HookUrl;
use candor_integrations::webhook::{HeaderMap, HookClient, HookSettings, WebhookError};
use candor_testkit::endpoint::{Endpoint, FakeReply};

/// How long a call may take in these tests.
const TIMEOUT: Duration = Duration::from_secs(2);

fn client() -> HookClient {
    let settings = HookSettings {
        timeout: TIMEOUT,
        ..HookSettings::new("https://status.example.org", "127.0.0.0/8".parse().unwrap())
    };
    HookClient::new(&settings).unwrap()
}

async fn post(endpoint: &Endpoint, path: &str, listen: bool) -> Result<usize, WebhookError> {
    let url = HookUrl::parse(&endpoint.url(path)).unwrap();
    let answer = client().post(&url, HeaderMap::new(), "{}".to_owned(), listen).await;
    answer.map(|answer| answer.body.len())
}

#[tokio::test]
async fn each_answer_means_what_the_specification_says() {
    let endpoint = Endpoint::start(|posted, _| {
        let (status, retry) = posted.path.trim_matches('/').split_once('-').unwrap();
        let headers =
            if retry.is_empty() { String::new() } else { format!("retry-after: {retry}\r\n") };
        FakeReply::Says(status.parse().unwrap(), headers.replace('_', " "), "a secret".to_owned())
    });
    for status in [200, 201, 202, 204, 299] {
        assert!(post(&endpoint, &format!("/{status}-"), false).await.is_ok(), "{status}");
    }
    assert_eq!(post(&endpoint, "/410-", false).await, Err(WebhookError::Gone));
    for (path, seconds) in [
        ("/429-7", Some(7)),
        ("/503-120", Some(120)),
        ("/502-1", Some(1)),
        ("/504-1", Some(1)),
        ("/429-", None),
        ("/429-soon", None),
        ("/429--5", None),
        ("/500-7", None),
        ("/400-", None),
        ("/404-7", None),
        ("/301-", None),
        ("/503-Sun,_06_Nov_1994_08:49:37_GMT", None),
    ] {
        let Err(WebhookError::Later { wait, error }) = post(&endpoint, path, true).await else {
            panic!("{path}")
        };
        assert_eq!(wait, seconds.map(Duration::from_secs), "{path}");
        assert!(error.starts_with("HTTP ") && !error.contains("secret"), "{error}");
    }
    let Err(WebhookError::Later { wait: Some(wait), .. }) =
        post(&endpoint, "/503-Thu,_31_Dec_2099_23:59:59_GMT", false).await
    else {
        panic!("a date is read")
    };
    assert!(wait > Duration::from_secs(365 * 86_400));
}

#[tokio::test]
async fn an_endpoint_that_stalls_floods_or_hangs_up_costs_a_bounded_time_and_memory() {
    let endpoint = Endpoint::start(|posted, _| match posted.path.as_str() {
        "/stalls" => FakeReply::Stalls,
        "/head" => FakeReply::HeadOnly,
        "/hangs-up" => FakeReply::HangsUp,
        _ => FakeReply::Floods(10 * 1024 * 1024),
    });
    let begun = Instant::now();
    assert_eq!(
        post(&endpoint, "/stalls", false).await,
        Err(WebhookError::Later { wait: None, error: "no answer in time".to_owned() })
    );
    println!("a stalled call ended after {:?}", begun.elapsed());
    // Its head was a success; only a challenge waits for more, and then takes what there is.
    assert_eq!(post(&endpoint, "/head", false).await, Ok(0));
    assert_eq!(post(&endpoint, "/head", true).await, Ok(0));
    let Err(WebhookError::Later { error, .. }) = post(&endpoint, "/hangs-up", false).await else {
        panic!("nothing was answered")
    };
    assert_eq!(error, "the connection broke off");
    assert_eq!(post(&endpoint, "/flood", false).await, Ok(0));
    let kept = post(&endpoint, "/flood", true).await.unwrap();
    println!("of two answers of 10 MiB: {} bytes sent, {kept} kept", endpoint.flooded());
    assert_eq!(kept, 64 * 1024);
    assert!(endpoint.flooded() < 10 * 1024 * 1024, "nobody reads it to its end");

    let gone = endpoint.url("/");
    drop(endpoint);
    let url = HookUrl::parse(&gone).unwrap();
    let error = client().post(&url, HeaderMap::new(), String::new(), false).await.unwrap_err();
    assert_eq!(error.to_string(), "no connection");
}

#[tokio::test]
async fn an_address_is_never_shown() {
    let url = HookUrl::parse("https://hooks.example.org:8443/services/T1/secret?token=x").unwrap();
    assert_eq!(format!("{url:?}"), "hooks.example.org:8443/…");
    let odd = HookUrl::parse("https://user:pass@hooks.example.org/secret").unwrap();
    assert_eq!(format!("{odd:?}"), "hooks.example.org/…");
    let error = client().post(&url, HeaderMap::new(), String::new(), false).await.unwrap_err();
    assert!(!error.to_string().contains("secret") && !error.to_string().contains("hooks"));
    assert!(!format!("{:?}", client()).contains("secret"));
}
