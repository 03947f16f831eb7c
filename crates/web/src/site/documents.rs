//! All that the site consists of: which documents and pages there are, and what makes them.
//!
//! A *document* is the same for everybody; a *page* exists in every language that the site offers. What stands in
//! [`DOCUMENTS`] and [`PAGES`] is ready before anybody asks; [`cold`] is rendered on first use.

use std::sync::Arc;

use candor_core::{Board, IncidentNumber, public::PublicBoard};
use jiff::{Timestamp, civil::Date};

use super::Knowledge;
use crate::{
    ready::Kind,
    view::{self, Look},
};

/// What everything is rendered from.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) board: Arc<Board>,
    /// How it looks in the site's own language.
    pub(crate) look: Look,
    pub(crate) knowledge: Knowledge,
    /// When it is rendered: the last 24 hours end here.
    pub(crate) now: Timestamp,
    /// What is said of the log's head, signed, as JSON.
    pub(crate) head: Option<String>,
}

/// A document without a language.
pub(crate) struct Document {
    pub(crate) path: &'static str,
    pub(crate) kind: Kind,
    pub(crate) render: fn(&Source) -> String,
}

/// A page that many look at.
pub(crate) struct Page {
    pub(crate) path: &'static str,
    pub(crate) render: fn(&Source, &Look) -> String,
}

/// The documents that are always ready.
pub(crate) const DOCUMENTS: &[Document] = &[
    Document { path: "/api/v1/board", kind: Kind::Json, render: board },
    Document { path: "/api/v1/board.json", kind: Kind::Json, render: board },
    Document { path: "/api/v1/head", kind: Kind::Json, render: head },
    Document { path: "/log/head", kind: Kind::Json, render: head },
    Document {
        path: "/api/v2/summary.json",
        kind: Kind::Json,
        render: |source| json(view::statuspage::summary(&source.look, &source.board)),
    },
    Document {
        path: "/api/v2/status.json",
        kind: Kind::Json,
        render: |source| json(view::statuspage::status(&source.look, &source.board)),
    },
];

/// The pages that are ready in the site's own language, and in those that were asked for lately.
pub(crate) const PAGES: &[Page] = &[
    Page {
        path: "/",
        render: |source, look| view::front::page(look, &source.board, source.knowledge, source.now),
    },
    Page {
        path: "/history",
        render: |source, look| {
            view::history::page(look, &source.board, source.knowledge, source.now)
        },
    },
];

/// Any other page. Only the one spelling of its path exists.
pub(crate) fn cold(source: &Source, look: &Look, path: &str) -> Option<String> {
    let Source { board, knowledge, now, .. } = source;
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
        (false, _) => Some(view::incident::page(look, incident, *knowledge)),
        (true, Some(postmortem)) => {
            Some(view::incident::postmortem(look, incident, postmortem, *knowledge))
        }
        (true, None) => None,
    }
}

fn board(source: &Source) -> String {
    json(serde_json::to_string(&PublicBoard::of(&source.board)))
}

fn head(source: &Source) -> String {
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
