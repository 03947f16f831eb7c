//! The main job, end to end: suspected, confirmed, watched, resolved, with a log that can be replayed.

use std::sync::Arc;

use candor_integrations::mail::catcher::CaughtMail;
use candor_testkit::{
    Database,
    mailbox::{MailSink, header, link, to},
    site::{Installation, SECRET, opsgenie},
    until,
};

const NOON: u64 = 1_700_000_000_000_000_000;
const READERS: [&str; 3] = ["ada@example.org", "grace@example.org", "linus@example.org"];

#[test]
fn from_the_alert_to_the_last_mail_on_sqlite() {
    from_the_alert_to_the_last_mail(Installation::new());
}

#[test]
fn from_the_alert_to_the_last_mail_on_postgresql() {
    let database = Database::postgres();
    from_the_alert_to_the_last_mail(Installation::new().with("DATABASE_URL", database.url()));
}

fn from_the_alert_to_the_last_mail(site: Installation) {
    let mailbox = MailSink::open();
    let mut site = site.mailing_to(mailbox.address).started();
    let printed = site.printed();
    assert!(
        printed.contains(&format!("http://{}/", site.address)),
        "the page's address: {printed}"
    );
    assert!(printed.contains("/integrations/hook/"), "the webhook's address: {printed}");
    assert!(
        !printed.contains(SECRET),
        "a secret that the operator chose isn't shown again: {printed}"
    );

    site.candor_reading(&["subscriber", "add", "-"], &READERS.join("\n")).well();
    assert_eq!(
        site.candor(&["subscriber", "list", "--json"]).json().as_array().unwrap().len(),
        READERS.len()
    );
    assert_eq!(site.board()["headline"], "all-good");

    // Monitoring suspects: the page says so, and nobody is told.
    let seq = site.acknowledged(&opsgenie("Create", "one", NOON));
    let board = site.board_at(seq);
    assert_eq!(board["headline"], "suspected", "{board}");
    let page = site.get("/").text().to_lowercase();
    assert!(page.contains("might be having issues"), "{page}");
    let open = site.candor(&["incident", "list", "--json"]).json();
    assert_eq!(
        (&open[0]["number"], &open[0]["status"]),
        (&1.into(), &"suspected".into()),
        "{open}"
    );

    // A person confirms: now everybody is told, once.
    site.candor(&[
        "incident",
        "confirm",
        "1",
        "--severity",
        "partial",
        "--title",
        "Checkout is slow",
        "--text",
        "We look into it.",
    ])
    .well();
    let confirmed = mailbox.exactly(3);
    assert_eq!(
        recipients(&confirmed),
        READERS,
        "everybody, once, and nobody before the confirmation"
    );
    for mail in &confirmed {
        assert!(header(mail, "Subject").contains("Checkout is slow"), "{mail:?}");
        assert!(mail.text().unwrap().contains("We look into it."), "{mail:?}");
        assert_eq!(header(mail, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        assert!(header(mail, "List-Unsubscribe").contains("/unsubscribe/"), "{mail:?}");
    }

    // A word in between tells nobody by mail; a new status does, in the same thread.
    site.candor(&["incident", "update", "1", "--text", "Still looking."]).well();
    site.candor(&[
        "incident",
        "update",
        "1",
        "--text",
        "A fix is in place.",
        "--status",
        "watching",
    ])
    .well();
    let watching = mailbox.exactly(6).split_off(3);
    assert_eq!(recipients(&watching), READERS);
    for mail in &watching {
        let first = confirmed.iter().find(|first| to(first) == to(mail)).unwrap();
        for name in ["References", "In-Reply-To"] {
            assert_eq!(
                header(mail, name),
                header(first, name),
                "one incident is one thread: {name}"
            );
        }
        assert_ne!(header(mail, "Message-ID"), header(first, "Message-ID"));
        assert!(header(mail, "Subject").starts_with("A fix is in place: "), "{mail:?}");
    }
    let closed = site.acknowledged(&opsgenie("Close", "one", NOON + 1));
    assert_eq!(
        site.board_at(closed)["headline"],
        "watching",
        "monitoring doesn't end what a person confirmed"
    );
    site.candor(&["incident", "update", "1", "--text", "For those who wait.", "--notify"]).well();
    mailbox.exactly(9);
    site.candor(&["incident", "resolve", "1", "--text", "It is over."]).well();
    mailbox.exactly(12);

    // The page, the JSON and the commands agree.
    let board = site
        .board_when("the page to say that all is good", |board| board["headline"] == "all-good");
    assert_eq!(board["recent"][0]["status"], "resolved", "{board}");
    let permalink = board["recent"][0]["path"].as_str().unwrap().to_owned();
    let page = site.get(&permalink).text();
    for words in [
        "Checkout is slow",
        "We look into it.",
        "Still looking.",
        "A fix is in place.",
        "It is over.",
    ] {
        assert!(page.contains(words), "{words:?} is missing at {permalink}: {page}");
    }
    assert_eq!(site.get("/api/v2/status.json").json()["status"]["indicator"], "none");

    // The log is intact, and gives the same page, byte for byte.
    let events = site.verified();
    let served = site.get("/api/v1/board.json").text();
    let replayed = site.candor(&["log", "replay", "--json"]).well();
    assert_eq!(served.trim_end(), replayed.trim_end(), "the same events give the same page");
    let log = site.candor(&["log", "export"]).well();
    assert!(READERS.iter().all(|reader| !log.contains(reader)), "the log knows no subscriber");
    site.stop();
    site.start();
    assert_eq!(site.get("/api/v1/board.json").text(), served, "a restart changes nothing");
    site.stop();
    assert_eq!(mailbox.count(), 12, "a restart repeats nothing");
    println!(
        "{events} events, {} mails, replay is identical in {} bytes",
        mailbox.count(),
        served.len()
    );
}

#[test]
fn a_false_alarm_leaves_the_page_and_was_never_mailed() {
    let mailbox = MailSink::open();
    let mut site = Installation::new().mailing_to(mailbox.address).started();
    site.candor(&["subscriber", "add", READERS[0]]).well();
    let seq = site.acknowledged(&opsgenie("Create", "one", NOON));
    site.board_at(seq);
    site.candor(&["incident", "dismiss", "1", "--text", "A probe was misconfigured."]).well();
    let board = site
        .board_when("the page to say that all is good", |board| board["headline"] == "all-good");
    let permalink = board["recent"][0]["path"].as_str().unwrap().to_owned();
    assert_eq!(site.get(&permalink).status, 200, "the permalink of a false alarm keeps answering");
    // The next one comes so soon that the same suspicion is taken up again.
    site.acknowledged(&opsgenie("Close", "one", NOON + 1));
    let seq = site.acknowledged(&opsgenie("Create", "two", NOON));
    assert_eq!(site.board_at(seq)["current"][0]["number"], 1);
    let seq = site.acknowledged(&opsgenie("Close", "two", NOON + 1));
    assert_eq!(
        site.board_at(seq)["headline"],
        "all-good",
        "a suspicion without alerts is dismissed"
    );

    // The next confirmed incident is the first that anybody hears of.
    site.candor(&["incident", "declare", "--title", "A real one", "--severity", "bug"]).well();
    let mails = mailbox.exactly(1);
    assert!(header(&mails[0], "Subject").contains("A real one"), "{mails:?}");
    site.stop();
    assert_eq!(mailbox.count(), 1);
}

#[test]
fn a_subscriber_confirms_first_and_unsubscribes_with_one_click() {
    let mailbox = MailSink::open();
    let site = Installation::new().mailing_to(mailbox.address).started();
    let page = format!("http://{}", site.address);
    let path = |link: String| link.strip_prefix(&page).unwrap().to_owned();

    let first = site.post_form("/subscribe", "email=ada%40example.org");
    assert_eq!(first.status, 303, "{first:?}");
    let confirm = path(link(&mailbox.exactly(1)[0], &format!("{page}/subscribe/")));
    assert_eq!(site.get(&confirm).status, 200);
    assert_eq!(
        site.candor(&["subscriber", "list", "--json"]).json()[0]["state"],
        "pending",
        "a GET changes nothing"
    );
    assert_eq!(site.post_form(&confirm, "").status, 303);
    assert_eq!(site.candor(&["subscriber", "list", "--json"]).json()[0]["state"], "confirmed");
    let again = site.post_form("/subscribe", "email=ada%40example.org");
    assert_eq!((again.status, &again.body), (303, &first.body), "nobody learns who is subscribed");

    // The mail says that they are, and leads to what can be changed: from now on incidents only, in another zone.
    let known = mailbox.exactly(2).remove(1);
    let manage = path(link(&known, &format!("{page}/subscription/")));
    assert_eq!(site.get(&manage).status, 200);
    let wish = "scope=incidents&language=en&time_zone=Asia%2FTokyo";
    assert_eq!(site.post_form(&manage, wish).status, 303);
    let window = ["--start", "2099-11-23T02:00Z", "--end", "2099-11-23T03:00Z"];
    site.candor(&[["maintenance", "plan", "--title", "Disks"], window].concat()).well();
    site.candor(&["incident", "declare", "--title", "Down"]).well();
    let mail = mailbox.exactly(3).remove(2);
    let text = mail.text().unwrap();
    assert!(header(&mail, "Subject").contains("Down"), "planned work isn't wanted: {mail:?}");
    assert!(text.contains("JST (") && text.contains(" UTC)"), "{text}");
    assert!(
        text.contains(&format!("{page}/subscription/")),
        "every mail leads to what can be changed: {text}"
    );
    let leave = header(&mail, "List-Unsubscribe");
    let leave = path(leave.trim_matches(['<', '>']).to_owned());
    assert_eq!(site.get(&leave).status, 200);
    assert_eq!(
        site.candor(&["subscriber", "list", "--json"]).json().as_array().unwrap().len(),
        1,
        "a GET changes nothing"
    );
    assert_eq!(site.post_form(&leave, "List-Unsubscribe=One-Click").status, 200);
    until("the subscriber to be gone", || {
        let left = site.candor(&["subscriber", "list", "--json"]).json();
        left.as_array().unwrap().is_empty().then_some(())
    });
    assert_eq!(
        site.post_form(&leave, "List-Unsubscribe=One-Click").status,
        200,
        "a second click does no harm"
    );
    assert_eq!(site.get("/unsubscribe/not-one-of-ours").status, 404);
}

#[test]
fn a_first_start_needs_no_setting_and_a_second_keeps_its_secrets() {
    let mut site = Installation::new().without("ALERT_SECRET");
    site.start();
    let hook = site
        .printed()
        .split_whitespace()
        .find_map(|word| {
            word.split_once("/integrations/hook/").map(|(_, secret)| secret.to_owned())
        })
        .unwrap_or_else(|| panic!("no webhook in {}", site.printed()));
    let path = format!("/integrations/hook/{hook}");
    let post = |site: &Installation, alert: &str| {
        let body = opsgenie("Create", alert, NOON).to_string();
        let json = [("Content-Type", "application/json")];
        candor_testkit::http::ask(site.address, "POST", &path, &json, body.as_bytes())
            .unwrap()
            .status
    };
    assert_eq!(post(&site, "one"), 200);
    site.stop();
    site.start();
    assert_eq!(post(&site, "two"), 200, "the secret of the first start still holds");
    assert!(!site.printed().contains(&hook), "and isn't shown to whoever reads the logs");
    for file in ["secret.key", "alert.secret"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(site.data_dir().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file} is its owner's alone");
    }
}

#[test]
fn candor_simulates_a_provider() {
    let site = Installation::new().started();
    let url = format!("http://{}/integrations/opsgenie/hook/{SECRET}", site.address);
    site.candor(&["simulate", "opsgenie", "--url", &url, "--no-close"]).well();
    site.board_when("the page to show the suspicion", |board| board["headline"] == "suspected");
    site.candor(&["simulate", "opsgenie", "--url", &url, "--wait", "0s"]).well();
    assert_eq!(site.candor(&["incident", "list", "--json"]).json()[0]["alerts"], 2);
    site.candor(&["simulate", "opsgenie", "--url", "http://127.0.0.1:1/hook", "--no-close"])
        .failed(1);
}

/// To whom the mails went, in alphabetical order.
fn recipients(mails: &[Arc<CaughtMail>]) -> Vec<&str> {
    let mut recipients: Vec<_> = mails.iter().map(|mail| to(mail)).collect();
    recipients.sort_unstable();
    recipients
}
