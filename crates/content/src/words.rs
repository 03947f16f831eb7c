//! What an incident is called and how it stands, in the reader's language: the same words on pages, in mails, in Slack.
//!
//! What monitoring suspects and what a person confirmed never sound alike.

use candor_core::{Headline, Incident, Severity, Status, Title};

use crate::language::Language;

/// What an incident is called, and in which language if that isn't the page's own ([`Language::of_title`]). What
/// monitoring opened and no person has confirmed is only a possible outage.
#[must_use]
pub fn title(language: Language, incident: &Incident) -> (String, Option<Language>) {
    let unconfirmed = matches!(incident.status, Status::Suspected | Status::Dismissed);
    if unconfirmed && incident.title == Title::for_suspicion() {
        return (language.say("possible-outage"), None);
    }
    let (title, language) = language.of_title(&incident.title);
    (title.to_owned(), language)
}

/// What an incident is and how it stands: `Partial outage, confirmed`.
#[must_use]
pub fn standing(language: Language, incident: &Incident) -> String {
    language.say(match (incident.status, incident.severity) {
        (Status::Planned, _) => "standing-planned",
        (Status::Suspected, _) => "standing-suspected",
        (Status::Dismissed, _) => "false-alarm",
        (Status::Confirmed, Severity::Outage) => "standing-outage",
        (Status::Confirmed, Severity::Partial) => "standing-partial",
        (Status::Confirmed, Severity::Bug) => "standing-bug",
        (Status::Confirmed, Severity::Maintenance) => "standing-maintenance",
        (Status::Confirmed | Status::Watching, Severity::Notice) => "notice",
        (Status::Watching, Severity::Maintenance) => "standing-maintenance-watched",
        (Status::Watching, _) => "standing-watching",
        (Status::Resolved, _) if incident.canceled => "standing-called-off",
        (Status::Resolved, Severity::Maintenance) => "standing-maintenance-finished",
        (Status::Resolved, Severity::Notice) => "standing-notice-over",
        (Status::Resolved, Severity::Outage) => "standing-outage-over",
        (Status::Resolved, Severity::Partial) => "standing-partial-over",
        (Status::Resolved, Severity::Bug) => "standing-bug-over",
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
pub struct Verdict {
    /// In a few words, for the title of a window.
    pub short: String,
    /// The one honest sentence.
    pub sentence: String,
    /// What kind of knowledge it is.
    pub knowledge: String,
}

/// The headline about the service `name` that `decisive` calls for; that all is good, if there is none.
#[must_use]
pub fn verdict(language: Language, decisive: Option<&Incident>, name: &str) -> Verdict {
    let headline = decisive.map_or(Headline::AllGood, Headline::of_incident);
    let is_watched = decisive.is_some_and(|incident| incident.status == Status::Watching);
    let [short, sentence, knowledge] = match headline {
        Headline::Outage => ["outage", "verdict-outage", "verdict-outage-knowledge"],
        Headline::Partial => ["partial-outage", "verdict-partial", "verdict-partial-knowledge"],
        Headline::Suspected => {
            ["possible-problem", "verdict-suspected", "verdict-suspected-knowledge"]
        }
        Headline::Watching => {
            ["verdict-watching-short", "verdict-watching", "verdict-watching-knowledge"]
        }
        Headline::Bug => ["known-problem", "verdict-bug", "verdict-bug-knowledge"],
        Headline::Maintenance if is_watched => [
            "verdict-watching-work-short",
            "verdict-watching-work",
            "verdict-watching-work-knowledge",
        ],
        Headline::Maintenance => {
            ["maintenance", "verdict-maintenance", "verdict-maintenance-knowledge"]
        }
        Headline::Notice => ["notice", "verdict-notice", "verdict-notice-knowledge"],
        Headline::AllGood => ["all-good", "verdict-good", "verdict-good-knowledge"],
    };
    Verdict {
        short: language.say(short),
        sentence: language.say_with(sentence, &[("name", name.into())]),
        knowledge: language.say(knowledge),
    }
}
