//! The two weeks before today, one line per day; consecutive quiet days share a line.

use std::cmp::Reverse;

use candor_core::{Board, Day, Incident, Status};
use jiff::{Timestamp, ToSpan as _};
use maud::{Markup, html};

use crate::view::{incident, time::PageReader};

/// How many days are shown.
const DAYS: i8 = 14;
/// How many incidents of one day are named: the worst ones.
const MAX_NAMED: usize = 5;

/// The days before that of `now`, the latest first, without the incidents `mentioned` further up on the page.
pub(super) fn section(
    board: &Board,
    mentioned: &[&Incident],
    now: Timestamp,
    reader: PageReader<'_>,
) -> Markup {
    let style = reader.style;
    let yesterday = style.local(now).date().saturating_sub(1.day());
    let first = yesterday.saturating_sub((DAYS - 1).days());
    let days = board.days(&style.zone, first, yesterday, now);
    let runs: Vec<_> =
        days.chunk_by(|one, other| one.is_quiet() && other.is_quiet()).rev().collect();
    html! {
        section aria-labelledby="before" {
            h2 #before { (style.say("last-14-days")) }
            ul.days { @for run in runs { (line(run, mentioned, reader, now)) } }
            p.more { a href=(style.href("/history")) { (style.say("all-of-the-history")) } }
        }
    }
}

fn line(
    run: &[Day<'_>],
    mentioned: &[&Incident],
    reader: PageReader<'_>,
    now: Timestamp,
) -> Markup {
    let style = reader.style;
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return html! {} };
    // Keeps a date on one line.
    let named = |day: &Day<'_>| style.language.day(day.date).replace(' ', "\u{a0}");
    let day = named(last);
    let days =
        if first.date == last.date { day } else { style.language.from_to(&named(first), &day) };
    let is_new =
        |one: &&&Incident| mentioned.iter().all(|mentioned| mentioned.number != one.number);
    let here: Vec<_> = last.incidents.iter().chain(&last.false_alarms).filter(is_new).collect();
    let mut named: Vec<_> = here.iter().enumerate().collect();
    named.sort_by_key(|(_, one)| (one.status == Status::Dismissed, Reverse(one.severity)));
    named.truncate(MAX_NAMED);
    named.sort_unstable_by_key(|(index, _)| *index);
    html! {
        li {
            @if last.is_quiet() {
                span.day { (days) }
                span.quiet { (style.say("nothing-to-report")) }
            } @else {
                a.day href=(style.href(&format!("/{}", last.date))) { (days) }
                @if here.is_empty() {
                    span.quiet { (style.say("nothing-else")) }
                } @else {
                    ul.recent {
                        @for (_, one) in named { (incident::line(one, reader, now)) }
                        @if here.len() > MAX_NAMED {
                            li.quiet { (style.say_with("and-more", &[("count", (here.len() - MAX_NAMED).into())])) }
                        }
                    }
                }
            }
        }
    }
}
