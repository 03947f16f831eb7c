//! Pages of incidents, days, months and years, and pages of the past.

use super::*;

#[test]
fn incident_page_shows_full_dates() {
    let story = outage()
        .then(
            "2026-11-21T15:00:00Z",
            Event::AlertCleared(AlertCleared {
                incident: Some(incident(2)),
                alert: AlertKey::new("opsgenie", "a").unwrap(),
                message: AlertMessage::lenient("ok"),
                cleared_at: None,
            }),
        )
        .resolve("2026-11-21T15:20:00Z", 2, Some("The shop works again."))
        .then(
            "2026-11-25T09:00:00Z",
            Event::PostmortemPublished(PostmortemPublished {
                incident: incident(2),
                text: text("# What happened\n\nA disk failed.\n\n## What we change\n\n1. Test the switch-over each month."),
            }),
        );
    insta::assert_snapshot!("incident", lines(&story.page(2)));
    let ended = story.board.incident(incident(2)).unwrap();
    let postmortem = ended.postmortem.as_ref().unwrap();
    let page = incident::postmortem(&story.style(), ended, postmortem, PageFreshness::Current);
    insta::assert_snapshot!("postmortem", lines(&page));
}

#[test]
fn false_alarm_keeps_its_page() {
    insta::assert_snapshot!(lines(&dismissed_and_planned().page(2)));
}

#[test]
fn rescheduled_maintenance_shows_its_old_and_new_window() {
    let window =
        Window { starts_at: time("2026-11-24T02:00:00Z"), ends_at: time("2026-11-24T03:00:00Z") };
    let story = dismissed_and_planned().then(
        "2026-11-21T11:00:00Z",
        Event::MaintenanceRescheduled(MaintenanceRescheduled {
            incident: incident(3),
            window,
            text: None,
            notified: Notified::Yes(NotifyReason::MaintenanceRescheduled),
        }),
    );
    let page = story.page(3);
    let moved = page.split_once("Moved from ").unwrap().1.split_once("</p>").unwrap().0;
    for said in ["Mon 23 Nov 2026, 02:00", "02:30 UTC", "Tue 24 Nov 2026, 02:00", "03:00 UTC"] {
        assert!(moved.contains(said), "{said}: {moved}");
    }
}

#[test]
fn page_of_the_past_says_so_and_links_within_the_past() {
    let story = outage();
    let at = time("2026-11-21T14:05:00Z");
    let (from, until) = story.board.valid_between(time("2026-11-21T14:05:05Z")).unwrap();
    assert_eq!((from, until), (at, Some(time("2026-11-21T14:05:10Z"))));
    let board = story.board.as_of(at);
    let style = PageStyle { as_of: Some(AsOf { at, until }), seq: board.seq, ..story.style() };
    let page = front::page(&style, &board, PageFreshness::Current, at);
    assert!(!page.contains("Checkout and ticket shop"), "nobody had said so then");
    assert!(page.contains("noindex") && !page.contains("canonical"));
    insta::assert_snapshot!("as-of", lines(&page));
}

/// A year with incidents of every kind.
fn eventful() -> SampleLog {
    let bug = |story: SampleLog, number: u32, from: &str, to: &str, name: &str| {
        story
            .declare(from, number, Status::Confirmed, Severity::Bug, name, "We know why.")
            .resolve(to, number, None)
    };
    let story = SampleLog::default()
        .alert("2025-12-24T17:01:00Z", 1, "x")
        .confirm(
            "2025-12-24T17:04:00Z",
            1,
            Severity::Outage,
            "No ticket before Christmas",
            "The shop is down.",
        )
        .resolve("2025-12-24T19:30:00Z", 1, Some("The shop is back."))
        .plan(
            "2026-02-01T10:00:00Z",
            2,
            ("2026-02-10T02:00:00Z", "2026-02-10T04:00:00Z"),
            "New storage",
            "Read-only.",
        )
        .then(
            "2026-02-10T02:00:00Z",
            Event::MaintenanceStarted(MaintenanceStarted {
                incident: incident(2),
                text: None,
                notified: Notified::Yes(NotifyReason::MaintenanceStarted),
            }),
        )
        .resolve("2026-02-10T03:45:00Z", 2, None);
    let story =
        bug(story, 3, "2026-04-28T20:00:00Z", "2026-05-02T09:00:00Z", "Seating plans load slowly");
    let story = story
        .alert("2026-08-08T11:00:00Z", 4, "y")
        .then(
            "2026-08-08T11:05:00Z",
            Event::Dismissed(Dismissed {
                incident: incident(4),
                because: DismissReason::FalseAlarm,
                text: None,
            }),
        )
        .alert("2026-11-12T22:58:00Z", 5, "z")
        .confirm(
            "2026-11-12T23:10:00Z",
            5,
            Severity::Partial,
            "Card payments fail",
            "Some cards are refused.",
        )
        .resolve("2026-11-13T01:02:00Z", 5, None);
    bug(story, 6, "2026-11-13T10:00:00Z", "2026-11-13T10:30:00Z", "Slow exports")
}

#[test]
fn history_has_calendars_a_list_and_statistics() {
    let (story, now) = (eventful(), time("2026-11-21T14:30:00Z"));
    let (style, board) = (story.style(), &story.board);
    let page = history::page(&style, board, PageFreshness::Current, now);
    let (_head, seen) = page.split_once("<main").unwrap();
    assert!(!seen.contains('%'), "nothing like an uptime percentage");
    insta::assert_snapshot!("history", lines(&page));
    let year = history::year(&style, board, PageFreshness::Current, now, 2025).unwrap();
    insta::assert_snapshot!("history-year", lines(&year));
    assert!(!year.contains("2025-11"), "of what was before the log there is no page");
    let month = |day| history::month::page(&style, board, PageFreshness::Current, now, day);
    insta::assert_snapshot!("history-month", lines(&month(date(2026, 11, 1)).unwrap()));
    let day = |day| history::day::page(&style, board, PageFreshness::Current, now, day);
    insta::assert_snapshot!("history-day", lines(&day(date(2026, 11, 13)).unwrap()));
    insta::assert_snapshot!("history-false-alarm", lines(&day(date(2026, 8, 8)).unwrap()));
    assert!(day(date(2026, 9, 1)).unwrap().contains("Nothing to report."));
    // Days outside the log have no page.
    assert_eq!((day(date(2026, 12, 1)), day(date(2020, 1, 1))), (None, None));
    assert_eq!((month(date(2026, 12, 1)), month(date(2025, 11, 1))), (None, None));
    assert_eq!(history::year(&style, board, PageFreshness::Current, now, 2027), None);
    insta::assert_snapshot!("fortnight", lines(&story.front("2026-11-21T14:30:00Z")));
}

#[test]
fn days_follow_the_time_zone_of_the_page() {
    let story = eventful();
    let style = PageStyle { zone: TimeZone::get("Asia/Tokyo").unwrap(), ..story.style() };
    let now = time("2026-11-21T14:30:00Z");
    let day =
        history::day::page(&style, &story.board, PageFreshness::Current, now, date(2025, 12, 25));
    let day = day.unwrap();
    assert!(day.contains("No ticket before Christmas") && day.contains("02:01"), "{day}");
    assert!(day.contains("Asia/Tokyo"));
}

#[test]
fn month_leaves_out_a_day_its_time_zone_skipped() {
    let story = SampleLog::default().declare(
        "2011-12-29T00:00:00Z",
        1,
        Status::Confirmed,
        Severity::Outage,
        "Islands offline",
        "We look.",
    );
    let style = PageStyle { zone: TimeZone::get("Pacific/Apia").unwrap(), ..story.style() };
    let (now, first) = (time("2012-01-02T00:00:00Z"), date(2011, 12, 1));
    let month =
        history::month::page(&style, &story.board, PageFreshness::Current, now, first).unwrap();
    for (day, is_there) in [(29, true), (30, false), (31, true)] {
        assert_eq!(month.contains(&format!("href=\"/2011-12-{day}\"")), is_there, "{day}: {month}");
    }
    // New Year's Eve was still a Saturday.
    let weeks: Vec<_> = month.split("<tr>").collect();
    let last = weeks.iter().find(|week| week.contains("2011-12-31")).unwrap();
    assert_eq!(last.split("2011-12-31").next().unwrap().matches("<td").count(), 6, "{last}");
}

#[test]
fn duration_is_the_same_everywhere_and_absent_for_canceled_maintenance() {
    let declared = Event::IncidentDeclared(candor_core::IncidentDeclared {
        incident: incident(1),
        title: candor_core::Title::parse("Slow exports").unwrap(),
        status: Status::Resolved,
        severity: Severity::Bug,
        started_at: time("2026-11-20T13:00:00Z"),
        ended_at: Some(time("2026-11-20T14:00:00Z")),
        summary: None,
        text: None,
        silent: false,
        takes_alerts: false,
        notified: Notified::Yes(NotifyReason::Resolved),
    });
    let page = SampleLog::default().then("2026-11-21T14:00:00Z", declared).page(1);
    assert!(page.contains("(1 h)") && page.contains("after 1 h<"), "{page}");
    assert!(!page.contains("after 1 d"), "{page}");
    // Announced after its planned start.
    let window = ("2026-11-21T10:00:00Z", "2026-11-21T12:00:00Z");
    let planned = SampleLog::default().plan("2026-11-21T10:29:00Z", 1, window, "Upgrade", "Soon.");
    for page in [planned.page(1), planned.cancel("2026-11-21T11:00:00Z", 1).page(1)] {
        assert!(!page.contains("after "), "{page}");
    }
}
