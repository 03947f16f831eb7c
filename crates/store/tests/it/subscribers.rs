//! Who is notified of what, by their preferences; and that asking tells nobody who is subscribed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use candor_core::{
    Address, Audience, Command, HookKind, HookUrl, IncidentAction, IncidentNumber, Notify,
    Preferences, Scope, Severity, SubscriptionRequest, Window,
};
use candor_store::{
    AttemptOutcome, Claim, DeliveryContent, DeliveryRecipient, DeliveryState, Queue, Store,
    StoreSettings, SubscribeOutcome,
};
use candor_testkit::{Database, story::plan_titled};
use jiff::{SignedDuration, Timestamp};

use super::{address, append, by_a_person, declare, on_both, update};

on_both!(
    subscribers_get_what_they_asked_for_and_nothing_else,
    changed_preferences_apply_to_what_is_due_already,
    nobody_changes_the_preferences_of_others_by_knowing_their_address,
    asking_costs_the_same_for_every_address,
    a_dead_endpoint_waits_alone_and_is_forgotten_after_five_days,
    a_delivery_of_an_older_program_finds_its_way,
    one_mailbox_gets_three_messages_however_it_is_spelled,
    nobody_counts_as_told_whose_mail_waits_for_a_mail_server,
    a_server_and_the_installation_have_limits_and_who_confirms_uses_nothing_up,
    upper_and_lower_case_are_one_subscriber_and_one_erasure,
);

const LEASE: Duration = Duration::from_secs(60);

fn number(number: u32) -> IncidentNumber {
    IncidentNumber::new(number).unwrap()
}

fn hook(kind: HookKind, path: &str) -> Address {
    let url = HookUrl::parse(&format!("https://hooks.example.org/{path}")).unwrap();
    Address::Hook(kind, url)
}

fn wish(address: impl Into<Address>, scope: Scope, incident: Option<u32>) -> SubscriptionRequest {
    let preferences =
        Preferences { scope, incident: incident.map(number), ..Preferences::default() };
    SubscriptionRequest { address: address.into(), preferences }
}

fn plan() -> Command {
    let starts_at = Timestamp::now() + SignedDuration::from_hours(1);
    plan_titled(
        "New disks",
        Window { starts_at, ends_at: starts_at + SignedDuration::from_hours(1) },
    )
}

async fn claims(store: &Store) -> Vec<Claim> {
    let mut claims = store.claim(Queue::Mail, 1_000, LEASE).await.unwrap();
    claims.extend(store.claim(Queue::Hooks, 1_000, LEASE).await.unwrap());
    claims
}

fn recipient(claim: &Claim) -> (&Address, Option<&str>, Option<&str>) {
    let DeliveryRecipient::Subscriber { address, language, time_zone, .. } = &claim.recipient
    else {
        panic!("{claim:?}")
    };
    (address, language.as_deref(), time_zone.as_deref())
}

fn sent() -> AttemptOutcome {
    AttemptOutcome::Sent { answer: "taken".to_owned() }
}

/// Sends all that is owed; of each incident, who was told.
async fn tell(store: &Store) -> BTreeMap<u32, BTreeSet<String>> {
    while store.expand_outbox(3).await.unwrap().left {}
    let mut told = BTreeMap::<u32, BTreeSet<String>>::new();
    for claim in claims(store).await {
        let DeliveryContent::Notice(notice) = &claim.content else { panic!("{claim:?}") };
        let address = recipient(&claim).0;
        let queue = if address.mail().is_some() { Queue::Mail } else { Queue::Hooks };
        assert_eq!(claim.queue, queue);
        let who = address.as_str().split(['@', '.']).next().unwrap().to_owned();
        let who = if queue == Queue::Mail { who } else { address.channel().to_owned() };
        assert!(told.entry(notice.incident.get()).or_default().insert(who), "told twice");
        assert!(store.finish(&claim, &sent()).await.unwrap());
    }
    told
}

async fn subscribers_get_what_they_asked_for_and_nothing_else(database: Database) {
    let store = database.store().await;
    for wish in [
        wish(&address("all"), Scope::All, None),
        wish(&address("incidents"), Scope::Incidents, None),
        wish(&address("first"), Scope::All, Some(1)),
        // Asked for by name, so planned work, too, whatever the scope.
        wish(&address("work"), Scope::Incidents, Some(2)),
        wish(hook(HookKind::Webhook, "a"), Scope::All, None),
        wish(hook(HookKind::Slack, "b"), Scope::Incidents, None),
        wish(hook(HookKind::Discord, "c"), Scope::All, Some(3)),
        wish(hook(HookKind::Teams, "d"), Scope::All, Some(9)),
    ] {
        assert!(store.add_subscriber(wish).await.unwrap());
    }
    let audience = store.audience().await.unwrap();
    let reached = |incident: u32, severity| audience.count(Some(number(incident)), severity);
    let mut story = Vec::new();
    for (command, incident, severity) in [
        (declare("Checkout"), 1, Severity::Outage),
        (by_a_person(plan()), 2, Severity::Maintenance),
        (declare("Search"), 3, Severity::Outage),
        (update(number(1), "still"), 1, Severity::Outage),
        (
            by_a_person(
                IncidentAction::StartMaintenance { text: None, notify: Notify::Default }
                    .on(number(2)),
            ),
            2,
            Severity::Maintenance,
        ),
    ] {
        append(&store, command).await;
        let owed = store.queue_depth(Queue::Mail).await.unwrap().due
            + store.queue_depth(Queue::Hooks).await.unwrap().due;
        let told = tell(&store).await;
        let who = told.get(&incident).unwrap();
        assert_eq!(told.len(), 1);
        let promised = reached(incident, severity);
        assert_eq!(
            (who.len() as u64, owed),
            (promised, promised),
            "as the form said, and as the depth said"
        );
        story.push((incident, who.iter().map(String::as_str).collect::<Vec<_>>().join(" ")));
    }
    for (incident, who) in &story {
        println!("{}: incident {incident}: {who}", store.kind());
    }
    assert_eq!(
        story,
        [
            (1, "all first incidents slack webhook".to_owned()),
            (2, "all webhook work".to_owned()),
            (3, "all discord incidents slack webhook".to_owned()),
            (1, "all first incidents slack webhook".to_owned()),
            (2, "all webhook work".to_owned()),
        ]
    );
    assert_eq!(audience.count(None, Severity::Maintenance), 2);
    assert_eq!(audience.count(None, Severity::Outage), 4);
    let one = [(number(1), 1), (number(2), 1), (number(3), 1), (number(9), 1)].into();
    assert_eq!(audience, Audience { all: 2, incidents: 2, one });
}

async fn changed_preferences_apply_to_what_is_due_already(database: Database) {
    let store = database.store().await;
    for name in ["a", "b", "c"] {
        store.add_subscriber(&address(name)).await.unwrap();
    }
    append(&store, by_a_person(plan())).await;
    while store.expand_outbox(100).await.unwrap().left {}
    let ids: Vec<_> = store.subscribers().await.unwrap().into_iter().map(|row| row.id).collect();
    let preferences = Preferences {
        language: Some("de".to_owned()),
        time_zone: Some("Europe/Berlin".to_owned()),
        scope: Scope::Incidents,
        incident: None,
    };
    assert!(store.change_subscriber(ids[0], &preferences).await.unwrap());
    let german = Preferences { scope: Scope::All, ..preferences.clone() };
    assert!(store.change_subscriber(ids[1], &german).await.unwrap());
    let claims = claims(&store).await;
    let told: BTreeSet<_> = claims
        .iter()
        .map(recipient)
        .map(|(to, language, zone)| (to.as_str(), language, zone))
        .collect();
    assert_eq!(
        told,
        [("b@example.org", Some("de"), Some("Europe/Berlin")), ("c@example.org", None, None)]
            .into()
    );
    assert_eq!(store.subscriber(ids[0]).await.unwrap().unwrap().preferences, preferences);
    let back = Preferences::default();
    assert!(store.change_subscriber(ids[0], &back).await.unwrap());
    assert_eq!(
        store.subscriber(ids[0]).await.unwrap().unwrap().preferences,
        back,
        "all of it can be taken back"
    );
    store.unsubscribe(ids[0]).await.unwrap();
    assert!(!store.change_subscriber(ids[0], &preferences).await.unwrap());
}

async fn nobody_changes_the_preferences_of_others_by_knowing_their_address(database: Database) {
    let store = database.store().await;
    let mine = wish(&address("a"), Scope::Incidents, None);
    store.subscribe(&mine).await.unwrap();
    let theirs = wish(&address("a"), Scope::All, Some(7));
    store.subscribe(&theirs).await.unwrap();
    let row = store.subscribers().await.unwrap().remove(0);
    assert_eq!(row.preferences, theirs.preferences, "nothing was confirmed: the latest wish holds");
    store.subscribe(&mine).await.unwrap();
    store.confirm_subscriber(row.id).await.unwrap();
    let outcome = store.subscribe(&theirs).await.unwrap();
    assert_eq!(outcome, SubscribeOutcome::Throttled, "three an hour, whoever it is");
    let row = store.subscribers().await.unwrap().remove(0);
    assert_eq!(row.preferences, mine.preferences);

    // An address of the web that was given as another kind is that kind, until somebody confirms.
    store.subscribe(SubscriptionRequest::from(hook(HookKind::Webhook, "x"))).await.unwrap();
    store.subscribe(SubscriptionRequest::from(hook(HookKind::Slack, "x"))).await.unwrap();
    let rows = store.subscribers().await.unwrap();
    assert_eq!(rows.len(), 2, "one address, one subscription");
    let row = rows.into_iter().find(|row| row.address.mail().is_none()).unwrap();
    assert_eq!(row.address, hook(HookKind::Slack, "x"));
    store.confirm_subscriber(row.id).await.unwrap();
    let outcome =
        store.subscribe(SubscriptionRequest::from(hook(HookKind::Teams, "x"))).await.unwrap();
    assert_eq!(outcome, SubscribeOutcome::AlreadyConfirmed);
    assert_eq!(
        store.subscriber(row.id).await.unwrap().unwrap().address,
        hook(HookKind::Slack, "x")
    );
    let asked = store.claim(Queue::Hooks, 10, LEASE).await.unwrap();
    assert_eq!(asked.len(), 1, "only the last one is sent");
    assert_eq!(asked[0].content, DeliveryContent::AlreadySubscribed);
}

async fn asking_costs_the_same_for_every_address(database: Database) {
    let store = database.store().await;
    store.add_subscriber(&address("confirmed")).await.unwrap();
    store
        .add_subscriber(SubscriptionRequest::from(hook(HookKind::Slack, "confirmed")))
        .await
        .unwrap();
    store.subscribe(&address("pending")).await.unwrap();
    for _ in 0..3 {
        store.subscribe(&address("throttled")).await.unwrap();
    }
    let mut costs = Vec::new();
    for wish in [
        SubscriptionRequest::from(&address("unknown")),
        SubscriptionRequest::from(&address("pending")),
        SubscriptionRequest::from(&address("confirmed")),
        SubscriptionRequest::from(&address("throttled")),
        SubscriptionRequest::from(hook(HookKind::Slack, "unknown")),
        SubscriptionRequest::from(hook(HookKind::Slack, "confirmed")),
    ] {
        let before = deliveries(&store).await;
        let last = store
            .raw_rows("SELECT CAST(max(asked_at) AS TEXT) AS line FROM subscriber")
            .await
            .unwrap();
        let outcome = store.subscribe(&wish).await.unwrap();
        let made = deliveries(&store).await - before;
        let touched =
            format!("SELECT address AS line FROM subscriber WHERE asked_at > {}", last[0]);
        let touched = store.raw_rows(&touched).await.unwrap().len();
        costs.push((format!("{outcome:?}"), touched, made));
    }
    for (outcome, touched, made) in &costs {
        println!(
            "{}: {outcome}: {touched} row of subscriber and {made} of delivery written",
            store.kind()
        );
    }
    assert!(costs.iter().all(|(_, touched, made)| (*touched, *made) == (1, 1)), "{costs:?}");
    let outcomes: Vec<_> = costs.iter().map(|(outcome, ..)| outcome.as_str()).collect();
    assert_eq!(
        outcomes,
        [
            "ConfirmationQueued",
            "ConfirmationQueued",
            "AlreadyConfirmed",
            "Throttled",
            "ConfirmationQueued",
            "AlreadyConfirmed"
        ]
    );
}

async fn deliveries(store: &Store) -> usize {
    store.deliveries(10_000).await.unwrap().len()
}

async fn a_dead_endpoint_waits_alone_and_is_forgotten_after_five_days(database: Database) {
    let store = database.store().await;
    store.add_subscriber(SubscriptionRequest::from(hook(HookKind::Webhook, "dead"))).await.unwrap();
    store
        .add_subscriber(SubscriptionRequest::from(hook(HookKind::Webhook, "alive")))
        .await
        .unwrap();
    for title in ["One", "Two", "Three"] {
        append(&store, declare(title)).await;
    }
    while store.expand_outbox(100).await.unwrap().left {}
    let dead = |claim: &Claim| recipient(claim).0.as_str().ends_with("dead");
    // One worker with one slot: whatever is claimed is answered before the next is.
    let mut tried = Vec::new();
    while let Some(claim) = store.claim(Queue::Hooks, 1, LEASE).await.unwrap().pop() {
        let outcome = if dead(&claim) {
            AttemptOutcome::Later { not_before: None, error: "no answer in time".to_owned() }
        } else {
            sent()
        };
        tried.push(dead(&claim));
        store.finish(&claim, &outcome).await.unwrap();
    }
    let (slow, fine) =
        (tried.iter().filter(|dead| **dead).count(), tried.iter().filter(|dead| !**dead).count());
    println!(
        "{}: 3 messages to each of two endpoints: {fine} delivered, the dead one tried {slow} time",
        store.kind()
    );
    assert_eq!((slow, fine), (1, 3));
    let rows = store.deliveries(100).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.state == DeliveryState::Waiting).count(), 3);

    // It answers once: all is forgiven.
    let lapse = "UPDATE delivery SET due_at = 1 WHERE state = 'waiting'";
    store.raw_sql(lapse).await.unwrap();
    let claim = store.claim(Queue::Hooks, 1, LEASE).await.unwrap().pop().unwrap();
    store.finish(&claim, &sent()).await.unwrap();
    let since = "SELECT coalesce(CAST(failing_since AS TEXT), 'works') AS line FROM subscriber WHERE address LIKE '%dead'";
    assert_eq!(store.raw_rows(since).await.unwrap(), ["works"]);

    let day = 86_400_000_000_i64;
    let give_up = async |days: i64| {
        let claim = store.claim(Queue::Hooks, 1, LEASE).await.unwrap().pop().unwrap();
        let back = format!(
            "UPDATE subscriber SET failing_since = failing_since - {} WHERE failing_since IS NOT NULL",
            days * day
        );
        store.raw_sql(&back).await.unwrap();
        store.finish(&claim, &AttemptOutcome::Dead { error: "HTTP 500".to_owned() }).await.unwrap();
        store.subscribers().await.unwrap().len()
    };
    assert_eq!(give_up(0).await, 2, "given up once: it may come back");
    assert_eq!(give_up(6).await, 1, "given up, and nothing arrived for more than five days");
    assert!(store.subscribers().await.unwrap()[0].address.as_str().ends_with("alive"));
}

async fn a_delivery_of_an_older_program_finds_its_way(database: Database) {
    let store = database.store().await;
    store.add_subscriber(SubscriptionRequest::from(hook(HookKind::Slack, "a"))).await.unwrap();
    store.add_subscriber(&address("b")).await.unwrap();
    append(&store, declare("One")).await;
    while store.expand_outbox(100).await.unwrap().left {}
    // The older one knows of mails only.
    store.raw_sql("UPDATE delivery SET queue = 'mail', channel = 'mail'").await.unwrap();
    let mails = store.claim(Queue::Mail, 10, LEASE).await.unwrap();
    let hooks = store.claim(Queue::Hooks, 10, LEASE).await.unwrap();
    assert_eq!(
        (mails.len(), hooks.len()),
        (1, 1),
        "nothing is lost, and nothing goes the wrong way"
    );
    assert_eq!(recipient(&hooks[0]).0, &hook(HookKind::Slack, "a"));
}

fn mail(raw: &str) -> SubscriptionRequest {
    SubscriptionRequest::from(&raw.parse::<candor_core::EmailAddress>().unwrap())
}

async fn one_mailbox_gets_three_messages_however_it_is_spelled(database: Database) {
    let store = database.store().await;
    let mut spellings = BTreeSet::new();
    for number in 0..64_u32 {
        let case = |(index, c): (usize, char)| {
            if number >> index & 1 == 1 { c.to_ascii_uppercase() } else { c }
        };
        let name: String = "victim".chars().enumerate().map(case).collect();
        spellings.insert(format!("{name}@example.org"));
    }
    spellings.extend((0..36).map(|number| format!("victim+{number}@Example.ORG")));
    let begun = std::time::Instant::now();
    // At the same time, as from ten visitors.
    let asked = spellings.iter().map(|raw| store.subscribe(mail(raw)));
    let outcomes = futures::future::join_all(asked).await;
    let sent = store.claim(Queue::Mail, 1_000, LEASE).await.unwrap().len();
    println!(
        "{}: {} spellings of one mailbox within {:?}: {sent} mails",
        store.kind(),
        spellings.len(),
        begun.elapsed()
    );
    assert_eq!(spellings.len(), 100);
    assert!((1..=3).contains(&sent), "{sent}");
    let failed: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
    assert!(failed.is_empty(), "{failed:?}");
    // Dots mean nothing to Gmail, and something elsewhere.
    for raw in ["a.b@gmail.com", "ab@googlemail.com", "A.B+x@gmail.com"] {
        assert_eq!(store.subscribe(mail(raw)).await.unwrap(), SubscribeOutcome::ConfirmationQueued);
    }
    assert_eq!(store.subscribe(mail("ab@gmail.com")).await.unwrap(), SubscribeOutcome::Throttled);
    assert_eq!(
        store.subscribe(mail("a.b@example.net")).await.unwrap(),
        SubscribeOutcome::ConfirmationQueued
    );
}

/// Whoever has many ask for one mailbox would otherwise have all connections wait for each other.
#[tokio::test(flavor = "multi_thread")]
async fn requests_for_a_locked_mailbox_take_no_connection_from_others() {
    let database = Database::postgres();
    let store = database.store().await;
    let (wish, settings) = (mail("victim@example.org"), StoreSettings::default());
    // A pool of one, so that its connection keeps the lock, as another process would.
    let other =
        Store::open_with(database.url(), StoreSettings { connections: 3, ..settings }).unwrap();
    let mailbox = wish.address.mailbox();
    let lock = format!("SELECT pg_advisory_lock(20261128, hashtext('{mailbox}'))");
    other.raw_sql(&lock).await.unwrap();
    let ended = AtomicUsize::new(0);
    let asked = (0..20).map(async |_| {
        let _outcome = store.subscribe(&wish).await;
        ended.fetch_add(1, Ordering::SeqCst);
    });
    let others = async {
        let waiting = "SELECT count(*)::text AS line FROM pg_locks WHERE NOT granted";
        while other.raw_rows(waiting).await.unwrap() == ["0"] {
            tokio::task::yield_now().await;
        }
        store.audience().await.unwrap();
        assert_eq!(ended.load(Ordering::SeqCst), 0, "they still wait, and others needn't");
        other.raw_sql("SELECT pg_advisory_unlock_all()").await.unwrap();
    };
    futures::join!(futures::future::join_all(asked), others);
}

async fn nobody_counts_as_told_whose_mail_waits_for_a_mail_server(database: Database) {
    let store = database.store().await;
    for name in ["ada", "grace"] {
        store.add_subscriber(mail(&format!("{name}@example.org"))).await.unwrap();
    }
    store.add_subscriber(wish(hook(HookKind::Slack, "a"), Scope::All, None)).await.unwrap();
    let told = async || store.audience_now().await.unwrap().all;
    assert_eq!(told().await, 3, "nothing runs, so nobody knows");
    store.beat("one", &[(Queue::Hooks, 1)]).await.unwrap();
    assert_eq!(told().await, 1);
    store.beat("two", &[(Queue::Hooks, 1), (Queue::Mail, 1)]).await.unwrap();
    assert_eq!(told().await, 3);
}

async fn a_server_and_the_installation_have_limits_and_who_confirms_uses_nothing_up(
    database: Database,
) {
    let store = database.store().await;
    let asked = SubscribeOutcome::ConfirmationQueued;
    for number in 0..100 {
        assert_eq!(store.subscribe(mail(&format!("a{number}@example.org"))).await.unwrap(), asked);
    }
    let one_more = mail("one-more@example.org");
    assert_eq!(store.subscribe(&one_more).await.unwrap(), SubscribeOutcome::Busy);
    assert_eq!(store.subscribers().await.unwrap().len(), 100, "nothing was written");
    let first = store.subscribers().await.unwrap().remove(0).id;
    store.confirm_subscriber(first).await.unwrap();
    assert_eq!(store.subscribe(&one_more).await.unwrap(), asked);
    // A webhook's host.
    let posted =
        |number: u32| SubscriptionRequest::from(hook(HookKind::Webhook, &number.to_string()));
    for number in 0..10 {
        assert_eq!(store.subscribe(posted(number)).await.unwrap(), asked);
    }
    assert_eq!(store.subscribe(posted(10)).await.unwrap(), SubscribeOutcome::Busy);
    // All together; many people share a provider.
    let mut in_all = store.subscribers().await.unwrap().len() - 1;
    for number in 0.. {
        if store.subscribe(mail(&format!("a{number}@gmail.com"))).await.unwrap() != asked {
            break;
        }
        in_all += 1;
    }
    println!("{}: {in_all} unconfirmed requests within an hour, then no more", store.kind());
    assert_eq!(in_all, 1_000);
    assert_eq!(store.subscribe(mail("a@example.com")).await.unwrap(), SubscribeOutcome::Busy);
    store.raw_sql("UPDATE subscriber SET asked_at = asked_at - 3600000000").await.unwrap();
    assert_eq!(store.subscribe(mail("a@example.com")).await.unwrap(), asked, "an hour later");
}

async fn upper_and_lower_case_are_one_subscriber_and_one_erasure(database: Database) {
    let store = database.store().await;
    assert!(store.add_subscriber(mail("Alice@Example.org")).await.unwrap());
    for same in ["alice@example.org", "ALICE@EXAMPLE.ORG"] {
        assert!(!store.add_subscriber(mail(same)).await.unwrap(), "{same}");
        let outcome = store.subscribe(mail(same)).await.unwrap();
        assert_eq!(outcome, SubscribeOutcome::AlreadyConfirmed, "{same}");
    }
    let rows = store.subscribers().await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].address.as_str(), "Alice@example.org", "as it was given first");
    append(&store, declare("One")).await;
    while store.expand_outbox(100).await.unwrap().left {}
    assert_eq!(store.queue_depth(Queue::Mail).await.unwrap().due, 2, "one notice, one note");
    let gone: candor_core::EmailAddress = "aLiCe@example.org".parse().unwrap();
    assert!(store.remove_subscriber(&gone).await.unwrap());
    assert!(store.subscribers().await.unwrap().is_empty());
    assert!(!store.remove_subscriber(&gone).await.unwrap());
}
