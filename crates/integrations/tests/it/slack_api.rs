//! Calls of Slack's Web API over real HTTP: what they change, and what each failure means.

use std::time::Duration;

use candor_integrations::{
    Credential,
    slack::{
        SlackSettings,
        api::{Api, ErrorClass, MessageRef, PostMessage},
        block::{Block, Message},
    },
};
use candor_testkit::slack::{FailureCount, FailureMode, Workspace};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

fn message(text: &str) -> Message {
    Message { text: text.to_owned(), blocks: vec![Block::section(text)] }
}

fn post<'a>(channel: &'a str, message: &'a Message) -> PostMessage<'a> {
    PostMessage { channel, thread_ts: None, broadcast: false, message, id: None }
}

/// A workspace with a Slack channel that the bot is in, and a client.
async fn a_workspace() -> (Workspace, String, Api) {
    let workspace = Workspace::start().await.unwrap();
    let channel = workspace.add_channel("status", false);
    workspace.invite(Workspace::BOT_USER, &channel);
    let api = Api::new(&workspace.settings("#status")).unwrap();
    (workspace, channel, api)
}

async fn posted(api: &Api, channel: &str, text: &str) -> MessageRef {
    api.post_message(&post(channel, &message(text))).await.unwrap()
}

#[tokio::test]
async fn a_message_is_posted_kept_up_to_date_answered_and_deleted() {
    let (workspace, channel, api) = a_workspace().await;
    let ada = workspace.add_user("Ada");
    let root = posted(&api, &channel, "Possible outage").await;
    assert_eq!(root.channel, channel);
    let note = message("Confirmed by Ada.");
    let reply = PostMessage { thread_ts: Some(&root.ts), broadcast: true, ..post(&channel, &note) };
    let reply = api.post_message(&reply).await.unwrap();
    let bare = Message { text: "Outage".to_owned(), blocks: vec![] };
    api.update_message(&channel, &root.ts, &bare).await.unwrap();
    api.post_ephemeral(&channel, &ada, None, &message("Already confirmed.")).await.unwrap();

    let [shown] = workspace.roots(&channel).try_into().unwrap();
    assert_eq!((shown.text.as_str(), shown.blocks, shown.edits), ("Outage", json!([]), 1));
    let [note] = workspace.replies(&channel, &root.ts).try_into().unwrap();
    assert_eq!((note.ts.as_str(), note.broadcast), (reply.ts.as_str(), true));
    assert_eq!(workspace.ephemerals()[0].user, ada);
    api.delete_message(&channel, &root.ts).await.unwrap();
    assert!(workspace.roots(&channel).is_empty());
    let gone = api.update_message(&channel, &root.ts, &bare).await.unwrap_err();
    assert_eq!((gone.class, gone.code.as_str()), (ErrorClass::State, "message_not_found"));
}

#[tokio::test]
async fn identity_and_scopes_are_asked_once() {
    let (workspace, _, api) = a_workspace().await;
    workspace.grant(&["chat:write", "channels:read"]);
    let identity = api.auth_test().await.unwrap();
    assert_eq!(
        (identity.team.as_str(), identity.user.as_str()),
        (Workspace::TEAM, Workspace::BOT_USER)
    );
    assert_eq!(identity.scopes, ["channels:read", "chat:write"]);
    let error = api.join("C1").await.unwrap_err();
    assert_eq!(
        (error.class, error.needed.as_deref()),
        (ErrorClass::Credentials, Some("channels:join"))
    );
    assert!(error.to_string().contains("lacks the scope channels:join"), "{error}");
}

#[tokio::test]
async fn a_channel_is_found_by_name_or_id_on_whatever_page_it_is() {
    let (workspace, status, api) = a_workspace().await;
    let many: Vec<_> = (0..1_100)
        .map(|number| workspace.add_channel(&format!("room-{number}"), number % 2 == 0))
        .collect();
    let last = workspace.add_channel("last", false);
    for name in ["last", "#last", " #Last ", &last] {
        let found = api.find_channel(name).await.unwrap().unwrap();
        assert_eq!(
            (found.id.as_str(), found.name.as_str(), found.is_member),
            (last.as_str(), "last", false)
        );
    }
    assert_eq!(api.find_channel("room-0").await.unwrap(), None, "private, and we aren't in it");
    assert_eq!(api.find_channel(&many[0]).await.unwrap(), None);
    workspace.invite(Workspace::BOT_USER, &many[0]);
    assert!(api.find_channel("room-0").await.unwrap().unwrap().is_private);
    workspace.archive(&last, true);
    assert!(api.find_channel("last").await.unwrap().unwrap().is_archived);
    assert_eq!(api.find_channel("nowhere").await.unwrap(), None);
    // Without the scope for private ones, the public ones are found all the same.
    workspace.grant(&["channels:read"]);
    assert_eq!(api.find_channel("status").await.unwrap().unwrap().id, status);
    api.channel_info(&status).await.unwrap();
}

#[tokio::test]
async fn people_are_found_through_all_pages() {
    let (workspace, channel, api) = a_workspace().await;
    let people: Vec<_> =
        (0..700).map(|number| workspace.add_user(&format!("Person {number}"))).collect();
    let members = api.members(&channel).await.unwrap();
    assert_eq!(members.len(), 701);
    assert!(people.iter().all(|person| members.contains(person)));
    let group = workspace.add_group(&[&people[3], &people[5]]);
    assert_eq!(
        api.group_members(&group).await.unwrap(),
        [people[3].clone(), people[5].clone()].into()
    );
    assert_eq!(api.user_name(&people[3]).await.unwrap().as_deref(), Some("Person 3"));
    assert_eq!(api.user_name("U404").await.unwrap(), None);
}

#[tokio::test]
async fn a_message_is_found_again_by_its_metadata() {
    let (workspace, channel, api) = a_workspace().await;
    let (root_id, note_id) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let since = Timestamp::now();
    let text = message("Possible outage");
    let root = api
        .post_message(&PostMessage { id: Some(root_id), ..post(&channel, &text) })
        .await
        .unwrap();
    let note =
        PostMessage { id: Some(note_id), thread_ts: Some(&root.ts), ..post(&channel, &text) };
    let note = api.post_message(&note).await.unwrap();
    let ada = workspace.add_user("Ada");
    for number in 0..250 {
        let _ts = workspace.write(&ada, &channel, None, &format!("talk {number}"));
        let _ts = workspace.write(&ada, &channel, Some(&root.ts), &format!("reply {number}"));
    }
    api.update_message(&channel, &root.ts, &message("Outage")).await.unwrap();
    let found = api.find_message(&channel, None, since, root_id).await.unwrap();
    assert_eq!(found.as_ref(), Some(&root.ts), "behind 250 newer ones, and changed since");
    let found = api.find_message(&channel, Some(&root.ts), since, note_id).await.unwrap();
    assert_eq!(found, Some(note.ts));
    for (thread, id) in [(None, note_id), (Some(root.ts.as_str()), Uuid::from_u128(3))] {
        assert_eq!(api.find_message(&channel, thread, since, id).await.unwrap(), None);
    }
    assert_eq!(api.find_message(&channel, Some("1.000001"), since, note_id).await.unwrap(), None);
    let an_hour_later = since.checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
    assert_eq!(api.find_message(&channel, None, an_hour_later, root_id).await.unwrap(), None);
}

#[tokio::test]
async fn a_users_message_is_read_wherever_it_is() {
    let (workspace, channel, api) = a_workspace().await;
    let ada = workspace.add_user("Ada");
    let root = workspace.write(&ada, &channel, None, "it is *down* &amp; out");
    let reply = workspace.write(&ada, &channel, Some(&root), "fixed");
    let found = api.message(&channel, &root, None).await.unwrap().unwrap();
    assert_eq!(
        (found.text.as_str(), found.user.as_deref()),
        ("it is *down* &amp; out", Some(ada.as_str()))
    );
    for hint in [None, Some(root.as_str())] {
        let found = api.message(&channel, &reply, hint).await.unwrap().unwrap();
        assert_eq!(
            (found.text.as_str(), found.thread_ts.as_deref()),
            ("fixed", Some(root.as_str()))
        );
    }
    assert_eq!(api.message(&channel, "1.000001", None).await.unwrap(), None);
}

#[tokio::test]
async fn every_refusal_has_its_class() {
    let (workspace, channel, api) = a_workspace().await;
    let classes = [
        (ErrorClass::RateLimited, "ratelimited rate_limited message_limit_exceeded"),
        (ErrorClass::NotSent, "team_added_to_org request_timeout"),
        (ErrorClass::Unknown, "service_unavailable internal_error fatal_error"),
        (
            ErrorClass::Credentials,
            "invalid_auth not_authed token_revoked token_expired account_inactive \
             missing_scope not_allowed_token_type org_login_required ekm_access_denied \
             accesslimited no_permission two_factor_setup_required",
        ),
        (
            ErrorClass::Configuration,
            "channel_not_found not_in_channel is_archived restricted_action_read_only_channel \
             method_not_supported_for_channel_type messages_tab_disabled \
             an_error_of_next_year",
        ),
        (
            ErrorClass::OurFault,
            "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text \
             too_many_attachments view_too_large invalid_arg_name metadata_too_large",
        ),
        (
            ErrorClass::State,
            "message_not_found cant_update_message edit_window_closed cannot_reply_to_message \
             hash_conflict expired_trigger_id exchanged_trigger_id block_mismatch",
        ),
    ];
    let codes = classes.map(|(class, codes)| codes.split(' ').map(move |code| (class, code)));
    for (class, code) in codes.into_iter().flatten() {
        workspace.fail("chat.postMessage", FailureCount::Next(1), FailureMode::Error(code));
        let error = api.post_message(&post(&channel, &message("x"))).await.unwrap_err();
        assert_eq!((error.class, error.code.as_str()), (class, code));
        assert_eq!(error.retry_after.is_some(), class == ErrorClass::RateLimited, "{code}");
        assert!(!error.to_string().is_empty());
    }
    assert_eq!(workspace.messages(&channel).len(), 0);
}

#[tokio::test]
async fn uncertain_outcomes_are_told_from_certain_failures() {
    let (workspace, channel, api) = a_workspace().await;
    let text = message("x");
    for (trouble, class, code, there) in [
        (FailureMode::Status(500), ErrorClass::Unknown, "http_500", 0),
        (FailureMode::StatusAfterAccepting(503), ErrorClass::Unknown, "http_503", 1),
        (FailureMode::HangsUp, ErrorClass::Unknown, "connection_lost", 0),
        (FailureMode::HangsUpAfterAccepting, ErrorClass::Unknown, "connection_lost", 1),
        (FailureMode::Status(302), ErrorClass::Configuration, "http_302", 0),
        (FailureMode::Status(404), ErrorClass::Configuration, "http_404", 0),
        (FailureMode::Status(401), ErrorClass::Credentials, "http_401", 0),
        (FailureMode::Status(200), ErrorClass::Unknown, "unreadable_answer", 0),
    ] {
        let before = workspace.messages(&channel).len();
        workspace.fail("chat.postMessage", FailureCount::Next(1), trouble.clone());
        let error = api.post_message(&post(&channel, &text)).await.unwrap_err();
        assert_eq!((error.class, error.code.as_str()), (class, code), "{trouble:?}");
        assert_eq!(workspace.messages(&channel).len() - before, there, "{trouble:?}");
    }
    // What only reads can be asked again, whatever happened.
    workspace.fail("conversations.info", FailureCount::Next(1), FailureMode::Status(500));
    assert_eq!(api.channel_info(&channel).await.unwrap_err().class, ErrorClass::NotSent);
    workspace.go_away().await;
    let error = api.post_message(&post(&channel, &text)).await.unwrap_err();
    assert_eq!((error.class, error.code.as_str()), (ErrorClass::NotSent, "no_connection"));
    workspace.come_back().await.unwrap();
    posted(&api, &channel, "there again").await;
}

#[tokio::test]
async fn before_the_connection_is_safe_nothing_was_sent() {
    let (workspace, channel, _) = a_workspace().await;
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    for (url, whose) in [
        (workspace.api_url().replace("http://", "https://"), "a server that speaks no TLS"),
        (format!("https://{}/api/", silent.local_addr().unwrap()), "one that says nothing"),
    ] {
        let settings = SlackSettings { api_url: url, ..workspace.settings("#status") };
        let api = Api::new(&settings).unwrap();
        let error = api.post_message(&post(&channel, &message("x"))).await.unwrap_err();
        assert_eq!(
            (error.class, error.code.as_str()),
            (ErrorClass::NotSent, "no_connection"),
            "{whose}"
        );
        assert!(!error.to_string().contains("127.0.0.1"), "{error}");
    }
    assert!(workspace.calls().is_empty());
}

#[tokio::test]
async fn no_answer_within_ten_seconds_leaves_it_open() {
    let (workspace, channel, api) = a_workspace().await;
    workspace.fail("chat.postMessage", FailureCount::Next(1), FailureMode::HangsAfterAccepting);
    let error = api.post_message(&post(&channel, &message("x"))).await.unwrap_err();
    assert_eq!((error.class, error.code.as_str()), (ErrorClass::Unknown, "timeout"));
    assert_eq!(workspace.messages(&channel).len(), 1);
}

#[tokio::test]
async fn how_long_to_wait_is_believed_up_to_an_hour() {
    let (workspace, channel, api) = a_workspace().await;
    for (seconds, believed) in [(0, 0), (7, 7), (3_600, 3_600), (90_000, 3_600)] {
        workspace.fail(
            "chat.postMessage",
            FailureCount::Next(1),
            FailureMode::RateLimited(seconds),
        );
        let error = api.post_message(&post(&channel, &message("x"))).await.unwrap_err();
        assert_eq!(error.class, ErrorClass::RateLimited);
        assert_eq!(error.retry_after, Some(Duration::from_secs(believed)));
    }
    workspace.fail("chat.postMessage", FailureCount::Next(1), FailureMode::Status(429));
    let error = api.post_message(&post(&channel, &message("x"))).await.unwrap_err();
    assert_eq!(error.retry_after, Some(Duration::from_secs(30)), "where nothing is said");
}

#[tokio::test]
async fn a_changed_token_is_used_at_once_and_a_missing_one_is_said() {
    let (workspace, channel, _) = a_workspace().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    let settings = SlackSettings {
        bot_token: Credential::File(path.clone()),
        ..workspace.settings("#status")
    };
    let api = Api::new(&settings).unwrap();
    let code = || async {
        api.post_message(&post(&channel, &message("x"))).await.map_err(|error| error.code)
    };
    assert_eq!(code().await.unwrap_err(), "no_token");
    assert!(workspace.calls().is_empty());
    std::fs::write(&path, "xoxb-wrong\n").unwrap();
    assert_eq!(code().await.unwrap_err(), "invalid_auth");
    std::fs::write(&path, Workspace::BOT_TOKEN).unwrap();
    code().await.unwrap();
    workspace.revoke_tokens();
    assert_eq!(code().await.unwrap_err(), "token_revoked");
    workspace.allow("xoxb-new");
    std::fs::write(&path, "xoxb-new").unwrap();
    code().await.unwrap();
}

#[tokio::test]
async fn an_answer_to_a_person_goes_to_slack_and_nowhere_else() {
    let (workspace, channel, api) = a_workspace().await;
    let ada = workspace.add_user("Ada");
    let command = workspace.command(&ada, &channel, "/status", "");
    let body = String::from_utf8(command.body).unwrap();
    let url =
        form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "response_url").unwrap().1;
    for _use in 0..5 {
        api.respond(&url, &message("All good.")).await.unwrap();
    }
    assert_eq!(workspace.ephemerals().len(), 5);
    assert_eq!(workspace.calls_of("respond")[0].arguments["replace_original"], false);
    let error = api.respond(&url, &message("All good.")).await.unwrap_err();
    assert_eq!((error.class, error.code.as_str()), (ErrorClass::State, "expired_url"));
    let other_port = url.replace("127.0.0.1", "127.0.0.2");
    for elsewhere in [
        "http://hooks.slack.com/actions/x",
        "https://hooks.slack.com:8443/actions/x",
        "https://hooks.slack.com.example.org/x",
        "https://hooks.slack.com@example.org/x",
        "https://example.org/hooks.slack.com",
        "file:///etc/passwd",
        "not an address",
        &other_port,
    ] {
        let error = api.respond(elsewhere, &message("x")).await.unwrap_err();
        assert_eq!(
            (error.class, error.code.as_str()),
            (ErrorClass::OurFault, "untrusted_response_url"),
            "{elsewhere}"
        );
        assert!(!error.to_string().contains("example"), "{error}");
    }
}

#[test]
fn no_token_goes_in_clear_over_a_network() {
    for (url, good) in [
        ("https://slack.com/api/", true),
        ("https://slack.com/api", true),
        ("http://127.0.0.1:4003/api/", true),
        ("http://[::1]:4003/api/", true),
        ("http://localhost:4003", true),
        ("http://slack.com/api/", false),
        ("http://127.0.0.1.example.org/", false),
        ("https://user@slack.com/api/", false),
        ("https://slack.com/api/?token=x", false),
        ("ftp://slack.com/", false),
        ("slack.com", false),
        ("", false),
    ] {
        let settings = SlackSettings {
            api_url: url.to_owned(),
            ..SlackSettings::new(Credential::Fixed("xoxb-secret".to_owned()), "#status")
        };
        assert_eq!(Api::new(&settings).is_ok(), good, "{url}");
        assert!(!format!("{settings:?} {:?}", Api::new(&settings)).contains("xoxb-secret"));
    }
}

#[tokio::test]
async fn slack_down_for_a_share_of_calls_loses_nothing_that_is_looked_up_before_it_is_posted_again()
{
    let (workspace, channel, api) = a_workspace().await;
    workspace.fail(
        "chat.postMessage",
        FailureCount::OneIn(3),
        FailureMode::StatusAfterAccepting(500),
    );
    workspace.fail("chat.postMessage", FailureCount::OneIn(5), FailureMode::Status(500));
    workspace.fail("chat.postMessage", FailureCount::OneIn(7), FailureMode::HangsUp);
    let since = Timestamp::now();
    for number in 0..100_u128 {
        let (id, text) = (Uuid::from_u128(number), message(&format!("message {number}")));
        for _attempt in 0..10 {
            let post = PostMessage { id: Some(id), ..post(&channel, &text) };
            let Err(error) = api.post_message(&post).await else { break };
            assert_eq!(error.class, ErrorClass::Unknown);
            if api.find_message(&channel, None, since, id).await.unwrap().is_some() {
                break;
            }
        }
    }
    let mut texts: Vec<_> =
        workspace.messages(&channel).into_iter().map(|message| message.text).collect();
    let calls = workspace.calls_of("chat.postMessage").len();
    println!("100 messages, {calls} calls, {} there", texts.len());
    assert_eq!(texts.len(), 100);
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 100);
    assert!(calls > 110, "the trouble had no effect");
}

#[tokio::test]
async fn calls_carry_the_headers_that_slack_demands() {
    let (workspace, channel, api) = a_workspace().await;
    posted(&api, &channel, "x").await;
    let call = workspace.calls_of("chat.postMessage").remove(0);
    assert!(call.was_done());
    assert_eq!(call.arguments["unfurl_links"], false);
    assert_eq!(call.arguments["blocks"][0]["type"], "section");
    assert_eq!(call.arguments.get("metadata"), None::<&Value>);
}
