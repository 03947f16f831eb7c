//! What the history says about each day.

use candor_core::{DurationStats, HistoryStats, IncidentAction, Notify, Severity};
use jiff::{SignedDuration, civil::date, tz::TimeZone};

use candor_testkit::story::{
    at, confirm, declare, dismiss, incident, plan, quiet_page, raise, resolve,
};

/// The day of every story.
const TODAY: jiff::civil::Date = date(2026, 11, 21);

#[test]
fn incident_is_on_every_day_it_touched_in_the_time_zone_of_the_page() {
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
fn open_incident_is_on_every_day_until_today() {
    let story = quiet_page().when(declare(Severity::Bug));
    let days = story.board.days(&TimeZone::UTC, TODAY, date(2026, 11, 25), at(2 * 1440));
    let loud: Vec<_> = days.iter().map(|day| !day.is_quiet()).collect();
    assert_eq!(loud, [true, true, true, false, false]);
}

/// The minute of these stories at which the next day begins, in UTC.
const MIDNIGHT: i64 = 600;

#[test]
fn incident_that_ends_at_midnight_belongs_to_the_day_before() {
    let ended = |minute| {
        let story = quiet_page().when(declare(Severity::Outage)).after_minutes(minute);
        story.when(
            IncidentAction::Resolve {
                ended_at: Some(at(minute)),
                text: None,
                notify: Notify::Default,
            }
            .on(incident(1)),
        )
    };
    let touched = |story: &candor_testkit::story::Story, from: jiff::civil::Date| {
        let days = story.board.days(&TimeZone::UTC, from, date(2026, 11, 23), at(5_000));
        let touched: Vec<_> =
            days.iter().filter(|day| !day.is_quiet()).map(|day| day.date).collect();
        touched
    };
    let tomorrow = date(2026, 11, 22);
    assert_eq!(touched(&ended(MIDNIGHT), TODAY), [TODAY]);
    assert_eq!(touched(&ended(MIDNIGHT), tomorrow), []);
    assert_eq!(touched(&ended(MIDNIGHT + 1), TODAY), [TODAY, tomorrow]);
    assert_eq!(touched(&ended(MIDNIGHT + 1), tomorrow), [tomorrow]);
    let neighbors = |minute, day| ended(minute).board.neighbors(&TimeZone::UTC, day, at(5_000));
    assert_eq!(neighbors(MIDNIGHT, TODAY), (None, None));
    assert_eq!(neighbors(MIDNIGHT + 1, TODAY), (None, Some(tomorrow)));
    assert_eq!(neighbors(MIDNIGHT, date(2026, 11, 23)), (Some(TODAY), None));
    assert_eq!(neighbors(MIDNIGHT + 1, date(2026, 11, 23)), (Some(tomorrow), None));
}

#[test]
fn incident_that_begins_at_midnight_belongs_to_the_new_day() {
    let story = quiet_page().after_minutes(MIDNIGHT).when(declare(Severity::Bug));
    let at_once = IncidentAction::Resolve {
        ended_at: Some(at(MIDNIGHT)),
        text: None,
        notify: Notify::Default,
    }
    .on(incident(1));
    let tomorrow = date(2026, 11, 22);
    for (story, now) in [
        // The incident is open at this very moment.
        (story.clone(), at(MIDNIGHT)),
        (story.when(at_once), at(5_000)),
    ] {
        let days = story.board.days(&TimeZone::UTC, TODAY, tomorrow, now);
        let quiet: Vec<_> = days.iter().map(candor_core::Day::is_quiet).collect();
        assert_eq!(quiet, [true, false]);
        assert_eq!(story.board.neighbors(&TimeZone::UTC, TODAY, now), (None, Some(tomorrow)));
        assert_eq!(story.board.neighbors(&TimeZone::UTC, tomorrow, now), (None, None));
    }
}

#[test]
fn worst_of_a_day_ignores_suspected_incidents() {
    let story = quiet_page().when(declare(Severity::Bug)).when(raise("a"));
    let days = story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now());
    assert_eq!(days[0].worst().unwrap().number, incident(1), "the bug, not the possible outage");
    let story = story.when(confirm(2));
    let days = story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now());
    assert_eq!(days[0].worst().unwrap().number, incident(2));
}

#[test]
fn false_alarm_is_listed_but_gives_its_day_no_color() {
    let story = quiet_page().when(raise("a")).when(dismiss(1));
    let days = story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now());
    assert_eq!((days[0].worst(), days[0].false_alarms.len()), (None, 1));
    assert!(!days[0].is_quiet());
}

#[test]
fn false_alarm_is_listed_only_on_the_day_it_was_raised() {
    let story = quiet_page().when(raise("a")).after_minutes(2 * 1440).when(dismiss(1));
    let days = story.board.days(&TimeZone::UTC, TODAY, date(2026, 11, 24), at(9_000));
    let counts: Vec<_> = days.iter().map(|day| day.false_alarms.len()).collect();
    assert_eq!(counts, [1, 0, 0, 0]);
    let later = story.board.days(&TimeZone::UTC, date(2026, 11, 22), date(2026, 11, 24), at(9_000));
    assert!(later.iter().all(candor_core::Day::is_quiet));
    let neighbors = |day| story.board.neighbors(&TimeZone::UTC, day, at(9_000));
    assert_eq!(neighbors(date(2026, 11, 22)), (Some(TODAY), None));
    assert_eq!(neighbors(date(2026, 11, 20)), (None, Some(TODAY)));
}

#[test]
fn day_lists_its_incidents_by_start_time_and_knows_the_worst() {
    let story = quiet_page().when(declare(Severity::Outage)).when(declare(Severity::Bug));
    let days = story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now());
    assert_eq!(days[0].worst().unwrap().number, incident(1));
    let earlier =
        IncidentAction::AmendTimes { started_at: Some(at(-5)), ended_at: None }.on(incident(2));
    let story = story.when(earlier).when(raise("a")).when(dismiss(3));
    let story = story.after_minutes(20).when(raise("b")).when(dismiss(4));
    let amended =
        IncidentAction::AmendTimes { started_at: Some(at(-9)), ended_at: None }.on(incident(4));
    let story = story.when(amended);
    let days = story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now());
    let numbers = |incidents: &[&candor_core::Incident]| -> Vec<u32> {
        incidents.iter().map(|incident| incident.number.get()).collect()
    };
    assert_eq!(numbers(&days[0].incidents), [2, 1]);
    assert_eq!(numbers(&days[0].false_alarms), [4, 3]);
}

#[test]
fn list_holds_what_began_within_its_days() {
    let story = quiet_page()
        .when(declare(Severity::Bug))
        .after_minutes(MIDNIGHT - 1)
        .when(declare(Severity::Bug))
        .when(plan(2_000, 2_060));
    let board = &story.board;
    let began = |first, last, now| -> Vec<u32> {
        let began = board.began_within(&TimeZone::UTC, first, last, at(now));
        began.iter().map(|incident| incident.number.get()).collect()
    };
    let tomorrow = date(2026, 11, 22);
    assert_eq!(began(TODAY, TODAY, 9_000), [1]);
    assert_eq!(began(tomorrow, tomorrow, 9_000), [2]);
    assert_eq!(began(TODAY, date(2026, 11, 30), 9_000), [2, 1], "no planned work, however late");
    assert_eq!(began(TODAY, tomorrow, MIDNIGHT), [2, 1]);
    assert_eq!(began(TODAY, tomorrow, MIDNIGHT - 1), [1], "what begins later hasn't begun");
    assert_eq!(board.first_day(&TimeZone::UTC), Some(TODAY));
    assert_eq!(quiet_page().when(plan(60, 90)).board.first_day(&TimeZone::UTC), None);
}

#[test]
fn maintenance_counts_once_it_starts_and_never_if_canceled() {
    let story = quiet_page().when(plan(60, 120));
    assert!(story.board.days(&TimeZone::UTC, TODAY, TODAY, story.now())[0].is_quiet());
    let called_off = story.when(
        IncidentAction::CancelMaintenance { text: None, notify: Notify::Default }.on(incident(1)),
    );
    let board = &called_off.board;
    assert!(board.days(&TimeZone::UTC, TODAY, TODAY, at(500))[0].is_quiet());
    assert_eq!(board.began_within(&TimeZone::UTC, TODAY, TODAY, at(500)).len(), 1, "it is listed");
    assert_eq!(HistoryStats::of(board.incidents()).maintenances, 0);
}

#[test]
fn neighbors_are_the_nearest_days_with_incidents() {
    let story = quiet_page()
        .when(declare(Severity::Bug))
        .when(resolve(1))
        .after_minutes(5 * 1440)
        .when(declare(Severity::Bug))
        .when(resolve(2));
    let neighbors = |day| story.board.neighbors(&TimeZone::UTC, day, story.now());
    let later = date(2026, 11, 26);
    assert_eq!(neighbors(TODAY), (None, Some(later)));
    assert_eq!(neighbors(date(2026, 11, 23)), (Some(TODAY), Some(later)));
    assert_eq!(neighbors(later), (Some(TODAY), None));
    assert_eq!(story.board.first_day(&TimeZone::UTC), Some(TODAY));
}

#[test]
fn statistics_give_time_to_confirm_and_time_to_resolve() {
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
    let figures = HistoryStats::of(story.board.incidents());
    assert_eq!((figures.incidents, figures.false_alarms, figures.maintenances), (4, 1, 0));
    let confirmed = DurationStats { count: 4, median: minutes(5), longest: minutes(40) };
    let resolved = DurationStats { count: 4, median: minutes(20), longest: minutes(70) };
    assert_eq!(figures.until_confirmed, Some(confirmed));
    assert_eq!(figures.until_resolved, Some(resolved));
    assert_eq!(HistoryStats::of([]).until_resolved, None, "nothing is made up");
}

#[test]
fn median_is_one_of_the_measured_durations() {
    let took = |durations: &[i64]| {
        let mut story = quiet_page();
        for (number, minutes) in (1..).zip(durations) {
            story = story.when(declare(Severity::Bug)).after_minutes(minutes - 1);
            story = story.when(resolve(number));
        }
        let spread = HistoryStats::of(story.board.incidents()).until_resolved.unwrap();
        (spread.count, spread.median.as_mins(), spread.longest.as_mins())
    };
    assert_eq!(took(&[7]), (1, 7, 7));
    assert_eq!(took(&[9, 3]), (2, 3, 9));
    assert_eq!(took(&[30, 2, 10]), (3, 10, 30));
    assert_eq!(took(&[30, 2, 10, 20, 40, 50]), (6, 20, 50));
}

#[test]
fn statistics_count_only_maintenance_that_took_place_and_no_suspected_incident() {
    let story = quiet_page()
        .when(plan(60, 90))
        .when(candor_testkit::story::start(1))
        .when(candor_testkit::story::end(1))
        .when(plan(600, 690))
        .when(raise("a"));
    let figures = HistoryStats::of(story.board.incidents());
    assert_eq!((figures.incidents, figures.false_alarms, figures.maintenances), (0, 0, 1));
    assert_eq!((figures.until_confirmed, figures.until_resolved), (None, None));
}

#[test]
fn declared_incident_has_no_time_to_confirm() {
    let twelve = SignedDuration::from_mins(12);
    let story = quiet_page().when(declare(Severity::Bug)).after_minutes(11).when(resolve(1));
    let figures = HistoryStats::of(story.board.incidents());
    let spread = DurationStats { count: 1, median: twelve, longest: twelve };
    assert_eq!((figures.until_confirmed, figures.until_resolved), (None, Some(spread)));
}

#[test]
fn day_that_a_time_zone_skipped_is_left_out() {
    let apia = TimeZone::get("Pacific/Apia").unwrap();
    let board = quiet_page().board;
    let days = board.days(&apia, date(2011, 12, 28), date(2012, 1, 1), at(0));
    let days: Vec<_> = days.iter().map(|day| day.date.day()).collect();
    assert_eq!(days, [28, 29, 31, 1]);
}
