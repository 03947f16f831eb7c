//! What the public may know of the board, as plain data: the source of `/api/v1/board.json`.
//!
//! It depends on the board alone, not on the time, so the same log always gives the same bytes. Alert messages,
//! operators and dismissed incidents' texts are not in it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::{Board, Headline, Incident, Severity, Status, TimelineEntry, Window, latest};

/// How many ended incidents the public board lists.
pub const RECENT: usize = 50;

/// The page as data.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are the words of the design")]
pub struct PublicBoard<'a> {
    /// The last event that changed anything here.
    pub seq: u64,
    pub updated_at: Option<Timestamp>,
    pub headline: Headline,
    /// Suspected, confirmed and watched incidents: those that the headline is about first.
    pub current: Vec<PublicIncident<'a>>,
    /// Planned maintenances, the next one first.
    pub planned: Vec<PublicIncident<'a>>,
    /// The incidents that ended last, the latest first; false alarms among them say only that.
    pub recent: Vec<PublicIncident<'a>>,
}

/// An incident as data.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are the words of the design")]
pub struct PublicIncident<'a> {
    pub number: u32,
    pub path: String,
    pub title: &'a str,
    pub status: Status,
    pub severity: Severity,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub summary: Option<&'a str>,
    pub cancelled: bool,
    pub window: Option<Window>,
    /// How many alerts monitoring raised for it.
    pub alerts: usize,
    /// Oldest first.
    pub timeline: Vec<PublicEntry<'a>>,
    pub postmortem: bool,
    /// By language, where a person wrote in several.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<&'a str, PublicTranslation<'a>>,
}

/// An incident's words in another language than the page's own.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "the fields are the words of the design")]
pub struct PublicTranslation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<&'a str>,
}

/// An entry of a timeline as data; `text` is Markdown.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are the words of the design")]
pub struct PublicEntry<'a> {
    pub seq: u64,
    pub at: Timestamp,
    /// The status the entry brought; none for a plain update.
    pub status: Option<Status>,
    pub text: Option<&'a str>,
    pub edited_at: Option<Timestamp>,
    pub withdrawn_at: Option<Timestamp>,
    /// The text by language, where a person wrote in several.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<&'a str, &'a str>,
}

impl<'a> PublicBoard<'a> {
    /// What the public may know of `board`.
    #[must_use]
    pub fn of(board: &'a Board) -> Self {
        let list =
            |incidents: Vec<&'a Incident>| incidents.into_iter().map(PublicIncident::of).collect();
        let ended = board.incidents().filter(|incident| incident.status.is_over());
        Self {
            seq: board.public_seq,
            updated_at: board.public_at,
            headline: Headline::of(board),
            current: list(board.current()),
            planned: list(board.planned()),
            recent: list(latest(ended, RECENT, |one| one.ended_at.unwrap_or(one.last_update_at()))),
        }
    }
}

impl<'a> PublicIncident<'a> {
    /// What the public may know of `incident`.
    #[must_use]
    pub fn of(incident: &'a Incident) -> Self {
        let false_alarm = incident.status == Status::Dismissed;
        let summary = incident.summary.as_ref().filter(|_| !false_alarm);
        let mut translations: BTreeMap<_, PublicTranslation<'_>> = BTreeMap::new();
        for (tag, title) in incident.title.translations() {
            translations.entry(tag.as_str()).or_default().title = Some(title);
        }
        for (tag, summary) in summary.into_iter().flat_map(crate::Text::translations) {
            translations.entry(tag.as_str()).or_default().summary = Some(summary);
        }
        Self {
            number: incident.number.get(),
            path: incident.path(),
            title: incident.title.as_str(),
            status: incident.status,
            severity: incident.severity,
            started_at: incident.started_at,
            ended_at: incident.ended_at,
            summary: summary.map(crate::Text::as_str),
            cancelled: incident.cancelled,
            window: incident.window,
            alerts: incident.alerts.len(),
            timeline: incident
                .timeline
                .iter()
                .map(|entry| PublicEntry::of(entry, !false_alarm))
                .collect(),
            postmortem: incident.postmortem.is_some(),
            translations,
        }
    }
}

impl<'a> PublicEntry<'a> {
    fn of(entry: &'a TimelineEntry, with_text: bool) -> Self {
        let text = entry.text.as_ref().filter(|_| with_text);
        let translations = text.into_iter().flat_map(crate::Text::translations);
        Self {
            seq: entry.seq,
            at: entry.at,
            status: entry.kind.status(),
            text: text.map(crate::Text::as_str),
            edited_at: entry.edited_at,
            withdrawn_at: entry.withdrawn_at,
            translations: translations.map(|(tag, text)| (tag.as_str(), text)).collect(),
        }
    }
}
