//! An imported incident is written as a whole and only once, and the team isn't told of it.

use candor_core::{
    IncidentAction, IncidentNumber, LanguageTag, Notify, Severity, Status, Title,
    replay::{History, ImportedChange, ImportedUpdate},
};
use candor_store::{
    AppendOutcome, AppendRequest, Queue, Series, Store, StoreErrorKind,
    import::{self, monostat},
};
use candor_testkit::Database;
use jiff::Timestamp;

use super::{INCIDENT, append, by_a_person, length, on_both, person, raise, text, update};

on_both!(
    the_past_of_an_incident_is_seen_as_a_whole_or_not_at_all,
    what_was_imported_is_known_by_its_key,
    a_series_whose_first_request_opens_nothing_goes_no_further,
    a_series_with_one_part_too_long_is_not_written_at_all,
    chat_channels_get_no_notes_about_imported_history,
    a_database_of_monostat_is_read_as_it_is,
    what_is_no_database_of_monostat_is_said_to_be_none,
);

fn time(raw: &str) -> Timestamp {
    raw.parse().unwrap()
}

fn history(key: &str) -> History {
    let chapter = |n: u8, status, words| ImportedUpdate {
        key: format!("{key}:{n}"),
        at: time(&format!("2024-05-06T1{n}:00:00Z")),
        change: ImportedChange::To(status),
        text: Some(text(words)),
    };
    History {
        key: key.to_owned(),
        title: Title::parse("Incident with Pages").unwrap(),
        severity: Severity::Outage,
        started_at: time("2024-05-06T09:00:00Z"),
        ended_at: None,
        window: None,
        by_schedule: false,
        summary: None,
        updates: vec![
            chapter(0, Status::Confirmed, "We look."),
            chapter(1, Status::Watching, "Fixed."),
            chapter(2, Status::Resolved, "Over."),
        ],
    }
}

fn series(history: &History) -> Series {
    let requests = history.steps().into_iter().map(|step| {
        let mut request = AppendRequest::new(step.command, Some(person()), import::SOURCE);
        request.source_key = Some(format!("test:{}", step.key));
        request.occurred_at = Some(step.at);
        request
    });
    Series { requests: requests.collect(), incident: None }
}

async fn bring_in(store: &Store, histories: &[History]) -> Vec<Vec<AppendOutcome>> {
    store.execute_series(histories.iter().map(series).collect()).await.unwrap()
}

async fn the_past_of_an_incident_is_seen_as_a_whole_or_not_at_all(database: Database) {
    let store = database.store().await;
    store.follow();
    let mut snapshots = store.snapshot();
    let seen = tokio::spawn(async move {
        let mut open = 0;
        while snapshots.changed().await.is_ok() {
            let board = snapshots.borrow_and_update().board.clone();
            open += board.map_or(0, |board| board.open().count());
        }
        open
    });
    let histories: Vec<_> = (0..100).map(|n| history(&format!("i{n}"))).collect();
    let answers = bring_in(&store, &histories).await;
    let appended =
        answers.iter().flatten().filter(|a| matches!(a, AppendOutcome::Appended(_))).count();
    // An alert that comes afterwards joins none of them.
    let raised = append(&store, raise("a")).await;
    let board = store.load().await.unwrap();
    let numbers: Vec<_> = answers
        .iter()
        .map(|answers| {
            let AppendOutcome::Appended(events) = &answers[0] else { panic!("{answers:?}") };
            events[0].event.incident().unwrap().get()
        })
        .collect();
    store.close().await;
    drop(store);
    let open = seen.await.unwrap() - 1;
    println!("100 incidents of the past: {appended} events, seen open {open} times");
    assert_eq!((appended, open), (300, 0));
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>(), "in their order");
    assert_eq!(raised[0].event.incident(), IncidentNumber::new(101));
    assert_eq!(board.incidents().count(), 101);
}

async fn a_series_with_one_part_too_long_is_not_written_at_all(database: Database) {
    let store = database.store().await;
    let tag = |raw: &str| LanguageTag::parse(raw).unwrap();
    let quotes = "\"".repeat(59 * 1024);
    let long = text(&quotes).with(tag("de"), &quotes).unwrap();
    let mut title = Title::parse("One").unwrap();
    for (one, other) in ('a'..='j').flat_map(|one| ('a'..='j').map(move |other| (one, other))) {
        title = title.with(tag(&format!("{one}{other}")), &"\"".repeat(200)).unwrap();
    }
    let confirm = by_a_person(
        IncidentAction::Confirm {
            severity: None,
            title: Some(title),
            text: Some(long),
            notify: Notify::Default,
        }
        .on(INCIDENT),
    );
    let requests = vec![raise("a"), confirm];
    let answer = store.execute_series(vec![Series { requests, incident: None }]).await;
    println!("{answer:?}");
    assert!(crate::fails_with(&answer, StoreErrorKind::Config), "{answer:?}");
    assert_eq!(length(&store).await, 0);
    assert_eq!(append(&store, raise("a")).await[0].seq, 1, "and the next request finds no trace");
}

async fn what_was_imported_is_known_by_its_key(database: Database) {
    let store = database.store().await;
    bring_in(&store, &[history("a_1"), history("ab1")]).await;
    let known = store.imported("test:a_").await.unwrap();
    let keys: Vec<_> = known.keys().map(String::as_str).collect();
    assert_eq!(keys, ["test:a_1:0", "test:a_1:1", "test:a_1:2"]);
    assert_eq!((known["test:a_1:1"].seq, known["test:a_1:1"].incident.get()), (2, 1));
    let again = bring_in(&store, &[history("a_1")]).await;
    assert!(matches!(again[0][..], [AppendOutcome::Duplicate { seq: 1 }]), "{again:?}");
    assert_eq!(length(&store).await, 6);
    // Only what is new goes to the incident that is known.
    let mut more = history("a_1");
    more.updates.push(ImportedUpdate {
        key: "a_1:3".to_owned(),
        at: time("2024-05-07T00:00:00Z"),
        change: ImportedChange::None,
        text: Some(text("It was the disk.")),
    });
    let mut series = series(&more);
    series.requests.drain(..3);
    series.incident = Some(known["test:a_1:0"].incident);
    let answers = store.execute_series(vec![series]).await.unwrap();
    assert!(matches!(&answers[0][..], [AppendOutcome::Appended(_)]), "{answers:?}");
    let board = store.load().await.unwrap();
    assert_eq!(board.incident(IncidentNumber::FIRST).unwrap().timeline.len(), 4);
}

async fn a_series_whose_first_request_opens_nothing_goes_no_further(database: Database) {
    let store = database.store().await;
    let mut wrong = history("i");
    wrong.started_at = Timestamp::now() + jiff::SignedDuration::from_hours(1);
    let answers = bring_in(&store, &[wrong, history("j")]).await;
    assert!(matches!(&answers[0][..], [AppendOutcome::Refused(_)]), "{answers:?}");
    assert_eq!((answers[1].len(), length(&store).await), (3, 3));
}

async fn chat_channels_get_no_notes_about_imported_history(database: Database) {
    let store = database.store().await;
    store.set_chat_channels(&["slack"]).await.unwrap();
    bring_in(&store, &[history("i"), history("j")]).await;
    assert_eq!(store.expand_chat().await.unwrap(), 0);
    assert!(!store.pending_work(Queue::Chat).await.unwrap());
    // What happens here to one of them is news.
    append(&store, update(IncidentNumber::FIRST, "We know more.")).await;
    assert_eq!(store.expand_chat().await.unwrap(), 1);
}

/// The tables of monostat that are read, as its migrations make them.
async fn monostat_tables(store: &Store) {
    let (serial, time, yes, no) = match store.kind() {
        "sqlite" => ("integer PRIMARY KEY AUTOINCREMENT", "datetime", "1", "0"),
        _ => ("bigserial PRIMARY KEY", "timestamp with time zone", "true", "false"),
    };
    store
        .raw_sql(&format!(
            "CREATE TABLE core_incident (id {serial}, created {time} NOT NULL, updated {time} NOT NULL, \
               status varchar(50) NOT NULL, severity varchar(50) NOT NULL, \"start\" {time} NOT NULL, \
               \"end\" {time} NULL, title text NOT NULL, summary text NULL, slack_message_ts varchar(100) NULL, \
               silent bool NOT NULL, last_notified_status varchar(50) NULL); \
             CREATE TABLE core_incidentupdate (id {serial}, created {time} NOT NULL, new_status varchar(50) NULL, \
               message text NULL, incident_id bigint NOT NULL REFERENCES core_incident (id)); \
             CREATE TABLE notifications_subscriber (id {serial}, email varchar(254) NOT NULL, active bool NOT NULL, \
               token varchar(255) NOT NULL, created {time} NOT NULL); \
             INSERT INTO core_incident (id, created, updated, status, severity, \"start\", \"end\", title, summary, silent) VALUES \
               (3, '2024-02-01 10:00:00', '2024-02-01 12:00:00', 'resolved', 'partial', '2024-02-01 09:58:00.25', '2024-02-01 11:59:00', 'Slow shop', 'Orders were slow.', {no}), \
               (4, '2024-02-02 10:00:00', '2024-02-02 10:05:00', 'dismissed', 'outage', '2024-02-02 10:00:00', '2024-02-02 10:05:00', 'Outage', NULL, {no}), \
               (5, '2024-02-03 10:00:00', '2024-02-03 10:00:00', 'suspected', 'outage', '2024-02-03 10:00:00', NULL, 'Outage', NULL, {no}), \
               (6, '2024-02-04 10:00:00', '2024-02-04 10:00:00', 'planned', 'maintenance', '2031-02-04 02:00:00', '2031-02-04 03:00:00', 'Upgrade', 'We upgrade.', {no}), \
               (7, '2024-02-05 10:00:00', '2024-02-05 13:00:00', 'resolved', 'outage', '2024-02-05 10:00:00', '2024-02-05 12:30:00', 'Down', NULL, {yes}); \
             INSERT INTO core_incidentupdate (id, created, new_status, message, incident_id) VALUES \
               (10, '2024-02-01 10:00:00', NULL, 'Our monitoring has detected something.', 3), \
               (11, '2024-02-01 10:10:00', 'confirmed', 'It is **real**.', 3), \
               (12, '2024-02-01 11:59:30', 'resolved', 'Over.', 3), \
               (13, '2024-02-05 10:00:00', 'confirmed', 'Down.', 7); \
             INSERT INTO notifications_subscriber (email, active, token, created) VALUES \
               ('ada@example.org', {yes}, 'a', '2024-01-01 00:00:00'), ('grace@example.org', {no}, 'b', '2024-01-01 00:00:00'), \
               ('nobody', {yes}, 'c', '2024-01-01 00:00:00');"
        ))
        .await
        .unwrap();
}

async fn a_database_of_monostat_is_read_as_it_is(database: Database) {
    let old = Store::open(database.url()).unwrap();
    monostat_tables(&old).await;
    let read = monostat::read(database.url()).await.unwrap();
    let keys: Vec<_> = read.histories.iter().map(|history| history.key.as_str()).collect();
    assert_eq!(keys, ["3", "7", "6"], "by their begin");
    let refused: Vec<_> = read.refused.iter().map(|(what, why)| format!("{what}: {why}")).collect();
    println!("{refused:#?}");
    assert_eq!(refused[0], "4 (Outage): it was a false alarm");
    assert_eq!(refused[1], "5 (Outage): no person has confirmed it");
    assert!(refused[2].starts_with("a subscriber: ") && !refused[2].contains("nobody"));
    let addresses: Vec<_> = read.subscribers.iter().map(ToString::to_string).collect();
    assert_eq!((addresses, read.unconfirmed), (vec!["ada@example.org".to_owned()], 1));

    let database = Database::sqlite();
    let store = database.store().await;
    let answers = bring_in(&store, &read.histories).await;
    let whole = answers.iter().flatten().all(|a| matches!(a, AppendOutcome::Appended(_)));
    assert!(whole, "{answers:?}");
    let board = store.load().await.unwrap();
    let [slow, down, upgrade] =
        [1, 2, 3].map(|n| board.incident(IncidentNumber::new(n).unwrap()).unwrap());
    assert_eq!((slow.status, slow.severity), (Status::Resolved, Severity::Partial));
    assert_eq!(slow.started_at, time("2024-02-01T09:58:00.25Z"));
    assert_eq!(slow.ended_at, Some(time("2024-02-01T11:59:00Z")));
    assert_eq!(slow.summary.as_ref().unwrap().as_str(), "Orders were slow.");
    let texts: Vec<_> = slow.timeline.iter().map(|e| e.text.as_ref().unwrap().as_str()).collect();
    assert_eq!(texts, ["Our monitoring has detected something.", "It is **real**.", "Over."]);
    // It was closed on the admin page, without a word.
    assert_eq!(
        (down.status, down.ended_at),
        (Status::Resolved, Some(time("2024-02-05T12:30:00Z")))
    );
    assert_eq!(
        (upgrade.status, upgrade.window.unwrap().ends_at),
        (Status::Planned, time("2031-02-04T03:00:00Z"))
    );
    assert_eq!(upgrade.summary.as_ref().unwrap().as_str(), "We upgrade.");
}

async fn what_is_no_database_of_monostat_is_said_to_be_none(database: Database) {
    drop(database.store().await);
    let why = monostat::read(database.url()).await.unwrap_err().to_string();
    assert!(why.contains("no database of monostat"), "{why}");
    let why = monostat::read("sqlite:/nonexistent/db.sqlite3").await.unwrap_err().to_string();
    assert!(why.contains("there is no file"), "{why}");
}

#[test]
fn a_command_names_its_incident() {
    let number = IncidentNumber::new(7).unwrap();
    let command = IncidentAction::Silence { silent: true }.on(IncidentNumber::FIRST);
    assert_eq!(command.about(number), IncidentAction::Silence { silent: true }.on(number));
}
