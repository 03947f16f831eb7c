//! Title, severity and status of an incident, and the headline, in the reader's language: the same words on pages, in
//! mails, in Slack and, in English, on the command line.
//!
//! What monitoring suspects and what a person confirmed never sound alike.

use candor_core::{Headline, Incident, Severity, Status, Title};
use jiff::Timestamp;

use crate::language::Language;

/// An incident's title, and its language if that isn't the page's own ([`Language::of_title`]). What monitoring opened
/// and no person has confirmed is only a possible outage.
#[must_use]
pub fn title(language: Language, incident: &Incident) -> (String, Option<Language>) {
    let unconfirmed = matches!(incident.status, Status::Suspected | Status::Dismissed);
    if unconfirmed && incident.title == Title::for_suspicion() {
        return (language.say("possible-outage"), None);
    }
    let (title, language) = language.of_title(&incident.title);
    (title.to_owned(), language)
}

/// Severity and status of an incident at `now`: that planned work was missed shows only with time.
#[must_use]
pub fn status_at(language: Language, incident: &Incident, now: Timestamp) -> String {
    if incident.is_missed(now) { language.say("status-missed") } else { status(language, incident) }
}

/// A status by itself: `Monitoring`.
#[must_use]
pub fn status_alone(language: Language, status: Status) -> String {
    language.say(match status {
        Status::Planned => "entry-planned",
        Status::Suspected => "entry-suspected",
        Status::Confirmed => "entry-confirmed",
        Status::Watching => "entry-watching",
        Status::Resolved => "resolved",
        Status::Dismissed => "false-alarm",
    })
}

/// Severity and status of an incident: `Partial outage, confirmed`.
#[must_use]
pub fn status(language: Language, incident: &Incident) -> String {
    language.say(match (incident.status, incident.severity) {
        (Status::Planned, _) => "status-planned",
        (Status::Suspected, _) => "status-suspected",
        (Status::Dismissed, _) => "false-alarm",
        (Status::Confirmed, Severity::Outage) => "status-outage",
        (Status::Confirmed, Severity::Partial) => "status-partial",
        (Status::Confirmed, Severity::Bug) => "status-bug",
        (Status::Confirmed, Severity::Maintenance) => "status-maintenance",
        (Status::Confirmed | Status::Watching, Severity::Notice) => "notice",
        (Status::Watching, Severity::Maintenance) => "status-maintenance-watching",
        (Status::Watching, _) => "status-watching",
        (Status::Resolved, _) if incident.canceled => "status-canceled",
        (Status::Resolved, Severity::Maintenance) => "status-maintenance-finished",
        (Status::Resolved, Severity::Notice) => "status-notice-ended",
        (Status::Resolved, Severity::Outage) => "status-outage-resolved",
        (Status::Resolved, Severity::Partial) => "status-partial-resolved",
        (Status::Resolved, Severity::Bug) => "status-bug-resolved",
    })
}

/// A severity: `Partial outage`.
#[must_use]
pub fn severity(language: Language, severity: Severity) -> String {
    language.say(match severity {
        Severity::Outage => "outage",
        Severity::Partial => "partial-outage",
        Severity::Bug => "known-problem",
        Severity::Maintenance => "maintenance",
        Severity::Notice => "notice",
    })
}

/// The headline in words.
#[derive(Debug, Clone)]
pub struct HeadlineText {
    /// In a few words, for the title of a window.
    pub short: String,
    /// The headline itself.
    pub sentence: String,
    /// How we know, and what is being done.
    pub knowledge: String,
}

/// The headline about the service `name` that the incident `decisive` calls for; all good without one.
#[must_use]
pub fn headline(language: Language, decisive: Option<&Incident>, name: &str) -> HeadlineText {
    let headline = decisive.map_or(Headline::AllGood, Headline::of_incident);
    let is_watched = decisive.is_some_and(|incident| incident.status == Status::Watching);
    let [short, sentence, knowledge] = match headline {
        Headline::Outage => ["outage", "headline-outage", "headline-outage-knowledge"],
        Headline::Partial => ["partial-outage", "headline-partial", "headline-partial-knowledge"],
        Headline::Suspected => {
            ["possible-problem", "headline-suspected", "headline-suspected-knowledge"]
        }
        Headline::Watching => {
            ["headline-watching-short", "headline-watching", "headline-watching-knowledge"]
        }
        Headline::Bug => ["known-problem", "headline-bug", "headline-bug-knowledge"],
        Headline::Maintenance if is_watched => [
            "headline-watching-maintenance-short",
            "headline-watching-maintenance",
            "headline-watching-maintenance-knowledge",
        ],
        Headline::Maintenance => {
            ["maintenance", "headline-maintenance", "headline-maintenance-knowledge"]
        }
        Headline::Notice => ["notice", "headline-notice", "headline-notice-knowledge"],
        Headline::AllGood => ["all-good", "headline-good", "headline-good-knowledge"],
    };
    HeadlineText {
        short: language.say(short),
        sentence: language.say_with(sentence, &[("name", name.into())]),
        knowledge: language.say(knowledge),
    }
}
