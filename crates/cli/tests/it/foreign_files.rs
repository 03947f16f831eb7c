//! Files of another user and databases of another program are left as they are.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    process::Command,
};

use candor_testkit::{process, site::Installation};

/// Root may read everything, unless it gives that up.
const WITHOUT_OVERRIDE: &str =
    "exec setpriv --bounding-set=-dac_override,-dac_read_search \"$0\" \"$@\"";

#[test]
fn a_data_directory_of_another_user_is_kept_from_us_and_not_absent() {
    let mut site = Installation::new();
    site.candor(&["migrate"]).well();
    if is_root() {
        site.set_prelude(WITHOUT_OVERRIDE);
    }
    let file = site.data_dir().join("candor.sqlite3");
    for (closed, mode) in [(site.data_dir(), 0o700), (file.clone(), 0o600)] {
        fs::set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
        for command in [&["incident", "list"][..], &["log", "verify"], &["site", "show"]] {
            let sentence = site.candor(command).failed(4);
            let parts = [file.to_str().unwrap(), "Permission denied"];
            assert!(parts.iter().all(|part| sentence.contains(part)), "{command:?}: {sentence}");
        }
        is_bad(&site);
        fs::set_permissions(&closed, Permissions::from_mode(mode)).unwrap();
    }
    site.candor(&["incident", "list"]).well();
    site.change("DATA_DIR", site.data_dir().join("closed").join("data").display());
    fs::create_dir(site.data_dir().join("closed")).unwrap();
    fs::set_permissions(site.data_dir().join("closed"), Permissions::from_mode(0o500)).unwrap();
    is_bad(&site);
}

/// That `check` finds the database to be kept from us.
fn is_bad(site: &Installation) {
    let checked = site.candor(&["check"]);
    let row = checked.stdout.lines().find(|line| line.starts_with("database "));
    let row = row.unwrap_or_else(|| panic!("{checked:?}"));
    assert!(row.contains("BAD") && row.contains("Permission denied"), "{row}");
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

#[test]
fn a_database_of_another_program_stays_as_it_is() {
    let site = Installation::new();
    let foreign = site.folder().join("foreign.db");
    let python = process::python();
    let make = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db:\n  db.execute(\"CREATE TABLE theirs (a)\")";
    let made = Command::new(&python).args(["-c", make]).arg(&foreign).status();
    assert!(made.is_ok_and(|status| status.success()), "this test needs {python}");
    let empty = site.write("empty.db", "");
    for file in [foreign, empty] {
        let before = fs::read(&file).unwrap();
        let url = format!("sqlite:{}", file.display());
        let site = Installation::new().with("DATABASE_URL", url);
        for command in [
            &["incident", "list"][..],
            &["incident", "declare", "--title", "Search is slow"],
            &["log", "verify"],
        ] {
            let sentence = site.candor(command).failed(2);
            assert!(sentence.contains("holds none"), "{command:?}: {sentence}");
        }
        site.candor(&["check"]).well();
        assert!(fs::read(&file).unwrap() == before, "{} was changed", file.display());
        for end in ["-wal", "-shm"] {
            assert!(!fs::exists(format!("{}{end}", file.display())).unwrap(), "{end} was made");
        }
    }
}
