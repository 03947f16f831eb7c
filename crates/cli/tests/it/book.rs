//! The command blocks of the README, of *Get started* and of *Operate*: run in order, from an empty folder, they print what
//! the page shows, but for times and ids.
//!
//! A block is fenced as `console`; what follows a `$` is run, and what stands below is its output. `…` stands for any
//! lines, or for the rest of one. What stays (`candor serve`) runs until the page's end, or until `^C`.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Stdio},
    thread,
    time::{Duration, Instant},
};

use candor_testkit::{
    Cluster, DEADLINE, RedisServer, free_address,
    mailbox::MailSink,
    process::{Signal, bound, candor, send},
    until,
};
use tempfile::TempDir;

/// The project's folder.
const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// How long a person waits before looking again.
const LOOK_INTERVAL: Duration = Duration::from_millis(100);

/// Programs that play what a test can't have: root, systemd, another user, a build.
const STAND_INS: [(&str, &str); 3] = [
    // cargo run --release -- ARGUMENTS
    (
        "cargo",
        "shift 2; [ \"$1\" = -- ] && shift\n[ \"$1\" = demo ] && set -- \"$@\" --listen \"$CANDOR_LISTEN\"\n\
         exec target/release/candor \"$@\"",
    ),
    ("sudo", "[ \"$1\" = -u ] && shift 2\nexec \"$@\""),
    // systemctl enable --now candor, systemctl restart candor
    (
        "systemctl",
        "[ \"$1\" = restart ] && kill \"$(cat \"$ROOT/unit\")\" && while kill -0 \"$(cat \"$ROOT/unit\")\" 2>&-; do sleep 0.05; done\n\
         cd \"$ROOT/etc/candor\" || exit\nCANDOR_DATA_DIR=$ROOT/var/lib/candor candor serve >>\"$ROOT/unit.log\" 2>&1 &\n\
         echo $! >\"$ROOT/unit\"\nuntil candor health >/dev/null 2>&1; do sleep 0.05; done",
    ),
];

#[test]
fn the_readme_does_what_it_shows() {
    Page::new().does("README.md", 3);
}

#[test]
fn the_first_page_is_as_the_book_shows_it() {
    Page::new().does("docs/start/first-page.md", 6);
}

#[test]
fn ten_steps_lead_to_the_internet() {
    let mailbox = MailSink::open();
    let account = "mail_host = \"smtp.example.org\"\nmail_user = \"status@example.org\"\n\
                   mail_password_file = \"/etc/candor/mail-password\"\n";
    let here = format!(
        "mail_host = \"127.0.0.1\"\nmail_port = {}\nmail_tls = false\n",
        mailbox.address.port()
    );
    let mut page = Page::new();
    page.replace(account, &here);
    page.does("docs/start/internet.md", 9);
    let mails = mailbox.exactly(2);
    assert!(mails[1].header("Subject").unwrap().contains("A test"), "{:?}", mails[1]);
}

#[test]
fn scaling_out_works_as_the_book_shows_it() {
    let (postgres, redis, mailbox) =
        (Cluster::start("", &[]), RedisServer::start(), MailSink::open());
    let mut page = Page::new();
    for (name, value) in [
        ("PGHOST", "127.0.0.1".to_owned()),
        ("PGPORT", postgres.address().port().to_string()),
        ("PGUSER", "postgres".to_owned()),
    ] {
        page.variables.push((name, value));
    }
    page.replace("@127.0.0.1/candor", &format!("@{}/candor", postgres.address()));
    page.replace("127.0.0.1:6379", &redis.address().to_string());
    let port = format!("CANDOR_MAIL_HOST=127.0.0.1\nCANDOR_MAIL_PORT={}\n", mailbox.address.port());
    page.replace("CANDOR_MAIL_HOST=127.0.0.1\n", &port);
    page.does("docs/operate/scale-out.md", 6);
}

/// Where the commands of one page are run.
struct Page {
    folder: TempDir,
    /// What is written otherwise in a test, and how: addresses, folders, accounts.
    replaced: Vec<(String, String)>,
    variables: Vec<(&'static str, String)>,
    background: Vec<Child>,
}

/// One command of a block, and what the page shows of its output.
#[derive(Debug)]
struct Step {
    command: String,
    shown: Vec<String>,
}

impl Page {
    fn new() -> Self {
        let folder = TempDir::with_prefix("candor-book-").unwrap();
        let root = folder.path();
        for name in ["bin", "home/target/release", "etc/candor", "etc/systemd/system"] {
            fs::create_dir_all(root.join(name)).unwrap();
        }
        for name in ["etc/nginx/conf.d", "usr/local/bin", "var/lib"] {
            fs::create_dir_all(root.join(name)).unwrap();
        }
        for (name, script) in STAND_INS {
            let file = root.join("bin").join(name);
            fs::write(&file, format!("#!/bin/bash\n{script}\n")).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        }
        for name in ["bin/candor", "home/candor", "home/target/release/candor"] {
            symlink(candor(), root.join(name)).unwrap();
        }
        let (page, admin) = (free_address().to_string(), free_address().to_string());
        let path = |name: &str| root.join(name).display().to_string();
        let replaced = [
            ("/home/you/candor", path("home")),
            ("~/deploy", Path::new(PROJECT).join("deploy").display().to_string()),
            ("/etc/", path("etc/")),
            ("/var/lib/", path("var/lib/")),
            ("/usr/local/bin/", path("usr/local/bin/")),
            ("127.0.0.1:8000", page.clone()),
            ("127.0.0.1:9180", admin.clone()),
        ];
        let programs = std::env::var("PATH").unwrap();
        let variables = vec![
            ("PATH", format!("{}:{programs}", path("bin"))),
            ("ROOT", root.display().to_string()),
            ("CANDOR_LISTEN", page),
            ("CANDOR_ADMIN_LISTEN", admin),
        ];
        let replaced = replaced.map(|(book, here)| (book.to_owned(), here)).into();
        Self { folder, replaced, variables, background: Vec::new() }
    }

    /// Writes this otherwise than the book.
    fn replace(&mut self, book: &str, here: &str) {
        self.replaced.insert(0, (book.to_owned(), here.to_owned()));
    }

    /// Runs all blocks of a page; it has at least this many.
    fn does(&mut self, file: &str, least: usize) {
        let text = fs::read_to_string(Path::new(PROJECT).join(file)).unwrap();
        let blocks = blocks(&text);
        assert!(blocks.len() >= least, "{file} has only {} blocks", blocks.len());
        let mut shell = Shell::start(&self.folder.path().join("home"), &self.variables);
        let steps: Vec<Step> = blocks.iter().flat_map(|block| steps(block)).collect();
        for step in &steps {
            let command = self
                .replaced
                .iter()
                .fold(step.command.clone(), |c, (book, here)| c.replace(book, here));
            if let Some(words) = stays(&command) {
                self.starts(&mut shell, &words, step);
                continue;
            }
            let mut answer = shell.runs(&command);
            // A person looks again; what changes something is done once.
            let looks = command.contains(" list\n");
            let begin = Instant::now();
            while looks
                && !fits(&step.shown, &self.as_in_the_book(&answer.0))
                && begin.elapsed() < DEADLINE
            {
                thread::sleep(LOOK_INTERVAL);
                answer = shell.runs(&command);
            }
            let (printed, code) = (self.as_in_the_book(&answer.0), answer.1);
            assert_eq!(code, 0, "{file}: $ {}\n{printed}\n{}", step.command, self.errors());
            assert!(
                fits(&step.shown, &printed),
                "{file}: $ {}\nThe book shows:\n{}\n\nIt prints:\n{printed}\n{}",
                step.command,
                step.shown.join("\n"),
                self.errors()
            );
        }
        println!("{file}: {} blocks, {} commands", blocks.len(), steps.len());
    }

    /// Starts what stays, and waits until it has printed what the page shows.
    fn starts(&mut self, shell: &mut Shell, words: &str, step: &Step) {
        let number = self.background.len();
        let output = self.folder.path().join(format!("{number}.out"));
        let (folder, environment) = shell.surroundings();
        let file = |name: &Path| fs::File::create(name).unwrap();
        let mut command = bound("bash", "KILL");
        command
            .args(["-c", &format!("exec {words}")])
            .current_dir(folder)
            .env_clear()
            .envs(environment);
        if number > 0 {
            // The first process of a machine has the usual port.
            command.env("CANDOR_ADMIN_LISTEN", free_address().to_string());
        }
        let errors = fs::File::options().append(true).create(true).open(self.error_file()).unwrap();
        command.stdin(Stdio::null()).stdout(file(&output)).stderr(errors);
        let ends = step.shown.last().is_some_and(|line| line == "^C");
        let shown = &step.shown[..step.shown.len() - usize::from(ends)];
        let mut child = command.spawn().unwrap();
        until(&format!("$ {} to print {shown:#?}", step.command), || {
            let ended = child.try_wait().unwrap();
            let printed = self.as_in_the_book(&fs::read_to_string(&output).unwrap());
            assert!(ended.is_none(), "$ {} ended:\n{printed}\n{}", step.command, self.errors());
            fits(shown, &printed).then_some(())
        });
        self.background.push(child);
        if ends {
            let child = self.background.last_mut().unwrap();
            send(child.id(), Signal::INT);
            assert!(child.wait().unwrap().success(), "$ {} ends well at ^C", step.command);
        }
    }

    fn as_in_the_book(&self, printed: &str) -> String {
        self.replaced.iter().fold(printed.to_owned(), |text, (book, here)| text.replace(here, book))
    }

    fn error_file(&self) -> PathBuf {
        self.folder.path().join("home/errors")
    }

    fn errors(&self) -> String {
        fs::read_to_string(self.error_file()).unwrap_or_default()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let unit = fs::read_to_string(self.folder.path().join("unit"));
        for pid in unit.into_iter().filter_map(|pid| pid.trim().parse().ok()) {
            send(pid, Signal::KILL);
        }
        for child in &mut self.background {
            send(child.id(), Signal::KILL);
            let _ = child.wait();
        }
    }
}

/// A shell that runs one command after the other.
struct Shell {
    bash: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Shell {
    /// What it does with each command: errors go to a file of their own; a NUL and the exit code end the output.
    const LOOP: &str = "while IFS= read -r -d '' command; do eval \"$command\" </dev/null 2>>\"$ROOT/home/errors\"; \
                        printf '\\0%s\\n' $?; done";

    fn start(folder: &Path, variables: &[(&'static str, String)]) -> Self {
        let mut bash = bound("bash", "KILL")
            .args(["--norc", "--noprofile", "-c", Self::LOOP])
            .current_dir(folder)
            .env_clear()
            .envs(std::env::vars().filter(|(name, _)| !name.starts_with("CANDOR_")))
            .envs(variables.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(bash.stdout.take().unwrap());
        Self { stdin: bash.stdin.take().unwrap(), stdout, bash }
    }

    /// Runs a command: what it prints, and its exit code.
    fn runs(&mut self, command: &str) -> (String, i32) {
        write!(self.stdin, "{command}\0").unwrap();
        let (mut printed, mut code) = (Vec::new(), String::new());
        self.stdout.read_until(0, &mut printed).unwrap();
        self.stdout.read_line(&mut code).unwrap();
        printed.pop();
        (String::from_utf8(printed).unwrap(), code.trim().parse().unwrap())
    }

    /// Its folder and its exported variables.
    fn surroundings(&mut self) -> (String, Vec<(String, String)>) {
        let (folder, _) = self.runs("pwd");
        let (variables, _) = self.runs("env -0 | tr '\\0' '\\1'");
        let pairs = variables.split('\u{1}').filter_map(|pair| pair.split_once('='));
        (folder.trim().to_owned(), pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.bash.kill();
        let _ = self.bash.wait();
    }
}

/// The lines of each block.
fn blocks(text: &str) -> Vec<Vec<String>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while lines.by_ref().any(|line| line == "```console") {
        blocks.push(lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect());
    }
    blocks
}

/// The commands of a block, each with its output.
fn steps(block: &[String]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    // Within a here-document, or after a backslash, the command goes on.
    let mut goes_on = false;
    for line in block {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (_, Some(step)) if goes_on => {
                step.command = format!("{}\n{line}", step.command);
                goes_on = if step.command.contains("<<END") {
                    line != "END"
                } else {
                    line.ends_with('\\')
                };
            }
            (Some(command), _) => {
                goes_on = command.contains("<<END") || command.ends_with('\\');
                steps.push(Step { command: command.to_owned(), shown: Vec::new() });
            }
            (None, Some(step)) => step.shown.push(line.clone()),
            (None, None) => panic!("a block begins with its output: {line}"),
        }
    }
    for step in &mut steps {
        // A here-document ends with a line.
        step.command.push('\n');
    }
    steps
}

/// The command, if it stays: it is started, and the next one doesn't wait for it.
fn stays(command: &str) -> Option<String> {
    let command = command.trim();
    let starts = ["cargo run --release", "candor serve", "candor web", "candor worker"];
    starts.iter().any(|start| command.starts_with(start)).then(|| command.to_owned())
}

/// Whether a command has printed what the page shows, but for times and ids.
fn fits(shown: &[String], printed: &str) -> bool {
    let plain = |line: &str| plain(line.trim_end());
    let shown: Vec<String> = shown.iter().map(|line| plain(line)).collect();
    let printed: Vec<String> = printed.trim_end().lines().map(plain).collect();
    all_fit(&shown, &printed)
}

fn all_fit(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((any, rest)) if any == "…" => {
            (0..=printed.len()).any(|left_out| all_fit(rest, &printed[left_out..]))
        }
        Some((line, rest)) => printed.split_first().is_some_and(|(first, others)| {
            let same = match line.strip_suffix('…') {
                Some(begin) => first.starts_with(begin),
                None => first == line,
            };
            same && all_fit(rest, others)
        }),
    }
}

/// A line without what is another one each time: dates, times, ids. Columns may be of any width.
fn plain(line: &str) -> String {
    const NAMES: [&str; 21] = [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "CEST", "CET",
    ];
    const PATTERNS: [&str; 5] = ["9999-99-99", "99:99:99", "99:99", "99 ? 9999", "9 ? 9999"];
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut rest = NAMES.iter().fold(words.join(" "), |text, name| text.replace(name, "?"));
    let mut plain = String::new();
    while let Some(letter) = rest.chars().next() {
        let matches = |pattern: &&&str| {
            rest.len() >= pattern.len()
                && pattern
                    .chars()
                    .zip(rest.chars())
                    .all(|(p, c)| p == c || p == '9' && c.is_ascii_digit())
        };
        let id = rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len());
        let length = if id >= 16 {
            id
        } else {
            PATTERNS.iter().find(matches).map_or(0, |found| found.len())
        };
        if length > 0 {
            plain.push('?');
            rest.drain(..length);
        } else {
            plain.push(letter);
            rest.drain(..letter.len_utf8());
        }
    }
    plain
}

#[test]
fn every_page_with_blocks_is_run_and_other_blocks_show_no_prompt() {
    let run = include_str!("book.rs");
    let chapters = |folder: &'static str| {
        let files = fs::read_dir(Path::new(PROJECT).join(folder)).unwrap();
        files.map(move |file| format!("{folder}/{}", file.unwrap().file_name().to_str().unwrap()))
    };
    let pages =
        chapters("docs/start").chain(chapters("docs/operate")).chain(["README.md".to_owned()]);
    for page in pages.collect::<Vec<_>>() {
        let text = fs::read_to_string(Path::new(PROJECT).join(&page)).unwrap();
        let is_run = run.contains(&format!(".does(\"{page}\""));
        assert_eq!(!blocks(&text).is_empty(), is_run, "{page}: its blocks are to be run, here");
        let prompts = text.lines().filter(|line| line.starts_with("$ ")).count();
        let steps = blocks(&text).iter().flat_map(|block| steps(block)).count();
        assert_eq!(prompts, steps, "{page}: what has a prompt is in a block that is run");
    }
}

#[test]
fn only_times_and_ids_may_differ() {
    let shown = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let printed =
        "began Mon 1 Mar 2027, 09:10 UTC\nhead 4:0123456789abcdef0123\n3 mails\nthe end\n";
    for fitting in [
        &["began Sat 28 Nov 2026, 17:54 UTC", "head 4:ffffffffffffffffffff", "3 mails", "the end"]
            [..],
        &["…", "3 mails", "…"],
        &["began …", "…", "the end"],
    ] {
        assert!(fits(&shown(fitting), printed), "{fitting:?}");
    }
    for other in [
        &["…", "4 mails", "…"][..],
        &["3 mails", "the end"],
        &["…", "3 mails"],
        &["…", "head 5:…", "…"],
    ] {
        assert!(!fits(&shown(other), printed), "{other:?}");
    }
}
