//! Prerenders the pages of one state of the log.

use std::{
    panic::resume_unwind,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use candor_api::SignedHead;
use candor_content::{language::Language, signing::Signer};
use candor_store::Snapshot;
use jiff::Timestamp;

use super::{CachedResponse, RenderedPage, Site, get};
use crate::{
    route::{Content, DocumentKind, Languages, MatchedRoute, RenderedContent, RouteTable},
    settings::WebSettings,
    view::{PageFreshness, PageStyle, RenderSource},
};

/// How many threads render.
const THREADS: usize = 2;

/// Renders the site of `snapshot`, and reuses unchanged pages of `before`. Renders the site's own language, and those
/// that were requested from `before`.
pub(crate) fn render(
    routes: &'static RouteTable,
    settings: &WebSettings,
    snapshot: &Snapshot,
    now: Timestamp,
    before: Option<&Site>,
) -> Option<Site> {
    let board = snapshot.board.as_ref()?;
    let source = RenderSource {
        board: Arc::clone(board),
        style: PageStyle::new(settings, board, snapshot.log_id()),
        freshness: PageFreshness::from(&snapshot.freshness),
        now,
        head: signed_head(settings, snapshot),
    };
    let asked = before.map_or(0, |before| before.asked.load(Ordering::Relaxed));
    let looks: Vec<_> = Language::all()
        .filter(|language| {
            let asked = asked & 1 << language.index() != 0;
            *language == source.style.language || (asked && source.style.offered.contains(language))
        })
        .map(|language| source.style.in_language(language))
        .collect();
    let jobs: Vec<RenderJob<'_>> = routes
        .prerendered()
        .flat_map(|(route, content)| {
            let is_page = route.route.languages == Languages::Negotiated;
            let looks =
                if is_page { looks.as_slice() } else { std::slice::from_ref(&source.style) };
            looks.iter().map(move |style| RenderJob { route, content, style, is_page })
        })
        .collect();
    let pages = in_parallel(&jobs, |job| job.render(&source, before));
    let mut site = Site::new(routes, source.style.clone(), None);
    for (job, page) in jobs.iter().zip(pages) {
        let language = job.is_page.then_some(job.style.language);
        site.add(language, job.route.route.pattern.to_owned(), page);
    }
    let theme = &source.style.theme;
    let before = before.and_then(|before| before.documents.get(&theme.path)).map(Arc::clone);
    let sheet = before.or_else(|| {
        let response = CachedResponse::new(DocumentKind::Css, None, theme.sheet.clone());
        Some(Arc::new(RenderedPage { route: routes.find(&theme.path)?, response }))
    });
    if let Some(sheet) = sheet {
        site.add(None, theme.path.clone(), sheet);
    }
    site.source = Some(source);
    Some(site)
}

/// Something to render.
struct RenderJob<'a> {
    route: MatchedRoute,
    content: Content,
    style: &'a PageStyle,
    /// Whether it exists in every language.
    is_page: bool,
}

impl RenderJob<'_> {
    /// Renders it, or reuses the page of `before` if it is unchanged.
    fn render(&self, source: &RenderSource, before: Option<&Site>) -> Arc<RenderedPage> {
        let (path, board) = (self.route.route.pattern, &source.board);
        let body = (self.content.render)(&source.context(self.style, path)).unwrap_or_default();
        let before = before.and_then(|before| {
            if self.is_page {
                get(&before.pages, self.style.language, path)
            } else {
                before.documents.get(path).map(Arc::clone)
            }
        });
        if let Some(same) = before.filter(|page| page.response.has_body(&body)) {
            same.response.follow(board.seq);
            return same;
        }
        let kind = self.content.kind;
        let content = RenderedContent { route: self.route, kind, body };
        Arc::new(RenderedPage::new(content, board.seq, kind.changed_at(board)))
    }
}

/// Runs `work` for all jobs on a few threads, because most of rendering is compressing, and an alert should not wait
/// for it. Returns the results in the order of the jobs.
fn in_parallel<T: Sync, R: Send>(jobs: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
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

/// The head of the log, signed, as JSON.
pub(crate) fn signed_head(settings: &WebSettings, snapshot: &Snapshot) -> Option<String> {
    let (board, hash) = (snapshot.board.as_ref()?, snapshot.head_hash.as_deref());
    let (signer, site) = (Signer::of(&settings.links)?, settings.site_url.trim_end_matches('/'));
    let (hash, at) = (hash.unwrap_or_default(), board.updated_at);
    let sign = |statement: &str| signer.sign(statement);
    let head = SignedHead::new(site, board.seq, hash, at, sign, signer.key());
    serde_json::to_string(&head).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_runs_once_and_results_keep_their_order() {
        for count in [0, 1, 2, 3, 100] {
            let jobs: Vec<usize> = (0..count).collect();
            let done = in_parallel(&jobs, |job| job * 2);
            assert_eq!(done, jobs.iter().map(|job| job * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn error_on_any_thread_is_returned() {
        in_parallel(&[1, 2, 3, 4], |job| assert_ne!(*job, 3, "the third"));
    }
}
