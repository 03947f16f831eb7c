//! `candor health`, and `candor check`, which tries what the settings name.

use std::io::{Read as _, Write as _};

use candor_integrations::mail::catcher::Policy;
use candor_testkit::{
    Cluster, RedisServer, free_address, mailbox::MailSink, site::Installation, until,
};

use crate::fleet::Fleet;

const WRONG: i32 = 2;

#[test]
fn each_kind_of_process_reports_its_health() {
    let fleet = Fleet::new(None, Policy::obliging());
    let worker = fleet.worker().started();
    let alone = Installation::new().started();
    for site in [&fleet.web, &worker, &alone] {
        until("it to be well", || site.candor(&["health"]).status.success().then_some(()));
    }
    let without_admin = Installation::new().with("ADMIN_LISTEN", "off").started();
    assert_eq!(without_admin.candor(&["health"]).well(), "healthy\n");
    let url = format!("http://{}/healthcheck/", worker.admin);
    assert_eq!(alone.candor(&["health", "--url", &url]).well(), "healthy\n");
}

#[test]
fn a_process_that_does_not_answer_or_answers_503_is_unhealthy() {
    let cluster = Cluster::start("", &[]);
    let site = Installation::new().with("DATABASE_URL", cluster.database()).started();
    until("it to be well", || site.candor(&["health"]).status.success().then_some(()));
    cluster.stop();
    until("it to be unwell", || (!site.candor(&["health"]).status.success()).then_some(()));
    let red = site.candor(&["health"]).failed(1);
    assert!(red.contains("503"), "{red}");
    let absent = Installation::new().candor(&["health"]).failed(1);
    assert!(absent.contains("not healthy"), "{absent}");
    let odd = site.candor(&["health", "--url", "https://status.example.org"]).failed(2);
    println!("{red}\n{absent}\n{odd}");
}

#[test]
fn the_usual_admin_port_may_be_taken_and_a_given_one_may_not() {
    let sites = [
        Installation::new().without("ADMIN_LISTEN").started(),
        Installation::new().without("ADMIN_LISTEN").started(),
    ];
    let address = |site: &Installation| {
        let log = site.logged();
        let at = log.split("metrics and health are at http://").nth(1).expect(&log);
        at.split('/').next().unwrap().to_owned()
    };
    let addresses = [address(&sites[0]), address(&sites[1])];
    assert_ne!(addresses[0], addresses[1]);
    for address in &addresses {
        let url = format!("http://{address}/livez");
        assert_eq!(sites[0].candor(&["health", "--url", &url]).well(), "healthy\n");
    }
    let second =
        Installation::new().with("ADMIN_LISTEN", &addresses[0]).candor(&["serve"]).failed(1);
    assert!(second.contains(&addresses[0]) && second.contains("CANDOR_ADMIN_LISTEN"), "{second}");
}

#[test]
fn check_tests_everything_and_names_what_to_fix() {
    let cluster = Cluster::start("", &[]);
    let redis = RedisServer::start_with(&["--requirepass", "hunter2"]);
    let mailbox = MailSink::open();
    let site = Installation::new()
        .with("DATABASE_URL", cluster.database())
        .with("REDIS_URL", redis.url().replace("//", "//:hunter2@"))
        .mailing_to(mailbox.address);
    let good = site.candor(&["check"]).well();
    for part in ["PostgreSQL", "Redis 7", "takes mails from", "WARNING", "set CANDOR_SITE_URL"] {
        assert!(good.contains(part), "{part}: {good}");
    }
    site.candor(&["migrate"]).well();
    assert!(site.candor(&["check"]).well().contains("its schema is up to date"));

    let nobody = free_address();
    let wrong = site
        .with("DATABASE_URL", format!("postgres://candor:hunter2@{nobody}/candor"))
        .with("REDIS_URL", redis.url().replace("//", "//:hunter3@"))
        .with("MAIL_PORT", free_address().port());
    let said = wrong.candor(&["check"]);
    let all = said.stdout.clone() + &said.stderr;
    for password in ["hunter2", "hunter3"] {
        assert!(!all.contains(password), "a password is never shown: {all}");
    }
    let found: Vec<_> = said.stdout.lines().filter(|line| line.contains("BAD")).collect();
    assert_eq!(found.len(), 3, "{all}");
    println!("{}", found.join("\n"));
    let sentence = said.failed(1);
    assert!(sentence.contains("database, redis, mail"), "{sentence}");
    assert!(wrong.candor(&["check", "--offline"]).well().contains("all settings are fine"));
}

/// A mail server that only listens, or doesn't want our mails, is not "good".
#[test]
fn check_speaks_to_the_mail_server_as_a_mail_would_and_a_test_mail_is_sent_by_hand() {
    let off = Installation::new().candor(&["check"]).well();
    let off = off.lines().find(|line| line.starts_with("mail ")).unwrap();
    assert!(off.contains("off") && off.contains("the form doesn't offer it"), "{off}");
    Installation::new().candor(&["mail", "test", "ann@example.org"]).failed(WRONG);

    let public = || Installation::new().with("SITE_URL", "https://status.example.org");
    let choosy =
        MailSink::refusing("553 5.7.1 <status@status.example.org>: Sender address rejected");
    let site = public().mailing_to(choosy.address);
    let said = site.candor(&["check"]).failed(1);
    assert!(said.contains("mail"), "{said}");
    let why = site.candor(&["mail", "test", "ann@example.org"]).failed(1);
    assert!(why.contains("did not take the mail: our sender was refused: 553 5.7.1"), "{why}");

    let mailbox = MailSink::open();
    let site = public().mailing_to(mailbox.address);
    let good = site.candor(&["check"]).well();
    let good = good.lines().find(|line| line.starts_with("mail ")).unwrap();
    assert!(good.contains("takes mails from status@example.org"), "{good}");
    assert!(good.contains("EHLO status.example.org") && !good.contains("WARNING"), "{good}");
    let sent = site.candor(&["mail", "test", "ann@example.org"]).well();
    assert!(sent.contains("took the mail: 250"), "{sent}");
}

#[test]
fn check_leaves_no_trace_of_a_database_that_is_not_there_yet() {
    let site = Installation::new();
    assert!(site.candor(&["check"]).well().contains("is made at the first start"));
    assert!(!site.data_dir().exists());
}

#[test]
fn check_warns_of_a_proxy_that_forwards_visitors_but_is_not_trusted() {
    let site = Installation::new().started();
    assert!(!site.candor(&["check"]).well().contains("warning: X-Forwarded-For"));
    let mut stream = std::net::TcpStream::connect(site.address).unwrap();
    let request =
        "GET /events HTTP/1.1\r\nHost: status.example.org\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    stream.read_exact(&mut [0; 12]).unwrap();
    let said = site.candor(&["check"]).well();
    assert!(
        said.contains("warning: X-Forwarded-For comes from") && said.contains("so far: 1)"),
        "{said}"
    );
    let logged = site.logged();
    assert!(
        logged.contains("X-Forwarded-For was not believed") && logged.contains("127.0.0.1"),
        "{logged}"
    );
}
