//! Our webhook signatures, judged by the Standard Webhooks libraries for Python and node.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use candor_integrations::webhook::sign;
use candor_testkit::process::{self, HOW_TO_INSTALL};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::Site;

/// Reads one case a line, and says of each whether the library takes it.
const PYTHON: &str = "
import json, sys
from standardwebhooks.webhooks import Webhook
for line in sys.stdin:
    case = json.loads(line)
    try:
        Webhook(case['secret']).verify(case['body'], case['headers'])
        print('yes')
    except Exception as error:
        print(type(error).__name__)
";

/// The same for node.
const NODE: &str = "
const { createRequire } = require('node:module');
const { Webhook } = createRequire(process.env.CANDOR_TEST_NPM + '/package.json')('standardwebhooks');
const lines = require('node:fs').readFileSync(0, 'utf8').split('\\n').filter(Boolean);
for (const line of lines) {
  const { secret, body, headers } = JSON.parse(line);
  try {
    new Webhook(secret).verify(body, headers);
    console.log('yes');
  } catch (error) {
    console.log(error.constructor.name);
  }
}
";

fn by_python(cases: &[Value]) -> Vec<String> {
    let python = process::python();
    judged(Command::new(&python).args(["-c", PYTHON]), cases)
}

fn by_node(cases: &[Value]) -> Vec<String> {
    judged(Command::new("node").args(["-e", NODE]), cases)
}

fn judged(command: &mut Command, cases: &[Value]) -> Vec<String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} can't be run ({error}): {HOW_TO_INSTALL}"));
    let mut stdin = child.stdin.take().unwrap();
    let lines: String = cases.iter().map(|case| format!("{case}\n")).collect();
    // On a thread of its own: it answers while it still reads.
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "standardwebhooks failed: {HOW_TO_INSTALL}");
    writer.join().unwrap().unwrap();
    let verdicts = String::from_utf8(output.stdout).unwrap();
    verdicts.lines().map(str::to_owned).collect()
}

fn case(secret: &str, delivery: Uuid, at: Timestamp, body: &str) -> Value {
    let headers = sign(&[secret.to_owned()], delivery, at, body).unwrap();
    let headers: serde_json::Map<_, _> = headers
        .iter()
        .map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap())))
        .collect();
    json!({ "secret": secret, "body": body, "headers": headers })
}

#[test]
fn the_official_library_accepts_our_signatures_and_refuses_altered_messages() {
    let links = Site::new().links;
    let now = Timestamp::now();
    let mut good = Vec::new();
    for who in 0..50_u128 {
        let secret = links.webhook_secret(Uuid::from_u128(who));
        let delivery = Uuid::from_u128(1_000 + who);
        // The same message at each of its tries: the same id, another time.
        for seconds in [-250, -30, 0, 30] {
            let at = now + SignedDuration::from_secs(seconds);
            let body = json!({ "type": "incident.confirmed", "data": { "title": "\u{1F525} ä\"\\" }, "n": who.to_string() });
            good.push(case(&secret, delivery, at, &body.to_string()));
        }
    }
    // While the installation's key is being replaced, either secret will do.
    let replacing = Site::new().links.accepting(&[9; 32]).unwrap();
    let secrets = replacing.webhook_secrets(Uuid::from_u128(1));
    assert_eq!(secrets.len(), 2);
    let headers = sign(&secrets, Uuid::from_u128(2_000), now, "{}").unwrap();
    for secret in &secrets {
        let mut both = case(secret, Uuid::from_u128(2_000), now, "{}");
        both["headers"]["webhook-signature"] =
            json!(headers.get("webhook-signature").unwrap().to_str().unwrap());
        good.push(both);
    }
    let other = links.webhook_secret(Uuid::from_u128(999));
    let mut bad = Vec::new();
    for one in good.iter().take(50) {
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut changed = one.clone();
            change(&mut changed);
            changed
        };
        bad.push(changed(&|case| case["secret"] = json!(other)));
        bad.push(changed(&|case| {
            case["body"] = json!(format!("{} ", case["body"].as_str().unwrap()));
        }));
        bad.push(changed(&|case| case["headers"]["webhook-id"] = json!("another")));
        bad.push(changed(&|case| {
            let at = case["headers"]["webhook-timestamp"].as_str().unwrap().parse::<i64>().unwrap();
            case["headers"]["webhook-timestamp"] = json!((at + 1).to_string());
        }));
        bad.push(changed(&|case| {
            let signature = case["headers"]["webhook-signature"].as_str().unwrap();
            let flipped = if signature.contains("v1,A") { "v1,B" } else { "v1,A" };
            let rest: String = signature.chars().skip(4).collect();
            case["headers"]["webhook-signature"] = json!(format!("{flipped}{rest}"));
        }));
        bad.push(changed(&|case| {
            drop(case["headers"].as_object_mut().unwrap().remove("webhook-signature"));
        }));
    }
    // An old one, sent again by somebody who has read it.
    let secret = links.webhook_secret(Uuid::from_u128(1));
    bad.push(case(&secret, Uuid::from_u128(1), now - SignedDuration::from_mins(10), "{}"));
    let cases = [good.clone(), bad.clone()].concat();
    for (library, verdicts) in [("PyPI", by_python(&cases)), ("npm", by_node(&cases))] {
        let (taken, rest) = verdicts.split_at(good.len());
        let yes = |verdicts: &[String]| verdicts.iter().filter(|one| *one == "yes").count();
        println!(
            "standardwebhooks ({library}): {} of {} ours taken, {} of {} tampered ones taken",
            yes(taken),
            good.len(),
            yes(rest),
            bad.len()
        );
        assert_eq!(
            (yes(taken), yes(rest), rest.len()),
            (good.len(), 0, bad.len()),
            "{library}: {rest:?}"
        );
    }
}

#[test]
fn a_secret_is_a_subscribers_own_and_nothing_keeps_it() {
    let links = Site::new().links;
    let secrets: std::collections::BTreeSet<_> =
        (0..100).map(|who| links.webhook_secret(Uuid::from_u128(who))).collect();
    assert_eq!(secrets.len(), 100);
    assert_eq!(secrets, (0..100).map(|who| links.webhook_secret(Uuid::from_u128(who))).collect());
    let key = data_encoding::BASE64
        .decode(secrets.first().unwrap().strip_prefix("whsec_").unwrap().as_bytes());
    assert!((24..=64).contains(&key.unwrap().len()), "as the specification wants it");
    assert!(sign(&["not a secret".to_owned()], Uuid::nil(), Timestamp::UNIX_EPOCH, "").is_none());
}
