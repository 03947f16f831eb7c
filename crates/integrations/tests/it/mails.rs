//! What subscribers read in a mail, and what their mail programs are told.

use candor_content::notification_text::NotificationBody;
use candor_integrations::mail::{
    Mailbox, OutgoingMail, catcher::CaughtMail, confirmation, notification,
};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use crate::support::{Site, a_mail, a_notification, recipient, time};

/// The mail as a catcher would hold it, to read it.
fn read(mail: &OutgoingMail) -> CaughtMail {
    CaughtMail {
        from: mail.from.address().to_string(),
        to: vec![mail.to.to_string()],
        data: mail.bytes.clone(),
        at: time("2026-11-21T14:08:01Z"),
    }
}

fn mail_about(change: serde_json::Value) -> CaughtMail {
    let site = Site::new();
    read(&notification(&a_notification(change), &recipient("ann@example.org"), &site.envelope(1)))
}

#[test]
fn the_headers_have_what_mail_programs_need() {
    let headers = mail_about(json!({})).headers();
    let headers: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    insta::assert_snapshot!(headers.join("\n"));
}

#[test]
fn every_reason_has_its_own_words() {
    let planned = json!({ "starts_at": "2026-11-23T02:00:00Z", "ends_at": "2026-11-23T02:30:00Z" });
    let cases = [
        json!({}),
        json!({ "severity": "partial" }),
        json!({ "severity": "bug" }),
        json!({ "severity": "notice" }),
        json!({ "reason": "watching", "status": "watching" }),
        json!({ "reason": "resolved", "status": "resolved", "ended_at": "2026-11-21T15:17:00Z" }),
        json!({ "reason": "asked-by-operator" }),
        json!({ "reason": "asked-by-operator", "status": "resolved", "ended_at": "2026-11-24T14:05:00Z" }),
        json!({ "reason": "maintenance-planned", "status": "planned", "severity": "maintenance", "window": planned }),
        json!({ "reason": "maintenance-started", "severity": "maintenance", "window": planned, "text": null }),
        json!({ "reason": "maintenance-ended", "status": "resolved", "severity": "maintenance", "window": planned,
            "started_at": "2026-11-23T02:00:00Z", "ended_at": "2026-11-23T02:10:00Z" }),
        json!({ "reason": "maintenance-canceled", "status": "resolved", "severity": "maintenance",
            "window": { "starts_at": "2026-11-23T23:00:00Z", "ends_at": "2026-11-24T01:00:00Z" } }),
    ];
    let texts: Vec<_> = cases.map(|change| mail_about(change).text().unwrap()).into();
    insta::assert_snapshot!(texts.join("\n\n==========\n\n"));
}

#[test]
fn a_notice_mentions_no_fix() {
    let window = json!({ "starts_at": "2026-11-23T02:00:00Z", "ends_at": "2026-11-23T02:30:00Z" });
    let said = |mut change: serde_json::Value| {
        for (name, value) in [("text", json!(null)), ("title", json!("Office"))] {
            change[name] = value;
        }
        mail_about(change).text().unwrap().replace("\r\n", "\n")
    };
    let work = |reason: &str, status: &str| {
        said(
            json!({ "reason": reason, "status": status, "severity": "maintenance", "window": window }),
        )
    };
    let notification = |reason: &str| {
        said(json!({ "reason": reason, "status": "watching", "severity": "notice" }))
    };
    let (watched, news) = (work("watching", "watching"), work("asked-by-operator", "watching"));
    assert!(watched.contains("Maintenance complete, monitoring"), "{watched}");
    assert!(news.contains("Update on the maintenance"), "{news}");
    for mail in [watched, news, notification("watching"), notification("asked-by-operator")] {
        let mail = mail.to_lowercase();
        assert!(!mail.contains("fix") && !mail.contains("work again"), "{mail}");
    }
    let called_off = work("asked-by-operator", "resolved");
    assert!(called_off.contains("The planned maintenance will not take place."), "{called_off}");
    assert!(!called_off.contains("has been resolved"), "{called_off}");
}

#[test]
fn words_that_a_newer_status_overtook_are_in_its_mail() {
    let unsent = json!([
        { "seq": 9, "at": "2026-11-21T14:06:00Z", "text": "Please change your password **now**." },
        { "seq": 10, "at": "2026-11-21T14:07:00Z", "text": "We found the cause." },
    ]);
    let change = json!({ "reason": "resolved", "status": "resolved", "text": "It is over.", "unsent": unsent,
        "ended_at": "2026-11-21T14:08:00Z" });
    let mail = mail_about(change.clone());
    let (text, html) = (mail.text().unwrap(), mail.html().unwrap());
    let places = |said: &str, words: [&str; 5]| words.map(|words| said.find(words).expect(words));
    let times = ["Sat 21 Nov, 14:07 UTC", "Sat 21 Nov, 14:06 UTC"];
    let [later, earlier] = times;
    let newest_first =
        ["It is over.", later, "We found the cause.", earlier, "Please change your password"];
    assert!(places(&text, newest_first).is_sorted(), "{text}");
    assert!(places(&html, newest_first).is_sorted(), "{html}");
    let mut without = change;
    without["text"] = serde_json::Value::Null;
    assert!(mail_about(without).text().unwrap().contains("Please change your password now."));
}

#[test]
fn the_last_mail_of_a_subscription_to_one_incident_says_so() {
    let about = a_notification(json!({ "reason": "resolved", "status": "resolved" }));
    let news = NotificationBody { notification: &about, ends_subscription: true };
    let mail = read(&notification(news, &recipient("ann@example.org"), &Site::new().envelope(1)));
    let text = mail.text().unwrap();
    assert!(text.contains("your subscription to it has ended"), "{text}");
    assert!(!text.contains("/subscription/"), "there is nothing left to change: {text}");
}

#[test]
fn the_html_of_an_outage() {
    insta::assert_snapshot!(mail_about(json!({})).html().unwrap());
}

#[test]
fn the_confirmation_asks_and_offers_nothing_to_leave() {
    let site = Site::new();
    let mail = read(&confirmation(&recipient("ann@example.org"), &site.envelope(2)));
    assert_eq!(mail.header("list-unsubscribe"), None);
    assert_eq!(mail.header("references"), None);
    assert_eq!(mail.header("auto-submitted").unwrap(), "auto-generated");
    insta::assert_snapshot!(format!(
        "{}\n\n{}",
        mail.header("subject").unwrap(),
        mail.text().unwrap()
    ));
}

#[test]
fn one_click_and_the_visible_link_leave_the_same_list() {
    let mail = mail_about(json!({}));
    let header = mail.header("List-Unsubscribe").unwrap();
    let url = header.trim_matches(['<', '>']);
    assert_eq!(mail.header("List-Unsubscribe-Post").unwrap(), "List-Unsubscribe=One-Click");
    assert!(mail.text().unwrap().contains(url));
    assert!(mail.html().unwrap().contains(url));
    let token = url.strip_prefix("https://status.example.org/unsubscribe/").unwrap();
    assert_eq!(
        Site::new().links.read_unsubscribe(token),
        Some(recipient("ann@example.org").subscriber)
    );
}

#[test]
fn one_incident_is_one_thread_for_each_subscriber() {
    let site = Site::new();
    let thread_of = |change, to: &candor_integrations::mail::MailRecipient, delivery| {
        let mail = read(&notification(&a_notification(change), to, &site.envelope(delivery)));
        let references = mail.header("references").unwrap();
        assert_eq!(mail.header("in-reply-to"), Some(references.clone()));
        assert_ne!(mail.header("message-id"), Some(references.clone()));
        (mail.header("subject").unwrap(), references)
    };
    let ann = recipient("ann@example.org");
    let confirmed = thread_of(json!({}), &ann, 1);
    let resolved = thread_of(json!({ "reason": "resolved", "status": "resolved" }), &ann, 2);
    assert_eq!(confirmed.1, resolved.1, "the status changes, the thread doesn't");
    let title = "Checkout and ticket shop unavailable (Acme Tickets)";
    assert_eq!(confirmed.0, format!("Outage confirmed: {title}"));
    assert_eq!(resolved.0, format!("Resolved: {title}"));
    assert_ne!(confirmed.1, thread_of(json!({ "incident": 8 }), &ann, 3).1);
    let bo = candor_integrations::mail::MailRecipient { subscriber: Uuid::from_u128(0xB0), ..ann };
    assert_ne!(confirmed.1, thread_of(json!({}), &bo, 4).1);
}

#[test]
fn a_mail_that_is_sent_again_is_the_same_to_the_byte() {
    assert_eq!(a_mail("ann@example.org"), a_mail("ann@example.org"));
    let site = Site::new();
    let other =
        notification(&a_notification(json!({})), &recipient("ann@example.org"), &site.envelope(9));
    assert_ne!(other.message_id, a_mail("ann@example.org").message_id);
}

#[test]
fn texts_of_all_scripts_arrive_as_they_were_written() {
    let text = "Der Käufer sieht „Fehler“. 🎟️\n\nמערכת הכרטיסים אינה זמינה\n\n<script>alert(1)</script>\n\n[x](javascript:1)";
    let mail = mail_about(json!({ "title": "Störung: 券売機 down 🎟️", "text": text }));
    let subject = "Outage confirmed: Störung: 券売機 down 🎟️ (Acme Tickets)";
    assert_eq!(mail.header("subject").unwrap(), subject);
    let (plain, html) = (mail.text().unwrap(), mail.html().unwrap());
    for line in ["Der Käufer sieht „Fehler“. 🎟️", "מערכת הכרטיסים אינה זמינה"]
    {
        assert!(plain.contains(line) && html.contains(line));
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    assert!(!html.contains("<script") && !html.contains("javascript:"));
}

#[test]
fn nothing_is_fetched_when_a_mail_is_opened() {
    let html =
        mail_about(json!({ "text": "![pixel](https://tracker.example/p.gif)" })).html().unwrap();
    for fetched in ["<img", "src=", "<link", "@import", "url(", "<script", "background="] {
        assert!(!html.contains(fetched), "{fetched}");
    }
}

#[test]
fn a_sender_is_read_as_people_write_it() {
    for (given, shown) in [
        ("status@example.org", "status@example.org"),
        ("Acme Status <status@example.org>", "Acme Status <status@example.org>"),
        ("\"Acme, Inc.\" <Status@EXAMPLE.org>", "Acme, Inc. <Status@example.org>"),
        ("Störung <status@example.org>", "Störung <status@example.org>"),
        ("<status@example.org>", "status@example.org"),
    ] {
        assert_eq!(Mailbox::parse(given).unwrap().to_string(), shown);
    }
    for wrong in
        ["", "Acme", "Acme <>", "a@b@", "Acme <a@example.org", "A\r\nBcc: x <a@example.org>"]
    {
        Mailbox::parse(wrong).expect_err(wrong);
    }
}

#[test]
fn a_sender_with_a_difficult_name_is_in_the_header() {
    let mut site = Site::new();
    for name in ["Acme, Inc. \"status\"", "Acme, Inc.", "Störung", "a@b: <c>"] {
        site.from = Mailbox::parse(&format!("{name} <status@example.org>")).unwrap();
        let mail = read(&confirmation(&recipient("ann@example.org"), &site.envelope(1)));
        let (raw, decoded) = (raw_header(&mail, "From"), mail.header("from").unwrap());
        assert!(raw.starts_with('"') || raw.starts_with("=?utf-8?"), "quoted or encoded: {raw}");
        assert_eq!(
            decoded.replace('"', ""),
            format!("{} <status@example.org>", name.replace('"', ""))
        );
    }
}

fn raw_header(mail: &CaughtMail, name: &str) -> String {
    mail.headers().into_iter().find(|(known, _)| known == name).unwrap().1
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_title_or_name_can_add_a_header_or_break_a_line(
        title in "[a-zé\r\n\t\u{0}-\u{1f}\u{7f}\u{85}\u{2028}<>:;=?\"💥 ]{1,200}",
        name in "[a-zé\r\n\u{0}-\u{1f}\u{85}\u{2028}<>:;=?\" ]{0,120}",
        text in "[a-zé\r\n\t. <>=-]{1,1500}",
    ) {
        // Straight from JSON, so not cleaned by the types of the domain.
        let about = a_notification(json!({ "title": title, "text": text }));
        let site = Site { name, ..Site::new() };
        let to = recipient("ann@example.org");
        for (mail, count) in [(notification(&about, &to, &site.envelope(1)), 14), (confirmation(&to, &site.envelope(1)), 10)] {
            let message = String::from_utf8(mail.bytes.clone()).unwrap();
            prop_assert!(message.is_ascii());
            prop_assert!(message.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n', '\0'])), "{}", message);
            let caught = read(&mail);
            let headers = caught.headers();
            prop_assert_eq!(headers.len(), count, "{:?}", headers);
            for (name, value) in &headers {
                prop_assert!(!value.chars().any(|c| c.is_control() && c != '\t'), "{}: {:?}", name, value);
            }
            prop_assert!(!caught.header("subject").unwrap().chars().any(char::is_control));
            prop_assert!(caught.text().is_some() && caught.html().is_some());
        }
    }
}
