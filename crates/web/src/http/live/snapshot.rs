//! What viewers are sent, made once for all of them.

use std::sync::Arc;

use actix_web::web::Bytes;
use candor_core::{Board, Headline, Incident};

use crate::view;

/// The last public state, as the bytes that viewers are sent.
pub(super) struct LiveSnapshot {
    /// The last event of this state.
    pub(super) seq: u64,
    /// One event of the stream.
    pub(super) bytes: Bytes,
    board: Arc<Board>,
}

impl LiveSnapshot {
    /// The state of `board`; none if its public state equals that of `before`.
    pub(super) fn after(before: Option<&Self>, board: &Arc<Board>) -> Option<Self> {
        let (since, changed) = match before {
            None => (0, Vec::new()),
            Some(before) if before.seq == board.public_seq => return None,
            Some(before) => {
                let changed = changed(&before.board, board);
                if changed.is_empty() && is_same_page(&before.board, board) {
                    return None;
                }
                (before.seq, changed)
            }
        };
        let data = view::live::change(board, since, &changed);
        let seq = board.public_seq;
        let bytes = format!("event: board\nid: {seq}\ndata: {data}\n\n").into();
        Some(Self { seq, bytes, board: Arc::clone(board) })
    }
}

/// Whether the two boards are publicly equal, apart from their incidents.
fn is_same_page(before: &Board, now: &Board) -> bool {
    before.site == now.site && Headline::of(before) == Headline::of(now)
}

/// The paths of the incidents that changed publicly, newest first.
fn changed(before: &Board, now: &Board) -> Vec<String> {
    let differs = |incident: &&Incident| {
        before.incident(incident.number).is_none_or(|was| {
            // Boards share incidents that no event changed.
            !std::ptr::eq(was, *incident) && !is_same_incident(was, incident)
        })
    };
    now.incidents().filter(differs).map(Incident::path).collect()
}

/// Whether the two are publicly equal; what only operators see may differ.
fn is_same_incident(a: &Incident, b: &Incident) -> bool {
    a.title == b.title
        && (a.status, a.severity) == (b.status, b.severity)
        && (a.started_at, a.ended_at, a.window) == (b.started_at, b.ended_at, b.window)
        && (a.canceled, a.alerts.len()) == (b.canceled, b.alerts.len())
        && a.summary == b.summary
        && a.timeline == b.timeline
        && a.postmortem == b.postmortem
}
