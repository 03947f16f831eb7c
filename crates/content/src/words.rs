//! The words for how things stand, the same ones wherever they are said: on the page, in Slack.

use candor_core::{Incident, Severity, Status};
use jiff::Timestamp;

/// What an incident is called. What monitoring opened and nobody has confirmed is only a possible outage.
#[must_use]
pub fn title(incident: &Incident) -> &str {
    match (incident.status, incident.title.as_str()) {
        (Status::Suspected | Status::Dismissed, "Outage") => "Possible outage",
        (_, title) => title,
    }
}

/// What it is and how it stands.
#[must_use]
pub fn standing(incident: &Incident) -> &'static str {
    match (incident.status, incident.severity) {
        (Status::Planned, _) => "Planned maintenance",
        (Status::Suspected, _) => "Suspected, not confirmed",
        (Status::Dismissed, _) => "False alarm",
        (Status::Confirmed, Severity::Outage) => "Outage, confirmed",
        (Status::Confirmed, Severity::Partial) => "Partial outage, confirmed",
        (Status::Confirmed, Severity::Bug) => "Known problem, confirmed",
        (Status::Confirmed, Severity::Maintenance) => "Maintenance under way",
        (Status::Confirmed | Status::Watching, Severity::Notice) => "Notice",
        (Status::Watching, Severity::Maintenance) => "Maintenance done, being watched",
        (Status::Watching, _) => "Fix in place, being watched",
        (Status::Resolved, _) if incident.cancelled => "Maintenance called off",
        (Status::Resolved, Severity::Maintenance) => "Maintenance finished",
        (Status::Resolved, Severity::Notice) => "Notice, no longer current",
        (Status::Resolved, Severity::Outage) => "Outage, resolved",
        (Status::Resolved, Severity::Partial) => "Partial outage, resolved",
        (Status::Resolved, Severity::Bug) => "Known problem, resolved",
    }
}

/// `1 h 12 min`: how long something took, in its two largest units.
#[must_use]
pub fn lasted(from: Timestamp, to: Timestamp) -> String {
    let minutes = to.as_second().saturating_sub(from.as_second()) / 60;
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours, rest) {
        (0, 0, ..=0) => "less than a minute".to_owned(),
        (0, 0, rest) => format!("{rest} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, rest) => format!("{hours} h {rest} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// `1,219`
#[must_use]
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
