//! A full disk: nothing acknowledged is lost, writes are refused, and the page stays up.
//!
//! `ulimit -f` with SIGXFSZ ignored lets every write beyond a size fail, as a full disk does, without being root.

use std::{fs, path::Path};

use candor_testkit::site::{Installation, opsgenie};

#[test]
fn a_start_on_a_full_disk_ends_with_a_sentence() {
    let mut site = Installation::new();
    site.set_prelude("trap '' XFSZ; ulimit -f 0");
    let said = site.candor(&["serve"]);
    let code = said.status.code().unwrap();
    assert_ne!(code, 0);
    println!("on a full disk: {}", said.failed(code));
}

#[test]
fn a_disk_that_fills_up_costs_nothing_that_was_acknowledged() {
    let mut site = Installation::new().started();
    site.acknowledged(&opsgenie("Create", "first", 1_700_000_000_000_000_000));
    site.stop();
    // Room for a few more pages of the largest file, in units of 1,024 bytes.
    let room = largest_file(&site.data_dir()) / 1024 + 64;
    site.set_prelude(&format!("trap '' XFSZ; ulimit -f {room}"));
    site.start();

    let mut acknowledged = 1;
    let refusal = (0..5_000).find_map(|n| {
        let body = opsgenie(
            "Create",
            &format!("alert {n} {}", "x".repeat(400)),
            1_700_000_000_000_000_000,
        );
        let answer = site.hook(&body);
        if answer.status == 200 {
            acknowledged += 1;
            return None;
        }
        Some(answer)
    });
    let refusal = refusal.expect("the disk never filled up");
    assert_eq!(refusal.status, 503, "{refusal:?}");
    assert!(refusal.header("Retry-After").is_some(), "{refusal:?}");
    assert_eq!(site.get("/").status, 200, "the page stands");
    assert_eq!(site.get("/livez").status, 200);

    site.kill();
    site.set_prelude("");
    site.start();
    let events = site.verified();
    assert!(events >= acknowledged, "{acknowledged} acknowledged, {events} in the log");
    site.acknowledged(&opsgenie("Create", "there is room again", 1_700_000_000_000_000_000));
    println!(
        "a full disk after {acknowledged} alerts: 503, the page stands, {events} events intact, lost 0"
    );
}

fn largest_file(dir: &Path) -> u64 {
    let sizes = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len());
    sizes.max().unwrap_or_default()
}
