//! `/candor` commands, and shortcuts.

use candor_core::{Severity, Status};
use serde_json::Value;

use super::Team;
use crate::test_server::{declare, number};

impl Team {
    /// The answer to Ada's command.
    async fn slash_command(&self, text: &str) -> Value {
        let answer =
            self.send_ok(&self.workspace.command(&self.ada, &self.channel, "/candor", text)).await;
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn slash_command_shows_the_status_to_its_sender_only() {
    let team = Team::new().await;
    let answer = team.slash_command("").await;
    assert_eq!(answer["response_type"], "ephemeral");
    assert!(answer["text"].as_str().unwrap().contains("working normally"), "{answer}");
    team.raise_alert("a-1").await;
    for text in ["", "  ", "status", "STATUS", "“status”"] {
        assert!(
            team.slash_command(text).await.to_string().contains("might be having issues"),
            "{text}"
        );
    }
    for text in ["help", "?", "dance", "update x", "resolve now", "<!channel>", "ünïcode 🙈"] {
        let answer = team.slash_command(text).await;
        assert!(answer["text"].as_str().unwrap().contains("declare"), "{text}: {answer}");
        assert!(!answer.to_string().contains("<!channel>"));
    }
    assert_eq!(team.log().await.len(), 1);
    candor_testkit::slack::judge::message(&team.slash_command("").await["blocks"]).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn slash_command_opens_the_form_of_the_only_incident_or_asks_which() {
    let team = Team::new().await;
    assert!(team.slash_command("update").await.to_string().contains("No incident is open"));
    assert_eq!(team.slash_command("declare Checkout &lt;b&gt; is down").await, Value::Null);
    let form = team.modal(&team.ada, "Declare incident").await;
    assert!(form.to_string().contains("Checkout <b> is down"), "{form}");
    team.run(declare("One", Severity::Partial)).await;
    assert_eq!(team.slash_command("update").await, Value::Null);
    team.modal(&team.ada, "Post update").await;
    assert_eq!(team.slash_command("resolve").await, Value::Null);
    team.modal(&team.ada, "Resolve").await;
    team.run(declare("Two", Severity::Partial)).await;
    let which = team.slash_command("resolve").await.to_string();
    assert!(which.contains("#1") && which.contains("#2"), "{which}");
    assert_eq!(team.slash_command("resolve #2").await, Value::Null);
    team.modal(&team.ada, "Resolve").await;
    assert_eq!(team.slash_command("update 77").await, Value::Null);
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("no incident #77"), "{texts:?}");
    assert_eq!(team.log().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn message_becomes_an_update_of_its_thread_the_only_incident_or_the_named_one() {
    let team = Team::new().await;
    let workspace = &team.workspace;
    let (ada, channel) = (&team.ada, &team.channel);
    let alone = workspace.write(&team.bob, channel, None, "the disk is back");
    let shortcut =
        |ts: &str| workspace.message_shortcut(ada, "post-as-update", channel, ts).unwrap();
    team.send_ok(&shortcut(&alone)).await;
    let texts = team.ephemeral_texts(ada, 1).await;
    assert!(texts[0].contains("No incident is open"), "{texts:?}");
    team.run(declare("One", Severity::Partial)).await;
    let ts = team.post_root_message(number(1)).await;
    team.send_ok(&shortcut(&alone)).await;
    let form = team.modal(ada, "Post update").await;
    assert!(form.to_string().contains("the disk is back") && form.to_string().contains("(#1)"));
    team.send_ok(&workspace.close(ada).unwrap()).await;
    team.run(declare("Two", Severity::Partial)).await;
    let reply = workspace.write(&team.bob, channel, Some(&ts), "in the thread of the first");
    team.send_ok(&shortcut(&reply)).await;
    let form = team.modal(ada, "Post update").await;
    assert!(
        form.to_string().contains("in the thread of the first")
            && form.to_string().contains("(#1)")
    );
    team.send_ok(&shortcut(&alone)).await;
    let texts = team.ephemeral_texts(ada, 2).await;
    assert!(texts[1].contains("Which incident"), "{texts:?}");
    // Other apps' shortcuts aren't ours.
    let other = workspace.message_shortcut(ada, "translate", channel, &alone).unwrap();
    assert_eq!(team.send_ok(&other).await.body, b"");
    assert_eq!(team.send_ok(&workspace.shortcut(ada, "test-shortcut")).await.body, b"");
    assert_eq!((team.status(1), team.log().await.len()), (Status::Confirmed, 2));
}
