//! The history: the last twelve months as small calendars and as a list; years, months and days.

mod calendar;
pub(crate) mod day;
mod figures;
pub(crate) mod month;

use candor_core::{Board, HistoryStats, Incident};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use maud::{Markup, html};

use super::{
    PageFreshness, PageStyle, RenderContext, front, incident,
    layout::{self, NavigationEntry, PageContent},
    time::PageReader,
};

/// How many incidents the overview lists one by one.
const MAX_LISTED: usize = 50;

/// What all pages of the history need.
pub(super) struct HistoryPage<'a> {
    style: &'a PageStyle,
    board: &'a Board,
    freshness: PageFreshness,
    now: Timestamp,
    /// Today in the page's time zone.
    today: Date,
    reader: PageReader<'a>,
}

impl<'a> HistoryPage<'a> {
    pub(super) fn new(
        style: &'a PageStyle,
        board: &'a Board,
        freshness: PageFreshness,
        now: Timestamp,
    ) -> Self {
        let today = style.local(now).date();
        Self { style, board, freshness, now, today, reader: PageReader::on_any_day(style) }
    }

    /// The first day that has a page.
    fn first_day(&self) -> Date {
        self.board.first_day(&self.style.zone).map_or(self.today, |first| first.min(self.today))
    }

    fn began_within(&self, first: Date, last: Date) -> Vec<&'a Incident> {
        self.board.began_within(&self.style.zone, first, last, self.now)
    }

    fn page(&self, title: &str, path: &str, main: Markup) -> String {
        layout::page(PageContent {
            style: self.style,
            title,
            description: &self.style.say_with(
                "history-described",
                &[("title", title.into()), ("name", (&self.style.name).into())],
            ),
            path: Some(path),
            is_kept: true,
            here: NavigationEntry::History,
            main: html! { (front::stale_note(self.freshness, self.reader)) (main) },
        })
    }
}

/// The page at `/history`.
pub(crate) fn page(
    style: &PageStyle,
    board: &Board,
    freshness: PageFreshness,
    now: Timestamp,
) -> String {
    let history = HistoryPage::new(style, board, freshness, now);
    let this_month = history.today.first_of_month();
    let first_month = this_month.saturating_sub(11.months());
    let began = history.began_within(first_month, history.today);
    let title = style.say("history");
    let main = html! {
        h1 { (title) }
        section aria-labelledby="months" {
            h2 #months { (style.say("last-12-months")) }
            (figures::line(style, &HistoryStats::of(began.iter().copied())))
            (calendar::months(&history, first_month, this_month))
        }
        section aria-labelledby="list" {
            h2 #list { (style.say("as-a-list")) }
            (by_month(&history, &began, MAX_LISTED))
        }
        (years(&history, None))
    };
    history.page(&title, "/history", main)
}

/// The page of the year in the path, if that year has one.
pub(crate) fn year_at(at: &RenderContext<'_>) -> Option<String> {
    let first = date(&format!("{}-01-01", at.path.get("year")?))?;
    year(at.style, at.board, at.freshness, at.now, first.year())
}

/// Parses a day as addresses write it: `2026-11-21`, and no other spelling.
fn date(raw: &str) -> Option<Date> {
    raw.parse().ok().filter(|date: &Date| date.to_string() == raw)
}

/// The page at `/history/2025`, if that year has one.
pub(crate) fn year(
    style: &PageStyle,
    board: &Board,
    freshness: PageFreshness,
    now: Timestamp,
    year: i16,
) -> Option<String> {
    let history = HistoryPage::new(style, board, freshness, now);
    if !(history.first_day().year()..=history.today.year()).contains(&year) {
        return None;
    }
    let first = Date::new(year, 1, 1).ok()?;
    let began = history.began_within(first, first.last_of_year());
    let name = year.to_string();
    let title = style.say_with("history-of", &[("period", (&name).into())]);
    // Nothing is known about months before the first incident, not even that nothing happened.
    let first_month = first.max(history.first_day().first_of_month());
    let last_month = first.last_of_year().min(history.today).first_of_month();
    let main = html! {
        h1 { (title) }
        section aria-labelledby="months" {
            h2 #months { (style.say("month-by-month")) }
            (figures::line(style, &HistoryStats::of(began.iter().copied())))
            (figures::table(&history, first_month, last_month))
            (calendar::months(&history, first_month, last_month))
        }
        (years(&history, Some(year)))
        p.back { a href=(style.href("/history")) { (style.say("all-of-the-history")) } }
    };
    Some(history.page(&title, &format!("/history/{year}"), main))
}

/// Incidents listed below the names of their months, the latest first; at most `limit`.
fn by_month(history: &HistoryPage<'_>, began: &[&Incident], limit: usize) -> Markup {
    let style = history.style;
    let month_of = |incident: &Incident| style.local(incident.started_at).date().first_of_month();
    let shown = began.get(..limit).unwrap_or(began);
    html! {
        @if began.is_empty() { p.quiet { (style.say("nothing-to-report")) } }
        @for month in shown.chunk_by(|one, other| month_of(one) == month_of(other)) {
            @if let Some(first) = month.first().map(|first| month_of(first)) {
                h3.month { a href=(style.href(&month::path(first))) { (style.language.month_of_year(first)) } }
                ul.recent { @for one in month { (incident::line(one, history.reader, history.now)) } }
            }
        }
        @if began.len() > limit {
            p.more { (style.say_with("older-by-month", &[("count", (began.len() - limit).into())])) }
        }
    }
}

/// Links to all years of the history.
fn years(history: &HistoryPage<'_>, present: Option<i16>) -> Markup {
    let style = history.style;
    html! {
        nav.years aria-labelledby="years" {
            h2 #years { (style.say("by-year")) }
            ul {
                @for year in (history.first_day().year()..=history.today.year()).rev() {
                    li {
                        a href=(style.href(&format!("/history/{year}"))) aria-current=[(present == Some(year)).then_some("page")] {
                            (year)
                        }
                    }
                }
            }
        }
    }
}
