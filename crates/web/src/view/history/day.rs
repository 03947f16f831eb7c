//! The page of one day.

use candor_core::Board;
use jiff::{Timestamp, civil::Date};
use maud::html;

use super::{HistoryPage, date, month};
use crate::view::{PageFreshness, PageStyle, RenderContext, incident, words};

/// How many incidents of a day are shown in full; the others are only named.
const MAX_IN_FULL: usize = 20;
/// How many entries of a timeline a day's page shows; the incident's own page shows all.
const MAX_ENTRIES: usize = 10;

/// The page of the day in the path, if that day has one.
pub(crate) fn at(at: &RenderContext<'_>) -> Option<String> {
    page(at.look, at.board, at.freshness, at.now, date(at.path.get("day")?)?)
}

/// The page of a day, if that day has one.
pub(crate) fn page(
    look: &PageStyle,
    board: &Board,
    freshness: PageFreshness,
    now: Timestamp,
    date: Date,
) -> Option<String> {
    let chronicle = HistoryPage::new(look, board, freshness, now);
    // Somewhere on earth it is still yesterday or already tomorrow: links that name the day in UTC lead here, too.
    let first = chronicle.first_day().yesterday().ok()?;
    let last = chronicle.today.tomorrow().ok()?;
    if !(first..=last).contains(&date) {
        return None;
    }
    let days = board.days(&look.zone, date, date, now);
    let day = days.first()?;
    let (before, after) = board.neighbors(&look.zone, date, now);
    let title = look.language.day_in_full(date);
    let link = |date: Date| (look.href(&format!("/{date}")), look.language.day_and_year(date));
    let main = html! {
        h1 { (title) }
        @if day.is_quiet() { p.quiet { (look.say("nothing-to-report")) } }
        @if !day.incidents.is_empty() {
            section aria-labelledby="incidents" {
                h2 #incidents { (look.say("incidents")) }
                @for one in day.incidents.iter().take(MAX_IN_FULL) { (incident::card(one, &words::standing(look.language, one, now), chronicle.reader, MAX_ENTRIES)) }
                @if day.incidents.len() > MAX_IN_FULL {
                    ul.recent { @for one in day.incidents.iter().skip(MAX_IN_FULL) { (incident::line(one, chronicle.reader, chronicle.now)) } }
                }
            }
        }
        @if !day.false_alarms.is_empty() {
            section aria-labelledby="false-alarms" {
                h2 #false-alarms { (look.say("false-alarms")) }
                ul.recent { @for one in &day.false_alarms { (incident::line(one, chronicle.reader, chronicle.now)) } }
            }
        }
        nav.beside aria-label=(look.say("other-days")) {
            @if let Some((path, day)) = before.map(link) { a href=(path) rel="prev" { (day) } }
            a href=(look.href(&month::path(date.first_of_month()))) { (look.language.month_of_year(date)) }
            @if let Some((path, day)) = after.map(link) { a href=(path) rel="next" { (day) } }
        }
    };
    Some(chronicle.page(&title, &format!("/{date}"), main))
}
