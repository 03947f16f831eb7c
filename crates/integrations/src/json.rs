//! JSON from outside as it is really sent: what is broken inside a string is replaced, and everything else is kept.
//!
//! Senders cut strings in the middle of a surrogate pair, leave control characters and wrong escapes in them, put a
//! byte order mark before the document, or write it in another encoding. None of that is a reason to lose the rest.

use std::borrow::Cow;

use serde_json::Value;

/// Replaces a character that can't be known.
const REPLACEMENT: &str = "\\ufffd";
/// The escapes of JSON that are one letter long.
const SHORT_ESCAPES: &[u8] = b"\"\\/bfnrt";

/// Reads a document as a value.
///
/// # Errors
/// It isn't JSON, even with its strings repaired.
pub(crate) fn value(body: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_str(&repair(body))
}

/// The document as text that `serde_json` reads, if it is JSON at all.
///
/// In its strings, invalid UTF-8, NUL, other raw control characters and lone surrogates are replaced by U+FFFD; line
/// breaks and tabs, and the backslash of an escape that JSON doesn't have, become what they were meant to be. UTF-16
/// is read if it has a byte order mark.
pub(crate) fn repair(body: &[u8]) -> Cow<'_, str> {
    let text = decode(body);
    match repair_strings(&text) {
        Some(repaired) => Cow::Owned(repaired),
        None => text,
    }
}

fn decode(body: &[u8]) -> Cow<'_, str> {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
        let chars = char::decode_utf16(units);
        Cow::Owned(chars.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    };
    match body {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        _ => String::from_utf8_lossy(body),
    }
}

/// The text with its strings repaired; none if there is nothing to repair.
fn repair_strings(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut repaired = String::new();
    let (mut kept, mut at, mut in_string) = (0, 0, false);
    while let Some(byte) = bytes.get(at) {
        let (length, instead) = match byte {
            b'"' => {
                in_string = !in_string;
                (1, None)
            }
            b'\\' if in_string => escape(bytes.get(at..)?),
            b'\n' if in_string => (1, Some("\\n")),
            b'\r' if in_string => (1, Some("\\r")),
            b'\t' if in_string => (1, Some("\\t")),
            ..=0x1F if in_string => (1, Some(REPLACEMENT)),
            _ => (1, None),
        };
        if let Some(instead) = instead {
            repaired.push_str(text.get(kept..at)?);
            repaired.push_str(instead);
            kept = at + length;
        }
        at += length;
    }
    repaired.push_str(text.get(kept..)?);
    (kept > 0).then_some(repaired)
}

/// The length of the escape that `rest` begins with, and its replacement if it is broken.
fn escape(rest: &[u8]) -> (usize, Option<&'static str>) {
    match rest.get(1) {
        None => (1, None),
        Some(letter) if SHORT_ESCAPES.contains(letter) => (2, None),
        Some(b'u') => match (unit(rest), rest.get(6..).and_then(unit)) {
            (None, _) => (1, Some("\\\\")),
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, None),
            (Some(0 | 0xD800..=0xDFFF), _) => (6, Some(REPLACEMENT)),
            (Some(_), _) => (6, None),
        },
        Some(_) => (1, Some("\\\\")),
    }
}

/// The UTF-16 unit that a `\uXXXX` at the beginning of `rest` names.
fn unit(rest: &[u8]) -> Option<u16> {
    let digits = rest.strip_prefix(b"\\u")?.get(..4)?;
    let digits = digits.iter().map(|digit| char::from(*digit).to_digit(16));
    digits.into_iter().try_fold(0, |unit, digit| Some(unit << 4 | u16::try_from(digit?).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_escape_in_a_string_is_replaced_and_the_rest_is_kept() {
        let cases: &[(&[u8], &str)] = &[
            (br#"Checkout \ud83d"#, "Checkout \u{fffd}"),
            (br#"\ud83d\ude00 whole"#, "\u{1f600} whole"),
            (br#"\ude00\ud83d turned"#, "\u{fffd}\u{fffd} turned"),
            (br#"\ud83dA then \uD83D\n"#, "\u{fffd}A then \u{fffd}\n"),
            (br#"\ud83d\ud83d\ude00"#, "\u{fffd}\u{1f600}"),
            (br#"a\u0000b"#, "a\u{fffd}b"),
            (b"a\0b\x1b[31mc", "a\u{fffd}b\u{fffd}[31mc"),
            (b"one\ntwo\tthree\r", "one\ntwo\tthree\r"),
            (b"bar\xe9 \xed\xa0\xbd", "bar\u{fffd} \u{fffd}\u{fffd}\u{fffd}"),
            (br#"C:\dir\u12 it\'s"#, "C:\\dir\\u12 it\\'s"),
            ("\\é".as_bytes(), "\\é"),
            (br#"\\ud83d \" \/"#, "\\ud83d \" /"),
            (br#"\u0041\u00e9"#, "Aé"),
        ];
        for (string, expected) in cases {
            let body = [br#"{"a": ""#, *string, br#"", "b": 1}"#].concat();
            let value = value(&body).unwrap_or_else(|why| panic!("{expected:?}: {why}"));
            assert_eq!(value["a"], *expected);
            assert_eq!(value["b"], 1);
        }
    }

    #[test]
    fn encodings_with_a_byte_order_mark_are_read() {
        let text = "{\"a\": \"Ä \u{1f600}\"}";
        let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        let utf8 = ["\u{feff}".as_bytes(), text.as_bytes()].concat();
        for body in [utf8, utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
            assert_eq!(value(&body).unwrap()["a"], "Ä \u{1f600}");
        }
    }

    #[test]
    fn invalid_json_stays_invalid_and_valid_json_stays_as_it_is() {
        for wrong in ["", "{", r#"{"a": "b"#, r#"{"a": "\"#, r#"{"a" "\ud83d"}"#, "a\nb"] {
            assert!(value(wrong.as_bytes()).is_err(), "{wrong}");
        }
        let whole = "{\n\t\"a\": \"\\ud83d\\ude00 \\\\ \\\"\"\n}\n";
        assert!(matches!(repair(whole.as_bytes()), Cow::Borrowed(text) if text == whole));
    }
}
