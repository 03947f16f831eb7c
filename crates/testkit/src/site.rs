//! An installation of Candor for one test: the real binary on free ports, with a data directory that goes away.

use std::{
    fs,
    io::{Read, Write},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    DEADLINE, free_address,
    http::{self, Answer},
    process::{bound, candor},
    until,
};

/// The webhook's secret in the tests.
pub const SECRET: &str = "a-secret-for-the-tests";
/// The key of those tests in which several processes share one.
pub const KEY: &str = "2f1c8e5ab7d94630c1f08a7be2d35946aa07c4d18be6925f30d7e1b84c69f5a3";

/// The result of a command.
#[derive(Debug)]
pub struct CommandOutput {
    /// Its exit status.
    pub status: ExitStatus,
    /// Its stdout.
    pub stdout: String,
    /// Its stderr.
    pub stderr: String,
}

impl CommandOutput {
    /// Its stdout; panics if it failed.
    pub fn well(self) -> String {
        assert!(self.status.success(), "{self:#?}");
        self.stdout
    }

    /// Its stdout, as JSON.
    pub fn json(self) -> Value {
        let printed = self.well();
        serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{e} in {printed}"))
    }

    /// The one sentence with which it failed, and how: not by a panic, not with a backtrace, not with several lines.
    pub fn failed(self, code: i32) -> String {
        for word in ["panicked", "stack backtrace", "RUST_BACKTRACE", "Error {"] {
            assert!(!self.stderr.contains(word), "{word:?} has no place in {self:#?}");
        }
        assert_eq!(self.status.code(), Some(code), "{self:#?}");
        let said: Vec<&str> = self
            .stderr
            .lines()
            .skip_while(|line| !line.starts_with("candor: "))
            .filter(|line| !line.starts_with("candor: warning: "))
            .collect();
        assert_eq!(said.len(), 1, "one sentence, and the last word: {self:#?}");
        said[0].trim_start_matches("candor: ").to_owned()
    }
}

/// An installation of Candor: its directory, address and settings. It need not run.
pub struct Installation {
    dir: TempDir,
    /// Where the page is served.
    pub address: SocketAddr,
    /// Where its admin listener is.
    pub admin: SocketAddr,
    /// The command of the process: `serve`, `web`, or `worker` with its arguments.
    role: Vec<String>,
    settings: Vec<(String, String)>,
    /// What a shell runs before the program replaces it, such as `ulimit -f 0`.
    prelude: Option<String>,
    process: Option<CandorProcess>,
}

/// A running process; killed when dropped.
struct CandorProcess {
    child: Child,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
}

impl Drop for CandorProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            println!("the process said on stderr:\n{}", self.stderr.lock().unwrap());
        }
    }
}

impl Default for Installation {
    fn default() -> Self {
        Self::new()
    }
}

impl Installation {
    /// An installation that isn't started yet.
    pub fn new() -> Self {
        let dir = TempDir::with_prefix("candor-test-").unwrap();
        let (address, admin) = (free_address(), free_address());
        let settings = [
            ("DATA_DIR", dir.path().join("data").display().to_string()),
            ("LISTEN", address.to_string()),
            ("ADMIN_LISTEN", admin.to_string()),
            ("SITE_URL", format!("http://{address}")),
            ("ALERT_SECRET", SECRET.to_owned()),
        ];
        let settings = settings.map(|(name, value)| (format!("CANDOR_{name}"), value)).into();
        let role = vec!["serve".to_owned()];
        Self { dir, address, admin, role, settings, prelude: None, process: None }
    }

    /// The same with another process than `candor serve`.
    pub fn running(mut self, role: &[&str]) -> Self {
        self.role = role.iter().map(|word| (*word).to_owned()).collect();
        self
    }

    /// The same with an environment variable that isn't one of our settings.
    pub fn with_variable(mut self, name: &str, value: impl ToString) -> Self {
        self.settings.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same with a setting, by its name without `CANDOR_`.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.change(name, value);
        self
    }

    /// Changes a setting; it takes effect when the process starts again.
    pub fn change(&mut self, name: &str, value: impl ToString) {
        let name = format!("CANDOR_{name}");
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.to_string()));
    }

    /// The same without a setting.
    pub fn without(mut self, name: &str) -> Self {
        self.settings.retain(|(known, _)| *known != format!("CANDOR_{name}"));
        self
    }

    /// The same with mails going to this mail server.
    pub fn mailing_to(self, server: SocketAddr) -> Self {
        self.with("MAIL_HOST", server.ip())
            .with("MAIL_PORT", server.port())
            .with("MAIL_TLS", false)
            .with("MAIL_FROM", "Status <status@example.org>")
    }

    /// Sets what a shell runs before the program replaces it; nothing if empty.
    pub fn set_prelude(&mut self, commands: &str) {
        self.prelude = (!commands.is_empty()).then(|| commands.to_owned());
    }

    /// The test's folder, removed at its end.
    pub fn folder(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    /// The data directory.
    pub fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// Starts it; returns when it is ready.
    pub fn started(mut self) -> Self {
        self.start();
        self
    }

    /// Starts its process and waits until it reports that it is ready.
    pub fn start(&mut self) {
        self.spawn();
        let (server, path) = match self.role[0].as_str() {
            "worker" => (self.admin, "/readyz"),
            _ => (self.address, "/healthcheck/"),
        };
        until(&format!("{path} to say 200"), || {
            let process = self.process.as_mut().unwrap();
            if let Some(status) = process.child.try_wait().unwrap() {
                panic!("it ended with {status}: {}", process.stderr.lock().unwrap());
            }
            let answer = http::ask(server, "GET", path, &[], b"").ok()?;
            (answer.status == 200).then_some(())
        });
    }

    /// Starts its process without waiting.
    pub fn spawn(&mut self) {
        let role: Vec<&str> = self.role.iter().map(String::as_str).collect();
        let mut child = self.command(&role).spawn().unwrap();
        let stdout = collect(child.stdout.take().unwrap());
        let stderr = collect(child.stderr.take().unwrap());
        self.process = Some(CandorProcess { child, stdout, stderr });
    }

    /// Its process's stdout.
    pub fn printed(&self) -> String {
        self.process.as_ref().unwrap().stdout.lock().unwrap().clone()
    }

    /// Its process's log.
    pub fn logged(&self) -> String {
        self.process.as_ref().unwrap().stderr.lock().unwrap().clone()
    }

    /// Whether its process was started and not ended.
    pub fn is_running(&self) -> bool {
        self.process.is_some()
    }

    /// The id of its process.
    pub fn pid(&self) -> u32 {
        self.process.as_ref().unwrap().child.id()
    }

    /// `kill -9`, in the middle of whatever it does.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// Sends SIGTERM and waits for the end; panics if the process fails.
    pub fn stop(&mut self) {
        self.signal("-TERM");
        let status = self.ended();
        let process = self.process.take().unwrap();
        assert!(status.success(), "{status}: {}", process.stderr.lock().unwrap());
    }

    /// Sends a signal to its process.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.pid().to_string()]).status();
        assert!(sent.unwrap().success(), "kill {signal}");
    }

    /// Waits until its process ends by itself.
    pub fn ended(&mut self) -> ExitStatus {
        let process = self.process.as_mut().unwrap();
        until("the process to end", || process.child.try_wait().unwrap())
    }

    /// Runs an operator's command to its end.
    pub fn candor(&self, arguments: &[&str]) -> CommandOutput {
        self.candor_reading(arguments, "")
    }

    /// The same with this on stdin.
    pub fn candor_reading(&self, arguments: &[&str], stdin: &str) -> CommandOutput {
        Self::run(self.command(arguments), &arguments.join(" "), stdin)
    }

    /// The same with a stdout that is full (`/dev/full`).
    pub fn candor_on_a_full_disk(&self, arguments: &[&str]) -> CommandOutput {
        let mut command = self.command(arguments);
        command.stdout(fs::File::options().write(true).open("/dev/full").unwrap());
        Self::run(command, &arguments.join(" "), "")
    }

    /// The same with a stdout that is closed.
    pub fn candor_for_nobody(&self, arguments: &[&str]) -> CommandOutput {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = self.command(arguments);
        command.stdout(writer);
        Self::run(command, &arguments.join(" "), "")
    }

    /// The same on its own terminal (created by `script`), with this typed there. Its stderr
    /// goes to the same terminal, and so into `stdout`.
    pub fn candor_on_a_terminal(&self, arguments: &[&str], typed: &str) -> CommandOutput {
        let command = self.command(arguments);
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        let quoted: Vec<_> = words.map(|word| format!("'{}'", word.display())).collect();
        let line = quoted.join(" ");
        let mut script = Command::new("script");
        script.args(["--quiet", "--return", "--command", &line, "/dev/null"]).env_clear();
        for (name, value) in command.get_envs() {
            script.envs(value.map(|value| (name, value)));
        }
        script.current_dir(self.dir.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self::run(script, &line, typed)
    }

    fn run(mut command: Command, shown: &str, stdin: &str) -> CommandOutput {
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        // Who doesn't read its stdin closes it; that is no failure.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let (stdout, stderr) = (
            child.stdout.take().map(collect).unwrap_or_default(),
            collect(child.stderr.take().unwrap()),
        );
        let what = format!("candor {shown} to end");
        let begin = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if begin.elapsed() > DEADLINE {
                let _ = child.kill();
                panic!("waited in vain for {what}: {}", stderr.lock().unwrap());
            }
            thread::sleep(Duration::from_millis(1));
        };
        let whole = |text: Arc<Mutex<String>>| {
            // The reader drops its half when the pipe has ended.
            until("the output's end", || (Arc::strong_count(&text) == 1).then_some(()));
            text.lock().unwrap().clone()
        };
        CommandOutput { status, stdout: whole(stdout), stderr: whole(stderr) }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match &self.prelude {
            None => bound(candor(), "KILL"),
            Some(prelude) => {
                let mut shell = bound("bash", "KILL");
                shell.args(["-c", &format!("{prelude}; exec \"$0\" \"$@\"")]).arg(candor());
                shell
            }
        };
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("RUST_BACKTRACE", "1")
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Sends a GET to its admin listener.
    pub fn ask_admin(&self, path: &str) -> Answer {
        http::ask(self.admin, "GET", path, &[], b"").unwrap()
    }

    /// Sends a GET for a page.
    pub fn get(&self, path: &str) -> Answer {
        http::ask(self.address, "GET", path, &[], b"").unwrap()
    }

    /// Posts a form.
    pub fn post_form(&self, path: &str, form: &str) -> Answer {
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        http::ask(self.address, "POST", path, &headers, form.as_bytes()).unwrap()
    }

    /// Posts to the OpsGenie webhook as the provider would.
    pub fn hook(&self, body: &Value) -> Answer {
        post_hook(self.address, body).unwrap()
    }

    /// The same, and demands a 2xx: it is in the log. Returns the seq of its event.
    pub fn acknowledged(&self, body: &Value) -> u64 {
        let answer = self.hook(body);
        assert!((200..300).contains(&answer.status), "{answer:?}");
        answer.json()["seq"].as_u64().unwrap_or_else(|| panic!("no seq in {}", answer.text()))
    }

    /// The public board as data.
    pub fn board(&self) -> Value {
        self.get("/api/v1/board.json").json()
    }

    /// The public board, once it includes the event `seq`.
    pub fn board_at(&self, seq: u64) -> Value {
        until(&format!("the page to show event {seq}"), || {
            let answer = self.get("/api/v1/board.json");
            let shown = answer.header("x-log-seq").and_then(|shown| shown.parse().ok());
            (shown >= Some(seq)).then(|| answer.json())
        })
    }

    /// The public board, once a condition holds.
    pub fn board_when(&self, what: &str, says: impl Fn(&Value) -> bool) -> Value {
        until(what, || {
            let board = self.board();
            says(&board).then_some(board)
        })
    }

    /// All events of the log, as `candor log export` writes them.
    pub fn events(&self) -> Vec<Value> {
        let export = self.candor(&["log", "export"]).well();
        let lines = export.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line.get("seq").is_some()).collect()
    }

    /// Demands that the log is intact, and returns the number of events.
    pub fn verified(&self) -> u64 {
        let report = self.candor(&["log", "verify", "--json"]).json();
        assert_eq!(report["intact"], true, "{report}");
        report["events"].as_u64().unwrap()
    }

    /// Writes a file into the test's folder.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

/// Reads to the end in the background.
fn collect(mut pipe: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let filled = Arc::clone(&text);
    thread::spawn(move || {
        let (mut bytes, mut read) = ([0; 4096], Vec::new());
        while let Ok(n @ 1..) = pipe.read(&mut bytes) {
            read.extend_from_slice(&bytes[..n]);
            // A character may come in two parts.
            let whole = std::str::from_utf8(&read).map_or_else(|cut| cut.valid_up_to(), str::len);
            let text: Vec<u8> = read.drain(..whole).collect();
            filled.lock().unwrap().push_str(&String::from_utf8_lossy(&text));
        }
    });
    text
}

/// Posts to the webhook of the Candor at `server`.
pub fn post_hook(server: SocketAddr, body: &Value) -> std::io::Result<Answer> {
    let authorization = format!("Bearer {SECRET}");
    let headers = [("Content-Type", "application/json"), ("Authorization", &*authorization)];
    http::ask(server, "POST", "/integrations/opsgenie/hook", &headers, body.to_string().as_bytes())
}

/// A body as OpsGenie's "alert action data" page describes it: `createdAt` in milliseconds, `updatedAt` in nanoseconds
/// with a sequence in its last digits.
pub fn opsgenie(action: &str, alert: &str, updated_at_ns: u64) -> Value {
    json!({
        "action": action,
        "alert": {
            "alertId": alert,
            "message": "Checkout does not answer",
            "tags": ["checkout"],
            "tinyId": "23",
            "entity": "",
            "alias": "checkout",
            "createdAt": updated_at_ns / 1_000_000,
            "updatedAt": updated_at_ns,
            "username": "System",
            "userId": "",
            "priority": "P1",
            "source": "checks.example.org",
        },
        "source": { "name": "", "type": "API" },
        "integrationName": "Status page",
        "integrationId": "0c7d4ea5-5d0c-4d1c-9cf4-3e5a2f0e1b11",
    })
}
