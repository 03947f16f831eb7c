//! How mail servers fail, and what each failure means for the next attempt.

use std::{sync::Arc, time::Duration};

use candor_integrations::mail::{
    Mailer, Security, SmtpError,
    catcher::{ClientStage, MailCatcher, Policy, PolicyMoment, Reaction},
};

use crate::support::{PATIENCE, a_mail, mailer_to, settings};

/// Tries to send one mail to a server that reacts so at `stage`, and obliges otherwise.
async fn try_against(stage: ClientStage, reaction: Reaction) -> (Result<(), SmtpError>, usize) {
    let policy =
        Policy::new(
            move |moment: PolicyMoment<'_>| {
                if moment.stage == stage { reaction.clone() } else { Reaction::Obliges }
            },
        );
    let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
    let outcome = mailer_to(&catcher, PATIENCE).send(&a_mail("ann@example.org")).await;
    (outcome.map(drop), catcher.total())
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    let catcher = MailCatcher::start("127.0.0.1:0", Policy::obliging()).await.unwrap();
    let mail = a_mail("ann@example.org");
    let accepted = mailer_to(&catcher, PATIENCE).send(&mail).await.unwrap();
    assert_eq!(accepted.answer, "250 2.0.0 kept");
    let caught = catcher.caught();
    assert_eq!(
        (caught[0].from.as_str(), caught[0].to[0].as_str()),
        ("status@example.org", "ann@example.org")
    );
    assert_eq!(String::from_utf8_lossy(&caught[0].data), String::from_utf8_lossy(&mail.bytes));
}

#[tokio::test]
async fn a_line_that_is_a_dot_does_not_end_the_mail() {
    let catcher = MailCatcher::start("127.0.0.1:0", Policy::obliging()).await.unwrap();
    let mut mail = a_mail("ann@example.org");
    mail.bytes = b".first\r\n\r\n.\r\n..\r\n.\r\nlast\r\n".to_vec();
    mailer_to(&catcher, PATIENCE).send(&mail).await.unwrap();
    assert_eq!(catcher.caught()[0].data, mail.bytes);
}

#[tokio::test]
async fn a_refusal_of_this_mail_is_final_and_others_are_not() {
    let later = [
        (ClientStage::Connect, "421 4.3.2 too busy"),
        (ClientStage::Connect, "554 5.3.2 we don't serve you"),
        (ClientStage::Hello, "550 5.7.1 who are you"),
        (ClientStage::Sender, "451 4.3.0 try again"),
        (ClientStage::Recipient, "450 4.2.1 greylisted"),
        (ClientStage::Recipient, "452 4.2.2 mailbox full"),
        (ClientStage::Data, "451 4.3.0 disk full"),
        (ClientStage::Message, "451 4.3.0 disk full"),
        (ClientStage::Message, "421 4.3.2 shutting down"),
    ];
    let dead = [
        (ClientStage::Recipient, "550 5.1.1 no such user"),
        (ClientStage::Recipient, "550 no such user"),
        (ClientStage::Recipient, "553 5.1.3 bad address"),
        (ClientStage::Data, "554 5.5.0 no valid recipients"),
        (ClientStage::Message, "554 5.6.0 we don't like it"),
        (ClientStage::Message, "552 5.3.4 too big"),
    ];
    let cases = later.map(|case| (case, false)).into_iter().chain(dead.map(|case| (case, true)));
    for ((stage, answer), is_final) in cases {
        let (outcome, kept) = try_against(stage, Reaction::Says(answer.to_owned())).await;
        let undelivered = outcome.expect_err(answer);
        let gone = matches!(undelivered, SmtpError::Dead { .. } | SmtpError::Refused { .. });
        assert_eq!(gone, is_final, "{stage:?} {answer}");
        assert!(
            undelivered.to_string().contains(answer.split(' ').next().unwrap()),
            "{undelivered}"
        );
        assert_eq!(kept, 0);
    }
}

#[tokio::test]
async fn a_lost_connection_is_tried_again_wherever_it_was_lost() {
    let stages = [
        ClientStage::Connect,
        ClientStage::Hello,
        ClientStage::Sender,
        ClientStage::Recipient,
        ClientStage::Data,
        ClientStage::Message,
    ];
    for stage in stages {
        let (outcome, kept) = try_against(stage, Reaction::HangsUp).await;
        let never_served = matches!(stage, ClientStage::Connect | ClientStage::Hello);
        match outcome {
            Err(SmtpError::Unreachable { .. }) => assert!(never_served, "{stage:?}"),
            Err(SmtpError::Later { .. }) => assert!(!never_served, "{stage:?}"),
            other => panic!("{stage:?}: {other:?}"),
        }
        assert_eq!(kept, 0, "{stage:?}");
    }
    // The worst moment: the server has it, and we can't know.
    let (outcome, kept) = try_against(ClientStage::Message, Reaction::KeepsAndHangsUp).await;
    assert!(matches!(outcome, Err(SmtpError::Later { .. })), "{outcome:?}");
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn a_server_that_never_answers_frees_the_slot() {
    let policy = Policy::new(|moment: PolicyMoment<'_>| {
        if moment.recipient == "slow@example.org" { Reaction::Stalls } else { Reaction::Obliges }
    });
    let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
    let mut settings = settings(Security::None, catcher.addr().port());
    settings.host = "127.0.0.1".to_owned();
    settings.connections = 1;
    settings.timeout = Duration::from_secs(1);
    let mailer = Mailer::new(settings).unwrap();
    let slow = mailer.send(&a_mail("slow@example.org")).await;
    assert_eq!(
        slow,
        Err(SmtpError::Later {
            not_before: None,
            error: "the mail server took longer than 1 seconds".to_owned()
        })
    );
    mailer.send(&a_mail("ann@example.org")).await.unwrap();
}

#[tokio::test]
async fn an_unreachable_server_is_tried_again() {
    let catcher = MailCatcher::start("127.0.0.1:0", Policy::obliging()).await.unwrap();
    let mailer = mailer_to(&catcher, PATIENCE);
    let port = catcher.addr().port();
    drop(catcher);
    // The port is closed once the server's task has ended.
    let closed = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, closed).await.unwrap();
    let outcome = mailer.send(&a_mail("ann@example.org")).await;
    let Err(SmtpError::Unreachable { error }) = outcome else { panic!("{outcome:?}") };
    assert!(error.starts_with("the mail server can't be reached"), "{error}");
}

#[tokio::test]
async fn connections_are_few_and_used_again() {
    let connections = Arc::new(std::sync::atomic::AtomicU64::new(0));
    let seen = Arc::clone(&connections);
    let policy = Policy::new(move |moment: PolicyMoment<'_>| {
        seen.fetch_max(moment.connection, std::sync::atomic::Ordering::Relaxed);
        match moment.recipient.strip_prefix("no") {
            Some(_) if moment.stage == ClientStage::Recipient => {
                Reaction::Says("550 5.1.1 unknown".to_owned())
            }
            _ => Reaction::Obliges,
        }
    });
    let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
    let mut settings = settings(Security::None, catcher.addr().port());
    settings.host = "127.0.0.1".to_owned();
    settings.connections = 3;
    let mailer = Mailer::new(settings).unwrap();
    let mut tries = tokio::task::JoinSet::new();
    for number in 0..60 {
        let mailer = mailer.clone();
        let name = if number % 10 == 0 { "no" } else { "yes" };
        tries.spawn(
            async move { mailer.send(&a_mail(&format!("{name}{number}@example.org"))).await },
        );
    }
    let outcomes = tries.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 54);
    assert_eq!(catcher.total(), 54);
    let connections = connections.load(std::sync::atomic::Ordering::Relaxed);
    assert!(connections <= 3, "a refused recipient doesn't cost the connection: {connections}");
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_replaced_without_a_repeat() {
    let policy = Policy::new(|moment: PolicyMoment<'_>| {
        let hangs_up = moment.stage == ClientStage::Message;
        if hangs_up { Reaction::ObligesAndHangsUp } else { Reaction::Obliges }
    });
    let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
    let mailer = mailer_to(&catcher, PATIENCE);
    for _ in 0..5 {
        mailer.send(&a_mail("ann@example.org")).await.unwrap();
    }
    assert_eq!(catcher.total(), 5);
}

#[tokio::test]
async fn a_server_that_limits_mails_per_connection_gets_another_connection() {
    let counts = std::sync::Mutex::new(std::collections::HashMap::<u64, u32>::new());
    let policy = Policy::new(move |moment: PolicyMoment<'_>| {
        if moment.stage != ClientStage::Sender {
            return Reaction::Obliges;
        }
        let mut counts = counts.lock().unwrap();
        let count = counts.entry(moment.connection).or_default();
        *count += 1;
        if *count > 2 {
            Reaction::Says("421 4.7.0 too many mails".to_owned())
        } else {
            Reaction::Obliges
        }
    });
    let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
    let mailer = mailer_to(&catcher, PATIENCE);
    for _ in 0..7 {
        mailer.send(&a_mail("ann@example.org")).await.unwrap();
    }
    assert_eq!(catcher.total(), 7);
}

#[tokio::test]
async fn an_error_names_no_recipient_and_is_one_short_line() {
    let answer = format!("550 5.1.1 <ann@example.org>\u{7} unknown {}", "x".repeat(400));
    let (outcome, _) = try_against(ClientStage::Recipient, Reaction::Says(answer)).await;
    let error = outcome.unwrap_err().to_string();
    assert!(error.starts_with("the recipient was refused: 550 5.1.1 <…> unknown xxx"), "{error}");
    assert!(error.chars().count() <= 241 && !error.chars().any(char::is_control), "{error}");
}

#[tokio::test]
async fn the_servers_words_about_a_recipient_are_not_kept() {
    let taken = "250 2.0.0 <Ann@Example.org> ann@example.org queued".to_owned();
    let policy =
        Policy::new(move |moment: PolicyMoment<'_>| match moment.stage == ClientStage::Message {
            true => Reaction::Says(taken.clone()),
            false => Reaction::Obliges,
        });
    let catcher = MailCatcher::start("127.0.0.1:0", policy).await.unwrap();
    let accepted = mailer_to(&catcher, PATIENCE).send(&a_mail("ann@example.org")).await.unwrap();
    assert_eq!(accepted.answer, "250 2.0.0 <…> … queued");
}

#[tokio::test]
async fn tls_that_was_asked_for_is_never_dropped() {
    // The catcher offers no STARTTLS.
    let catcher = MailCatcher::start("127.0.0.1:0", Policy::obliging()).await.unwrap();
    let mailer = Mailer::new(settings(Security::StartTls, catcher.addr().port())).unwrap();
    let outcome = mailer.send(&a_mail("ann@example.org")).await;
    let Err(SmtpError::Unreachable { error }) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error, "the mail server does not offer STARTTLS");
    assert_eq!(catcher.total(), 0);
}
