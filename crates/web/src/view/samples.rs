//! The pages as they look for boards of every kind; read the snapshots as the specification of the words.

mod story;

use candor_core::{
    AlertCleared, AlertKey, AlertMessage, Because, Dismissed, Event, IncidentNumber,
    MaintenanceCancelled, MaintenanceRescheduled, MaintenanceStarted, Notified,
    PostmortemPublished, Reason, Severity, Status, UpdateCorrected, UpdateRetracted, Window,
};
use jiff::{civil::date, tz::TimeZone};

use super::{
    AsOf, Look, calendar, embed, feed, front, history, history_feed, incident, problem, statuspage,
    subscription::{self, Done, Filled, Managed},
};
use crate::{problem::Problem, site::Knowledge, theme::Theme};
use story::{Story, incident, text, time};

/// A page with one tag a line, so that a difference can be read; without the style sheet's hash.
fn lines(page: &str) -> String {
    page.replace("><", ">\n<")
        .replace(&Theme::plain().path, "/static/status.hash.css")
        .replace(super::layout::script_hash(), "hash")
}

fn quiet_history() -> Story {
    Story::default()
        .declare(
            "2026-11-19T10:02:00Z",
            1,
            Status::Confirmed,
            Severity::Bug,
            "Slow exports",
            "Exports take long.",
        )
        .resolve("2026-11-19T11:14:00Z", 1, None)
}

fn dismissed_and_planned() -> Story {
    quiet_history()
        .alert("2026-11-21T09:14:00Z", 2, "a")
        .then(
            "2026-11-21T09:17:00Z",
            Event::Dismissed(Dismissed {
                incident: incident(2),
                because: Because::FalseAlarm,
                text: Some(text("the probe itself was broken")),
            }),
        )
        .plan(
            "2026-11-21T10:00:00Z",
            3,
            ("2026-11-23T02:00:00Z", "2026-11-23T02:30:00Z"),
            "Database upgrade",
            "Read-only for about ten minutes. Scanning at the door goes on offline.",
        )
}

fn suspected() -> Story {
    quiet_history()
        .alert("2026-11-21T14:05:00Z", 2, "a")
        .alert("2026-11-21T14:05:10Z", 2, "b")
        .alert("2026-11-21T14:06:00Z", 2, "c")
}

fn outage() -> Story {
    suspected()
        .confirm(
            "2026-11-21T14:08:00Z",
            2,
            Severity::Outage,
            "Checkout and ticket shop unavailable",
            "Our team has confirmed an outage of the ticket shop. **Orders placed before 14:00 are safe.**\n\nWe will write again by 14:25.",
        )
        .update("2026-11-21T14:14:00Z", 2, None, "It is the storage of the first site:\n\n* the shop is affected\n* scanning is not")
        .update("2026-11-21T14:16:00Z", 2, None, "We are moving to the second site, see [the plan](https://example.org/plan).")
        .update("2026-11-21T14:21:00Z", 2, None, "The failing disk has been isolated, and traffic is moving. Scanning at the door was never affected.")
        .then(
            "2026-11-21T14:23:00Z",
            Event::UpdateCorrected(UpdateCorrected {
                incident: incident(2),
                update: 9,
                text: text("The failing disk has been isolated, and traffic is moving to the second site. Scanning at the door was never affected."),
            }),
        )
        .then("2026-11-21T14:24:00Z", Event::UpdateRetracted(UpdateRetracted { incident: incident(2), update: 7 }))
}

#[test]
fn an_empty_log_is_all_good() {
    insta::assert_snapshot!(lines(&Story::default().front("2026-11-21T14:30:00Z")));
}

#[test]
fn all_good_says_since_when_names_false_alarms_in_one_line_and_what_is_planned() {
    let page = dismissed_and_planned().front("2026-11-21T14:30:00Z");
    assert!(!page.contains("the probe itself"), "a false alarm's texts are not public");
    insta::assert_snapshot!(lines(&page));
}

#[test]
fn suspected_says_might_and_that_a_person_is_checking() {
    let page = suspected().front("2026-11-21T14:06:30Z");
    assert!(!page.contains("hunter2"), "what an alert says is not public");
    assert!(!page.contains("confirmed an"), "nobody has confirmed it");
    insta::assert_snapshot!(lines(&page));
}

#[test]
fn an_outage_says_that_a_person_confirmed_and_shows_corrections_as_such() {
    insta::assert_snapshot!(lines(&outage().front("2026-11-21T14:30:00Z")));
}

#[test]
fn a_long_timeline_is_there_as_a_whole_and_folded() {
    let told = (0..24).fold(outage(), |story, n| {
        story.update(&format!("2026-11-21T14:30:{n:02}Z"), 2, None, &format!("Step {n} is done."))
    });
    let page = told.front("2026-11-21T15:05:00Z");
    let entries = &told.board.incident(incident(2)).unwrap().timeline;
    for entry in entries {
        assert!(page.contains(&format!("id=\"event-{}\"", entry.seq)), "{}", entry.seq);
    }
    assert!(page.contains(&format!("<summary>All {} entries</summary>", entries.len())), "{page}");
}

#[test]
fn a_fix_in_place_is_being_watched() {
    let story = outage().update(
        "2026-11-21T14:41:00Z",
        2,
        Some(Status::Watching),
        "All traffic runs on the second site.",
    );
    insta::assert_snapshot!(lines(&story.front("2026-11-21T14:45:00Z")));
}

#[test]
fn what_ended_within_a_day_is_listed_with_how_long_it_took() {
    let story = outage().resolve("2026-11-21T15:20:00Z", 2, Some("The shop works again."));
    let page = story.front("2026-11-21T18:00:00Z");
    assert!(page.contains("Checkout and ticket shop unavailable"));
    assert!(page.contains("after 1 h 15 min"));
    let a_day_later = story.front("2026-11-22T15:20:01Z");
    let (last_24_hours, before) = a_day_later.split_once("id=\"before\"").unwrap();
    assert!(!last_24_hours.contains("Checkout and ticket shop unavailable"));
    assert!(last_24_hours.contains("Nothing to report."));
    assert!(before.contains("Checkout and ticket shop unavailable"), "it is on its day");
}

#[test]
fn maintenance_under_way_and_a_bug_beside_it() {
    let story = dismissed_and_planned().then(
        "2026-11-23T02:00:00Z",
        Event::MaintenanceStarted(MaintenanceStarted {
            incident: incident(3),
            text: None,
            notified: Notified::Yes(Reason::MaintenanceStarted),
        }),
    );
    insta::assert_snapshot!("maintenance", lines(&story.front("2026-11-23T02:10:00Z")));
    let mixed = story
        .declare(
            "2026-11-23T02:12:00Z",
            4,
            Status::Confirmed,
            Severity::Bug,
            "Invoices without a logo",
            "We know why.",
        )
        .declare(
            "2026-11-23T02:13:00Z",
            5,
            Status::Confirmed,
            Severity::Partial,
            "PDF tickets are late",
            "Some take an hour.",
        )
        .declare(
            "2026-11-23T02:14:00Z",
            6,
            Status::Confirmed,
            Severity::Notice,
            "New sender address",
            "Mails now come from another address.",
        );
    insta::assert_snapshot!("mixed", lines(&mixed.front("2026-11-23T02:20:00Z")));
}

#[test]
fn an_incident_has_a_page_of_its_own_with_full_dates() {
    let story = outage()
        .then(
            "2026-11-21T15:00:00Z",
            Event::AlertCleared(AlertCleared {
                incident: Some(incident(2)),
                alert: AlertKey::new("opsgenie", "a").unwrap(),
                message: AlertMessage::lenient("ok"),
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
    let page = incident::postmortem(&story.look(), ended, postmortem, Knowledge::Current);
    insta::assert_snapshot!("postmortem", lines(&page));
}

#[test]
fn a_false_alarm_keeps_its_page_and_says_what_it_was() {
    insta::assert_snapshot!(lines(&dismissed_and_planned().page(2)));
}

#[test]
fn work_that_was_moved_says_from_when_to_when() {
    let window =
        Window { starts_at: time("2026-11-24T02:00:00Z"), ends_at: time("2026-11-24T03:00:00Z") };
    let story = dismissed_and_planned().then(
        "2026-11-21T11:00:00Z",
        Event::MaintenanceRescheduled(MaintenanceRescheduled {
            incident: incident(3),
            window,
            text: None,
            notified: Notified::Yes(Reason::MaintenanceRescheduled),
        }),
    );
    let page = story.page(3);
    let moved = page.split_once("Moved from ").unwrap().1.split_once("</p>").unwrap().0;
    for said in ["Mon 23 Nov 2026, 02:00", "02:30 UTC", "Tue 24 Nov 2026, 02:00", "03:00 UTC"] {
        assert!(moved.contains(said), "{said}: {moved}");
    }
}

#[test]
fn a_page_of_the_past_says_so_and_stays_in_it() {
    let story = outage();
    let at = time("2026-11-21T14:05:00Z");
    let (from, until) = story.board.stood(time("2026-11-21T14:05:05Z")).unwrap();
    assert_eq!((from, until), (at, Some(time("2026-11-21T14:05:10Z"))));
    let board = story.board.as_of(at);
    let look = Look { as_of: Some(AsOf { at, until }), seq: board.seq, ..story.look() };
    let page = front::page(&look, &board, Knowledge::Current, at);
    assert!(!page.contains("Checkout and ticket shop"), "nobody had said so then");
    assert!(page.contains("noindex") && !page.contains("canonical"));
    insta::assert_snapshot!("as-of", lines(&page));
}

/// A year in which something happened.
fn eventful() -> Story {
    let bug = |story: Story, number: u32, from: &str, to: &str, name: &str| {
        story
            .declare(from, number, Status::Confirmed, Severity::Bug, name, "We know why.")
            .resolve(to, number, None)
    };
    let story = Story::default()
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
                notified: Notified::Yes(Reason::MaintenanceStarted),
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
                because: Because::FalseAlarm,
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
fn what_ended_yesterday_stands_once() {
    let front = quiet_history().front("2026-11-20T09:00:00Z");
    assert_eq!(front.matches("Slow exports").count(), 1, "{front}");
    assert!(front.contains("Nothing else."), "{front}");
}

#[test]
fn planned_work_that_was_missed_says_so() {
    let says = "Planned time is over, work not started";
    let story = dismissed_and_planned();
    assert!(!story.front("2026-11-23T02:29:00Z").contains(says));
    assert!(story.front("2026-11-23T02:30:00Z").contains(says));
}

#[test]
fn the_frame_and_the_cards_begin_with_what_the_headline_is_about() {
    let (confirmed, said) = (Status::Confirmed, "We know of it.");
    let story = outage()
        .declare("2026-11-21T14:20:00Z", 3, confirmed, Severity::Notice, "Office closed", said)
        .declare("2026-11-21T14:21:00Z", 4, confirmed, Severity::Bug, "Exports are slow", said);
    let frame = embed::frame(&story.look(), &story.board);
    let front = story.front("2026-11-21T14:30:00Z");
    for page in [&frame, front.split_once("id=\"current\"").unwrap().1] {
        let titles = ["Checkout and ticket shop", "Exports are slow", "Office closed"];
        assert!(titles.map(|title| page.find(title).unwrap()).is_sorted(), "{page}");
    }
}

#[test]
fn work_in_its_last_phase_is_work_until_it_ends() {
    let event = MaintenanceStarted {
        incident: incident(3),
        text: None,
        notified: Notified::Yes(Reason::MaintenanceStarted),
    };
    let story = dismissed_and_planned()
        .then("2026-11-23T02:00:00Z", Event::MaintenanceStarted(event))
        .update(
            "2026-11-23T02:20:00Z",
            3,
            Some(Status::Watching),
            "Done; we look whether all is well.",
        );
    let (look, board) = (story.look(), &story.board);
    let status = statuspage::at(&look, board, "/api/v2/status.json").unwrap().unwrap();
    assert!(
        status.contains("Service Under Maintenance") && status.contains(r#""none""#),
        "{status}"
    );
    let components = statuspage::at(&look, board, "/api/v2/components.json").unwrap().unwrap();
    assert!(components.contains("under_maintenance"), "{components}");
    assert!(
        story.front("2026-11-23T02:21:00Z").contains("The maintenance of"),
        "people are told more"
    );
    assert_eq!(candor_core::Headline::of(board), candor_core::Headline::Maintenance);
}

#[test]
fn the_history_has_calendars_a_list_and_figures() {
    let (story, now) = (eventful(), time("2026-11-21T14:30:00Z"));
    let (look, board) = (story.look(), &story.board);
    let page = history::page(&look, board, Knowledge::Current, now);
    let (_head, seen) = page.split_once("<main").unwrap();
    assert!(!seen.contains('%'), "nothing like an uptime percentage");
    insta::assert_snapshot!("history", lines(&page));
    let year = history::year(&look, board, Knowledge::Current, now, 2025).unwrap();
    insta::assert_snapshot!("history-year", lines(&year));
    let month = |day| history::month::page(&look, board, Knowledge::Current, now, day);
    insta::assert_snapshot!("history-month", lines(&month(date(2026, 11, 1)).unwrap()));
    let day = |day| history::day::page(&look, board, Knowledge::Current, now, day);
    insta::assert_snapshot!("history-day", lines(&day(date(2026, 11, 13)).unwrap()));
    insta::assert_snapshot!("history-false-alarm", lines(&day(date(2026, 8, 8)).unwrap()));
    assert!(day(date(2026, 9, 1)).unwrap().contains("Nothing to report."));
    // What can't be known has no page.
    assert_eq!((day(date(2026, 12, 1)), day(date(2020, 1, 1))), (None, None));
    assert_eq!((month(date(2026, 12, 1)), month(date(2025, 11, 1))), (None, None));
    assert_eq!(history::year(&look, board, Knowledge::Current, now, 2027), None);
    insta::assert_snapshot!("fortnight", lines(&story.front("2026-11-21T14:30:00Z")));
}

#[test]
fn days_are_those_of_the_zone_of_the_page() {
    let story = eventful();
    let look = Look { zone: TimeZone::get("Asia/Tokyo").unwrap(), ..story.look() };
    let now = time("2026-11-21T14:30:00Z");
    let day = history::day::page(&look, &story.board, Knowledge::Current, now, date(2025, 12, 25));
    let day = day.unwrap();
    assert!(day.contains("No ticket before Christmas") && day.contains("02:01"), "{day}");
    assert!(day.contains("Asia/Tokyo"));
}

#[test]
fn odd_texts_are_shown_and_never_run() {
    let long = "supercalifragilistic".repeat(9);
    let story = Story::default()
        .declare(
            "2026-11-21T14:00:00Z",
            1,
            Status::Confirmed,
            Severity::Partial,
            "<script>alert(1)</script> \"><img src=x onerror=alert(1)>",
            "<script>alert(2)</script> [click](javascript:alert(3)) <img src=x onerror=alert(4)> 💥\n\n[ok](https://example.org/)",
        )
        .declare("2026-11-21T14:01:00Z", 2, Status::Confirmed, Severity::Bug, &long, &long.repeat(4))
        .declare("2026-11-21T14:02:00Z", 3, Status::Confirmed, Severity::Notice, "تأخير في إرسال التذاكر 🎟️", "نعتذر عن الإزعاج.");
    let page = story.front("2026-11-21T14:30:00Z");
    for forbidden in ["<script>", "<img", "href=\"javascript", "onerror=alert(1)>\""] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    insta::assert_snapshot!(lines(&page));
}

#[test]
fn a_board_that_cannot_be_refreshed_says_so_in_one_line() {
    let story = outage();
    let knowledge = Knowledge::LastKnown(time("2026-11-21T14:31:00Z"));
    let page = front::page(&story.look(), &story.board, knowledge, time("2026-11-21T16:00:00Z"));
    assert!(page.contains("Last known state, as of"));
    insta::assert_snapshot!(lines(&page));
}

#[test]
fn statuspage_documents_speak_of_what_a_person_confirmed_and_of_nothing_else() {
    let pretty = |json: String| {
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        serde_json::to_string_pretty(&value).unwrap()
    };
    let summary = |story: &Story| {
        statuspage::at(&story.look(), &story.board, "/api/v2/summary.json").unwrap().unwrap()
    };
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
fn an_import_of_old_incidents_hides_nothing_that_is_newer() {
    let now = "2026-11-21T15:00:00Z";
    let mut story = Story::default()
        .plan(
            "2026-11-18T09:00:00Z",
            1,
            ("2026-11-20T02:00:00Z", "2026-11-20T03:00:00Z"),
            "Cable",
            "Soon.",
        )
        .then(
            "2026-11-20T02:00:00Z",
            Event::MaintenanceStarted(MaintenanceStarted {
                incident: incident(1),
                text: None,
                notified: Notified::Yes(Reason::MaintenanceStarted),
            }),
        )
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
            story.plan("2023-05-01T00:00:00Z", number, (begin, end), "Old work", "Old.").then(
                "2023-05-04T10:30:00Z",
                Event::MaintenanceCancelled(MaintenanceCancelled {
                    incident: incident(number),
                    text: None,
                    notified: Notified::Yes(Reason::MaintenanceCancelled),
                }),
            )
        };
    }
    let (look, board) = (story.look(), &story.board);
    let document = |path: &str| statuspage::at(&look, board, path).unwrap().unwrap();
    let value = |path: &str| serde_json::from_str::<serde_json::Value>(&document(path)).unwrap();
    assert_eq!(value("/api/v2/incidents.json")["incidents"][0]["name"], "Checkout is down");
    let work = &value("/api/v2/scheduled-maintenances.json")["scheduled_maintenances"];
    assert_eq!([&work[0]["name"], &work[1]["name"]], ["Upgrade", "Cable"]);
    for path in [feed::ATOM, feed::RSS, feed::JSON] {
        assert!(feed::at(&look, board, path).unwrap().contains("Checkout is down"), "{path}");
    }
    for path in [history_feed::ATOM, history_feed::RSS] {
        assert!(
            history_feed::at(&look, board, path).unwrap().contains("Checkout is down"),
            "{path}"
        );
    }
    let calendar = calendar::at(&look, board, calendar::ALL, time(now)).unwrap();
    let named: Vec<_> = calendar.lines().filter(|line| line.starts_with("SUMMARY:")).collect();
    assert_eq!(named, ["SUMMARY:Acme Tickets: Upgrade", "SUMMARY:Acme Tickets: Cable"]);
}

#[test]
fn a_full_calendar_keeps_what_is_next() {
    let mut story = Story::default();
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
        calendar::at(&story.look(), &story.board, calendar::ALL, time("2026-11-21T15:00:00Z"));
    let calendar = calendar.unwrap();
    let next = story.board.planned()[0].title.to_string();
    assert!(calendar.contains(&format!("SUMMARY:Acme Tickets: {next}\r\n")), "{next}");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 100);
}

#[test]
fn a_day_with_too_many_incidents_names_the_worst() {
    let mut story = Story::default();
    for number in 1..=7 {
        let severity = if number == 7 { Severity::Outage } else { Severity::Notice };
        let at = format!("2026-11-20T{number:02}:00:00Z");
        story = story
            .declare(
                &at,
                number,
                Status::Confirmed,
                severity,
                &format!("Number {number}"),
                "We look.",
            )
            .resolve("2026-11-20T12:00:00Z", number, None);
    }
    let front = story.front("2026-11-21T15:00:00Z");
    let fortnight = front.split_once("id=\"before\"").unwrap().1;
    assert!(fortnight.contains("Number 7") && !fortnight.contains("Number 6"), "{fortnight}");
}

#[test]
fn the_pages_of_subscribing_and_leaving() {
    let look = outage().look();
    let empty = Filled::new(&look, None);
    insta::assert_snapshot!("subscribe", lines(&subscription::form(&look, &empty)));
    let incident = (IncidentNumber::FIRST, "<b>Checkout</b>".to_owned());
    let mut wrong = Filled::new(&look, Some(incident));
    wrong.email = "\"><script>".to_owned();
    wrong.email_wrong = Some(look.language.say("email-wrong"));
    wrong.time_zone = "<Mars>".to_owned();
    wrong.zone_wrong = Some(look.language.say("zone-wrong"));
    insta::assert_snapshot!("subscribe-wrong", lines(&subscription::form(&look, &wrong)));
    insta::assert_snapshot!(
        "check-your-mail",
        lines(&subscription::sent(&look, true, "a…@example.org"))
    );
    insta::assert_snapshot!(
        "check-your-channel",
        lines(&subscription::sent(&look, false, "hooks.example.org/…"))
    );
    insta::assert_snapshot!("ask-to-confirm", lines(&subscription::ask_to_confirm(&look)));
    let closed = Filled { offered: Vec::new(), ..empty.clone() };
    insta::assert_snapshot!("subscribe-closed", lines(&subscription::form(&look, &closed)));
    let managed = Managed {
        address: "hooks.example.org/…".to_owned(),
        pending: true,
        leave: "/unsubscribe/x".to_owned(),
        done: Some(Done::Saved),
    };
    insta::assert_snapshot!("manage", lines(&subscription::manage(&look, &empty, &managed)));
    let confirmed = Managed { done: Some(Done::Confirmed), pending: false, ..managed };
    insta::assert_snapshot!("confirmed", lines(&subscription::manage(&look, &empty, &confirmed)));
    let program = subscription::confirmed_program(&look, "whsec_c2VjcmV0", "/subscription/x");
    insta::assert_snapshot!("confirmed-program", lines(&program));
    insta::assert_snapshot!("expired", lines(&subscription::expired(&look, "a…@example.org")));
    insta::assert_snapshot!("ask-to-unsubscribe", lines(&subscription::ask_to_unsubscribe(&look)));
    insta::assert_snapshot!("unsubscribed", lines(&subscription::unsubscribed(&look)));
}

#[actix_web::test]
async fn errors_have_a_page_in_the_same_design() {
    let answer =
        problem::answer(&Story::default().look(), &Problem::NotFound, Some("/2026-11-21/7"));
    let body = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
    insta::assert_snapshot!("not-found", lines(std::str::from_utf8(&body).unwrap()));
}
