//! The mails that answer the subscription form: please confirm, and already subscribed.

use candor_content::notification_text::VerdictColor;

use super::{
    MailEnvelope, MailRecipient, OutgoingMail,
    compose::{MailParts, compose},
    template::{self, MailContent},
};

/// The mail by which `to` confirms the subscription. Whoever did nothing for it has to do nothing about it either, so
/// there is nothing to unsubscribe from.
#[must_use]
pub fn confirmation(to: &MailRecipient, envelope: &MailEnvelope<'_>) -> OutgoingMail {
    let url = envelope.links.confirm_url(to.subscriber);
    asked(
        ["subject-confirm", "confirm-verdict", "confirm-sentence", "why-confirm"],
        ("do-confirm", url),
        false,
        (to, envelope),
    )
}

/// The mail to somebody who is already subscribed, with links to change or end the subscription.
#[must_use]
pub fn known(to: &MailRecipient, envelope: &MailEnvelope<'_>) -> OutgoingMail {
    let url = envelope.links.manage_url(to.subscriber, envelope.date);
    asked(
        ["subject-known", "known-verdict", "known-sentence", "why-known"],
        ("do-manage", url),
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
    let [subject, verdict, sentence, why] =
        words.map(|id| language.say_with(id, &[("site", envelope.site_name.into())]));
    let choices = template::choices(language, envelope.links, (to.subscriber, envelope.date));
    let content = MailContent {
        language,
        tone: VerdictColor::Neutral,
        verdict,
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
