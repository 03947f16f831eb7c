//! Whatever keeps Candor from starting is one sentence, with an exit code that scripts can use.

use std::{fs, net::TcpListener, process::Command};

use candor_testkit::{
    Cluster, Database, RedisServer, free_address, process,
    site::{Installation, opsgenie},
    until,
};

/// 1 failed, 2 wrong arguments or settings, 4 no database.
const FAILED: i32 = 1;
const WRONG: i32 = 2;
const UNAVAILABLE: i32 = 4;

/// A place with all that a worker needs, on this database.
fn on(database: &str) -> Installation {
    Installation::new()
        .with("SITE_URL", "https://status.example.org")
        .with("SECRET_KEY", candor_testkit::site::KEY)
        .with("DATABASE_URL", database)
}

#[test]
fn an_unknown_setting_is_named() {
    let sentence = Installation::new().with("COLOR", "blue").candor(&["serve"]).failed(WRONG);
    assert!(sentence.contains("CANDOR_COLOR"), "{sentence}");
}

#[test]
fn a_wrong_value_is_named() {
    for (name, value) in [
        ("LISTEN", "everywhere"),
        ("SITE_URL", "status.example.org"),
        ("DATABASE_URL", "mysql://localhost/candor"),
        ("ALERT_SECRET", "short"),
        ("AUTOMIGRATE", "perhaps"),
        ("CONCURRENCY", "0"),
    ] {
        let sentence = Installation::new().with(name, value).candor(&["serve"]).failed(WRONG);
        assert!(sentence.contains(&format!("CANDOR_{name}")), "{sentence}");
    }
}

#[test]
fn a_settings_file_that_cant_be_read_is_named() {
    let site = Installation::new();
    let folder = site.folder().display().to_string();
    let broken = site.write("broken.toml", "site_name = \"Acme");
    let unknown = site.write("unknown.toml", "color = \"blue\"");
    for (file, word) in [
        ("missing.toml", "missing.toml"),
        (folder.as_str(), "can't be read"),
        (broken.to_str().unwrap(), "broken.toml"),
        (unknown.to_str().unwrap(), "color"),
    ] {
        let sentence = site.candor(&["--config", file, "serve"]).failed(WRONG);
        assert!(sentence.contains(word), "{sentence}");
    }
}

#[test]
fn check_prints_every_setting_and_names_wrong_ones() {
    let said = Installation::new().candor(&["check"]).well();
    assert!(said.contains("CANDOR_SITE_URL") && said.contains("environment"), "{said}");
    assert!(!said.contains(candor_testkit::site::SECRET), "a secret is never shown: {said}");
    Installation::new().with("COLOR", "blue").candor(&["check"]).failed(WRONG);
}

#[test]
fn a_port_in_use_is_named() {
    let site = Installation::new();
    let taken = TcpListener::bind(site.address).unwrap();
    let sentence = site.candor(&["serve"]).failed(FAILED);
    assert!(sentence.contains(&taken.local_addr().unwrap().to_string()), "{sentence}");
    assert!(sentence.contains("CANDOR_LISTEN"), "and what to do: {sentence}");
}

#[test]
fn a_data_directory_that_cant_be_written_is_named() {
    let site = Installation::new();
    let file = site.write("a-file", "");
    let inside = file.join("data").display().to_string();
    // /proc can't be written even by root.
    for dir in [inside.as_str(), "/proc/candor"] {
        let sentence = Installation::new().with("DATA_DIR", dir).candor(&["serve"]).failed(FAILED);
        assert!(sentence.contains(dir), "{sentence}");
    }
}

#[test]
fn a_second_candor_keeps_away_from_the_first_ones_data() {
    let site = Installation::new().started();
    let second = Installation::new().with("DATA_DIR", site.data_dir().display());
    let sentence = second.candor(&["serve"]).failed(FAILED);
    assert!(sentence.contains(&site.data_dir().display().to_string()), "{sentence}");
    assert_eq!(site.get("/").status, 200);
}

#[test]
fn a_database_that_a_newer_version_contracted_is_left_alone() {
    let mut site = Installation::new().started();
    site.acknowledged(&opsgenie("Create", "one", 1_700_000_000_000_000_000));
    site.stop();
    let file = site.data_dir().join("candor.sqlite3");
    let python = process::python();
    let migrate = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db:\n  \
                   db.execute(\"INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231235959contract')\")";
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
    let site = Installation::new();
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
    let site = Installation::new();
    fs::create_dir(site.data_dir()).unwrap();
    let file = site.data_dir().join("secret.key");
    fs::write(&file, "half a ke").unwrap();
    let sentence = site.candor(&["serve"]).failed(WRONG);
    assert!(sentence.contains("secret.key"), "{sentence}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "half a ke");
}

#[test]
fn wrong_arguments_are_explained() {
    let site = Installation::new();
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
fn a_refused_command_fails_and_changes_nothing() {
    let site = Installation::new().started();
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

#[test]
fn web_and_worker_say_what_they_need() {
    for role in ["web", "worker"] {
        let sentence = on("sqlite:candor.sqlite3").candor(&[role]).failed(WRONG);
        assert_eq!(
            sentence,
            format!(
                "candor {role} needs PostgreSQL: set CANDOR_DATABASE_URL=postgres://…; candor serve runs on SQLite"
            )
        );
        let keyless = on("postgres://candor@localhost/candor").without("SECRET_KEY");
        let sentence = keyless.candor(&[role]).failed(WRONG);
        assert!(
            sentence.contains("CANDOR_SECRET_KEY") && sentence.contains("openssl"),
            "{sentence}"
        );
        assert!(!keyless.data_dir().exists(), "it makes no key of its own");
    }
    let nowhere = on("postgres://candor@localhost/candor").without("SITE_URL").without("LISTEN");
    let sentence = nowhere.candor(&["worker"]).failed(WRONG);
    assert!(sentence.contains("CANDOR_SITE_URL"), "{sentence}");
}

#[test]
fn queues_that_make_no_sense_are_explained() {
    for (queues, word) in [("mail,post", "chat, mail, hooks and default"), ("mail,mail", "twice")] {
        let said = Installation::new().candor(&["worker", "--queues", queues]);
        assert_eq!(said.status.code(), Some(WRONG), "{said:?}");
        assert!(said.stderr.contains(word), "{said:?}");
    }
}

#[test]
fn a_database_that_does_not_let_us_in_is_explained() {
    const RULES: &str =
        "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
    let cluster = Cluster::start("", &[("pg_hba.conf", RULES)]);
    let database = cluster.database();
    let base = database.rsplit_once('/').unwrap().0;
    let nobody = free_address();
    for (url, word) in [
        (database.replace("postgres@", "candor:hunter2@"), "CANDOR_DATABASE_URL"),
        (format!("{base}/missing"), "createdb"),
        (format!("postgres://candor:hunter2@{nobody}/candor"), "can't be reached"),
    ] {
        for role in ["serve", "web", "worker"] {
            let sentence = on(&url).candor(&[role]).failed(UNAVAILABLE);
            assert!(sentence.contains(word), "{role}: {sentence}");
            assert!(!sentence.contains("hunter2"), "a password is never shown: {sentence}");
            if role == "worker" {
                println!("{sentence}");
            }
        }
    }
}

#[test]
fn a_redis_that_does_not_let_us_in_ends_a_worker_and_one_that_is_away_does_not() {
    let database = Database::postgres();
    let worker = || on(database.url()).running(&["worker"]);
    let redis = RedisServer::start_with(&["--requirepass", "hunter2"]);
    let with_password = redis.url().replace("//", "//:hunter3@");
    let sentence = worker().with("REDIS_URL", with_password).candor(&["worker"]).failed(FAILED);
    assert!(sentence.contains("Redis") && !sentence.contains("hunter"), "{sentence}");
    println!("{sentence}");

    let away = worker().with("REDIS_URL", format!("redis://{}", free_address())).started();
    until("it to say so", || away.logged().contains("Redis can't be reached").then_some(()));

    let evicting =
        RedisServer::start_with(&["--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru"]);
    let warned = worker().with("REDIS_URL", evicting.url()).started();
    until("the warning", || warned.logged().contains("allkeys-lru").then_some(()));
}

#[test]
fn a_second_server_on_the_same_file_is_refused_wherever_its_own_data_is() {
    let site = Installation::new().started();
    let file = format!("sqlite:{}", site.data_dir().join("candor.sqlite3").display());
    let why = Installation::new().with("DATABASE_URL", &file).candor(&["serve"]).failed(1);
    assert!(why.contains("another `candor serve` uses"), "{why}");
}

#[test]
fn the_page_is_not_exported_to_where_the_secrets_are() {
    let site = Installation::new().started();
    let data = site.data_dir();
    for dir in [data.clone(), data.join("page"), data.parent().unwrap().to_owned()] {
        let why = site.candor(&["export", "--dir", dir.to_str().unwrap()]).failed(2);
        assert!(why.contains("published together with the secrets"), "{why}");
    }
}
