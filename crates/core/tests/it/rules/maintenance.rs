//! Maintenance: planned, started, ended, rescheduled or canceled.

use candor_core::{
    Command, EntryKind, Event, HistoryStats, MaintenancePlan, NotifyReason, Question, QuestionKind,
    Refusal, Severity, SeveritySet, Status, SuppressReason, Window, WindowMove, due, questions,
};

use candor_testkit::story::{
    at, cancel, end, incident, maintenance, plan, quiet_page, reschedule, resolve, start,
};

#[test]
fn maintenance_notifies_when_planned_started_and_ended() {
    let story = quiet_page()
        .when(plan(60, 90))
        .then_status(1, Status::Planned)
        .then_notifies(NotifyReason::MaintenancePlanned);
    assert_eq!(story.incident(1).severity, Severity::Maintenance);
    assert_eq!(story.board.planned().len(), 1);
    let story = story
        .when(start(1))
        .then_status(1, Status::Confirmed)
        .then_notifies(NotifyReason::MaintenanceStarted);
    let story = story
        .when(end(1))
        .then_status(1, Status::Resolved)
        .then_notifies(NotifyReason::MaintenanceEnded);
    assert!(story.incident(1).ended_at.is_some());
}

#[test]
fn resolving_maintenance_ends_it() {
    quiet_page()
        .when(plan(60, 90))
        .when(start(1))
        .when(resolve(1))
        .then_notifies(NotifyReason::MaintenanceEnded);
}

#[test]
fn canceling_maintenance_resolves_it_and_notifies() {
    let story = quiet_page()
        .when(plan(60, 90))
        .when(cancel(1))
        .then_notifies(NotifyReason::MaintenanceCanceled);
    let canceled = story.incident(1);
    assert!(canceled.canceled && canceled.status == Status::Resolved);
    assert_eq!(canceled.ended_at, None, "it never took place");
    assert_eq!(canceled.timeline.last().unwrap().kind, EntryKind::Canceled);
}

#[test]
fn planned_maintenance_is_listed_by_start_time() {
    let story = quiet_page().when(plan(600, 690)).when(plan(60, 90));
    let order: Vec<_> = story.board.planned().iter().map(|planned| planned.number).collect();
    assert_eq!(order, [incident(2), incident(1)]);
}

#[test]
fn schedule_starts_and_ends_maintenance_once() {
    let story = quiet_page().when(plan(60, 90));
    assert_eq!(due(&story.board, at(59)), []);
    let [begin] = due(&story.board, at(60)).try_into().unwrap();
    assert_eq!(begin, start(1));
    let mut story = story.after_minutes(60);
    for event in story.decide_by(begin.clone(), None).unwrap() {
        story.happens(event, None);
    }
    assert!(story.decide_by(begin, None).is_err(), "a second worker is refused");
    assert_eq!(due(&story.board, at(89)), []);
    let [over] = due(&story.board, at(90)).try_into().unwrap();
    assert_eq!(over, end(1));
    let story = story.when(over);
    assert_eq!(due(&story.board, at(999)), []);
}

#[test]
fn missed_window_is_not_started_late_and_raises_a_question() {
    let story = quiet_page().when(plan(60, 90)).after_minutes(60);
    assert!(!story.incident(1).is_missed(at(89)) && story.incident(1).is_missed(at(90)));
    assert_eq!(due(&story.board, at(89)), [start(1)], "late, but within the window");
    assert_eq!(due(&story.board, at(90)), []);
    let asked = [Question { incident: incident(1), kind: QuestionKind::Missed, since: at(90) }];
    assert_eq!(questions(&story.board, at(89)), []);
    assert_eq!(questions(&story.board, at(90)), asked);
    assert!(asked[0].key().starts_with("missed/"));
    // A command of the schedule that was given in time but arrives late.
    let late = story.after_minutes(60);
    assert_eq!(late.decide_by(start(1), None), Err(Refusal::WindowIsOver));
    let moved = late.clone().when(reschedule(1, 150, 180));
    assert_eq!(questions(&moved.board, at(149)), []);
    // If a person starts it nevertheless, the schedule doesn't end it at once.
    let started = late.when(start(1)).then_notifies(NotifyReason::MaintenanceStarted);
    assert_eq!(due(&started.board, started.now()), []);
    let asked = Question { incident: incident(1), kind: QuestionKind::End, since: at(90) };
    assert_eq!(questions(&started.board, started.now()), [asked]);
    // Also without auto-start, nobody is asked to start it when it is too late.
    let by_hand = MaintenancePlan { auto_start: false, ..maintenance(60, 90) };
    let story = quiet_page().when(Command::PlanMaintenance(by_hand));
    assert_eq!(questions(&story.board, at(90))[0].kind, QuestionKind::Missed);
}

#[test]
fn maintenance_started_after_its_window_is_not_ended_by_the_schedule() {
    let ends = |minute: i64| {
        let story = quiet_page().when(plan(60, 90)).after_minutes(minute - 1).when(start(1));
        !due(&story.board, at(90)).is_empty()
    };
    assert!(ends(60) && ends(89));
    assert!(!ends(90) && !ends(91));
}

#[test]
fn planned_maintenance_stays_maintenance_whatever_its_severity() {
    let mut story = quiet_page().when(plan(60, 90));
    let severity = Severity::Outage;
    story.happens(Event::SeveritySet(SeveritySet { incident: incident(1), severity }), None);
    let called_off = story.clone().when(cancel(1));
    assert!(called_off.incident(1).is_maintenance());
    assert_eq!(HistoryStats::of(called_off.board.incidents()), HistoryStats::default());
    let done = story.when(start(1)).when(end(1));
    let figures = HistoryStats::of(done.board.incidents());
    assert_eq!((figures.incidents, figures.maintenances), (0, 1));
}

#[test]
fn maintenance_that_started_early_may_end_before_its_planned_start() {
    let begun = quiet_page().when(plan(180, 300)).when(start(1));
    let window = |from, to| Window { starts_at: at(from), ends_at: at(to) };
    let moved = begun.when(reschedule(1, 180, 120));
    let entry = moved.incident(1).timeline.last().unwrap();
    assert_eq!(entry.moved, Some(WindowMove { from: window(180, 300), to: window(1, 120) }));
    assert_eq!(due(&moved.board, at(120)), [end(1)]);
    // Its planned start is now its actual start.
    assert_eq!(moved.when(reschedule(1, 1, 150)).incident(1).window, Some(window(1, 150)));
}

#[test]
fn each_question_has_its_own_key() {
    let keys = [
        (QuestionKind::Start, "start"),
        (QuestionKind::Missed, "missed"),
        (QuestionKind::End, "end"),
        (QuestionKind::Resolve, "resolve"),
    ];
    for (kind, name) in keys {
        let question = Question { incident: incident(1), kind, since: at(0) };
        assert_eq!(question.key(), format!("{name}/{}", at(0).as_second()));
    }
}

#[test]
fn maintenance_ended_by_the_schedule_ends_at_its_planned_time() {
    let begun = quiet_page().when(plan(60, 90)).after_minutes(60).when(start(1));
    let ended_at = |minute: i64, actor| {
        let story = begun.clone().after_minutes(minute - 62);
        story.when_by(end(1), actor).incident(1).ended_at.unwrap()
    };
    assert_eq!(ended_at(95, None), at(90), "the schedule was late");
    assert_eq!(ended_at(95, Some(candor_testkit::story::ada())), at(95));
    assert_eq!(ended_at(80, None), at(80));
    // Nothing ends before it began.
    let late = quiet_page().when(plan(60, 90)).after_minutes(100).when(start(1));
    let late = late.when_by(end(1), None);
    assert_eq!(late.incident(1).ended_at, Some(late.incident(1).started_at));
}

#[test]
fn without_auto_start_the_schedule_waits_for_a_person() {
    let by_hand = MaintenancePlan { auto_start: false, auto_end: false, ..maintenance(60, 90) };
    let story = quiet_page().when(Command::PlanMaintenance(by_hand));
    assert_eq!(due(&story.board, at(61)), []);
    let story = story.when(start(1));
    assert_eq!(due(&story.board, at(99)), []);
}

#[test]
fn rescheduling_maintenance_notifies() {
    let story = quiet_page()
        .when(plan(60, 90))
        .when(reschedule(1, 120, 150))
        .then_status(1, Status::Planned)
        .then_notifies(NotifyReason::MaintenanceRescheduled);
    let moved = story.incident(1);
    assert_eq!((moved.started_at, moved.window.unwrap().ends_at), (at(120), at(150)));
    assert_eq!(moved.timeline.last().unwrap().kind, EntryKind::Rescheduled);
    assert_eq!(due(&story.board, at(119)), [], "the clock goes by the new time");
    assert_eq!(due(&story.board, at(120)), [start(1)]);
    quiet_page()
        .when(Command::PlanMaintenance(MaintenancePlan { silent: true, ..maintenance(60, 90) }))
        .when(reschedule(1, 120, 150))
        .then_suppresses(SuppressReason::Silent);
}

#[test]
fn only_the_end_of_maintenance_under_way_can_be_moved() {
    let story = quiet_page().when(plan(60, 90)).after_minutes(60).when(start(1));
    let begun = story.incident(1).started_at;
    story.then_refused(reschedule(1, 200, 300), &Refusal::UnderWay { incident: incident(1) });
    let story = story.when(reschedule(1, 60, 300)).then_status(1, Status::Confirmed);
    let moved = story.incident(1);
    assert_eq!((moved.window.unwrap().starts_at, moved.started_at), (at(60), begun));
    assert_eq!(moved.window.unwrap().ends_at, at(300));
}

#[test]
fn schedule_asks_a_person_for_what_it_does_not_do() {
    let by_hand = MaintenancePlan { auto_start: false, auto_end: false, ..maintenance(60, 90) };
    let story = quiet_page().when(Command::PlanMaintenance(by_hand));
    let asked = |kind, minute| Question { incident: incident(1), kind, since: at(minute) };
    assert_eq!(questions(&story.board, at(59)), []);
    assert_eq!(questions(&story.board, at(60)), [asked(QuestionKind::Start, 60)]);
    let moved = story.clone().when(reschedule(1, 70, 90));
    assert_eq!(questions(&moved.board, at(69)), [], "a new time is a new question");
    assert_ne!(questions(&moved.board, at(70))[0].key(), questions(&story.board, at(70))[0].key());
    let begun = story.after_minutes(60).when(start(1));
    assert_eq!(questions(&begun.board, at(89)), []);
    assert_eq!(questions(&begun.board, at(90)), [asked(QuestionKind::End, 90)]);
    assert_eq!(questions(&begun.when(end(1)).board, at(99)), []);
    let by_itself = quiet_page().when(plan(60, 90));
    assert_eq!(questions(&by_itself.board, at(60)), []);
}
