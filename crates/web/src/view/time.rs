//! Times for people: in the page's time zone, which is always named, and with the day unless it is today. Never "5
//! minutes ago", since a page may be cached; the script adds that, and the reader's own time zone.

use jiff::{Timestamp, Unit, ZonedDateTime, civil::Date, tz::TimeZone};
use maud::{Markup, html};

use super::PageStyle;

/// Which day the reader of a page calls today.
#[derive(Clone, Copy)]
pub(super) struct PageReader<'a> {
    pub(super) style: &'a PageStyle,
    /// Today; none on pages that are read for years.
    today: Option<Date>,
}

impl<'a> PageReader<'a> {
    /// Readers of the page on the day of `now`.
    pub(super) fn at(style: &'a PageStyle, now: Timestamp) -> Self {
        Self { style, today: Some(style.local(now).date()) }
    }

    /// Readers on any day.
    pub(super) fn on_any_day(style: &'a PageStyle) -> Self {
        Self { style, today: None }
    }

    /// `14:05 UTC`, `Thu 19 Nov, 14:05 UTC` or `Thu 19 Nov 2026, 14:05 UTC`.
    pub(super) fn time(self, at: Timestamp) -> Markup {
        let local = self.style.local(at);
        let text = self.with_day(&local, &self.style.language.clock_and_zone(&local));
        html! { time.zoned datetime=(machine(at)) { (text) } }
    }

    /// The same, for something that is still going on: the script adds how long ago it was.
    pub(super) fn time_ago(self, at: Timestamp) -> Markup {
        let local = self.style.local(at);
        let text = self.with_day(&local, &self.style.language.clock_and_zone(&local));
        html! { time.zoned.ago datetime=(machine(at)) { (text) } }
    }

    /// `Thu 19 Nov`, without a time; with the year unless it is the present one.
    pub(super) fn day(self, at: Timestamp) -> Markup {
        let (language, date) = (self.style.language, self.style.local(at).date());
        let is_this_year = self.today.is_some_and(|today| today.year() == date.year());
        let text = if is_this_year { language.day(date) } else { language.day_and_year(date) };
        html! { time datetime=(date) { (text) } }
    }

    /// `14:05`, with the day unless it is today.
    pub(super) fn bare(self, at: Timestamp) -> Markup {
        let local = self.style.local(at);
        let text = self.with_day(&local, &self.style.language.clock(&local));
        html! { time datetime=(machine(at)) { (text) } }
    }

    /// `Mon 23 Nov, 02:00 – 02:30 UTC`; with both days if they differ, and both offsets if clocks change in between.
    pub(super) fn span(self, from: Timestamp, to: Timestamp) -> Markup {
        let (begin, end) = (self.style.local(from), self.style.local(to));
        let same_clock = begin.offset() == end.offset();
        let end = if begin.date() == end.date() {
            html! { time.zoned datetime=(machine(to)) { (self.style.language.clock_and_zone(&end)) } }
        } else {
            self.time(to)
        };
        let begin = if same_clock { self.bare(from) } else { self.time(from) };
        let elements = [("from", begin), ("to", end)];
        html! { span.span { (self.style.say_markup("from-to", &[], &elements)) } }
    }

    fn with_day(self, local: &ZonedDateTime, time: &str) -> String {
        let (language, date) = (self.style.language, local.date());
        let day = match self.today {
            Some(today) if today == date => return time.to_owned(),
            Some(today) if today.year() == date.year() => language.day(date),
            Some(_) | None => language.day_and_year(date),
        };
        language.day_and_time(&day, time)
    }
}

impl PageStyle {
    /// The time in the page's time zone.
    pub(super) fn local(&self, at: Timestamp) -> ZonedDateTime {
        at.to_zoned_datetime(self.zone.clone())
    }
}

/// Whether both are shown as the same time.
pub(super) fn is_same_minute(one: Timestamp, other: Timestamp) -> bool {
    one.as_second().div_euclid(60) == other.as_second().div_euclid(60)
}

/// RFC 3339, to the second.
pub(super) fn machine(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-11-21T14:05:00.000Z`, as Statuspage writes it.
pub(super) fn millis(at: Timestamp) -> String {
    let at = at.round(Unit::Millisecond).unwrap_or(at);
    at.to_zoned_datetime(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
