//! The pages as they are now: rendered once for each state of the log, swapped in whole, looked up by requests.
//!
//! What is hot is ready before anybody asks ([`documents`] says what that is). Other pages are rendered on first use
//! and kept with the state they were rendered from, so a new state forgets them all.

mod as_of;
mod documents;
mod language;
mod last_state;
mod render;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use candor_content::language::Language;
use candor_store::{Freshness, Snapshot};
use jiff::Timestamp;
use tokio::{sync::watch, time::MissedTickBehavior};

use crate::{
    api::EventOrder,
    cached_response::{CachedResponse, DocumentKind},
    problem::Problem,
    server::{Web, WebSettings},
    view::PageStyle,
};
pub(crate) use as_of::AsOfTarget;
pub(crate) use documents::{DOCUMENTS, PAGES, RenderSource, cold};
use documents::{Document, HotPage};
pub(crate) use language::of_path;
use last_state::LastStateWriter;
pub use last_state::noted_head;
pub(crate) use render::head;
use render::render;

/// How often the pages are rendered anew without a new event: the day and the last 24 hours move.
const TICK: Duration = Duration::from_secs(60);
/// In a storm of events, rendering rests up to so many times as long as it took: the log needs the processor, too.
const REST: u32 = 4;
const LONGEST_REST: Duration = Duration::from_millis(15);
/// How many bytes of other pages are kept for one state.
const COLD_BYTES: usize = 8 * 1024 * 1024;

/// Whether the pages say how things are, or how they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageFreshness {
    /// The log was read just now.
    Current,
    /// The log can't be read; it could at this time.
    LastKnown(Timestamp),
}

impl From<&Freshness> for PageFreshness {
    fn from(freshness: &Freshness) -> Self {
        match freshness {
            Freshness::Fresh => Self::Current,
            Freshness::Unread { since }
            | Freshness::Unreachable { since, .. }
            | Freshness::Halted { since, .. }
            | Freshness::Forked { since, .. } => Self::LastKnown(*since),
        }
    }
}

/// All pages of one state of the log.
pub(crate) struct Site {
    /// How it looks in its own language.
    pub(crate) look: PageStyle,
    /// The documents that are ready, by path.
    documents: BTreeMap<String, Arc<CachedResponse>>,
    /// The pages that are ready, by language and path.
    pages: RenderedPages,
    /// What other pages are rendered from; none while only the last known state is there.
    source: Option<RenderSource>,
    cold: Mutex<OnDemandPages>,
    /// The order of the public log, once somebody has asked for it.
    order: OnceLock<EventOrder>,
    /// The languages that somebody asked for, a bit each.
    asked: AtomicU32,
}

/// Pages by the language's index, then by path.
type RenderedPages = [BTreeMap<String, Arc<CachedResponse>>; Language::COUNT];

#[derive(Default)]
struct OnDemandPages {
    pages: RenderedPages,
    bytes: usize,
}

/// What is found at a path.
pub(crate) struct FoundPage {
    pub(crate) ready: Arc<CachedResponse>,
    /// The language was chosen by the reader's wish, not by the path.
    pub(crate) negotiated: bool,
}

impl Site {
    /// Whether there is nothing to show yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// What everything is rendered from; none while only the last known state is there.
    pub(crate) fn source(&self) -> Option<&RenderSource> {
        self.source.as_ref()
    }

    /// The order of the public log.
    pub(crate) fn order(&self) -> Result<&EventOrder, Problem> {
        let source = self.source.as_ref().ok_or(Problem::NotReady)?;
        Ok(self.order.get_or_init(|| EventOrder::of(&source.board)))
    }

    /// The document at `path`, if there is one.
    pub(crate) fn document(&self, path: &str) -> Option<&CachedResponse> {
        self.documents.get(path).map(Arc::as_ref)
    }

    /// The document or page at `path`, in the language that the path names, or that `accepted` (`Accept-Language`)
    /// likes best.
    pub(crate) fn find(&self, path: &str, accepted: Option<&str>) -> Result<FoundPage, Problem> {
        self.found(path, accepted, |wanted, path| self.page(wanted, path))
    }

    /// The same, if nothing has to be rendered for it.
    pub(crate) fn known(&self, path: &str, accepted: Option<&str>) -> Option<FoundPage> {
        self.found(path, accepted, |wanted, path| self.known_page(wanted, path).ok_or(())).ok()
    }

    fn found<E>(
        &self,
        path: &str,
        accepted: Option<&str>,
        page: impl FnOnce(Language, &str) -> Result<Arc<CachedResponse>, E>,
    ) -> Result<FoundPage, E> {
        if let Some(ready) = self.documents.get(path) {
            return Ok(FoundPage { ready: Arc::clone(ready), negotiated: false });
        }
        let named = of_path(path, &self.look.offered);
        let (wanted, path) = named.unwrap_or_else(|| {
            let best = accepted.and_then(|wish| language::negotiate(wish, &self.look.offered));
            (best.unwrap_or(self.look.language), path)
        });
        let negotiated = named.is_none() && self.look.offered.len() > 1;
        Ok(FoundPage { ready: page(wanted, path)?, negotiated })
    }

    /// How the site looks in the language that `path` names, or that `accepted` likes best.
    pub(crate) fn look_for(&self, path: &str, accepted: Option<&str>) -> PageStyle {
        let named = of_path(path, &self.look.offered).map(|(language, _)| language);
        let best = || language::negotiate(accepted.unwrap_or_default(), &self.look.offered);
        self.look.in_language(named.or_else(best).unwrap_or(Language::ENGLISH))
    }

    /// The page at `path` (without a language in it) in this language, if it is there.
    fn known_page(&self, wanted: Language, path: &str) -> Option<Arc<CachedResponse>> {
        let bit = 1 << wanted.index();
        if self.asked.load(Ordering::Relaxed) & bit == 0 {
            self.asked.fetch_or(bit, Ordering::Relaxed);
        }
        known(&self.pages, wanted, path).or_else(|| known(&self.lock_cold().pages, wanted, path))
    }

    /// The page at `path` (without a language in it) in this language.
    pub(crate) fn page(
        &self,
        wanted: Language,
        path: &str,
    ) -> Result<Arc<CachedResponse>, Problem> {
        if let Some(ready) = self.known_page(wanted, path) {
            return Ok(ready);
        }
        let Some(source) = &self.source else {
            // Better in another language than not at all.
            let own = self.look.offered.first().and_then(|own| known(&self.pages, *own, path));
            return own.ok_or(Problem::NotReady);
        };
        let look = source.look.in_language(wanted);
        let body = documents::any(source, &look, path).ok_or(Problem::NotFound)?;
        let kind = DocumentKind::of_path(path);
        let ready = CachedResponse::new(kind, source.board.seq, body);
        let ready = Arc::new(ready.modified_at(kind.changed_at(&source.board)));
        self.lock_cold().keep(wanted, path, &ready);
        Ok(ready)
    }

    fn lock_cold(&self) -> MutexGuard<'_, OnDemandPages> {
        self.cold.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn known(pages: &RenderedPages, language: Language, path: &str) -> Option<Arc<CachedResponse>> {
    pages.get(language.index())?.get(path).map(Arc::clone)
}

impl OnDemandPages {
    fn keep(&mut self, language: Language, path: &str, ready: &Arc<CachedResponse>) {
        if self.bytes.saturating_add(ready.size()) > COLD_BYTES {
            *self = Self::default();
        }
        if let Some(pages) = self.pages.get_mut(language.index()) {
            self.bytes = self.bytes.saturating_add(ready.size());
            pages.insert(path.to_owned(), Arc::clone(ready));
        }
    }
}

/// What is served first: the board if the log has been read, else the last known state, else nothing yet.
pub(crate) fn first(settings: &WebSettings, snapshot: &Snapshot) -> Site {
    render(settings, snapshot, Timestamp::now(), None).unwrap_or_else(|| last_state::load(settings))
}

/// Keeps the pages as the log is, until `stopped`: always the latest state, however many events came in between.
pub(crate) async fn keep_fresh(
    web: Arc<Web>,
    mut snapshots: watch::Receiver<Snapshot>,
    mut stopped: watch::Receiver<bool>,
) {
    let keeper = LastStateWriter::start(&web.settings, web.store.clone(), stopped.clone());
    let metrics = web.settings.metrics.as_ref().map(|(metrics, _)| metrics);
    let note_pages = || {
        if let Some(metrics) = metrics {
            metrics.set_pages(web.pages());
        }
    };
    note_pages();
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
        let rendered = rendered.await;
        web.is_outdated.store(rendered.is_err(), Ordering::Relaxed);
        match rendered {
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
        note_pages();
        tokio::time::sleep(begun.elapsed().saturating_mul(REST).min(LONGEST_REST)).await;
    }
    keeper.finish().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_cold_pages_is_bounded() {
        let mut cold = OnDemandPages::default();
        let numbers = (0..10_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_string());
        let ready = Arc::new(CachedResponse::new(DocumentKind::Html, 1, numbers.collect()));
        for page in 0..200 {
            cold.keep(Language::ENGLISH, &format!("/2026-11-21/{page}"), &ready);
            let pages = cold.pages.iter().flat_map(BTreeMap::values);
            let held: usize = pages.map(|page| page.size()).sum();
            assert!(held <= COLD_BYTES && held == cold.bytes);
        }
        let kept: usize = cold.pages.iter().map(BTreeMap::len).sum();
        assert!((2..200).contains(&kept), "some are kept, not all");
    }
}
