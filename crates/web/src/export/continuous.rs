//! Exports the site after every event, so that the page survives its own server.

use std::{convert::Infallible, path::PathBuf, sync::Arc, time::Duration};

use candor_core::Board;
use candor_store::{Freshness, Snapshot, Store};
use jiff::Timestamp;
use metrics::{counter, gauge};
use tokio::{
    select,
    task::spawn_blocking,
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_util::sync::CancellationToken;

use super::{ExportSummary, SiteExporter};
use crate::settings::WebSettings;

/// Events within this time are exported together.
const DEBOUNCE: Duration = Duration::from_secs(1);
/// How long to wait before a failed export is retried.
const RETRY_DELAY: Duration = Duration::from_secs(30);
/// How often everything is rendered without an event, since days pass, and maintenance windows begin and end.
const REFRESH_INTERVAL: Duration = Duration::from_secs(600);

/// Exports into `dir` after every event and every ten minutes, until `stop`.
///
/// Events that come close together are exported together. A failure is logged and counted, and retried; it neither ends
/// the export nor delays a page.
///
/// # Errors
/// Never.
pub async fn keep_exported(
    settings: WebSettings,
    store: Store,
    dir: PathBuf,
    stop: CancellationToken,
) -> Result<(), Infallible> {
    let mut keeper =
        ContinuousExport { exporter: SiteExporter::new(settings, dir), exported: None };
    let mut snapshots = store.snapshot();
    let mut refresh = interval(REFRESH_INTERVAL);
    refresh.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failed = false;
    while !stop.is_cancelled() {
        let whole = select! {
            () = stop.cancelled() => break,
            changed = snapshots.changed() => if changed.is_err() { break } else { false },
            _ = refresh.tick() => true,
            () = sleep(RETRY_DELAY), if failed => true,
        };
        let snapshot = snapshots.borrow_and_update().clone();
        failed = !keeper.export(snapshot, whole).await;
        select! {
            () = stop.cancelled() => {}
            () = sleep(DEBOUNCE) => {}
        }
    }
    // Exports the events of the last second, too.
    let last = snapshots.borrow().clone();
    keeper.export(last, false).await;
    Ok(())
}

/// The exporter and its state.
struct ContinuousExport {
    exporter: SiteExporter,
    /// The board that was exported last. A redaction folds the same log into another board, without the text.
    exported: Option<Arc<Board>>,
}

impl ContinuousExport {
    /// Exports the snapshot if it is fresh; false if that failed.
    async fn export(&mut self, snapshot: Snapshot, whole: bool) -> bool {
        // The previous export is better than a board that may be stale.
        let fresh = snapshot.freshness == Freshness::Fresh;
        let Some(board) = snapshot.board.as_ref().filter(|_| fresh).map(Arc::clone) else {
            return true;
        };
        if !whole && self.exported.as_ref().is_some_and(|exported| Arc::ptr_eq(exported, &board)) {
            return true;
        }
        let anew = SiteExporter::new(self.exporter.settings.clone(), self.exporter.dir.clone());
        let mut exporter = std::mem::replace(&mut self.exporter, anew);
        if whole {
            exporter.forget();
        }
        let work = spawn_blocking(move || {
            let outcome = exporter.export(&snapshot, Timestamp::now());
            (exporter, outcome.map_err(|error| error.to_string()))
        });
        let outcome = match work.await {
            Ok((back, outcome)) => {
                self.exporter = back;
                outcome
            }
            Err(error) => Err(error.to_string()),
        };
        self.exported = outcome.is_ok().then_some(board);
        match &outcome {
            Ok(done) => {
                counter!("candor_export_runs_total", "outcome" => "success").increment(1);
                let now = Timestamp::now().as_duration().as_secs_f64();
                gauge!("candor_export_last_success_timestamp_seconds").set(now);
                let ExportSummary { files, written, removed, .. } = *done;
                tracing::debug!(files, written, removed, "exported the site");
            }
            Err(error) => {
                counter!("candor_export_runs_total", "outcome" => "error").increment(1);
                tracing::warn!(error, "the site could not be exported");
            }
        }
        outcome.is_ok()
    }
}
