//! Links in mails: they prove whom the mail was sent to, and nothing else.

use candor_integrations::link::Links;
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::KEY;

fn links(site: &str) -> Links {
    Links::new(site, &KEY).unwrap()
}

fn token(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

#[test]
fn a_link_is_read_back_for_what_it_was_made_for() {
    let (links, id) = (links("https://status.example.org"), Uuid::from_u128(42));
    let confirm = links.confirm_url(id);
    let unsubscribe = links.unsubscribe_url(id);
    assert!(confirm.starts_with("https://status.example.org/subscribe/"), "{confirm}");
    assert!(unsubscribe.starts_with("https://status.example.org/unsubscribe/"), "{unsubscribe}");
    assert_eq!(links.read_confirm(token(&confirm)), Some(id));
    assert_eq!(links.read_unsubscribe(token(&unsubscribe)), Some(id));
    assert_eq!(links.read_confirm(token(&unsubscribe)), None, "one is not good for the other");
    assert_eq!(links.read_unsubscribe(token(&confirm)), None, "one is not good for the other");
}

#[test]
fn a_link_of_another_key_is_not_ours() {
    let theirs = Links::new("https://status.example.org", &[8; 32]).unwrap();
    let url = theirs.unsubscribe_url(Uuid::from_u128(42));
    assert_eq!(links("https://status.example.org").read_unsubscribe(token(&url)), None);
}

#[test]
fn a_link_lives_as_long_as_the_key() {
    // Made by another program (Python's hmac) when the format was decided: a mail of then has to work for ever.
    let id = Uuid::from_u128(0xA11CE);
    assert_eq!(
        links("https://status.example.org")
            .read_unsubscribe("AAAAAAAAAAAAAAAAAAoRziooo9dNnlzL4gfuIYvmu0A"),
        Some(id)
    );
}

#[test]
fn the_site_address_is_used_as_it_is_meant() {
    for (given, incident, host) in [
        (
            "https://status.example.org",
            "https://status.example.org/2026-11-21/7",
            "status.example.org",
        ),
        (
            "https://status.example.org/",
            "https://status.example.org/2026-11-21/7",
            "status.example.org",
        ),
        (" http://localhost:8000 ", "http://localhost:8000/2026-11-21/7", "localhost"),
        (
            "HTTPS://Status.Example.Org",
            "https://status.example.org/2026-11-21/7",
            "status.example.org",
        ),
        (
            "https://störung.example",
            "https://xn--strung-xxa.example/2026-11-21/7",
            "xn--strung-xxa.example",
        ),
        ("http://[::1]:8000", "http://[::1]:8000/2026-11-21/7", "--1"),
    ] {
        let links = links(given);
        assert_eq!(links.incident_url("/2026-11-21/7"), incident);
        assert_eq!(links.host(), host);
    }
}

#[test]
fn a_site_address_that_makes_no_links_is_refused() {
    for wrong in [
        "",
        "status.example.org",
        "/status",
        "ftp://status.example.org",
        "javascript:alert(1)",
        "https://",
        "https://status.example.org?x=1",
        "https://status.example.org/#top",
        "https://example.org/status",
        "https://example.org/status/",
        "https://ann:secret@status.example.org",
    ] {
        let refused = Links::new(wrong, &KEY).expect_err(wrong).to_string();
        assert!(!refused.contains("secret"), "{refused}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_makes_a_token_by_changing_one(id: u128, at in 0_usize..43, to in "[A-Za-z0-9_-]") {
        let links = links("https://status.example.org");
        let url = links.unsubscribe_url(Uuid::from_u128(id));
        let mut changed = token(&url).to_owned();
        changed.replace_range(at..=at, &to);
        let read = links.read_unsubscribe(&changed);
        prop_assert_eq!(read.is_some(), changed == token(&url));
    }

    #[test]
    fn any_text_can_be_tried_as_a_token(text: String) {
        let links = links("https://status.example.org");
        prop_assert_eq!(links.read_unsubscribe(&text), None);
        prop_assert_eq!(links.read_confirm(&text), None);
    }
}
