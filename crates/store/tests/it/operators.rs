//! Subscribers and operators.

use std::time::Duration;

use candor_core::{Address, Audience, EmailAddress};
use candor_store::{
    CONFIRMATION_PERIOD, Claim, ConfirmOutcome, DeliveryContent, DeliveryState, Queue, Store,
    SubscribeOutcome, SubscriberRow, SubscriberState,
};
use candor_testkit::Database;

use super::{address, append, declare, on_both, subscriber};

on_both!(
    who_confirms_is_told,
    three_confirmation_mails_an_hour_and_ten_a_day,
    a_lost_mail_can_be_asked_for_again_and_only_the_newest_is_sent,
    who_leaves_is_erased_and_gets_nothing_more,
    who_never_confirmed_is_forgotten,
    operators_keep_their_opaque_id,
    an_address_stands_in_one_table_only,
);

const LEASE: Duration = Duration::from_secs(60);

async fn subscribe(store: &Store, name: &str) -> SubscribeOutcome {
    store.subscribe(&address(name)).await.unwrap()
}

async fn claim(store: &Store) -> Vec<Claim> {
    store.claim(Queue::Mail, 100, LEASE).await.unwrap()
}

/// Lets the clock of everything that was written so far run ahead.
async fn pass(store: &Store, hours: u64) {
    let micros = hours * 3_600_000_000;
    store
        .raw_sql(&format!("UPDATE delivery SET created_at = created_at - {micros}"))
        .await
        .unwrap();
}

async fn who_confirms_is_told(database: Database) {
    let store = database.store().await;
    assert_eq!(subscribe(&store, "a").await, SubscribeOutcome::ConfirmationQueued);
    assert_eq!(store.audience().await.unwrap(), Audience::from(0));
    let claims = claim(&store).await;
    assert_eq!(claims.len(), 1);
    assert_eq!(
        (&claims[0].content, &subscriber(&claims[0]).1),
        (&DeliveryContent::ConfirmSubscription, &address("a"))
    );
    let id = subscriber(&claims[0]).0;
    assert_eq!(store.confirm_subscriber(id).await.unwrap(), ConfirmOutcome::Confirmed);
    let again = store.confirm_subscriber(id).await.unwrap();
    assert_eq!(again, ConfirmOutcome::Known, "a second time changes nothing");
    assert_eq!(store.audience().await.unwrap(), Audience::from(1));
    assert_eq!(subscribe(&store, "a").await, SubscribeOutcome::AlreadyConfirmed);
    let row = store.subscriber(id).await.unwrap().unwrap();
    assert_eq!(
        (row.state, row.address),
        (SubscriberState::Confirmed, Address::from(&address("a")))
    );

    assert!(store.add_subscriber(&address("b")).await.unwrap());
    assert!(!store.add_subscriber(&address("b")).await.unwrap());
    subscribe(&store, "c").await;
    assert!(store.add_subscriber(&address("c")).await.unwrap(), "an operator's word is enough");
    let all = store.subscribers().await.unwrap();
    assert_eq!(
        all.iter().filter_map(|row| row.address.mail()).collect::<Vec<_>>(),
        [&address("a"), &address("b"), &address("c")]
    );
}

async fn three_confirmation_mails_an_hour_and_ten_a_day(database: Database) {
    let store = database.store().await;
    let mut owed = Vec::new();
    for _hour in 0..5 {
        let mut this_hour = 0;
        for _ in 0..5 {
            this_hour +=
                usize::from(subscribe(&store, "a").await == SubscribeOutcome::ConfirmationQueued);
        }
        owed.push(this_hour);
        assert_eq!(
            subscribe(&store, "b").await == SubscribeOutcome::ConfirmationQueued,
            owed.len() <= 5
        );
        pass(&store, 1).await;
    }
    println!("confirmation mails to one address in five hours: {owed:?}");
    assert_eq!(owed, [3, 3, 3, 1, 0]);
    pass(&store, 24).await;
    assert_eq!(subscribe(&store, "a").await, SubscribeOutcome::ConfirmationQueued);
}

async fn a_lost_mail_can_be_asked_for_again_and_only_the_newest_is_sent(database: Database) {
    let store = database.store().await;
    subscribe(&store, "a").await;
    subscribe(&store, "a").await;
    let claims = claim(&store).await;
    assert_eq!(claims.len(), 1, "the one that waited was superseded");
    subscribe(&store, "a").await;
    let again = claim(&store).await;
    assert_eq!(again.len(), 1);
    assert_ne!(again[0].delivery, claims[0].delivery);
    assert_eq!(subscriber(&again[0]).0, subscriber(&claims[0]).0, "old links work on");
}

async fn who_leaves_is_erased_and_gets_nothing_more(database: Database) {
    let store = database.store().await;
    for name in ["a", "b", "c"] {
        store.add_subscriber(&address(name)).await.unwrap();
    }
    append(&store, declare("One")).await;
    store.expand_outbox(100).await.unwrap();
    let a = store.subscribers().await.unwrap()[0].id;
    assert!(store.unsubscribe(a).await.unwrap());
    assert!(!store.unsubscribe(a).await.unwrap());
    assert!(store.remove_subscriber(&address("b")).await.unwrap());
    assert!(!store.remove_subscriber(&address("b")).await.unwrap());
    let told: Vec<EmailAddress> =
        claim(&store).await.into_iter().map(|claim| subscriber(&claim).1).collect();
    assert_eq!(told, [address("c")]);
    let rows = store.deliveries(10).await.unwrap();
    let withdrawn = rows.iter().filter(|row| row.state == DeliveryState::Withdrawn);
    assert!(withdrawn.clone().all(|row| row.address.is_none()));
    assert_eq!(withdrawn.count(), 2);
}

async fn who_never_confirmed_is_forgotten(database: Database) {
    let store = database.store().await;
    subscribe(&store, "a").await;
    store.add_subscriber(&address("b")).await.unwrap();
    let hours = jiff::SignedDuration::from_hours;
    assert_eq!(store.purge_unconfirmed(CONFIRMATION_PERIOD).await.unwrap(), 0);
    let pending = |row: &SubscriberRow| row.state == SubscriberState::Pending;
    let asked = store.subscribers().await.unwrap().into_iter().find(pending).unwrap().id;
    store.raw_sql("UPDATE subscriber SET asked_at = asked_at - 172801000000").await.unwrap();
    let late = store.confirm_subscriber(asked).await.unwrap();
    assert_eq!(late, ConfirmOutcome::Gone, "though nobody has thrown it away yet");
    assert_eq!(store.purge_unconfirmed(hours(-1)).await.unwrap(), 1);
    assert_eq!(store.subscribers().await.unwrap().len(), 1);
    assert_eq!(claim(&store).await.len(), 0);
    assert_eq!(subscribe(&store, "a").await, SubscribeOutcome::ConfirmationQueued);
}

async fn operators_keep_their_opaque_id(database: Database) {
    let store = database.store().await;
    let id = store.operator("slack", "U1", "Ada").await.unwrap();
    assert_eq!(store.operator("slack", "U1", "Ada Lovelace").await.unwrap(), id);
    assert_ne!(store.operator("cli", "U1", "Ada").await.unwrap(), id);
    assert_eq!(store.operator_name(&id).await.unwrap().as_deref(), Some("Ada Lovelace"));
    assert!(store.erase_operator(&id).await.unwrap());
    assert_eq!(store.operator_name(&id).await.unwrap(), None);
}

async fn an_address_stands_in_one_table_only(database: Database) {
    let store = database.store().await;
    store.add_subscriber(&address("somebody-rare")).await.unwrap();
    subscribe(&store, "somebody-rarer").await;
    append(&store, declare("One")).await;
    store.expand_outbox(100).await.unwrap();
    for table in ["event", "log_head", "outbox", "delivery", "operator"] {
        let sql = if store.kind() == "sqlite" {
            let columns = store
                .raw_rows(&format!("SELECT name AS line FROM pragma_table_info('{table}')"))
                .await
                .unwrap();
            let all: Vec<_> = columns.iter().map(|column| format!("quote({column})")).collect();
            format!("SELECT {} AS line FROM {table}", all.join(" || "))
        } else {
            format!("SELECT row(t.*)::text AS line FROM {table} t")
        };
        let rows = store.raw_rows(&sql).await.unwrap();
        assert!(rows.iter().all(|row| !row.contains("somebody-rare")), "{table}: {rows:?}");
    }
}
