//! The page of one month: its calendar, its statistics, and all its incidents.

use candor_core::{Board, HistoryStats};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use maud::html;

use super::{HistoryPage, calendar, date, figures};
use crate::view::{PageFreshness, PageStyle, RenderContext, incident};

/// The path of a month's page, such as `/history/2026-11`.
pub(super) fn path(month: Date) -> String {
    format!("/history/{:04}-{:02}", month.year(), month.month())
}

/// The page of the month in the path, if that month has one.
pub(crate) fn at(at: &RenderContext<'_>) -> Option<String> {
    let first = date(&format!("{}-01", at.path.get("month")?))?;
    page(at.look, at.board, at.freshness, at.now, first)
}

/// The page of the month that begins on `first`, if that month has one.
pub(crate) fn page(
    look: &PageStyle,
    board: &Board,
    freshness: PageFreshness,
    now: Timestamp,
    first: Date,
) -> Option<String> {
    let chronicle = HistoryPage::new(look, board, freshness, now);
    let known = chronicle.first_day().first_of_month()..=chronicle.today.first_of_month();
    if !known.contains(&first) {
        return None;
    }
    let last = first.last_of_month();
    let began = chronicle.began_within(first, last);
    let days = board.days(&look.zone, first, last, now);
    let title = look.language.month_of_year(first);
    let other = |months: i8| {
        Some(first.saturating_add(months.months())).filter(|month| known.contains(month))
    };
    let main = html! {
        h1 { (title) }
        (figures::line(look, &HistoryStats::of(began.iter().copied())))
        div.months.single { (calendar::calendar(&chronicle, &days)) }
        section aria-labelledby="list" {
            h2 #list { (look.say("all-of-the-month")) }
            @if began.is_empty() {
                p.quiet { (look.say("nothing-to-report")) }
            } @else {
                ul.recent { @for one in &began { (incident::line(one, chronicle.reader, chronicle.now)) } }
            }
        }
        nav.beside aria-label=(look.say("other-months")) {
            @if let Some(month) = other(-1) { a href=(look.href(&path(month))) rel="prev" { (look.language.month_of_year(month)) } }
            a href=(look.href("/history")) { (look.say("all-of-the-history")) }
            @if let Some(month) = other(1) { a href=(look.href(&path(month))) rel="next" { (look.language.month_of_year(month)) } }
        }
    };
    Some(chronicle.page(&title, &path(first), main))
}
