//! What becomes due with time: maintenance that starts or ends by itself, and questions to a person.

use jiff::Timestamp;

use crate::{Board, Command, Incident, IncidentAction, IncidentNumber, Notify, Status};

/// The commands that are due at `now`. Deciding them a second time is refused, so several workers may give them.
#[must_use]
pub fn due(board: &Board, now: Timestamp) -> Vec<Command> {
    board
        .open()
        .filter_map(|incident| {
            let window = incident.window?;
            let (text, notify) = (None, Notify::Default);
            match incident.status {
                // A missed window is not started late.
                Status::Planned
                    if incident.auto_start
                        && window.starts_at <= now
                        && !incident.is_missed(now) =>
                {
                    Some(IncidentAction::StartMaintenance { text, notify }.on(incident.number))
                }
                Status::Confirmed | Status::Watching
                    if incident.auto_end && window.ends_at <= now =>
                {
                    Some(IncidentAction::EndMaintenance { text, notify }.on(incident.number))
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

/// A question that only a person can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The incident it is about.
    pub incident: IncidentNumber,
    /// What is asked.
    pub kind: QuestionKind,
    /// When it arose.
    pub since: Timestamp,
}

/// What a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionKind {
    /// A maintenance window has begun: has the maintenance?
    Start,
    /// A maintenance window is over, and the maintenance was never started: what became of it?
    Missed,
    /// A maintenance window is over: is the maintenance done?
    End,
    /// All alerts are cleared: is the incident over?
    Resolve,
}

impl Question {
    /// The question about `incident` at `now`, if there is one.
    #[must_use]
    pub fn of(incident: &Incident, now: Timestamp) -> Option<Self> {
        let (kind, since) = match (incident.status, incident.window) {
            (Status::Planned, Some(window)) if incident.is_missed(now) => {
                (QuestionKind::Missed, window.ends_at)
            }
            (Status::Planned, Some(window)) if !incident.auto_start => {
                (QuestionKind::Start, window.starts_at)
            }
            (Status::Confirmed | Status::Watching, Some(window)) if !incident.auto_end => {
                (QuestionKind::End, window.ends_at)
            }
            (Status::Confirmed | Status::Watching, None) => {
                (QuestionKind::Resolve, incident.quiet_since?)
            }
            (
                Status::Planned
                | Status::Suspected
                | Status::Dismissed
                | Status::Confirmed
                | Status::Watching
                | Status::Resolved,
                _,
            ) => return None,
        };
        (since <= now).then_some(Self { incident: incident.number, kind, since })
    }

    /// The key of this question, unique within the incident: `start/1795248000`.
    #[must_use]
    pub fn key(&self) -> String {
        let kind = match self.kind {
            QuestionKind::Start => "start",
            QuestionKind::Missed => "missed",
            QuestionKind::End => "end",
            QuestionKind::Resolve => "resolve",
        };
        format!("{kind}/{}", self.since.as_second())
    }
}

/// All questions at `now`, the newest incident first.
#[must_use]
pub fn questions(board: &Board, now: Timestamp) -> Vec<Question> {
    board.open().filter_map(|incident| Question::of(incident, now)).collect()
}
