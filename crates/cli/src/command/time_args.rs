//! Times as operators write and read them: in the page's time zone unless they name another one.
//!
//! The command line speaks English, with the words and dates of the English page ([`candor_content`]): it is a tool for
//! operators. Tables have times in the form that options take.

use candor_content::{language::Language, notification_text::ReaderPreferences};
use candor_core::{Board, Window};
use jiff::{
    Timestamp,
    civil::DateTime,
    fmt::temporal::{Pieces, PiecesOffset},
    tz::{AmbiguousOffset, TimeZone},
};

use crate::error::CliError;

/// English, and the page's time zone.
#[derive(Debug, Clone)]
pub(crate) struct PageTime(ReaderPreferences);

impl PageTime {
    /// The zone of the page; UTC if none is set.
    pub(crate) fn of(board: &Board) -> Self {
        let site = ReaderPreferences::of_site(&board.site);
        Self(ReaderPreferences { language: Language::ENGLISH, ..site })
    }

    /// Reads a date and time: with an offset (`2026-11-21T14:05Z`, `…+01:00`), with a zone
    /// (`2026-11-21T14:05[Europe/Berlin]`), or without either, in the page's zone.
    ///
    /// # Errors
    /// It isn't a time, or the clocks of that zone never show it, or show it twice: the sentence names both times that
    /// could be meant.
    pub(crate) fn read(&self, raw: &str) -> Result<Timestamp, CliError> {
        let unclear = || {
            CliError::wrong(format!(
                "{raw:?} is not a time, such as \"2026-11-21 14:05\" (in the page's time zone), 2026-11-21T14:05Z or \
                 2026-11-21T14:05[Europe/Berlin]"
            ))
        };
        let pieces = Pieces::parse(raw.trim()).map_err(|_form| unclear())?;
        let at = pieces.date().to_datetime(pieces.time().unwrap_or_default());
        let zone = pieces
            .to_time_zone()
            .map_err(|_unknown| CliError::wrong(format!("{raw:?} names no time zone")))?;
        let Some(offset) = pieces.to_numeric_offset() else {
            return local(raw, at, zone.as_ref().unwrap_or(&self.0.time_zone))
                .ok_or_else(unclear)?;
        };
        // No clock is a day off (RFC 3339 section 5.6).
        if offset.seconds().abs() >= 24 * 60 * 60 {
            return Err(unclear());
        }
        let instant = offset.to_timestamp(at).map_err(|_range| unclear())?;
        match zone {
            // `Z` says the instant, whatever the zone.
            Some(zone)
                if !matches!(pieces.offset(), Some(PiecesOffset::Zulu))
                    && zone.to_offset(instant) != offset =>
            {
                Err(CliError::wrong(format!(
                    "{raw:?} contradicts itself: the zone's offset is {} then",
                    zone.to_offset(instant)
                )))
            }
            Some(_) | None => Ok(instant),
        }
    }

    /// In which language and zone words and times are written.
    pub(crate) fn reader(&self) -> &ReaderPreferences {
        &self.0
    }

    /// For tables: `2026-11-21 14:05 CET`.
    pub(crate) fn short(&self, at: Timestamp) -> String {
        at.to_zoned_datetime(self.0.time_zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
    }

    /// For sentences: `Sat 21 Nov 2026, 14:05 CET`.
    pub(crate) fn words(&self, at: Timestamp) -> String {
        self.0.time_with_year(at)
    }

    /// A window: `Sat 21 Nov 2026, 14:05 – 15:05 CET`.
    pub(crate) fn window(&self, window: Window) -> String {
        self.0.window_with_year(window)
    }
}

/// The instant at which the clocks of `zone` show `at`; none if it is out of range.
fn local(raw: &str, at: DateTime, zone: &TimeZone) -> Option<Result<Timestamp, CliError>> {
    let name = zone.iana_name().unwrap_or("that zone");
    let (first, second, why) = match zone.to_ambiguous_timestamp(at).offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            return Some(Ok(offset.to_timestamp(at).ok()?));
        }
        AmbiguousOffset::Gap { before, after } => {
            (after, before, format!("doesn't exist in {name}, where clocks go forward then"))
        }
        AmbiguousOffset::Fold { before, after } => {
            (before, after, format!("is there twice in {name}, where clocks go back then"))
        }
    };
    let shown = |at: Timestamp| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z");
    let (first, second) = (first.to_timestamp(at).ok()?, second.to_timestamp(at).ok()?);
    Some(Err(CliError::wrong(format!(
        "{raw:?} {why}; write {} or {}",
        shown(first),
        shown(second)
    ))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(zone: &str) -> PageTime {
        PageTime(ReaderPreferences::of([], [zone]))
    }

    #[test]
    fn a_time_is_the_page_s_unless_it_names_an_offset_or_a_zone() {
        let berlin = clock("Europe/Berlin");
        for (raw, instant) in [
            ("2027-03-27 10:00", "2027-03-27T09:00:00Z"),
            ("2027-03-28T10:00", "2027-03-28T08:00:00Z"),
            ("2027-03-28T10:00:07", "2027-03-28T08:00:07Z"),
            ("2027-03-28T10:00Z", "2027-03-28T10:00:00Z"),
            ("2027-03-28T10:00-04:00", "2027-03-28T14:00:00Z"),
            ("2027-03-28T10:00[America/New_York]", "2027-03-28T14:00:00Z"),
            ("2027-03-28T10:00-04:00[America/New_York]", "2027-03-28T14:00:00Z"),
            ("2027-03-28T10:00Z[America/New_York]", "2027-03-28T10:00:00Z"),
        ] {
            assert_eq!(berlin.read(raw).unwrap().to_string(), instant, "{raw}");
        }
    }

    #[test]
    fn an_unreadable_or_ambiguous_time_is_refused_with_the_times_that_could_be_meant() {
        let berlin = clock("Europe/Berlin");
        for (raw, named) in [
            ("2027-03-28T02:30", ["2027-03-28T01:30:00+01:00", "2027-03-28T03:30:00+02:00"]),
            ("2027-10-31T02:30", ["2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00"]),
            (
                "2027-03-14T02:30[America/New_York]",
                ["2027-03-14T01:30:00-05:00", "2027-03-14T03:30:00-04:00"],
            ),
            ("2027-03-28T10:00ZZ", ["is not a time", "Europe/Berlin"]),
            ("2027-03-28T10:00[Atlantis/Center]", ["names no time zone", "Atlantis"]),
            ("2027-03-28T10:00+05:00[Europe/Berlin]", ["contradicts itself", "+02"]),
            ("2027-03-28T10:00+25:00", ["is not a time", "+25:00"]),
            ("2027-03-28T10:00-24:00", ["is not a time", "-24:00"]),
            ("tomorrow", ["is not a time", "tomorrow"]),
            ("10:00", ["is not a time", "10:00"]),
        ] {
            let said = berlin.read(raw).unwrap_err().to_string();
            assert!(named.iter().all(|part| said.contains(part)), "{raw}: {said}");
        }
        // Both of the named times can be written.
        assert!(berlin.read("2027-03-28T03:30:00+02:00").is_ok());
    }

    #[test]
    fn times_are_written_as_on_the_english_page_in_its_zone() {
        let berlin = clock("Europe/Berlin");
        let at = |raw| berlin.read(raw).unwrap();
        let window = |starts_at, ends_at| {
            berlin.window(Window { starts_at: at(starts_at), ends_at: at(ends_at) })
        };
        assert_eq!(berlin.short(at("2027-07-01 10:00")), "2027-07-01 10:00 CEST");
        assert_eq!(berlin.words(at("2027-07-01 10:00")), "Thu 1 Jul 2027, 10:00 CEST");
        assert_eq!(
            window("2027-07-01 10:00", "2027-07-01 11:30"),
            "Thu 1 Jul 2027, 10:00 – 11:30 CEST"
        );
        assert_eq!(
            window("2027-10-31 01:00", "2027-10-31 05:00"),
            "Sun 31 Oct 2027, 01:00 CEST – 05:00 CET"
        );
    }
}
