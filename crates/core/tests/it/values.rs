//! Values: whatever is typed or sent, the result is safe to show, to store and to put in a header.
#![expect(clippy::expect_used, reason = "these are functions that tests share")]

use std::fmt::Debug;

use candor_core::{
    ActorId, AlertKey, AlertMessage, EmailAddress, IncidentNumber, LanguageTag, Text, Title,
};
use proptest::{prelude::*, test_runner::TestCaseResult};
use serde::{Serialize, de::DeserializeOwned};

/// What people and machines send: any characters, with a high share of awkward ones.
fn raw(longest: usize) -> impl Strategy<Value = String> {
    let awkward = proptest::sample::select(vec![
        '\r', '\n', '\t', '\0', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{2029}', '\u{202A}',
        '\u{202E}', '\u{2066}', '\u{2069}', '\u{a0}', '\u{200b}', '\u{ad}', '\u{feff}', '\u{200e}',
        ' ', '/', '@', '.', '-', ':', 'ß',
    ]);
    let character =
        prop_oneof![2 => awkward, 3 => proptest::char::range('a', 'z'), 1 => any::<char>()];
    proptest::collection::vec(character, 0..longest).prop_map(String::from_iter)
}

/// The same, up to `longest` characters long, made quickly by repeating a short piece.
fn long(longest: usize) -> impl Strategy<Value = String> {
    (raw(20), 1..longest / 10)
        .prop_map(move |(piece, times)| piece.repeat(times).chars().take(longest).collect())
}

fn assert_one_safe_line(line: &str) -> TestCaseResult {
    prop_assert!(!line.is_empty() && line.trim() == line, "{:?}", line);
    let invisible = |c: char| matches!(c, '\u{200b}' | '\u{ad}' | '\u{feff}' | '\u{200e}');
    prop_assert!(!line.chars().all(|c| invisible(c) || c == ' '), "{:?}", line);
    for c in line.chars() {
        let breaks_the_line = c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let turns_direction = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        prop_assert!(!breaks_the_line && !turns_direction, "{:?} in {:?}", c, line);
    }
    Ok(())
}

fn assert_survives_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    value: &T,
) -> TestCaseResult {
    let json = serde_json::to_string(value).expect("values are JSON");
    prop_assert_eq!(&serde_json::from_str::<T>(&json).expect("and come back"), value);
    Ok(())
}

#[test]
fn email_address_keeps_its_spelling_and_compares_without_case() {
    let parse = |raw: &str| EmailAddress::parse(raw).unwrap();
    for (raw, kept) in [
        ("Alice@Example.ORG", "Alice@example.org"),
        ("user@b\u{fc}cher.example", "user@xn--bcher-kva.example"),
        ("user@B\u{dc}CHER.Example", "user@xn--bcher-kva.example"),
        ("user@\u{4f8b}\u{3048}.jp", "user@xn--r8jz45g.jp"),
        ("j\u{f6}rg@example.org", "j\u{f6}rg@example.org"),
    ] {
        assert_eq!(parse(raw).as_str(), kept, "{raw}");
    }
    for wrong in ["user@b\u{fc} cher.example", "user@\u{2028}.example", "user@-\u{fc}.example"] {
        assert!(EmailAddress::parse(wrong).is_err(), "{wrong}");
    }
    assert_eq!(parse("Alice@Example.org").key(), parse("aLICE@example.org").key());
    for (raw, mailbox) in [
        ("Ann+Tag+More@Example.org", "ann@example.org"),
        ("a.n.n@example.org", "a.n.n@example.org"),
        ("A.N.N+x@googlemail.com", "ann@gmail.com"),
    ] {
        assert_eq!(parse(raw).mailbox(), mailbox, "{raw}");
    }
    assert!(parse("j\u{f6}rg@example.org").needs_utf8());
    assert!(!parse("user@b\u{fc}cher.example").needs_utf8());
}

#[test]
fn only_addresses_on_the_public_internet_are_public() {
    for (raw, public) in [
        ("ann@example.org", true),
        ("ann+tag@b\u{fc}cher.example", true),
        ("root@localhost", false),
        ("root@mail.localhost", false),
        ("ann@printer.local", false),
        ("ann@mail.Corp.INTERNAL", false),
        ("ann@acme.test", false),
        ("ann@acme.invalid", false),
        ("ann@acme.onion", false),
        ("ann@acme.alt", false),
        ("ann@home.arpa", false),
        ("ann@nas.home.arpa", false),
        ("ann@127.in-addr.arpa", true),
        ("ann@my-local.example", true),
        ("ann@latest.example", true),
        ("ann%example.net@example.org", false),
        ("example.net!ann@example.org", false),
        ("|sh@example.org", false),
        ("/dev/null@example.org", false),
        ("ann@192.0.2.7", false),
    ] {
        let address = EmailAddress::parse(raw).unwrap();
        assert_eq!(address.is_public(), public, "{raw}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn title_is_one_safe_line_of_at_most_200_characters(raw in long(260)) {
        if let Ok(title) = Title::parse(&raw) {
            assert_one_safe_line(title.as_str())?;
            prop_assert!(title.as_str().chars().count() <= Title::MAX_CHARS);
            prop_assert_eq!(&Title::parse(&title.to_string()), &Ok(title.clone()));
            assert_survives_json(&title)?;
        }
    }

    #[test]
    fn title_is_refused_only_if_empty_or_too_long(raw in long(260)) {
        let words: Vec<_> = raw.split(|c: char| c.is_whitespace() || c.is_control()).collect();
        let visible = |c: char| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        let left: usize = words.iter().map(|word| word.chars().filter(|c| visible(*c)).count()).sum();
        match Title::parse(&raw) {
            Ok(_) => prop_assert!(left > 0),
            Err(_) => {
                let nothing_to_see = !raw.chars().any(|c| c.is_alphanumeric() || c.is_ascii_punctuation());
                prop_assert!(nothing_to_see || raw.chars().count() > Title::MAX_CHARS);
            }
        }
    }

    #[test]
    fn text_keeps_line_breaks_and_loses_other_control_characters(raw in raw(80)) {
        if let Ok(text) = Text::parse(&raw) {
            let shown = text.as_str();
            prop_assert!(shown.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()));
            prop_assert!(shown.len() <= Text::MAX_BYTES && !shown.is_empty() && shown.trim() == shown);
            prop_assert_eq!(&Text::parse(&text.to_string()), &Ok(text.clone()));
            assert_survives_json(&text)?;
        }
    }

    #[test]
    fn every_alert_message_is_one_safe_line(raw in long(1_400)) {
        let message = AlertMessage::lenient(&raw);
        assert_one_safe_line(message.as_str())?;
        let longest = if message.as_str().ends_with('…') { AlertMessage::MAX_CHARS + 1 } else { AlertMessage::MAX_CHARS };
        prop_assert!(message.as_str().chars().count() <= longest);
        prop_assert_eq!(&AlertMessage::lenient(&message.to_string()), &message);
        assert_survives_json(&message)?;
    }

    #[test]
    fn email_address_is_safe_in_a_header(
        raw in prop_oneof![raw(40), "[a-zA-Zäé0-9.+_'-]{1,70}@([A-Za-z0-9-]{1,65}\\.){0,3}[a-z]{0,5}"],
    ) {
        if let Ok(address) = EmailAddress::parse(&raw) {
            let shown = address.as_str();
            prop_assert!(shown.len() <= 254 && shown.matches('@').count() == 1, "{}", shown);
            let breaks_out = |c: char| {
                c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | ',' | ';' | ':' | '(' | ')')
            };
            prop_assert!(!shown.contains(breaks_out), "{:?}", shown);
            prop_assert_eq!(&EmailAddress::parse(shown), &Ok(address.clone()));
            assert_survives_json(&address)?;
        }
    }

    #[test]
    fn email_address_shows_only_its_domain_in_logs(local in "[a-z]{8,20}") {
        let address = EmailAddress::parse(&format!("{local}@example.org")).unwrap();
        prop_assert_eq!(format!("{address:?}"), "…@example.org");
    }

    #[test]
    fn incident_number_is_read_in_every_form_it_is_written(number in 1_u32.., day in "20[0-9]{2}-[01][0-9]-[0-3][0-9]") {
        let number = IncidentNumber::new(number).unwrap();
        for form in [format!("{number}"), format!("#{number}"), format!("{day}/{number}")] {
            prop_assert_eq!(IncidentNumber::parse(&form), Ok(number));
        }
        assert_survives_json(&number)?;
    }

    #[test]
    fn incident_number_is_read_from_nothing_else(raw in raw(12)) {
        if let Ok(number) = IncidentNumber::parse(&raw) {
            prop_assert!(raw.trim().ends_with(&number.to_string()), "{:?} is read as {}", raw, number);
        }
    }

    #[test]
    fn alert_key_names_source_and_id_unambiguously(source in "[a-z-]{1,12}|[A-Za-z:]{0,3}", id in long(560)) {
        if let Ok(key) = AlertKey::new(&source, &id) {
            assert_one_safe_line(key.id())?;
            prop_assert!(key.id().chars().count() <= AlertKey::MAX_CHARS);
            let shown = key.to_string();
            let (source, id) = shown.split_once(':').unwrap();
            prop_assert_eq!(&AlertKey::new(source, id), &Ok(key.clone()));
            assert_survives_json(&key)?;
        }
    }

    #[test]
    fn operator_id_consists_of_letters_digits_and_hyphens(raw in prop_oneof![raw(12), "[a-zA-Z0-9-]{0,80}"]) {
        let fits = (1..=64).contains(&raw.len())
            && raw.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        prop_assert_eq!(ActorId::parse(&raw).is_ok(), fits);
        if let Ok(actor) = ActorId::parse(&raw) {
            prop_assert_eq!(&ActorId::parse(&actor.to_string()), &Ok(actor.clone()));
            assert_survives_json(&actor)?;
        }
    }
}

#[test]
fn limits_are_exact() {
    assert!(Title::parse(&"ä".repeat(Title::MAX_CHARS)).is_ok());
    assert!(Title::parse(&"ä".repeat(Title::MAX_CHARS + 1)).is_err());
    assert!(Text::parse(&"x".repeat(Text::MAX_BYTES)).is_ok());
    assert!(Text::parse(&"x".repeat(Text::MAX_BYTES + 1)).is_err());
    assert!(AlertKey::new("opsgenie", &"ä".repeat(AlertKey::MAX_CHARS)).is_ok());
    assert!(AlertKey::new("opsgenie", &"ä".repeat(AlertKey::MAX_CHARS + 1)).is_err());
    let message = "ä".repeat(AlertMessage::MAX_CHARS);
    assert_eq!(AlertMessage::lenient(&message).as_str(), message);
    let cut = AlertMessage::lenient(&format!("{message}ä"));
    assert!(cut.as_str().ends_with("ä…"));
}

#[test]
fn incident_numbers_start_at_1() {
    assert_eq!(IncidentNumber::new(0), None);
    assert!(serde_json::from_str::<IncidentNumber>("0").is_err());
    for raw in ["", "0", "#", "-1", "+7", "7 or 8", "4294967296", "2026-11-21/"] {
        assert!(IncidentNumber::parse(raw).is_err(), "{raw:?}");
    }
}

#[test]
fn invisible_text_is_empty_and_needed_joiners_are_kept() {
    for raw in ["\u{200b}", " \u{200e}\u{feff} ", "\u{ad}\n\u{2060}", "\u{3164}"] {
        assert!(Title::parse(raw).is_err() && Text::parse(raw).is_err(), "{raw:?}");
        assert!(AlertKey::new("opsgenie", raw).is_err(), "{raw:?}");
        assert_eq!(AlertMessage::lenient(raw).as_str(), "Alert");
    }
    for raw in ["👩\u{200d}🔧 at work", "می\u{200c}شود", "❤\u{fe0f}", "\u{200f}שלום"]
    {
        assert_eq!(Title::parse(raw).unwrap().as_str(), raw);
        assert_eq!(Text::parse(raw).unwrap().as_str(), raw);
    }
}

#[test]
fn text_is_stored_as_a_string_or_with_translations_as_an_object() {
    let german = LanguageTag::parse("DE").unwrap();
    let plain = Text::parse("It is over.").unwrap();
    assert_eq!(serde_json::to_string(&plain).unwrap(), r#""It is over.""#);
    let both = plain.clone().with(german.clone(), "  Es ist vorbei.\r\n").unwrap();
    let stored = serde_json::to_string(&both).unwrap();
    assert_eq!(stored, r#"{"text":"It is over.","translations":{"de":"Es ist vorbei."}}"#);
    let read: Text = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, both);
    assert_eq!((read.as_str(), read.in_language(&german)), ("It is over.", Some("Es ist vorbei.")));
    assert_eq!(plain.in_language(&german), None);
    assert_eq!(read.translations().count(), 1);
    assert!(plain.clone().with(german.clone(), " ").is_err(), "nothing is no translation");
    let (long, short) = ("ä".repeat(Text::MAX_BYTES / 2), "ä".repeat(Text::MAX_BYTES / 4));
    let french = LanguageTag::parse("fr").unwrap();
    let two = Text::parse(&long).unwrap().with(german, &short).unwrap();
    assert!(two.with(french, &long).is_err(), "an event has no room for so much");
}

#[test]
fn language_tags_are_parsed_and_normalized() {
    for (raw, tag) in [("de", "de"), ("PT-br", "pt-BR"), ("zh-hans", "zh-Hans"), (" gsw ", "gsw")] {
        assert_eq!(LanguageTag::parse(raw).unwrap().as_str(), tag);
    }
    for raw in ["", "d", "deutsch", "de_AT", "de-", "de-x-y", "../de", "d3", "de-Latn-DE-1996-a"] {
        assert!(LanguageTag::parse(raw).is_err(), "{raw:?}");
    }
}

#[test]
fn invisible_title_is_refused() {
    let blank = [
        '\u{a0}',
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{115f}',
        '\u{1160}',
        '\u{17b4}',
        '\u{180e}',
        '\u{200b}',
        '\u{200d}',
        '\u{2060}',
        '\u{2065}',
        '\u{2800}',
        '\u{3000}',
        '\u{3164}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{fff9}',
        '\u{16fe4}',
        '\u{1bca0}',
        '\u{1d159}',
        '\u{1d173}',
        '\u{e0020}',
        '\u{e0100}',
    ];
    for c in blank {
        let raw = format!("{c} {c}{c}");
        assert!(
            Title::parse(&raw).is_err() && Text::parse(&raw).is_err(),
            "{}",
            c.escape_unicode()
        );
        assert!(Title::parse(&format!("{c}a")).is_ok(), "{}", c.escape_unicode());
    }
}
