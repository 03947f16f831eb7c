//! Our own feeds: `/feed/atom`, `/feed/rss` and `/feed/json`. One entry per incident, with its whole timeline; it moves
//! to the top with each update. Feed readers count as subscribers, so suspected incidents are left out.

use candor_content::{
    feed::{Feed, FeedEntry},
    markdown,
};
use candor_core::{Board, Incident, TimelineEntry};
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};

use super::{PageStyle, confirmed, time::PageReader, wording};

/// How many incidents a feed holds.
const MAX_ENTRIES: usize = 30;
/// How many updates of an incident's timeline its entry holds.
const TIMELINE: usize = 60;

/// The paths of the feeds, without a language.
pub(crate) const ATOM: &str = "/feed/atom";
pub(crate) const RSS: &str = "/feed/rss";
pub(crate) const JSON: &str = "/feed/json";

/// The feed at `path`, if there is one.
pub(crate) fn at(style: &PageStyle, board: &Board, path: &str, now: Timestamp) -> Option<String> {
    match path {
        ATOM => Some(feed(style, board, path, now).to_atom()),
        RSS => Some(feed(style, board, path, now).to_rss()),
        JSON => {
            let json = feed(style, board, path, now).to_json();
            json.inspect_err(|error| tracing::error!(%error, "a feed can't be written")).ok()
        }
        _ => None,
    }
}

/// The path that links use. In the site's own language it names no language, so that it stays the same when languages
/// are added.
pub(super) fn path_of(style: &PageStyle, path: &str) -> String {
    let is_own = style.offered.first() == Some(&style.language);
    if is_own { path.to_owned() } else { style.href(path) }
}

/// A `tag:` URI (RFC 4151) of this installation.
pub(super) fn tag(style: &PageStyle, year: u16, what: &str) -> String {
    format!("tag:{},{year}:{what}", style.installation)
}

fn feed(style: &PageStyle, board: &Board, path: &str, now: Timestamp) -> Feed {
    let entries: Vec<_> = confirmed::newest(board, MAX_ENTRIES)
        .into_iter()
        .map(|one| entry(style, one, now))
        .collect();
    Feed {
        id: tag(style, 2026, "feed"),
        title: style.say_with("feed-title", &[("name", (&style.name).into())]),
        description: style.say_with("feed-description", &[("name", (&style.name).into())]),
        author: style.name.clone(),
        page_url: format!("{}{}", style.site_url, style.href("/")),
        feed_url: format!("{}{}", style.site_url, path_of(style, path)),
        language: style.language.tag(),
        updated: newest_of(&entries),
        entries,
    }
}

/// When the newest entry changed; the Unix epoch if there is none.
pub(super) fn newest_of(entries: &[FeedEntry]) -> Timestamp {
    entries.iter().map(|entry| entry.updated).max().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn entry(style: &PageStyle, incident: &Incident, now: Timestamp) -> FeedEntry {
    let (title, _) = style.language.of_title(&incident.title);
    FeedEntry {
        id: tag(style, 2026, &format!("incident/{}", incident.number)),
        title: title.to_owned(),
        url: format!("{}{}", style.site_url, style.href(&incident.path())),
        published: confirmed::published_at(incident),
        updated: confirmed::updated_at(incident),
        html: content(style, incident, now).into_string(),
    }
}

fn content(style: &PageStyle, incident: &Incident, now: Timestamp) -> Markup {
    let (all, reader) = (confirmed::entries(incident).count(), PageReader::on_any_day(style));
    html! {
        p { strong { (wording::status_text(style.language, incident, now)) } }
        @if let Some(window) = incident.window {
            p { (reader.span(window.starts_at, window.ends_at)) }
        }
        @if let Some(summary) = &incident.summary { (markup(style.language.of_text(summary).0)) }
        @for entry in confirmed::entries(incident).rev().take(TIMELINE) { (word(reader, incident, entry)) }
        @if all > TIMELINE {
            p { a href={ (style.site_url) (style.href(&incident.path())) } { (style.say("feed-more")) } }
        }
    }
}

fn word(reader: PageReader<'_>, incident: &Incident, entry: &TimelineEntry) -> Markup {
    let style = reader.style;
    let (_, word, usual) = wording::entry(style.language, incident, entry);
    html! {
        p { strong { (word) } " · " (reader.time(entry.at)) }
        @match (&entry.text, entry.withdrawn_at) {
            (_, Some(_)) => { p { em { (style.say("feed-withdrawn")) } } }
            (Some(text), None) => { (markup(style.language.of_text(text).0)) }
            (None, None) => { p { (usual) } }
        }
    }
}

fn markup(text: &str) -> Markup {
    PreEscaped(markdown::to_html(text))
}
