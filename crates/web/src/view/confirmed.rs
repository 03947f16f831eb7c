//! Incidents that a person confirmed, declared or planned: the only ones in feeds and in `/api/v2`. Suspected incidents
//! and false alarms are filtered out here and nowhere else.

use candor_core::{
    Board, EntryKind, Headline, Incident, RecordedEvent, Status, TimelineEntry, latest,
};
use jiff::Timestamp;

/// Whether a person confirmed, declared or planned the incident, and nobody dismissed it.
pub(super) fn is_confirmed(incident: &Incident) -> bool {
    !matches!(incident.status, Status::Suspected | Status::Dismissed)
}

/// The confirmed incidents by their last public update, newest first; at most `limit`.
pub(super) fn newest(board: &Board, limit: usize) -> Vec<&Incident> {
    latest(board.incidents().filter(|incident| is_confirmed(incident)), limit, updated_at)
}

/// The last event of all confirmed incidents.
pub(super) fn last_event(board: &Board) -> Option<&RecordedEvent> {
    let confirmed = board.incidents().filter(|incident| is_confirmed(incident));
    confirmed.filter_map(|incident| incident.own_events().next_back()).max_by_key(|event| event.seq)
}

/// The public entries of the timeline, oldest first: from the confirmation on, without entries of an earlier dismissal.
pub(super) fn entries(incident: &Incident) -> impl DoubleEndedIterator<Item = &TimelineEntry> {
    let confirms = |entry: &TimelineEntry| {
        matches!(
            entry.kind,
            EntryKind::Reopened
                | EntryKind::StatusChanged(
                    Status::Planned | Status::Confirmed | Status::Watching | Status::Resolved
                )
        )
    };
    let first = incident.timeline.iter().position(confirms).unwrap_or(incident.timeline.len());
    let rest = incident.timeline.get(first..).unwrap_or_default();
    rest.iter()
        .filter(|entry| !matches!(entry.kind.status(), Some(Status::Suspected | Status::Dismissed)))
}

/// The time of the first public entry.
pub(super) fn published_at(incident: &Incident) -> Timestamp {
    entries(incident).next().map_or(incident.started_at, |entry| entry.at)
}

/// The time of the last update, correction, retraction or post-mortem.
pub(super) fn updated_at(incident: &Incident) -> Timestamp {
    let updates = entries(incident)
        .flat_map(|entry| [Some(entry.at), entry.edited_at, entry.withdrawn_at])
        .flatten();
    let postmortem = incident.postmortem.as_ref().map(|postmortem| postmortem.at);
    updates.chain(postmortem).max().unwrap_or(incident.started_at)
}

/// The headline without suspected incidents.
pub(super) fn headline(board: &Board) -> Headline {
    decisive(board).map_or(Headline::AllGood, Headline::of_incident)
}

/// The incident that this headline is about.
pub(super) fn decisive(board: &Board) -> Option<&Incident> {
    board.current().into_iter().find(|incident| is_confirmed(incident))
}
