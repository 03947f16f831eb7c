//! Given, when, then: events happen, a command is decided, and the outcome is compared.

use candor_core::{
    ActorId, AlertKey, AlertMessage, Board, Command, CommandContext, Declaration, Event, Headline,
    Incident, IncidentAction, IncidentNumber, MaintenancePlan, Notified, Notify, NotifyReason,
    RecordedEvent, Refusal, Revision, Severity, Status, SuppressReason, Text, Title, Window,
    decide, outbox_entry,
};
use jiff::{SignedDuration, Timestamp};

/// The minute 0 of every story.
pub(crate) const BEGIN: &str = "2026-11-21T14:00:00Z";

/// A board to which things happen, a minute apart.
#[derive(Clone, Default)]
pub(crate) struct Story {
    pub(crate) board: Board,
    minutes: i64,
    /// What each event says of its being told, and why; none for what never is.
    pub(crate) told: Vec<Option<Notified>>,
    pub(crate) events: Vec<RecordedEvent>,
}

pub(crate) fn quiet_page() -> Story {
    Story::default()
}

impl Story {
    pub(crate) fn now(&self) -> Timestamp {
        at(self.minutes)
    }

    /// Lets time pass.
    pub(crate) fn after_minutes(mut self, minutes: i64) -> Self {
        self.minutes += minutes;
        self
    }

    /// Lets somebody else than Ada, or nobody, do it.
    #[track_caller]
    pub(crate) fn when_by(mut self, command: Command, actor: Option<ActorId>) -> Self {
        let events = self.decide_by(command, actor.clone()).expect("the story goes on");
        for event in events {
            self.happens(event, actor.clone());
        }
        self.minutes += 1;
        self
    }

    /// Decides without letting it happen; by Ada, unless monitoring or the schedule does it.
    pub(crate) fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.decide_by(command, Some(ada()))
    }

    pub(crate) fn decide_by(
        &self,
        command: Command,
        actor: Option<ActorId>,
    ) -> Result<Vec<Event>, Refusal> {
        decide(
            &self.board,
            command,
            &CommandContext { now: self.now(), actor, refire: CommandContext::DEFAULT_REFIRE },
        )
    }

    /// Lets it happen.
    #[track_caller]
    pub(crate) fn when(self, command: Command) -> Self {
        self.when_by(command, Some(ada()))
    }

    pub(crate) fn happens(&mut self, event: Event, actor: Option<ActorId>) {
        let now = self.now();
        let seq = self.board.seq + 1;
        let recorded = RecordedEvent { seq, occurred_at: now, recorded_at: now, actor, event };
        self.board.evolve(&recorded);
        let notified = recorded.event.notified();
        let owed = outbox_entry(&self.board, &recorded).map(|owed| {
            let candor_core::OutboxEntry::NotifySubscribers(notice) = owed;
            notice.reason
        });
        assert_eq!(owed, notified.and_then(Notified::reason), "what was decided is done");
        self.told.push(notified);
        self.events.push(recorded);
    }

    #[track_caller]
    pub(crate) fn then_refused(&self, command: Command, refusal: &Refusal) {
        assert_eq!(self.decide(command).unwrap_err(), *refusal);
    }

    #[track_caller]
    pub(crate) fn incident(&self, number: u32) -> &Incident {
        self.board.incident(incident(number)).expect("the incident exists")
    }

    #[track_caller]
    pub(crate) fn then_status(self, number: u32, status: Status) -> Self {
        assert_eq!(self.incident(number).status, status);
        self
    }

    #[track_caller]
    pub(crate) fn then_headline(self, headline: Headline) -> Self {
        assert_eq!(Headline::of(&self.board), headline);
        self
    }

    /// What the last event led to.
    #[track_caller]
    pub(crate) fn then_told(self, reason: NotifyReason) -> Self {
        assert_eq!(self.told.last(), Some(&Some(Notified::Yes(reason))));
        self
    }

    #[track_caller]
    pub(crate) fn then_not_told(self, why_not: SuppressReason) -> Self {
        assert_eq!(self.told.last(), Some(&Some(Notified::No(why_not))));
        self
    }

    /// The last event is of a kind that tells nobody.
    #[track_caller]
    pub(crate) fn then_nothing_to_tell(self) -> Self {
        assert_eq!(self.told.last(), Some(&None));
        self
    }

    /// The type names of all events so far.
    pub(crate) fn types(&self) -> Vec<&'static str> {
        self.events.iter().map(|recorded| recorded.event.type_name()).collect()
    }
}

pub(crate) fn at(minutes: i64) -> Timestamp {
    BEGIN.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

pub(crate) fn ada() -> ActorId {
    ActorId::parse("ada").unwrap()
}

pub(crate) fn grace() -> ActorId {
    ActorId::parse("grace").unwrap()
}

pub(crate) fn incident(number: u32) -> IncidentNumber {
    IncidentNumber::new(number).unwrap()
}

pub(crate) fn text(raw: &str) -> Text {
    Text::parse(raw).unwrap()
}

pub(crate) fn title(raw: &str) -> Title {
    Title::parse(raw).unwrap()
}

pub(crate) fn alert(id: &str) -> AlertKey {
    AlertKey::new("opsgenie", id).unwrap()
}

fn message(raw: &str) -> AlertMessage {
    AlertMessage::lenient(raw)
}

pub(crate) fn raise(id: &str) -> Command {
    Command::RaiseAlert { alert: alert(id), message: message("the shop does not answer") }
}

pub(crate) fn clear(id: &str) -> Command {
    Command::ClearAlert { alert: alert(id), message: message("the shop answers") }
}

pub(crate) fn note(id: &str) -> Command {
    Command::UpdateAlert {
        alert: alert(id),
        action: message("Acknowledge"),
        message: message("seen"),
    }
}

pub(crate) fn confirm(number: u32) -> Command {
    confirm_with(number, Notify::Default)
}

pub(crate) fn confirm_with(number: u32, notify: Notify) -> Command {
    IncidentAction::Confirm { severity: None, title: None, text: None, notify }.on(incident(number))
}

pub(crate) fn dismiss(number: u32) -> Command {
    IncidentAction::Dismiss { text: None }.on(incident(number))
}

pub(crate) fn declaration(severity: Severity, status: Status) -> Declaration {
    Declaration {
        title: title("Checkout is slow"),
        status,
        severity,
        started_at: None,
        ended_at: None,
        summary: None,
        text: None,
        silent: false,
        takes_alerts: false,
    }
}

pub(crate) fn declare(severity: Severity) -> Command {
    Command::Declare(declaration(severity, Status::Confirmed))
}

pub(crate) fn declare_silent(severity: Severity) -> Command {
    Command::Declare(Declaration { silent: true, ..declaration(severity, Status::Confirmed) })
}

pub(crate) fn update(number: u32, status: Option<Status>, notify: Notify) -> Command {
    IncidentAction::PostUpdate { text: text("We found the cause."), status, notify }
        .on(incident(number))
}

pub(crate) fn resolve(number: u32) -> Command {
    IncidentAction::Resolve { ended_at: None, text: None, notify: Notify::Default }
        .on(incident(number))
}

pub(crate) fn reopen(number: u32) -> Command {
    IncidentAction::Reopen { why: text("It came back."), notify: Notify::Default }
        .on(incident(number))
}

/// A maintenance from minute `start` to minute `end`, which starts and ends by itself.
pub(crate) fn maintenance(start: i64, end: i64) -> MaintenancePlan {
    MaintenancePlan {
        title: title("Database upgrade"),
        window: Window { starts_at: at(start), ends_at: at(end) },
        text: None,
        auto_start: true,
        auto_end: true,
        silent: false,
    }
}

pub(crate) fn plan(start: i64, end: i64) -> Command {
    Command::PlanMaintenance(maintenance(start, end))
}

pub(crate) fn reschedule(number: u32, start: i64, end: i64) -> Command {
    IncidentAction::RescheduleMaintenance {
        window: Window { starts_at: at(start), ends_at: at(end) },
        text: None,
        notify: Notify::Default,
    }
    .on(incident(number))
}

pub(crate) fn confirm_by_two(number: u32) -> Command {
    IncidentAction::ConfirmByTwo {
        severity: None,
        title: None,
        text: None,
        notify: Notify::Default,
    }
    .on(incident(number))
}

pub(crate) fn confirm_afterwards(number: u32) -> Command {
    IncidentAction::ConfirmAfterwards { text: None, notify: Notify::Default }.on(incident(number))
}

pub(crate) fn revise(number: u32, revision: Revision) -> Command {
    IncidentAction::Revise { revision, notify: Notify::Default }.on(incident(number))
}

pub(crate) fn start(number: u32) -> Command {
    IncidentAction::StartMaintenance { text: None, notify: Notify::Default }.on(incident(number))
}

pub(crate) fn end(number: u32) -> Command {
    IncidentAction::EndMaintenance { text: None, notify: Notify::Default }.on(incident(number))
}

pub(crate) fn cancel(number: u32) -> Command {
    IncidentAction::CancelMaintenance { text: None, notify: Notify::Default }.on(incident(number))
}
