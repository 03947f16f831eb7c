//! What somebody wants to happen.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    ActorId, AlertKey, AlertMessage, IncidentNumber, Severity, SiteConfigured, Status, Text, Title,
    Window,
};

/// When and by whom a command is given. The shell reads the clock once per request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandContext {
    /// The time by which the command is decided.
    pub now: Timestamp,
    /// The person behind it; none for monitoring and the schedule.
    pub actor: Option<ActorId>,
    /// An alert that is raised sooner than this after the last suspicion was dismissed takes that up again.
    pub refire: SignedDuration,
}

impl CommandContext {
    /// The usual `refire`: monitoring that flaps makes one incident of it.
    pub const USUAL_REFIRE: SignedDuration = SignedDuration::from_mins(15);
}

/// Whether subscribers are told of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notify {
    /// As the rules say: of every status that differs from the one they were told last.
    #[default]
    Usual,
    /// The operator ticked it: tell them, also without a new status.
    Yes,
    /// The operator said: not for this change.
    No,
}

/// An incident as a person declares it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Declaration {
    /// What it is called.
    pub title: Title,
    /// How it stands: confirmed, watching or resolved.
    pub status: Status,
    /// How bad it is.
    pub severity: Severity,
    /// When it began; now, if absent.
    pub started_at: Option<Timestamp>,
    /// When it ended, for one that is declared as resolved; now, if absent.
    pub ended_at: Option<Timestamp>,
    /// A sentence or two above the timeline.
    pub summary: Option<Text>,
    /// The first entry of the timeline.
    pub text: Option<Text>,
    /// Nobody is told about this incident.
    pub silent: bool,
    /// New alerts join this incident, if it is a partial or full outage, instead of opening a suspicion of their own.
    pub takes_alerts: bool,
}

/// Planned work as a person announces it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MaintenancePlan {
    /// What it is called.
    pub title: Title,
    /// When it takes place.
    pub window: Window,
    /// What to expect.
    pub text: Option<Text>,
    /// The schedule starts it at the window's begin.
    pub auto_start: bool,
    /// The schedule ends it at the window's end.
    pub auto_end: bool,
    /// Nobody is told about it.
    pub silent: bool,
}

/// What a person changes about an incident, all at once; what is absent stays.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Revision {
    /// How bad it is.
    pub severity: Option<Severity>,
    /// What it is called.
    pub title: Option<Title>,
    /// The sentence or two above the timeline.
    pub summary: Option<Summary>,
    /// What is going on.
    pub text: Option<Text>,
    /// Confirmed or watching (which need a text), or resolved.
    pub status: Option<Status>,
}

/// What becomes of a summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Summary {
    /// It says this.
    Set(Text),
    /// There is none any more.
    Removed,
}

/// Everything that can be asked of the page. Serialised, it is what tells "the same retry" from "an id used twice".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are those of the events of the same name")]
pub enum Command {
    /// Monitoring reports a problem.
    RaiseAlert {
        alert: AlertKey,
        message: AlertMessage,
    },
    /// Monitoring reports something about a problem; `action` is its own word for it.
    UpdateAlert {
        alert: AlertKey,
        action: AlertMessage,
        message: AlertMessage,
    },
    /// Monitoring reports that the problem is gone.
    ClearAlert {
        alert: AlertKey,
        message: AlertMessage,
    },
    /// A person says that a suspected incident is real.
    Confirm {
        incident: IncidentNumber,
        severity: Option<Severity>,
        title: Option<Title>,
        text: Option<Text>,
        notify: Notify,
    },
    /// As `Confirm`, where two persons have to: the first one proposes, another one confirms.
    ConfirmByTwo {
        incident: IncidentNumber,
        severity: Option<Severity>,
        title: Option<Title>,
        text: Option<Text>,
        notify: Notify,
    },
    /// A person says that a dismissed incident was real: it lasted until it was dismissed.
    ConfirmAfterwards {
        incident: IncidentNumber,
        text: Option<Text>,
        notify: Notify,
    },
    /// A person says that a suspected incident is none. The text is for the team, and never public.
    Dismiss {
        incident: IncidentNumber,
        text: Option<Text>,
    },
    /// A person opens an incident.
    Declare(Declaration),
    /// A person writes what is going on, and perhaps that the status is now confirmed or watching.
    PostUpdate {
        incident: IncidentNumber,
        text: Text,
        status: Option<Status>,
        notify: Notify,
    },
    /// A person corrects what the event `update` said.
    CorrectUpdate {
        incident: IncidentNumber,
        update: u64,
        text: Text,
    },
    /// A person withdraws what the event `update` said.
    RetractUpdate {
        incident: IncidentNumber,
        update: u64,
    },
    SetSeverity {
        incident: IncidentNumber,
        severity: Severity,
    },
    SetTitle {
        incident: IncidentNumber,
        title: Title,
    },
    SetSummary {
        incident: IncidentNumber,
        summary: Option<Text>,
    },
    /// A person changes several things at once, or none of them.
    Revise {
        incident: IncidentNumber,
        revision: Revision,
        notify: Notify,
    },
    /// A person corrects when it began or ended.
    AmendTimes {
        incident: IncidentNumber,
        started_at: Option<Timestamp>,
        ended_at: Option<Timestamp>,
    },
    Silence {
        incident: IncidentNumber,
        silent: bool,
    },
    PlanMaintenance(MaintenancePlan),
    /// A person puts planned work on record that another page announced: its window may be over, and nobody is told.
    RecordMaintenance(MaintenancePlan),
    /// A person moves planned work; of work that is under way, only the end.
    RescheduleMaintenance {
        incident: IncidentNumber,
        window: Window,
        text: Option<Text>,
        notify: Notify,
    },
    StartMaintenance {
        incident: IncidentNumber,
        text: Option<Text>,
        notify: Notify,
    },
    EndMaintenance {
        incident: IncidentNumber,
        text: Option<Text>,
        notify: Notify,
    },
    CancelMaintenance {
        incident: IncidentNumber,
        text: Option<Text>,
        notify: Notify,
    },
    /// A person says that it is over, since `ended_at` (now, if absent).
    Resolve {
        incident: IncidentNumber,
        ended_at: Option<Timestamp>,
        text: Option<Text>,
        notify: Notify,
    },
    /// A person says that it is not over.
    Reopen {
        incident: IncidentNumber,
        why: Text,
        notify: Notify,
    },
    PublishPostmortem {
        incident: IncidentNumber,
        text: Text,
    },
    ConfigureSite(SiteConfigured),
    /// Free text of the event `seq` has to go; `remains` is that event's payload without it.
    RedactPayload {
        seq: u64,
        why: Title,
        remains: String,
    },
}

impl Command {
    /// The same, about another incident; unchanged, if it is about none.
    #[must_use]
    pub fn about(mut self, number: IncidentNumber) -> Self {
        match &mut self {
            Self::Confirm { incident, .. }
            | Self::ConfirmByTwo { incident, .. }
            | Self::ConfirmAfterwards { incident, .. }
            | Self::Dismiss { incident, .. }
            | Self::PostUpdate { incident, .. }
            | Self::CorrectUpdate { incident, .. }
            | Self::RetractUpdate { incident, .. }
            | Self::SetSeverity { incident, .. }
            | Self::SetTitle { incident, .. }
            | Self::SetSummary { incident, .. }
            | Self::Revise { incident, .. }
            | Self::AmendTimes { incident, .. }
            | Self::Silence { incident, .. }
            | Self::RescheduleMaintenance { incident, .. }
            | Self::StartMaintenance { incident, .. }
            | Self::EndMaintenance { incident, .. }
            | Self::CancelMaintenance { incident, .. }
            | Self::Resolve { incident, .. }
            | Self::Reopen { incident, .. }
            | Self::PublishPostmortem { incident, .. } => *incident = number,
            Self::RaiseAlert { .. }
            | Self::UpdateAlert { .. }
            | Self::ClearAlert { .. }
            | Self::Declare(_)
            | Self::PlanMaintenance(_)
            | Self::RecordMaintenance(_)
            | Self::ConfigureSite(_)
            | Self::RedactPayload { .. } => {}
        }
        self
    }
}
