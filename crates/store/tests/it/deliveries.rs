//! Deliveries are sent once, to the right recipient, under a lease.

use std::{collections::BTreeSet, time::Duration};

use candor_core::{IncidentAction, Notify, NotifyReason};
use candor_store::{AttemptOutcome, Claim, DeliveryContent, DeliveryState, Expanded, Queue, Store};
use candor_testkit::Database;
use jiff::{SignedDuration, Timestamp};

use super::{
    INCIDENT, address, append, by_a_person, declare, mails, on_both, raise, resolve, subscriber,
    update, watching,
};

on_both!(
    nobody_is_told_of_what_no_person_confirmed,
    the_audience_is_who_was_confirmed_when_it_happened,
    expansion_goes_on_where_a_crash_left_it_and_repeats_nothing,
    two_workers_never_claim_the_same_delivery,
    a_lease_that_ran_out_is_due_again_and_the_late_finish_is_refused,
    a_newer_status_takes_the_place_of_an_unsent_one_and_carries_its_words,
    what_an_operator_asked_to_be_sent_is_never_lost,
    nothing_older_is_sent_after_what_was_sent,
    a_retry_that_comes_after_newer_news_is_superseded,
    a_day_after_the_first_try_it_is_given_up,
    depth_is_counted_in_sql,
    an_update_rings_for_work,
);

const LEASE: Duration = Duration::from_secs(60);

async fn claim(store: &Store) -> Vec<Claim> {
    store.claim(Queue::Mail, 1_000, LEASE).await.unwrap()
}

async fn expand(store: &Store) {
    while store.expand_outbox(1_000).await.unwrap().left {}
}

async fn with_subscribers(database: &Database, count: usize) -> Store {
    let store = database.store().await;
    for n in 0..count {
        assert!(store.add_subscriber(&address(&format!("s{n}"))).await.unwrap());
    }
    store
}

fn seq(claim: &Claim) -> u64 {
    let DeliveryContent::Notice(notice) = &claim.content else { panic!("{claim:?}") };
    notice.seq
}

fn later() -> AttemptOutcome {
    AttemptOutcome::Later { not_before: None, error: "451 try again".to_owned() }
}

fn sent() -> AttemptOutcome {
    AttemptOutcome::Sent { answer: "250 taken".to_owned() }
}

/// Sends all that is owed.
async fn tell(store: &Store) {
    expand(store).await;
    for claim in claim(store).await {
        assert!(store.finish(&claim, &sent()).await.unwrap());
    }
}

/// What a claim carries of messages that were never sent.
fn words(claim: &Claim) -> Vec<String> {
    let DeliveryContent::Notice(notice) = &claim.content else { panic!("{claim:?}") };
    notice.unsent.iter().map(|unsent| unsent.text.as_str().to_owned()).collect()
}

async fn states(store: &Store) -> Vec<DeliveryState> {
    let mut states: Vec<_> =
        store.deliveries(1_000).await.unwrap().into_iter().map(|row| row.state).collect();
    states.sort_unstable();
    states
}

/// Lets every lease and pause run out.
async fn pass(store: &Store) {
    store.raw_sql("UPDATE delivery SET due_at = 1 WHERE due_at IS NOT NULL").await.unwrap();
}

async fn nobody_is_told_of_what_no_person_confirmed(database: Database) {
    let store = with_subscribers(&database, 3).await;
    for n in 0..5 {
        append(&store, raise(&n.to_string())).await;
    }
    assert_eq!(store.expand_outbox(100).await.unwrap(), mails(0, false));
    let confirm = IncidentAction::Confirm {
        severity: None,
        title: None,
        text: None,
        notify: Notify::Default,
    }
    .on(INCIDENT);
    append(&store, by_a_person(confirm)).await;
    assert_eq!(store.expand_outbox(100).await.unwrap(), mails(3, false));
    let claims = claim(&store).await;
    assert_eq!(claims.len(), 3);
    let DeliveryContent::Notice(notice) = &claims[0].content else { panic!("{claims:?}") };
    assert_eq!((notice.reason, notice.seq), (NotifyReason::Confirmed, 6));
    assert_eq!(claims[0].created_at, notice.at, "the mail's Date is the event's time");
}

async fn the_audience_is_who_was_confirmed_when_it_happened(database: Database) {
    let store = with_subscribers(&database, 2).await;
    store.subscribe(&address("pending")).await.unwrap();
    append(&store, declare("One")).await;
    store.add_subscriber(&address("late")).await.unwrap();
    let pending = claim(&store).await.pop().unwrap();
    store.confirm_subscriber(subscriber(&pending).0).await.unwrap();
    assert_eq!(store.expand_outbox(100).await.unwrap(), mails(2, false));
    // Whatever the clocks said when somebody confirmed.
    store
        .raw_sql(
            "UPDATE subscriber SET confirmed_at = 4000000000000000 WHERE confirmed_at IS NOT NULL",
        )
        .await
        .unwrap();
    // Everybody hears of what happens next.
    append(&store, update(INCIDENT, "more")).await;
    assert_eq!(store.expand_outbox(100).await.unwrap(), mails(4, false));
}

async fn expansion_goes_on_where_a_crash_left_it_and_repeats_nothing(database: Database) {
    let store = with_subscribers(&database, 25).await;
    append(&store, declare("One")).await;
    assert_eq!(store.expand_outbox(10).await.unwrap(), mails(10, true));
    drop(store);
    let store = database.store().await;
    // As if the cursor had been lost with the crash.
    store.raw_sql("UPDATE outbox SET cursor = NULL").await.unwrap();
    let mut made = 10;
    loop {
        let Expanded { mails: more, left, .. } = store.expand_outbox(10).await.unwrap();
        made += more;
        if !left {
            break;
        }
    }
    let recipients: BTreeSet<_> =
        claim(&store).await.into_iter().map(|claim| subscriber(&claim).0).collect();
    println!("25 recipients in pages of 10 with a crash: {made} deliveries");
    assert_eq!((made, recipients.len()), (25, 25));
    assert_eq!(store.expand_outbox(10).await.unwrap(), mails(0, false));
}

async fn two_workers_never_claim_the_same_delivery(database: Database) {
    let stores = [with_subscribers(&database, 200).await, database.store().await];
    append(&stores[0], declare("One")).await;
    expand(&stores[0]).await;
    let mut workers = Vec::new();
    for worker in 0..4 {
        let store = stores[worker % 2].clone();
        workers.push(tokio::spawn(async move {
            let mut mine = Vec::new();
            loop {
                let claims = store.claim(Queue::Mail, 7, LEASE).await.unwrap();
                // Another worker may hold what was due a moment ago.
                if claims.is_empty() && store.queue_depth(Queue::Mail).await.unwrap().due == 0 {
                    return mine;
                }
                mine.extend(claims.into_iter().map(|claim| claim.delivery));
            }
        }));
    }
    let mut claimed = Vec::new();
    for worker in workers {
        claimed.extend(worker.await.unwrap());
    }
    let different: BTreeSet<_> = claimed.iter().collect();
    println!("4 workers, 200 deliveries: {} claimed, {} different", claimed.len(), different.len());
    assert_eq!((claimed.len(), different.len()), (200, 200));
}

async fn a_lease_that_ran_out_is_due_again_and_the_late_finish_is_refused(database: Database) {
    let store = with_subscribers(&database, 1).await;
    append(&store, declare("One")).await;
    expand(&store).await;
    let frozen = store.claim(Queue::Mail, 1, LEASE).await.unwrap().remove(0);
    assert_eq!(claim(&store).await.len(), 0, "it is leased");
    assert_eq!(store.release_leases().await.unwrap(), 1);
    let second = claim(&store).await.remove(0);
    assert_eq!((second.delivery, second.created_at), (frozen.delivery, frozen.created_at));
    assert_eq!((frozen.token, second.token, second.attempt), (1, 2, 2));
    assert!(!store.finish(&frozen, &sent()).await.unwrap(), "the frozen worker's word is too late");
    assert!(!store.finish(&frozen, &later()).await.unwrap());
    assert!(store.finish(&second, &sent()).await.unwrap());
    assert!(!store.finish(&second, &sent()).await.unwrap(), "once is enough");
    assert_eq!(states(&store).await, [DeliveryState::Sent]);
    pass(&store).await;
    assert_eq!(claim(&store).await.len(), 0);
}

async fn a_newer_status_takes_the_place_of_an_unsent_one_and_carries_its_words(database: Database) {
    let store = with_subscribers(&database, 3).await;
    append(&store, declare("One")).await;
    append(&store, declare("Another")).await;
    expand(&store).await;
    let first = store.claim(Queue::Mail, 1, LEASE).await.unwrap().remove(0);
    assert!(store.finish(&first, &sent()).await.unwrap());
    append(&store, watching(INCIDENT, "The disk was replaced.")).await;
    append(&store, resolve(INCIDENT)).await;
    expand(&store).await;
    let claims = claim(&store).await;
    let mut told: Vec<_> = claims.iter().map(seq).collect();
    told.sort_unstable();
    // Everybody gets the newest of the first incident, and the news of the other one is nobody's to supersede.
    assert_eq!(told, [2, 2, 2, 4, 4, 4]);
    for claim in claims.iter().filter(|claim| seq(claim) == 4) {
        assert_eq!(words(claim), ["The disk was replaced."]);
    }
    let superseded = states(&store).await;
    let superseded = superseded.iter().filter(|state| **state == DeliveryState::Superseded).count();
    println!("1 sent, 2 + 3 superseded: {superseded}");
    assert_eq!(superseded, 5);
}

async fn what_an_operator_asked_to_be_sent_is_never_lost(database: Database) {
    let store = with_subscribers(&database, 2).await;
    append(&store, declare("One")).await;
    tell(&store).await;
    append(&store, update(INCIDENT, "Please change your password now.")).await;
    append(&store, resolve(INCIDENT)).await;
    expand(&store).await;
    let [one, other] = <[Claim; 2]>::try_from(claim(&store).await).unwrap();
    assert_eq!((seq(&one), seq(&other)), (2, 2), "what came first goes first");
    assert_eq!(claim(&store).await.len(), 0, "and nothing overtakes it");
    assert!(store.finish(&one, &sent()).await.unwrap());
    let end = claim(&store).await.remove(0);
    assert_eq!((seq(&end), words(&end)), (3, Vec::new()));
    // The mail server doesn't take the other one's now, so the next mail carries the words.
    assert!(store.finish(&other, &later()).await.unwrap());
    let end = claim(&store).await.remove(0);
    assert_eq!((seq(&end), words(&end)), (3, vec!["Please change your password now.".to_owned()]));
    pass(&store).await;
    assert!(claim(&store).await.iter().all(|claim| seq(claim) == 3), "the words go once");
}

async fn nothing_older_is_sent_after_what_was_sent(database: Database) {
    let store = with_subscribers(&database, 1).await;
    append(&store, declare("One")).await;
    expand(&store).await;
    let lost = claim(&store).await.remove(0);
    append(&store, resolve(INCIDENT)).await;
    expand(&store).await;
    assert_eq!(claim(&store).await.len(), 0, "its worker may be about to send it");
    // That worker is dead, and the lease runs out.
    pass(&store).await;
    let claims = claim(&store).await;
    assert_eq!(claims.iter().map(seq).collect::<Vec<_>>(), [2]);
    assert!(store.finish(&claims[0], &sent()).await.unwrap());
    assert!(!store.finish(&lost, &sent()).await.unwrap());
    pass(&store).await;
    assert_eq!(claim(&store).await.len(), 0);
    assert_eq!(states(&store).await, [DeliveryState::Sent, DeliveryState::Superseded]);
}

async fn a_retry_that_comes_after_newer_news_is_superseded(database: Database) {
    let store = with_subscribers(&database, 1).await;
    append(&store, declare("One")).await;
    expand(&store).await;
    let first = claim(&store).await.remove(0);
    append(&store, resolve(INCIDENT)).await;
    expand(&store).await;
    assert!(store.finish(&first, &later()).await.unwrap());
    pass(&store).await;
    assert_eq!(claim(&store).await.iter().map(seq).collect::<Vec<_>>(), [2]);
    assert_eq!(states(&store).await, [DeliveryState::Sending, DeliveryState::Superseded]);
}

async fn a_day_after_the_first_try_it_is_given_up(database: Database) {
    let store = with_subscribers(&database, 2).await;
    append(&store, declare("One")).await;
    expand(&store).await;
    let yesterday = Timestamp::now().checked_sub(SignedDuration::from_hours(25)).unwrap();
    let [tried, crashing] = <[Claim; 2]>::try_from(claim(&store).await).unwrap();
    assert!(store.finish(&tried, &later()).await.unwrap());
    let row = store.deliveries(10).await.unwrap();
    let row = row.iter().find(|row| row.id == tried.delivery).unwrap();
    assert_eq!((row.state, row.attempts), (DeliveryState::Waiting, 1));
    assert_eq!(row.last_error.as_deref(), Some("451 try again"));
    let pause = row.next_attempt_at.duration_since(Timestamp::now());
    assert!(pause <= SignedDuration::from_millis(5_500), "{pause}");

    pass(&store).await;
    let again = claim(&store).await;
    assert_eq!(again.len(), 2);
    let micros = yesterday.as_microsecond();
    store.raw_sql(&format!("UPDATE delivery SET first_attempt_at = {micros}")).await.unwrap();
    let again = again.iter().find(|claim| claim.delivery == tried.delivery).unwrap();
    assert!(store.finish(again, &later()).await.unwrap());
    assert_eq!(states(&store).await, [DeliveryState::Sending, DeliveryState::Dead]);
    // The other one's worker never comes back, again and again.
    pass(&store).await;
    assert_eq!(claim(&store).await.len(), 0, "{crashing:?}");
    assert_eq!(states(&store).await, [DeliveryState::Dead, DeliveryState::Dead]);
}

async fn depth_is_counted_in_sql(database: Database) {
    let store = with_subscribers(&database, 6).await;
    assert!(!store.pending_work(Queue::Mail).await.unwrap());
    append(&store, declare("One")).await;
    assert!(store.pending_work(Queue::Mail).await.unwrap(), "an outbox entry waits");
    expand(&store).await;
    let depth = store.queue_depth(Queue::Mail).await.unwrap();
    assert_eq!((depth.due, depth.delayed, depth.running, depth.dead), (6, 0, 0, 0));
    assert!(depth.oldest_due_at.is_some() && depth.next_at.is_none());
    let claims = store.claim(Queue::Mail, 5, LEASE).await.unwrap();
    let in_an_hour = Timestamp::now().checked_add(SignedDuration::from_hours(1)).unwrap();
    let delayed = AttemptOutcome::Later { not_before: Some(in_an_hour), error: "busy".to_owned() };
    store.finish(&claims[0], &delayed).await.unwrap();
    store
        .finish(&claims[1], &AttemptOutcome::Dead { error: "550 nobody here".to_owned() })
        .await
        .unwrap();
    store.finish(&claims[2], &sent()).await.unwrap();
    let depth = store.queue_depth(Queue::Mail).await.unwrap();
    assert_eq!((depth.due, depth.delayed, depth.running, depth.dead), (1, 1, 2, 1));
    assert_eq!(
        depth.next_at,
        Some(claims[3].lease_until),
        "the lease ends before the hour is over"
    );
    assert_eq!(store.queue_depth(Queue::Chat).await.unwrap(), candor_store::QueueDepth::default());
}

async fn an_update_rings_for_work(database: Database) {
    let store = with_subscribers(&database, 1).await;
    let mut work = store.work();
    append(&store, declare("One")).await;
    tokio::time::timeout(Duration::from_secs(20), work.changed()).await.unwrap().unwrap();
    work.mark_unchanged();
    store.subscribe(&address("new")).await.unwrap();
    tokio::time::timeout(Duration::from_secs(20), work.changed()).await.unwrap().unwrap();
}
