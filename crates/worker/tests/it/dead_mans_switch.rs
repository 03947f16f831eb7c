//! The dead man's switch is told as long as Candor works.

use std::time::Duration;

use candor_integrations::ping::PingTarget;
use candor_testkit::{
    DEADLINE,
    endpoint::{Endpoint, FakeReply},
};

use crate::test_site::{TestSite, on_both};

on_both! {
    switch_is_told_at_the_start_by_whoever_leads,
}

async fn switch_is_told_at_the_start_by_whoever_leads(site: TestSite) {
    let endpoint = Endpoint::start(|_, _| FakeReply::status(200));
    let url = format!("http://127.0.0.1:{}/ping/some-secret", endpoint.port());
    let worker = site.start_with(|settings| {
        settings.dead_mans_switch = Some(PingTarget::new(&url).unwrap());
    });
    let called = async {
        while endpoint.posted().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(DEADLINE, called).await.unwrap();
    let call = &endpoint.posted()[0];
    assert_eq!((call.method.as_str(), call.path.as_str()), ("GET", "/ping/some-secret"));
    worker.stop().await;
}

#[test]
fn address_that_others_could_read_is_not_taken() {
    for wrong in ["", "hc-ping.com/1", "http://hc-ping.com/1", "ftp://hc-ping.com/1"] {
        assert!(PingTarget::new(wrong).is_err(), "{wrong}");
    }
    let target = PingTarget::new("https://hc-ping.com/some-secret").unwrap();
    assert!(!format!("{target:?}").contains("secret"));
}
