//! How soon the first mail leaves after a confirmation, and how many leave a second.

use std::time::{Duration, Instant};

use candor_integrations::mail::catcher::Policy;
use candor_testkit::{
    figures::{Goal, Table, ms, percentile},
    mailbox::MailSink,
    site::{Installation, opsgenie},
    until,
};
use jiff::Timestamp;

const CONFIRMATIONS: usize = 30;
const RECIPIENTS: usize = 1_000;
const ANSWERS_AFTER: Duration = Duration::from_millis(20);

pub(crate) fn measure(table: &mut Table) {
    first_mail(table);
    thousand_mails(table);
}

/// From the confirmation's commit (its `recorded_at` in the log) until the mail server has accepted the mail. The
/// command is a process of its own, so this contains how the serving process gets to know of it; what the command
/// costs before its commit is the other row.
fn first_mail(table: &mut Table) {
    let mailbox = MailSink::open();
    let site = Installation::new().mailing_to(mailbox.address).started();
    site.candor(&["subscriber", "add", "ada@example.org"]).well();
    let (mut from_commit, mut from_start) = (Vec::new(), Vec::new());
    for n in 1..=CONFIRMATIONS {
        let alert = format!("alert {n}");
        let seq = site.acknowledged(&opsgenie("Create", &alert, 1_700_000_000_000_000_000));
        site.board_at(seq);
        let (number, started_at) = (n.to_string(), Timestamp::now());
        site.candor(&["incident", "confirm", &number]).well();
        let mail = until("the first mail", || mailbox.mails().get(n - 1).cloned());
        let events = site.events();
        let confirmed = events.iter().rfind(|event| event["type"] == "human-confirmed").unwrap();
        let confirmed_at: Timestamp = confirmed["recorded_at"].as_str().unwrap().parse().unwrap();
        let since = |begin: Timestamp| mail.at.duration_since(begin).as_secs_f64() * 1000.0;
        from_commit.push(since(confirmed_at));
        from_start.push(since(started_at));
        site.candor(&["incident", "resolve", &number, "--no-notify"]).well();
    }
    table.add(
        "confirmation in the log → first mail accepted, median",
        percentile(&mut from_commit, 50),
        "ms",
        Goal::Below(50.0),
    );
    table.note(
        "the same from the start of `candor incident confirm`",
        percentile(&mut from_start, 50),
        "ms",
    );
}

/// From the command until the last of 1,000 mails is accepted by a server that thinks before each answer.
fn thousand_mails(table: &mut Table) {
    let mailbox = MailSink::behaving(Policy::slow(ANSWERS_AFTER));
    let site = Installation::new().mailing_to(mailbox.address).started();
    let list: String = (0..RECIPIENTS).map(|n| format!("reader{n}@example.org\n")).collect();
    site.candor_reading(&["subscriber", "add", "-"], &list).well();
    let begin = Instant::now();
    site.candor(&["incident", "declare", "--title", "A thousand mails"]).well();
    until("all mails", || (mailbox.count() >= RECIPIENTS).then_some(()));
    let rate = 1_000_000.0 / ms(begin.elapsed());
    table.add(
        "mails to a server that answers each command after 20 ms",
        rate,
        "/s",
        Goal::AtLeast(150.0),
    );
}
