//! Months as small calendars. Color, icon and text say the same; only days with incidents are links.

use candor_core::{Day, Incident, Status};
use jiff::{ToSpan as _, civil::Date};
use maud::{Markup, html};

use super::{HistoryPage, month};
use crate::view::{icon::IconTone, wording};

/// The months from `first` to `last`, each given by its first day; the latest first.
pub(super) fn months(history: &HistoryPage<'_>, first: Date, last: Date) -> Markup {
    let days = history.board.days(&history.style.zone, first, last.last_of_month(), history.now);
    let months: Vec<_> =
        days.chunk_by(|one, other| one.date.month() == other.date.month()).collect();
    html! {
        div.months {
            @for month in months.iter().rev() { (calendar(history, month)) }
        }
        (legend(history))
    }
}

/// One month, as a table of weeks that begin on Monday.
pub(super) fn calendar(history: &HistoryPage<'_>, days: &[Day<'_>]) -> Markup {
    let style = history.style;
    let Some(first) = days.first().map(|day| day.date) else { return html! {} };
    // Months before the first incident have no page.
    let has_page = first >= history.first_day().first_of_month();
    let name = style.language.month_of_year(first);
    let first = first.first_of_month();
    let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or_default();
    let dates = first.series(1.day()).take_while(|date| *date <= first.last_of_month());
    // A day that the time zone skipped leaves its cell empty.
    let known = dates.map(|date| days.iter().find(|day| day.date == date));
    let after = (7 - (before + usize::try_from(first.days_in_month()).unwrap_or_default()) % 7) % 7;
    let cells: Vec<Option<&Day<'_>>> = std::iter::repeat_n(None, before)
        .chain(known)
        .chain(std::iter::repeat_n(None, after))
        .collect();
    html! {
        table.calendar {
            caption {
                @if has_page { a href=(style.href(&month::path(first))) { (name) } } @else { (name) }
            }
            thead {
                tr { @for weekday in 1..=7 { th scope="col" { (style.language.weekday(weekday)) } } }
            }
            tbody {
                @for week in cells.chunks(7) {
                    tr {
                        @for cell in week {
                            @match cell { Some(day) => (one(history, day)), None => td {} }
                        }
                    }
                }
            }
        }
    }
}

fn one(history: &HistoryPage<'_>, day: &Day<'_>) -> Markup {
    let today = (day.date == history.today).then_some("date");
    let tone = day.worst().map(tone);
    html! {
        @match tone {
            Some(tone) => td class=(tone.class()) aria-current=[today] {
                a href=(history.style.href(&format!("/{}", day.date))) {
                    (day.date.day())
                    span.tip { (tooltip(history, day)) }
                }
            },
            None if day.date > history.today => td.later { (day.date.day()) },
            None => td aria-current=[today] { (day.date.day()) },
        }
    }
}

/// The tone of a day. An ended incident keeps the color of its severity.
fn tone(worst: &Incident) -> IconTone {
    if worst.status == Status::Suspected {
        IconTone::Suspected
    } else {
        wording::tone_of(worst.severity)
    }
}

/// What happened on a day, as a tooltip that also keyboards and screen readers reach.
fn tooltip(history: &HistoryPage<'_>, day: &Day<'_>) -> Markup {
    let style = history.style;
    let Some(worst) = day.worst() else { return html! {} };
    let kind = wording::kind(style.language, worst);
    let others = day.incidents.len() - 1;
    html! {
        strong { (style.language.day(day.date)) } " "
        (kind) ": " (style.title(worst).inline())
        @if others > 0 { " " (style.say_with("and-more", &[("count", others.into())])) }
    }
}

/// The meaning of the colors.
fn legend(history: &HistoryPage<'_>) -> Markup {
    let style = history.style;
    let meanings = [
        (IconTone::Outage, "outage"),
        (IconTone::Partial, "partial-outage"),
        (IconTone::Bug, "known-problem"),
        (IconTone::Maintenance, "maintenance"),
        (IconTone::Notice, "notice"),
    ];
    html! {
        ul.legend aria-label=(style.say("legend")) {
            @for (tone, id) in meanings { li { i class=(tone.class()) {} (style.say(id)) } }
        }
    }
}

/// The first days of the months from `first` to `last`.
pub(super) fn months_between(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.month()).take_while(move |month| *month <= last)
}
