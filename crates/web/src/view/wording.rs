//! The wording of headlines and statuses. Suspected and confirmed incidents never sound alike.

pub(super) use candor_content::words::status_at as status_text;
use candor_content::{
    language::Language,
    words::{self, HeadlineText},
};
use candor_core::{
    Board, DismissReason, EntryKind, Headline, Incident, Severity, Status, TimelineEntry,
};

use super::{PageStyle, icon::IconTone};

/// The texts of a headline.
pub(super) struct HeadlineWords {
    pub(super) tone: IconTone,
    /// For the window's title.
    pub(super) short: String,
    /// The headline itself.
    pub(super) sentence: String,
    /// How we know: who says so.
    pub(super) knowledge: String,
}

/// The headline of `board`; `decisive` is the incident that it is about.
pub(super) fn headline_text_of(
    style: &PageStyle,
    board: &Board,
    decisive: Option<&Incident>,
) -> HeadlineWords {
    let mut headline_text = headline_text(style.language, decisive, &style.name);
    // Alerts of a dismissed or resolved incident may go on firing; then monitoring does know of something. A board of
    // the past doesn't know which alerts fired.
    if decisive.is_none() && (board.is_alert_firing() || style.as_of.is_some()) {
        headline_text.knowledge = style.say("headline-good-despite-alerts-knowledge");
    }
    headline_text
}

/// The headline about `name` for `decisive`; all good if there is none.
pub(super) fn headline_text(
    language: Language,
    decisive: Option<&Incident>,
    name: &str,
) -> HeadlineWords {
    let tone = match decisive.map_or(Headline::AllGood, Headline::of_incident) {
        Headline::Outage => IconTone::Outage,
        Headline::Partial => IconTone::Partial,
        Headline::Suspected => IconTone::Suspected,
        Headline::Watching => IconTone::Watching,
        Headline::Bug => IconTone::Bug,
        Headline::Maintenance if decisive.is_some_and(|one| one.status == Status::Watching) => {
            IconTone::Watching
        }
        Headline::Maintenance => IconTone::Maintenance,
        Headline::Notice => IconTone::Notice,
        Headline::AllGood => IconTone::Good,
    };
    let HeadlineText { short, sentence, knowledge } = words::headline(language, decisive, name);
    HeadlineWords { tone, short, sentence, knowledge }
}

/// The kind of an incident.
pub(super) fn kind(language: Language, incident: &Incident) -> String {
    if incident.status == Status::Suspected {
        language.say("possible-problem")
    } else if incident.is_maintenance() {
        language.say("maintenance")
    } else {
        words::severity(language, incident.severity)
    }
}

/// The tone of an incident.
pub(super) fn tone(incident: &Incident) -> IconTone {
    match incident.status {
        Status::Suspected => IconTone::Suspected,
        Status::Watching if incident.severity != Severity::Notice => IconTone::Watching,
        Status::Resolved | Status::Dismissed => IconTone::Over,
        Status::Planned => IconTone::Maintenance,
        Status::Confirmed | Status::Watching => tone_of(incident.severity),
    }
}

/// The tone of a severity.
pub(super) fn tone_of(severity: Severity) -> IconTone {
    match severity {
        Severity::Outage => IconTone::Outage,
        Severity::Partial => IconTone::Partial,
        Severity::Bug => IconTone::Bug,
        Severity::Maintenance => IconTone::Maintenance,
        Severity::Notice => IconTone::Notice,
    }
}

/// An entry's tone (if it changed the status), its label, and its text when nobody wrote one.
pub(super) fn entry(
    language: Language,
    incident: &Incident,
    entry: &TimelineEntry,
) -> (Option<IconTone>, String, String) {
    let work = incident.is_maintenance();
    let (tone, word, usual) = match entry.kind {
        EntryKind::StatusChanged(Status::Planned) => {
            (Some(IconTone::Maintenance), "entry-planned", "entry-planned-default")
        }
        EntryKind::StatusChanged(Status::Suspected) => {
            (Some(IconTone::Suspected), "entry-suspected", "entry-suspected-default")
        }
        EntryKind::StatusChanged(Status::Confirmed) if work => {
            (Some(IconTone::Maintenance), "entry-started", "entry-started-default")
        }
        EntryKind::StatusChanged(Status::Confirmed) if incident.severity == Severity::Notice => {
            (Some(IconTone::Notice), "entry-announced", "entry-announced-default")
        }
        EntryKind::StatusChanged(Status::Confirmed) => {
            (Some(tone_of(incident.severity)), "entry-confirmed", "entry-confirmed-default")
        }
        EntryKind::StatusChanged(Status::Watching) if work => {
            (Some(IconTone::Watching), "entry-watching", "headline-watching-maintenance-knowledge")
        }
        // A notice has nothing to fix.
        EntryKind::StatusChanged(Status::Watching) if incident.severity == Severity::Notice => {
            (Some(IconTone::Notice), "entry-update", "entry-update-default")
        }
        EntryKind::StatusChanged(Status::Watching) => {
            (Some(IconTone::Watching), "entry-watching", "entry-watching-default")
        }
        EntryKind::StatusChanged(Status::Resolved) if work => {
            (Some(IconTone::Good), "entry-finished", "entry-finished-default")
        }
        EntryKind::StatusChanged(Status::Resolved) => {
            (Some(IconTone::Good), "resolved", "entry-resolved-default")
        }
        EntryKind::StatusChanged(Status::Dismissed)
        | EntryKind::Dismissed(DismissReason::FalseAlarm) => {
            (Some(IconTone::Good), "false-alarm", "entry-false-alarm-default")
        }
        EntryKind::Dismissed(DismissReason::AllAlertsCleared) => {
            (Some(IconTone::Good), "false-alarm", "entry-alerts-cleared-default")
        }
        EntryKind::Reopened => {
            (Some(tone_of(incident.severity)), "entry-reopened", "entry-reopened-default")
        }
        EntryKind::Rescheduled => (None, "entry-moved", "entry-moved-default"),
        EntryKind::Canceled => (Some(IconTone::Over), "entry-canceled", "entry-canceled-default"),
        EntryKind::Update => (None, "entry-update", "entry-update-default"),
    };
    (tone, language.say(word), language.say(usual))
}
