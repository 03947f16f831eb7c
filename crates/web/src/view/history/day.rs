//! The page of one day.

use candor_core::Board;
use jiff::{Timestamp, civil::Date};
use maud::html;

use super::{HistoryPage, date, month};
use crate::view::{PageFreshness, PageStyle, RenderContext, incident, wording};

/// How many incidents of a day are shown in full; the others are only named.
const MAX_IN_FULL: usize = 20;
/// How many entries of a timeline a day's page shows; the incident's own page shows all.
const MAX_ENTRIES: usize = 10;

/// The page of the day in the path, if that day has one.
pub(crate) fn at(at: &RenderContext<'_>) -> Option<String> {
    page(at.style, at.board, at.freshness, at.now, date(at.path.get("day")?)?)
}

/// The page of a day, if that day has one.
pub(crate) fn page(
    style: &PageStyle,
    board: &Board,
    freshness: PageFreshness,
    now: Timestamp,
    date: Date,
) -> Option<String> {
    let history = HistoryPage::new(style, board, freshness, now);
    // Somewhere on earth it is still yesterday or already tomorrow: links that name the day in UTC lead here, too.
    let first = history.first_day().yesterday().ok()?;
    let last = history.today.tomorrow().ok()?;
    if !(first..=last).contains(&date) {
        return None;
    }
    let days = board.days(&style.zone, date, date, now);
    let day = days.first()?;
    let (before, after) = board.neighbors(&style.zone, date, now);
    let title = style.language.day_in_full(date);
    let link = |date: Date| (style.href(&format!("/{date}")), style.language.day_and_year(date));
    let main = html! {
        h1 { (title) }
        @if day.is_quiet() { p.quiet { (style.say("nothing-to-report")) } }
        @if !day.incidents.is_empty() {
            section aria-labelledby="incidents" {
                h2 #incidents { (style.say("incidents")) }
                @for one in day.incidents.iter().take(MAX_IN_FULL) { (incident::card(one, &wording::status_text(style.language, one, now), history.reader, MAX_ENTRIES)) }
                @if day.incidents.len() > MAX_IN_FULL {
                    ul.recent { @for one in day.incidents.iter().skip(MAX_IN_FULL) { (incident::line(one, history.reader, history.now)) } }
                }
            }
        }
        @if !day.false_alarms.is_empty() {
            section aria-labelledby="false-alarms" {
                h2 #false-alarms { (style.say("false-alarms")) }
                ul.recent { @for one in &day.false_alarms { (incident::line(one, history.reader, history.now)) } }
            }
        }
        nav.beside aria-label=(style.say("other-days")) {
            @if let Some((path, day)) = before.map(link) { a href=(path) rel="prev" { (day) } }
            a href=(style.href(&month::path(date.first_of_month()))) { (style.language.month_of_year(date)) }
            @if let Some((path, day)) = after.map(link) { a href=(path) rel="next" { (day) } }
        }
    };
    Some(history.page(&title, &format!("/{date}"), main))
}
