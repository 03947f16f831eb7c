//! What the page said at an earlier time.

use candor_core::{
    Board, Command, Event, IncidentAction, Notify, Severity, SiteConfigured, Status,
};

use candor_testkit::story::{
    Story, at, clear, confirm, confirm_by_two, declare, dismiss, incident, note, quiet_page, raise,
    resolve, text, title, update,
};

/// The status of incident 1, and the number of its alerts; none before it was known.
fn state_at(board: &Board, minute: i64) -> Option<(Status, usize)> {
    let board = board.as_of(at(minute));
    board.incident(incident(1)).map(|incident| (incident.status, incident.alerts.len()))
}

/// The period in which the page was the same as at that minute.
fn unchanged_period(board: &Board, minute: i64) -> Option<(i64, Option<i64>)> {
    let minutes = |time: jiff::Timestamp| time.duration_since(at(0)).as_mins();
    board.valid_between(at(minute)).map(|(from, until)| (minutes(from), until.map(minutes)))
}

/// Raised at 0, another alert at 1, an alert update at 2, confirmed at 3, cleared at 4 and 5, resolved at 6.
fn outage() -> Story {
    quiet_page()
        .when(raise("a"))
        .when(raise("b"))
        .when(note("a"))
        .when(confirm(1))
        .when(clear("a"))
        .when(clear("b"))
        .when(resolve(1))
}

#[test]
fn incident_is_shown_as_it_was_at_that_time() {
    let board = outage().board;
    let expected = [
        None,
        Some((Status::Suspected, 1)),
        Some((Status::Suspected, 2)),
        Some((Status::Suspected, 2)),
        Some((Status::Confirmed, 2)),
        Some((Status::Confirmed, 2)),
        Some((Status::Confirmed, 2)),
        Some((Status::Resolved, 2)),
        Some((Status::Resolved, 2)),
    ];
    for (minute, expected) in (-1..).zip(expected) {
        assert_eq!(state_at(&board, minute), expected, "minute {minute}");
        let open = board.as_of(at(minute)).open().count();
        assert_eq!(open == 1, expected.is_some_and(|(status, _)| !status.is_over()), "{minute}");
    }
}

#[test]
fn past_board_includes_the_last_event_of_that_time() {
    let board = outage().board;
    let seqs = |minute| {
        let past = board.as_of(at(minute));
        (past.seq, past.public_seq, past.updated_at, past.public_at)
    };
    assert_eq!(seqs(-1), (0, 0, None, None));
    assert_eq!(
        seqs(2),
        (1, 1, Some(at(0)), Some(at(0))),
        "alerts that joined aren't kept one by one"
    );
    assert_eq!(seqs(5), (4, 4, Some(at(3)), Some(at(3))));
    assert_eq!(seqs(6), (7, 7, Some(at(6)), Some(at(6))));
    // Two incidents: the later of them counts.
    let board = outage().when(declare(Severity::Bug)).board;
    assert_eq!(board.as_of(at(9)).seq, 8);
}

#[test]
fn proposed_confirmation_is_not_shown() {
    let story = quiet_page().when(raise("a")).when(confirm_by_two(1));
    assert_eq!((story.board.seq, story.board.public_seq), (2, 1));
    let past = story.board.as_of(at(5));
    assert_eq!((past.seq, past.public_seq, past.public_at), (2, 1, Some(at(0))));
}

#[test]
fn alert_updates_and_clears_are_not_shown() {
    let story = quiet_page().when(declare(Severity::Bug)).when(note("x")).when(clear("y"));
    assert_eq!((story.board.seq, story.board.public_seq), (3, 1));
    assert_eq!((story.board.updated_at, story.board.public_at), (Some(at(2)), Some(at(0))));
    let story = story.when(raise("a"));
    assert_eq!(story.board.public_seq, 4);
}

#[test]
fn page_was_the_same_from_one_change_to_the_next() {
    let board = outage().board;
    let expected = [
        None,
        Some((0, Some(1))),
        Some((1, Some(3))),
        Some((1, Some(3))),
        Some((3, Some(6))),
        Some((3, Some(6))),
        Some((3, Some(6))),
        Some((6, None)),
    ];
    for (minute, expected) in (-1..).zip(expected) {
        assert_eq!(unchanged_period(&board, minute), expected, "minute {minute}");
    }
    // A change of one incident ends the period for the whole page.
    let site = SiteConfigured { name: Some(title("Acme")), ..SiteConfigured::default() };
    let board = quiet_page()
        .when(Command::ConfigureSite(site))
        .when(declare(Severity::Bug))
        .after_minutes(3)
        .when(declare(Severity::Bug))
        .board;
    assert_eq!(unchanged_period(&board, 0), Some((0, Some(1))));
    assert_eq!(unchanged_period(&board, 3), Some((1, Some(5))));
    assert_eq!(unchanged_period(&board, 9), Some((5, None)));
    assert_eq!(board.as_of(at(0)).site.name, Some(title("Acme")));
    assert_eq!(board.as_of(at(-1)).site.name, None);
}

#[test]
fn reopened_suspected_incident_was_dismissed_before() {
    // Raised at 0, dismissed at 1, raised again at 4.
    let story = quiet_page().when(raise("a")).when(dismiss(1)).after_minutes(2).when(raise("b"));
    let expected = [Status::Suspected, Status::Dismissed, Status::Dismissed, Status::Dismissed];
    for (minute, status) in (0..).zip(expected) {
        assert_eq!(state_at(&story.board, minute), Some((status, 1)), "minute {minute}");
    }
    assert_eq!(state_at(&story.board, 4), Some((Status::Suspected, 2)));
    assert_eq!(unchanged_period(&story.board, 2), Some((1, Some(4))));
}

#[test]
fn past_board_holds_no_text_from_monitoring() {
    let story = outage();
    let record: Vec<_> =
        story.incident(1).own_events().map(|recorded| recorded.event.type_name()).collect();
    assert_eq!(record, ["alert-raised", "human-confirmed", "resolved"]);
    let first = story.incident(1).own_events().next().unwrap();
    let Event::AlertRaised(raised) = &first.event else { panic!() };
    assert_eq!(raised.message.to_string(), "[removed]");
}

#[test]
fn retracted_text_is_never_shown_for_the_past_but_corrected_text_is() {
    let corrected = |said: &str| {
        let written =
            quiet_page().when(declare(Severity::Bug)).when(update(1, None, Notify::Default));
        let update = written.board.seq;
        let correct = IncidentAction::CorrectUpdate { update, text: text(said) }.on(incident(1));
        (written.when(correct), update)
    };
    let (edited, update) = corrected("Better said.");
    let withdrawn = edited.clone().when(IncidentAction::RetractUpdate { update }.on(incident(1)));
    let entry = |story: &Story, minute| {
        let board = story.board.as_of(at(minute));
        let entry = board.incident(incident(1)).unwrap().timeline.last().unwrap().clone();
        (entry.text.map(|text| text.to_string()), entry.former.len(), entry.withdrawn_at)
    };
    assert_eq!(entry(&edited, 1), (Some("We found the cause.".to_owned()), 0, None));
    assert_eq!(entry(&edited, 2), (Some("Better said.".to_owned()), 1, None));
    for minute in [1, 2, 3, 9] {
        assert_eq!(entry(&withdrawn, minute), (None, 0, Some(at(3))), "minute {minute}");
    }
}
