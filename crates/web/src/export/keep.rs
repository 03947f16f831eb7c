//! Exporting after every event: the page survives its own server.

use std::{path::PathBuf, time::Duration};

use candor_store::{Freshness, Store};
use jiff::Timestamp;
use metrics::{counter, gauge};
use tokio::{
    select,
    task::spawn_blocking,
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{ExportError, Exporter};
use crate::server::WebSettings;

/// What comes within this time after an event is exported with it.
const PAUSE: Duration = Duration::from_secs(1);
/// How often everything is rendered without an event: days pass, and windows begin and end.
const REFRESH: Duration = Duration::from_secs(600);

/// Exports into `dir` now, after every event (those that come close together at once) and every ten minutes, until
/// `stop`. What can't be written is a warning and is tried again with the next event; it never ends this.
///
/// # Errors
/// Never: pages go on without it.
pub async fn keep_exported(
    settings: WebSettings,
    store: Store,
    dir: PathBuf,
    stop: CancellationToken,
) -> Result<(), std::convert::Infallible> {
    let mut exporter = Exporter::new(settings, dir);
    let mut snapshots = store.snapshot();
    snapshots.mark_changed();
    let mut refresh = interval(REFRESH);
    refresh.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut exported = None;
    loop {
        let whole = select! {
            () = stop.cancelled() => break,
            changed = snapshots.changed() => if changed.is_err() { break } else { false },
            _ = refresh.tick() => true,
        };
        let snapshot = snapshots.borrow_and_update().clone();
        // What was exported last is better than what may be old by now.
        let Some(board) = snapshot.board.filter(|_| snapshot.freshness == Freshness::Fresh) else {
            continue;
        };
        if !whole && exported == Some(board.seq) {
            continue;
        }
        if whole {
            exporter.forget();
        }
        let seq = board.seq;
        let work = spawn_blocking(move || {
            let outcome = exporter.export(&board, Timestamp::now());
            (exporter, outcome)
        });
        match work.await {
            Ok((back, outcome)) => {
                exporter = back;
                exported = outcome.is_ok().then_some(seq);
                note(outcome);
            }
            Err(error) => {
                tracing::error!(%error, "the site can't be exported any more");
                counter!("candor_export_runs_total", "outcome" => "error").increment(1);
                break;
            }
        }
        select! {
            () = stop.cancelled() => {}
            () = sleep(PAUSE) => {}
        }
    }
    Ok(())
}

fn note(outcome: Result<super::Exported, ExportError>) {
    match outcome {
        Ok(done) => {
            counter!("candor_export_runs_total", "outcome" => "success").increment(1);
            let now = Timestamp::now().as_duration().as_secs_f64();
            gauge!("candor_export_last_success_timestamp_seconds").set(now);
            tracing::debug!(?done, "the site was exported");
        }
        Err(error) => {
            counter!("candor_export_runs_total", "outcome" => "error").increment(1);
            tracing::warn!(%error, "the site could not be exported");
        }
    }
}
