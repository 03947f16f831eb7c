//! Only what Slack signed within the last minutes is taken.

use candor_integrations::{
    Credential,
    slack::signature::{BadSignature, verify},
};
use candor_testkit::slack::sign;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";

fn now() -> Timestamp {
    Timestamp::from_second(1_531_420_618).unwrap()
}

#[test]
fn slacks_own_example_verifies() {
    // From the vendor's documentation; the official SDK computes the same.
    let body = b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V\
&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=\
https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=\
398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    let signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    assert_eq!(verify(SECRET, Some("1531420618"), Some(signature), body, now()), Ok(()));
    assert_eq!(sign(SECRET, now(), body), ("1531420618".to_owned(), signature.to_owned()));
}

#[test]
fn unsigned_unreadable_stale_and_wrong_signatures_are_refused_and_told_apart() {
    let body = b"payload=%7B%7D";
    let (timestamp, signature) = sign(SECRET, now(), body);
    let (timestamp, signature) = (timestamp.as_str(), signature.as_str());
    let hex = signature.strip_prefix("v0=").unwrap();
    let check = |timestamp: Option<&str>, signature: Option<&str>| {
        verify(SECRET, timestamp, signature, body, now())
    };
    assert_eq!(check(None, Some(signature)), Err(BadSignature::Missing));
    assert_eq!(check(Some(timestamp), None), Err(BadSignature::Missing));
    for malformed in [
        String::new(),
        hex.to_owned(),
        format!("v1={hex}"),
        format!("V0={hex}"),
        "v0=".to_owned(),
        format!("v0={}", hex.get(..62).unwrap()),
        format!("v0={hex}00"),
        format!("v0={}", hex.to_uppercase()),
        format!(" {signature}"),
        "v0=é".to_owned(),
    ] {
        let said = check(Some(timestamp), Some(&malformed));
        assert_eq!(said, Err(BadSignature::Malformed), "{malformed}");
    }
    for malformed in [
        "",
        "now",
        "1531420618.0",
        "+1531420618",
        " 1531420618",
        "-1",
        "1e9",
        "99999999999999999999",
    ] {
        let said = check(Some(malformed), Some(signature));
        assert_eq!(said, Err(BadSignature::Malformed), "{malformed}");
    }
    assert_eq!(
        verify("another", Some(timestamp), Some(signature), body, now()),
        Err(BadSignature::Wrong)
    );
}

#[test]
fn five_minutes_are_let_pass_in_both_directions_and_no_second_more() {
    let (timestamp, signature) = sign(SECRET, now(), b"{}");
    let at = |seconds| {
        let now = now().checked_add(SignedDuration::from_secs(seconds)).unwrap();
        verify(SECRET, Some(&timestamp), Some(&signature), b"{}", now)
    };
    for seconds in [-300, -1, 0, 1, 300] {
        assert_eq!(at(seconds), Ok(()), "{seconds}");
    }
    for seconds in [-86_400, -301, 301, 86_400] {
        assert_eq!(at(seconds), Err(BadSignature::Stale), "{seconds}");
    }
}

#[test]
fn while_the_secret_is_changed_both_are_good_and_an_empty_one_never_is() {
    let (timestamp, signature) = sign(SECRET, now(), b"{}");
    let with = |secrets: &str| verify(secrets, Some(&timestamp), Some(&signature), b"{}", now());
    for secrets in [format!("new,{SECRET}"), format!("{SECRET}, new"), format!(",{SECRET},")] {
        assert_eq!(with(&secrets), Ok(()), "{secrets}");
    }
    let (timestamp, forged) = sign("", now(), b"{}");
    for secrets in ["", ",", " , "] {
        let said = verify(secrets, Some(&timestamp), Some(&forged), b"{}", now());
        assert_eq!(said, Err(BadSignature::NoSecret), "{secrets:?}");
    }
    let said = verify("new,", Some(&timestamp), Some(&forged), b"{}", now());
    assert_eq!(said, Err(BadSignature::Wrong));
    assert!(Credential::Fixed("  ".to_owned()).current().is_err());
}

#[test]
fn a_changed_file_needs_no_restart_and_a_secret_is_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let credential = Credential::File(path.clone());
    assert!(credential.current().unwrap_err().to_string().contains("can't be read"));
    for secret in ["one", "two"] {
        std::fs::write(&path, format!("{secret}\n")).unwrap();
        assert_eq!(credential.current().unwrap(), secret);
    }
    std::fs::write(&path, "\n").unwrap();
    assert!(credential.current().is_err());
    assert!(!format!("{:?}", Credential::Fixed("xoxb-1".to_owned())).contains("xoxb"));
}

proptest! {
    #[test]
    fn only_the_signed_body_verifies(
        body in prop::collection::vec(any::<u8>(), 0..200),
        secret in "[!-+.-~]{1,40}",
        other in "[!-+.-~]{1,40}",
        flipped in any::<prop::sample::Index>(),
        later in 1_i64..300,
        cut in 0_usize..64,
    ) {
        let (timestamp, signature) = sign(&secret, now(), &body);
        let check = |secret: &str, timestamp: &str, signature: &str, body: &[u8]| {
            verify(secret, Some(timestamp), Some(signature), body, now()).is_ok()
        };
        prop_assert!(check(&secret, &timestamp, &signature, &body));
        let mut longer = body.clone();
        longer.push(b' ');
        prop_assert!(!check(&secret, &timestamp, &signature, &longer));
        if !body.is_empty() {
            let mut altered = body.clone();
            altered[flipped.index(body.len())] ^= 1;
            prop_assert!(!check(&secret, &timestamp, &signature, &altered));
        }
        prop_assert_eq!(check(&other, &timestamp, &signature, &body), other == secret);
        let moved = (now().as_second() - later).to_string();
        prop_assert!(!check(&secret, &moved, &signature, &body));
        prop_assert!(!check(&secret, &timestamp, signature.get(..3 + cut).unwrap(), &body));
    }
}

#[test]
fn a_thousand_forgeries_are_refused() {
    let (mut refused, mut by_kind) = (0, [0; 4]);
    for number in 0..1_000_i64 {
        let body = format!("payload=%7B%22n%22%3A{number}%7D");
        let (mut secret, mut at, mut sent) = (SECRET.to_owned(), now(), body.clone());
        let kind = usize::try_from(number % 4).unwrap();
        let far = SignedDuration::from_secs(301 + number * 7);
        match kind {
            0 => secret = format!("guess {number}"),
            1 => at = now().checked_sub(far).unwrap(),
            2 => at = now().checked_add(far).unwrap(),
            _ => sent.push('x'),
        }
        let (timestamp, signature) = sign(&secret, at, body.as_bytes());
        let said = verify(SECRET, Some(&timestamp), Some(&signature), sent.as_bytes(), now());
        assert!(matches!(said, Err(BadSignature::Wrong | BadSignature::Stale)), "{number}");
        refused += usize::from(said.is_err());
        by_kind[kind] += usize::from(said.is_err());
    }
    let [forged, stale, future, altered] = by_kind;
    println!(
        "signatures refused: {refused} of 1000 (forged {forged}, stale {stale}, future {future}, altered {altered})"
    );
    assert_eq!(refused, 1_000);
}
