//! Forms are opened, checked in the answer itself, previewed, and published once.

use candor_core::{IncidentAction, Notify, Severity, Status};
use candor_store::Store;
use candor_testkit::Database;
use candor_testkit::slack::{FailureCount, FailureMode, FakeInput, SlackRequest};
use serde_json::{Value, json};

use super::{Team, flow::payload_of};
use crate::{
    client::DEADLINE,
    test_server::{declare, number},
};

impl Team {
    /// Submits the open form; Slack handles the answer.
    async fn submit(&self, user: &str, inputs: &[(&str, FakeInput<'_>)]) -> Value {
        let sent = self.workspace.submit(user, inputs).unwrap();
        self.submit_request(user, &sent).await
    }

    async fn submit_request(&self, user: &str, sent: &SlackRequest) -> Value {
        let answer = self.send_ok(sent).await.json();
        self.workspace.answered(user, &answer).unwrap();
        answer
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn confirmation_form_sets_all_details_at_once() {
    let team = Team::new().await;
    let (incident, ts) = team.raise_alert("a-1").await;
    team.send_ok(&team.click(&team.ada, &ts, "confirm-with-details")).await;
    team.modal(&team.ada, "Confirm").await;
    let answer = team
        .submit(
            &team.ada,
            &[
                ("severity", FakeInput::Option("partial")),
                ("title", FakeInput::Text("Checkout is slow")),
                ("text", FakeInput::Text("We are looking into it.")),
            ],
        )
        .await;
    assert_eq!(answer, json!({ "response_action": "clear" }));
    let board = team.board();
    let confirmed = board.incident(incident).unwrap();
    assert_eq!(
        (confirmed.status, confirmed.severity, confirmed.title.as_str()),
        (Status::Confirmed, Severity::Partial, "Checkout is slow")
    );
    assert_eq!(team.log().await, ["alert-raised", "human-confirmed"]);
    assert_eq!(team.workspace.modal(&team.ada), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn form_errors_are_shown_at_their_fields() {
    let team = Team::new().await;
    team.send_ok(&team.workspace.shortcut(&team.ada, "declare")).await;
    team.modal(&team.ada, "Declare incident").await;
    let long = "é".repeat(201);
    let answer = team.submit(&team.ada, &[("title", FakeInput::Text(&long))]).await;
    assert_eq!(answer["response_action"], "errors");
    assert!(
        answer["errors"]["title"].as_str().unwrap().contains("1 to 200 characters"),
        "{answer}"
    );
    let future = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(5);
    let answer = team
        .submit(
            &team.ada,
            &[("title", FakeInput::Text("The shop is down")), ("started", FakeInput::Time(future))],
        )
        .await;
    assert!(answer["errors"]["started"].is_string(), "{answer}");
    assert_eq!(team.log().await.len(), 0, "nothing happened so far");
    let answer = team.submit(&team.ada, &[("title", FakeInput::Text("The shop is down"))]).await;
    assert_eq!(answer["response_action"], "update", "a preview first");
    let answer = team.submit(&team.ada, &[]).await;
    assert_eq!(answer, json!({ "response_action": "clear" }));
    assert_eq!(team.log().await, ["incident-declared"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn update_is_previewed_and_published_once_if_submitted_twice() {
    let team = Team::new().await;
    team.run(declare("The shop is slow", Severity::Partial)).await;
    let ts = team.post_root_message(number(1)).await;
    team.server
        .store
        .add_subscriber(&candor_core::EmailAddress::parse("a@example.org").unwrap())
        .await
        .unwrap();
    team.send_ok(&team.click(&team.ada, &ts, "update")).await;
    team.modal(&team.ada, "Post update").await;
    let preview = team
        .submit(
            &team.ada,
            &[
                ("text", FakeInput::Text("A fix is *in*.")),
                ("status", FakeInput::Option("watching")),
            ],
        )
        .await;
    assert_eq!(preview["response_action"], "update");
    assert!(preview.to_string().contains("Notify 1 subscriber"), "{preview}");
    assert_eq!(team.log().await, ["incident-declared"]);
    let publish = team.workspace.submit(&team.ada, &[]).unwrap();
    let (first, second) =
        (team.send_ok(&publish).await.json(), team.send_ok(&publish).await.json());
    assert_eq!(first, json!({ "response_action": "clear" }));
    assert_eq!(second, first, "the second one closes the form, too");
    assert_eq!(team.status(1), Status::Watching);
    let log = team.log().await;
    assert_eq!(log.iter().filter(|kind| *kind == "update-posted").count(), 1, "{log:?}");
    // Submitted twice at the same moment.
    let ts = team.post_root_message(number(1)).await;
    team.send_ok(&team.click(&team.bob, &ts, "update")).await;
    team.modal(&team.bob, "Post update").await;
    team.submit(&team.bob, &[("text", FakeInput::Text("All is well so far."))]).await;
    let publish = team.workspace.submit(&team.bob, &[]).unwrap();
    let copies = std::iter::repeat_n(&publish, 8).map(|sent| team.send_ok(sent));
    futures::future::join_all(copies).await;
    let log = team.log().await;
    assert_eq!(log.iter().filter(|kind| *kind == "update-posted").count(), 2, "{log:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn form_of_an_ended_incident_says_so_and_changes_nothing() {
    let team = Team::new().await;
    let (incident, ts) = team.raise_alert("a-1").await;
    team.send_ok(&team.click(&team.ada, &ts, "confirm-with-details")).await;
    team.modal(&team.ada, "Confirm").await;
    team.send_ok(&team.click(&team.bob, &ts, "dismiss")).await;
    let answer = team.submit(&team.ada, &[]).await;
    assert_eq!(answer["response_action"], "errors");
    assert!(answer.to_string().contains("Dismissed"), "{answer}");
    // Nor can a new form be opened; the reply says why.
    team.send_ok(&team.click(&team.ada, &ts, "confirm-with-details")).await;
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("bob"), "{texts:?}");
    assert_eq!(team.status(incident.get()), Status::Dismissed);
    assert_eq!(team.log().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn altered_private_metadata_is_rejected() {
    let team = Team::new().await;
    for title in ["One", "Two"] {
        team.run(declare(title, Severity::Partial)).await;
    }
    let ts = team.post_root_message(number(1)).await;
    team.send_ok(&team.click(&team.ada, &ts, "resolve")).await;
    team.modal(&team.ada, "Resolve").await;
    let genuine = payload_of(&team.workspace.submit(&team.ada, &[]).unwrap());
    let kept = genuine["view"]["private_metadata"].as_str().unwrap().to_owned();
    for altered in [
        kept.replace("\"incident\":1", "\"incident\":2"),
        kept.chars().skip(1).collect(),
        String::new(),
        "This is for you!".to_owned(),
        "{}".to_owned(),
    ] {
        assert_ne!(altered, kept);
        let mut forged = genuine.clone();
        forged["view"]["private_metadata"] = json!(altered);
        let answer = team.payload(&forged).await;
        assert_eq!(answer.status, 200);
        let answer = answer.json();
        assert_eq!(answer["response_action"], "update");
        assert!(answer.to_string().contains("Nothing was done"), "{answer}");
    }
    for callback in ["declare", "update", "confirm", "view-id", ""] {
        let mut forged = genuine.clone();
        forged["view"]["callback_id"] = json!(callback);
        assert_eq!(team.payload(&forged).await.json()["response_action"], "update", "{callback}");
    }
    assert_eq!(team.log().await.len(), 2);
    assert_eq!(team.payload(&genuine).await.json()["response_action"], "clear");
    assert_eq!((team.status(1), team.status(2)), (Status::Resolved, Status::Confirmed));
}

#[tokio::test(flavor = "multi_thread")]
async fn form_that_slack_does_not_open_is_explained_to_the_person() {
    let team = Team::new().await;
    let (_, ts) = team.raise_alert("a-1").await;
    let late = team.click(&team.ada, &ts, "confirm-with-details");
    team.workspace.expire_triggers();
    team.send_ok(&late).await;
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("too slow"), "{texts:?}");
    // The trigger was already used by the same click.
    let click = team.click(&team.ada, &ts, "confirm-with-details");
    team.send_ok(&click).await;
    team.modal(&team.ada, "Confirm").await;
    team.send_ok(&click).await;
    team.ephemeral_texts(&team.ada, 2).await;
    team.workspace.fail("views.open", FailureCount::Next(1), FailureMode::Status(500));
    team.send_ok(&team.click(&team.bob, &ts, "confirm-with-details")).await;
    let texts = team.ephemeral_texts(&team.bob, 1).await;
    assert!(texts[0].contains("couldn’t be opened"), "{texts:?}");
    // If the reply can't be sent where they clicked, it is sent in the Slack channel.
    team.workspace.fail("respond", FailureCount::Always, FailureMode::Status(404));
    team.workspace.expire_triggers();
    let mut payload = payload_of(&team.click(&team.bob, &ts, "confirm-with-details"));
    payload["trigger_id"] = Value::Null;
    assert_eq!(team.payload(&payload).await.status, 200);
    team.ephemeral_texts(&team.bob, 2).await;
    assert_eq!(team.log().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn maintenance_is_planned_and_rescheduled_by_forms() {
    let team = Team::new().await;
    let starts_at =
        jiff::Timestamp::from_second(jiff::Timestamp::now().as_second() + 3_600).unwrap();
    let hours = jiff::SignedDuration::from_hours;
    team.send_ok(&team.workspace.shortcut(&team.ada, "plan")).await;
    team.modal(&team.ada, "Plan maintenance").await;
    let fields = |start, end| {
        [
            ("title", FakeInput::Text("New disks")),
            ("start", FakeInput::Time(start)),
            ("end", FakeInput::Time(end)),
        ]
    };
    let answer = team.submit(&team.ada, &fields(starts_at, starts_at - hours(1))).await;
    assert!(answer["errors"]["end"].is_string(), "{answer}");
    let answer = team.submit(&team.ada, &fields(starts_at, starts_at + hours(1))).await;
    assert_eq!(answer["response_action"], "clear", "{answer}");
    let ts = team.post_root_message(number(1)).await;
    team.send_ok(&team.click(&team.bob, &ts, "postpone")).await;
    team.modal(&team.bob, "Postpone").await;
    let later = starts_at + hours(24);
    let fields = [("start", FakeInput::Time(later)), ("end", FakeInput::Time(later + hours(2)))];
    team.submit(&team.bob, &fields).await;
    let board = team.board();
    let window = board.incident(number(1)).unwrap().window.unwrap();
    assert_eq!((window.starts_at, window.ends_at), (later, later + hours(2)));
    assert_eq!(team.log().await, ["maintenance-planned", "maintenance-rescheduled"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_form_changes_nothing() {
    let team = Team::new().await;
    team.run(declare("The shop is slow", Severity::Partial)).await;
    let ts = team.post_root_message(number(1)).await;
    team.send_ok(&team.click(&team.ada, &ts, "resolve")).await;
    team.modal(&team.ada, "Resolve").await;
    assert_eq!(team.send_ok(&team.workspace.close(&team.ada).unwrap()).await.body, b"");
    assert_eq!(team.status(1), Status::Confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_database_a_form_reports_the_error_and_keeps_its_input() {
    let team = Team::new().await;
    let (_, ts) = team.raise_alert("a-1").await;
    let before = team.click(&team.bob, &ts, "confirm");
    team.send_ok(&team.click(&team.ada, &ts, "confirm")).await;
    let ts = team.post_root_message(number(1)).await;
    team.send_ok(&team.click(&team.ada, &ts, "resolve")).await;
    team.modal(&team.ada, "Resolve").await;
    let submission = team.workspace.submit(&team.ada, &[]).unwrap();
    team.server.store.close().await;
    for sent in [&before, &submission] {
        team.send(sent).await.assert_problem(503);
    }
    assert_eq!(team.workspace.ephemerals().len(), 0);
    let shown = team.workspace.until(DEADLINE, |workspace| workspace.modal(&team.ada)).await;
    assert!(shown.is_some(), "the form is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn form_of_an_incident_ended_elsewhere_is_refused_with_a_sentence() {
    let team = Team::new().await;
    team.run(declare("The shop is slow", Severity::Partial)).await;
    let ts = team.post_root_message(number(1)).await;
    let late = team.click(&team.ada, &ts, "resolve");
    let (incident, ended_at, text, notify) = (number(1), None, None, Notify::Default);
    team.run(IncidentAction::Resolve { ended_at, text, notify }.on(incident)).await;
    team.send_ok(&late).await;
    let texts = team.ephemeral_texts(&team.ada, 1).await;
    assert!(texts[0].contains("Resolved by"), "{texts:?}");
}

/// Another session holds the log's lock in PostgreSQL.
#[tokio::test(flavor = "multi_thread")]
async fn slow_database_claims_no_success_and_a_repeated_click_is_one_event() {
    let database = Database::postgres();
    let store = Store::open(database.url()).unwrap();
    let team = Team::over(store, tempfile::tempdir().unwrap(), |settings, _| settings).await;
    let (incident, ts) = team.raise_alert("a-1").await;
    let click = team.click(&team.ada, &ts, "confirm");
    let other = database.store().await;
    let begun = std::time::Instant::now();
    let locked = tokio::spawn(async move {
        let hold =
            "BEGIN; LOCK TABLE log_head IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(4); COMMIT";
        other.raw_sql(hold).await.unwrap();
        other.close().await;
    });
    let waiting = "SELECT relation::regclass::text AS line FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted";
    while !team.server.store.raw_rows(waiting).await.unwrap().contains(&"log_head".to_owned()) {
        tokio::task::yield_now().await;
    }
    team.send(&click).await.assert_problem(503);
    println!("given up after {:?}", begun.elapsed());
    locked.await.unwrap();
    team.send_ok(&click).await;
    assert_eq!(team.server.store.trail(incident).await.unwrap().len(), 2);
    assert_eq!(team.workspace.ephemerals().len(), 0);
}
