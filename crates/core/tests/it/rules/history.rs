//! Imported history: another page's incidents come in by the usual commands, and nobody is notified.

use candor_api::{PublicBoard, PublicIncident, RECENT};
use candor_core::{
    Board, Command, EntryKind, Incident, MaintenancePlan, RecordedEvent, Refusal, Status, Window,
    decide, due, latest, outbox_entry, questions,
    replay::{History, ImportedChange, ImportedUpdate},
};
use jiff::Timestamp;

use candor_testkit::story::{ada, at, incident, maintenance, quiet_page, start, text, title};

/// Minutes before the story begins.
fn ago(minutes: i64) -> Timestamp {
    at(-minutes)
}

fn update(minutes_ago: i64, change: ImportedChange, raw: &str) -> ImportedUpdate {
    let text = (!raw.is_empty()).then(|| text(raw));
    ImportedUpdate { key: format!("u{minutes_ago}{raw}"), at: ago(minutes_ago), change, text }
}

fn to_status(minutes_ago: i64, status: Status, raw: &str) -> ImportedUpdate {
    update(minutes_ago, ImportedChange::To(status), raw)
}

fn history(updates: Vec<ImportedUpdate>) -> History {
    History {
        key: "i1".to_owned(),
        title: title("Incident with Pages"),
        severity: candor_core::Severity::Partial,
        started_at: ago(600),
        ended_at: None,
        window: None,
        by_schedule: false,
        summary: None,
        updates,
    }
}

fn of_maintenance(updates: Vec<ImportedUpdate>) -> History {
    let window = Some(Window { starts_at: ago(500), ends_at: ago(400) });
    History { severity: candor_core::Severity::Maintenance, window, ..history(updates) }
}

/// Replays it on an empty board; nothing may be refused, and nobody notified.
#[track_caller]
fn replayed(history: &History) -> Board {
    let mut board = Board::default();
    let (now, actor) = (at(0), Some(ada()));
    for step in history.steps() {
        let context = candor_core::CommandContext {
            now,
            actor: actor.clone(),
            refire: candor_core::CommandContext::DEFAULT_REFIRE,
        };
        let command = step.command.about(incident(1));
        for event in decide(&board, command, &context).expect("history is not refused") {
            let (seq, actor) = (board.seq + 1, actor.clone());
            let recorded =
                RecordedEvent { seq, occurred_at: step.at, recorded_at: now, actor, event };
            board.evolve(&recorded);
            assert_eq!(outbox_entry(&board, &recorded), None, "nobody is told: {recorded:?}");
        }
    }
    board
}

fn entries(incident: &Incident) -> Vec<(i64, EntryKind, &str)> {
    let minutes = |at: Timestamp| (self::at(0).as_second() - at.as_second()) / 60;
    let raw = |entry: &candor_core::TimelineEntry| entry.text.clone();
    let entries = incident.timeline.iter();
    entries
        .map(|entry| {
            let word = raw(entry).map_or("", |text| text.as_str().to_owned().leak());
            (minutes(entry.at), entry.kind, word)
        })
        .collect()
}

#[test]
fn imported_incident_keeps_its_times_texts_and_statuses() {
    let history = history(vec![
        to_status(590, Status::Confirmed, "We look."),
        to_status(580, Status::Confirmed, "It is the disk."),
        to_status(570, Status::Watching, "Replaced."),
        to_status(570, Status::Watching, "Still good."),
        to_status(560, Status::Resolved, "Over."),
        update(100, ImportedChange::To(Status::Resolved), "It was the disk after all."),
        update(50, ImportedChange::Postmortem, "We learned."),
    ]);
    let board = replayed(&history);
    let incident = board.incident(incident(1)).unwrap();
    assert_eq!(
        entries(incident),
        [
            (590, EntryKind::StatusChanged(Status::Confirmed), "We look."),
            (580, EntryKind::Update, "It is the disk."),
            (570, EntryKind::StatusChanged(Status::Watching), "Replaced."),
            (570, EntryKind::Update, "Still good."),
            (560, EntryKind::StatusChanged(Status::Resolved), "Over."),
            (100, EntryKind::Update, "It was the disk after all."),
        ]
    );
    assert_eq!((incident.started_at, incident.ended_at), (ago(600), Some(ago(560))));
    assert_eq!(
        incident.day,
        ago(600).to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
        "the permalink"
    );
    assert_eq!(incident.postmortem.as_ref().unwrap().at, ago(50));
    assert!(board.open().next().is_none() && incident.silent);
}

#[test]
fn imported_incident_that_was_recorded_afterwards_is_resolved() {
    let board = replayed(&History {
        ended_at: Some(ago(595)),
        ..history(vec![to_status(560, Status::Resolved, "It was over before we wrote.")])
    });
    let incident = board.incident(incident(1)).unwrap();
    assert_eq!((incident.status, incident.ended_at), (Status::Resolved, Some(ago(595))));
}

#[test]
fn imported_incident_that_relapsed_was_reopened_and_may_be_open() {
    let board = replayed(&history(vec![
        to_status(590, Status::Watching, "Fixed?"),
        to_status(580, Status::Confirmed, "No."),
        to_status(570, Status::Resolved, "Now."),
        to_status(560, Status::Watching, "Not quite."),
    ]));
    let incident = board.incident(incident(1)).unwrap();
    let kinds: Vec<_> = incident.timeline.iter().map(|entry| entry.kind).collect();
    let (confirmed, watching) = (Status::Confirmed, Status::Watching);
    assert_eq!(
        kinds,
        [
            EntryKind::StatusChanged(watching),
            EntryKind::StatusChanged(confirmed),
            EntryKind::StatusChanged(Status::Resolved),
            EntryKind::Reopened,
            EntryKind::StatusChanged(watching),
        ]
    );
    assert_eq!((incident.status, incident.ended_at), (watching, None));
}

#[test]
fn imported_end_before_the_start_becomes_the_start() {
    let ended_at = Some(ago(700));
    let late = History { ended_at, ..history(vec![to_status(590, Status::Resolved, "Over.")]) };
    assert_eq!(replayed(&late).incident(incident(1)).unwrap().ended_at, Some(ago(600)));
}

#[test]
fn imported_incident_without_updates_is_kept() {
    assert_eq!(replayed(&history(Vec::new())).incident(incident(1)).unwrap().timeline.len(), 1);
    let board = replayed(&history(vec![update(90, ImportedChange::Postmortem, "We learned.")]));
    let incident = board.incident(incident(1)).unwrap();
    assert!(incident.status == Status::Resolved && incident.postmortem.is_some());
    let without_texts = history(vec![
        to_status(590, Status::Confirmed, ""),
        to_status(580, Status::Watching, ""),
        update(570, ImportedChange::None, ""),
        to_status(560, Status::Resolved, ""),
        to_status(550, Status::Confirmed, ""),
    ]);
    let board = replayed(&without_texts);
    let incident = board.incident(candor_testkit::story::incident(1)).unwrap();
    assert_eq!((incident.timeline.len(), incident.status), (4, Status::Confirmed));
}

#[test]
fn imported_maintenance_is_planned_started_and_ended() {
    let board = replayed(&of_maintenance(vec![
        to_status(900, Status::Planned, "We will upgrade."),
        to_status(800, Status::Planned, "Remember."),
        to_status(490, Status::Confirmed, "We begin."),
        to_status(450, Status::Watching, "We look whether it works."),
        to_status(410, Status::Resolved, "Done."),
    ]));
    let done = board.incident(incident(1)).unwrap();
    assert_eq!((done.started_at, done.ended_at), (ago(490), Some(ago(410))));
    assert_eq!(done.timeline.len(), 5);
    assert_eq!((due(&board, at(0)), questions(&board, at(0))), (Vec::new(), Vec::new()));
}

#[test]
fn imported_maintenance_without_a_start_took_place_unless_canceled() {
    let done = replayed(&of_maintenance(vec![
        to_status(900, Status::Planned, "Soon."),
        to_status(390, Status::Resolved, "Done."),
    ]));
    let done = done.incident(incident(1)).unwrap();
    assert_eq!((done.started_at, done.ended_at), (ago(500), Some(ago(390))));
    let off = replayed(&of_maintenance(vec![
        to_status(900, Status::Planned, "Soon."),
        update(600, ImportedChange::Canceled, "No."),
    ]));
    assert!(off.incident(incident(1)).unwrap().canceled);
    let unannounced =
        replayed(&of_maintenance(vec![to_status(490, Status::Confirmed, "We begin.")]));
    assert_eq!(unannounced.incident(incident(1)).unwrap().status, Status::Confirmed);
}

#[test]
fn maintenance_in_the_past_can_only_be_recorded_and_notifies_nobody() {
    let story = quiet_page().after_minutes(120);
    let past = MaintenancePlan { silent: false, ..maintenance(60, 90) };
    story.then_refused(Command::PlanMaintenance(past.clone()), &Refusal::WindowIsOver);
    let turned = MaintenancePlan {
        window: Window { starts_at: at(9), ends_at: at(8) },
        ..maintenance(0, 1)
    };
    story.then_refused(Command::RecordMaintenance(turned), &Refusal::EndsBeforeItBegins);
    let story = story
        .when(Command::RecordMaintenance(past))
        .then_suppresses(candor_core::SuppressReason::Silent);
    story.when(start(1)).then_suppresses(candor_core::SuppressReason::Silent);
}

#[test]
fn imported_history_knows_whether_it_has_ended() {
    let status = |status| {
        history(vec![to_status(60, Status::Confirmed, "We look."), to_status(50, status, "Words.")])
    };
    assert!(status(Status::Resolved).is_over());
    assert!(!status(Status::Watching).is_over() && !history(Vec::new()).is_over());
    assert!(
        of_maintenance(vec![
            update(600, ImportedChange::None, "Soon."),
            update(550, ImportedChange::Canceled, "No.")
        ])
        .is_over()
    );
}

#[test]
fn importing_old_incidents_hides_no_newer_one() {
    let mut board = Board::default();
    let mut replay = |history: &History, number: u32| {
        for step in history.steps() {
            let context = candor_core::CommandContext {
                now: at(0),
                actor: Some(ada()),
                refire: candor_core::CommandContext::DEFAULT_REFIRE,
            };
            for event in decide(&board, step.command.about(incident(number)), &context).unwrap() {
                let (seq, actor, at) = (board.seq + 1, Some(ada()), step.at);
                board.evolve(&RecordedEvent {
                    seq,
                    occurred_at: at,
                    recorded_at: self::at(0),
                    actor,
                    event,
                });
            }
        }
    };
    replay(
        &History { started_at: ago(10), ..history(vec![to_status(10, Status::Confirmed, "Now.")]) },
        1,
    );
    replay(
        &History {
            started_at: ago(90),
            ..history(vec![to_status(60, Status::Resolved, "Today.")])
        },
        2,
    );
    for number in 0..55_u32 {
        let began = 100_000 - i64::from(number);
        let replayed = vec![
            to_status(began, Status::Confirmed, "Old."),
            to_status(began - 5, Status::Resolved, "Over."),
        ];
        replay(&History { started_at: ago(began), ..history(replayed) }, 3 + number);
    }
    replay(
        &History {
            started_at: ago(90_000),
            ..history(vec![to_status(90_000, Status::Confirmed, "Old.")])
        },
        58,
    );
    let public = PublicBoard::of(&board);
    let numbers =
        |list: &[PublicIncident<'_>]| list.iter().map(|one| one.number).collect::<Vec<_>>();
    // Of two with the same headline, the headline is about the one that began first.
    assert_eq!(numbers(&public.current), [58, 1], "an open one is there, however old");
    assert_eq!(public.recent.len(), RECENT);
    assert_eq!(numbers(&public.recent)[..3], [2, 57, 56], "the one that ended last is the first");

    let began = |one: &Incident| one.started_at;
    let two: Vec<_> =
        latest(board.incidents(), 2, began).into_iter().map(|one| one.number.get()).collect();
    assert_eq!(two, [1, 58], "what goes on is never cut");
    let three: Vec<_> =
        latest(board.incidents(), 3, began).into_iter().map(|one| one.number.get()).collect();
    assert_eq!(three, [1, 2, 58]);
    assert!(latest(board.incidents(), 0, began).is_empty());
}
