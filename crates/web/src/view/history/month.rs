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
    page(at.style, at.board, at.freshness, at.now, first)
}

/// The page of the month that begins on `first`, if that month has one.
pub(crate) fn page(
    style: &PageStyle,
    board: &Board,
    freshness: PageFreshness,
    now: Timestamp,
    first: Date,
) -> Option<String> {
    let history = HistoryPage::new(style, board, freshness, now);
    let known = history.first_day().first_of_month()..=history.today.first_of_month();
    if !known.contains(&first) {
        return None;
    }
    let last = first.last_of_month();
    let began = history.began_within(first, last);
    let days = board.days(&style.zone, first, last, now);
    let title = style.language.month_of_year(first);
    let other = |months: i8| {
        Some(first.saturating_add(months.months())).filter(|month| known.contains(month))
    };
    let main = html! {
        h1 { (title) }
        (figures::line(style, &HistoryStats::of(began.iter().copied())))
        div.months.single { (calendar::calendar(&history, &days)) }
        section aria-labelledby="list" {
            h2 #list { (style.say("all-of-the-month")) }
            @if began.is_empty() {
                p.quiet { (style.say("nothing-to-report")) }
            } @else {
                ul.recent { @for one in &began { (incident::line(one, history.reader, history.now)) } }
            }
        }
        nav.beside aria-label=(style.say("other-months")) {
            @if let Some(month) = other(-1) { a href=(style.href(&path(month))) rel="prev" { (style.language.month_of_year(month)) } }
            a href=(style.href("/history")) { (style.say("all-of-the-history")) }
            @if let Some(month) = other(1) { a href=(style.href(&path(month))) rel="next" { (style.language.month_of_year(month)) } }
        }
    };
    Some(history.page(&title, &path(first), main))
}
