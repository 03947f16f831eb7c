//! Planned work: planned, then confirmed, then resolved; or cancelled.

use candor_core::{Command, EntryKind, Maintenance, Reason, Severity, Status, due};

use crate::story::{at, cancel, end, incident, maintenance, plan, quiet_page, resolve, start};

#[test]
fn planned_work_is_announced_starts_and_ends() {
    let story = quiet_page()
        .when(plan(60, 90))
        .then_status(1, Status::Planned)
        .then_told(Reason::MaintenancePlanned);
    assert_eq!(story.incident(1).severity, Severity::Maintenance);
    assert_eq!(story.board.planned().len(), 1);
    let story = story
        .when(start(1))
        .then_status(1, Status::Confirmed)
        .then_told(Reason::MaintenanceStarted);
    let story =
        story.when(end(1)).then_status(1, Status::Resolved).then_told(Reason::MaintenanceEnded);
    assert!(story.incident(1).ended_at.is_some());
}

#[test]
fn resolving_it_ends_it() {
    quiet_page()
        .when(plan(60, 90))
        .when(start(1))
        .when(resolve(1))
        .then_told(Reason::MaintenanceEnded);
}

#[test]
fn cancelled_work_is_over_says_so_and_is_told() {
    let story =
        quiet_page().when(plan(60, 90)).when(cancel(1)).then_told(Reason::MaintenanceCancelled);
    let cancelled = story.incident(1);
    assert!(cancelled.cancelled && cancelled.status == Status::Resolved);
    assert_eq!(cancelled.timeline.last().unwrap().kind, EntryKind::Cancelled);
}

#[test]
fn the_next_planned_work_stands_first() {
    let story = quiet_page().when(plan(600, 690)).when(plan(60, 90));
    let order: Vec<_> = story.board.planned().iter().map(|planned| planned.number).collect();
    assert_eq!(order, [incident(2), incident(1)]);
}

#[test]
fn the_clock_starts_and_ends_what_was_planned_so_and_only_once() {
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
fn without_auto_start_the_clock_waits_for_a_person() {
    let by_hand = Maintenance { auto_start: false, auto_end: false, ..maintenance(60, 90) };
    let story = quiet_page().when(Command::PlanMaintenance(by_hand));
    assert_eq!(due(&story.board, at(61)), []);
    let story = story.when(start(1));
    assert_eq!(due(&story.board, at(99)), []);
}
