//! All that is hot, rendered from one state of the log.

use std::{
    collections::BTreeMap,
    panic::resume_unwind,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
    thread,
};

use candor_content::{language::Language, signing::Signer};
use candor_store::Snapshot;
use jiff::Timestamp;

use super::{
    DOCUMENTS, PAGES, PageFreshness, RenderSource, RenderedPages, Site,
    documents::{Document, HotPage},
};
use crate::{
    api::SignedHead,
    cached_response::{CachedResponse, DocumentKind},
    server::WebSettings,
    view::PageStyle,
};

/// How many threads render.
const THREADS: usize = 2;

/// Renders the site of `snapshot`; what says the same as in `before` is taken from there. Besides the site's own
/// language, those are rendered that somebody asked `before` for.
pub(super) fn render(
    settings: &WebSettings,
    snapshot: &Snapshot,
    now: Timestamp,
    before: Option<&Site>,
) -> Option<Site> {
    let board = snapshot.board.as_ref()?;
    let look = PageStyle::new(settings, board, snapshot.log_id());
    let knowledge = PageFreshness::from(&snapshot.freshness);
    let head = head(settings, snapshot);
    let source = RenderSource { board: Arc::clone(board), look, knowledge, now, head };
    let asked = before.map_or(0, |before| before.asked.load(Ordering::Relaxed));
    let looks: Vec<_> = Language::all()
        .filter(|language| {
            let asked = asked & 1 << language.index() != 0;
            *language == source.look.language || (asked && source.look.offered.contains(language))
        })
        .map(|language| source.look.in_language(language))
        .collect();
    let pages =
        looks.iter().flat_map(|look| PAGES.iter().map(move |page| RenderJob::Page(look, page)));
    let jobs: Vec<_> = pages.chain(DOCUMENTS.iter().map(RenderJob::Document)).collect();
    let done = side_by_side(&jobs, |job| {
        let body = job.render(&source);
        let was = before.and_then(|before| job.was(before));
        let same = was.filter(|ready| ready.says(&body)).map(Arc::clone);
        same.iter().for_each(|ready| ready.follow(board.seq));
        same.unwrap_or_else(|| {
            let kind = job.kind();
            Arc::new(CachedResponse::new(kind, board.seq, body).modified_at(kind.changed_at(board)))
        })
    });
    let (mut documents, mut pages) = (BTreeMap::new(), RenderedPages::default());
    for (job, ready) in jobs.iter().zip(done) {
        match job {
            RenderJob::Document(document) => documents.insert(document.path.to_owned(), ready),
            RenderJob::Page(look, page) => pages
                .get_mut(look.language.index())
                .and_then(|pages| pages.insert(page.path.to_owned(), ready)),
        };
    }
    let theme = &source.look.theme;
    let sheet = before.and_then(|before| before.documents.get(&theme.path)).map(Arc::clone);
    let sheet = sheet.unwrap_or_else(|| {
        Arc::new(CachedResponse::new(DocumentKind::Css, 0, theme.sheet.clone()))
    });
    documents.insert(theme.path.clone(), sheet);
    Some(Site {
        look: source.look.clone(),
        documents,
        pages,
        source: Some(source),
        cold: Mutex::default(),
        order: OnceLock::new(),
        asked: AtomicU32::new(0),
    })
}

/// Something to render.
enum RenderJob<'a> {
    Document(&'static Document),
    Page(&'a PageStyle, &'static HotPage),
}

impl RenderJob<'_> {
    fn kind(&self) -> DocumentKind {
        match self {
            Self::Document(document) => document.kind,
            Self::Page(_, page) => DocumentKind::of_path(page.path),
        }
    }

    fn render(&self, source: &RenderSource) -> String {
        match self {
            Self::Document(document) => (document.render)(source),
            Self::Page(look, page) => (page.render)(source, look),
        }
    }

    /// What it was last time.
    fn was<'b>(&self, before: &'b Site) -> Option<&'b Arc<CachedResponse>> {
        match self {
            Self::Document(document) => before.documents.get(document.path),
            Self::Page(look, page) => before.pages.get(look.language.index())?.get(page.path),
        }
    }
}

/// Does the same with all of them, on a few threads at once: most of rendering is compressing, and an alert should not
/// wait for it. What came of them, in their order.
fn side_by_side<T: Sync, R: Send>(jobs: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let run = || {
        let turns = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let mine = turns.map_while(|index| Some((index, jobs.get(index)?)));
        mine.map(|(index, job)| (index, work(job))).collect::<Vec<_>>()
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..THREADS).map(|_| scope.spawn(run)).collect();
        let mut all = run();
        for other in others {
            all.extend(other.join().unwrap_or_else(|why| resume_unwind(why)));
        }
        all
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// What is said of the log's head, signed.
pub(crate) fn head(settings: &WebSettings, snapshot: &Snapshot) -> Option<String> {
    let (board, hash) = (snapshot.board.as_ref()?, snapshot.head_hash.as_deref());
    let (signer, site) = (Signer::of(&settings.links)?, settings.site_url.trim_end_matches('/'));
    let hash = hash.unwrap_or_default();
    let head = SignedHead::new(&signer, site, board.seq, hash, board.updated_at);
    serde_json::to_string(&head).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_and_comes_back_in_order() {
        for count in [0, 1, 2, 3, 100] {
            let jobs: Vec<usize> = (0..count).collect();
            let done = side_by_side(&jobs, |job| job * 2);
            assert_eq!(done, jobs.iter().map(|job| job * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn what_goes_wrong_on_any_thread_is_not_lost() {
        side_by_side(&[1, 2, 3, 4], |job| assert_ne!(*job, 3, "the third"));
    }
}
