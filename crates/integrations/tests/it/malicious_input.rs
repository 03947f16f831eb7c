//! Broken and malicious input: nothing panics or takes long, one broken part spoils no other, and what can be read has
//! its effect.

use std::time::{Duration, Instant};

use candor_core::{
    ActorId, Board, Command, CommandContext, IncidentNumber, RecordedEvent, Status, decide,
};
use candor_integrations::{
    alert_source::{AlertBody, AlertRules, AlertSource, SOURCES, SimulatedAlert},
    import::{ImportDocument, ImportedPage, statuspage},
    mail::{
        SmtpError,
        catcher::{ClientStage, MailCatcher, Policy, PolicyMoment, Reaction},
    },
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{a_mail, mailer_to};

/// Pieces of a JSON string as they stand in a body, many of them broken.
fn raw_string() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            r"\ud83d",
            r"\udE00",
            r"\ud83d\ude00",
            r"\u0000",
            r"\u00",
            r"\u",
            r"\x",
            r"\'",
            r"\n",
            r"\\",
            "\0",
            "\n",
            "\t",
            "\u{1b}[31m",
            "Checkout",
            "ü",
            "\u{1f600}",
            "\u{202e}",
            "\u{feff}",
            "{",
            "[",
            ",",
            ":",
            "'",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        prop::collection::vec(128_u8..=255, 1..4),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("9999-12-31T23:59:59Z")),
        Just(json!("-009999-01-02T01:59:59Z")),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,8}", inner, 0..4)
                .prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

fn read(document: &[u8]) -> Result<ImportedPage, statuspage::ReadError> {
    statuspage::read(&[ImportDocument {
        name: "a.json".to_owned(),
        body: document.to_vec(),
        named: true,
    }])
}

const BEGIN: &str = "2024-01-01T00:00:00Z";

/// An incident with these updates, each some minutes after the last one began.
fn incident(id: &str, status: &str, resolved: Option<i64>, updates: &[(&str, i64)]) -> Value {
    let begin: Timestamp = BEGIN.parse().unwrap();
    let after = |minutes: i64| (begin + SignedDuration::from_mins(minutes)).to_string();
    let updates = updates.iter().enumerate().rev().map(|(n, (status, minutes))| {
        json!({ "id": format!("{id}-{n}"), "status": status, "body": "Words.", "created_at": after(*minutes) })
    });
    json!({
        "id": id, "name": "Slow", "status": status, "impact": "minor", "started_at": begin.to_string(),
        "created_at": begin.to_string(), "updated_at": after(10_000), "resolved_at": resolved.map(after),
        "incident_updates": updates.collect::<Vec<_>>(),
    })
}

fn page(incidents: &[Value]) -> Value {
    json!({ "page": { "id": "p" }, "incidents": incidents })
}

/// Brings the only history of the document onto an empty board.
fn told(document: &Value) -> Board {
    let dump = read(document.to_string().as_bytes()).unwrap();
    assert!(dump.refused.is_empty(), "{:?}", dump.refused);
    let (now, actor) = (Timestamp::now(), ActorId::parse("ada").unwrap());
    let mut board = Board::default();
    for step in dump.histories[0].steps() {
        let context = CommandContext {
            now,
            actor: Some(actor.clone()),
            refire: CommandContext::DEFAULT_REFIRE,
        };
        let command = step.command.about(IncidentNumber::FIRST);
        let events =
            decide(&board, command, &context).unwrap_or_else(|why| panic!("{why}: {document}"));
        for event in events {
            let (seq, actor) = (board.seq + 1, Some(actor.clone()));
            board.evolve(&RecordedEvent {
                seq,
                occurred_at: step.at,
                recorded_at: now,
                actor,
                event,
            });
        }
    }
    board
}

const STATUSES: [&str; 7] =
    ["investigating", "identified", "monitoring", "resolved", "update", "postmortem", "Resolved"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_alert_has_its_effect_whatever_its_texts_are(
        texts in prop::collection::vec(raw_string(), 4),
        action in prop::sample::select(vec!["Create", "Close", "AddNote"]),
    ) {
        let (message, note, tag, name) = (&texts[0], &texts[1], &texts[2], &texts[3]);
        let body = [
            br#"{"note":""#, &note[..], br#"","action":""#, action.as_bytes(), br#"","source":{"name":""#, name,
            br#""},"alert":{"tags":[""#, tag, br#""],"message":""#, message, br#"","alertId":"a-1","updatedAt":1795270200123000017}}"#,
        ]
        .concat();
        let signal = crate::opsgenie::read(&body).unwrap();
        let (effect, alert, message) = if let Command::RaiseAlert { alert, message, .. } = &signal.command {
            ("Create", alert, message)
        } else if let Command::ClearAlert { alert, message, .. } = &signal.command {
            ("Close", alert, message)
        } else if let Command::UpdateAlert { alert, message, .. } = &signal.command {
            ("AddNote", alert, message)
        } else {
            panic!("{:?}", signal.command)
        };
        prop_assert_eq!((effect, alert.id()), (action, "a-1"));
        prop_assert!(!message.as_str().contains(|c: char| c.is_control()));
        let key = format!("[\"a-1\",\"{action}\",\"1795270200123000017\"]");
        prop_assert_eq!(signal.source_key, Some(key));
    }

    #[test]
    fn every_source_reads_or_refuses_a_body_that_was_changed_anywhere(
        number in 0..SOURCES.len(),
        is_cleared in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..8),
        text in raw_string(),
    ) {
        let source = &SOURCES[number];
        let at = "2026-11-21T14:00:00Z".parse().unwrap();
        let alert = SimulatedAlert {
            id: "a-1".to_owned(),
            message: String::from_utf8_lossy(&text).into_owned(),
            raised_at: at,
            cleared_at: is_cleared.then_some(at),
        };
        let mut body = source.simulate(&alert).into_bytes();
        for (index, byte, kind) in changes {
            if body.is_empty() { break }
            let index = index.index(body.len());
            match kind {
                0 => body[index] = byte,
                1 => body.insert(index, byte),
                2 => drop(body.remove(index)),
                _ => body.truncate(index),
            }
        }
        for body in [AlertBody::of_json(&body), AlertBody::of_form(&body)] {
            let _known = AlertSource::of_call(None, &body);
            for signal in source.read(&body, &AlertRules::default()).unwrap_or_default() {
                let key = signal.source_key.unwrap_or_default();
                prop_assert!(key.len() <= 256 && !key.contains('\0'));
            }
        }
    }

    #[test]
    fn any_body_is_an_alert_or_none(body in prop::collection::vec(any::<u8>(), 0..200), id in raw_string()) {
        let _read_or_refused = crate::opsgenie::read(&body);
        let body = [br#"{"action":"Create","alert":{"alertId":""#, &id[..], br#""}}"#].concat();
        if let Ok(signal) = crate::opsgenie::read(&body) {
            let raises = matches!(signal.command, Command::RaiseAlert { .. });
            prop_assert!(raises);
            let key = signal.source_key.unwrap();
            prop_assert!(key.len() <= 256 && !key.contains('\0'));
        }
    }

    #[test]
    fn any_bytes_are_a_document_or_none(body in prop::collection::vec(any::<u8>(), 0..300), odd in any_json()) {
        let _read_or_refused = read(&body);
        let _read_or_refused = read(odd.to_string().as_bytes());
        let _read_or_refused = read(page(&[odd]).to_string().as_bytes());
    }

    #[test]
    fn a_spoiled_incident_spoils_no_other(odd in any_json(), place in 0_usize..12, text in raw_string()) {
        let places = [
            "/name", "/status", "/impact", "/started_at", "/created_at", "/updated_at", "/resolved_at",
            "/incident_updates", "/incident_updates/0", "/incident_updates/0/body", "/incident_updates/0/created_at",
            "/incident_updates/0/status",
        ];
        let good = incident("good", "resolved", Some(9), &[("investigating", 0), ("resolved", 9)]);
        let mut spoiled = incident("spoiled", "resolved", Some(9), &[("investigating", 0), ("resolved", 9)]);
        *spoiled.pointer_mut(places[place]).unwrap() = odd;
        let document = page(&[spoiled, good]).to_string().into_bytes();
        let marked = [br#"{"odd":""#, &text[..], br#"",""#, &document[2..]].concat();
        for document in [document, marked] {
            let dump = read(&document).unwrap();
            prop_assert!(dump.histories.iter().any(|history| history.key == "p:good"));
            prop_assert!(dump.histories.len() + dump.refused.len() == 2);
            for history in dump.histories {
                prop_assert!(!history.steps().is_empty());
            }
        }
    }

    #[test]
    fn an_imported_incident_has_the_status_of_its_document(
        updates in prop::collection::vec((prop::sample::select(STATUSES.to_vec()), 0_i64..500), 0..6),
        status in prop::sample::select(vec!["investigating", "identified", "monitoring", "resolved", "postmortem"]),
        resolved in 0_i64..600,
    ) {
        let mut updates = updates;
        updates.sort_by_key(|(_, minutes)| *minutes);
        let wanted = match status {
            "monitoring" => Status::Watching,
            "resolved" | "postmortem" => Status::Resolved,
            _ => Status::Confirmed,
        };
        let is_over = wanted == Status::Resolved;
        let document = page(&[incident("i", status, is_over.then_some(resolved), &updates)]);
        let board = told(&document);
        let incident = board.incident(IncidentNumber::FIRST).unwrap();
        prop_assert_eq!(incident.status, wanted, "{}", document);
        let end = BEGIN.parse::<Timestamp>().unwrap() + SignedDuration::from_mins(resolved);
        prop_assert_eq!(incident.ended_at, is_over.then_some(end), "{}", document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_of_a_mail_server_becomes_one_short_line_and_loses_no_mail(
        says in prop::collection::vec(any::<u8>(), 0..400),
        code in prop::sample::select(vec!["", "2", "250 ", "250-", "421 ", "450 4.2.1 ", "550 5.1.1 ", "554-", "999 "]),
        stage in prop::sample::select(vec![
            ClientStage::Connect, ClientStage::Hello, ClientStage::Sender, ClientStage::Recipient, ClientStage::Data, ClientStage::Message,
        ]),
    ) {
        // As text, with the ends of lines that the wire needs.
        let said = format!("{code}{}", String::from_utf8_lossy(&says));
        let begun = Instant::now();
        let outcome = tokio::runtime::Runtime::new().unwrap().block_on(async {
            let answer = said.clone();
            let policy = Policy::new(move |moment: PolicyMoment<'_>| {
                if moment.stage == stage { Reaction::Says(answer.clone()) } else { Reaction::Obliges }
            });
            let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
            mailer_to(&catcher, Duration::from_secs(1)).send(&a_mail("ann@example.org")).await
        });
        prop_assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        if let Err(undelivered) = outcome {
            let said = undelivered.to_string();
            prop_assert!(said.chars().count() <= 241 && !said.contains(|c: char| c.is_control()), "{said:?}");
            prop_assert!(!said.contains("ann@example.org"));
            let final_code = code.starts_with("55")
                && !matches!(stage, ClientStage::Connect | ClientStage::Hello | ClientStage::Sender);
            let is_final = matches!(undelivered, SmtpError::Dead { .. } | SmtpError::Refused { .. });
            prop_assert!(final_code || !is_final, "{said}");
        }
    }
}
