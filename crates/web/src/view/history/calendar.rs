//! Months as small calendars. Color, icon and text say the same; only days with incidents are links.

use candor_core::{Day, Incident, Status};
use jiff::{ToSpan as _, civil::Date};
use maud::{Markup, html};

use super::{HistoryPage, month};
use crate::view::{icon::IconTone, words};

/// The months from `first` to `last`, each given by its first day; the latest first.
pub(super) fn months(chronicle: &HistoryPage<'_>, first: Date, last: Date) -> Markup {
    let days =
        chronicle.board.days(&chronicle.look.zone, first, last.last_of_month(), chronicle.now);
    let months: Vec<_> =
        days.chunk_by(|one, other| one.date.month() == other.date.month()).collect();
    html! {
        div.months {
            @for month in months.iter().rev() { (calendar(chronicle, month)) }
        }
        (legend(chronicle))
    }
}

/// One month, as a table of weeks that begin on Monday.
pub(super) fn calendar(chronicle: &HistoryPage<'_>, days: &[Day<'_>]) -> Markup {
    let look = chronicle.look;
    let Some(first) = days.first().map(|day| day.date) else { return html! {} };
    // Months before the first incident have no page.
    let has_page = first >= chronicle.first_day().first_of_month();
    let name = look.language.month_of_year(first);
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
                @if has_page { a href=(look.href(&month::path(first))) { (name) } } @else { (name) }
            }
            thead {
                tr { @for weekday in 1..=7 { th scope="col" { (look.language.weekday(weekday)) } } }
            }
            tbody {
                @for week in cells.chunks(7) {
                    tr {
                        @for cell in week {
                            @match cell { Some(day) => (one(chronicle, day)), None => td {} }
                        }
                    }
                }
            }
        }
    }
}

fn one(chronicle: &HistoryPage<'_>, day: &Day<'_>) -> Markup {
    let today = (day.date == chronicle.today).then_some("date");
    let tone = day.worst().map(tone);
    html! {
        @match tone {
            Some(tone) => td class=(tone.class()) aria-current=[today] {
                a href=(chronicle.look.href(&format!("/{}", day.date))) {
                    (day.date.day())
                    span.tip { (told(chronicle, day)) }
                }
            },
            None if day.date > chronicle.today => td.later { (day.date.day()) },
            None => td aria-current=[today] { (day.date.day()) },
        }
    }
}

/// The tone of a day. An ended incident keeps the color of its severity.
fn tone(worst: &Incident) -> IconTone {
    if worst.status == Status::Suspected {
        IconTone::Suspected
    } else {
        words::tone_of(worst.severity)
    }
}

/// What happened on a day, as a tooltip that also keyboards and screen readers reach.
fn told(chronicle: &HistoryPage<'_>, day: &Day<'_>) -> Markup {
    let look = chronicle.look;
    let Some(worst) = day.worst() else { return html! {} };
    let kind = words::kind(look.language, worst);
    let others = day.incidents.len() - 1;
    html! {
        strong { (look.language.day(day.date)) } " "
        (kind) ": " (look.title(worst).inline())
        @if others > 0 { " " (look.say_with("and-more", &[("count", others.into())])) }
    }
}

/// The meaning of the colors.
fn legend(chronicle: &HistoryPage<'_>) -> Markup {
    let look = chronicle.look;
    let meanings = [
        (IconTone::Outage, "outage"),
        (IconTone::Partial, "partial-outage"),
        (IconTone::Bug, "known-problem"),
        (IconTone::Maintenance, "maintenance"),
        (IconTone::Notice, "notice"),
    ];
    html! {
        ul.legend aria-label=(look.say("legend")) {
            @for (tone, id) in meanings { li { i class=(tone.class()) {} (look.say(id)) } }
        }
    }
}

/// The first days of the months from `first` to `last`.
pub(super) fn months_between(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.month()).take_while(move |month| *month <= last)
}
