//! TLS and authentication against aiosmtpd, a mail server that isn't ours.

use std::process::Stdio;

use candor_core::ErrorChain;
use candor_integrations::{
    Credential,
    mail::{MailServer, MailSettings, Mailer, Security, SmtpError},
};
use candor_testkit::{
    Certificate,
    process::{self, HOW_TO_INSTALL},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

use crate::support::{a_mail, settings};

const USER: &str = "candor-user";
const PASSWORD: &str = "a pass-wörd \"with\" signs";

fn password(password: &str) -> Credential {
    Credential::Fixed(password.to_owned())
}

struct Server {
    _child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u16,
    folder: TempDir,
}

impl Server {
    async fn start(mode: &str) -> Self {
        let python = process::python();
        let folder = tempfile::tempdir().unwrap();
        Certificate::of("localhost").write(folder.path());
        let at = |name: &str| folder.path().join(name);
        let mut child = Command::new(&python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/aiosmtpd_server.py"))
            .arg(mode)
            .args([at("server.pem"), at("server.key")])
            .args([USER, PASSWORD])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{python} can't be run ({error}): {HOW_TO_INSTALL}"));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next_line().await.unwrap();
        let port = port.unwrap_or_else(|| panic!("aiosmtpd didn't start: {HOW_TO_INSTALL}"));
        Self { _child: child, lines, port: port.parse().unwrap(), folder }
    }

    fn settings(&self, security: Security) -> MailSettings {
        MailSettings {
            user: Some(USER.to_owned()),
            password: Some(password(PASSWORD)),
            ca_file: Some(self.folder.path().join("ca.pem")),
            ..settings(security, self.port)
        }
    }

    async fn next_mail(&mut self) -> serde_json::Value {
        serde_json::from_str(&self.lines.next_line().await.unwrap().unwrap()).unwrap()
    }
}

async fn a_mail_goes_through(mode: &str, security: Security) {
    let mut server = Server::start(mode).await;
    let mailer = Mailer::new(server.settings(security)).unwrap();
    // Twice over one connection, and once to an address outside ASCII (SMTPUTF8).
    for address in ["ann@example.org", "bo@example.org", "jürgen@example.org"] {
        let mail = a_mail(address);
        mailer.send(&mail).await.unwrap();
        let taken = server.next_mail().await;
        assert_eq!(taken["encrypted"], true);
        assert_eq!(taken["authenticated"], true);
        assert_eq!(taken["to"][0], address);
        assert_eq!(taken["data"].as_str().unwrap().as_bytes(), mail.bytes);
    }
    mailer.close().await;
}

#[tokio::test]
async fn a_mail_goes_through_starttls_and_log_in() {
    a_mail_goes_through("starttls", Security::StartTls).await;
}

#[tokio::test]
async fn a_mail_goes_through_implicit_tls_and_log_in() {
    a_mail_goes_through("tls", Security::Tls).await;
}

#[tokio::test]
async fn a_wrong_password_loses_no_mail_and_shows_nothing() {
    let server = Server::start("starttls").await;
    let mut settings = server.settings(Security::StartTls);
    settings.password = Some(password("guessed"));
    assert!(!format!("{settings:?}").contains("guessed"));
    let mailer = Mailer::new(settings).unwrap();
    let error = "logging in to the mail server was refused (535)".to_owned();
    let unreachable = SmtpError::Unreachable { error };
    assert_eq!(mailer.send(&a_mail("ann@example.org")).await, Err(unreachable));
    // Servers lock accounts that knock too often.
    let error = "logging in to the mail server was refused just now".to_owned();
    assert_eq!(mailer.reachable().await, Err(SmtpError::Unreachable { error }));
    let reached = Mailer::new(server.settings(Security::StartTls)).unwrap().reachable().await;
    assert_eq!(reached, Ok(MailServer { encrypted: true, utf8: true }));
}

#[tokio::test]
async fn a_password_in_a_file_is_read_for_each_log_in() {
    let server = Server::start("starttls").await;
    let file = server.folder.path().join("password");
    let mut settings = server.settings(Security::StartTls);
    settings.password = Some(Credential::File(file.clone()));
    let mailer = Mailer::new(settings).unwrap();
    let Err(SmtpError::Unreachable { error }) = mailer.reachable().await else { panic!() };
    assert!(error.starts_with("the mail password can't be used: the secret's file "), "{error}");
    std::fs::write(&file, PASSWORD).unwrap();
    assert_eq!(mailer.reachable().await, Ok(MailServer { encrypted: true, utf8: true }));
}

#[tokio::test]
async fn without_logging_in_the_server_refuses_and_the_mail_waits() {
    let server = Server::start("starttls").await;
    let settings =
        MailSettings { user: None, password: None, ..server.settings(Security::StartTls) };
    let outcome = Mailer::new(settings).unwrap().send(&a_mail("ann@example.org")).await;
    let Err(SmtpError::AboutUs { error }) = outcome else { panic!("{outcome:?}") };
    assert!(error.starts_with("our sender was refused: 530"), "{error}");
}

#[tokio::test]
async fn an_untrusted_certificate_gets_no_password() {
    for (mode, security) in [("starttls", Security::StartTls), ("tls", Security::Tls)] {
        let server = Server::start(mode).await;
        let settings = MailSettings { ca_file: None, ..server.settings(security) };
        let outcome = Mailer::new(settings).unwrap().send(&a_mail("ann@example.org")).await;
        let Err(SmtpError::Unreachable { error }) = outcome else { panic!("{outcome:?}") };
        assert!(error.contains("UnknownIssuer"), "{error}");
    }
}

#[test]
fn settings_that_contradict_themselves_are_refused_with_a_sentence() {
    let good = || settings(Security::StartTls, 587);
    let cases = [
        (MailSettings { host: " ".to_owned(), ..good() }, "the mail server has no name"),
        (MailSettings { user: Some("u".to_owned()), ..good() }, "the mail user has no password"),
        (
            MailSettings { password: Some(password("p")), ..good() },
            "there is a mail password, but no user",
        ),
        (
            MailSettings { ca_file: Some("/nowhere/ca.pem".into()), ..good() },
            "the CA file /nowhere/ca.pem can't be used: No such file or directory (os error 2)",
        ),
    ];
    for (settings, sentence) in cases {
        let error = Mailer::new(settings).unwrap_err();
        assert_eq!(ErrorChain(&error).to_string(), sentence);
    }
}
