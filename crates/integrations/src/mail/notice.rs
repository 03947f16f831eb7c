//! The mail about an incident.

use candor_content::notification_text::{NoticeWords, NotificationBody};

use super::{
    MailEnvelope, MailRecipient, OutgoingMail,
    compose::{MailParts, compose},
    template::{self, MailContent},
};

/// The mail that tells `to` of this news.
///
/// The subject begins with how the incident stands, so that a locked screen tells an end from a beginning. All mails about
/// one incident refer to the same root: that makes them one thread, in mail programs that don't go by the subject.
#[must_use]
pub fn notice<'a>(
    news: impl Into<NotificationBody<'a>>,
    to: &MailRecipient,
    envelope: &MailEnvelope<'_>,
) -> OutgoingMail {
    let NotificationBody { notification: notice, ends_subscription } = news.into();
    let language = to.reader.language;
    let told = NoticeWords::of(notice, &to.reader);
    let site = ("site", envelope.site_name.into());
    let said = [site, ("state", (&told.state).into()), ("title", (&told.title).into())];
    let subject = language.say_with("subject-notice", &said);
    let content = MailContent {
        language,
        tone: told.tone,
        verdict: told.verdict,
        sentence: told.sentence,
        title: Some(told.title),
        facts: told.facts,
        written: told.written,
        action: (language.say("do-details"), envelope.links.incident_url(&notice.path)),
        site: (envelope.site_name, envelope.links.site()),
        why: if ends_subscription {
            language.say("subscription-ends")
        } else {
            language.say_with("why-notice", &[site])
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
        thread: Some(format!("incident {}", notice.incident)),
        unsubscribe_url: Some(envelope.links.unsubscribe_url(to.subscriber)),
    };
    compose(parts, to, envelope)
}
