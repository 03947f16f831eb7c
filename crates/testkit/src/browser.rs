//! Chromium, driven by playwright-core: the scripts of `tests/browser` run in node and exchange lines of JSON with the
//! test.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader, Lines, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Stdio},
    sync::Mutex,
};

use serde_json::{Value, json};

use crate::process::{bound, kept_folder};

/// A running script.
struct BrowserScript {
    node: Child,
    stdin: Option<ChildStdin>,
    lines: Lines<BufReader<ChildStdout>>,
}

impl BrowserScript {
    /// Starts a script over the site at this address.
    fn start(script: &str, arguments: &[String], site: &str, out: &Path) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser");
        let mut node = bound("node", "KILL")
            .arg(folder.join(script))
            .args(arguments)
            .env("SITE", site)
            .env("OUT", out)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(node.stdout.take().unwrap()).lines();
        Self { stdin: node.stdin.take(), node, lines }
    }

    fn answer(&mut self, answer: &Value) {
        writeln!(self.stdin.as_ref().unwrap(), "{answer}").unwrap();
    }

    /// Its next message; none at its end.
    fn says(&mut self) -> Option<Value> {
        let line = self.lines.next()?.unwrap();
        Some(serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e} in {line}")))
    }
}

/// One page in a headless Chromium; closed when dropped.
pub struct Browser(Mutex<BrowserScript>);

impl Browser {
    /// Opens a page with a screen of this many CSS pixels, for the site at this address.
    pub fn open(width: u32, height: u32, site: &str) -> Self {
        let arguments = [width.to_string(), height.to_string()];
        let mut script =
            BrowserScript::start("driver.mjs", &arguments, site, &kept_folder("browser"));
        let ready = Some(json!({ "ask": null }));
        assert_eq!(script.says(), ready, "this test needs node and Chromium");
        Self(Mutex::new(script))
    }

    fn command(&self, command: &Value) -> Value {
        let mut script = self.0.lock().unwrap();
        script.answer(command);
        let said = script.says().unwrap_or_default();
        said.get("ask").unwrap_or_else(|| panic!("{command}: {said}")).clone()
    }

    /// Goes to an address.
    pub fn go(&self, url: &str) {
        self.command(&json!({ "do": "go", "url": url }));
    }

    /// Runs a script on the page and returns its result.
    pub fn run(&self, script: &str) -> Value {
        self.command(&json!({ "do": "run", "script": script }))
    }

    /// The visible text of the page.
    pub fn text(&self) -> String {
        self.run("return document.body.innerText").as_str().unwrap_or_default().to_owned()
    }

    /// Clicks like a user: the element must be visible, and nothing may be in front of it.
    pub fn click(&self, css: &str) {
        self.command(&json!({ "do": "click", "css": css }));
    }

    /// Replaces the text of a field.
    pub fn type_into(&self, css: &str, text: &str) {
        self.command(&json!({ "do": "type", "css": css, "text": text }));
    }

    /// Problems since the last call: script errors, violations of the policy, requests to other
    /// sites, cookies.
    pub fn complaints(&self) -> Vec<String> {
        let complaints = self.command(&json!({ "do": "complaints" }));
        complaints.as_array().unwrap().iter().map(Value::to_string).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Ok(script) = self.0.get_mut() {
            // The script closes its browser, and ends, when nobody speaks with it any more.
            script.stdin = None;
            let _ = script.node.wait();
        }
    }
}

/// Runs a script over the site at this address, does what it asks for, prints its findings as a table, and fails if
/// anything was wrong, or if it found less than `least` things to look at.
pub fn judged(script: &str, home: &str, least: usize, mut answer: impl FnMut(&Value) -> Value) {
    let name = script.trim_end_matches(".mjs");
    let out = kept_folder(&format!("browser/{name}"));
    fs::remove_dir_all(&out).unwrap();
    fs::create_dir(&out).unwrap();
    let mut running = BrowserScript::start(script, &[], home, &out);
    let mut found = Findings::default();
    while let Some(said) = running.says() {
        if let Some(ask) = said.get("ask") {
            running.answer(&answer(ask));
        } else {
            found.take(&said);
            // A run that is ended early still leaves what was wrong so far.
            if !said["wrong"].as_array().is_none_or(Vec::is_empty) {
                fs::write(out.join("wrong.txt"), found.wrong.join("\n")).unwrap();
            }
        }
    }
    let status = running.node.wait().unwrap();
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

/// The findings of a script so far.
#[derive(Default)]
struct Findings {
    /// By check: how many things were checked, and how many of them were wrong.
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
