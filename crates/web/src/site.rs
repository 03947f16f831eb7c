//! The pages as they are now: rendered once for each state of the log, swapped in whole, looked up by requests.
//!
//! Hot documents are ready before anybody asks. Incidents' pages are rendered on first use and kept with the state
//! they were rendered from, so a new state forgets them all.

mod last_state;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use candor_core::{Board, IncidentNumber, public::PublicBoard};
use candor_store::{Freshness, Snapshot};
use jiff::Timestamp;
use tokio::{sync::watch, time::MissedTickBehavior};

use crate::{
    api::Order,
    problem::Problem,
    ready::{Kind, Ready},
    server::{Web, WebSettings},
    view::{self, Look},
};
use last_state::Keeper;

/// How often the pages are rendered anew without a new event: the day and the last 24 hours move.
const TICK: Duration = Duration::from_secs(60);
/// In a storm of events, rendering rests up to so many times as long as it took: the log needs the processor, too.
const REST: u32 = 4;
const LONGEST_REST: Duration = Duration::from_millis(15);
/// How many bytes of incidents' pages are kept for one state.
const COLD_BYTES: usize = 8 * 1024 * 1024;

/// Whether the pages say how things are, or how they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Knowledge {
    /// The log was read just now.
    Current,
    /// The log can't be read; it could at this time.
    LastKnown(Timestamp),
}

impl From<&Freshness> for Knowledge {
    fn from(freshness: &Freshness) -> Self {
        match freshness {
            Freshness::Fresh => Self::Current,
            Freshness::Unreachable { since, .. } | Freshness::Halted { since, .. } => {
                Self::LastKnown(*since)
            }
        }
    }
}

/// All pages of one state of the log.
pub(crate) struct Site {
    /// What the page is about.
    pub(crate) name: String,
    /// The documents that are ready, by path.
    documents: BTreeMap<String, Arc<Ready>>,
    /// What incidents' pages are rendered from; none while only the last known state is there.
    source: Option<Source>,
    cold: Mutex<Cold>,
}

struct Source {
    board: Arc<Board>,
    /// The order of the public log, once somebody has asked for it.
    order: OnceLock<Order>,
    look: Look,
    knowledge: Knowledge,
}

#[derive(Default)]
struct Cold {
    pages: BTreeMap<String, Arc<Ready>>,
    bytes: usize,
}

impl Site {
    /// Whether there is nothing to show yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// What the pages are made from.
    pub(crate) fn board(&self) -> Result<&Arc<Board>, Problem> {
        self.source.as_ref().map(|source| &source.board).ok_or(Problem::NotReady)
    }

    /// What all its pages share.
    pub(crate) fn look(&self) -> Result<&Look, Problem> {
        self.source.as_ref().map(|source| &source.look).ok_or(Problem::NotReady)
    }

    /// The order of the public log.
    pub(crate) fn order(&self) -> Result<&Order, Problem> {
        let source = self.source.as_ref().ok_or(Problem::NotReady)?;
        Ok(source.order.get_or_init(|| Order::of(&source.board)))
    }

    /// The document at `path`.
    pub(crate) fn page(&self, path: &str) -> Result<Arc<Ready>, Problem> {
        if let Some(ready) = self.documents.get(path) {
            return Ok(Arc::clone(ready));
        }
        let source = self.source.as_ref().ok_or(Problem::NotReady)?;
        let known = |cold: &Cold| cold.pages.get(path).map(Arc::clone);
        if let Some(ready) = known(&self.cold.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(ready);
        }
        let body = cold_page(source, path).ok_or(Problem::NotFound)?;
        let ready = Arc::new(Ready::new(Kind::Html, source.board.seq, body));
        self.cold.lock().unwrap_or_else(PoisonError::into_inner).keep(path, &ready);
        Ok(ready)
    }
}

impl Cold {
    fn keep(&mut self, path: &str, ready: &Arc<Ready>) {
        if self.bytes.saturating_add(ready.size()) > COLD_BYTES {
            *self = Self::default();
        }
        self.bytes = self.bytes.saturating_add(ready.size());
        self.pages.insert(path.to_owned(), Arc::clone(ready));
    }
}

/// An incident's page, or what was learnt from it. Only the one spelling of its path exists.
fn cold_page(source: &Source, path: &str) -> Option<String> {
    let (incident_path, postmortem) = match path.strip_suffix("/postmortem") {
        Some(rest) => (rest, true),
        None => (path, false),
    };
    let number = IncidentNumber::parse(incident_path).ok()?;
    let incident = source.board.incident(number).filter(|found| found.path() == incident_path)?;
    let Source { look, knowledge, .. } = source;
    match (postmortem, &incident.postmortem) {
        (false, _) => Some(view::incident::page(look, incident, *knowledge)),
        (true, Some(postmortem)) => {
            Some(view::incident::postmortem(look, incident, postmortem, *knowledge))
        }
        (true, None) => None,
    }
}

/// The hot documents of `board` at `now`.
fn hot(
    look: &Look,
    board: &Board,
    knowledge: Knowledge,
    now: Timestamp,
) -> [(&'static str, Kind, String); 4] {
    let public = PublicBoard::of(board);
    let json = |document: Result<String, serde_json::Error>| {
        document.unwrap_or_else(|error| {
            tracing::error!(%error, "a document can't be written as JSON");
            "{}".to_owned()
        })
    };
    [
        ("/", Kind::Html, view::front::page(look, board, knowledge, now)),
        ("/api/v1/board.json", Kind::Json, json(serde_json::to_string(&public))),
        ("/api/v2/summary.json", Kind::Json, json(view::statuspage::summary(look, board))),
        ("/api/v2/status.json", Kind::Json, json(view::statuspage::status(look, board))),
    ]
}

/// Renders the site of `snapshot`; what says the same as in `before` is taken from there.
fn render(
    settings: &WebSettings,
    snapshot: &Snapshot,
    now: Timestamp,
    before: Option<&Site>,
) -> Option<Site> {
    let board = snapshot.board.as_ref()?;
    let look = Look::new(settings, board);
    let knowledge = Knowledge::from(&snapshot.freshness);
    let documents = hot(&look, board, knowledge, now).map(|(path, kind, body)| {
        let same = before
            .and_then(|before| before.documents.get(path))
            .filter(|ready| ready.says(board.seq, &body));
        let ready = same.map_or_else(|| Arc::new(Ready::new(kind, board.seq, body)), Arc::clone);
        (path.to_owned(), ready)
    });
    Some(Site {
        name: look.name.clone(),
        documents: documents.into(),
        source: Some(Source { board: Arc::clone(board), order: OnceLock::new(), look, knowledge }),
        cold: Mutex::default(),
    })
}

/// What is served first: the board if the log has been read, else the last known state, else nothing yet.
pub(crate) fn first(settings: &WebSettings, snapshot: &Snapshot) -> Site {
    render(settings, snapshot, Timestamp::now(), None).unwrap_or_else(|| Site {
        name: settings.site_name.clone(),
        documents: last_state::load(&settings.data_dir),
        source: None,
        cold: Mutex::default(),
    })
}

/// Keeps the pages as the log is, until `stopped`: always the latest state, however many events came in between.
pub(crate) async fn keep_fresh(
    web: Arc<Web>,
    mut snapshots: watch::Receiver<Snapshot>,
    mut stopped: watch::Receiver<bool>,
) {
    let keeper = Keeper::start(&web.settings, stopped.clone());
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            changed = snapshots.changed() => if changed.is_err() { break },
            _ = tick.tick() => web.subscribe_limit.retain_recent(),
            _ = stopped.wait_for(|stopped| *stopped) => break,
        }
        let snapshot = snapshots.borrow_and_update().clone();
        keeper.note(&snapshot);
        let begun = Instant::now();
        let rendering = Arc::clone(&web);
        let rendered = tokio::task::spawn_blocking(move || {
            render(&rendering.settings, &snapshot, Timestamp::now(), Some(&rendering.site()))
        });
        match rendered.await {
            Ok(Some(site)) => {
                let board = site.source.as_ref().map(|source| Arc::clone(&source.board));
                web.site.store(Arc::new(site));
                if let Some(board) = board {
                    web.live.note(&board);
                }
            }
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%error, "the pages can't be rendered; the last ones stay");
            }
        }
        tokio::time::sleep(begun.elapsed().saturating_mul(REST).min(LONGEST_REST)).await;
    }
    keeper.finish().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_cold_pages_is_bounded() {
        let mut cold = Cold::default();
        let numbers = (0..10_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_string());
        let ready = Arc::new(Ready::new(Kind::Html, 1, numbers.collect()));
        for page in 0..200 {
            cold.keep(&format!("/2026-11-21/{page}"), &ready);
            let held: usize = cold.pages.values().map(|page| page.size()).sum();
            assert!(held <= COLD_BYTES && held == cold.bytes);
        }
        assert!((2..200).contains(&cold.pages.len()), "some are kept, not all");
    }
}
