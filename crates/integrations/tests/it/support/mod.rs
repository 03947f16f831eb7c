//! A site, a subscriber and a notification to write mails with.

use std::time::Duration;

use candor_content::{link::Links, notification_text::ReaderPreferences};
use candor_core::{EmailAddress, Notification};
use candor_integrations::mail::{
    MailEnvelope, MailRecipient, MailSettings, Mailbox, Mailer, OutgoingMail, Security,
    catcher::MailCatcher, notification,
};
use jiff::Timestamp;
use uuid::Uuid;

pub(crate) const KEY: [u8; 32] = [7; 32];

/// Long enough for a busy machine; a test that waits for it has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Site {
    pub(crate) links: Links,
    pub(crate) from: Mailbox,
    pub(crate) name: String,
}

impl Site {
    pub(crate) fn new() -> Self {
        Self {
            links: Links::new("https://status.example.org", &KEY).unwrap(),
            from: Mailbox::parse("Acme Tickets <status@example.org>").unwrap(),
            name: "Acme Tickets".to_owned(),
        }
    }

    pub(crate) fn envelope(&self, delivery: u128) -> MailEnvelope<'_> {
        MailEnvelope {
            links: &self.links,
            site_name: &self.name,
            from: &self.from,
            delivery: Uuid::from_u128(delivery),
            date: time("2026-11-21T14:08:00Z"),
        }
    }
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn recipient(address: &str) -> MailRecipient {
    MailRecipient {
        subscriber: Uuid::from_u128(0xA11CE),
        address: EmailAddress::parse(address).unwrap(),
        reader: ReaderPreferences::default(),
    }
}

/// An outage as it was just confirmed, changed by `change`: the JSON that stands in the outbox.
pub(crate) fn a_notification(change: serde_json::Value) -> Notification {
    let mut notification = serde_json::json!({
        "seq": 12, "reason": "confirmed", "incident": 7, "path": "/2026-11-21/7",
        "title": "Checkout and ticket shop unavailable", "status": "confirmed", "severity": "outage",
        "text": "Our team has confirmed an outage of the ticket shop.\nWe will write again by **14:25 UTC**.",
        "at": "2026-11-21T14:08:00Z", "started_at": "2026-11-21T14:05:00Z",
    });
    for (name, value) in change.as_object().unwrap() {
        notification[name] = value.clone();
    }
    serde_json::from_value(notification).unwrap()
}

pub(crate) fn a_mail(address: &str) -> OutgoingMail {
    notification(
        &a_notification(serde_json::json!({})),
        &recipient(address),
        &Site::new().envelope(1),
    )
}

/// A mailer for the catcher that gives up after `timeout`.
pub(crate) fn mailer_to(catcher: &MailCatcher, timeout: Duration) -> Mailer {
    let mut settings = settings(Security::None, catcher.addr().port());
    settings.host = "127.0.0.1".to_owned();
    settings.timeout = timeout;
    Mailer::new(settings).unwrap()
}

pub(crate) fn settings(security: Security, port: u16) -> MailSettings {
    let from = Mailbox::parse("Acme Tickets <status@example.org>").unwrap();
    MailSettings { port, timeout: PATIENCE, ..MailSettings::new("localhost", security, from) }
}
