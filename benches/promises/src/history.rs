//! Writes a long log: 10,000 incidents over a bit more than a year, six events each, as the product writes them.

use std::{fs, path::Path, sync::Arc};

use candor_core::{
    ActorId, Command, Declaration, Event, IncidentAction, IncidentNumber, Notify, Severity, Status,
    Text, Title,
};
use candor_store::{AppendOutcome, AppendRequest, Store};
use jiff::{SignedDuration, Timestamp};

pub(crate) const INCIDENTS: i64 = 10_000;
/// How many are written at the same time, so that they share their way to the disk.
const AT_ONCE: i64 = 128;
/// From the begin of one incident to that of the next, in minutes.
const APART: i64 = 55;

/// Writes it into a data directory; how many events it has.
pub(crate) fn write(data_dir: &Path) -> u64 {
    write_incidents(data_dir, INCIDENTS)
}

/// The same with so many incidents.
pub(crate) fn write_incidents(data_dir: &Path, incidents: i64) -> u64 {
    fs::create_dir_all(data_dir).unwrap();
    let url = format!("sqlite:{}", data_dir.join("candor.sqlite3").display());
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url).unwrap();
        store.migrate().await.unwrap();
        store.follow();
        let actor = store.operator("cli", "benchmark", "A benchmark").await.unwrap();
        let now = Timestamp::now();
        let writers: Vec<_> = (0..AT_ONCE)
            .map(|writer| {
                let (store, actor) = (store.clone(), actor.clone());
                tokio::spawn(async move {
                    let mut events = 0;
                    for n in (writer..incidents).step_by(usize::try_from(AT_ONCE).unwrap()) {
                        let began = now - SignedDuration::from_mins((incidents - n) * APART);
                        events += incident(&store, &actor, n, began).await;
                    }
                    events
                })
            })
            .collect();
        let mut events = 0;
        for writer in writers {
            events += writer.await.unwrap();
        }
        store.close().await;
        events
    })
}

/// One incident's whole story; how many events it took.
async fn incident(store: &Store, actor: &ActorId, n: i64, began: Timestamp) -> u64 {
    let after = |minutes| began + SignedDuration::from_mins(minutes);
    let text = |words: &str| Text::parse(words).unwrap();
    let declaration = Declaration {
        title: Title::parse(&format!("Checkout is slow, case {n}")).unwrap(),
        status: Status::Confirmed,
        severity: if n % 5 == 0 { Severity::Outage } else { Severity::Bug },
        started_at: Some(began),
        ended_at: None,
        summary: None,
        text: Some(text(
            "Orders take up to a minute. Nothing is lost. We are looking into it and write again soon.",
        )),
        silent: true,
        takes_alerts: false,
    };
    let declared = give(store, actor, Command::Declare(declaration), began).await;
    let incident = declared.iter().find_map(Event::incident).unwrap();
    let notify = Notify::No;
    let update = |words, status| {
        IncidentAction::PostUpdate { text: text(words), status, notify }.on(incident)
    };
    let mut events = declared.len();
    for (minutes, command) in [
        (
            7,
            update(
                "The queue of the payment provider is full. We have **asked them** to look.",
                None,
            ),
        ),
        (19, update("They have added capacity; half of the orders go through at once.", None)),
        (20, IncidentAction::SetSeverity { severity: Severity::Partial }.on(incident)),
        (31, update("A fix is in place, and we are watching it.", Some(Status::Watching))),
        (45, resolve(incident, after(45), text("It is over. Sorry for the trouble."))),
    ] {
        events += give(store, actor, command, after(minutes)).await.len();
    }
    u64::try_from(events).unwrap()
}

fn resolve(incident: IncidentNumber, ended_at: Timestamp, text: Text) -> Command {
    IncidentAction::Resolve { ended_at: Some(ended_at), text: Some(text), notify: Notify::No }
        .on(incident)
}

async fn give(store: &Store, actor: &ActorId, command: Command, at: Timestamp) -> Arc<[Event]> {
    let request = AppendRequest {
        occurred_at: Some(at),
        ..AppendRequest::new(command, Some(actor.clone()), "cli")
    };
    match store.execute(request).await.unwrap() {
        AppendOutcome::Appended(recorded) => {
            recorded.into_iter().map(|recorded| recorded.event).collect()
        }
        other @ (AppendOutcome::Duplicate { .. }
        | AppendOutcome::Conflict { .. }
        | AppendOutcome::Refused(_)) => {
            panic!("the history can't be written: {other:?}")
        }
    }
}
