//! Monitoring may suspect.

use candor_core::{Because, EntryKind, Event, Headline, Severity, Status};

use crate::story::{
    alert, clear, confirm, declaration, declare, dismiss, note, plan, quiet_page, raise, resolve,
};

#[test]
fn an_alert_on_a_quiet_page_opens_a_suspected_outage() {
    let story = quiet_page()
        .when(raise("a"))
        .then_status(1, Status::Suspected)
        .then_headline(Headline::Suspected);
    let incident = story.incident(1);
    assert_eq!((incident.title.as_str(), incident.severity), ("Outage", Severity::Outage));
    assert_eq!(incident.path(), "/2026-11-21/1");
}

#[test]
fn twenty_alerts_at_the_same_instant_open_one_incident_and_all_are_on_its_trail() {
    let mut story = quiet_page();
    for id in 0..20 {
        story = story.when(raise(&format!("alert-{id}"))).after_minutes(-1);
    }
    assert_eq!(story.board.incidents().count(), 1);
    assert_eq!((story.incident(1).alerts.len(), story.incident(1).firing), (20, 20));
    assert!(
        story
            .events
            .iter()
            .all(|recorded| recorded.event.incident() == Some(crate::story::incident(1)))
    );
    println!(
        "20 alerts: {} incident, {} alerts",
        story.board.incidents().count(),
        story.incident(1).alerts.len()
    );
}

#[test]
fn an_alert_joins_a_partial_or_full_outage_that_is_going_on_whoever_opened_it() {
    for severity in [Severity::Partial, Severity::Outage] {
        for status in [Status::Confirmed, Status::Watching] {
            let declared = candor_core::Command::Declare(declaration(severity, status));
            let story = quiet_page().when(declared).when(raise("a")).then_status(1, status);
            assert_eq!(story.board.incidents().count(), 1, "{severity} {status}");
            assert_eq!(story.incident(1).firing, 1);
        }
    }
}

#[test]
fn an_alert_doesnt_join_what_is_mild_planned_or_over() {
    let others = [
        quiet_page().when(declare(Severity::Bug)),
        quiet_page().when(declare(Severity::Notice)),
        quiet_page().when(plan(60, 90)),
        quiet_page().when(declare(Severity::Outage)).when(resolve(1)),
        quiet_page().when(raise("other")).when(dismiss(1)),
    ];
    for other in others {
        let story = other.when(raise("a")).then_status(2, Status::Suspected);
        assert_eq!(story.incident(2).alerts, [alert("a")]);
    }
}

#[test]
fn a_second_raise_of_a_known_alert_is_only_noted() {
    let story = quiet_page().when(raise("a")).when(raise("a"));
    assert_eq!(story.types(), ["alert-raised", "alert-updated"]);
    assert_eq!((story.incident(1).alerts.len(), story.incident(1).firing), (1, 1));
}

#[test]
fn what_else_is_said_of_an_alert_is_kept_without_effect() {
    let story = quiet_page().when(note("stranger")).then_headline(Headline::AllGood);
    assert_eq!(story.events.last().unwrap().event.incident(), None);
    let story = story.when(raise("a")).when(note("a")).then_status(1, Status::Suspected);
    assert_eq!(story.events.last().unwrap().event.incident(), Some(crate::story::incident(1)));
}

#[test]
fn a_raise_after_a_note_still_opens_an_incident() {
    quiet_page().when(note("a")).when(raise("a")).then_status(1, Status::Suspected);
}

#[test]
fn a_close_before_its_create_never_opens_an_incident() {
    let story = quiet_page().when(clear("a")).when(raise("a")).then_headline(Headline::AllGood);
    assert_eq!(story.board.incidents().count(), 0);
    assert_eq!(story.types(), ["alert-cleared", "alert-updated"]);
}

#[test]
fn a_late_create_after_its_close_never_opens_another_incident() {
    let story = quiet_page()
        .when(raise("a"))
        .when(clear("a"))
        .when(raise("a"))
        .then_headline(Headline::AllGood);
    assert_eq!(story.board.incidents().count(), 1);
    assert_eq!(story.incident(1).firing, 0);
}

#[test]
fn a_second_close_changes_nothing() {
    let story = quiet_page().when(raise("a")).when(raise("b")).when(clear("a")).when(clear("a"));
    assert_eq!(story.incident(1).firing, 1);
    assert_eq!(story.incident(1).status, Status::Suspected);
}

#[test]
fn all_alerts_of_a_suspected_incident_cleared_dismisses_it_with_a_sentence_on_the_trail() {
    let story = quiet_page()
        .when(raise("a"))
        .when(raise("b"))
        .when(clear("a"))
        .then_status(1, Status::Suspected);
    let story =
        story.when(clear("b")).then_status(1, Status::Dismissed).then_headline(Headline::AllGood);
    let Event::Dismissed(dismissed) = &story.events.last().unwrap().event else {
        panic!("dismissed last")
    };
    assert_eq!(dismissed.because, Because::AllAlertsCleared);
    assert_eq!(
        story.incident(1).timeline.last().unwrap().kind,
        EntryKind::Dismissed(Because::AllAlertsCleared)
    );
    assert!(story.incident(1).ended_at.is_some());
}

#[test]
fn all_alerts_of_a_confirmed_or_watched_incident_cleared_leaves_it() {
    let story = quiet_page().when(raise("a")).when(confirm(1));
    story
        .clone()
        .when(clear("a"))
        .then_status(1, Status::Confirmed)
        .then_headline(Headline::Outage);
    let watching = crate::story::update(1, Some(Status::Watching), candor_core::Notify::Usual);
    let story = story.when(watching).when(clear("a")).then_status(1, Status::Watching);
    assert_eq!(story.incident(1).firing, 0);
}

#[test]
fn monitoring_clears_what_a_person_has_dismissed_without_bringing_it_back() {
    let story = quiet_page().when(raise("a")).when(dismiss(1)).when(raise("a")).when(clear("a"));
    assert_eq!(story.incident(1).status, Status::Dismissed);
    assert_eq!(story.board.incidents().count(), 1);
}

#[test]
fn a_suspected_incident_begins_and_ends_by_the_clock_although_the_log_is_ahead_of_it() {
    let mut story = quiet_page().when(raise("a"));
    let events = story.decide_by(clear("a"), None).unwrap();
    let tomorrow = story.now() + jiff::SignedDuration::from_hours(24);
    for event in events {
        let (seq, now) = (story.board.seq + 1, story.now());
        story.board.evolve(&candor_core::Recorded {
            seq,
            occurred_at: now,
            recorded_at: tomorrow,
            actor: None,
            event,
        });
    }
    assert_eq!(story.incident(1).ended_at, Some(story.now()));
}
