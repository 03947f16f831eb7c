//! For other sites: `/embed`, a page for an iframe, and `/widget.json`, which the banner and error pages read.

use std::sync::LazyLock;

use candor_core::{Board, Headline, Incident, Status};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};
use serde::Serialize;

use super::{PageStyle, confirmed, layout, time::PageReader, wording};

pub(crate) const FRAME: &str = "/embed";
pub(crate) const DATA: &str = "/widget.json";
/// The script that shows the banner.
pub(crate) const SCRIPT: &str = include_str!("../../static/widget.js");
/// The style sheet of `/embed`.
pub(crate) const STYLE: &str = include_str!("../../static/embed.css");

static STYLE_HASH: LazyLock<String> = LazyLock::new(|| layout::hash_of(STYLE));

/// The hash of the style sheet, for its file name.
pub(crate) fn style_hash() -> &'static str {
    &STYLE_HASH
}

/// How many incidents `/embed` names.
const MAX_NAMED: usize = 3;

/// The page at `/embed`: the headline and what is open. It needs no script, and every link opens the status page.
pub(crate) fn frame(style: &PageStyle, board: &Board, now: Timestamp) -> String {
    let current = board.current();
    let headline_text = wording::headline_text_of(style, board, current.first().copied());
    let count = current.len();
    let titled = [("title", (&headline_text.short).into()), ("name", (&style.name).into())];
    html! {
        (DOCTYPE)
        html lang=(style.language.tag()) dir=(style.language.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                // Reloads itself, so that it stays current while it is open.
                meta http-equiv="refresh" content="60";
                title { (style.say_with("title-of-window", &titled)) }
                base target="_blank";
                link rel="stylesheet" href={ "/static/embed." (style_hash()) ".css" };
            }
            body {
                main class=(headline_text.tone.class()) {
                    h1 {
                        (headline_text.tone.icon())
                        a href=(address(style, "/")) rel="noopener" dir="auto" { (headline_text.sentence) }
                    }
                    p { (headline_text.knowledge) }
                    @if count > 0 {
                        ul { @for one in current.iter().take(MAX_NAMED) { li { (line(style, one, now)) } } }
                    }
                    @if count > MAX_NAMED { p { (style.say_with("and-more", &[("count", (count - MAX_NAMED).into())])) } }
                }
            }
        }
    }
    .into_string()
}

fn line(style: &PageStyle, incident: &Incident, now: Timestamp) -> Markup {
    let title = style.title(incident);
    let reader = PageReader::on_any_day(style);
    html! {
        a href=(address(style, &incident.path())) rel="noopener" { (title.inline()) }
        " " span { (wording::status_text(style.language, incident, now)) " · " (reader.time(incident.started_at)) }
    }
}

fn address(style: &PageStyle, path: &str) -> String {
    format!("{}{}", style.site_url, style.href(path))
}

/// The document at `/widget.json`.
#[derive(Serialize)]
struct Widget {
    /// The last event about a confirmed incident.
    seq: u64,
    /// Whether a confirmed incident is open.
    confirmed: bool,
    headline: Headline,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<BannerText>,
}

/// The texts of the banner.
#[derive(Serialize)]
struct BannerText {
    sentence: String,
    title: String,
    url: String,
    /// The state that a reader hides; a new id shows the banner again.
    id: String,
    lang: &'static str,
    dir: &'static str,
    label: String,
    hide: String,
}

/// The document at `/widget.json`. Suspected incidents aren't in it.
pub(crate) fn data(style: &PageStyle, board: &Board) -> serde_json::Result<String> {
    let decisive = confirmed::decisive(board);
    serde_json::to_string(&Widget {
        seq: confirmed::last_event(board).map_or(0, |event| event.seq),
        confirmed: decisive.is_some(),
        headline: confirmed::headline(board),
        says: decisive.map(|incident| BannerText {
            sentence: wording::headline_text(style.language, Some(incident), &style.name).sentence,
            title: style.title(incident).text,
            url: address(style, &incident.path()),
            id: format!("{}-{}", incident.number, stage(incident)),
            lang: style.language.tag(),
            dir: style.language.direction(),
            label: style.say_with("brand", &[("name", (&style.name).into())]),
            hide: style.say("widget-hide"),
        }),
    })
}

/// A fix or a new severity shows the banner again to readers who have hidden it.
fn stage(incident: &Incident) -> String {
    let severity = serde_json::to_value(incident.severity).unwrap_or_default();
    let stage = if incident.status == Status::Watching { "watching" } else { "confirmed" };
    format!("{}-{stage}", severity.as_str().unwrap_or_default())
}
