//! Measures the promises that are numbers, on the real binary with everything on disk: `docs/trust/figures.md`.
//!
//! Run by `scripts/bench`, which also installs what it compares with. Nothing here fails because a figure is low; each
//! row says whether its target was met.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark that can't go on has nothing to say but where it stopped"
)]

mod history;
mod hostile;
mod intake;
mod mailing;
mod nginx;
mod slack;
mod start;
mod viewers;

use std::time::Instant;

use candor_testkit::figures::Table;

/// Measures something and adds its rows.
type Measure = fn(&mut Table);

fn main() {
    let begin = Instant::now();
    let mut table = Table::default();
    let measurements: [(&str, Measure); 8] = [
        ("alerts come in", intake::measure),
        ("mails go out", mailing::measure),
        ("it starts on an empty log", start::measure_empty),
        ("it starts on a long log", start::measure_long),
        ("the team decides in Slack", slack::measure),
        ("viewers stay", viewers::measure),
        ("some don't mean well", hostile::measure),
        ("pages are served, and nginx serves them", nginx::measure),
    ];
    let only: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let wanted =
        |what: &str| only.is_empty() || only.iter().any(|word| what.contains(word.as_str()));
    for (what, measure) in measurements.into_iter().filter(|(what, _)| wanted(what)) {
        eprintln!("… {what} ({} s)", begin.elapsed().as_secs());
        measure(&mut table);
    }
    eprintln!("measured in {} s\n", begin.elapsed().as_secs());
    print!("{table}");
}
