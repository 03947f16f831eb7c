//! Given, when, then: commands with default contents, and boards made by them, without clock and database.
#![expect(missing_docs, reason = "the functions are named after the commands that they make")]

use candor_core::{
    ActorId, AlertKey, AlertMessage, Board, Command, CommandContext, Declaration, Event, Headline,
    Incident, IncidentAction, IncidentNumber, MaintenancePlan, Notified, Notify, NotifyReason,
    Occurrence, RecordedEvent, Refusal, Revision, Severity, Status, SuppressReason, Text, Title,
    Window, decide, outbox_entry,
};
use jiff::{SignedDuration, Timestamp};

/// The minute 0 of every story.
pub const BEGIN: &str = "2026-11-21T14:00:00Z";

/// A board whose events are a minute apart.
#[derive(Debug, Clone, Default)]
pub struct Story {
    pub board: Board,
    minutes: i64,
    /// Whether each event notified subscribers, and why or why not; none for events that never do.
    pub notified: Vec<Option<Notified>>,
    pub events: Vec<RecordedEvent>,
}

pub fn quiet_page() -> Story {
    Story::default()
}

impl Story {
    pub fn now(&self) -> Timestamp {
        at(self.minutes)
    }

    /// Lets time pass.
    pub fn after_minutes(mut self, minutes: i64) -> Self {
        self.minutes += minutes;
        self
    }

    /// Executes a command of another person than Ada, or of nobody.
    #[track_caller]
    pub fn when_by(mut self, command: Command, actor: Option<ActorId>) -> Self {
        let events = self.decide_by(command, actor.clone()).expect("the story goes on");
        for event in events {
            self.happens(event, actor.clone());
        }
        self.minutes += 1;
        self
    }

    /// Decides a command without recording its events; by Ada, unless monitoring or the schedule gives it.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.decide_by(command, Some(ada()))
    }

    pub fn decide_by(
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

    /// Executes a command of Ada's.
    #[track_caller]
    pub fn when(self, command: Command) -> Self {
        self.when_by(command, Some(ada()))
    }

    pub fn happens(&mut self, event: Event, actor: Option<ActorId>) {
        let now = self.now();
        let seq = self.board.seq + 1;
        let recorded = RecordedEvent { seq, occurred_at: now, recorded_at: now, actor, event };
        self.board.evolve(&recorded);
        let notified = recorded.event.notified();
        let outbox_reason = outbox_entry(&self.board, &recorded).map(|outbox_reason| {
            let candor_core::OutboxEntry::NotifySubscribers(notification) = outbox_reason;
            notification.reason
        });
        assert_eq!(outbox_reason, notified.and_then(Notified::reason), "what was decided is done");
        self.notified.push(notified);
        self.events.push(recorded);
    }

    #[track_caller]
    pub fn then_refused(&self, command: Command, refusal: &Refusal) {
        assert_eq!(self.decide(command).unwrap_err(), *refusal);
    }

    #[track_caller]
    pub fn incident(&self, number: impl Into<Number>) -> &Incident {
        self.board.incident(incident(number)).expect("the incident exists")
    }

    #[track_caller]
    pub fn then_status(self, number: impl Into<Number>, status: Status) -> Self {
        assert_eq!(self.incident(number).status, status);
        self
    }

    #[track_caller]
    pub fn then_headline(self, headline: Headline) -> Self {
        assert_eq!(Headline::of(&self.board), headline);
        self
    }

    /// The last event notifies subscribers for this reason.
    #[track_caller]
    pub fn then_notifies(self, reason: NotifyReason) -> Self {
        assert_eq!(self.notified.last(), Some(&Some(Notified::Yes(reason))));
        self
    }

    #[track_caller]
    pub fn then_suppresses(self, why_not: SuppressReason) -> Self {
        assert_eq!(self.notified.last(), Some(&Some(Notified::No(why_not))));
        self
    }

    /// The last event is of a type that never notifies.
    #[track_caller]
    pub fn then_no_notification(self) -> Self {
        assert_eq!(self.notified.last(), Some(&None));
        self
    }

    /// The type names of all events so far.
    pub fn types(&self) -> Vec<&'static str> {
        self.events.iter().map(|recorded| recorded.event.type_name()).collect()
    }
}

pub fn at(minutes: i64) -> Timestamp {
    BEGIN.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

pub fn ada() -> ActorId {
    ActorId::parse("ada").unwrap()
}

pub fn grace() -> ActorId {
    ActorId::parse("grace").unwrap()
}

/// The number of an incident, as tests write it.
#[derive(Debug, Clone, Copy)]
pub struct Number(IncidentNumber);

impl From<u32> for Number {
    fn from(number: u32) -> Self {
        Self(IncidentNumber::new(number).unwrap())
    }
}

impl From<IncidentNumber> for Number {
    fn from(number: IncidentNumber) -> Self {
        Self(number)
    }
}

pub fn incident(number: impl Into<Number>) -> IncidentNumber {
    number.into().0
}

pub fn text(raw: &str) -> Text {
    Text::parse(raw).unwrap()
}

pub fn title(raw: &str) -> Title {
    Title::parse(raw).unwrap()
}

pub fn alert(id: &str) -> AlertKey {
    AlertKey::new("opsgenie", id).unwrap()
}

fn message(raw: &str) -> AlertMessage {
    AlertMessage::lenient(raw)
}

pub fn raise(id: &str) -> Command {
    raise_with_message(id, "the shop does not answer")
}

pub fn raise_with_message(id: &str, says: &str) -> Command {
    Command::RaiseAlert { alert: alert(id), message: message(says), occurrence: Occurrence::Only }
}

pub fn clear(id: &str) -> Command {
    Command::ClearAlert {
        alert: alert(id),
        message: message("the shop answers"),
        occurrence: Occurrence::Only,
    }
}

/// An alert whose id is used again, and when it began by its source's clock.
pub fn raise_again(id: &str, since: &str) -> Command {
    let occurrence = Occurrence::OneOfMany { since: None, at: Some(since.parse().unwrap()) };
    Command::RaiseAlert {
        alert: alert(id),
        message: message("the shop does not answer"),
        occurrence,
    }
}

/// That it was cleared, at this time by its source's clock.
pub fn clear_again(id: &str, at: &str) -> Command {
    let occurrence = Occurrence::OneOfMany { since: None, at: Some(at.parse().unwrap()) };
    Command::ClearAlert { alert: alert(id), message: message("the shop answers"), occurrence }
}

pub fn note(id: &str) -> Command {
    Command::UpdateAlert {
        alert: alert(id),
        action: message("Acknowledge"),
        message: message("seen"),
    }
}

pub fn confirm(number: impl Into<Number>) -> Command {
    confirm_with(number, Notify::Default)
}

pub fn confirm_with(number: impl Into<Number>, notify: Notify) -> Command {
    IncidentAction::Confirm { severity: None, title: None, text: None, notify }.on(incident(number))
}

pub fn dismiss(number: impl Into<Number>) -> Command {
    IncidentAction::Dismiss { text: None }.on(incident(number))
}

pub fn declaration(severity: Severity, status: Status) -> Declaration {
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

pub fn declare(severity: Severity) -> Command {
    Command::Declare(declaration(severity, Status::Confirmed))
}

pub fn declare_titled(words: &str, severity: Severity) -> Command {
    let declaration = declaration(severity, Status::Confirmed);
    Command::Declare(Declaration { title: title(words), ..declaration })
}

pub fn declare_silent(severity: Severity) -> Command {
    Command::Declare(Declaration { silent: true, ..declaration(severity, Status::Confirmed) })
}

pub fn update(number: impl Into<Number>, status: Option<Status>, notify: Notify) -> Command {
    update_with_text(number, "We found the cause.", status, notify)
}

pub fn update_with_text(
    number: impl Into<Number>,
    words: &str,
    status: Option<Status>,
    notify: Notify,
) -> Command {
    IncidentAction::PostUpdate { text: text(words), status, notify }.on(incident(number))
}

pub fn resolve(number: impl Into<Number>) -> Command {
    resolve_with(number, Notify::Default)
}

pub fn resolve_with(number: impl Into<Number>, notify: Notify) -> Command {
    IncidentAction::Resolve { ended_at: None, text: None, notify }.on(incident(number))
}

pub fn reopen(number: impl Into<Number>) -> Command {
    IncidentAction::Reopen { why: text("It came back."), notify: Notify::Default }
        .on(incident(number))
}

/// A maintenance from minute `start` to minute `end`, which starts and ends by itself.
pub fn maintenance(start: i64, end: i64) -> MaintenancePlan {
    maintenance_in(Window { starts_at: at(start), ends_at: at(end) })
}

pub fn maintenance_in(window: Window) -> MaintenancePlan {
    MaintenancePlan {
        title: title("Database upgrade"),
        window,
        text: None,
        auto_start: true,
        auto_end: true,
        silent: false,
    }
}

pub fn plan(start: i64, end: i64) -> Command {
    Command::PlanMaintenance(maintenance(start, end))
}

/// The command for a maintenance that people start and end.
pub fn plan_titled(words: &str, window: Window) -> Command {
    let plan = MaintenancePlan { title: title(words), ..maintenance_in(window) };
    Command::PlanMaintenance(MaintenancePlan { auto_start: false, auto_end: false, ..plan })
}

pub fn reschedule(number: impl Into<Number>, start: i64, end: i64) -> Command {
    IncidentAction::RescheduleMaintenance {
        window: Window { starts_at: at(start), ends_at: at(end) },
        text: None,
        notify: Notify::Default,
    }
    .on(incident(number))
}

pub fn confirm_by_two(number: impl Into<Number>) -> Command {
    IncidentAction::ConfirmByTwo {
        severity: None,
        title: None,
        text: None,
        notify: Notify::Default,
    }
    .on(incident(number))
}

pub fn confirm_afterwards(number: impl Into<Number>) -> Command {
    IncidentAction::ConfirmAfterwards { text: None, notify: Notify::Default }.on(incident(number))
}

pub fn revise(number: impl Into<Number>, revision: Revision) -> Command {
    IncidentAction::Revise { revision, notify: Notify::Default }.on(incident(number))
}

pub fn start(number: impl Into<Number>) -> Command {
    IncidentAction::StartMaintenance { text: None, notify: Notify::Default }.on(incident(number))
}

pub fn end(number: impl Into<Number>) -> Command {
    IncidentAction::EndMaintenance { text: None, notify: Notify::Default }.on(incident(number))
}

pub fn cancel(number: impl Into<Number>) -> Command {
    IncidentAction::CancelMaintenance { text: None, notify: Notify::Default }.on(incident(number))
}
