//! Why something wasn't done, to the person who wanted it: what happened, who did it, and what to do instead.

use candor_core::{
    ActorId, Board, DismissReason, EntryKind, Incident, IncidentNumber, Refusal, Status,
};
use jiff::Timestamp;

use super::{SlackContext, title};
use crate::slack::mrkdwn;

/// Why `me` couldn't do it, in Slack's markup.
#[must_use]
pub fn refusal(
    refusal: &Refusal,
    board: &Board,
    context: &SlackContext<'_>,
    me: &ActorId,
) -> String {
    RefusalText { board, context, me: Some(me), markup: true }.tell(refusal)
}

/// The same without markup and for anybody, as the errors of a form are.
pub(in crate::slack) fn plainly(
    refusal: &Refusal,
    board: &Board,
    context: &SlackContext<'_>,
) -> String {
    RefusalText { board, context, me: None, markup: false }.tell(refusal)
}

struct RefusalText<'a> {
    board: &'a Board,
    context: &'a SlackContext<'a>,
    me: Option<&'a ActorId>,
    markup: bool,
}

impl RefusalText<'_> {
    fn tell(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::NoSuchIncident(number) => format!("There is no incident #{number}."),
            Refusal::Already { incident, status, by, at } => {
                self.already(*incident, *status, by.as_ref(), *at)
            }
            Refusal::NotSuspected { incident, status } => format!(
                "{} {}. Only a suspected incident can be confirmed or dismissed.",
                self.named(*incident),
                self.stands(*incident, *status)
            ),
            Refusal::SamePerson { incident } => format!(
                "You were the first to say that {} is real. Now a second person has to say so, too.",
                self.named(*incident)
            ),
            Refusal::NotDismissed { incident, status } => format!(
                "{} {}. Only what was dismissed can turn out to have been real.",
                self.named(*incident),
                self.stands(*incident, *status)
            ),
            Refusal::NotConfirmed { incident } => {
                format!("{} is only suspected. Confirm or dismiss it first.", self.named(*incident))
            }
            Refusal::NotStarted { incident } => {
                format!("{} has not begun. Start it or cancel it first.", self.named(*incident))
            }
            Refusal::NotOver { incident, status } => format!(
                "{} {}. This can be done once it is over.",
                self.named(*incident),
                self.stands(*incident, *status)
            ),
            Refusal::WasDismissed { incident } => {
                format!("{} was dismissed. If it was real, say that first.", self.named(*incident))
            }
            Refusal::UnderWay { incident } => {
                format!("{} is under way. Only its end can be moved.", self.named(*incident))
            }
            Refusal::Cancelled { incident } => {
                format!("{} was called off. Plan it anew.", self.named(*incident))
            }
            Refusal::NotMaintenance { incident, wanted, status } => {
                let wanted = match wanted {
                    Status::Planned => "planned work that has not begun",
                    Status::Confirmed | Status::Watching => "planned work that is under way",
                    Status::Suspected | Status::Dismissed | Status::Resolved => "planned work",
                };
                let stands = self.stands(*incident, *status);
                format!("{} is not {wanted}; it {stands}.", self.named(*incident))
            }
            Refusal::NotPlannedWork { incident } => {
                format!("{} is no planned work. Plan a maintenance instead.", self.named(*incident))
            }
            Refusal::StaysMaintenance { incident } => format!(
                "{} is planned work and stays maintenance. Declare an incident for what goes wrong.",
                self.named(*incident)
            ),
            Refusal::NotDeclarable(_) => {
                "An incident is declared as confirmed, watching or resolved.".to_owned()
            }
            Refusal::HasNoEnd(_) => {
                "What goes on has no end. Leave the end out, or declare it as resolved.".to_owned()
            }
            Refusal::NotAnUpdateStatus(_) => {
                "An update can say that it is confirmed or being watched. To end it, resolve it."
                    .to_owned()
            }
            Refusal::NoSuchUpdate { incident, .. } => {
                format!("{} has no such update any more.", self.named(*incident))
            }
            Refusal::NoText => "Say what is going on: a new status needs a text.".to_owned(),
            Refusal::EndsBeforeItBegins => "The end must be after the start.".to_owned(),
            Refusal::InTheFuture => "This time has not come yet.".to_owned(),
            Refusal::WindowIsOver => "This time is over. Choose a later end.".to_owned(),
            Refusal::NothingToChange => "Nothing would change.".to_owned(),
            Refusal::NobodyNamed => {
                "Only a person can do this, and Slack did not say who you are.".to_owned()
            }
        }
    }

    fn already(
        &self,
        number: IncidentNumber,
        status: Status,
        by: Option<&ActorId>,
        at: Timestamp,
    ) -> String {
        let incident = self.board.incident(number);
        let because = incident.and_then(Incident::last_status_change).map(|entry| entry.kind);
        let work = incident.is_some_and(|incident| incident.window.is_some());
        let when = if self.markup { mrkdwn::date(at) } else { mrkdwn::utc(at) };
        let named = self.named(number);
        let what = match (status, because) {
            (Status::Dismissed, Some(EntryKind::Dismissed(DismissReason::AllAlertsCleared)))
                if by.is_none() =>
            {
                return format!(
                    "{named} dismissed itself at {when}, when all its alerts were cleared."
                );
            }
            (Status::Resolved, Some(EntryKind::Cancelled)) => "called off",
            (Status::Resolved, _) if work => "ended",
            (Status::Resolved, _) => "resolved",
            (Status::Confirmed, Some(EntryKind::Reopened)) => "reopened",
            (Status::Confirmed, _) if work => "started",
            (Status::Confirmed, _) => "confirmed",
            (Status::Watching, _) => "set to watching",
            (Status::Dismissed, _) => "dismissed",
            (Status::Planned, _) => "planned",
            (Status::Suspected, _) => "reported",
        };
        let by = match by {
            Some(person) if Some(person) == self.me => " by you".to_owned(),
            Some(person) if self.markup => format!(" by {}", self.context.name(person)),
            Some(person) => format!(" by {}", (self.context.names)(person)),
            None if work => " by the schedule".to_owned(),
            None => String::new(),
        };
        format!("{named} was already {what}{by} ({when}).")
    }

    /// `*Checkout unavailable* (#7)`, or the number alone.
    fn named(&self, number: IncidentNumber) -> String {
        match self.board.incident(number) {
            Some(incident) if self.markup => {
                format!("{} (#{number})", mrkdwn::bold(title(incident)))
            }
            Some(incident) => format!("“{}” (#{number})", title(incident)),
            None => format!("Incident #{number}"),
        }
    }

    fn stands(&self, number: IncidentNumber, status: Status) -> &'static str {
        let work = self.board.incident(number).is_some_and(|incident| incident.window.is_some());
        match status {
            Status::Planned => "is planned and has not begun",
            Status::Suspected => "is suspected",
            Status::Dismissed => "is dismissed",
            Status::Confirmed if work => "is under way",
            Status::Confirmed => "is confirmed",
            Status::Watching => "is being watched",
            Status::Resolved if work => "is over",
            Status::Resolved => "is resolved",
        }
    }
}
