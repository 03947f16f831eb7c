//! Every setting is documented, and every wrong one is explained.

use std::{collections::BTreeMap, fs};

use candor_integrations::mail::Security;

use super::*;

fn given(variables: &[(&str, &str)]) -> Given {
    let mut given = Given { values: BTreeMap::new(), problems: Vec::new() };
    given.read_environment(variables.iter().map(|(k, v)| ((*k).to_owned(), Some((*v).to_owned()))));
    given
}

#[test]
fn readme_names_every_setting_and_no_other() {
    let readme = include_str!("../../../../README.md");
    let rows: Vec<&str> =
        readme.lines().filter_map(|line| line.strip_prefix("| `CANDOR_")).collect();
    let documented: Vec<&str> = rows.iter().filter_map(|row| row.split('`').next()).collect();
    let known: Vec<&str> = LIST.iter().map(|setting| setting.name).collect();
    assert_eq!(documented, known);
}

#[test]
fn without_any_setting_everything_has_a_value() {
    let mut given = given(&[]);
    let settings = Settings::of(&mut given);
    assert_eq!(given.problems, Vec::<String>::new());
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8000");
    assert_eq!(settings.site_url, "http://127.0.0.1:8000");
    assert_eq!(settings.database_url, "sqlite:candor-data/candor.sqlite3");
    assert!(settings.mail.is_none());
}

#[test]
fn an_unknown_setting_and_each_wrong_value_get_a_sentence_of_their_own() {
    let mut given = given(&[
        ("CANDOR_COLOUR", "red"),
        ("CANDOR_LISTEN", "everywhere"),
        ("CANDOR_AUTOMIGRATE", "perhaps"),
        ("CANDOR_DATABASE_URL", "mysql://x"),
        ("CANDOR_OPSGENIE_SECRET", "short"),
        ("CANDOR_SECRET_KEY", "abc"),
        ("CANDOR_MAIL_PORT", "many"),
        ("CANDOR_SITE_URL", "ftp://x"),
    ]);
    let _ = Settings::of(&mut given);
    let names = [
        "COLOUR",
        "LISTEN",
        "SITE_URL",
        "DATABASE_URL",
        "AUTOMIGRATE",
        "OPSGENIE",
        "MAIL_PORT",
        "SECRET_KEY",
    ];
    for name in names {
        let about = given.problems.iter().filter(|problem| problem.contains(name)).count();
        assert_eq!(about, 1, "{name}: {:?}", given.problems);
    }
    assert_eq!(given.problems.len(), names.len());
}

#[test]
fn a_secret_may_stand_in_a_file_and_is_never_shown() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("password");
    fs::write(&file, "hunter2\n").unwrap();
    let mut given = given(&[
        ("CANDOR_MAIL_HOST", "mail.example.org"),
        ("CANDOR_MAIL_USER", "status"),
        ("CANDOR_MAIL_PASSWORD_FILE", file.to_str().unwrap()),
    ]);
    let settings = Settings::of(&mut given);
    let mail = settings.mail.clone().unwrap();
    assert_eq!((mail.port, mail.security), (587, Security::StartTls));
    assert!(mail.password.is_some());
    assert!(!format!("{settings:?}").contains("hunter2"));
    let shown: Vec<_> = LIST.iter().map(|setting| given.shown(setting)).collect();
    assert!(!shown.join(" ").contains("hunter2"));
}

#[test]
fn the_environment_wins_over_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("candor.toml");
    fs::write(
        &file,
        "site_name = \"From the file\"\nmail_port = 2525\nlisten = \"127.0.0.1:9000\"\n",
    )
    .unwrap();
    let mut given = Given { values: BTreeMap::new(), problems: Vec::new() };
    given.read_file(&file);
    given.read_environment(
        [("CANDOR_SITE_NAME".to_owned(), Some("From outside".to_owned()))].into_iter(),
    );
    let settings = Settings::of(&mut given);
    assert_eq!((settings.site_name.as_str(), settings.listen.port()), ("From outside", 9000));
    assert_eq!(given.source("SITE_NAME"), Source::Environment);
    assert_eq!(given.source("LISTEN"), Source::File(file));
    assert_eq!(given.source("LOG"), Source::Default);
}

#[test]
fn the_page_says_where_it_really_listens_unless_it_has_an_address_of_its_own() {
    let chosen = "127.0.0.1:40123".parse().unwrap();
    let settings =
        Settings::of(&mut given(&[("CANDOR_LISTEN", "127.0.0.1:0")])).listening_on(chosen);
    assert_eq!(settings.site_url, "http://127.0.0.1:40123");
    let everywhere = Settings::of(&mut given(&[("CANDOR_LISTEN", "0.0.0.0:8000")]));
    assert_eq!(everywhere.site_url, "http://localhost:8000");
    let public =
        [("CANDOR_LISTEN", "127.0.0.1:0"), ("CANDOR_SITE_URL", "https://status.example.org/")];
    let settings = Settings::of(&mut given(&public)).listening_on(chosen);
    assert_eq!(
        (settings.site_url.as_str(), settings.listen),
        ("https://status.example.org", chosen)
    );
}
