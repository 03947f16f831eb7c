//! Whether subscribers are notified of a change: what the operator asked for, and what was decided.

use serde::{Deserialize, Serialize};

use crate::Status;

/// Whether an operator wants subscribers to be notified of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notify {
    /// By the rules: of every status that differs from the one they were notified of last.
    #[default]
    Default,
    /// Notify them even without a new status.
    Yes,
    /// The operator said: not for this change.
    No,
}

/// Why subscribers are notified of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotifyReason {
    /// A person confirmed an incident, or one was reopened.
    Confirmed,
    /// A fix is in place.
    Watching,
    /// It is over.
    Resolved,
    /// Maintenance was announced.
    MaintenancePlanned,
    /// Maintenance has begun.
    MaintenanceStarted,
    /// Maintenance is done.
    MaintenanceEnded,
    /// Maintenance that subscribers know of takes place at another time.
    MaintenanceRescheduled,
    /// Maintenance that subscribers know of will not take place.
    MaintenanceCanceled,
    /// No new status, but the operator asked for it.
    AskedByOperator,
}

impl NotifyReason {
    /// The reason's name in the outbox.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Watching => "watching",
            Self::Resolved => "resolved",
            Self::MaintenancePlanned => "maintenance-planned",
            Self::MaintenanceStarted => "maintenance-started",
            Self::MaintenanceEnded => "maintenance-ended",
            Self::MaintenanceRescheduled => "maintenance-rescheduled",
            Self::MaintenanceCanceled => "maintenance-canceled",
            Self::AskedByOperator => "asked-by-operator",
        }
    }

    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Confirmed,
        Self::Watching,
        Self::Resolved,
        Self::MaintenancePlanned,
        Self::MaintenanceStarted,
        Self::MaintenanceEnded,
        Self::MaintenanceRescheduled,
        Self::MaintenanceCanceled,
        Self::AskedByOperator,
    ];

    /// Whether a notification for this reason that wasn't sent yet needn't be, once a newer one of the same incident,
    /// for the reason `newer`, is due to the same recipient. The newer one then carries the words of this one
    /// ([`crate::Notification::supersede`]).
    ///
    /// Only a status can be outdated. What an operator asked to be sent is sent by itself; only where that
    /// one waits for another try, the next message carries its words, since nothing old is sent after something new.
    #[must_use]
    pub fn is_superseded_by(self, newer: Self) -> bool {
        match (self, newer) {
            (Self::AskedByOperator, _) | (_, Self::AskedByOperator) => false,
            (older, Self::MaintenanceRescheduled) => older == Self::MaintenanceRescheduled,
            _ => true,
        }
    }

    /// The status that it announces; none if the status stays the same.
    pub(crate) fn status(self) -> Option<Status> {
        match self {
            Self::Confirmed | Self::MaintenanceStarted => Some(Status::Confirmed),
            Self::Watching => Some(Status::Watching),
            Self::Resolved | Self::MaintenanceEnded | Self::MaintenanceCanceled => {
                Some(Status::Resolved)
            }
            Self::MaintenancePlanned => Some(Status::Planned),
            Self::MaintenanceRescheduled | Self::AskedByOperator => None,
        }
    }

    /// Why subscribers are notified of an update: its new status, or only because somebody asks for it.
    pub(crate) fn of_update(status: Option<Status>) -> Self {
        match status {
            Some(Status::Confirmed) => Self::Confirmed,
            Some(Status::Watching) => Self::Watching,
            Some(Status::Resolved) => Self::Resolved,
            Some(Status::Planned | Status::Suspected | Status::Dismissed) | None => {
                Self::AskedByOperator
            }
        }
    }
}

/// Why nobody is notified of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressReason {
    /// No person has confirmed the incident: the promise that comes before all others.
    NotConfirmedByAPerson,
    /// The incident is silent.
    Silent,
    /// The operator said: not for this change.
    Declined,
    /// Subscribers were already notified of this status.
    AlreadyNotified,
    /// Maintenance is moved or canceled that was never announced to subscribers.
    NeverAnnounced,
    /// The status is the same as before, and nobody asked for a notice.
    NoNewStatus,
}

/// Whether subscribers are notified of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notified {
    /// They are, and why.
    Yes(NotifyReason),
    /// Nobody is, and why not.
    No(SuppressReason),
}

impl Notified {
    /// Why subscribers are notified; none if they aren't.
    #[must_use]
    pub fn reason(self) -> Option<NotifyReason> {
        match self {
            Self::Yes(reason) => Some(reason),
            Self::No(_) => None,
        }
    }
}
