//! Properties that hold for any events in any order, and any commands.
#![expect(clippy::expect_used, reason = "these are functions that tests share")]

mod arbitrary;

use std::collections::BTreeSet;

use candor_api::{PublicBoard, PublicIncident};
use candor_core::{
    ActorId, Board, Command, CommandContext, Event, Headline, IncidentAction, IncidentNumber,
    Notify, OutboxEntry, RecordedEvent, Refusal, Severity, Status, TimelineEntry, decide, due,
    outbox_entry,
};
use jiff::{Timestamp, ToSpan};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestCaseResult};

use self::arbitrary::{Step, event, events, steps, text};

fn begin() -> Timestamp {
    "2026-11-21T08:00:00Z".parse().expect("a time")
}

/// The events as recorded in a log, with the times that their sources claim.
fn recorded(events: Vec<(Event, Timestamp)>) -> Vec<RecordedEvent> {
    let line = |(seq, (event, occurred_at)): (u64, _)| RecordedEvent {
        seq,
        occurred_at,
        recorded_at: begin(),
        actor: None,
        event,
    };
    (1..).zip(events).map(line).collect()
}

fn fold<'a>(log: impl IntoIterator<Item = &'a RecordedEvent>) -> Board {
    let mut board = Board::default();
    log.into_iter().for_each(|recorded| board.evolve(recorded));
    board
}

fn public_json(board: &Board) -> String {
    serde_json::to_string(&PublicBoard::of(board)).expect("JSON")
}

/// A page in use: commands are decided, and the resulting events recorded.
struct Page {
    board: Board,
    log: Vec<RecordedEvent>,
    now: Timestamp,
}

impl Page {
    fn new() -> Self {
        Self { board: Board::default(), log: Vec::new(), now: begin() }
    }

    fn execute(&mut self, command: Command, actor: Option<&str>) -> Result<Vec<Event>, Refusal> {
        let actor = actor.map(|id| ActorId::parse(id).expect("an id"));
        let context = CommandContext {
            now: self.now,
            actor: actor.clone(),
            refire: CommandContext::DEFAULT_REFIRE,
        };
        let events = decide(&self.board, command, &context)?;
        for event in &events {
            let seq = self.board.seq + 1;
            let (actor, event) = (actor.clone(), event.clone());
            let recorded =
                RecordedEvent { seq, occurred_at: self.now, recorded_at: self.now, actor, event };
            self.board.evolve(&recorded);
            self.log.push(recorded);
        }
        Ok(events)
    }

    /// Takes one step; returns the command and its result.
    fn step(&mut self, step: &Step) -> (Command, Result<Vec<Event>, Refusal>) {
        self.now += step.minutes_later.minutes();
        let command = step.command(&self.board, self.now);
        let outcome = self.execute(command.clone(), step.by_a_person.then_some("somebody"));
        (command, outcome)
    }

    fn after(steps: &[Step]) -> Self {
        let mut page = Self::new();
        for step in steps {
            // A refused command changes nothing and isn't in the log.
            let _refused = page.step(step).1.err();
        }
        page
    }
}

/// The open incidents and the headline follow from the incidents themselves.
fn assert_open_incidents_and_headline(board: &Board) -> TestCaseResult {
    let listed: Vec<_> = board.open().map(|incident| incident.number).collect();
    let not_over = |incident: &&candor_core::Incident| !incident.status.is_over();
    let not_over: Vec<_> = board.incidents().filter(not_over).map(|i| i.number).collect();
    prop_assert_eq!(listed, not_over);

    let any = |wanted: &dyn Fn(Status, Severity) -> bool| {
        board.incidents().any(|incident| wanted(incident.status, incident.severity))
    };
    let confirmed =
        |wanted| any(&|status, severity| status == Status::Confirmed && severity == wanted);
    let watched =
        |wanted| any(&|status, severity| status == Status::Watching && severity == wanted);
    let worst_first = [
        (confirmed(Severity::Outage), Headline::Outage),
        (confirmed(Severity::Partial), Headline::Partial),
        (any(&|status, _| status == Status::Suspected), Headline::Suspected),
        (watched(Severity::Outage) || watched(Severity::Partial), Headline::Watching),
        (confirmed(Severity::Bug) || watched(Severity::Bug), Headline::Bug),
        (confirmed(Severity::Maintenance) || watched(Severity::Maintenance), Headline::Maintenance),
        (confirmed(Severity::Notice) || watched(Severity::Notice), Headline::Notice),
        (true, Headline::AllGood),
    ];
    let current: Vec<_> = board.current().into_iter().map(Headline::of_incident).collect();
    prop_assert!(current.is_sorted(), "{:?}", current);
    let first = worst_first.iter().find(|(holds, _)| *holds).map(|(_, headline)| *headline);
    prop_assert_eq!(Some(Headline::of(board)), first);
    Ok(())
}

/// Invariants that hold for every log.
fn assert_incidents_are_consistent(board: &Board) -> TestCaseResult {
    assert_open_incidents_and_headline(board)?;
    for incident in board.incidents() {
        let alerts: BTreeSet<_> = incident.alerts.iter().collect();
        let known = alerts.iter().filter_map(|key| board.alert(key));
        let firing = known.filter(|alert| alert.firing && alert.incident == Some(incident.number));
        prop_assert_eq!(usize::try_from(incident.firing), Ok(firing.count()), "{:?}", incident);

        let took_place = !incident.canceled;
        prop_assert_eq!(
            incident.ended_at.is_some(),
            incident.status.is_over() && took_place,
            "{:?}",
            incident
        );
        prop_assert!(!incident.canceled || incident.status == Status::Resolved);
        let seqs: Vec<_> = incident.timeline.iter().map(|entry| entry.seq).collect();
        prop_assert!(seqs.is_sorted_by(|a, b| a < b), "{:?}", seqs);
        let status_of_last_change =
            incident.last_status_change().and_then(|entry| entry.kind.status());
        prop_assert_eq!(status_of_last_change, Some(incident.status));
        let shows_retracted_text =
            |entry: &TimelineEntry| entry.withdrawn_at.is_some() && entry.text.is_some();
        prop_assert!(!incident.timeline.iter().any(shows_retracted_text), "{:?}", incident);
    }
    Ok(())
}

/// Invariants that also hold if all events were decided: each alert belongs to one incident.
fn assert_board_is_consistent(board: &Board) -> TestCaseResult {
    assert_incidents_are_consistent(board)?;
    let mut alerts = 0;
    for incident in board.incidents() {
        let known: Vec<_> = incident.alerts.iter().filter_map(|key| board.alert(key)).collect();
        prop_assert_eq!(known.len(), incident.alerts.len());
        prop_assert!(known.iter().all(|alert| alert.incident == Some(incident.number)));
        alerts += known.len();
    }
    prop_assert!(alerts <= board.alert_count());
    Ok(())
}

/// The status that an event sets, if it sets one.
fn status_set_by(event: &Event) -> Option<Status> {
    match event {
        Event::HumanConfirmed(_) | Event::MaintenanceStarted(_) | Event::Reopened(_) => {
            Some(Status::Confirmed)
        }
        Event::Dismissed(_) => Some(Status::Dismissed),
        Event::IncidentDeclared(e) => Some(e.status),
        Event::UpdatePosted(e) => e.status,
        Event::MaintenancePlanned(_) => Some(Status::Planned),
        Event::MaintenanceEnded(_) | Event::MaintenanceCanceled(_) | Event::Resolved(_) => {
            Some(Status::Resolved)
        }
        Event::AlertRaised(_)
        | Event::AlertUpdated(_)
        | Event::AlertCleared(_)
        | Event::ConfirmationProposed(_)
        | Event::MaintenanceRescheduled(_)
        | Event::UpdateCorrected(_)
        | Event::UpdateRetracted(_)
        | Event::SeveritySet(_)
        | Event::TitleSet(_)
        | Event::SummarySet(_)
        | Event::TimesAmended(_)
        | Event::Silenced(_)
        | Event::PostmortemPublished(_)
        | Event::SiteConfigured(_)
        | Event::PayloadRedacted(_) => None,
    }
}

/// Whether repeating the command must be refused, since it sets a state that holds already.
fn sets_a_state(command: &Command) -> bool {
    match command {
        Command::Incident { action, .. } => match action {
            IncidentAction::Confirm { .. }
            | IncidentAction::ConfirmAfterwards { .. }
            | IncidentAction::Dismiss { .. }
            | IncidentAction::CorrectUpdate { .. }
            | IncidentAction::RetractUpdate { .. }
            | IncidentAction::SetSeverity { .. }
            | IncidentAction::SetTitle { .. }
            | IncidentAction::SetSummary { .. }
            | IncidentAction::AmendTimes { .. }
            | IncidentAction::Silence { .. }
            | IncidentAction::StartMaintenance { .. }
            | IncidentAction::RescheduleMaintenance { .. }
            | IncidentAction::EndMaintenance { .. }
            | IncidentAction::CancelMaintenance { .. }
            | IncidentAction::Resolve { .. }
            | IncidentAction::Reopen { .. } => true,
            // `ConfirmByTwo` waits for a second person.
            IncidentAction::PostUpdate { .. }
            | IncidentAction::ConfirmByTwo { .. }
            | IncidentAction::Revise { .. }
            | IncidentAction::PublishPostmortem { .. } => false,
        },
        Command::RaiseAlert { .. }
        | Command::UpdateAlert { .. }
        | Command::ClearAlert { .. }
        | Command::Declare(_)
        | Command::PlanMaintenance(_)
        | Command::RecordMaintenance(_)
        | Command::ConfigureSite(_)
        | Command::RedactPayload { .. } => false,
    }
}

/// Folds the log and fails if subscribers are notified of an incident that no person vouched for before.
///
/// Returns how many notifications there were.
fn assert_no_unconfirmed_notification(log: &[RecordedEvent]) -> Result<usize, TestCaseError> {
    let mut board = Board::default();
    let mut vouched_for: BTreeSet<IncidentNumber> = BTreeSet::new();
    let mut notifications = 0;
    for recorded in log {
        let before = board.clone();
        board.evolve(recorded);
        let number = recorded.event.incident();
        let existed = number.is_some_and(|number| before.incident(number).is_some());
        // Vouching for an unknown incident doesn't count for one that is opened later, and an event that opens an
        // incident under a number in use doesn't count for the existing one.
        let by_a_person = if existed {
            matches!(recorded.event, Event::HumanConfirmed(_) | Event::Reopened(_))
        } else {
            matches!(recorded.event, Event::IncidentDeclared(_) | Event::MaintenancePlanned(_))
        };
        vouched_for.extend(number.filter(|_| by_a_person));
        if let Some(OutboxEntry::NotifySubscribers(notification)) = outbox_entry(&board, recorded) {
            prop_assert!(
                vouched_for.contains(&notification.incident),
                "{:?} tells {:?}",
                recorded,
                notification
            );
            prop_assert!(!matches!(notification.status, Status::Suspected | Status::Dismissed));
            notifications += 1;
        }
    }
    Ok(notifications)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_events_fold_in_any_order(events in events()) {
        let log = recorded(events);
        let board = fold(&log);
        prop_assert_eq!(board.seq, log.last().map_or(0, |last| last.seq));
        assert_incidents_are_consistent(&board)?;
    }

    #[test]
    fn same_events_give_the_same_bytes(events in events()) {
        let log = recorded(events);
        prop_assert_eq!(public_json(&fold(&log)), public_json(&fold(&log)));
    }

    #[test]
    fn folding_more_events_leaves_an_older_board_unchanged(events in events(), cut in any::<prop::sample::Index>()) {
        let log = recorded(events);
        let (past, future) = log.split_at(cut.index(log.len() + 1));
        let board = fold(past);
        let mut later = board.clone();
        future.iter().for_each(|recorded| later.evolve(recorded));
        prop_assert_eq!(&board, &fold(past));
        prop_assert_eq!(&later, &fold(&log));
    }

    #[test]
    fn every_event_survives_writing_and_reading(event in event()) {
        let payload = event.payload().unwrap();
        let read = Event::read(event.type_name(), event.schema_version(), &payload).unwrap();
        prop_assert_eq!(&read.payload().unwrap(), &payload);
        prop_assert_eq!(read, event);
    }

    #[test]
    fn arbitrary_logs_never_notify_of_an_unconfirmed_incident(events in events()) {
        assert_no_unconfirmed_notification(&recorded(events))?;
    }

    #[test]
    fn commands_never_notify_of_an_unconfirmed_incident(steps in steps()) {
        assert_no_unconfirmed_notification(&Page::after(&steps).log)?;
    }

    #[test]
    fn redaction_removes_text_and_changes_nothing_else(events in events()) {
        let log = recorded(events);
        let blank = |recorded: &RecordedEvent| RecordedEvent { event: recorded.event.clone().without_free_text(), ..recorded.clone() };
        let blanked: Vec<_> = log.iter().map(blank).collect();
        let (mut board, mut bare) = (Board::default(), Board::default());
        for (full, blank) in log.iter().zip(&blanked) {
            prop_assert!(!blank.event.payload().unwrap().contains("secret"), "{:?}", blank);
            board.evolve(full);
            bare.evolve(blank);
            prop_assert_eq!(outbox_entry(&board, full).is_some(), outbox_entry(&bare, blank).is_some());
        }
        let outline = |board: &Board| -> Vec<_> {
            board.incidents().map(|i| (i.number, i.status, i.severity, i.started_at, i.ended_at, i.timeline.len())).collect()
        };
        prop_assert_eq!(outline(&board), outline(&bare));
        prop_assert_eq!(Headline::of(&board), Headline::of(&bare));
        prop_assert!(!public_json(&bare).contains("secret"));
    }

    #[test]
    fn board_stays_consistent_under_any_commands(steps in steps()) {
        let mut page = Page::new();
        for step in &steps {
            let before = page.board.clone();
            match page.step(step).1 {
                Err(_) => prop_assert_eq!(&page.board, &before),
                Ok(events) => {
                    prop_assert!(!events.is_empty());
                    // The last status counts: a dismissed incident that was real is reopened and resolved at once.
                    if let Some((event, expected)) =
                        events.iter().rev().find_map(|event| Some((event, status_set_by(event)?)))
                    {
                        let status = event.incident().and_then(|number| page.board.incident(number)).map(|i| i.status);
                        prop_assert_eq!(status, Some(expected), "after {:?}", event);
                    }
                }
            }
            assert_board_is_consistent(&page.board)?;
        }
        prop_assert_eq!(&page.board, &fold(&page.log));
    }

    #[test]
    fn board_can_be_computed_as_of_any_earlier_time(steps in steps(), cut in any::<prop::sample::Index>()) {
        let page = Page::after(&steps);
        prop_assume!(!page.log.is_empty());
        let at = page.log[cut.index(page.log.len())].recorded_at;
        let then = fold(page.log.iter().filter(|recorded| recorded.recorded_at <= at));
        let past = page.board.as_of(at);
        let is_withdrawn = |number: u32, seq: u64| {
            let incident = IncidentNumber::new(number).and_then(|number| page.board.incident(number));
            incident.is_some_and(|one| one.timeline.iter().any(|entry| entry.seq == seq && entry.withdrawn_at.is_some()))
        };
        let outline = |board: &Board| {
            let mut incidents: Vec<_> = board.incidents().map(PublicIncident::of).collect();
            for incident in &mut incidents {
                let number = incident.number;
                for entry in incident.timeline.iter_mut().filter(|entry| is_withdrawn(number, entry.seq)) {
                    (entry.text, entry.withdrawn_at) = (None, None);
                    entry.translations.clear();
                }
            }
            serde_json::to_string(&(Headline::of(board), &board.site, incidents)).expect("JSON")
        };
        prop_assert_eq!(outline(&past), outline(&then));
        prop_assert!(past.seq <= then.seq);
        prop_assert_eq!(past.open().count(), then.open().count());
        prop_assert_eq!(outline(&page.board.as_of(begin() - 1.hour())), outline(&Board::default()));
    }

    #[test]
    fn text_for_the_team_is_never_public(steps in steps(), events in events()) {
        for board in [Page::after(&steps).board, fold(&recorded(events))] {
            let json = public_json(&board);
            prop_assert!(!json.contains("secret of the team"), "{}", json);
        }
    }

    #[test]
    fn repeated_command_is_refused(steps in steps()) {
        let mut page = Page::new();
        for step in &steps {
            let (command, given) = page.step(step);
            if given.is_ok() && sets_a_state(&command) {
                let again = page.execute(command.clone(), Some("somebody-else"));
                prop_assert!(again.is_err(), "{:?} a second time: {:?}", command, again);
            }
        }
    }

    #[test]
    fn due_commands_take_effect_once(steps in steps(), hours in 0_i64..48) {
        let mut page = Page::after(&steps);
        page.now += hours.hours();
        let commands = due(&page.board, page.now);
        for command in &commands {
            prop_assert_eq!(page.execute(command.clone(), None).map(|events| events.len()), Ok(1));
            let again = page.execute(command.clone(), None);
            prop_assert!(again.is_err(), "{:?} a second time: {:?}", command, again);
        }
        prop_assert!(due(&page.board, page.now).iter().all(|command| !commands.contains(command)));
        assert_board_is_consistent(&page.board)?;
    }

    #[test]
    fn schedule_never_ends_what_a_person_reopened(steps in steps()) {
        let mut page = Page::after(&steps);
        let over: Vec<_> = page.board.incidents().filter(|i| i.status == Status::Resolved).map(|i| i.number).collect();
        let due_before = due(&page.board, page.now);
        for incident in over {
            let reopen = IncidentAction::Reopen { why: text("not yet"), notify: Notify::Default }.on(incident);
            let _canceled_ones_stay = page.execute(reopen, Some("somebody")).err();
        }
        prop_assert_eq!(due(&page.board, page.now), due_before);
    }
}

/// The properties above prove nothing about event types that the generators don't reach.
#[test]
fn generators_cover_every_event_type() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut arbitrary, mut decided) = (BTreeSet::new(), BTreeSet::new());
    let mut notifications = 0;
    for _ in 0..150 {
        let events = events().new_tree(&mut runner).unwrap().current();
        arbitrary.extend(events.iter().map(|(event, _)| event.type_name()));
        let page = Page::after(&steps().new_tree(&mut runner).unwrap().current());
        decided.extend(page.log.iter().map(|recorded| recorded.event.type_name()));
        notifications += assert_no_unconfirmed_notification(&page.log).unwrap();
    }
    let all: BTreeSet<_> = Event::TYPES.iter().map(|(name, _)| *name).collect();
    assert_eq!(arbitrary, all);
    assert_eq!(decided, all);
    assert!(notifications > 100, "only {notifications} notices");
}
