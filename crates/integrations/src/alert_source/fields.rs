//! The fields of a call, read leniently: numbers as strings and strings as numbers, names in any spelling, times in any
//! form, and what a template left unfilled as absent.

use std::{cell::OnceCell, collections::HashMap};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde_json::value::RawValue;

use super::UnreadableAlert;

/// The fields of a JSON object, each as it was written; of a name that occurs twice, the last. Values are built when
/// they are asked for, so that the depth and size of others cost nothing.
pub struct Fields<'a> {
    fields: HashMap<String, &'a RawValue>,
    /// The same by their plain names; of several that are alike, any one.
    alike: OnceCell<HashMap<String, &'a RawValue>>,
}

impl<'a> Fields<'a> {
    /// Reads a document.
    ///
    /// # Errors
    /// It isn't a JSON object.
    pub(super) fn of(text: &'a str) -> Result<Self, UnreadableAlert> {
        let whole: &RawValue =
            serde_json::from_str(text).map_err(|_wrong| UnreadableAlert::NotJson)?;
        Self::of_value(whole).ok_or(UnreadableAlert::NotAnObject)
    }

    fn of_value(value: &'a RawValue) -> Option<Self> {
        let fields = serde_json::from_str(value.get()).ok()?;
        Some(Self { fields, alike: OnceCell::new() })
    }

    /// The value at a path such as `alert.alertId`. A name that isn't there as it is written is looked for without regard
    /// to case, hyphens and underscores, because customers write such names by hand.
    fn value(&self, path: &str) -> Option<&'a RawValue> {
        // Names may have dots themselves.
        let inside = |(dot, _): (usize, &str)| {
            let object = self.named(path.get(..dot)?)?;
            Self::of_value(object)?.value(path.get(dot + 1..)?)
        };
        self.named(path).or_else(|| path.match_indices('.').find_map(inside))
    }

    fn named(&self, name: &str) -> Option<&'a RawValue> {
        let plain = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
        let alike = || {
            let all = || self.fields.iter().map(|(name, value)| (plain(name), *value)).collect();
            self.alike.get_or_init(all).get(&plain(name))
        };
        self.fields.get(name).or_else(alike).copied()
    }

    /// Whether there is anything at this path, be it `null`.
    pub(super) fn has(&self, path: &str) -> bool {
        self.value(path).is_some()
    }

    /// A string, or a number or boolean as it was written. None for anything else, for blank text, and for a placeholder
    /// that the sender's template didn't fill.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        let raw = self.value(path)?.get();
        let text = match raw.as_bytes().first()? {
            b'"' => serde_json::from_str(raw).ok()?,
            b'{' | b'[' | b'n' => return None,
            _ => raw.to_owned(),
        };
        (!text.trim().is_empty() && !is_placeholder(text.trim())).then_some(text)
    }

    /// The first of these paths that has a text.
    pub(super) fn first(&self, paths: &[&str]) -> Option<String> {
        paths.iter().find_map(|path| self.text(path))
    }

    /// The first of these paths that has a time.
    pub(super) fn time(&self, paths: &[&str]) -> Option<Timestamp> {
        paths.iter().find_map(|path| time(&self.text(path)?))
    }

    /// The object at this path.
    pub(super) fn object(&self, path: &str) -> Option<Self> {
        Self::of_value(self.value(path)?)
    }

    /// The objects in the list at this path; whatever else is in it is left out.
    pub(super) fn list(&self, path: &str) -> Vec<Self> {
        let list: Option<Vec<&RawValue>> =
            self.value(path).and_then(|value| serde_json::from_str(value.get()).ok());
        list.unwrap_or_default().into_iter().filter_map(Self::of_value).collect()
    }

    /// All texts, in the order of their names.
    pub(super) fn texts(&self) -> Vec<(String, String)> {
        let mut texts: Vec<_> =
            self.fields.keys().filter_map(|name| Some((name.clone(), self.text(name)?))).collect();
        texts.sort_unstable();
        texts
    }
}

/// Whether this is the name of a value instead of the value: `*alertDetails*`, `$ALERT_ID`, `{{x}}`, `{EVENT.ID}`, `|URL|`,
/// or the word `null`.
fn is_placeholder(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_. ".contains(c))
    };
    let between = |open: &str, close: &str| {
        text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).is_some_and(is_name)
    };
    let is_variable =
        |name: &str| is_name(name) && name.starts_with(|c: char| c.is_ascii_uppercase());
    between("*", "*")
        || between("{{", "}}")
        || between("{", "}")
        || between("|", "|")
        || between("${", "}")
        || text.strip_prefix('$').is_some_and(is_variable)
        || text == "null"
}

/// A time in any form that alert sources were seen to use: a number of unknown unit since 1970, RFC 3339, ISO 8601 with a
/// short offset or none (which is read as UTC), with a space for the T, or as Go prints it. None unless it is in this
/// century: a firing alert ends in the year 1.
pub(super) fn time(raw: &str) -> Option<Timestamp> {
    let raw = raw.trim();
    let time = number(raw).or_else(|| raw.parse().ok()).or_else(|| spelled(raw))?;
    let century = Timestamp::constant(946_684_800, 0)..Timestamp::constant(4_102_444_800, 0);
    century.contains(&time).then_some(time)
}

/// Seconds, milliseconds, microseconds or nanoseconds, told apart by magnitude: each range begins in 1973. A fraction of
/// a second is left out.
fn number(raw: &str) -> Option<Timestamp> {
    const MILLISECONDS: i64 = 100_000_000_000;
    const MICROSECONDS: i64 = MILLISECONDS * 1_000;
    const NANOSECONDS: i64 = MICROSECONDS * 1_000;
    let whole = match raw.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|b| b.is_ascii_digit()) => whole,
        Some(_) => return None,
        None => raw,
    };
    match whole.parse().ok()? {
        number @ NANOSECONDS.. => Timestamp::from_nanosecond(i128::from(number)),
        number @ MICROSECONDS..NANOSECONDS => Timestamp::from_microsecond(number),
        number @ MILLISECONDS..MICROSECONDS => Timestamp::from_millisecond(number),
        number => Timestamp::from_second(number),
    }
    .ok()
}

/// `2026-05-27 15:36:00.1 +0000 UTC m=+8.5`, `2026-05-27T15:36:00`: date, time and, if there is one, the offset.
fn spelled(raw: &str) -> Option<Timestamp> {
    let mut words = raw.split_whitespace();
    let first = words.next()?;
    let (date_time, offset) = if first.contains('T') {
        (first.to_owned(), words.next())
    } else {
        (format!("{first}T{}", words.next()?), words.next())
    };
    match offset.filter(|offset| offset.starts_with(['+', '-'])) {
        Some(offset) => format!("{date_time}{offset}").parse().ok(),
        None => {
            let local: DateTime = date_time.parse().ok()?;
            TimeZone::UTC.to_timestamp(local).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form_that_was_seen() {
        for (raw, expected) in [
            ("1457939434", "2016-03-14T07:10:34Z"),
            ("1534790689166", "2018-08-20T18:44:49.166Z"),
            ("1502709956288000110", "2017-08-14T11:25:56.28800011Z"),
            ("1499368214.25", "2017-07-06T19:10:14Z"),
            ("2026-11-28T04:03:36.07304Z", "2026-11-28T04:03:36.07304Z"),
            ("2018-11-04T22:43:58.283995108+01:00", "2018-11-04T21:43:58.283995108Z"),
            ("2019-02-15T23:53:45.093+0000", "2019-02-15T23:53:45.093Z"),
            ("2018-08-20T11:44:49-0700", "2018-08-20T18:44:49Z"),
            ("2016-03-14T07:10:34", "2016-03-14T07:10:34Z"),
            ("2023-02-06 18:07:43.733", "2023-02-06T18:07:43.733Z"),
            ("2026-05-27 15:36:00.112 +0000 UTC m=+8560.28", "2026-05-27T15:36:00.112Z"),
        ] {
            assert_eq!(time(raw), Some(expected.parse().unwrap()), "{raw}");
        }
        for nothing in
            ["", "soon", "0001-01-01T00:00:00Z", "0001-01-01 00:00:00 +0000 UTC", "12", "1.2.3"]
        {
            assert_eq!(time(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn an_unfilled_placeholder_is_no_value() {
        for placeholder in [
            "*alertDuration*",
            "$ALERT_ID",
            "{{name}}",
            "{{ name }}",
            "{EVENT.ID}",
            "|URL|",
            "null",
        ] {
            assert!(is_placeholder(placeholder), "{placeholder}");
        }
        for value in
            ["down", "*", "**", "$5 too much", "{\"a\": 1}", "a*b*", "$", "|", "*not filled: a-b*"]
        {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn names_are_found_in_any_spelling() {
        let fields =
            Fields::of(r#"{"monitor_id": 7, "Status": "Down", "a": {"b-c": "d"}}"#).unwrap();
        assert_eq!(fields.text("monitorID").as_deref(), Some("7"));
        assert_eq!(fields.text("status").as_deref(), Some("Down"));
        assert_eq!(fields.text("a.bC").as_deref(), Some("d"));
        assert_eq!(fields.text("a"), None);
    }
}
