//! The log under many writers and readers, each with a store of its own as separate processes have.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use candor_core::{ActorId, IncidentNumber, Notify, Severity};
use candor_integrations::alert_source::{AlertBody, AlertRules, AlertSource};
use candor_store::{AppendOutcome, AppendRequest, Store};
use candor_testkit::{
    append, postgres, site,
    story::{declare_silent, resolve_with},
};
use tokio::task::JoinSet;

use crate::{site::Harness, table::Line};

const WRITERS: usize = 8;
const READERS: usize = 4;
const CLIENTS: usize = 32;

/// Every insert into the log fails with this probability, and its transaction is rolled back.
const ROLLBACKS: &str = "CREATE FUNCTION refuse_some() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     IF random() < 0.02 THEN RAISE EXCEPTION 'refused by the harness'; END IF; RETURN NULL; END $$; \
     CREATE TRIGGER refuse_some AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION refuse_some()";

/// A store of its own, as a process has one.
fn store(harness: &Harness, database: &str) -> Store {
    Store::open(&postgres::url(harness.postgres.address(), database)).unwrap()
}

fn new_database(harness: &Harness) -> String {
    let name = harness.new_database_name();
    harness.postgres.sql("postgres", &format!("CREATE DATABASE {name}"));
    harness.runtime.block_on(store(harness, &name).migrate()).unwrap();
    name
}

/// The request of an alert, with a fixed id.
fn request(alert: &str) -> AppendRequest {
    let body = site::opsgenie("Create", alert, 1_700_000_000_000_000_000).to_string();
    let source = AlertSource::named("opsgenie").unwrap();
    let signal = source
        .read(&AlertBody::of_json(body.as_bytes()), &AlertRules::default())
        .unwrap()
        .remove(0);
    AppendRequest {
        source_key: signal.source_key,
        ..AppendRequest::new(signal.command, None, source.name)
    }
}

pub(crate) fn writers(harness: &Harness, line: &mut Line) {
    let appends = harness.times(100, 2_500, 2_500);
    let database = new_database(harness);
    harness.postgres.sql(&database, ROLLBACKS);
    let done = Arc::new(AtomicBool::new(false));
    let rolled_back = Arc::new(AtomicUsize::new(0));
    let write = |writer: usize| {
        let (store, rolled_back) = (store(harness, &database), rolled_back.clone());
        async move {
            let mut seqs = Vec::new();
            for n in 0..appends {
                let request = request(&format!("alert-{writer}-{n}"));
                loop {
                    match store.execute(request.clone()).await {
                        Ok(AppendOutcome::Appended(events)) => break seqs.push(events[0].seq),
                        Ok(other) => panic!("{other:?}"),
                        Err(_) => drop(rolled_back.fetch_add(1, Ordering::Relaxed)),
                    }
                }
            }
            store.close().await;
            seqs
        }
    };
    let read = |reader: usize| {
        let (store, done) = (store(harness, &database), done.clone());
        async move {
            let (mut seen, mut holes) = (Vec::new(), 0);
            loop {
                // Loaded before reading, so that nothing written before the end is missed.
                let last_look = done.load(Ordering::Acquire);
                let after = seen.last().copied().unwrap_or(0);
                let events = store.events(after, 500).await.unwrap();
                for event in &events {
                    holes += usize::from(event.seq != seen.last().copied().unwrap_or(0) + 1);
                    seen.push(event.seq);
                }
                if last_look && events.is_empty() {
                    return (seen, holes);
                }
                tokio::time::sleep(Duration::from_millis(1 + u64::try_from(reader).unwrap())).await;
            }
        }
    };
    let begin = Instant::now();
    let (acknowledged, readers) = harness.runtime.block_on(async {
        let readers: JoinSet<_> = (0..READERS).map(read).collect();
        let writers: JoinSet<_> = (0..WRITERS).map(write).collect();
        let acknowledged: Vec<u64> = writers.join_all().await.concat();
        done.store(true, Ordering::Release);
        (acknowledged, readers.join_all().await)
    });
    let took = begin.elapsed();
    let distinct: BTreeSet<u64> = acknowledged.iter().copied().collect();
    line.injected = rolled_back.load(Ordering::Relaxed);
    line.expected = WRITERS * appends;
    line.accepted = acknowledged.len();
    line.repeated = acknowledged.len() - distinct.len();
    let mut missed = 0;
    for (seen, holes) in readers {
        let seen: BTreeSet<u64> = seen.into_iter().collect();
        missed += distinct.difference(&seen).count();
        line.demand(holes == 0, || format!("a reader met {holes} holes"));
        line.demand(seen.len() == distinct.len(), || {
            format!("a reader saw {} events, {} were acknowledged", seen.len(), distinct.len())
        });
    }
    line.lost = missed;
    line.demand(missed == 0, || format!("readers missed {missed} events"));
    line.demand(line.repeated == 0, || "two alerts have one seq".to_owned());
    line.demand(line.injected > 0, || "nothing was rolled back".to_owned());
    let report = harness.runtime.block_on(store(harness, &database).verify(None)).unwrap();
    line.demand(report.faults.is_empty(), || format!("{:?}", report.faults));
    line.demand(report.events == u64::try_from(line.expected).unwrap(), || {
        format!("{} events are in the log", report.events)
    });
    let rate = f64::from(u32::try_from(line.accepted).unwrap()) / took.as_secs_f64();
    line.note(format!(
        "{READERS} readers missed {missed}, holes 0, {rate:.0} appends/s one by one"
    ));
}

pub(crate) fn fight(harness: &Harness, line: &mut Line) {
    let rounds = harness.times(100, 5_000, 5_000);
    let database = new_database(harness);
    let stores: Vec<Store> = (0..4).map(|_| store(harness, &database)).collect();
    for store in &stores {
        store.follow();
    }
    let (mut winners, mut losers) = (0, 0);
    harness.runtime.block_on(async {
        let actor = stores[0].operator("faults", "fighter", "A fighter").await.unwrap();
        for round in 0..rounds {
            if round % 500 == 499 {
                eprintln!("  … round {} of {rounds}", round + 1);
            }
            let number = opened(&stores[round % 4], &actor).await;
            let mut clients: JoinSet<_> = (0..CLIENTS)
                .map(|client| {
                    let (store, actor) = (stores[client % 4].clone(), actor.clone());
                    async move {
                        store
                            .execute(AppendRequest::new(
                                resolve_with(number, Notify::No),
                                Some(actor),
                                "fight",
                            ))
                            .await
                    }
                })
                .collect();
            let mut won = 0;
            while let Some(answer) = clients.join_next().await {
                match answer.unwrap().unwrap() {
                    AppendOutcome::Appended(_) => won += 1,
                    AppendOutcome::Refused(_) => losers += 1,
                    other @ (AppendOutcome::Duplicate { .. } | AppendOutcome::Conflict { .. }) => {
                        panic!("{other:?}")
                    }
                }
            }
            line.injected += 1;
            line.demand(won == 1, || format!("incident {number} has {won} winners"));
            winners += won;
        }
    });
    line.expected = rounds;
    line.accepted = winners;
    line.lost = rounds.saturating_sub(winners);
    line.repeated = winners.saturating_sub(rounds);
    let report = harness.runtime.block_on(store(harness, &database).verify(None)).unwrap();
    line.demand(report.faults.is_empty(), || format!("{:?}", report.faults));
    line.note(format!("{losers} were refused"));
}

/// Opens an incident; returns its number.
async fn opened(store: &Store, actor: &ActorId) -> IncidentNumber {
    let request =
        AppendRequest::new(declare_silent(Severity::Notice), Some(actor.clone()), "fight");
    append(store, request).await[0].event.incident().unwrap()
}
