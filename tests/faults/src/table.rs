//! The table of results: for each fault what was injected, what had to arrive, and what arrived.

use std::{collections::BTreeMap, fmt, fs::File, io::Write as _, path::Path, time::Duration};

use serde_json::json;

use crate::expectations::Audit;

/// The result of a fault.
#[derive(Default)]
pub(crate) struct Line {
    pub(crate) fault: String,
    pub(crate) injected: usize,
    pub(crate) expected: usize,
    pub(crate) accepted: usize,
    pub(crate) lost: usize,
    pub(crate) repeated: usize,
    /// Figures to show.
    pub(crate) notes: Vec<String>,
    /// Failed checks.
    pub(crate) wrong: Vec<String>,
    pub(crate) took: Duration,
}

impl Line {
    pub(crate) fn new(fault: impl Into<String>) -> Self {
        Self { fault: fault.into(), ..Self::default() }
    }

    /// Adds the figures of mails; at most this many repeats are allowed.
    pub(crate) fn mails(&mut self, audit: Audit, repeats: usize) {
        self.expected += audit.expected;
        self.accepted += audit.accepted;
        self.lost += audit.lost;
        self.repeated += audit.repeated;
        self.demand(audit.lost == 0, || format!("{} mails were lost", audit.lost));
        self.demand(audit.repeated <= repeats, || {
            format!("{} mails were repeated, {repeats} may be", audit.repeated)
        });
        self.demand(audit.unrecognizable == 0, || {
            format!("{} repeats had another Message-ID or Date", audit.unrecognizable)
        });
        self.demand(audit.unexpected == 0, || format!("{} mails nobody owed", audit.unexpected));
    }

    pub(crate) fn demand(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.wrong.push(otherwise());
        }
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    pub(crate) fn passed(&self) -> bool {
        self.wrong.is_empty()
    }

    fn verdict(&self) -> &'static str {
        if self.passed() { "pass" } else { "FAIL" }
    }
}

/// The lines so far, also written as JSON lines to a file.
pub(crate) struct Table {
    /// By index in the list of faults, in whatever order they end.
    lines: BTreeMap<usize, Line>,
    file: File,
}

impl Table {
    pub(crate) fn new(file: &Path) -> Self {
        Self { lines: BTreeMap::new(), file: File::create(file).unwrap() }
    }

    pub(crate) fn add(&mut self, folder: usize, line: Line) {
        println!(
            "{} {}: injected {}, expected {}, accepted {}, lost {}, repeated {} ({} s){}",
            line.verdict(),
            line.fault,
            line.injected,
            line.expected,
            line.accepted,
            line.lost,
            line.repeated,
            line.took.as_secs(),
            line.notes.iter().map(|note| format!("; {note}")).collect::<String>(),
        );
        for wrong in &line.wrong {
            println!("     {wrong}");
        }
        let record = json!({
            "fault": line.fault, "injected": line.injected, "expected": line.expected, "accepted": line.accepted,
            "lost": line.lost, "repeated": line.repeated, "verdict": line.verdict(), "notes": line.notes,
            "wrong": line.wrong, "seconds": line.took.as_secs(),
        });
        writeln!(self.file, "{record}").unwrap();
        self.lines.insert(folder, line);
    }

    pub(crate) fn passed(&self) -> bool {
        self.lines.values().all(Line::passed)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| fault | injected | expected | accepted | lost | repeated | verdict | |")?;
        writeln!(f, "|---|---|---|---|---|---|---|---|")?;
        self.lines.values().try_for_each(|line| {
            writeln!(
                f,
                "| {} | {} | {} | {} | {} | {} | {} | {} |",
                line.fault,
                line.injected,
                line.expected,
                line.accepted,
                line.lost,
                line.repeated,
                line.verdict(),
                [&line.notes[..], &line.wrong[..]].concat().join("; "),
            )
        })
    }
}
