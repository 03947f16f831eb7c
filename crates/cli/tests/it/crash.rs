//! `kill -9` during a mailing: no mail is lost, and at most the mails in flight are repeated.

use std::{collections::BTreeMap, sync::Arc};

use candor_integrations::mail::catcher::CaughtMail;
use candor_testkit::{
    mailbox::{MailSink, header, to},
    site::Installation,
    until,
};

const KILLS: usize = 30;
const RECIPIENTS: usize = 200;
/// Sends that may be in flight at a time.
const CONNECTIONS: usize = 8;

#[test]
fn a_mailing_survives_thirty_kills() {
    let mailbox = MailSink::open();
    let mut site = Installation::new().mailing_to(mailbox.address).with("CONCURRENCY", CONNECTIONS);
    site.start();
    let list: String = (0..RECIPIENTS).map(|n| format!("reader{n}@example.org\n")).collect();
    site.candor_reading(&["subscriber", "add", "-"], &list).well();

    let mut caught_in_the_middle = 0;
    for round in 1..=KILLS {
        let title = title(round);
        let before = mailbox.count();
        site.candor(&["incident", "declare", "--title", &title]).well();
        // Each round a bit later: from before the first mail to shortly before the last one.
        let kill_after = (round - 1) * (RECIPIENTS - 20) / KILLS;
        until("the mailing to get going", || {
            (mailbox.count() - before >= kill_after).then_some(())
        });
        site.kill();
        if mailbox.count() - before < RECIPIENTS {
            caught_in_the_middle += 1;
        }
        site.start();
        until(&format!("everybody to get {title:?}"), || {
            let enough = mailbox.count() - before >= RECIPIENTS;
            (enough && of_round(&mailbox.mails()[before..], round).len() == RECIPIENTS)
                .then_some(())
        });
    }
    site.stop();

    let mails = mailbox.mails();
    let (mut lost, mut repeated, mut worst) = (0, 0, 0);
    for round in 1..=KILLS {
        let by_recipient = of_round(&mails, round);
        lost += RECIPIENTS - by_recipient.len();
        let repeats: usize = by_recipient.values().map(|copies| copies.len() - 1).sum();
        assert!(
            repeats <= CONNECTIONS,
            "round {round}: {repeats} repeats with {CONNECTIONS} in flight"
        );
        for copies in by_recipient.values() {
            let first = identity(copies[0]);
            assert!(
                copies.iter().all(|copy| identity(copy) == first),
                "a repeat can be recognized: {copies:#?}"
            );
        }
        repeated += repeats;
        worst = worst.max(repeats);
    }
    assert_eq!(lost, 0);
    assert!(
        caught_in_the_middle > KILLS / 2,
        "the kills came too late to prove anything: {caught_in_the_middle}"
    );
    println!(
        "{KILLS} kills, {caught_in_the_middle} in the middle of a mailing to {RECIPIENTS}: lost {lost}, repeated \
         {repeated} (at most {worst} a kill, {CONNECTIONS} in flight), {} events intact",
        site.verified()
    );
}

#[test]
fn an_acknowledged_alert_survives_a_kill() {
    use candor_testkit::site::{opsgenie, post_hook};
    let mut site = Installation::new();
    let mut acknowledged = 0;
    for round in 0..10 {
        site.start();
        let server = site.address;
        let sender = std::thread::spawn(move || {
            let mut taken = 0_u64;
            for n in 0.. {
                let body =
                    opsgenie("Create", &format!("alert {round}/{n}"), 1_700_000_000_000_000_000);
                match post_hook(server, &body) {
                    Ok(answer) if answer.status == 200 => taken += 1,
                    _ => break,
                }
            }
            taken
        });
        until("some alerts to be taken", || {
            (site.board()["seq"].as_u64() > Some(acknowledged + 5)).then_some(())
        });
        site.kill();
        acknowledged += sender.join().unwrap();
    }
    let events = site.verified();
    assert!(events >= acknowledged, "{acknowledged} were acknowledged, {events} are in the log");
    assert!(
        events <= acknowledged + 10,
        "at most the one whose answer was cut off is more: {events}"
    );
    println!("10 kills: {acknowledged} acknowledged, {events} in the log, lost 0");
}

fn title(round: usize) -> String {
    format!("Crash {round:02}")
}

/// The mails of a round, by recipient.
fn of_round(mails: &[Arc<CaughtMail>], round: usize) -> BTreeMap<&str, Vec<&CaughtMail>> {
    let title = title(round);
    let mut by_recipient = BTreeMap::<_, Vec<&CaughtMail>>::new();
    for mail in mails.iter().filter(|mail| header(mail, "Subject").contains(&title)) {
        by_recipient.entry(to(mail)).or_default().push(mail);
    }
    by_recipient
}

/// By what a repeat is recognized.
fn identity(mail: &CaughtMail) -> (String, String) {
    (header(mail, "Message-ID"), header(mail, "Date"))
}
