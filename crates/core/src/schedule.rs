//! What the clock calls for: planned work that starts or ends by itself.

use jiff::Timestamp;

use crate::{Board, Command, Notify, Status};

/// The commands that are due at `now`. Deciding them a second time is refused, so they may be given by many workers.
#[must_use]
pub fn due(board: &Board, now: Timestamp) -> Vec<Command> {
    board
        .open()
        .filter_map(|incident| {
            let window = incident.window?;
            let (text, notify) = (None, Notify::Usual);
            match incident.status {
                Status::Planned if incident.auto_start && window.starts_at <= now => {
                    Some(Command::StartMaintenance { incident: incident.number, text, notify })
                }
                Status::Confirmed | Status::Watching
                    if incident.auto_end && window.ends_at <= now =>
                {
                    Some(Command::EndMaintenance { incident: incident.number, text, notify })
                }
                Status::Planned
                | Status::Suspected
                | Status::Dismissed
                | Status::Confirmed
                | Status::Watching
                | Status::Resolved => None,
            }
        })
        .collect()
}
