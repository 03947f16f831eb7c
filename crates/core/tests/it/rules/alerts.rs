//! Alerts may suspect an incident, and never more.

use candor_core::{
    Command, Declaration, DismissReason, EntryKind, Event, Headline, IncidentAction, Notify,
    NotifyReason, Severity, Status,
};

use candor_testkit::story::{
    alert, clear, clear_again, confirm, confirm_afterwards, declaration, dismiss, note, plan,
    quiet_page, raise, raise_again, resolve, update,
};

#[test]
fn alert_opens_a_suspected_outage() {
    let story = quiet_page()
        .when(raise("a"))
        .then_status(1, Status::Suspected)
        .then_headline(Headline::Suspected);
    let incident = story.incident(1);
    assert_eq!((incident.title.as_str(), incident.severity), ("Outage", Severity::Outage));
    assert_eq!(incident.path(), "/2026-11-21/1");
}

#[test]
fn twenty_simultaneous_alerts_open_one_incident() {
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
            .all(|recorded| recorded.event.incident() == Some(candor_testkit::story::incident(1)))
    );
    println!(
        "20 alerts: {} incident, {} alerts",
        story.board.incidents().count(),
        story.incident(1).alerts.len()
    );
}

fn taking_alerts(severity: Severity, status: Status) -> Command {
    Command::Declare(Declaration { takes_alerts: true, ..declaration(severity, status) })
}

#[test]
fn alert_joins_a_declared_outage_only_if_it_takes_alerts() {
    for severity in [Severity::Partial, Severity::Outage] {
        for status in [Status::Confirmed, Status::Watching] {
            let declared = taking_alerts(severity, status);
            let story = quiet_page().when(declared).when(raise("a")).then_status(1, status);
            assert_eq!(story.board.incidents().count(), 1, "{severity} {status}");
            assert_eq!(story.incident(1).firing, 1);

            let declared = Command::Declare(declaration(severity, status));
            let story = quiet_page().when(declared).when(raise("a")).then_status(1, status);
            let story = story.then_status(2, Status::Suspected);
            assert_eq!((story.incident(1).firing, story.incident(2).firing), (0, 1));
            // It can be confirmed on its own.
            story.when(confirm(2)).then_status(2, Status::Confirmed);
        }
    }
}

#[test]
fn alert_never_joins_a_silent_incident() {
    let silence =
        || IncidentAction::Silence { silent: true }.on(candor_testkit::story::incident(1));
    let stories = [
        quiet_page().when(taking_alerts(Severity::Outage, Status::Confirmed)).when(silence()),
        quiet_page().when(raise("other")).when(silence()),
        quiet_page().when(raise("other")).when(confirm(1)).when(silence()),
        quiet_page().when(raise("other")).when(silence()).when(dismiss(1)),
    ];
    for story in stories {
        story.when(raise("a")).then_status(2, Status::Suspected);
    }
}

#[test]
fn suspected_incident_takes_alerts_at_any_severity_until_it_is_confirmed() {
    let lower = || {
        IncidentAction::SetSeverity { severity: Severity::Bug }
            .on(candor_testkit::story::incident(1))
    };
    let story = quiet_page().when(raise("a")).when(lower());
    let story = story.when(raise("b")).then_status(1, Status::Suspected);
    assert_eq!((story.board.incidents().count(), story.incident(1).firing), (1, 2));
    // A confirmed bug hides no outage.
    story.when(confirm(1)).when(raise("c")).then_status(2, Status::Suspected);
}

#[test]
fn alert_records_the_status_of_the_incident_it_joined() {
    let found = |story: &candor_testkit::story::Story| {
        let Event::AlertRaised(raised) = &story.events.last().unwrap().event else { panic!() };
        raised.found
    };
    let story = quiet_page().when(raise("a"));
    assert_eq!(found(&story), None);
    let story = story.when(raise("b"));
    assert_eq!(found(&story), Some(Status::Suspected));
    let story = story.when(confirm(1)).when(raise("c"));
    assert_eq!(found(&story), Some(Status::Confirmed));
    let watching = update(1, Some(Status::Watching), Notify::Default);
    let story = story.when(watching).when(raise("d")).then_status(1, Status::Watching);
    assert_eq!(found(&story), Some(Status::Watching));
}

#[test]
fn thirty_flaps_are_one_incident() {
    let mut story = quiet_page();
    for id in 0..30 {
        story = story.when(raise(&format!("flap-{id}"))).when(clear(&format!("flap-{id}")));
    }
    println!("30 flaps: {} incident", story.board.incidents().count());
    assert_eq!(story.board.incidents().count(), 1);
    assert_eq!(story.incident(1).alerts.len(), 30);
    let story = story.when(raise("real")).then_status(1, Status::Suspected);
    assert_eq!((story.incident(1).firing, story.incident(1).ended_at), (1, None));
    story.when(confirm(1)).then_notifies(NotifyReason::Confirmed);
}

#[test]
fn refire_within_15_minutes_reopens_a_dismissed_incident() {
    let dismissed = || quiet_page().when(raise("a")).when(dismiss(1));
    // A command takes a minute in these stories.
    let soon = dismissed().after_minutes(13).when(raise("b")).then_status(1, Status::Suspected);
    let Event::AlertRaised(raised) = &soon.events.last().unwrap().event else { panic!() };
    assert_eq!(raised.found, Some(Status::Dismissed));
    let kinds: Vec<_> = soon.incident(1).timeline.iter().map(|entry| entry.kind).collect();
    let suspected = EntryKind::StatusChanged(Status::Suspected);
    assert_eq!(kinds, [suspected, EntryKind::Dismissed(DismissReason::FalseAlarm), suspected]);
    let late = dismissed().after_minutes(14).when(raise("b"));
    late.then_status(1, Status::Dismissed).then_status(2, Status::Suspected);
}

#[test]
fn refire_reopens_only_the_last_dismissed_incident() {
    let story = quiet_page().when(raise("a")).when(dismiss(1)).when(confirm_afterwards(1));
    story.when(raise("b")).then_status(1, Status::Resolved).then_status(2, Status::Suspected);
    // An open incident comes first.
    let story = quiet_page()
        .when(raise("a"))
        .when(dismiss(1))
        .when(taking_alerts(Severity::Partial, Status::Confirmed))
        .when(raise("b"));
    let story = story.then_status(1, Status::Dismissed).then_status(2, Status::Confirmed);
    assert_eq!(story.incident(2).firing, 1);
}

#[test]
fn resolving_records_how_many_alerts_still_fire() {
    let firing = |story: candor_testkit::story::Story| {
        let Event::Resolved(resolved) = &story.events.last().unwrap().event else { panic!() };
        resolved.firing
    };
    let story = quiet_page().when(raise("a")).when(raise("b")).when(confirm(1));
    assert_eq!(firing(story.clone().when(resolve(1))), 2);
    assert_eq!(firing(story.when(clear("a")).when(clear("b")).when(resolve(1))), 0);
    let story = quiet_page().when(raise("a")).when(dismiss(1));
    assert_eq!(firing(story.when(confirm_afterwards(1))), 1);
}

#[test]
fn alert_does_not_join_a_bug_notice_plan_or_ended_incident() {
    let others = [
        quiet_page().when(taking_alerts(Severity::Bug, Status::Confirmed)),
        quiet_page().when(taking_alerts(Severity::Notice, Status::Confirmed)),
        quiet_page().when(plan(60, 90)),
        quiet_page().when(taking_alerts(Severity::Outage, Status::Confirmed)).when(resolve(1)),
        quiet_page().when(raise("other")).when(dismiss(1)).after_minutes(15),
    ];
    for other in others {
        let story = other.when(raise("a")).then_status(2, Status::Suspected);
        assert_eq!(story.incident(2).alerts, [alert("a")]);
    }
}

#[test]
fn repeated_raise_of_a_firing_alert_is_an_update() {
    let story = quiet_page().when(raise("a")).when(raise("a"));
    assert_eq!(story.types(), ["alert-raised", "alert-updated"]);
    assert_eq!((story.incident(1).alerts.len(), story.incident(1).firing), (1, 1));
}

#[test]
fn update_of_an_alert_changes_no_incident() {
    let story = quiet_page().when(note("stranger")).then_headline(Headline::AllGood);
    assert_eq!(story.events.last().unwrap().event.incident(), None);
    let story = story.when(raise("a")).when(note("a")).then_status(1, Status::Suspected);
    assert_eq!(
        story.events.last().unwrap().event.incident(),
        Some(candor_testkit::story::incident(1))
    );
}

#[test]
fn raise_after_an_update_of_the_alert_opens_an_incident() {
    quiet_page().when(note("a")).when(raise("a")).then_status(1, Status::Suspected);
}

#[test]
fn alert_cleared_before_it_was_raised_opens_no_incident() {
    let story = quiet_page().when(clear("a")).when(raise("a")).then_headline(Headline::AllGood);
    assert_eq!(story.board.incidents().count(), 0);
    assert_eq!(story.types(), ["alert-cleared", "alert-updated"]);
}

#[test]
fn late_raise_after_the_clear_opens_no_second_incident() {
    let story = quiet_page()
        .when(raise("a"))
        .when(clear("a"))
        .when(raise("a"))
        .then_headline(Headline::AllGood);
    assert_eq!(story.board.incidents().count(), 1);
    assert_eq!(story.incident(1).firing, 0);
}

#[test]
fn second_clear_changes_nothing() {
    let story = quiet_page().when(raise("a")).when(raise("b")).when(clear("a")).when(clear("a"));
    assert_eq!(story.incident(1).firing, 1);
    assert_eq!(story.incident(1).status, Status::Suspected);
}

#[test]
fn clearing_all_alerts_dismisses_a_suspected_incident() {
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
    assert_eq!(dismissed.because, DismissReason::AllAlertsCleared);
    assert_eq!(
        story.incident(1).timeline.last().unwrap().kind,
        EntryKind::Dismissed(DismissReason::AllAlertsCleared)
    );
    assert!(story.incident(1).ended_at.is_some());
}

#[test]
fn clearing_all_alerts_leaves_a_confirmed_or_watched_incident_open() {
    let story = quiet_page().when(raise("a")).when(confirm(1));
    story
        .clone()
        .when(clear("a"))
        .then_status(1, Status::Confirmed)
        .then_headline(Headline::Outage);
    let watching = update(1, Some(Status::Watching), Notify::Default);
    let story = story.when(watching).when(clear("a")).then_status(1, Status::Watching);
    assert_eq!(story.incident(1).firing, 0);
}

#[test]
fn clearing_an_alert_leaves_a_dismissed_incident_dismissed() {
    let story = quiet_page().when(raise("a")).when(dismiss(1)).when(raise("a")).when(clear("a"));
    assert_eq!(story.incident(1).status, Status::Dismissed);
    assert_eq!(story.board.incidents().count(), 1);
}

#[test]
fn suspected_incident_ends_by_the_clock_even_if_the_log_is_ahead_of_it() {
    let mut story = quiet_page().when(raise("a"));
    let events = story.decide_by(clear("a"), None).unwrap();
    let tomorrow = story.now() + jiff::SignedDuration::from_hours(24);
    for event in events {
        let (seq, now) = (story.board.seq + 1, story.now());
        story.board.evolve(&candor_core::RecordedEvent {
            seq,
            occurred_at: now,
            recorded_at: tomorrow,
            actor: None,
            event,
        });
    }
    assert_eq!(story.incident(1).ended_at, Some(story.now()));
}

#[test]
fn alert_fires_until_cleared_even_after_its_incident_ended() {
    let raised = quiet_page().when(raise("a"));
    for over in [raised.clone().when(dismiss(1)), raised.when(confirm(1)).when(resolve(1))] {
        let over = over.then_headline(Headline::AllGood);
        assert!(over.board.is_alert_firing());
        assert!(!over.when(clear("a")).board.is_alert_firing());
    }
    assert!(!quiet_page().board.is_alert_firing());
}

#[test]
fn id_that_is_used_again_raises_its_next_problem_with_an_occurrence_of_its_own() {
    let story = quiet_page()
        .when(raise_again("shop", "2026-11-21T14:00:00Z"))
        .when(clear_again("shop", "2026-11-21T14:01:00Z"))
        .then_status(1, Status::Dismissed)
        .after_minutes(60)
        .when(raise_again("shop", "2026-11-21T15:00:00Z"))
        .then_status(2, Status::Suspected);
    let occurrences = |number: u32| {
        story
            .incident(number)
            .alerts
            .iter()
            .map(candor_core::AlertKey::occurrence)
            .collect::<Vec<_>>()
    };
    assert_eq!((occurrences(1), occurrences(2)), (vec![0], vec![1]));
    // The first incident's alert stays cleared.
    assert_eq!((story.incident(1).firing, story.incident(2).firing), (0, 1));
}

#[test]
fn late_raise_opens_nothing_and_a_late_clear_ends_nothing() {
    let story = quiet_page()
        .when(clear_again("shop", "2026-11-21T14:01:00Z"))
        .when(raise_again("shop", "2026-11-21T14:00:00Z"));
    assert_eq!(story.board.incidents().count(), 0, "the raise is older than the clear");
    let story = quiet_page()
        .when(raise_again("shop", "2026-11-21T15:00:00Z"))
        .when(clear_again("shop", "2026-11-21T14:01:00Z"))
        .then_status(1, Status::Suspected)
        .when(clear_again("shop", "2026-11-21T15:01:00Z"))
        .then_status(1, Status::Dismissed);
    assert_eq!(story.incident(1).firing, 0);
    // The second problem was told before the first one's clear.
    quiet_page()
        .when(raise_again("shop", "2026-11-21T14:00:00Z"))
        .when(raise_again("shop", "2026-11-21T15:00:00Z"))
        .when(clear_again("shop", "2026-11-21T14:01:00Z"))
        .then_status(1, Status::Suspected)
        .when(clear_again("shop", "2026-11-21T15:01:00Z"))
        .then_status(1, Status::Dismissed);
}

#[test]
fn incident_that_was_dismissed_and_is_suspected_again_begins_with_the_new_alert() {
    let story = quiet_page()
        .when(raise("a"))
        .when(clear("a"))
        .then_status(1, Status::Dismissed)
        .after_minutes(10)
        .when(raise("b"))
        .then_status(1, Status::Suspected);
    let raised_at = story.events.last().unwrap().occurred_at;
    assert_eq!(story.incident(1).started_at, raised_at, "it was over in between");
}
