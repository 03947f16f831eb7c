//! The route table: complete, with the same security headers everywhere, and GET changes nothing.

use std::collections::BTreeSet;

use candor_core::{
    Command, EmailAddress, IncidentAction, MaintenancePlan, Notify, Severity, SiteConfigured, Text,
    Title, Window,
};
use candor_integrations::{Credential, slack::SlackSettings};
use candor_web::{WebSettings, routes};
use jiff::{Timestamp, ToSpan as _};

use crate::{
    client::{TestResponse, get, request},
    test_server::{SECRET, TestServer, declare, links, number},
};

/// An example path for a pattern, on a server with an ended incident and one subscriber.
async fn example(server: &TestServer, pattern: &str) -> String {
    let board = server.get("/api/v1/board.json").await.json();
    let incident = board["recent"][0]["path"].as_str().unwrap().to_owned();
    let (day, number) = incident.trim_start_matches('/').split_once('/').unwrap();
    let id = server.store.subscribers().await.unwrap()[0].id.0;
    let token = |url: String| url.rsplit('/').next().unwrap().to_owned();
    let token = if pattern.starts_with("/unsubscribe") {
        token(links().unsubscribe_url(id))
    } else if pattern.starts_with("/subscription") {
        token(links().manage_url(id, Timestamp::now()))
    } else {
        token(links().confirm_url(id))
    };
    pattern
        .replace("{day:\\d{4}-\\d{2}-\\d{2}}", day)
        .replace("{year:\\d{4}}", day.split('-').next().unwrap())
        .replace("{month:\\d{4}-\\d{2}}", day.rsplit_once('-').unwrap().0)
        .replace("{number:\\d+}", number)
        .replace("/calendar/{number}", "/calendar/2")
        .replace("{style}", "plastic")
        .replace("{number}", number)
        .replace("{token}", &token)
        .replace("{source}", "opsgenie")
        .replace("{secret}", SECRET)
        .replace("{hash:[0-9a-f]+}", "0123456789ab")
        // Rounded up: the page may have begun within this second.
        .replace(
            "as-of/{page:.*}",
            &format!("as-of/{}/", (Timestamp::now() + 1.second()).strftime("%Y-%m-%dT%H:%M:%SZ")),
        )
        .replace("{language:[a-z]{2}(-[A-Za-z]{2,4})?}", "de")
        .replace("{page:.*}", "")
}

/// Slack settings; nothing here calls Slack.
fn slack() -> SlackSettings {
    let fixed = |secret: &str| Credential::Fixed(secret.to_owned());
    let signing_secret = Some(fixed("signing-secret"));
    SlackSettings { signing_secret, ..SlackSettings::new(fixed("xoxb-nobody"), "#status") }
}

async fn server_with_examples() -> TestServer {
    let server =
        TestServer::with(|settings| WebSettings { slack: Some(slack()), ..settings }).await;
    server.run(declare("The shop is slow", Severity::Partial)).await;
    let incident = number(1);
    let text = Text::parse("A disk failed.").unwrap();
    server
        .run(
            IncidentAction::Resolve { ended_at: None, text: None, notify: Notify::Default }
                .on(incident),
        )
        .await;
    server.run(IncidentAction::PublishPostmortem { text }.on(incident)).await;
    let starts_at = Timestamp::now() + 24.hours();
    server
        .run(Command::PlanMaintenance(MaintenancePlan {
            title: Title::parse("Upgrade").unwrap(),
            window: Window { starts_at, ends_at: starts_at + 1.hour() },
            text: None,
            auto_start: false,
            auto_end: false,
            silent: false,
        }))
        .await;
    let address = EmailAddress::parse("ada@example.org").unwrap();
    server.store.subscribe(&address).await.unwrap();
    server
}

fn assert_security_headers(answer: &TestResponse, path: &str) {
    let csp =
        answer.header("content-security-policy").unwrap_or_else(|| panic!("{path}: {answer:?}"));
    let framed = path == "/embed";
    let widget = path.starts_with("/badge") || path.starts_with("/widget.");
    let feed = ["/feed/", "/history.", "/calendar"].iter().any(|start| path.starts_with(start));
    let ours = path.starts_with("/api/") || ["/events", "/log/head"].contains(&path);
    let data = ours || widget || feed;
    let policy = if data {
        "default-src 'none'; frame-ancestors 'none'"
    } else if framed {
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    } else {
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    };
    assert_eq!(csp, policy, "{path}");
    let page = !data;
    assert_eq!(answer.header("x-frame-options"), (page && !framed).then_some("DENY"), "{path}");
    assert_eq!(answer.header("cross-origin-opener-policy"), page.then_some("same-origin"));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{path} {name}");
    }
    for name in ["referrer-policy", "permissions-policy"] {
        assert_eq!(answer.header(name).is_some(), page, "{path}: {name}");
    }
    for name in ["cross-origin-resource-policy", "cache-control"] {
        assert!(answer.header(name).is_some(), "{path} lacks {name}");
    }
    assert_eq!(answer.header("server"), None);
    assert_eq!(answer.header("set-cookie"), None);
    assert_eq!(answer.header("access-control-allow-origin"), data.then_some("*"), "{path}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_accepts_its_methods_and_no_other() {
    let server = server_with_examples().await;
    for (pattern, methods) in routes() {
        let path = example(&server, pattern).await;
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
        {
            let answer = request(method, &path).send_to(server.address).await;
            assert_security_headers(&answer, &path);
            if methods.contains(&method) {
                assert!(
                    !matches!(answer.status, 404 | 405 | 500),
                    "{method} {path}: {}",
                    answer.status
                );
            } else {
                assert_eq!(answer.status, 405, "{method} {path}");
                assert_eq!(answer.header("allow"), Some(methods.join(", ").as_str()), "{path}");
            }
            // Restores what the method may have removed.
            let address = EmailAddress::parse("ada@example.org").unwrap();
            if server.store.subscribers().await.unwrap().is_empty() {
                server.store.add_subscriber(&address).await.unwrap();
            }
        }
    }
}

#[test]
fn book_lists_exactly_the_routes() {
    let chapter = include_str!("../../../../docs/reference/addresses.md");
    let rows = chapter.lines().filter_map(|line| line.strip_prefix("| `/")?.split_once('`'));
    let documented: BTreeSet<_> = rows.map(|(path, _)| format!("/{path}")).collect();
    let addresses: BTreeSet<_> = routes().into_iter().map(|(pattern, _)| plain(pattern)).collect();
    assert_eq!(documented, addresses);
}

/// A pattern whose parameters are names alone, without the regular expressions behind them.
pub(crate) fn plain(pattern: &str) -> String {
    let (mut depth, mut hidden) = (0, false);
    let shown = |letter: &char| {
        depth += match letter {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        hidden = depth > 0 && (hidden || *letter == ':');
        !hidden
    };
    pattern.chars().filter(shown).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn get_and_head_change_nothing() {
    let server = server_with_examples().await;
    let before = (
        server.store.events(0, 100).await.unwrap().len(),
        format!("{:?}", server.store.subscribers().await.unwrap()),
    );
    for (pattern, _) in routes() {
        let path = example(&server, pattern).await;
        for method in ["GET", "HEAD"] {
            request(method, &path).send_to(server.address).await;
        }
    }
    let after = (
        server.store.events(0, 100).await.unwrap().len(),
        format!("{:?}", server.store.subscribers().await.unwrap()),
    );
    assert_eq!(before, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_have_security_headers_and_suit_the_client() {
    let server = TestServer::new().await;
    for (path, kind) in [
        ("/nothing", "text/html; charset=utf-8"),
        ("/api/v1/nothing.json", "application/problem+json"),
        ("/integrations/nothing", "application/problem+json"),
    ] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.header("content-type")), (404, Some(kind)), "{path}");
        assert_security_headers(&answer, path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn error_is_in_accepted_language_or_else_in_site_language() {
    let server = TestServer::new().await;
    let languages = Some(vec!["pl".to_owned(), "de".to_owned()]);
    let configured = SiteConfigured { languages, ..SiteConfigured::default() };
    let seq = server.run(Command::ConfigureSite(configured)).await;
    server.shows(seq).await;
    for (accepted, tag, title, why) in [
        ("de-AT, fr;q=0.5", "de", "Ungültige Anfrage", "Der Parameter \"limit\" muss"),
        ("fr", "pl", "Nieprawidłowe żądanie", "Parametr \"limit\" musi"),
    ] {
        let api = get("/api/v1/events?limit=x").header("Accept-Language", accepted);
        let answer = api.send_to(server.address).await;
        let problem = answer.assert_problem(400);
        assert_eq!(problem["title"], title);
        assert!(problem["detail"].as_str().unwrap().starts_with(why), "{problem}");
        assert_eq!(answer.header("content-language"), Some(tag));
        assert_eq!(answer.header("vary"), Some("Accept-Language"));
        let page =
            get("/nothing").header("Accept-Language", accepted).send_to(server.address).await;
        assert!(page.text().contains(&format!("<html lang=\"{tag}\"")), "{accepted}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn http_site_sends_no_hsts_header() {
    let server = TestServer::with(|mut settings| {
        settings.site_url = "http://127.0.0.1:8000".to_owned();
        settings
    })
    .await;
    assert_eq!(server.get("/").await.header("strict-transport-security"), None);
}
