//! Processes that end with the test, and the signals sent to them.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

pub use rustix::process::Signal;
use rustix::process::{Pid, kill_process};

/// Sends a signal; nothing happens if the process has ended.
pub fn send(pid: u32, signal: Signal) {
    if let Some(pid) = pid.try_into().ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}

/// Sends a signal to a process and all its children.
pub fn send_to_all(pid: u32, signal: Signal) {
    send(pid, signal);
    let children =
        fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    for child in children.split_whitespace() {
        send(child.parse().unwrap(), signal);
    }
}

/// A command whose process gets this signal when the thread that started it ends.
pub fn bound(program: impl AsRef<OsStr>, signal: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", signal]).arg(program);
    command
}

/// Runs a program to its end, and panics if it fails.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(output.status.success(), "{command:?}: {output:?}");
    output
}

/// The message for a missing package from `PyPI` or npm.
pub const HOW_TO_INSTALL: &str = "run scripts/test once, which installs what this test needs and prints where; then set \
    CANDOR_TEST_PYTHON to that Python, and CANDOR_TEST_NPM to that folder";

/// Python with the packages that `scripts/test` installs.
pub fn python() -> String {
    std::env::var("CANDOR_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// The binary under test: the one that `CANDOR_TEST_BINARY` names, or the one that cargo built beside this program.
pub fn candor() -> PathBuf {
    let built = || {
        let program = std::env::current_exe().unwrap();
        let folder = program.parent().unwrap();
        let folder = if folder.ends_with("deps") { folder.parent().unwrap() } else { folder };
        folder.join("candor")
    };
    let binary = std::env::var_os("CANDOR_TEST_BINARY").map_or_else(built, PathBuf::from);
    assert!(
        binary.is_file(),
        "there is no {}: build it (`cargo build -p candor`), or name another one in CANDOR_TEST_BINARY",
        binary.display()
    );
    binary
}

/// A folder below cargo's target directory for files to keep after a test; it may exist already.
pub fn kept_folder(name: &str) -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let profile = program.ancestors().find(|folder| folder.join(".fingerprint").is_dir());
    let folder = profile.and_then(Path::parent).unwrap().join("tmp").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}
