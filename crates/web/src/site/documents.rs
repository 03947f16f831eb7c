//! All that the site consists of: which documents and pages there are, and what makes them.
//!
//! A *document* is the same for everybody; a *page* exists in every language that the site offers. What stands in
//! [`DOCUMENTS`] and [`PAGES`] is ready before anybody asks; [`cold`] is rendered on first use.

use std::sync::Arc;

use candor_core::{Board, IncidentNumber, public::PublicBoard};
use jiff::{Timestamp, civil::Date};

use super::PageFreshness;
use crate::{
    cached_response::DocumentKind,
    view::{self, PageStyle},
};

/// What everything is rendered from.
#[derive(Clone)]
pub(crate) struct RenderSource {
    pub(crate) board: Arc<Board>,
    /// How it looks in the site's own language.
    pub(crate) look: PageStyle,
    pub(crate) knowledge: PageFreshness,
    /// When it is rendered: the last 24 hours end here.
    pub(crate) now: Timestamp,
    /// What is said of the log's head, signed, as JSON.
    pub(crate) head: Option<String>,
}

/// A document without a language.
pub(crate) struct Document {
    pub(crate) path: &'static str,
    pub(crate) kind: DocumentKind,
    pub(crate) render: fn(&RenderSource) -> String,
}

/// A page that many look at.
pub(crate) struct HotPage {
    pub(crate) path: &'static str,
    pub(crate) render: fn(&RenderSource, &PageStyle) -> String,
}

/// A document of `/api/v2`.
macro_rules! statuspage {
    ($path:literal) => {
        Document {
            path: $path,
            kind: DocumentKind::Json,
            render: |source| {
                json(
                    view::statuspage::at(&source.look, &source.board, $path, source.now)
                        .unwrap_or_else(|| Ok("{}".to_owned())),
                )
            },
        }
    };
}

/// A document that other languages have, too, at addresses of their own.
macro_rules! own_language {
    ($kind:ident $path:expr) => {
        Document {
            path: $path,
            kind: DocumentKind::$kind,
            render: |source| for_programs(source, &source.look, $path).unwrap_or_default(),
        }
    };
}

/// The documents that are always ready.
pub(crate) const DOCUMENTS: &[Document] = &[
    Document { path: "/api/v1/board", kind: DocumentKind::Json, render: board },
    Document { path: "/api/v1/board.json", kind: DocumentKind::Json, render: board },
    Document { path: "/api/v1/head", kind: DocumentKind::Json, render: head },
    Document { path: "/log/head", kind: DocumentKind::Json, render: head },
    statuspage!("/api/v2/summary.json"),
    statuspage!("/api/v2/status.json"),
    statuspage!("/api/v2/components.json"),
    statuspage!("/api/v2/incidents.json"),
    statuspage!("/api/v2/incidents/unresolved.json"),
    statuspage!("/api/v2/scheduled-maintenances.json"),
    statuspage!("/api/v2/scheduled-maintenances/upcoming.json"),
    statuspage!("/api/v2/scheduled-maintenances/active.json"),
    own_language!(Atom view::feed::ATOM),
    own_language!(Rss view::feed::RSS),
    own_language!(JsonFeed view::feed::JSON),
    own_language!(Atom view::history_feed::ATOM),
    own_language!(Rss view::history_feed::RSS),
    own_language!(Calendar view::calendar::ALL),
];

/// The pages that are ready in the site's own language, and in those that were asked for lately.
pub(crate) const PAGES: &[HotPage] = &[
    HotPage {
        path: "/",
        render: |source, look| view::front::page(look, &source.board, source.knowledge, source.now),
    },
    HotPage {
        path: "/history",
        render: |source, look| {
            view::history::page(look, &source.board, source.knowledge, source.now)
        },
    },
    HotPage {
        path: "/badge.svg",
        render: |source, look| {
            view::badge::at(look, &source.board, "/badge.svg").unwrap_or_default()
        },
    },
    HotPage {
        path: view::embed::FRAME,
        render: |source, look| view::embed::frame(look, &source.board, source.now),
    },
    HotPage {
        path: view::embed::DATA,
        render: |source, look| json(view::embed::data(look, &source.board)),
    },
];

/// What feed readers and calendars read, in the language of `look`.
fn for_programs(source: &RenderSource, look: &PageStyle, path: &str) -> Option<String> {
    view::feed::at(look, &source.board, path, source.now)
        .or_else(|| view::history_feed::at(look, &source.board, path))
        .or_else(|| view::calendar::at(look, &source.board, path, source.now))
        .or_else(|| view::badge::at(look, &source.board, path))
        .or_else(|| view::sitemap::at(look, &source.board, path))
}

/// Any page, hot or cold, for whoever has to have it rendered.
pub(super) fn any(source: &RenderSource, look: &PageStyle, path: &str) -> Option<String> {
    let hot = PAGES.iter().find(|page| page.path == path);
    hot.map(|page| (page.render)(source, look)).or_else(|| cold(source, look, path))
}

/// Any other page. Only the one spelling of its path exists.
pub(crate) fn cold(source: &RenderSource, look: &PageStyle, path: &str) -> Option<String> {
    if let Some(document) = for_programs(source, look, path) {
        return Some(document);
    }
    if path == view::integrate::PATH {
        return Some(view::integrate::page(look));
    }
    let RenderSource { board, knowledge, now, .. } = source;
    if let Some(period) = path.strip_prefix("/history/") {
        return match period.split_once('-') {
            Some(_) => {
                let first = date(&format!("{period}-01"))?;
                view::history::month::page(look, board, *knowledge, *now, first)
            }
            None => {
                let year = date(&format!("{period}-01-01"))?.year();
                view::history::year(look, board, *knowledge, *now, year)
            }
        };
    }
    if let Some(date) = path.strip_prefix('/').and_then(date) {
        return view::history::day::page(look, board, *knowledge, *now, date);
    }
    let (incident_path, postmortem) = match path.strip_suffix("/postmortem") {
        Some(rest) => (rest, true),
        None => (path, false),
    };
    let number = IncidentNumber::parse(incident_path).ok()?;
    let incident = board.incident(number).filter(|found| found.path() == incident_path)?;
    match (postmortem, &incident.postmortem) {
        (false, _) => Some(view::incident::page(look, incident, *knowledge, *now)),
        (true, Some(postmortem)) => {
            Some(view::incident::postmortem(look, incident, postmortem, *knowledge))
        }
        (true, None) => None,
    }
}

fn board(source: &RenderSource) -> String {
    json(serde_json::to_string(&PublicBoard::of(&source.board)))
}

fn head(source: &RenderSource) -> String {
    source.head.clone().unwrap_or_else(|| "null".to_owned())
}

/// A day as it stands in addresses: `2026-11-21` and no other spelling.
fn date(raw: &str) -> Option<Date> {
    raw.parse().ok().filter(|date: &Date| date.to_string() == raw)
}

fn json(document: Result<String, serde_json::Error>) -> String {
    document.unwrap_or_else(|error| {
        tracing::error!(%error, "a document can't be written as JSON");
        "{}".to_owned()
    })
}
