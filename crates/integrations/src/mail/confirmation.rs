//! The mail that asks whether somebody really wants our mails.

use super::{
    Envelope, Mail, Recipient,
    compose::{Parts, compose},
    template::{Content, Tone},
};

/// The mail by which `to` confirms the subscription. Whoever did nothing for it has to do nothing about it either, so
/// there is nothing to unsubscribe from.
#[must_use]
pub fn confirmation(to: &Recipient, envelope: &Envelope<'_>) -> Mail {
    let subject = format!("{}: please confirm your subscription", envelope.site_name);
    let content = Content {
        tone: Tone::Neutral,
        verdict: "Please confirm your subscription",
        sentence: format!(
            "Somebody, probably you, asked for updates from {} at this address.",
            envelope.site_name
        ),
        title: None,
        facts: Vec::new(),
        written: None,
        action: ("Confirm the subscription", envelope.links.confirm_url(to.subscriber)),
        site: (envelope.site_name, envelope.links.site()),
        why: "If it wasn't you, do nothing: you won't hear from us again.".to_owned(),
        unsubscribe_url: None,
    };
    let parts = Parts {
        text: content.to_text(),
        html: content.to_html(&subject),
        subject,
        thread: None,
        unsubscribe_url: None,
    };
    compose(parts, to, envelope)
}
