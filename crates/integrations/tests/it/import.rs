//! Imported histories: odd ones are taken as they are, and one that can't be taken refuses itself alone.

use candor_core::{
    Severity, Status,
    replay::{History, ImportedChange},
};
use candor_integrations::import::{ImportDocument, ImportedPage, statuspage};
use candor_testkit::endpoint::{Endpoint, FakeReply};
use serde_json::{Value, json};

fn update(id: &str, status: &str, at: &str, body: &str) -> Value {
    json!({ "id": id, "status": status, "body": body, "created_at": at, "display_at": at, "affected_components": null })
}

/// An incident as the vendor documents it, its updates newest first.
fn incident(id: &str, name: &str, impact: &str, begin: &str, updates: &[Value]) -> Value {
    json!({
        "id": id, "name": name, "status": "resolved", "impact": impact, "page_id": "page1", "shortlink": "https://stspg.io/x",
        "created_at": begin, "updated_at": begin, "started_at": begin, "resolved_at": null, "monitoring_at": null,
        "components": [], "incident_updates": updates,
    })
}

fn page(incidents: &[Value]) -> Value {
    json!({ "page": { "id": "page1", "name": "Acme", "url": "https://status.example.org" }, "incidents": incidents })
}

fn file(name: &str, document: &Value) -> ImportDocument {
    ImportDocument { name: name.to_owned(), body: document.to_string().into_bytes(), named: true }
}

fn read(documents: &[Value]) -> ImportedPage {
    let names = ["a.json", "b.json"];
    let documents: Vec<_> = names.iter().zip(documents).map(|(n, d)| file(n, d)).collect();
    statuspage::read(&documents).unwrap()
}

fn turns(history: &History) -> Vec<(ImportedChange, &str)> {
    let text = |chapter: &candor_core::replay::ImportedUpdate| {
        chapter.text.as_ref().map_or("", |text| text.as_str().to_owned().leak())
    };
    history.updates.iter().map(|chapter| (chapter.change, text(chapter))).collect()
}

#[test]
fn an_incident_is_read_with_its_updates_oldest_first_and_equal_times_in_their_order() {
    let at = "2024-09-16T21:31:02.719Z";
    let dump = read(&[page(&[incident(
        "i1",
        "Incident with Pages",
        "major",
        "2024-09-16T21:00:00Z",
        &[
            update("u5", "postmortem", "2024-09-20T00:00:00Z", "We learned."),
            update("u4", "resolved", "2024-09-16T22:08:39.349Z", "Over."),
            update("u3", "monitoring", at, "Third.<br />With a line."),
            update("u2", "identified", at, "Second."),
            update("u1", "investigating", at, "  First.\r\n\r\n* a\r\n* b  "),
        ],
    )])]);
    let [history] = &dump.histories[..] else { panic!("{dump:?}") };
    assert_eq!((history.severity, history.window), (Severity::Partial, None));
    assert_eq!(
        turns(history),
        [
            (ImportedChange::To(Status::Confirmed), "First.\n\n* a\n* b"),
            (ImportedChange::To(Status::Confirmed), "**Identified** - Second."),
            (ImportedChange::To(Status::Watching), "Third.\nWith a line."),
            (ImportedChange::To(Status::Resolved), "Over."),
            (ImportedChange::Postmortem, "We learned."),
        ]
    );
    assert_eq!(history.updates[0].key, "page1:u1");
    assert_eq!(history.updates[0].at.to_string(), "2024-09-16T21:31:02.719Z");
    assert!(dump.refused.is_empty() && dump.notes.is_empty(), "{dump:?}");
}

#[test]
fn a_maintenance_has_its_window() {
    let mut planned = incident(
        "m1",
        "Upgrade",
        "maintenance",
        "2024-09-01T00:00:00Z",
        &[
            update("v2", "In progress", "2024-09-10T02:00:00Z", "Now."),
            update("v1", "scheduled", "2024-09-01T00:00:00Z", "Soon."),
        ],
    );
    planned["status"] = json!("in_progress");
    planned["scheduled_for"] = json!("2024-09-10T02:00:00Z");
    planned["scheduled_until"] = json!("2024-09-10T04:00:00Z");
    let summary =
        json!({ "page": { "id": "page1" }, "incidents": [], "scheduled_maintenances": [planned] });
    let dump = read(&[summary]);
    let window = dump.histories[0].window.unwrap();
    assert_eq!(window.starts_at.to_string(), "2024-09-10T02:00:00Z");
    assert_eq!(window.ends_at.to_string(), "2024-09-10T04:00:00Z");
    let [soon, now] = [
        (ImportedChange::To(Status::Planned), "Soon."),
        (ImportedChange::To(Status::Confirmed), "Now."),
    ];
    assert_eq!(turns(&dump.histories[0]), [soon, now]);
}

#[test]
fn an_incident_in_two_documents_is_imported_once_with_all_details() {
    let first = update("u1", "investigating", "2024-01-01T00:00:00Z", "First.");
    let second = update("u2", "resolved", "2024-01-01T01:00:00Z", "Second.");
    let begin = "2024-01-01T00:00:00Z";
    let of = |updates: &[Value]| incident("i1", "Slow", "none", begin, updates);
    let older = incident("i0", "Older", "critical", "2023-01-01T00:00:00Z", &[]);
    let dump = read(&[
        page(&[of(std::slice::from_ref(&first))]),
        page(&[of(&[second, first]), older.clone()]),
    ]);
    let names: Vec<_> = dump.histories.iter().map(|history| history.title.as_str()).collect();
    assert_eq!(names, ["Older", "Slow"], "in the order in which they began");
    assert_eq!(dump.histories[1].updates.len(), 2);
    // The page's own program gives a bare list, and each incident its page.
    assert_eq!(read(&[json!([older])]).histories[0].key, "page1:i0");
}

#[test]
fn an_odd_incident_is_imported_or_refused_alone() {
    let begin = "2024-01-01T00:00:00Z";
    let ok = || vec![update("u1", "investigating", begin, "We look.")];
    let long = "Ä".repeat(400);
    let mut titles = page(&[
        incident("a", &long, "none", begin, &ok()),
        incident("b", "  ", "none", begin, &ok()),
        incident("c", "Odd impact", "apocalyptic", begin, &ok()),
        incident("d", "Odd status", "none", begin, &[update("u2", "vanished", begin, "x")]),
        incident(
            "e",
            "Too long",
            "none",
            begin,
            &[update("u3", "resolved", begin, &"x".repeat(70_000))],
        ),
        incident(
            "f",
            "Long",
            "none",
            begin,
            &[update("u4", "resolved", begin, &"x".repeat(8_412))],
        ),
        incident("g", "No words", "none", begin, &[update("u5", "resolved", begin, "")]),
        incident("h", "Controls", "none", begin, &[update("u6", "resolved", begin, "a\u{7}b")]),
        json!({ "id": 7, "name": "A number for an id" }),
        json!("not even an object"),
    ]);
    titles["incidents"][6].as_object_mut().unwrap().remove("impact");
    let dump = read(&[titles]);
    let refused: Vec<_> = dump.refused.iter().map(|refused| refused.what.as_str()).collect();
    assert_eq!(
        refused,
        [
            "A number for an id (a.json)",
            "an incident without a name (a.json)",
            "   (a.json)",
            "Odd impact (a.json)",
            "Odd status (a.json)",
            "Too long (a.json)"
        ]
    );
    assert_eq!(dump.histories.len(), 4);
    assert_eq!(dump.histories[0].title.as_str().chars().count(), 200);
    assert_eq!(dump.histories[1].updates[0].text.as_ref().unwrap().as_str().len(), 8_412);
    assert_eq!(dump.histories[2].updates[0].text, None);
    assert_eq!(dump.notes.len(), 2, "{:?}", dump.notes);
}

#[test]
fn a_document_of_another_kind_is_refused() {
    for wrong in ["", "{}", "[1", "7", "<html>", r#"{"incidents": {}}"#] {
        let document =
            ImportDocument { name: "odd.json".to_owned(), body: wrong.into(), named: true };
        let why = statuspage::read(&[document]).unwrap_err().to_string();
        assert!(why.starts_with("odd.json: this is no "), "{wrong}: {why}");
    }
    let other = json!({ "page": { "id": "page2" }, "incidents": [incident("i", "x", "none", "2024-01-01T00:00:00Z", &[])] });
    let here = page(&[incident("j", "y", "none", "2024-01-01T00:00:00Z", &[])]);
    let why = statuspage::read(&[file("here.json", &here), file("other.json", &other)]);
    assert_eq!(
        why.unwrap_err().to_string(),
        "here.json and other.json are documents of different pages"
    );
}

#[test]
fn a_foreign_document_costs_no_other_and_is_refused_only_if_somebody_named_it() {
    let ours = file("ours.json", &page(&[incident("i", "x", "none", "2024-01-01T00:00:00Z", &[])]));
    let foreign = |name: &str, body: &str, named| ImportDocument {
        name: name.to_owned(),
        body: body.into(),
        named,
    };
    let found = foreign("components.json", r#"{"components": []}"#, false);
    let dump = statuspage::read(&[found.clone(), ours.clone()]).unwrap();
    assert_eq!((dump.histories.len(), dump.refused.len(), dump.notes.len()), (1, 0, 1), "{dump:?}");
    assert!(dump.notes[0].starts_with("components.json: this is no list"), "{dump:?}");
    // A document that was cut off may have been ours.
    let cut = foreign("incidents.json", r#"{"page": {"id":"#, false);
    let named = ImportDocument { named: true, ..found.clone() };
    let dump = statuspage::read(&[ours, cut, named]).unwrap();
    let refused: Vec<_> = dump.refused.iter().map(|refused| refused.what.as_str()).collect();
    assert_eq!((dump.histories.len(), refused), (1, vec!["incidents.json", "components.json"]));
    let why = statuspage::read(&[found]).unwrap_err().to_string();
    assert!(why.starts_with("components.json: "), "{why}");
}

#[test]
fn a_broken_part_of_a_document_costs_only_itself() {
    let begin = "2024-01-01T00:00:00Z";
    let text = page(&[incident("i", "Cut X", "none", begin, &[])]).to_string();
    let body = ["\u{feff}".as_bytes(), text.replace('X', r"\ud83d").as_bytes()].concat();
    let dump = statuspage::read(&[ImportDocument { name: "a.json".to_owned(), body, named: true }])
        .unwrap();
    assert_eq!(dump.histories[0].title.as_str(), "Cut \u{fffd}");
}

/// An incident whose document says `status` and `resolved_at` of it, with updates of these statuses on the hour.
fn document_says(status: &str, resolved_at: Option<&str>, updates: &[&str]) -> Value {
    let at = |hour: usize| format!("2024-01-01T{hour:02}:00:00Z");
    let updates = updates.iter().enumerate().rev();
    let updates: Vec<_> =
        updates.map(|(n, status)| update(&format!("u{n}"), status, &at(n), "Words.")).collect();
    let mut said = incident("i1", "Slow", "minor", &at(0), &updates);
    said["status"] = json!(status);
    said["resolved_at"] = json!(resolved_at);
    said["updated_at"] = json!("2024-01-02T00:00:00Z");
    said
}

/// What a document says: its status, `resolved_at`, the updates' statuses; what that becomes, and when it ended.
type Case<'a> = (&'a str, Option<&'a str>, &'a [&'a str], &'a [ImportedChange], Option<&'a str>);

#[test]
fn the_incidents_own_fields_win_over_its_updates() {
    let end = "2024-01-01T05:00:00Z";
    let (confirmed, watching) =
        (ImportedChange::To(Status::Confirmed), ImportedChange::To(Status::Watching));
    let resolved = ImportedChange::To(Status::Resolved);
    let cases: &[Case<'_>] = &[
        // The last update says something else.
        (
            "resolved",
            Some(end),
            &["investigating", "monitoring"],
            &[confirmed, watching, resolved],
            Some(end),
        ),
        (
            "resolved",
            None,
            &["investigating"],
            &[confirmed, resolved],
            Some("2024-01-01T00:00:00Z"),
        ),
        (
            "postmortem",
            Some(end),
            &["investigating", "update"],
            &[confirmed, ImportedChange::None, resolved],
            Some(end),
        ),
        ("", Some(end), &["investigating"], &[confirmed, resolved], Some(end)),
        ("vanished", Some(end), &["investigating"], &[confirmed, resolved], Some(end)),
        ("resolved", Some(end), &[], &[resolved], Some(end)),
        // It was over before the last update.
        (
            "resolved",
            Some("2024-01-01T00:30:00Z"),
            &["investigating", "monitoring"],
            &[confirmed, resolved, ImportedChange::None],
            Some("2024-01-01T00:30:00Z"),
        ),
        (
            "resolved",
            Some("2024-01-01T01:00:00Z"),
            &["investigating", "resolved", "monitoring"],
            &[confirmed, resolved, ImportedChange::None],
            Some("2024-01-01T01:00:00Z"),
        ),
        // The updates say it themselves.
        (
            "resolved",
            Some("2024-01-01T00:59:59Z"),
            &["investigating", "resolved"],
            &[confirmed, resolved],
            Some("2024-01-01T01:00:00Z"),
        ),
        (
            "resolved",
            Some("2024-01-01T03:00:00Z"),
            &["investigating", "resolved", "investigating", "resolved"],
            &[confirmed, resolved, confirmed, resolved],
            Some("2024-01-01T03:00:00Z"),
        ),
        // It goes on, whatever they say.
        (
            "investigating",
            None,
            &["investigating", "resolved"],
            &[confirmed, resolved, confirmed],
            None,
        ),
        ("monitoring", Some(end), &["investigating"], &[confirmed, watching], None),
        ("identified", None, &["investigating"], &[confirmed], None),
    ];
    for (status, resolved_at, updates, turns, end) in cases {
        let shown = format!("{status} {resolved_at:?} {updates:?}");
        let dump = read(&[page(&[document_says(status, *resolved_at, updates)])]);
        let [history] = &dump.histories[..] else { panic!("{shown}: {dump:?}") };
        let became: Vec<_> = history.updates.iter().map(|chapter| chapter.change).collect();
        assert_eq!(became, *turns, "{shown}");
        let closed = history.updates.iter().rfind(|chapter| chapter.change == resolved);
        let closed = closed.filter(|_| end.is_some()).map(|chapter| chapter.at.to_string());
        assert_eq!(closed.as_deref(), *end, "{shown}");
    }
}

#[test]
fn planned_work_that_is_completed_is_over_when_its_window_was() {
    let mut planned = document_says("completed", None, &["scheduled", "in_progress"]);
    planned["scheduled_for"] = json!("2024-01-01T01:00:00Z");
    planned["scheduled_until"] = json!("2024-01-01T04:00:00Z");
    let dump = read(&[json!({ "scheduled_maintenances": [planned] })]);
    let last = dump.histories[0].updates.last().unwrap();
    let end = (ImportedChange::To(Status::Resolved), "2024-01-01T04:00:00Z".parse().unwrap());
    assert_eq!((last.change, last.at), end);
}

#[test]
fn the_later_document_of_an_incident_wins() {
    let older = document_says("investigating", None, &["investigating"]);
    let mut newer = document_says("resolved", Some("2024-01-01T00:30:00Z"), &["investigating"]);
    newer["updated_at"] = json!("2024-01-03T00:00:00Z");
    for documents in [[older.clone(), newer.clone()], [newer, older]] {
        let dump = read(&documents.map(|document| page(&[document])));
        let turns: Vec<_> =
            dump.histories[0].updates.iter().map(|chapter| chapter.change).collect();
        assert_eq!(
            turns,
            [ImportedChange::To(Status::Confirmed), ImportedChange::To(Status::Resolved)]
        );
    }
}

#[test]
fn an_identified_cause_is_mentioned_once() {
    let statuses = ["investigating", "identified", "identified", "monitoring", "Identified"];
    let dump = read(&[page(&[document_says("identified", None, &statuses)])]);
    let texts: Vec<_> = turns(&dump.histories[0]).into_iter().map(|(_, text)| text).collect();
    let identified = "**Identified** - Words.";
    assert_eq!(texts, ["Words.", identified, "Words.", "Words.", identified]);
}

#[tokio::test]
async fn a_page_is_read_from_its_address() {
    let none = json!({ "page": { "id": "page1" }, "scheduled_maintenances": [] });
    let one = page(&[incident("i1", "Slow", "minor", "2024-01-01T00:00:00Z", &[])]);
    for given in ["", "/", "/api/v2/summary.json?x=y"] {
        let documents = [one.to_string(), none.to_string()];
        let page = Endpoint::start(move |asked, _| {
            let incidents = asked.path == "/api/v2/incidents.json";
            FakeReply::Says(200, String::new(), documents[usize::from(!incidents)].clone())
        });
        let documents = statuspage::fetch(&page.url(given)).await.unwrap();
        assert_eq!(statuspage::read(&documents).unwrap().histories.len(), 1);
        let asked = page.posted().into_iter().map(|asked| asked.method + " " + &asked.path);
        let wanted = ["GET /api/v2/incidents.json", "GET /api/v2/scheduled-maintenances.json"];
        assert_eq!(asked.collect::<Vec<_>>(), wanted);
    }
    let moved = Endpoint::start(|_, _| {
        FakeReply::Says(302, "location: http://127.0.0.1:1/\r\n".to_owned(), String::new())
    });
    let why = statuspage::fetch(&moved.url("")).await.unwrap_err().to_string();
    assert!(why.contains("302"), "{why}");
    for wrong in ["http://status.example.org", "ftp://127.0.0.1", "https://", "status"] {
        assert!(statuspage::fetch(wrong).await.is_err(), "{wrong}");
    }
}
