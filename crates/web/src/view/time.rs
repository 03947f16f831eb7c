//! Times as persons read them: UTC, with the day when it isn't today. Never "5 minutes ago": a page may be kept.

use jiff::{Timestamp, Unit, Zoned, civil::Date, tz::TimeZone};
use maud::{Markup, html};

/// The day that a reader calls today; none on pages that are read for years.
#[derive(Debug, Clone, Copy)]
pub(super) struct Today(Option<Date>);

impl Today {
    pub(super) fn at(now: Timestamp) -> Self {
        Self(Some(utc(now).date()))
    }

    pub(super) fn unknown() -> Self {
        Self(None)
    }

    /// `14:05 UTC`, `Thu 19 Nov, 14:05 UTC` or `Thu 19 Nov 2026, 14:05 UTC`.
    pub(super) fn time(self, at: Timestamp) -> Markup {
        html! { time datetime=(machine(at)) { (self.day_before(at)) (utc(at).strftime("%H:%M UTC")) } }
    }

    /// `14:05`, or with the day when it isn't today.
    pub(super) fn bare(self, at: Timestamp) -> Markup {
        html! { time datetime=(machine(at)) { (self.day_before(at)) (utc(at).strftime("%H:%M")) } }
    }

    /// `Mon 23 Nov, 02:00 – 02:30 UTC`; both days if it ends on another one.
    pub(super) fn span(self, from: Timestamp, to: Timestamp) -> Markup {
        let same_day = utc(from).date() == utc(to).date();
        html! {
            time datetime=(machine(from)) { (self.day_before(from)) (utc(from).strftime("%H:%M")) }
            " – "
            time datetime=(machine(to)) {
                @if !same_day { (self.day_before(to)) }
                (utc(to).strftime("%H:%M UTC"))
            }
        }
    }

    fn day_before(self, at: Timestamp) -> String {
        let at = utc(at);
        match self.0 {
            Some(today) if today == at.date() => String::new(),
            Some(today) if today.year() == at.year() => at.strftime("%a %-d %b, ").to_string(),
            Some(_) | None => at.strftime("%a %-d %b %Y, ").to_string(),
        }
    }
}

fn utc(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::UTC)
}

/// RFC 3339, to the second.
fn machine(at: Timestamp) -> String {
    utc(at).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-11-21T14:05:00.000Z`, as programs made for Statuspage expect it.
pub(super) fn millis(at: Timestamp) -> String {
    let at = at.round(Unit::Millisecond).unwrap_or(at);
    utc(at).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
