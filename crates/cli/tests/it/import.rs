//! The import of another page's history: every incident, update, time and text is compared with its source.
//!
//! The source is the file that `CANDOR_TEST_HISTORY` names (a Statuspage v2 dump, or lines of JSON with `updates`), or
//! else one that is made here with the same odd traits as real ones have.

use std::{
    fs,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use candor_content::markdown;
use candor_testkit::{site::Installation, until};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde_json::{Value, json};

/// How many incidents are made up.
const INCIDENTS: u32 = 819;

/// Numbers without any order, the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A history as real pages have them: a third with two updates of the same time, some that begin with the end, up to
/// 36 updates, long bodies, markup of all kinds, titles of 142 characters, overlaps, and words after the end.
fn made_up(incidents: u32) -> Value {
    let mut dice = Dice(7);
    let mut at: Timestamp = "2022-03-01T08:00:00Z".parse().unwrap();
    let (mut list, mut maintenances) = (Vec::new(), Vec::new());
    for number in 0..incidents {
        at += SignedDuration::from_mins(i64::try_from(dice.roll(4_000)).unwrap());
        let begin = at;
        let planned = number % 45 == 7;
        let count = match number {
            100 => 36,
            _ if dice.roll(28) == 0 => 1,
            _ => 2 + dice.roll(8),
        };
        let (mut time, mut updates) = (begin, Vec::new());
        for n in 0..count {
            if n > 0 && dice.roll(6) > 0 {
                time += SignedDuration::from_secs(60 + i64::try_from(dice.roll(3_000)).unwrap());
            }
            let last = n + 1 == count;
            let late = count > 4 && n + 2 == count;
            let status = match (planned, n, last || late) {
                (true, 0, false) => "scheduled",
                (true, _, false) => "in_progress",
                (true, ..) => "completed",
                (false, _, true) => "resolved",
                (false, _, false) => ["investigating", "identified", "monitoring"]
                    [usize::try_from(dice.roll(3)).unwrap()],
            };
            let body = match (number, n) {
                (200, 1) => "A long report, ".repeat(600).chars().take(8_412).collect(),
                _ => body(&mut dice, number, n),
            };
            let time = time.to_string();
            updates.insert(0, json!({ "id": format!("u{number}x{n}"), "status": status, "body": body, "created_at": time, "display_at": time }));
        }
        let name = if number == 300 {
            "An incident with a long name. ".repeat(5).chars().take(142).collect::<String>()
        } else {
            format!("Incident {number} with <b>Pages</b> & \"Actions\"")
        };
        let impact = ["none", "minor", "major", "critical"];
        let impact = impact[usize::try_from(dice.roll(4)).unwrap()];
        let mut incident = json!({
            "id": format!("i{number:05}"), "name": name, "impact": impact,
            "status": updates[0]["status"], "created_at": begin.to_string(), "started_at": begin.to_string(),
            "resolved_at": time.to_string(), "incident_updates": updates,
        });
        if planned {
            incident["impact"] = json!("maintenance");
            incident["scheduled_for"] = json!(begin.to_string());
            incident["scheduled_until"] = json!((time + SignedDuration::from_mins(1)).to_string());
            maintenances.push(incident);
        } else {
            list.push(incident);
        }
    }
    json!({ "page": { "id": "madeup" }, "incidents": list, "scheduled_maintenances": maintenances })
}

fn body(dice: &mut Dice, number: u32, n: u64) -> String {
    let words = [
        "We are investigating reports of degraded performance.",
        "Codespaces is experiencing **degraded** availability.<br />We continue to investigate.",
        "On May 5th, between 08:00 and 09:00 UTC, 12% of requests failed.<br /><br />See https://example.org/a?b=1&c=2 for more.",
        "Mail ops@example.org if it hurts.\n\n* one\n* two_with_underscores_\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "`kubectl` said: <script>alert(1)</script> & \"quoted\" – ünïcödé 日本語",
    ];
    let which = usize::try_from(dice.roll(5)).unwrap();
    format!("{} ({number}/{n})", words[which])
}

/// The source: what is made up, or the real one.
fn source() -> Value {
    let Some(file) = std::env::var_os("CANDOR_TEST_HISTORY") else { return made_up(INCIDENTS) };
    let text = fs::read_to_string(file).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|_lines| of_lines(&text))
}

/// Lines of JSON, each an incident with `updates` oldest first, as a Statuspage v2 dump.
fn of_lines(text: &str) -> Value {
    let (mut incidents, mut maintenances) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let (mut status, mut updates) = (String::new(), Vec::new());
        for (n, update) in line["updates"].as_array().unwrap().iter().enumerate() {
            let word = update["status"].as_str().unwrap().to_lowercase().replace(' ', "_");
            if word != "update" {
                status = word;
            }
            let id = format!("{}x{n}", line["id"].as_str().unwrap());
            updates.insert(0, json!({ "id": id, "status": status, "body": update["message"], "created_at": update["at"] }));
        }
        let mut incident = json!({
            "id": line["id"], "name": line["title"], "impact": line["impact"], "started_at": line["started_at"],
            "resolved_at": line["resolved_at"], "incident_updates": updates,
        });
        if line["impact"] == "maintenance" {
            let begin =
                line["updates"].as_array().unwrap().iter().find(|u| u["status"] == "In progress");
            incident["scheduled_for"] =
                begin.map_or(line["started_at"].clone(), |u| u["at"].clone());
            incident["scheduled_until"] = line["resolved_at"].clone();
            maintenances.push(incident);
        } else {
            incidents.push(incident);
        }
    }
    json!({ "page": { "id": "lines" }, "incidents": incidents, "scheduled_maintenances": maintenances })
}

fn time(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

/// The incidents in the order in which they began, each with its updates, oldest first.
fn incidents(source: &Value) -> Vec<(&Value, Vec<&Value>)> {
    let lists =
        ["incidents", "scheduled_maintenances"].iter().filter_map(|list| source[list].as_array());
    let mut incidents: Vec<_> = lists
        .flatten()
        .map(|incident| {
            let mut updates: Vec<_> =
                incident["incident_updates"].as_array().unwrap().iter().rev().collect();
            updates.sort_by_key(|update| time(when(update)));
            (incident, updates)
        })
        .collect();
    incidents.sort_by_key(|(incident, _)| (time(begin(incident)), incident["id"].to_string()));
    incidents
}

fn begin(incident: &Value) -> &Value {
    incident.get("scheduled_for").unwrap_or(&incident["started_at"])
}

fn when(update: &Value) -> &Value {
    update.get("display_at").unwrap_or(&update["created_at"])
}

/// The event that an update became, if there is one and only one.
fn event_of<'a>(events: &'a [Value], source: &Value, update: &Value) -> Option<&'a Value> {
    let page = source["page"]["id"].as_str().unwrap();
    let key = format!("statuspage:{page}:{}", update["id"].as_str().unwrap());
    let mut found = events.iter().filter(|event| event["source_key"] == key);
    found.next().filter(|_| found.next().is_none())
}

/// What each update says here: the HTML of the source is Markdown, what would act is gone, and its word for a known cause
/// stands in the text.
fn taken(its: &[&Value]) -> Vec<String> {
    let (mut before, mut texts) = ("", Vec::new());
    for update in its {
        let status = update["status"].as_str().unwrap();
        let body = update["body"].as_str().unwrap();
        let body = body.replace("<br />", "\n").replace("<script>alert(1)</script>", "");
        let is_new = status == "identified" && before != status;
        texts.push(if is_new { format!("**Identified** - {body}") } else { body });
        before = status;
    }
    texts
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn every_incident_update_time_and_text_equals_its_source() {
    let site = Installation::new().started();
    let source = source();
    let file = site.write("dump.json", &source.to_string());
    let file = file.to_str().unwrap();
    let all = incidents(&source);
    let open = all.iter().filter(|(incident, _)| incident["resolved_at"].is_null()).count();

    // The page is looked at all the while: what has long been over must never seem to go on.
    let (over, begun) = (AtomicBool::new(false), Instant::now());
    let (said, looks, seen_open) = thread::scope(|scope| {
        let looking = scope.spawn(|| {
            let (mut looks, mut seen_open) = (0, 0);
            while !over.load(Ordering::Relaxed) {
                looks += 1;
                seen_open = seen_open.max(site.board()["current"].as_array().unwrap().len());
            }
            (looks, seen_open)
        });
        let said = site.candor(&["import", "statuspage", file]).well();
        over.store(true, Ordering::Relaxed);
        let (looks, seen_open) = looking.join().unwrap();
        (said, looks, seen_open)
    });
    let took = begun.elapsed();
    println!("{said}");

    let events = site.events();
    site.board_at(u64::try_from(events.len()).unwrap());
    let (mut updates, mut times, mut texts, mut ends, mut days, mut pages) = (0, 0, 0, 0, 0, 0);
    let (mut shown, mut shown_times, mut longest, mut differences) = (0, 0, 0, Vec::new());
    let (mut extra, mut in_order) = (0, 0);
    for (number, (incident, its)) in (1_u64..).zip(&all) {
        let own: Vec<Value> =
            events.iter().filter(|event| event["incident"] == number).cloned().collect();
        let day = time(begin(incident)).to_zoned_datetime(TimeZone::UTC).date();
        let answer = site.get(&format!("/{day}/{number}"));
        let page = answer.text();
        pages += u32::from(answer.status == 200);
        // A title is one line, in which a run of white space is one space.
        let title = incident["name"].as_str().unwrap().split_whitespace().collect::<Vec<_>>();
        days += u32::from(answer.status == 200 && page.contains(&escaped(&title.join(" "))));
        let mut rest = page.as_str();
        let said = taken(its);
        // The page says the newest first.
        for (update, text) in its.iter().zip(&said).rev() {
            let html = markdown::to_html(text);
            let found = rest.find(&html);
            shown += u32::from(found.is_some());
            rest = found.and_then(|at| rest.get(at + html.len()..)).unwrap_or(rest);
            let second = time(when(update)).strftime("%Y-%m-%dT%H:%M:%S").to_string();
            shown_times += u32::from(page.contains(&format!("datetime=\"{second}")));
        }
        // Work that ended without a word of its begin has an event for that, too.
        extra += own.len() - its.len();
        let mut before = 0;
        for (update, said) in its.iter().zip(&said) {
            let Some(event) = event_of(&own, &source, update) else {
                differences.push(format!("incident {number}: {update} is missing"));
                continue;
            };
            updates += 1;
            let seq = event["seq"].as_u64().unwrap();
            in_order += u32::from(seq > before);
            before = seq;
            let payload: Value = serde_json::from_str(event["payload"].as_str().unwrap()).unwrap();
            let text = payload.get("text").or(payload.get("why")).and_then(Value::as_str);
            longest = longest.max(said.chars().count());
            let same_time = time(&event["occurred_at"]) == time(when(update));
            let same_text = text == Some(said.as_str());
            (times, texts) = (times + u32::from(same_time), texts + u32::from(same_text));
            if !(same_time && same_text) {
                differences.push(format!("incident {number}: {update} became {event}"));
            }
        }
        let ended = own.iter().rev().find_map(|event| {
            let payload: Value = serde_json::from_str(event["payload"].as_str()?).ok()?;
            payload.get("ended_at").map(time)
        });
        let end_says = (!incident["resolved_at"].is_null()).then(|| time(&incident["resolved_at"]));
        ends += u32::from(ended == end_says);
    }
    let wanted: usize = all.iter().map(|(_, its)| its.len()).sum();
    println!(
        "{} incidents, {wanted} updates in {took:?}; compared: {updates} updates, {in_order} in their order, {times} times equal, {texts} texts \
         equal, {ends} ends equal, {pages} pages rendered with {days} titles, {shown} texts and {shown_times} times \
         shown there; {extra} events more for work whose begin nobody mentioned; longest text {longest} characters; {} differences; looked at {looks} times meanwhile, at most \
         {seen_open} of {open} open ones seen",
        all.len(),
        differences.len(),
    );
    let incidents = u32::try_from(all.len()).unwrap();
    let wanted = u32::try_from(wanted).unwrap();
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!([updates, in_order, times, texts, shown, shown_times], [wanted; 6]);
    assert_eq!((pages, days, ends), (incidents, incidents, incidents));
    assert!(seen_open <= open);

    let again = site.candor(&["import", "statuspage", file]).well();
    println!("{again}");
    assert_eq!(site.events().len(), events.len(), "twice adds nothing");
    assert_eq!(site.verified(), u64::try_from(events.len()).unwrap());
}

#[test]
fn an_import_that_is_killed_continues_where_it_was() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    let source = made_up(400);
    let file = site.write("dump.json", &source.to_string());
    let mut heads = Vec::new();
    for round in 1.. {
        let mut import = Command::new(env!("CARGO_BIN_EXE_candor"))
            .args(["import", "statuspage", file.to_str().unwrap()])
            .env_clear()
            .env("CANDOR_DATA_DIR", site.data_dir())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let end = Instant::now() + Duration::from_millis(25 * round);
        let ended = until("the import to end, or its time to come", || {
            let ended = import.try_wait().unwrap();
            (ended.is_some() || Instant::now() > end).then_some(ended)
        });
        if let Some(status) = ended {
            assert!(status.success(), "{status}");
            break;
        }
        import.kill().unwrap();
        import.wait().unwrap();
        heads.push(site.events().len());
    }
    let events = site.events();
    println!(
        "killed {} times, with {heads:?} events in the log; {} at the end",
        heads.len(),
        events.len()
    );
    for (number, (_, its)) in (1_u64..).zip(&incidents(&source)) {
        for update in its {
            let event = event_of(&events, &source, update).unwrap_or_else(|| panic!("{update}"));
            assert_eq!(event["incident"], number, "the numbers are in order");
        }
    }
    assert_eq!(site.verified(), u64::try_from(events.len()).unwrap());
}

#[test]
fn a_later_dump_adds_what_is_new_and_corrects_what_was_rewritten() {
    let site = Installation::new();
    let update = |id: &str, status: &str, minute: u32, body: &str| json!({ "id": id, "status": status, "body": body, "created_at": format!("2026-03-01T10:{minute:02}:00Z") });
    let dump = |updates: &[Value]| {
        let incident = json!({ "id": "i1", "name": "Slow", "impact": "minor", "started_at": "2026-03-01T09:59:00Z", "incident_updates": updates });
        json!({ "page": { "id": "p" }, "incidents": [incident] }).to_string()
    };
    let first = update("u1", "investigating", 0, "We look.");
    let import = |name: &str, updates: &[Value]| {
        let file = site.write(name, &dump(updates));
        let import = ["import", "statuspage", "--create", file.to_str().unwrap()];
        println!("{}", site.candor(&import).well());
        site.events().len()
    };
    assert_eq!(import("a.json", std::slice::from_ref(&first)), 1);
    let said = site
        .candor(&["import", "statuspage", site.folder().join("a.json").to_str().unwrap()])
        .well();
    assert!(said.contains("not over yet: 1") && said.contains("--off"), "{said}");
    assert!(site.candor(&["incident", "list"]).well().contains("Slow"), "it is still open");
    let stock = update("u2", "resolved", 30, "This incident has been resolved.");
    assert_eq!(import("b.json", &[stock, first.clone()]), 2);
    let report = update("u2", "resolved", 30, "On March 1st a disk was full.");
    assert_eq!(import("c.json", &[report.clone(), first.clone()]), 3);
    assert_eq!(import("c.json", &[report.clone(), first.clone()]), 3, "once");
    let shown = site.candor(&["incident", "show", "1"]).well();
    assert!(shown.contains("a disk was full") && shown.contains("resolved"), "{shown}");
    let later = update("u3", "postmortem", 50, "We learned.");
    assert_eq!(import("d.json", &[later, report, first]), 4);
}

#[test]
fn updates_not_tried_are_not_counted_as_present_and_a_foreign_document_costs_no_other() {
    let site = Installation::new();
    // An incident of the future can't be opened, so its other update isn't tried.
    let at = "2099-03-01T10:00:00Z";
    let odd = json!({
        "id": "i2", "name": "Later", "impact": "minor", "started_at": at, "incident_updates": [
            { "id": "i2u2", "status": "monitoring", "body": "Words.", "created_at": at },
            { "id": "i2u1", "status": "investigating", "body": "Words.", "created_at": at },
        ],
    });
    let fine = json!({
        "id": "i1", "name": "Slow", "impact": "minor", "started_at": "2026-03-01T09:59:00Z",
        "incident_updates": [{ "id": "i1u1", "status": "resolved", "body": "Words.", "created_at": "2026-03-01T10:30:00Z" }],
    });
    let folder = site.folder().join("dump");
    fs::create_dir(&folder).unwrap();
    let document =
        json!({ "page": { "id": "p" }, "incidents": [fine], "scheduled_maintenances": [odd] });
    fs::write(folder.join("all.json"), document.to_string()).unwrap();
    fs::write(folder.join("components.json"), r#"{"components": []}"#).unwrap();
    let import = ["import", "statuspage", "--create", folder.to_str().unwrap()];
    let said = site.candor(&import);
    assert_eq!(said.status.code(), Some(1), "{said:?}");
    let rows = |row: &str| {
        let line = said.stdout.lines().find(|line| line.starts_with(row)).unwrap_or_default();
        line.trim_start_matches(row).split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows("read"), ["2", "3"], "{said:?}");
    assert_eq!(rows("new"), ["1", "1"], "{said:?}");
    assert_eq!(rows("there already"), ["0", "0"], "{said:?}");
    assert_eq!((rows("refused"), rows("not tried")), (vec!["1".to_owned()], vec!["1".to_owned()]));
    assert!(said.stdout.contains("components.json: this is no list"), "{said:?}");
}

#[test]
fn an_import_of_which_everything_was_refused_is_a_refusal() {
    let site = Installation::new();
    let incident = |id: &str, impact: &str| json!({ "id": id, "name": "Slow", "impact": impact, "started_at": "2026-03-01T09:59:00Z", "incident_updates": [{ "id": id, "status": "resolved", "body": "Over.", "created_at": "2026-03-01T10:00:00Z" }] });
    let import = |incidents: &[Value]| {
        let document = json!({ "page": { "id": "p" }, "incidents": incidents });
        let file = site.write("dump.json", &document.to_string());
        site.candor(&["import", "statuspage", "--create", file.to_str().unwrap()])
    };
    let unknown = incident("i1", "devastating");
    let sentence = import(std::slice::from_ref(&unknown)).failed(3);
    assert!(sentence.contains("nothing was imported"), "{sentence}");
    let said = import(&[unknown, incident("i2", "minor")]);
    assert!(said.stdout.contains("refused: ") && said.stdout.contains("devastating"), "{said:?}");
    let sentence = said.failed(1);
    assert!(sentence.contains("1 of it could not be taken"), "{sentence}");
    assert_eq!(site.verified(), 1, "the other one was taken");
}
