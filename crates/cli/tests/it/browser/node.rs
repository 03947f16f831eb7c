//! What node does for the tests: a script of `tests/browser` looks at pages and says, line by line, what it found.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

/// The folder, below the target directory, where a script keeps what is worth looking at.
pub(crate) fn keepsakes(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a script over the site at this address, does what it asks for, prints what it found as a table, and fails if
/// anything was wrong, or if it found less than `least` things to look at.
pub(crate) fn judged(
    script: &str,
    home: &str,
    least: usize,
    mut answer: impl FnMut(&Value) -> Value,
) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser").join(script);
    let name = script.trim_end_matches(".mjs");
    let out = keepsakes(name);
    let mut node = Command::new("node")
        .arg(source)
        .env("SITE", home)
        .env("OUT", &out)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this test needs node: apt-get install nodejs npm");
    let mut stdin = node.stdin.take().unwrap();
    let mut found = Findings::default();
    for line in BufReader::new(node.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e} in {line}"));
        if let Some(ask) = said.get("ask") {
            writeln!(stdin, "{}", answer(ask)).unwrap();
        } else {
            found.take(&said);
            // Whoever ends this early can still see what was wrong so far.
            if !said["wrong"].as_array().is_none_or(Vec::is_empty) {
                fs::write(out.join("wrong.txt"), found.wrong.join("\n")).unwrap();
            }
        }
    }
    let status = node.wait().unwrap();
    found.print(name);
    assert!(status.success(), "{script} ended with {status}");
    assert!(
        found.wrong.is_empty(),
        "{} things are wrong:\n{}",
        found.wrong.len(),
        found.wrong.join("\n")
    );
    assert!(found.looked() >= least, "it looked at {} things only", found.looked());
}

/// What a script has said so far.
#[derive(Default)]
struct Findings {
    /// By check: how many things it looked at, and at how many of them something was wrong.
    checks: BTreeMap<String, (usize, usize)>,
    figures: Vec<String>,
    wrong: Vec<String>,
}

impl Findings {
    fn take(&mut self, said: &Value) {
        if let Some(figure) = said["figure"].as_str() {
            return self.figures.push(figure.to_owned());
        }
        let (check, on) = (said["check"].as_str().unwrap(), said["on"].as_str().unwrap());
        let wrong = said["wrong"].as_array().unwrap();
        let row = self.checks.entry(check.to_owned()).or_default();
        *row = (row.0 + 1, row.1 + usize::from(!wrong.is_empty()));
        self.wrong.extend(wrong.iter().map(|what| format!("{check}: {on}: {what}")));
    }

    fn looked(&self) -> usize {
        self.checks.values().map(|(looked, _)| looked).sum()
    }

    fn print(&self, name: &str) {
        println!("{name:<28} {:>6} {:>6}", "looked", "wrong");
        for (check, (looked, wrong)) in &self.checks {
            println!("{check:<28} {looked:>6} {wrong:>6}");
        }
        for figure in &self.figures {
            println!("{figure}");
        }
    }
}
