//! Mails to subscribers: what they say ([`notification()`], [`confirmation()`], [`already_subscribed()`]), and how they leave ([`Mailer`]).
//!
//! A mail is made of its arguments alone, so one that has to be sent again is the same to the byte, with the same
//! `Message-ID` and `Date`, so a second copy is recognizable.

mod answer;
pub mod catcher;
mod compose;
mod confirmation;
mod mailbox;
mod mailer;
mod notification;
mod session;
mod settings;
mod template;
mod trial;
mod undelivered;

use candor_content::{link::Links, notification_text::ReaderPreferences};
use candor_core::EmailAddress;
use jiff::Timestamp;
use uuid::Uuid;

pub use confirmation::{already_subscribed, confirmation};
pub use mailbox::{InvalidMailbox, Mailbox};
pub use mailer::{MailAccepted, MailServer, Mailer};
pub use notification::notification;
pub use settings::{InvalidMailSettings, MailSettings, Security};
pub use trial::trial;
pub use undelivered::SmtpError;

/// Whom a mail goes to.
#[derive(Debug, Clone)]
pub struct MailRecipient {
    /// The subscriber's opaque id: in the links.
    pub subscriber: Uuid,
    /// Where the mail goes.
    pub address: EmailAddress,
    /// In which language, and with times of which zone.
    pub reader: ReaderPreferences,
}

/// The data that all mails of a site share, and the identity of this mail.
#[derive(Debug, Clone)]
pub struct MailEnvelope<'a> {
    /// Makes the links.
    pub links: &'a Links,
    /// What the page is called.
    pub site_name: &'a str,
    /// The sender.
    pub from: &'a Mailbox,
    /// The delivery's id: becomes the `Message-ID`.
    pub delivery: Uuid,
    /// When the delivery was made: the `Date`, also of a later try.
    pub date: Timestamp,
}

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// The sender's address for SMTP: where bounces go.
    pub from: Mailbox,
    /// Whom it goes to.
    pub to: EmailAddress,
    /// Its `Message-ID`, with the angle brackets.
    pub message_id: String,
    /// The whole message (RFC 5322), with CRLF line ends.
    pub bytes: Vec<u8>,
}
