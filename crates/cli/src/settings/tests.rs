//! Every setting is documented, and every wrong one is explained.

use std::{collections::BTreeMap, fs};

use candor_integrations::mail::Security;

use super::*;

/// A key that is hard to guess.
const KEY: &str = "2f1c8e5ab7d94630c1f08a7be2d35946aa07c4d18be6925f30d7e1b84c69f5a3";

fn given(variables: &[(&str, &str)]) -> GivenSettings {
    let mut given =
        GivenSettings { values: BTreeMap::new(), files: BTreeMap::new(), problems: Vec::new() };
    given.read_environment(variables.iter().map(|(k, v)| ((*k).to_owned(), Some((*v).to_owned()))));
    given
}

#[test]
fn the_book_names_every_setting_and_no_other() {
    let chapter = include_str!("../../../../docs/reference/settings.md");
    let row = |line: &'static str| line.strip_prefix("| `CANDOR_")?.split_once('`');
    let documented: Vec<(&str, bool)> = chapter
        .lines()
        .filter_map(row)
        .map(|(name, rest)| (name, rest.starts_with(" (secret)")))
        .collect();
    let known: Vec<_> = LIST.iter().map(|setting| (setting.name, setting.secret)).collect();
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
        ("CANDOR_COLOR", "red"),
        ("CANDOR_LISTEN", "everywhere"),
        ("CANDOR_AUTOMIGRATE", "perhaps"),
        ("CANDOR_DATABASE_URL", "mysql://x"),
        ("CANDOR_ALERT_SECRET", "short"),
        ("CANDOR_SECRET_KEY", "abc"),
        ("CANDOR_MAIL_PORT", "many"),
        ("CANDOR_SITE_URL", "ftp://x"),
    ]);
    let _ = Settings::of(&mut given);
    let names = [
        "COLOR",
        "LISTEN",
        "SITE_URL",
        "DATABASE_URL",
        "AUTOMIGRATE",
        "ALERT_SECRET",
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
fn a_secret_may_be_in_a_file_and_is_never_shown() {
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
    assert!(!format!("{mail:?}").contains("hunter2"));
    let shown: Vec<_> = LIST.iter().map(|setting| given.shown(setting)).collect();
    assert!(!shown.join(" ").contains("hunter2"));
}

#[test]
fn a_secret_that_is_given_twice_or_as_an_empty_file_is_refused_in_every_order() {
    let dir = tempfile::tempdir().unwrap();
    let (file, empty) = (dir.path().join("secret"), dir.path().join("empty"));
    fs::write(&file, KEY).unwrap();
    fs::write(&empty, " \n").unwrap();
    let value = ("CANDOR_ALERT_SECRET", "another-one-4711-0815");
    let in_file = ("CANDOR_ALERT_SECRET_FILE", file.to_str().unwrap());
    for both in [[value, in_file], [in_file, value]] {
        let problems = given(&both).problems;
        assert_eq!(problems.len(), 1, "{problems:?}");
        for (name, _) in both {
            assert!(problems[0].split(' ').any(|word| word == name), "{name}: {problems:?}");
        }
    }
    let problems = given(&[("CANDOR_SECRET_KEY_FILE", empty.to_str().unwrap())]).problems;
    let sentence = format!("CANDOR_SECRET_KEY_FILE: {} is empty", empty.display());
    assert_eq!(problems, [sentence]);
    // One of them in the settings file and one in the environment is one that wins.
    let config = dir.path().join("candor.toml");
    fs::write(&config, format!("alert_secret_file = {:?}\n", file)).unwrap();
    let mut given = given(&[]);
    given.read_file(&config);
    given.read_environment([(value.0.to_owned(), Some(value.1.to_owned()))].into_iter());
    assert_eq!(given.problems, Vec::<String>::new());
    assert_eq!(Settings::of(&mut given).alert_secrets, [value.1]);
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
    let mut given =
        GivenSettings { values: BTreeMap::new(), files: BTreeMap::new(), problems: Vec::new() };
    given.read_file(&file);
    given.read_environment(
        [("CANDOR_SITE_NAME".to_owned(), Some("From outside".to_owned()))].into_iter(),
    );
    let settings = Settings::of(&mut given);
    assert_eq!((settings.site_name.of(None), settings.listen.port()), ("From outside", 9000));
    assert_eq!(given.source("SITE_NAME"), SettingSource::Environment);
    assert_eq!(given.source("LISTEN"), SettingSource::File(file));
    assert_eq!(given.source("LOG"), SettingSource::Default);
}

#[test]
fn the_page_names_its_real_port_unless_it_has_its_own_address() {
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
    let spelled = [("CANDOR_SITE_URL", "HTTPS://Status.Example.ORG:443/")];
    assert_eq!(Settings::of(&mut given(&spelled)).site_url, "https://status.example.org");
}

#[test]
fn each_mistake_with_several_processes_gets_one_sentence() {
    let postgres = ("CANDOR_DATABASE_URL", "postgres://candor@db/candor");
    for (variables, sentence) in [
        (
            vec![("CANDOR_QUEUES", "mail,post")],
            "CANDOR_QUEUES can't be used: there is no queue \"post\"; the queues are chat, mail, hooks and default",
        ),
        (
            vec![("CANDOR_QUEUES", "mail, chat,mail")],
            "CANDOR_QUEUES can't be used: the queue mail is named twice",
        ),
        (
            vec![postgres, ("CANDOR_QUEUE", "redis")],
            "CANDOR_QUEUE is redis, but CANDOR_REDIS_URL is not set; set it, or set CANDOR_QUEUE=sql",
        ),
        (vec![("CANDOR_QUEUE", "kafka")], "CANDOR_QUEUE is neither redis nor sql"),
        (
            vec![("CANDOR_REDIS_PREFIX", "can dor")],
            "CANDOR_REDIS_PREFIX has more than 64 characters, or others than A-Z a-z 0-9 - _ . :",
        ),
        (
            vec![("CANDOR_REDIS_URL", "redis://r"), ("CANDOR_REDIS_CA_FILE", "/ca.pem")],
            "CANDOR_REDIS_CA_FILE is for TLS, but CANDOR_REDIS_URL doesn't begin with rediss://",
        ),
        (
            vec![("CANDOR_ADMIN_LISTEN", "0.0.0.0:9180")],
            "CANDOR_ADMIN_LISTEN can be reached from other machines: set CANDOR_METRICS_PASSPHRASE, or listen on \
             127.0.0.1",
        ),
        (
            vec![("CANDOR_ADMIN_LISTEN", "on")],
            "CANDOR_ADMIN_LISTEN is neither an address and a port, such as 127.0.0.1:9180, nor off",
        ),
        (
            vec![("CANDOR_METRICS_PASSPHRASE", " ")],
            "CANDOR_METRICS_PASSPHRASE is empty; give one, or leave the setting out",
        ),
        (
            vec![("CANDOR_PUBLIC_METRICS", "true")],
            "CANDOR_PUBLIC_METRICS shows metrics to everybody who sees the page: set CANDOR_METRICS_PASSPHRASE as well",
        ),
        (vec![("CANDOR_WORKERS", "0")], "CANDOR_WORKERS is not a number from 1 to 256"),
        (
            vec![("CANDOR_SITE_URL", "https://example.org/status/")],
            "CANDOR_SITE_URL can't be used: the site's address must not have a path: a status page needs a host name of \
             its own, such as https://status.example.org",
        ),
        (vec![("CANDOR_LEASE", "1")], "CANDOR_LEASE is not a number from 2 to 600"),
        (vec![("CANDOR_LEASE", "601")], "CANDOR_LEASE is not a number from 2 to 600"),
        (vec![("CANDOR_CONCURRENCY", "0")], "CANDOR_CONCURRENCY is not a number from 1 to 200"),
        (
            vec![("CANDOR_DATABASE_CONNECTIONS", "2")],
            "CANDOR_DATABASE_CONNECTIONS is not a number from 3 to 500",
        ),
    ] {
        let mut given = given(&variables);
        let _ = Settings::of(&mut given);
        assert_eq!(given.problems, [sentence], "{variables:?}");
    }
}

#[test]
fn the_form_of_redis_address_is_looked_at_and_never_shown() {
    for good in [
        "redis://127.0.0.1:6379/0",
        "redis://redis",
        "rediss://candor:hunter2@redis.example.org:6380/3",
        "redis://:hunt@er2@[::1]:6379",
        "redis://[::1]/1",
    ] {
        let mut given = given(&[("CANDOR_REDIS_URL", good)]);
        let redis = Settings::of(&mut given).redis.unwrap();
        assert_eq!(given.problems, Vec::<String>::new(), "{good}");
        assert_eq!((redis.url.as_str(), redis.prefix.as_str()), (good, "candor"));
        assert!(!format!("{redis:?}").contains("hunter2"));
    }
    for bad in [
        "redis:6379",
        "http://:hunter2@redis",
        "redis://:hunter2@",
        "redis://r:99999",
        "redis://r/x",
    ] {
        let mut given = given(&[("CANDOR_REDIS_URL", bad)]);
        let _ = Settings::of(&mut given);
        assert_eq!(given.problems.len(), 1, "{bad}");
        assert!(given.problems[0].contains("CANDOR_REDIS_URL"), "{:?}", given.problems);
        assert!(!given.problems[0].contains("hunter2"), "{:?}", given.problems);
    }
}

#[test]
fn with_redis_wake_ups_go_there_unless_sql_is_asked_for() {
    let redis = |variables: &[(&str, &str)]| Settings::of(&mut given(variables)).redis.is_some();
    let url = ("CANDOR_REDIS_URL", "redis://redis");
    assert!(redis(&[url]));
    assert!(redis(&[url, ("CANDOR_QUEUE", "redis")]));
    assert!(!redis(&[url, ("CANDOR_QUEUE", "sql")]));
    assert!(!redis(&[]));
}

#[test]
fn the_admin_listener_is_for_this_machine_unless_a_passphrase_guards_it() {
    let admin = |variables: &[(&str, &str)]| {
        let mut given = given(variables);
        (Settings::of(&mut given).admin_listen, given.problems.len())
    };
    assert_eq!(admin(&[]), (AdminListen::Usual, 0));
    assert_eq!(admin(&[("CANDOR_ADMIN_LISTEN", "off")]), (AdminListen::Off, 0));
    for here in ["127.0.0.1:1", "127.8.0.1:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
        let at = AdminListen::At(here.parse().unwrap());
        assert_eq!(admin(&[("CANDOR_ADMIN_LISTEN", here)]), (at, 0));
    }
    for world in ["0.0.0.0:1", "[::]:1", "10.0.0.1:1", "[::ffff:10.0.0.1]:1"] {
        let at = AdminListen::At(world.parse().unwrap());
        assert_eq!(admin(&[("CANDOR_ADMIN_LISTEN", world)]), (at, 1));
        let guarded =
            [("CANDOR_ADMIN_LISTEN", world), ("CANDOR_METRICS_PASSPHRASE", "hidden from all")];
        assert_eq!(admin(&guarded), (at, 0));
    }
}

#[test]
fn web_and_worker_need_postgresql_and_the_key_that_all_share() {
    let dir = tempfile::tempdir().unwrap();
    let here = [
        ("CANDOR_DATA_DIR", dir.path().to_str().unwrap()),
        ("CANDOR_SITE_URL", "https://status.example.org"),
    ];
    let missing = |role, more: &[(&str, &str)]| {
        let settings = Settings::of(&mut given(&[&here, more].concat()));
        settings.demand(role).map_or_else(|missing| missing.to_string(), |()| String::new())
    };
    assert_eq!(missing(Role::Serve, &[]), "");
    let postgres = ("CANDOR_DATABASE_URL", "postgres://candor@db/candor");
    let key = ("CANDOR_SECRET_KEY", KEY);
    for role in [Role::Web, Role::Worker] {
        let name = role.as_str();
        assert_eq!(
            missing(role, &[key]),
            format!(
                "candor {name} needs PostgreSQL: set CANDOR_DATABASE_URL=postgres://…; candor serve runs on SQLite"
            )
        );
        let without_key = missing(role, &[postgres]);
        assert!(without_key.starts_with(&format!("candor {name} needs CANDOR_SECRET_KEY")));
        assert_eq!(missing(role, &[postgres, key]), "");
    }
    let nowhere = missing(Role::Worker, &[postgres, key, ("CANDOR_SITE_URL", "")]);
    assert!(nowhere.starts_with("candor worker needs CANDOR_SITE_URL"), "{nowhere}");
    let here =
        missing(Role::Worker, &[postgres, key, ("CANDOR_SITE_URL", "http://127.0.0.1:8000")]);
    assert_eq!(here, "");
    fs::write(dir.path().join("secret.key"), "00".repeat(32)).unwrap();
    assert_eq!(missing(Role::Worker, &[postgres]), "");
}

#[test]
fn slack_needs_a_token_a_channel_and_a_way_in() {
    let token = ("CANDOR_SLACK_BOT_TOKEN", "xoxb-1-secret");
    let channel = ("CANDOR_SLACK_CHANNEL", "#incidents");
    let secret = ("CANDOR_SLACK_SIGNING_SECRET", "8f742231b10e8888");
    let app = ("CANDOR_SLACK_APP_TOKEN", "xapp-1-secret");
    for way_in in [secret, app] {
        let mut given = given(&[token, channel, way_in, ("CANDOR_SLACK_REACTION", ":mega:")]);
        let slack = Settings::of(&mut given).slack.unwrap();
        assert_eq!(given.problems, Vec::<String>::new());
        assert_eq!(
            (slack.channel.as_str(), slack.reaction.as_deref()),
            ("incidents", Some("mega"))
        );
        assert!(!format!("{slack:?}").contains("secret\""), "{slack:?}");
    }
    for (wrong, about) in [
        (vec![token, channel], "SLACK_SIGNING_SECRET"),
        (vec![token, secret], "SLACK_CHANNEL"),
        (vec![channel, secret], "SLACK_BOT_TOKEN"),
        (
            vec![token, channel, ("CANDOR_SLACK_SIGNING_SECRET", "")],
            "SLACK_SIGNING_SECRET is empty",
        ),
        (vec![("CANDOR_SLACK_BOT_TOKEN", "abc"), channel, secret], "xoxb-"),
        (vec![token, channel, ("CANDOR_SLACK_APP_TOKEN", "xoxb-1")], "xapp-"),
        (vec![token, channel, secret, ("CANDOR_SLACK_TWO_PEOPLE", "maybe")], "SLACK_TWO_PEOPLE"),
        (
            vec![token, channel, secret, ("CANDOR_SLACK_API_URL", "http://slack.example.org/")],
            "SLACK_API_URL",
        ),
    ] {
        let mut given = given(&wrong);
        let _ = Settings::of(&mut given);
        let about_it = given.problems.iter().filter(|problem| problem.contains(about)).count();
        assert!(about_it > 0, "{about}: {:?}", given.problems);
    }
}

#[test]
fn a_slack_secret_in_a_file_is_read_each_time_it_is_needed() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("token");
    fs::write(&file, "xoxb-old\n").unwrap();
    let mut given = given(&[
        ("CANDOR_SLACK_BOT_TOKEN_FILE", file.to_str().unwrap()),
        ("CANDOR_SLACK_SIGNING_SECRET", "8f742231b10e8888"),
        ("CANDOR_SLACK_CHANNEL", "C024BE91L"),
    ]);
    let slack = Settings::of(&mut given).slack.unwrap();
    assert_eq!(slack.bot_token.current().unwrap(), "xoxb-old");
    fs::write(&file, "xoxb-new\n").unwrap();
    assert_eq!(slack.bot_token.current().unwrap(), "xoxb-new");
}

#[test]
fn a_secret_that_no_header_can_carry_is_refused() {
    let mut given = given(&[("CANDOR_ALERT_SECRET", "Zürich-47Xq-8Lm2\n-p0")]);
    let _ = Settings::of(&mut given);
    assert_eq!(given.problems.len(), 1, "{:?}", given.problems);
    assert!(given.problems[0].contains("control character"), "{:?}", given.problems);
}

#[test]
fn no_secret_that_guards_this_page_may_be_guessed() {
    let repeated = "0123456789abcdef".repeat(4);
    for setting in LIST.iter().filter(|setting| setting.secret) {
        let name = format!("CANDOR_{}", setting.name);
        // As in our own documents, and as a password in a URL.
        for example in ["change-me", "at-least-16-characters", "postgres://candor:PASSWORD@db/c"] {
            let mut given = given(&[(&name, example)]);
            let settings = Settings::of(&mut given);
            let said = [&given.problems[..], &settings.warnings[..]].concat();
            let about = said.iter().any(|sentence| sentence.contains(setting.name));
            assert!(about, "{example} as {name}: {said:?}");
        }
        let Some(least) = setting.guards else { continue };
        let nearly = format!("{}1", "0".repeat(63));
        let words = "password".repeat(8);
        for weak in ["x", "7", &"a".repeat(64), &nearly, &"5e".repeat(32), &repeated, &words] {
            let mut given = given(&[(&name, weak)]);
            let _ = Settings::of(&mut given);
            let about = |problem: &&String| problem.contains(setting.name);
            assert_eq!(given.problems.iter().filter(about).count(), 1, "{weak} as {name}");
        }
        assert!(least >= 8, "{name}");
        let mut given = given(&[(&name, KEY)]);
        let _ = Settings::of(&mut given);
        let about = |problem: &&String| problem.contains(&format!("{name} "));
        assert_eq!(given.problems.iter().filter(about).count(), 0, "{:?}", given.problems);
    }
}

#[test]
fn unwise_settings_are_warned_about_unless_the_data_stays_on_this_machine() {
    let mail = ("CANDOR_MAIL_HOST", "mail.example.org");
    let plain = [
        mail,
        ("CANDOR_MAIL_USER", "status"),
        ("CANDOR_MAIL_PASSWORD", KEY),
        ("CANDOR_MAIL_TLS", "false"),
    ];
    let secured = [mail, ("CANDOR_MAIL_USER", "status"), ("CANDOR_MAIL_PASSWORD", KEY)];
    let relay = [mail, ("CANDOR_MAIL_TLS", "false")];
    for (variables, about) in [
        (&plain[..], Some("MAIL_PASSWORD")),
        (&secured, None),
        (&relay, None),
        (
            &[("CANDOR_DATABASE_URL", "postgres://c:a-good-one@db.example.org/c")],
            Some("DATABASE_URL"),
        ),
        (&[("CANDOR_DATABASE_URL", "postgres://c@db.example.org/c?sslmode=verify-full")], None),
        (&[("CANDOR_DATABASE_URL", "postgres://c:a-good-one@127.0.0.1:5433/c")], None),
        (&[("CANDOR_REDIS_URL", "redis://:a-good-one@redis.example.org")], Some("REDIS_URL")),
        (&[("CANDOR_REDIS_URL", "rediss://:a-good-one@redis.example.org")], None),
        (&[("CANDOR_REDIS_URL", "redis://[::1]:6379")], None),
        (&[("CANDOR_SITE_URL", "http://status.example.org")], Some("SITE_URL")),
        (&[("CANDOR_SITE_URL", "https://status.example.org")], None),
        (&[("CANDOR_TRUSTED_PROXIES", "127.0.0.1, 0.0.0.0/0")], Some("TRUSTED_PROXIES")),
        (&[("CANDOR_TRUSTED_PROXIES", "::/0")], Some("TRUSTED_PROXIES")),
        (&[("CANDOR_TRUSTED_PROXIES", "10.0.0.0/8,fd00::/64")], None),
        (&[("CANDOR_WEBHOOK_ALLOW", "0.0.0.0/0")], Some("WEBHOOK_ALLOW")),
        (&[("CANDOR_WEBHOOK_ALLOW", "10.20.0.0/16")], None),
    ] {
        let mut given = given(variables);
        let settings = Settings::of(&mut given);
        assert_eq!(given.problems, Vec::<String>::new(), "{variables:?}");
        let named: Vec<_> = settings.warnings.iter().map(|said| said.split(' ').next()).collect();
        let wanted: Vec<_> = about.map(|name| format!("CANDOR_{name}")).into_iter().collect();
        assert_eq!(named, wanted.iter().map(|name| Some(name.as_str())).collect::<Vec<_>>());
        let said = settings.warnings.join(" ");
        assert!(!said.contains("a-good-one"), "a password is never shown: {said}");
    }
}

#[test]
fn a_secret_in_a_file_that_everybody_reads_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("passphrase");
    fs::write(&file, KEY).unwrap();
    let set = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    let unwise = || {
        let name = "CANDOR_METRICS_PASSPHRASE_FILE";
        Settings::of(&mut given(&[(name, file.to_str().unwrap())])).warnings.len()
    };
    for (mode, said) in [(0o644, 1), (0o604, 1), (0o640, 0), (0o600, 0)] {
        set(mode);
        assert_eq!(unwise(), said, "{mode:o}");
    }
}

/// Whatever would keep a process from starting is said by `candor check`, which looks at nothing else than these.
#[test]
fn a_setting_that_keeps_a_process_from_starting_is_reported_as_wrong() {
    for (name, value, why) in [
        ("CANDOR_LOG", "[[", "CANDOR_LOG can't be used"),
        ("CANDOR_DATABASE_URL", "sqlite::memory:", "must be followed by the path of a file"),
        ("CANDOR_DATABASE_URL", "postgres://h/c?sslmode=verify-full&sslrootcert=/no", "/no"),
        ("CANDOR_DATABASE_URL", "postgres://h:many/c", "CANDOR_DATABASE_URL can't be used"),
        ("CANDOR_REDIS_URL", "redis://h/x", "CANDOR_REDIS_URL"),
        ("CANDOR_SECURITY_CONTACT", "foo", "is neither a mail address nor a URI"),
        ("CANDOR_SECURITY_CONTACT", "mailto:", "is neither"),
        ("CANDOR_SECURITY_CONTACT", "http://example.org/", "is neither"),
        ("CANDOR_SECURITY_CONTACT", "https://", "is neither"),
        ("CANDOR_SECURITY_CONTACT", "tel:ring", "is neither"),
        (
            "CANDOR_SECURITY_CONTACT",
            "https://a.example\nExpires: 1970-01-01T00:00:00Z",
            "is neither",
        ),
    ] {
        let mut given = given(&[(name, value)]);
        let _ = Settings::of(&mut given);
        let [problem] = given.problems.as_slice() else { panic!("{value}: {:?}", given.problems) };
        assert!(problem.contains(why), "{value}: {problem}");
    }
    let ca = [("CANDOR_MAIL_HOST", "mail.example.org"), ("CANDOR_MAIL_CA_FILE", "/dev/zero")];
    let mut given = given(&ca);
    let _ = Settings::of(&mut given);
    assert!(given.problems.join("\n").contains("/dev/zero can't be used"), "{:?}", given.problems);
}

#[test]
fn a_contact_is_a_uri_and_a_bare_mail_address_becomes_one() {
    for (given, uri) in [
        ("security@example.org", Some("mailto:security@example.org")),
        ("a&b?c@example.org", Some("mailto:a%26b%3Fc@example.org")),
        ("mailto:security@example.org", Some("mailto:security@example.org")),
        (
            "mailto:security@example.org?subject=Page",
            Some("mailto:security@example.org?subject=Page"),
        ),
        ("https://example.org/security", Some("https://example.org/security")),
        ("tel:+1-201-555-0123", Some("tel:+1-201-555-0123")),
        ("tel:", None),
        ("ask Ada", None),
        ("javascript:alert(1)", None),
    ] {
        assert_eq!(contact_uri(given).as_deref(), uri, "{given}");
    }
}
