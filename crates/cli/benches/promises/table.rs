//! Figures with their targets, as a table in Markdown.

use std::{fmt, fs, thread, time::Duration};

/// What is better.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    AtLeast(f64),
    Below(f64),
}

/// The rows so far.
#[derive(Default)]
pub(crate) struct Table(Vec<(String, String, String, &'static str)>);

impl Table {
    /// Adds a figure.
    pub(crate) fn add(&mut self, what: &str, figure: f64, unit: &str, target: Target) {
        let (wanted, met) = match target {
            Target::AtLeast(limit) => (format!("≥ {}", number(limit)), figure >= limit),
            Target::Below(limit) => (format!("< {}", number(limit)), figure < limit),
        };
        let measured = format!("{} {unit}", number(figure));
        println!("  {what}: {measured}");
        self.0.push((
            what.to_owned(),
            measured,
            format!("{wanted} {unit}"),
            if met { "met" } else { "MISSED" },
        ));
    }

    /// Adds a figure that nobody promised, for comparison.
    pub(crate) fn note(&mut self, what: &str, figure: f64, unit: &str) {
        let measured = format!("{} {unit}", number(figure));
        println!("  {what}: {measured}");
        self.0.push((what.to_owned(), measured, String::new(), ""));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| figure | measured | target | |\n|---|---|---|---|")?;
        self.0.iter().try_for_each(|(what, measured, target, met)| {
            writeln!(f, "| {what} | {} | {} | {met} |", measured.trim(), target.trim())
        })
    }
}

/// Three digits that matter, and no more.
fn number(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// Milliseconds.
pub(crate) fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The value below which `percent` of all lie; sorts them.
pub(crate) fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() * percent / 100).min(values.len() - 1)]
}

/// What it was measured on.
pub(crate) fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores, {}", model.map_or("unknown processor", |(_, name)| name))
}
