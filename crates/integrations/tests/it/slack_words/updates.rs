//! The update form: previewed before it is published, and it changes only what was edited.

use candor_core::{Command, IncidentAction, Notify, Revision, Severity, Status, Summary};
use candor_integrations::slack::{block::SlackView, modal};
use serde_json::{Value, json};

use super::{
    forms::{command, error, errors, preview, read, tells},
    story::{ONE, Story, context, json_of, links, shown, text, title},
};

pub(super) fn update_of(story: &Story) -> SlackView {
    modal::update(story.incident(), None, &context(&links()))
}

/// Fills in the form, sees the preview, and publishes.
fn published(story: &Story, changes: &Value) -> Command {
    let preview = preview(read(story, &update_of(story), changes.clone()));
    command(read(story, &preview, json!({})))
}

fn revise(revision: Revision, notify: Notify) -> Command {
    IncidentAction::Revise { revision, notify }.on(ONE)
}

#[test]
fn an_update_is_seen_before_it_is_published() {
    let story = Story::new().confirmed();
    let changes = json!({ "text": "A **fix** is in place.", "status": "watching" });
    let seen = preview(read(&story, &update_of(&story), changes));
    insta::assert_snapshot!(shown(&seen));
    assert_eq!(
        command(read(&story, &seen, json!({}))),
        revise(
            Revision {
                text: Some(text("A **fix** is in place.")),
                status: Some(Status::Watching),
                ..Revision::default()
            },
            Notify::Default
        )
    );
}

#[test]
fn only_a_previewed_text_is_published() {
    let story = Story::new().confirmed();
    let first = preview(read(&story, &update_of(&story), json!({ "text": "One." })));
    let second = preview(read(&story, &first, json!({ "text": "Two." })));
    assert!(shown(&second).contains("\nTwo.\n"), "seen anew: {}", shown(&second));
    let revision = Revision { text: Some(text("Two.")), ..Revision::default() };
    assert_eq!(command(read(&story, &second, json!({}))), revise(revision, Notify::No));
    // Back to what was seen first, and it is still not what was seen last.
    preview(read(&story, &second, json!({ "text": "One." })));
    // Whoever is told is no part of the form: only ticking needs no second look.
    command(read(&story, &second, json!({ "tell-too": ["tell"] })));
}

#[test]
fn the_box_is_ticked_where_the_rules_would_tell_and_the_person_has_the_last_word() {
    let story = Story::new().confirmed();
    let usual = json!({ "text": "A fix.", "status": "watching" });
    let more = json!({ "text": "Still looking." });
    for (changes, block, preset) in [(&usual, "tell", true), (&more, "tell-too", false)] {
        for ticked in [true, false] {
            let seen = preview(read(&story, &update_of(&story), changes.clone()));
            let boxes = json_of(&seen)["blocks"]
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["block_id"] == block)
                .unwrap()
                .clone();
            assert_eq!(boxes["element"]["options"][0]["text"]["text"], "Notify 1,219 subscribers");
            assert_eq!(boxes["element"]["initial_options"].is_array(), preset);
            let ticks = if ticked { json!(["tell"]) } else { json!([]) };
            let command = command(read(&story, &seen, json!({ block: ticks })));
            let Command::Incident { action: IncidentAction::Revise { notify, .. }, .. } = &command
            else {
                panic!("{command:?}")
            };
            let expected = match (preset, ticked) {
                (true, true) => Notify::Default,
                (false, true) => Notify::Yes,
                (_, false) => Notify::No,
            };
            assert_eq!(*notify, expected);
            assert_eq!(tells(&story, command), ticked);
        }
    }
}

#[test]
fn there_is_no_box_where_no_one_could_be_notified() {
    let silent =
        Story::new().confirmed().then("ada", IncidentAction::Silence { silent: true }.on(ONE));
    let seen = shown(&preview(read(&silent, &update_of(&silent), json!({ "text": "x" }))));
    assert!(seen.contains("The incident is silent"), "{seen}");
    let suspected = Story::new().alerted(1);
    let seen = shown(&preview(read(&suspected, &update_of(&suspected), json!({ "text": "x" }))));
    assert!(seen.contains("no one has confirmed it"), "{seen}");
    let story = Story::new().confirmed();
    let seen = shown(&preview(read(&story, &update_of(&story), json!({ "severity": "bug" }))));
    assert!(seen.contains("Subscribers aren’t notified: there’s no update"), "{seen}");
    assert!(!seen.contains("subscribers <"), "{seen}");
}

#[test]
fn an_update_changes_only_the_edited_fields() {
    let story = Story::new()
        .confirmed()
        .then("ada", IncidentAction::SetSummary { summary: Some(text("Cards fail.")) }.on(ONE));
    let no = Notify::No;
    let base = Revision::default;
    for (changes, revision, notify) in [
        (json!({ "text": "x" }), Revision { text: Some(text("x")), ..base() }, no),
        (
            json!({ "severity": "bug" }),
            Revision { severity: Some(Severity::Bug), ..base() },
            Notify::Default,
        ),
        (
            json!({ "title": "Other" }),
            Revision { title: Some(title("Other")), ..base() },
            Notify::Default,
        ),
        (
            json!({ "summary": null }),
            Revision { summary: Some(Summary::Removed), ..base() },
            Notify::Default,
        ),
        (
            json!({ "summary": "All fail." }),
            Revision { summary: Some(Summary::Set(text("All fail."))), ..base() },
            Notify::Default,
        ),
        (
            json!({ "status": "resolved" }),
            Revision { status: Some(Status::Resolved), ..base() },
            Notify::Default,
        ),
    ] {
        assert_eq!(published(&story, &changes), revise(revision, notify), "{changes}");
    }
}

#[test]
fn changes_of_others_in_the_meantime_stay() {
    let story = Story::new().confirmed();
    let form = update_of(&story);
    let meanwhile = Story::new()
        .confirmed()
        .then("bob", IncidentAction::SetTitle { title: title("Bob's title") }.on(ONE))
        .then("bob", IncidentAction::SetSeverity { severity: Severity::Bug }.on(ONE))
        .updated("bob", "A fix.", Some(Status::Watching));
    let seen = preview(read(&meanwhile, &form, json!({ "text": "x", "status": "watching" })));
    assert!(shown(&seen).contains("👀 *Bob's title*"), "{}", shown(&seen));
    let revision = Revision { text: Some(text("x")), ..Revision::default() };
    assert_eq!(command(read(&meanwhile, &seen, json!({}))), revise(revision, Notify::No));
}

#[test]
fn a_change_between_preview_and_publishing_is_previewed_again() {
    let story = Story::new().confirmed();
    let changes = json!({ "text": "A fix.", "status": "watching" });
    let seen = preview(read(&story, &update_of(&story), changes));
    let meanwhile = Story::new().confirmed().updated("bob", "Fixed.", Some(Status::Watching));
    let again = preview(read(&meanwhile, &seen, json!({})));
    assert!(shown(&again).contains("tell-too: Who is notified"), "{}", shown(&again));
}

#[test]
fn an_update_of_an_ended_incident_is_refused_and_keeps_the_text() {
    let form = update_of(&Story::new().confirmed());
    let over = Story::new().confirmed().resolved("bob");
    let (block, sentence) = error(read(&over, &form, json!({ "text": "long thoughts" })));
    assert_eq!(block, "text");
    assert!(sentence.ends_with("Resolved by Bob (Sat 21 Nov 2026, 14:07 UTC)."), "{sentence}");
    // Opened afterwards, it is a later note.
    assert_eq!(
        published(&over, &json!({ "text": "The cause." })),
        revise(Revision { text: Some(text("The cause.")), ..Revision::default() }, Notify::No)
    );
}

#[test]
fn each_error_of_an_update_is_beside_its_field() {
    let story = Story::new().confirmed();
    for (changes, block, words) in [
        (json!({}), "text", "Nothing would change."),
        (json!({ "status": "watching" }), "text", "a new status needs a text"),
        (json!({ "title": null }), "title", "The title must have 1 to 200 characters."),
        (json!({ "title": "x".repeat(201) }), "title", "The title must have 1 to 200 characters."),
        (json!({ "text": "\u{200b}" }), "text", "The text is empty."),
        (json!({ "summary": "\u{200b}" }), "summary", "The text is empty."),
        (json!({ "severity": "worst" }), "severity", "Choose one"),
        (json!({ "severity": "maintenance" }), "severity", "Choose one"),
        (json!({ "status": "gone" }), "status", "Choose one"),
        (json!({ "status": "planned", "text": "x" }), "text", "confirmed or monitoring"),
    ] {
        let (at, sentence) = error(read(&story, &update_of(&story), changes));
        assert_eq!(at, block, "{sentence}");
        assert!(sentence.contains(words), "{sentence}");
    }
    let both = json!({ "title": null, "text": "\u{200b}" });
    assert_eq!(errors(read(&story, &update_of(&story), both)).len(), 2, "all at once");
}
