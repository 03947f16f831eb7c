//! The public part of the board: `/api/v1/board.json`.
//!
//! It depends on the board alone, not on the time, so the same log always gives the same bytes.

use std::collections::BTreeMap;

use candor_core::{
    Board, Headline, Incident, Severity, Status, Text, TimelineEntry, Window, latest,
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{HeadlineSchema, SeveritySchema, StatusSchema, WindowSchema};

/// How many ended incidents the public board lists.
pub const RECENT: usize = 50;

/// The page as data: the same bytes for the same log.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Board)]
pub struct PublicBoard<'a> {
    /// The last event that changed anything here.
    pub seq: u64,
    /// When that event was recorded.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub updated_at: Option<Timestamp>,
    /// The headline.
    #[schema(value_type = HeadlineSchema)]
    pub headline: Headline,
    /// Suspected, confirmed and watching incidents: those that the headline is about first.
    pub current: Vec<PublicIncident<'a>>,
    /// Planned maintenance, the next one first.
    pub planned: Vec<PublicIncident<'a>>,
    /// The last 50 ended incidents, the latest first; false alarms among them say only that.
    pub recent: Vec<PublicIncident<'a>>,
}

/// An incident, or planned maintenance.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Incident)]
pub struct PublicIncident<'a> {
    /// Its number, for life.
    pub number: u32,
    /// Its page, below the site's address.
    #[schema(example = "/2026-11-21/7")]
    pub path: String,
    /// In the page's own language.
    pub title: &'a str,
    /// Its status.
    #[schema(value_type = StatusSchema)]
    pub status: Status,
    /// Its severity.
    #[schema(value_type = SeveritySchema)]
    pub severity: Severity,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// None while it goes on, and for canceled maintenance.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Timestamp>,
    /// Markdown.
    pub summary: Option<&'a str>,
    /// Maintenance that will not take place.
    pub canceled: bool,
    /// When planned maintenance takes place.
    #[schema(value_type = Option<WindowSchema>)]
    pub window: Option<Window>,
    /// How many alerts monitoring raised for it.
    #[schema(value_type = u64)]
    pub alerts: usize,
    /// Oldest first.
    pub timeline: Vec<PublicEntry<'a>>,
    /// Whether there is a post-mortem: at its path and `/postmortem`.
    pub postmortem: bool,
    /// By language, such as `de`; absent if nothing is translated.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false, value_type = BTreeMap<String, PublicTranslation<'a>>)]
    pub translations: BTreeMap<&'a str, PublicTranslation<'a>>,
}

/// An incident's texts in another language than the page's own.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = Translation)]
pub struct PublicTranslation<'a> {
    /// Absent if it isn't translated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub title: Option<&'a str>,
    /// Markdown; absent if it isn't translated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub summary: Option<&'a str>,
}

/// An entry of a timeline.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Entry)]
pub struct PublicEntry<'a> {
    /// The event that wrote it.
    pub seq: u64,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The new status; none for a plain update.
    #[schema(value_type = Option<StatusSchema>)]
    pub status: Option<Status>,
    /// Markdown; none if nothing was written, or if it was withdrawn.
    pub text: Option<&'a str>,
    /// When the text was last corrected.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub edited_at: Option<Timestamp>,
    /// When the text was withdrawn.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub withdrawn_at: Option<Timestamp>,
    /// The text by language, such as `de`; absent if it is not translated.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false, value_type = BTreeMap<String, String>)]
    pub translations: BTreeMap<&'a str, &'a str>,
}

impl<'a> PublicBoard<'a> {
    /// The public part of `board`.
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
    /// The public part of `incident`.
    #[must_use]
    pub fn of(incident: &'a Incident) -> Self {
        let false_alarm = incident.status == Status::Dismissed;
        let summary = incident.public_summary();
        let mut translations: BTreeMap<_, PublicTranslation<'_>> = BTreeMap::new();
        for (tag, title) in incident.title.translations() {
            translations.entry(tag.as_str()).or_default().title = Some(title);
        }
        for (tag, summary) in summary.into_iter().flat_map(Text::translations) {
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
            summary: summary.map(Text::as_str),
            canceled: incident.canceled,
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
        let translations = text.into_iter().flat_map(Text::translations);
        Self {
            seq: entry.seq,
            at: entry.at,
            status: entry.kind.status(),
            text: text.map(Text::as_str),
            edited_at: entry.edited_at,
            withdrawn_at: entry.withdrawn_at,
            translations: translations.map(|(tag, text)| (tag.as_str(), text)).collect(),
        }
    }
}
