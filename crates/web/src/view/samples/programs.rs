//! What programs read: Statuspage documents, feeds and calendars.

use super::*;

#[test]
fn watched_maintenance_is_under_way_until_it_ends() {
    let story = dismissed_and_planned().start("2026-11-23T02:00:00Z", 3).update(
        "2026-11-23T02:20:00Z",
        3,
        Some(Status::Watching),
        "Done; we look whether all is well.",
    );
    let status = story.statuspage("status", "2026-11-23T02:21:00Z");
    assert!(
        status.contains("Service Under Maintenance") && status.contains(r#""none""#),
        "{status}"
    );
    let components = story.statuspage("components", "2026-11-23T02:21:00Z");
    assert!(components.contains("under_maintenance"), "{components}");
    assert!(story.front("2026-11-23T02:21:00Z").contains("Maintenance on"), "people are told more");
    assert_eq!(candor_core::Headline::of(&story.board), candor_core::Headline::Maintenance);
}

#[test]
fn statuspage_documents_hold_only_confirmed_incidents() {
    let pretty = |json: String| {
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        serde_json::to_string_pretty(&value).unwrap()
    };
    let summary = |story: &SampleLog| story.statuspage("summary", "2026-11-21T15:00:00Z");
    let suspected = suspected();
    let said = summary(&suspected);
    assert!(!said.to_lowercase().contains("suspect"));
    insta::assert_snapshot!("statuspage-suspected", pretty(said));
    let story = outage();
    insta::assert_snapshot!("statuspage-outage", pretty(summary(&story)));
    let story = dismissed_and_planned();
    insta::assert_snapshot!("statuspage-planned", pretty(summary(&story)));
}

#[test]
fn importing_old_incidents_hides_no_newer_one() {
    let now = "2026-11-21T15:00:00Z";
    let mut story = SampleLog::default()
        .plan(
            "2026-11-18T09:00:00Z",
            1,
            ("2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z"),
            "Cable",
            "Soon.",
        )
        .start("2026-11-20T02:00:00Z", 1)
        .plan(
            "2026-11-18T10:00:00Z",
            2,
            ("2026-11-30T02:00:00Z", "2026-11-30T03:00:00Z"),
            "Upgrade",
            "Soon.",
        )
        .declare(
            "2026-11-21T14:00:00Z",
            3,
            Status::Confirmed,
            Severity::Outage,
            "Checkout is down",
            "We look.",
        );
    for number in 4..=1_003 {
        let (begin, end) = ("2023-05-04T10:00:00Z", "2023-05-04T11:00:00Z");
        story = if number % 2 == 0 {
            story
                .declare(begin, number, Status::Confirmed, Severity::Bug, "Old", "Old.")
                .resolve(end, number, None)
        } else {
            story
                .plan("2023-05-01T00:00:00Z", number, (begin, end), "Old work", "Old.")
                .cancel("2023-05-04T10:30:00Z", number)
        };
    }
    let (style, board) = (story.style(), &story.board);
    let value = |name: &str| {
        serde_json::from_str::<serde_json::Value>(&story.statuspage(name, now)).unwrap()
    };
    assert_eq!(value("incidents")["incidents"][0]["name"], "Checkout is down");
    let work = &value("scheduled-maintenances")["scheduled_maintenances"];
    assert_eq!([&work[0]["name"], &work[1]["name"]], ["Upgrade", "Cable"]);
    for path in [feed::ATOM, feed::RSS, feed::JSON] {
        assert!(
            feed::at(&style, board, path, time(now)).unwrap().contains("Checkout is down"),
            "{path}"
        );
    }
    for path in [history_feed::ATOM, history_feed::RSS] {
        assert!(
            history_feed::at(&style, board, path).unwrap().contains("Checkout is down"),
            "{path}"
        );
    }
    let calendar = calendar::at(&style, board, calendar::ALL, time(now)).unwrap();
    let named: Vec<_> = calendar.lines().filter(|line| line.starts_with("SUMMARY:")).collect();
    assert_eq!(named, ["SUMMARY:Acme Tickets: Upgrade", "SUMMARY:Acme Tickets: Cable"]);
}

#[test]
fn full_calendar_keeps_the_next_maintenance() {
    let mut story = SampleLog::default();
    for number in 1..=150_u32 {
        let (month, day) = (number / 28, 1 + number % 28);
        let at = |hour: u32| format!("2027-{:02}-{day:02}T{hour:02}:00:00Z", 1 + month);
        story = story.plan(
            "2026-11-18T09:00:00Z",
            number,
            (&at(2), &at(3)),
            &format!("Work {number}"),
            "Soon.",
        );
    }
    let calendar =
        calendar::at(&story.style(), &story.board, calendar::ALL, time("2026-11-21T15:00:00Z"));
    let calendar = calendar.unwrap();
    let next = story.board.planned()[0].title.to_string();
    assert!(calendar.contains(&format!("SUMMARY:Acme Tickets: {next}\r\n")), "{next}");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 100);
}

#[test]
fn canceled_maintenance_is_never_listed_as_an_incident() {
    let severity = Severity::Outage;
    let set = candor_core::SeveritySet { incident: incident(3), severity };
    let story = dismissed_and_planned()
        .then("2026-11-22T10:00:00Z", Event::SeveritySet(set))
        .cancel("2026-11-22T10:05:00Z", 3);
    let now = "2026-11-23T10:00:00Z";
    let read =
        |name| serde_json::from_str::<serde_json::Value>(&story.statuspage(name, now)).unwrap();
    let incidents = &read("incidents")["incidents"];
    assert!(!incidents.to_string().contains("Database upgrade"), "{incidents}");
    let work = &read("scheduled-maintenances")["scheduled_maintenances"][0];
    assert_eq!([&work["status"], &work["impact"]], ["completed", "maintenance"]);
    assert_eq!(work["resolved_at"], "2026-11-22T10:05:00.000Z", "when it was called off");
    let feed = history_feed::at(&story.style(), &story.board, history_feed::ATOM).unwrap();
    let (work, _bug) = feed.split_once("Slow exports").unwrap();
    assert!(work.contains("Completed") && !work.contains("Resolved"), "{work}");
    let history = history::page(&story.style(), &story.board, PageFreshness::Current, time(now));
    assert!(history.contains("1 incident") && !history.contains("2 incidents"), "{history}");
}

#[test]
fn calendar_gives_the_actual_times_of_maintenance() {
    let times = |story: &SampleLog| {
        let ics = calendar::at(
            &story.style(),
            &story.board,
            "/calendar/3.ics",
            time("2026-11-23T03:00:00Z"),
        );
        let ics = ics.unwrap();
        let of = |name: &str| {
            let line = ics
                .lines()
                .skip_while(|line| *line != "BEGIN:VEVENT")
                .find(|line| line.starts_with(name));
            line.and_then(|line| line.rsplit(':').next()).unwrap().to_owned()
        };
        (of("DTSTART"), of("DTEND"), of("SEQUENCE"))
    };
    let said = |from: &str, to: &str, sequence: &str| {
        (format!("20261123T{from}"), format!("20261123T{to}"), sequence.to_owned())
    };
    let planned = dismissed_and_planned();
    assert!(times(&planned).0.starts_with("20261123T020000"), "{:?}", times(&planned));
    let begun = dismissed_and_planned().start("2026-11-23T01:10:00Z", 3);
    assert_eq!(times(&begun), said("011000Z", "023000Z", "1"));
    let ended = begun.resolve("2026-11-23T01:40:00Z", 3, None);
    assert_eq!(times(&ended), said("011000Z", "014000Z", "2"));
}
