//! Dates, times and durations as people read them, in the reader's language and the page's time zone.

use jiff::{Timestamp, ZonedDateTime, civil::Date};

use super::Language;

impl Language {
    /// `14:05`
    #[must_use]
    pub fn clock(self, at: &ZonedDateTime) -> String {
        at.strftime("%H:%M").to_string()
    }

    /// `14:05 UTC`, `14:05 CET`
    #[must_use]
    pub fn clock_and_zone(self, at: &ZonedDateTime) -> String {
        let (time, zone) = (self.clock(at), zone(at));
        self.say_with("time-and-zone", &[("time", (&time).into()), ("zone", (&zone).into())])
    }

    /// `Thu 19 Nov`
    #[must_use]
    pub fn day(self, date: Date) -> String {
        self.dated("day", date, &self.short(date))
    }

    /// `Thu 19 Nov 2026`
    #[must_use]
    pub fn day_and_year(self, date: Date) -> String {
        self.dated("day-and-year", date, &self.short(date))
    }

    /// `Thursday, 19 November 2026`
    #[must_use]
    pub fn day_in_full(self, date: Date) -> String {
        let weekday = date.weekday().to_monday_one_offset();
        let month = date.month();
        let names = [
            self.say(&format!("weekday-long-{weekday}")),
            self.say(&format!("month-long-{month}")),
        ];
        self.dated("day-in-full", date, &names)
    }

    /// `November 2026`
    #[must_use]
    pub fn month_of_year(self, date: Date) -> String {
        let month = self.say(&format!("month-alone-{}", date.month()));
        let year = date.year().to_string();
        self.say_with("month-of-year", &[("month", (&month).into()), ("year", (&year).into())])
    }

    /// `Mon`, for 1 (Monday) to 7.
    #[must_use]
    pub fn weekday(self, monday_one: i8) -> String {
        self.say(&format!("weekday-{monday_one}"))
    }

    /// `Thu 19 Nov, 14:05`: a day and a time, each as another function here says it.
    #[must_use]
    pub fn day_and_time(self, day: &str, time: &str) -> String {
        self.say_with("day-and-time", &[("day", day.into()), ("time", time.into())])
    }

    /// `02:00 – 02:30 UTC`
    #[must_use]
    pub fn from_to(self, from: &str, to: &str) -> String {
        self.say_with("from-to", &[("from", from.into()), ("to", to.into())])
    }

    /// `1 h 12 min`: how long something took, in its two largest units.
    #[must_use]
    pub fn lasted(self, from: Timestamp, to: Timestamp) -> String {
        let minutes = to.as_second().saturating_sub(from.as_second()) / 60;
        let part = |value: i64| usize::try_from(value).unwrap_or_default().into();
        let [days, hours, minutes] =
            [("days", minutes / 1440), ("hours", minutes / 60 % 24), ("minutes", minutes % 60)];
        let with = |(name, value): (&'static str, i64)| (name, part(value));
        match (days.1, hours.1, minutes.1) {
            (0, 0, ..=0) => self.say("lasted-moment"),
            (0, 0, _) => self.say_with("lasted-minutes", &[with(minutes)]),
            (0, _, 0) => self.say_with("lasted-hours", &[with(hours)]),
            (0, _, _) => self.say_with("lasted-hours-minutes", &[with(hours), with(minutes)]),
            (_, 0, _) => self.say_with("lasted-days", &[with(days)]),
            (_, _, _) => self.say_with("lasted-days-hours", &[with(days), with(hours)]),
        }
    }

    /// The short names of the day of the week and of the month.
    fn short(self, date: Date) -> [String; 2] {
        [
            self.weekday(date.weekday().to_monday_one_offset()),
            self.say(&format!("month-{}", date.month())),
        ]
    }

    fn dated(self, id: &str, date: Date, [weekday, month]: &[String; 2]) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.say_with(
            id,
            &[
                ("weekday", weekday.into()),
                ("month", month.into()),
                ("day", (&day).into()),
                ("year", (&year).into()),
            ],
        )
    }
}

/// `UTC`, `CET`; `UTC+5:30` where the zone has no letters of its own.
fn zone(at: &ZonedDateTime) -> String {
    let abbreviation = at.strftime("%Z").to_string();
    if abbreviation.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return abbreviation;
    }
    let offset = at.strftime("%:z").to_string();
    format!("UTC{}", offset.replacen("+0", "+", 1).replacen("-0", "-", 1).trim_end_matches(":00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zoned(raw: &str) -> ZonedDateTime {
        raw.parse().unwrap()
    }

    #[test]
    fn times_name_their_zone_also_where_it_has_no_letters() {
        let english = Language::ENGLISH;
        for (raw, said) in [
            ("2026-11-21T14:05:00Z[UTC]", "14:05 UTC"),
            ("2026-11-21T14:05:00+01:00[Europe/Berlin]", "14:05 CET"),
            ("2026-07-21T14:05:00+02:00[Europe/Berlin]", "14:05 CEST"),
            ("2026-11-21T14:05:00-03:00[America/Sao_Paulo]", "14:05 UTC-3"),
            ("2026-11-21T14:05:00+05:45[Asia/Kathmandu]", "14:05 UTC+5:45"),
        ] {
            assert_eq!(english.clock_and_zone(&zoned(raw)), said);
        }
    }

    #[test]
    fn days_and_durations_are_written_in_the_language() {
        let english = Language::ENGLISH;
        let date = zoned("2026-11-19T14:05:00Z[UTC]").date();
        assert_eq!(english.day(date), "Thu 19 Nov");
        assert_eq!(english.day_and_year(date), "Thu 19 Nov 2026");
        assert_eq!(english.day_in_full(date), "Thursday, 19 November 2026");
        assert_eq!(english.month_of_year(date), "November 2026");
        let from: Timestamp = "2026-11-19T14:05:00Z".parse().unwrap();
        for (minutes, said) in [
            (0, "less than a minute"),
            (9, "9 min"),
            (60, "1 h"),
            (72, "1 h 12 min"),
            (1440, "1 d"),
            (1505, "1 d 1 h"),
        ] {
            let to = from + jiff::SignedDuration::from_mins(minutes);
            assert_eq!(english.lasted(from, to), said);
        }
    }
}
