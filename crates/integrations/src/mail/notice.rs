//! The mail about an incident.

use candor_core::Notice;

use super::{
    Envelope, Mail, Recipient,
    compose::{Parts, compose},
    template::{self, Content},
};
use crate::told::Told;

/// The mail that tells `to` of `notice`.
///
/// All mails about one incident are one thread: they refer to the same root and have the same subject. The status is
/// not in the subject, since Gmail begins a new thread with every new subject; it is the first line of the mail,
/// which inboxes show beside the subject.
#[must_use]
pub fn notice(notice: &Notice, to: &Recipient, envelope: &Envelope<'_>) -> Mail {
    let language = to.reader.language;
    let told = Told::of(notice, &to.reader);
    let site = ("site", envelope.site_name.into());
    let subject = language.say_with("subject-notice", &[site, ("title", (&told.title).into())]);
    let content = Content {
        language,
        tone: told.tone,
        verdict: told.verdict,
        sentence: told.sentence,
        title: Some(told.title),
        facts: told.facts,
        written: told.written,
        action: (language.say("do-details"), envelope.links.incident_url(&notice.path)),
        site: (envelope.site_name, envelope.links.site()),
        why: language.say_with("why-notice", &[site]),
        choices: template::choices(language, envelope.links, to.subscriber),
    };
    let parts = Parts {
        text: content.to_text(),
        html: content.to_html(&subject),
        subject,
        thread: Some(format!("incident {}", notice.incident)),
        unsubscribe_url: Some(envelope.links.unsubscribe_url(to.subscriber)),
    };
    compose(parts, to, envelope)
}
