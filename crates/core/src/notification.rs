//! Whether subscribers are notified of an event, and why or why not: one pure rule with a typed answer.
//!
//! The rule is evaluated once, by `decide`. The event carries the result, so it is a fact of the log: a later version
//! of the rule can't change who was notified of what.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Board, Event, Incident, IncidentNumber, MaintenanceCanceled, MaintenanceEnded, Notified,
    Notify, NotifyReason, RecordedEvent, Reopened, Resolved, Severity, Silenced, Status,
    SuppressReason, Text, Title, Window,
};

impl Notified {
    /// The decision about a change of `incident` that may be notified for `reason`.
    pub(crate) fn of_change(incident: &Incident, reason: NotifyReason, notify: Notify) -> Self {
        if incident.may_notify() {
            Self::of_confirmed(incident, reason, notify)
        } else {
            Self::No(SuppressReason::NotConfirmedByAPerson)
        }
    }

    /// The same for a change by which a person vouches for the incident.
    pub(crate) fn of_confirmed(incident: &Incident, reason: NotifyReason, notify: Notify) -> Self {
        Self::rule(incident.silent, incident.last_notified, reason, notify)
    }

    /// The decision about a new incident that a person opens.
    pub(crate) fn of_new(silent: bool, reason: NotifyReason) -> Self {
        Self::rule(silent, None, reason, Notify::Default)
    }

    /// `last` is the status that subscribers were notified of last.
    fn rule(silent: bool, last: Option<Status>, reason: NotifyReason, notify: Notify) -> Self {
        let is_known = last.is_some() && reason.status() == last;
        let moves = matches!(
            reason,
            NotifyReason::MaintenanceRescheduled | NotifyReason::MaintenanceCanceled
        );
        match notify {
            _ if silent => Self::No(SuppressReason::Silent),
            Notify::No => Self::No(SuppressReason::Declined),
            Notify::Yes => Self::Yes(reason),
            Notify::Default if is_known => Self::No(SuppressReason::AlreadyNotified),
            Notify::Default if moves && last.is_none() => Self::No(SuppressReason::NeverAnnounced),
            Notify::Default if reason == NotifyReason::AskedByOperator => {
                Self::No(SuppressReason::NoNewStatus)
            }
            Notify::Default => Self::Yes(reason),
        }
    }
}

/// What has to be done because of an event; written in the same transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutboxEntry {
    /// Send this notification to every confirmed subscriber.
    NotifySubscribers(Notification),
}

/// A notification of subscribers, frozen at the event that caused it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notification {
    /// The event that caused it.
    pub seq: u64,
    /// Why it is sent.
    pub reason: NotifyReason,
    /// Its incident.
    pub incident: IncidentNumber,
    /// The path of its page.
    pub path: String,
    /// The incident's title.
    pub title: Title,
    /// The incident's status.
    pub status: Status,
    /// The incident's severity.
    pub severity: Severity,
    /// The text of the event, as Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// When the event happened.
    pub at: Timestamp,
    /// When the incident began.
    pub started_at: Timestamp,
    /// When it ended; none for canceled maintenance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// When maintenance takes place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// The texts of the notifications that this one superseded, oldest first. Filled in when it is sent, for each
    /// recipient: nobody misses a text because a newer status was faster.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsent: Vec<UnsentText>,
}

/// The text of a notification that was superseded before it was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnsentText {
    /// The event that caused it.
    pub seq: u64,
    /// When it happened.
    pub at: Timestamp,
    /// The text, as Markdown.
    pub text: Text,
}

/// What an event does to earlier notifications of its incident that are still waiting to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PendingChange {
    /// They are updated to the present content ([`Notification::refreshed`]).
    Refresh,
    /// They are withdrawn: nobody gets them.
    Withdraw,
}

impl PendingChange {
    /// What `event` does to them; none if it changes nothing.
    ///
    /// A newer notification supersedes older ones by itself. An event that ends or reopens an incident without a
    /// notification withdraws them: older news must not arrive after the end.
    #[must_use]
    pub fn after(event: &Event) -> Option<Self> {
        match event {
            Event::UpdateCorrected(_)
            | Event::UpdateRetracted(_)
            | Event::SeveritySet(_)
            | Event::TitleSet(_)
            | Event::TimesAmended(_)
            | Event::MaintenanceRescheduled(_) => Some(Self::Refresh),
            Event::Silenced(Silenced { silent, .. }) => silent.then_some(Self::Withdraw),
            Event::Resolved(Resolved { notified, .. })
            | Event::MaintenanceEnded(MaintenanceEnded { notified, .. })
            | Event::MaintenanceCanceled(MaintenanceCanceled { notified, .. })
            | Event::Reopened(Reopened { notified, .. }) => match notified {
                Notified::No(SuppressReason::Declined | SuppressReason::Silent) => {
                    Some(Self::Withdraw)
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
    /// The same notification with the present texts, severity and times of `incident`; its status stays. None if an
    /// operator asked to send a text that was retracted since.
    #[must_use]
    pub fn refreshed(self, incident: &Incident) -> Option<Self> {
        let text = text_of_event(incident, self.seq);
        if self.reason == NotifyReason::AskedByOperator && text.is_none() {
            return None;
        }
        Some(Self {
            title: incident.title.clone(),
            severity: incident.severity,
            text,
            started_at: incident.started_at,
            // Only canceled maintenance is over without an end.
            ended_at: self.ended_at.map(|was| incident.ended_at.unwrap_or(was)),
            window: incident.window,
            ..self
        })
    }

    /// Whether it is about maintenance, planned or not.
    #[must_use]
    pub fn is_maintenance(&self) -> bool {
        self.window.is_some() || self.severity == Severity::Maintenance
    }

    /// Whether it says that maintenance will not take place.
    #[must_use]
    pub fn is_called_off(&self) -> bool {
        self.window.is_some() && self.status == Status::Resolved && self.ended_at.is_none()
    }

    /// Supersedes `older`, a notification of the same incident that was never sent, and takes over its texts.
    pub fn supersede(&mut self, older: Self) {
        let Self { seq, at, text, unsent, .. } = older;
        self.unsent.extend(unsent);
        self.unsent.extend(text.map(|text| UnsentText { seq, at, text }));
        self.unsent.sort_by_key(|text| text.seq);
        self.unsent.dedup_by_key(|text| text.seq);
    }
}

/// What has to be done because of `recorded`, if anything. `after` is the board with that event in it.
///
/// Whatever an event claims: nobody is notified of an incident that no person vouched for.
#[must_use]
pub fn outbox_entry(after: &Board, recorded: &RecordedEvent) -> Option<OutboxEntry> {
    let reason = recorded.event.notified()?.reason()?;
    let number = recorded.event.incident()?;
    let incident = after.incident(number).filter(|incident| incident.may_notify())?;
    Some(OutboxEntry::NotifySubscribers(Notification {
        seq: recorded.seq,
        reason,
        incident: incident.number,
        path: incident.path(),
        title: incident.title.clone(),
        status: incident.status,
        severity: incident.severity,
        text: text_of_event(incident, recorded.seq),
        at: recorded.occurred_at,
        started_at: incident.started_at,
        ended_at: incident.ended_at,
        window: incident.window,
        unsent: Vec::new(),
    }))
}

/// The text of the timeline's entry for the event `seq`.
fn text_of_event(incident: &Incident, seq: u64) -> Option<Text> {
    let entry = incident.timeline.iter().rev().find(|entry| entry.seq == seq)?;
    entry.text.clone()
}
