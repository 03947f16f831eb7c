//! The operator's commands: which page they work on, and what they print.

use candor_testkit::{site::Installation, until};

#[test]
fn a_command_names_the_page_it_acted_on_and_warns_if_nothing_serves_it() {
    let mut site = Installation::new().with("SITE_NAME", "Acme").started();
    let declare = ["incident", "declare", "--title", "Search is slow"];
    let said = site.candor(&declare);
    assert_eq!(said.stderr, "", "all is as it should be");
    let file = site.data_dir().join("candor.sqlite3");
    for part in ["page: Acme", &format!("http://{}", site.address), file.to_str().unwrap()] {
        assert!(said.stdout.contains(part), "{part}: {}", said.stdout);
    }
    site.stop();
    for acting in [
        &declare[..],
        &["incident", "title", "1", "Search is down"],
        &[
            "maintenance",
            "plan",
            "--title",
            "Upgrade",
            "--start",
            "2099-07-01 10:00",
            "--for",
            "1h",
        ],
        &["site", "set", "--name", "Acme Tickets"],
        &["subscriber", "add", "ada@example.org"],
        &["subscriber", "remove", "ada@example.org"],
        &["log", "redact", "1", "--yes", "--why", "a phone number"],
    ] {
        let said = site.candor(acting);
        assert!(said.stdout.contains("page: Acme"), "{acting:?}: {said:#?}");
        assert!(said.stderr.contains("nothing serves this page"), "{acting:?}: {said:#?}");
        assert!(said.status.success(), "{acting:?}: {said:#?}");
    }
    assert_eq!(site.candor(&["incident", "list"]).stderr, "", "looking is no reason to warn");
}

#[test]
fn times_are_the_page_s_own_and_are_answered_in_words() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    site.candor(&["site", "set", "--time-zone", "Europe/Berlin"]).well();
    let plan = ["maintenance", "plan", "--title", "Upgrade", "--for", "90m", "--start"];
    let said = site.candor(&[&plan[..], &["2099-07-01 10:00"]].concat()).well();
    assert!(said.contains("planned for Wed 1 Jul 2099, 10:00 – 11:30 CEST"), "{said}");
    let shown = site.candor(&["incident", "show", "1", "--json"]).json();
    assert_eq!(shown["window"]["starts_at"], "2099-07-01T08:00:00Z");
    let move_it = ["maintenance", "move", "1", "--for", "1h", "--start"];
    let elsewhere = [&move_it[..], &["2099-07-01T10:00[America/New_York]"]].concat();
    let said = site.candor(&elsewhere).well();
    assert!(said.contains("1 Jul 2099, 16:00 – 17:00 CEST"), "{said}");
    let declare = ["incident", "declare", "--title", "Slow", "--status", "resolved"];
    let times = ["--started-at", "2026-01-05 10:00", "--ended-at", "2026-01-05 10:20"];
    let said = site.candor(&[&declare[..], &times].concat()).well();
    assert!(said.contains("lasted from Mon 5 Jan 2026, 10:00 – 10:20 CET"), "{said}");
    for (raw, named) in [
        ("2027-03-28 02:30", "2027-03-28T03:30:00+02:00"),
        ("2027-10-31 02:30", "2027-10-31T02:30:00+01:00"),
        ("2099-07-01T10:00ZZ", "is not a time"),
    ] {
        let sentence = site.candor(&[&plan[..], &[raw]].concat()).failed(2);
        assert!(sentence.contains(named), "{sentence}");
    }
    assert_eq!(site.verified(), 4, "what was refused left nothing");
}

#[test]
fn incidents_and_the_log_are_printed_in_words_or_as_json() {
    let site = Installation::new().started();
    let url = format!(
        "http://{}/integrations/opsgenie/hook/{}",
        site.address,
        candor_testkit::site::SECRET
    );
    let simulate = ["simulate", "opsgenie", "--url", &url, "--no-close"];
    site.candor(&[&simulate[..], &["--message", "Checkout is slow"]].concat()).well();
    let listed = site.candor(&["incident", "list"]).well();
    assert!(listed.contains("monitoring says") && listed.contains("Checkout is slow"), "{listed}");
    assert!(listed.contains("1, 1 firing"), "{listed}");
    let confirm =
        ["incident", "confirm", "--severity", "partial", "--text", "We look.\n\nSoon more."];
    site.candor(&confirm).well();
    let shown = site.candor(&["incident", "show", "1"]).well();
    for part in [
        "Partial outage, confirmed",
        "alert: Checkout is slow",
        "confirmed as “Partial outage”",
        "Soon more.",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let tail = site.candor(&["log", "tail"]).well();
    assert!(
        tail.contains("confirmed as “Partial outage” (notifies subscribers): We look. Soon more."),
        "{tail}"
    );
    let event = site.candor(&["log", "show", "2"]).well();
    assert!(
        event.contains("human-confirmed (version 1)") && event.contains("Soon more."),
        "{event}"
    );
    let resolved = site.candor(&["incident", "resolve", "--no-notify"]).well();
    assert!(resolved.contains("1 alert is still firing"), "{resolved}");
    for people_read in [&shown, &tail, &event] {
        assert!(!people_read.contains('{'), "no JSON: {people_read}");
    }
    let trail = site.candor(&["incident", "show", "1", "--json"]).json();
    assert_eq!(trail["trail"].as_array().unwrap().len(), 3);
}

#[test]
fn updates_written_in_a_hurry_can_be_corrected() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    let declare = ["incident", "declare", "--title", "Search is down", "--text", "All of it."];
    site.candor(&declare).well();
    site.candor(&["incident", "severity", "1", "partial"]).well();
    site.candor(&["incident", "severity", "1", "partial"]).failed(3);
    site.candor(&["incident", "update", "1", "--text", "Call 555-0100."]).well();
    site.candor(&["incident", "retract", "1", "3"]).well();
    site.candor(&["incident", "times", "1", "--started-at", "2026-01-05 10:00"]).well();
    assert_eq!(site.candor(&["incident", "times", "1"]).status.code(), Some(2), "one is needed");
    site.candor(&["incident", "silence", "1"]).well();
    let shown = site.candor(&["incident", "show", "1", "--json"]).json();
    assert_eq!((&shown["severity"], &shown["silent"]), (&"partial".into(), &true.into()));
    assert_eq!(shown["started_at"], "2026-01-05T10:00:00Z");
    assert_eq!(shown["timeline"][1]["text"], serde_json::Value::Null, "it is withdrawn");
    site.candor(&["incident", "silence", "1", "--off"]).well();
    let update = ["incident", "update", "--text", "Slow.", "--severity", "bug", "--title", "Slow"];
    site.candor(&update).well();
    let shown = site.candor(&["incident", "show", "1", "--json"]).json();
    assert_eq!((&shown["severity"], &shown["title"]), (&"bug".into(), &"Slow".into()));
    let plan = ["maintenance", "plan", "--title", "Upgrade", "--start", "2099-07-01 10:00"];
    site.candor(&[&plan[..], &["--for", "1h", "--auto-end"]].concat()).well();
    let listed = site.candor(&["maintenance", "list"]).well();
    for part in ["Upgrade", "2099-07-01 10:00 UTC", "2099-07-01 11:00 UTC", "ends"] {
        assert!(listed.contains(part), "{part}: {listed}");
    }
    let said = site.candor(&["maintenance", "cancel", "2"]).well();
    let shown = site.candor(&["incident", "show", "2"]).well();
    for said in [said, shown] {
        assert!(said.contains("was planned for") && !said.contains("lasted"), "{said}");
    }
    assert!(site.candor(&["maintenance", "list"]).well().contains("no maintenance is planned"));
    assert!(site.candor(&["maintenance", "list", "--all"]).well().contains("canceled"));
}

#[test]
fn a_dry_run_shows_who_would_be_notified_and_of_what_and_changes_nothing() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    site.candor(&["subscriber", "add", "ada@example.org", "grace@example.org"]).well();
    let declare =
        ["incident", "declare", "--title", "Search is down", "--text", "We look into it."];
    let said = site.candor(&[&declare[..], &["--dry-run"]].concat()).well();
    for part in ["to 2 subscribers", "Outage confirmed: Search is down", "We look into it."] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let preview = site.candor(&[&declare[..], &["-n", "--json"]].concat()).json();
    assert_eq!(preview["notifies"][0]["recipients"], 2);
    assert_eq!(preview["events"][0]["type"], "incident-declared");
    let silent = site.candor(&[&declare[..], &["-n", "--silent"]].concat()).well();
    assert!(silent.contains("would notify nobody"), "{silent}");
    site.candor(&["incident", "resolve", "7", "-n"]).failed(3);
    assert_eq!(site.verified(), 0);
}

#[test]
fn on_a_terminal_no_one_is_notified_without_a_yes() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    site.candor(&["subscriber", "add", "ada@example.org"]).well();
    let declare = ["incident", "declare", "--title", "Search", "--text", "We look into it."];
    for (typed, events) in [("n\n", 0), ("\n", 0), ("y\n", 1)] {
        let said = site.candor_on_a_terminal(&declare, typed);
        for part in ["to 1 subscriber:", "We look into it.", "Notify them? [y/N]"] {
            assert!(said.stdout.contains(part), "{part}: {said:#?}");
        }
        assert_eq!(said.status.code(), Some(if events == 1 { 0 } else { 3 }), "{said:#?}");
        assert_eq!(site.verified(), events, "after {typed:?}");
    }
    for unasked in [
        &["incident", "update", "1", "--text", "Still looking."][..],
        &["incident", "resolve", "1", "--yes"],
        &["incident", "declare", "--title", "Quiet", "--silent"],
    ] {
        let said = site.candor_on_a_terminal(unasked, "");
        assert!(!said.stdout.contains("[y/N]"), "{unasked:?}: {said:#?}");
        assert!(said.status.success(), "{unasked:?}: {said:#?}");
    }
}

#[test]
fn data_files_are_private_and_an_erased_subscriber_is_gone_from_the_disk() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let mut site = Installation::new();
    let set = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    fs::create_dir(site.data_dir()).unwrap();
    set(&site.data_dir(), 0o755);
    site.start();
    site.candor(&["subscriber", "add", "ada@example.org", "erased.person@example.org"]).well();
    site.candor(&["incident", "declare", "--title", "Search is down"]).well();
    site.candor(&["subscriber", "remove", "erased.person@example.org"]).well();
    for _ in 0..2 {
        // While it runs (WAL and shared memory are there), and after its end.
        for (path, mode) in files_below(&site.data_dir()) {
            assert_eq!(mode & 0o077, 0, "{} is open to others: {mode:o}", path.display());
        }
        if site.is_running() {
            site.stop();
        }
    }
    for (path, _) in files_below(&site.data_dir()) {
        let bytes = fs::read(&path).unwrap();
        let there = bytes.windows(13).any(|part| part == b"erased.person");
        assert!(!there, "the address is still in {}", path.display());
    }
    set(&site.data_dir().join("candor.sqlite3"), 0o644);
    let said = site.candor(&["check", "--offline"]).well();
    assert!(said.contains("chmod 600"), "{said}");
    set(&site.data_dir(), 0o700);
    let said = site.candor(&["check", "--offline"]).well();
    assert!(said.contains("all settings are fine"), "nobody else comes so far: {said}");
}

/// All files below a folder, with their modes.
fn files_below(folder: &std::path::Path) -> Vec<(std::path::PathBuf, u32)> {
    use std::os::unix::fs::PermissionsExt;
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            let mode = path.metadata().unwrap().permissions().mode() & 0o777;
            files.push((path, mode));
        }
    }
    files
}

#[test]
fn every_address_of_a_line_is_taken_or_refused_by_its_number() {
    let site = Installation::new().started();
    let list = "Name,Address\nIda <ida@example.org>, Jo <jo@example.org>;\nKim,kim@example.org,kim2@example.org\n\
                li@example.org mo@example.org\n";
    let said = site.candor_reading(&["subscriber", "add", "-"], list);
    assert!(said.stdout.contains("4 added, 0 known already, 1 refused"), "{said:?}");
    let sentence = said.failed(2);
    assert!(sentence.starts_with("line 4: \"li@example.org mo@example.org\""), "{sentence}");
    let said = site.candor(&["subscriber", "add", "Ann <ann@example.org>, Bo <bo@example.org>"]);
    assert!(said.stdout.contains("2 added"), "{said:?}");
    assert_eq!(site.candor(&["subscriber", "list", "--json"]).json().as_array().unwrap().len(), 6);
    let hooks = "https://hooks.example.org/a https://hooks.example.org/b\n\
                 https://hooks.example.org/c,https://hooks.example.org/d\n";
    let said = site.candor_reading(&["subscriber", "add", "--channel", "slack", "-"], hooks);
    assert!(said.stdout.contains("0 added, 0 known already, 2 refused"), "{said:?}");
    let long = format!("https://hooks.example.org/{}", "x".repeat(2_000));
    let sentence = site.candor(&["subscriber", "add", "--channel", "slack", &long]).failed(2);
    assert!(sentence.ends_with("it is longer than 2000 bytes"), "{sentence}");
    let sentence = site.candor(&["subscriber", "add", "j\u{f6}rg@example.org"]).failed(2);
    assert!(sentence.contains("CANDOR_MAIL_HOST isn't set"), "{sentence}");
}

#[test]
fn subscribers_whose_mail_waits_for_a_mail_server_are_not_called_notified() {
    let site = Installation::new().started();
    site.candor(&["subscriber", "add", "ada@example.org", "grace@example.org"]).well();
    let hook = ["subscriber", "add", "--channel", "slack", "https://hooks.example.org/a"];
    site.candor(&hook).well();
    until("the workers to be known", || {
        let metrics =
            candor_testkit::http::ask(site.admin, "GET", "/metrics", &[], b"").ok()?.text();
        metrics.contains("candor_workers{queue=\"hooks\"} 1").then_some(())
    });
    let declare = ["incident", "declare", "--title", "Search is down"];
    let preview = site.candor(&[&declare[..], &["--dry-run"]].concat()).well();
    assert!(preview.contains("to 3 subscribers (2 mails wait: "), "{preview}");
    let said = site.candor(&declare).well();
    assert!(said.contains("1 subscriber is notified; 2 mails wait: no running process"), "{said}");
}

#[test]
fn placeholder_time_zones_and_a_language_twice_are_refused() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    for zone in ["Factory", "Etc/Unknown", "etc/unknown", "Atlantis/Center"] {
        site.candor(&["site", "set", "--time-zone", zone]).failed(2);
        site.candor(&["subscriber", "add", "ada@example.org", "--time-zone", zone]).failed(2);
    }
    let twice = ["site", "set", "--language", "de", "--language", "en", "--language", "de"];
    let sentence = site.candor(&twice).failed(2);
    assert!(sentence.contains("twice for de"), "{sentence}");
    assert_eq!(site.verified(), 0, "nothing was written");
}

#[test]
fn started_maintenance_is_shown_as_started_and_does_not_start_again() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    let plan = ["maintenance", "plan", "--title", "Upgrade", "--start", "2099-07-01 10:00"];
    let said = site.candor(&[&plan[..], &["--for", "1h"]].concat()).well();
    assert!(said.contains("planned for Wed 1 Jul 2099"), "{said}");
    let said = site.candor(&["maintenance", "start", "1"]).well();
    assert!(said.contains("planned to end Wed 1 Jul 2099, 11:00 UTC"), "{said}");
    assert!(said.contains("began ") && !said.contains("planned for"), "{said}");
    let later = ["maintenance", "move", "1", "--for", "2h"];
    let sentence = site.candor(&[&later[..], &["--start", "2099-07-02 10:00"]].concat()).failed(3);
    assert!(sentence.contains("is under way. Only its end can be moved."), "{sentence}");
    let said = site.candor(&later).well();
    assert!(said.contains("planned to end Wed 1 Jul 2099, 12:00 UTC"), "{said}");
}

#[test]
fn the_name_in_the_settings_wins_everywhere_and_site_settings_can_be_removed() {
    let mut site = Installation::new().started();
    let set = ["site", "set", "--name", "Acme Tickets", "--contact", "help@example.org"];
    let said = site.candor(&[&set[..], &["--link", "Help=https://example.org"]].concat()).well();
    assert!(said.contains("name:       Acme Tickets\n"), "{said}");
    site.board_at(1);
    assert!(site.get("/").text().contains("Acme Tickets"));
    assert!(site.get("/").text().contains("help@example.org"));
    let manifest = site.candor(&["slack", "manifest"]).well();
    assert!(manifest.contains("Acme Tickets"), "the name that stands in the log: {manifest}");
    site.stop();
    site.change("SITE_NAME", "Acme, by the settings");
    site.start();
    let page = site.get("/").text();
    assert!(page.contains("Acme, by the settings") && !page.contains("Acme Tickets"), "{page}");
    let manifest = site.candor(&["slack", "manifest"]).well();
    assert!(manifest.contains("Acme, by the settings"), "{manifest}");
    let shown = site.candor(&["site", "show"]).well();
    for part in ["Acme, by the settings", "CANDOR_SITE_NAME", "Acme Tickets"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // A shell without these settings says the same.
    site.change("SITE_NAME", "");
    site.change("SITE_URL", "");
    let said = site.candor(&["site", "set", "--contact", "none", "--link", "none"]).well();
    let named = format!("page: Acme, by the settings (http://{}, log in ", site.address);
    assert!(said.contains(&named), "{said}");
    assert!(said.contains("contact:    none") && !said.contains("link:"), "{said}");
    site.board_at(2);
    assert!(!site.get("/").text().contains("help@example.org"));
}

#[test]
fn a_command_starts_a_trace_that_its_event_belongs_to() {
    let collector = candor_testkit::otlp::Collector::start();
    let site =
        Installation::new().with_variable("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    site.candor(&["migrate"]).well();
    site.candor(&["incident", "declare", "--title", "Search is down"]).well();
    let command = collector.wait_for("the command", |span| span.name == "command");
    assert_eq!(command.attributes.get("command").map(String::as_str), Some("incident"));
    let execute = collector.wait_for("what it executed", |span| span.name == "execute");
    assert_eq!((&execute.trace, &execute.parent), (&command.trace, &command.id));
}

#[test]
fn the_demo_raises_its_alert_once_a_visitor_opens_the_page() {
    let mut site = Installation::new();
    let listen = site.address.to_string();
    site = site.running(&["demo", "--listen", &listen, "--alert-after", "0s"]);
    site.start();
    let board = site.board_when("the whole year", |board| {
        board["recent"].as_array().unwrap().len() > 20 && board["planned"] != serde_json::json!([])
    });
    assert_ne!(board["headline"], "suspected", "nobody looks yet");
    // As a browser without scripts does.
    assert_eq!(site.get("/").status, 200);
    site.board_when("the alert", |board| board["headline"] == "suspected");
    site.stop();
}

#[test]
fn the_first_of_two_confirmations_is_called_a_proposal() {
    let site = Installation::new().started();
    site.candor(&["simulate", "opsgenie", "--no-close"]).well();
    let said = site.candor(&["incident", "confirm", "1", "--two-people"]).well();
    assert!(said.contains("proposed to confirm incident 1: "), "{said}");
    assert!(said.contains("a second person has to confirm it"), "{said}");
    assert!(said.contains("no one is notified of this") && !said.contains("confirmed"), "{said}");
    let again = site.candor(&["incident", "confirm", "1", "--two-people"]).failed(3);
    assert!(again.contains("Nothing was changed"), "{again}");
}

#[test]
fn a_command_that_succeeded_does_not_fail_because_stdout_does() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    site.candor(&["incident", "declare", "--title", "Search is down"]).well();
    let update = ["incident", "update", "1", "--text", "We look.", "-y"];
    let full = site.candor_on_a_full_disk(&update).failed(0);
    assert!(full.contains("it was done, so don't repeat it; but then: can't write to"), "{full}");
    let gone = site.candor_for_nobody(&update).failed(0);
    assert!(gone.contains("it was done; nobody reads the answer"), "{gone}");
    let set = site.candor_on_a_full_disk(&["site", "set", "--name", "Acme"]).failed(0);
    assert!(set.contains("it was done"), "{set}");
    assert_eq!(site.verified(), 4);
    // What only shows something has failed if it can't; `| head` is no failure.
    let list = ["incident", "list"];
    site.candor_on_a_full_disk(&list).failed(1);
    let gone = site.candor_for_nobody(&list);
    assert_eq!((gone.status.code(), gone.stderr.as_str()), (Some(0), ""));
}

#[test]
fn an_unknown_address_does_not_keep_others_from_being_removed() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    site.candor(&["subscriber", "add", "ada@example.org"]).well();
    let remove = ["subscriber", "remove", "nobody@example.org", "ada@example.org"];
    let said = site.candor(&remove);
    assert!(said.stdout.contains("ada@example.org removed"), "{said:?}");
    assert!(said.stderr.ends_with("candor: no subscriber: nobody@example.org\n"), "{said:?}");
    assert_eq!(said.status.code(), Some(1));
    let said = site.candor(&remove).failed(3);
    assert!(said.ends_with("nobody@example.org, ada@example.org; nothing was changed"), "{said}");
}

#[test]
fn subscribers_are_not_called_notified_while_no_process_runs() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    site.candor(&["subscriber", "add", "ada@example.org"]).well();
    let said = site.candor(&["incident", "declare", "--title", "Search is down"]).well();
    assert!(said.contains("1 subscriber will be notified once `candor serve` runs"), "{said}");
}

#[test]
fn an_alert_is_raised_listed_and_ended_by_hand() {
    let site = Installation::new().started();
    let said = site.candor(&["alert", "raise", "disk", "--title", "Disk is full"]).well();
    assert!(said.contains("incident 1"), "{said}");
    site.board_when("the suspicion", |board| board["headline"] == "suspected");
    let firing = site.candor(&["alert", "list", "--json"]).json();
    assert_eq!(firing, serde_json::json!([{ "source": "alert", "id": "disk", "incident": 1 }]));
    let refused = site.candor(&["alert", "clear", "pump"]).failed(3);
    assert!(refused.contains("candor alert list"), "{refused}");
    site.candor(&["alert", "clear", "--all"]).well();
    site.board_when("the end of it", |board| board["headline"] == "all-good");
    assert_eq!(
        site.candor(&["incident", "list", "--all", "--json"]).json()[0]["status"],
        "dismissed"
    );
}
