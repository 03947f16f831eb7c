//! As much of `WebDriver` (W3C) as a walk through a page needs. A client library would do as well, but the ones there
//! are change the features of crates that the tested program shares with them, and then it isn't the one that ships.

use std::{
    fs,
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    http,
    site::{free_address, until},
};

const MISSING: &str =
    "this test needs Chromium and ChromeDriver: apt-get install chromium chromium-driver";
/// The key under which `WebDriver` hides an element's id.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A headless Chromium with the screen of a small phone; it ends with the test.
pub(crate) struct Browser {
    driver: Child,
    server: SocketAddr,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Starts one whose screen has this many CSS pixels.
    pub(crate) fn open(width: u32, height: u32) -> Self {
        let chromium = ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(in_path)
            .expect(MISSING);
        let server = free_address();
        // Whoever ends the test ends it, too, and it ends its browser.
        let driver = Command::new("setpriv")
            .args(["--pdeathsig", "TERM"])
            .arg(in_path("chromedriver").expect(MISSING))
            .arg(format!("--port={}", server.port()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect(MISSING);
        let profile = TempDir::with_prefix("candor-browser-").unwrap();
        let mut browser = Self { driver, server, session: String::new(), _profile: profile };
        until("ChromeDriver to be ready", || {
            let status = http::ask(server, "GET", "/status", &[], b"").ok()?;
            (status.json()["value"]["ready"] == true).then_some(())
        });
        // Without the background requests, which a test has no business making; the sandbox can't be had as root.
        let mut arguments: Vec<String> = [
            "--headless",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--no-sandbox",
        ]
        .map(str::to_owned)
        .into();
        arguments.push(format!("--user-data-dir={}", browser._profile.path().display()));
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": chromium,
                "args": arguments,
                "mobileEmulation": { "deviceMetrics": { "width": width, "height": height, "pixelRatio": 2.0 } },
            },
        } } });
        let session = browser.post("/session", &capabilities);
        browser.session = session["sessionId"]
            .as_str()
            .unwrap_or_else(|| panic!("no session: {session}"))
            .to_owned();
        browser
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let headers = [("Content-Type", "application/json")];
        let answer =
            http::ask(self.server, "POST", path, &headers, body.to_string().as_bytes()).unwrap();
        assert_eq!(answer.status, 200, "{path} {body}: {}", answer.text());
        answer.json()["value"].clone()
    }

    fn tell(&self, command: &str, body: &Value) -> Value {
        self.post(&format!("/session/{}{command}", self.session), body)
    }

    /// Goes to an address.
    pub(crate) fn go(&self, url: &str) {
        self.tell("/url", &json!({ "url": url }));
    }

    /// Runs a script on the page and gives back what it returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.tell("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What a person reads on the page.
    pub(crate) fn text(&self) -> String {
        self.run("return document.body.innerText").as_str().unwrap_or_default().to_owned()
    }

    fn element(&self, css: &str) -> String {
        let found = self.tell("/element", &json!({ "using": "css selector", "value": css }));
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    /// Clicks, as a person would: it has to be visible, and nothing may be in front of it.
    pub(crate) fn click(&self, css: &str) {
        self.tell(&format!("/element/{}/click", self.element(css)), &json!({}));
    }

    /// Types into a field, in place of what is in it.
    pub(crate) fn type_into(&self, css: &str, text: &str) {
        let field = format!("/element/{}", self.element(css));
        self.tell(&format!("{field}/clear"), &json!({}));
        self.tell(&format!("{field}/value"), &json!({ "text": text }));
    }

    /// What the browser complained of since the last call: errors of scripts, missing files, breaches of the policy.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = self.tell("/se/log", &json!({ "type": "browser" }));
        let entries = log.as_array().unwrap().iter();
        entries
            .filter(|entry| entry["level"] != "INFO" && entry["level"] != "DEBUG")
            .map(Value::to_string)
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromium ends with its session; its driver is ours to end.
        let _ = http::ask(self.server, "DELETE", &format!("/session/{}", self.session), &[], b"");
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The program of this name, where a shell would find it.
fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| fs::metadata(file).is_ok_and(|m| m.is_file()))
}
