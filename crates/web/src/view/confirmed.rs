//! What a person has confirmed, declared or planned: the only incidents in feeds and in `/api/v2`. Suspicions and false
//! alarms are filtered out here and nowhere else.

use candor_core::{
    Board, EntryKind, Headline, Incident, RecordedEvent, Status, TimelineEntry, latest,
};
use jiff::Timestamp;

/// Whether a person has said that it is real, and nobody that it isn't.
pub(super) fn is_confirmed(incident: &Incident) -> bool {
    !matches!(incident.status, Status::Suspected | Status::Dismissed)
}

/// Those of which something was said last, the latest first; at most `limit`.
pub(super) fn newest(board: &Board, limit: usize) -> Vec<&Incident> {
    latest(board.incidents().filter(|incident| is_confirmed(incident)), limit, updated_at)
}

/// The last event of all that is confirmed.
pub(super) fn last_event(board: &Board) -> Option<&RecordedEvent> {
    let confirmed = board.incidents().filter(|incident| is_confirmed(incident));
    confirmed.filter_map(|incident| incident.own_events().next_back()).max_by_key(|event| event.seq)
}

/// What people wrote about it, oldest first: from its confirmation on, without the entries of an earlier dismissal.
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

/// When it was first said that it is real.
pub(super) fn published_at(incident: &Incident) -> Timestamp {
    entries(incident).next().map_or(incident.started_at, |entry| entry.at)
}

/// When something was last said, corrected, withdrawn or learned.
pub(super) fn updated_at(incident: &Incident) -> Timestamp {
    let words = entries(incident)
        .flat_map(|entry| [Some(entry.at), entry.edited_at, entry.withdrawn_at])
        .flatten();
    let learned = incident.postmortem.as_ref().map(|postmortem| postmortem.at);
    words.chain(learned).max().unwrap_or(incident.started_at)
}

/// The headline as it would be without suspicions.
pub(super) fn headline(board: &Board) -> Headline {
    decisive(board).map_or(Headline::AllGood, Headline::of_incident)
}

/// The incident that this headline is about.
pub(super) fn decisive(board: &Board) -> Option<&Incident> {
    board.current().into_iter().find(|incident| is_confirmed(incident))
}
