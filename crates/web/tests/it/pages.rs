//! Prerendered pages and documents, and those rendered on demand.

use candor_content::link::Links;
use candor_core::{Command, IncidentAction, Notify, Occurrence, Severity, SiteConfigured, Text};
use candor_store::Store;
use jiff::Timestamp;

use crate::{
    client::{TestResponse, get, request},
    programs::plan,
    test_server::{TestServer, database, declare, number, settings, update},
};

#[tokio::test(flavor = "multi_thread")]
async fn incident_is_on_the_front_page_and_has_its_own_page() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let front = server.get("/").await;
    assert_eq!(front.status, 200);
    assert_eq!(front.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(front.text().contains("The shop is slow"));
    let board = server.get("/api/v1/board.json").await.json();
    let path = board["current"][0]["path"].as_str().unwrap().to_owned();
    assert!(front.text().contains(&format!("href=\"/en{path}\"")));
    let page = server.get(&path).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("The shop is slow"));

    server.run(update(1, "It is the storage.")).await;
    assert!(
        server.get(&path).await.text().contains("It is the storage."),
        "a new state forgets old pages"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn permalink_has_one_spelling() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let board = server.get("/api/v1/board.json").await.json();
    let path = board["current"][0]["path"].as_str().unwrap().to_owned();
    let (day, _) = path.rsplit_once('/').unwrap();
    let wrong = [
        "/1999-01-01/1".to_owned(),
        format!("{day}/2"),
        format!("{day}/01"),
        format!("{day}/0"),
        format!("{day}/99999999999999999999"),
        format!("{path}/postmortem"),
        "/2026-13-77/1".to_owned(),
        "/nothing".to_owned(),
        "/%2e%2e/etc/passwd".to_owned(),
        format!("//{path}/"),
    ];
    for path in wrong {
        let answer = server.get(&path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(answer.text().contains("There is nothing at this address."));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn postmortem_has_a_page() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let incident = number(1);
    server
        .run(
            IncidentAction::Resolve { ended_at: None, text: None, notify: Notify::Default }
                .on(incident),
        )
        .await;
    let text = Text::parse("# Why\n\nA disk **failed**.").unwrap();
    server.run(IncidentAction::PublishPostmortem { text }.on(incident)).await;
    let board = server.get("/api/v1/board.json").await.json();
    let path = board["recent"][0]["path"].as_str().unwrap().to_owned();
    let page = server.get(&format!("{path}/postmortem")).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<strong>failed</strong>"));
    assert!(server.get(&path).await.text().contains("/postmortem\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_encoding_has_the_same_content_and_its_own_etag() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    for path in ["/", "/api/v1/board.json", "/api/v2/summary.json"] {
        let plain = server.get(path).await;
        let gzip =
            get(path).header("Accept-Encoding", "gzip, deflate").send_to(server.address).await;
        let brotli = get(path)
            .header("Accept-Encoding", "gzip, deflate, br, zstd")
            .send_to(server.address)
            .await;
        assert_eq!(plain.header("content-encoding"), None);
        assert_eq!(gzip.header("content-encoding"), Some("gzip"));
        assert_eq!(brotli.header("content-encoding"), Some("br"));
        assert_eq!(plain.plain(), gzip.plain());
        assert_eq!(plain.plain(), brotli.plain());
        let mut tags = [&plain, &gzip, &brotli]
            .map(|answer| answer.header("etag").unwrap().to_owned())
            .to_vec();
        tags.dedup();
        assert_eq!(tags.len(), 3, "a strong tag names one sequence of bytes: {tags:?}");
        for answer in [&plain, &gzip, &brotli] {
            let by_language = if path == "/" { ", Accept-Language" } else { "" };
            let vary = format!("Accept-Encoding{by_language}");
            assert_eq!(answer.header("vary"), Some(vary.as_str()), "{path}");
            assert_eq!(
                answer.header("cache-control"),
                Some(
                    "public, max-age=5, s-maxage=10, stale-while-revalidate=15, stale-if-error=86400"
                )
            );
            assert!(answer.header("set-cookie").is_none());
        }
        assert!(brotli.body.len() < plain.body.len());
        for refused in ["br;q=0, gzip;q=0", "identity", "zstd", "", "*;q=0"] {
            let answer = get(path).header("Accept-Encoding", refused).send_to(server.address).await;
            assert_eq!(answer.header("content-encoding"), None, "{refused:?}");
        }
        for taken in ["*", "br;q=0.1", "BR", "deflate;q=0.5, br;q=1.0"] {
            let answer = get(path).header("Accept-Encoding", taken).send_to(server.address).await;
            assert_eq!(answer.header("content-encoding"), Some("br"), "{taken:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn client_that_has_the_page_gets_304() {
    // The front page shows the minute of rendering.
    const PAGE: &str = "/history";
    let server = TestServer::new().await;
    let front = server.get(PAGE).await;
    let tag = front.header("etag").unwrap().to_owned();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let answer = get(PAGE).header("If-None-Match", &known).send_to(server.address).await;
        assert_eq!(answer.status, 304, "{known}");
        assert!(answer.body.is_empty());
        assert_eq!(answer.header("etag"), Some(tag.as_str()));
        assert!(answer.header("cache-control").is_some() && answer.header("vary").is_some());
    }
    for unknown in ["\"other\"", "", "garbage"] {
        let answer = get(PAGE).header("If-None-Match", unknown).send_to(server.address).await;
        assert_eq!(answer.status, 200, "{unknown:?}");
    }
    let brotli = get(PAGE)
        .header("If-None-Match", &tag)
        .header("Accept-Encoding", "br")
        .send_to(server.address)
        .await;
    assert_eq!(brotli.status, 200, "the tag of one encoding doesn't vouch for another");

    server.run(declare("The shop is slow", Severity::Partial)).await;
    let answer = get(PAGE).header("If-None-Match", &tag).send_to(server.address).await;
    assert_eq!(answer.status, 200, "a new event makes a new page");
}

/// Otherwise, readers of feeds and calendars would show everything as new.
#[tokio::test(flavor = "multi_thread")]
async fn feed_and_calendar_ids_survive_a_new_key_and_site_url() {
    let ids = async |server: &TestServer| {
        let mut ids = Vec::new();
        for (path, begin, end) in
            [("/feed/atom", "<id>", "</id>"), ("/calendar.ics", "UID:", "\r\n")]
        {
            let answer_text = server.get(path).await.text();
            let found =
                answer_text.split(begin).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0));
            ids.extend(found.map(str::to_owned));
        }
        ids
    };
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    server.run(plan("Storage")).await;
    let before = ids(&server).await;
    let log_id = server.store.snapshot().borrow().log_id().unwrap().to_owned();
    let folder = server.close().await;

    let url = "https://another.example.org".to_owned();
    let mut settings = settings(folder.path());
    settings.links = Links::new(&url, &[9; 32]).unwrap();
    settings.site_url = url;
    let store = Store::open(&format!("sqlite:{}", database(folder.path()).display())).unwrap();
    store.follow();
    let server = TestServer::open(folder, store, settings);
    server.until("/healthcheck/", |answer| answer.status == 200).await;
    assert_eq!(ids(&server).await, before);
    assert!(before.len() >= 3 && before.iter().all(|id| id.contains(&log_id)), "{before:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn head_answers_like_get_without_the_body() {
    let server = TestServer::new().await;
    // Prerendered pages answer GET before the router; HEAD goes through it.
    for path in [
        "/",
        "/history",
        "/de/history",
        "/api/v1/board.json",
        "/api/v2/summary.json",
        "/feed/atom",
        "/history.rss",
        "/calendar.ics",
        "/badge.svg",
        "/badge.svg?style=plastic",
        "/embed",
        "/widget.json",
        "/subscribe",
        "/livez",
        "/favicon.svg",
    ] {
        // The front page shows the minute, which may change in between.
        let (mut got, mut head);
        loop {
            got = server.get(path).await;
            head = request("HEAD", path).send_to(server.address).await;
            if server.get(path).await.body == got.body {
                break;
            }
        }
        assert_eq!(head.status, 200, "{path}");
        assert!(head.body.is_empty(), "{path}");
        let answer_text = |mut answer: TestResponse| {
            answer.headers.retain(|(name, _)| name != "date");
            answer.headers.sort();
            answer.headers
        };
        assert_eq!(answer_text(head), answer_text(got), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn query_string_changes_nothing() {
    let server = TestServer::new().await;
    let plain = server.get("/").await;
    for path in ["/?", "/?cachebuster=1", "/?a=b&c=%00"] {
        let answer = server.get(path).await;
        assert_eq!(
            (answer.status, answer.header("etag"), &answer.body),
            (200, plain.header("etag"), &plain.body)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_use_the_site_url_whatever_the_host_header() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    for path in ["/", "/api/v2/summary.json", "/.well-known/security.txt"] {
        let answer = get(path)
            .header("Host", "evil.example.net")
            .header("X-Forwarded-Host", "evil.example.net")
            .send_to(server.address)
            .await;
        assert_eq!(answer.status, 200);
        assert!(answer.text().contains("https://status.example.org"), "{path}");
        assert!(!answer.text().contains("evil"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn style_sheet_is_immutable_and_served_to_older_pages() {
    let server = TestServer::new().await;
    let front = server.get("/").await.text();
    let begin = front.find("/static/status.").unwrap();
    let path = front[begin..].split('"').next().unwrap();
    let style = server.get(path).await;
    assert_eq!(style.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
    let older = server.get("/static/status.0123456789ab.css").await;
    assert_eq!((older.status, older.header("cache-control")), (200, Some("no-cache")));
    assert_eq!(server.get("/static/other.css").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn site_color_and_logo_change_style_sheet_and_favicon() {
    const DOT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"9\"/></svg>";
    let server = TestServer::new().await;
    let sheet_of = |page: String| {
        let begin = page.find("/static/status.").unwrap();
        page[begin..].split('"').next().unwrap().to_owned()
    };
    let plain = sheet_of(server.get("/").await.text());
    let logo = candor_web::Logo::of_file(DOT.into()).unwrap().to_string();
    let change = SiteConfigured {
        accent: Some("#0a5".to_owned()),
        logo: Some(logo.clone()),
        ..SiteConfigured::default()
    };
    server.run(Command::ConfigureSite(change)).await;
    let front = server.get("/").await.text();
    assert!(front.contains(&format!("<link rel=\"icon\" href=\"{logo}\"")), "{front}");
    let own = sheet_of(front);
    assert_ne!(own, plain);
    let sheet = server.get(&own).await;
    assert_eq!(sheet.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert!(
        sheet.text().contains(&logo)
            && sheet.text().contains("dark) { :root { --accent: #00aa55; }")
    );
    // The older page's style sheet is unchanged, since that name is immutable.
    assert!(!server.get(&plain).await.text().contains(&logo));
    let svg = server.get("/favicon.svg").await;
    assert_eq!((svg.text().as_str(), svg.header("content-type")), (DOT, Some("image/svg+xml")));
    // Clients that request these can't show SVG.
    for (path, kind, begin) in [
        ("/favicon.ico", "image/x-icon", &b"\0\0\x01\0"[..]),
        ("/favicon.png", "image/png", b"\x89PNG\r\n"),
        ("/apple-touch-icon.png", "image/png", b"\x89PNG\r\n"),
    ] {
        let icon = server.get(path).await;
        assert_eq!((icon.status, icon.header("content-type")), (200, Some(kind)), "{path}");
        assert!(icon.body.starts_with(begin), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn same_log_gives_the_same_bytes_on_two_servers() {
    let one = TestServer::new().await;
    one.run(declare("The shop is slow 💥 <b>", Severity::Partial)).await;
    one.run(update(1, "It is the *storage*.")).await;
    one.run(declare("Notice", Severity::Notice)).await;
    let url = format!("sqlite:{}", database(one.folder.path()).display());
    let store = Store::open(&url).unwrap();
    store.follow();
    let folder = tempfile::tempdir().unwrap();
    let settings = settings(folder.path());
    let two = TestServer::open(folder, store, settings);
    two.until("/healthcheck/", |answer| answer.status == 200).await;
    two.shows(3).await;
    for path in ["/api/v1/board.json", "/api/v2/summary.json", "/api/v2/status.json"] {
        let (first, second) = (one.get(path).await, two.get(path).await);
        assert_eq!(first.body, second.body, "{path}");
        assert_eq!(first.header("etag"), second.header("etag"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn page_of_the_past_has_one_address_between_two_events() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let first = server.get("/").await;
    assert!(first.text().contains("The shop is slow"));
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let then = Timestamp::now();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    server.run(update(1, "It is the storage.")).await;
    let path = format!("/de/as-of/{}/", then.strftime("%Y-%m-%dT%H:%M:%SZ"));
    let moved = server.get(&path).await;
    let address = moved.header("location").map_or(path.clone(), str::to_owned);
    let page = server.get(&address).await;
    assert_eq!(page.status, 200, "{address}");
    assert!(page.text().contains("The shop is slow") && page.text().contains("noindex"));
    assert!(!page.text().contains("It is the storage."), "nobody had said so then");
    let again = server.get(&address).await;
    assert_eq!(page.header("etag"), again.header("etag"));
    for path in [
        "/as-of/2020-01-01T00:00Z/",
        "/as-of/2999-01-01T00:00Z/",
        "/as-of/yesterday/",
        "/as-of/",
        &format!("{address}nothing"),
    ] {
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn history_has_one_address_per_year_month_and_day() {
    let server = TestServer::new().await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let today = Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let (year, month) = (today.year(), today.strftime("%Y-%m").to_string());
    for path in [
        "/history".to_owned(),
        format!("/history/{year}"),
        format!("/history/{month}"),
        format!("/{today}"),
    ] {
        let page = server.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("The shop is slow"), "{path}");
    }
    for path in [
        "/history/1999",
        "/history/2999-01",
        "/history/2026-1",
        "/history/26",
        "/2026-02-30",
        "/1999-01-01",
    ] {
        assert_eq!(server.get(path).await.status, 404, "{path}");
    }
}

/// Malicious input, none of which may become a tag, an attribute or a link.
const ODD: [&str; 16] = [
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](https://example.org/\"onmouseover=\"alert(1))",
    "![x](https://example.org/x.png\"onerror=\"alert(1))",
    "<javascript:alert(1)>",
    "[x]: vbscript:x \"onclick=alert(1)\"\n[x]",
    "</title></p></main><iframe src=//evil.example.net>",
    "<style>body{display:none}</style><link rel=stylesheet href=//evil>",
    "\u{202e}gnihtemos <b onclick=x> \u{0} \u{1b}[31m 💥",
];

#[tokio::test(flavor = "multi_thread")]
async fn malicious_text_never_becomes_markup() {
    const TAGS: [&str; 45] = [
        "script",
        "details",
        "summary",
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "a",
        "header",
        "bdi",
        "span",
        "nav",
        "main",
        "section",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "article",
        "svg",
        "circle",
        "path",
        "ol",
        "ul",
        "li",
        "strong",
        "em",
        "time",
        "footer",
        "blockquote",
        "pre",
        "code",
        "br",
        "hr",
        "del",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
    ];
    let server = TestServer::new().await;
    for text in ODD {
        let mut command = declare(text, Severity::Partial);
        if let Command::Declare(declaration) = &mut command {
            declaration.text = Some(Text::parse(text).unwrap());
            declaration.summary = Some(Text::parse(text).unwrap());
        }
        server.run(command).await;
    }
    let board = server.get("/api/v1/board.json").await.json();
    let incidents = board["current"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["path"].as_str().unwrap().to_owned());
    let mut pages = vec!["/".to_owned()];
    pages.extend(incidents);
    assert_eq!(pages.len(), 1 + ODD.len());
    for path in pages {
        let page = server.get(&path).await.text();
        for tag in page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
            let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap();
            let is_ours = tag.starts_with("script src=\"/static/status.") || tag == "/script";
            assert!(name != "script" || is_ours, "{path}: <{tag}>");
            assert!(TAGS.contains(&name.to_ascii_lowercase().as_str()), "{path}: <{tag}>");
            for attribute in tag.split('"').step_by(2).flat_map(str::split_whitespace) {
                assert!(
                    !attribute.starts_with("on") && !attribute.starts_with("style"),
                    "{path}: <{tag}>"
                );
            }
            let target = tag.split("href=\"").nth(1).unwrap_or("/");
            let safe = ["/", "#", "https://", "http://", "mailto:", "data:image/svg+xml,%3Csvg%20"]
                .iter()
                .any(|start| target.starts_with(start));
            assert!(safe, "{path}: <{tag}>");
        }
        assert!(!page.contains(['\u{0}', '\u{1b}']), "{path}");
    }
}

/// The paths of public documents.
const DOCUMENTS: [&str; 18] = [
    "/",
    "/api/v1/board.json",
    "/api/v1/incidents",
    "/api/v1/incidents/1",
    "/api/v1/events",
    "/api/v2/summary.json",
    "/api/v2/status.json",
    "/api/v2/components.json",
    "/api/v2/incidents.json",
    "/feed/atom",
    "/feed/rss",
    "/feed/json",
    "/history.atom",
    "/calendar.ics",
    "/history",
    "/badge.svg",
    "/embed",
    "/widget.json",
];

/// Path, entity tag and body of each.
async fn documents(server: &TestServer) -> Vec<(&'static str, String, Vec<u8>)> {
    let mut documents = Vec::new();
    for path in DOCUMENTS {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        documents.push((path, answer.header("etag").unwrap().to_owned(), answer.body));
    }
    documents
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_that_are_not_public_change_no_validator() {
    let server = TestServer::new().await;
    let alert = candor_core::AlertKey::new("opsgenie", "a-1").unwrap();
    let message = candor_core::AlertMessage::lenient("db-7 does not answer");
    let raise = Command::RaiseAlert {
        alert: alert.clone(),
        message: message.clone(),
        occurrence: Occurrence::Only,
    };
    server.run(raise.clone()).await;
    server.run(declare("Exports are slow", Severity::Bug)).await;
    let mut begun = Timestamp::now().as_second() / 60;
    // The front page shows the minute of rendering, which may change in between.
    let known = loop {
        let known = documents(&server).await;
        for round in 0..25 {
            let action = candor_core::AlertMessage::lenient(&format!("AddNote {round}"));
            let (alert, message) = (alert.clone(), message.clone());
            server.run(Command::UpdateAlert { alert, action, message }).await;
            server.run(raise.clone()).await;
        }
        if documents(&server).await.iter().zip(&known).all(|(now, was)| now == was) {
            break known;
        }
        let ended = Timestamp::now().as_second() / 60;
        assert_ne!(ended, begun, "nobody could tell that anything happened");
        begun = ended;
    };
    // A visible change does change the validators of the pages that show it.
    let alert = candor_core::AlertKey::new("opsgenie", "a-2").unwrap();
    server.run(Command::RaiseAlert { alert, message, occurrence: Occurrence::Only }).await;
    for (path, etag, _) in &known {
        let again = get(path).header("If-None-Match", etag).send_to(server.address).await;
        let counts = path.starts_with("/api/v1/board") || path.starts_with("/api/v1/incidents");
        // Pages and the public log also name the last public event.
        let is_listed = counts || ["/", "/api/v1/events", "/history"].contains(path);
        assert_eq!(again.status, if is_listed { 200 } else { 304 }, "{path}");
    }
}
