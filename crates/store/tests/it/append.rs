//! Appending: once, in order, decided under the lock.

use candor_core::{AlertMessage, Command, IncidentAction, Notify, Occurrence, Refusal};
use candor_store::{AppendOutcome, AppendRequest, StoreErrorKind};
use candor_testkit::Database;
use jiff::Timestamp;

use super::{
    INCIDENT, append, at_once, by_a_person, declare, key, length, on_both, person, raise, text,
};

on_both!(
    twenty_alerts_at_the_same_instant_open_one_incident,
    the_same_request_ten_times_is_one_event,
    a_message_that_the_source_sends_again_is_a_duplicate_whatever_its_body,
    an_id_used_for_another_command_is_a_conflict,
    a_refused_request_writes_nothing_and_fails_nobody_else,
    requests_of_one_call_are_written_together_and_a_refused_one_spoils_no_other,
    events_of_one_command_stand_together,
    recorded_times_never_go_back,
    what_is_on_the_board_is_what_the_log_folds_to,
    a_closed_store_answers_what_was_asked_and_takes_nothing_new,
);

async fn twenty_alerts_at_the_same_instant_open_one_incident(database: Database) {
    let store = database.store().await;
    let (mut incidents, mut on_the_trail) = (0, 0);
    for round in 0..50 {
        let requests = (0..20).map(|n| raise(&format!("{round}-{n}"))).collect();
        let answers = at_once(&store, requests).await;
        assert!(
            answers.iter().all(|answer| matches!(answer, AppendOutcome::Appended(_))),
            "{answers:?}"
        );
        let board = store.load().await.unwrap();
        let open = board.current();
        incidents += open.len();
        on_the_trail += open[0].alerts.len();
        // The page is quiet again: the next round begins anew.
        let number = open[0].number;
        let (severity, title, text, notify) = (None, None, None, Notify::No);
        let confirm =
            IncidentAction::Confirm { severity, title, text: text.clone(), notify }.on(number);
        append(&store, by_a_person(confirm)).await;
        let resolve = IncidentAction::Resolve { ended_at: None, text, notify }.on(number);
        append(&store, by_a_person(resolve)).await;
    }
    println!(
        "50 times 20 alerts at once: {incidents} incidents, {on_the_trail} alerts on their trails"
    );
    assert_eq!((incidents, on_the_trail), (50, 50 * 20));
}

async fn the_same_request_ten_times_is_one_event(database: Database) {
    let store = database.store().await;
    let request = raise("a");
    let answers = at_once(&store, vec![request; 10]).await;
    let appended = answers.iter().filter(|a| matches!(a, AppendOutcome::Appended(_))).count();
    let duplicates =
        answers.iter().filter(|a| matches!(a, AppendOutcome::Duplicate { seq: 1 })).count();
    println!("the same request 10 times: {appended} appended, {duplicates} duplicates");
    assert_eq!((appended, duplicates, length(&store).await), (1, 9, 1));
}

async fn a_message_that_the_source_sends_again_is_a_duplicate_whatever_its_body(
    database: Database,
) {
    let store = database.store().await;
    let keyed = |id: &str| AppendRequest { source_key: Some("message 1".to_owned()), ..raise(id) };
    append(&store, keyed("a")).await;
    assert!(matches!(store.execute(keyed("b")).await, Ok(AppendOutcome::Duplicate { seq: 1 })));
    let answers = at_once(&store, vec![keyed("c"), keyed("d")]).await;
    assert!(
        answers.iter().all(|a| matches!(a, AppendOutcome::Duplicate { seq: 1 })),
        "{answers:?}"
    );

    let elsewhere = AppendRequest { source: "grafana".to_owned(), ..keyed("e") };
    append(&store, elsewhere).await;
    assert_eq!(length(&store).await, 2);
}

async fn an_id_used_for_another_command_is_a_conflict(database: Database) {
    let store = database.store().await;
    let first = raise("a");
    append(&store, first.clone()).await;
    let other = AppendRequest { event_id: first.event_id, ..raise("b") };
    let by_somebody = AppendRequest { actor: Some(person()), ..first.clone() };
    for request in [other, by_somebody] {
        let answer = store.execute(request).await;
        assert!(matches!(answer, Ok(AppendOutcome::Conflict { seq: 1 })), "{answer:?}");
    }
    // What the source says about the time may differ between two tries.
    let later = AppendRequest { occurred_at: Some(Timestamp::now()), ..first };
    assert!(matches!(store.execute(later).await, Ok(AppendOutcome::Duplicate { seq: 1 })));
    assert_eq!(length(&store).await, 1);
}

async fn a_refused_request_writes_nothing_and_fails_nobody_else(database: Database) {
    let store = database.store().await;
    let dismiss = by_a_person(IncidentAction::Dismiss { text: None }.on(INCIDENT));
    let by_nobody = AppendRequest { actor: None, ..dismiss.clone() };
    let mut requests = vec![dismiss, by_nobody];
    requests.extend((0..10).map(|n| raise(&n.to_string())));
    requests.swap(1, 11);
    let answers = at_once(&store, requests).await;
    assert!(matches!(answers[11], AppendOutcome::Refused(Refusal::NobodyNamed)), "{answers:?}");
    let appended = answers.iter().filter(|a| matches!(a, AppendOutcome::Appended(_))).count();
    assert!(appended >= 10, "{answers:?}");
    assert_eq!(length(&store).await, appended);
    assert_eq!(store.verify(None).await.unwrap().faults, [""; 0]);
}

async fn requests_of_one_call_are_written_together_and_a_refused_one_spoils_no_other(
    database: Database,
) {
    let store = database.store().await;
    let resolve =
        IncidentAction::Resolve { ended_at: None, text: None, notify: Notify::No }.on(INCIDENT);
    let requests = vec![raise("a"), by_a_person(resolve), raise("b")];
    let outcomes = store.execute_all(requests).await.unwrap();
    let [
        AppendOutcome::Appended(first),
        AppendOutcome::Refused(Refusal::NotConfirmed { .. }),
        AppendOutcome::Appended(second),
    ] = outcomes.as_slice()
    else {
        panic!("{outcomes:?}")
    };
    assert_eq!(first[0].recorded_at, second[0].recorded_at);
    assert_eq!(second[0].seq, first.last().unwrap().seq + 1);
    assert!(store.execute_all(Vec::new()).await.unwrap().is_empty());
}

async fn events_of_one_command_stand_together(database: Database) {
    let store = database.store().await;
    append(&store, raise("a")).await;
    let alert = key("a");
    let message = AlertMessage::lenient("it is over");
    let clear = AppendRequest {
        source_key: Some("close".to_owned()),
        ..AppendRequest::new(
            Command::ClearAlert { alert, message, occurrence: Occurrence::Only },
            None,
            "opsgenie",
        )
    };
    assert_eq!(append(&store, clear.clone()).await.len(), 2, "cleared, and so dismissed");
    let events = store.trail(INCIDENT).await.unwrap();
    let [_, cleared, dismissed] = &events[..] else { panic!("{events:?}") };
    assert_eq!((cleared.batch_id, dismissed.batch_id), (clear.event_id, clear.event_id));
    assert_eq!((cleared.event_id, cleared.batch_ix, cleared.batch_len), (clear.event_id, 0, 2));
    assert_eq!((dismissed.batch_ix, dismissed.batch_len), (1, 2));
    assert_eq!(dismissed.causation_id, Some(clear.event_id));
    assert_eq!(dismissed.event_id.get_version_num(), 5);
    assert!(matches!(store.execute(clear).await, Ok(AppendOutcome::Duplicate { seq: 2 })));
}

async fn recorded_times_never_go_back(database: Database) {
    let store = database.store().await;
    let tomorrow = 86_400_000_000_i64 + Timestamp::now().as_microsecond();
    append(&store, raise("a")).await;
    // As if the clock had been a day ahead, and was then put right. The hashes no longer matter here.
    store
        .raw_sql("DROP TRIGGER event_is_never_changed")
        .await
        .or(store.raw_sql("DROP TRIGGER event_is_never_changed ON event").await)
        .unwrap();
    store.raw_sql(&format!("UPDATE event SET recorded_at = {tomorrow}")).await.unwrap();
    store.close().await;

    let store = database.store().await;
    let events = append(&store, raise("b")).await;
    assert_eq!(events[0].recorded_at.as_microsecond(), tomorrow);
    // Order is kept; what happens now happens now.
    let now = Timestamp::now().as_microsecond();
    assert!(events[0].occurred_at.as_microsecond() <= now, "{events:?}");
    let (incident, text, notify) = (INCIDENT, None, Notify::Default);
    let confirm =
        IncidentAction::Confirm { severity: None, title: None, text: text.clone(), notify }
            .on(incident);
    append(&store, by_a_person(confirm)).await;
    append(
        &store,
        by_a_person(IncidentAction::Resolve { ended_at: None, text, notify }.on(incident)),
    )
    .await;
    append(&store, raise("c")).await;
    let board = store.load().await.unwrap();
    let incident = board.incident(INCIDENT.next()).unwrap();
    assert!(incident.started_at.as_microsecond() < now + 3_600_000_000, "{incident:?}");
    assert!(board.incident(INCIDENT).unwrap().ended_at.unwrap() <= incident.started_at);
}

async fn what_is_on_the_board_is_what_the_log_folds_to(database: Database) {
    let store = database.store().await;
    // Finer than a microsecond: the board may not know more than the log keeps.
    let occurred_at = Timestamp::from_nanosecond(1_790_000_000_123_456_789).ok();
    append(&store, AppendRequest { occurred_at, ..raise("a") }).await;
    append(&store, declare("One")).await;
    append(&store, super::update(INCIDENT.next(), "two")).await;
    let command = IncidentAction::Dismiss { text: Some(text("a rat")) }.on(INCIDENT);
    append(&store, by_a_person(command)).await;
    let snapshot = store.snapshot().borrow().clone();
    assert_eq!(*snapshot.board.unwrap(), *store.load().await.unwrap());
    let last = store.events(0, 100).await.unwrap().pop().unwrap();
    let hash: String = last.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(snapshot.head_hash, Some(hash));
}

async fn a_closed_store_answers_what_was_asked_and_takes_nothing_new(database: Database) {
    let store = database.store().await;
    let asked: Vec<_> = (0..100)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { store.execute(raise(&n.to_string())).await })
        })
        .collect();
    store.close().await;
    let mut appended = 0;
    for answer in asked {
        match answer.await.unwrap() {
            Ok(AppendOutcome::Appended(_)) => appended += 1,
            Err(error) if error.kind() == StoreErrorKind::Unavailable => {}
            answer => panic!("{answer:?}"),
        }
    }
    assert_eq!(length(&store).await, appended);
    assert!(crate::fails_with(&store.execute(raise("late")).await, StoreErrorKind::Unavailable));
}
