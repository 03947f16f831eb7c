//! What keeps Candor from starting is said in one sentence, with an exit code that scripts can use.

use std::{fs, net::TcpListener, process::Command};

use crate::site::{Site, opsgenie};

/// 1 failed, 2 wrong arguments or settings.
const FAILED: i32 = 1;
const WRONG: i32 = 2;

#[test]
fn an_unknown_setting_is_named() {
    let sentence = Site::new().with("COLOUR", "blue").candor(&["serve"]).failed(WRONG);
    assert!(sentence.contains("CANDOR_COLOUR"), "{sentence}");
}

#[test]
fn a_wrong_value_is_named() {
    for (name, value) in [
        ("LISTEN", "everywhere"),
        ("SITE_URL", "status.example.org"),
        ("DATABASE_URL", "mysql://localhost/candor"),
        ("OPSGENIE_SECRET", "short"),
        ("AUTOMIGRATE", "perhaps"),
        ("CONCURRENCY", "0"),
    ] {
        let sentence = Site::new().with(name, value).candor(&["serve"]).failed(WRONG);
        assert!(sentence.contains(&format!("CANDOR_{name}")), "{sentence}");
    }
}

#[test]
fn a_settings_file_that_cant_be_read_is_named() {
    let site = Site::new();
    let folder = site.folder().display().to_string();
    let broken = site.write("broken.toml", "site_name = \"Acme");
    let unknown = site.write("unknown.toml", "colour = \"blue\"");
    for (file, word) in [
        ("missing.toml", "missing.toml"),
        (folder.as_str(), "can't be read"),
        (broken.to_str().unwrap(), "broken.toml"),
        (unknown.to_str().unwrap(), "colour"),
    ] {
        let sentence = site.candor(&["--config", file, "serve"]).failed(WRONG);
        assert!(sentence.contains(word), "{sentence}");
    }
}

#[test]
fn check_prints_every_setting_and_says_what_is_wrong() {
    let said = Site::new().candor(&["check"]).well();
    assert!(said.contains("CANDOR_SITE_URL") && said.contains("environment"), "{said}");
    assert!(!said.contains(crate::site::SECRET), "a secret is never shown: {said}");
    Site::new().with("COLOUR", "blue").candor(&["check"]).failed(WRONG);
}

#[test]
fn a_port_in_use_is_named() {
    let site = Site::new();
    let taken = TcpListener::bind(site.address).unwrap();
    let sentence = site.candor(&["serve"]).failed(FAILED);
    assert!(sentence.contains(&taken.local_addr().unwrap().to_string()), "{sentence}");
    assert!(sentence.contains("CANDOR_LISTEN"), "and what to do: {sentence}");
}

#[test]
fn a_data_directory_that_cant_be_written_is_named() {
    let site = Site::new();
    let file = site.write("a-file", "");
    let inside = file.join("data").display().to_string();
    // /proc can't be written even by root.
    for dir in [inside.as_str(), "/proc/candor"] {
        let sentence = Site::new().with("DATA_DIR", dir).candor(&["serve"]).failed(FAILED);
        assert!(sentence.contains(dir), "{sentence}");
    }
}

#[test]
fn a_second_candor_keeps_away_from_the_first_ones_data() {
    let site = Site::new().started();
    let second = Site::new().with("DATA_DIR", site.data_dir().display());
    let sentence = second.candor(&["serve"]).failed(FAILED);
    assert!(sentence.contains(&site.data_dir().display().to_string()), "{sentence}");
    assert_eq!(site.get("/").status, 200);
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let mut site = Site::new().started();
    site.acknowledged(&opsgenie("Create", "one", 1_700_000_000_000_000_000));
    site.stop();
    let file = site.data_dir().join("candor.sqlite3");
    let python = std::env::var("CANDOR_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let migrate = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db:\n  \
                   db.execute(\"INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231235959')\")";
    let ran = Command::new(&python).args(["-c", migrate]).arg(&file).status();
    assert!(
        ran.is_ok_and(|status| status.success()),
        "this test needs {python}: apt-get install python3"
    );
    for command in [&["serve"][..], &["migrate"], &["incident", "list"]] {
        let sentence = site.candor(command).failed(FAILED);
        assert!(sentence.contains("newer"), "{command:?}: {sentence}");
    }
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let site = Site::new();
    fs::create_dir(site.data_dir()).unwrap();
    let file = site.data_dir().join("candor.sqlite3");
    let letter = "Dear diary, this is not a database. ".repeat(500);
    fs::write(&file, &letter).unwrap();
    let said = site.candor(&["serve"]);
    let code = said.status.code().unwrap();
    assert_ne!(code, 0);
    said.failed(code);
    assert_eq!(fs::read_to_string(&file).unwrap(), letter);
}

#[test]
fn a_secret_key_that_was_damaged_is_not_replaced() {
    let site = Site::new();
    fs::create_dir(site.data_dir()).unwrap();
    let file = site.data_dir().join("secret.key");
    fs::write(&file, "half a ke").unwrap();
    let sentence = site.candor(&["serve"]).failed(WRONG);
    assert!(sentence.contains("secret.key"), "{sentence}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "half a ke");
}

#[test]
fn wrong_arguments_are_explained() {
    let site = Site::new();
    for arguments in [
        &["incident", "confirm", "first"][..],
        &["incident", "declare", "--title", "x", "--severity", "terrible"],
        &["incident", "declare", "--title", ""],
        &["paint"],
    ] {
        let said = site.candor(arguments);
        assert_eq!(said.status.code(), Some(WRONG), "{arguments:?}: {said:?}");
        assert!(
            !said.stderr.is_empty() && !said.stderr.contains("panicked"),
            "{arguments:?}: {said:?}"
        );
    }
}

#[test]
fn a_refusal_says_so_and_changes_nothing() {
    let site = Site::new().started();
    for arguments in [
        &["incident", "confirm", "7"][..],
        &["incident", "resolve", "7"],
        &["incident", "show", "7"],
    ] {
        let sentence = site.candor(arguments).failed(3);
        assert!(sentence.contains('7'), "{arguments:?}: {sentence}");
    }
    site.candor(&["incident", "confirm"]).failed(3);
    assert!(site.events().is_empty());
}
