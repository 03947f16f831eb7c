//! The public log: what happened and when, with the texts that are on a page.

use candor_core::{
    Board, DismissReason, EntryKind, Event, Incident, IncidentNumber, RecordedEvent, Severity,
    Status, Text, Title, Window,
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{DismissReasonSchema, SeveritySchema, StatusSchema, WindowSchema};

/// An event of the log. For an incident that no person has confirmed, only that it happened.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct PublicEvent<'a> {
    /// Its position in the log.
    pub seq: u64,
    /// Such as `update-posted`; more may be added.
    #[schema(example = "update-posted")]
    pub r#type: &'static str,
    /// When it happened, as its source says.
    #[schema(value_type = String, format = DateTime)]
    pub occurred_at: Timestamp,
    /// When it was appended to the log.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Timestamp,
    /// The number of the incident it is about.
    pub incident: u32,
    /// The page of that incident.
    pub path: String,
    /// The new status.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<StatusSchema>, nullable = false)]
    pub status: Option<Status>,
    /// The new severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<SeveritySchema>, nullable = false)]
    pub severity: Option<Severity>,
    /// The new title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub title: Option<&'a str>,
    /// Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub summary: Option<&'a str>,
    /// Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub text: Option<&'a str>,
    /// The text was withdrawn later and is left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub withdrawn: bool,
    /// The event whose text was corrected or withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub update: Option<u64>,
    /// Why it was dismissed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<DismissReasonSchema>, nullable = false)]
    pub because: Option<DismissReason>,
    /// The new start.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    pub started_at: Option<Timestamp>,
    /// The new end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    pub ended_at: Option<Timestamp>,
    /// When planned maintenance takes place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<WindowSchema>, nullable = false)]
    pub window: Option<Window>,
}

impl<'a> PublicEvent<'a> {
    /// The public events of an incident, oldest first.
    pub(crate) fn all_of(incident: &'a Incident) -> impl Iterator<Item = Self> {
        let public = incident.own_events().filter(|recorded| is_public(incident, recorded));
        public.map(|recorded| Self::of(incident, recorded))
    }

    /// The public part of `recorded`, an event of `incident`. If that was never confirmed, only that it happened.
    fn of(incident: &'a Incident, recorded: &'a RecordedEvent) -> Self {
        let is_confirmed = !matches!(incident.status, Status::Suspected | Status::Dismissed);
        let mut public = if is_confirmed { details(&recorded.event) } else { Self::default() };
        let about = public.update.unwrap_or(recorded.seq);
        let entry = incident.timeline.iter().find(|entry| entry.seq == about);
        if public.text.is_some() && entry.is_some_and(|entry| entry.withdrawn_at.is_some()) {
            public.text = None;
            public.withdrawn = true;
        }
        Self {
            seq: recorded.seq,
            r#type: recorded.event.type_name(),
            occurred_at: recorded.occurred_at,
            recorded_at: recorded.recorded_at,
            incident: incident.number.get(),
            path: incident.path(),
            ..public
        }
    }
}

/// Whether the page of `incident` shows that it happened.
fn is_public(incident: &Incident, recorded: &RecordedEvent) -> bool {
    // Text written at a dismissal is for the team, and so is its correction.
    let is_of_team = |update| {
        let entry = incident.timeline.iter().find(|entry| entry.seq == update);
        entry.is_some_and(|entry| matches!(entry.kind, EntryKind::Dismissed(_)))
    };
    #[expect(clippy::wildcard_enum_match_arm, reason = "most events show")]
    match &recorded.event {
        Event::ConfirmationProposed(_) | Event::Silenced(_) => false,
        Event::UpdateCorrected(e) => !is_of_team(e.update),
        Event::UpdateRetracted(e) => !is_of_team(e.update),
        _ => true,
    }
}

/// What a page shows of an event, without the fields that every event has.
fn details(event: &Event) -> PublicEvent<'_> {
    let none = PublicEvent::default();
    match event {
        Event::AlertRaised(_)
        | Event::AlertUpdated(_)
        | Event::AlertCleared(_)
        | Event::ConfirmationProposed(_)
        | Event::Silenced(_)
        | Event::SiteConfigured(_)
        | Event::PayloadRedacted(_) => none,
        Event::HumanConfirmed(e) => PublicEvent {
            severity: e.severity,
            title: e.title.as_ref().map(Title::as_str),
            text: words(e.text.as_ref()),
            ..none
        },
        Event::Dismissed(e) => PublicEvent { because: Some(e.because), ..none },
        Event::IncidentDeclared(e) => PublicEvent {
            title: Some(e.title.as_str()),
            status: Some(e.status),
            severity: Some(e.severity),
            started_at: Some(e.started_at),
            ended_at: e.ended_at,
            summary: words(e.summary.as_ref()),
            text: words(e.text.as_ref()),
            ..none
        },
        Event::UpdatePosted(e) => {
            PublicEvent { text: Some(e.text.as_str()), status: e.status, ..none }
        }
        Event::UpdateCorrected(e) => {
            PublicEvent { text: Some(e.text.as_str()), update: Some(e.update), ..none }
        }
        Event::UpdateRetracted(e) => PublicEvent { update: Some(e.update), ..none },
        Event::SeveritySet(e) => PublicEvent { severity: Some(e.severity), ..none },
        Event::TitleSet(e) => PublicEvent { title: Some(e.title.as_str()), ..none },
        Event::SummarySet(e) => PublicEvent { summary: words(e.summary.as_ref()), ..none },
        Event::TimesAmended(e) => {
            PublicEvent { started_at: e.started_at, ended_at: e.ended_at, ..none }
        }
        Event::MaintenancePlanned(e) => PublicEvent {
            title: Some(e.title.as_str()),
            window: Some(e.window),
            text: words(e.text.as_ref()),
            ..none
        },
        Event::MaintenanceRescheduled(e) => {
            PublicEvent { window: Some(e.window), text: words(e.text.as_ref()), ..none }
        }
        Event::MaintenanceStarted(e) => PublicEvent { text: words(e.text.as_ref()), ..none },
        Event::MaintenanceEnded(e) => {
            PublicEvent { ended_at: Some(e.ended_at), text: words(e.text.as_ref()), ..none }
        }
        Event::MaintenanceCanceled(e) => PublicEvent { text: words(e.text.as_ref()), ..none },
        Event::Resolved(e) => {
            PublicEvent { ended_at: Some(e.ended_at), text: words(e.text.as_ref()), ..none }
        }
        Event::Reopened(e) => PublicEvent { text: Some(e.why.as_str()), ..none },
        Event::PostmortemPublished(e) => PublicEvent { text: Some(e.text.as_str()), ..none },
    }
}

fn words(text: Option<&Text>) -> Option<&str> {
    text.map(Text::as_str)
}

/// The positions of a board's public events, in the order of the log.
#[derive(Debug)]
pub struct EventOrder(Vec<(u64, IncidentNumber, usize)>);

impl EventOrder {
    /// The order of this board's events.
    #[must_use]
    pub fn of(board: &Board) -> Self {
        let events = |incident: &Incident| {
            let number = incident.number;
            let record = incident.own_events().enumerate();
            let public = record.filter(|(_, recorded)| is_public(incident, recorded));
            public.map(|(index, recorded)| (recorded.seq, number, index)).collect::<Vec<_>>()
        };
        let mut all: Vec<_> = board.incidents().rev().flat_map(events).collect();
        all.sort_unstable();
        Self(all)
    }
}

/// A page of the public log.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Events)]
pub struct PublicEvents<'a> {
    /// Oldest first.
    pub events: Vec<PublicEvent<'a>>,
    /// The `after` of the next page; none at the end of the log.
    pub next: Option<u64>,
    /// The last public event.
    pub seq: u64,
}

impl<'a> PublicEvents<'a> {
    /// At most `limit` events after event `after`, the oldest first.
    #[must_use]
    pub fn of(board: &'a Board, order: &EventOrder, after: u64, limit: usize) -> Self {
        let from = order.0.partition_point(|(seq, _, _)| *seq <= after);
        let mut rest = order.0.iter().skip(from);
        let events: Vec<_> = rest
            .by_ref()
            .take(limit)
            .filter_map(|(_, number, index)| {
                let incident = board.incident(*number)?;
                Some(PublicEvent::of(incident, incident.own_events().nth(*index)?))
            })
            .collect();
        let last = events.last().map(|event| event.seq);
        Self { next: last.filter(|_| rest.next().is_some()), events, seq: board.public_seq }
    }
}
