//! Commands that change nothing, and the named reason for it.

use std::collections::BTreeSet;

use candor_core::{
    Command, Declaration, IncidentAction, Notify, Refusal, Revision, Severity, SiteConfigured,
    Status,
};

use candor_testkit::story::{
    Story, ada, at, cancel, confirm, confirm_afterwards, confirm_by_two, declaration, declare,
    dismiss, end, incident, plan, quiet_page, raise, reopen, reschedule, resolve, revise, start,
    text, title, update,
};

/// The name of the variant, for counting; a new variant has to be added here.
fn name(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NoSuchIncident(_) => "NoSuchIncident",
        Refusal::Already { .. } => "Already",
        Refusal::NotSuspected { .. } => "NotSuspected",
        Refusal::SamePerson { .. } => "SamePerson",
        Refusal::NotDismissed { .. } => "NotDismissed",
        Refusal::NotConfirmed { .. } => "NotConfirmed",
        Refusal::NotStarted { .. } => "NotStarted",
        Refusal::NotOver { .. } => "NotOver",
        Refusal::WasDismissed { .. } => "WasDismissed",
        Refusal::UnderWay { .. } => "UnderWay",
        Refusal::Canceled { .. } => "Canceled",
        Refusal::NotMaintenance { .. } => "NotMaintenance",
        Refusal::NotPlannedMaintenance { .. } => "NotPlannedWork",
        Refusal::StaysMaintenance { .. } => "StaysMaintenance",
        Refusal::NotDeclarable(_) => "NotDeclarable",
        Refusal::HasNoEnd(_) => "HasNoEnd",
        Refusal::NotAnUpdateStatus(_) => "NotAnUpdateStatus",
        Refusal::NoSuchUpdate { .. } => "NoSuchUpdate",
        Refusal::NoText => "NoText",
        Refusal::EndsBeforeItBegins => "EndsBeforeItBegins",
        Refusal::InTheFuture => "InTheFuture",
        Refusal::WindowIsOver => "WindowIsOver",
        Refusal::NothingToChange => "NothingToChange",
        Refusal::NobodyNamed => "NobodyNamed",
    }
}

const VARIANTS: usize = 24;

fn cases() -> Vec<(Story, Command, Refusal)> {
    let suspected = || quiet_page().when(raise("a"));
    let outage = || quiet_page().when(declare(Severity::Outage));
    let planned = || quiet_page().when(plan(60, 90));
    let over = || outage().when(resolve(1));
    let i = incident(1);
    let bug = |status| declaration(Severity::Bug, status);
    let amend = |started_at, ended_at| IncidentAction::AmendTimes { started_at, ended_at }.on(i);
    let to = |status| Revision { status: Some(status), ..Revision::default() };
    let set = |severity| IncidentAction::SetSeverity { severity }.on(i);
    let as_bad_as = |severity| Revision { severity: Some(severity), ..Revision::default() };
    let real = |severity| {
        IncidentAction::Confirm {
            severity: Some(severity),
            title: None,
            text: None,
            notify: Notify::Default,
        }
        .on(i)
    };
    let already =
        |status, minute| Refusal::Already { incident: i, status, by: Some(ada()), at: at(minute) };
    vec![
        (quiet_page(), confirm(1), Refusal::NoSuchIncident(i)),
        (outage(), confirm(1), already(Status::Confirmed, 0)),
        (over(), resolve(1), already(Status::Resolved, 1)),
        (over(), update(1, Some(Status::Watching), Notify::Default), already(Status::Resolved, 1)),
        (
            suspected().when(dismiss(1)),
            update(1, None, Notify::Default),
            already(Status::Dismissed, 1),
        ),
        (planned().when(start(1)), start(1), already(Status::Confirmed, 1)),
        (planned(), confirm(1), Refusal::NotSuspected { incident: i, status: Status::Planned }),
        (
            suspected().when(confirm_by_two(1)),
            confirm_by_two(1),
            Refusal::SamePerson { incident: i },
        ),
        (outage(), confirm_by_two(1), already(Status::Confirmed, 0)),
        (
            suspected(),
            confirm_afterwards(1),
            Refusal::NotDismissed { incident: i, status: Status::Suspected },
        ),
        (outage(), confirm_afterwards(1), already(Status::Confirmed, 0)),
        (outage(), revise(1, to(Status::Watching)), Refusal::NoText),
        (outage(), revise(1, to(Status::Confirmed)), already(Status::Confirmed, 0)),
        (outage(), revise(1, Revision::default()), Refusal::NothingToChange),
        (planned(), reschedule(1, 60, 90), Refusal::NothingToChange),
        (planned(), reschedule(1, 90, 60), Refusal::EndsBeforeItBegins),
        (planned().after_minutes(100), reschedule(1, 60, 95), Refusal::WindowIsOver),
        (
            planned().when(start(1)).when(end(1)),
            reschedule(1, 60, 95),
            already(Status::Resolved, 2),
        ),
        (suspected(), resolve(1), Refusal::NotConfirmed { incident: i }),
        (
            suspected(),
            update(1, Some(Status::Watching), Notify::Default),
            Refusal::NotConfirmed { incident: i },
        ),
        (planned(), resolve(1), Refusal::NotStarted { incident: i }),
        (planned(), amend(Some(at(0)), None), Refusal::NotStarted { incident: i }),
        (outage(), reopen(1), Refusal::NotOver { incident: i, status: Status::Confirmed }),
        (suspected(), reopen(1), Refusal::NotOver { incident: i, status: Status::Suspected }),
        (planned().when(cancel(1)), reopen(1), Refusal::Canceled { incident: i }),
        (planned().when(cancel(1)), amend(Some(at(0)), None), Refusal::Canceled { incident: i }),
        (
            outage(),
            IncidentAction::PublishPostmortem { text: text("Learned.") }.on(i),
            Refusal::NotOver { incident: i, status: Status::Confirmed },
        ),
        (
            suspected().when(dismiss(1)),
            IncidentAction::PublishPostmortem { text: text("Learned.") }.on(i),
            Refusal::WasDismissed { incident: i },
        ),
        (planned().when(start(1)), reschedule(1, 50, 120), Refusal::UnderWay { incident: i }),
        (
            outage(),
            amend(None, Some(at(0))),
            Refusal::NotOver { incident: i, status: Status::Confirmed },
        ),
        (
            outage(),
            start(1),
            Refusal::NotMaintenance {
                incident: i,
                wanted: Status::Planned,
                status: Status::Confirmed,
            },
        ),
        (
            planned(),
            end(1),
            Refusal::NotMaintenance {
                incident: i,
                wanted: Status::Confirmed,
                status: Status::Planned,
            },
        ),
        (
            quiet_page(),
            Command::Declare(bug(Status::Suspected)),
            Refusal::NotDeclarable(Status::Suspected),
        ),
        (
            quiet_page(),
            Command::Declare(Declaration { ended_at: Some(at(0)), ..bug(Status::Confirmed) }),
            Refusal::HasNoEnd(Status::Confirmed),
        ),
        (
            outage(),
            update(1, Some(Status::Resolved), Notify::Default),
            Refusal::NotAnUpdateStatus(Status::Resolved),
        ),
        (
            outage(),
            IncidentAction::CorrectUpdate { update: 99, text: text("x") }.on(i),
            Refusal::NoSuchUpdate { incident: i, update: 99 },
        ),
        (quiet_page(), plan(90, 60), Refusal::EndsBeforeItBegins),
        (
            quiet_page().after_minutes(60),
            Command::Declare(Declaration {
                started_at: Some(at(30)),
                ended_at: Some(at(20)),
                ..bug(Status::Resolved)
            }),
            Refusal::EndsBeforeItBegins,
        ),
        (
            quiet_page(),
            Command::Declare(Declaration { started_at: Some(at(1)), ..bug(Status::Confirmed) }),
            Refusal::InTheFuture,
        ),
        (quiet_page().after_minutes(100), plan(60, 90), Refusal::WindowIsOver),
        (
            outage(),
            IncidentAction::SetTitle { title: title("Checkout is slow") }.on(i),
            Refusal::NothingToChange,
        ),
        (outage(), set(Severity::Outage), Refusal::NothingToChange),
        (outage(), set(Severity::Maintenance), Refusal::NotPlannedMaintenance { incident: i }),
        (
            outage(),
            revise(1, as_bad_as(Severity::Maintenance)),
            Refusal::NotPlannedMaintenance { incident: i },
        ),
        (suspected(), real(Severity::Maintenance), Refusal::NotPlannedMaintenance { incident: i }),
        (planned(), set(Severity::Outage), Refusal::StaysMaintenance { incident: i }),
        (
            planned().when(start(1)),
            revise(1, as_bad_as(Severity::Partial)),
            Refusal::StaysMaintenance { incident: i },
        ),
        (outage(), IncidentAction::SetSummary { summary: None }.on(i), Refusal::NothingToChange),
        (outage(), IncidentAction::Silence { silent: false }.on(i), Refusal::NothingToChange),
        (outage(), amend(None, None), Refusal::NothingToChange),
        (quiet_page(), Command::ConfigureSite(SiteConfigured::default()), Refusal::NothingToChange),
    ]
}

#[test]
fn every_refusal_has_a_case_and_changes_nothing() {
    let mut seen = BTreeSet::from([name(&Refusal::NobodyNamed)]);
    for (story, command, refusal) in cases() {
        story.then_refused(command, &refusal);
        seen.insert(name(&refusal));
    }
    assert_eq!(seen.len(), VARIANTS, "{seen:?}");
}

#[test]
fn commands_for_people_are_refused_without_an_operator() {
    let suspected = quiet_page().when(raise("a"));
    for command in [
        confirm(1),
        dismiss(1),
        declare(Severity::Bug),
        plan(60, 90),
        resolve(1),
        reopen(1),
        cancel(1),
    ] {
        assert_eq!(suspected.decide_by(command, None), Err(Refusal::NobodyNamed));
    }
}

#[test]
fn refusal_is_one_sentence_without_a_period() {
    for (_, _, refusal) in cases() {
        let sentence = refusal.to_string();
        assert!(
            !sentence.ends_with('.') && sentence.chars().next().is_some_and(char::is_lowercase),
            "{sentence}"
        );
    }
}
