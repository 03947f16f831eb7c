//! Slack's own Python SDK judges the fake workspace and our signatures.

use std::{process::Stdio, time::Duration};

use candor_integrations::slack::{
    inbound::{Inbound, read},
    signature::verify,
};
use candor_testkit::{
    process::{self, HOW_TO_INSTALL},
    slack::{FailureCount, FailureMode, SlackRequest, Workspace, sign},
};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// The SDK in a process of its own.
struct Sdk {
    child: Child,
    stdin: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Sdk {
    fn start(arguments: &[&str]) -> Self {
        let python = process::python();
        let mut command = Command::new(&python);
        for proxy in
            ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]
        {
            command.env_remove(proxy);
        }
        let mut child = command
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/slack_client.py"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{python} can't be run ({error}): {HOW_TO_INSTALL}"));
        let stdin = child.stdin.take().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, stdin, lines }
    }

    async fn says(&mut self) -> Value {
        let line = tokio::time::timeout(Duration::from_secs(30), self.lines.next_line());
        let line = line.await.expect("slack_sdk is silent").unwrap();
        serde_json::from_str(&line.unwrap_or_else(|| panic!("slack_sdk failed: {HOW_TO_INSTALL}")))
            .unwrap()
    }

    async fn ask(&mut self, what: &Value) -> Value {
        self.stdin.write_all(format!("{what}\n").as_bytes()).await.unwrap();
        self.says().await
    }

    async fn ends_well(self) {
        let Self { mut child, stdin, lines } = self;
        drop((stdin, lines));
        let status =
            tokio::time::timeout(Duration::from_secs(30), child.wait()).await.unwrap().unwrap();
        assert!(status.success(), "{status}");
    }
}

fn trigger(sent: &SlackRequest) -> String {
    let Inbound::Interaction(interaction) = read(Some(sent.content_type), &sent.body).unwrap()
    else {
        panic!("{sent:?}")
    };
    interaction.trigger_id.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn slacks_client_takes_the_workspace_for_slack() {
    let workspace = Workspace::start().await.unwrap();
    let people: Vec<_> =
        (0..10).map(|number| workspace.add_user(&format!("Person {number}"))).collect();
    for number in 0..20 {
        let _id = workspace.add_channel(&format!("room-{number}"), number % 3 == 0);
    }
    let channel = workspace.add_channel("status", false);
    workspace.fail("usergroups.users.list", FailureCount::Next(2), FailureMode::RateLimited(0));
    // It takes the client a while to use the trigger: a person's is as old as their click.
    let trigger = trigger(&workspace.shortcut(&people[0], "declare"));
    workspace.keep_triggers();
    let base = workspace.api_url();
    let mut sdk = Sdk::start(&["web", &base, Workspace::BOT_TOKEN, &channel, &people[0], &trigger]);
    let counted = sdk.says().await;
    sdk.ends_well().await;

    let calls = workspace.calls();
    assert_eq!(
        workspace.calls_of("usergroups.users.list").len(),
        3,
        "twice too many, then answered"
    );
    assert_eq!(counted["refused"].as_array().unwrap().len(), 13, "{counted}");
    assert_eq!(workspace.modal(&people[0]).unwrap().view["callback_id"], "update");
    assert!(workspace.home(&people[0]).is_some());
    assert_eq!(workspace.ephemerals().len(), 1);
    println!(
        "slack_sdk: {} calls, {} of them refused as it expects, {} Slack channels and {} messages over several pages",
        calls.len(),
        counted["refused"].as_array().unwrap().len(),
        counted["channels"],
        counted["history"],
    );
}

#[tokio::test]
async fn both_sign_alike_and_refuse_alike() {
    let mut sdk = Sdk::start(&["sign"]);
    let now = Timestamp::from_second(1_795_269_900).unwrap();
    let (mut alike, mut refused) = (0, 0);
    for number in 0..300_u32 {
        let secret = format!("secret {number} ü");
        // Forms as they come, JSON, and anything else that is text: the SDK takes no other bytes.
        let body = match number % 3 {
            0 => format!("payload=%7B%22n%22%3A{number}%7D&text=a+b/c:d").into_bytes(),
            1 => json!({ "type": "event_callback", "n": number, "text": "Küche 🔥" })
                .to_string()
                .into_bytes(),
            _ => format!("\0\r\n\u{feff}{number}").repeat(9).into_bytes(),
        };
        let (timestamp, ours) = sign(&secret, now, &body);
        let question = json!({ "secret": secret, "now": now.as_second(), "timestamp": timestamp, "body": HEXLOWER.encode(&body) });
        let theirs = sdk.ask(&question).await["signature"].as_str().unwrap().to_owned();
        assert_eq!(theirs, ours);
        // As it is; at the edge of the window and behind it, in both directions; altered.
        for (offset, altered) in
            [(0, false), (300, false), (-300, false), (301, false), (-301, false), (0, true)]
        {
            let mut body = body.clone();
            if altered {
                body.push(b' ');
            }
            let at = now.checked_add(jiff::SignedDuration::from_secs(offset)).unwrap();
            let mut question = question.clone();
            question["now"] = json!(at.as_second());
            question["body"] = json!(HEXLOWER.encode(&body));
            question["signature"] = json!(theirs);
            let valid = sdk.ask(&question).await["valid"].as_bool().unwrap();
            assert_eq!(
                verify(&secret, Some(&timestamp), Some(&theirs), &body, at).is_ok(),
                valid,
                "{question}"
            );
            assert_eq!(valid, offset.abs() <= 300 && !altered);
            alike += 1;
            refused += u32::from(!valid);
        }
    }
    sdk.ends_well().await;
    println!(
        "signatures: 300 of 300 equal those of slack_sdk; {alike} verdicts alike, {refused} of them refusals"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn slacks_client_is_served_by_socket() {
    let workspace = Workspace::start().await.unwrap();
    let ada = workspace.add_user("Ada");
    let channel = workspace.add_channel("status", false);
    let mut sdk = Sdk::start(&["socket", &workspace.api_url(), Workspace::APP_TOKEN]);
    assert_eq!(sdk.says().await["connected"], true);
    let command = workspace.command(&ada, &channel, "/candor", "declare");
    let (answer, said) = tokio::join!(workspace.send(&command), sdk.says());
    assert_eq!(answer, Some(json!({ "text": "taken" })));
    assert_eq!(
        (said["type"].as_str(), said["payload"]["text"].as_str()),
        (Some("slash_commands"), Some("declare"))
    );
    let event = workspace.open_home(&ada);
    let (answer, said) = tokio::join!(workspace.send_again(&event, 2), sdk.says());
    assert_eq!(answer, Some(Value::Null));
    assert_eq!((said["type"].as_str(), said["retry"].as_u64()), (Some("events_api"), Some(2)));
    // Told that the connection will be closed, it opens another one, and then closes the old one.
    workspace.announce_end("refresh_requested");
    let again = workspace.until(Duration::from_secs(20), |workspace| {
        (workspace.connections_so_far() == 2 && workspace.connections() == 1).then_some(())
    });
    assert_eq!(again.await, Some(()));
    let shortcut = workspace.shortcut(&ada, "plan");
    let (answer, said) = tokio::join!(workspace.send(&shortcut), sdk.says());
    assert_eq!(answer, Some(json!({ "text": "taken" })));
    assert_eq!(said["payload"]["callback_id"], "plan");
    sdk.ends_well().await;
}
