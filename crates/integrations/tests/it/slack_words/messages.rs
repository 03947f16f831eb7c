//! The texts of threads, the home tab and `/candor`.

use candor_content::notification_text::ReaderPreferences;
use candor_core::{
    Event, Incident, IncidentAction, IncidentNumber, Notify, Proposal, Question, RecordedEvent,
    Refusal, Revision, Severity, Status, Summary, TimesAmended, Window,
};
use candor_integrations::slack::{
    SlackContext, action::Action, home, modal, slash, slash::Slash, thread, words,
};

use super::story::{ONE, Story, context, json_of, links, person, raise, shown, text, title};
use crate::support::time;

fn root(story: &Story) -> String {
    let links = links();
    shown(&thread::root(
        story.incident(),
        Some("shop: HTTP 502 on /checkout <!channel>"),
        &context(&links),
    ))
}

#[test]
fn a_suspected_incident_asks_whether_it_is_real() {
    let story = Story::new().alerted(20).cleared(2);
    insta::assert_snapshot!(root(&story));
    let links = links();
    let message = thread::root(story.incident(), None, &context(&links));
    let json = serde_json::to_string_pretty(&json_of(&message)).unwrap();
    insta::assert_snapshot!("a_suspected_incident_as_slack_gets_it", json);
}

#[test]
fn where_two_people_confirm_the_first_one_is_named() {
    let links = links();
    let context = SlackContext { two_people: true, ..context(&links) };
    let story = Story::new().alerted(1);
    let before = shown(&thread::root(story.incident(), None, &context));
    assert!(before.contains("*Is it real?* Two people have to confirm it."), "{before}");
    let story = story.then(
        "ada",
        IncidentAction::ConfirmByTwo {
            severity: Some(Severity::Partial),
            title: Some(title("Checkout is slow")),
            text: Some(text("Some payments fail.")),
            notify: Notify::Default,
        }
        .on(ONE),
    );
    insta::assert_snapshot!(shown(&thread::root(story.incident(), None, &context)));
}

#[test]
fn every_status_of_an_incident_is_named_with_who_set_it() {
    let ongoing = || Story::new().confirmed().alerted(3).cleared(2);
    let watching = || ongoing().updated("bob", "A fix is in place. <@U1>", Some(Status::Watching));
    let states = [
        ("confirmed", root(&ongoing())),
        ("watching", root(&watching())),
        ("resolved", root(&watching().resolved("bob"))),
        ("dismissed by a person", root(&Story::new().alerted(1).dismissed("ada"))),
        ("dismissed by itself", root(&Story::new().alerted(2).cleared(2))),
        ("declared", root(&Story::new().declared(Severity::Bug, Status::Confirmed))),
        ("silent", root(&ongoing().then("ada", IncidentAction::Silence { silent: true }.on(ONE)))),
    ];
    insta::assert_snapshot!(told(&states));
}

#[test]
fn every_status_of_maintenance_has_its_time_and_what_happens_automatically() {
    let planned = || Story::new().planned(false);
    let cancel =
        || IncidentAction::CancelMaintenance { text: None, notify: Notify::Default }.on(ONE);
    let end = || IncidentAction::EndMaintenance { text: None, notify: Notify::Default }.on(ONE);
    let states = [
        ("planned", root(&planned())),
        ("planned, automatic", root(&Story::new().planned(true))),
        ("under way", root(&planned().started("bob"))),
        ("under way, automatic", root(&Story::new().planned(true).started(""))),
        ("finished", root(&planned().started("bob").then("", end()))),
        ("called off", root(&planned().then("bob", cancel()))),
    ];
    insta::assert_snapshot!(told(&states));
}

fn told(states: &[(&str, String)]) -> String {
    let told: Vec<_> =
        states.iter().map(|(name, shown)| format!("######## {name}\n{shown}")).collect();
    told.join("\n")
}

/// A short history in which every event that the thread tells of happens once.
fn eventful() -> Story {
    let revision = Revision {
        severity: Some(Severity::Partial),
        title: Some(title("Checkout *is* slow")),
        summary: Some(Summary::Set(text("Payments by card fail."))),
        text: Some(text("We found the cause.")),
        status: None,
    };
    let story = Story::new()
        .confirmed()
        .then("bob", IncidentAction::Revise { revision, notify: Notify::Yes }.on(ONE))
        .updated("bob", "It should work again.", Some(Status::Watching))
        .updated("bob", "It does not.", Some(Status::Confirmed))
        .updated("ada", "Still looking.", None);
    let update = story.board.seq;
    story
        .then("ada", IncidentAction::CorrectUpdate { update, text: text("Looking.") }.on(ONE))
        .then("ada", IncidentAction::RetractUpdate { update }.on(ONE))
        .then("ada", IncidentAction::SetSummary { summary: None }.on(ONE))
        .then("ada", IncidentAction::Silence { silent: true }.on(ONE))
        .then("ada", IncidentAction::Silence { silent: false }.on(ONE))
        .resolved("bob")
        .then(
            "ada",
            IncidentAction::Reopen { why: text("It is back."), notify: Notify::Default }.on(ONE),
        )
        .resolved("ada")
        .then("ada", IncidentAction::PublishPostmortem { text: text("A disk was full.") }.on(ONE))
}

fn maintenance() -> Story {
    let window =
        Window { starts_at: time("2026-11-24T02:00:00Z"), ends_at: time("2026-11-24T20:30:00Z") };
    Story::new()
        .planned(false)
        .then(
            "bob",
            IncidentAction::RescheduleMaintenance {
                window,
                text: Some(text("The vendor is late.")),
                notify: Notify::Default,
            }
            .on(ONE),
        )
        .started("bob")
        .then("", IncidentAction::EndMaintenance { text: None, notify: Notify::Default }.on(ONE))
}

#[test]
fn the_thread_notes_who_did_what() {
    let links = links();
    let mut told = String::new();
    let stories = [
        eventful(),
        maintenance(),
        Story::new().alerted(1).dismissed("ada").then(
            "bob",
            IncidentAction::ConfirmAfterwards { text: None, notify: Notify::Default }.on(ONE),
        ),
        Story::new().alerted(1).cleared(1),
        Story::new().declared(Severity::Bug, Status::Confirmed),
    ];
    for story in &stories {
        for recorded in &story.events {
            let note = thread::note(recorded, story.incident(), &context(&links));
            assert!(note.as_ref().is_none_or(|note| !note.broadcast));
            let words = note.map_or_else(|| "-\n".to_owned(), |note| shown(&note.message));
            let (name, words) = (recorded.event.type_name(), words.trim().replace('\n', "\n    "));
            told.extend([name, "\n    ", &words, "\n"]);
        }
        told.push('\n');
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_site_speaks_its_own_language_and_time_zone_in_slack() {
    let links = links();
    let reader = ReaderPreferences::of(["de"], ["Europe/Berlin"]);
    let context = SlackContext { reader: &reader, ..context(&links) };
    let said = shown(&thread::root(Story::new().confirmed().incident(), None, &context));
    for words in [
        "*Ausfall, bestätigt*, seit <!date^1795269900^{date_short_pretty} {time}|Sa., 21. Nov. 2026, 15:05 CET>",
        "Bestätigt: Ada, ",
        "[Neuigkeit schreiben → update value=1]",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn corrected_times_are_noted() {
    let story = Story::new().confirmed().resolved("ada");
    let (started_at, ended_at) =
        (Some(time("2026-11-21T13:50:00Z")), Some(time("2026-11-21T14:06:00Z")));
    let event = Event::TimesAmended(TimesAmended { incident: ONE, started_at, ended_at });
    let recorded = RecordedEvent { event, ..story.events.last().unwrap().clone() };
    let links = links();
    let note = thread::note(&recorded, story.incident(), &context(&links)).unwrap();
    assert_eq!(
        note.message.text,
        "Ada corrected the times: start <!date^1795269000^{date_short_pretty} {time}|Sat 21 Nov 2026, 13:50 UTC>, \
         end <!date^1795269960^{date_short_pretty} {time}|Sat 21 Nov 2026, 14:06 UTC>."
    );
}

#[test]
fn after_a_long_absence_one_note_tells_of_all() {
    let links = links();
    let story = eventful();
    let note = thread::many_notes(&story.events, story.incident(), &context(&links));
    insta::assert_snapshot!(shown(&note.message));
    let many = (0..40).fold(Story::new().confirmed(), |story, index| {
        story.updated("ada", &format!("News {index}"), None)
    });
    let note = thread::many_notes(&many.events, many.incident(), &context(&links));
    let told = shown(&note.message);
    assert!(told.contains("21 earlier notes are on the page."), "{told}");
    assert!(told.contains("News 39") && !told.contains("News 19"), "{told}");
}

fn asked(story: &Story, at: &str) -> Question {
    Question::of(story.incident(), time(at)).unwrap()
}

#[test]
fn questions_are_for_everyone_and_show_their_answer() {
    let links = links();
    let context = context(&links);
    let at = "2026-11-23T03:00:00Z";
    let missed = Story::new().planned(true);
    let end = Story::new().planned(false).started("bob");
    let over = Story::new().confirmed().cleared(1);
    let mut told = Vec::new();
    let postpone = |story: Story| {
        let known = story.incident().window.unwrap();
        let begun = story.incident().status != Status::Planned;
        let window = Window {
            starts_at: if begun { known.starts_at } else { time("2026-11-24T02:00:00Z") },
            ends_at: time("2026-11-24T02:30:00Z"),
        };
        let (text, notify) = (None, Notify::Default);
        story.then("ada", IncidentAction::RescheduleMaintenance { window, text, notify }.on(ONE))
    };
    let ended = || IncidentAction::EndMaintenance { text: None, notify: Notify::Default }.on(ONE);
    let canceled =
        || IncidentAction::CancelMaintenance { text: None, notify: Notify::Default }.on(ONE);
    let answers: [(&str, Story, Vec<Story>); 4] = [
        (
            "2026-11-23T02:10:00Z",
            Story::new().planned(false),
            vec![
                Story::new().planned(false).started("bob"),
                postpone(Story::new().planned(false)),
                Story::new().planned(false).then("ada", canceled()),
            ],
        ),
        (
            at,
            missed,
            vec![
                Story::new().planned(false).started("bob"),
                postpone(Story::new().planned(false)),
                Story::new().planned(false).then("ada", canceled()),
            ],
        ),
        (
            at,
            end,
            vec![
                Story::new().planned(false).started("bob").then("ada", ended()),
                postpone(Story::new().planned(false).started("bob")),
            ],
        ),
        (
            at,
            over,
            vec![
                Story::new().confirmed().cleared(1).resolved("bob"),
                Story::new().confirmed().cleared(1).then("", raise(7)),
            ],
        ),
    ];
    for (at, story, later) in &answers {
        let question = asked(story, at);
        let note = thread::question(&question, story.incident(), &context);
        assert!(note.broadcast);
        told.push(shown(&note.message));
        for story in later {
            let answered = shown(&thread::answered(&question.key(), story.incident(), &context));
            assert!(!answered.contains(" → "), "no buttons: {answered}");
            told.push(answered);
        }
    }
    insta::assert_snapshot!(told.join("\n"));
    let odd = thread::answered("odd", answers[3].1.incident(), &context);
    assert!(odd.text.contains("Still open: "), "{}", odd.text);
}

#[test]
fn plain_words_are_the_way_out() {
    let links = links();
    let story = Story::new().confirmed();
    let message = thread::plain(story.incident(), &context(&links));
    assert!(message.blocks.is_empty());
    insta::assert_snapshot!(message.text);
}

fn busy() -> Story {
    let story = Story::new().confirmed().declared(Severity::Bug, Status::Watching);
    story.planned(true)
}

#[test]
fn the_home_tab_has_everything_that_can_be_done() {
    let links = links();
    insta::assert_snapshot!(shown(&home::view(&busy().board, &context(&links))));
    let empty = shown(&home::view(&Story::new().board, &context(&links)));
    assert!(empty.contains("# 🟢 Acme Tickets is working normally"), "{empty}");
    assert!(empty.contains("Nothing has happened yet."), "{empty}");
}

#[test]
fn a_very_long_home_tab_ends_with_the_way_to_the_rest() {
    let links = links();
    let many =
        (0..200).fold(Story::new(), |story, _| story.declared(Severity::Bug, Status::Confirmed));
    let view = json_of(&home::view(&many.board, &context(&links)));
    let blocks = view["blocks"].as_array().unwrap();
    assert!((99..=100).contains(&blocks.len()), "{}", blocks.len());
    let last = blocks.last().unwrap()["elements"][0]["text"].as_str().unwrap();
    assert_eq!(last, "There’s more than fits here. <https://status.example.org|Open the page>");
    assert_eq!(blocks[blocks.len() - 2]["type"], "actions", "an incident keeps its buttons");
}

#[test]
fn the_command_shows_the_current_status() {
    let links = links();
    insta::assert_snapshot!(shown(&words::status(&busy().board, &context(&links))));
    let good = words::status(&Story::new().board, &context(&links));
    assert_eq!(good.text, "🟢 Acme Tickets is working normally");
}

#[test]
fn one_is_asked_which_incident_it_is_about() {
    let links = links();
    let story = busy();
    let place = Some(("C1", "1503435956.000247", Some("1503435950.000100")));
    insta::assert_snapshot!(shown(&words::which(&story.board, place, &context(&links))));
    let none = words::which(&Story::new().board, place, &context(&links));
    assert_eq!(none.text, "No incident is open, and no maintenance is planned.");
    let proposal = words::propose(
        "*Found it*: <!here> the disk of <@U1|ada>'s machine &amp; its twin",
        story.incident(),
        ("C1", "1503435956.000247", None),
        &context(&links),
    );
    insta::assert_snapshot!("a_message_is_proposed_as_an_update", shown(&proposal));
}

#[test]
fn a_button_returns_the_action_it_was_made_for() {
    let place = |thread_ts: Option<&str>| Action::Publish {
        incident: ONE,
        channel: "C1".to_owned(),
        ts: "1503435956.000247".to_owned(),
        thread_ts: thread_ts.map(str::to_owned),
    };
    let actions = [
        Action::Confirm(ONE),
        Action::ConfirmWithDetails(ONE),
        Action::Dismiss(ONE),
        Action::ItWasReal(ONE),
        Action::Update(ONE),
        Action::Resolve(ONE),
        Action::Start(ONE),
        Action::End(ONE),
        Action::Postpone(ONE),
        Action::Cancel(ONE),
        Action::Declare,
        Action::Plan,
        place(None),
        place(Some("1503435950.000100")),
        Action::NotNow,
        Action::Link,
        Action::Changed,
    ];
    for action in actions {
        let value = action.value();
        assert_eq!(Action::read(action.id(), Some(&value)), Some(action));
    }
    for (id, value) in [
        ("confirm", None),
        ("confirm", Some("")),
        ("confirm", Some("0")),
        ("confirm", Some("seven")),
        ("publish", Some("7 C1")),
        ("publish", Some("C1 1.2")),
        ("", Some("7")),
        ("frobnicate", Some("7")),
    ] {
        assert_eq!(Action::read(id, value), None, "{id} {value:?}");
    }
}

#[test]
fn the_command_is_read_as_people_type_it() {
    let seven = IncidentNumber::new(7);
    for (typed, meant) in [
        ("", Slash::Status),
        ("  Status ", Slash::Status),
        ("declare", Slash::Declare(None)),
        ("DECLARE   Checkout  is down", Slash::Declare(Some("Checkout  is down".to_owned()))),
        ("declare “Checkout is down”", Slash::Declare(Some("Checkout is down".to_owned()))),
        ("declare the \"API\"", Slash::Declare(Some("the \"API\"".to_owned()))),
        ("declare A &amp; B", Slash::Declare(Some("A & B".to_owned()))),
        ("“declare”", Slash::Declare(None)),
        ("update", Slash::Update(None)),
        ("Update\u{a0}#7", Slash::Update(seven)),
        ("update 2026-11-21/7", Slash::Update(seven)),
        ("resolve ‘7’", Slash::Resolve(seven)),
        ("resolve all", Slash::Unknown("resolve all".to_owned())),
        ("update 0", Slash::Unknown("update 0".to_owned())),
        ("help", Slash::Help),
        ("?", Slash::Help),
        ("status now", Slash::Unknown("status now".to_owned())),
        ("frobnicate", Slash::Unknown("frobnicate".to_owned())),
    ] {
        assert_eq!(slash::read(typed), meant, "{typed:?}");
    }
    insta::assert_snapshot!(words::help("/candor", &context(&links())).text);
}

#[test]
fn a_refusal_says_what_happened_by_whom_and_what_to_do() {
    let links = links();
    let context = context(&links);
    let (me, at) = (person("bob"), time("2026-11-21T14:07:00Z"));
    let refused =
        |story: &Story, refusal: &Refusal| words::refusal(refusal, &story.board, &context, &me);
    let already = |status, by: Option<&str>| Refusal::Already {
        incident: ONE,
        status,
        by: by.map(person),
        at,
    };
    let confirmed = Story::new().confirmed();
    let planned = Story::new().planned(true);
    let itself = Story::new().alerted(1).cleared(1);
    let canceled = Story::new().planned(true).then(
        "ada",
        IncidentAction::CancelMaintenance { text: None, notify: Notify::Default }.on(ONE),
    );
    let told: Vec<_> = [
        refused(&confirmed, &already(Status::Confirmed, Some("ada"))),
        refused(&confirmed, &already(Status::Confirmed, Some("bob"))),
        refused(&confirmed, &already(Status::Watching, Some("ada"))),
        refused(&confirmed, &already(Status::Resolved, Some("ada"))),
        refused(&confirmed, &already(Status::Dismissed, Some("ada"))),
        refused(&itself, &already(Status::Dismissed, None)),
        refused(&planned, &already(Status::Confirmed, None)),
        refused(&planned, &already(Status::Resolved, Some("ada"))),
        refused(&canceled, &already(Status::Resolved, Some("ada"))),
        refused(&Story::new(), &already(Status::Planned, None)),
        refused(&Story::new(), &already(Status::Suspected, None)),
        refused(&Story::new(), &Refusal::NoSuchIncident(ONE)),
        refused(&planned, &Refusal::NotSuspected { incident: ONE, status: Status::Planned }),
        refused(&itself, &Refusal::SamePerson { incident: ONE }),
        refused(&planned, &Refusal::NotDismissed { incident: ONE, status: Status::Planned }),
        refused(&itself, &Refusal::NotConfirmed { incident: ONE }),
        refused(&planned, &Refusal::NotStarted { incident: ONE }),
        refused(&confirmed, &Refusal::NotOver { incident: ONE, status: Status::Confirmed }),
        refused(&canceled, &Refusal::Canceled { incident: ONE }),
        refused(&confirmed, &Refusal::WasDismissed { incident: ONE }),
        refused(&confirmed, &Refusal::UnderWay { incident: ONE }),
        refused(
            &confirmed,
            &Refusal::NotMaintenance {
                incident: ONE,
                wanted: Status::Planned,
                status: Status::Confirmed,
            },
        ),
        refused(
            &confirmed,
            &Refusal::NotMaintenance {
                incident: ONE,
                wanted: Status::Confirmed,
                status: Status::Watching,
            },
        ),
        refused(&confirmed, &Refusal::NotDeclarable(Status::Planned)),
        refused(&confirmed, &Refusal::HasNoEnd(Status::Confirmed)),
        refused(&confirmed, &Refusal::NotAnUpdateStatus(Status::Resolved)),
        refused(&confirmed, &Refusal::NoSuchUpdate { incident: ONE, update: 3 }),
        refused(&confirmed, &Refusal::NoText),
        refused(&confirmed, &Refusal::EndsBeforeItBegins),
        refused(&confirmed, &Refusal::InTheFuture),
        refused(&confirmed, &Refusal::WindowIsOver),
        refused(&confirmed, &Refusal::NothingToChange),
        refused(&confirmed, &Refusal::NobodyNamed),
    ]
    .into();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn every_status_has_words() {
    let links = links();
    let base = Story::new().planned(false);
    let mut seen = std::collections::BTreeSet::new();
    for status in Status::ALL {
        for severity in Severity::ALL {
            for (canceled, window) in [(false, false), (true, true), (false, true)] {
                let mut incident: Incident = base.incident().clone();
                (incident.status, incident.severity, incident.canceled) =
                    (*status, *severity, canceled);
                if !window {
                    incident.window = None;
                }
                // Left over from before, it must not show anywhere but in a suspicion.
                incident.proposal = Some(Proposal {
                    by: person("cleo"),
                    at: time("2026-11-21T14:06:00Z"),
                    severity: None,
                    title: None,
                    text: None,
                });
                let message = thread::root(&incident, None, &context(&links));
                let words = shown(&message);
                assert!(words.contains("status.example.org/2026-11-23/1"), "{words}");
                assert!(!words.contains("(empty)"), "{words}");
                // A sign is never alone: the words beside it say the same.
                let standing = message.text.split(": ").nth(1).unwrap().to_owned();
                assert!(words.contains(&format!("*{standing}*")), "{words}");
                assert_eq!(words.contains("Cleo"), *status == Status::Suspected, "{words}");
                seen.insert(standing);
            }
        }
    }
    assert_eq!(seen.len(), 16, "{seen:?}");
}

#[test]
fn an_alert_that_fires_again_is_noted_for_everyone() {
    let links = links();
    let context = context(&links);
    let last_note = |story: &Story| {
        thread::note(story.events.last().unwrap(), story.incident(), &context)
            .map(|note| (shown(&note.message), note.broadcast))
    };
    let watched = Story::new().confirmed().updated("ada", "Fixed.", Some(Status::Watching));
    let (said, broadcast) = last_note(&watched.then("", raise(7))).unwrap();
    assert!(broadcast && said.contains("the problem may be back"), "{said}");
    let again = Story::new().alerted(1).dismissed("ada").then("", raise(7));
    let (said, broadcast) = last_note(&again).unwrap();
    assert!(broadcast && said.contains("suspected again"), "{said}");
    for quiet in [
        Story::new().alerted(1),
        Story::new().alerted(2),
        Story::new().confirmed().then("", raise(7)),
    ] {
        assert!(last_note(&quiet).is_none());
    }
}

#[test]
fn resolving_while_alerts_fire_is_noted_before_and_after() {
    let links = links();
    let context = context(&links);
    let firing = Story::new().confirmed().then("", raise(7));
    let form = shown(&modal::resolve(firing.incident(), 1_219, &context));
    assert!(form.contains("Monitoring disagrees: 2 alerts, all firing"), "{form}");
    let note = |story: &Story| {
        let note = thread::note(story.events.last().unwrap(), story.incident(), &context).unwrap();
        shown(&note.message)
    };
    let said = note(&firing.resolved("ada"));
    assert!(said.contains("although 2 alerts are still firing"), "{said}");
    let cleared = Story::new().confirmed().cleared(1);
    assert!(!shown(&modal::resolve(cleared.incident(), 1_219, &context)).contains("disagrees"));
    assert!(!note(&cleared.resolved("ada")).contains("although"));
}
