//! Migrations: up, down, up; and a database of a newer version.

use candor_store::{Store, StoreErrorKind};
use candor_testkit::Database;

use super::{append, on_both, raise};

on_both!(
    up_down_up_gives_the_same_schema,
    a_database_that_a_newer_version_contracted_is_refused_with_a_sentence,
    a_database_that_a_newer_version_expanded_is_worked_on,
    two_processes_that_start_together_migrate_once,
);

/// Every object of the schema, with its columns and its definition.
async fn schema(store: &Store) -> Vec<String> {
    let sql = if store.kind() == "sqlite" {
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_schema \
         WHERE name NOT LIKE '%diesel%' ORDER BY 1"
    } else {
        "SELECT line FROM ( \
           SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || \
             coalesce(column_default, '') || ' ' || coalesce(col_description(table_name::regclass, ordinal_position), '') \
             AS line FROM information_schema.columns WHERE table_schema = 'public' \
           UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
           UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint \
             WHERE connamespace = 'public'::regnamespace \
           UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
           UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace \
         ) AS lines WHERE line NOT LIKE '%diesel%' ORDER BY 1"
    };
    store.raw_rows(sql).await.unwrap()
}

async fn up_down_up_gives_the_same_schema(database: Database) {
    let store = Store::open(database.url()).unwrap();
    assert!(store.is_empty().await.unwrap());
    let missing = store.pending_migrations().await.unwrap();
    let up = store.migrate().await.unwrap();
    assert_eq!((up.len(), store.pending_migrations().await.unwrap()), (missing, 0));
    assert!(!store.is_empty().await.unwrap());
    assert_eq!(store.migrate().await.unwrap(), [""; 0], "a second time there is nothing to do");
    let first = schema(&store).await;
    assert!(first.len() > 20, "{first:?}");
    append(&store, raise("a")).await;
    store.close().await;

    let store = Store::open(database.url()).unwrap();
    assert_eq!(store.migrate_down().await.unwrap().len(), up.len());
    assert_eq!(schema(&store).await, [""; 0], "nothing is left");
    assert_eq!(store.migrate().await.unwrap(), up);
    assert_eq!(schema(&store).await, first);
    append(&store, raise("a")).await;
    println!("{}: {} objects, the same after up, down, up", store.kind(), first.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_in_postgresql_has_a_comment() {
    let store = Database::postgres().store().await;
    let silent = store
        .raw_rows(
            "SELECT c.relname || '.' || a.attname AS line FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 \
               AND c.relname NOT LIKE '%diesel%' AND (col_description(c.oid, a.attnum) IS NULL \
                OR obj_description(c.oid, 'pg_class') IS NULL)",
        )
        .await
        .unwrap();
    assert_eq!(silent, [""; 0]);
}

async fn a_database_that_a_newer_version_expanded_is_worked_on(database: Database) {
    let store = database.store().await;
    store
        .raw_sql("INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000000')")
        .await
        .unwrap();
    assert!(store.migrate().await.unwrap().is_empty());
    assert_eq!(store.pending_migrations().await.unwrap(), 0);
}

async fn a_database_that_a_newer_version_contracted_is_refused_with_a_sentence(database: Database) {
    let store = database.store().await;
    store
        .raw_sql(
            "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000000contract')",
        )
        .await
        .unwrap();
    for answer in [store.migrate().await.err(), store.pending_migrations().await.err()] {
        let error = answer.unwrap();
        assert_eq!(error.kind(), StoreErrorKind::NewerDatabase);
        let why = error.to_string();
        assert!(why.contains("newer version") && why.contains("20991231000000contract"), "{why}");
        assert!(why.contains("upgrade") && why.contains("restore"), "{why}");
    }
}

async fn two_processes_that_start_together_migrate_once(database: Database) {
    let stores: Vec<_> = (0..4).map(|_| Store::open(database.url()).unwrap()).collect();
    let starts: Vec<_> = stores
        .iter()
        .map(|store| {
            let store = store.clone();
            tokio::spawn(async move { store.migrate().await.unwrap().len() })
        })
        .collect();
    let mut applied = Vec::new();
    for start in starts {
        applied.push(start.await.unwrap());
    }
    applied.sort_unstable();
    assert_eq!(applied[..3], [0, 0, 0], "{applied:?}");
    assert!(applied[3] > 0);
}
