//! The test mail of `candor mail test`.

use candor_content::{language::Language, notification_text::NotificationColor};

use super::{
    MailEnvelope, MailRecipient, OutgoingMail,
    compose::{MailParts, compose},
    template::MailContent,
};

/// A test mail for operators, in English.
#[must_use]
pub fn trial(to: &MailRecipient, envelope: &MailEnvelope<'_>) -> OutgoingMail {
    let subject = format!("Test mail from {}", envelope.site_name);
    let content = MailContent {
        language: Language::ENGLISH,
        tone: NotificationColor::Good,
        heading: "This is a test mail.".to_owned(),
        sentence: "If you can read it, mails from this status page reach you.".to_owned(),
        title: None,
        facts: Vec::new(),
        written: None,
        action: ("Open the status page".to_owned(), envelope.links.site().to_owned()),
        site: (envelope.site_name, envelope.links.site()),
        why: "Somebody who runs this page sent it by hand.".to_owned(),
        choices: Vec::new(),
    };
    let parts = MailParts {
        text: content.to_text(),
        html: content.to_html(&subject),
        subject,
        thread: None,
        unsubscribe_url: None,
    };
    compose(parts, to, envelope)
}
