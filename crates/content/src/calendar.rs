//! Calendars (iCalendar, RFC 5545, with the properties of RFC 7986) of planned work.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// The longest line in octets, without its end (RFC 5545 section 3.1).
const LINE: usize = 75;

/// A time zone, for a calendar that has nothing else in it.
const UTC: [(&str, &str); 9] = [
    ("BEGIN", "VTIMEZONE"),
    ("TZID", "Etc/UTC"),
    ("BEGIN", "STANDARD"),
    ("DTSTART", "19700101T000000"),
    ("TZOFFSETFROM", "+0000"),
    ("TZOFFSETTO", "+0000"),
    ("TZNAME", "UTC"),
    ("END", "STANDARD"),
    ("END", "VTIMEZONE"),
];

/// A calendar to subscribe to, or a file with one event in it.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Its title.
    pub name: String,
    /// Its own address.
    pub url: String,
    /// How long programs should wait between two requests.
    pub refresh: SignedDuration,
    /// The events.
    pub events: Vec<CalendarEvent>,
}

/// An event in a calendar.
#[derive(Debug, Clone)]
pub struct CalendarEvent {
    /// Its permanent id.
    pub uid: String,
    /// How often it was moved or canceled; programs keep the highest number.
    pub sequence: usize,
    /// When it was first announced.
    pub created: Timestamp,
    /// When it last changed.
    pub modified: Timestamp,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it ends: the first moment after it.
    pub ends_at: Timestamp,
    /// It will not take place.
    pub canceled: bool,
    /// Its title.
    pub summary: String,
    /// Its description, as plain text.
    pub description: String,
    /// The page with the details.
    pub url: String,
}

impl Calendar {
    /// The calendar as a file: lines of at most 75 octets that end in CRLF.
    #[must_use]
    pub fn to_ics(&self) -> String {
        let mut file = CalendarFile::default();
        file.plain("BEGIN", "VCALENDAR");
        file.plain("VERSION", "2.0");
        file.plain("PRODID", "-//Candor//Status page//EN");
        file.plain("CALSCALE", "GREGORIAN");
        file.plain("METHOD", "PUBLISH");
        file.text("NAME", &self.name);
        // What was used before RFC 7986 had a name for it.
        file.text("X-WR-CALNAME", &self.name);
        file.plain("URL", &self.url);
        file.plain("SOURCE;VALUE=URI", &self.url);
        let refresh = format!("PT{}M", self.refresh.as_mins());
        file.plain("REFRESH-INTERVAL;VALUE=DURATION", &refresh);
        file.plain("X-PUBLISHED-TTL", &refresh);
        for event in &self.events {
            event.write(&mut file);
        }
        if self.events.is_empty() {
            // A calendar has at least one component (RFC 5545 section 3.4).
            for line in UTC {
                file.plain(line.0, line.1);
            }
        }
        file.plain("END", "VCALENDAR");
        file.out
    }
}

impl CalendarEvent {
    fn write(&self, file: &mut CalendarFile) {
        file.plain("BEGIN", "VEVENT");
        file.text("UID", &self.uid);
        // In a published calendar both say when the event was last revised (RFC 5545 section 3.8.7.2).
        file.plain("DTSTAMP", &utc(self.modified));
        file.plain("LAST-MODIFIED", &utc(self.modified));
        file.plain("CREATED", &utc(self.created));
        file.plain("SEQUENCE", &self.sequence.to_string());
        file.plain("DTSTART", &utc(self.starts_at));
        file.plain("DTEND", &utc(self.ends_at));
        file.plain("STATUS", if self.canceled { "CANCELLED" } else { "CONFIRMED" });
        // Nobody is busy because a service is being worked on.
        file.plain("TRANSP", "TRANSPARENT");
        file.text("SUMMARY", &self.summary);
        file.text("DESCRIPTION", &self.description);
        file.plain("URL", &self.url);
        file.plain("END", "VEVENT");
    }
}

#[derive(Default)]
struct CalendarFile {
    out: String,
}

impl CalendarFile {
    /// A property whose value is text, escaped as RFC 5545 section 3.3.11 demands.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                '\t' => escaped.push(c),
                _ if c.is_control() => {}
                _ => escaped.push(c),
            }
        }
        self.line(&format!("{name}:{escaped}"));
    }

    /// A property whose value has its own format. Control characters are dropped.
    fn plain(&mut self, name: &str, value: &str) {
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        self.line(&format!("{name}:{value}"));
    }

    /// Folds the line so that no character is cut in two.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LINE {
                self.out.push_str("\r\n ");
                length = 1;
            }
            self.out.push(c);
            length += c.len_utf8();
        }
        self.out.push_str("\r\n");
    }
}

/// `20261121T140500Z`
fn utc(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(summary: &str, description: &str) -> Calendar {
        let at = |raw: &str| raw.parse().unwrap();
        let url = "https://status.example.org/2026-11-20/7".to_owned();
        let event = CalendarEvent {
            uid: "maintenance-7@example.invalid".to_owned(),
            sequence: 1,
            created: at("2026-11-20T10:00:00Z"),
            modified: at("2026-11-21T10:00:00Z"),
            starts_at: at("2026-11-23T02:00:00Z"),
            ends_at: at("2026-11-23T02:30:00Z"),
            canceled: false,
            summary: summary.to_owned(),
            description: description.to_owned(),
            url: url.clone(),
        };
        let refresh = SignedDuration::from_mins(15);
        Calendar { name: "Acme, maintenance".to_owned(), url, refresh, events: vec![event] }
    }

    #[test]
    fn a_calendar_has_the_times_of_planned_maintenance() {
        insta::assert_snapshot!(
            calendar("Upgrade; phase 1, 2", "One\\two\nthree").to_ics().replace('\r', "")
        );
    }

    #[test]
    fn folded_lines_unfold_to_the_original_text() {
        let odd = "データベースの更新 🎟️ — ".repeat(20);
        let hostile = "a\r\nEND:VEVENT\u{0}\u{1b}\rBEGIN:VALARM";
        for text in [odd.as_str(), hostile, &"x".repeat(1000), ""] {
            let ics = calendar(text, text).to_ics();
            for line in ics.split_terminator("\r\n") {
                assert!(line.len() <= LINE, "{} octets: {line}", line.len());
                assert!(!line.contains(['\r', '\n']));
            }
            let unfolded = ics.replace("\r\n ", "");
            assert_eq!(unfolded.matches("\r\nEND:VEVENT").count(), 1);
            assert!(!unfolded.contains("\r\nBEGIN:VALARM"));
            if !text.contains('\n') {
                assert!(unfolded.contains(&format!("\r\nSUMMARY:{text}\r\n")));
            }
        }
    }
}
