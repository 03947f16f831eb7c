//! Chat: the log decides which threads are due, and no message is forgotten or posted twice.

use std::time::Duration;

use candor_core::{IncidentAction, Notify, Status};
use candor_store::{
    AttemptOutcome, ChatChannelRow, Claim, DeliveryContent, DeliveryRecipient, Queue, SlackChannel,
    Store,
};
use candor_testkit::Database;

use super::{INCIDENT, append, by_a_person, declare, on_both, person, raise, text};

on_both!(
    an_event_makes_its_thread_due_once_in_every_room,
    further_alerts_wait_and_what_a_person_does_doesnt,
    what_happens_while_a_thread_is_brought_up_to_date_is_not_forgotten,
    a_new_room_begins_with_what_is_open,
    a_room_that_is_no_longer_told_is_owed_nothing,
    turns_are_given_one_after_the_other_to_everybody,
    a_message_is_unsure_until_it_is_written_down,
    notes_only_go_forward,
    a_trail_is_read_on_and_says_what_remains,
    without_rooms_the_log_is_not_looked_at,
);

const LEASE: Duration = Duration::from_secs(60);

fn confirm() -> candor_store::AppendRequest {
    by_a_person(
        IncidentAction::Confirm {
            severity: None,
            title: None,
            text: Some(text("We are on it.")),
            notify: Notify::Default,
        }
        .on(INCIDENT),
    )
}

async fn claims(store: &Store) -> Vec<Claim> {
    store.claim(Queue::Chat, 10, LEASE).await.unwrap()
}

async fn sent(store: &Store, claim: &Claim) -> bool {
    store.finish(claim, &AttemptOutcome::Sent { answer: "ok".to_owned() }).await.unwrap()
}

fn channel(claim: &Claim) -> &str {
    let DeliveryRecipient::ChatChannel(channel) = &claim.recipient else { panic!("{claim:?}") };
    channel
}

fn seq(claim: &Claim) -> u64 {
    let DeliveryContent::Thread { seq, incident: INCIDENT } = claim.content else {
        panic!("{claim:?}")
    };
    seq
}

async fn an_event_makes_its_thread_due_once_in_every_room(database: Database) {
    let store = database.store().await;
    store.set_chat_channels(&["slack", "webhook"]).await.unwrap();
    assert_eq!(store.expand_chat().await.unwrap(), 0);
    for id in ["a", "b", "c"] {
        append(&store, raise(id)).await;
    }
    assert_eq!(store.queue_depth(Queue::Chat).await.unwrap().due, 2, "owed before it is expanded");
    assert!(store.pending_work(Queue::Chat).await.unwrap());
    assert_eq!(store.expand_chat().await.unwrap(), 2);
    assert_eq!(store.expand_chat().await.unwrap(), 0);
    let claims = claims(&store).await;
    let mut rooms: Vec<_> = claims.iter().map(channel).collect();
    rooms.sort_unstable();
    assert_eq!(rooms, ["slack", "webhook"]);
    for claim in &claims {
        assert_eq!(seq(claim), 3);
        assert!(sent(&store, claim).await);
        assert!(!sent(&store, claim).await, "once");
    }
    assert!(!store.pending_work(Queue::Chat).await.unwrap());
    assert!(store.claim(Queue::Mail, 10, LEASE).await.unwrap().is_empty());
}

async fn further_alerts_wait_and_what_a_person_does_doesnt(database: Database) {
    let store = database.store().await;
    store.set_chat_channels(&["slack"]).await.unwrap();
    append(&store, raise("a")).await;
    store.expand_chat().await.unwrap();
    assert!(sent(&store, &claims(&store).await[0]).await);
    append(&store, raise("b")).await;
    store.expand_chat().await.unwrap();
    assert!(claims(&store).await.is_empty());
    let depth = store.queue_depth(Queue::Chat).await.unwrap();
    assert_eq!((depth.due, depth.delayed), (0, 1));
    let wait = depth.next_in.unwrap();
    assert!(wait > Duration::from_secs(5) && wait <= Duration::from_secs(10), "{wait:?}");
    append(&store, confirm()).await;
    store.expand_chat().await.unwrap();
    assert_eq!(claims(&store).await.iter().map(seq).collect::<Vec<_>>(), [3]);
}

async fn what_happens_while_a_thread_is_brought_up_to_date_is_not_forgotten(database: Database) {
    let store = database.store().await;
    store.set_chat_channels(&["slack"]).await.unwrap();
    append(&store, raise("a")).await;
    store.expand_chat().await.unwrap();
    let claim = claims(&store).await.remove(0);
    append(&store, confirm()).await;
    store.expand_chat().await.unwrap();
    assert!(claims(&store).await.is_empty(), "one worker at a time");
    assert!(sent(&store, &claim).await);
    let again = claims(&store).await.remove(0);
    assert_eq!((again.delivery, seq(&again)), (claim.delivery, 2));
    append(&store, raise("b")).await;
    store.expand_chat().await.unwrap();
    assert!(sent(&store, &again).await);
    assert!(claims(&store).await.is_empty(), "further alerts can wait");
    assert_eq!(store.queue_depth(Queue::Chat).await.unwrap().delayed, 1);
    // A question that the clock brings up can't.
    store.enqueue_thread(INCIDENT).await.unwrap();
    assert_eq!(claims(&store).await.len(), 1);
}

async fn a_new_room_begins_with_what_is_open(database: Database) {
    let store = database.store().await;
    append(&store, declare("Over")).await;
    append(
        &store,
        by_a_person(
            IncidentAction::Resolve { ended_at: None, text: None, notify: Notify::Default }
                .on(INCIDENT),
        ),
    )
    .await;
    append(&store, declare("Open")).await;
    store.set_chat_channels(&["slack"]).await.unwrap();
    assert_eq!(store.expand_chat().await.unwrap(), 0, "history is no news");
    let claims = claims(&store).await;
    let [Claim { content: DeliveryContent::Thread { incident, .. }, .. }] = &claims[..] else {
        panic!("{claims:?}")
    };
    let board = store.load().await.unwrap();
    assert_eq!(board.incident(*incident).unwrap().status, Status::Confirmed);
    store.set_chat_channels(&["slack"]).await.unwrap();
    assert_eq!(store.queue_depth(Queue::Chat).await.unwrap().due, 0, "nothing is owed twice");
}

async fn a_room_that_is_no_longer_told_is_owed_nothing(database: Database) {
    let store = database.store().await;
    store.set_chat_channels(&["slack"]).await.unwrap();
    append(&store, raise("a")).await;
    store.expand_chat().await.unwrap();
    store.set_chat_channels(&[]).await.unwrap();
    assert_eq!(store.chat_channels().await.unwrap(), []);
    assert_eq!(store.queue_depth(Queue::Chat).await.unwrap().due, 0, "nobody would send it");
    append(&store, raise("b")).await;
    assert_eq!(store.expand_chat().await.unwrap(), 0);
    assert!(!store.pending_work(Queue::Chat).await.unwrap());

    store.set_chat_channels(&["slack"]).await.unwrap();
    assert_eq!(claims(&store).await.len(), 1, "when it is told again, it hears what is open");
    let found = SlackChannel { team: "T1".into(), id: "C1".into(), name: "incidents".into() };
    store.set_slack_channel("slack", &found).await.unwrap();
    assert!(store.set_chat_problem("slack", Some("the token was revoked")).await.unwrap());
    assert!(!store.set_chat_problem("slack", Some("the token was revoked")).await.unwrap());
    let channel = ChatChannelRow {
        name: "slack".to_owned(),
        slack_channel: Some(found),
        problem: Some("the token was revoked".to_owned()),
    };
    assert_eq!(store.chat_channels().await.unwrap(), [channel]);
    assert!(store.set_chat_problem("slack", None).await.unwrap());
    assert!(!store.set_chat_problem("nowhere", Some("x")).await.unwrap());
}

async fn turns_are_given_one_after_the_other_to_everybody(database: Database) {
    let store = database.store().await;
    store.set_chat_channels(&["slack"]).await.unwrap();
    let pace = Duration::from_secs(60);
    let mut asked = Vec::new();
    for _ in 0..5 {
        let store = store.clone();
        asked.push(tokio::spawn(
            async move { store.reserve_send("slack", pace, false).await.unwrap() },
        ));
    }
    let mut waits = Vec::new();
    for turn in asked {
        waits.push(turn.await.unwrap());
    }
    waits.sort();
    assert!(waits[0].is_zero(), "{waits:?}");
    for (turn, wait) in waits.iter().enumerate() {
        let due = pace * u32::try_from(turn).unwrap();
        assert!(*wait <= due && *wait + Duration::from_secs(20) > due, "{waits:?}");
    }
    // The first word about a new incident waits for none of these, or for few of them.
    assert!(store.reserve_send("slack", pace, true).await.unwrap() <= pace * 2);
    store.pause_sends("slack", Duration::from_secs(10)).await.unwrap();
    assert!(store.reserve_send("slack", pace, false).await.unwrap() > pace * 4, "never sooner");
    store.pause_sends("slack", Duration::from_secs(3_000)).await.unwrap();
    for urgent in [false, true] {
        let wait = store.reserve_send("slack", pace, urgent).await.unwrap();
        assert!(wait > Duration::from_secs(2_900), "whoever was asked to wait waits: {wait:?}");
    }
}

async fn a_message_is_unsure_until_it_is_written_down(database: Database) {
    let store = database.store().await;
    let begun = store.begin_post("slack", INCIDENT, "root", "C1").await.unwrap();
    assert_eq!(store.begin_post("slack", INCIDENT, "root", "C1").await.unwrap(), begun);
    let thread = store.thread("slack", INCIDENT).await.unwrap();
    assert_eq!((thread.uncertain.as_slice(), &thread.root), (&[begun.clone()][..], &None));
    store.not_posted("slack", INCIDENT, "root").await.unwrap();
    assert_eq!(store.thread("slack", INCIDENT).await.unwrap().uncertain, []);

    store.begin_post("slack", INCIDENT, "root", "C1").await.unwrap();
    store.posted("slack", INCIDENT, "root", "1503435956.000247", "d1", Some(1)).await.unwrap();
    store.message_changed("slack", INCIDENT, "root", "d2").await.unwrap();
    let thread = store.thread("slack", INCIDENT).await.unwrap();
    let root = thread.root.unwrap();
    assert_eq!(
        (root.id, root.ts.as_deref(), root.digest.as_deref()),
        (begun.id, Some("1503435956.000247"), Some("d2"))
    );
    let found = store.incident_of_thread("slack", "C1", "1503435956.000247").await.unwrap();
    assert_eq!(found, Some(INCIDENT));
    assert_eq!(store.incident_of_thread("slack", "C2", "1503435956.000247").await.unwrap(), None);

    let question = "question/resolve/1";
    store.begin_post("slack", INCIDENT, question, "C1").await.unwrap();
    store.posted("slack", INCIDENT, question, "1503435957.000001", "q", None).await.unwrap();
    assert_eq!(store.thread("slack", INCIDENT).await.unwrap().questions[0].key, question);
    store.question_closed("slack", INCIDENT, question).await.unwrap();
    let thread = store.thread("slack", INCIDENT).await.unwrap();
    assert_eq!((thread.questions.len(), thread.uncertain.len()), (0, 0));
    let closed = store.begin_post("slack", INCIDENT, question, "C1").await.unwrap();
    assert!(closed.ts.is_some(), "a closed question is not asked anew");
}

async fn notes_only_go_forward(database: Database) {
    let store = database.store().await;
    store.begin_post("slack", INCIDENT, "note/7", "C1").await.unwrap();
    assert_eq!(store.thread("slack", INCIDENT).await.unwrap().uncertain[0].key, "note/7");
    store.posted("slack", INCIDENT, "note/7", "1.2", "d", Some(7)).await.unwrap();
    store.noted("slack", INCIDENT, 5).await.unwrap();
    let thread = store.thread("slack", INCIDENT).await.unwrap();
    assert_eq!((thread.noted, thread.uncertain.len()), (7, 0));
    store.noted("slack", INCIDENT, 9).await.unwrap();
    assert_eq!(store.thread("slack", INCIDENT).await.unwrap().noted, 9);
    assert_eq!(store.thread("webhook", INCIDENT).await.unwrap().noted, 0);
}

async fn a_trail_is_read_on_and_says_what_remains(database: Database) {
    let store = database.store().await;
    append(&store, raise("a")).await;
    append(&store, confirm()).await;
    append(&store, declare("Another one")).await;
    let trail = store.trail_after(INCIDENT, 0, 10).await.unwrap();
    assert_eq!(trail.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(store.trail_after(INCIDENT, 0, 1).await.unwrap().len(), 1);
    assert_eq!(store.trail_after(INCIDENT, 2, 10).await.unwrap(), []);
    let why = candor_core::Title::parse("names a customer").unwrap();
    store.redact(2, why, person()).await.unwrap();
    let trail = store.trail_after(INCIDENT, 1, 10).await.unwrap();
    let candor_core::Event::HumanConfirmed(confirmed) = &trail[0].event else {
        panic!("{trail:?}")
    };
    assert_eq!(confirmed.text, Some(text("[removed]")));

    let ada = store.operator("slack", "T1/U1", "Ada").await.unwrap();
    let known = store.operators(&[ada.clone(), person()]).await.unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!((known[&ada].kind.as_str(), known[&ada].name.as_str()), ("slack", "Ada"));
}

async fn without_rooms_the_log_is_not_looked_at(database: Database) {
    let store = database.store().await;
    append(&store, raise("a")).await;
    // Whoever looked at it would fail.
    store.raw_sql("ALTER TABLE event RENAME TO elsewhere").await.unwrap();
    assert_eq!(store.expand_chat().await.unwrap(), 0);
}
