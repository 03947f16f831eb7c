//! What was stored once is read for ever: the samples of every event type tell one story, and it folds as ever.
//!
//! `tests/stored_events/<type>.v<version>.jsonl` holds payloads, one a line, byte for byte as the log holds them. A
//! line is never changed; a new version of a type is a new file beside the old one.
#![expect(clippy::expect_used, reason = "these are functions that tests share")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use candor_api::PublicBoard;
use candor_core::{ActorId, Board, Event, PayloadRedacted, RecordedEvent, UnreadableEvent};
use jiff::{Timestamp, ToSpan};

/// The events of the story in the order of the log; a repeated name takes the next line of its file.
const STORY: &[&str] = &[
    "site-configured.v1",
    // A false alarm that ends by itself.
    "alert-raised.v1",
    "alert-cleared.v1",
    "dismissed.v1",
    // An outage with two alerts: confirmed, updated, resolved, reopened, resolved again, with a post-mortem.
    "alert-raised.v1",
    "alert-updated.v1",
    "alert-raised.v1",
    "human-confirmed.v1",
    "update-posted.v1",
    "update-corrected.v1",
    "severity-set.v1",
    "alert-cleared.v1",
    "update-posted.v1",
    "resolved.v1",
    "reopened.v1",
    "update-posted.v1",
    "update-retracted.v1",
    "alert-cleared.v1",
    "resolved.v1",
    "times-amended.v1",
    "postmortem-published.v1",
    // Maintenance that takes place, and maintenance that is canceled.
    "maintenance-planned.v1",
    "maintenance-planned.v1",
    "maintenance-started.v1",
    "maintenance-ended.v1",
    "maintenance-canceled.v1",
    // A bug that a person declared with too much text.
    "incident-declared.v1",
    "title-set.v1",
    "summary-set.v1",
    "silenced.v1",
    "payload-redacted.v1",
    // A suspected incident that one person proposes to confirm and another one dismisses.
    "alert-raised.v1",
    "confirmation-proposed.v1",
    "dismissed.v1",
    // Maintenance that is rescheduled.
    "maintenance-planned.v1",
    "maintenance-rescheduled.v1",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/stored_events")
}

/// The samples by the name of their file, without `.jsonl`.
fn samples() -> BTreeMap<String, Vec<String>> {
    let files = fs::read_dir(folder()).expect("the samples are there");
    files
        .map(|file| {
            let path = file.expect("readable").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            let name = name.strip_suffix(".jsonl").expect("only samples are here").to_owned();
            let lines = fs::read_to_string(&path).expect("UTF-8");
            (name, lines.lines().map(str::to_owned).collect())
        })
        .collect()
}

fn type_and_version(name: &str) -> (&str, i32) {
    let (type_name, version) = name.rsplit_once(".v").expect("<type>.v<version>");
    (type_name, version.parse().expect("a number"))
}

fn read(name: &str, payload: &str) -> Event {
    let (type_name, version) = type_and_version(name);
    Event::read(type_name, version, payload)
        .unwrap_or_else(|why| panic!("{name}: {why:?}: {payload}"))
}

/// The story as a log: an event every ten minutes; people cause what only people can do.
fn story() -> Vec<RecordedEvent> {
    let begin: Timestamp = "2026-11-21T08:00:00Z".parse().expect("a time");
    let samples = samples();
    let mut read_so_far = BTreeMap::new();
    STORY
        .iter()
        .zip(1_i64..)
        .map(|(name, place)| {
            let line: &mut usize = read_so_far.entry(name).or_default();
            let lines = samples.get(*name).unwrap_or_else(|| panic!("there is no sample {name}"));
            let payload = lines.get(*line).unwrap_or_else(|| panic!("{name} has too few lines"));
            *line += 1;
            let at = begin + (10 * place).minutes();
            let by_a_person = !name.starts_with("alert-");
            RecordedEvent {
                seq: place.unsigned_abs(),
                occurred_at: at,
                recorded_at: at,
                actor: by_a_person.then(|| ActorId::parse("operator-1").expect("an id")),
                event: read(name, payload),
            }
        })
        .collect()
}

#[test]
fn every_event_type_has_samples_and_every_sample_is_in_the_story() {
    let samples = samples();
    for (type_name, version) in Event::TYPES {
        let name = format!("{type_name}.v{version}");
        assert!(samples.contains_key(&name), "no sample of {name}; write one and tell it in STORY");
    }
    for (name, lines) in &samples {
        let listed = STORY.iter().filter(|listed| *listed == name).count();
        assert_eq!(listed, lines.len(), "{name}: lines in the file, and told in STORY");
    }
}

#[test]
fn book_lists_every_event_and_whether_it_notifies() {
    let chapter = include_str!("../../../../docs/reference/events.md");
    let rows = chapter.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let documented: BTreeMap<_, _> = rows.collect();
    let types: BTreeSet<_> = Event::TYPES.iter().map(|(name, _)| *name).collect();
    assert_eq!(documented.keys().copied().collect::<BTreeSet<_>>(), types);
    for (name, lines) in samples() {
        let (type_name, _) = type_and_version(&name);
        let notifies = lines.iter().any(|line| read(&name, line).notified().is_some());
        let row = documented.get(type_name).copied().unwrap_or_default();
        assert_eq!(!row.ends_with("| nobody |"), notifies, "{name}: {row}");
    }
}

#[test]
fn stored_events_are_written_byte_for_byte_the_same_today() {
    for (name, lines) in samples() {
        for line in lines {
            let event = read(&name, &line);
            let (type_name, version) = type_and_version(&name);
            assert_eq!(event.type_name(), type_name);
            if event.schema_version() == version {
                assert_eq!(event.payload().expect("JSON"), line, "{name}");
            }
        }
    }
}

#[test]
fn stored_story_folds_as_before() {
    let mut board = Board::default();
    for recorded in story() {
        board.evolve(&recorded);
    }
    let json = serde_json::to_string_pretty(&PublicBoard::of(&board)).expect("JSON");
    insta::assert_snapshot!(json);
}

#[test]
fn each_event_of_the_story_changes_the_board() {
    let mut board = Board::default();
    for recorded in story() {
        let before = board.clone();
        board.evolve(&recorded);
        let mut changed = board.clone();
        (changed.seq, changed.updated_at) = (before.seq, before.updated_at);
        (changed.public_seq, changed.public_at) = (before.public_seq, before.public_at);
        let only_kept =
            matches!(recorded.event, Event::AlertUpdated(_) | Event::PayloadRedacted(_));
        assert_eq!(
            changed == before,
            only_kept,
            "{} of {}",
            recorded.seq,
            recorded.event.type_name()
        );
    }
}

#[test]
fn redaction_leaves_the_event_without_its_free_text() {
    let story = story();
    let mut seen = 0;
    for recorded in &story {
        let Event::PayloadRedacted(PayloadRedacted { seq, remains, .. }) = &recorded.event else {
            continue;
        };
        let original =
            story.iter().find(|recorded| recorded.seq == *seq).expect("an earlier event");
        assert_eq!(*remains, original.event.clone().without_free_text().payload().expect("JSON"));
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn unknown_event_type_or_version_is_an_error_that_names_it() {
    let known: BTreeSet<_> = Event::TYPES.iter().collect();
    assert_eq!(known.len(), Event::TYPES.len());
    for (type_name, version) in Event::TYPES {
        let newer = Event::read(type_name, version + 1, "{}");
        assert!(matches!(
            newer,
            Err(UnreadableEvent::Unknown { type_name: unknown, schema_version })
                if unknown == *type_name && schema_version == version + 1
        ));
        assert!(matches!(
            Event::read(type_name, *version, "no JSON"),
            Err(UnreadableEvent::Payload { type_name: broken, .. }) if broken == *type_name
        ));
    }
    assert!(matches!(
        Event::read("coffee-brewed", 1, "{}"),
        Err(UnreadableEvent::Unknown { type_name, .. }) if type_name == "coffee-brewed"
    ));
}
