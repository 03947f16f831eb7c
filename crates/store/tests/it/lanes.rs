//! Which deliveries are claimed first, how fast, and which are deleted when they are old.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use candor_core::{Address, HookKind, HookUrl, Preferences, SubscriptionRequest};
use candor_store::{
    AttemptOutcome, Claim, DeliveryContent, DeliveryState, HostLimit, Queue, Store, WorkerCapacity,
};
use candor_testkit::Database;
use jiff::{SignedDuration, Timestamp};

use super::{INCIDENT, address, append, declare, eventually, on_both, resolve};

on_both!(
    notifications_go_before_confirmations_and_neither_starves_the_other,
    no_host_gets_more_than_its_part,
    an_address_that_failed_goes_in_the_slow_lane_until_something_arrives,
    what_was_claimed_before_a_failure_is_handed_out,
    results_that_wait_share_a_transaction_and_each_has_its_own_answer,
    a_subscription_to_one_incident_ends_with_it,
    a_subscription_to_one_incident_ends_with_it_also_if_nobody_is_told,
    a_mail_servers_answer_is_forgotten_with_the_subscriber,
    deliveries_are_kept_for_as_long_as_was_said,
);

const LEASE: Duration = Duration::from_secs(60);

fn hook(host: &str, path: u32) -> Address {
    let url = HookUrl::parse(&format!("https://{host}/{path}")).unwrap();
    Address::Hook(HookKind::Slack, url)
}

async fn expand(store: &Store) {
    while store.expand_outbox(1_000).await.unwrap().left {}
}

fn sent() -> AttemptOutcome {
    AttemptOutcome::Sent { answer: "250 taken".to_owned() }
}

fn capacity(slots: u32, slow: u32) -> WorkerCapacity {
    WorkerCapacity { slow, ..WorkerCapacity::of(slots) }
}

/// How many notices, and how many requests to confirm.
fn kinds(claims: &[Claim]) -> (usize, usize) {
    let notices =
        claims.iter().filter(|claim| matches!(claim.content, DeliveryContent::Notice(_))).count();
    (notices, claims.len() - notices)
}

async fn notifications_go_before_confirmations_and_neither_starves_the_other(database: Database) {
    let store = database.store().await;
    for n in 0..6 {
        store.subscribe(&address(&format!("pending{n}"))).await.unwrap();
        store.add_subscriber(&address(&format!("s{n}"))).await.unwrap();
    }
    append(&store, declare("One")).await;
    expand(&store).await;
    let depth = store.queue_depth(Queue::Mail).await.unwrap();
    assert_eq!((depth.due, depth.due_slow), (12, 6));
    let claim =
        async |capacity| kinds(&store.claim_within(Queue::Mail, capacity, LEASE).await.unwrap());
    assert_eq!(claim(capacity(2, 2)).await, (2, 0), "asked for first, and yet later");
    assert_eq!(claim(WorkerCapacity { slow_first: 1, ..capacity(2, 2) }).await, (1, 1));
    assert_eq!(claim(capacity(5, 1)).await, (3, 1), "they never have all slots");
    assert_eq!(claim(capacity(5, 0)).await, (0, 0));
    assert_eq!(claim(WorkerCapacity::of(10)).await, (0, 4));
}

async fn no_host_gets_more_than_its_part(database: Database) {
    let store = database.store().await;
    for n in 0..5 {
        store.add_subscriber(hook("busy.example.org", n)).await.unwrap();
    }
    store.add_subscriber(hook("other.example.org", 1)).await.unwrap();
    append(&store, declare("One")).await;
    expand(&store).await;
    let claim = async |busy: u32| {
        let busy = BTreeMap::from([("busy.example.org".to_owned(), busy)]);
        let capacity = WorkerCapacity {
            hosts: HostLimit { max: 2, in_flight: busy },
            ..WorkerCapacity::of(10)
        };
        let claims = store.claim_within(Queue::Hooks, capacity, LEASE).await.unwrap();
        let host = |claim: &Claim| claim.host().unwrap().split('.').next().unwrap().to_owned();
        let mut hosts: Vec<_> = claims.iter().map(host).collect();
        hosts.sort_unstable();
        hosts
    };
    assert_eq!(claim(1).await, ["busy", "other"]);
    assert_eq!(claim(2).await, [""; 0]);
    assert_eq!(claim(0).await, ["busy", "busy"]);
}

async fn an_address_that_failed_goes_in_the_slow_lane_until_something_arrives(database: Database) {
    let store = database.store().await;
    store.add_subscriber(hook("one.example.org", 1)).await.unwrap();
    append(&store, declare("One")).await;
    append(&store, declare("Two")).await;
    expand(&store).await;
    let claim = async || store.claim(Queue::Hooks, 1, LEASE).await.unwrap().remove(0);
    let pass = async || {
        store.raw_sql("UPDATE delivery SET due_at = 1 WHERE due_at IS NOT NULL").await.unwrap();
    };
    let first = claim().await;
    assert!(!first.slow);
    let later = AttemptOutcome::Later { not_before: None, error: "no answer in time".to_owned() };
    assert!(store.finish(&first, &later).await.unwrap());
    append(&store, declare("Three")).await;
    expand(&store).await;
    pass().await;
    assert_eq!(store.queue_depth(Queue::Hooks).await.unwrap().due_slow, 3);
    let next = claim().await;
    assert!(next.slow);
    assert!(store.finish(&next, &sent()).await.unwrap());
    assert_eq!(store.queue_depth(Queue::Hooks).await.unwrap().due_slow, 0);
}

async fn what_was_claimed_before_a_failure_is_handed_out(database: Database) {
    let store = database.store().await;
    for n in 0..3 {
        store.add_subscriber(&address(&format!("s{n}"))).await.unwrap();
    }
    append(&store, declare("One")).await;
    expand(&store).await;
    let ids = store.raw_rows("SELECT recipient AS line FROM delivery").await.unwrap();
    // The first is gone, so that there is a second round, and in that the database fails.
    let gone = format!(
        "DELETE FROM subscriber WHERE id = '{0}'; UPDATE delivery SET due_at = 1 WHERE recipient = '{0}'; \
         UPDATE delivery SET due_at = 2 WHERE recipient = '{1}'",
        ids[0], ids[1]
    );
    store.raw_sql(&gone).await.unwrap();
    let fails = if store.kind() == "sqlite" {
        format!(
            "CREATE TRIGGER fails BEFORE UPDATE ON delivery WHEN NEW.state = 'sending' AND NEW.recipient = '{}' \
             BEGIN SELECT RAISE(ABORT, 'no'); END",
            ids[2]
        )
    } else {
        format!(
            "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$; \
             CREATE TRIGGER fails BEFORE UPDATE ON delivery FOR EACH ROW \
             WHEN (NEW.state = 'sending' AND NEW.recipient = '{}') EXECUTE FUNCTION fails()",
            ids[2]
        )
    };
    store.raw_sql(&fails).await.unwrap();
    let claims = store.claim(Queue::Mail, 2, LEASE).await.unwrap();
    let recipients: Vec<_> =
        claims.iter().map(|claim| claim.subscriber().unwrap().to_string()).collect();
    assert_eq!(recipients, [ids[1].as_str()]);
    assert!(store.claim(Queue::Mail, 2, LEASE).await.is_err(), "with nothing in hand it is said");
}

async fn results_that_wait_share_a_transaction_and_each_has_its_own_answer(database: Database) {
    let store = database.store().await;
    for n in 0..3 {
        store.add_subscriber(&address(&format!("s{n}"))).await.unwrap();
    }
    append(&store, declare("One")).await;
    expand(&store).await;
    let claims = store.claim(Queue::Mail, 3, LEASE).await.unwrap();
    let stale = Claim { token: claims[1].token - 1, ..claims[1].clone() };
    let dead = AttemptOutcome::Dead { error: "550 nobody".to_owned() };
    let ended = vec![(claims[0].clone(), sent()), (stale, sent()), (claims[2].clone(), dead)];
    assert_eq!(store.finish_all(ended).await.unwrap(), [true, false, true]);
    let mut states: Vec<_> =
        store.deliveries(10).await.unwrap().into_iter().map(|row| row.state).collect();
    states.sort_unstable();
    assert_eq!(states, [DeliveryState::Sending, DeliveryState::Sent, DeliveryState::Dead]);
}

/// One subscriber to the incident alone, another one to everything.
async fn subscribe_to_one_and_to_all(store: &Store) {
    let preferences = Preferences { incident: Some(INCIDENT), ..Preferences::default() };
    store
        .add_subscriber(SubscriptionRequest {
            address: Address::from(&address("one")),
            preferences,
        })
        .await
        .unwrap();
    store.add_subscriber(&address("all")).await.unwrap();
}

async fn a_subscription_to_one_incident_ends_with_it(database: Database) {
    let store = database.store().await;
    append(&store, declare("One")).await;
    subscribe_to_one_and_to_all(&store).await;
    append(&store, super::watching(INCIDENT, "It is back.")).await;
    expand(&store).await;
    for claim in store.claim(Queue::Mail, 10, LEASE).await.unwrap() {
        assert!(!claim.ends_subscription);
        store.finish(&claim, &sent()).await.unwrap();
    }
    append(&store, resolve(INCIDENT)).await;
    expand(&store).await;
    let claims = store.claim(Queue::Mail, 10, LEASE).await.unwrap();
    assert_eq!(claims.iter().filter(|claim| claim.ends_subscription).count(), 1);
    for claim in &claims {
        store.finish(claim, &sent()).await.unwrap();
    }
    let left = store.subscribers().await.unwrap();
    assert_eq!(left.len(), 1);
    assert!(left[0].address.as_str().starts_with("all@"), "{left:?}");
}

async fn a_subscription_to_one_incident_ends_with_it_also_if_nobody_is_told(database: Database) {
    let store = database.store().await;
    subscribe_to_one_and_to_all(&store).await;
    append(&store, declare("One")).await;
    let purge = async |ends: bool| {
        let before = Timestamp::now() + SignedDuration::from_secs(5);
        let ends = move |number, asked, now| {
            assert_eq!(number, INCIDENT);
            assert!(asked <= now && now < before);
            ends
        };
        store.purge_ended(ends).await.unwrap()
    };
    assert_eq!(purge(true).await, 0, "what was declared is no delivery yet");
    expand(&store).await;
    assert_eq!(purge(true).await, 0, "it is owed");
    for claim in store.claim(Queue::Mail, 10, LEASE).await.unwrap() {
        store.finish(&claim, &sent()).await.unwrap();
    }
    assert_eq!((purge(false).await, purge(true).await), (0, 1));
    let left = store.subscribers().await.unwrap();
    assert_eq!(left.len(), 1);
    assert!(left[0].address.as_str().starts_with("all@"), "{left:?}");
}

async fn a_mail_servers_answer_is_forgotten_with_the_subscriber(database: Database) {
    let store = database.store().await;
    for name in ["a", "b", "c"] {
        store.add_subscriber(&address(name)).await.unwrap();
    }
    append(&store, declare("One")).await;
    expand(&store).await;
    let echoes = |claim: &Claim| {
        let address = super::subscriber(claim).1;
        format!("451 <{}> try again", address.as_str())
    };
    let claims = store.claim(Queue::Mail, 10, LEASE).await.unwrap();
    let [before, after, dead] = <[Claim; 3]>::try_from(claims).unwrap();
    let taken = AttemptOutcome::Sent { answer: echoes(&before) };
    assert!(store.finish(&before, &taken).await.unwrap());
    assert!(store.finish(&dead, &AttemptOutcome::Dead { error: echoes(&dead) }).await.unwrap());
    for row in store.subscribers().await.unwrap() {
        assert!(store.unsubscribe(row.id).await.unwrap());
    }
    // This one was being sent meanwhile.
    let later = AttemptOutcome::Later { not_before: None, error: echoes(&after) };
    assert!(store.finish(&after, &later).await.unwrap());
    let kept = "SELECT coalesce(answer, '') || coalesce(last_error, '') AS line FROM delivery";
    assert_eq!(store.raw_rows(kept).await.unwrap(), ["", "", ""]);
}

async fn deliveries_are_kept_for_as_long_as_was_said(database: Database) {
    let store = database.store().await;
    for n in 0..3 {
        store.add_subscriber(&address(&format!("s{n}"))).await.unwrap();
    }
    append(&store, declare("One")).await;
    expand(&store).await;
    let claims = store.claim(Queue::Mail, 2, LEASE).await.unwrap();
    for claim in &claims {
        store.finish(claim, &sent()).await.unwrap();
    }
    let age = SignedDuration::from_hours(396 * 24);
    assert_eq!(store.purge_deliveries(age).await.unwrap(), 0);
    let old = (Timestamp::now() - age).as_microsecond() - 1;
    let aged =
        format!("UPDATE delivery SET created_at = {old} WHERE id <> '{}'", claims[0].delivery);
    store.raw_sql(&aged).await.unwrap();
    assert_eq!(store.purge_deliveries(age).await.unwrap(), 1, "what still waits is kept");
    assert_eq!(store.deliveries(10).await.unwrap().len(), 2);
}

/// Whatever PostgreSQL believes of the tables, each claim reads what it claims and no more.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_costs_the_same_with_and_without_statistics() {
    const DUE: usize = 20_000;
    let store = Database::postgres().store().await;
    // Statistics of the empty tables, as of an installation before its first incident.
    store.raw_sql("ALTER TABLE delivery SET (autovacuum_enabled = off); ANALYZE").await.unwrap();
    append(&store, declare("One")).await;
    let fill = format!(
        "INSERT INTO subscriber \
         (id, channel, address, address_key, mailbox, domain, state, created_at, asked_at, confirmed_at, scope) \
         SELECT gen_random_uuid()::text, 'mail', a, a, a, 'example.org', 'confirmed', 1, 1, 1, 'all' \
         FROM (SELECT 'many' || n || '@example.org' AS a FROM generate_series(1, {DUE}) n) addresses"
    );
    store.raw_sql(&fill).await.unwrap();
    expand(&store).await;
    let claimed = async || {
        let sql = "SELECT count(*)::text AS line FROM delivery WHERE state = 'sending'";
        store.raw_rows(sql).await.unwrap()[0].parse::<usize>().unwrap()
    };
    let mut medians = Vec::new();
    for statistics in ["of empty tables", "fresh"] {
        if statistics == "fresh" {
            store.raw_sql("ANALYZE").await.unwrap();
        }
        let mut took = Vec::new();
        for _ in 0..40 {
            let begun = Instant::now();
            assert_eq!(store.claim(Queue::Mail, 20, LEASE).await.unwrap().len(), 20);
            took.push(begun.elapsed());
        }
        took.sort_unstable();
        medians.push((statistics, took[20], took[39]));
    }
    println!("{DUE} due, 20 a claim; statistics, median, worst: {medians:?}");
    assert_eq!(claimed().await, 1_600);
}

/// Each holds the lock that the other needs: PostgreSQL ends one of them after a second.
#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_fails_while_it_unsubscribes_ends_no_transaction() {
    let store = Database::postgres().store().await;
    store.add_subscriber(hook("one.example.org", 1)).await.unwrap();
    append(&store, declare("One")).await;
    append(&store, declare("Two")).await;
    expand(&store).await;
    let claim = store.claim(Queue::Hooks, 1, LEASE).await.unwrap().remove(0);
    let slow = "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS \
                $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$; \
                CREATE TRIGGER slow BEFORE UPDATE ON subscriber FOR EACH ROW EXECUTE FUNCTION slow()";
    store.raw_sql(slow).await.unwrap();
    let id = store.subscribers().await.unwrap()[0].id;
    let later = AttemptOutcome::Later { not_before: None, error: "no answer in time".to_owned() };
    let (finished, gone) = tokio::join!(store.finish(&claim, &later), async {
        // Somebody leaves while the result is being written down.
        let waits = "SELECT (EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'))::text AS line";
        eventually("the result to be under way", async || {
            store.raw_rows(waits).await.unwrap()[0] == "true"
        })
        .await;
        store.unsubscribe(id).await
    });
    assert!(finished.unwrap() && gone.unwrap());
}
