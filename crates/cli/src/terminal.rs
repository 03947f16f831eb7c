//! What people read: lines on stdout. A reader that has gone away (`candor log tail | head`) is no failure.

use std::{
    fmt::Display,
    io::{ErrorKind, Write},
};

use candor_core::Text;
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::failure::Failure;

/// Prints one line.
///
/// # Errors
/// Stdout can't be written, and not because its reader went away.
pub(crate) fn line(text: impl Display) -> Result<(), Failure> {
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
    line(text)
}

/// Prints columns, each as wide as its widest cell.
///
/// # Errors
/// As [`line()`].
pub(crate) fn table(rows: &[Vec<String>]) -> Result<(), Failure> {
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
    for row in rows {
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
