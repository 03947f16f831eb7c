//! What somebody wants to happen.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    ActorId, AlertKey, AlertMessage, IncidentNumber, Notify, Severity, SiteConfigured, Status,
    Text, Title, Window,
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
    pub const DEFAULT_REFIRE: SignedDuration = SignedDuration::from_mins(15);
}

/// An incident as a person declares it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Declaration {
    /// What it is called.
    pub title: Title,
    /// Its status: confirmed, watching or resolved.
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
    /// Subscribers are not notified of this incident.
    pub silent: bool,
    /// New alerts join this incident, if it is a partial or full outage, instead of opening a suspicion of their own.
    pub takes_alerts: bool,
}

/// Maintenance as a person announces it.
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
    /// Subscribers are not notified of it.
    pub silent: bool,
}

/// Changes of an incident that are made together; what is absent stays as it is.
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
    /// It is removed.
    Removed,
}

/// Everything that can be asked of the page. Serialized, it is what tells "the same retry" from "an id used twice".
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
    /// A person opens an incident.
    Declare(Declaration),
    PlanMaintenance(MaintenancePlan),
    /// A person records maintenance that another page announced: its window may be over, and nobody is notified.
    RecordMaintenance(MaintenancePlan),
    /// A person, or the schedule, does something about an incident or a planned maintenance.
    Incident {
        number: IncidentNumber,
        action: IncidentAction,
    },
    ConfigureSite(SiteConfigured),
    /// Free text of the event `seq` has to go; `remains` is that event's payload without it.
    RedactPayload {
        seq: u64,
        why: Title,
        remains: String,
    },
}

/// What can be done about one incident or planned maintenance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are those of the events of the same name")]
pub enum IncidentAction {
    /// A person says that a suspected incident is real.
    Confirm {
        severity: Option<Severity>,
        title: Option<Title>,
        text: Option<Text>,
        notify: Notify,
    },
    /// As `Confirm`, where two people have to: the first one proposes, another one confirms.
    ConfirmByTwo {
        severity: Option<Severity>,
        title: Option<Title>,
        text: Option<Text>,
        notify: Notify,
    },
    /// A person says that a dismissed incident was real: it lasted until it was dismissed.
    ConfirmAfterwards {
        text: Option<Text>,
        notify: Notify,
    },
    /// A person says that a suspected incident is a false alarm. The text is for the team, and never public.
    Dismiss {
        text: Option<Text>,
    },
    /// A person writes what is going on, and perhaps that the status is now confirmed or watching.
    PostUpdate {
        text: Text,
        status: Option<Status>,
        notify: Notify,
    },
    /// A person corrects what the event `update` said.
    CorrectUpdate {
        update: u64,
        text: Text,
    },
    /// A person withdraws what the event `update` said.
    RetractUpdate {
        update: u64,
    },
    SetSeverity {
        severity: Severity,
    },
    SetTitle {
        title: Title,
    },
    SetSummary {
        summary: Option<Text>,
    },
    /// A person changes several things at once, or none of them.
    Revise {
        revision: Revision,
        notify: Notify,
    },
    /// A person corrects when it began or ended.
    AmendTimes {
        started_at: Option<Timestamp>,
        ended_at: Option<Timestamp>,
    },
    Silence {
        silent: bool,
    },
    /// A person moves planned maintenance; once it is under way, only its end.
    RescheduleMaintenance {
        window: Window,
        text: Option<Text>,
        notify: Notify,
    },
    StartMaintenance {
        text: Option<Text>,
        notify: Notify,
    },
    EndMaintenance {
        text: Option<Text>,
        notify: Notify,
    },
    CancelMaintenance {
        text: Option<Text>,
        notify: Notify,
    },
    /// A person says that it is over, since `ended_at` (now, if absent).
    Resolve {
        ended_at: Option<Timestamp>,
        text: Option<Text>,
        notify: Notify,
    },
    /// A person says that it is not over.
    Reopen {
        why: Text,
        notify: Notify,
    },
    PublishPostmortem {
        text: Text,
    },
}

impl IncidentAction {
    /// The command that does this to the incident with that number.
    #[must_use]
    pub fn on(self, number: IncidentNumber) -> Command {
        Command::Incident { number, action: self }
    }
}

impl Command {
    /// The same about another incident; unchanged if it is about none.
    #[must_use]
    pub fn about(mut self, incident: IncidentNumber) -> Self {
        if let Self::Incident { number, .. } = &mut self {
            *number = incident;
        }
        self
    }

    /// Whether only a person may give it; monitoring and the schedule give the others.
    pub(crate) fn needs_a_person(&self) -> bool {
        match self {
            Self::RaiseAlert { .. } | Self::UpdateAlert { .. } | Self::ClearAlert { .. } => false,
            Self::Incident { action, .. } => !matches!(
                action,
                IncidentAction::StartMaintenance { .. } | IncidentAction::EndMaintenance { .. }
            ),
            Self::Declare(_)
            | Self::PlanMaintenance(_)
            | Self::RecordMaintenance(_)
            | Self::ConfigureSite(_)
            | Self::RedactPayload { .. } => true,
        }
    }
}
