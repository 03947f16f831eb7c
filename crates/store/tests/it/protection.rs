//! The database itself refuses to change the log.

use candor_store::Store;
use candor_testkit::Database;

use super::{append, declare, length, on_both, raise};

on_both!(
    the_log_refuses_every_change,
    a_redaction_needs_its_event_and_takes_nothing_else,
    the_head_is_one_row,
);

/// Tries the statement, and gives back what the database said against it.
async fn refused(store: &Store, sql: &str) -> String {
    match store.raw_sql(sql).await {
        Err(error) => error.chain().to_string(),
        Ok(()) => panic!("{sql}: was not refused"),
    }
}

async fn the_log_refuses_every_change(database: Database) {
    let store = database.store().await;
    for n in 0..3 {
        append(&store, raise(&n.to_string())).await;
    }
    let before = store.events(0, 10).await.unwrap();
    let mut statements = vec![
        "DELETE FROM event",
        "DELETE FROM event WHERE seq = 3",
        "UPDATE event SET payload = '{}' WHERE seq = 2",
        "UPDATE event SET payload = NULL, payload_salt = NULL WHERE seq = 2",
        "UPDATE event SET seq = 9 WHERE seq = 3",
        "UPDATE event SET actor = 'me'",
    ];
    if store.kind() == "sqlite" {
        statements.extend([
            "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1",
            "REPLACE INTO event SELECT 7, event_id, batch_id, 5, batch_len, incident, type, schema_version, occurred_at, \
             recorded_at, source, source_key, actor, causation_id, correlation_id, command_hash, command_salt, payload, payload_salt, \
             payload_commit, prev_hash, x'00' FROM event WHERE seq = 1",
        ]);
    } else {
        statements.extend(["TRUNCATE event", "TRUNCATE event CASCADE"]);
    }
    for sql in &statements {
        let why = refused(&store, sql).await;
        assert!(
            why.contains("append-only") || *sql == "TRUNCATE event",
            "{sql}: refused for another reason: {why}"
        );
    }
    println!("{}: {} of {} changes refused", store.kind(), statements.len(), statements.len());
    assert_eq!(store.events(0, 10).await.unwrap(), before);
}

async fn a_redaction_needs_its_event_and_takes_nothing_else(database: Database) {
    let store = database.store().await;
    append(&store, declare("Password in the title: hunter2")).await;
    append(&store, raise("b")).await;
    let title = candor_core::Title::parse("a secret").unwrap();
    store.redact(1, title, super::person()).await.unwrap();
    for sql in [
        "UPDATE event SET payload = NULL, payload_salt = NULL WHERE seq = 2",
        "UPDATE event SET payload = NULL, payload_salt = NULL, actor = 'me' WHERE seq = 1",
        "UPDATE event SET payload = '{}' WHERE seq = 1",
        "UPDATE event SET payload_salt = payload_commit WHERE seq = 1",
    ] {
        let why = refused(&store, sql).await;
        assert!(why.contains("append-only"), "{sql}: {why}");
    }
    assert_eq!(length(&store).await, 3);
}

async fn the_head_is_one_row(database: Database) {
    let store = database.store().await;
    let hash = if store.kind() == "sqlite" { "x'00'" } else { "'\\x00'" };
    refused(&store, &format!("INSERT INTO log_head VALUES (2, 'other', 0, {hash})")).await;
    store.migrate().await.unwrap();
    assert_eq!(store.raw_rows("SELECT log_id AS line FROM log_head").await.unwrap().len(), 1);
}
