//! How fast events are appended, each on disk before its answer, and how fast they are read at the start.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a bench that fails may do so at once, and prints what it measured"
)]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use candor_core::{
    ActorId, AlertKey, AlertMessage, Command, Declaration, IncidentAction, Occurrence, Severity,
    Status, Text, Title,
};
use candor_store::{AppendOutcome, AppendRequest, Store};
use candor_testkit::Database;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tokio::runtime::Runtime;

const CALLERS: u64 = 64;

fn raise(n: u64) -> AppendRequest {
    let alert = AlertKey::new("opsgenie", &n.to_string()).unwrap();
    let message = AlertMessage::lenient("[Prometheus]: disk full on db-1");
    AppendRequest {
        source_key: Some(n.to_string()),
        ..AppendRequest::new(
            Command::RaiseAlert { alert, message, occurrence: Occurrence::Only },
            None,
            "opsgenie",
        )
    }
}

/// So many alerts by so many callers, each of whom waits for its answer; the time it took.
async fn raise_all(store: &Store, first: u64, count: u64, callers: u64) -> Duration {
    let begin = Instant::now();
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let store = store.clone();
            tokio::spawn(async move {
                for n in (caller..count).step_by(usize::try_from(callers).unwrap()) {
                    let answer = store.execute(raise(first + n)).await;
                    assert!(matches!(answer, Ok(AppendOutcome::Appended(_))), "{answer:?}");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    begin.elapsed()
}

fn append(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let mut group = criterion.benchmark_group("append");
    group.throughput(Throughput::Elements(1)).sample_size(10);
    for database in [Database::sqlite(), Database::postgres()] {
        let store = runtime.block_on(database.store());
        let mut first = 0;
        for callers in [1, CALLERS] {
            group.bench_function(format!("{}, {callers} callers", store.kind()), |bencher| {
                bencher.iter_custom(|count| {
                    let took = runtime.block_on(raise_all(&store, first, count, callers));
                    first += count;
                    took
                });
            });
        }
    }
    group.finish();
}

/// Incidents of six events each.
async fn fill(store: &Store, incidents: u64) {
    let person = ActorId::parse("somebody").unwrap();
    let tasks: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let (store, person) = (store.clone(), person.clone());
            tokio::spawn(async move {
                let ask = async |command| {
                    let request = AppendRequest::new(command, Some(person.clone()), "bench");
                    match store.execute(request).await {
                        Ok(AppendOutcome::Appended(events)) => events[0].event.incident().unwrap(),
                        answer => panic!("{answer:?}"),
                    }
                };
                for n in (caller..incidents).step_by(usize::try_from(CALLERS).unwrap()) {
                    let incident = ask(Command::Declare(Declaration {
                        title: Title::parse(&format!("Outage {n}")).unwrap(),
                        status: Status::Confirmed,
                        severity: Severity::Outage,
                        started_at: None,
                        ended_at: None,
                        summary: None,
                        text: Text::parse("We look into it.").ok(),
                        silent: true,
                        takes_alerts: false,
                    }))
                    .await;
                    for step in 0..4 {
                        let text = Text::parse(&format!("Step {step}: still looking.")).unwrap();
                        let notify = candor_core::Notify::No;
                        ask(IncidentAction::PostUpdate { text, status: None, notify }.on(incident))
                            .await;
                    }
                    let (ended_at, text, notify) = (None, None, candor_core::Notify::No);
                    ask(IncidentAction::Resolve { ended_at, text, notify }.on(incident)).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

fn load(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let mut group = criterion.benchmark_group("load 60,000 events");
    group.throughput(Throughput::Elements(60_000)).sample_size(10);
    for database in [Database::sqlite(), Database::postgres()] {
        let store = runtime.block_on(database.store());
        runtime.block_on(fill(&store, 10_000));
        group.bench_function(store.kind(), |bencher| {
            bencher.iter(|| black_box(runtime.block_on(store.load()).unwrap()));
        });
        let report = Instant::now();
        assert_eq!(runtime.block_on(store.verify(None)).unwrap().events, 60_000);
        eprintln!("{}: 60,000 events verified in {:?}", store.kind(), report.elapsed());
    }
    group.finish();
}

criterion_group!(benches, append, load);
criterion_main!(benches);
