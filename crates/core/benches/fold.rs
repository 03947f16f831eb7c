//! How fast the log folds: what a start, a restore and `candor log verify` wait for.
//!
//! `cargo bench -p candor-core --bench fold`; the aim is more than a million events a second on one core.
#![expect(clippy::expect_used, reason = "a bench may panic")]

use std::{hint::black_box, time::Duration};

use candor_api::PublicBoard;
use candor_core::{
    ActorId, AlertCleared, AlertKey, AlertMessage, AlertRaised, Board, Event, HumanConfirmed,
    IncidentNumber, Notified, NotifyReason, RecordedEvent, Resolved, Severity, Status, Text, Title,
    UpdatePosted,
};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use jiff::{Timestamp, ToSpan};

const EVENTS_AN_INCIDENT: u32 = 6;

/// Incidents one after the other, six events each: raised, confirmed, updated, watched, cleared, resolved.
fn log(incidents: u32) -> Vec<RecordedEvent> {
    let begin: Timestamp = "2020-01-01T00:00:00Z".parse().expect("a time");
    let text = |text: &str| Text::parse(text).expect("a text");
    let (found, fixed) =
        (text("We found the cause: the *primary database*."), text("Fixed; we watch it."));
    let message = AlertMessage::lenient("HTTP 5xx over 20 % on api.example.org");
    let title = Title::parse("The API answers with errors").expect("a title");
    let person = ActorId::parse("operator-1").expect("an id");
    (1..=incidents)
        .filter_map(IncidentNumber::new)
        .flat_map(|incident| {
            let notified = Notified::Yes(NotifyReason::Confirmed);
            let id =
                format!("{:08x}-38d6-4c85-{incident}", incident.get().wrapping_mul(0x9E37_79B1));
            let alert = AlertKey::new("opsgenie", &id).expect("a key");
            let update = |text: &Text, status| UpdatePosted {
                incident,
                text: text.clone(),
                status,
                notified,
            };
            let at = begin + (30 * i64::from(incident.get())).minutes();
            let confirmed = HumanConfirmed {
                incident,
                severity: Some(Severity::Partial),
                title: Some(title.clone()),
                text: None,
                notified,
            };
            let text = Some(fixed.clone());
            let resolved = Resolved { incident, ended_at: at, firing: 0, text, notified };
            [
                Event::AlertRaised(AlertRaised {
                    incident,
                    alert: alert.clone(),
                    message: message.clone(),
                    found: None,
                    since: None,
                }),
                Event::HumanConfirmed(confirmed),
                Event::UpdatePosted(update(&found, None)),
                Event::UpdatePosted(update(&fixed, Some(Status::Watching))),
                Event::AlertCleared(AlertCleared {
                    incident: Some(incident),
                    alert,
                    message: message.clone(),
                    cleared_at: None,
                }),
                Event::Resolved(resolved),
            ]
            .map(|event| (at, event))
        })
        .zip(1..)
        .map(|((at, event), seq)| RecordedEvent {
            seq,
            occurred_at: at,
            recorded_at: at,
            actor: Some(person.clone()),
            event,
        })
        .collect()
}

fn fold(log: &[RecordedEvent]) -> Board {
    let mut board = Board::default();
    log.iter().for_each(|recorded| board.evolve(recorded));
    board
}

fn benches(criterion: &mut Criterion) {
    let million = log(1_000_000_u32.div_ceil(EVENTS_AN_INCIDENT));
    let mut group = criterion.benchmark_group("fold");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(10))
        .throughput(Throughput::Elements(u64::try_from(million.len()).unwrap_or(u64::MAX)));
    group.bench_function("1,000,000 events", |bencher| {
        bencher.iter_with_large_drop(|| fold(black_box(&million)));
    });
    group.finish();
    drop(million);

    let history = log(10_000);
    let board = fold(&history);
    let update = history.iter().rev().nth(3).expect("the last incident's first update");
    let next = RecordedEvent { seq: board.seq + 1, ..update.clone() };
    let mut group = criterion.benchmark_group("10,000 incidents");
    group.measurement_time(Duration::from_secs(3)).warm_up_time(Duration::from_secs(1));
    group.bench_function("Board::clone", |bencher| {
        bencher.iter_with_large_drop(|| black_box(&board).clone());
    });
    group.bench_function("one update on a clone", |bencher| {
        let clone = || board.clone();
        bencher.iter_batched_ref(
            clone,
            |board| board.evolve(black_box(&next)),
            BatchSize::LargeInput,
        );
    });
    group.bench_function("PublicBoard::of + JSON", |bencher| {
        bencher.iter(|| serde_json::to_string(&PublicBoard::of(black_box(&board))));
    });
    group.finish();
}

criterion_group!(fold_benches, benches);
criterion_main!(fold_benches);
