//! Waiting deliveries follow the log: what was withdrawn, corrected, silenced or removed isn't sent any more.

use std::time::Duration;

use candor_core::{Command, IncidentAction, Notification, Notify, NotifyReason, Title};
use candor_store::{AttemptOutcome, Claim, DeliveryContent, Queue, Store};
use candor_testkit::{Database, story::resolve_with};

use super::{INCIDENT, address, append, by_a_person, declare, on_both, person, text, update};

on_both!(
    removed_words_are_in_no_notification,
    what_was_retracted_or_silenced_is_not_sent,
    what_is_over_and_not_to_be_told_is_not_told,
    what_was_corrected_goes_out_corrected,
);

const SECRET: &str = "hunter2";

/// A store with one subscriber who wants mails.
async fn with_a_subscriber(database: &Database) -> Store {
    let store = database.store().await;
    assert!(store.add_subscriber(&address("a")).await.unwrap());
    store
}

async fn claim(store: &Store) -> Vec<Claim> {
    while store.expand_outbox(100).await.unwrap().left {}
    store.raw_sql("UPDATE delivery SET due_at = 1 WHERE due_at IS NOT NULL").await.unwrap();
    store.claim(Queue::Mail, 100, Duration::from_secs(60)).await.unwrap()
}

/// The mail server is away: nothing that is due is taken.
async fn fails(store: &Store) {
    for claim in claim(store).await {
        let error = "the mail server is away".to_owned();
        let held = AttemptOutcome::Held { not_before: None, error };
        assert!(store.finish(&claim, &held).await.unwrap());
    }
}

/// The notices that are sent once the mail server is back.
async fn sent(store: &Store) -> Vec<Notification> {
    let mut notices = Vec::new();
    loop {
        let claims = claim(store).await;
        if claims.is_empty() {
            return notices;
        }
        for claim in claims {
            let DeliveryContent::Notice(notice) = &claim.content else { panic!("{claim:?}") };
            notices.push(notice.clone());
            let taken = AttemptOutcome::Sent { answer: "250 taken".to_owned() };
            assert!(store.finish(&claim, &taken).await.unwrap());
        }
    }
}

async fn give(store: &Store, command: Command) -> u64 {
    append(store, by_a_person(command)).await[0].seq
}

fn titled(title: &str) -> Command {
    IncidentAction::SetTitle { title: Title::parse(title).unwrap() }.on(INCIDENT)
}

fn over(notify: Notify) -> Command {
    resolve_with(INCIDENT, notify)
}

async fn removed_words_are_in_no_notification(database: Database) {
    let store = with_a_subscriber(&database).await;
    let declared = append(&store, declare(&format!("Login with {SECRET}"))).await[0].seq;
    fails(&store).await;
    append(&store, update(INCIDENT, "It goes on.")).await;
    store.redact(declared, Title::parse("a password").unwrap(), person()).await.unwrap();
    give(&store, over(Notify::Default)).await;
    let owed = store.raw_rows("SELECT payload AS line FROM outbox").await.unwrap();
    assert_eq!((owed.len(), owed.iter().any(|owed| owed.contains(SECRET))), (3, false), "{owed:?}");
    let sent = sent(&store).await;
    assert!(!sent.is_empty() && !format!("{sent:?}").contains(SECRET), "{sent:?}");
}

async fn what_was_retracted_or_silenced_is_not_sent(database: Database) {
    let store = with_a_subscriber(&database).await;
    append(&store, declare("Down")).await;
    assert_eq!(sent(&store).await.len(), 1);
    let first = append(&store, update(INCIDENT, "It is the disk.")).await[0].seq;
    fails(&store).await;
    give(&store, IncidentAction::RetractUpdate { update: first }.on(INCIDENT)).await;
    assert_eq!(sent(&store).await, [], "retracted after a first try");

    append(&store, update(INCIDENT, "It is the network.")).await;
    give(&store, IncidentAction::Silence { silent: true }.on(INCIDENT)).await;
    give(&store, IncidentAction::Silence { silent: false }.on(INCIDENT)).await;
    assert_eq!(sent(&store).await, [], "silenced before it was expanded");
    append(&store, update(INCIDENT, "It is the cooling.")).await;
    let sent = sent(&store).await;
    assert_eq!(sent.len(), 1, "what comes later is sent: {sent:?}");
    assert_eq!(sent[0].unsent, [], "without the words that were withdrawn");
}

async fn what_is_over_and_not_to_be_told_is_not_told(database: Database) {
    let store = with_a_subscriber(&database).await;
    append(&store, declare("Down")).await;
    fails(&store).await;
    give(&store, over(Notify::No)).await;
    assert_eq!(sent(&store).await, [], "that it began");

    let why = text("It is down again.");
    let reopen = |notify| IncidentAction::Reopen { why: why.clone(), notify }.on(INCIDENT);
    give(&store, reopen(Notify::Yes)).await;
    let told = sent(&store).await;
    assert_eq!(
        told.iter().map(|notice| notice.reason).collect::<Vec<_>>(),
        [NotifyReason::Confirmed]
    );
    give(&store, over(Notify::Default)).await;
    give(&store, reopen(Notify::No)).await;
    assert_eq!(sent(&store).await, [], "that it is over, while it goes on");
}

async fn what_was_corrected_goes_out_corrected(database: Database) {
    let store = with_a_subscriber(&database).await;
    append(&store, declare("Dwon")).await;
    let written = append(&store, update(INCIDENT, "It is the dsik.")).await[0].seq;
    fails(&store).await;
    let text = text("It is the disk.");
    give(&store, IncidentAction::CorrectUpdate { update: written, text }.on(INCIDENT)).await;
    give(&store, titled("Down")).await;
    let sent = sent(&store).await;
    let said: Vec<_> = sent
        .iter()
        .map(|notice| {
            (notice.seq, notice.title.as_str(), notice.text.as_ref().map(ToString::to_string))
        })
        .collect();
    assert_eq!(said, [(1, "Down", None), (written, "Down", Some("It is the disk.".to_owned()))]);
}
