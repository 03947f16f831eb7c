//! The mails that answer the subscription form: please confirm, and already subscribed.

use candor_content::notification_text::NotificationColor;

use super::{
    MailEnvelope, MailRecipient, OutgoingMail,
    compose::{MailParts, compose},
    template::{self, MailContent},
};

/// The mail with which `to` confirms the subscription. A recipient who didn't ask for it can ignore it, so
/// there is nothing to unsubscribe from.
#[must_use]
pub fn confirmation(to: &MailRecipient, envelope: &MailEnvelope<'_>) -> OutgoingMail {
    let url = envelope.links.confirm_url(to.subscriber);
    asked(
        ["subject-confirm", "confirm-heading", "confirm-sentence", "why-confirm"],
        ("button-confirm", url),
        false,
        (to, envelope),
    )
}

/// The mail to somebody who is already subscribed, with links to change or end the subscription.
#[must_use]
pub fn already_subscribed(to: &MailRecipient, envelope: &MailEnvelope<'_>) -> OutgoingMail {
    let url = envelope.links.manage_url(to.subscriber, envelope.date);
    asked(
        [
            "subject-already-subscribed",
            "already-subscribed-heading",
            "already-subscribed-sentence",
            "why-already-subscribed",
        ],
        ("button-manage", url),
        true,
        (to, envelope),
    )
}

/// A mail without an incident, of these words.
fn asked(
    words: [&str; 4],
    (action, url): (&str, String),
    subscribed: bool,
    (to, envelope): (&MailRecipient, &MailEnvelope<'_>),
) -> OutgoingMail {
    let language = to.reader.language;
    let [subject, heading, sentence, why] =
        words.map(|id| language.say_with(id, &[("site", envelope.site_name.into())]));
    let choices = template::choices(language, envelope.links, (to.subscriber, envelope.date));
    let content = MailContent {
        language,
        tone: NotificationColor::Neutral,
        heading,
        sentence,
        title: None,
        facts: Vec::new(),
        written: None,
        action: (language.say(action), url),
        site: (envelope.site_name, envelope.links.site()),
        why,
        choices: if subscribed { choices } else { Vec::new() },
    };
    let parts = MailParts {
        text: content.to_text(),
        html: content.to_html(&subject),
        subject,
        thread: None,
        unsubscribe_url: subscribed.then(|| envelope.links.unsubscribe_url(to.subscriber)),
    };
    compose(parts, to, envelope)
}
