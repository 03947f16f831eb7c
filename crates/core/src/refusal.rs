//! Why a command was refused: a closed list. Callers map each refusal to texts and HTTP statuses in one place.

use jiff::Timestamp;

use crate::{ActorId, IncidentNumber, Status};

/// Why a command changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say it")]
pub enum Refusal {
    #[error("there is no incident {0}")]
    NoSuchIncident(IncidentNumber),
    /// Somebody was faster: the status is already the requested one, or the incident is over.
    #[error("incident {incident} is already {status}")]
    Already { incident: IncidentNumber, status: Status, by: Option<ActorId>, at: Timestamp },
    #[error("incident {incident} is {status}; only a suspected one can be confirmed or dismissed")]
    NotSuspected { incident: IncidentNumber, status: Status },
    #[error(
        "you already proposed to confirm incident {incident}; now a second person has to confirm it"
    )]
    SamePerson { incident: IncidentNumber },
    #[error("incident {incident} is {status}, not dismissed")]
    NotDismissed { incident: IncidentNumber, status: Status },
    #[error("incident {incident} is only suspected; confirm or dismiss it first")]
    NotConfirmed { incident: IncidentNumber },
    #[error("incident {incident} is planned; start or cancel it first")]
    NotStarted { incident: IncidentNumber },
    #[error("incident {incident} is {status}; this is only possible once it is over")]
    NotOver { incident: IncidentNumber, status: Status },
    #[error("incident {incident} was dismissed; if it was real, confirm that first")]
    WasDismissed { incident: IncidentNumber },
    #[error("maintenance {incident} is under way; only its end can be moved")]
    UnderWay { incident: IncidentNumber },
    #[error("maintenance {incident} was canceled; plan a new one")]
    Canceled { incident: IncidentNumber },
    #[error("incident {incident} is not {wanted} maintenance; its status is {status}")]
    NotMaintenance { incident: IncidentNumber, wanted: Status, status: Status },
    #[error("incident {incident} is not planned maintenance; plan maintenance instead")]
    NotPlannedMaintenance { incident: IncidentNumber },
    #[error(
        "incident {incident} is planned maintenance and stays that; declare an incident for anything that goes wrong"
    )]
    StaysMaintenance { incident: IncidentNumber },
    #[error("an incident can be declared as confirmed, watching or resolved, not as {0}")]
    NotDeclarable(Status),
    #[error(
        "an incident that is {0} has no end; leave out the end, or declare the incident as resolved"
    )]
    HasNoEnd(Status),
    #[error(
        "an update can set the status to confirmed or watching, not to {0}; there is a separate command to resolve an incident"
    )]
    NotAnUpdateStatus(Status),
    #[error("incident {incident} has no update with the number {update}")]
    NoSuchUpdate { incident: IncidentNumber, update: u64 },
    #[error("a new status needs a text that says what is going on")]
    NoText,
    #[error("the end must be after the start")]
    EndsBeforeItBegins,
    #[error("the time is in the future")]
    InTheFuture,
    #[error("the maintenance window is already over")]
    WindowIsOver,
    #[error("nothing would change")]
    NothingToChange,
    #[error("only a person can do this, and no person is named")]
    NobodyNamed,
}
