//! The app's manifest keeps Slack's limits, and the file in `deploy/` is up to date.

use std::collections::BTreeSet;

use candor_content::language::Language;
use candor_integrations::slack::manifest::{COMMAND, SCOPES, document, manifest};
use serde_json::Value;

const SITE: &str = "https://status.example.org";

fn length(manifest: &Value, path: &str) -> usize {
    let text = manifest.pointer(path).unwrap_or_else(|| panic!("{path} is missing"));
    text.as_str().unwrap().encode_utf16().count()
}

fn list<'a>(manifest: &'a Value, path: &str) -> &'a [Value] {
    manifest.pointer(path).unwrap_or_else(|| panic!("{path} is missing")).as_array().unwrap()
}

/// Names that are set, and hard.
fn names() -> Vec<String> {
    vec![
        "Status".to_owned(),
        String::new(),
        "  ".to_owned(),
        "x".to_owned(),
        "x".repeat(35),
        "x".repeat(36),
        "Zustandsübersicht der Wasserwerke \"Nord\" & Süd".repeat(20),
        "🔥".repeat(400),
        "x".repeat(10_000),
    ]
}

#[test]
fn every_limit_is_kept_in_each_language_whatever_the_site_is_called() {
    for (language, name) in
        Language::all().flat_map(|one| names().into_iter().map(move |name| (one, name)))
    {
        for socket_mode in [false, true] {
            let manifest = manifest(language, &name, SITE, socket_mode);
            for (path, least, most) in [
                ("/display_information/name", 1, 35),
                ("/display_information/description", 1, 140),
                ("/display_information/long_description", 175, 4_000),
                ("/display_information/background_color", 4, 7),
                ("/features/bot_user/display_name", 1, 80),
                ("/features/slash_commands/0/command", 2, 32),
                ("/features/slash_commands/0/description", 1, 2_000),
                ("/features/slash_commands/0/usage_hint", 1, 1_000),
            ] {
                let length = length(&manifest, path);
                assert!(
                    (least..=most).contains(&length),
                    "{language:?}: {path} has {length} with {name:?}"
                );
            }
            let shortcuts = list(&manifest, "/features/shortcuts");
            assert!(shortcuts.len() <= 10);
            for shortcut in shortcuts {
                assert!((1..=24).contains(&length_of(shortcut, "name")), "{shortcut}");
                assert!((1..=150).contains(&length_of(shortcut, "description")), "{shortcut}");
                assert!((1..=255).contains(&length_of(shortcut, "callback_id")), "{shortcut}");
            }
            let scopes = list(&manifest, "/oauth_config/scopes/bot");
            assert!(scopes.len() <= 255);
            assert!(scopes.iter().all(|scope| scope.as_str().unwrap().len() <= 50));
            assert!(list(&manifest, "/settings/event_subscriptions/bot_events").len() <= 100);
        }
    }
}

fn length_of(object: &Value, field: &str) -> usize {
    length(object, &format!("/{field}"))
}

#[test]
fn slack_gets_one_address_and_none_in_socket_mode() {
    let url = "https://status.example.org/integrations/slack/events";
    let with = manifest(Language::ENGLISH, "Status", "https://status.example.org/", false);
    let without = manifest(Language::ENGLISH, "Status", "https://status.example.org/", true);
    let places = [
        "/settings/event_subscriptions/request_url",
        "/settings/interactivity/request_url",
        "/features/slash_commands/0/url",
    ];
    for place in places {
        assert_eq!(with.pointer(place).unwrap(), url);
        assert!(url.len() <= 3_500 && url.starts_with("https://"));
        assert_eq!(without.pointer(place), None, "{place}");
    }
    assert!(!without.to_string().contains("example.org"));
    for (manifest, socket_mode) in [(&with, false), (&without, true)] {
        assert_eq!(manifest["settings"]["socket_mode_enabled"], socket_mode);
        assert_eq!(manifest["settings"]["token_rotation_enabled"], false);
        assert_eq!(manifest["settings"]["org_deploy_enabled"], false);
        assert_eq!(manifest["settings"]["interactivity"]["is_enabled"], true);
        assert_eq!(manifest["features"]["app_home"]["home_tab_enabled"], true);
        assert_eq!(manifest["features"]["app_home"]["messages_tab_enabled"], false);
    }
    assert_eq!(with["features"]["slash_commands"][0]["command"], COMMAND);
}

/// What each event needs, by Slack's reference of events.
#[test]
fn every_event_has_the_scope_that_it_needs_and_no_name_is_twice() {
    let manifest = manifest(Language::ENGLISH, "Status", SITE, false);
    let scopes: BTreeSet<_> = SCOPES.iter().map(|(scope, _)| *scope).collect();
    assert_eq!(scopes.len(), SCOPES.len());
    let events = list(&manifest, "/settings/event_subscriptions/bot_events");
    for event in events.iter().map(|event| event.as_str().unwrap()) {
        let needed = match event {
            "app_home_opened" | "app_uninstalled" | "tokens_revoked" => None,
            "reaction_added" => Some("reactions:read"),
            "channel_id_changed" => Some("channels:read"),
            event if event.starts_with("group_") => Some("groups:read"),
            _ => Some("channels:read"),
        };
        assert!(needed.is_none_or(|needed| scopes.contains(needed)), "{event} needs {needed:?}");
    }
    assert_eq!(events.len(), events.iter().map(Value::to_string).collect::<BTreeSet<_>>().len());
}

#[test]
fn the_file_for_operators_is_up_to_date() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/slack-app.json");
    let made = document(Language::ENGLISH, "Status", SITE, false);
    if std::env::var_os("CANDOR_UPDATE").is_some() {
        std::fs::write(file, &made).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert_eq!(kept, made, "run this test with CANDOR_UPDATE=1 and look at the difference");
}
