//! Requests without Slack's signature learn nothing and change nothing.

use candor_integrations::Credential;
use candor_testkit::slack::{Workspace, sign};
use candor_web::WebSettings;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{EVENTS, Team, form, request};
use crate::{client::post, logs, test_server::TestServer};

#[tokio::test(flavor = "multi_thread")]
async fn thousand_forged_stale_future_and_altered_requests_are_rejected() {
    let team = Team::new().await;
    let (incident, ts) = team.raise_alert("a-1").await;
    let genuine = team.click(&team.ada, &ts, "confirm");
    let now = Timestamp::now();
    let mut refused = 0;
    for round in 0..1_000_i64 {
        let mut body = genuine.body.clone();
        let shift = SignedDuration::from_secs(301 + 37 * (round / 4));
        let (timestamp, signature) = match round % 4 {
            0 => sign(&format!("guess-{round}"), now, &body),
            1 => sign(Workspace::SIGNING_SECRET, now - shift, &body),
            2 => {
                sign(Workspace::SIGNING_SECRET, now + shift + SignedDuration::from_secs(60), &body)
            }
            _ => {
                let signed = sign(Workspace::SIGNING_SECRET, now, &body);
                let at = usize::try_from(round).unwrap() % body.len();
                body[at] ^= 1;
                signed
            }
        };
        let answer = post(EVENTS)
            .header("Content-Type", genuine.content_type)
            .header("X-Slack-Request-Timestamp", &timestamp)
            .header("X-Slack-Signature", &signature)
            .body(body)
            .send_to(team.server.address)
            .await;
        let problem = answer.assert_problem(401);
        assert_eq!(problem["detail"], "The signature is missing or wrong.");
        refused += 1;
    }
    println!("forged, stale, future and altered: {refused} of 1000 refused");
    let odd = [
        vec![],
        vec![("X-Slack-Signature", "v0=00")],
        vec![("X-Slack-Request-Timestamp", "now"), ("X-Slack-Signature", "v0=00")],
        vec![("X-Slack-Request-Timestamp", "-1"), ("X-Slack-Signature", "v1=00")],
        vec![("X-Slack-Request-Timestamp", "99999999999999999999"), ("X-Slack-Signature", "")],
    ];
    for headers in odd {
        let request =
            post(EVENTS).header("Content-Type", genuine.content_type).body(genuine.body.clone());
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(name, value));
        request.send_to(team.server.address).await.assert_problem(401);
    }
    assert_eq!(team.server.store.trail(incident).await.unwrap().len(), 1, "nothing was changed");
    // And the genuine one is accepted.
    team.send_ok(&genuine).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ssl_check_does_not_bypass_the_signature() {
    let team = Team::new().await;
    let (incident, ts) = team.raise_alert("a-1").await;
    let unsigned = async |body: String| post(EVENTS).form(&body).send_to(team.server.address).await;
    let bare = unsigned("ssl_check=1&token=x".to_owned()).await;
    assert_eq!((bare.status, bare.body.len()), (200, 0));
    let click = String::from_utf8(team.click(&team.ada, &ts, "confirm").body).unwrap();
    let command = form(&[("command", "/candor"), ("user_id", "U1"), ("text", "declare")]);
    for more in [click, command, "payload=".to_owned(), "command=".to_owned()] {
        unsigned(format!("ssl_check=1&{more}")).await.assert_problem(401);
        unsigned(format!("{more}&ssl_check=1")).await.assert_problem(401);
    }
    for not_quite in ["ssl_check=0", "ssl_check=", "ssl_check", ""] {
        unsigned(not_quite.to_owned()).await.assert_problem(401);
    }
    assert_eq!(team.server.store.trail(incident).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn url_verification_answers_the_challenge() {
    let team = Team::new().await;
    let asked =
        json!({ "type": "url_verification", "token": "x", "challenge": "3eZbrw1aBm2rZgRNFdxV" });
    let answer = team.event(&asked).await;
    assert_eq!((answer.status, &answer.json()["challenge"]), (200, &asked["challenge"]));
    post(EVENTS).json(asked.to_string()).send_to(team.server.address).await.assert_problem(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn rotated_signing_secret_works_at_once_beside_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, "old").unwrap();
    let team = Team::with(|mut settings, _| {
        if let Some(slack) = &mut settings.slack {
            slack.signing_secret = Some(Credential::File(file.clone()));
        }
        settings
    })
    .await;
    let body = json!({ "type": "url_verification", "challenge": "x" }).to_string();
    let status = async |secret: &str| {
        let (timestamp, signature) = sign(secret, Timestamp::now(), body.as_bytes());
        let request = post(EVENTS)
            .header("X-Slack-Request-Timestamp", &timestamp)
            .header("X-Slack-Signature", &signature)
            .json(body.clone());
        request.send_to(team.server.address).await.status
    };
    for (content, old, new) in [
        ("old", 200, 401),
        ("old,new", 200, 200),
        ("new", 401, 200),
        ("", 503, 503),
        ("new", 401, 200),
    ] {
        std::fs::write(&file, content).unwrap();
        assert_eq!((status("old").await, status("new").await), (old, new), "{content}");
    }
    assert_eq!(status("").await, 401, "an empty secret signs nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_slack_or_signing_secret_the_route_is_404() {
    let server = TestServer::new().await;
    post(EVENTS).json("{}").send_to(server.address).await.assert_problem(404);
    server.close().await;
    let team = Team::with(|mut settings: WebSettings, _| {
        if let Some(slack) = &mut settings.slack {
            slack.signing_secret = None;
        }
        settings
    })
    .await;
    post(EVENTS).json("{}").send_to(team.server.address).await.assert_problem(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_signed_body_is_refused_with_a_sentence() {
    let team = Team::new().await;
    for (content_type, body) in [
        ("application/json", "{"),
        ("application/json", ""),
        ("application/x-www-form-urlencoded", "payload=%7B"),
    ] {
        team.signed(content_type, body).await.assert_problem(400);
    }
    let limit = 1024 * 1024;
    team.signed("application/json", vec![b' '; limit + 1]).await.assert_problem(413);
    let mut whole = json!({ "type": "nothing we know" }).to_string().into_bytes();
    whole.resize(limit, b' ');
    assert_eq!(team.signed("application/json", whole).await.status, 200);
    let answer = team.server.get(EVENTS).await;
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
}

#[tokio::test(flavor = "multi_thread")]
async fn log_lines_hold_no_secret_and_no_person() {
    let team = Team::new().await;
    let (_, ts) = team.raise_alert("a-1").await;
    let ada = team.workspace.add_user("Ada Hidden-Name");
    let click = team.click(&ada, &ts, "confirm");
    team.send_ok(&click).await;
    team.send_ok(&team.click(&team.bob, &ts, "confirm")).await;
    team.ephemeral_texts(&team.bob, 1).await;
    request(&click).header("X-Slack-Retry-Num", "1").send_to(team.server.address).await;
    team.workspace.fail(
        "respond",
        candor_testkit::slack::FailureCount::Always,
        candor_testkit::slack::FailureMode::Status(500),
    );
    team.send_ok(&team.click(&team.bob, &ts, "confirm")).await;
    team.ephemeral_texts(&team.bob, 2).await;
    let lines = logs::captured();
    assert!(lines.contains("from Slack"));
    let payload: Vec<_> = form_urlencoded::parse(&click.body).into_owned().collect();
    let payload: serde_json::Value = serde_json::from_str(&payload[0].1).unwrap();
    for hidden in [
        Workspace::BOT_TOKEN,
        Workspace::SIGNING_SECRET,
        payload["trigger_id"].as_str().unwrap(),
        payload["response_url"].as_str().unwrap(),
        "hidden-name",
        "Hidden-Name",
        &ada,
    ] {
        assert!(!lines.contains(hidden), "{hidden}");
    }
}
