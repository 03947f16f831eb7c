//! Commands: what monitoring, people and the schedule ask for.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    ActorId, AlertKey, AlertMessage, IncidentNumber, Notify, Severity, SiteConfigured, Status,
    Text, Title, Window,
};

/// When and by whom a command is given. The clock is read once per request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandContext {
    /// The time by which the command is decided.
    pub now: Timestamp,
    /// The person behind it; none for monitoring and the schedule.
    pub actor: Option<ActorId>,
    /// A new alert within this time after the last dismissal reopens the dismissed incident.
    pub refire: SignedDuration,
}

impl CommandContext {
    /// The default of `refire`: a flapping alert makes one incident.
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
    /// When it began; now if absent.
    pub started_at: Option<Timestamp>,
    /// When it ended, if it is declared as resolved; now if absent.
    pub ended_at: Option<Timestamp>,
    /// A sentence or two above the timeline.
    pub summary: Option<Text>,
    /// The first entry of the timeline.
    pub text: Option<Text>,
    /// Whether subscribers are never notified of it.
    pub silent: bool,
    /// Whether new alerts join it, if it is a partial outage or an outage, instead of opening a suspected incident.
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
    /// Whether the schedule starts it when the window begins.
    pub auto_start: bool,
    /// Whether the schedule ends it when the window ends.
    pub auto_end: bool,
    /// Whether subscribers are never notified of it.
    pub silent: bool,
}

/// Changes of an incident that are made together; absent ones change nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Revision {
    /// How bad it is.
    pub severity: Option<Severity>,
    /// What it is called.
    pub title: Option<Title>,
    /// The summary above the timeline.
    pub summary: Option<Summary>,
    /// The text of an update.
    pub text: Option<Text>,
    /// Confirmed or watching (which need a text), or resolved.
    pub status: Option<Status>,
}

/// A change of the summary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Summary {
    /// Sets it.
    Set(Text),
    /// Removes it.
    Removed,
}

/// Which occurrence of an alert a signal is about, as far as its source tells. The key of the alert in a command has no
/// occurrence; `decide` finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occurrence {
    /// The source uses an id once: what was cleared is never raised again, however late a raise comes.
    #[default]
    Only,
    /// The source uses an id again for the next problem. The times are by its own clock.
    OneOfMany {
        /// When this occurrence began; the same in its raise and its clear.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Timestamp>,
        /// When what the signal says happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Timestamp>,
    },
}

impl Occurrence {
    /// Tells serde when to leave it out.
    fn is_the_only_one(&self) -> bool {
        *self == Self::Only
    }
}

/// Everything that can be asked for. Its serialized form tells a retry of the same command from a reused key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are those of the events of the same name")]
pub enum Command {
    /// Monitoring reports a problem.
    RaiseAlert {
        alert: AlertKey,
        message: AlertMessage,
        #[serde(default, skip_serializing_if = "Occurrence::is_the_only_one")]
        occurrence: Occurrence,
    },
    /// Monitoring reports something else about a problem; `action` is its own name for it.
    UpdateAlert {
        alert: AlertKey,
        action: AlertMessage,
        message: AlertMessage,
    },
    /// Monitoring reports that the problem is gone.
    ClearAlert {
        alert: AlertKey,
        message: AlertMessage,
        #[serde(default, skip_serializing_if = "Occurrence::is_the_only_one")]
        occurrence: Occurrence,
    },
    /// A person declares an incident.
    Declare(Declaration),
    PlanMaintenance(MaintenancePlan),
    /// A person records maintenance that another page announced: its window may be over, and nobody is notified.
    RecordMaintenance(MaintenancePlan),
    /// A person, or the schedule, acts on an incident or planned maintenance.
    Incident {
        number: IncidentNumber,
        action: IncidentAction,
    },
    ConfigureSite(SiteConfigured),
    /// Removes free text from the event `seq`; `remains` is that event's payload without it.
    RedactPayload {
        seq: u64,
        why: Title,
        remains: String,
    },
}

/// An action on one incident or planned maintenance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the fields are those of the events of the same name")]
pub enum IncidentAction {
    /// A person confirms a suspected incident.
    Confirm {
        severity: Option<Severity>,
        title: Option<Title>,
        text: Option<Text>,
        notify: Notify,
    },
    /// The same where two people are needed: the first one proposes, another one confirms.
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
    /// A person dismisses a suspected incident as a false alarm. The text is for the team, and never public.
    Dismiss {
        text: Option<Text>,
    },
    /// A person posts an update, perhaps with the new status confirmed or watching.
    PostUpdate {
        text: Text,
        status: Option<Status>,
        notify: Notify,
    },
    /// A person corrects the text that the event `update` wrote.
    CorrectUpdate {
        update: u64,
        text: Text,
    },
    /// A person retracts the text that the event `update` wrote.
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
    /// A person makes several changes at once, all or none.
    Revise {
        revision: Revision,
        notify: Notify,
    },
    /// A person corrects the start or the end.
    AmendTimes {
        started_at: Option<Timestamp>,
        ended_at: Option<Timestamp>,
    },
    Silence {
        silent: bool,
    },
    /// A person reschedules planned maintenance; once it is under way, only its end.
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
    /// A person resolves the incident, as of `ended_at` (now if absent).
    Resolve {
        ended_at: Option<Timestamp>,
        text: Option<Text>,
        notify: Notify,
    },
    /// A person reopens the incident.
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
    /// The same command about another incident; unchanged if it is about none.
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
