//! Whether subscribers are notified of an event, and why, or why not: one pure rule with a typed answer.
//!
//! The rule is asked once, by `decide`. The event carries the answer, so it is a fact of the log: a later version of
//! the rule doesn't change who was told of what.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Board, Event, Incident, IncidentNumber, MaintenanceCancelled, MaintenanceEnded, Notify,
    RecordedEvent, Reopened, Resolved, Severity, Silenced, Status, Text, Title, Window,
};

/// Why subscribers are told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotifyReason {
    /// A person confirmed an incident, or one was reopened.
    Confirmed,
    /// A fix is in place.
    Watching,
    /// It is over.
    Resolved,
    /// Planned work was announced.
    MaintenancePlanned,
    /// Planned work has begun.
    MaintenanceStarted,
    /// Planned work is done.
    MaintenanceEnded,
    /// Planned work that subscribers know of takes place at another time.
    MaintenanceRescheduled,
    /// Planned work that subscribers know of will not take place.
    MaintenanceCancelled,
    /// No new status, but the operator asked for it.
    AskedByOperator,
}

impl NotifyReason {
    /// The reason's name in the ledger.
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
            Self::MaintenanceCancelled => "maintenance-cancelled",
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
        Self::MaintenanceCancelled,
        Self::AskedByOperator,
    ];

    /// Whether a notification for this reason that wasn't sent yet needn't be, once a newer one of the same incident,
    /// for the reason `newer`, is due to the same recipient. The newer one then carries the words of this one
    /// ([`Notification::supersede`]).
    ///
    /// Only how an incident stands can be outdated. What an operator asked to be sent is sent by itself; only where that
    /// one waits for another try, the next message carries its words, since nothing old is sent after something new.
    #[must_use]
    pub fn is_superseded_by(self, newer: Self) -> bool {
        match (self, newer) {
            (Self::AskedByOperator, _) | (_, Self::AskedByOperator) => false,
            (older, Self::MaintenanceRescheduled) => older == Self::MaintenanceRescheduled,
            _ => true,
        }
    }

    /// The status that it brings; none if the incident stands as before.
    fn status(self) -> Option<Status> {
        match self {
            Self::Confirmed | Self::MaintenanceStarted => Some(Status::Confirmed),
            Self::Watching => Some(Status::Watching),
            Self::Resolved | Self::MaintenanceEnded | Self::MaintenanceCancelled => {
                Some(Status::Resolved)
            }
            Self::MaintenancePlanned => Some(Status::Planned),
            Self::MaintenanceRescheduled | Self::AskedByOperator => None,
        }
    }

    /// Why subscribers hear of an update: of the status that it brings, or only because somebody asks for it.
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

/// Why nobody is told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressReason {
    /// No person has confirmed the incident: the promise that comes before all others.
    NotConfirmedByAPerson,
    /// The incident is silent.
    Silent,
    /// The operator said: not for this change.
    Declined,
    /// It is the status that subscribers were told last.
    AlreadyTold,
    /// The planned work is moved or called off, and subscribers never heard of it.
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

    /// What a person's `wish` makes of a change of `incident` that calls for `reason`.
    pub(crate) fn of_change(incident: &Incident, reason: NotifyReason, wish: Notify) -> Self {
        if incident.is_vouched_for() {
            Self::of_vouched(incident, reason, wish)
        } else {
            Self::No(SuppressReason::NotConfirmedByAPerson)
        }
    }

    /// The same, where the change itself is a person's word that the incident is real.
    pub(crate) fn of_vouched(incident: &Incident, reason: NotifyReason, wish: Notify) -> Self {
        Self::rule(incident.silent, incident.told, reason, wish)
    }

    /// What becomes of a new incident that a person opens.
    pub(crate) fn of_new(silent: bool, reason: NotifyReason) -> Self {
        Self::rule(silent, None, reason, Notify::Usual)
    }

    /// `told` is the status that subscribers were told last.
    fn rule(silent: bool, told: Option<Status>, reason: NotifyReason, wish: Notify) -> Self {
        let is_known = told.is_some() && reason.status() == told;
        let moves = matches!(
            reason,
            NotifyReason::MaintenanceRescheduled | NotifyReason::MaintenanceCancelled
        );
        match wish {
            _ if silent => Self::No(SuppressReason::Silent),
            Notify::No => Self::No(SuppressReason::Declined),
            Notify::Yes => Self::Yes(reason),
            Notify::Usual if is_known => Self::No(SuppressReason::AlreadyTold),
            Notify::Usual if moves && told.is_none() => Self::No(SuppressReason::NeverAnnounced),
            Notify::Usual if reason == NotifyReason::AskedByOperator => {
                Self::No(SuppressReason::NoNewStatus)
            }
            Notify::Usual => Self::Yes(reason),
        }
    }
}

/// What has to be done because of an event; written in the same transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutboxEntry {
    /// Every confirmed subscriber gets this notice.
    NotifySubscribers(Notification),
}

/// What subscribers are told, frozen at the event that caused it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    /// The event that caused it.
    pub seq: u64,
    /// Why they are told.
    pub reason: NotifyReason,
    /// Which incident.
    pub incident: IncidentNumber,
    /// The path of its page.
    pub path: String,
    /// What it is called.
    pub title: Title,
    /// How it stands.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
    /// What was written, as Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// When it happened.
    pub at: Timestamp,
    /// When the incident began.
    pub started_at: Timestamp,
    /// When it ended; none of work that was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// When planned work takes place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// What a person wrote in notifications that this one took the place of, oldest first. It is filled when the
    /// notification is sent, for each recipient: nobody misses words because a newer status was faster.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsent: Vec<UnsentText>,
}

/// What a person wrote in a notification that was superseded before it was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnsentText {
    /// The event that caused it.
    pub seq: u64,
    /// When it happened.
    pub at: Timestamp,
    /// What was written, as Markdown.
    pub text: Text,
}

/// What an event makes of the earlier notifications of its incident that still wait to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waiting {
    /// They say it as it is called and described now ([`Notification::anew`]).
    Anew,
    /// Nobody is to hear of them any more.
    Withdrawn,
}

impl Waiting {
    /// What `event` makes of them; none if they stay as they are.
    ///
    /// A newer notification takes the place of older ones by itself. What ends an incident, or begins it again, and is
    /// not to be told leaves nothing to say: the older news would come after it is over.
    #[must_use]
    pub fn after(event: &Event) -> Option<Self> {
        match event {
            Event::UpdateCorrected(_)
            | Event::UpdateRetracted(_)
            | Event::SeveritySet(_)
            | Event::TitleSet(_)
            | Event::TimesAmended(_)
            | Event::MaintenanceRescheduled(_) => Some(Self::Anew),
            Event::Silenced(Silenced { silent, .. }) => silent.then_some(Self::Withdrawn),
            Event::Resolved(Resolved { notified, .. })
            | Event::MaintenanceEnded(MaintenanceEnded { notified, .. })
            | Event::MaintenanceCancelled(MaintenanceCancelled { notified, .. })
            | Event::Reopened(Reopened { notified, .. }) => match notified {
                Notified::No(SuppressReason::Declined | SuppressReason::Silent) => {
                    Some(Self::Withdrawn)
                }
                Notified::Yes(_) | Notified::No(_) => None,
            },
            Event::AlertRaised(_)
            | Event::AlertUpdated(_)
            | Event::AlertCleared(_)
            | Event::HumanConfirmed(_)
            | Event::ConfirmationProposed(_)
            | Event::Dismissed(_)
            | Event::IncidentDeclared(_)
            | Event::UpdatePosted(_)
            | Event::SummarySet(_)
            | Event::MaintenancePlanned(_)
            | Event::MaintenanceStarted(_)
            | Event::PostmortemPublished(_)
            | Event::SiteConfigured(_)
            | Event::PayloadRedacted(_) => None,
        }
    }
}

impl Notification {
    /// The same, with the words, severity and times that `incident` has now; how it stood stays. None if there is nothing
    /// to say any more: what an operator asked to be sent was withdrawn.
    #[must_use]
    pub fn anew(self, incident: &Incident) -> Option<Self> {
        let text = written_at(incident, self.seq);
        if self.reason == NotifyReason::AskedByOperator && text.is_none() {
            return None;
        }
        Some(Self {
            title: incident.title.clone(),
            severity: incident.severity,
            text,
            started_at: incident.started_at,
            // Only what was called off is over without an end.
            ended_at: self.ended_at.map(|was| incident.ended_at.unwrap_or(was)),
            window: incident.window,
            ..self
        })
    }

    /// Whether it tells of maintenance, planned or not.
    #[must_use]
    pub fn is_maintenance(&self) -> bool {
        self.window.is_some() || self.severity == Severity::Maintenance
    }

    /// Whether it tells of planned work that will not take place.
    #[must_use]
    pub fn is_called_off(&self) -> bool {
        self.window.is_some() && self.status == Status::Resolved && self.ended_at.is_none()
    }

    /// Takes the place of `older`, a notification of the same incident that was never sent, and carries its words.
    pub fn supersede(&mut self, older: Self) {
        let Self { seq, at, text, unsent, .. } = older;
        self.unsent.extend(unsent);
        self.unsent.extend(text.map(|text| UnsentText { seq, at, text }));
        self.unsent.sort_by_key(|words| words.seq);
        self.unsent.dedup_by_key(|words| words.seq);
    }
}

/// What has to be done because of `recorded`, if anything. `after` is the board with that event in it.
///
/// Whatever an event claims: nothing is said of an incident that no person vouched for.
#[must_use]
pub fn follow_up(after: &Board, recorded: &RecordedEvent) -> Option<OutboxEntry> {
    let reason = recorded.event.notified()?.reason()?;
    let number = recorded.event.incident()?;
    let incident = after.incident(number).filter(|incident| incident.is_vouched_for())?;
    Some(OutboxEntry::NotifySubscribers(Notification {
        seq: recorded.seq,
        reason,
        incident: incident.number,
        path: incident.path(),
        title: incident.title.clone(),
        status: incident.status,
        severity: incident.severity,
        text: written_at(incident, recorded.seq),
        at: recorded.occurred_at,
        started_at: incident.started_at,
        ended_at: incident.ended_at,
        window: incident.window,
        unsent: Vec::new(),
    }))
}

/// What stands in the timeline of what the event `seq` said.
fn written_at(incident: &Incident, seq: u64) -> Option<Text> {
    let entry = incident.timeline.iter().rev().find(|entry| entry.seq == seq)?;
    entry.text.clone()
}
