//! The timeline of an incident, newest first.

use candor_core::{EntryKind, Incident, Status, TimelineEntry};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::{AsOf, PageStyle, time::PageReader, wording};

/// An entry recorded this long after its time says nothing about the page at that time.
const AFTERWARDS: SignedDuration = SignedDuration::from_hours(24);
/// Shorter durations aren't shown.
const A_MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// How many more entries can be unfolded; the incident's own page shows all.
const FOLDED: usize = 100;

/// The newest `limit` entries; the others can be unfolded.
pub(super) fn timeline(incident: &Incident, reader: PageReader<'_>, limit: usize) -> Markup {
    let (style, count) = (reader.style, incident.timeline.len());
    let all = || style.say_with("all-entries", &[("count", count.into())]);
    let mut entries = incident.timeline.iter().rev();
    html! {
        ol.timeline { @for entry in entries.by_ref().take(limit) { (item(incident, entry, reader)) } }
        @if count > limit {
            details.rest #{ "rest-" (incident.number) } {
                summary { (all()) }
                ol.timeline { @for entry in entries.by_ref().take(FOLDED) { (item(incident, entry, reader)) } }
                @if entries.len() > 0 { p.more { a href=(style.href(&incident.path())) { (all()) } } }
            }
        }
    }
}

fn item(incident: &Incident, entry: &TimelineEntry, reader: PageReader<'_>) -> Markup {
    let style = reader.style;
    let (tone, word, usual) = wording::entry(style.language, incident, entry);
    let is_public = incident.status != Status::Dismissed;
    let text = entry.text.as_ref().filter(|_| is_public);
    html! {
        li class=[tone.map(|tone| tone.class())] #{ "event-" (entry.seq) } {
            p.head {
                strong { (word) } " "
                span.at { (when(incident, entry, reader)) (how_long_after(incident, entry, style)) }
            }
            @if let Some(moved) = entry.moved {
                p.text {
                    (style.say_markup("moved-from-to", &[], &[
                        ("from", PageReader::on_any_day(style).span(moved.from.starts_at, moved.from.ends_at)),
                        ("to", PageReader::on_any_day(style).span(moved.to.starts_at, moved.to.ends_at)),
                    ]))
                }
            }
            @if let Some(at) = entry.withdrawn_at {
                p.withdrawn { (style.say_markup("withdrawn-at", &[], &[("time", reader.time(at))])) }
            } @else if let Some(text) = text {
                (style.text(text, "text"))
            } @else if entry.moved.is_none() {
                p.text { (usual) }
            }
            @if let Some(at) = entry.edited_at.filter(|_| text.is_some()) { (edited(entry, at, reader)) }
        }
    }
}

/// The entry's time, linked to the page as of then unless the entry was recorded much later.
fn when(incident: &Incident, entry: &TimelineEntry, reader: PageReader<'_>) -> Markup {
    let style = reader.style;
    let time = reader.time(entry.at);
    let recorded_at = AsOf::rounded(entry.recorded_at);
    if entry.recorded_at.duration_since(entry.at) >= AFTERWARDS {
        return time;
    }
    let then = style.as_it_stood(AsOf { at: recorded_at, until: None }, style.seq);
    html! {
        a href=(then.href(&incident.path())) rel="nofollow" title=(style.say("page-as-it-was")) { (time) }
    }
}

/// How long after the start the status changed. Planned and canceled maintenance never started, and an end counts from
/// its own time, not from when it was recorded.
fn how_long_after(incident: &Incident, entry: &TimelineEntry, style: &PageStyle) -> Markup {
    let begun = incident.started_at;
    let has_begun =
        !matches!(entry.kind, EntryKind::StatusChanged(Status::Planned) | EntryKind::Canceled);
    let is_last = || incident.last_status_change().is_some_and(|last| last.seq == entry.seq);
    let at = incident.ended_at.filter(|_| is_last()).unwrap_or(entry.at);
    let changed =
        has_begun && entry.kind.status().is_some() && at.duration_since(begun) >= A_MINUTE;
    let lasted = style.language.lasted(begun, at);
    html! {
        @if changed { "\u{a0}· " (style.say_with("after-how-long", &[("lasted", (&lasted).into())])) }
    }
}

/// The note that an entry was edited, with its former text.
fn edited(entry: &TimelineEntry, at: Timestamp, reader: PageReader<'_>) -> Markup {
    let style = reader.style;
    let edited = style.say_markup("edited-at", &[], &[("time", reader.time(at))]);
    html! {
        @if entry.former.is_empty() {
            p.edited { (edited) }
        } @else {
            details.edited #{ "former-" (entry.seq) } {
                summary { (edited) " " (style.say("previous-version")) }
                @for former in entry.former.iter().rev() {
                    p { (style.say_markup("previous-version-until", &[], &[("time", reader.time(former.until))])) }
                    (style.text(&former.text, "text former"))
                }
            }
        }
    }
}
