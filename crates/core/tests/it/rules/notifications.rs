//! Who is notified, and why or why not.

use std::collections::BTreeSet;

use candor_core::{
    Command, Declaration, IncidentAction, MaintenancePlan, Notification, Notified, Notify,
    NotifyReason, OutboxEntry, Severity, SiteConfigured, Status, SuppressReason, outbox_entry,
};

use candor_testkit::story::{
    Story, cancel, clear, confirm, confirm_with, declaration, declare, declare_silent, dismiss,
    end, incident, maintenance, note, plan, quiet_page, raise, reopen, reschedule, resolve, start,
    text, title, update,
};

#[test]
fn unconfirmed_incident_never_notifies() {
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
            story
                .notified
                .iter()
                .flatten()
                .all(|notified| *notified == Notified::No(SuppressReason::NotConfirmedByAPerson)),
            "{:?}",
            story.notified
        );
    }
}

#[test]
fn status_notifies_unless_it_was_the_last_one_notified() {
    let to = |status| update(1, Some(status), Notify::Default);
    let story = quiet_page()
        .when(raise("a"))
        .when(confirm(1))
        .then_notifies(NotifyReason::Confirmed)
        .when(update(1, None, Notify::Default))
        .then_suppresses(SuppressReason::NoNewStatus)
        .when(to(Status::Watching))
        .then_notifies(NotifyReason::Watching)
        // Subscribers who were notified of a fix have to know that it failed, and of the next fix.
        .when(to(Status::Confirmed))
        .then_notifies(NotifyReason::Confirmed)
        .when(to(Status::Watching))
        .then_notifies(NotifyReason::Watching)
        .when(resolve(1))
        .then_notifies(NotifyReason::Resolved);
    assert_eq!(
        story.notified.iter().flatten().filter(|notified| notified.reason().is_some()).count(),
        5
    );
}

#[test]
fn declined_notification_does_not_count_as_sent() {
    let quietly = |status| update(1, Some(status), Notify::No);
    let to = |status| update(1, Some(status), Notify::Default);
    quiet_page()
        .when(declare(Severity::Outage))
        .when(to(Status::Watching))
        .then_notifies(NotifyReason::Watching)
        .when(quietly(Status::Confirmed))
        .then_suppresses(SuppressReason::Declined)
        .when(to(Status::Watching))
        .then_suppresses(SuppressReason::AlreadyNotified)
        .when(quietly(Status::Confirmed))
        .when(to(Status::Watching))
        .then_suppresses(SuppressReason::AlreadyNotified);
    let end_quietly =
        IncidentAction::Resolve { ended_at: None, text: None, notify: Notify::No }.on(incident(1));
    quiet_page()
        .when(declare(Severity::Outage))
        .when(end_quietly)
        .then_suppresses(SuppressReason::Declined)
        .when(reopen(1))
        .then_suppresses(SuppressReason::AlreadyNotified)
        .when(resolve(1))
        .then_notifies(NotifyReason::Resolved);
}

#[test]
fn reopening_notifies() {
    quiet_page()
        .when(declare(Severity::Outage))
        .then_notifies(NotifyReason::Confirmed)
        .when(resolve(1))
        .then_notifies(NotifyReason::Resolved)
        .when(reopen(1))
        .then_notifies(NotifyReason::Confirmed)
        .when(resolve(1))
        .then_notifies(NotifyReason::Resolved);
}

/// The events in the log say who was notified; the present rule doesn't matter.
#[test]
fn log_decides_which_status_was_notified_last() {
    let notified_if = |yes: bool| {
        let mut story = quiet_page().when(declare(Severity::Outage));
        let mut events = story.decide(update(1, Some(Status::Watching), Notify::Default)).unwrap();
        let candor_core::Event::UpdatePosted(update) = &mut events[0] else { panic!() };
        assert_eq!(update.notified, Notified::Yes(NotifyReason::Watching));
        if !yes {
            update.notified = Notified::No(SuppressReason::Declined);
        }
        story.happens(events.remove(0), None);
        story.when(update_to_confirmed())
    };
    notified_if(true).then_notifies(NotifyReason::Confirmed);
    notified_if(false).then_suppresses(SuppressReason::AlreadyNotified);
}

fn update_to_confirmed() -> Command {
    update(1, Some(Status::Confirmed), Notify::Default)
}

#[test]
fn notify_reason_has_the_same_name_in_outbox_and_json() {
    for reason in NotifyReason::ALL {
        assert_eq!(serde_json::to_string(&reason).unwrap(), format!("{:?}", reason.as_str()));
    }
}

#[test]
fn only_notifications_of_a_status_are_superseded() {
    use NotifyReason::{AskedByOperator, MaintenancePlanned, MaintenanceRescheduled};
    for older in NotifyReason::ALL {
        for newer in NotifyReason::ALL {
            let expected = if older == AskedByOperator || newer == AskedByOperator {
                false
            } else {
                newer != MaintenanceRescheduled || older == MaintenanceRescheduled
            };
            assert_eq!(older.is_superseded_by(newer), expected, "{older:?} by {newer:?}");
        }
    }
    // Subscribers who don't know that maintenance is planned must learn that before they learn that it was moved.
    assert!(!MaintenancePlanned.is_superseded_by(MaintenanceRescheduled));
}

#[test]
fn notification_carries_the_texts_of_those_it_supersedes() {
    let notifications = |story: &Story| -> Vec<Notification> {
        let mut board = candor_core::Board::default();
        let entries = story.events.iter().filter_map(|recorded| {
            board.evolve(recorded);
            outbox_entry(&board, recorded)
        });
        entries.map(|OutboxEntry::NotifySubscribers(notification)| notification).collect()
    };
    let declared = Command::Declare(Declaration {
        text: Some(text("Please change your password now.")),
        ..declaration(Severity::Outage, Status::Confirmed)
    });
    let story = quiet_page()
        .when(declared)
        .when(update(1, Some(Status::Watching), Notify::Default))
        .when(resolve(1));
    let [confirmed, watching, resolved]: [Notification; 3] =
        notifications(&story).try_into().unwrap();
    let words = |notification: &Notification| -> Vec<_> {
        notification
            .unsent
            .iter()
            .map(|unsent| (unsent.seq, unsent.text.as_str().to_owned()))
            .collect()
    };
    let expected =
        [(1, "Please change your password now.".to_owned()), (2, "We found the cause.".to_owned())];
    let mut last = resolved.clone();
    last.supersede(watching.clone());
    last.supersede(confirmed.clone());
    last.supersede(confirmed.clone());
    assert_eq!(words(&last), expected);
    // The same in sequence.
    let (mut middle, mut last) = (watching, resolved.clone());
    middle.supersede(confirmed);
    last.supersede(middle);
    assert_eq!(words(&last), expected);
    assert!(!serde_json::to_string(&resolved).unwrap().contains("unsent"));
}

#[test]
fn silent_incident_notifies_nobody_even_if_asked() {
    let story =
        quiet_page().when(declare_silent(Severity::Outage)).then_suppresses(SuppressReason::Silent);
    let story = story
        .when(update(1, Some(Status::Watching), Notify::Yes))
        .then_suppresses(SuppressReason::Silent);
    story.when(resolve(1)).then_suppresses(SuppressReason::Silent);
    let quiet_work = MaintenancePlan { silent: true, ..maintenance(60, 90) };
    quiet_page().when(Command::PlanMaintenance(quiet_work)).then_suppresses(SuppressReason::Silent);
    let silenced = quiet_page()
        .when(declare(Severity::Outage))
        .when(IncidentAction::Silence { silent: true }.on(incident(1)));
    silenced.when(resolve(1)).then_suppresses(SuppressReason::Silent);
}

#[test]
fn next_status_notifies_after_the_operator_declined() {
    quiet_page()
        .when(raise("a"))
        .when(confirm_with(1, Notify::No))
        .then_suppresses(SuppressReason::Declined)
        .when(update(1, Some(Status::Watching), Notify::Default))
        .then_notifies(NotifyReason::Watching);
}

#[test]
fn operator_may_notify_of_an_update_without_a_new_status() {
    let story = quiet_page().when(declare(Severity::Outage)).when(update(1, None, Notify::Yes));
    story.then_notifies(NotifyReason::AskedByOperator);
}

#[test]
fn update_after_the_end_notifies_only_if_asked() {
    let story = quiet_page().when(declare(Severity::Outage)).when(resolve(1));
    story
        .clone()
        .when(update(1, None, Notify::Default))
        .then_suppresses(SuppressReason::NoNewStatus);
    story.when(update(1, None, Notify::Yes)).then_notifies(NotifyReason::AskedByOperator);
}

#[test]
fn each_event_notifies_for_its_reason_or_not_at_all() {
    let outage = || quiet_page().when(declare(Severity::Outage));
    let watched = Command::Declare(declaration(Severity::Outage, Status::Watching));
    let over = Command::Declare(Declaration { ..declaration(Severity::Outage, Status::Resolved) });
    let reasons = [
        (outage(), NotifyReason::Confirmed),
        (quiet_page().when(watched), NotifyReason::Watching),
        (quiet_page().when(over), NotifyReason::Resolved),
        (quiet_page().when(plan(60, 90)), NotifyReason::MaintenancePlanned),
        (quiet_page().when(plan(60, 90)).when(start(1)), NotifyReason::MaintenanceStarted),
        (
            quiet_page().when(plan(60, 90)).when(start(1)).when(end(1)),
            NotifyReason::MaintenanceEnded,
        ),
        (quiet_page().when(plan(60, 90)).when(cancel(1)), NotifyReason::MaintenanceCanceled),
        (outage().when(update(1, None, Notify::Yes)), NotifyReason::AskedByOperator),
    ];
    for (story, reason) in reasons {
        story.then_notifies(reason);
    }
    let site = SiteConfigured { name: Some(title("Acme")), ..SiteConfigured::default() };
    let redact = Command::RedactPayload { seq: 1, why: title("a name"), remains: "{}".to_owned() };
    let postmortem = IncidentAction::PublishPostmortem { text: text("Learned.") }.on(incident(1));
    let without_notification = [
        outage().when(IncidentAction::SetTitle { title: title("Other") }.on(incident(1))),
        outage().when(IncidentAction::SetSeverity { severity: Severity::Bug }.on(incident(1))),
        quiet_page().when(Command::ConfigureSite(site)),
        quiet_page().when(redact),
        outage().when(resolve(1)).when(postmortem),
        quiet_page().when(raise("a")),
    ];
    for story in without_notification {
        story.then_no_notification();
    }
}

#[test]
fn canceling_maintenance_that_was_never_announced_notifies_nobody() {
    let unannounced = || {
        quiet_page()
            .when(Command::PlanMaintenance(MaintenancePlan { silent: true, ..maintenance(60, 90) }))
            .when(IncidentAction::Silence { silent: false }.on(incident(1)))
    };
    let cancel_with =
        |notify| IncidentAction::CancelMaintenance { text: None, notify }.on(incident(1));
    unannounced().when(cancel(1)).then_suppresses(SuppressReason::NeverAnnounced);
    unannounced().when(cancel_with(Notify::Yes)).then_notifies(NotifyReason::MaintenanceCanceled);
    unannounced()
        .when(update(1, None, Notify::Yes))
        .then_notifies(NotifyReason::AskedByOperator)
        .when(cancel(1))
        .then_notifies(NotifyReason::MaintenanceCanceled);
}

#[test]
fn status_in_a_requested_notification_is_not_notified_again() {
    quiet_page()
        .when(raise("a"))
        .when(confirm_with(1, Notify::No))
        .when(update(1, Some(Status::Watching), Notify::No))
        .when(update(1, None, Notify::Yes))
        .then_notifies(NotifyReason::AskedByOperator)
        .when(update(1, Some(Status::Confirmed), Notify::Default))
        .then_notifies(NotifyReason::Confirmed)
        .when(update(1, Some(Status::Watching), Notify::No))
        .when(update(1, Some(Status::Confirmed), Notify::Default))
        .then_suppresses(SuppressReason::AlreadyNotified);
}

#[test]
fn every_notify_and_suppress_reason_occurs_in_use() {
    let silence = |silent| IncidentAction::Silence { silent }.on(incident(1));
    let site = SiteConfigured { name: Some(title("Acme")), ..SiteConfigured::default() };
    let outage = quiet_page()
        .when(Command::ConfigureSite(site))
        .when(raise("a"))
        .when(update(1, None, Notify::Default))
        .when(confirm(1))
        .when(update(1, Some(Status::Watching), Notify::Default))
        .when(update(1, None, Notify::Default))
        .when(update(1, Some(Status::Confirmed), Notify::No))
        .when(update(1, Some(Status::Watching), Notify::Default))
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
        .when(Command::PlanMaintenance(MaintenancePlan { silent: true, ..maintenance(60, 90) }))
        .when(silence(false))
        .when(cancel(1));
    let seen: BTreeSet<_> = [outage, work, called_off, never_announced]
        .into_iter()
        .flat_map(|story| story.notified.into_iter().flatten())
        .collect();
    assert_eq!(seen.len(), NotifyReason::ALL.len() + 6, "{seen:?}");
}

#[test]
fn notification_is_frozen_with_its_content() {
    let story = quiet_page().when(raise("a"));
    let story = story.when(
        IncidentAction::Confirm {
            severity: None,
            title: Some(title("Checkout fails")),
            text: Some(text("We are on it.")),
            notify: Notify::Default,
        }
        .on(incident(1)),
    );
    let recorded = story.events.last().unwrap();
    let OutboxEntry::NotifySubscribers(notification) =
        outbox_entry(&story.board, recorded).unwrap();
    assert_eq!(
        (notification.seq, notification.incident, notification.path.as_str()),
        (2, incident(1), "/2026-11-21/1")
    );
    assert_eq!(
        (notification.title, notification.text),
        (title("Checkout fails"), Some(text("We are on it.")))
    );
    assert_eq!((notification.status, notification.severity), (Status::Confirmed, Severity::Outage));
}
