//! What operators do with incidents.

use candor_api::{PublicBoard, PublicIncident};
use candor_core::{
    Command, Declaration, DismissReason, EntryKind, Event, IncidentAction, Notify, NotifyReason,
    QuestionKind, Refusal, Revision, Severity, SiteConfigured, Status, Summary, SuppressReason,
    questions,
};

use candor_testkit::story::{
    ada, at, clear, confirm, confirm_afterwards, confirm_by_two, declaration, declare, dismiss,
    grace, incident, quiet_page, raise, reopen, resolve, revise, text, title, update,
};

#[test]
fn confirmation_may_set_title_severity_and_text() {
    let story = quiet_page().when(raise("a")).when(
        IncidentAction::Confirm {
            severity: Some(Severity::Partial),
            title: Some(title("Checkout fails")),
            text: Some(text("We are on it.")),
            notify: Notify::Default,
        }
        .on(incident(1)),
    );
    let confirmed = story.incident(1);
    assert_eq!((confirmed.status, confirmed.severity), (Status::Confirmed, Severity::Partial));
    assert_eq!(confirmed.title.as_str(), "Checkout fails");
    let entry = confirmed.last_status_change().unwrap();
    assert_eq!((entry.by.clone(), entry.text.clone()), (Some(ada()), Some(text("We are on it."))));
}

#[test]
fn late_command_is_refused_with_who_acted_and_when() {
    let suspected = quiet_page().when(raise("a"));
    let cases = [
        (suspected.clone().when(confirm(1)), Status::Confirmed, Some(ada())),
        (suspected.clone().when(dismiss(1)), Status::Dismissed, Some(ada())),
        (suspected.clone().when(confirm(1)).when(resolve(1)), Status::Resolved, Some(ada())),
    ];
    for (story, status, by) in cases {
        let changed_at = story.incident(1).last_status_change().unwrap().at;
        let already = Refusal::Already { incident: incident(1), status, by, at: changed_at };
        story.then_refused(confirm(1), &already);
        story.then_refused(dismiss(1), &already);
        assert_eq!(story.incident(1).status, status, "nothing was reopened");
    }
    // Without an operator, the refusal names nobody.
    let mut story = suspected;
    for event in story.decide_by(clear("a"), None).unwrap() {
        story.happens(event, None);
    }
    let Err(Refusal::Already { by, .. }) = story.decide(confirm(1)) else { panic!("refused") };
    assert_eq!(by, None);
}

#[test]
fn dismissal_by_a_person_is_a_false_alarm() {
    let story = quiet_page().when(raise("a")).when(dismiss(1));
    assert_eq!(
        story.incident(1).timeline.last().unwrap().kind,
        EntryKind::Dismissed(DismissReason::FalseAlarm)
    );
    assert_eq!(story.board.current().len(), 0);
    assert!(story.board.incident(incident(1)).is_some(), "its permalink keeps answering");
}

#[test]
fn text_of_a_dismissal_is_for_the_team() {
    let story = quiet_page().when(raise("a"));
    let story =
        story.when(IncidentAction::Dismiss { text: Some(text("cron on host 7")) }.on(incident(1)));
    let json = serde_json::to_string(&PublicBoard::of(&story.board)).unwrap();
    assert!(!json.contains("host 7"));
    assert!(json.contains("dismissed"));
}

#[test]
fn text_for_the_team_stays_private_whatever_happens_later() {
    let noted = IncidentAction::Dismiss { text: Some(text("cron on host 7")) }.on(incident(1));
    let dismissed = quiet_page().when(raise("a")).when(noted);
    let update = dismissed.events.last().unwrap().seq;
    let correct =
        |to: &str| IncidentAction::CorrectUpdate { update, text: text(to) }.on(incident(1));
    let retract = IncidentAction::RetractUpdate { update }.on(incident(1));
    let corrected = dismissed.clone().when(correct("cron on host 8"));
    let retracted = corrected.clone().when(retract.clone());
    for (story, note) in
        [(dismissed, Some("host 7")), (corrected, Some("host 8")), (retracted.clone(), None)]
    {
        for later in [reopen(1), confirm_afterwards(1), raise("b")] {
            let story = story.clone().when(later);
            let json = serde_json::to_string(&PublicBoard::of(&story.board)).unwrap();
            assert!(!json.contains("host"), "{json}");
            assert!(!json.contains(r#""edited_at":"2"#) && !json.contains(r#""withdrawn_at":"2"#));
            let entry =
                story.incident(1).timeline.iter().find(|entry| entry.seq == update).unwrap();
            let team_text = entry.team_text().map(|text| text.as_str().to_owned());
            assert_eq!(team_text, note.map(|host| format!("cron on {host}")));
        }
    }
    retracted.then_refused(retract, &Refusal::NoSuchUpdate { incident: incident(1), update });
}

#[test]
fn alert_messages_are_never_public() {
    let story = quiet_page().when(raise("a")).when(confirm(1));
    let json = serde_json::to_string(&PublicBoard::of(&story.board)).unwrap();
    assert!(!json.contains("does not answer"), "{json}");
    assert_eq!(PublicIncident::of(story.incident(1)).alerts, 1);
}

#[test]
fn updates_change_the_status_to_watching_and_back() {
    let story = quiet_page().when(declare(Severity::Outage));
    let story = story
        .when(update(1, Some(Status::Watching), Notify::Default))
        .then_status(1, Status::Watching);
    let story = story
        .when(update(1, Some(Status::Confirmed), Notify::Default))
        .then_status(1, Status::Confirmed);
    let story = story
        .when(update(1, Some(Status::Confirmed), Notify::Default))
        .then_suppresses(SuppressReason::NoNewStatus);
    let kinds: Vec<_> = story.incident(1).timeline.iter().map(|entry| entry.kind).collect();
    let came = EntryKind::StatusChanged;
    assert_eq!(
        kinds,
        [
            came(Status::Confirmed),
            came(Status::Watching),
            came(Status::Confirmed),
            EntryKind::Update
        ]
    );
}

#[test]
fn incident_can_be_declared_as_resolved_with_its_real_times() {
    let story = quiet_page().after_minutes(60).when(Command::Declare(Declaration {
        started_at: Some(at(5)),
        ended_at: Some(at(25)),
        ..declaration(Severity::Bug, Status::Resolved)
    }));
    let over = story.incident(1);
    assert_eq!((over.started_at, over.ended_at), (at(5), Some(at(25))));
    assert_eq!(story.board.open().count(), 0);
}

#[test]
fn correction_is_an_event_and_shown_as_one() {
    let story = quiet_page().when(declare(Severity::Outage)).when(update(1, None, Notify::Default));
    let written = story.incident(1).timeline.last().unwrap().seq;
    let correction =
        IncidentAction::CorrectUpdate { update: written, text: text("The cause is B.") }
            .on(incident(1));
    let story = story.when(correction.clone()).then_no_notification();
    let entry = story.incident(1).timeline.last().unwrap();
    assert_eq!((entry.seq, entry.text.as_ref().unwrap().as_str()), (written, "The cause is B."));
    assert!(entry.edited_at.is_some());
    story.then_refused(correction, &Refusal::NothingToChange);
}

#[test]
fn retracted_update_keeps_its_place_without_its_text() {
    let story = quiet_page().when(declare(Severity::Outage)).when(update(1, None, Notify::Default));
    let written = story.incident(1).timeline.last().unwrap().seq;
    let retract = IncidentAction::RetractUpdate { update: written }.on(incident(1));
    let story = story.when(retract.clone()).then_no_notification();
    let entry = story.incident(1).timeline.last().unwrap();
    assert_eq!((entry.seq, entry.text.as_ref()), (written, None));
    assert!(entry.withdrawn_at.is_some());
    story.then_refused(retract, &Refusal::NoSuchUpdate { incident: incident(1), update: written });
}

#[test]
fn last_update_can_be_corrected_after_the_end() {
    let story = quiet_page().when(declare(Severity::Outage)).when(
        IncidentAction::Resolve {
            ended_at: None,
            text: Some(text("This incident has been resolved.")),
            notify: Notify::Default,
        }
        .on(incident(1)),
    );
    let written = story.incident(1).timeline.last().unwrap().seq;
    let report = IncidentAction::CorrectUpdate { update: written, text: text("The cause was C.") }
        .on(incident(1));
    story.when(report).then_status(1, Status::Resolved);
}

#[test]
fn title_severity_summary_and_times_can_change_and_the_permalink_stays() {
    let story = quiet_page().after_minutes(30).when(declare(Severity::Outage));
    let path = story.incident(1).path();
    let story = story
        .when(IncidentAction::SetTitle { title: title("Login fails") }.on(incident(1)))
        .when(IncidentAction::SetSeverity { severity: Severity::Partial }.on(incident(1)))
        .when(
            IncidentAction::SetSummary { summary: Some(text("Only new accounts.")) }
                .on(incident(1)),
        )
        .when(
            IncidentAction::AmendTimes { started_at: Some(at(-24 * 60)), ended_at: None }
                .on(incident(1)),
        );
    let now = story.incident(1);
    assert_eq!(
        (now.title.as_str(), now.severity, now.started_at),
        ("Login fails", Severity::Partial, at(-24 * 60))
    );
    assert_eq!(now.path(), path);
    let story = story.when(IncidentAction::SetSummary { summary: None }.on(incident(1)));
    assert_eq!(story.incident(1).summary, None);
    let over = story.when(resolve(1)).when(
        IncidentAction::AmendTimes { started_at: None, ended_at: Some(at(31)) }.on(incident(1)),
    );
    assert_eq!(over.incident(1).ended_at, Some(at(31)));
}

#[test]
fn reopened_incident_can_be_resolved_again() {
    let story = quiet_page().when(declare(Severity::Outage)).when(resolve(1)).when(reopen(1));
    let story = story.then_status(1, Status::Confirmed);
    assert_eq!(story.incident(1).ended_at, None);
    assert_eq!(story.board.open().count(), 1);
    story.when(resolve(1)).then_status(1, Status::Resolved);
}

#[test]
fn confirming_a_dismissed_incident_afterwards_notifies() {
    let story = quiet_page().when(raise("a")).when(dismiss(1));
    assert!(story.notified.iter().flatten().all(|notified| notified.reason().is_none()));
    let story = story.when(reopen(1)).then_status(1, Status::Confirmed);
    let story = story.then_notifies(NotifyReason::Confirmed);
    assert_eq!(story.incident(1).ended_at, None);
    story.when(clear("a")).then_status(1, Status::Confirmed);
}

#[test]
fn postmortem_is_published_after_the_end() {
    let story = quiet_page().when(declare(Severity::Outage)).when(resolve(1));
    let story =
        story.when(IncidentAction::PublishPostmortem { text: text("We learned.") }.on(incident(1)));
    assert_eq!(story.incident(1).postmortem.as_ref().unwrap().text, text("We learned."));
}

#[test]
fn site_settings_change_only_what_is_given() {
    let named = SiteConfigured { name: Some(title("Acme")), ..SiteConfigured::default() };
    let contact = SiteConfigured {
        contact: Some("help@acme.example".to_owned()),
        ..SiteConfigured::default()
    };
    let story =
        quiet_page().when(Command::ConfigureSite(named)).when(Command::ConfigureSite(contact));
    assert_eq!(story.board.site.name, Some(title("Acme")));
    assert_eq!(story.board.site.contact.as_deref(), Some("help@acme.example"));
}

#[test]
fn same_events_give_the_same_public_json() {
    let story = quiet_page()
        .when(raise("a"))
        .when(confirm(1))
        .when(resolve(1))
        .when(declare(Severity::Bug));
    let fold = || {
        let mut board = candor_core::Board::default();
        story.events.iter().for_each(|recorded| board.evolve(recorded));
        serde_json::to_string(&PublicBoard::of(&board)).unwrap()
    };
    assert_eq!(fold(), fold());
    assert_eq!(fold(), serde_json::to_string(&PublicBoard::of(&story.board)).unwrap());
}

#[test]
fn first_of_two_confirmations_is_a_proposal_and_notifies_nobody() {
    let proposed = quiet_page()
        .when(raise("a"))
        .when(
            IncidentAction::ConfirmByTwo {
                severity: Some(Severity::Partial),
                title: Some(title("Checkout fails")),
                text: Some(text("We are on it.")),
                notify: Notify::Default,
            }
            .on(incident(1)),
        )
        .then_status(1, Status::Suspected)
        .then_no_notification();
    assert_eq!(proposed.incident(1).proposal.as_ref().unwrap().by, ada());
    assert_eq!(proposed.incident(1).title.as_str(), "Outage", "a proposal changes nothing else");
    let confirmed = proposed
        .clone()
        .when_by(confirm_by_two(1), Some(grace()))
        .then_status(1, Status::Confirmed)
        .then_notifies(NotifyReason::Confirmed);
    let incident = confirmed.incident(1);
    assert_eq!((incident.title.as_str(), incident.severity), ("Checkout fails", Severity::Partial));
    assert_eq!(incident.last_status_change().unwrap().text, Some(text("We are on it.")));
    assert_eq!(incident.proposal, None);
    // Any other change of the suspected incident removes the proposal.
    let dismissed = proposed.when(dismiss(1));
    assert_eq!(dismissed.incident(1).proposal, None);
}

#[test]
fn confirming_an_automatic_dismissal_afterwards_notifies_once() {
    let story = quiet_page().when(raise("a")).when(clear("a")).then_status(1, Status::Dismissed);
    let dismissed_at = story.incident(1).ended_at;
    let story = story
        .after_minutes(30)
        .when(confirm_afterwards(1))
        .then_status(1, Status::Resolved)
        .then_notifies(NotifyReason::Resolved);
    let incident = story.incident(1);
    assert_eq!((incident.started_at, incident.ended_at), (at(0), dismissed_at));
    assert_eq!(
        story.notified.iter().flatten().filter(|notified| notified.reason().is_some()).count(),
        1
    );
    assert!(matches!(story.decide(confirm_afterwards(1)), Err(Refusal::Already { .. })));
}

#[test]
fn revision_makes_several_changes_before_one_notification() {
    let story = quiet_page().when(declare(Severity::Outage));
    let revision = Revision {
        severity: Some(Severity::Partial),
        title: Some(title("Card payments fail")),
        summary: Some(Summary::Set(text("Invoices work."))),
        text: Some(text("A fix is in place.")),
        status: Some(Status::Watching),
    };
    let story = story.when(revise(1, revision.clone())).then_notifies(NotifyReason::Watching);
    let types = ["severity-set", "title-set", "summary-set", "update-posted"];
    assert_eq!(story.types()[1..], types);
    assert_eq!(story.incident(1).title.as_str(), "Card payments fail");
    let over = Revision { status: Some(Status::Resolved), text: None, ..revision };
    let story = story.when(revise(1, over.clone())).then_status(1, Status::Resolved);
    assert_eq!(story.types().last(), Some(&"resolved"), "what is the same already is no change");
    assert!(matches!(story.decide(revise(1, over)), Err(Refusal::Already { .. })));
    let gone = Revision { summary: Some(Summary::Removed), ..Revision::default() };
    assert!(matches!(story.decide(revise(1, gone)).unwrap()[..], [Event::SummarySet(_)]));
}

#[test]
fn revision_with_the_present_status_makes_its_other_changes() {
    let story = quiet_page().when(declare(Severity::Outage));
    let lower = Revision {
        severity: Some(Severity::Partial),
        status: Some(Status::Confirmed),
        ..Revision::default()
    };
    assert!(matches!(story.decide(revise(1, lower.clone())).unwrap()[..], [Event::SeveritySet(_)]));
    let notified =
        story.when(revise(1, Revision { text: Some(text("Half of it works.")), ..lower }));
    assert_eq!(notified.types()[1..], ["severity-set", "update-posted"]);
    notified.then_status(1, Status::Confirmed);
}

#[test]
fn clearing_all_alerts_of_a_confirmed_incident_asks_whether_it_is_resolved() {
    let story = quiet_page().when(raise("a")).when(raise("b")).when(confirm(1)).when(clear("a"));
    assert_eq!(questions(&story.board, at(60)), []);
    let quiet = story.when(clear("b")).then_status(1, Status::Confirmed);
    let [question] = questions(&quiet.board, at(60)).try_into().unwrap();
    assert_eq!((question.kind, question.since), (QuestionKind::Resolve, at(4)));
    assert_eq!(questions(&quiet.clone().when(raise("c")).board, at(60)), []);
    let again = quiet.clone().when(raise("c")).when(clear("c"));
    assert_ne!(questions(&again.board, at(60))[0].key(), question.key());
    assert_eq!(questions(&quiet.when(resolve(1)).board, at(60)), []);
}
