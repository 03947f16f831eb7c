//! Output on stdout. A reader that closes it (`candor log tail | head`) ends a command, without
//! complaint.

use std::{
    borrow::Cow,
    fmt::{Display, Write as _},
    fs::File,
    io::{BufRead, BufReader, ErrorKind, IsTerminal, Write},
};

use candor_core::Text;
use candor_integrations::file;
use serde::Serialize;

use crate::error::CliError;

/// Control characters made visible, since text may come from anywhere. Line breaks and tabs stay; everything else that moves
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
/// Stdout can't be written.
pub(crate) fn line(text: impl Display) -> Result<(), CliError> {
    let text = text.to_string();
    raw(&safe(&text))
}

fn raw(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(e) => Err(unwritten("write to stdout", e)),
        Ok(()) => Ok(()),
    }
}

/// Why what was meant for stdout is not there.
pub(crate) fn unwritten(what: &str, why: std::io::Error) -> CliError {
    if why.kind() == ErrorKind::BrokenPipe { CliError::NoReader } else { CliError::io(what, why) }
}

/// Prints a value as JSON.
///
/// # Errors
/// As [`line()`].
pub(crate) fn json(value: &impl Serialize) -> Result<(), CliError> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|e| CliError::Failed(format!("can't write JSON: {e}")))?;
    // JSON escapes control characters below the space; other characters that terminals obey are valid in it.
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
pub(crate) fn table(rows: &[Vec<String>]) -> Result<(), CliError> {
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

/// A count with its noun: `1 alert`, `2 alerts`.
pub(crate) fn count(number: impl TryInto<u64>, one: &str) -> String {
    match number.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    }
}

/// The longest cell of a table, in characters.
const LONGEST_CELL: usize = 60;

/// As much of a text as fits into a table's cell.
pub(crate) fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_CELL {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST_CELL - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Whether a person reads what is printed, and can be asked.
pub(crate) fn is_interactive() -> bool {
    std::io::stdout().is_terminal() && File::open(TERMINAL).is_ok()
}

/// Asks a yes-or-no question; only yes is yes. Stdin may be the text, so the terminal itself is read.
///
/// # Errors
/// The terminal can't be read or written.
pub(crate) fn agrees(question: &str) -> Result<bool, CliError> {
    let failed = |e| CliError::io("ask", e);
    let terminal = File::options().read(true).write(true).open(TERMINAL).map_err(failed)?;
    write!(&terminal, "{question} [y/N] ").map_err(failed)?;
    let mut answer = String::new();
    BufReader::new(&terminal).read_line(&mut answer).map_err(failed)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Where the person at the terminal reads and types.
const TERMINAL: &str = "/dev/tty";

/// Prints a warning to stderr; the command did its work.
pub(crate) fn warn(sentence: impl Display) {
    // Nothing is left to be done if stderr is gone.
    let _ = writeln!(std::io::stderr(), "candor: warning: {sentence}");
}

/// A text argument: as given, or from stdin for `-`.
///
/// # Errors
/// Stdin can't be read, or the text is empty or too long.
pub(crate) fn text(argument: Option<&str>) -> Result<Option<Text>, CliError> {
    match argument {
        None => Ok(None),
        Some("-") => {
            // White space around it doesn't count, so there may be more than a text can have.
            let raw = file::text_from(std::io::stdin(), 4 * Text::MAX_BYTES)
                .map_err(|e| CliError::io("read stdin", e))?;
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

    #[test]
    fn one_is_one_and_none_and_two_are_several() {
        let alerts = [0_u64, 1, 2].map(|number| count(number, "alert"));
        assert_eq!(alerts, ["0 alerts", "1 alert", "2 alerts"]);
    }

    #[test]
    fn a_long_text_is_cut_at_a_character() {
        assert_eq!(shortened("short"), "short");
        let cut = shortened(&"ü".repeat(100));
        assert_eq!((cut.chars().count(), cut.ends_with('…')), (LONGEST_CELL, true));
    }
}
