//! Dates, spans and numbers as each language writes them (Unicode CLDR 47; deliberate differences are noted).

use candor_content::language::Language;
use jiff::{SignedDuration, Timestamp, civil::date};

/// Language, day, day in full, month of the year, 61 days and 3 hours, 1,219.
const WRITTEN: [[&str; 6]; 11] = [
    ["en", "Thu 19 Nov 2026", "Thursday, 19 November 2026", "November 2026", "61 d 3 h", "1,219"],
    [
        "de",
        "Do., 19. Nov. 2026",
        "Donnerstag, 19. November 2026",
        "November 2026",
        "61 Tage 3 Std.",
        "1.219",
    ],
    ["fr", "jeu. 19 nov. 2026", "jeudi 19 novembre 2026", "novembre 2026", "61 j 3 h", "1 219"],
    [
        "es",
        "jue, 19 nov 2026",
        "jueves, 19 de noviembre de 2026",
        "noviembre de 2026",
        "61 d 3 h",
        "1219",
    ],
    [
        "nl",
        "do 19 nov 2026",
        "donderdag 19 november 2026",
        "november 2026",
        "61 dagen 3 uur",
        "1.219",
    ],
    ["it", "gio 19 nov 2026", "giovedì 19 novembre 2026", "novembre 2026", "61 giorni 3 h", "1219"],
    [
        "pt",
        "qui., 19 de nov. de 2026",
        "quinta-feira, 19 de novembro de 2026",
        "novembro de 2026",
        "61 dias 3 h",
        "1.219",
    ],
    [
        "pl",
        "czw., 19 lis 2026",
        "czwartek, 19 listopada 2026",
        "listopad 2026",
        "61 dni 3 godz.",
        "1219",
    ],
    ["cs", "čt 19. 11. 2026", "čtvrtek 19. listopadu 2026", "listopad 2026", "61 dnů 3 h", "1 219"],
    // Without a space before the unit, unlike CLDR: so it is printed in Japanese.
    ["ja", "2026年11月19日(木)", "2026年11月19日木曜日", "2026年11月", "61日3時間", "1,219"],
    ["zh-Hans", "2026年11月19日周四", "2026年11月19日星期四", "2026年11月", "61天3小时", "1,219"],
];

#[test]
fn dates_spans_and_numbers_are_written_as_in_each_language() {
    let from: Timestamp = "2026-09-19T11:05:00Z".parse().unwrap();
    let day = date(2026, 11, 19);
    assert_eq!(Language::all().count(), WRITTEN.len(), "a language has no row");
    for (language, [tag, short, full, month, span, number]) in Language::all().zip(WRITTEN) {
        let plain = |said: String| said.replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(language.tag(), tag);
        assert_eq!(plain(language.day_and_year(day)), short);
        assert_eq!(plain(language.day_in_full(day)), full);
        assert_eq!(plain(language.month_of_year(day)), month);
        assert_eq!(
            plain(language.lasted(from, from + SignedDuration::from_hours(61 * 24 + 3))),
            span
        );
        assert_eq!(plain(language.number(1_219)), number);
    }
}

#[test]
fn days_are_counted_in_the_form_that_the_number_needs() {
    let from: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let said = |tag: &str, days: i64| {
        let language = Language::of_tag(tag).unwrap();
        language.lasted(from, from + SignedDuration::from_hours(days * 24)).replace('\u{a0}', " ")
    };
    for (tag, counted) in [
        ("de", ["1 Tag", "2 Tage", "5 Tage", "22 Tage"]),
        ("nl", ["1 dag", "2 dagen", "5 dagen", "22 dagen"]),
        ("it", ["1 giorno", "2 giorni", "5 giorni", "22 giorni"]),
        ("pt", ["1 dia", "2 dias", "5 dias", "22 dias"]),
        ("pl", ["1 dzień", "2 dni", "5 dni", "22 dni"]),
        ("cs", ["1 den", "2 dny", "5 dnů", "22 dnů"]),
        ("ja", ["1日", "2日", "5日", "22日"]),
        ("zh-Hans", ["1天", "2天", "5天", "22天"]),
    ] {
        assert_eq!([1, 2, 5, 22].map(|days| said(tag, days)), counted, "{tag}");
    }
}
