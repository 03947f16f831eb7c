//! Refusals in words: what happened, who did it, and what to do instead.

use candor_core::{
    ActorId, Board, DismissReason, EntryKind, Incident, IncidentNumber, Refusal, Status,
};
use jiff::Timestamp;

use super::SlackContext;
use crate::slack::mrkdwn;

/// Why `me` couldn't do it, in Slack's markup.
#[must_use]
pub fn refusal(
    refusal: &Refusal,
    board: &Board,
    context: &SlackContext<'_>,
    me: &ActorId,
) -> String {
    RefusalText { board, context, me: Some(me), markup: true }.of(refusal)
}

/// The same without markup and for anybody, as the errors of a form are.
pub(in crate::slack) fn plainly(
    refusal: &Refusal,
    board: &Board,
    context: &SlackContext<'_>,
) -> String {
    RefusalText { board, context, me: None, markup: false }.of(refusal)
}

struct RefusalText<'a> {
    board: &'a Board,
    context: &'a SlackContext<'a>,
    me: Option<&'a ActorId>,
    markup: bool,
}

impl RefusalText<'_> {
    fn of(&self, refusal: &Refusal) -> String {
        let say = |id| self.context.say(id);
        match refusal {
            Refusal::NoSuchIncident(number) => {
                let number = number.to_string();
                let values = [("number", (&number).into())];
                self.context.say_with("slack-refused-no-incident", &values)
            }
            Refusal::Already { incident, status, by, at } => {
                self.already(*incident, *status, by.as_ref(), *at)
            }
            Refusal::NotSuspected { incident, .. } => {
                self.about(*incident, "slack-refused-not-suspected")
            }
            Refusal::SamePerson { incident } => self.about(*incident, "slack-refused-same-person"),
            Refusal::NotDismissed { incident, .. } => {
                self.about(*incident, "slack-refused-not-dismissed")
            }
            Refusal::NotConfirmed { incident } => {
                self.about(*incident, "slack-refused-not-confirmed")
            }
            Refusal::NotStarted { incident } => self.about(*incident, "slack-refused-not-started"),
            Refusal::NotOver { incident, .. } => self.about(*incident, "slack-refused-not-over"),
            Refusal::WasDismissed { incident } => {
                self.about(*incident, "slack-refused-was-dismissed")
            }
            Refusal::UnderWay { incident } => self.about(*incident, "slack-refused-under-way"),
            Refusal::Canceled { incident } => self.about(*incident, "slack-refused-canceled"),
            Refusal::NotMaintenance { incident, wanted, .. } => self.about(
                *incident,
                match wanted {
                    Status::Planned => "slack-refused-not-planned",
                    Status::Confirmed | Status::Watching => "slack-refused-not-running",
                    Status::Suspected | Status::Dismissed | Status::Resolved => {
                        "slack-refused-not-maintenance"
                    }
                },
            ),
            Refusal::NotPlannedMaintenance { incident } => {
                self.about(*incident, "slack-refused-not-maintenance")
            }
            Refusal::StaysMaintenance { incident } => {
                self.about(*incident, "slack-refused-stays-maintenance")
            }
            Refusal::NoSuchUpdate { incident, .. } => {
                self.about(*incident, "slack-refused-no-update")
            }
            Refusal::NotDeclarable(_) => say("slack-refused-not-declarable"),
            Refusal::HasNoEnd(_) => say("slack-refused-has-no-end"),
            Refusal::NotAnUpdateStatus(_) => say("slack-refused-not-a-status"),
            Refusal::NoText => say("slack-refused-no-text"),
            Refusal::EndsBeforeItBegins => say("slack-refused-end-first"),
            Refusal::InTheFuture => say("slack-refused-future"),
            Refusal::WindowIsOver => say("slack-refused-over"),
            Refusal::NothingToChange => say("slack-refused-nothing"),
            Refusal::NobodyNamed => say("slack-refused-nameless"),
        }
    }

    /// A message about an incident, which may say how it stands.
    fn about(&self, number: IncidentNumber, id: &str) -> String {
        let standing = self.board.incident(number).map(|incident| self.context.standing(incident));
        let (named, standing) = (self.named(number), standing.unwrap_or_default());
        self.context
            .say_with(id, &[("incident", (&named).into()), ("standing", (&standing).into())])
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
        let work = incident.is_some_and(|incident| incident.window.is_some());
        let id = match (status, kind) {
            (Status::Dismissed, Some(EntryKind::Dismissed(DismissReason::AllAlertsCleared)))
                if by.is_none() =>
            {
                "slack-did-dismiss-itself"
            }
            (Status::Resolved, Some(EntryKind::Canceled)) => "slack-did-cancel",
            (Status::Resolved, _) if work => "slack-did-end",
            (Status::Resolved, _) => "slack-did-resolve",
            (Status::Confirmed, Some(EntryKind::Reopened)) => "slack-did-reopen",
            (Status::Confirmed, _) if work => "slack-did-start",
            (Status::Confirmed, _) => "slack-did-confirm",
            (Status::Watching, _) => "slack-did-watch",
            (Status::Dismissed, _) => "slack-did-dismiss",
            (Status::Planned, _) => "slack-did-plan",
            (Status::Suspected, _) => "entry-suspected",
        };
        let who = match by {
            Some(id) if Some(id) == self.me => self.context.say("slack-you"),
            Some(id) if !self.markup => (self.context.names)(id),
            Some(id) => self.context.name(id),
            None => self.context.say(if work { "slack-schedule" } else { "slack-someone" }),
        };
        let did = self.context.say_with(id, &[("who", (&who).into())]);
        let time = if self.markup { self.context.time(at) } else { self.context.plain_time(at) };
        let named = self.named(number);
        self.context.say_with(
            "slack-refused-already",
            &[("incident", (&named).into()), ("did", (&did).into()), ("time", (&time).into())],
        )
    }

    /// `*Checkout unavailable* (#7)`, or the number alone.
    fn named(&self, number: IncidentNumber) -> String {
        let digits = number.to_string();
        let Some(incident) = self.board.incident(number) else {
            return self.context.say_with("slack-incident", &[("number", (&digits).into())]);
        };
        let title = self.context.title(incident);
        if self.markup {
            return format!("{} (#{digits})", mrkdwn::bold(&title));
        }
        let values = [("title", (&title).into()), ("number", (&digits).into())];
        self.context.say_with("slack-quoted", &values)
    }
}
