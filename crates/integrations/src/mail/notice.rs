//! The mail about an incident.

use candor_core::{Notice, Reason, Severity, Status, Window};
use jiff::{Timestamp, tz::TimeZone};

use super::{
    Envelope, Mail, Recipient,
    compose::{Parts, compose},
    template::{Content, Tone},
};

/// The mail that tells `to` of `notice`.
///
/// All mails about one incident are one thread: they refer to the same root and have the same subject. The status is
/// not in the subject, since Gmail begins a new thread with every new subject; it is the first line of the mail,
/// which inboxes show beside the subject.
#[must_use]
pub fn notice(notice: &Notice, to: &Recipient, envelope: &Envelope<'_>) -> Mail {
    let subject = format!("{}: {}", envelope.site_name, notice.title);
    let (tone, verdict, sentence) = words(notice);
    let unsubscribe_url = envelope.links.unsubscribe_url(to.subscriber);
    let content = Content {
        tone,
        verdict,
        sentence: sentence.to_owned(),
        title: Some(notice.title.as_str()),
        facts: facts(notice),
        written: notice.text.as_ref().map(candor_core::Text::as_str),
        action: ("See the details", envelope.links.incident_url(&notice.path)),
        site: (envelope.site_name, envelope.links.site()),
        why: format!("This address is subscribed to updates from {}.", envelope.site_name),
        unsubscribe_url: Some(unsubscribe_url.clone()),
    };
    let parts = Parts {
        text: content.to_text(),
        html: content.to_html(&subject),
        subject,
        thread: Some(format!("incident {}", notice.incident)),
        unsubscribe_url: Some(unsubscribe_url),
    };
    compose(parts, to, envelope)
}

/// The verdict, and what kind of knowledge it is.
fn words(notice: &Notice) -> (Tone, &'static str, &'static str) {
    match notice.reason {
        Reason::Confirmed => match notice.severity {
            Severity::Outage => (
                Tone::Outage,
                "Outage confirmed",
                "A person has confirmed an outage. We are working on it.",
            ),
            Severity::Partial => (
                Tone::Partial,
                "Partial outage confirmed",
                "A person has confirmed that a part is down. We are working on it.",
            ),
            Severity::Bug => (
                Tone::Partial,
                "Fault confirmed",
                "A person has confirmed a small fault. We are working on it.",
            ),
            Severity::Notice => (
                Tone::Neutral,
                "Something to know",
                "This is for your information; nothing is broken by it.",
            ),
            Severity::Maintenance => (Tone::Maintenance, "Maintenance", "Work is going on."),
        },
        Reason::Watching => (
            Tone::Watching,
            "A fix is in place",
            "It should work again. We are watching whether it lasts.",
        ),
        Reason::Resolved => (Tone::Good, "Resolved", "It is over."),
        Reason::MaintenancePlanned => {
            (Tone::Maintenance, "Maintenance planned", "Here is when, and what to expect.")
        }
        Reason::MaintenanceStarted => {
            (Tone::Maintenance, "Maintenance has begun", "The planned work is going on.")
        }
        Reason::MaintenanceEnded => {
            (Tone::Good, "Maintenance is done", "The planned work is over.")
        }
        Reason::MaintenanceRescheduled => {
            (Tone::Maintenance, "Maintenance moved", "The planned work has a new time.")
        }
        Reason::MaintenanceCancelled => {
            (Tone::Neutral, "Maintenance cancelled", "The planned work will not take place.")
        }
        Reason::AskedByOperator => asked(notice),
    }
}

/// News without a new status: the verdict says how it stands.
fn asked(notice: &Notice) -> (Tone, &'static str, &'static str) {
    match (notice.status, notice.severity) {
        (Status::Watching, _) => {
            (Tone::Watching, "News while we watch the fix", "The fix is in place; here is more.")
        }
        (Status::Resolved | Status::Dismissed, _) => {
            (Tone::Good, "A later note", "It is over; here is more about it.")
        }
        (Status::Planned, _) | (_, Severity::Maintenance) => {
            (Tone::Maintenance, "News about the maintenance", "Here is what is new.")
        }
        (_, Severity::Outage) => {
            (Tone::Outage, "News about the outage", "We are still working on it.")
        }
        (_, Severity::Partial) => {
            (Tone::Partial, "News about the partial outage", "We are still working on it.")
        }
        (_, Severity::Bug) => {
            (Tone::Partial, "News about the fault", "We are still working on it.")
        }
        (_, Severity::Notice) => (Tone::Neutral, "News", "Here is what is new."),
    }
}

fn facts(notice: &Notice) -> Vec<(&'static str, String)> {
    let over = matches!(notice.reason, Reason::Resolved | Reason::MaintenanceEnded);
    match (notice.window, notice.ended_at) {
        (Some(window), _) if !over => vec![("Planned for", span(window))],
        (_, Some(ended_at)) => vec![
            ("From", time(notice.started_at)),
            ("Until", format!("{} ({})", time(ended_at), lasted(notice.started_at, ended_at))),
        ],
        _ => vec![("Since", time(notice.started_at))],
    }
}

/// `21 Nov 2026, 14:05 UTC`
fn time(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%-d %b %Y, %H:%M UTC").to_string()
}

fn span(window: Window) -> String {
    let (from, until) =
        (window.starts_at.to_zoned(TimeZone::UTC), window.ends_at.to_zoned(TimeZone::UTC));
    if from.date() == until.date() {
        format!("{} to {}", from.strftime("%-d %b %Y, %H:%M"), until.strftime("%H:%M UTC"))
    } else {
        format!("{} to {}", time(window.starts_at), time(window.ends_at))
    }
}

/// `1 h 12 min`; never less than a minute.
fn lasted(from: Timestamp, until: Timestamp) -> String {
    let minutes = (until.as_second().saturating_sub(from.as_second()) / 60).max(1);
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (1, 0, _) => "1 day".to_owned(),
        (days, 0, _) => format!("{days} days"),
        (1, hours, _) => format!("1 day {hours} h"),
        (days, hours, _) => format!("{days} days {hours} h"),
    }
}
