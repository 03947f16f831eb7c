//! Every language has every message, and none that the program doesn't use.

mod calendar;
mod messages;
mod sources;
mod typography;

use std::collections::BTreeMap;

use candor_content::language::Language;

use self::{
    messages::{Messages, compare},
    sources::Sources,
};

/// The messages of all languages, the original first.
fn all() -> Vec<(Language, Messages)> {
    Language::all().map(|language| (language, Messages::of(language.tag()))).collect()
}

#[test]
fn every_language_has_every_message_of_the_original_with_the_same_values() {
    let all = all();
    let original = &all[0].1;
    assert!(original.len() > 60, "the original has only {} messages", original.len());
    let mut wrong = Vec::new();
    for (language, messages) in &all {
        let faults = compare(language.tag(), original, messages);
        println!(
            "{:8} {:4} messages, {:2} choose a plural, {} faults",
            language.tag(),
            messages.len(),
            messages.with_plural(),
            faults.len()
        );
        wrong.extend(faults);
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_program_uses_only_existing_messages_and_all_of_them() {
    let original = Messages::of("en");
    let sources = Sources::of_the_program();
    let faults = sources.compare(&original);
    println!(
        "{} files, {} calls that name a message, {} of them with a list of values, {} messages, {} faults",
        sources.files,
        sources.calls.len(),
        sources.calls.iter().filter(|call| call.values.is_some()).count(),
        original.len(),
        faults.len()
    );
    assert!(sources.calls.len() > 20, "hardly any call was found: look at how messages are said");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What the two tests above would say of these two files and this source.
fn faults(original: &str, translated: &str, source: &str) -> Vec<String> {
    let (original, translated) = (Messages::read(original), Messages::read(translated));
    let mut faults = compare("pl", &original, &translated);
    faults.extend(Sources::read(&[("a.rs", source)]).compare(&original));
    faults
}

#[test]
fn a_message_that_is_missing_unused_empty_or_lacks_a_value_is_found() {
    let original = "hello = Hello { $name }\nover = It is over.\ndays = { $days ->\n    [one] day\n   *[other] days\n}\nmonth-1 = Jan\n";
    let polish = "hello = Cześć { $name }\nover = To koniec.\ndays = { $days ->\n    [one] dzień\n    [few] dni\n   *[many] dni\n}\nmonth-1 = sty\n";
    let source = r#"
        fn f() {
            l.say_with("hello", &[("name", name.into())]);
            l.say(if done { "over" } else { "days" });
            l.say(&format!("month-{}", 1));
        }
    "#;
    assert_eq!(faults(original, polish, source), Vec::<String>::new());
    let [empty, broken] = ["over =\n", "over = { $\n"];
    let cases: BTreeMap<&str, (String, String, String)> = [
        ("missing", (original.into(), polish.replace("over = To koniec.\n", ""), source.into())),
        ("too many", (original.into(), format!("{polish}more = więcej\n"), source.into())),
        ("without its value", (original.into(), polish.replace("{ $name }", ""), source.into())),
        ("another value", (original.into(), polish.replace("$name", "$nom"), source.into())),
        ("a plural form", (original.into(), polish.replace("    [few] dni\n", ""), source.into())),
        ("no such plural", (original.into(), polish.replace("[few]", "[two]"), source.into())),
        ("empty", (original.into(), polish.replace("over = To koniec.\n", empty), source.into())),
        ("broken", (original.into(), polish.replace("over = To koniec.\n", broken), source.into())),
        ("a reference", (original.into(), polish.replace("To koniec.", "{ end }"), source.into())),
        ("unused", (original.into(), polish.into(), source.replace("\"over\"", "\"days\""))),
        ("unused family", (original.into(), polish.into(), source.replace("month-{}", "{}"))),
        ("not there", (original.into(), polish.into(), source.replace("\"over\"", "\"ovre\""))),
        ("value not given", (original.into(), polish.into(), source.replace("\"name\"", "\"n\""))),
    ]
    .into();
    for (name, (original, translated, source)) in &cases {
        let faults = faults(original, translated, source);
        println!("{name}: {}", faults.join("; "));
        assert!(!faults.is_empty(), "{name} was not found");
    }
    println!("{} of {} kinds of faults were found", cases.len(), cases.len());
}

#[test]
fn marks_that_are_foreign_to_a_language_are_found() {
    for (tag, wrong, right) in [
        ("fr", "Attention: c’est fini", "Attention\u{a0}: c’est fini"),
        ("fr", "C'est fini", "C’est fini"),
        ("de", "\"Ende\"", "„Ende“"),
        ("ja", "終わりました.", "終わりました。"),
        ("zh-Hans", "结束了,谢谢", "结束了，谢谢"),
        ("en", "It  is over", "It is over"),
    ] {
        assert!(!typography::faults(tag, wrong).is_empty(), "{tag}: {wrong}");
        assert!(typography::faults(tag, right).is_empty(), "{tag}: {right}");
    }
}

#[test]
fn each_language_keeps_its_own_typography() {
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for (language, messages) in all() {
        for (id, text) in messages.texts() {
            looked_at += 1;
            for fault in typography::faults(language.tag(), text) {
                wrong.push(format!("{}: {id}: {fault}: {text:?}", language.tag()));
            }
        }
    }
    println!("{looked_at} texts, {} faults", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
