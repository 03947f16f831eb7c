//! Pages of the past: `/as-of/2026-11-21T14:05Z/history`.
//!
//! Between two events the page was the same, so it has one address, that of the earlier event; other times redirect
//! there. Folding the past takes longer than a lookup, so it runs off the request's thread, a few at a time.

use std::sync::Arc;

use candor_content::language::Language;
use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::{FoundPage, RenderedPage, Site, get, language};
use crate::{
    problem::Problem,
    route::DocumentKind,
    view::{AsOf, PageFreshness, PageStyle, RenderSource},
};

/// How many pages of the past are rendered concurrently, and how many requests may wait for that.
const MAX_RENDERING: usize = 2;
const MAX_WAITING: usize = 32;

/// The prefix of these paths.
const AS_OF: &str = "/as-of/";

static RENDERING: Semaphore = Semaphore::const_new(MAX_RENDERING);
static REQUESTS: Semaphore = Semaphore::const_new(MAX_RENDERING + MAX_WAITING);

/// The answer to a request for a page of the past.
pub(crate) enum AsOfTarget {
    /// The page.
    Found(FoundPage),
    /// The canonical address of this time's page.
    Elsewhere(String),
}

/// The parts of such a path: language, time, and the path of the page.
struct PastRequest<'a> {
    language: Language,
    negotiated: bool,
    time: &'a str,
    path: &'a str,
}

impl Site {
    /// The page of the past at `path`.
    pub(crate) async fn as_of(
        self: Arc<Self>,
        path: &str,
        accepted: Option<&str>,
    ) -> Result<AsOfTarget, Problem> {
        let request = self.past_request(path, accepted).ok_or(Problem::NotFound)?;
        self.render_past(request).await
    }

    fn past_request<'a>(&self, path: &'a str, accepted: Option<&str>) -> Option<PastRequest<'a>> {
        let named = language::of_path(path, &self.style.offered);
        let rest = named.map_or(path, |(_, rest)| rest).strip_prefix(AS_OF)?;
        let (time, path) =
            rest.find('/').and_then(|end| rest.split_at_checked(end)).unwrap_or((rest, "/"));
        let best = || language::negotiate(accepted.unwrap_or_default(), &self.style.offered);
        let chosen = named.map(|(language, _)| language);
        let language = chosen.or_else(best).unwrap_or(Language::ENGLISH);
        Some(PastRequest {
            language,
            negotiated: chosen.is_none() && self.style.offered.len() > 1,
            time,
            path,
        })
    }

    async fn render_past(self: Arc<Self>, request: PastRequest<'_>) -> Result<AsOfTarget, Problem> {
        let PastRequest { language, negotiated, time, path } = request;
        let source = self.source().ok_or(Problem::NotReady)?;
        // The address of an event is rounded up, so it may be slightly in the future.
        let now = AsOf::rounded(Timestamp::now());
        let at = read(time).filter(|at| *at <= now).ok_or(Problem::NotFound)?;
        let (from, until) = source.board.valid_between(at).ok_or(Problem::NotFound)?;
        let as_of = AsOf { at: AsOf::rounded(from), until };
        let style = source.style.in_language(language).as_it_stood(as_of, source.board.public_seq);
        let canonical = style.href(path);
        if time != as_of.name() {
            return Ok(AsOfTarget::Elsewhere(canonical));
        }
        if let Some(page) = get(&self.lock_on_demand().pages, language, &canonical) {
            return Ok(AsOfTarget::Found(FoundPage { page, negotiated }));
        }
        let _request = REQUESTS.try_acquire().map_err(|_full| Problem::Busy)?;
        let _rendering = RENDERING.acquire().await.map_err(|_closed| Problem::Internal)?;
        let (path, site) = (path.to_owned(), Arc::clone(&self));
        let rendered =
            tokio::task::spawn_blocking(move || render(&site, style, as_of, &path)).await;
        let page = rendered.map_err(|_panicked| Problem::Internal)?.ok_or(Problem::NotFound)?;
        self.lock_on_demand().keep(language, &canonical, &page);
        Ok(AsOfTarget::Found(FoundPage { page, negotiated }))
    }
}

fn render(site: &Site, style: PageStyle, as_of: AsOf, path: &str) -> Option<Arc<RenderedPage>> {
    let present = site.source()?;
    let board = Arc::new(present.board.as_of(as_of.at));
    let style = style.as_it_stood(as_of, board.public_seq);
    let source = RenderSource {
        board,
        style: style.clone(),
        freshness: PageFreshness::Current,
        now: as_of.at,
        ..present.clone()
    };
    let mut content = site.routes.render(&source, &style, path)?;
    if content.kind != DocumentKind::Html {
        return None;
    }
    content.route = site.routes.find(AS_OF)?;
    Some(Arc::new(RenderedPage::new(content, source.board.seq, None)))
}

/// A time as addresses write it: `2026-11-21T14:05Z` or `2026-11-21T14:05:10Z`, in UTC.
fn read(raw: &str) -> Option<Timestamp> {
    let is_ours =
        matches!(raw.len(), 17 | 20) && raw.ends_with('Z') && raw.as_bytes().get(10) == Some(&b'T');
    raw.parse().ok().filter(|_| is_ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_addresses_have_minutes_or_seconds_and_are_in_utc() {
        for (raw, is_read) in [
            ("2026-11-21T14:05Z", true),
            ("2026-11-21T14:05:10Z", true),
            ("2026-11-21", false),
            ("2026-11-21T14:05", false),
            ("2026-11-21 14:05Z", false),
            ("2026-11-21T14:05:10.5Z", false),
            ("2026-11-21T14:05+01:00", false),
            ("2026-13-21T14:05Z", false),
            ("", false),
        ] {
            assert_eq!(read(raw).is_some(), is_read, "{raw}");
        }
    }
}
