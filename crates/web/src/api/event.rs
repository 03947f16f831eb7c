//! The log as the public may read it: what happened and when, and of the words those that stand on a page.

use candor_core::{
    Board, DismissReason, EntryKind, Event, Incident, IncidentNumber, RecordedEvent, Severity,
    Status, Text, Title, Window,
};
use jiff::Timestamp;
use serde::Serialize;

use super::parameters::{HIGHEST, Parameters};
use crate::problem::Problem;

/// How many come in one answer, unless somebody says otherwise; and at most.
const USUAL: usize = 100;
const MOST: usize = 500;

/// An event as the public may know it. What doesn't belong to its type isn't there.
#[derive(Default, Serialize)]
pub(super) struct PublicEvent<'a> {
    seq: u64,
    r#type: &'static str,
    occurred_at: Timestamp,
    recorded_at: Timestamp,
    incident: u32,
    path: String,
    #[serde(flatten)]
    says: EventDetails<'a>,
}

/// What an event says beyond that it happened.
#[derive(Default, Serialize)]
struct EventDetails<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<Severity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// The text was withdrawn.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    withdrawn: bool,
    /// The event whose text was corrected or withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    update: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<DismissReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<Window>,
}

/// Whether anybody could tell from a page of `incident` that it happened.
pub(super) fn is_public(incident: &Incident, recorded: &RecordedEvent) -> bool {
    // What was written at a dismissal is for the team, and so is a change of it.
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

impl<'a> PublicEvent<'a> {
    /// `recorded`, which is about `incident`. Of what was never confirmed only that it was.
    pub(super) fn of(incident: &'a Incident, recorded: &'a RecordedEvent) -> Self {
        let is_confirmed = !matches!(incident.status, Status::Suspected | Status::Dismissed);
        let mut says = if is_confirmed { says(&recorded.event) } else { EventDetails::default() };
        let about = says.update.unwrap_or(recorded.seq);
        let entry = incident.timeline.iter().find(|entry| entry.seq == about);
        if says.text.is_some() && entry.is_some_and(|entry| entry.withdrawn_at.is_some()) {
            says.text = None;
            says.withdrawn = true;
        }
        Self {
            seq: recorded.seq,
            r#type: recorded.event.type_name(),
            occurred_at: recorded.occurred_at,
            recorded_at: recorded.recorded_at,
            incident: incident.number.get(),
            path: incident.path(),
            says,
        }
    }
}

/// The words of an event that stand on a page.
fn says(event: &Event) -> EventDetails<'_> {
    let none = EventDetails::default();
    match event {
        Event::AlertRaised(_)
        | Event::AlertUpdated(_)
        | Event::AlertCleared(_)
        | Event::ConfirmationProposed(_)
        | Event::Silenced(_)
        | Event::SiteConfigured(_)
        | Event::PayloadRedacted(_) => none,
        Event::HumanConfirmed(e) => EventDetails {
            severity: e.severity,
            title: e.title.as_ref().map(Title::as_str),
            text: words(e.text.as_ref()),
            ..none
        },
        Event::Dismissed(e) => EventDetails { because: Some(e.because), ..none },
        Event::IncidentDeclared(e) => EventDetails {
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
            EventDetails { text: Some(e.text.as_str()), status: e.status, ..none }
        }
        Event::UpdateCorrected(e) => {
            EventDetails { text: Some(e.text.as_str()), update: Some(e.update), ..none }
        }
        Event::UpdateRetracted(e) => EventDetails { update: Some(e.update), ..none },
        Event::SeveritySet(e) => EventDetails { severity: Some(e.severity), ..none },
        Event::TitleSet(e) => EventDetails { title: Some(e.title.as_str()), ..none },
        Event::SummarySet(e) => EventDetails { summary: words(e.summary.as_ref()), ..none },
        Event::TimesAmended(e) => {
            EventDetails { started_at: e.started_at, ended_at: e.ended_at, ..none }
        }
        Event::MaintenancePlanned(e) => EventDetails {
            title: Some(e.title.as_str()),
            window: Some(e.window),
            text: words(e.text.as_ref()),
            ..none
        },
        Event::MaintenanceRescheduled(e) => {
            EventDetails { window: Some(e.window), text: words(e.text.as_ref()), ..none }
        }
        Event::MaintenanceStarted(e) => EventDetails { text: words(e.text.as_ref()), ..none },
        Event::MaintenanceEnded(e) => {
            EventDetails { ended_at: Some(e.ended_at), text: words(e.text.as_ref()), ..none }
        }
        Event::MaintenanceCancelled(e) => EventDetails { text: words(e.text.as_ref()), ..none },
        Event::Resolved(e) => {
            EventDetails { ended_at: Some(e.ended_at), text: words(e.text.as_ref()), ..none }
        }
        Event::Reopened(e) => EventDetails { text: Some(e.why.as_str()), ..none },
        Event::PostmortemPublished(e) => EventDetails { text: Some(e.text.as_str()), ..none },
    }
}

fn words(text: Option<&Text>) -> Option<&str> {
    text.map(Text::as_str)
}

/// All public events of a board in the order of the log: where each of them is kept.
pub(crate) struct EventOrder(Vec<(u64, IncidentNumber, usize)>);

impl EventOrder {
    pub(crate) fn of(board: &Board) -> Self {
        let events = |incident: &'_ Incident| {
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

/// Which events somebody wants to know of.
pub(super) struct EventFilter {
    after: u64,
    limit: usize,
}

/// A piece of the public log.
#[derive(Serialize)]
pub(super) struct EventList<'a> {
    events: Vec<PublicEvent<'a>>,
    /// The `after` of the next piece; none at the end of the log.
    pub(super) next: Option<u64>,
    /// The last public event.
    pub(super) seq: u64,
}

impl EventFilter {
    pub(super) fn read(mut parameters: Parameters) -> Result<Self, Problem> {
        let wanted = Self {
            after: parameters.number("after", 0, HIGHEST)?.unwrap_or(0),
            limit: parameters.number("limit", 1, MOST)?.unwrap_or(USUAL),
        };
        parameters.done("after and limit")?;
        Ok(wanted)
    }

    /// The oldest of them first.
    pub(super) fn of<'a>(&self, board: &'a Board, order: &EventOrder) -> EventList<'a> {
        let from = order.0.partition_point(|(seq, _, _)| *seq <= self.after);
        let mut rest = order.0.iter().skip(from);
        let events: Vec<_> = rest
            .by_ref()
            .take(self.limit)
            .filter_map(|(_, number, index)| {
                let incident = board.incident(*number)?;
                Some(PublicEvent::of(incident, incident.own_events().nth(*index)?))
            })
            .collect();
        let last = events.last().map(|event| event.seq);
        EventList { next: last.filter(|_| rest.next().is_some()), events, seq: board.public_seq }
    }

    /// Where the next piece is.
    pub(super) fn url(&self, site: &str, after: u64) -> String {
        let limit = self.limit;
        format!("{}/api/v1/events?after={after}&limit={limit}", site.trim_end_matches('/'))
    }
}
