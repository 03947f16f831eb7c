//! `/history.atom` and `/history.rss`, in the form that programs made for Statuspage parse: one entry per incident,
//! each update a paragraph with the time in two `var` elements, the status in bold and the text after a dash, newest
//! first.

use candor_content::{
    feed::{Feed, FeedEntry},
    markdown,
};
use candor_core::{Board, EntryKind, Incident, Status, TimelineEntry};
use jiff::tz::TimeZone;
use maud::{Markup, PreEscaped, html};

use super::{PageStyle, confirmed, feed, statuspage};

/// The limit of Statuspage.
const MAX_ENTRIES: usize = 25;

pub(crate) const ATOM: &str = "/history.atom";
pub(crate) const RSS: &str = "/history.rss";

/// The feed at `path`, if there is one.
pub(crate) fn at(style: &PageStyle, board: &Board, path: &str) -> Option<String> {
    match path {
        ATOM => Some(history(style, board, path).to_atom()),
        RSS => Some(history(style, board, path).to_rss()),
        _ => None,
    }
}

fn history(style: &PageStyle, board: &Board, path: &str) -> Feed {
    let entries: Vec<_> =
        confirmed::newest(board, MAX_ENTRIES).into_iter().map(|one| entry(style, one)).collect();
    Feed {
        id: feed::tag(style, 2005, "/history"),
        title: format!("{} Status - Incident History", style.name),
        description: style.say_with("feed-description", &[("name", (&style.name).into())]),
        author: style.name.clone(),
        page_url: format!("{}/", style.site_url),
        feed_url: format!("{}{path}", style.site_url),
        language: style.language.tag(),
        updated: feed::newest_of(&entries),
        entries,
    }
}

fn entry(style: &PageStyle, incident: &Incident) -> FeedEntry {
    let mut current = Status::Confirmed;
    let mut paragraphs: Vec<_> = confirmed::entries(incident)
        .map(|entry| {
            current = entry.kind.status().unwrap_or(current);
            paragraph(style, incident, entry, current).into_string()
        })
        .collect();
    paragraphs.reverse();
    FeedEntry {
        id: feed::tag(style, 2005, &format!("Incident/{}", incident.number)),
        title: incident.title.to_string(),
        url: format!("{}{}", style.site_url, incident.path()),
        // Statuspage puts the time of the newest update here, too.
        published: confirmed::entries(incident)
            .map(|entry| entry.at)
            .max()
            .unwrap_or(incident.started_at),
        updated: confirmed::updated_at(incident),
        html: paragraphs.concat(),
    }
}

fn paragraph(
    style: &PageStyle,
    incident: &Incident,
    entry: &TimelineEntry,
    current: Status,
) -> Markup {
    let at = entry.at.to_zoned_datetime(TimeZone::UTC);
    let time = PreEscaped(format!(
        "{} <var data-var='date'>{}</var>, <var data-var='time'>{}</var> UTC",
        at.strftime("%b"),
        at.strftime("%e"),
        at.strftime("%H:%M")
    ));
    let text = markdown::to_plain(&statuspage::body(style, incident, entry));
    html! {
        p {
            small { (time) }
            (PreEscaped("<br />"))
            strong { (status(incident, entry, current)) }
            " - "
            @for (index, line) in text.lines().enumerate() {
                @if index > 0 { (PreEscaped("<br />")) }
                (line)
            }
        }
    }
}

/// The status as Statuspage writes it; an update without a new status is an "Update".
fn status(incident: &Incident, entry: &TimelineEntry, current: Status) -> &'static str {
    let work = incident.is_maintenance();
    match (entry.kind, current) {
        (EntryKind::Update | EntryKind::Rescheduled, _) => "Update",
        (_, Status::Planned) => "Scheduled",
        (_, Status::Confirmed | Status::Suspected) if work => "In progress",
        (_, Status::Watching) if work => "Verifying",
        (_, Status::Resolved | Status::Dismissed) if work => "Completed",
        (_, Status::Confirmed | Status::Suspected) => "Investigating",
        (_, Status::Watching) => "Monitoring",
        (_, Status::Resolved | Status::Dismissed) => "Resolved",
    }
}
