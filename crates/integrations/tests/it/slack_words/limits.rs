//! Whatever is said in Slack keeps within its limits, as the fake workspace knows them, and pings nobody.

use candor_content::language::Language;
use candor_core::{
    Command, Declaration, Incident, IncidentAction, Notify, Question, Severity, Status, Text, Title,
};
use candor_integrations::slack::{
    home,
    modal::{self, Submission},
    thread, words,
};
use candor_testkit::slack::judge;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    markup::{nasty, tokens},
    story::{ONE, Story, context, json_of, links, shown, submitted},
};

/// Slack counts characters in one way or the other; in neither may it be too many.
fn within(text: &str, least: usize, most: usize) {
    assert!(text.chars().filter(|c| !c.is_whitespace()).count() >= least, "empty: {text:?}");
    assert!(
        text.encode_utf16().count() <= most,
        "{} of {most}: {text}",
        text.encode_utf16().count()
    );
}

/// A message that Slack takes, in which nothing acts but what we mean to.
fn passes(message: &Value) {
    if let Some(blocks) = message.get("blocks") {
        judge::message(blocks).unwrap();
    }
    within(message["text"].as_str().unwrap(), 1, 4_000);
    harmless(message);
}

fn view_passes(view: &Value) {
    judge::view(view).unwrap();
    harmless(view);
}

fn harmless(value: &Value) {
    if let Some(object) = value.as_object() {
        if object.get("type") == Some(&json!("mrkdwn")) {
            assert_eq!(object["verbatim"], true);
            tokens(object["text"].as_str().unwrap()).iter().for_each(|token| may_act(token));
        }
        let elements = object.get("elements").and_then(Value::as_array).into_iter().flatten();
        assert!(elements.filter(|one| one["style"] == "primary").count() <= 1, "{value}");
        object.values().for_each(harmless);
        // The text beside the blocks is markup, too.
        if let Some(text) = object.get("text").and_then(Value::as_str)
            && object.contains_key("blocks")
        {
            tokens(text).iter().for_each(|token| may_act(token));
        }
    } else if let Some(all) = value.as_array() {
        all.iter().for_each(harmless);
    }
}

/// Times, and links that operators may write; never a mention.
fn may_act(token: &str) {
    let ours = token.starts_with("!date^1") && token.ends_with(" UTC");
    let link = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| token.to_ascii_lowercase().starts_with(scheme));
    assert!(ours || link, "{token}");
}

/// Straight from JSON, so not cleaned by the domain's own parsers.
fn raw_text(text: &str) -> Text {
    serde_json::from_value(json!(text)).unwrap()
}

fn raw_title(title: &str) -> Title {
    serde_json::from_value(json!(title)).unwrap()
}

/// Everything that is said about `incident`, in every state.
fn everything(story: &Story, alert: &str) {
    let links = links();
    let context = context(&links);
    let mut incident: Incident = story.incident().clone();
    for status in Status::ALL {
        for severity in [Severity::Outage, Severity::Maintenance] {
            (incident.status, incident.severity) = (*status, severity);
            passes(&json_of(&thread::root(&incident, Some(alert), &context)));
            passes(&json_of(&thread::plain(&incident, &context)));
            view_passes(&json_of(&modal::update(&incident, Some(alert), &context)));
            view_passes(&json_of(&modal::confirm(&incident, 1_219, &context)));
            view_passes(&json_of(&modal::postpone(&incident, 1_219, &context)));
        }
    }
    // With something new in it, the form comes back with its preview.
    let form = modal::update(story.incident(), Some("x"), &context);
    let filled = submitted(&form, json!({ "text": alert, "severity": "bug", "title": "Title" }));
    match modal::read(&filled, &story.board, &1_219.into(), story.now(), &context) {
        Submission::Preview(view) => view_passes(&json_of(&view)),
        Submission::Errors(_) => {}
        other @ (Submission::Command(_) | Submission::Lost(_)) => panic!("{other:?}"),
    }
    for recorded in &story.events {
        if let Some(note) = thread::note(recorded, story.incident(), &context) {
            passes(&json_of(&note.message));
        }
    }
    passes(&json_of(&thread::many_notes(&story.events, story.incident(), &context).message));
    for kind in [
        candor_core::QuestionKind::Start,
        candor_core::QuestionKind::Missed,
        candor_core::QuestionKind::End,
        candor_core::QuestionKind::Resolve,
    ] {
        let question = Question { incident: ONE, kind, since: story.now() };
        passes(&json_of(&thread::question(&question, story.incident(), &context).message));
        passes(&json_of(&thread::answered(&question.key(), story.incident(), &context)));
    }
    passes(&json_of(&words::status(&story.board, &context)));
    passes(&json_of(&words::which(&story.board, Some(("C1", "1.2", None)), &context)));
    passes(&json_of(&words::propose(alert, story.incident(), ("C1", "1.2", None), &context)));
    passes(&json_of(&words::help(alert, &context)));
    view_passes(&json_of(&home::view(&story.board, &context)));
    view_passes(&json_of(&modal::declare(Some(alert), &context)));
    view_passes(&json_of(&modal::plan(0, &context)));
    view_passes(&json_of(&modal::sentence(
        "Sorry",
        &candor_integrations::slack::mrkdwn::text(alert),
        Language::ENGLISH,
    )));
}

#[test]
fn in_no_language_slack_would_cut_the_words_of_a_button_or_a_form() {
    let limits: [(usize, &[&str]); 4] = [
        (
            24,
            &[
                "slack-button-declare",
                "slack-button-plan",
                "slack-button-postpone",
                "slack-button-resolve",
                "slack-button-update",
                "slack-form-cancel",
                "slack-form-close",
                "slack-form-confirm",
                "slack-form-plan",
                "slack-form-preview",
                "slack-form-publish",
                "slack-not-done",
            ],
        ),
        (30, &["slack-cancel-no", "slack-cancel-yes", "slack-dismiss-no", "slack-dismiss-yes"]),
        (
            75,
            &[
                "slack-box-alerts",
                "slack-box-end",
                "slack-box-start",
                "slack-choice-bug",
                "slack-choice-confirmed",
                "slack-choice-maintenance",
                "slack-choice-notice",
                "slack-choice-outage",
                "slack-choice-partial",
                "slack-choice-resolved",
                "slack-choice-watching",
                "slack-button-confirm",
                "slack-button-details",
                "slack-notify",
            ],
        ),
        (300, &["slack-cancel-why", "slack-dismiss-why"]),
    ];
    for language in Language::all() {
        for (most, ids) in limits {
            for id in ids {
                let words =
                    language.say_with(id, &[("count", 1_219.into()), ("number", "1,219".into())]);
                assert!(words.encode_utf16().count() <= most, "{language:?}: {id} = {words}");
            }
        }
    }
}

/// An incident with a history of odd texts.
fn odd(title: &str, texts: &[String]) -> Story {
    let first = Command::Declare(Declaration {
        title: raw_title(title),
        status: Status::Confirmed,
        severity: Severity::Outage,
        started_at: None,
        ended_at: None,
        summary: texts.first().map(|text| raw_text(text)),
        text: None,
        silent: false,
        takes_alerts: false,
    });
    texts.iter().fold(Story::new().then("ada", first), |story, text| {
        let (incident, text, status, notify) = (ONE, raw_text(text), None, Notify::No);
        story.then("a", IncidentAction::PostUpdate { text, status, notify }.on(incident))
    })
}

#[test]
fn long_updates_are_whole_while_there_is_room() {
    let links = links();
    // As long as the longest ones of two large providers.
    for length in [3_126, 8_412] {
        let sentence = "The change is being rolled back in all regions, one by one. ";
        let text: String = sentence.chars().cycle().take(length).collect();
        let story = odd("Checkout unavailable", std::slice::from_ref(&text));
        let message = json_of(&thread::root(story.incident(), None, &context(&links)));
        passes(&message);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let sections: String = message["blocks"]
            .as_array()
            .unwrap()
            .iter()
            .skip(3)
            .filter_map(|block| block["text"]["text"].as_str())
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(words(&sections), words(&text), "{length} characters, all of them");
    }
}

#[test]
fn content_that_does_not_fit_is_replaced_by_a_link() {
    let links = links();
    let story = odd("Checkout unavailable", &["All & everything. ".repeat(1_500)]);
    let message = json_of(&thread::root(story.incident(), None, &context(&links)));
    passes(&message);
    let words = shown(&thread::root(story.incident(), None, &context(&links)));
    assert!(
        words.contains("· <https://status.example.org/2026-11-21/1|The rest is on the page.>\n"),
        "{words}"
    );
    assert!(words.contains("[Resolve → resolve value=1]"), "the buttons stand: {words}");
}

#[test]
fn a_link_is_whole_also_behind_a_joiner() {
    // Each length of what stands before it moves the place where sections are split.
    for length in 0..80 {
        let text =
            format!("{}{}", "x".repeat(length), "\u{200d}<https://a.example/long>".repeat(200));
        let story = odd("Checkout unavailable", &[text]);
        passes(&json_of(&thread::root(story.incident(), None, &context(&links()))));
    }
}

#[test]
fn a_very_long_link_does_not_burst_its_section() {
    let target = format!("https://a.example/{}", "x".repeat(1_450));
    for text in [
        format!("[{}]({target})", "&".repeat(450)),
        format!("[{}]({target})", "word ".repeat(1_000)),
        format!("[words]({}{})", target.repeat(2), "&".repeat(450)),
    ] {
        let story = odd("Checkout unavailable", &[format!("Before. {text} After.")]);
        let message = json_of(&thread::root(story.incident(), None, &context(&links())));
        passes(&message);
        assert!(message.to_string().contains("After."), "{message}");
    }
}

#[test]
fn many_incidents_are_as_many_as_there_is_room_for() {
    let links = links();
    let many =
        (0..60).fold(Story::new(), |story, _| story.declared(Severity::Bug, Status::Confirmed));
    for message in [
        words::status(&many.board, &context(&links)),
        words::which(&many.board, None, &context(&links)),
        words::which(&many.board, Some(("C1", "1.2", None)), &context(&links)),
    ] {
        passes(&json_of(&message));
        let words = shown(&message);
        assert!(
            words.matches("Slow search").count() > 20 && words.contains("the page>"),
            "{words}"
        );
    }
}

#[test]
fn an_empty_title_breaks_no_message() {
    let story = odd("", &[]);
    everything(&story, "");
    everything(&odd("\u{200b}", &["\u{200b}".to_owned()]), "\u{200b}");
}

#[test]
fn a_code_block_that_is_split_stays_code_in_each_part() {
    let links = links();
    let text = format!("Log:\n```\n{}\n```\nThat is all.", "line of a log & more\n".repeat(250));
    let story = odd("Checkout unavailable", &[text]);
    let message = json_of(&thread::root(story.incident(), None, &context(&links)));
    passes(&message);
    for block in message["blocks"].as_array().unwrap() {
        let text = block["text"]["text"].as_str().unwrap_or_default();
        assert_eq!(text.matches("```").count() % 2, 0, "{text}");
    }
}

#[test]
fn nothing_is_cut_within_a_character_or_a_link() {
    let links = links();
    let family = "👩‍👩‍👧‍👦";
    let title = family.repeat(40);
    let text = "[a link](https://example.org/a/rather/long/address) ".repeat(300);
    let story = odd(&title, &[text]);
    everything(&story, &family.repeat(200));
    let message = json_of(&thread::root(story.incident(), None, &context(&links)));
    let header = message["blocks"][0]["text"]["text"].as_str().unwrap();
    let rest = header.trim_start_matches("🔴 ").trim_end_matches('…');
    assert!(header.ends_with('…') && !rest.is_empty());
    assert_eq!(rest.replace(family, ""), "", "whole families only");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_slack_takes_it_and_nothing_acts(
        title in nasty(),
        texts in prop::collection::vec((nasty(), 1_usize..60), 0..6),
        alert in nasty(),
    ) {
        let texts: Vec<_> = texts.into_iter().map(|(text, times)| text.repeat(times)).collect();
        everything(&odd(&title, &texts), &alert);
    }
}
