//! Puts a message together: headers, a text part and an HTML part (RFC 5322, RFC 2046).

use std::time::SystemTime;

use lettre::message::{
    MultiPart, SinglePart,
    header::{Date, From, HeaderName, HeaderValue, Headers, MIME_VERSION_1_0},
};
use uuid::Uuid;

use super::{MailEnvelope, MailRecipient, OutgoingMail};

/// What a mail consists of, besides its envelope.
pub(super) struct MailParts {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    /// What the mail belongs to: mails with the same thread are shown together.
    pub(super) thread: Option<String>,
    /// Where one click ends the subscription (RFC 8058).
    pub(super) unsubscribe_url: Option<String>,
}

/// The message. The same arguments give the same bytes.
pub(super) fn compose(
    parts: MailParts,
    to: &MailRecipient,
    envelope: &MailEnvelope<'_>,
) -> OutgoingMail {
    let host = envelope.links.host();
    let message_id = format!("<{}@{host}>", envelope.delivery);
    let mut headers = Headers::new();
    // Every time from the log fits.
    headers.set(Date::new(SystemTime::try_from(envelope.date).unwrap_or(SystemTime::UNIX_EPOCH)));
    headers.set(From::from(lettre::message::Mailboxes::new().with(envelope.from.to_lettre())));
    headers.insert_raw(verbatim("To", to.address.as_str()));
    headers.insert_raw(HeaderValue::new(name("Subject"), header_text(&parts.subject)));
    headers.insert_raw(verbatim("Message-ID", &message_id));
    if let Some(thread) = &parts.thread {
        // The first mail of a thread refers to a mail that never was: whichever one arrives first, they hang together.
        let root = format!("<{}@{host}>", Uuid::new_v5(&to.subscriber, thread.as_bytes()));
        headers.insert_raw(verbatim("In-Reply-To", &root));
        headers.insert_raw(verbatim("References", &root));
    }
    // RFC 2919: a name that stays the same, to filter by.
    headers.insert_raw(verbatim("List-Id", &format!("<updates.{host}>")));
    if let Some(url) = &parts.unsubscribe_url {
        headers.insert_raw(verbatim("List-Unsubscribe", &format!("<{url}>")));
        headers.insert_raw(verbatim("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    // RFC 3834, and the same for Exchange: no out-of-office answers, please.
    headers.insert_raw(verbatim("Auto-Submitted", "auto-generated"));
    headers.insert_raw(verbatim("X-Auto-Response-Suppress", "All"));
    headers.set(MIME_VERSION_1_0);

    let body = MultiPart::alternative()
        // lettre's own boundary is random, and the mail has to be the same when it is sent again.
        .boundary(format!("candor-{}", envelope.delivery.simple()))
        .singlepart(SinglePart::plain(parts.text))
        .singlepart(SinglePart::html(parts.html));
    let mut bytes = headers.to_string().into_bytes();
    bytes.extend(body.formatted());
    OutgoingMail { from: envelope.from.clone(), to: to.address.clone(), message_id, bytes }
}

fn name(name: &'static str) -> HeaderName {
    HeaderName::new_from_ascii_str(name)
}

/// A value that needs no encoding and has no place to break the line.
fn verbatim(header: &'static str, value: &str) -> HeaderValue {
    let value: String = value.chars().filter(|c| !c.is_control()).collect();
    HeaderValue::dangerous_new_pre_encoded(name(header), value.clone(), value)
}

/// Free text as one header line: no control character survives, and nothing passes for an encoded word (RFC 2047).
fn header_text(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").replace("=?", "= ?")
}
