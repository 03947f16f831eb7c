//! The mail catcher speaks SMTP as a server does.

use candor_integrations::mail::catcher::{
    ClientStage, MailCatcher, Policy, PolicyMoment, Reaction,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::support::PATIENCE;

/// Says each line and returns what was answered to each, the last line only.
async fn talk(catcher: &MailCatcher, lines: &[&str]) -> Vec<String> {
    let (reader, mut writer) = TcpStream::connect(catcher.addr()).await.unwrap().into_split();
    let mut reader = BufReader::new(reader);
    let mut answers = Vec::new();
    for line in std::iter::once(&"").chain(lines) {
        if !line.is_empty() {
            writer.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        }
        loop {
            let mut answer = String::new();
            reader.read_line(&mut answer).await.unwrap();
            if answer.as_bytes().get(3) != Some(&b'-') {
                answers.push(answer.chars().take(3).collect());
                break;
            }
        }
    }
    answers
}

#[tokio::test]
async fn it_takes_a_mail_byte_for_byte() {
    let catcher = MailCatcher::start("127.0.0.1:0", Policy::obliging()).await.unwrap();
    let mut arrivals = catcher.listen();
    let said = [
        "HELO me",
        "mail from:<>",
        "RCPT TO:<a@example.org> SIZE=3",
        "rcpt to:<b@example.org>",
        "DATA",
        "Subject: dots\r\n\r\n..one\r\n.\r\n..\r\n.",
        "NOOP",
        "RSET",
        "QUIT",
    ];
    // The lonely dot in the middle ends the message; what follows it are commands again.
    let answers = talk(&catcher, &said).await;
    assert_eq!(answers, ["220", "250", "250", "250", "250", "354", "250", "502", "502", "250"]);
    let mail = arrivals.recv().await.unwrap();
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        ("", &["a@example.org".to_owned(), "b@example.org".to_owned()][..])
    );
    assert_eq!(mail.data, b"Subject: dots\r\n\r\n.one\r\n");
    assert_eq!(catcher.wait_for(1, PATIENCE).await.len(), 1);
}

#[tokio::test]
async fn it_insists_on_the_order_of_commands() {
    let catcher = MailCatcher::start("127.0.0.1:0", Policy::obliging()).await.unwrap();
    let said = [
        "EHLO me",
        "DATA",
        "RCPT TO:<a@example.org>",
        "MAIL to you",
        "MAIL FROM:<a@example.org>",
        "RSET",
        "DATA",
        "HELP",
    ];
    assert_eq!(
        talk(&catcher, &said).await,
        ["220", "250", "503", "503", "501", "250", "250", "503", "502"]
    );
}

#[tokio::test]
async fn it_keeps_only_the_newest() {
    let catcher = MailCatcher::start_keeping("127.0.0.1:0", Policy::obliging(), 2).await.unwrap();
    for number in 1..=3 {
        let subject = format!("Subject: {number}\r\n\r\n.");
        talk(
            &catcher,
            &["MAIL FROM:<a@example.org>", "RCPT TO:<b@example.org>", "DATA", &subject, "QUIT"],
        )
        .await;
    }
    let kept: Vec<_> =
        catcher.caught().iter().map(|mail| mail.header("subject").unwrap()).collect();
    assert_eq!((kept, catcher.total()), (vec!["2".to_owned(), "3".to_owned()], 3));
}

#[tokio::test]
async fn the_policy_sees_what_happens() {
    let policy = Policy::new(|moment: PolicyMoment<'_>| {
        match (moment.stage, moment.connection, moment.recipient) {
            (ClientStage::Connect, 2, _) => Reaction::Says("421 4.3.2 not today".to_owned()),
            (ClientStage::Recipient, _, "no@example.org") => {
                Reaction::Says("550 5.1.1 unknown".to_owned())
            }
            _ => Reaction::Obliges,
        }
    });
    let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
    let said = [
        "MAIL FROM:<a@example.org>",
        "RCPT TO:<no@example.org>",
        "DATA",
        "RCPT TO:<yes@example.org>",
        "DATA",
        "Hi.\r\n.",
    ];
    assert_eq!(talk(&catcher, &said).await, ["220", "250", "550", "503", "250", "354", "250"]);
    assert_eq!(catcher.caught()[0].to, ["yes@example.org"]);
    assert_eq!(talk(&catcher, &[]).await, ["421"]);
}
