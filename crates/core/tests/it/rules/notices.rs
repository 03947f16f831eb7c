//! Who is told, and why, or why not.

use std::collections::BTreeSet;

use candor_core::{
    Command, Declaration, FollowUp, Maintenance, Notify, Reason, Severity, SiteConfigured, Status,
    WhyNot, follow_ups,
};

use crate::story::{
    Story, cancel, clear, confirm, confirm_with, declaration, declare, declare_silent, dismiss,
    end, incident, maintenance, note, plan, quiet_page, raise, reopen, reschedule, resolve, start,
    text, title, update,
};

#[test]
fn nobody_is_told_of_what_no_person_confirmed() {
    let stories: [Story; 6] = [
        quiet_page().when(raise("a")),
        quiet_page().when(raise("a")).when(note("a")),
        quiet_page().when(raise("a")).when(clear("a")),
        quiet_page().when(raise("a")).when(dismiss(1)),
        quiet_page().when(raise("a")).when(update(1, None, Notify::Yes)),
        quiet_page().when(clear("a")).when(raise("a")),
    ];
    for story in stories {
        assert!(
            story.told.iter().all(|told| *told == Err(WhyNot::NotConfirmedByAPerson)),
            "{:?}",
            story.told
        );
    }
}

#[test]
fn every_status_that_matters_is_told_once() {
    let watching = || update(1, Some(Status::Watching), Notify::Usual);
    let confirmed_again = || update(1, Some(Status::Confirmed), Notify::Usual);
    let story = quiet_page()
        .when(raise("a"))
        .when(confirm(1))
        .then_told(Reason::Confirmed)
        .when(update(1, None, Notify::Usual))
        .then_not_told(WhyNot::NoNewStatus)
        .when(watching())
        .then_told(Reason::Watching)
        .when(confirmed_again())
        .then_not_told(WhyNot::AlreadyTold)
        .when(watching())
        .then_not_told(WhyNot::AlreadyTold)
        .when(resolve(1))
        .then_told(Reason::Resolved);
    assert_eq!(story.told.iter().filter(|told| told.is_ok()).count(), 3);
}

#[test]
fn reopening_begins_a_new_round() {
    quiet_page()
        .when(declare(Severity::Outage))
        .then_told(Reason::Confirmed)
        .when(resolve(1))
        .then_told(Reason::Resolved)
        .when(reopen(1))
        .then_told(Reason::Confirmed)
        .when(resolve(1))
        .then_told(Reason::Resolved);
}

#[test]
fn a_silent_incident_is_told_to_nobody_whatever_is_ticked() {
    let story = quiet_page().when(declare_silent(Severity::Outage)).then_not_told(WhyNot::Silent);
    let story =
        story.when(update(1, Some(Status::Watching), Notify::Yes)).then_not_told(WhyNot::Silent);
    story.when(resolve(1)).then_not_told(WhyNot::Silent);
    let quiet_work = Maintenance { silent: true, ..maintenance(60, 90) };
    quiet_page().when(Command::PlanMaintenance(quiet_work)).then_not_told(WhyNot::Silent);
    let silenced = quiet_page()
        .when(declare(Severity::Outage))
        .when(Command::Silence { incident: incident(1), silent: true });
    silenced.then_not_told(WhyNot::NoNewStatus).when(resolve(1)).then_not_told(WhyNot::Silent);
}

#[test]
fn the_operator_may_decline_and_the_next_status_is_told_again() {
    quiet_page()
        .when(raise("a"))
        .when(confirm_with(1, Notify::No))
        .then_not_told(WhyNot::Declined)
        .when(update(1, Some(Status::Watching), Notify::Usual))
        .then_told(Reason::Watching);
}

#[test]
fn the_operator_may_tick_an_update_without_a_new_status() {
    let story = quiet_page().when(declare(Severity::Outage)).when(update(1, None, Notify::Yes));
    story.then_told(Reason::AskedByOperator);
}

#[test]
fn what_is_written_after_the_end_tells_nobody_by_itself() {
    let story = quiet_page().when(declare(Severity::Outage)).when(resolve(1));
    story.clone().when(update(1, None, Notify::Usual)).then_not_told(WhyNot::NoNewStatus);
    story.when(update(1, None, Notify::Yes)).then_told(Reason::AskedByOperator);
}

#[test]
fn each_event_has_its_reason_or_its_reason_why_not() {
    let outage = || quiet_page().when(declare(Severity::Outage));
    let watched = Command::Declare(declaration(Severity::Outage, Status::Watching));
    let over = Command::Declare(Declaration { ..declaration(Severity::Outage, Status::Resolved) });
    let reasons = [
        (outage(), Reason::Confirmed),
        (quiet_page().when(watched), Reason::Watching),
        (quiet_page().when(over), Reason::Resolved),
        (quiet_page().when(plan(60, 90)), Reason::MaintenancePlanned),
        (quiet_page().when(plan(60, 90)).when(start(1)), Reason::MaintenanceStarted),
        (quiet_page().when(plan(60, 90)).when(start(1)).when(end(1)), Reason::MaintenanceEnded),
        (quiet_page().when(plan(60, 90)).when(cancel(1)), Reason::MaintenanceCancelled),
        (outage().when(update(1, None, Notify::Yes)), Reason::AskedByOperator),
    ];
    for (story, reason) in reasons {
        story.then_told(reason);
    }
    let site = SiteConfigured { name: Some(title("Acme")), ..SiteConfigured::default() };
    let why_nots = [
        (
            outage().when(Command::SetTitle { incident: incident(1), title: title("Other") }),
            WhyNot::NoNewStatus,
        ),
        (
            outage().when(Command::SetSeverity { incident: incident(1), severity: Severity::Bug }),
            WhyNot::NoNewStatus,
        ),
        (quiet_page().when(Command::ConfigureSite(site)), WhyNot::NotAboutAnIncident),
        (
            quiet_page().when(Command::RedactPayload {
                seq: 1,
                why: title("a name"),
                remains: "{}".to_owned(),
            }),
            WhyNot::NotAboutAnIncident,
        ),
        (
            outage()
                .when(resolve(1))
                .when(Command::PublishPostmortem { incident: incident(1), text: text("Learnt.") }),
            WhyNot::NoNewStatus,
        ),
    ];
    for (story, why_not) in why_nots {
        story.then_not_told(why_not);
    }
}

#[test]
fn planned_work_that_nobody_heard_of_is_called_off_without_a_word() {
    let unheard_of = || {
        quiet_page()
            .when(Command::PlanMaintenance(Maintenance { silent: true, ..maintenance(60, 90) }))
            .when(Command::Silence { incident: incident(1), silent: false })
    };
    let cancel_with =
        |notify| Command::CancelMaintenance { incident: incident(1), text: None, notify };
    unheard_of().when(cancel(1)).then_not_told(WhyNot::NeverAnnounced);
    unheard_of().when(cancel_with(Notify::Yes)).then_told(Reason::MaintenanceCancelled);
    unheard_of()
        .when(update(1, None, Notify::Yes))
        .then_told(Reason::AskedByOperator)
        .when(cancel(1))
        .then_told(Reason::MaintenanceCancelled);
}

#[test]
fn a_ticked_update_tells_how_the_incident_stands_so_that_isnt_told_again() {
    quiet_page()
        .when(raise("a"))
        .when(confirm_with(1, Notify::No))
        .when(update(1, Some(Status::Watching), Notify::No))
        .when(update(1, None, Notify::Yes))
        .then_told(Reason::AskedByOperator)
        .when(update(1, Some(Status::Confirmed), Notify::Usual))
        .then_told(Reason::Confirmed)
        .when(update(1, Some(Status::Watching), Notify::Usual))
        .then_not_told(WhyNot::AlreadyTold);
}

/// The variants' names, so that they can be counted; a new one has to be named here.
fn name(told: &Result<Reason, WhyNot>) -> &'static str {
    match told {
        Ok(Reason::Confirmed) => "confirmed",
        Ok(Reason::Watching) => "watching",
        Ok(Reason::Resolved) => "resolved",
        Ok(Reason::MaintenancePlanned) => "maintenance-planned",
        Ok(Reason::MaintenanceStarted) => "maintenance-started",
        Ok(Reason::MaintenanceEnded) => "maintenance-ended",
        Ok(Reason::MaintenanceRescheduled) => "maintenance-rescheduled",
        Ok(Reason::MaintenanceCancelled) => "maintenance-cancelled",
        Ok(Reason::AskedByOperator) => "asked-by-operator",
        Err(WhyNot::NotConfirmedByAPerson) => "not confirmed by a person",
        Err(WhyNot::Silent) => "silent",
        Err(WhyNot::Declined) => "declined",
        Err(WhyNot::AlreadyTold) => "already told",
        Err(WhyNot::NeverAnnounced) => "never announced",
        Err(WhyNot::NoNewStatus) => "no new status",
        Err(WhyNot::NotAboutAnIncident) => "not about an incident",
    }
}

#[test]
fn a_page_in_use_gives_every_reason_and_every_reason_why_not() {
    let silence = |silent| Command::Silence { incident: incident(1), silent };
    let site = SiteConfigured { name: Some(title("Acme")), ..SiteConfigured::default() };
    let outage = quiet_page()
        .when(Command::ConfigureSite(site))
        .when(raise("a"))
        .when(confirm(1))
        .when(update(1, Some(Status::Watching), Notify::Usual))
        .when(update(1, Some(Status::Confirmed), Notify::Usual))
        .when(update(1, None, Notify::Yes))
        .when(update(1, None, Notify::No))
        .when(silence(true))
        .when(update(1, None, Notify::Yes))
        .when(silence(false))
        .when(resolve(1));
    let work =
        quiet_page().when(plan(60, 90)).when(reschedule(1, 70, 100)).when(start(1)).when(end(1));
    let called_off = quiet_page().when(plan(60, 90)).when(cancel(1));
    let never_announced = quiet_page()
        .when(Command::PlanMaintenance(Maintenance { silent: true, ..maintenance(60, 90) }))
        .when(silence(false))
        .when(cancel(1));
    let seen: BTreeSet<_> = [outage, work, called_off, never_announced]
        .iter()
        .flat_map(|story| story.told.iter().map(name))
        .collect();
    assert_eq!(seen.len(), 9 + 7, "{seen:?}");
}

#[test]
fn a_notice_is_frozen_with_all_that_it_says() {
    let story = quiet_page().when(raise("a"));
    let before = story.board.clone();
    let story = story.when(Command::Confirm {
        incident: incident(1),
        severity: None,
        title: Some(title("Checkout fails")),
        text: Some(text("We are on it.")),
        notify: Notify::Usual,
    });
    let recorded = story.events.last().unwrap();
    let [FollowUp::NotifySubscribers(notice)] =
        follow_ups(&before, &story.board, recorded).unwrap().try_into().unwrap();
    assert_eq!(
        (notice.seq, notice.incident, notice.path.as_str()),
        (2, incident(1), "/2026-11-21/1")
    );
    assert_eq!((notice.title, notice.text), (title("Checkout fails"), Some(text("We are on it."))));
    assert_eq!((notice.status, notice.severity), (Status::Confirmed, Severity::Outage));
}
