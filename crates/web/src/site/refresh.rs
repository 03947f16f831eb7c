//! Renders the pages when the log grows.

use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use candor_core::Board;
use candor_store::Snapshot;
use jiff::Timestamp;
use tokio::{sync::watch, time::MissedTickBehavior};

use crate::{
    pages::{LastStateWriter, render},
    state::Web,
};

/// How often the pages are rendered without a new event, since the day and the last 24 hours move.
const REFRESH_INTERVAL: Duration = Duration::from_secs(60);
/// In a storm of events, rendering pauses for up to this multiple of its duration, since the log needs the processor,
/// too.
const REST_FACTOR: u32 = 4;
const MAX_REST: Duration = Duration::from_millis(15);

/// Keeps the pages current until `stopped`: always the latest state, however many events came in between. Passes each
/// board to `note` once its pages are served.
pub(crate) async fn keep_rendered(
    web: Arc<Web>,
    mut snapshots: watch::Receiver<Snapshot>,
    mut stopped: watch::Receiver<bool>,
    note: impl Fn(&Arc<Board>),
) {
    let (routes, store) = (web.routes, web.store.clone());
    let last_state = LastStateWriter::start(routes, &web.settings, store, stopped.clone());
    let metrics = web.settings.metrics.as_ref().map(|(metrics, _)| metrics);
    let count_pages = || {
        if let Some(metrics) = metrics {
            metrics.set_pages(web.pages());
        }
    };
    count_pages();
    let mut tick = tokio::time::interval(REFRESH_INTERVAL);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            changed = snapshots.changed() => if changed.is_err() { break },
            _ = tick.tick() => web.subscribe_limit.retain_recent(),
            _ = stopped.wait_for(|stopped| *stopped) => break,
        }
        let snapshot = snapshots.borrow_and_update().clone();
        last_state.note(&snapshot);
        let begun = Instant::now();
        let rendering = Arc::clone(&web);
        let rendered = tokio::task::spawn_blocking(move || {
            let (settings, site) = (&rendering.settings, rendering.site());
            render(routes, settings, &snapshot, Timestamp::now(), Some(&site))
        });
        let rendered = rendered.await;
        web.is_outdated.store(rendered.is_err(), Ordering::Relaxed);
        match rendered {
            Ok(Some(site)) => {
                let board = site.source().map(|source| Arc::clone(&source.board));
                web.site.store(Arc::new(site));
                board.iter().for_each(&note);
            }
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "the pages can't be rendered; the previous ones stay");
            }
        }
        count_pages();
        tokio::time::sleep(begun.elapsed().saturating_mul(REST_FACTOR).min(MAX_REST)).await;
    }
    last_state.finish().await;
}
