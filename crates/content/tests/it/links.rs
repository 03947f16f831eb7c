//! Signed links in mails prove to whom the mail was sent, and nothing else.

use candor_content::link::{Links, ManageToken};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

const KEY: [u8; 32] = [7; 32];

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn links(site: &str) -> Links {
    Links::new(site, &KEY).unwrap()
}

fn token(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

#[test]
fn a_link_works_only_for_its_purpose() {
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

/// Made by another program (Python's hmac) when the format was decided: a mail of then has to work for ever.
#[test]
fn a_link_lives_as_long_as_the_key() {
    let id = Uuid::from_u128(0xA11CE);
    let token = "6QAAAAAAAAAAAAAAAAAKEc6eEf9pH6IrUYSKXrgS6f9G";
    assert_eq!(links("https://status.example.org").read_unsubscribe(token), Some(id));
}

#[test]
fn while_a_key_is_replaced_the_new_one_signs_and_both_are_taken() {
    let (site, id) = ("https://status.example.org", Uuid::from_u128(42));
    let at = time("2026-11-21T14:08:00Z");
    let old = links(site);
    let both = Links::new(site, &[9; 32]).unwrap().accepting(&KEY).unwrap();
    let new = Links::new(site, &[9; 32]).unwrap();
    for made in [&old, &new] {
        assert_eq!(both.read_confirm(token(&made.confirm_url(id))), Some(id));
        assert_eq!(both.read_unsubscribe(token(&made.unsubscribe_url(id))), Some(id));
        let manage = both.read_manage(token(&made.manage_url(id, at)), at);
        assert_eq!(manage, Some(ManageToken::Good(id)));
        assert_eq!(both.open(&made.seal("a text")), Some("a text".to_owned()));
    }
    assert_eq!(both.unsubscribe_url(id), new.unsubscribe_url(id));
    assert_eq!(new.read_unsubscribe(token(&old.unsubscribe_url(id))), None);
    let secrets = [new.webhook_secret(id), old.webhook_secret(id)];
    assert_eq!(both.webhook_secrets(id), secrets);
}

#[test]
fn a_link_to_a_subscription_ends_and_one_that_unsubscribes_never_does() {
    let (links, id) = (links("https://status.example.org"), Uuid::from_u128(42));
    let at = time("2026-11-21T14:08:00Z");
    let url = links.manage_url(id, at);
    for (days, read) in
        [(0, ManageToken::Good(id)), (30, ManageToken::Good(id)), (32, ManageToken::Expired(id))]
    {
        let later = at + SignedDuration::from_hours(24 * days);
        assert_eq!(links.read_manage(token(&url), later), Some(read), "{days} days");
    }
    assert_eq!(links.read_unsubscribe(token(&url)), None);
    assert_eq!(links.read_manage(token(&links.unsubscribe_url(id)), at), None);
    // Nobody makes it younger.
    let mut bytes = data_encoding::BASE64URL_NOPAD.decode(token(&url).as_bytes()).unwrap();
    bytes[20] ^= 1;
    let younger = data_encoding::BASE64URL_NOPAD.encode(&bytes);
    assert_eq!(links.read_manage(&younger, at), None);
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
    fn nobody_makes_a_token_by_changing_one(id: u128, at in 0_usize..44, to in "[A-Za-z0-9_-]") {
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
