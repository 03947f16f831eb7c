//! The static export: any web server can serve it, no link is broken, and only changed files are written.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use candor_testkit::{
    free_address, http,
    site::{Installation, opsgenie},
    until,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// A plain web server of files.
struct Files {
    address: SocketAddr,
    server: Child,
}

impl Files {
    fn of(dir: &Path) -> Self {
        let address = free_address();
        let server = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "python3"])
            .args([
                "-m",
                "http.server",
                &address.port().to_string(),
                "--bind",
                "127.0.0.1",
                "--directory",
            ])
            .arg(dir)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 is installed: apt install python3");
        until("the web server of files", || http::ask(address, "GET", "/", &[], b"").ok());
        Self { address, server }
    }

    fn get(&self, path: &str) -> http::Answer {
        http::ask(self.address, "GET", path, &[], b"").unwrap()
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The values of all attributes that lead somewhere.
fn links(html: &str) -> Vec<String> {
    [" href=\"", " src=\"", " action=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| Some(rest.split_once('"')?.0.replace("&amp;", "&")))
        .collect()
}

/// All files below a folder, with their content.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut ahead) = (BTreeMap::new(), vec![dir.to_owned()]);
    while let Some(folder) = ahead.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                ahead.push(path);
            } else {
                let name = path.strip_prefix(dir).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found.retain(|name, _| !name.starts_with(".candor-export."));
    found
}

fn site_with_history(incidents: u32) -> Installation {
    let site = Installation::new()
        .with("SITE_URL", "https://status.example.org")
        .with("SECURITY_CONTACT", "mailto:security@example.org");
    let list: Vec<_> = (0..incidents)
        .map(|n| {
            let at = format!("2026-{:02}-{:02}T10:00:00Z", 1 + n % 11, 1 + n % 28);
            let updates = json!([
                { "id": format!("p{n}"), "status": "postmortem", "body": "We learned [this](https://example.com/).", "created_at": at },
                { "id": format!("u{n}"), "status": "resolved", "body": "See [the form](/subscribe) and href=\"/nowhere\".", "created_at": at },
            ]);
            json!({ "id": format!("i{n:04}"), "name": format!("Incident {n}"), "impact": "major", "started_at": at, "incident_updates": updates })
        })
        .collect();
    let file =
        site.write("dump.json", &json!({ "page": { "id": "p" }, "incidents": list }).to_string());
    site.candor(&["import", "statuspage", "--create", file.to_str().unwrap()]).well();
    site
}

fn export(site: &Installation, dir: &Path) -> String {
    let said = site.candor(&["export", "--dir", dir.to_str().unwrap()]).well();
    println!("{said}");
    said
}

#[test]
fn no_link_of_an_exported_page_leads_nowhere() {
    let site = site_with_history(12);
    let dir = site.folder().join("page");
    export(&site, &dir);
    let server = Files::of(&dir);
    let there = files(&dir);
    for name in [
        "index.html",
        "404.html",
        "_headers",
        "robots.txt",
        "favicon.svg",
        "api/v2/summary.json",
        "de/index.html",
        ".well-known/security.txt",
    ] {
        assert!(there.contains_key(name), "{name} is missing: {:?}", there.keys());
    }
    let headers = String::from_utf8_lossy(&there["_headers"]);
    assert!(
        !headers.contains("frame-ancestors")
            && !headers.contains("X-Frame-Options")
            && !headers.contains("x-frame-options"),
        "/embed may stand in a frame: {headers}"
    );
    for banner in ["/widget.json", "/:language/widget.json", "/feed/*"] {
        let rule = format!("\n{banner}\n  Access-Control-Allow-Origin: *\n");
        assert!(headers.contains(&rule), "other sites may ask: {headers}");
    }
    let head: Value = serde_json::from_slice(&there["api/v1/head"]).unwrap();
    assert_eq!(head["seq"], site.events().len(), "the head is that of the log: {head}");
    let (mut known, mut ahead) = (BTreeSet::new(), VecDeque::from(["/".to_owned()]));
    let (mut pages, mut followed, mut left) = (0, 0, BTreeSet::new());
    // From the files themselves, too: a page that nothing links to must not have a dead link either.
    ahead.extend(
        there.keys().filter_map(|name| Some(format!("/{}", name.strip_suffix("index.html")?))),
    );
    ahead.push_back("/404.html".to_owned());
    while let Some(path) = ahead.pop_front() {
        if !known.insert(path.clone()) {
            continue;
        }
        let answer = server.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        followed += 1;
        if !answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            continue;
        }
        pages += 1;
        let html = answer.text();
        for link in links(&html) {
            if let Some(live) = link.strip_prefix("https://status.example.org") {
                let path = live.split('?').next().unwrap_or_default();
                left.insert(path.rsplit('/').next().unwrap_or_default().to_owned());
            } else if link.starts_with('/') {
                ahead.push_back(link.split(['#', '?']).next().unwrap().to_owned());
            }
        }
    }
    println!(
        "{} files, {pages} pages, {followed} addresses followed, 0 dead; left to the site: {left:?}",
        there.len()
    );
    assert!(pages > 12 * 11, "every incident in every language");
    assert!(left.contains("subscribe"), "what needs a server is left to the site");
    // Without a slash at the end, as people know the addresses.
    let incident = site.candor(&["incident", "show", "1", "--json"]).json();
    let path = incident["path"].as_str().unwrap().to_owned();
    assert_eq!(server.get(&path).header("location").unwrap(), format!("{path}/"));
}

#[test]
fn only_changed_files_are_written_and_foreign_files_are_never_touched() {
    let site = site_with_history(30);
    let dir = site.folder().join("page");
    fs::create_dir_all(dir.join("gone")).unwrap();
    fs::write(dir.join("CNAME"), "status.example.org").unwrap();
    fs::write(dir.join("robots.txt"), "mine").unwrap();
    let said = export(&site, &dir);
    assert!(said.contains("1 file that isn't ours stands in the way"), "{said}");
    for (path, mode) in [("index.html", 0o644), ("de", 0o755), ("history/index.html", 0o644)] {
        use std::os::unix::fs::PermissionsExt;
        let is = fs::metadata(dir.join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!(is, mode, "a web server can read {path}");
    }
    let first = files(&dir);
    assert!(export(&site, &dir).contains(" 0 removed"));
    let again = files(&dir);
    // The front page says when it was made; nothing else moves without an event.
    let is_front = |name: &str| name.ends_with("index.html") && name.matches('/').count() <= 1;
    let moved: Vec<_> = again
        .iter()
        .filter(|(name, body)| first.get(*name) != Some(body))
        .map(|(name, _)| name)
        .filter(|name| *name != ".candor-export.json")
        .collect();
    println!("without an event {} of {} files differ", moved.len(), again.len());
    assert!(moved.iter().all(|name| is_front(name)), "{moved:?}");

    let declared =
        ["incident", "declare", "--title", "Slow", "--severity", "bug", "--text", "We look."];
    site.candor(&declared).well();
    export(&site, &dir);
    let second = files(&dir);
    let changed = second.iter().filter(|(name, body)| first.get(*name) != Some(body)).count();
    println!("after one event {changed} of {} files differ", second.len());
    assert!(changed < second.len() / 3, "the other incidents' pages are as they were");
    assert_eq!(
        (&second["CNAME"][..], &second["robots.txt"][..]),
        (&b"status.example.org"[..], &b"mine"[..])
    );

    // What no longer belongs goes, with its folder; a stranger's file in it keeps that.
    let manifest = dir.join(".candor-export.json");
    let mut ours: Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    for name in ["gone/index.html", "old/a/index.html"] {
        ours["files"][name] = json!({ "size": 1, "sha256": "" });
        fs::create_dir_all(dir.join(name).parent().unwrap()).unwrap();
        fs::write(dir.join(name), "x").unwrap();
    }
    fs::write(dir.join("gone/mine"), "mine").unwrap();
    fs::write(&manifest, ours.to_string()).unwrap();
    // Whoever was killed before the manifest was written still knows what was its own.
    let half = "2026-11-11/99/index.html";
    fs::create_dir_all(dir.join("2026-11-11/99")).unwrap();
    fs::write(dir.join(half), "half").unwrap();
    fs::write(dir.join(".candor-export.claims"), format!("{half}\n../outside\n")).unwrap();
    fs::write(site.folder().join("outside"), "not ours").unwrap();
    assert!(export(&site, &dir).contains(" 3 removed"));
    let third = files(&dir);
    assert!(
        third.contains_key("gone/mine")
            && !third.contains_key("gone/index.html")
            && !third.contains_key(half)
    );
    assert!(!dir.join("old").exists() && site.folder().join("outside").exists());

    fs::write(&manifest, "{}").unwrap();
    let why = site.candor(&["export", "--dir", dir.to_str().unwrap()]).failed(1);
    assert!(why.contains("can't be read"), "{why}");
}

#[test]
fn the_page_is_exported_after_every_event_and_outlives_its_server() {
    let folder = tempfile::TempDir::new().unwrap();
    let dir = folder.path().join("page");
    let mut site = Installation::new().with("EXPORT_DIR", dir.display()).started();
    let page = |name: &str| fs::read_to_string(dir.join(name)).unwrap_or_default();
    until("the first export", || (!page("index.html").is_empty()).then_some(()));
    let begun = Instant::now();
    site.acknowledged(&opsgenie("Create", "a", 1_700_000_000_000_000_000));
    let front = until("the suspicion to be exported", || {
        let front = page("index.html");
        front.contains("Someone on our team is checking").then_some(front)
    });
    println!("the suspicion stood in the files after {:?}", begun.elapsed());
    assert!(!front.contains("confirmed an outage"));
    site.candor(&["incident", "confirm", "--title", "Checkout is down", "--text", "We look."])
        .well();
    until("the confirmation to be exported", || {
        page("index.html").contains("Checkout is down").then_some(())
    });
    let metrics = site.ask_admin("/metrics").text();
    let runs = |outcome: &str| {
        let name = format!("candor_export_runs_total{{outcome=\"{outcome}\"}} ");
        let value = metrics.lines().find_map(|line| line.strip_prefix(&name)).unwrap();
        value.parse::<f64>().unwrap()
    };
    assert!(runs("success") >= 2.0 && runs("error") == 0.0);
    site.kill();
    let server = Files::of(&dir);
    assert!(server.get("/").text().contains("Checkout is down"));
}

#[test]
fn every_address_of_the_files_works_on_the_site_and_back() {
    let site = site_with_history(12).started();
    site.candor(&["incident", "declare", "--title", "Slow", "--severity", "bug"]).well();
    let now = Timestamp::now();
    let hours = |hours: i64| (now + SignedDuration::from_hours(hours)).to_string();
    site.candor(&[
        "maintenance",
        "plan",
        "--title",
        "Work",
        "--start",
        &hours(2),
        "--end",
        &hours(3),
    ])
    .well();
    let dir = site.folder().join("page");
    export(&site, &dir);
    let server = Files::of(&dir);
    // Follows redirects, as everybody does.
    let reached = |get: &dyn Fn(&str) -> http::Answer, path: &str| {
        let mut path = path.to_owned();
        for _ in 0..3 {
            let answer = get(&path);
            match answer.header("location") {
                Some(next) if answer.status / 100 == 3 => path = next.to_owned(),
                _ => return (path, answer),
            }
        }
        panic!("{path} leads in a circle")
    };
    let (on_site, on_files) = (|path: &str| site.get(path), |path: &str| server.get(path));

    // What the files have, by the names that a server of files gives them.
    let own = ["404.html", "_headers"];
    let names: Vec<_> =
        files(&dir).into_keys().filter(|name| !own.contains(&name.as_str())).collect();
    let mut redirected = 0;
    for name in &names {
        let folder = name.strip_suffix("index.html");
        for path in [Some(format!("/{name}")), folder.map(|folder| format!("/{folder}"))]
            .into_iter()
            .flatten()
        {
            let (at, answer) = reached(&on_site, &path);
            assert_eq!(answer.status, 200, "{path} of the files isn't on the site");
            redirected += u32::from(at != path);
        }
    }

    // What the site links to, and what programs are told to read.
    let (mut known, mut ahead) =
        (BTreeSet::new(), VecDeque::from(["/".to_owned(), "/en".to_owned()]));
    let programs = [
        "/feed/atom",
        "/feed/rss",
        "/feed/json",
        "/history.atom",
        "/api/v1/board",
        "/log/head",
        "/embed",
    ];
    ahead.extend(programs.map(str::to_owned));
    let live = [
        "subscribe",
        "events",
        "as-of",
        "api",
        "api/v1/incidents",
        "api/v1/events",
        "api/v1/openapi.json",
    ];
    while let Some(path) = ahead.pop_front() {
        // Behind the language: /zh-Hans/subscribe.
        let bare = path.trim_start_matches('/').split_once('/').map_or("", |(_, rest)| rest);
        let is_live = |path: &str| {
            live.iter().any(|live| {
                path == *live || path.starts_with("as-of/") || path.starts_with("api/v1/incidents")
            })
        };
        if is_live(path.trim_start_matches('/')) || is_live(bare) || !known.insert(path.clone()) {
            continue;
        }
        let answer = reached(&on_site, &path).1;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            reached(&on_files, &path).1.status,
            200,
            "{path} of the site isn't in the files"
        );
        if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            for link in links(&answer.text()) {
                let link = link.strip_prefix("https://status.example.org").unwrap_or(&link);
                if link.starts_with('/') {
                    ahead.push_back(link.split(['#', '?']).next().unwrap().to_owned());
                }
            }
        }
    }
    println!(
        "{} files, {redirected} led on by the site; {} addresses of the site",
        names.len(),
        known.len()
    );
    assert!(names.len() > 100 && known.len() > 100);

    let moved = site.get("/history/index.html?x=1&y=%2F");
    assert_eq!((moved.status, moved.header("location")), (301, Some("/history?x=1&y=%2F")));
    for nowhere in
        ["//example.com/", "/%2F%2Fexample.com/", "/nothing/", "/feed/atom.exe/", "/history.atom/x"]
    {
        assert_eq!(site.get(nowhere).status, 404, "{nowhere}");
    }
}
