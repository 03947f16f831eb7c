//! Forms are checked field by field, previewed before they are published, and give one command at most.

use std::collections::BTreeMap;

use candor_content::language::Language;
use candor_core::{
    Command, Declaration, IncidentAction, MaintenancePlan, Notify, Severity, Status, Window,
};
use candor_integrations::slack::{
    SlackContext,
    block::SlackView,
    modal::{self, Submission},
};
use serde_json::{Value, json};

use super::{
    story::{ONE, Story, context, json_of, links, person, shown, submitted, text, title},
    updates::update_of,
};
use crate::support::time;

pub(super) fn read(story: &Story, view: &SlackView, changes: Value) -> Submission {
    let links = links();
    read_by(&context(&links), story, view, changes)
}

pub(super) fn read_by(
    context: &SlackContext<'_>,
    story: &Story,
    view: &SlackView,
    changes: Value,
) -> Submission {
    modal::read(&submitted(view, changes), &story.board, &1_219.into(), story.now(), context)
}

pub(super) fn errors(submission: Submission) -> BTreeMap<String, String> {
    match submission {
        Submission::Errors(errors) => errors,
        other @ (Submission::Preview(_) | Submission::Command(_) | Submission::Lost(_)) => {
            panic!("{other:?}")
        }
    }
}

/// The one error there is.
pub(super) fn error(submission: Submission) -> (String, String) {
    let mut errors = errors(submission);
    assert_eq!(errors.len(), 1, "{errors:?}");
    errors.pop_first().unwrap()
}

pub(super) fn preview(submission: Submission) -> SlackView {
    match submission {
        Submission::Preview(view) => *view,
        other @ (Submission::Errors(_) | Submission::Command(_) | Submission::Lost(_)) => {
            panic!("{other:?}")
        }
    }
}

pub(super) fn command(submission: Submission) -> Command {
    match submission {
        Submission::Command(command) => *command,
        other @ (Submission::Errors(_) | Submission::Preview(_) | Submission::Lost(_)) => {
            panic!("{other:?}")
        }
    }
}

/// Whether subscribers are told of what a command does.
pub(super) fn tells(story: &Story, command: Command) -> bool {
    let after = (**story).clone().when_by(command, Some(person("ada")));
    after.notified[story.notified.len()..].iter().flatten().any(|told| told.reason().is_some())
}

#[test]
fn the_forms_are_filled_with_what_is_known() {
    let links = links();
    let context = context(&links);
    let suspected = Story::new().alerted(1);
    let summary = IncidentAction::SetSummary { summary: Some(text("Cards fail.")) }.on(ONE);
    let confirmed = Story::new().confirmed().then("ada", summary);
    let planned = Story::new().planned(false);
    let under_way = Story::new().planned(false).started("bob");
    let forms = [
        modal::confirm(suspected.incident(), 1_219, &context),
        modal::update(confirmed.incident(), Some("From a *message*"), &context),
        modal::update(under_way.incident(), None, &context),
        modal::update(planned.incident(), None, &context),
        modal::resolve(confirmed.incident(), 0, &context),
        modal::declare(Some("Checkout is down"), &context),
        modal::plan(1, &context),
        modal::postpone(planned.incident(), 1_219, &context),
        modal::postpone(under_way.incident(), 1_219, &context),
        modal::sentence("Too late", "It was already confirmed by Ada.", Language::ENGLISH),
    ];
    insta::assert_snapshot!(forms.map(|form| shown(&form)).join("\n"));
}

#[test]
fn confirming_with_details_takes_them_all() {
    let links = links();
    let story = Story::new().alerted(1);
    let form = modal::confirm(story.incident(), 1_219, &context(&links));
    let changes =
        json!({ "severity": "partial", "title": " Checkout\nis slow ", "text": "We *know*." });
    let (severity, title, text) =
        (Some(Severity::Partial), Some(title("Checkout is slow")), Some(text("We *know*.")));
    let notify = Notify::Default;
    assert_eq!(
        command(read(&story, &form, changes.clone())),
        IncidentAction::Confirm { severity, title: title.clone(), text: text.clone(), notify }
            .on(ONE)
    );
    let two = SlackContext { two_people: true, ..context(&links) };
    assert_eq!(
        command(read_by(&two, &story, &form, changes)),
        IncidentAction::ConfirmByTwo { severity, title, text, notify }.on(ONE)
    );
}

#[test]
fn a_late_confirmation_is_refused_beside_the_text() {
    let links = links();
    let form = modal::confirm(Story::new().alerted(1).incident(), 1_219, &context(&links));
    let (block, sentence) = error(read(&Story::new().confirmed(), &form, json!({})));
    assert_eq!(block, "text");
    assert_eq!(
        sentence,
        "“Checkout and ticket shop unavailable” (#1) has already changed. Confirmed by Ada (Sat 21 Nov 2026, 14:06 UTC)."
    );
}

#[test]
fn an_error_stands_only_beside_a_field_that_the_form_has() {
    let links = links();
    let context = context(&links);
    let confirmed = Story::new().confirmed();
    let planned = Story::new().planned(false);
    let over = Story::new().confirmed().resolved("bob");
    let nothing = Story::new();
    for (form, story) in [
        (modal::confirm(Story::new().alerted(1).incident(), 1, &context), &confirmed),
        (modal::update(confirmed.incident(), None, &context), &over),
        (modal::update(planned.incident(), None, &context), &planned),
        (modal::resolve(confirmed.incident(), 1, &context), &over),
        (modal::declare(None, &context), &nothing),
        (modal::plan(1, &context), &nothing),
        (modal::postpone(planned.incident(), 1, &context), &planned),
    ] {
        let fields: Vec<_> = json_of(&form)["blocks"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|block| block["block_id"].as_str().map(str::to_owned))
            .collect();
        let errors = errors(read(story, &form, json!({})));
        assert!(!errors.is_empty());
        assert!(errors.keys().all(|block| fields.contains(block)), "{errors:?} {fields:?}");
    }
}

#[test]
fn resolving_takes_a_word_or_none() {
    let links = links();
    let story = Story::new().confirmed();
    let form = modal::resolve(story.incident(), 1_219, &context(&links));
    let resolve =
        |text| IncidentAction::Resolve { ended_at: None, text, notify: Notify::Default }.on(ONE);
    assert_eq!(command(read(&story, &form, json!({}))), resolve(None));
    assert_eq!(
        command(read(&story, &form, json!({ "text": "A disk." }))),
        resolve(Some(text("A disk.")))
    );
    let (block, sentence) =
        error(read(&Story::new().confirmed().resolved("bob"), &form, json!({})));
    assert_eq!(block, "text");
    assert!(sentence.contains("Resolved by Bob"), "{sentence}");
}

#[test]
fn an_incident_is_declared_in_two_steps() {
    let links = links();
    let story = Story::new();
    let form = modal::declare(Some("Checkout is down"), &context(&links));
    let changes = json!({ "severity": "partial", "text": "We are looking.", "started": "2026-11-21T14:00:00Z" });
    let seen = preview(read(&story, &form, changes));
    insta::assert_snapshot!(shown(&seen));
    let declaration = Declaration {
        title: title("Checkout is down"),
        status: Status::Confirmed,
        severity: Severity::Partial,
        started_at: Some(time("2026-11-21T14:00:00Z")),
        ended_at: None,
        summary: None,
        text: Some(text("We are looking.")),
        silent: false,
        takes_alerts: false,
    };
    let told = command(read(&story, &seen, json!({})));
    assert_eq!(told, Command::Declare(declaration.clone()));
    assert!(tells(&story, told));
    let untold = command(read(&story, &seen, json!({ "tell": [] })));
    assert_eq!(untold, Command::Declare(Declaration { silent: true, ..declaration }));
    assert!(!tells(&story, untold));
}

#[test]
fn each_error_of_a_new_incident_stands_beside_its_field() {
    let links = links();
    let form = modal::declare(Some("Checkout is down"), &context(&links));
    for (changes, block, words) in [
        (json!({ "title": null }), "title", "The title must have"),
        (json!({ "severity": null }), "severity", "Choose one"),
        (json!({ "status": null }), "status", "Choose one"),
        (json!({ "status": "dismissed" }), "status", "confirmed, monitoring or resolved"),
        (json!({ "text": "\u{200b}" }), "text", "The text is empty."),
        (json!({ "started": "2026-11-21T15:00:00Z" }), "started", "in the future"),
    ] {
        let (at, sentence) = error(read(&Story::new(), &form, changes));
        assert_eq!(at, block, "{sentence}");
        assert!(sentence.contains(words), "{sentence}");
    }
}

#[test]
fn maintenance_is_planned_at_once() {
    let links = links();
    let story = Story::new();
    let form = modal::plan(1_219, &context(&links));
    let changes = json!({
        "title": "Database upgrade",
        "start": "2026-11-23T02:00:00Z", "end": "2026-11-23T02:30:00Z",
        "text": "Read only.", "auto": ["end"],
    });
    let window =
        Window { starts_at: time("2026-11-23T02:00:00Z"), ends_at: time("2026-11-23T02:30:00Z") };
    assert_eq!(
        command(read(&story, &form, changes.clone())),
        Command::PlanMaintenance(MaintenancePlan {
            title: title("Database upgrade"),
            window,
            text: Some(text("Read only.")),
            auto_start: false,
            auto_end: true,
            silent: false,
        })
    );
    for (change, block, words) in [
        (json!({ "title": null }), "title", "The title must have"),
        (json!({ "start": null }), "start", "Choose a day and a time."),
        (json!({ "end": null }), "end", "Choose a day and a time."),
        (json!({ "end": "2026-11-23T02:00:00Z" }), "end", "after the start"),
        (
            json!({ "start": "2026-11-20T02:00:00Z", "end": "2026-11-20T03:00:00Z" }),
            "end",
            "This time has passed.",
        ),
    ] {
        let mut all = changes.clone();
        all.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let (at, sentence) = error(read(&story, &form, all));
        assert_eq!(at, block, "{sentence}");
        assert!(sentence.contains(words), "{sentence}");
    }
}

#[test]
fn planned_work_is_postponed_and_work_under_way_takes_longer() {
    let links = links();
    let context = context(&links);
    let planned = Story::new().planned(false);
    let form = modal::postpone(planned.incident(), 1_219, &context);
    let times =
        json!({ "start": "2026-11-24T02:00:00Z", "end": "2026-11-24T03:00:00Z", "text": "Late." });
    let move_to = |starts_at, ends_at, text| {
        IncidentAction::RescheduleMaintenance {
            window: Window { starts_at: time(starts_at), ends_at: time(ends_at) },
            text,
            notify: Notify::Default,
        }
        .on(ONE)
    };
    assert_eq!(
        command(read(&planned, &form, times.clone())),
        move_to("2026-11-24T02:00:00Z", "2026-11-24T03:00:00Z", Some(text("Late.")))
    );
    let (block, sentence) = error(read(&planned, &form, json!({})));
    assert_eq!((block.as_str(), sentence.as_str()), ("end", "That’s already the planned time."));

    let started = Story::new().planned(false).started("bob");
    let (block, sentence) = error(read(&started, &form, times));
    assert_eq!(block, "end");
    assert!(sentence.contains("Started by Bob"), "{sentence}");

    let longer = modal::postpone(started.incident(), 1_219, &context);
    assert_eq!(
        command(read(&started, &longer, json!({ "end": "2026-11-23T05:00:00Z" }))),
        move_to("2026-11-23T02:00:00Z", "2026-11-23T05:00:00Z", None)
    );
}

#[test]
fn a_form_that_is_not_ours_does_nothing() {
    let links = links();
    let context = context(&links);
    let story = Story::new().confirmed();
    let good = submitted(&update_of(&story), json!({ "text": "x" }));
    let lost = |view: &_| match modal::read(view, &story.board, &1.into(), story.now(), &context) {
        Submission::Lost(sentence) => sentence,
        other @ (Submission::Errors(_) | Submission::Preview(_) | Submission::Command(_)) => {
            panic!("{other:?}")
        }
    };
    let sealed = good.private_metadata.clone();
    let foreign = candor_content::link::Links::new("https://status.example.org", &[8; 32]).unwrap();
    let (_, memo) = sealed.split_once('.').unwrap();
    for metadata in [
        String::new(),
        "{}".to_owned(),
        memo.to_owned(),
        sealed.replace("\"incident\":1", "\"incident\":2"),
        foreign.seal(memo),
        links.seal("{}"),
        links.seal("not json"),
        format!("{sealed} "),
    ] {
        let mut view = good.clone();
        view.private_metadata = metadata;
        assert!(lost(&view).contains("Nothing was done."));
    }
    let mut other = good.clone();
    other.callback_id = "resolve".to_owned();
    assert!(lost(&other).contains("Nothing was done."), "another form's memo");
    let nowhere = modal::read(&good, &Story::new().board, &1.into(), story.now(), &context);
    assert_eq!(nowhere, Submission::Lost("There’s no incident #1.".to_owned()));
}

#[test]
fn signed_state_opens_for_its_signer_alone() {
    let ours = links();
    let sealed = ours.seal("a text. with dots");
    assert_eq!(ours.open(&sealed).as_deref(), Some("a text. with dots"));
    assert_eq!(ours.open(&ours.seal("")).as_deref(), Some(""));
    for (at, _) in sealed.char_indices() {
        let mut altered = sealed.clone();
        altered.replace_range(at..=at, if sealed.get(at..=at) == Some("x") { "y" } else { "x" });
        assert_eq!(ours.open(&altered), None, "{altered}");
    }
    // A token of another kind doesn't open.
    let token = ours.confirm_url(uuid::Uuid::from_u128(1));
    assert_eq!(ours.open(token.rsplit('/').next().unwrap()), None);
}

#[test]
fn whose_mail_waits_for_a_server_is_not_said_to_be_notified_now() {
    let links = links();
    let story = Story::new().alerted(1);
    for (all, now, said) in [
        (0_u64, 0_u64, "No one has subscribed yet."),
        (1, 1, "Notifies 1 subscriber."),
        (2, 0, "Notifies 2 subscribers. 2 of them have to wait for a mail server."),
        (3_000, 2_999, "Notifies 3,000 subscribers. 1 of them has to wait for a mail server."),
    ] {
        let subscribers = modal::Subscribers { all: all.into(), now: now.into() };
        let reach = subscribers.reaches(None, Severity::Outage);
        let form = json_of(&modal::confirm(story.incident(), reach, &context(&links)));
        assert!(form.to_string().contains(&format!("\"{said}\"")), "{said}: {form}");
    }
}
