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
    #[error("you have proposed to confirm incident {incident}; a second person has to do it")]
    SamePerson { incident: IncidentNumber },
    #[error("incident {incident} is {status}, not dismissed")]
    NotDismissed { incident: IncidentNumber, status: Status },
    #[error("incident {incident} is only suspected; confirm or dismiss it first")]
    NotConfirmed { incident: IncidentNumber },
    #[error("incident {incident} is planned; start or cancel it first")]
    NotStarted { incident: IncidentNumber },
    #[error("incident {incident} is {status}; this can be done once it is over")]
    NotOver { incident: IncidentNumber, status: Status },
    #[error("incident {incident} was dismissed; if it was real, say that first")]
    WasDismissed { incident: IncidentNumber },
    #[error("incident {incident} is under way; only its end can be moved")]
    UnderWay { incident: IncidentNumber },
    #[error("incident {incident} is a maintenance that was canceled; plan it anew")]
    Canceled { incident: IncidentNumber },
    #[error("incident {incident} is no maintenance that is {wanted}; it is {status}")]
    NotMaintenance { incident: IncidentNumber, wanted: Status, status: Status },
    #[error("incident {incident} is no planned work; plan a maintenance instead")]
    NotPlannedWork { incident: IncidentNumber },
    #[error(
        "incident {incident} is planned work and stays maintenance; declare an incident for what goes wrong"
    )]
    StaysMaintenance { incident: IncidentNumber },
    #[error("an incident can be declared as confirmed, watching or resolved, not as {0}")]
    NotDeclarable(Status),
    #[error("an incident that is {0} has no end; leave the end out, or declare it as resolved")]
    HasNoEnd(Status),
    #[error(
        "an update can set the status to confirmed or watching, not to {0}; resolving is a command of its own"
    )]
    NotAnUpdateStatus(Status),
    #[error("incident {incident} has no entry written by event {update}")]
    NoSuchUpdate { incident: IncidentNumber, update: u64 },
    #[error("say what is going on: a new status needs a text")]
    NoText,
    #[error("the end must be after the begin")]
    EndsBeforeItBegins,
    #[error("the time lies in the future")]
    InTheFuture,
    #[error("the window is already over")]
    WindowIsOver,
    #[error("nothing would change")]
    NothingToChange,
    #[error("only a person can do this, and nobody is named")]
    NobodyNamed,
}
