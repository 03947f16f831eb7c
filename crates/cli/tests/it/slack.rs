//! Slack, end to end: an incident from alert to end by buttons and forms, and the commands that set it up.

use candor_testkit::{
    Database,
    mailbox::MailSink,
    site::{Installation, SECRET, opsgenie},
    slack::{FakeInput, Workspace},
    until,
};
use serde_json::Value;

use crate::team::{Team, has, markup, words};

const NOON: u64 = 1_700_000_000_000_000_000;

#[test]
fn from_the_alert_to_the_end_by_buttons_on_sqlite() {
    let team = Team::gather();
    let mailbox = MailSink::open();
    let site = team.tell(Installation::new()).mailing_to(mailbox.address).started();
    from_the_alert_to_the_end_by_buttons(&team, &mailbox, &site);
}

/// The same by a web process and a worker: what is clicked in one is sent by the other.
#[test]
fn from_the_alert_to_the_end_by_buttons_over_two_processes() {
    let team = Team::gather();
    let mailbox = MailSink::open();
    let database = Database::postgres();
    let of_two = |site: Installation| {
        team.tell(site)
            .with("DATABASE_URL", database.url())
            .with("SECRET_KEY", candor_testkit::site::KEY)
            .with("ALERT_SECRET", SECRET)
            .mailing_to(mailbox.address)
    };
    let web = of_two(Installation::new().running(&["web"])).started();
    let url = format!("http://{}", web.address);
    let _worker = of_two(Installation::new().running(&["worker"])).with("SITE_URL", url).started();
    from_the_alert_to_the_end_by_buttons(&team, &mailbox, &web);
}

fn from_the_alert_to_the_end_by_buttons(team: &Team, mailbox: &MailSink, site: &Installation) {
    let Team { workspace, channel, ada, grace, .. } = team;
    let readers = ["ada@example.org", "grace@example.org", "linus@example.org"];
    site.candor_reading(&["subscriber", "add", "-"], &readers.join("\n")).well();

    // Monitoring suspects: the team gets one message with two buttons, and nobody else hears of it.
    site.acknowledged(&opsgenie("Create", "one", NOON));
    let suspected = team.root("suspected", |root| has(root, "confirm") && has(root, "dismiss"));
    for said in
        ["Possible outage", "Checkout does not answer", "1 alert", "No one has been notified"]
    {
        assert!(words(&suspected).contains(said), "{said}: {suspected:#?}");
    }
    site.acknowledged(&opsgenie("Create", "two", NOON + 1));
    assert_eq!(mailbox.count(), 0);

    // Grace's click was on its way when Ada's came: one of them wins, the other is told.
    let late = workspace.click(grace, channel, &suspected.ts, "dismiss").unwrap();
    team.click(site, ada, &suspected, "confirm");
    assert_eq!(site.board_when("an outage", |board| board["headline"] == "outage")["seq"], 3);
    team.hand(site, &late);
    let told = until("Grace to be told", || workspace.ephemerals().pop());
    assert_eq!(&told.user, grace);
    assert!(told.text.to_lowercase().contains("confirmed by ada"), "{told:#?}");
    let confirmed = team.root("confirmed", |root| has(root, "update") && has(root, "resolve"));
    assert_eq!(confirmed.ts, suspected.ts, "the message became the incident");
    assert!(!has(&confirmed, "confirm") && words(&confirmed).contains("Outage, confirmed"));
    team.note(&confirmed, "Confirmed by ada");
    let mails = mailbox.exactly(3);
    assert!(mails.iter().all(|mail| mail.text().unwrap().contains("confirmed")), "{mails:?}");

    // An update by the form: an error beside its field, then the preview, then it is published.
    team.click(site, ada, &confirmed, "update");
    let nothing = team.submit(site, ada, &[("status", FakeInput::Option("watching"))]);
    assert!(matches!(&nothing[..], [(field, _)] if field == "text"), "{nothing:?}");
    let fixed = [
        ("status", FakeInput::Option("watching")),
        ("title", FakeInput::Text("Checkout <!channel> & <https://evil.example|cards>")),
        ("text", FakeInput::Text("A fix is **in place**.")),
    ];
    assert_eq!(team.submit(site, ada, &fixed), []);
    let preview = workspace.modal(ada).unwrap();
    assert!(preview.view.to_string().contains("Notify 3 subscribers"), "{preview:#?}");
    assert!(preview.view.to_string().contains("A fix is *in place*."), "{preview:#?}");
    assert_eq!(site.board()["headline"], "outage", "a preview publishes nothing");
    assert_eq!(team.submit(site, ada, &[]), []);
    assert_eq!(workspace.modal(ada), None);
    let watching = team.root("watching", |root| words(root).contains("Fix in place, monitoring"));
    for markup in markup(&watching) {
        assert!(!markup.contains("<!channel") && !markup.contains("<https://evil"), "{markup}");
    }
    mailbox.exactly(6);

    // What happens elsewhere shows, too, with who did it.
    site.candor(&["incident", "update", "1", "--text", "Still looking."]).well();
    team.note(&watching, "Still looking.");
    site.candor(&["incident", "update", "1", "--status", "confirmed", "--text", "Not yet."]).well();
    team.root("confirmed again", |root| words(root).contains("Outage, confirmed"));
    // Whoever heard of the fix hears that it didn't hold.
    mailbox.exactly(9);

    // The alerts are cleared: the team is asked, and it is over when a person says so.
    for (place, alert) in (2..).zip(["one", "two"]) {
        site.acknowledged(&opsgenie("Close", alert, NOON + place));
    }
    let question = team.note(&watching, "Resolve it?");
    assert!(question.broadcast && has(&question, "resolve"), "{question:#?}");
    assert_ne!(site.board()["headline"], "all-good");
    team.click(site, grace, &question, "resolve");
    assert_eq!(team.submit(site, grace, &[("text", FakeInput::Text("Cards work again."))]), []);
    let over = team.root("resolved", |root| words(root).contains("Lasted"));
    assert!(!has(&over, "update") && words(&over).contains("Cards work again."), "{over:#?}");
    until("the question to be answered", || {
        let replies = workspace.replies(channel, &over.ts);
        let asked = replies.into_iter().find(|reply| reply.ts == question.ts).unwrap();
        (!has(&asked, "resolve")).then_some(())
    });
    mailbox.exactly(12);

    // Slack took everything that it was given; the log knows who did what, and nobody's name.
    let refused: Vec<_> = workspace.calls().into_iter().filter(|call| !call.was_done()).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let by_slack: Vec<_> =
        site.events().into_iter().filter(|event| event["source"] == "slack").collect();
    let types: Vec<_> = by_slack.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["human-confirmed", "title-set", "update-posted", "resolved"]);
    assert!(by_slack.iter().all(|event| event["actor"].is_string()), "{by_slack:#?}");
    for person in [ada, grace] {
        assert!(!serde_json::to_string(&by_slack).unwrap().contains(person.as_str()));
    }
    site.verified();
}

#[test]
fn all_alerts_cleared_is_dismissed_by_itself_and_may_have_been_real() {
    let team = Team::gather();
    let mailbox = MailSink::open();
    let site = team.tell(Installation::new()).mailing_to(mailbox.address).started();
    site.candor(&["subscriber", "add", "ada@example.org"]).well();
    site.acknowledged(&opsgenie("Create", "one", NOON));
    team.root("suspected", |root| has(root, "confirm"));
    site.acknowledged(&opsgenie("Close", "one", NOON + 1));
    let dismissed = team.root("dismissed", |root| has(root, "it-was-real"));
    assert!(!has(&dismissed, "confirm"), "{dismissed:#?}");
    assert_eq!(mailbox.count(), 0);
    team.click(&site, &team.ada, &dismissed, "it-was-real");
    team.root("resolved", |root| words(root).contains("Lasted"));
    let [mail] = mailbox.exactly(1).try_into().unwrap();
    assert!(mail.text().unwrap().contains("Outage, resolved"), "{mail:?}");
}

#[test]
fn slack_is_away_and_nothing_waits_for_it_or_is_lost() {
    let team = Team::gather();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let site = team.tell(Installation::new()).started();
    runtime.block_on(team.workspace.go_away());
    let seq = site.acknowledged(&opsgenie("Create", "one", NOON));
    assert_eq!(site.board_at(seq)["headline"], "suspected", "the page doesn't wait");
    site.candor(&["incident", "confirm", "--text", "We are on it."]).well();
    runtime.block_on(team.workspace.come_back()).unwrap();
    let root = team.root("confirmed", |root| has(root, "resolve"));
    assert!(words(&root).contains("We are on it."), "{root:#?}");
}

#[test]
fn a_revoked_token_turns_the_health_red_and_a_new_one_in_its_file_mends_it() {
    let team = Team::gather();
    let site = team.tell(Installation::new()).without("SLACK_BOT_TOKEN");
    let token = site.write("token", Workspace::BOT_TOKEN);
    let site = site.with("SLACK_BOT_TOKEN_FILE", token.display()).started();
    let health = || site.get("/healthcheck/").status;
    site.acknowledged(&opsgenie("Create", "one", NOON));
    let root = team.root("suspected", |root| has(root, "confirm"));
    assert_eq!(health(), 200);
    team.workspace.revoke_tokens();
    team.click(&site, &team.ada, &root, "confirm");
    assert_eq!(site.board_when("an outage", |board| board["headline"] == "outage")["seq"], 2);
    let admin = || site.ask_admin("/healthcheck/").status;
    until("the health to be red", || (admin() == 503).then_some(()));
    let log = site.logged();
    assert!(log.contains("install the app anew"), "it says what to do: {log}");
    assert!(!log.contains(Workspace::BOT_TOKEN));
    team.workspace.allow("xoxb-another-one");
    site.write("token", "xoxb-another-one\n");
    team.root("confirmed", |root| has(root, "resolve"));
    until("the health to be good", || (admin() == 200).then_some(()));
}

#[test]
fn the_manifest_is_made_for_the_sites_own_address() {
    let site = Installation::new().with("SITE_URL", "https://status.example.org");
    let manifest = site.candor(&["slack", "manifest"]).json();
    let settings = &manifest["settings"];
    for url in [
        &settings["event_subscriptions"]["request_url"],
        &settings["interactivity"]["request_url"],
        &manifest["features"]["slash_commands"][0]["url"],
    ] {
        assert_eq!(url, "https://status.example.org/integrations/slack/events");
    }
    let by_socket = site.candor(&["slack", "manifest", "--socket-mode"]).json();
    assert_eq!(by_socket["settings"]["socket_mode_enabled"], true);
    assert!(!by_socket.to_string().contains("status.example.org/integrations"), "{by_socket}");
}

#[test]
fn check_names_exactly_what_is_missing() {
    let team = Team::gather();
    let site = team.tell(Installation::new());
    let rows = site.candor(&["slack", "check"]).well();
    assert!(rows.contains("posted and deleted") && !rows.contains("BAD"), "{rows}");
    assert!(team.workspace.messages(&team.channel).is_empty(), "it took its message away");

    let bad = |about: &str, says: &str| {
        let said = site.candor(&["slack", "check"]);
        assert!(said.stdout.contains(says), "{about}: {said:#?}");
        let sentence = said.failed(1);
        assert!(sentence.contains(about), "{sentence}");
    };
    let all = ["chat:write", "channels:read", "channels:join", "channels:history"];
    team.workspace.grant(&all);
    bad("scopes", "users:read");
    team.workspace.archive(&team.channel, true);
    bad("channel", "archived");
    team.workspace.revoke_tokens();
    bad("token", "token_revoked");
    let nowhere = Installation::new().candor(&["slack", "check"]).failed(2);
    assert!(nowhere.contains("CANDOR_SLACK_BOT_TOKEN"), "{nowhere}");
    let offline = site.candor(&["check"]);
    assert!(offline.stdout.contains("slack"), "{offline:#?}");
}

/// Nothing of ours can be reached from outside here: what people do comes over the connection that we made.
#[test]
fn by_socket_mode_no_address_has_to_be_reachable() {
    let team = Team::gather();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let site = team
        .tell(Installation::new())
        .without("SLACK_SIGNING_SECRET")
        .with("SLACK_APP_TOKEN", Workspace::APP_TOKEN)
        .started();
    site.acknowledged(&opsgenie("Create", "one", NOON));
    let root = team.root("suspected", |root| has(root, "confirm"));
    until("a connection", || (team.workspace.connections() > 0).then_some(()));
    let click = team.workspace.click(&team.ada, &team.channel, &root.ts, "confirm").unwrap();
    let answer: Option<Value> = runtime.block_on(team.workspace.send(&click));
    assert_eq!(answer, Some(Value::Null), "acknowledged");
    let confirmed = site.events().iter().filter(|event| event["type"] == "human-confirmed").count();
    assert_eq!(confirmed, 1, "after the commit");
    team.root("confirmed", |root| has(root, "resolve"));
}
