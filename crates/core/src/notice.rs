//! Who has to be told of an event, and why, or why not: one pure rule with a typed answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Board, Event, IncidentNumber, Notify, Recorded, Severity, Status, Text, Title, Window,
};

/// Why subscribers are told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
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

impl Reason {
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

    /// The status that subscribers then know of.
    #[must_use]
    pub fn status(self) -> Option<Status> {
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
}

/// Why nobody is told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// No person has confirmed the incident: the promise that comes before all others.
    NotConfirmedByAPerson,
    /// The incident is silent.
    Silent,
    /// The operator said: not for this change.
    Declined,
    /// Subscribers know of this status already.
    AlreadyTold,
    /// The planned work is moved or called off, and subscribers never heard of it.
    NeverAnnounced,
    /// The status is the same as before, and nobody asked for a notice.
    NoNewStatus,
    /// It isn't about an incident that subscribers could know.
    NotAboutAnIncident,
}

/// What has to be done because of an event; written in the same transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowUp {
    /// Every confirmed subscriber gets this notice.
    NotifySubscribers(Notice),
}

/// What subscribers are told, frozen at the event that caused it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// The event that caused it.
    pub seq: u64,
    /// Why they are told.
    pub reason: Reason,
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
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// When planned work takes place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
}

/// What has to be done because of `recorded`, and why not more. `before` and `after` are the board around it.
///
/// # Errors
/// Nothing has to be done, and the error says why.
pub fn follow_ups(
    before: &Board,
    after: &Board,
    recorded: &Recorded,
) -> Result<Vec<FollowUp>, WhyNot> {
    let reason = reason(before, &recorded.event)?;
    let incident = recorded
        .event
        .incident()
        .and_then(|number| after.incident(number))
        .ok_or(WhyNot::NotAboutAnIncident)?;
    let said_here = incident.timeline.iter().rev().find(|entry| entry.seq == recorded.seq);
    Ok(vec![FollowUp::NotifySubscribers(Notice {
        seq: recorded.seq,
        reason,
        incident: incident.number,
        path: incident.path(),
        title: incident.title.clone(),
        status: incident.status,
        severity: incident.severity,
        text: said_here.and_then(|entry| entry.text.clone()),
        at: recorded.occurred_at,
        started_at: incident.started_at,
        ended_at: incident.ended_at,
        window: incident.window,
    })])
}

/// Whether [`follow_ups`] gives anything for `event` on the board `before` it: the cheap half of that question.
#[must_use]
pub fn owes(before: &Board, event: &Event) -> bool {
    reason(before, event).is_ok()
}

/// Whether subscribers are told of `event`, by what the board was before it.
pub(crate) fn reason(before: &Board, event: &Event) -> Result<Reason, WhyNot> {
    let (reason, wish) = candidate(event)?;
    let number = event.incident().ok_or(WhyNot::NotAboutAnIncident)?;
    let incident = before.incident(number);
    let silent = match (incident, event) {
        (None, Event::IncidentDeclared(e)) => e.silent,
        (None, Event::MaintenancePlanned(e)) => e.silent,
        // Its number is taken: it opens nothing.
        (Some(_), Event::IncidentDeclared(_) | Event::MaintenancePlanned(_)) | (None, _) => {
            return Err(WhyNot::NotAboutAnIncident);
        }
        (Some(incident), _) => incident.silent,
    };
    let opens_the_gate = matches!(event, Event::HumanConfirmed(_) | Event::Reopened(_));
    if !opens_the_gate
        && incident.is_some_and(|incident| {
            !incident.past_the_gate
                || matches!(incident.status, Status::Suspected | Status::Dismissed)
        })
    {
        return Err(WhyNot::NotConfirmedByAPerson);
    }
    let told = incident.is_some_and(|incident| {
        !matches!(event, Event::Reopened(_))
            && reason.status().is_some_and(|status| incident.told.contains(&status))
    });
    let announced = incident.is_none_or(|incident| !incident.told.is_empty());
    match wish {
        _ if silent => Err(WhyNot::Silent),
        Notify::No => Err(WhyNot::Declined),
        Notify::Yes => Ok(reason),
        Notify::Usual if told => Err(WhyNot::AlreadyTold),
        Notify::Usual
            if !announced
                && matches!(
                    reason,
                    Reason::MaintenanceRescheduled | Reason::MaintenanceCancelled
                ) =>
        {
            Err(WhyNot::NeverAnnounced)
        }
        Notify::Usual if reason == Reason::AskedByOperator => Err(WhyNot::NoNewStatus),
        Notify::Usual => Ok(reason),
    }
}

/// What the event itself calls for, before silence and repetition are looked at.
fn candidate(event: &Event) -> Result<(Reason, Notify), WhyNot> {
    match event {
        Event::HumanConfirmed(e) => Ok((Reason::Confirmed, e.notify)),
        Event::IncidentDeclared(e) => of_status(e.status).map(|reason| (reason, Notify::Usual)),
        Event::UpdatePosted(e) => {
            let reason = e.status.map_or(Ok(Reason::AskedByOperator), of_status)?;
            Ok((reason, e.notify))
        }
        Event::MaintenancePlanned(_) => Ok((Reason::MaintenancePlanned, Notify::Usual)),
        Event::MaintenanceRescheduled(e) => Ok((Reason::MaintenanceRescheduled, e.notify)),
        Event::MaintenanceStarted(e) => Ok((Reason::MaintenanceStarted, e.notify)),
        Event::MaintenanceEnded(e) => Ok((Reason::MaintenanceEnded, e.notify)),
        Event::MaintenanceCancelled(e) => Ok((Reason::MaintenanceCancelled, e.notify)),
        Event::Resolved(e) => Ok((Reason::Resolved, e.notify)),
        Event::Reopened(e) => Ok((Reason::Confirmed, e.notify)),
        Event::AlertRaised(_)
        | Event::AlertUpdated(_)
        | Event::AlertCleared(_)
        | Event::ConfirmationProposed(_)
        | Event::Dismissed(_) => Err(WhyNot::NotConfirmedByAPerson),
        Event::UpdateCorrected(_)
        | Event::UpdateRetracted(_)
        | Event::SeveritySet(_)
        | Event::TitleSet(_)
        | Event::SummarySet(_)
        | Event::TimesAmended(_)
        | Event::Silenced(_)
        | Event::PostmortemPublished(_) => Err(WhyNot::NoNewStatus),
        Event::SiteConfigured(_) | Event::PayloadRedacted(_) => Err(WhyNot::NotAboutAnIncident),
    }
}

fn of_status(status: Status) -> Result<Reason, WhyNot> {
    match status {
        Status::Confirmed => Ok(Reason::Confirmed),
        Status::Watching => Ok(Reason::Watching),
        Status::Resolved => Ok(Reason::Resolved),
        Status::Planned => Ok(Reason::MaintenancePlanned),
        Status::Suspected | Status::Dismissed => Err(WhyNot::NotConfirmedByAPerson),
    }
}
