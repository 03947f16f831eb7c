//! What real mail servers say when they refuse, and what each answer is about.

use std::collections::BTreeMap;

use candor_integrations::mail::{
    Mailer, SmtpError,
    catcher::{ClientStage, MailCatcher, Policy, Reaction},
};

use crate::support::{PATIENCE, a_mail, settings};

/// What an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    /// This recipient, or this mail: final.
    Gone,
    /// Final, and nobody can tell from it whether it is about this recipient or us.
    Unclear,
    /// This moment.
    Later,
    /// Us, whoever the recipient is.
    Us,
}
use About::{Gone, Later, Unclear, Us};
use ClientStage::{Data, Message, Recipient, Sender};

/// Who says it, when, what, and what it is about.
const ANSWERS: &[(&str, ClientStage, &str, About)] = &[
    (
        "Postfix",
        Recipient,
        "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown in local recipient table",
        Gone,
    ),
    (
        "Postfix",
        Recipient,
        "550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
        Gone,
    ),
    (
        "Postfix",
        Recipient,
        "550 5.1.10 <ann@example.org>: Recipient address rejected: Domain example.org does not accept mail (nullMX)",
        Gone,
    ),
    (
        "Postfix",
        Recipient,
        "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname",
        Us,
    ),
    ("Postfix", Recipient, "501 5.1.3 Bad recipient address syntax", Gone),
    ("Postfix", Recipient, "554 5.7.1 <ann@example.org>: Relay access denied", Us),
    ("Postfix", Recipient, "454 4.7.1 <ann@example.org>: Relay access denied", Us),
    (
        "Postfix",
        Recipient,
        "550 5.1.8 <status@example.org>: Sender address rejected: Domain not found",
        Us,
    ),
    (
        "Postfix",
        Recipient,
        "553 5.7.1 <status@example.org>: Sender address rejected: not owned by user acme",
        Us,
    ),
    (
        "Postfix",
        Recipient,
        "554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked using zen.spamhaus.org",
        Us,
    ),
    (
        "Postfix",
        Recipient,
        "450 4.2.0 <ann@example.org>: Recipient address rejected: Greylisted",
        Later,
    ),
    (
        "Postfix",
        Recipient,
        "450 4.1.1 <ann@example.org>: Recipient address rejected: unverified address: connection timed out",
        Later,
    ),
    ("Postfix", Recipient, "452 4.3.1 Insufficient system storage", Later),
    ("Postfix", Data, "554 5.5.1 Error: no valid recipients", Gone),
    ("Postfix", Message, "552 5.3.4 Message size exceeds fixed limit", Unclear),
    ("Postfix", Message, "550 5.7.1 Message content rejected", Us),
    ("Exim", Recipient, "550 relay not permitted", Us),
    ("Exim", Recipient, "550 Authentication required", Us),
    ("Exim", Recipient, "550 Unrouteable address", Gone),
    ("Exim", Recipient, "550 No Such User Here", Gone),
    ("Exim", Recipient, "550 Administrative prohibition", Us),
    (
        "Exim",
        Recipient,
        "550-Verification failed for <status@example.org>\r\n550-No Such User Here\r\n550 Sender verify failed",
        Us,
    ),
    ("Exim", Recipient, "451 Temporary local problem - please try later", Later),
    ("Sendmail", Recipient, "550 5.1.1 <ann@example.org>... User unknown", Gone),
    (
        "Sendmail",
        Recipient,
        "550 5.7.1 <ann@example.org>... Relaying denied. Proper authentication required.",
        Us,
    ),
    (
        "Sendmail",
        Recipient,
        "550 5.2.1 <ann@example.org>... Mailbox disabled for this recipient",
        Gone,
    ),
    ("Sendmail", Recipient, "551 5.1.6 <ann@example.org>... User has moved", Gone),
    (
        "Sendmail",
        Sender,
        "553 5.1.8 <status@example.org>... Domain of sender address status@example.org does not exist",
        Us,
    ),
    ("Sendmail", Message, "554 5.3.5 Local configuration error", Us),
    (
        "Exchange",
        Recipient,
        "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
        Us,
    ),
    (
        "Exchange",
        Recipient,
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ann@example.org not found by SMTP address lookup",
        Gone,
    ),
    (
        "Microsoft 365",
        Recipient,
        "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
        Gone,
    ),
    ("Microsoft 365", Sender, "530 5.7.57 Client not authenticated to send mail.", Us),
    (
        "Microsoft 365",
        Message,
        "554 5.2.252 SendAsDenied; acme@example.org not allowed to send as status@example.org",
        Us,
    ),
    (
        "Microsoft 365",
        Message,
        "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
        Us,
    ),
    ("Microsoft 365", Message, "550 5.1.8 Access denied, bad outbound sender", Us),
    (
        "Microsoft 365",
        Recipient,
        "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.",
        Us,
    ),
    (
        "Microsoft 365",
        Recipient,
        "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
        Gone,
    ),
    ("Microsoft 365", Recipient, "451 4.7.500 Server busy. Please try again later", Later),
    (
        "Outlook.com",
        Recipient,
        "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).",
        Unclear,
    ),
    (
        "Gmail",
        Recipient,
        "550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 gsmtp",
        Gone,
    ),
    (
        "Gmail",
        Recipient,
        "550-5.2.1 The email account that you tried to reach is inactive.\r\n550 5.2.1 gsmtp",
        Gone,
    ),
    (
        "Gmail",
        Recipient,
        "452-4.2.2 The recipient's inbox is out of storage space.\r\n452 4.2.2 gsmtp",
        Later,
    ),
    (
        "Gmail",
        Recipient,
        "552-5.2.2 The recipient's inbox is out of storage space.\r\n552 5.2.2 gsmtp",
        Later,
    ),
    (
        "Gmail",
        Message,
        "550-5.7.26 Your email has been blocked because the sender is unauthenticated.\r\n550 5.7.26 gsmtp",
        Us,
    ),
    ("Gmail", Recipient, "550-5.4.5 Daily user sending limit exceeded.\r\n550 5.4.5 gsmtp", Us),
    (
        "Gmail",
        Message,
        "421-4.7.28 Gmail has detected an unusual rate of mail originating from your IP address.\r\n421 4.7.28 gsmtp",
        Later,
    ),
    (
        "SES",
        Message,
        "554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: status@example.org",
        Us,
    ),
    ("SES", Message, "554 Message rejected: Sending suspended for this account.", Us),
    ("SES", Message, "454 Throttling failure: Daily message quota exceeded.", Us),
    ("SES", Message, "454 Throttling failure: Maximum sending rate exceeded.", Later),
    (
        "SES",
        Message,
        "554 Access denied: User `arn:aws:iam::1:user/acme' is not authorized to perform `ses:SendRawEmail'",
        Us,
    ),
    ("SES", Sender, "530 Authentication required", Us),
    ("Mailgun", Message, "550 5.7.1 Relaying denied", Us),
    (
        "Mailgun",
        Message,
        "554 Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients.",
        Us,
    ),
    (
        "Mailgun",
        Message,
        "420 4.7.0 Domain example.org is not allowed to send: recipient limit exceeded, try again after the next hour",
        Later,
    ),
    ("Mailgun", Recipient, "550 'to' parameter is not a valid address: invalid recipient", Gone),
    (
        "SendGrid",
        Message,
        "550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.",
        Us,
    ),
    ("SendGrid", Recipient, "550 Unauthenticated senders not allowed", Us),
    ("SendGrid", Message, "451 Authentication failed: Maximum credits exceeded", Us),
    ("SendGrid", Recipient, "452 4.7.1 Too many recipients received this hour", Later),
    (
        "Postmark",
        Message,
        "554 The 'From' address you supplied is not a Sender Signature on your account.",
        Us,
    ),
    (
        "Postmark",
        Message,
        "554 While your account is pending approval, all recipient addresses must share the same domain as the 'From' address.",
        Us,
    ),
    (
        "Postmark",
        Message,
        "554 You tried to send to a recipient that has been marked as inactive.",
        Gone,
    ),
];

#[tokio::test]
async fn answers_of_real_servers_are_classified() {
    let mut wrong = Vec::new();
    let mut counts = BTreeMap::new();
    for (number, (who, stage, answer, about)) in ANSWERS.iter().enumerate() {
        let stage = *stage;
        let policy = Policy::new(move |moment| match moment.stage == stage {
            true => Reaction::Says((*answer).to_owned()),
            false => Reaction::Obliges,
        });
        let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
        let mut settings =
            settings(candor_integrations::mail::Security::None, catcher.addr().port());
        settings.host = "127.0.0.1".to_owned();
        settings.timeout = PATIENCE;
        let refused = Mailer::new(settings).unwrap().send(&a_mail("ann@example.org")).await;
        let seen = match refused.as_ref().expect_err(answer) {
            SmtpError::Dead { .. } => Gone,
            SmtpError::Refused { .. } => Unclear,
            SmtpError::Later { .. } => Later,
            SmtpError::AboutUs { .. } => Us,
            SmtpError::Unreachable { error } => panic!("{number} {who}: {error}"),
        };
        *counts.entry(seen).or_insert(0) += 1;
        if seen != *about {
            wrong.push(format!("{who}, {stage:?}: {answer:?} is about {about:?}, not {seen:?}"));
        }
        let error = refused.unwrap_err().to_string();
        assert!(!error.contains("ann@example.org"), "{error}");
    }
    println!("{} answers: {counts:?}", ANSWERS.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What no table foresees: an unknown answer is as final as its code says, and says nothing of whom it is about.
#[tokio::test]
async fn an_unknown_answer_is_final_and_unclear() {
    let policy = Policy::new(|moment| match moment.stage == Recipient {
        true => Reaction::Says("550 5.0.0 computer says no".to_owned()),
        false => Reaction::Obliges,
    });
    let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
    let mailer = crate::support::mailer_to(&catcher, PATIENCE);
    let refused = mailer.send(&a_mail("ann@example.org")).await;
    assert!(matches!(refused, Err(SmtpError::Refused { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_server_is_asked_as_far_as_a_mail_goes_before_anything_is_sent() {
    for (stage, answer, fine) in [
        (ClientStage::Connect, "554 no", false),
        (ClientStage::Hello, "504 5.5.2 need fully-qualified hostname", false),
        (Sender, "553 5.7.1 not yours", false),
        (Recipient, "550 never asked", true),
    ] {
        let policy = Policy::new(move |moment| match moment.stage == stage {
            true => Reaction::Says(answer.to_owned()),
            false => Reaction::Obliges,
        });
        let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
        let reached = crate::support::mailer_to(&catcher, PATIENCE).reachable().await;
        assert_eq!(reached.is_ok(), fine, "{stage:?}: {reached:?}");
        if let Err(why) = reached {
            assert!(why.to_string().contains(answer.get(..3).unwrap()), "{why}");
        }
        assert_eq!(catcher.total(), 0);
    }
}
