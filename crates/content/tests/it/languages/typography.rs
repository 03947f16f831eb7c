//! Quotation marks, spaces and dashes as each language sets them.

/// What is wrong with the marks of `text`. `…` stands where a value will be.
pub(super) fn faults(tag: &str, text: &str) -> Vec<&'static str> {
    let mut faults = Vec::new();
    let mut check = |wrong: bool, what| {
        if wrong {
            faults.push(what);
        }
    };
    // Addresses are set as they are.
    let text = &text.replace("://", "");
    let chars: Vec<char> = text.chars().collect();
    let pairs: Vec<(char, char)> =
        chars.iter().copied().zip(chars.iter().copied().skip(1)).collect();
    let pair = |fits: &dyn Fn(char, char) -> bool| pairs.iter().any(|(a, b)| fits(*a, *b));
    check(text.contains("  "), "two spaces");
    check(pair(&|a, b| a.is_alphabetic() && b == '\''), "a straight apostrophe");
    let no_break = |c: char| matches!(c, '\u{a0}' | '\u{202f}');
    match tag {
        "fr" => {
            check(
                pair(&|a, b| {
                    matches!(b, ':' | ';' | '!' | '?' | '»') && !no_break(a) && !a.is_ascii_digit()
                }),
                "a mark without a no-break space before it",
            );
            check(pair(&|a, b| a == '«' && !no_break(b)), "« without a no-break space");
            check(text.contains('"'), "a straight quotation mark");
        }
        "de" | "pl" | "cs" => {
            check(text.contains('"') || text.contains('”') && tag != "pl", "quotation marks");
        }
        "ja" | "zh-Hans" => {
            let wide = |c: char| matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
            check(
                pair(&|a, b| wide(a) && matches!(b, ',' | ';' | '!' | '?' | '.')),
                "a narrow mark after a wide letter",
            );
            check(pair(&|a, b| wide(a) && b == ':'), "a narrow colon after a wide letter");
            if tag == "ja" {
                check(text.contains('，'), "a Chinese comma");
            } else {
                check(
                    chars.iter().any(|c| matches!(c, '\u{3040}'..='\u{30ff}')),
                    "Japanese letters",
                );
            }
        }
        _ => check(text.contains('"'), "a straight quotation mark"),
    }
    faults
}
