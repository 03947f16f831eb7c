//! Events as operators read them: what happened in a few words, and the text that was written.

use candor_content::{language::Language, words};
use candor_core::{DismissReason, Event, Link, Notified, Severity, Status, Text};
use candor_store::StoredEvent;

use super::time_args::PageTime;

/// An event in words.
pub(super) struct Sentence {
    /// What happened, on one line.
    pub(super) what: String,
    /// The text that a person wrote, unchanged.
    pub(super) text: Option<String>,
}

impl Sentence {
    /// As `candor log tail` prints it: on one line.
    pub(super) fn line(&self) -> String {
        match &self.text {
            Some(text) => {
                let words: Vec<_> = text.split_whitespace().collect();
                format!("{}: {}", self.what, words.join(" "))
            }
            None => self.what.clone(),
        }
    }

    /// A stored event in words. One that was redacted, or that a newer version wrote, says only that.
    pub(super) fn of_stored(event: &StoredEvent, clock: &PageTime) -> Self {
        let what = match &event.payload {
            None => format!("{} (redacted)", event.type_name),
            Some(payload) => match Event::read(&event.type_name, event.schema_version, payload) {
                Ok(event) => return Self::of(&event, clock),
                Err(_unreadable) => format!("{} (written by a newer version)", event.type_name),
            },
        };
        Self { what, text: None }
    }

    /// An event in words.
    pub(super) fn of(event: &Event, clock: &PageTime) -> Self {
        let notified = event.notified().and_then(Notified::reason);
        let notified = if notified.is_some() { " (notifies subscribers)" } else { "" };
        let what = format!("{}{notified}", what(event, clock));
        Self { what, text: written(event).map(|text| text.as_str().to_owned()) }
    }
}

fn severity(severity: Severity) -> String {
    words::severity(Language::ENGLISH, severity)
}

fn status(status: Status) -> String {
    words::status_alone(Language::ENGLISH, status)
}

/// What happened.
fn what(event: &Event, clock: &PageTime) -> String {
    match event {
        Event::AlertRaised(e) => format!("alert: {}", e.message),
        Event::AlertUpdated(e) => format!("alert, {}: {}", e.action, e.message),
        Event::AlertCleared(e) => format!("alert cleared: {}", e.message),
        Event::HumanConfirmed(e) => {
            let severity = e.severity.map(|one| format!(" as “{}”", severity(one)));
            let severity = severity.unwrap_or_default();
            let title = e.title.as_ref().map(|title| format!(", titled {:?}", title.as_str()));
            format!("confirmed{severity}{}", title.unwrap_or_default())
        }
        Event::ConfirmationProposed(_) => {
            "proposed to confirm it; a second person has to confirm it, too".to_owned()
        }
        Event::Dismissed(e) => match e.because {
            DismissReason::FalseAlarm => "dismissed as a false alarm".to_owned(),
            DismissReason::AllAlertsCleared => {
                "dismissed automatically because all alerts cleared".to_owned()
            }
        },
        Event::IncidentDeclared(e) => {
            let silent = if e.silent { ", silently" } else { "" };
            let (severity, status) = (severity(e.severity), status(e.status));
            format!("declared as “{severity}”, “{status}”{silent}: {}", e.title)
        }
        Event::UpdatePosted(e) => match e.status {
            Some(new) => format!("update, now “{}”", status(new)),
            None => "update".to_owned(),
        },
        Event::UpdateCorrected(e) => format!("corrected entry {}", e.update),
        Event::UpdateRetracted(e) => format!("retracted entry {}", e.update),
        Event::SeveritySet(e) => format!("severity is now “{}”", severity(e.severity)),
        Event::TitleSet(e) => format!("title is now {}", e.title),
        Event::SummarySet(e) => match e.summary {
            Some(_) => "summary".to_owned(),
            None => "summary removed".to_owned(),
        },
        Event::TimesAmended(e) => {
            let began = e.started_at.map(|at| format!(", began {}", clock.short(at)));
            let ended = e.ended_at.map(|at| format!(", ended {}", clock.short(at)));
            format!("times amended{}{}", began.unwrap_or_default(), ended.unwrap_or_default())
        }
        Event::Silenced(e) if e.silent => "silenced; subscribers are no longer notified".to_owned(),
        Event::Silenced(_) => "no longer silent".to_owned(),
        Event::MaintenancePlanned(e) => {
            format!("planned for {}: {}", clock.window(e.window), e.title)
        }
        Event::MaintenanceRescheduled(e) => format!("moved to {}", clock.window(e.window)),
        Event::MaintenanceStarted(_) => "started".to_owned(),
        Event::MaintenanceEnded(_) => "ended".to_owned(),
        Event::MaintenanceCanceled(_) => "canceled".to_owned(),
        Event::Resolved(e) => format!("resolved, ended {}", clock.short(e.ended_at)),
        Event::Reopened(_) => "reopened".to_owned(),
        Event::PostmortemPublished(_) => "post-mortem".to_owned(),
        Event::SiteConfigured(e) => {
            let links = e.links.as_ref().map(|links| {
                let labels = links.iter().map(|Link { label, .. }| label.to_string());
                labels.collect::<Vec<_>>().join(", ")
            });
            let set = [
                ("name", e.name.as_ref().map(ToString::to_string)),
                ("time zone", e.time_zone.clone()),
                ("languages", e.languages.as_ref().map(|tags| tags.join(", "))),
                ("accent", e.accent.clone()),
                ("logo", e.logo.as_ref().map(|_picture| "set".to_owned())),
                ("contact", e.contact.clone()),
                ("links", links),
            ];
            let set: Vec<_> = set
                .into_iter()
                .filter_map(|(what, value)| Some(format!("{what} {}", value?)))
                .collect();
            format!("site: {}", set.join("; "))
        }
        Event::PayloadRedacted(e) => format!("redacted event {}: {}", e.seq, e.why),
    }
}

/// The text that a person wrote.
fn written(event: &Event) -> Option<&Text> {
    match event {
        Event::HumanConfirmed(e) => e.text.as_ref(),
        Event::ConfirmationProposed(e) => e.text.as_ref(),
        Event::Dismissed(e) => e.text.as_ref(),
        Event::IncidentDeclared(e) => e.text.as_ref(),
        Event::UpdatePosted(e) => Some(&e.text),
        Event::UpdateCorrected(e) => Some(&e.text),
        Event::SummarySet(e) => e.summary.as_ref(),
        Event::MaintenancePlanned(e) => e.text.as_ref(),
        Event::MaintenanceRescheduled(e) => e.text.as_ref(),
        Event::MaintenanceStarted(e) => e.text.as_ref(),
        Event::MaintenanceEnded(e) => e.text.as_ref(),
        Event::MaintenanceCanceled(e) => e.text.as_ref(),
        Event::Resolved(e) => e.text.as_ref(),
        Event::Reopened(e) => Some(&e.why),
        Event::PostmortemPublished(e) => Some(&e.text),
        Event::AlertRaised(_)
        | Event::AlertUpdated(_)
        | Event::AlertCleared(_)
        | Event::UpdateRetracted(_)
        | Event::SeveritySet(_)
        | Event::TitleSet(_)
        | Event::TimesAmended(_)
        | Event::Silenced(_)
        | Event::SiteConfigured(_)
        | Event::PayloadRedacted(_) => None,
    }
}
