//! Why a command changed nothing: what happened, who did it, and what to do instead.

use candor_core::{
    ActorId, Board, DismissReason, EntryKind, Incident, IncidentNumber, Refusal, Status,
};
use jiff::Timestamp;

use crate::{language::Language, words};

/// The words of a refusal, in the form that suits where they are read.
#[derive(Clone, Copy)]
pub struct RefusalWords<'a> {
    /// The language.
    pub language: Language,
    /// The board that the refusal is about; it may be older than the refusal.
    pub board: &'a Board,
    /// An incident's name; by default [`incident`].
    pub name: &'a dyn Fn(&Incident) -> String,
    /// An operator's name.
    pub operator: &'a dyn Fn(&ActorId) -> String,
    /// A time.
    pub time: &'a dyn Fn(Timestamp) -> String,
}

impl std::fmt::Debug for RefusalWords<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RefusalWords").field("language", &self.language).finish_non_exhaustive()
    }
}

/// `“Checkout unavailable” (#7)`
#[must_use]
pub fn incident(language: Language, incident: &Incident) -> String {
    let (title, number) = (words::title(language, incident).0, incident.number.to_string());
    let values = [("title", (&title).into()), ("number", (&number).into())];
    language.say_with("incident-quoted", &values)
}

impl RefusalWords<'_> {
    /// One or more whole sentences.
    #[must_use]
    pub fn of(&self, refusal: &Refusal) -> String {
        let say = |id| self.language.say(id);
        match refusal {
            Refusal::NoSuchIncident(number) => {
                let number = number.to_string();
                let values = [("number", (&number).into())];
                self.language.say_with("refused-no-incident", &values)
            }
            Refusal::Already { incident, status, by, at } => {
                self.already(*incident, *status, by.as_ref(), *at)
            }
            Refusal::NotSuspected { incident, .. } => {
                self.about(*incident, "refused-not-suspected")
            }
            Refusal::SamePerson { incident } => self.about(*incident, "refused-same-person"),
            Refusal::NotDismissed { incident, .. } => {
                self.about(*incident, "refused-not-dismissed")
            }
            Refusal::NotConfirmed { incident } => self.about(*incident, "refused-not-confirmed"),
            Refusal::NotStarted { incident } => self.about(*incident, "refused-not-started"),
            Refusal::NotOver { incident, .. } => self.about(*incident, "refused-not-over"),
            Refusal::WasDismissed { incident } => self.about(*incident, "refused-was-dismissed"),
            Refusal::UnderWay { incident } => self.about(*incident, "refused-under-way"),
            Refusal::Canceled { incident } => self.about(*incident, "refused-canceled"),
            Refusal::NotMaintenance { incident, wanted, .. } => self.about(
                *incident,
                match wanted {
                    Status::Planned => "refused-not-planned",
                    Status::Confirmed | Status::Watching => "refused-not-running",
                    Status::Suspected | Status::Dismissed | Status::Resolved => {
                        "refused-not-maintenance"
                    }
                },
            ),
            Refusal::NotPlannedMaintenance { incident } => {
                self.about(*incident, "refused-not-maintenance")
            }
            Refusal::StaysMaintenance { incident } => {
                self.about(*incident, "refused-stays-maintenance")
            }
            Refusal::NoSuchUpdate { incident, .. } => self.about(*incident, "refused-no-update"),
            Refusal::NotDeclarable(_) => say("refused-not-declarable"),
            Refusal::HasNoEnd(_) => say("refused-has-no-end"),
            Refusal::NotAnUpdateStatus(_) => say("refused-not-a-status"),
            Refusal::NoText => say("refused-no-text"),
            Refusal::EndsBeforeItBegins => say("refused-end-first"),
            Refusal::InTheFuture => say("refused-future"),
            Refusal::WindowIsOver => say("refused-over"),
            Refusal::NothingToChange => say("refused-nothing"),
            Refusal::NobodyNamed => say("refused-nameless"),
        }
    }

    /// A message about an incident, which may name its status.
    fn about(&self, number: IncidentNumber, id: &str) -> String {
        let incident = self.board.incident(number);
        let status = incident.map(|incident| words::status(self.language, incident));
        let (named, status) = (self.named(number), status.unwrap_or_default());
        let values = [("incident", (&named).into()), ("status", (&status).into())];
        self.language.say_with(id, &values)
    }

    /// Somebody was faster. The refusal says what they did; this board may not know it yet.
    fn already(
        &self,
        number: IncidentNumber,
        status: Status,
        by: Option<&ActorId>,
        at: Timestamp,
    ) -> String {
        let incident = self.board.incident(number);
        let kind = incident.and_then(Incident::last_status_change).map(|entry| entry.kind);
        let is_maintenance = incident.is_some_and(|incident| incident.window.is_some());
        let id = match (status, kind) {
            (Status::Dismissed, Some(EntryKind::Dismissed(DismissReason::AllAlertsCleared)))
                if by.is_none() =>
            {
                "did-dismiss-itself"
            }
            (Status::Resolved, Some(EntryKind::Canceled)) => "did-cancel",
            (Status::Resolved, _) if is_maintenance => "did-end",
            (Status::Resolved, _) => "did-resolve",
            (Status::Confirmed, Some(EntryKind::Reopened)) => "did-reopen",
            (Status::Confirmed, _) if is_maintenance => "did-start",
            (Status::Confirmed, _) => "did-confirm",
            (Status::Watching, _) => "did-watch",
            (Status::Dismissed, _) => "did-dismiss",
            (Status::Planned, _) => "did-plan",
            (Status::Suspected, _) => "entry-suspected",
        };
        let who = match by {
            Some(operator) => (self.operator)(operator),
            None => self.language.say(if is_maintenance { "who-schedule" } else { "who-someone" }),
        };
        let did = self.language.say_with(id, &[("who", (&who).into())]);
        let (named, time) = (self.named(number), (self.time)(at));
        let values =
            [("incident", (&named).into()), ("did", (&did).into()), ("time", (&time).into())];
        self.language.say_with("refused-already", &values)
    }

    /// The incident's name, or its number if the board doesn't know it.
    fn named(&self, number: IncidentNumber) -> String {
        let number_alone = || {
            let number = number.to_string();
            self.language.say_with("incident-number", &[("number", (&number).into())])
        };
        self.board.incident(number).map_or_else(number_alone, self.name)
    }
}
