//! The current pages: rendered once for each state of the log, swapped in as a whole, and looked up by requests.
//!
//! Pages that the route table marks as prerendered are rendered before anybody asks. Other pages are rendered at their
//! first request and cached with the state they were rendered from, so a new state drops them.

mod as_of;
mod cached_response;
mod language;
mod last_state;
mod render;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use candor_api::EventOrder;
use candor_content::language::Language;
use candor_store::Snapshot;
use jiff::Timestamp;

use crate::{
    problem::Problem,
    route::{Languages, MatchedRoute, RenderedContent, RouteTable},
    settings::WebSettings,
    view::{PageStyle, RenderSource},
};
pub(crate) use as_of::AsOfTarget;
pub(crate) use cached_response::CachedResponse;
pub(crate) use language::of_path;
pub(crate) use last_state::LastStateWriter;
pub use last_state::noted_head;
pub(crate) use render::{render, signed_head};

/// How many bytes of pages rendered on demand are cached per state.
const ON_DEMAND_BYTES: usize = 8 * 1024 * 1024;

/// A rendered page or document, and its route.
pub(crate) struct RenderedPage {
    pub(crate) route: MatchedRoute,
    pub(crate) response: CachedResponse,
}

/// All pages of one state of the log.
pub(crate) struct Site {
    /// The style in the site's own language.
    pub(crate) style: PageStyle,
    routes: &'static RouteTable,
    /// The prerendered documents, by path.
    documents: BTreeMap<String, Arc<RenderedPage>>,
    /// The prerendered pages, by language and path.
    pages: PagesByLanguage,
    /// What other pages are rendered from; none while only the last known state is available.
    source: Option<RenderSource>,
    on_demand: Mutex<OnDemandPages>,
    /// The order of the public log, once it was requested.
    order: OnceLock<EventOrder>,
    /// The languages that were requested, one bit each.
    asked: AtomicU32,
}

/// Pages by the language's index, then by path.
type PagesByLanguage = [BTreeMap<String, Arc<RenderedPage>>; Language::COUNT];

#[derive(Default)]
struct OnDemandPages {
    pages: PagesByLanguage,
    bytes: usize,
}

/// The page or document at a path.
pub(crate) struct FoundPage {
    pub(crate) page: Arc<RenderedPage>,
    /// Whether the language was chosen by the reader's preference, not by the path.
    pub(crate) negotiated: bool,
}

impl Site {
    fn new(routes: &'static RouteTable, style: PageStyle, source: Option<RenderSource>) -> Self {
        Self {
            style,
            routes,
            documents: BTreeMap::new(),
            pages: PagesByLanguage::default(),
            source,
            on_demand: Mutex::default(),
            order: OnceLock::new(),
            asked: AtomicU32::new(0),
        }
    }

    /// Adds a prerendered page in this language, or a document, which has none.
    fn add(&mut self, language: Option<Language>, path: String, page: Arc<RenderedPage>) {
        match language.map(|language| self.pages.get_mut(language.index())) {
            Some(Some(pages)) => pages.insert(path, page),
            Some(None) => None,
            None => self.documents.insert(path, page),
        };
    }

    /// Whether there is nothing to show yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// What everything is rendered from; none while only the last known state is available.
    pub(crate) fn source(&self) -> Option<&RenderSource> {
        self.source.as_ref()
    }

    /// The order of the public log.
    pub(crate) fn order(&self) -> Result<&EventOrder, Problem> {
        let source = self.source.as_ref().ok_or(Problem::NotReady)?;
        Ok(self.order.get_or_init(|| EventOrder::of(&source.board)))
    }

    /// The prerendered document at `path`.
    pub(crate) fn document(&self, path: &str) -> Option<&CachedResponse> {
        self.documents.get(path).map(|page| &page.response)
    }

    /// The document or page at `path`, in the language of the path or else the preferred one of `accepted`
    /// (`Accept-Language`).
    pub(crate) fn find(&self, path: &str, accepted: Option<&str>) -> Result<FoundPage, Problem> {
        self.found(path, accepted, |language, path, is_named| self.page(language, path, is_named))
    }

    /// The same, if it has been rendered.
    pub(crate) fn find_rendered(&self, path: &str, accepted: Option<&str>) -> Option<FoundPage> {
        self.found(path, accepted, |language, path, _| self.rendered(language, path).ok_or(())).ok()
    }

    fn found<E>(
        &self,
        path: &str,
        accepted: Option<&str>,
        page: impl FnOnce(Language, &str, bool) -> Result<Arc<RenderedPage>, E>,
    ) -> Result<FoundPage, E> {
        if let Some(document) = self.documents.get(path) {
            return Ok(FoundPage { page: Arc::clone(document), negotiated: false });
        }
        let named = of_path(path, &self.style.offered);
        let (language, path) = named.unwrap_or_else(|| {
            let best =
                accepted.and_then(|accepted| language::negotiate(accepted, &self.style.offered));
            (best.unwrap_or(self.style.language), path)
        });
        let negotiated = named.is_none() && self.style.offered.len() > 1;
        Ok(FoundPage { page: page(language, path, named.is_some())?, negotiated })
    }

    /// The style in the language of `path`, or else in the preferred one of `accepted`.
    pub(crate) fn style_for(&self, path: &str, accepted: Option<&str>) -> PageStyle {
        let named = of_path(path, &self.style.offered).map(|(language, _)| language);
        let best = || language::negotiate(accepted.unwrap_or_default(), &self.style.offered);
        self.style.in_language(named.or_else(best).unwrap_or(Language::ENGLISH))
    }

    /// The page at `path` (without its language) in this language, if it has been rendered.
    fn rendered(&self, language: Language, path: &str) -> Option<Arc<RenderedPage>> {
        let bit = 1 << language.index();
        if self.asked.load(Ordering::Relaxed) & bit == 0 {
            self.asked.fetch_or(bit, Ordering::Relaxed);
        }
        get(&self.pages, language, path)
            .or_else(|| get(&self.lock_on_demand().pages, language, path))
    }

    /// The page at `path` (without its language) in this language; `is_named` tells whether the path names it.
    fn page(
        &self,
        language: Language,
        path: &str,
        is_named: bool,
    ) -> Result<Arc<RenderedPage>, Problem> {
        if let Some(page) = self.rendered(language, path) {
            return Ok(page);
        }
        let Some(source) = &self.source else {
            // A page in another language is better than none.
            let own = self.style.offered.first().and_then(|own| get(&self.pages, *own, path));
            return own.ok_or(Problem::NotReady);
        };
        let style = source.style.in_language(language);
        let rendered = self.routes.render(source, &style, path).ok_or(Problem::NotFound)?;
        if is_named && rendered.route.route.languages == Languages::One {
            return Err(Problem::NotFound);
        }
        let changed_at = rendered.kind.changed_at(&source.board);
        let page = Arc::new(RenderedPage::new(rendered, source.board.seq, changed_at));
        self.lock_on_demand().keep(language, path, &page);
        Ok(page)
    }

    fn lock_on_demand(&self) -> MutexGuard<'_, OnDemandPages> {
        self.on_demand.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RenderedPage {
    fn new(content: RenderedContent, seq: u64, changed_at: Option<Timestamp>) -> Self {
        let RenderedContent { route, kind, body } = content;
        let response = CachedResponse::new(kind, Some(seq), body).modified_at(changed_at);
        Self { route, response }
    }
}

fn get(pages: &PagesByLanguage, language: Language, path: &str) -> Option<Arc<RenderedPage>> {
    pages.get(language.index())?.get(path).map(Arc::clone)
}

impl OnDemandPages {
    fn keep(&mut self, language: Language, path: &str, page: &Arc<RenderedPage>) {
        let size = page.response.size();
        if self.bytes.saturating_add(size) > ON_DEMAND_BYTES {
            *self = Self::default();
        }
        if let Some(pages) = self.pages.get_mut(language.index()) {
            self.bytes = self.bytes.saturating_add(size);
            pages.insert(path.to_owned(), Arc::clone(page));
        }
    }
}

/// What is served first: the board if the log has been read, else the last known state, else an empty site.
pub(crate) fn first(
    routes: &'static RouteTable,
    settings: &WebSettings,
    snapshot: &Snapshot,
) -> Site {
    render(routes, settings, snapshot, Timestamp::now(), None)
        .unwrap_or_else(|| last_state::load(routes, settings))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::DocumentKind;

    #[test]
    fn pages_rendered_on_demand_are_cached_up_to_a_limit() {
        let mut cache = OnDemandPages::default();
        let numbers = (0..10_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_string());
        let (body, kind) = (numbers.collect(), DocumentKind::Html);
        let route = crate::routes::table().find("/").unwrap();
        let page = Arc::new(RenderedPage::new(RenderedContent { route, kind, body }, 1, None));
        for number in 0..200 {
            cache.keep(Language::ENGLISH, &format!("/2026-11-21/{number}"), &page);
            let pages = cache.pages.iter().flat_map(BTreeMap::values);
            let held: usize = pages.map(|page| page.response.size()).sum();
            assert!(held <= ON_DEMAND_BYTES && held == cache.bytes);
        }
        let cached: usize = cache.pages.iter().map(BTreeMap::len).sum();
        assert!((2..200).contains(&cached), "some are cached, not all");
    }
}
