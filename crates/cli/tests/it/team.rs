//! The team in Slack: the fake workspace, its people, and requests signed by Slack's own library.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::Mutex,
};

use candor_testkit::{
    http::{self, Answer},
    process::{self, HOW_TO_INSTALL},
    site::Installation,
    slack::{FakeInput, SlackMessage, SlackRequest, Workspace},
    until,
};
use jiff::Timestamp;
use serde_json::Value;
use tokio::runtime::Runtime;

/// A workspace with a Slack channel `#incidents`, and two people.
pub(crate) struct Team {
    pub(crate) workspace: Workspace,
    pub(crate) channel: String,
    pub(crate) ada: String,
    pub(crate) grace: String,
    signer: Signer,
    _runtime: Runtime,
}

impl Team {
    pub(crate) fn gather() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let workspace = runtime.block_on(Workspace::start()).unwrap();
        let (ada, grace) = (workspace.add_user("Ada"), workspace.add_user("Grace"));
        let channel = workspace.add_channel("incidents", false);
        Self { workspace, channel, ada, grace, signer: Signer::start(), _runtime: runtime }
    }

    /// A site whose team this is.
    pub(crate) fn tell(&self, site: Installation) -> Installation {
        site.with("SLACK_BOT_TOKEN", Workspace::BOT_TOKEN)
            .with("SLACK_SIGNING_SECRET", Workspace::SIGNING_SECRET)
            .with("SLACK_CHANNEL", "#incidents")
            .with("SLACK_API_URL", self.workspace.api_url())
    }

    /// The one message in the Slack channel, once it says so.
    pub(crate) fn root(&self, what: &str, says: impl Fn(&SlackMessage) -> bool) -> SlackMessage {
        until(&format!("the message to say: {what}"), || {
            let roots = self.workspace.roots(&self.channel);
            assert!(roots.len() <= 1, "one message an incident: {roots:#?}");
            roots.into_iter().find(|root| says(root))
        })
    }

    /// A note in the thread of `root` that says this.
    pub(crate) fn note(&self, root: &SlackMessage, says: &str) -> SlackMessage {
        until(&format!("a note that says {says:?}"), || {
            let replies = self.workspace.replies(&self.channel, &root.ts);
            replies.into_iter().find(|reply| words(reply).contains(says))
        })
    }

    /// Lets Slack hand this to the site, signed by its own library; the site has to take it.
    pub(crate) fn hand(&self, site: &Installation, sent: &SlackRequest) -> Answer {
        let now = Timestamp::now().as_second().to_string();
        let signature = self.signer.sign(&now, &sent.body);
        let headers = [
            ("Content-Type", sent.content_type),
            ("X-Slack-Request-Timestamp", &*now),
            ("X-Slack-Signature", &*signature),
        ];
        let path = "/integrations/slack/events";
        let answer = http::ask(site.address, "POST", path, &headers, &sent.body).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer
    }

    /// Somebody presses a button of a message.
    pub(crate) fn click(
        &self,
        site: &Installation,
        who: &str,
        message: &SlackMessage,
        action: &str,
    ) {
        let click = self.workspace.click(who, &self.channel, &message.ts, action).unwrap();
        assert_eq!(self.hand(site, &click).text(), "");
    }

    /// Somebody fills in the modal that has opened, and submits it; the errors beside its fields, if there are any.
    pub(crate) fn submit(
        &self,
        site: &Installation,
        who: &str,
        inputs: &[(&str, FakeInput<'_>)],
    ) -> Vec<(String, String)> {
        until("a modal", || self.workspace.modal(who));
        let sent = self.workspace.submit(who, inputs).unwrap();
        let answer = self.hand(site, &sent);
        let answer = if answer.body.is_empty() { Value::Null } else { answer.json() };
        self.workspace.answered(who, &answer).unwrap()
    }
}

/// All that a message says, in one string.
pub(crate) fn words(message: &SlackMessage) -> String {
    format!("{} {}", message.text, message.blocks)
}

/// The texts of a message in which Slack looks for markup: all but the plain ones.
pub(crate) fn markup(message: &SlackMessage) -> Vec<String> {
    fn collect(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
            Value::Object(fields) => {
                if fields.get("type") == Some(&Value::from("mrkdwn")) {
                    found.extend(fields["text"].as_str().map(str::to_owned));
                }
                fields.values().for_each(|value| collect(value, found));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = vec![message.text.clone()];
    collect(&message.blocks, &mut found);
    found
}

/// Whether a message has this button.
pub(crate) fn has(message: &SlackMessage, action: &str) -> bool {
    message.blocks.to_string().contains(&format!("\"action_id\":\"{action}\""))
}

/// Signs as Slack does, by the verifier of Slack's own SDK.
struct Signer {
    child: Child,
    pipes: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
}

const SIGN: &str = "
import sys
from slack_sdk.signature import SignatureVerifier
verifier = SignatureVerifier(sys.argv[1])
for line in sys.stdin:
    timestamp, body = line.split()
    print(verifier.generate_signature(timestamp=timestamp, body=bytes.fromhex(body)), flush=True)
";

impl Signer {
    fn start() -> Self {
        let python = process::python();
        let mut child = Command::new(&python)
            .args(["-c", SIGN, Workspace::SIGNING_SECRET])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect(HOW_TO_INSTALL);
        let pipes = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, pipes: Mutex::new(pipes) }
    }

    fn sign(&self, timestamp: &str, body: &[u8]) -> String {
        let mut pipes = self.pipes.lock().unwrap();
        let body: String = body.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(pipes.0, "{timestamp} {body}").unwrap();
        let mut signature = String::new();
        pipes.1.read_line(&mut signature).unwrap();
        signature.trim().to_owned()
    }
}

impl Drop for Signer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
