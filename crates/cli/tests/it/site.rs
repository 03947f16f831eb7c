//! A Candor of its own for each test: a free port, a data directory that goes away, the real binary, and an end by its
//! own process id.

use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::{self, Answer};

/// The webhook's secret in the tests.
pub(crate) const SECRET: &str = "a-secret-for-the-tests";
/// The key of those tests in which several processes share one.
pub(crate) const KEY: &str = "2f1c8e5ab7d94630c1f08a7be2d35946aa07c4d18be6925f30d7e1b84c69f5a3";
/// How long anything may take before a test gives up.
pub(crate) const DEADLINE: Duration = Duration::from_secs(60);

/// Asks again and again until there is an answer; gives up after [`DEADLINE`].
pub(crate) fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begin.elapsed() < DEADLINE, "waited {DEADLINE:?} in vain for: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// A port that nobody listens on.
pub(crate) fn free_address() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
}

/// What a command said when it had ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    /// What it printed, if all went well.
    pub(crate) fn well(self) -> String {
        assert!(self.status.success(), "{self:#?}");
        self.stdout
    }

    /// What it printed, as JSON.
    pub(crate) fn json(self) -> Value {
        let printed = self.well();
        serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{e} in {printed}"))
    }

    /// The one sentence with which it failed, and how: not by a panic, not with a backtrace, not with several lines.
    pub(crate) fn failed(self, code: i32) -> String {
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

/// Where a Candor lives: its directory, address and settings. It need not run.
pub(crate) struct Site {
    dir: TempDir,
    pub(crate) address: SocketAddr,
    pub(crate) admin: SocketAddr,
    /// What stays: `serve`, `web`, or `worker` with its arguments.
    role: Vec<String>,
    settings: Vec<(String, String)>,
    /// What a shell runs before the program takes its place, such as `ulimit -f 0`.
    prelude: Option<String>,
    process: Option<Process>,
}

/// A process that stays; dropping it kills it.
struct Process {
    child: Child,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            println!("the process said on stderr:\n{}", self.stderr.lock().unwrap());
        }
    }
}

impl Site {
    /// A place for a Candor that doesn't run yet.
    pub(crate) fn new() -> Self {
        let dir = TempDir::with_prefix("candor-test-").unwrap();
        let (address, admin) = (free_address(), free_address());
        let settings = [
            ("DATA_DIR", dir.path().join("data").display().to_string()),
            ("LISTEN", address.to_string()),
            ("ADMIN_LISTEN", admin.to_string()),
            ("SITE_URL", format!("http://{address}")),
            ("OPSGENIE_SECRET", SECRET.to_owned()),
        ];
        let settings = settings.map(|(name, value)| (format!("CANDOR_{name}"), value)).into();
        let role = vec!["serve".to_owned()];
        Self { dir, address, admin, role, settings, prelude: None, process: None }
    }

    /// The same for another process than `candor serve`.
    pub(crate) fn running(mut self, role: &[&str]) -> Self {
        self.role = role.iter().map(|word| (*word).to_owned()).collect();
        self
    }

    /// The same with a variable of the environment that is no setting of ours.
    pub(crate) fn with_variable(mut self, name: &str, value: impl ToString) -> Self {
        self.settings.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same with a setting, by its name without `CANDOR_`.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.change(name, value);
        self
    }

    /// Gives a setting another value; its process learns of it when it starts again.
    pub(crate) fn change(&mut self, name: &str, value: impl ToString) {
        let name = format!("CANDOR_{name}");
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.to_string()));
    }

    /// The same without a setting.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.settings.retain(|(known, _)| *known != format!("CANDOR_{name}"));
        self
    }

    /// The same with mails going to this mail server.
    pub(crate) fn mailing_to(self, server: SocketAddr) -> Self {
        self.with("MAIL_HOST", server.ip())
            .with("MAIL_PORT", server.port())
            .with("MAIL_TLS", false)
            .with("MAIL_FROM", "Status <status@example.org>")
    }

    /// What a shell does before the program takes its place; nothing, if empty.
    pub(crate) fn set_prelude(&mut self, commands: &str) {
        self.prelude = (!commands.is_empty()).then(|| commands.to_owned());
    }

    /// The folder that goes away with the test.
    pub(crate) fn folder(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    /// The data directory.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// The same, serving; returns when it is ready.
    pub(crate) fn started(mut self) -> Self {
        self.start();
        self
    }

    /// Starts its process and waits until that says that it is ready.
    pub(crate) fn start(&mut self) {
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

    /// Starts its process and doesn't wait.
    pub(crate) fn spawn(&mut self) {
        let role: Vec<&str> = self.role.iter().map(String::as_str).collect();
        let mut child = self.command(&role).spawn().unwrap();
        let stdout = collect(child.stdout.take().unwrap());
        let stderr = collect(child.stderr.take().unwrap());
        self.process = Some(Process { child, stdout, stderr });
    }

    /// What its process has printed on stdout.
    pub(crate) fn printed(&self) -> String {
        self.process.as_ref().unwrap().stdout.lock().unwrap().clone()
    }

    /// What its process has logged.
    pub(crate) fn logged(&self) -> String {
        self.process.as_ref().unwrap().stderr.lock().unwrap().clone()
    }

    /// Whether its process was started and not ended.
    pub(crate) fn is_running(&self) -> bool {
        self.process.is_some()
    }

    /// The id of its process.
    pub(crate) fn pid(&self) -> u32 {
        self.process.as_ref().unwrap().child.id()
    }

    /// `kill -9`, in the middle of whatever it does.
    pub(crate) fn kill(&mut self) {
        self.process = None;
    }

    /// SIGTERM, and waits for the end; it has to be a good one.
    pub(crate) fn stop(&mut self) {
        self.signal("-TERM");
        let status = self.ended();
        let process = self.process.take().unwrap();
        assert!(status.success(), "{status}: {}", process.stderr.lock().unwrap());
    }

    /// Sends a signal to its process.
    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.pid().to_string()]).status();
        assert!(sent.unwrap().success(), "kill {signal}");
    }

    /// Waits until its process has ended by itself.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let process = self.process.as_mut().unwrap();
        until("the process to end", || process.child.try_wait().unwrap())
    }

    /// Runs an operator's command to its end.
    pub(crate) fn candor(&self, arguments: &[&str]) -> Said {
        self.candor_reading(arguments, "")
    }

    /// The same with something on stdin.
    pub(crate) fn candor_reading(&self, arguments: &[&str], stdin: &str) -> Said {
        Self::run(self.command(arguments), &arguments.join(" "), stdin)
    }

    /// The same where nothing can be printed: stdout is a disk that is full.
    pub(crate) fn candor_on_a_full_disk(&self, arguments: &[&str]) -> Said {
        let mut command = self.command(arguments);
        command.stdout(fs::File::options().write(true).open("/dev/full").unwrap());
        Self::run(command, &arguments.join(" "), "")
    }

    /// The same for a reader who has gone away before anything is printed.
    pub(crate) fn candor_for_nobody(&self, arguments: &[&str]) -> Said {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = self.command(arguments);
        command.stdout(writer);
        Self::run(command, &arguments.join(" "), "")
    }

    /// The same on a terminal of its own (`script` makes one), with something typed there. What it says on stderr
    /// stands on the same terminal, and so in `stdout`.
    pub(crate) fn candor_on_a_terminal(&self, arguments: &[&str], typed: &str) -> Said {
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

    fn run(mut command: Command, shown: &str, stdin: &str) -> Said {
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
        Said { status, stdout: whole(stdout), stderr: whole(stderr) }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let binary = env!("CARGO_BIN_EXE_candor");
        // Ended with the test, however that ends.
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]);
        match &self.prelude {
            None => command.arg(binary),
            Some(prelude) => {
                let shell = format!("{prelude}; exec \"$0\" \"$@\"");
                command.args(["bash", "-c", &shell, binary])
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

    /// Asks its admin listener.
    pub(crate) fn ask_admin(&self, path: &str) -> Answer {
        http::ask(self.admin, "GET", path, &[], b"").unwrap()
    }

    /// Asks for a page.
    pub(crate) fn get(&self, path: &str) -> Answer {
        http::ask(self.address, "GET", path, &[], b"").unwrap()
    }

    /// Posts a form.
    pub(crate) fn post_form(&self, path: &str, form: &str) -> Answer {
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        http::ask(self.address, "POST", path, &headers, form.as_bytes()).unwrap()
    }

    /// Posts to the OpsGenie webhook what a provider would.
    pub(crate) fn hook(&self, body: &Value) -> Answer {
        post_hook(self.address, body).unwrap()
    }

    /// The same, and demands a 2xx: it is in the log. The seq of its event.
    pub(crate) fn acknowledged(&self, body: &Value) -> u64 {
        let answer = self.hook(body);
        assert!((200..300).contains(&answer.status), "{answer:?}");
        answer.json()["seq"].as_u64().unwrap_or_else(|| panic!("no seq in {}", answer.text()))
    }

    /// The public board as data.
    pub(crate) fn board(&self) -> Value {
        self.get("/api/v1/board.json").json()
    }

    /// The public board once it has got as far as the event `seq`.
    pub(crate) fn board_at(&self, seq: u64) -> Value {
        until(&format!("the page to show event {seq}"), || {
            let answer = self.get("/api/v1/board.json");
            let shown = answer.header("x-log-seq").and_then(|shown| shown.parse().ok());
            (shown >= Some(seq)).then(|| answer.json())
        })
    }

    /// The public board once it says something.
    pub(crate) fn board_when(&self, what: &str, says: impl Fn(&Value) -> bool) -> Value {
        until(what, || {
            let board = self.board();
            says(&board).then_some(board)
        })
    }

    /// All events of the log, as `candor log export` writes them.
    pub(crate) fn events(&self) -> Vec<Value> {
        let export = self.candor(&["log", "export"]).well();
        let lines = export.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line.get("seq").is_some()).collect()
    }

    /// Demands that the log is intact; how many events it has.
    pub(crate) fn verified(&self) -> u64 {
        let report = self.candor(&["log", "verify", "--json"]).json();
        assert_eq!(report["intact"], true, "{report}");
        report["events"].as_u64().unwrap()
    }

    /// Writes a file into the test's folder.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
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
pub(crate) fn post_hook(server: SocketAddr, body: &Value) -> std::io::Result<Answer> {
    let authorization = format!("Bearer {SECRET}");
    let headers = [("Content-Type", "application/json"), ("Authorization", &*authorization)];
    http::ask(server, "POST", "/integrations/opsgenie/hook", &headers, body.to_string().as_bytes())
}

/// A body as OpsGenie's "alert action data" page describes it: `createdAt` in milliseconds, `updatedAt` in nanoseconds
/// with a sequence in its last digits.
pub(crate) fn opsgenie(action: &str, alert: &str, updated_at_ns: u64) -> Value {
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
