//! An exported log can be verified without a database.

use std::fs;

use candor_testkit::site::Installation;

/// Replaces one piece of the export, and checks what comes out.
fn changed(site: &Installation, export: &str, from: &str, to: &str) -> String {
    assert!(export.contains(from), "{from} is not in {export}");
    let file = site.write("changed.jsonl", &export.replacen(from, to, 1));
    site.candor(&["log", "verify", file.to_str().unwrap()]).failed(5)
}

#[test]
fn an_export_verifies_and_each_change_of_it_is_found() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    let empty = site.folder().join("empty.jsonl");
    site.candor(&["log", "export", "--output", empty.to_str().unwrap()]).well();
    site.candor(&["log", "verify", empty.to_str().unwrap()]).well();

    let declare = ["incident", "declare", "--title", "Slow", "--text", "We look.", "--silent"];
    site.candor(&declare).well();
    site.candor(&["incident", "update", "1", "--text", "hunter2", "--no-notify"]).well();
    site.candor(&["incident", "resolve", "1", "--no-notify"]).well();
    let redact = ["log", "redact", "2", "--why", "a password"];
    let shown = site.candor(&[&redact[..], &["--dry-run"]].concat()).well();
    assert!(shown.contains("hunter2") && shown.contains("nothing was changed"), "{shown}");
    let unasked = site.candor(&redact).failed(2);
    assert!(unasked.contains("--yes"), "{unasked}");
    let no = site.candor_on_a_terminal(&redact, "n\n");
    assert!(no.stdout.contains("hunter2") && no.stdout.contains("for good? [y/N]"), "{no:?}");
    assert_eq!((no.status.code(), site.verified()), (Some(3), 3), "{no:?}");
    assert!(site.candor_on_a_terminal(&redact, "y\n").status.success());
    let again = site.candor(&[&redact[..], &["--yes"]].concat()).failed(3);
    assert!(again.contains("was redacted before"), "{again}");
    let file = site.folder().join("log.jsonl");
    let path = file.to_str().unwrap();
    site.candor(&["log", "export", "--output", path]).well();
    let verified = site.candor(&["log", "verify", path]).well();
    assert!(verified.contains("the log is intact"), "{verified}");
    assert!(verified.contains("1 of them redacted"), "{verified}");
    let of_the_database = site.candor(&["log", "verify"]).well();
    assert_eq!(verified, of_the_database, "the file says what the database says");

    let export = fs::read_to_string(&file).unwrap();
    for (from, to) in [
        ("\"title\\\":\\\"Slow", "\"title\\\":\\\"Fast"),
        ("\"source\":\"cli\"", "\"source\":\"web\""),
        ("\"batch_ix\":0", "\"batch_ix\":1"),
        ("\"command_hash\":\"", "\"command_hash\":\"00"),
        ("payload-redacted", "payload-removed"),
        ("\"count\":", "\"count\":1"),
        ("\"count\":", "\"checked\":true,\"count\":"),
        ("\"seq\":1,", "\"seq\":1,\"approved_by\":\"ada\","),
    ] {
        println!("{}", changed(&site, &export, from, to));
    }
    let cut: Vec<_> = export.lines().take(3).collect();
    let cut = site.write("cut.jsonl", &cut.join("\n"));
    println!("{}", site.candor(&["log", "verify", cut.to_str().unwrap()]).failed(5));
    let last = export.lines().last().unwrap();
    for behind in [export.lines().nth(1).unwrap(), last, "garbage"] {
        let longer = site.write("longer.jsonl", &format!("{export}{behind}\n"));
        println!("{}", site.candor(&["log", "verify", longer.to_str().unwrap()]).failed(5));
    }
    // A line without end is read no further than a line can be long.
    println!("{}", site.candor(&["log", "verify", "/dev/zero"]).failed(1));
    let other = site.write("other.jsonl", "{\"format\":\"something else\"}\n");
    println!("{}", site.candor(&["log", "verify", other.to_str().unwrap()]).failed(2));
}

#[test]
fn a_head_that_is_none_is_a_wrong_argument() {
    let site = Installation::new();
    site.candor(&["migrate"]).well();
    for head in ["1:abc", "1", "x:1", &format!("1:{}", "g".repeat(64)), ""] {
        println!("{}", site.candor(&["log", "verify", "--expect", head]).failed(2));
    }
    let said = site.candor(&["log", "verify", "--expect", &format!("0:{}", "f".repeat(64))]);
    assert!(said.failed(5).contains("the log does not begin as was noted"));
}
