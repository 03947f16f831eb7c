//! Messages to chats and programs: complete, short enough, and without pings.

use candor_content::notification_text::ReaderPreferences;
use candor_core::HookKind;
use candor_integrations::webhook::{
    MessageParties, already_subscribed, challenge, confirmation, is_echoed, notification,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Site, a_notification, time};

const WHO: Uuid = Uuid::from_u128(0xA11CE);

fn date() -> Timestamp {
    time("2026-11-21T14:08:00Z")
}

fn told(kind: HookKind, change: Value, reader: &ReaderPreferences) -> Value {
    let site = Site::new();
    let sender = MessageParties {
        links: &site.links,
        site_name: "Acme Tickets",
        kind,
        subscriber: WHO,
        date: date(),
        reader,
    };
    let message = notification(&a_notification(change.clone()), &sender);
    assert_eq!(
        message,
        notification(&a_notification(change), &sender),
        "a later try says the same"
    );
    serde_json::from_str(&message).unwrap()
}

#[test]
fn each_kind_gets_what_it_understands() {
    let reader = ReaderPreferences::of([], ["Europe/Berlin"]);
    let messages: Vec<_> = HookKind::ALL
        .into_iter()
        .map(|kind| format!("{}: {:#}", kind.as_str(), told(kind, json!({}), &reader)))
        .collect();
    insta::assert_snapshot!(messages.join("\n\n"));
}

#[test]
fn programs_get_event_types_and_small_payloads() {
    let reader = ReaderPreferences::default();
    let mut types = Vec::new();
    for reason in [
        "confirmed",
        "watching",
        "resolved",
        "maintenance-planned",
        "maintenance-started",
        "maintenance-ended",
        "maintenance-rescheduled",
        "maintenance-canceled",
        "asked-by-operator",
    ] {
        let message = told(HookKind::Webhook, json!({ "reason": reason }), &reader);
        types.push(message["type"].as_str().unwrap().to_owned());
    }
    println!("types: {}", types.join(", "));
    assert!(
        types.iter().all(|name| name.starts_with("incident.") || name.starts_with("maintenance."))
    );
    assert_eq!(types.iter().collect::<std::collections::BTreeSet<_>>().len(), types.len());
    let long = told(HookKind::Webhook, json!({ "text": "\u{1F525} ".repeat(20_000) }), &reader);
    println!("the longest text makes {} bytes", long.to_string().len());
    assert!(long.to_string().len() < 30_000);
}

#[test]
fn words_that_a_newer_status_overtook_are_in_its_message() {
    let unsent =
        json!([{ "seq": 9, "at": "2026-11-21T14:06:00Z", "text": "Change your **password**." }]);
    let change =
        json!({ "reason": "resolved", "status": "resolved", "text": null, "unsent": unsent });
    for kind in HookKind::ALL {
        let message = told(kind, change.clone(), &ReaderPreferences::default());
        assert!(message.to_string().contains("Change your"), "{message:#}");
    }
    let data = &told(HookKind::Webhook, change, &ReaderPreferences::default())["data"];
    let words =
        json!({ "markdown": "Change your **password**.", "plain": "Change your password." });
    assert_eq!(data["text"], Value::Null);
    assert_eq!(data["unsent"], json!([{ "at": "2026-11-21T14:06:00Z", "text": words }]));
}

#[test]
fn no_text_pings_anyone() {
    let reader = ReaderPreferences::default();
    let pings = "<!channel> <!here> <!everyone> <@U123> <#C1> <!subteam^S1> @everyone @here @channel @all <at>Ada</at> \
        <@&123> <@!123> [x](javascript:alert(1)) ```<!channel>``` `@here` **@everyone**";
    let change = json!({ "title": format!("Down {pings}"), "text": pings });
    let slack = told(HookKind::Slack, change.clone(), &reader);
    let mut said = vec![slack["text"].as_str().unwrap().to_owned()];
    collect(&slack["blocks"], "text", &mut said);
    for text in &said {
        for token in ["<!", "<@", "<#", "<at>"] {
            assert!(!text.contains(token), "{token} in {text}");
        }
    }
    // What isn't Slack reads `text`, and knows `@channel`.
    for word in ["@everyone", "@here", "@channel", "@all"] {
        assert!(!said[0].contains(word), "{word} in {}", said[0]);
    }
    let discord = told(HookKind::Discord, change.clone(), &reader);
    assert_eq!(discord["allowed_mentions"], json!({ "parse": [] }));
    assert!(discord.get("content").is_none(), "embeds mention nobody in any case");
    let teams = told(HookKind::Teams, change, &reader);
    assert!(!teams.to_string().contains("msteams") && !teams.to_string().contains("entities"));
    println!("{} pings in title and text: none acts", 20);
}

fn collect(value: &Value, key: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| {
            out.extend(value.as_str().filter(|_| name == key).map(str::to_owned));
            collect(value, key, out);
        }),
        Value::Array(list) => list.iter().for_each(|value| collect(value, key, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_longest_texts_stay_within_each_limit() {
    let reader = ReaderPreferences::default();
    let change = json!({ "title": "ß".repeat(200), "text": "**Wörter** & <mehr> [Link](https://example.org)\n\n".repeat(1_300) });
    let units = |value: &Value| value.as_str().unwrap().encode_utf16().count();
    let slack = told(HookKind::Slack, change.clone(), &reader);
    assert!(units(&slack["text"]) < 40_000 && slack["blocks"].as_array().unwrap().len() <= 50);
    let discord = told(HookKind::Discord, change.clone(), &reader);
    let embed = &discord["embeds"][0];
    assert!(units(&embed["title"]) <= 256 && units(&embed["description"]) <= 4_096);
    let teams = told(HookKind::Teams, change, &reader);
    println!("Teams: {} bytes of 28 KB", teams.to_string().len());
    assert!(teams.to_string().len() < 28_000);
}

#[test]
fn a_challenge_can_be_confirmed_by_a_person_or_echoed_by_a_program() {
    let site = Site::new();
    let reader = ReaderPreferences::default();
    for kind in HookKind::ALL {
        let sender = MessageParties {
            links: &site.links,
            site_name: "Acme Tickets",
            kind,
            subscriber: WHO,
            date: date(),
            reader: &reader,
        };
        assert!(confirmation(&sender).contains(&site.links.confirm_url(WHO)), "{kind:?}");
        assert!(
            already_subscribed(&sender).contains(&site.links.manage_url(WHO, date())),
            "{kind:?}"
        );
        let notification = notification(&a_notification(json!({})), &sender);
        // The secret is said once, when nobody but the owner of the address reads it.
        let asks = confirmation(&sender).contains(&site.links.webhook_secret(WHO));
        assert_eq!(asks, kind == HookKind::Webhook);
        assert!(
            !already_subscribed(&sender).contains("whsec_") && !notification.contains("whsec_")
        );
        assert!(notification.contains(&site.links.manage_url(WHO, date())), "{kind:?}");
    }
    let token = challenge(&site.links, WHO);
    assert_eq!(site.links.read_confirm(&token), Some(WHO));
    let echo = |body: &str| is_echoed(&token, body.as_bytes());
    assert!(echo(&json!({ "challenge": token }).to_string()));
    assert!(echo(&json!({ "challenge": token, "more": 1 }).to_string()));
    for other in [
        "",
        "{}",
        "ok",
        &token,
        &json!({ "challenge": "x" }).to_string(),
        &json!([token]).to_string(),
    ] {
        assert!(!echo(other), "{other}");
    }
}

#[test]
fn times_are_the_readers_own_and_utc_beside_them() {
    let planned = |zone: &str, starts: &str, ends: &str| {
        let change = json!({
            "reason": "maintenance-planned", "severity": "maintenance", "status": "planned", "text": null,
            "window": { "starts_at": starts, "ends_at": ends },
        });
        let teams = told(HookKind::Teams, change, &ReaderPreferences::of([], [zone]));
        let body = teams["attachments"][0]["content"]["body"].as_array().unwrap().clone();
        let facts = body.into_iter().find(|part| part["type"] == "FactSet").unwrap();
        facts["facts"][0]["value"].as_str().unwrap().to_owned()
    };
    for (zone, starts, ends, said) in [
        ("UTC", "2026-11-23T02:00:00Z", "2026-11-23T02:30:00Z", "Mon 23 Nov, 02:00 – 02:30 UTC"),
        (
            "Europe/London",
            "2026-11-23T02:00:00Z",
            "2026-11-23T02:30:00Z",
            "Mon 23 Nov, 02:00 – 02:30 UTC",
        ),
        (
            "Europe/Berlin",
            "2026-11-23T02:00:00Z",
            "2026-11-23T02:30:00Z",
            "Mon 23 Nov, 03:00 – 03:30 CET (02:00 – 02:30 UTC)",
        ),
        (
            "Europe/Berlin",
            "2026-11-22T23:30:00Z",
            "2026-11-23T00:30:00Z",
            "Mon 23 Nov, 00:30 – 01:30 CET (Sun 22 Nov, 23:30 UTC – Mon 23 Nov, 00:30 UTC)",
        ),
        (
            "America/New_York",
            "2026-12-31T23:00:00Z",
            "2027-01-01T01:00:00Z",
            "Thu 31 Dec, 18:00 – 20:00 EST (Thu 31 Dec, 23:00 UTC – Fri 1 Jan 2027, 01:00 UTC)",
        ),
        // The clocks go back in between.
        (
            "Europe/Berlin",
            "2027-10-31T00:30:00Z",
            "2027-10-31T01:30:00Z",
            "Sun 31 Oct 2027, 02:30 CEST – 02:30 CET (00:30 – 01:30 UTC)",
        ),
    ] {
        assert_eq!(planned(zone, starts, ends), said);
    }
}

#[test]
fn everybody_reads_it_in_their_own_language_and_time() {
    let reader = ReaderPreferences::of(["de-AT"], ["Asia/Tokyo"]);
    assert_eq!(reader.language.tag(), "de");
    let message = told(HookKind::Slack, json!({ "started_at": "2026-11-21T16:05:00Z" }), &reader);
    let text = message["text"].as_str().unwrap();
    assert!(text.contains("01:05") && text.contains("16:05"), "{text}");
    let unknown = ReaderPreferences::of(["tlh"], ["Mars/Olympus"]);
    assert_eq!((unknown.language.tag(), unknown.time_zone.iana_name()), ("en", Some("UTC")));
    let next = ReaderPreferences::of(["tlh", "fr"], ["Mars/Olympus", "Europe/Paris"]);
    assert_eq!((next.language.tag(), next.time_zone.iana_name()), ("fr", Some("Europe/Paris")));
}
