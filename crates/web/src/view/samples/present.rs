//! The front page, the embed and the cards.

use super::*;

#[test]
fn empty_log_is_all_good() {
    insta::assert_snapshot!(lines(&SampleLog::default().front("2026-11-21T14:30:00Z")));
}

#[test]
fn all_good_page_shows_since_when_false_alarms_and_planned_maintenance() {
    let page = dismissed_and_planned().front("2026-11-21T14:30:00Z");
    assert!(!page.contains("the probe itself"), "a false alarm's texts are not public");
    insta::assert_snapshot!(lines(&page));
}

#[test]
fn suspected_page_says_might_and_that_a_person_is_checking() {
    let page = suspected().front("2026-11-21T14:06:30Z");
    assert!(!page.contains("hunter2"), "what an alert says is not public");
    assert!(!page.contains("confirmed an"), "nobody has confirmed it");
    insta::assert_snapshot!(lines(&page));
}

#[test]
fn outage_page_says_who_confirmed_and_marks_corrections() {
    insta::assert_snapshot!(lines(&outage().front("2026-11-21T14:30:00Z")));
}

#[test]
fn long_timeline_is_complete_and_folded() {
    let story = (0..24).fold(outage(), |story, n| {
        story.update(&format!("2026-11-21T14:30:{n:02}Z"), 2, None, &format!("Step {n} is done."))
    });
    let page = story.front("2026-11-21T15:05:00Z");
    let entries = &story.board.incident(incident(2)).unwrap().timeline;
    for entry in entries {
        assert!(page.contains(&format!("id=\"event-{}\"", entry.seq)), "{}", entry.seq);
    }
    assert!(page.contains(&format!("<summary>All {} entries</summary>", entries.len())), "{page}");
}

#[test]
fn watching_page_says_that_a_fix_is_in_place() {
    let story = outage().update(
        "2026-11-21T14:41:00Z",
        2,
        Some(Status::Watching),
        "All traffic runs on the second site.",
    );
    insta::assert_snapshot!(lines(&story.front("2026-11-21T14:45:00Z")));
}

#[test]
fn incident_that_ended_within_a_day_is_listed_with_its_duration() {
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
fn maintenance_under_way_is_shown_beside_a_bug() {
    let story = dismissed_and_planned().then(
        "2026-11-23T02:00:00Z",
        Event::MaintenanceStarted(MaintenanceStarted {
            incident: incident(3),
            text: None,
            notified: Notified::Yes(NotifyReason::MaintenanceStarted),
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
fn incident_that_ended_yesterday_is_listed_once() {
    let front = quiet_history().front("2026-11-20T09:00:00Z");
    assert_eq!(front.matches("Slow exports").count(), 1, "{front}");
    assert!(front.contains("Nothing else."), "{front}");
}

#[test]
fn missed_maintenance_window_is_shown_as_missed() {
    let says = "Planned time has passed, work not started";
    let story = dismissed_and_planned();
    let all = |now: &str| {
        let feed = |path| feed::at(&story.style(), &story.board, path, time(now)).unwrap();
        let pages = [story.front(now), story.page_at(3, time(now))];
        pages.into_iter().chain([feed::ATOM, feed::RSS, feed::JSON].map(feed))
    };
    assert!(all("2026-11-23T02:29:00Z").all(|page| !page.contains(says)));
    assert!(all("2026-11-23T02:30:00Z").all(|page| page.contains(says)));
    for name in ["scheduled-maintenances/upcoming", "summary"] {
        let is_there = |now| story.statuspage(name, now).contains("Database upgrade");
        assert!(is_there("2026-11-23T02:29:00Z") && !is_there("2026-11-23T02:30:00Z"), "{name}");
    }
}

#[test]
fn firing_alert_removes_the_sentence_that_monitoring_knows_of_no_problem() {
    let firing = dismissed_and_planned();
    let cleared = AlertCleared {
        incident: Some(incident(2)),
        alert: AlertKey::new("opsgenie", "a").unwrap(),
        message: AlertMessage::lenient("ok"),
        cleared_at: None,
    };
    let quiet = dismissed_and_planned().then("2026-11-21T14:00:00Z", Event::AlertCleared(cleared));
    let now = time("2026-11-21T14:30:00Z");
    for language in candor_content::language::Language::all() {
        let of = |story: &SampleLog, as_of| {
            let style = PageStyle { as_of, ..story.style().in_language(language) };
            let front = front::page(&style, &story.board, PageFreshness::Current, now);
            [front, embed::frame(&style, &story.board, now)]
        };
        let says = |pages: [String; 2], id: &str| {
            let sentence = language.say(id);
            pages.iter().all(|page| page.contains(&sentence))
        };
        let (all, some) = ("headline-good-knowledge", "headline-good-despite-alerts-knowledge");
        assert!(says(of(&quiet, None), all) && says(of(&firing, None), some), "{language:?}");
        // Which alerts fired at an earlier time is not known.
        let then = Some(AsOf { at: now, until: None });
        assert!(says(of(&quiet, then), some), "{language:?}");
    }
}

#[test]
fn watched_notice_is_not_called_a_fix() {
    let watched = SampleLog::default()
        .declare(
            "2026-11-21T14:00:00Z",
            1,
            Status::Confirmed,
            Severity::Notice,
            "Office closed",
            "Back on Monday.",
        )
        .update("2026-11-21T14:10:00Z", 1, Some(Status::Watching), "We answer mails on Monday.");
    let work = dismissed_and_planned().start("2026-11-23T02:00:00Z", 3).then(
        "2026-11-23T02:20:00Z",
        Event::UpdatePosted(candor_core::UpdatePosted {
            incident: incident(3),
            text: text("Looks good."),
            status: Some(Status::Watching),
            notified: Notified::Yes(NotifyReason::Watching),
        }),
    );
    let withdrawn =
        Event::UpdateRetracted(UpdateRetracted { incident: incident(3), update: work.board.seq });
    let now = "2026-11-23T02:25:00Z";
    for page in [
        watched.front(now),
        watched.page(1),
        work.front(now),
        work.page(3),
        work.then(now, withdrawn).page(3),
    ] {
        let (_head, main) = page.split_once("<main").unwrap();
        assert!(!main.to_lowercase().contains("fix"), "{main}");
    }
}

#[test]
fn time_span_across_a_clock_change_names_both_offsets() {
    let style =
        PageStyle { zone: TimeZone::get("Europe/Berlin").unwrap(), ..SampleLog::default().style() };
    let span = |from, to| {
        let page = super::super::time::PageReader::on_any_day(&style)
            .span(time(from), time(to))
            .into_string();
        let mut text = String::new();
        for piece in page.split('<') {
            text.push_str(piece.split_once('>').map_or(piece, |(_tag, said)| said));
        }
        text
    };
    assert_eq!(
        span("2027-03-27T22:00:00Z", "2027-03-28T03:00:00Z"),
        "Sat 27 Mar 2027, 23:00 CET – Sun 28 Mar 2027, 05:00 CEST"
    );
    assert_eq!(
        span("2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z"),
        "Sun 31 Oct 2027, 02:30 CEST – 02:30 CET"
    );
    assert_eq!(
        span("2027-03-27T21:00:00Z", "2027-03-27T22:00:00Z"),
        "Sat 27 Mar 2027, 22:00 – 23:00 CET"
    );
}

#[test]
fn incident_of_the_headline_comes_first_in_embed_and_cards() {
    let (confirmed, said) = (Status::Confirmed, "We know of it.");
    let story = outage()
        .declare("2026-11-21T14:20:00Z", 3, confirmed, Severity::Notice, "Office closed", said)
        .declare("2026-11-21T14:21:00Z", 4, confirmed, Severity::Bug, "Exports are slow", said);
    let frame = embed::frame(&story.style(), &story.board, time("2026-11-21T14:30:00Z"));
    let front = story.front("2026-11-21T14:30:00Z");
    for page in [&frame, front.split_once("id=\"current\"").unwrap().1] {
        let titles = ["Checkout and ticket shop", "Exports are slow", "Office closed"];
        assert!(titles.map(|title| page.find(title).unwrap()).is_sorted(), "{page}");
    }
}

#[test]
fn odd_texts_are_shown_and_never_executed() {
    let long = "supercalifragilistic".repeat(9);
    let story = SampleLog::default()
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
fn stale_board_is_marked_in_one_line() {
    let story = outage();
    let knowledge = PageFreshness::LastKnown(time("2026-11-21T14:31:00Z"));
    let page = front::page(&story.style(), &story.board, knowledge, time("2026-11-21T16:00:00Z"));
    assert!(page.contains("Last known state, as of"));
    insta::assert_snapshot!(lines(&page));
}

#[test]
fn day_with_too_many_incidents_names_the_worst() {
    let mut story = SampleLog::default();
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
