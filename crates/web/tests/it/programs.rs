//! What other programs read: feeds, calendars, Statuspage's API, badges and widgets.

use std::collections::BTreeSet;

use candor_core::{Command, IncidentAction, MaintenancePlan, Notify, Severity, Window};
use candor_testkit::story::{self, raise_with_message};
use jiff::{Timestamp, ToSpan as _};
use serde_json::Value;

use crate::{
    client::get,
    test_server::{TestServer, declare, number, update},
};

const FEEDS: [&str; 5] = ["/feed/atom", "/feed/rss", "/feed/json", "/history.atom", "/history.rss"];
const STATUSPAGE: [&str; 8] = [
    "/api/v2/summary.json",
    "/api/v2/status.json",
    "/api/v2/components.json",
    "/api/v2/incidents.json",
    "/api/v2/incidents/unresolved.json",
    "/api/v2/scheduled-maintenances.json",
    "/api/v2/scheduled-maintenances/upcoming.json",
    "/api/v2/scheduled-maintenances/active.json",
];

pub(crate) fn plan(words: &str) -> Command {
    let starts_at = Timestamp::now() + 24.hours();
    Command::PlanMaintenance(MaintenancePlan {
        title: story::title(words),
        text: Some(story::text("Read-only, for a while")),
        auto_start: false,
        auto_end: false,
        ..story::maintenance_in(Window { starts_at, ends_at: starts_at + 1.hour() })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_and_documents_omit_unconfirmed_incidents() {
    let server = TestServer::new().await;
    server.run(raise_with_message("one", "Checkout is on fire")).await;
    assert!(server.get("/").await.text().contains("might be having issues"));
    for path in FEEDS.into_iter().chain(STATUSPAGE).chain(["/widget.json", "/calendar.ics"]) {
        let answer_text = server.get(path).await.text().to_lowercase();
        for word in ["suspect", "possible", "might", "on fire", "inc000", "incident/1"] {
            assert!(!answer_text.contains(word), "{path} says {word:?}: {answer_text}");
        }
    }
    let summary = server.get("/api/v2/summary.json").await.json();
    assert_eq!(summary["status"]["indicator"], "none");
}

#[tokio::test(flavor = "multi_thread")]
async fn updated_feed_entry_keeps_its_id_and_moves_to_the_top() {
    let server = TestServer::new().await;
    server.run(declare("First <b>", Severity::Partial)).await;
    server.run(declare("Second", Severity::Bug)).await;
    let items = || async {
        let feed = server.get("/feed/json").await.json();
        let items = feed["items"].as_array().unwrap().clone();
        items.into_iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let before = items().await;
    assert_eq!(before.len(), 2);
    assert!(before[0].starts_with("tag:") && before[0].ends_with(",2026:incident/2"));
    server.run(update(1, "It is the storage. \u{b}\u{7f}1 < 2 & 3")).await;
    let after = items().await;
    assert_eq!(after, [before[1].clone(), before[0].clone()]);
    for path in FEEDS {
        let answer = server.get(path).await;
        let feed = answer.text();
        assert!(feed.contains("It is the storage."), "{path}");
        assert!(!feed.contains('\u{b}'), "{path}");
        if path != "/feed/json" {
            assert!(feed.contains("First &lt;b&gt;") && !feed.contains("<b>"), "{path}: {feed}");
        }
        let tag = answer.header("etag").unwrap();
        let again = get(path).header("If-None-Match", tag).send_to(server.address).await;
        assert_eq!(again.status, 304, "{path}");
    }
    let history = server.get("/history.atom").await.text();
    let form =
        "</var> UTC&lt;/small&gt;&lt;br /&gt;&lt;strong&gt;Update&lt;/strong&gt; - It is the";
    assert!(history.contains("&lt;p&gt;&lt;small&gt;") && !history.contains("<var"));
    assert!(history.contains(&form.replace("</var>", "&lt;/var&gt;")), "{history}");
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_state_last_modified_and_language() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    // `Last-Modified` is only sent once its second is over.
    let dated = loop {
        let answer = server.get("/feed/atom").await;
        if let Some(date) = answer.header("last-modified") {
            break date.to_owned();
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    let since =
        |date: &str| get("/feed/atom").header("If-Modified-Since", date).send_to(server.address);
    assert_eq!(since(&dated).await.status, 304);
    assert_eq!(since("Sat, 21 Nov 2015 14:05:00 GMT").await.status, 200);
    assert_eq!(since("yesterday").await.status, 200);
    for (path, kind, language) in [
        ("/feed/atom", "application/atom+xml; charset=utf-8", "xml:lang=\"en\""),
        ("/de/feed/atom", "application/atom+xml; charset=utf-8", "xml:lang=\"de\""),
        ("/fr/feed/rss", "application/rss+xml; charset=utf-8", "<language>fr</language>"),
        ("/ja/feed/json", "application/feed+json", "\"language\":\"ja\""),
    ] {
        let answer = get(path).header("Accept-Language", "nl").send_to(server.address).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        assert!(answer.text().contains(language), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn canceled_maintenance_stays_in_the_calendar() {
    let server = TestServer::new().await;
    server.run(plan("Upgrade, phase 2")).await;
    let file = || server.get("/calendar/1.ics");
    let first = file().await;
    assert_eq!(first.header("content-type"), Some("text/calendar; charset=utf-8"));
    let has = |text: &str, lines: &[&str]| {
        for line in lines {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in {text}");
        }
    };
    has(
        &first.text(),
        &["SEQUENCE:0", "STATUS:CONFIRMED", "SUMMARY:Acme Tickets: Upgrade\\, phase 2"],
    );
    let incident = number(1);
    let board = server.get("/api/v1/board.json").await.json();
    let path = board["planned"][0]["path"].as_str().unwrap();
    let page = server.get(path).await.text();
    assert!(page.contains("Get updates on this maintenance"), "it is no incident");
    let starts_at = Timestamp::now() + 48.hours();
    let window = Window { starts_at, ends_at: starts_at + 1.hour() };
    server
        .run(
            IncidentAction::RescheduleMaintenance { window, text: None, notify: Notify::Default }
                .on(incident),
        )
        .await;
    has(&file().await.text(), &["SEQUENCE:1", "STATUS:CONFIRMED"]);
    server
        .run(IncidentAction::CancelMaintenance { text: None, notify: Notify::Default }.on(incident))
        .await;
    has(&file().await.text(), &["SEQUENCE:2", "STATUS:CANCELLED"]);
    has(&server.get("/calendar.ics").await.text(), &["SEQUENCE:2", "STATUS:CANCELLED"]);
    server.run(declare("Not planned", Severity::Bug)).await;
    for nothing in ["/calendar/2.ics", "/calendar/3.ics", "/calendar/01.ics", "/calendar/x.ics"] {
        assert_eq!(server.get(nothing).await.status, 404, "{nothing}");
    }
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn statuspage_documents_have_the_known_shape() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    server.run(plan("Upgrade")).await;
    server.run(plan("Under way")).await;
    server
        .run(IncidentAction::StartMaintenance { text: None, notify: Notify::Default }.on(number(3)))
        .await;
    server.run(raise_with_message("one", "Joins the open one")).await;
    let component = [
        "created_at",
        "description",
        "group",
        "group_id",
        "id",
        "name",
        "only_show_if_degraded",
        "page_id",
        "position",
        "showcase",
        "start_date",
        "status",
        "updated_at",
    ];
    let incident = [
        "components",
        "created_at",
        "id",
        "impact",
        "incident_updates",
        "monitoring_at",
        "name",
        "page_id",
        "reminder_intervals",
        "resolved_at",
        "shortlink",
        "started_at",
        "status",
        "updated_at",
    ];
    let maintenance: BTreeSet<&str> =
        incident.iter().copied().chain(["scheduled_for", "scheduled_until"]).collect();
    let an_update = [
        "affected_components",
        "body",
        "created_at",
        "custom_tweet",
        "deliver_notifications",
        "display_at",
        "id",
        "incident_id",
        "status",
        "tweet_id",
        "updated_at",
    ];
    let mut counts = Vec::new();
    for (path, parts) in STATUSPAGE.iter().zip([
        &["components", "incidents", "page", "scheduled_maintenances", "status"][..],
        &["page", "status"],
        &["components", "page"],
        &["incidents", "page"],
        &["incidents", "page"],
        &["page", "scheduled_maintenances"],
        &["page", "scheduled_maintenances"],
        &["page", "scheduled_maintenances"],
    ]) {
        let answer = server.get(path).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        let document = answer.json();
        assert_eq!(keys(&document), parts, "{path}");
        assert_eq!(
            keys(&document["page"]),
            ["id", "name", "time_zone", "timezone", "updated_at", "url"]
        );
        let list = |name: &str| document[name].as_array().cloned().unwrap_or_default();
        for one in list("components") {
            assert_eq!(keys(&one), component);
        }
        for one in list("incidents") {
            assert_eq!(keys(&one), incident, "{path}");
        }
        for one in list("scheduled_maintenances") {
            assert_eq!(keys(&one).into_iter().collect::<BTreeSet<_>>(), maintenance, "{path}");
            assert_eq!(one["impact"], "maintenance");
        }
        for one in list("incidents").into_iter().chain(list("scheduled_maintenances")) {
            assert_eq!(one["id"].as_str().unwrap().len(), 12);
            assert_eq!(one["components"].as_array().unwrap().len(), 1);
            for answer_text in one["incident_updates"].as_array().unwrap() {
                assert_eq!(keys(answer_text), an_update);
                assert_eq!(
                    keys(&answer_text["affected_components"][0]),
                    ["code", "name", "new_status", "old_status"]
                );
            }
        }
        counts.push((
            path.trim_start_matches("/api/v2/"),
            list("incidents").len(),
            list("scheduled_maintenances").len(),
        ));
    }
    for (path, incidents, maintenances) in &counts {
        println!("{path:<40} incidents {incidents}  maintenances {maintenances}");
    }
    let numbers: Vec<_> = counts.iter().map(|(_, one, other)| (*one, *other)).collect();
    assert_eq!(numbers, [(1, 2), (0, 0), (0, 0), (1, 0), (1, 0), (0, 2), (0, 1), (0, 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_badges_embeds_and_widgets_may_be_used_on_other_sites() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let badge = server.get("/badge.svg").await;
    assert_eq!(badge.header("content-type"), Some("image/svg+xml"));
    assert!(badge.text().contains("<title>Acme Tickets: Partial outage</title>"));
    for query in ["?style=flat", "?style=unknown", "?x=1&cache=0815", "?"] {
        let same = server.get(&format!("/badge.svg{query}")).await;
        assert_eq!(same.header("etag"), badge.header("etag"), "{query}");
    }
    let square = server.get("/badge.svg?style=flat-square").await;
    assert_ne!(square.header("etag"), badge.header("etag"));
    assert_eq!(server.get("/badge/flat-square.svg").await.body, square.body);
    for nothing in ["/badge/unknown.svg", "/badge/flat.svg", "/badge/../x.svg"] {
        assert_eq!(server.get(nothing).await.status, 404, "{nothing}");
    }
    for path in [
        "/badge.svg",
        "/badge/plastic.svg",
        "/de/badge.svg",
        "/widget.js",
        "/widget.json",
        "/de/widget.json",
        "/embed",
        "/de/embed",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"), "{path}");
        let framed = path.ends_with("/embed");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            (!framed).then_some("*"),
            "{path}"
        );
        let policy = answer.header("content-security-policy").unwrap();
        assert_eq!(policy.contains("frame-ancestors *"), framed, "{path}");
    }
    for path in ["/", "/integrate", "/embedded", "/widgets"] {
        let answer = server.get(path).await;
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{path}");
    }
    let script = server.get("/widget.js").await;
    println!("widget.js: {} bytes", script.body.len());
    assert!(script.body.len() < 4096);
    let widget = server.get("/widget.json").await.json();
    assert_eq!((&widget["confirmed"], &widget["headline"]), (&true.into(), &"partial".into()));
    assert_eq!(widget["says"]["title"], "The shop is slow");
    let page = server.get("/integrate").await.text();
    for code in [
        "&lt;iframe src=&quot;https://status.example.org/",
        "/widget.js&quot;",
        "status-note",
        "/feed/json",
    ] {
        assert!(page.contains(code), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn history_feed_matches_statuspage() {
    let server = TestServer::new().await;
    for number in 0..26 {
        server.run(declare(&format!("Incident {number}"), Severity::Bug)).await;
    }
    server.run(update(26, "It is the storage.")).await;
    let feed = server.get("/history.atom").await.text();
    assert_eq!(feed.matches("<entry>").count(), 25);
    for entry in feed.split("<entry>").skip(1) {
        let within = |tag: &str| {
            let (_, rest) = entry.split_once(&format!("<{tag}>")).unwrap();
            rest.split_once('<').unwrap().0.to_owned()
        };
        assert_eq!(within("published"), within("updated"), "the newest update's time is both");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sitemap_lists_only_confirmed_incidents() {
    let server = TestServer::new().await;
    let robots = server.get("/robots.txt").await.text();
    assert!(robots.ends_with("Sitemap: https://status.example.org/sitemap.xml\n"), "{robots}");
    server.run(raise_with_message("one", "Checkout is on fire")).await;
    server.run(declare("The shop is slow & <b>", Severity::Bug)).await;
    let answer = server.get("/sitemap.xml").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/xml")));
    let sitemap = answer.text();
    let board = server.get("/api/v1/board.json").await.json();
    let paths: Vec<_> = board["current"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["path"].as_str().unwrap())
        .collect();
    let named =
        |path: &str| sitemap.contains(&format!("<loc>https://status.example.org{path}</loc>"));
    assert!(named("/") && named("/history"), "{sitemap}");
    let confirmed = paths.iter().filter(|path| named(path)).count();
    assert_eq!((paths.len(), confirmed), (2, 1), "{sitemap}");
    assert!(sitemap.starts_with("<?xml") && sitemap.ends_with("</urlset>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_calendar_is_valid() {
    let server = TestServer::new().await;
    let empty = server.get("/calendar.ics").await.text();
    assert!(
        empty.contains("BEGIN:VTIMEZONE\r\n")
            && empty.contains("END:VTIMEZONE\r\nEND:VCALENDAR\r\n"),
        "{empty}"
    );
    server.run(plan("Upgrade")).await;
    assert!(!server.get("/calendar.ics").await.text().contains("VTIMEZONE"));
}
