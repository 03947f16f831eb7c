//! A believable history with at least one of everything that can happen.

use candor_core::{
    Command, IncidentAction, IncidentNumber, MaintenancePlan, Notify, Severity, Status, Window,
};
use jiff::{SignedDuration, Timestamp};

use super::{
    operator::{Operator, text, title},
    stages::{declared, in_both, number, translated},
};

const POSTMORTEM: &str = "## What happened\n\nA certificate had expired. **Nobody had been told**, because the mail that \
should have said so went to somebody who has left.\n\n## What we change\n\n1. Certificates are renewed by machine.\n2. A \
second person gets the mail.\n\n> It was not the certificate’s fault.\n\n```\nopenssl x509 -enddate -noout -in a-file-with-a-rather-long-name.pem | tee /tmp/when-it-ends\n```\n\nSee also [the \
first report](https://acme.example/report).";

/// How many days ago something small happened, how bad it was, and how many minutes it took.
const SMALL: [(i64, Severity, i64); 14] = [
    (6, Severity::Bug, 190),
    (12, Severity::Notice, 60),
    (33, Severity::Partial, 25),
    (34, Severity::Partial, 70),
    (61, Severity::Outage, 12),
    (75, Severity::Bug, 2_900),
    (98, Severity::Partial, 45),
    (120, Severity::Outage, 130),
    (151, Severity::Notice, 600),
    (199, Severity::Partial, 30),
    (245, Severity::Bug, 500),
    (300, Severity::Outage, 61),
    (334, Severity::Partial, 15),
    (2_200, Severity::Outage, 240),
];

/// What it was called.
const TITLES: [&str; 5] = [
    "Some payments fail",
    "Scanning is slow",
    "Search finds nothing",
    "Labels print with a wrong date",
    "Pages load slowly for customers who come from far away",
];

/// Lives through it; `suspect` lets monitoring raise an alert. The incidents that are looked at, under names.
pub(super) fn live(
    operator: &Operator,
    suspect: impl FnOnce(&Operator) -> IncidentNumber,
) -> Vec<(&'static str, IncidentNumber)> {
    for (days, severity, minutes) in SMALL.iter().rev() {
        let begin = ago(*days);
        let opened = declared(
            title(TITLES[usize::try_from(days.unsigned_abs()).unwrap() % TITLES.len()]),
            *severity,
            Some(begin),
            "We look into it.",
        );
        operator.tells(vec![(begin, opened), (begin, resolved(begin, *minutes))]);
    }
    vec![
        ("outage", outage(operator)),
        ("edited", edited(operator)),
        ("long", long(operator)),
        ("maintenance", maintenance(operator)),
        ("false alarm", false_alarm(operator, suspect)),
    ]
}

fn outage(operator: &Operator) -> IncidentNumber {
    let begin = ago(20);
    let name = translated("The shop could not be reached", "Der Shop war nicht erreichbar");
    let told = operator.tells(vec![
        (
            begin,
            declared(
                name,
                Severity::Outage,
                Some(begin),
                "Pages don’t load. We are looking into it.",
            ),
        ),
        (later(begin, 14), said("The cause is found: an expired certificate.", None)),
        (later(begin, 35), said("The new one is in place.", Some(Status::Watching))),
        (later(begin, 95), resolved(begin, 95)),
        (
            later(begin, 3_000),
            IncidentAction::PublishPostmortem {
                text: in_both(POSTMORTEM, "## Was geschah\n\nEin Zertifikat war abgelaufen."),
            }
            .on(IncidentNumber::FIRST),
        ),
    ]);
    number(&told)
}

fn edited(operator: &Operator) -> IncidentNumber {
    let begin = ago(3);
    let both =
        in_both("Mails with tickets are late.", "Mails mit Eintrittskarten kommen verspätet an.");
    let update = IncidentAction::PostUpdate { text: both, status: None, notify: Notify::No }
        .on(IncidentNumber::FIRST);
    let told = operator.tells(vec![
        (
            begin,
            declared(
                title("Mails are late"),
                Severity::Bug,
                Some(begin),
                "We got the fist reports.",
            ),
        ),
        (later(begin, 5), update),
        (later(begin, 9), said("Only mails to one provider are late.", None)),
        (later(begin, 50), resolved(begin, 50)),
    ]);
    let (incident, first, third) = (number(&told), told[0].seq, told[2].seq);
    operator.does(
        IncidentAction::CorrectUpdate { update: first, text: text("We got the first reports.") }
            .on(incident),
    );
    operator.does(IncidentAction::RetractUpdate { update: third }.on(incident));
    incident
}

fn long(operator: &Operator) -> IncidentNumber {
    let begin = ago(5);
    let name = format!(
        "{} and other things that nobody would call short",
        "Donaudampfschifffahrt".repeat(4)
    );
    let many = (1..40).map(|n| {
        let words = format!(
            "Step {n} of 40 is done. {}",
            "It took longer than we had thought. ".repeat(usize::try_from(n % 9).unwrap())
        );
        (later(begin, n * 7), said(&words, None))
    });
    let mut story = vec![(
        begin,
        declared(title(&name), Severity::Partial, Some(begin), &"unbreakable".repeat(40)),
    )];
    story.extend(many);
    story.push((later(begin, 300), resolved(begin, 300)));
    number(&operator.tells(story))
}

fn maintenance(operator: &Operator) -> IncidentNumber {
    let begin = ago(10);
    let (incident, notify) = (IncidentNumber::FIRST, Notify::No);
    let window = Window { starts_at: begin, ends_at: later(begin, 60) };
    let told = operator.tells(vec![
        (
            ago(14),
            Command::RecordMaintenance(MaintenancePlan {
                title: title("New hardware for the database"),
                window,
                text: Some(text("The shop is read-only for an hour.")),
                auto_start: false,
                auto_end: false,
                silent: true,
            }),
        ),
        (begin, IncidentAction::StartMaintenance { text: None, notify }.on(incident)),
        (
            later(begin, 52),
            IncidentAction::Resolve {
                ended_at: Some(later(begin, 52)),
                text: Some(text("All went well.")),
                notify,
            }
            .on(incident),
        ),
    ]);
    number(&told)
}

fn false_alarm(
    operator: &Operator,
    suspect: impl FnOnce(&Operator) -> IncidentNumber,
) -> IncidentNumber {
    let incident = suspect(operator);
    operator.does(
        IncidentAction::Dismiss { text: Some(text("A probe was misconfigured.")) }.on(incident),
    );
    incident
}

fn said(words: &str, status: Option<Status>) -> Command {
    let incident = IncidentNumber::FIRST;
    IncidentAction::PostUpdate { text: text(words), status, notify: Notify::No }.on(incident)
}

fn resolved(begin: Timestamp, minutes: i64) -> Command {
    IncidentAction::Resolve {
        ended_at: Some(later(begin, minutes)),
        text: Some(text("It is over.")),
        notify: Notify::No,
    }
    .on(IncidentNumber::FIRST)
}

fn ago(days: i64) -> Timestamp {
    Timestamp::now() - SignedDuration::from_hours(24 * days)
}

fn later(begin: Timestamp, minutes: i64) -> Timestamp {
    begin + SignedDuration::from_mins(minutes)
}
