//! Links lead to the configured address of the site, whatever host a request claims.

use std::fmt::Write as _;

use candor_testkit::{http, mailbox::MailSink, site::Installation, until};

const SITE_URL: &str = "https://status.acme.example";
/// Stands in everything that a hostile request claims.
const EVIL: &str = "evil.test";

/// What a request may claim: the host, and other headers. `{}` is the address that it really goes to.
const CLAIMS: &[(&str, &[(&str, &str)])] = &[
    ("evil.test", &[]),
    ("evil.test:80", &[]),
    ("evil.test:443", &[("X-Forwarded-Proto", "https")]),
    ("EVIL.TEST", &[]),
    ("evil.test.", &[]),
    ("status.acme.example.evil.test", &[]),
    ("evil.test#status.acme.example", &[]),
    ("evil.test/status.acme.example", &[]),
    ("status.acme.example@evil.test", &[]),
    ("status.acme.example:443@evil.test", &[]),
    ("status.acme.example evil.test", &[]),
    ("status.acme.example,evil.test", &[]),
    ("evil.test\"><script>alert(1)</script>", &[]),
    ("evil.test'onclick='alert(1)", &[]),
    ("[::ffff:1.2.3.4]", &[("X-Forwarded-Host", "evil.test")]),
    ("{}", &[("X-Forwarded-Host", "evil.test")]),
    ("{}", &[("X-Forwarded-Host", "status.acme.example, evil.test")]),
    (
        "{}",
        &[
            ("X-Forwarded-Host", "evil.test"),
            ("X-Forwarded-Proto", "http"),
            ("X-Forwarded-Port", "81"),
        ],
    ),
    ("{}", &[("X-Forwarded-Server", "evil.test")]),
    ("{}", &[("X-Forwarded-Prefix", "//evil.test")]),
    ("{}", &[("X-Forwarded-Proto", "evil.test")]),
    ("{}", &[("Forwarded", "host=evil.test")]),
    ("{}", &[("Forwarded", "for=127.0.0.1;host=\"evil.test\";proto=https")]),
    ("{}", &[("Forwarded", "for=1.2.3.4;by=evil.test, host=evil.test;proto=evil.test")]),
    ("{}", &[("X-Host", "evil.test"), ("X-HTTP-Host-Override", "evil.test")]),
    ("{}", &[("X-Original-Host", "evil.test"), ("X-Real-Host", "evil.test")]),
    ("{}", &[("X-Original-URL", "//evil.test/"), ("X-Rewrite-URL", "//evil.test/")]),
    ("{}", &[("X-Script-Name", "//evil.test"), ("X-Base-Url", "https://evil.test")]),
    ("{}", &[("Origin", "https://evil.test"), ("Referer", "https://evil.test/")]),
    ("{}", &[("Host", "evil.test")]),
    ("evil.test", &[("Host", "evil.test")]),
    ("", &[("X-Forwarded-Host", "evil.test")]),
    ("{}", &[("Destination", "https://evil.test/"), ("Content-Location", "https://evil.test/")]),
    ("{}", &[("CF-Visitor", "{\"scheme\":\"evil.test\"}"), ("True-Client-IP", "evil.test")]),
];

/// Ways to write the address in the request's first line; `{}` is the path.
const TARGETS: &[&str] = &[
    "{}",
    "http://evil.test{}",
    "https://evil.test:8443{}",
    "http://status.acme.example@evil.test{}",
];

/// Paths whose own spelling is an attempt; they are asked for as they are.
const ODD_PATHS: &[&str] = &[
    "//evil.test/",
    "//evil.test",
    "/\\evil.test/",
    "/%2Fevil.test/",
    "/%5Cevil.test/",
    "/.//evil.test",
    "/..//evil.test/",
    "/;@evil.test/",
    "///evil.test/%2e%2e",
    "/de//evil.test",
    "/en/%2f%2fevil.test",
    "/xx/evil.test",
    "/as-of//evil.test",
    "/as-of/2026-11-21T14:05Z//evil.test/",
    "/history/?next=https://evil.test/",
    "/subscribe?next=//evil.test&return=https://evil.test/",
];

/// Where links are.
const PATHS: &[&str] = &[
    "/",
    "/de/",
    "/history",
    "/history/",
    "/subscribe",
    "/as-of/2026-11-21T14:05Z",
    "/integrate",
    "/embed",
    "/feed/atom",
    "/feed/rss",
    "/feed/json",
    "/history.atom",
    "/history.rss",
    "/calendar.ics",
    "/api/v1/board.json",
    "/api/v1/openapi.json",
    "/api/v2/summary.json",
    "/api/v2/incidents.json",
    "/widget.json",
    "/widget.js",
    "/badge.svg",
    "/robots.txt",
    "/.well-known/security.txt",
    "/log/head",
    "/no/such/page",
];

#[test]
fn links_lead_to_the_configured_site_whatever_host_a_request_claims() {
    claimed(Installation::new());
}

#[test]
fn links_lead_to_the_configured_site_also_behind_a_proxy_that_is_trusted() {
    claimed(Installation::new().with("TRUSTED_PROXIES", "127.0.0.0/8"));
}

fn claimed(site: Installation) {
    let mailbox = MailSink::open();
    let site = site
        .with("SITE_URL", SITE_URL)
        .with("SECURITY_CONTACT", "mailto:security@acme.example")
        .mailing_to(mailbox.address)
        .started();
    site.candor(&["subscriber", "add", "grace@example.org"]).well();
    site.candor(&["incident", "declare", "--title", "Down", "--text", "We look into it."]).well();
    let board = site.board_when("an outage", |board| board["headline"] == "outage");
    let incident = board["current"][0]["path"].as_str().unwrap().to_owned();
    let padded = incident.replace("/1", "/01");
    let mut paths: Vec<&str> = PATHS.to_vec();
    paths.extend([incident.as_str(), padded.as_str()]);

    let (mut asked, mut redirects) = (0, 0);
    let mut judge = |what: &str, request: &str| {
        // A connection that is refused without an answer tells nobody anything.
        let Ok(answer) = http::ask_raw(site.address, request.as_bytes()) else { return };
        asked += 1;
        redirects += u32::from(answer.status / 100 == 3);
        let whole = format!("{}\n\n{}", answer.head(), answer.text()).to_lowercase();
        // A redirect within the site keeps the visitor's query.
        let whole = whole.replace(&format!("location: /history?next=https://{EVIL}/"), "");
        assert!(!whole.contains(EVIL), "{what} leads astray: {whole}");
        assert!(answer.status < 500, "{what}: {}", answer.head());
    };
    for path in &paths {
        for (host, headers) in CLAIMS {
            judge(
                &format!("{host:?} {headers:?} {path}"),
                &request(&site, "GET", path, host, headers, ""),
            );
        }
        for target in TARGETS {
            let target = target.replace("{}", path);
            judge(&target, &request(&site, "GET", &target, "evil.test", &[], ""));
        }
    }
    for path in ODD_PATHS {
        judge(path, &request(&site, "GET", path, "{}", &[], ""));
        judge(path, &request(&site, "GET", path, "evil.test", &[], ""));
    }

    // Mails that a hostile request leads to, and one that it doesn't.
    for (n, (host, headers)) in CLAIMS.iter().enumerate() {
        let form = format!("kind=mail&email=reader{n}%40example.org");
        let form_type = [("Content-Type", "application/x-www-form-urlencoded")];
        let headers = [headers, form_type.as_slice()].concat();
        judge("a wish", &request(&site, "POST", "/subscribe", host, &headers, &form));
    }
    site.candor(&["incident", "resolve", "--text", "Over."]).well();
    until("the mails", || (mailbox.count() >= 3).then_some(()));
    let mails = mailbox.mails();
    let (mut links, mut wishes) = (0, 0);
    for mail in &mails {
        let whole = String::from_utf8_lossy(&mail.data).to_lowercase();
        assert!(!whole.contains(EVIL), "a mail leads astray: {whole}");
        let text = mail.text().unwrap() + &mail.html().unwrap_or_default();
        let found: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || "<>\"()".contains(c))
            .filter(|word| word.starts_with("http"))
            .collect();
        assert!(!found.is_empty(), "{text}");
        for link in &found {
            assert!(link.starts_with(SITE_URL), "{link}");
        }
        links += found.len();
        wishes += usize::from(text.contains("/subscribe/"));
    }
    assert!(wishes > 0, "not one hostile wish led to a mail: nothing was tried");
    println!(
        "{asked} requests under {} claims, {redirects} redirects, {} mails ({wishes} of them asked for by a claim) with {links} links: 0 led elsewhere",
        CLAIMS.len() + TARGETS.len() + ODD_PATHS.len(),
        mails.len(),
    );
}

/// A request, letter by letter.
fn request(
    site: &Installation,
    method: &str,
    target: &str,
    host: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> String {
    let host = host.replace("{}", &site.address.to_string());
    let mut request =
        format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        let _ = write!(request, "{name}: {value}\r\n");
    }
    if !body.is_empty() {
        let _ = write!(request, "Content-Length: {}\r\n", body.len());
    }
    request + "\r\n" + body
}
