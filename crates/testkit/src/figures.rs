//! Measurements with their targets, as a table in Markdown.

use std::{
    fmt::{self, Write as _},
    time::Duration,
};

/// The target of a measurement.
#[derive(Clone, Copy)]
pub enum Goal {
    /// This much or more.
    AtLeast(f64),
    /// Less than this.
    Below(f64),
}

/// The rows so far.
#[derive(Default)]
pub struct Table(Vec<Row>);

struct Row {
    what: String,
    measured: String,
    target: String,
    met: &'static str,
}

impl Table {
    /// Adds a figure.
    pub fn add(&mut self, what: &str, figure: f64, unit: &str, target: Goal) {
        self.row(what, &[figure], "", unit, Some(target));
    }

    /// Adds the median of several, with the lowest, the highest and a remark.
    pub fn add_median(
        &mut self,
        what: &str,
        figures: &mut [f64],
        also: &str,
        unit: &str,
        target: Goal,
    ) {
        figures.sort_by(f64::total_cmp);
        self.row(what, figures, also, unit, Some(target));
    }

    /// Adds a measurement without a target, for comparison.
    pub fn note(&mut self, what: &str, figure: f64, unit: &str) {
        self.row(what, &[figure], "", unit, None);
    }

    fn row(&mut self, what: &str, figures: &[f64], also: &str, unit: &str, target: Option<Goal>) {
        let figure = figures[figures.len() / 2];
        let (wanted, met) = match target {
            Some(Goal::AtLeast(limit)) => (format!("≥ {} {unit}", number(limit)), figure >= limit),
            Some(Goal::Below(limit)) => (format!("< {} {unit}", number(limit)), figure < limit),
            None => (String::new(), true),
        };
        let mut measured = format!("{} {unit}", number(figure)).trim().to_owned();
        if let [lowest, _, .., highest] = figures {
            let _ = write!(measured, " ({} to {})", number(*lowest), number(*highest));
        }
        measured.push_str(also);
        eprintln!("  {what}: {measured}");
        let met = match (target, met) {
            (None, _) => "",
            (Some(_), true) => "met",
            (Some(_), false) => "MISSED",
        };
        self.0.push(Row { what: what.to_owned(), measured, target: wanted.trim().to_owned(), met });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| figure | measured | target | |\n|---|---|---|---|")?;
        self.0.iter().try_for_each(|Row { what, measured, target, met }| {
            writeln!(f, "| {what} | {measured} | {target} | {met} |")
        })
    }
}

/// Three significant digits.
fn number(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// Milliseconds.
pub fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The percentile of the values, which it sorts.
pub fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() * percent / 100).min(values.len() - 1)]
}
