//! `/candor` commands, and shortcuts.

use candor_core::{Severity, Status};
use serde_json::Value;

use super::Team;
use crate::test_server::{declare, number};

impl Team {
    /// What Ada is answered to a command.
    async fn types(&self, text: &str) -> Value {
        let answer =
            self.does(&self.workspace.command(&self.ada, &self.channel, "/candor", text)).await;
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn slash_command_shows_the_status_to_its_sender_only() {
    let team = Team::new().await;
    let answer = team.types("").await;
    assert_eq!(answer["response_type"], "ephemeral");
    assert!(answer["text"].as_str().unwrap().contains("working normally"), "{answer}");
    team.suspects("a-1").await;
    for text in ["", "  ", "status", "STATUS", "“status”"] {
        assert!(team.types(text).await.to_string().contains("might be having issues"), "{text}");
    }
    for text in ["help", "?", "dance", "update x", "resolve now", "<!channel>", "ünïcode 🙈"] {
        let answer = team.types(text).await;
        assert!(answer["text"].as_str().unwrap().contains("declare"), "{text}: {answer}");
        assert!(!answer.to_string().contains("<!channel>"));
    }
    assert_eq!(team.log().await.len(), 1);
    candor_testkit::slack::judge::message(&team.types("").await["blocks"]).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn slash_command_opens_the_form_of_the_only_incident_or_asks_which() {
    let team = Team::new().await;
    assert!(team.types("update").await.to_string().contains("No incident is open"));
    assert_eq!(team.types("declare Checkout &lt;b&gt; is down").await, Value::Null);
    let form = team.modal(&team.ada, "Declare incident").await;
    assert!(form.to_string().contains("Checkout <b> is down"), "{form}");
    team.gives(declare("One", Severity::Partial)).await;
    assert_eq!(team.types("update").await, Value::Null);
    team.modal(&team.ada, "Post update").await;
    assert_eq!(team.types("resolve").await, Value::Null);
    team.modal(&team.ada, "Resolve").await;
    team.gives(declare("Two", Severity::Partial)).await;
    let which = team.types("resolve").await.to_string();
    assert!(which.contains("#1") && which.contains("#2"), "{which}");
    assert_eq!(team.types("resolve #2").await, Value::Null);
    team.modal(&team.ada, "Resolve").await;
    assert_eq!(team.types("update 77").await, Value::Null);
    let said = team.told(&team.ada, 1).await;
    assert!(said[0].contains("no incident #77"), "{said:?}");
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
    team.does(&shortcut(&alone)).await;
    let said = team.told(ada, 1).await;
    assert!(said[0].contains("No incident is open"), "{said:?}");
    team.gives(declare("One", Severity::Partial)).await;
    let ts = team.tells(number(1)).await;
    team.does(&shortcut(&alone)).await;
    let form = team.modal(ada, "Post update").await;
    assert!(form.to_string().contains("the disk is back") && form.to_string().contains("(#1)"));
    team.does(&workspace.close(ada).unwrap()).await;
    team.gives(declare("Two", Severity::Partial)).await;
    let reply = workspace.write(&team.bob, channel, Some(&ts), "in the thread of the first");
    team.does(&shortcut(&reply)).await;
    let form = team.modal(ada, "Post update").await;
    assert!(
        form.to_string().contains("in the thread of the first")
            && form.to_string().contains("(#1)")
    );
    team.does(&shortcut(&alone)).await;
    let said = team.told(ada, 2).await;
    assert!(said[1].contains("Which incident"), "{said:?}");
    // Other apps' shortcuts aren't ours.
    let other = workspace.message_shortcut(ada, "translate", channel, &alone).unwrap();
    assert_eq!(team.does(&other).await.body, b"");
    assert_eq!(team.does(&workspace.shortcut(ada, "test-shortcut")).await.body, b"");
    assert_eq!((team.status(1), team.log().await.len()), (Status::Confirmed, 2));
}
