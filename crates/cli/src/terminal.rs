//! What people read: lines on stdout. A reader that has gone away (`candor log tail | head`) is no failure.

use std::{
    borrow::Cow,
    fmt::{Display, Write as _},
    io::{ErrorKind, Write},
};

use candor_core::Text;
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::failure::Failure;

/// What a terminal would obey, made visible: text may come from anywhere. Line breaks and tabs stay; whatever else moves
/// the cursor, colors or reorders text is written as `\u{1b}`.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| {
        let reorders = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
        (c.is_control() && !matches!(c, '\n' | '\t')) || reorders
    };
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if obeyed(c) { safe.extend(c.escape_unicode()) } else { safe.push(c) }
    }
    Cow::Owned(safe)
}

/// Prints one line.
///
/// # Errors
/// Stdout can't be written, and not because its reader went away.
pub(crate) fn line(text: impl Display) -> Result<(), Failure> {
    let text = text.to_string();
    raw(&safe(&text))
}

fn raw(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(e) if e.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(e) => Err(Failure::io("write to stdout", e)),
        Ok(()) => Ok(()),
    }
}

/// Prints a value as JSON.
///
/// # Errors
/// As [`line()`].
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|e| Failure::Failed(format!("can't write JSON: {e}")))?;
    // JSON escapes what stands below the space; what stands above it and is obeyed all the same is valid there.
    let obeyed = |c: char| c.is_control() && c != '\n';
    if !text.contains(obeyed) {
        return raw(&text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if obeyed(c) {
            // Writing into memory can't fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    raw(&escaped)
}

/// Prints columns, each as wide as its widest cell.
///
/// # Errors
/// As [`line()`].
pub(crate) fn table(rows: &[Vec<String>]) -> Result<(), Failure> {
    let cell = |cell: &String| safe(&cell.replace(['\n', '\t'], " ")).into_owned();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in &rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        line(cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// A time for people: `2026-11-21 14:05 UTC`.
pub(crate) fn time(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// A text argument: as given, or from stdin for `-`.
///
/// # Errors
/// Stdin can't be read, or the text is empty or too long.
pub(crate) fn text(argument: Option<&str>) -> Result<Option<Text>, Failure> {
    match argument {
        None => Ok(None),
        Some("-") => {
            let raw = std::io::read_to_string(std::io::stdin())
                .map_err(|e| Failure::io("read stdin", e))?;
            Ok(Some(Text::parse(&raw)?))
        }
        Some(raw) => Ok(Some(Text::parse(raw)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_obeys_nothing_that_others_wrote() {
        assert_eq!(safe("Störung: 2\u{a0}h\n\tweiter"), "Störung: 2\u{a0}h\n\tweiter");
        for (evil, shown) in [
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("over\rwritten", "over\\u{d}written"),
            ("back\u{8}space\u{7f}", "back\\u{8}space\\u{7f}"),
            ("a\u{202e}b\u{2066}c", "a\\u{202e}b\\u{2066}c"),
        ] {
            assert_eq!(safe(evil), shown);
            assert!(!shown.contains(char::is_control), "{shown}");
        }
    }
}
