//! An operator writes in several languages, and readers get their own.

use candor_testkit::{http::ask, site::Installation};

const OPERATOR: [&str; 13] = [
    "incident",
    "declare",
    "--title",
    "Search is slow",
    "--title-in",
    "de=Die Suche ist langsam",
    "--text",
    "We look into it.",
    "--in",
    "de=Wir sehen nach.",
    "--in",
    "fr-CA=Nous regardons.",
    "--json",
];

#[test]
fn a_translation_is_shown_to_readers_of_its_language() {
    let site = Installation::new().started();
    let declared = site.candor(&OPERATOR).json();
    assert_eq!(declared["translations"]["de"]["title"], "Die Suche ist langsam", "{declared}");
    let entry = &declared["timeline"][0];
    assert_eq!(entry["text"], "We look into it.");
    assert_eq!(entry["translations"]["de"], "Wir sehen nach.");
    assert_eq!(entry["translations"]["fr"], "Nous regardons.", "as the page names the language");

    let seq = entry["seq"].as_u64().unwrap();
    let board = site.board_at(seq);
    assert_eq!(board["current"][0]["translations"], declared["translations"]);

    let front = |accepted: &str| {
        ask(site.address, "GET", "/", &[("Accept-Language", accepted)], b"").unwrap().text()
    };
    let (german, french, english) = (front("de-AT"), front("fr"), front("en"));
    for (page, shown, not_shown) in [
        (&german, ["Die Suche ist langsam", "Wir sehen nach.", "Ausfall, bestätigt"], "Search is"),
        (&french, ["Search is slow", "Nous regardons.", "Panne confirmée"], "We look into it."),
        (&english, ["Search is slow", "We look into it.", "Outage, confirmed"], "Wir sehen nach."),
    ] {
        for words in shown {
            assert!(page.contains(words), "{words:?} isn't in {page}");
        }
        assert!(!page.contains(not_shown), "{not_shown:?} is in {page}");
    }

    // A correction, a summary and another title have their translations, too.
    let correct = [
        "incident",
        "correct",
        "1",
        &seq.to_string(),
        "--text",
        "We know why.",
        "--in",
        "de=Wir wissen, warum.",
    ];
    site.candor(&correct).well();
    site.candor(&["incident", "title", "1", "Search was slow", "--in", "de=Die Suche war langsam"])
        .well();
    site.candor(&["incident", "summary", "1", "--text", "All of it.", "--in", "de=Alles davon."])
        .well();
    site.candor(&["incident", "resolve", "--text", "It is over.", "--in", "de=Es ist vorbei."])
        .well();
    site.candor(&[
        "incident",
        "postmortem",
        "1",
        "--text",
        "A full disk.",
        "--in",
        "de=Eine volle Platte.",
    ])
    .well();
    let shown = site.candor(&["incident", "show", "1", "--json"]).json();
    assert_eq!(shown["translations"]["de"]["title"], "Die Suche war langsam");
    assert_eq!(shown["translations"]["de"]["summary"], "Alles davon.");
    assert_eq!(shown["timeline"][0]["translations"]["de"], "Wir wissen, warum.");
    assert_eq!(shown["timeline"][1]["translations"]["de"], "Es ist vorbei.");
    assert_eq!(shown["postmortem"], true);
}

#[test]
fn a_translation_that_makes_no_sense_is_refused_in_one_clear_sentence() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    let declare = ["incident", "declare", "--title", "Search is slow"];
    for (more, said) in [
        (vec!["--text", "a", "--in", "de=b", "--in", "DE=c"], "--in is given twice for de"),
        (vec!["--in", "de=b"], "--in translates a text; give the text itself, too"),
        (vec!["--text", "a", "--in", "de= "], "empty"),
        (vec!["--title-in", "fr=a", "--title-in", "fr=b"], "given twice for fr"),
    ] {
        let sentence = site.candor(&[&declare[..], &more].concat()).failed(2);
        assert!(sentence.contains(said), "{sentence}");
    }
    let sentence = site.candor(&["incident", "confirm", "1", "--title-in", "de=a"]).failed(2);
    assert!(sentence.contains("give the title itself, too"), "{sentence}");
    // These are wrong as arguments already; clap says so, with the usage below.
    for (wrong, said) in [
        ("tlh=nuqneH", "the page doesn't speak \"tlh\"; it speaks en, de, fr"),
        ("Es ist vorbei.", "write the language, = and the words"),
    ] {
        let refused = site.candor(&[&declare[..], &["--text", "a", "--in", wrong]].concat());
        assert_eq!(refused.status.code(), Some(2), "{refused:#?}");
        assert!(refused.stderr.contains(said), "{refused:#?}");
    }
    let incidents = site.candor(&["incident", "list", "--all", "--json"]).json();
    assert_eq!(incidents.as_array().unwrap().len(), 0, "nothing was written: {incidents}");
}
