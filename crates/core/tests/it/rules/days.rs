//! What the page remembers of its days.

use candor_core::{Command, Figures, Notify, Severity, Spread};
use jiff::{SignedDuration, civil::date, tz::TimeZone};

use crate::story::{at, confirm, declare, dismiss, incident, plan, quiet_page, raise, resolve};

/// The day of every story.
const TODAY: jiff::civil::Date = date(2026, 11, 21);

#[test]
fn an_incident_is_on_every_day_that_it_touched_in_the_zone_of_the_page() {
    let story = quiet_page().when(declare(Severity::Outage)).after_minutes(90).when(resolve(1));
    let touched = |zone: &TimeZone| {
        let days = story.board.days(zone, date(2026, 11, 19), date(2026, 11, 24), at(10_000));
        let touched = days.iter().filter(|day| day.worst().is_some());
        touched.map(|day| day.date).collect::<Vec<_>>()
    };
    assert_eq!(touched(&TimeZone::UTC), [TODAY], "from 14:00 to 15:31");
    let tokyo = TimeZone::fixed(jiff::tz::offset(9));
    assert_eq!(touched(&tokyo), [TODAY, date(2026, 11, 22)], "from 23:00 to 00:31");
}

#[test]
fn what_goes_on_is_on_every_day_until_now_and_on_no_later_one() {
    let story = quiet_page().when(declare(Severity::Bug));
    let days = story.board.days(&TimeZone::UTC, TODAY, date(2026, 11, 25), at(2 * 1440));
    let loud: Vec<_> = days.iter().map(|day| !day.is_quiet()).collect();
    assert_eq!(loud, [true, true, true, false, false]);
}

#[test]
fn a_day_is_remembered_for_the_worst_that_a_person_confirmed_not_for_a_suspicion() {
    let story = quiet_page().when(declare(Severity::Bug)).when(raise("a"));
    let days = story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now());
    assert_eq!(days[0].worst().unwrap().number, incident(1), "the bug, not the possible outage");
    let story = story.when(confirm(2));
    let days = story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now());
    assert_eq!(days[0].worst().unwrap().number, incident(2));
}

#[test]
fn a_false_alarm_is_told_and_gives_no_colour() {
    let story = quiet_page().when(raise("a")).when(dismiss(1));
    let days = story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now());
    assert_eq!((days[0].worst(), days[0].false_alarms.len()), (None, 1));
}

#[test]
fn work_counts_from_when_it_begins_and_never_if_it_is_called_off() {
    let story = quiet_page().when(plan(60, 120));
    assert!(story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now())[0].is_quiet());
    let called_off = story.when(Command::CancelMaintenance {
        incident: incident(1),
        text: None,
        notify: Notify::Usual,
    });
    let board = &called_off.board;
    assert!(board.days(&TimeZone::UTC, TODAY, TODAY, at(500))[0].is_quiet());
    assert_eq!(board.began_within(&TimeZone::UTC, TODAY, TODAY, at(500)).len(), 1, "it is listed");
    assert_eq!(Figures::of(board.incidents()).maintenances, 0);
}

#[test]
fn a_day_knows_the_next_days_that_have_something_to_tell() {
    let story = quiet_page()
        .when(declare(Severity::Bug))
        .when(resolve(1))
        .after_minutes(5 * 1440)
        .when(declare(Severity::Bug))
        .when(resolve(2));
    let neighbours = |day| story.board.neighbours(&TimeZone::UTC, day, story.now());
    let later = date(2026, 11, 26);
    assert_eq!(neighbours(TODAY), (None, Some(later)));
    assert_eq!(neighbours(date(2026, 11, 23)), (Some(TODAY), Some(later)));
    assert_eq!(neighbours(later), (Some(TODAY), None));
    assert_eq!(story.board.first_day(&TimeZone::UTC), Some(TODAY));
}

#[test]
fn figures_say_how_long_it_took_to_confirm_and_to_resolve() {
    let minutes = SignedDuration::from_mins;
    let mut story = quiet_page();
    for (number, (until_confirmed, until_resolved)) in
        (1..).zip([(2, 10), (5, 70), (9, 30), (40, 20)])
    {
        story = story
            .when(raise(&number.to_string()))
            .after_minutes(until_confirmed - 1)
            .when(confirm(number))
            .after_minutes(until_resolved - 1)
            .when(resolve(number));
    }
    let story = story.when(raise("f")).when(dismiss(5)).when(declare(Severity::Notice));
    let figures = Figures::of(story.board.incidents());
    assert_eq!((figures.incidents, figures.false_alarms, figures.maintenances), (4, 1, 0));
    let confirmed = Spread { count: 4, median: minutes(5), longest: minutes(40) };
    let resolved = Spread { count: 4, median: minutes(20), longest: minutes(70) };
    assert_eq!(figures.until_confirmed, Some(confirmed));
    assert_eq!(figures.until_resolved, Some(resolved));
    assert_eq!(Figures::of([]).until_resolved, None, "nothing is made up");
}

#[test]
fn what_nobody_suspected_counts_from_its_declaration() {
    let twelve = SignedDuration::from_mins(12);
    let story = quiet_page().when(declare(Severity::Bug)).after_minutes(11).when(resolve(1));
    let figures = Figures::of(story.board.incidents());
    let spread = Spread { count: 1, median: twelve, longest: twelve };
    assert_eq!((figures.until_confirmed, figures.until_resolved), (None, Some(spread)));
}
