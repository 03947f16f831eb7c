//! The words for how things stand. What monitoring suspects and what a person confirmed never sound alike.

use candor_core::{Because, Entry, EntryKind, Headline, Incident, Severity, Status};

pub(super) use candor_integrations::words::{lasted, number, standing, title};

use super::icon::Tone;

/// What the page says first.
pub(super) struct Verdict {
    pub(super) tone: Tone,
    /// For the title of the window.
    pub(super) short: &'static str,
    /// The one honest sentence.
    pub(super) sentence: String,
    /// What kind of knowledge it is.
    pub(super) knowledge: &'static str,
}

/// The words of the headline. `work` says that it is about planned work.
pub(super) fn verdict(headline: Headline, name: &str, work: bool) -> Verdict {
    let (tone, short, sentence, knowledge) = match headline {
        Headline::Outage => (
            Tone::Outage,
            "Outage",
            format!("{name} is down"),
            "A person has confirmed an outage. We are working on it.",
        ),
        Headline::Partial => (
            Tone::Partial,
            "Partial outage",
            format!("Part of {name} is not working"),
            "A person has confirmed a partial outage. We are working on it.",
        ),
        Headline::Suspected => (
            Tone::Suspected,
            "Possible problem",
            format!("{name} might be having issues"),
            "Monitoring reports a problem. A person is checking.",
        ),
        Headline::Watching if work => (
            Tone::Watching,
            "Maintenance is being watched",
            format!("The maintenance of {name} is done"),
            "We are watching whether everything works as it should.",
        ),
        Headline::Watching => (
            Tone::Watching,
            "A fix is in place",
            format!("{name} is recovering"),
            "A fix is in place. We are watching whether it holds.",
        ),
        Headline::Bug => (
            Tone::Bug,
            "Known problem",
            format!("{name} has a known problem"),
            "A person has confirmed it. Everything else should work.",
        ),
        Headline::Maintenance => (
            Tone::Maintenance,
            "Maintenance",
            format!("{name} is under maintenance"),
            "This is planned work. Something may be unavailable for a while.",
        ),
        Headline::Notice => (
            Tone::Notice,
            "Notice",
            format!("{name} is working, with something to know"),
            "Nothing is known to be broken.",
        ),
        Headline::AllGood => (
            Tone::Good,
            "All good",
            format!("{name} is working normally"),
            "Neither monitoring nor any of us knows of a problem.",
        ),
    };
    Verdict { tone, short, sentence, knowledge }
}

/// The colour and sign of an incident.
pub(super) fn tone(incident: &Incident) -> Tone {
    match incident.status {
        Status::Suspected => Tone::Suspected,
        Status::Watching => Tone::Watching,
        Status::Resolved | Status::Dismissed => Tone::Over,
        Status::Planned => Tone::Maintenance,
        Status::Confirmed => tone_of(incident.severity),
    }
}

fn tone_of(severity: Severity) -> Tone {
    match severity {
        Severity::Outage => Tone::Outage,
        Severity::Partial => Tone::Partial,
        Severity::Bug => Tone::Bug,
        Severity::Maintenance => Tone::Maintenance,
        Severity::Notice => Tone::Notice,
    }
}

/// An entry's tone, if it changed the status, its first word, and what it says when nobody wrote anything.
pub(super) fn entry(
    incident: &Incident,
    entry: &Entry,
) -> (Option<Tone>, &'static str, &'static str) {
    let work = incident.window.is_some();
    match entry.kind {
        EntryKind::Came(Status::Planned) => {
            (Some(Tone::Maintenance), "Planned", "This work was announced.")
        }
        EntryKind::Came(Status::Suspected) => {
            (Some(Tone::Suspected), "Suspected", "Monitoring reported a problem.")
        }
        EntryKind::Came(Status::Confirmed) if work => {
            (Some(Tone::Maintenance), "Begun", "The work has begun.")
        }
        EntryKind::Came(Status::Confirmed) if incident.severity == Severity::Notice => {
            (Some(Tone::Notice), "Announced", "There is something to know.")
        }
        EntryKind::Came(Status::Confirmed) => {
            (Some(tone_of(incident.severity)), "Confirmed", "A person has confirmed it.")
        }
        EntryKind::Came(Status::Watching) => {
            (Some(Tone::Watching), "Watching", "A fix is in place and is being watched.")
        }
        EntryKind::Came(Status::Resolved) if work => {
            (Some(Tone::Good), "Finished", "The work is done.")
        }
        EntryKind::Came(Status::Resolved) => (Some(Tone::Good), "Resolved", "It is over."),
        EntryKind::Came(Status::Dismissed) | EntryKind::Dismissed(Because::FalseAlarm) => {
            (Some(Tone::Good), "False alarm", "A person looked and found that nothing was wrong.")
        }
        EntryKind::Dismissed(Because::AllAlertsCleared) => (
            Some(Tone::Good),
            "False alarm",
            "Monitoring took every alert back before anybody had confirmed a problem.",
        ),
        EntryKind::Reopened => (Some(tone_of(incident.severity)), "Reopened", "It was not over."),
        EntryKind::Rescheduled => (None, "Moved", "This work was moved to another time."),
        EntryKind::Cancelled => (Some(Tone::Over), "Called off", "This work will not take place."),
        EntryKind::Update => (None, "Update", "Something was written here."),
    }
}

/// `1 alert`, `3 alerts`.
pub(super) fn alerts(count: usize) -> String {
    if count == 1 { "1 alert".to_owned() } else { format!("{count} alerts") }
}
