//! Which commit this program is built from: `CANDOR_COMMIT` if it is set, else what Git says where the sources are a
//! checkout. Debug builds don't ask: they would be linked anew for each commit.

use std::{env, path::Path, process::Command};

fn main() {
    println!("cargo:rerun-if-env-changed=CANDOR_COMMIT");
    let given = env::var("CANDOR_COMMIT").ok().filter(|commit| !commit.is_empty());
    let release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = given.or_else(|| if release { checked_out() } else { None });
    let version = env!("CARGO_PKG_VERSION");
    let version = match &commit {
        Some(commit) => format!("{version} ({commit})"),
        None => version.to_owned(),
    };
    // Cargo gives these to what it runs, too, so they must not look like settings of ours.
    println!("cargo:rustc-env=BUILD_VERSION={version}");
    println!("cargo:rustc-env=BUILD_COMMIT={}", commit.as_deref().unwrap_or("unknown"));
}

/// The commit that is checked out. Its log grows with each commit and each checkout.
fn checked_out() -> Option<String> {
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"])?;
    if Path::new(&log).exists() {
        println!("cargo:rerun-if-changed={log}");
    }
    git(&["rev-parse", "--short=12", "HEAD"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let said = Command::new("git").args(arguments).output().ok()?;
    let said = said.status.success().then_some(said.stdout)?;
    let said = String::from_utf8(said).ok()?.trim().to_owned();
    (!said.is_empty()).then_some(said)
}
