//! What the public may know of the board, as plain data: the source of `/api/v1/board.json`.
//!
//! It depends on the board alone, not on the time, so the same log always gives the same bytes. Alert messages,
//! operators and dismissed incidents' texts are not in it.

use jiff::Timestamp;
use serde::Serialize;

use crate::{Board, Entry, Headline, Incident, Severity, Status, Window};

/// How many ended incidents the public board lists.
pub const RECENT: usize = 50;

/// The page as data.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are the words of the design")]
pub struct PublicBoard<'a> {
    pub seq: u64,
    pub updated_at: Option<Timestamp>,
    pub headline: Headline,
    /// Suspected, confirmed and watched incidents, the newest first.
    pub current: Vec<PublicIncident<'a>>,
    /// Planned maintenances, the next one first.
    pub planned: Vec<PublicIncident<'a>>,
    /// The last ended incidents by number, the newest first; false alarms among them say only that.
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
}

impl<'a> PublicBoard<'a> {
    /// What the public may know of `board`.
    #[must_use]
    pub fn of(board: &'a Board) -> Self {
        let ended = board.incidents().filter(|incident| incident.status.is_over());
        Self {
            seq: board.seq,
            updated_at: board.updated_at,
            headline: Headline::of(board),
            current: board.current().map(PublicIncident::of).collect(),
            planned: board.planned().into_iter().map(PublicIncident::of).collect(),
            recent: ended.take(RECENT).map(PublicIncident::of).collect(),
        }
    }
}

impl<'a> PublicIncident<'a> {
    /// What the public may know of `incident`.
    #[must_use]
    pub fn of(incident: &'a Incident) -> Self {
        let false_alarm = incident.status == Status::Dismissed;
        Self {
            number: incident.number.get(),
            path: incident.path(),
            title: incident.title.as_str(),
            status: incident.status,
            severity: incident.severity,
            started_at: incident.started_at,
            ended_at: incident.ended_at,
            summary: incident.summary.as_ref().filter(|_| !false_alarm).map(crate::Text::as_str),
            cancelled: incident.cancelled,
            window: incident.window,
            alerts: incident.alerts.len(),
            timeline: incident
                .timeline
                .iter()
                .map(|entry| PublicEntry::of(entry, !false_alarm))
                .collect(),
            postmortem: incident.postmortem.is_some(),
        }
    }
}

impl<'a> PublicEntry<'a> {
    fn of(entry: &'a Entry, with_text: bool) -> Self {
        Self {
            seq: entry.seq,
            at: entry.at,
            status: entry.kind.status(),
            text: entry.text.as_ref().filter(|_| with_text).map(crate::Text::as_str),
            edited_at: entry.edited_at,
            withdrawn_at: entry.withdrawn_at,
        }
    }
}
