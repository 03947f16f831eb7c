//! Programs written by others agree with the page through a whole incident and a whole maintenance.
//!
//! `scripts/test` installs them: from `PyPI` into a place of their own (`CANDOR_TEST_CLIENTS`), from npm as
//! `tests/npm/package-lock.json` has them (`CANDOR_TEST_NPM`).

use std::{fs, path::PathBuf, process::Command};

use candor_testkit::{
    browser::Browser,
    endpoint::{Endpoint, FakeReply},
    site::{Installation, opsgenie},
    until,
};
use serde_json::{Value, json};

const NOON: u64 = 1_700_000_000_000_000_000;

fn installed(variable: &str) -> PathBuf {
    std::env::var_os(variable).map(PathBuf::from).unwrap_or_else(|| {
        panic!("{variable} says where the programs for this test are; scripts/test installs them")
    })
}

fn script(name: &str) -> String {
    format!("{}/tests/clients/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Runs a program that prints one JSON object.
fn json_of(command: &mut Command) -> Value {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let last = printed.lines().last().unwrap_or_default();
    serde_json::from_str(last).unwrap_or_else(|error| panic!("{error} in {printed}"))
}

/// Another site, which shows what others made of our page: the widget, in both of its forms, and our own banner.
fn another_site(ours: &str) -> Endpoint {
    let widget =
        installed("CANDOR_TEST_NPM").join("node_modules/@statuspage/status-widget/dist/index.js");
    let widget = fs::read_to_string(widget).unwrap();
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>Another site</title><p>Shop</p>\
         <statuspage-widget id=basic src=\"{ours}\"></statuspage-widget>\
         <statuspage-widget id=badge appearance=badge src=\"{ours}\"></statuspage-widget>\
         <iframe src=\"{ours}/embed\" title=status></iframe><img id=picture src=\"{ours}/badge.svg\" alt=status>\
         <script src=\"/widget.js\"></script><script src=\"{ours}/widget.js\" async></script>"
    );
    Endpoint::start(move |asked, _| {
        let (kind, body) = match asked.path.as_str() {
            "/widget.js" => ("text/javascript", &widget),
            _ => ("text/html", &page),
        };
        FakeReply::Says(200, format!("content-type: {kind}\r\n"), body.clone())
    })
}

/// What all of them say at one stage.
struct Verdicts {
    python: Value,
    node: Value,
    seen: Seen,
}

/// What is seen on another site.
#[derive(Debug)]
struct Seen {
    widget: String,
    banner: Option<String>,
    picture: bool,
}

fn ask_all(
    site: &Installation,
    browser: &Browser,
    elsewhere: &Endpoint,
    expected: &Expected,
) -> Verdicts {
    let ours = format!("http://{}", site.address);
    let python = installed("CANDOR_TEST_CLIENTS").join("bin/python");
    let folder = tempfile::tempdir().unwrap();
    let python = json_of(Command::new(python).arg(script("read.py")).arg(&ours).arg(folder.path()));
    let modules = installed("CANDOR_TEST_NPM").join("node_modules");
    let node =
        json_of(Command::new("node").env("NODE_PATH", modules).arg(script("read.js")).arg(&ours));
    // A browser may show for some seconds what it has; then it has to show what is.
    let what = format!("another site to show: {}, {:?}", expected.words, expected.banner);
    let seen = until(&what, || {
        let seen = look_around(browser, elsewhere);
        let banner = match (expected.banner, &seen.banner) {
            (Some(words), Some(said)) => said.contains(words),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        (seen.widget == expected.words && banner).then_some(seen)
    });
    Verdicts { python, node, seen }
}

fn look_around(browser: &Browser, elsewhere: &Endpoint) -> Seen {
    browser.go(&elsewhere.url("/"));
    let of = |id: &str, css: &str| {
        let found = browser.run(&format!(
            "const one = document.getElementById('{id}').shadowRoot; const found = one && one.querySelector('{css}'); \
             return found ? found.textContent.trim() : ''"
        ));
        found.as_str().unwrap_or_default().to_owned()
    };
    let widget = until("the widget to say something", || {
        let said = of("basic", ".status-text");
        (!said.is_empty()).then_some(said)
    });
    assert_eq!(of("badge", ".status-indicator"), widget, "both forms of the widget");
    let banner = browser.run(
        "return new Promise(done => setTimeout(() => { const one = document.querySelector('candor-status'); \
         done(one ? one.shadowRoot.textContent : null) }, 500))",
    );
    let picture = browser.run("return document.getElementById('picture').naturalWidth > 0") == true;
    let complaints = browser.complaints();
    // The packed widget ends with a line for its packer, which isn't there; by then it does its work.
    let known = ["a request to http://127.0.0.1", "parcelRequire is not defined"];
    assert!(
        complaints.iter().all(|one| known.iter().any(|known| one.contains(known))),
        "another site may load all of it: {complaints:?}"
    );
    Seen { widget, banner: banner.as_str().map(str::to_owned), picture }
}

/// What they have to say.
struct Expected {
    stage: &'static str,
    indicator: &'static str,
    words: &'static str,
    component: &'static str,
    /// The incidents in the list of the exporter, and in theirs.
    incidents: &'static [&'static str],
    unresolved: &'static [&'static str],
    work: &'static [&'static str],
    planned: &'static [&'static str],
    /// What the exporter makes of it: the worst impact of what isn't over, whether or not it is being watched; and
    /// `minor` for a component at work.
    worst: &'static str,
    /// What the health check of the page says.
    health: &'static str,
    entries: usize,
    banner: Option<&'static str>,
    event: Option<&'static str>,
    /// How many minutes it lasts in calendars, at least and at most.
    minutes: (u64, u64),
}

fn check(expected: &Expected, found: &Verdicts) {
    let Expected { stage, .. } = expected;
    let Verdicts { python, node, seen } = found;
    let statuspage = &node["statuspage"];
    println!(
        "{stage:<22} | {:<8} | {:<36} | {:<12} | {:>2} {:>2} | {:<17} | {} | {}",
        statuspage["indicator"].as_str().unwrap_or_default(),
        seen.widget,
        statuspage["unresolved"][0].as_str().unwrap_or("-"),
        python["exporter"]["incidents"],
        python["exporter"]["maintenances"],
        python["health"]["page"].as_str().unwrap_or_default(),
        python["feeds"]["/feed/atom"]["titles"],
        seen.banner.as_deref().unwrap_or("no banner"),
    );
    assert_eq!(statuspage["indicator"], expected.indicator, "{stage}");
    assert_eq!(
        (&statuspage["status"], seen.widget.as_str()),
        (&json!(expected.words), expected.words),
        "{stage}"
    );
    assert_eq!(statuspage["components"], json!([expected.component]), "{stage}");
    assert_eq!(statuspage["all"], json!(expected.incidents), "{stage}");
    assert_eq!(statuspage["unresolved"], json!(expected.unresolved), "{stage}");
    assert_eq!(statuspage["work"], json!(expected.work), "{stage}");
    assert_eq!(statuspage["planned"], json!(expected.planned), "{stage}");

    let exporter = &python["exporter"];
    assert_eq!(
        (&exporter["reached"], &exporter["status"]),
        (&json!(true), &json!(expected.worst)),
        "{stage}"
    );
    assert_eq!(exporter["incidents"], expected.unresolved.len(), "{stage}");
    let open_work = expected.work.iter().filter(|word| **word != "completed").count();
    assert_eq!(exporter["maintenances"], open_work, "{stage}");
    assert_eq!(
        exporter["components"],
        json!([u8::from(expected.component == "operational")]),
        "{stage}"
    );
    assert_eq!(python["health"]["page"], expected.health, "{stage}");
    assert_eq!(python["health"]["component"], expected.health, "{stage}: by the component's name");

    for (path, feed) in python["feeds"].as_object().unwrap() {
        assert_eq!(feed["bozo"], 0, "{stage} {path}: {}", feed["why"]);
        assert_eq!(feed["titles"].as_array().unwrap().len(), expected.entries, "{stage} {path}");
        let warns = python["health"][path] != "good";
        assert_eq!(warns, expected.entries > 0, "{stage} {path}: something was said lately");
    }
    let events = |calendar: &Value| {
        calendar.as_array().unwrap().iter().map(|one| one["status"].clone()).collect::<Vec<_>>()
    };
    let wanted: Vec<Value> = expected.event.into_iter().map(Value::from).collect();
    assert_eq!(
        (events(&python["calendar"]), events(&node["calendar"])),
        (wanted.clone(), wanted),
        "{stage}"
    );
    let (least, most) = expected.minutes;
    for one in python["calendar"].as_array().unwrap() {
        let minutes = one["minutes"].as_u64().unwrap();
        assert!((least..=most).contains(&minutes), "{stage}: it lasts {minutes} minutes");
    }
    assert!(seen.picture, "{stage}: the badge is shown on another site");
}

#[test]
fn other_programs_show_what_the_page_shows_during_an_incident_and_maintenance() {
    let site = Installation::new().started();
    let elsewhere = another_site(&format!("http://{}", site.address));
    let browser = Browser::open(1024, 768, &elsewhere.url(""));
    let give = |arguments: &[&str]| site.candor(arguments).well();
    let shows = |what: &str, headline: &str, status: &str| {
        site.board_when(what, |board| {
            let listed = ["current", "planned", "recent"].iter().any(|list| {
                board[list].as_array().unwrap().iter().any(|one| one["status"] == status)
            });
            board["headline"] == headline && (listed || status.is_empty())
        });
    };
    let check =
        |expected: Expected| check(&expected, &ask_all(&site, &browser, &elsewhere, &expected));
    let quiet = Expected {
        stage: "all good",
        indicator: "none",
        words: "All Systems Operational",
        component: "operational",
        incidents: &[],
        unresolved: &[],
        work: &[],
        planned: &[],
        worst: "none",
        health: "good",
        entries: 0,
        banner: None,
        event: None,
        minutes: (0, 0),
    };
    println!(
        "stage | indicator | status-widget | statuspage.io | exporter: incidents, work | django-health-check | feedparser | banner"
    );
    check(Expected { ..quiet });

    let seq = site.acknowledged(&opsgenie("Create", "one", NOON));
    site.board_at(seq);
    check(Expected { stage: "suspected", words: "No confirmed problems", ..quiet });

    give(&[
        "incident",
        "confirm",
        "1",
        "--severity",
        "partial",
        "--title",
        "Checkout is slow",
        "--text",
        "We look into it & <b>more</b>.",
    ]);
    shows("it to be confirmed", "partial", "confirmed");
    let confirmed = Expected {
        stage: "confirmed",
        indicator: "major",
        words: "Partial System Outage",
        component: "partial_outage",
        incidents: &["investigating"],
        unresolved: &["investigating"],
        worst: "major",
        health: "Warning: Checkout is slow",
        entries: 1,
        banner: Some("Checkout is slow"),
        ..quiet
    };
    check(Expected { ..confirmed });

    give(&["incident", "update", "1", "--text", "Still looking."]);
    check(Expected { stage: "an update", ..confirmed });

    give(&["incident", "update", "1", "--text", "A fix is in place.", "--status", "watching"]);
    shows("it to be watched", "watching", "watching");
    check(Expected {
        stage: "watching",
        indicator: "minor",
        words: "A fix is in place and being monitored",
        component: "degraded_performance",
        incidents: &["monitoring"],
        unresolved: &["monitoring"],
        ..confirmed
    });

    give(&["incident", "resolve", "1", "--text", "It is over."]);
    shows("it to be over", "all-good", "resolved");
    let over = Expected { stage: "resolved", incidents: &["resolved"], entries: 1, ..quiet };
    check(Expected { ..over });

    give(&[
        "maintenance",
        "plan",
        "--title",
        "Upgrade",
        "--start",
        "2126-11-23T02:00:00Z",
        "--for",
        "30m",
        "--text",
        "Read-only.",
    ]);
    shows("it to be planned", "all-good", "planned");
    let planned = Expected {
        stage: "planned work",
        work: &["scheduled"],
        planned: &["scheduled"],
        entries: 2,
        event: Some("CONFIRMED"),
        minutes: (30, 30),
        ..over
    };
    check(Expected { ..planned });

    give(&["maintenance", "start", "2"]);
    shows("the work to go on", "maintenance", "confirmed");
    check(Expected {
        stage: "work under way",
        words: "Service Under Maintenance",
        component: "under_maintenance",
        worst: "minor",
        work: &["in_progress"],
        planned: &[],
        banner: Some("Upgrade"),
        // It began now, a century early.
        minutes: (31, u64::MAX),
        ..planned
    });

    give(&["maintenance", "end", "2"]);
    shows("the work to be done", "all-good", "resolved");
    check(Expected {
        stage: "work done",
        work: &["completed"],
        planned: &[],
        minutes: (1, 10),
        ..planned
    });
}

#[test]
fn schemathesis_finds_no_answer_that_the_document_about_the_api_does_not_allow() {
    let site = Installation::new().started();
    for title in ["One", "Two", "Three"] {
        site.candor(&[
            "incident",
            "declare",
            "--title",
            title,
            "--text",
            "We look into it.",
            "--silent",
        ])
        .well();
    }
    site.candor(&["incident", "resolve", "1", "--text", "It is over."]).well();
    let seq = site.acknowledged(&opsgenie("Create", "one", NOON));
    site.board_at(seq);
    let document = format!("http://{}/api/v1/openapi.json", site.address);
    // A stream doesn't end by itself: what came within a second is judged.
    let output = Command::new(installed("CANDOR_TEST_CLIENTS").join("bin/st"))
        .args([
            "run",
            &document,
            "--seed",
            "1",
            "--max-examples",
            "15",
            "--request-timeout",
            "1",
            "--no-color",
        ])
        .current_dir(site.data_dir())
        .env("HYPOTHESIS_STORAGE_DIRECTORY", site.data_dir().join("hypothesis"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let cases = said.lines().find(|line| line.contains(" generated")).unwrap_or_default();
    println!("schemathesis: {}", cases.trim());
}
