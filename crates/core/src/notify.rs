//! Whether subscribers are notified of a change: the operator's choice, and the decision.

use serde::{Deserialize, Serialize};

use crate::Status;

/// The operator's choice whether to notify subscribers of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notify {
    /// By the rule: notify them of every status that differs from the last one they were notified of.
    #[default]
    Default,
    /// Notify them even without a new status.
    Yes,
    /// Don't notify them of this change.
    No,
}

/// Why subscribers are notified of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotifyReason {
    /// A person confirmed an incident, or reopened one.
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
    /// The name in the outbox.
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

    /// Whether a waiting notification for this reason is superseded once a newer one of the same incident, for the
    /// reason `newer`, is due to the same recipient. The newer one then carries the text of this one
    /// ([`crate::Notification::supersede`]).
    ///
    /// Only a status can be outdated. A notification that an operator asked for is sent by itself; only if it waits for
    /// a retry, the next one carries its text, since nothing old is sent after something new.
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

    /// The reason to notify of an update: its new status, or the operator's request.
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
    /// The operator declined for this change.
    Declined,
    /// Subscribers were already notified of this status.
    AlreadyNotified,
    /// Maintenance is rescheduled or canceled that was never announced to subscribers.
    NeverAnnounced,
    /// The status is the same as before, and nobody asked for a notification.
    NoNewStatus,
}

/// Whether subscribers are notified of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notified {
    /// They are, for this reason.
    Yes(NotifyReason),
    /// They aren't, for this reason.
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
