//! Verification finds every tampering, and nothing else.

use candor_core::{IncidentAction, Title};
use candor_store::{NotedHead, Store};
use candor_testkit::Database;

use super::{INCIDENT, append, by_a_person, on_both, person, raise, text, update};

on_both!(
    a_hundred_random_tamperings_are_found_and_no_clean_log_is_blamed,
    a_rewritten_log_is_found_by_a_head_noted_elsewhere,
    nothing_stands_before_the_first_event_but_the_logs_own_beginning,
);

/// Numbers that look random and are the same in every run (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

const TEXTS: [&str; 9] = [
    "event_id",
    "batch_id",
    "type",
    "source",
    "source_key",
    "actor",
    "causation_id",
    "correlation_id",
    "payload",
];
const NUMBERS: [&str; 6] =
    ["batch_ix", "batch_len", "incident", "schema_version", "occurred_at", "recorded_at"];
const BYTES: [&str; 5] = ["command_hash", "payload_salt", "payload_commit", "prev_hash", "hash"];
const COLUMNS: &str = "event_id, batch_id, batch_ix, batch_len, incident, type, schema_version, occurred_at, \
     recorded_at, source, source_key, actor, causation_id, correlation_id, command_hash, payload, payload_salt, \
     payload_commit, prev_hash, hash";

/// A log with several kinds of event, one of them redacted; 40 events.
async fn log(store: &Store) {
    for n in 0..10 {
        append(store, raise(&n.to_string())).await;
    }
    let command = IncidentAction::Confirm {
        severity: None,
        title: None,
        text: Some(text("we look into it")),
        notify: candor_core::Notify::Default,
    }
    .on(INCIDENT);
    append(store, by_a_person(command)).await;
    for n in 0..28 {
        append(store, update(INCIDENT, &format!("step {n}"))).await;
    }
    store.redact(20, Title::parse("a secret").unwrap(), person()).await.unwrap();
}

/// Takes away what protects the log, and keeps a copy to come back to.
async fn unprotect(store: &Store) {
    let triggers = if store.kind() == "sqlite" {
        "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_removed; \
         DROP TRIGGER event_is_never_replaced"
    } else {
        "ALTER TABLE event DISABLE TRIGGER USER"
    };
    for sql in [
        triggers,
        "DELETE FROM outbox",
        "CREATE TABLE saved AS SELECT * FROM event",
        "CREATE TABLE saved_head AS SELECT * FROM log_head",
    ] {
        store.raw_sql(sql).await.unwrap();
    }
}

async fn put_back(store: &Store) {
    let sql = "DELETE FROM event; INSERT INTO event SELECT * FROM saved; \
               DELETE FROM log_head; INSERT INTO log_head SELECT * FROM saved_head";
    store.raw_sql(sql).await.unwrap();
}

/// One tampering: what it is called, and the SQL that does it.
fn tampering(dice: &mut Dice, sqlite: bool) -> (String, String) {
    let pick = |dice: &mut Dice, from: &[&str]| {
        from[usize::try_from(dice.below(from.len() as u64)).unwrap()].to_owned()
    };
    let seq = 1 + dice.below(40);
    let other = 1 + (seq + dice.below(38)) % 40;
    // Any 32 bytes.
    let bytes = format!("{:064x}", dice.below(u64::MAX));
    let blob = if sqlite { format!("x'{bytes}'") } else { format!("'\\x{bytes}'::bytea") };
    match dice.below(12) {
        0..=2 => {
            let column = pick(dice, &TEXTS);
            let sql = format!(
                "UPDATE event SET {column} = coalesce({column}, '') || ' ' WHERE seq = {seq}"
            );
            (format!("{column} of {seq} edited"), sql)
        }
        3 => {
            let column = pick(dice, &NUMBERS);
            let sql =
                format!("UPDATE event SET {column} = coalesce({column}, 0) + 1 WHERE seq = {seq}");
            (format!("{column} of {seq} edited"), sql)
        }
        4 | 5 => {
            let column = pick(dice, &BYTES);
            (
                format!("{column} of {seq} edited"),
                format!("UPDATE event SET {column} = {blob} WHERE seq = {seq}"),
            )
        }
        6 => (format!("{seq} deleted"), format!("DELETE FROM event WHERE seq = {seq}")),
        7 => {
            let sql = format!(
                "UPDATE event SET seq = seq + 1000 WHERE seq IN ({seq}, {other}); \
                 UPDATE event SET seq = {seq} WHERE seq = {other} + 1000; \
                 UPDATE event SET seq = {other} WHERE seq = {seq} + 1000"
            );
            (format!("{seq} and {other} swapped"), sql)
        }
        8 => {
            let columns = COLUMNS
                .replace("event_id, batch_id", "event_id || 'x', batch_id || 'x'")
                .replace(", source_key", ", NULL")
                .replace(", hash", &format!(", {blob}"));
            let place = if dice.below(2) == 0 { 41 } else { seq };
            let sql = format!(
                "UPDATE event SET seq = seq + 1000 WHERE seq >= {place}; \
                 UPDATE event SET seq = seq - 999 WHERE seq > 1000; \
                 INSERT INTO event (seq, {COLUMNS}) SELECT {place}, {columns} FROM event WHERE seq = 1"
            );
            (format!("one inserted as {place}"), sql)
        }
        9 => {
            (format!("tail cut after {}", seq - 1), format!("DELETE FROM event WHERE seq >= {seq}"))
        }
        10 => {
            // A payload that goes without a word, or an alert's that is exchanged for another's.
            let gone = if seq == 20 { 21 } else { seq };
            (
                format!("payload of {gone} removed"),
                format!("UPDATE event SET payload = NULL, payload_salt = NULL WHERE seq = {gone}"),
            )
        }
        _ => match dice.below(3) {
            0 => ("head moved back".to_owned(), format!("UPDATE log_head SET seq = {}", seq - 1)),
            1 => ("head's hash edited".to_owned(), format!("UPDATE log_head SET hash = {blob}")),
            _ => ("log renamed".to_owned(), "UPDATE log_head SET log_id = 'another'".to_owned()),
        },
    }
}

async fn a_hundred_random_tamperings_are_found_and_no_clean_log_is_blamed(database: Database) {
    let store = database.store().await;
    log(&store).await;
    store.close().await;
    unprotect(&store).await;
    let (mut dice, mut found, mut tried, mut false_alarms) = (Dice(0x0ca7_d012_2026), 0, 0, 0);
    while tried < 100 {
        let (name, sql) = tampering(&mut dice, store.kind() == "sqlite");
        store.raw_sql(&sql).await.unwrap_or_else(|error| panic!("{name}: {sql}: {error}"));
        tried += 1;
        let report = store.verify(None).await.unwrap();
        found += usize::from(!report.faults.is_empty());
        assert!(!report.faults.is_empty(), "not found: {name}: {sql}");
        put_back(&store).await;
        false_alarms += store.verify(None).await.unwrap().faults.len();
    }
    println!("{}: {found} of {tried} tamperings found, {false_alarms} false alarms", store.kind());
    assert_eq!((found, false_alarms), (100, 0));
}

async fn a_rewritten_log_is_found_by_a_head_noted_elsewhere(database: Database) {
    let store = database.store().await;
    log(&store).await;
    let noted = store.verify(None).await.unwrap();
    let noted = NotedHead { of: None, seq: noted.head_seq, hash: noted.head_hash };
    let expected = Some(noted.clone());
    append(&store, raise("later")).await;
    let report = store.verify(expected.clone()).await.unwrap();
    assert_eq!(report.faults, [""; 0], "it has only grown");
    assert!(report.noted.unwrap().contains("event 40, which was noted, is in it"));

    // Written anew from the first event on: intact in itself.
    let rewritten = Database::sqlite();
    let other = rewritten.store().await;
    log(&other).await;
    assert_eq!(other.verify(None).await.unwrap().faults, [""; 0]);
    assert_eq!(other.verify(expected.clone()).await.unwrap().faults.len(), 1);

    // Cut, head and all.
    let short = Database::sqlite();
    let other = short.store().await;
    append(&other, raise("0")).await;
    let faults = other.verify(expected).await.unwrap().faults;
    assert!(faults[0].contains("event 40 was noted, but the log ends at 1"), "{faults:?}");

    // What was noted of another log, or before a backup was restored, is no fault of this one.
    for (of, words) in [
        (("another".to_owned(), 1), "was noted of another log"),
        ((log_id(&other).await, 2), "was noted in epoch 2, and was not looked for"),
    ] {
        let apart = NotedHead { of: Some(of), ..noted.clone() };
        let report = other.verify(Some(apart)).await.unwrap();
        assert_eq!(report.faults, [""; 0]);
        assert!(report.noted.as_ref().is_some_and(|noted| noted.contains(words)), "{report:?}");
    }
    let same = NotedHead { of: Some((log_id(&other).await, 1)), ..noted };
    assert_eq!(other.verify(Some(same)).await.unwrap().faults.len(), 1);
}

async fn log_id(store: &Store) -> String {
    store.load_snapshot().await.unwrap().log_id().unwrap().to_owned()
}

async fn nothing_stands_before_the_first_event_but_the_logs_own_beginning(database: Database) {
    let store = database.store().await;
    let empty = store.verify(None).await.unwrap();
    let at_the_beginning = |hash: &str| Some(NotedHead { of: None, seq: 0, hash: hash.to_owned() });
    for events in 0..2 {
        let report = store.verify(at_the_beginning(&empty.head_hash)).await.unwrap();
        assert_eq!((report.events, report.faults.as_slice()), (events, [].as_slice()));
        assert_eq!(report.noted.as_deref(), Some("the log begins as was noted"));
        let report = store.verify(at_the_beginning(&"f".repeat(64))).await.unwrap();
        assert_eq!(report.faults, ["the log does not begin as was noted"]);
        append(&store, raise("one")).await;
    }
}
