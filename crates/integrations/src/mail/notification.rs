//! The mail that notifies a subscriber.

use candor_content::notification_text::{NotificationBody, NotificationWords};

use super::{
    MailEnvelope, MailRecipient, OutgoingMail,
    compose::{MailParts, compose},
    template::{self, MailContent},
};

/// The mail that notifies `to`.
///
/// The subject begins with the status, so that a locked screen shows whether something began or ended. All mails about
/// one incident refer to the same root: mail programs that don't go by the subject make them one thread.
#[must_use]
pub fn notification<'a>(
    message: impl Into<NotificationBody<'a>>,
    to: &MailRecipient,
    envelope: &MailEnvelope<'_>,
) -> OutgoingMail {
    let NotificationBody { notification, ends_subscription } = message.into();
    let language = to.reader.language;
    let words = NotificationWords::of(notification, &to.reader);
    let site = ("site", envelope.site_name.into());
    let said = [site, ("state", (&words.state).into()), ("title", (&words.title).into())];
    let subject = language.say_with("subject-notification", &said);
    let content = MailContent {
        language,
        tone: words.tone,
        heading: words.heading,
        sentence: words.sentence,
        title: Some(words.title),
        facts: words.facts,
        written: words.written,
        action: (language.say("button-details"), envelope.links.incident_url(&notification.path)),
        site: (envelope.site_name, envelope.links.site()),
        why: if ends_subscription {
            language.say("subscription-ends")
        } else {
            language.say_with("why-notification", &[site])
        },
        choices: if ends_subscription {
            Vec::new()
        } else {
            template::choices(language, envelope.links, (to.subscriber, envelope.date))
        },
    };
    let parts = MailParts {
        text: content.to_text(),
        html: content.to_html(&subject),
        subject,
        thread: Some(format!("incident {}", notification.incident)),
        unsubscribe_url: Some(envelope.links.unsubscribe_url(to.subscriber)),
    };
    compose(parts, to, envelope)
}
