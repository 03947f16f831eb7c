//! Statistics that readers can check against the list: how many incidents, and how long they took. No uptime
//! percentage.

use candor_core::{DurationStats, HistoryStats};
use jiff::{SignedDuration, Timestamp, civil::Date};
use maud::{Markup, html};

use super::{HistoryPage, calendar, month};
use crate::view::{PageStyle, front};

/// The statistics as sentences.
pub(super) fn line(style: &PageStyle, figures: &HistoryStats) -> Markup {
    let count = |id: &str, count: usize| html! { (style.say_with(id, &[("count", count.into())])) };
    let mut facts = vec![count("count-incidents", figures.incidents)];
    if figures.maintenances > 0 {
        facts.push(count("count-maintenances", figures.maintenances));
    }
    if figures.false_alarms > 0 {
        facts.push(count("count-false-alarms", figures.false_alarms));
    }
    let spread = |id: &str, spread: Option<DurationStats>| {
        spread.map(|spread| {
            let (median, longest) =
                (duration_text(style, spread.median), duration_text(style, spread.longest));
            let values = [("median", (&median).into()), ("longest", (&longest).into())];
            html! { p { (style.say_with(id, &values)) } }
        })
    };
    html! {
        div.figures {
            p { (front::dotted(&facts)) }
            @for sentence in [
                spread("took-until-confirmed", figures.until_confirmed),
                spread("took-until-resolved", figures.until_resolved),
            ].into_iter().flatten() { (sentence) }
        }
    }
}

/// The statistics as a table with a row per month.
pub(super) fn table(history: &HistoryPage<'_>, first: Date, last: Date) -> Markup {
    let style = history.style;
    let cell = |spread: Option<DurationStats>| {
        spread.map_or_else(|| "–".to_owned(), |spread| duration_text(style, spread.median))
    };
    html! {
        div.wide tabindex="0" role="region" aria-labelledby="figures" {
            table.figures {
                caption #figures { (style.say("figures-by-month")) }
                thead {
                    tr {
                        th scope="col" { (style.say("month")) }
                        th scope="col" { (style.say("incidents")) }
                        th scope="col" { (style.say("false-alarms")) }
                        th scope="col" { (style.say("until-confirmed")) }
                        th scope="col" { (style.say("until-resolved")) }
                    }
                }
                tbody {
                    @for begin in calendar::months_between(first, last) {
                        @let figures = HistoryStats::of(history.began_within(begin, begin.last_of_month()));
                        tr {
                            th scope="row" { a href=(style.href(&month::path(begin))) { (style.language.month_of_year(begin)) } }
                            td { (figures.incidents) }
                            td { (figures.false_alarms) }
                            td { (cell(figures.until_confirmed)) }
                            td { (cell(figures.until_resolved)) }
                        }
                    }
                }
            }
        }
    }
}

fn duration_text(style: &PageStyle, duration: SignedDuration) -> String {
    let from = Timestamp::UNIX_EPOCH;
    style.language.lasted(from, from.saturating_add(duration).unwrap_or(from))
}
